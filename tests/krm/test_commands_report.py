"""`krm report`: officer and deputy alone evaluate (GA 3.9); every reading is in the journal."""

import os
import stat
from pathlib import Path

import pytest

from krm.commands.report import in_words
from krm.records import os_user
from store import journal
from store.case import OFFICE
from store.database import Database
from tests.krm.calling import Krm
from tests.krm.evaluated import busy, evaluation, stock
from tests.krm.offices import office, reader
from tests.office import Story

MONTH = ("report", "--month", "2026-11")


def records(krm: Krm) -> Database:
    return Database(f"sqlite:///{krm.folder}/krm.db")


@pytest.fixture
def kept(krm: Krm) -> Krm:
    """An office with seven recorded complaints of November 2026."""
    office(krm.folder)
    database = records(krm)
    database.upgrade()
    story = Story(database)
    for n in range(7):
        story.arrives(f"Ich habe zwei Stunden gewartet, zum {n}. Mal.", sender=f"nachbar{n}@mail.example")
        story.passes()
        story.replies(story.letter("meier@jobcenter.example", "confirmation_request"), "ok")
        story.passes()
    database.close()
    return krm


def test_the_month_is_summed_up_on_the_screen(kept: Krm) -> None:
    said = kept(*MONTH)

    assert said.code == 0, said.err
    assert said.out.startswith("Auswertung November 2026")
    assert [line.split() for line in said.out.splitlines() if line.startswith("Beschwerde")] == [
        ["Beschwerde", "7", "–", "–"]
    ]
    assert "7 Vorgänge" in said.out
    assert "nachbar" not in said.out


def test_a_terminal_of_80_columns_shows_every_table_whole() -> None:
    said = in_words(evaluation(stock(busy())))

    assert "Maßnahmen zur Aktivierung und …" in said
    assert max(map(len, said.splitlines())) <= 80


def test_as_json_it_is_a_line_with_the_same_figures(kept: Krm) -> None:
    told = kept(*MONTH, "--json").object

    assert (told["first"], told["total"]["now"]) == ("2026-11-01", 7)


def test_the_files_are_written_into_the_folder(kept: Krm, tmp_path: Path) -> None:
    said = kept(*MONTH, "--out", tmp_path)

    assert said.code == 0, said.err
    names = ["Auswertung-2026-11-Sitzung.pdf", "Auswertung-2026-11.pdf", "Auswertung-2026-11.xlsx"]
    assert sorted(file.name for file in tmp_path.glob("Auswertung*")) == names
    assert not list(tmp_path.glob(".*.part"))


def test_they_are_for_their_owner_alone(kept: Krm, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        kept(*MONTH, "--out", tmp_path)
    finally:
        os.umask(before)

    assert {stat.S_IMODE(p.stat().st_mode) for p in tmp_path.glob("Auswertung*")} == {0o600}


def test_a_year_can_be_asked_for(kept: Krm) -> None:
    assert kept("report", "--year", "2026").out.startswith("Auswertung Jahr 2026")


def test_who_read_what_is_in_the_journal(kept: Krm) -> None:
    kept(*MONTH)

    database = records(kept)
    with database.transaction() as connection:
        read = [e for e in journal.read(connection, OFFICE) if e.action == "report-read"]
    database.close()
    assert [(e.person, e.refs) for e in read] == [("krm", ("2026-11",))]


def test_whoever_is_neither_officer_nor_deputy_may_not(kept: Krm) -> None:
    reader(kept.folder / "krm.toml", "somebody-else", "gf")
    refused = kept(*MONTH, "--as", "gf")

    assert refused.code == 1
    assert "may not act as gf" in refused.err


def test_nor_may_management_on_its_own_list(kept: Krm) -> None:
    reader(kept.folder / "krm.toml", os_user(), "gf")
    refused = kept(*MONTH, "--as", "gf")

    assert refused.code == 1
    assert "only officer and deputy evaluate" in refused.err


@pytest.mark.parametrize(
    "words", [(), ("--month", "2026-13"), ("--month", "November"), ("--month", "2026-11", "--year", "2026")]
)
def test_a_month_or_a_year_must_be_named(kept: Krm, words: tuple[str, ...]) -> None:
    assert kept("report", *words).code == 2


def test_a_month_that_has_not_begun_has_no_report(kept: Krm) -> None:
    said = kept("report", "--month", "2099-01")

    assert (said.code, said.out) == (1, "")
    assert "has not begun" in said.err
