"""Who may read on the command line, and what is shown of a Case."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.office import Access, Office
from krm import records
from krm.records import NotAllowed, Reader, case_row, case_whole, os_user
from notify.workdays import Workdays
from store.database import Database
from tests.office import LEAD_515, OFFICE, OFFICER, Story

WE = os_user()


def listing(*entries: tuple[str, str]) -> Office:
    return replace(OFFICE, access=tuple(Access(user, person) for user, person in entries))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path}/krm.db")
    opened.upgrade()
    yield opened
    opened.close()


def reader(database: Database, *entries: tuple[str, str], person: str | None = None) -> Reader:
    return Reader(listing(*entries), Workdays(), database, person)


@pytest.mark.parametrize(
    ("entries", "wanted", "expected"),
    [
        pytest.param([(WE, "officer")], None, "officer", id="the one they are listed for"),
        pytest.param([(WE, "officer"), (WE, "gf")], None, "officer", id="the first of several"),
        pytest.param([(WE, "officer"), (WE, "gf")], "gf", "gf", id="the one they name"),
        pytest.param([("other", "gf"), (WE, "officer")], None, "officer", id="not somebody else's"),
    ],
)
def test_somebody_on_the_list_reads_as_a_person_of_the_office(
    database: Database, entries: list[tuple[str, str]], wanted: str | None, expected: str
) -> None:
    assert reader(database, *entries, person=wanted).person.id == expected


@pytest.mark.parametrize(
    ("entries", "wanted"),
    [
        pytest.param([], None, id="an empty list"),
        pytest.param([("other", "officer")], None, id="only others"),
        pytest.param([("other", "officer")], "officer", id="naming somebody else's person"),
        pytest.param([(WE, "gf")], "officer", id="naming a person of the office"),
        pytest.param([(WE, "officer")], "", id="naming nobody"),
        pytest.param([(WE, "officer")], OFFICER.address, id="an address is no id"),
        pytest.param([(WE, "gone")], None, id="a person who has left"),
        pytest.param([(WE.upper() + "x", "officer")], None, id="a name like ours"),
    ],
)
def test_nobody_else_reads(database: Database, entries: list[tuple[str, str]], wanted: str | None) -> None:
    with pytest.raises(NotAllowed):
        reader(database, *entries, person=wanted)


def test_who_we_are_is_what_the_system_says_not_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody-else")

    assert os_user() == WE


def test_a_user_without_a_name_is_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records.os, "getuid", lambda: 4_000_000_001)

    assert os_user() == "4000000001"


def test_a_case_without_any_reaction_can_be_shown(database: Database) -> None:
    story = Story(database)
    story.arrives("Ich habe gewartet.")
    story.passes()
    story.letter(OFFICER, "confirmation_request")
    ours = reader(database, (WE, "officer"))
    (case,) = ours.all(only_open=False)
    bare = replace(case, reactions=())

    assert case_row(bare, ours.teller)["art"] is None
    whole = case_whole(bare, ours)
    assert (whole["reactions"], whole["suggestion"], whole["deadlines"]) == ([], None, {})


def test_open_cases_can_be_listed_alone(database: Database) -> None:
    story = Story(database)
    for number in range(3):
        story.arrives(f"Ich habe {number} Stunden gewartet.", sender=f"{number}@mail.example")
    story.passes()
    requests = [story.letter(OFFICER, "confirmation_request") for _ in range(3)]
    story.replies(requests[1], "Kein KRM: Anfrage")
    story.passes()
    ours = reader(database, (WE, "officer"))

    states = {c.id: c.state.value for c in ours.all(only_open=False)}
    still = [c.id for c in ours.all(only_open=True)]

    assert len(states) == 3
    assert len(still) == 2
    assert len({states[i] for i in still}) == 1


def test_a_case_shows_who_it_was_given_to(database: Database) -> None:
    story = Story(database)
    story.arrives("Ich habe zwei Stunden gewartet.")
    story.passes()
    story.replies(story.letter(OFFICER, "confirmation_request"), "ok")
    story.passes()
    ours = reader(database, (WE, "officer"))
    (case,) = ours.all(only_open=False)

    (assignment,) = case_whole(case, ours)["facts"]["assignments"]

    assert (assignment["unit"], assignment["person"]) == ("515", LEAD_515.id)
