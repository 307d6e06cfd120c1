"""The door to icalendar: a proposal for the appointment of stage 4 (GA 3.7), which calendars offer to accept."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event, vCalAddress
from icalendar.enums import CLASS, STATUS, TRANSP

from ingest.message import Address
from notify.deadlines import BERLIN
from notify.workdays import Workdays

WORKING_DAYS_AHEAD = 5  # the invitation is released first, and may go by post
HOUR = time(10)
_PRODUCT = "-//krm-bot//Termin//DE"


def first_slot(after: date, workdays: Workdays) -> datetime:
    """10:00 in Berlin on the fifth working day after this day."""
    return datetime.combine(workdays.after(after, WORKING_DAYS_AHEAD), HOUR, tzinfo=BERLIN)


def proposal(  # noqa: PLR0913, PLR0917 - one argument a property of the event
    uid: str,
    number: str,
    start: datetime,
    minutes: int,
    organizer: Address,
    attendees: Sequence[Address],
    summary: str,
    description: str,
    stamp: datetime,
) -> bytes:
    """An iTIP request (RFC 5546 3.2.2) with the Case's number before the summary, times in UTC.

    Calendars are widely shared: the event is private, and neither `summary` nor `description` may name the citizen.
    The same `uid` is the same appointment. Raises ValueError for a moment without time zone or no minutes.
    """
    if minutes <= 0 or start.tzinfo is None or stamp.tzinfo is None:
        raise ValueError("an appointment needs moments with a time zone and a length in minutes")
    event = Event.new(
        uid=uid,
        summary=f"{number}: {summary}",
        description=description,
        start=start.astimezone(UTC),
        end=start.astimezone(UTC) + timedelta(minutes=minutes),
        stamp=stamp.astimezone(UTC),
        organizer=_person(organizer),
        attendees=[_attendee(person) for person in attendees],
        classification=CLASS.PRIVATE,
        status=STATUS.TENTATIVE,
        transparency=TRANSP.OPAQUE,
        sequence=0,
    )
    calendar = Calendar()  # not `Calendar.new`, which makes up an id
    for name, value in (("VERSION", "2.0"), ("PRODID", _PRODUCT), ("METHOD", "REQUEST")):
        calendar.add(name, value)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _person(person: Address) -> vCalAddress:
    return vCalAddress.new(person.address, cn=_plain(person.name) or None)


def _attendee(person: Address) -> vCalAddress:
    return vCalAddress.new(
        person.address, cn=_plain(person.name) or None, role="REQ-PARTICIPANT", partstat="NEEDS-ACTION", rsvp=True
    )


def _plain(name: str) -> str:
    """Without what a parameter may not hold (RFC 5545 3.2): quotes and control characters."""
    return " ".join("".join(sign if sign.isprintable() and sign != '"' else " " for sign in name).split())
