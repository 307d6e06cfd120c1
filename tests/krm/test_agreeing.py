"""`ok` to each kind of letter (GA 3.3, rules.md: confirmed with the suggestion's evidence in view)."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.message import Reading, Unclear, Verb
from krm.agreeing import NOT_CERTAIN, NOT_SHOWN, weighed
from store.case import Case, Reaction, State
from tests.office import OFFICE
from tests.store.making import case, confirmed, reaction, said

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
RECORDS, ELSEWHERE = "records the suggestion", "asked back: where the suggestion is seen"
KINDS = {
    "confirmation_request": RECORDS,
    "reminder": RECORDS,  # has the button for it
    "proposal": ELSEWHERE,  # one that does not stand any more; else `ok` is its line
    "alert": "gesehen",
    "need": "gesehen",
    "breach": "gesehen",
    "release_request": "Freigabe",
    "to_print": "versandt …",
    "interim_draft": "Zwischeninformation: …",
    "interim_alarm": "Zwischeninformation: …",
    "handling_reminder": "übernommen",
    "overdue": "Notiz: …",
    # set off by anybody, by a word that records nothing, or by what happened to a letter:
    "refused": ELSEWHERE,
    "receipt": ELSEWHERE,
    "status": ELSEWHERE,
    "help": ELSEWHERE,
    "unclear": ELSEWHERE,  # one of which nobody knows any more what was asked
    "undelivered": ELSEWHERE,  # without the words of the letter, else it is as that one
    # of a recorded Case, whose `ok` says what stands there; or to people who do not record:
    "assignment": ELSEWHERE,
    "answer_copy": ELSEWHERE,
    "appointment": ELSEWHERE,
    "entry": ELSEWHERE,
    "registration": ELSEWHERE,
    "hand_over": ELSEWHERE,
    "handed_in": ELSEWHERE,
    "noted": ELSEWHERE,
    # about no Case: krm/office_replies.py
    **dict.fromkeys(("absence", "digest", "early_warning", "outage", "report", "report_copy"), ELSEWHERE),
    **dict.fromkeys(("sensitising", "too_big"), ELSEWHERE),
    # to citizens:
    **dict.fromkeys(("acknowledgement", "answer", "correction", "hand_over_note"), ELSEWHERE),
    **dict.fromkeys(("interim_notice", "invitation"), ELSEWHERE),
    "a kind of letter that somebody adds": ELSEWHERE,
}
OK = replace(said(Verb.CONFIRM), line="passt")


def understood(duty: str, about: Reaction, *beside: Verb, **fields: State) -> Reading:
    found: Case = case(about, **fields)
    instructions = (OK, *map(said, beside))
    return weighed(Reading(instructions, ()), (duty, "1"), (found, about), OFFICE, lambda _: Reading((), ()))


def test_every_kind_of_letter_has_a_row() -> None:
    letters = {folder.name for folder in TEMPLATES.iterdir() if not folder.name.startswith("_")}

    assert letters <= set(KINDS)


@pytest.mark.parametrize(("duty", "expected"), KINDS.items())
def test_ok_records_a_suggestion_only_where_it_is_in_view(duty: str, expected: str) -> None:
    reading = understood(duty, reaction())

    if expected == RECORDS:
        assert reading == Reading((OK,), ())
    elif expected == ELSEWHERE:
        assert reading == Reading((), (Unclear("passt", NOT_SHOWN),))
    else:
        assert reading == Reading((), (Unclear("passt", NOT_CERTAIN, (expected,)),))


@pytest.mark.parametrize("duty", [duty for duty, expected in KINDS.items() if expected != RECORDS])
@pytest.mark.parametrize(
    ("beside", "carried"),
    [(Verb.SEEN, True), (Verb.TYPE, True), (Verb.NOT_KRM, True), (Verb.NOTE, False), (Verb.STATUS, False)],
)
def test_beside_a_word_that_says_what_is_meant_it_is_a_courtesy(duty: str, beside: Verb, carried: bool) -> None:
    reading = understood(duty, reaction(), beside)

    assert [i.verb for i in reading.instructions] == [beside]
    assert reading.clear is carried


@pytest.mark.parametrize("duty", ["receipt", "assignment", "refused"])
@pytest.mark.parametrize(
    ("about", "state", "repeats"),
    [
        pytest.param(confirmed(reaction()), State.OPEN, True, id="recorded"),
        pytest.param(confirmed(reaction()), State.CLOSED, True, id="closed"),
        pytest.param(reaction(outside="spam"), State.NOT_KRM, False, id="not KRM"),
        pytest.param(replace(confirmed(reaction()), outside="spam"), State.NOT_KRM, False, id="not KRM any more"),
        pytest.param(replace(confirmed(reaction()), outside="spam"), State.OPEN, False, id="a further mail: not KRM"),
    ],
)
def test_where_it_only_repeats_what_is_recorded_it_is_taken(
    duty: str, about: Reaction, state: State, repeats: bool
) -> None:
    assert understood(duty, about, state=state).clear is repeats
