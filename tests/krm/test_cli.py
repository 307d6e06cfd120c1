"""The command line as a whole: what is there, how it is called, how it ends."""

import re
import shlex
from pathlib import Path

import click
import pytest

from classify import anlage3
from krm.cli import COMMANDS, main
from tests.krm.calling import ROOT, Krm
from tests.krm.initialised import written

THE_CONTRACT = [
    "init",
    "doctor",
    "run",
    "once",
    "retry",
    "cases",
    "case",
    "parse",
    "classify",
    "due",
    "train",
    "evaluate",
    "simulate",
    "learn",
    "model",
    "form",
    "report",
    "person",
    "retention",
    "journal",
    "key",
    "backup",
    "restore",
]
WITHOUT_RESULT = ("rotate", "encrypt", "blank", "hold", "release")
NEEDED = {
    "case": ["E-7K2F"],
    "journal": ["verify"],
    "key": ["list"],
    "report": ["--month", "2026-11"],
    "person": ["export", "erika@mail.example"],
    "retention": ["plan"],
    "backup": ["x"],
    "restore": [__file__],
}
WITHOUT_SETTINGS = ("parse", "classify", "due", "train", "evaluate", "simulate", "model", "form")


def command(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found is not None
    return found


def test_there_are_the_commands_of_the_contract_and_no_others() -> None:
    assert sorted(COMMANDS) == sorted(THE_CONTRACT)


def test_the_readme_says_where_all_commands_are_listed_and_help_lists_them(krm: Krm) -> None:
    listed = krm("--help").out

    assert "krm --help" in (ROOT / "README.md").read_text(encoding="utf-8")
    for name, topic in COMMANDS.items():
        assert re.search(rf"^  {name}  +{topic.summary.split()[0]} ", listed, re.MULTILINE), name


@pytest.mark.parametrize("name", THE_CONTRACT)
def test_a_command_says_in_help_what_it_does_with_an_example(krm: Krm, name: str) -> None:
    said = krm(name, "--help")

    assert said.code == 0
    assert COMMANDS[name].summary in " ".join(said.out.split())
    assert "Example:" in said.out
    assert said.err == ""


@pytest.mark.parametrize("name", THE_CONTRACT)
def test_the_summary_in_the_list_is_the_first_sentence_of_the_help(name: str) -> None:
    assert COMMANDS[name].name == command(name).name
    assert COMMANDS[name].summary.rstrip(".") == command(name).get_short_help_str(limit=200).rstrip(".")


@pytest.mark.parametrize("name", THE_CONTRACT)
def test_an_example_uses_only_options_there_are(name: str) -> None:
    inner = getattr(command(name), "commands", {}).values()
    known = {o for c in (main, command(name), *inner) for p in c.params for o in p.opts}
    lines = [line.strip() for line in (command(name).epilog or "").splitlines() if line.strip().startswith("krm ")]

    assert lines
    for line in lines:
        words = shlex.split(line)
        assert name in words
        assert {w for w in words if w.startswith("--")} <= known


@pytest.mark.parametrize("name", [n for n in THE_CONTRACT if n not in ("init", "run")])
def test_a_command_with_a_result_gives_it_as_json_too(name: str) -> None:
    whole = command(name)
    for one in (whole, *getattr(whole, "commands", {}).values()):
        runs = (not isinstance(one, click.Group) or one.invoke_without_command) and one.name not in WITHOUT_RESULT
        assert not runs or "--json" in {o for p in one.params for o in p.opts}


@pytest.mark.parametrize("name", ["cases", "case"])
def test_a_command_that_shows_content_asks_who_reads(name: str) -> None:
    assert "--as" in {o for p in command(name).params for o in p.opts}


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("nonsense",), id="no such command"),
        pytest.param(("due",), id="an option is missing"),
        pytest.param(("due", "--arrival", "2026-12-11", "--colour"), id="no such option"),
        pytest.param(("due", "--arrival", "gestern"), id="no moment"),
        pytest.param(("due", "--arrival", "2026-02-30"), id="no such day"),
        pytest.param(("due", "--arrival", ""), id="no moment at all"),
        pytest.param(("due", "--arrival", "9999-12-30"), id="the calendar ends"),
        pytest.param(("parse",), id="no file"),
        pytest.param(("parse", "missing.eml"), id="a missing file"),
        pytest.param(("parse", "."), id="a folder is no mail"),
        pytest.param(("classify",), id="nothing to classify"),
        pytest.param(("classify", "missing.eml"), id="a missing mail"),
        pytest.param(("classify", "--jsonl", "missing.jsonl"), id="missing lines"),
        pytest.param(("evaluate",), id="nothing to measure with"),
        pytest.param(("evaluate", "--data", "missing.jsonl"), id="missing labels"),
        pytest.param(("train", "--taxonomy", "missing.toml"), id="a missing form"),
        pytest.param(("once", "--now", "gestern"), id="no moment for a drill"),
        pytest.param(("init", "--mailbox-port", "imap"), id="no port"),
        pytest.param(("init", "--smtp-port", "70000"), id="no port there is"),
        pytest.param(("case",), id="no Case"),
        pytest.param(("model", "use"), id="no model"),
        pytest.param(("model", "forget"), id="no such command of a command"),
    ],
)
def test_a_wrong_call_ends_with_two_and_says_why_on_standard_error(krm: Krm, words: tuple[str, ...]) -> None:
    said = krm(*words)

    assert said.code == 2
    assert said.out == ""
    assert "Error: " in said.err
    assert list(krm.folder.iterdir()) == []


@pytest.mark.parametrize("name", [n for n in THE_CONTRACT if n not in (*WITHOUT_SETTINGS, "init", "doctor")])
def test_without_settings_a_command_that_needs_them_ends_with_one_and_says_how_to_get_them(krm: Krm, name: str) -> None:
    said = krm(name, *NEEDED.get(name, []))

    assert said.code == 1
    assert said.out == ""
    assert said.err.startswith("krm: krm.toml: ")
    assert "krm init" in said.err
    assert list(krm.folder.iterdir()) == []


@pytest.mark.parametrize("name", ["once", "run", "retry", "cases", "learn", "model"])
def test_all_faults_of_the_settings_are_told_at_once_with_their_lines(krm: Krm, name: str) -> None:
    path = written(krm.folder)
    text = path.read_text(encoding="utf-8")
    text = text.replace('host = "imap.jobcenter.example"', "host = 7").replace('#off = ["24.12."', 'off = ["24.13."')
    path.write_text(text + "\n[colours]\n", encoding="utf-8")
    wrong = [n for n, line in enumerate(text.splitlines(), 1) if line in ("host = 7", 'off = ["24.13.", "31.12."]')]

    said = krm(name)

    assert said.code == 1
    assert len(wrong) == 2
    for number in (*wrong, len(text.splitlines()) + 2):
        assert f"Zeile {number}: " in said.err


@pytest.fixture
def three(tmp_path: Path) -> list[Path]:
    """Three files of settings that cannot be read; the message names the one that was taken."""
    paths = [tmp_path / name for name in ("before.toml", "behind.toml", "environment.toml")]
    for path in paths:
        path.write_text("[mailbox\n")
    return paths


def test_the_settings_may_be_named_before_the_command_behind_it_and_in_the_environment(
    krm: Krm, three: list[Path]
) -> None:
    before, behind, environment = three

    assert before.name in krm("--config", before, "retry").err
    assert behind.name in krm("retry", "--config", behind).err
    assert environment.name in krm("retry", KRM_CONFIG=str(environment)).err


def test_of_several_settings_the_last_word_counts_and_the_environment_least(krm: Krm, three: list[Path]) -> None:
    before, behind, environment = three

    said = krm("--config", before, "retry", "--config", behind, KRM_CONFIG=str(environment))
    assert behind.name in said.err
    assert before.name not in said.err
    assert before.name in krm("--config", before, "retry", KRM_CONFIG=str(environment)).err


@pytest.mark.parametrize(
    "name", ["once", "run", "retry", "cases", "doctor", "classify", "train", "evaluate", "learn", "model"]
)
def test_a_command_that_looks_at_settings_takes_their_name(name: str) -> None:
    assert "--config" in {o for p in command(name).params for o in p.opts}


def test_a_damaged_form_ends_with_one_and_names_the_file(krm: Krm, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = krm.folder / "anlage3.toml"
    damaged.write_text("[[art]\n", encoding="utf-8")
    monkeypatch.setattr(anlage3, "shipped", lambda: anlage3.load(damaged))

    said = krm("--config", written(krm.folder), "once")

    assert (said.code, said.out) == (1, "")
    assert str(damaged) in said.err
