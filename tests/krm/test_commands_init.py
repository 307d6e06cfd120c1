"""`krm init` and `krm doctor`: a new office's settings, and what is still missing in them."""

import os
import pty
import select
import subprocess
import tomllib
from contextlib import suppress
from pathlib import Path

import pytest

from ingest.authenticity import Policy
from krm.commands.init import questions
from tests.krm.calling import KRM, ROOT, Krm
from tests.krm.initialised import ANSWERS
from tests.krm.offices import office

PATIENCE = 20.0


def settings(folder: Path) -> dict[str, dict[str, object]]:
    return tomllib.loads((folder / "krm.toml").read_text(encoding="utf-8"))


def test_init_writes_settings_and_a_key_for_the_owner_alone(krm: Krm) -> None:
    said = krm("init", "--mailbox-host", "imap.example", "--mailbox-port", "1143", "--domains", "a.example, b.example")

    assert said.code == 0
    assert "krm doctor" in said.out
    assert settings(krm.folder)["mailbox"] == {"host": "imap.example", "user": "", "port": 1143}
    assert settings(krm.folder)["org"]["domains"] == ["a.example", "b.example"]
    for name in ("krm.toml", "krm.key"):
        assert (krm.folder / name).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("policy", list(Policy))
def test_init_takes_each_policy_of_authenticity_and_says_what_there_is(krm: Krm, policy: Policy) -> None:
    said = krm("init", "--policy", policy.value, "--authserv-id", "mx.example")

    assert said.code == 0
    assert settings(krm.folder)["trust"] == {"policy": policy.value, "authserv_id": "mx.example"}
    assert policy.value in " ".join(krm("init", "--help").out.split())


def test_init_knows_no_other_policy(krm: Krm) -> None:
    said = krm("init", "--policy", "none")

    assert said.code != 0
    assert "'none' is none of closed-network, authserv-id, dkim" in said.err
    assert not (krm.folder / "krm.toml").exists()


def test_every_answer_is_an_option() -> None:
    assert set(questions()) == set(ANSWERS.__dataclass_fields__)


def test_init_replaces_nothing_unless_forced_and_never_the_key(krm: Krm) -> None:
    krm("init", "--mailbox-host", "first.example")
    key = (krm.folder / "krm.key").read_text()

    again = krm("init", "--mailbox-host", "second.example")
    assert again.code == 1
    assert "--force" in again.err
    assert settings(krm.folder)["mailbox"]["host"] == "first.example"

    forced = krm("init", "--mailbox-host", "second.example", "--force")
    assert forced.code == 0
    assert settings(krm.folder)["mailbox"]["host"] == "second.example"
    assert (krm.folder / "krm.key").read_text() == key


def test_init_makes_the_folder_and_says_when_it_cannot(krm: Krm) -> None:
    assert krm("init", "--folder", "new/office").code == 0
    assert (krm.folder / "new" / "office" / "krm.toml").is_file()

    (krm.folder / "file").write_text("")
    said = krm("init", "--folder", "file/office")
    assert said.code == 1
    assert said.err.startswith("krm: file/office: ")


def test_on_a_terminal_init_asks_for_what_was_not_given_and_asks_again_for_a_port_that_is_none(krm: Krm) -> None:
    """The questions stand in the order of the answers; an empty line leaves the default."""
    typed = {"mailbox_host": ["imap.example"], "mailbox_port": ["imap", "1143"], "domains": [" a.example,b.example "]}
    given = {"mailbox_user": "krm", "mailbox_password": "a", "smtp_password": "b"}  # a password is typed unseen
    answers = "".join(line + "\n" for name in questions() if name not in given for line in typed.get(name, [""]))
    options = [word for name, value in given.items() for word in (f"--{name.replace('_', '-')}", value)]

    code, out = on_a_terminal(krm, answers, "init", *options)

    assert code == 0, out
    assert "is no port" in out
    assert "mailbox user" not in out
    assert settings(krm.folder)["mailbox"] == {"host": "imap.example", "user": "krm", "port": 1143}
    assert settings(krm.folder)["org"]["domains"] == ["a.example", "b.example"]


def on_a_terminal(krm: Krm, typed: str, *words: str) -> tuple[int, str]:
    """A call with a person in front of it who types this."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, **krm.environment, "PYTHONPATH": str(ROOT), "TERM": "dumb"}
    process = subprocess.Popen(
        [*KRM, *words], cwd=krm.folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True
    )
    os.close(theirs)
    os.write(ours, typed.encode())
    out = b""
    with suppress(OSError):  # Linux says EIO where the other side has closed
        while select.select([ours], [], [], PATIENCE)[0] and (more := os.read(ours, 65_536)):
            out += more
    os.close(ours)
    process.kill()  # long gone, unless it waits for more words
    return process.wait(), out.decode(errors="replace")


AREAS = ["settings", "secrets", "imap", "smtp", "database", "model", "templates", "clock", "org", "authenticity"]


def test_the_doctor_looks_at_every_area_and_each_fault_has_its_remedy(krm: Krm) -> None:
    krm("init")

    said = krm("doctor", "--json")

    assert said.code == 1
    assert said.err == "krm: the doctor found faults\n"
    assert list(dict.fromkeys(o["area"] for o in said.objects)) == AREAS
    assert all(list(o) == ["area", "ok", "what", "remedy"] for o in said.objects)
    assert all(o["remedy"] for o in said.objects if not o["ok"])
    assert any(o["ok"] for o in said.objects)


def test_without_settings_the_doctor_says_so_and_looks_at_the_rest(krm: Krm) -> None:
    said = krm("doctor", "--json")

    assert said.code == 1
    assert {o["area"] for o in said.objects if o["ok"]} >= {"model", "templates", "clock"}


def test_for_people_the_doctor_marks_what_is_well_and_what_is_not_with_its_remedy(krm: Krm) -> None:
    office(krm.folder)
    (krm.folder / "krm.key").unlink()

    said = krm("doctor")

    lines = said.out.splitlines()
    assert any(line.startswith("✓ templates: ") for line in lines)
    secret = next(n for n, line in enumerate(lines) if line.startswith("✗ secrets: "))
    assert lines[secret + 1].startswith("    → ")
