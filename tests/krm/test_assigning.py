"""Who handles a Case: its unit's lead, whoever stands above at a later stage, never whoever it is about (GA 3.7)."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from classify.anlage3 import shipped
from ingest.office import Person
from krm.assigning import above, assigned
from krm.bot import Bot
from store.case import Assignment, Case, Kind, Stage, State
from tests.office import DEPUTY, HEAD_5, HEAD_6, LEAD_514, LEAD_515, LEAD_602, MANAGER, OFFICE, OFFICER
from tests.store.making import MONDAY, case, confirmed, reaction

NOW = MONDAY + timedelta(days=1)
SECOND = Person("tv-515", "Ina Vogt", "vogt@jobcenter.example", "0381 516")
WITH_SECOND = replace(OFFICE, units=tuple(replace(u, deputy=SECOND) if u.id == "515" else u for u in OFFICE.units))


def put(of: Case, *absent: str, office: Any = OFFICE, at: datetime = NOW) -> Case:
    bot = SimpleNamespace(office=office, taxonomy=shipped(), now=lambda: at)
    return assigned(cast("Bot", bot), of, frozenset(absent))


def recorded(text: str = "Ich habe gewartet.", *levels: int, **coding: Any) -> Case:
    stages = tuple(Stage(n, MONDAY + timedelta(hours=i), OFFICER.id) for i, n in enumerate(levels or (2,)))
    return case(confirmed(reaction(text=text, new_text=text), **coding), stages=stages)


@pytest.mark.parametrize(("level", "handler"), [(1, LEAD_515), (2, LEAD_515), (3, HEAD_5), (4, MANAGER)])
def test_each_stage_has_its_handler(level: int, handler: Person) -> None:
    assert put(recorded("Ich habe gewartet.", level)).handler == handler.id


@pytest.mark.parametrize(
    ("text", "handler"),
    [
        ("Herr Brandt hat mich angeschrien.", HEAD_5),
        ("Herr Brandt und Herr Steinhagen haben gelogen.", MANAGER),
        ("Herr Brandt, Herr Steinhagen und Frau Ahrens lügen.", OFFICER),
        ("Herr Brandt, Herr Steinhagen, Frau Ahrens und Frau Meier lügen.", DEPUTY),
    ],
)
def test_whoever_it_is_about_is_passed_over(text: str, handler: Person) -> None:
    assert put(recorded(text)).handler == handler.id


def test_whoever_is_away_is_stood_in_for() -> None:
    assert put(recorded(), LEAD_515.id, office=WITH_SECOND).handler == SECOND.id
    assert put(recorded(), LEAD_515.id).handler == HEAD_5.id


def test_what_holds_stays_as_it_is() -> None:
    once = put(recorded())

    assert put(once, at=NOW + timedelta(days=3)) == once
    assert put(replace(once, state=State.CLOSED), LEAD_515.id) == replace(once, state=State.CLOSED)
    assert put(case()) == case()


def test_a_deputy_who_took_it_keeps_it_when_the_lead_is_back() -> None:
    taken = put(recorded(), LEAD_515.id, office=WITH_SECOND)

    assert put(taken, office=WITH_SECOND).handler == SECOND.id


def test_a_stage_begun_since_is_put_to_its_handler_even_to_the_same_person() -> None:
    """Each stage is a matter of its own (GA 3.7): whoever handles it is told, after a reopening too."""
    once = put(recorded())
    again = replace(once, stages=(*once.stages, Stage(1, NOW + timedelta(hours=1), OFFICER.id)))

    told = put(again, at=NOW + timedelta(hours=2))

    assert [a.person for a in told.assignments] == [LEAD_515.id, LEAD_515.id]


def test_another_team_another_handler_at_the_same_stage() -> None:
    third = put(recorded("Ich habe gewartet.", 2, 3))
    first = third.reactions[0]
    assert first.coding is not None
    moved = replace(third, reactions=(replace(first, coding=replace(first.coding, unit="602")),))

    assert put(moved).handler == HEAD_6.id


def test_parts_go_to_their_teams_and_the_first_writes_the_answer() -> None:
    of = put(recorded("Ich habe gewartet.", unit="514", parts=("602", "515")))

    assert of.handlers == (LEAD_514.id, LEAD_602.id, LEAD_515.id)
    assert of.handler == LEAD_514.id
    assert put(of) == of


def test_a_part_whose_lead_is_away_goes_to_who_stands_in() -> None:
    of = put(recorded("Ich habe gewartet.", unit="514", parts=("602",)), LEAD_602.id)

    assert of.handlers == (LEAD_514.id, HEAD_6.id)


def test_a_further_mail_that_names_the_handler_takes_the_case_from_them() -> None:
    of = put(recorded())
    named = confirmed(reaction(2, "Herr Brandt hat gelogen.", kind=Kind.FOLLOW_UP))

    assert put(replace(of, reactions=(*of.reactions, named))).handler == HEAD_5.id


def test_a_team_nobody_knows_has_no_handler() -> None:
    assert put(recorded("Ich habe gewartet.", unit="999")).assignments == ()


@pytest.mark.parametrize(
    ("handler", "people"),
    [(LEAD_515, (HEAD_5, MANAGER)), (LEAD_602, (HEAD_6, MANAGER)), (HEAD_5, (HEAD_5, MANAGER)), (MANAGER, (MANAGER,))],
)
def test_area_head_and_management_stand_above(handler: Person, people: tuple[Person, ...]) -> None:
    assert above(OFFICE, handler.id) == people
    assert Assignment("515", handler.id, NOW).part is False
