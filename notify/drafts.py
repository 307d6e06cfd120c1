"""What the program drafts to the citizen and the officer releases or posts: interim notice, invitation, correction.

Pure: everything looked up is handed in.
"""

from collections.abc import Callable
from datetime import date, datetime

from notify import contexts_later as later
from notify.appointments import first_slot
from notify.deadlines import local_day
from notify.phrases import LETTER_NAMES
from notify.told import Told
from store.case import LAST_STAGE, Mark, Said


def interim_notice(t: Told) -> later.InterimNotice:
    said = next(m for m in t.case.marked(Said.INTERIM) if str(m.mail) == t.occurrence.split()[-1])
    return interim(t, said.day or t.matter.answer_by, said.text)


def interim(t: Told, day: date, text: str) -> later.InterimNotice:
    return later.InterimNotice(
        number=t.case.shown_id,
        arrived=local_day(t.reaction.arrived),
        answer_by=day,
        text=text,
        contact_name=t.contact.name,
        contact_telephone=t.contact.telephone,
        office_name=t.teller.office.name,
        privacy_url=t.teller.office.privacy_url,
    )


def invitation(t: Told) -> later.Invitation:
    at = meeting(t)
    return later.Invitation(
        number=t.case.shown_id,
        at=at,
        minutes=MEETING_MINUTES,
        place=t.teller.office.postal_address or t.teller.office.name,
        contact_name=t.contact.name,
        contact_telephone=t.contact.telephone,
        office_name=t.teller.office.name,
        privacy_url=t.teller.office.privacy_url,
    )


MEETING_MINUTES = 45


def meeting(t: Told) -> datetime:
    """The moment proposed for the appointment of the last stage, counted from the day it began (GA 3.7)."""
    begun = next((s.since for s in reversed(t.case.stages) if s.level == LAST_STAGE), t.now)
    return first_slot(local_day(begun), t.teller.workdays)


def correction(t: Told) -> later.Correction:
    taken = _taken_back(t)
    duty = taken.about if taken else "acknowledgement"
    of = taken.of if taken else 0
    sent = next((d.at for d in reversed(t.case.dispatches) if d.duty == duty and of in (0, d.of) and d.at), t.now)
    posts = (m for m in reversed(t.case.marked(Said.POSTED)) if m.about == duty and (0 in (of, m.of) or of == m.of))
    posted = next((m.day for m in posts), None)
    return later.Correction(
        number=t.case.shown_id,
        sent_on=posted or local_day(sent),
        what=LETTER_NAMES.get(duty, duty),
        contact_name=t.contact.name,
        contact_telephone=t.contact.telephone,
        office_name=t.teller.office.name,
        privacy_url=t.teller.office.privacy_url,
    )


def _taken_back(t: Told) -> Mark | None:
    """What this draft or letter corrects: named by the reply that took it back, or by the release after it."""
    mail = t.occurrence.rpartition(" ")[2]
    went = [m for m in t.case.marked(Said.TAKEN_BACK) if m.text]
    released = next((m for m in t.case.marked(Said.RELEASED) if str(m.mail) == mail), None)
    named = next((m for m in went if str(released.of if released else mail) == str(m.mail)), None)
    return named or next((m for m in reversed(went) if released is None or m.at < released.at), None)


DRAFTS: dict[str, Callable[[Told], later.LaterContext]] = {
    "correction": correction,
    "invitation": invitation,
    "interim_notice": interim_notice,
}
"""What the program drafts itself and the officer releases or posts."""
