"""The month in figures (GA 3.9): what counts where, what is in time, and that small groups are not shown singly."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from classify.anlage3 import shipped
from krm.report import FEW, Kept, month, shown
from notify.deadlines import BERLIN
from notify.workdays import Workdays
from store.case import CITIZEN, Case, Clock, Concern, Delivery, Dispatch, Mark, Said
from tests.store.making import MONDAY, case, confirmed, reaction

NOVEMBER = date(2026, 11, 1)


def recorded(**fields: object) -> Case:
    """A complaint of 23 November, recorded and acknowledged the same day."""
    one = confirmed(reaction(acknowledged=MONDAY + timedelta(hours=2)))
    made = replace(case(one), concerns=(Concern(0, "organisation.wartezeit"),))
    return replace(made, **fields)  # type: ignore[arg-type]


def test_a_case_counts_in_the_month_of_its_arrival_with_its_type_and_group() -> None:
    found = month(NOVEMBER, [recorded()], shipped(), Workdays())

    assert (found.arrivals, found.by_type, found.by_group) == (1, (("Beschwerde", 1),), (("Organisation", 1),))
    assert month(date(2026, 12, 1), [recorded()], shipped(), Workdays()).arrivals == 0


def test_what_nobody_recorded_does_not_count() -> None:
    """GA 3.3: a suggestion is never a record."""
    assert month(NOVEMBER, [case()], shipped(), Workdays()).arrivals == 0


def test_an_acknowledgement_is_in_time_until_the_end_of_the_third_working_day() -> None:
    late = recorded()
    late = replace(
        late, reactions=(replace(late.reactions[0], acknowledged=datetime(2026, 11, 27, 0, 1, tzinfo=BERLIN)),)
    )

    assert month(NOVEMBER, [recorded(), late], shipped(), Workdays()).acknowledged == Kept(1, 2)


def posted(day: date) -> Case:
    return recorded(marks=(Mark(Said.POSTED, MONDAY, "officer", 1, 2, day, "answer"),))


def test_an_answer_is_in_time_by_the_latest_day_or_the_promised_one() -> None:
    """GA 3.5.2: 14 days, or the day an interim notice named."""
    latest = date(2026, 12, 7)
    in_time, late = posted(latest), posted(latest + timedelta(days=1))
    promised = replace(late, clocks=(Clock("interim", latest + timedelta(days=3), MONDAY),))

    assert month(NOVEMBER, [in_time], shipped(), Workdays()).answered == Kept(1, 1)
    assert month(NOVEMBER, [late], shipped(), Workdays()).answered == Kept(0, 1)
    assert month(NOVEMBER, [promised], shipped(), Workdays()).answered == Kept(1, 1)


def test_an_answer_by_mail_counts_as_well_and_what_is_not_over_is_not_counted() -> None:
    sent = Dispatch(1, "E-7K2F", "answer", "answer 2", CITIZEN, Delivery.SENT, MONDAY + timedelta(days=2))

    assert month(NOVEMBER, [recorded(dispatches=(sent,))], shipped(), Workdays()).answered == Kept(1, 1)
    assert month(NOVEMBER, [recorded()], shipped(), Workdays()).answered == Kept(0, 0)


def test_groups_with_fewer_than_five_are_not_shown_singly() -> None:
    """rules.md, Data protection."""
    assert shown((("Lob", 5), ("Idee", 4))) == (("Lob", "5"), ("Idee", FEW))
