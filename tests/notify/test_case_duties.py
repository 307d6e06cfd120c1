"""What a recorded Case owes as a whole, day by day, and that no order of events owes it twice (GA 3.5.2 to 3.7)."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classify.anlage3 import shipped
from ingest.message import Address, Instruction, Verb
from notify.case_duties import CASE_DUTIES, due_of_case
from notify.deadlines import BERLIN
from notify.owing import DAY_BEGINS, DAY_ENDS, Owed, View
from notify.workdays import Workdays
from store.applying import CONFIRMING, apply
from store.case import CITIZEN, Assignment, Case, Delivery, Dispatch, Mark, Said, Stage, State
from store.steps import CannotApply, Sent
from tests.office import DEPUTY, HEAD_5, LEAD_515, MANAGER, OFFICE, OFFICER
from tests.store.making import MONDAY, case, numbered, reaction, said, step

NOBODY: frozenset[str] = frozenset()


def moment(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=BERLIN)


def recorded(**fields: object) -> Case:
    """Arrived Monday 23 November at nine, recorded an hour later, with Olaf Brandt of team 515."""
    of = apply(numbered(case()), [said(Verb.CONFIRM)], step())
    held = Assignment("515", LEAD_515.id, MONDAY + timedelta(hours=1))
    return replace(replace(of, assignments=(held,)), **fields)  # type: ignore[arg-type]


def owed(of: Case, now: datetime, out: frozenset[str] = NOBODY, **view: object) -> list[Owed]:
    told = View(OFFICE, shipped(), Workdays(), now, **view)  # type: ignore[arg-type]
    return [o for o in due_of_case(of, told, out) if o.at <= now]


def who(of: Case, duty: str, local: str, out: frozenset[str] = NOBODY, **view: object) -> list[str]:
    return [o.recipient for o in owed(of, moment(local), out, **view) if o.duty == duty]


def test_every_duty_names_its_clause_once_by_name() -> None:
    assert all(d.name and d.ga for d in CASE_DUTIES)


def test_nothing_is_owed_of_a_case_nobody_recorded() -> None:
    assert owed(case(), moment("2027-03-01 09:00")) == []


@pytest.mark.parametrize(
    ("duty", "before", "from_", "people"),
    [
        ("handling_reminder", "2026-12-01 07:29", "2026-12-01 07:30", [LEAD_515.id]),
        ("interim_draft", "2026-12-03 07:29", "2026-12-03 07:30", [OFFICER.id]),
        ("interim_alarm", "2026-12-03 07:29", "2026-12-03 07:30", [DEPUTY.id, HEAD_5.id]),
        ("overdue", "2026-12-08 07:29", "2026-12-08 07:30", [LEAD_515.id, HEAD_5.id, OFFICER.id]),
    ],
)
def test_each_day_brings_its_letter_to_its_people(duty: str, before: str, from_: str, people: list[str]) -> None:
    assert who(recorded(), duty, before) == []
    assert who(recorded(), duty, from_) == people


def test_holidays_move_the_reminder() -> None:
    """Target Wednesday 23 December: neither Christmas nor Christmas Eve is a working day."""
    christmas = replace(recorded().reactions[0], arrived=moment("2026-12-11 09:00"))
    of = recorded(reactions=(christmas,), assignments=(Assignment("515", LEAD_515.id, moment("2026-12-11 10:00")),))

    assert who(of, "handling_reminder", "2026-12-17 07:29") == []
    assert who(of, "handling_reminder", "2026-12-17 07:30") == [LEAD_515.id]
    assert who(of, "overdue", "2026-12-28 17:00") == []
    assert who(of, "overdue", "2026-12-29 07:30") == [LEAD_515.id, HEAD_5.id, OFFICER.id]


@pytest.mark.parametrize("night", ["2026-12-01 22:00", "2026-12-05 12:00", "2026-12-02 05:00"])
def test_what_is_late_already_waits_for_the_morning(night: str) -> None:
    assert who(recorded(), "handling_reminder", night) == []


def test_who_is_complained_about_gets_nothing_of_it() -> None:
    out = frozenset({LEAD_515.id, HEAD_5.id, OFFICER.id})

    people = {o.recipient for o in owed(recorded(), moment("2026-12-08 07:30"), out)}

    assert people
    assert not people & out


def test_of_a_complaint_about_the_officer_that_lies_with_no_unit_management_is_warned_beside_the_deputy() -> None:
    """Else one person alone, the deputy, would know that the latest day comes near (GA 3.5.2)."""
    of, out = recorded(assignments=()), frozenset({OFFICER.id})

    assert who(of, "interim_draft", "2026-12-03 07:30", out) == [DEPUTY.id]
    assert who(of, "interim_alarm", "2026-12-03 07:30", out) == [MANAGER.id]


def test_the_deputy_decides_while_the_officer_is_away() -> None:
    assert who(recorded(), "interim_draft", "2026-12-03 07:30", absent=frozenset({OFFICER.id})) == [DEPUTY.id]


def test_a_late_case_nobody_handles_is_told_to_the_officer() -> None:
    assert who(recorded(assignments=()), "overdue", "2026-12-08 07:30") == [OFFICER.id]


def test_a_superior_bodys_date_needs_no_interim_notice() -> None:
    of = apply(recorded(), [said(Verb.SUPERIOR_DATE, day=date(2026, 12, 10))], step())

    assert who(of, "interim_draft", "2026-12-08 09:00") == []
    assert who(of, "overdue", "2026-12-10 17:00") == []
    assert LEAD_515.id in who(of, "overdue", "2026-12-11 07:30")


def released(**fields: object) -> Case:
    at = MONDAY + timedelta(hours=2)
    marks = (
        Mark(Said.ANSWER, at, LEAD_515.id, 1, 7, text="Brief"),
        Mark(Said.RELEASED, at, OFFICER.id, 1, 8, about="answer"),
    )
    return recorded(marks=marks, **fields)


def sent(duty: str, key: str, **fields: object) -> Dispatch:
    at = MONDAY + timedelta(hours=3)
    return Dispatch(1, "E-7K2F", duty, key, CITIZEN, Delivery.SENT, at, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "by_mail", "printed"),
    [
        ({}, 0, 1),
        ({"answer_way": "post"}, 0, 1),
        ({"answer_way": "portal"}, 0, 1),
        ({"answer_way": "email"}, 1, 0),
        ({"answer_way": "post", "dispatches": (sent("answer", "answer 8"),)}, 0, 0),
        ({"answer_way": "email", "dispatches": (sent("answer", "answer 8", returned=True),)}, 0, 1),
        ({"answer_way": "email", "dispatches": (sent("acknowledgement", "1", returned=True),)}, 0, 1),
    ],
)
def test_an_answer_goes_one_way_only(fields: dict[str, object], by_mail: int, printed: int) -> None:
    of, now = released(**fields), "2026-11-24 09:00"

    assert len(who(of, "answer", now)) == by_mail
    assert len(who(of, "to_print", now)) == printed
    assert who(of, "answer_copy", now) == [MANAGER.id]


def test_without_an_address_what_is_released_is_printed() -> None:
    nameless = replace(recorded().reactions[0], sender=Address("", ""))
    of = apply(recorded(reactions=(nameless,)), [said(Verb.INTERIM, day=date(2026, 12, 21))], step())

    assert who(of, "interim_notice", "2026-11-24 09:00") == []
    assert who(of, "to_print", "2026-11-24 09:00") == [OFFICER.id]


def test_an_appointment_is_proposed_while_stage_four_lasts_and_not_again_for_a_case_reopened_there() -> None:
    at = MONDAY + timedelta(hours=2)
    fourth = Stage(4, at, OFFICER.id)
    ended = replace(fourth, ended=at + timedelta(hours=1), outcome="abgesagt")
    again = Stage(4, at + timedelta(hours=2), OFFICER.id)
    reopened = Mark(Said.REOPENED, again.since, OFFICER.id)

    assert who(recorded(stages=(fourth,)), "appointment", "2026-11-24 09:00") == [MANAGER.id]
    assert who(recorded(stages=(ended,)), "appointment", "2026-11-24 09:00") == []
    assert who(recorded(stages=(ended, again), marks=(reopened,)), "appointment", "2026-11-24 09:00") == []


# --- any order of events ---

LINES = st.sampled_from(
    [
        said(Verb.CONFIRM),
        said(Verb.STAGE, "3", text="Grund"),
        said(Verb.STAGE, "4", text="Grund"),
        said(Verb.STAGE, "1"),
        said(Verb.INTERIM, day=date(2026, 12, 21)),
        said(Verb.INTERIM, day=date(2027, 1, 15)),
        said(Verb.ANSWER),
        said(Verb.RELEASE),
        said(Verb.POSTED, day=MONDAY.date()),
        said(Verb.ANSWER_WAY, "email"),
        said(Verb.DONE, text="fertig"),
        said(Verb.REOPEN, text="doch nicht"),
        said(Verb.UNDO),
        said(Verb.NO_ANSWER, text="geklärt"),
        said(Verb.EXPECTED, day=date(2027, 1, 20)),
        said(Verb.NEXT_STAGE, text="Grund"),
    ]
)
EVENTS = st.lists(
    st.tuples(LINES, st.integers(0, 240), st.booleans(), st.sampled_from(["answer", "correction", "invitation"])),
    max_size=14,
)
AFTER_CLOSING = {
    "registration",
    "entry",
    "answer",
    "to_print",
    "answer_copy",
    "interim_notice",
    "correction",
    "invitation",
}
QUIET = {d.name for d in CASE_DUTIES if d.quiet} - {"proposal"}


@settings(deadline=None)
@given(EVENTS, st.sampled_from([NOBODY, frozenset({LEAD_515.id}), frozenset({HEAD_5.id, MANAGER.id})]))
def test_no_order_of_events_owes_a_letter_twice_or_to_whom_it_is_about(
    events: Sequence[tuple[Instruction, int, bool, str]], out: frozenset[str]
) -> None:
    standing, now, planned = recorded(), MONDAY + timedelta(hours=2), dict[tuple[str, str, str], datetime]()
    for mail, (line, hours, decides, about) in enumerate(events, 100):
        now += timedelta(hours=hours, minutes=1)
        by = OFFICER.id if decides else LEAD_515.id
        how = replace(step(at=now), mail=mail, by=by, decides=decides, about=about, text="Brief")
        with suppress(CannotApply):
            standing = apply(standing, [line], replace(how, records=line.verb in CONFIRMING, sent=mailed(standing)))
        new = [o for o in owed(standing, now, out) if (o.duty, o.occurrence, o.recipient) not in planned]
        for o in new:
            assert (o.duty, o.occurrence, o.recipient) not in planned
            assert o.recipient not in out
            assert len(o.occurrence) <= 80
            assert o.duty not in QUIET or (Workdays().working(now.date()) and DAY_BEGINS <= now.time() < DAY_ENDS)
            if standing.state is State.CLOSED:
                assert o.duty in AFTER_CLOSING or o.occurrence.startswith("correction")
            planned[o.duty, o.occurrence, o.recipient] = now
        gone = tuple(
            Dispatch(n, o.subject, o.duty, o.occurrence, o.recipient, Delivery.SENT, now) for n, o in enumerate(new)
        )
        standing = replace(standing, dispatches=(*standing.dispatches, *gone))
    once_for_each_fact(standing, Counter((duty, to) for duty, _, to in planned))


def mailed(of: Case) -> tuple[Sent, ...]:
    return tuple(Sent(d.duty, d.of, d.at) for d in of.dispatches if d.recipient == CITIZEN and d.at)


def once_for_each_fact(of: Case, letters: Counter[tuple[str, str]]) -> None:
    """The citizen gets as many letters as people wanted, the front office a form, and one more for each closing."""
    marks = Counter(m.said if m.said is not Said.RELEASED else m.about for m in of.marks)
    assert letters["answer", CITIZEN] + letters["to_print", OFFICER.id] <= sum(
        marks[about] for about in ("answer", "correction", "invitation")
    )
    assert letters["answer", CITIZEN] <= marks[Said.ANSWER]
    assert letters["interim_notice", CITIZEN] == marks[Said.INTERIM]
    assert letters["registration", OFFICE.front_office.id] == marks[Said.CLOSED]
    assert letters["entry", OFFICE.front_office.id] <= 1
    assert letters["appointment", MANAGER.id] <= sum(s.level == 4 for s in of.stages)
    assert reaction().mail == 1
