"""What is owed and from when: the table of duties, row by row, day by day (GA 3.1.6, 3.2, 3.5.1, 3.7)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classify.anlage3 import shipped
from classify.coding import Urgency
from ingest.message import Address
from ingest.office import Person
from notify.case_duties import CASE_DUTIES
from notify.deadlines import BERLIN, deadlines
from notify.duties import DUTIES, due, due_in_office
from notify.owing import View, quiet_until
from notify.workdays import Workdays
from store.case import CITIZEN, Assignment, Case, Delivery, Dispatch, Kind, Reaction, Source, State
from tests.office import DEPUTY, HEAD_5, LEAD_514, LEAD_515, LEGAL_OFFICE, MANAGER, OFFICE, OFFICER, SECURITY, judged
from tests.store.making import MONDAY, case, confirmed, reaction

PRIVACY = Person("dsb", "Datenschutz", "dsb@jobcenter.example")


def moment(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=BERLIN)


def owed(of: Case, now: datetime = MONDAY, **view: Any) -> dict[str, list[str]]:
    """Duty -> who gets a letter by now."""
    found: dict[str, list[str]] = {}
    for o in due(of, View(**{"office": OFFICE, "taxonomy": shipped(), "workdays": Workdays(), "now": now, **view})):
        found.setdefault(o.duty, []).append(o.recipient)
    return found


def asked_for(of: Case, at: datetime) -> Case:
    """The officer's confirmation request went out at that moment."""
    mail = str(of.reactions[0].mail)
    request = Dispatch(1, of.id, "confirmation_request", mail, OFFICER.id, Delivery.SENT, at)
    return replace(of, dispatches=(*of.dispatches, request))


def since(of: Case, duty: str, to: str, **view: Any) -> datetime | None:
    """The moment from which this letter is owed, asked a year later."""
    late = View(
        **{
            "office": OFFICE,
            "taxonomy": shipped(),
            "workdays": Workdays(),
            "now": MONDAY + timedelta(days=365),
            **view,
        }
    )
    return next((o.at for o in due(of, late) if (o.duty, o.recipient) == (duty, to)), None)


def about(**fields: Any) -> Case:
    return case(reaction(**fields))


def suggested(type_id: str = "beschwerde", **fields: Any) -> Case:
    return about(suggestion=judged(type_id, **fields))


def test_every_duty_names_its_clause() -> None:
    assert all(d.name and d.ga for d in DUTIES)


# --- the request to the officer (GA 3.2.5, 3.3) ---


@pytest.mark.parametrize("type_id", [t.id for t in shipped().types])
def test_every_arrival_goes_to_the_officer_at_once_whatever_its_type(type_id: str) -> None:
    """GA 3.2.5: without delay, also at night and on a Sunday."""
    sunday = moment("2026-11-22 23:50")
    of = about(arrived=sunday, suggestion=judged(type_id))

    assert since(of, "confirmation_request", "officer") == sunday


@pytest.mark.parametrize(
    ("what", "arrived", "deputy_from"),
    [
        ("on a Monday", "2026-11-23 09:00", "2026-11-24 18:00"),
        ("on a Friday", "2026-11-27 09:00", "2026-11-30 18:00"),
        ("on a Saturday", "2026-11-28 09:00", "2026-11-30 18:00"),
        ("before Christmas", "2026-12-23 09:00", "2026-12-28 18:00"),
        ("on the last minute of Sunday", "2026-11-22 23:59", "2026-11-23 18:00"),
    ],
)
def test_the_deputy_is_asked_after_one_working_day(what: str, arrived: str, deputy_from: str) -> None:
    of = about(arrived=moment(arrived))

    assert since(of, "confirmation_request", "deputy") == moment(deputy_from)


@pytest.mark.parametrize(
    ("what", "absent", "at_once"),
    [("the officer", {"officer"}, True), ("the deputy", {"deputy"}, False), ("nobody", set(), False)],
)
def test_the_deputy_is_asked_at_once_while_the_officer_is_away(what: str, absent: set[str], at_once: bool) -> None:
    assert ("deputy" in owed(case(), absent=frozenset(absent))["confirmation_request"]) is at_once


@pytest.mark.parametrize(
    ("what", "text", "asked"),
    [
        ("nobody of them", "Ich warte.", ["officer", "deputy"]),
        ("the officer", "Frau Meier hat mich beleidigt.", ["deputy"]),
        ("the deputy", "Herr Petersen hat mich beleidigt.", ["officer"]),
        ("both", "Frau Meier und Herr Petersen haben mich beleidigt.", ["officer", "deputy"]),
    ],
)
def test_whoever_is_complained_about_is_not_asked(what: str, text: str, asked: list[str]) -> None:
    assert owed(about(text=text), MONDAY + timedelta(days=2))["confirmation_request"] == asked


@pytest.mark.parametrize(
    ("what", "of"),
    [
        ("confirmed", case(confirmed(reaction()))),
        ("not KRM", about(confirmed_at=MONDAY, confirmed_by="officer")),
        ("joined", case(state=State.JOINED)),
        ("closed", case(state=State.CLOSED)),
        ("sent again", about(kind=Kind.DUPLICATE, suggestion=None)),
        ("a Case without mail", Case("E-7K2F", None, State.OPEN, MONDAY, ())),
    ],
)
def test_nobody_is_asked_about_what_is_decided(what: str, of: Case) -> None:
    assert "confirmation_request" not in owed(of, MONDAY + timedelta(days=30))


def test_a_follow_up_is_asked_about_by_itself() -> None:
    of = case(confirmed(reaction(1)), reaction(2, kind=Kind.FOLLOW_UP))

    found = due(of, View(OFFICE, shipped(), Workdays(), MONDAY + timedelta(hours=2)))

    assert {o.occurrence for o in found if o.duty == "confirmation_request"} == {"2"}


# --- the acknowledgement (GA 3.5.1) ---


@pytest.mark.parametrize(
    ("what", "of", "goes"),
    [
        ("confirmed", case(confirmed(reaction())), True),
        ("praise", case(confirmed(reaction(suggestion=judged("lob")))), True),
        ("a petition the officer confirmed", case(confirmed(reaction(suggestion=judged("petition")))), True),
        ("an Eingabe the officer confirmed", case(confirmed(reaction(suggestion=judged("eingabe")))), True),
        ("a colleague's forward, confirmed", case(confirmed(reaction(source=Source.HOUSE))), True),
        ("a web form, confirmed", case(confirmed(reaction(source=Source.MACHINE))), False),
        ("nobody to write to", case(confirmed(reaction(sender=Address("Anonym", "")))), False),
        ("sent again", case(confirmed(reaction(kind=Kind.DUPLICATE))), False),
        ("later put outside", case(confirmed(reaction()), state=State.NOT_KRM), False),
        ("later closed", case(confirmed(reaction()), state=State.CLOSED), True),
        ("not decided", case(), False),
    ],
)
def test_the_acknowledgement_goes_out_with_the_confirmation(what: str, of: Case, goes: bool) -> None:
    at = of.reactions[0].confirmed_at

    assert since(of, "acknowledgement", CITIZEN, acknowledge_unasked=False) == (at if goes else None)


@pytest.mark.parametrize(
    ("what", "arrived", "unasked_at"),
    [
        ("on a Monday", "2026-11-23 09:00", "2026-11-26 07:30"),
        ("on a Friday", "2026-11-27 09:00", "2026-12-02 07:30"),
        ("on a Sunday", "2026-11-29 09:00", "2026-12-02 07:30"),
        ("before Easter", "2026-04-01 10:00", "2026-04-08 07:30"),
        ("on Christmas Eve", "2026-12-24 10:00", "2026-12-30 07:30"),
    ],
)
def test_what_nobody_confirmed_is_acknowledged_unasked_on_the_last_morning(
    what: str, arrived: str, unasked_at: str
) -> None:
    of = asked_for(about(arrived=moment(arrived)), moment(arrived))

    assert since(of, "acknowledgement", CITIZEN) == moment(unasked_at)
    assert CITIZEN not in owed(of, moment(unasked_at) - timedelta(seconds=1)).get("acknowledgement", [])
    last_day = deadlines(moment(arrived), Workdays()).acknowledge_by
    assert moment(unasked_at).date() == last_day


@pytest.mark.parametrize(
    ("what", "of"),
    [
        *((t.name, suggested(t.id)) for t in shipped().types if not t.krm or not t.unasked),
        ("a web form", about(source=Source.MACHINE)),
        ("a colleague's forward", about(source=Source.HOUSE)),
        ("nobody to write to", about(sender=Address("", ""))),
        ("sent again", about(kind=Kind.DUPLICATE, suggestion=None)),
        ("never judged", about(suggestion=None)),
        ("put outside", case(replace(reaction(), confirmed_at=MONDAY, confirmed_by="x"), state=State.NOT_KRM)),
        ("joined", case(state=State.JOINED)),
    ],
)
def test_some_mail_is_never_acknowledged_unasked(what: str, of: Case) -> None:
    """GA 3.1.4 to 3.1.6, 3.4; RFC 3834."""
    assert since(of, "acknowledgement", CITIZEN) is None


def test_petition_and_eingabe_are_among_what_is_never_acknowledged_unasked() -> None:
    assert {t.id for t in shipped().types if not t.unasked} == {"petition", "eingabe"}
    assert {t.id for t in shipped().types if not t.krm} == {"rechtsbehelf", "anfrage", "fremd"}


def test_an_office_may_turn_the_unasked_acknowledgement_off() -> None:
    assert since(case(), "acknowledgement", CITIZEN, acknowledge_unasked=False) is None


# --- reminder of what is probably not KRM (GA 3.4) ---


@pytest.mark.parametrize(
    ("what", "arrived", "reminded"),
    [
        ("on a Monday", "2026-11-23 09:00", "2026-11-25 07:30"),
        ("on a Thursday", "2026-11-26 09:00", "2026-11-30 07:30"),
        ("on a Saturday", "2026-11-28 09:00", "2026-12-01 07:30"),
    ],
)
def test_officer_and_deputy_are_reminded_on_the_second_working_day(what: str, arrived: str, reminded: str) -> None:
    of = about(arrived=moment(arrived), suggestion=judged("anfrage"))

    assert since(of, "reminder", "officer") == since(of, "reminder", "deputy") == moment(reminded)


@pytest.mark.parametrize(
    ("what", "of"),
    [
        ("KRM", case()),
        ("decided", case(replace(reaction(suggestion=judged("anfrage")), confirmed_at=MONDAY), state=State.NOT_KRM)),
        ("sent again", about(kind=Kind.DUPLICATE, suggestion=None)),
    ],
)
def test_nobody_is_reminded_of_anything_else(what: str, of: Case) -> None:
    assert since(of, "reminder", "officer") is None


@pytest.mark.parametrize(
    ("what", "moment_", "until"),
    [
        ("a working morning", "2026-11-23 07:00", "2026-11-23 07:00"),
        ("a minute before the evening", "2026-11-23 17:59", "2026-11-23 17:59"),
        ("the evening", "2026-11-23 18:00", "2026-11-24 07:30"),
        ("the night", "2026-11-24 02:30", "2026-11-24 07:30"),
        ("Friday evening", "2026-11-27 18:30", "2026-11-30 07:30"),
        ("Sunday", "2026-11-29 12:00", "2026-11-30 07:30"),
        ("Christmas", "2026-12-24 12:00", "2026-12-28 07:30"),
        ("the night the clock goes back", "2026-10-25 02:30", "2026-10-26 07:30"),
    ],
)
def test_quiet_hours_end_on_the_next_working_morning(what: str, moment_: str, until: str) -> None:
    assert quiet_until(moment(moment_), Workdays()) == moment(until)


# --- danger ---


def test_danger_is_told_at_once_to_everybody_listed_at_any_hour() -> None:
    night = moment("2026-11-29 03:00")
    of = about(arrived=night, suggestion=judged(urgency=Urgency.DANGER))

    assert owed(of, night)["alert"] == ["officer", "deputy", MANAGER.id, SECURITY.id]


def test_danger_is_not_held_back_from_who_is_named() -> None:
    of = about(text="Ich bringe Frau Meier um.", suggestion=judged(urgency=Urgency.DANGER))

    assert "officer" in owed(of)["alert"]


@pytest.mark.parametrize(
    ("what", "of"),
    [("need", suggested(urgency=Urgency.NEED)), ("nothing", case()), ("sent again", about(suggestion=None))],
)
def test_only_danger_alarms(what: str, of: Case) -> None:
    assert "alert" not in owed(of, MONDAY + timedelta(days=9))


def test_danger_in_mail_that_is_not_krm_alarms_too() -> None:
    assert "alert" in owed(suggested("fremd", urgency=Urgency.DANGER))


# --- hand-over (GA 3.1.6, 3.4) ---

OFFICE_WITH_PRIVACY = replace(OFFICE, data_protection=PRIVACY)


@pytest.mark.parametrize(
    ("what", "of", "to"),
    [
        ("a possible remedy nobody looked at", suggested(remedy=True), [LEGAL_OFFICE.id]),
        ("one in mail that is not KRM", suggested("rechtsbehelf", remedy=True), [LEGAL_OFFICE.id]),
        ("a false alarm", case(reaction(suggestion=judged(remedy=True)), remedy=False), []),
        ("found by the officer alone", case(remedy=True), [LEGAL_OFFICE.id]),
        ("an application to 514", case(application="514"), [LEAD_514.id]),
        ("an inquiry for 514", case(reaction(outside="anfrage 514"), state=State.NOT_KRM), [LEAD_514.id]),
        ("an inquiry for nobody known", case(reaction(outside="anfrage"), state=State.NOT_KRM), []),
        ("a request for one's data", case(reaction(outside="auskunft"), state=State.NOT_KRM), [PRIVACY.id]),
        ("a remedy besides an application", case(remedy=True, application="514"), [LEGAL_OFFICE.id, LEAD_514.id]),
        ("spam", case(reaction(outside="spam"), state=State.NOT_KRM), []),
        ("nothing of that", case(), []),
    ],
)
def test_what_belongs_elsewhere_is_handed_over_the_same_day(what: str, of: Case, to: list[str]) -> None:
    assert owed(of, office=OFFICE_WITH_PRIVACY).get("hand_over", []) == to


# --- assignment (GA 3.7, Anlage 2) ---


@pytest.mark.parametrize(
    ("what", "text", "unit", "to"),
    [
        ("nobody is named", "Ich warte.", "514", [LEAD_514]),
        ("another unit", "Ich warte.", "515", [LEAD_515]),
        ("about a member of staff", "Frau Schulze war frech.", "514", [LEAD_514]),
        ("about the team lead", "Frau Krause war frech.", "514", [HEAD_5]),
        ("about team lead and area head", "Frau Krause und Herr Steinhagen waren frech.", "514", [MANAGER]),
        (
            "about everybody up to management",
            "Frau Krause, Herr Steinhagen und Frau Ahrens waren frech.",
            "514",
            [OFFICER],
        ),
        ("no unit", "Ich warte.", "", []),
        ("a unit that is gone", "Ich warte.", "999", []),
    ],
)
def test_the_record_goes_to_whoever_handles_it_and_is_not_complained_about(
    what: str, text: str, unit: str, to: list[Person]
) -> None:
    of = case(confirmed(reaction(text=text), unit=unit))

    assert owed(of, MONDAY + timedelta(hours=1)).get("assignment", []) == [p.id for p in to]


def test_praise_goes_to_the_team_lead_it_names() -> None:
    of = case(confirmed(reaction(text="Frau Krause war großartig.", suggestion=judged("lob")), unit="514"))

    assert owed(of, MONDAY + timedelta(hours=1))["assignment"] == [LEAD_514.id]


@pytest.mark.parametrize("state", [State.NOT_KRM, State.JOINED, State.CLOSED])
def test_nothing_is_assigned_in_a_case_that_is_not_open(state: State) -> None:
    assert "assignment" not in owed(case(confirmed(reaction()), state=state), MONDAY + timedelta(days=1))


def test_whoever_is_given_a_case_after_the_clock_was_set_back_gets_it_at_once() -> None:
    """The confirmation was noted at nine; by the clock that is right it is one minute to nine."""
    confirmed_at, earlier = MONDAY + timedelta(hours=1), MONDAY + timedelta(minutes=59)
    given = Assignment("514", LEAD_514.id, earlier)
    of = case(confirmed(reaction(), at=confirmed_at, unit="514"), assignments=(given,))

    assert owed(of, earlier)["assignment"] == [LEAD_514.id]


# --- the digest ---


@pytest.mark.parametrize(
    ("what", "now", "to"),
    [
        ("at 07:30", "2026-11-23 07:30", ["officer", "deputy"]),
        ("a second before", "2026-11-23 07:29:59", []),
        ("late in the day", "2026-11-23 17:59", ["officer", "deputy"]),
        ("in the evening", "2026-11-23 18:00", []),
        ("on a Sunday", "2026-11-29 09:00", []),
        ("on 31 October", "2025-10-31 09:00", []),
        ("on Christmas Eve", "2026-12-24 09:00", []),
    ],
)
def test_the_digest_is_owed_on_the_morning_of_a_working_day(what: str, now: str, to: list[str]) -> None:
    found = due_in_office(View(OFFICE, shipped(), Workdays(), moment(now)))

    assert [o.recipient for o in found] == to
    assert len({(o.subject, o.duty, o.occurrence, o.recipient) for o in found}) == len(found)


# --- at any time, of any Case ---


@st.composite
def any_reaction(draw: st.DrawFn, mail: int = 1) -> Reaction:
    kind = draw(st.sampled_from(Kind))
    twin = kind is Kind.DUPLICATE
    suggestion = judged(
        draw(st.sampled_from([t.id for t in shipped().types])),
        remedy=draw(st.booleans()),
        urgency=draw(st.sampled_from(Urgency)),
        unit=draw(st.sampled_from(["514", "602", ""])),
    )
    made = reaction(
        mail,
        draw(st.sampled_from(["Ich warte.", "Frau Meier war frech.", "Frau Krause und Herr Petersen!"])),
        arrived=MONDAY + timedelta(hours=draw(st.integers(0, 200))),
        kind=kind,
        source=draw(st.sampled_from(Source)),
        sender=Address("", draw(st.sampled_from(["", "wer@mail.example"]))),
        suggestion=None if twin else suggestion,
    )
    return confirmed(made) if not twin and draw(st.booleans()) else made


@st.composite
def any_case(draw: st.DrawFn) -> Case:
    made = [draw(any_reaction(mail)) for mail in range(1, draw(st.integers(2, 4)))]
    return case(
        *made,
        state=draw(st.sampled_from(State)),
        remedy=draw(st.sampled_from([None, True, False])),
        outside=draw(st.sampled_from(["", "anfrage 514", "auskunft", "spam"])),
    )


@given(any_case(), st.integers(0, 600), st.sets(st.sampled_from(["officer", "deputy"])))
def test_nothing_is_owed_twice_early_to_nobody_or_to_a_machine(of: Case, hours: int, absent: set[str]) -> None:
    now = MONDAY + timedelta(hours=hours)
    view = View(OFFICE, shipped(), Workdays(), now, frozenset(absent))

    found = due(of, view)

    keys = [(o.subject, o.duty, o.occurrence, o.recipient) for o in found]
    assert len(set(keys)) == len(keys), "one letter a duty, occurrence and recipient"
    assert all(o.at <= now and o.address and o.subject == of.id for o in found)
    written = [of.reaction(int(o.occurrence)) for o in found if o.duty == "acknowledgement"]
    assert all(r.source is not Source.MACHINE and r.kind is not Kind.DUPLICATE for r in written)
    assert len({r.mail for r in written}) == len(written), "GA 3.5.1: one acknowledgement a reaction"
    assert all(o.recipient == CITIZEN for o in found if o.duty == "acknowledgement")


@given(any_case(), st.integers(0, 300), st.integers(0, 300))
def test_what_is_owed_stays_owed_as_long_as_nothing_happens(of: Case, hours: int, more: int) -> None:
    """Once the officer was asked about each mail: until then an unasked acknowledgement waits for that."""
    requests = [
        Dispatch(r.mail, of.id, "confirmation_request", str(r.mail), OFFICER.id, Delivery.SENT, r.arrived)
        for r in of.reactions
    ]
    of = replace(of, dispatches=tuple(requests))
    view = View(OFFICE, shipped(), Workdays(), MONDAY + timedelta(hours=hours))
    later = replace(view, now=view.now + timedelta(hours=more))
    asleep = quiet_until(later.now, later.workdays) > later.now  # then what is quiet waits for the morning
    quiet = {d.name for d in (*DUTIES, *CASE_DUTIES) if d.quiet} if asleep else set()

    assert {o for o in due(of, view) if o.duty not in quiet} <= set(due(of, later))


@given(any_case())
def test_nobody_complained_about_gets_request_or_assignment(of: Case) -> None:
    found = due(of, View(OFFICE, shipped(), Workdays(), MONDAY + timedelta(days=30)))

    complaint = any(r.text.startswith("Frau Krause") and _complains(r) for r in of.reactions)
    assert not (complaint and LEAD_514.id in [o.recipient for o in found if o.duty == "assignment"])
    assert not (complaint and not _also_about(of, "Meier") and DEPUTY.id in _asked(found))


def _complains(r: Reaction) -> bool:
    judged_ = r.coding or r.suggestion
    return judged_ is not None and shipped().type(judged_.type).about_people


def _also_about(of: Case, name: str) -> bool:
    return any(name in r.text for r in of.reactions)


def _asked(found: Any) -> list[str]:
    return [o.recipient for o in found if o.duty == "confirmation_request"]


@pytest.mark.parametrize(
    ("what", "arrived", "asked", "unasked_at"),
    [
        ("taken in in time", "2026-11-23 09:00", "2026-11-24 09:00", "2026-11-26 07:30"),
        ("taken in on the last day", "2026-11-23 09:00", "2026-11-26 09:00", "2026-11-26 07:30"),
        ("late already: the officer has a working day", "2026-11-23 09:00", "2026-11-27 09:00", "2026-11-30 07:30"),
        ("an old mailbox taken over", "2020-01-02 09:00", "2026-11-27 09:00", None),
        ("a date of long ago", "1970-01-01 01:00", "2026-11-27 09:00", None),
    ],
)
def test_a_mail_that_came_in_late_is_not_acknowledged_before_the_officer_could_act(
    what: str, arrived: str, asked: str, unasked_at: str | None
) -> None:
    of = asked_for(about(arrived=moment(arrived)), moment(asked))

    assert since(of, "acknowledgement", CITIZEN) == (moment(unasked_at) if unasked_at else None)
