"""How long what is kept, and why it may not be erased yet (GA 3.8; rules.md, Data protection)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classify.coding import Coding
from ingest.message import Address
from notify.deadlines import BERLIN
from notify.retention import CLASS, CLASSES, UNDECIDED, Fact, Periods, bound, due, of_case, until
from store.case import Case, CaseNumber, Delivery, Dispatch, Kind, Mark, Reaction, Said, Source, State

PERIODS = Periods()
MONDAY = datetime(2026, 11, 23, 9, tzinfo=BERLIN)
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def reaction(**fields: object) -> Reaction:
    plain = Reaction(1, MONDAY, Kind.FIRST, Source.CITIZEN, Address("", "a@b.example"), "", "", "")
    return replace(plain, coding=Coding("beschwerde", (), "an", "e-mail"), confirmed_at=MONDAY, **fields)  # type: ignore[arg-type]


def case(state: State, *marks: Mark, outside: str = "", **fields: object) -> Case:
    plain = Case("E-7K2F", CaseNumber(2026, 42), state, MONDAY, (reaction(),), marks=marks, outside=outside)
    return replace(plain, **fields)  # type: ignore[arg-type]


def closed(at: datetime = MONDAY) -> Mark:
    return Mark(Said.CLOSED, at, "officer")


def sent(duty: str, state: Delivery, at: datetime | None) -> Dispatch:
    return Dispatch(1, "E-7K2F", duty, "1", "x", state, at)


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2026-11-24", "2036-11-24"),
        ("2028-02-29", "2038-02-28"),  # no such day in 2038: the last of the month (§ 188(3) BGB)
        ("2027-02-28", "2037-02-28"),
        ("2026-12-31", "2036-12-31"),
    ],
)
def test_a_case_is_kept_ten_years_from_its_closing(day: str, last: str) -> None:
    fact = of_case(case(State.CLOSED, closed(datetime.fromisoformat(f"{day}T23:59").replace(tzinfo=BERLIN))))

    assert until(fact, PERIODS) == date.fromisoformat(last)
    assert not due(fact, PERIODS, date.fromisoformat(last))
    assert due(fact, PERIODS, date.fromisoformat(last) + timedelta(days=1))


def test_the_clock_runs_from_the_last_closing() -> None:
    again = MONDAY + timedelta(days=400)

    assert of_case(case(State.CLOSED, closed(), closed(again))).begun == again.date()


@given(st.sampled_from([k for k in CLASSES if k.id != "case"]), DAYS, st.integers(30, 400))
def test_the_other_periods_are_days_and_the_office_s_choice(kept: object, day: date, days: int) -> None:
    name = kept.id  # type: ignore[attr-defined]
    periods = replace(PERIODS, **{name: days})

    assert until(Fact("mail:1", "Nr. 1", name, day), periods) == day + timedelta(days=days)


@given(st.sampled_from(CLASSES), DAYS, DAYS)
def test_nothing_is_due_while_it_is_bound_and_nothing_held_ever_is(kept: object, begun: date, today: date) -> None:
    fact = Fact("E-7K2F", "KRM-2026-0042", kept.id, begun, offered=today)  # type: ignore[attr-defined]

    assert not (due(fact, PERIODS, today) and bound(fact, PERIODS, today))
    held = replace(fact, held=True)
    assert not due(held, PERIODS, today)
    why = bound(held, PERIODS, today)
    assert why is not None
    assert (why.kept_as, why.reason) == (
        "hold",
        "KRM-2026-0042 darf nicht gelöscht werden: Eine Löschsperre ist gesetzt.",
    )


def test_a_case_is_bound_until_its_last_day_and_then_until_it_was_offered() -> None:
    known = case(State.CLOSED, closed())
    fact, last = of_case(known), date(2036, 11, 23)

    before = bound(fact, PERIODS, last)
    assert before is not None
    assert (before.kept_as, before.until, before.clause) == ("case", last, "GA 3.8")
    assert before.reason == "KRM-2026-0042 ist bis zum 23. November 2036 aufzubewahren (GA 3.8)."
    after = bound(fact, PERIODS, last + timedelta(days=1))
    assert after is not None
    assert after.reason.endswith("ist der Vorgang dem Archiv anzubieten (GA 3.8).")
    assert bound(of_case(known, offered=last + timedelta(days=1)), PERIODS, last + timedelta(days=1)) is None
    assert of_case(known, offered=date(2026, 11, 1)).offered is None  # before it was closed again


@pytest.mark.parametrize(
    "known",
    [
        pytest.param(case(State.OPEN), id="open"),
        pytest.param(case(State.NOT_KRM, reactions=(replace(reaction(), coding=None),)), id="a reaction is undecided"),
        pytest.param(
            case(State.NOT_KRM, outside="anfrage 514", dispatches=(sent("hand_over", Delivery.CLAIMED, None),)),
            id="not handed over yet",
        ),
        pytest.param(
            case(State.CLOSED, closed(), dispatches=(sent("registration", Delivery.PLANNED, None),)), id="not filed yet"
        ),
        pytest.param(case(State.JOINED), id="joined"),
    ],
)
def test_what_is_not_done_yet_has_no_clock_and_is_bound(known: Case) -> None:
    fact = of_case(known)

    assert (fact.kept_as, fact.begun) == (UNDECIDED, None)
    why = bound(fact, PERIODS, date(2099, 1, 1))
    assert why is not None
    assert why.until is None
    assert not due(fact, PERIODS, date(2099, 1, 1))


def test_what_is_no_krm_counts_from_the_decision_or_the_hand_over_whichever_is_later() -> None:
    went = MONDAY + timedelta(days=3)
    fact = of_case(case(State.NOT_KRM, outside="anfrage 514", dispatches=(sent("hand_over", Delivery.SENT, went),)))

    assert (fact.kept_as, fact.begun) == ("not_krm", went.date())
    assert of_case(case(State.NOT_KRM, outside="spam")).kept_as == "spam"
    assert bound(fact, PERIODS, went.date()) is None  # who asks for it earlier may have it


def test_a_case_that_was_closed_stays_one_whatever_was_said_of_it_later() -> None:
    said = MONDAY + timedelta(days=10)
    spam = case(State.NOT_KRM, closed(), outside="spam", reactions=(replace(reaction(), confirmed_at=said),))

    fact = of_case(spam)

    assert (fact.kept_as, fact.begun) == ("case", said.date())
    assert of_case(replace(spam, number=None)).kept_as == "spam"
    assert of_case(replace(spam, marks=())).kept_as == "spam"


@pytest.mark.parametrize(
    ("reached", "outside", "kept_as"),
    [
        pytest.param([Delivery.REFUSED], "widerspruch", UNDECIDED, id="refused"),
        pytest.param([Delivery.UNSURE], "widerspruch", UNDECIDED, id="unsure"),
        pytest.param([Delivery.SENT], "widerspruch", "not_krm", id="there"),
        pytest.param([Delivery.REFUSED, Delivery.SENT], "anfrage 514", "not_krm", id="another place got it"),
        pytest.param([Delivery.REFUSED], "spam", "spam", id="spam by now"),
    ],
)
def test_what_reached_no_other_place_has_no_clock(reached: list[Delivery], outside: str, kept_as: str) -> None:
    went = tuple(sent("hand_over", state, MONDAY) for state in reached)

    assert of_case(case(State.NOT_KRM, outside=outside, dispatches=went)).kept_as == kept_as


def test_a_hand_over_that_came_back_or_one_of_two_mails_left_behind_starts_no_clock() -> None:
    went = sent("hand_over", Delivery.SENT, MONDAY)
    behind = replace(went, occurrence="2", state=Delivery.REFUSED)

    for dispatches in ((replace(went, returned=True),), (went, behind)):
        assert of_case(case(State.NOT_KRM, outside="widerspruch", dispatches=dispatches)).begun is None


def test_only_what_is_somebody_s_duty_to_keep_binds_and_waits_for_a_word() -> None:
    assert {k.id for k in CLASSES if k.binds} == {k.id for k in CLASSES if k.by_word} == {"case", "unread"}
    assert set(CLASS) == {"case", *(f for f in Periods.__dataclass_fields__)}
