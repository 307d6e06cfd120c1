"""How far a Case is: what waits for an answer, since when and until when, whatever order things happened in."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from classify.anlage3 import shipped
from notify.course import Course, by_mail, citizen
from notify.deadlines import BERLIN
from notify.workdays import Workdays
from store.case import CITIZEN, Case, Clock, Delivery, Dispatch, Kind, Mark, Said, Source, State
from tests.office import judged
from tests.store.making import MONDAY, case, confirmed, reaction

TARGET = date(2026, 12, 7)


def day(number: int, hour: int = 9) -> datetime:
    """A day after the arrival on Monday 23 November."""
    return MONDAY.replace(hour=hour) + timedelta(days=number)


def course(of: Case) -> Course:
    return Course(of, shipped(), Workdays())


def recorded(*marks: Mark, **fields: object) -> Case:
    return replace(case(confirmed(reaction())), marks=marks, **fields)  # type: ignore[arg-type]


def mark(said: Said, at: datetime, about: str = "", **fields: object) -> Mark:
    mail = fields.pop("mail", 5)
    return Mark(said, at, "officer", 1, mail, about=about, **fields)  # type: ignore[arg-type]


def released(at: datetime) -> tuple[Mark, Mark]:
    return mark(Said.ANSWER, at, text="Brief"), mark(Said.RELEASED, at + timedelta(hours=1), "answer")


def posted(on: date, at: datetime) -> Mark:
    return mark(Said.POSTED, at, "answer", day=on)


def further(at: datetime, mail: int = 2) -> Case:
    """Answered by post on day 3, and written to again at that moment."""
    again = replace(confirmed(reaction(mail, "Noch etwas", kind=Kind.FOLLOW_UP)), arrived=at)
    of = recorded(*released(day(2)), posted(day(3).date(), day(5)))
    return replace(of, reactions=(*of.reactions, again))


def test_a_recorded_reaction_waits_until_the_target() -> None:
    matter = course(recorded()).matter

    assert matter is not None
    assert (matter.key, matter.answer_by, matter.late_after, matter.again) == ("1", TARGET, TARGET, False)


@pytest.mark.parametrize(
    ("clock", "answer_by"),
    [
        (Clock("answer", date(2026, 12, 3), day(0, 10)), date(2026, 12, 3)),
        (Clock("answer", date(2026, 12, 31), day(0, 10)), TARGET),  # a later day needs an interim notice
        (Clock("interim", date(2026, 12, 21), day(0, 10)), date(2026, 12, 21)),
        (Clock("superior", date(2026, 12, 1), day(0, 10)), date(2026, 12, 1)),
        (Clock("interim", date(2026, 12, 21), day(-1)), TARGET),  # promised before this matter began
    ],
)
def test_what_was_promised_binds(clock: Clock, answer_by: date) -> None:
    matter = course(recorded(clocks=(clock,))).matter

    assert matter is not None
    assert matter.answer_by == answer_by


def test_an_interim_notice_stopped_on_its_way_promises_nothing_one_that_went_out_does() -> None:
    first, second = Clock("interim", date(2026, 12, 18), day(1)), Clock("interim", date(2026, 12, 21), day(2))
    notices = (mark(Said.INTERIM, day(1), day=first.day), mark(Said.INTERIM, day(2), day=second.day, mail=6))
    stopped = mark(Said.TAKEN_BACK, day(2, 10), "interim_notice", of=6)

    kept = course(recorded(*notices, replace(stopped, text="versandt"), clocks=(first, second))).matter
    gone = course(recorded(*notices, stopped, clocks=(first, second))).matter

    assert kept is not None
    assert gone is not None
    assert (kept.promised, gone.promised) == (second.day, first.day)


def test_nothing_waits_once_the_answer_is_posted_sent_or_the_case_closed() -> None:
    sent = Dispatch(1, "E-7K2F", "answer", "answer 5", CITIZEN, Delivery.SENT, day(2, 10))

    assert course(recorded(posted(day(2).date(), day(2)))).matter is None
    assert course(recorded(dispatches=(sent,))).matter is None
    assert course(replace(recorded(), state=State.CLOSED)).matter is None


def test_an_answer_that_came_back_answers_nothing() -> None:
    back = Dispatch(1, "E-7K2F", "answer", "answer 5", CITIZEN, Delivery.SENT, day(2, 10), returned=True)

    assert course(recorded(dispatches=(back,))).matter is not None


@pytest.mark.parametrize(
    ("arrived", "waits", "again"),
    [
        (day(1), False, False),  # before the release: the letter answers it
        (day(2, 12), True, False),  # between release and posting: not answered, and no reaction to the answer
        (day(4), True, True),  # after the posting, though `versandt` was written later still
        (day(6), True, True),
    ],
)
def test_a_letter_answers_what_had_arrived_when_it_was_released(arrived: datetime, waits: bool, again: bool) -> None:
    matter = course(further(arrived)).matter

    assert (matter is not None) == waits
    assert matter is None or (matter.key, matter.begun, matter.again) == ("2", arrived, again)


def test_a_reopened_case_begins_anew() -> None:
    closed, opened = mark(Said.CLOSED, day(3)), mark(Said.REOPENED, day(20))

    matter = course(recorded(closed, opened)).matter

    assert matter is not None
    assert (matter.begun, matter.days.arrived, matter.again) == (day(20), day(20).date(), True)


def test_thanks_wait_for_no_answer_unless_a_day_was_named() -> None:
    praise = case(confirmed(reaction(suggestion=judged("lob"))))

    assert course(praise).matter is None
    assert course(replace(praise, clocks=(Clock("answer", TARGET, day(0, 10)),))).matter is not None


@pytest.mark.parametrize(("about", "waits"), [("decided", False), ("", True)])
def test_only_the_officers_word_makes_an_answer_needless(about: str, waits: bool) -> None:
    of = recorded(mark(Said.NO_ANSWER, day(1), about, text="geklärt"))

    assert (course(of).matter is not None) == waits


def test_what_was_needless_then_is_not_needless_for_what_came_since() -> None:
    of = recorded(mark(Said.NO_ANSWER, day(1), "decided", text="geklärt"), mark(Said.CLOSED, day(2)))
    again = replace(confirmed(reaction(2, "Doch!", kind=Kind.FOLLOW_UP)), arrived=day(4))

    assert course(replace(of, reactions=(*of.reactions, again))).matter is not None


def test_a_draft_is_released_until_that_is_taken_back_or_a_new_one_comes() -> None:
    handed, let_go = released(day(1))
    taken = mark(Said.TAKEN_BACK, day(1, 12), "answer")
    newer = mark(Said.ANSWER, day(2), text="Besserer Brief")

    assert course(recorded(handed)).release is None
    assert course(recorded(handed, let_go)).release == let_go
    assert course(recorded(handed, let_go, taken)).release is None
    assert course(recorded(handed, let_go, newer)).release is None
    assert course(recorded(handed, let_go, newer)).draft == newer


def test_a_handlers_date_counts_for_the_matter_it_was_said_in() -> None:
    said = mark(Said.EXPECTED, day(1), day=date(2026, 12, 18))

    assert course(recorded(said)).expected == date(2026, 12, 18)
    assert course(recorded(said, mark(Said.CLOSED, day(2)), mark(Said.REOPENED, day(20)))).expected is None


def test_whoever_wrote_last_with_an_address_is_answered() -> None:
    named = reaction(2, kind=Kind.FOLLOW_UP)
    form = reaction(1, source=Source.MACHINE)

    assert citizen(case(form, named)) == named
    assert by_mail(case(form, named))
    assert not by_mail(case(form))
    back = Dispatch(1, "E-7K2F", "interim_notice", "5", CITIZEN, Delivery.SENT, day(1), returned=True)
    assert not by_mail(replace(case(named), dispatches=(back,)))


def test_days_are_counted_in_berlin() -> None:
    late = replace(confirmed(reaction()), arrived=datetime(2026, 11, 23, 23, 30, tzinfo=BERLIN))

    matter = course(case(late)).matter

    assert matter is not None
    assert matter.days.arrived == date(2026, 11, 23)
