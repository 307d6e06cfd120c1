"""In time or not (GA 3.5.1, 3.5.2): what binds, what counts as done, and what is owed at all."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from classify.anlage3 import shipped
from ingest.message import Address
from notify.course import Course
from notify.deadlines import BERLIN
from notify.kept import Kept, Share, acknowledgement, answer, share
from notify.workdays import Workdays
from store.case import CITIZEN, DECIDED, Case, Clock, Delivery, Dispatch, Kind, Mark, Reaction, Said, Source, State
from tests.office import judged
from tests.store.making import MONDAY, case, confirmed, reaction

ACKNOWLEDGE_BY = date(2026, 11, 26)
LATEST = date(2026, 12, 7)


def at(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=BERLIN)


def course(of: Case) -> Course:
    return Course(of, shipped(), Workdays())


def recorded(*marks: Mark, **fields: object) -> Case:
    return replace(case(confirmed(reaction())), marks=marks, **fields)  # type: ignore[arg-type]


def said(what: Said, on: date, about: str = "", day: date | None = None) -> Mark:
    return Mark(what, at(on), "officer", 1, 5, day, about)


def posted(on: date) -> Mark:
    return said(Said.POSTED, on, "answer", on)


def mailed(on: date, **fields: object) -> Dispatch:
    sent = Dispatch(1, "E-7K2F", "answer", "answer 5", CITIZEN, Delivery.SENT, at(on))
    return replace(sent, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on", "today", "held"),
    [
        (date(2026, 9, 24), date(2026, 9, 30), True),
        (date(2026, 9, 25), date(2026, 9, 30), False),
        (None, date(2026, 9, 24), None),
        (None, date(2026, 9, 25), False),
    ],
)
def test_a_promise_is_kept_on_its_day_and_broken_after_it(on: date | None, today: date, held: bool | None) -> None:
    assert Kept(date(2026, 9, 24), on).held(today) is held


def test_what_is_not_owed_or_can_still_be_kept_is_not_counted() -> None:
    kept, broken, open_ = Kept(LATEST, LATEST), Kept(ACKNOWLEDGE_BY, LATEST), Kept(LATEST, None)

    assert share([kept, broken, open_, None], LATEST) == Share(1, 2)
    assert share([kept, broken, open_, None], LATEST + timedelta(days=1)) == Share(1, 3)
    assert share([None], LATEST).value is None


# --- the acknowledgement ---


def acknowledged(**fields: object) -> Kept | None:
    one: Reaction = replace(confirmed(reaction()), **fields)  # type: ignore[arg-type]
    return acknowledgement(course(case(one)), one)


def test_an_acknowledgement_is_owed_by_the_third_working_day() -> None:
    assert acknowledged(acknowledged=at(ACKNOWLEDGE_BY)) == Kept(ACKNOWLEDGE_BY, ACKNOWLEDGE_BY)
    assert acknowledged() == Kept(ACKNOWLEDGE_BY, None)
    assert acknowledged(coding=None) == Kept(ACKNOWLEDGE_BY, None)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": Kind.DUPLICATE},
        {"outside": "gesehen"},
        {"source": Source.MACHINE},
        {"sender": Address("", "")},
        {"coding": None, "suggestion": judged("rechtsbehelf")},
    ],
    ids=["the same once more", "noted only", "a form or scanner", "no address", "not KRM"],
)
def test_nothing_is_owed_by_mail(fields: dict[str, object]) -> None:
    assert acknowledged(**fields) is None


def test_what_is_no_case_owes_nothing() -> None:
    of = recorded(state=State.NOT_KRM)

    assert (acknowledgement(course(of), of.reactions[0]), answer(course(of))) == (None, None)


# --- the answer ---


@pytest.mark.parametrize(
    ("of", "kept"),
    [
        (recorded(), Kept(LATEST, None)),
        (recorded(posted(LATEST)), Kept(LATEST, LATEST)),
        (recorded(said(Said.CLOSED, LATEST)), Kept(LATEST, LATEST)),
        (recorded(said(Said.NO_ANSWER, LATEST, DECIDED)), Kept(LATEST, LATEST)),
        (recorded(said(Said.NO_ANSWER, LATEST)), Kept(LATEST, None)),
        (recorded(dispatches=(mailed(LATEST),)), Kept(LATEST, LATEST)),
        (recorded(dispatches=(mailed(LATEST, state=Delivery.UNSURE),)), Kept(LATEST, None)),
    ],
    ids=["nothing yet", "posted", "closed", "none is needed", "only proposed", "by mail", "perhaps by mail"],
)
def test_what_ends_the_time_for_an_answer(of: Case, kept: Kept) -> None:
    assert answer(course(of)) == kept


def test_an_answer_that_came_back_counts_from_the_day_it_was_posted() -> None:
    back, later = mailed(LATEST, returned=True), LATEST + timedelta(days=3)

    assert answer(course(recorded(dispatches=(back,)))) == Kept(LATEST, None)
    assert answer(course(recorded(posted(later), dispatches=(back,)))) == Kept(LATEST, later)


def test_the_first_answer_counts_and_not_one_to_a_later_mail() -> None:
    later = LATEST + timedelta(days=30)

    assert answer(course(recorded(posted(LATEST), posted(later)))) == Kept(LATEST, LATEST)


PROMISED, SUPERIOR, AGREED = date(2026, 12, 21), date(2026, 12, 1), date(2026, 12, 3)


@pytest.mark.parametrize(
    ("clocks", "by"),
    [
        ((Clock("interim", PROMISED, MONDAY),), PROMISED),
        ((Clock("interim", PROMISED, MONDAY), Clock("interim", AGREED, MONDAY)), AGREED),
        ((Clock("interim", PROMISED, MONDAY), Clock("superior", SUPERIOR, MONDAY)), SUPERIOR),
        ((Clock("answer", AGREED, MONDAY),), AGREED),
        ((Clock("answer", PROMISED, MONDAY),), LATEST),
    ],
    ids=["an interim notice", "the newest of them", "a superior body goes first", "agreed", "agreed without a notice"],
)
def test_what_was_promised_binds(clocks: tuple[Clock, ...], by: date) -> None:
    """rules.md, Time 6 and 3.1.4."""
    assert answer(course(recorded(clocks=clocks))) == Kept(by, None)


def test_an_interim_notice_counts_up_to_the_day_that_bound_until_then() -> None:
    """GA 3.5.2: before the end, and so once more before what it promised."""
    longer = PROMISED + timedelta(days=14)

    def bound(*clocks: Clock) -> date:
        found = answer(course(recorded(clocks=clocks)))
        assert found is not None
        return found.by

    assert bound(Clock("interim", PROMISED, at(LATEST))) == PROMISED
    assert bound(Clock("interim", PROMISED, at(LATEST + timedelta(days=1)))) == LATEST
    assert bound(Clock("interim", longer, at(PROMISED)), Clock("interim", PROMISED, at(LATEST))) == longer
    assert bound(Clock("superior", SUPERIOR, at(LATEST + timedelta(days=1)))) == SUPERIOR


def test_what_was_promised_after_the_answer_changes_nothing() -> None:
    late = LATEST + timedelta(days=2)
    again = Clock("interim", LATEST + timedelta(days=60), at(late + timedelta(days=40)))

    assert answer(course(recorded(posted(late), clocks=(again,)))) == Kept(LATEST, late)


def test_thanks_are_owed_an_answer_only_where_a_day_was_promised() -> None:
    praise = replace(case(confirmed(reaction(), type="lob")))

    assert answer(course(praise)) is None
    assert answer(course(replace(praise, clocks=(Clock("answer", AGREED, MONDAY),)))) == Kept(AGREED, None)
