"""`krm init`: a commented krm.toml that loads, a key that stays, nothing overwritten unasked."""

import ast
import inspect
import re
import secrets
import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from krm import initialise, orgfile, sections, settings
from krm.initialise import PLACES, TEMPLATE, AlreadyThere, Answers
from tests.krm.initialised import ANSWERS, KEY, written

READERS = ("text", "number", "flag", "choice", "texts", "table", "tables", "needed", "maybe", "_tls")


def test_the_written_file_loads_with_the_answers_in_it(tmp_path: Path) -> None:
    loaded = settings.load(written(tmp_path), {})

    assert loaded.mailbox.host == "imap.jobcenter.example"
    assert (loaded.mailbox.port, loaded.mailbox.tls) == (993, "tls")
    assert (loaded.smtp.port, loaded.smtp.tls) == (587, "starttls")
    assert loaded.mailbox.password == "geheim-äöü"
    assert loaded.office.officer.name == "Frau Weiß"
    assert loaded.office.domains == ("jobcenter.example",)
    assert loaded.trust.authserv_id == "mx.jobcenter.example"
    assert loaded.keys.current == "k1"
    assert loaded.rhythm.hold == timedelta(minutes=10)


def test_every_answer_finds_its_place(tmp_path: Path) -> None:
    everything = replace(
        ANSWERS,
        mailbox_tls="starttls",
        mailbox_port=1143,
        smtp_tls="tls",
        smtp_port=1465,
        ca_file="/etc/ssl/haus.pem",
        database_url="sqlite:///anders.db",
        policy="closed-network",
        postal_address="Postfach 1, 18000 Musterstadt",
        domains=("jobcenter.example", "stadt.example"),
        os_user="krm-admin",
    )
    values = tomllib.loads(initialise.text(everything))

    for name, section, key in PLACES:
        table = values
        for part in section.split("."):
            table = table[part]
            table = table[0] if isinstance(table, list) else table
        value = getattr(everything, name)
        assert table[key] == (list(value) if isinstance(value, tuple) else value), name
    loaded = settings.load(written(tmp_path, everything), {})
    assert loaded.office.access[0].person == loaded.office.officer.id


def test_without_answers_the_file_has_blanks_that_are_faults_of_their_lines(tmp_path: Path) -> None:
    path = written(tmp_path, Answers())

    with pytest.raises(settings.SettingsError) as caught:
        settings.load(path, {})

    lines = path.read_text(encoding="utf-8").splitlines()
    blanks = {number for number, line in enumerate(lines, 1) if re.match(r'\w+ = ""$', line)}
    assert blanks <= {fault.line for fault in caught.value.faults}


def test_every_option_that_is_read_stands_in_the_template() -> None:
    asked = {key for module in (sections, orgfile) for key in _keys_read(inspect.getsource(module))}
    offered = set(re.findall(r"^#?(\w+) = ", TEMPLATE.read_text(encoding="utf-8"), re.MULTILINE))
    headed = set(re.findall(r"^#?\[{1,2}(?:\w+\.)?(\w+)\]", TEMPLATE.read_text(encoding="utf-8"), re.MULTILINE))

    assert len(asked) > 40
    assert asked - offered - headed == set()


def _keys_read(source: str) -> set[str]:
    """The names of all fields a module asks a table for."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    named = [call for call in calls if getattr(call.func, "attr", getattr(call.func, "id", "")) in READERS]
    found = [a.value for call in named for a in call.args[:2] if isinstance(a, ast.Constant)]
    return {word for word in found if isinstance(word, str) and re.fullmatch(r"[a-z_]+", word)} - {
        "starttls",  # a default
    }


def test_the_commented_options_and_examples_are_right_once_they_count(tmp_path: Path) -> None:
    path = written(tmp_path)
    text = re.sub(r"^#(?=\w+ = |\[)", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    commented = set(re.findall(r"^(\w+) = ", text, re.MULTILINE))
    path.write_text(text, encoding="utf-8")

    loaded = settings.load(path, {})

    assert {"poll_seconds", "too_big", "categories", "listed"} <= commented
    assert loaded.office.units[0].lead.name == "Frau Yıldız"
    assert loaded.poll_seconds == 60


def test_defaults_in_the_comments_are_the_defaults_of_the_program(tmp_path: Path) -> None:
    plain = settings.load(written(tmp_path), {})
    woken = tmp_path / "woken"
    path = written(woken)
    text = re.sub(
        r"^#(?=(?:tls|port|inbox|max_megabytes|done|automatic|quarantine|unreadable|too_big|sent|url|off|poll_seconds"
        r"|group_mails|hold_minutes|tell_of_gap_minutes|silence_working_days|servers|units_file|tell_of_outage_after_minutes|acknowledge_unasked|sites|staff|listed|enabled"
        r"|folder) = "
        r"|\[mailbox.folders)",
        "",
        path.read_text(encoding="utf-8").partition("[[org.area]]")[0],
        flags=re.MULTILINE,
    )
    path.write_text(text, encoding="utf-8")

    loaded = settings.load(path, {})

    assert loaded.mailbox == plain.mailbox
    assert (loaded.smtp, loaded.workdays, loaded.rhythm) == (plain.smtp, plain.workdays, plain.rhythm)
    assert (loaded.office, loaded.poll_seconds) == (plain.office, plain.poll_seconds)
    assert loaded.learning == replace(plain.learning, folder=woken / "models")
    assert not plain.learning.enabled


ODD = {
    "quotes": 'Jobcenter "Mitte"',
    "backslashes": "Haus C:\\neu\\temp",
    "umlauts": "Öffentliches Amt Große Straße",
    "tabs and line ends": "eins\tzwei\r\ndrei",
    "control characters": "a\x00b\x1bc\x7fd",
    "signs of TOML": "a = [b] # c 'd' {e}",
    "beyond the basic plane": "Amt \U0001f600",
    "placeholders": "${name} %s {0}",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_a_text_is_read_as_it_was_given(text: str) -> None:
    values = tomllib.loads(initialise.text(replace(ANSWERS, office_name=text, domains=(text, "zwei"))))

    assert values["org"]["name"] == text
    assert values["org"]["domains"] == [text, "zwei"]


def test_only_the_owner_can_read_what_was_written(tmp_path: Path) -> None:
    folder = tmp_path / "neu" / "krm"

    paths = initialise.write(folder, ANSWERS, force=False, make_key=lambda: KEY)

    assert [p.name for p in paths] == ["krm.toml", "mailbox.password", "smtp.password", "krm.key"]
    assert {p.stat().st_mode & 0o777 for p in folder.iterdir()} == {0o600}
    assert sorted(p.name for p in folder.iterdir()) == sorted(p.name for p in paths)


def test_the_key_has_its_form_and_is_long_enough(tmp_path: Path) -> None:
    initialise.write(tmp_path, ANSWERS, force=False, make_key=lambda: secrets.token_urlsafe(32))

    assert re.fullmatch(r"k1:[A-Za-z0-9_-]{43,}\n", (tmp_path / "krm.key").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["krm.toml", "mailbox.password", "smtp.password"])
def test_nothing_is_written_where_a_file_would_be_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("meins", encoding="utf-8")

    with pytest.raises(AlreadyThere) as caught:
        written(tmp_path)

    assert caught.value.paths == (tmp_path / name,)
    assert [p.name for p in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text(encoding="utf-8") == "meins"


def test_force_overwrites_everything_but_the_key(tmp_path: Path) -> None:
    written(tmp_path)

    paths = initialise.write(
        tmp_path, replace(ANSWERS, mailbox_password="anders"), force=True, make_key=lambda: "anders" * 10
    )

    assert "krm.key" not in [p.name for p in paths]
    assert (tmp_path / "krm.key").read_text(encoding="utf-8") == f"k1:{KEY}\n"
    assert settings.load(tmp_path / "krm.toml", {}).mailbox.password == "anders"


def test_no_secret_shows_in_the_answers_or_the_file() -> None:
    assert "geheim" not in repr(ANSWERS)
    assert "geheim" not in initialise.text(ANSWERS)
