"""Who stands above whom, who stands in, and whose lead hears of what a colleague handed in (GA 3.7, Anlage 2)."""

from dataclasses import replace

import pytest

from ingest.message import Address
from ingest.office import Person
from notify.recipients import in_charge, leads_of, superiors
from tests.office import OFFICE, judged
from tests.store.making import case, reaction

DEPUTY_514 = Person("tl-514-v", "Nina Hagedorn", "hagedorn@jobcenter.example")
STAFFED = replace(
    OFFICE,
    units=(
        replace(OFFICE.units[0], deputy=DEPUTY_514, staff=("Anna Schulz", "Timo Möller")),
        replace(OFFICE.units[1], staff=("Petra Wiechmann", "Schulze")),
        OFFICE.units[2],
    ),
)


@pytest.mark.parametrize(
    ("what", "level", "out", "absent", "who"),
    [
        ("the lead", 2, set(), set(), "tl-514"),
        ("their deputy while they are away", 2, set(), {"tl-514"}, "tl-514-v"),
        ("the area head where both are", 2, set(), {"tl-514", "tl-514-v"}, "bl-5"),
        ("not the deputy of whom it is about", 2, {"tl-514"}, set(), "bl-5"),
        ("not the deputy it is about", 2, {"tl-514-v"}, {"tl-514"}, "bl-5"),
        ("the area head at stage 3", 3, set(), set(), "bl-5"),
        ("management at stage 4", 4, set(), set(), "gf"),
        ("whoever is left, though away", 4, {"officer", "deputy"}, {"gf"}, "gf"),
    ],
)
def test_who_handles_it_at_which_stage(what: str, level: int, out: set[str], absent: set[str], who: str) -> None:
    found = in_charge(STAFFED.unit("514"), STAFFED, frozenset(out), level=level, absent=frozenset(absent))

    assert found is not None
    assert found.id == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Den Möller steche ich ab.", ["tl-514"]),
        ("Die Krause steche ich ab.", ["bl-5"]),
        ("Die Hagedorn steche ich ab.", ["bl-5"]),
        ("Den Steinhagen steche ich ab.", ["gf"]),
        ("Möller und Wiechmann steche ich ab.", ["tl-514", "tl-515"]),
        ("Euch steche ich ab.", []),
    ],
)
@pytest.mark.parametrize("type_id", ["beschwerde", "anfrage", "fremd"])
def test_the_superior_of_whoever_a_mail_names_whatever_it_is(text: str, who: list[str], type_id: str) -> None:
    of = case(reaction(text=text, suggestion=judged(type_id)))

    assert [p.id for p in superiors(of, STAFFED)] == who


@pytest.mark.parametrize(
    ("name", "address", "who"),
    [
        ("Anna Schulz", "as@jobcenter.example", ["tl-514"]),
        ("Schulz, Anna", "as@jobcenter.example", ["tl-514"]),
        ("Anna Maria Schulz (Team 514)", "as@jobcenter.example", ["tl-514"]),
        ("Timo Moeller", "tm@jobcenter.example", ["tl-514"]),
        ("", "anna.schulz@jobcenter.example", ["tl-514"]),
        ("Berta Schulze", "bs@jobcenter.example", ["tl-515"]),
        ("Berta Schulz", "bs@jobcenter.example", []),
        ("Eingangszone", "ez@jobcenter.example", []),
        ("", "x@jobcenter.example", []),
    ],
)
def test_the_lead_of_a_colleague_is_found_in_the_list_of_staff(name: str, address: str, who: list[str]) -> None:
    assert [p.id for p in leads_of(STAFFED, Address(name, address), frozenset(), frozenset())] == who


@pytest.mark.parametrize(
    ("what", "out", "absent", "who"),
    [
        ("the lead it is about", {"tl-514"}, set(), []),
        ("a lead who is away", set(), {"tl-514"}, ["tl-514-v"]),
        ("both away", set(), {"tl-514", "tl-514-v"}, ["tl-514"]),
        ("away, and the deputy is whom it is about", {"tl-514-v"}, {"tl-514"}, ["tl-514"]),
    ],
)
def test_nobody_is_told_of_what_is_about_them(what: str, out: set[str], absent: set[str], who: list[str]) -> None:
    colleague = Address("Anna Schulz", "as@jobcenter.example")

    assert [p.id for p in leads_of(STAFFED, colleague, frozenset(out), frozenset(absent))] == who


def test_a_name_in_two_teams_tells_nobody() -> None:
    twice = replace(STAFFED, units=(STAFFED.units[0], replace(STAFFED.units[1], staff=("Anna Schulz",))))

    assert leads_of(twice, Address("Anna Schulz", "as@jobcenter.example"), frozenset(), frozenset()) == ()
