"""The reconciliation line of the digest: every mail that arrived is counted once, under the first row that holds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krm.reckoning import ROWS, reckoned
from store.case import Kind, State
from store.fates import Fate
from store.mails import MailState

DONE = MailState.DONE
FATES = st.builds(
    Fate,
    state=st.sampled_from(MailState),
    kind=st.sampled_from(["", *(str(k) for k in Kind)]),
    case=st.sampled_from(["", *(str(s) for s in State)]),
    numbered=st.booleans(),
    decided=st.booleans(),
)


@pytest.mark.parametrize(
    ("what", "fate", "said"),
    [
        ("taken in, not looked at", Fate(MailState.NEW), "1 noch offen"),
        ("not readable", Fate(MailState.UNREADABLE), "1 unlesbar"),
        ("too big", Fate(MailState.TOO_BIG), "1 unlesbar"),
        ("a machine's", Fate(MailState.AUTOMATIC), "1 automatisch"),
        ("put aside", Fate(MailState.QUARANTINE), "1 in Quarantäne"),
        ("oral and settled the same day", Fate(MailState.NOTED), "1 mündlich geklärt"),
        ("a reply of the house", Fate(DONE), "1 Antwort aus dem Haus"),
        ("the same once more", Fate(DONE, Kind.DUPLICATE, State.OPEN), "1 doppelt"),
        ("a citizen's further mail", Fate(DONE, Kind.FOLLOW_UP, State.OPEN, True, True), "1 weitere Nachricht"),
        ("handed over", Fate(DONE, Kind.FIRST, State.NOT_KRM, False, True), "1 weitergegeben oder kein KRM"),
        ("confirmed", Fate(DONE, Kind.FIRST, State.OPEN, True, True), "1 Vorgang"),
        ("acknowledged unasked", Fate(DONE, Kind.FIRST, State.OPEN, True, False), "1 Vorgang"),
        ("undecided", Fate(DONE, Kind.FIRST, State.OPEN), "1 noch offen"),
    ],
)
def test_a_mail_is_counted_where_it_went(what: str, fate: Fate, said: str) -> None:
    assert reckoned([fate]) == f"1 eingegangen = {said}"


def test_cases_stand_first_and_numbers_are_spoken_as_people_do() -> None:
    fates = [Fate(MailState.AUTOMATIC), *[Fate(DONE, Kind.FIRST, State.OPEN, True)] * 2]

    assert reckoned(fates) == "3 eingegangen = 2 Vorgänge + 1 automatisch"


def test_where_nothing_came_nothing_is_said() -> None:
    assert reckoned([]) == ""


@given(st.lists(FATES, min_size=1, max_size=60))
def test_the_sum_is_always_the_number_of_arrivals(fates: list[Fate]) -> None:
    total, *parts = (int(n) for n in re.findall(r"\d+", reckoned(fates)))

    assert total == len(fates) == sum(parts)


@given(FATES)
def test_some_row_always_holds(fate: Fate) -> None:
    assert any(holds(fate) for _, holds in ROWS)
