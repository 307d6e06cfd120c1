"""`krm` as a process of its own: pipes, encodings, what it loads."""

import os
import subprocess
import sys

import pytest

from tests.krm.calling import KRM, ROOT, Krm

UMLAUTS = "Subject: Straße\nContent-Type: text/plain; charset=utf-8\n\nGrüße – Erika\n"


def test_whoever_reads_only_the_first_line_ends_it_without_a_word(krm: Krm) -> None:
    mail = krm.folder / "long.eml"
    mail.write_bytes(b"Subject: lang\n\n" + b"Wort " * 20_000)
    service = krm.start("parse", *["long.eml"] * 40, "--json")
    assert service.stdout is not None
    assert service.stderr is not None

    assert service.stdout.readline().startswith('{"file": "long.eml"')
    service.stdout.close()

    assert service.stderr.read() == ""
    assert service.wait() == 1
    service.stderr.close()


@pytest.mark.parametrize(
    ("environment", "text"),
    [
        pytest.param({"LC_ALL": "C"}, "Grüße – Erika", id="C"),
        pytest.param({"LC_ALL": "POSIX"}, "Grüße – Erika", id="POSIX"),
        pytest.param(
            {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, "Grüße – Erika", id="without Python's help"
        ),
        pytest.param({"PYTHONIOENCODING": "ascii"}, "Grüße – Erika", id="an ASCII terminal"),
        pytest.param({"PYTHONIOENCODING": "latin-1"}, r"Gr\xfc\xdfe \u2013 Erika", id="a Latin terminal"),
    ],
)
def test_a_poor_locale_costs_letters_at_most(krm: Krm, environment: dict[str, str], text: str) -> None:
    (krm.folder / "mail.eml").write_bytes(UMLAUTS.encode())

    for_people = krm.ends("parse", "mail.eml", **environment)
    for_machines = krm.ends("parse", "mail.eml", "--json", **environment)

    assert (for_people.code, for_people.err) == (0, "")
    printed = for_people.out.replace("\udcfc", r"\xfc").replace("\udcdf", r"\xdf")  # Latin bytes, read as UTF-8
    assert f"text: {text}" in printed.splitlines()
    assert for_machines.object["subject"] == "Straße"
    assert for_machines.object["text"] == "Grüße – Erika"


def test_a_file_whose_name_is_no_text_is_read_and_named(krm: Krm) -> None:
    name = os.fsdecode(b"m\xfcll.eml")
    (krm.folder / name).write_bytes(UMLAUTS.encode())

    said = krm.ends("parse", name, "--json")

    assert (said.code, said.err) == (0, "")
    assert said.object["file"] == name
    assert krm.ends("parse", name).out.splitlines()[0] == r"file: m\udcfcll.eml"


HEAVY = ("sklearn", "scipy", "sqlalchemy", "alembic", "apscheduler", "jinja2", "imapclient")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("--help",), id="--help"),
        pytest.param(("due", "--arrival", "2026-12-11"), id="due"),
        pytest.param(("parse", "mail.eml"), id="parse"),
        pytest.param(("init", "--yes"), id="init"),
    ],
)
def test_a_small_command_loads_nothing_big(krm: Krm, words: tuple[str, ...]) -> None:
    assert loaded(krm, *words) & set(HEAVY) == set()


def test_with_a_trained_model_scikit_learn_stays_away(krm: Krm) -> None:
    (krm.folder / "mail.eml").write_bytes(UMLAUTS.encode())

    assert "sklearn" not in loaded(krm, "classify", "mail.eml")


def loaded(krm: Krm, *words: str) -> set[str]:
    """The libraries a call has loaded by its end."""
    (krm.folder / "mail.eml").write_bytes(UMLAUTS.encode())
    script = "import sys, krm.cli\ntry: krm.cli.main()\nfinally: print(*sys.modules, file=sys.stderr)"
    environment = {**os.environ, **krm.environment, "PYTHONPATH": str(ROOT)}
    called = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=krm.folder, env=environment, capture_output=True, check=True
    )
    return set(called.stderr.decode().split())


def test_the_package_can_be_called_as_a_module(krm: Krm) -> None:
    assert KRM[1:] == ("-m", "krm")
    assert "Usage: " in krm.ends("--help").out
    assert krm.ends("--version").out.strip().endswith("0.1.0")
