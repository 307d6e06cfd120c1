"""Rows of the table of duties that cannot wait: alarms until somebody answers, need, breach, notes of a hand-over."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from classify.anlage3 import shipped
from classify.coding import Urgency
from ingest.office import Office, Person
from notify.deadlines import BERLIN
from notify.duties import MOST_CALLS, due, sensitising_due
from notify.owing import Owed, View
from notify.workdays import Workdays
from store.case import CITIZEN, Case, Delivery, Dispatch, Kind, Mark, Said, Source, State
from tests.office import OFFICE, judged
from tests.store.making import MONDAY, case, confirmed, reaction

PRIVACY = Person("dsb", "Datenschutz", "dsb@jobcenter.example")
HOUSE = replace(OFFICE, data_protection=PRIVACY)
NIGHT = datetime(2026, 11, 22, 2, 10, tzinfo=BERLIN)
LIST = ["officer", "deputy", "gf", "sicherheit"]


def owed(of: Case, now: datetime, office: Office = HOUSE) -> Sequence[Owed]:
    return due(of, View(office, shipped(), Workdays(), now))


def to(of: Case, duty: str, now: datetime = MONDAY) -> list[str]:
    return [o.recipient for o in owed(of, now) if o.duty == duty]


def danger(**fields: Any) -> Case:
    """A threat of Sunday night, everybody alarmed at once."""
    threat = reaction(arrived=NIGHT, suggestion=judged(urgency=Urgency.DANGER))
    alarms = tuple(Dispatch(n, "E-7K2F", "alert", "1", p, Delivery.SENT, NIGHT) for n, p in enumerate(LIST))
    return case(threat, **{"dispatches": alarms, **fields})


@pytest.mark.parametrize(
    ("minutes", "whom", "key"),
    [(29, None, ""), (30, "deputy", "1.1"), (60, "gf", "1.2"), (90, "sicherheit", "1.3"), (120, "officer", "1.4")],
)
def test_every_half_hour_the_next_person_is_called(minutes: int, whom: str | None, key: str) -> None:
    calls = [o for o in owed(danger(), NIGHT + timedelta(minutes=minutes)) if o.duty == "alert" and "." in o.occurrence]

    assert [(o.recipient, o.occurrence) for o in calls] == ([(whom, key)] if whom else [])


@pytest.mark.parametrize(
    ("what", "of"),
    [
        ("seen", danger(marks=(Mark(Said.SEEN, NIGHT, "gf", 1, 9, about="alert"),))),
        ("decided", danger(reactions=(confirmed(reaction(suggestion=judged(urgency=Urgency.DANGER))),))),
        ("the first alarm not sent yet", danger(dispatches=())),
        ("no danger", case(reaction())),
    ],
)
def test_nobody_is_called_again(what: str, of: Case) -> None:
    assert [o for o in owed(of, NIGHT + timedelta(hours=3)) if "." in o.occurrence and o.duty == "alert"] == []


def test_gesehen_about_another_mail_of_the_case_ends_nothing() -> None:
    of = danger(marks=(Mark(Said.SEEN, NIGHT, "gf", 2, 9, about="confirmation_request"),))

    assert [o for o in owed(of, NIGHT + timedelta(hours=1)) if "." in o.occurrence and o.duty == "alert"]


def test_after_a_week_it_is_another_matter() -> None:
    calls = {o.occurrence for h in (200, 400) for o in owed(danger(), NIGHT + timedelta(hours=h)) if o.duty == "alert"}

    assert calls == {"1", f"1.{MOST_CALLS}"}


@pytest.mark.parametrize(
    ("what", "text", "people"),
    [
        ("nobody named", "Ich habe nichts zu essen.", ["officer", "tl-514"]),
        ("the lead named", "Frau Krause gibt mir nichts zu essen.", ["officer", "bl-5"]),
        ("the officer named", "Frau Meier gibt mir nichts zu essen.", ["deputy", "tl-514"]),
    ],
)
def test_need_goes_to_the_officer_and_to_who_can_help(what: str, text: str, people: list[str]) -> None:
    of = case(reaction(text=text, suggestion=judged(urgency=Urgency.NEED, unit="514")))

    assert to(of, "need") == people


@pytest.mark.parametrize(
    ("what", "recorded", "people"),
    [
        ("as suggested", {}, ["officer", "bl-5"]),
        ("for another team", {"unit": "515"}, ["officer", "tl-515"]),
    ],
)
def test_need_that_went_out_while_the_lead_was_away_does_not_follow_days_later(
    what: str, recorded: dict[str, str], people: list[str]
) -> None:
    seen = confirmed(reaction(suggestion=judged(urgency=Urgency.NEED, unit="514")), **recorded)
    told = tuple(
        Dispatch(n, "E-7K2F", "need", "1", p, Delivery.SENT, MONDAY) for n, p in enumerate(("officer", "bl-5"))
    )

    assert to(case(seen, dispatches=told), "need", MONDAY + timedelta(days=4)) == people


def test_a_breach_goes_to_officer_and_data_protection() -> None:
    assert to(case(reaction(suggestion=judged(notices=("breach",)))), "breach") == ["officer", "dsb"]


@pytest.mark.parametrize(
    ("what", "fields", "whole", "told"),
    [
        ("a remedy", {"outside": "widerspruch"}, {}, True),
        ("an inquiry", {"outside": "anfrage 514"}, {}, True),
        ("a stray mail with its place", {"outside": "irrlaeufer Arbeitsagentur"}, {}, True),
        ("a stray mail to nobody knows where", {"outside": "irrlaeufer"}, {}, False),
        ("data of their own", {"outside": "auskunft"}, {}, True),
        ("the press", {"outside": "presse"}, {}, False),
        ("advertising", {"outside": "spam"}, {}, False),
        ("noted", {"outside": "gesehen"}, {}, False),
        ("a part that is a remedy", {}, {"remedy": True}, True),
        ("a part that is none", {}, {"remedy": False}, False),
        ("a remedy nobody confirmed", {"suggestion": judged(remedy=True)}, {}, False),
        ("an application", {}, {"application": "514"}, True),
        ("no address", {"outside": "widerspruch", "sender": replace(reaction().sender, address="")}, {}, False),
        ("a machine's", {"outside": "widerspruch", "source": Source.MACHINE}, {}, False),
        ("the same once more", {"outside": "widerspruch", "kind": Kind.DUPLICATE}, {}, False),
    ],
)
def test_the_citizen_is_told_of_a_hand_over_where_that_helps(
    what: str, fields: dict[str, Any], whole: dict[str, Any], told: bool
) -> None:
    state = State.NOT_KRM if "outside" in fields else State.OPEN
    of = case(reaction(**fields, confirmed_at=MONDAY), state=state, **whole)

    assert (to(of, "hand_over_note") == [CITIZEN]) is told


@pytest.mark.parametrize(
    ("outside", "people"),
    [
        ("widerspruch", ["widerspruch"]),
        ("anfrage 514", ["tl-514"]),
        ("auskunft", ["dsb"]),
        ("presse", ["gf"]),
        ("irrlaeufer Arbeitsagentur", []),
        ("spam", []),
    ],
)
def test_what_is_not_krm_goes_to_whom_it_belongs(outside: str, people: list[str]) -> None:
    of = case(reaction(outside=outside, confirmed_at=MONDAY), state=State.NOT_KRM)

    assert to(of, "hand_over") == people


def test_an_inquiry_does_not_go_to_the_lead_a_complaint_in_the_case_is_about() -> None:
    of = case(reaction(text="Frau Krause schreit.", outside="anfrage 514", confirmed_at=MONDAY), state=State.NOT_KRM)

    assert to(of, "hand_over") == ["bl-5"]


@pytest.mark.parametrize(
    ("local", "count"),
    [
        ("2026-10-31 09:00", 0),
        ("2026-11-01 09:00", 0),  # a Sunday
        ("2026-11-02 07:29", 0),
        ("2026-11-02 07:30", 3),
        ("2026-11-02 18:00", 0),
        ("2026-11-13 09:00", 3),
        ("2026-12-01 09:00", 0),
    ],
)
def test_team_leads_are_reminded_of_ga_3_2_on_working_mornings_of_november(local: str, count: int) -> None:
    now = datetime.fromisoformat(local).replace(tzinfo=BERLIN)

    assert len(sensitising_due(View(HOUSE, shipped(), Workdays(), now))) == count
