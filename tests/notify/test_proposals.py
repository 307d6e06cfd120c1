"""What is proposed to the officer, and the very line `ok` stands for: it is the same today and in a week."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notify.proposals import proposed
from store.case import Case, Mark, Said, Stage
from tests.office import LEAD_515, OFFICE
from tests.store.making import MONDAY, case, confirmed, reaction


def proposing(said: Said, about: str = "", text: str = "Grund") -> Case:
    of = case(confirmed(reaction()))
    return replace(of, marks=(Mark(said, MONDAY, LEAD_515.id, 1, 7, about=about, text=text),))


@pytest.mark.parametrize(
    ("said", "about", "line", "what"),
    [
        (Said.OTHER_UNIT, "602", "Team: 602", "Team 602 Vermittlung"),
        (Said.NEXT_STAGE, "3", "Stufe: 3 Grund", "Die Bereichsleitung"),
        (Said.NEXT_STAGE, "4", "Stufe: 4 Grund", "Geschäftsführung"),
        (Said.NO_ANSWER, "", "keine Antwort nötig: Grund", "kein Antwortschreiben"),
        (Said.DONE, "", "Erledigt: Grund", "abgeschlossen"),
    ],
)
def test_a_handlers_proposal_is_told_with_its_reason(said: Said, about: str, line: str, what: str) -> None:
    made = proposed(proposing(said, about), f"7 {said}", OFFICE)

    assert (made.by, made.line, made.reason) == (LEAD_515.id, line, "Grund")
    assert what in made.what


@pytest.mark.parametrize(
    ("occurrence", "line", "what"),
    [
        ("missed 2026-12-21 3", "Stufe: 3 Zusage nicht eingehalten", "bis 21. Dezember 2026"),
        ("renewed 2 3", "Stufe: 3 erneute Nachricht nach der Antwort", "Nach unserer Antwort"),
        ("renewed 2.1 4", "Stufe: 4 erneute Nachricht nach der Antwort", "Geschäftsführung"),
    ],
)
def test_the_programs_proposal_names_its_stage_whatever_the_stage_is_since(
    occurrence: str, line: str, what: str
) -> None:
    of = case(confirmed(reaction()))
    escalated = replace(of, stages=(Stage(3, MONDAY + timedelta(days=30), "officer"),))

    for standing in (of, escalated):
        made = proposed(standing, occurrence, OFFICE)
        assert (made.by, made.line) == ("", line)
        assert what in made.what


@pytest.mark.parametrize("occurrence", ["8 done", "7 other_unit", ""])
def test_what_nobody_proposed_is_no_proposal(occurrence: str) -> None:
    with pytest.raises(LookupError):
        proposed(proposing(Said.DONE), occurrence, OFFICE)
