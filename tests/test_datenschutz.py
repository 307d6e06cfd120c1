"""What the data protection papers say of the program is true: what they name exists, their figures are the code's."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import click
import pytest

from classify.anlage3 import shipped
from classify.coding import NoticeKind, Suggestion, Urgency
from krm.cli import main
from krm.report import kinds
from notify.retention import CASE_YEARS, CLASS, Periods

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "datenschutz"
PAPERS = (*sorted(FOLDER.glob("*.md")), ROOT / "docs" / "aufbewahrung.md", ROOT / "docs" / "auskunft.md")
DAYS = {f.name: getattr(Periods(), f.name) for f in fields(Periods)}
OTHERS = {("14", "Tage")}
"""Periods that are no retention: the answer's."""

each_paper = pytest.mark.parametrize("paper", PAPERS, ids=[p.name for p in PAPERS])


def code(paper: Path) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`]+)`", paper.read_text("utf-8"))


@cache
def defined_in(file: Path) -> frozenset[str]:
    tree = ast.parse(file.read_text("utf-8"))
    return frozenset(n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name.startswith("test_"))


def named_tests(paper: Path) -> Iterator[tuple[Path, str]]:
    for word in code(paper):
        if found := re.fullmatch(r"(tests/\S+\.py)::(\w+)", word):
            yield ROOT / found[1], found[2]


def called(words: list[str]) -> tuple[click.Command, list[str]] | None:
    """The command that `krm words` calls, and its options; None where there is none."""
    at: click.Command | None = main.get_command(click.Context(main), words[0])
    rest = words[1:]
    if isinstance(at, click.Group) and rest and not rest[0].startswith("-"):
        at, rest = at.commands.get(rest[0]), rest[1:]
    return (at, [word for word in rest if word.startswith("--")]) if at else None


@each_paper
def test_a_link_leads_somewhere(paper: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", paper.read_text("utf-8"))

    assert [link for link in links if "://" not in link and not (paper.parent / link).exists()] == []


@each_paper
def test_a_test_that_is_named_is_there(paper: Path) -> None:
    assert [
        (file, name) for file, name in named_tests(paper) if not file.exists() or name not in defined_in(file)
    ] == []


@each_paper
def test_a_file_that_is_named_is_there(paper: Path) -> None:
    files = [word for word in code(paper) if re.fullmatch(r"(\w+/)+[\w.]+\.(py|toml|md|in)", word)]

    assert [file for file in files if not (ROOT / file).exists()] == []


@each_paper
def test_a_command_that_is_named_is_there(paper: Path) -> None:
    for words in (word.split()[1:] for word in code(paper) if word.startswith("krm ")):
        found = called(words)
        assert found is not None, words
        command, options = found
        assert set(options) <= {option for parameter in command.params for option in parameter.opts}, words


def test_every_paper_is_shown_by_tests_and_stands_in_the_index() -> None:
    index = (FOLDER / "README.md").read_text("utf-8")

    for paper in FOLDER.iterdir():
        assert f"({paper.name})" in index or paper.name == "README.md"
    shown = {p.name for p in FOLDER.glob("*.md") if any(named_tests(p))}
    assert {p.name for p in FOLDER.glob("*.md")} - shown == {"README.md", "information.md"}
    assert "docs/datenschutz/README.md" in (ROOT / "README.md").read_text("utf-8")


# --- periods and figures ---


def period(kept_as: str) -> str:
    return f"{CASE_YEARS} Jahre" if kept_as == "case" else f"{DAYS[kept_as]} Tage"


@pytest.mark.parametrize("paper", [FOLDER / "verarbeitungsverzeichnis.md", ROOT / "docs" / "aufbewahrung.md"])
def test_every_class_has_its_row_with_its_period(paper: Path) -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*)$", paper.read_text("utf-8"), re.MULTILINE))

    assert set(rows) == set(CLASS)
    assert [name for name, row in rows.items() if period(name) not in row] == []
    assert [name for name, row in rows.items() if ("auf ein Wort" in row) != CLASS[name].by_word] == []


SAID = (
    ("information.md", "Ihren Vorgang: {}", "case"),
    ("information.md", "Was nicht zu uns gehörte: {}", "not_krm"),
    ("information.md", "Werbung: {}", "spam"),
    ("README.md", "{} für Werbung", "spam"),
)


@pytest.mark.parametrize(("paper", "words", "kept_as"), SAID)
def test_a_period_is_that_of_the_code(paper: str, words: str, kept_as: str) -> None:
    assert words.format(period(kept_as)) in (FOLDER / paper).read_text("utf-8")


@each_paper
def test_no_other_period_is_named(paper: Path) -> None:
    known = {tuple(period(name).split()) for name in CLASS} | OTHERS

    assert set(re.findall(r"(\d+) (Tage|Jahre)\b", paper.read_text("utf-8"))) <= known


def test_how_good_the_model_is_stands_in_its_own_page() -> None:
    page = (ROOT / "docs" / "model.md").read_text("utf-8")
    quoted = {n for paper in PAPERS for n in re.findall(r"(\d+,\d) %", paper.read_text("utf-8"))}

    assert quoted
    assert [n for n in quoted if n.replace(",", ".") not in page] == []


# --- what must stay as it is ---


def test_a_suggestion_holds_nothing_about_what_somebody_is_like() -> None:
    """Whoever adds a field asks first whether it ranks people, foresees who is right, or reads feelings."""
    assert {f.name for f in fields(Suggestion)} == {
        *("types", "categories", "proposed", "customer_group", "customer_group_p", "unit", "units", "form"),
        *("remedy", "remedy_p", "urgency", "notices", "evidence", "model", "sure"),
    }
    assert {kind.value for kind in NoticeKind} == {
        *("application", "for_another", "breach", "denunciation"),
        *("data_request", "press", "mere_thanks", "withdrawal"),
    }


def test_urgency_is_ordinary_or_raised() -> None:
    assert [urgency.value for urgency in Urgency] == ["", "not", "gefahr"]


def test_the_evaluation_divides_by_nobody() -> None:
    assert [title for title, _ in kinds(shipped(), str)] == [
        *("Art", "Kategoriengruppe", "Org.-Einheit", "Kundengruppe", "Form"),
    ]


def test_the_text_for_the_website_is_that_of_the_paper() -> None:
    paper = (FOLDER / "information.md").read_text("utf-8")

    assert (FOLDER / "information.txt").read_text("utf-8") == re.sub(r"(?m)^#+ ", "", paper)
