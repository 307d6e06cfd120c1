"""GA 3.7, stage 4: an appointment with the management is proposed as an event that calendars understand (RFC 5545)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from ingest.message import Address
from notify.appointments import first_slot, proposal
from notify.deadlines import BERLIN
from notify.workdays import Workdays

STAMP = datetime(2026, 12, 10, 9, tzinfo=UTC)
START = datetime(2026, 12, 15, 10, tzinfo=BERLIN)
OFFICER = Address('Meier, Sabine; "KRM"', "krm@jobcenter.example")
GUESTS = (Address("Jörg Groß", "gf@jobcenter.example"), Address("", "vorzimmer@jobcenter.example"))
WORDS = "Bitte bestätigen Sie den Termin; sonst schlagen wir einen anderen vor,\nund zwar: " + "später " * 20


def made(**other: Any) -> bytes:
    given: dict[str, Any] = {
        "uid": "termin-42@jobcenter.example",
        "number": "KRM-2026-0042",
        "start": START,
        "minutes": 45,
        "organizer": OFFICER,
        "attendees": GUESTS,
        "summary": "Gespräch, Stufe 4",
        "description": WORDS,
        "stamp": STAMP,
    }
    return proposal(**{**given, **other})


def event(**other: Any) -> Any:
    calendar = Calendar.from_ical(made(**other))
    assert isinstance(calendar, Calendar)
    return calendar.events[0]


def test_it_is_a_request_that_is_open_and_private() -> None:
    calendar = Calendar.from_ical(made())

    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert (event()["STATUS"], event()["CLASS"], event()["SEQUENCE"]) == ("TENTATIVE", "PRIVATE", 0)


def test_it_begins_and_ends_when_it_should_wherever_the_calendar_stands() -> None:
    assert (event().start, event().end) == (START, START + timedelta(minutes=45))
    assert event()["DTSTAMP"].dt == STAMP
    assert b"DTSTART:20261215T090000Z\r\n" in made()
    assert b"DTSTART:20260715T080000Z\r\n" in made(start=datetime(2026, 7, 15, 10, tzinfo=BERLIN))


def test_everybody_is_asked_to_answer_the_officer() -> None:
    guests = event()["ATTENDEE"]

    assert event()["ORGANIZER"] == "mailto:krm@jobcenter.example"
    assert [str(guest) for guest in guests] == [f"mailto:{guest.address}" for guest in GUESTS]
    assert {(guest.params["RSVP"], guest.params["PARTSTAT"]) for guest in guests} == {("TRUE", "NEEDS-ACTION")}
    assert guests[0].params["CN"] == "Jörg Groß"
    assert "CN" not in guests[1].params


def test_a_single_guest_is_asked_too() -> None:
    assert event(attendees=GUESTS[:1])["ATTENDEE"] == "mailto:gf@jobcenter.example"


def test_a_name_cannot_break_out_of_its_place() -> None:
    wicked = Address('Meier"\r\nATTENDEE:mailto:fremd@example.net', "a@b.example")
    one, others = event(organizer=wicked), event(attendees=[wicked] * 2)

    for person in (one["ORGANIZER"], *others["ATTENDEE"]):
        assert person.params["CN"] == "Meier ATTENDEE:mailto:fremd@example.net"
    assert made(organizer=wicked).count(b"\r\nATTENDEE") == len(GUESTS)


def test_words_survive_whatever_stands_in_them() -> None:
    assert event()["DESCRIPTION"] == WORDS
    assert event(summary="a\r\nEND:VEVENT")["SUMMARY"] == "KRM-2026-0042: a\nEND:VEVENT"


def test_lines_are_folded_within_75_bytes() -> None:
    lines = made().split(b"\r\n")

    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75


def test_the_case_is_told_by_its_number() -> None:
    assert event()["SUMMARY"] == "KRM-2026-0042: Gespräch, Stufe 4"


def test_the_same_appointment_gives_the_same_bytes() -> None:
    assert made() == made()
    assert made().count(b"UID:") == 1


@pytest.mark.parametrize(
    "wrong",
    [{"start": datetime(2026, 12, 15, 10)}, {"stamp": datetime(2026, 12, 10, 9)}, {"minutes": 0}],  # noqa: DTZ001
)
def test_a_moment_without_zone_or_a_length_of_nothing_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="appointment"):
        made(**wrong)


@pytest.mark.parametrize(
    ("after", "slot"),
    [
        ("2026-12-06", "2026-12-11T10:00:00+01:00"),
        ("2026-12-11", "2026-12-18T10:00:00+01:00"),
        ("2026-12-23", "2027-01-05T10:00:00+01:00"),
        ("2026-05-13", "2026-05-21T10:00:00+02:00"),
        ("2026-03-27", "2026-04-07T10:00:00+02:00"),
    ],
    ids=[
        "within a week",
        "over a weekend",
        "over Christmas",
        "over Ascension Day",
        "over the change of clocks and Easter",
    ],
)
def test_the_first_slot_is_at_ten_on_the_fifth_working_day_after(after: str, slot: str) -> None:
    assert first_slot(date.fromisoformat(after), Workdays()).isoformat() == slot
