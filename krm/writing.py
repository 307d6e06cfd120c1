"""From a row of the outbox to the bytes of a mail: one row per letter says who tells it what it needs to know."""

from dataclasses import replace

from ingest.message import Address
from ingest.office import Person
from krm import dossier, reporting, tellers_case, tellers_kept
from krm.bot import Bot
from krm.subject import Subject, Tell
from notify import drafts
from notify import telling_later as later
from notify.appointments import proposal
from notify.buttons import tag
from notify.composing import Enclosure, Envelope, compose
from notify.letters import Letter, write
from notify.telling import Teller
from store.case import CITIZEN, COLLEAGUE
from store.steps import suggested_coding

NAMELESS = Person("", "", "")
APPOINTMENT = "Gespräch im Kundenreaktionsmanagement"


def finished(bot: Bot, about: Subject) -> bytes:
    """The mail, ready to send. Raises TemplateError or ValueError where it cannot be written."""
    letter = about.letter
    about = dossier.with_papers(bot, about) if letter.duty in dossier.TO_FRONT_OFFICE else about
    to = bot.office.person(letter.recipient) or NAMELESS
    written = write(TELLERS[letter.duty](bot, about, to))
    house = letter.recipient not in (CITIZEN, COLLEAGUE)
    envelope = Envelope(
        letter=letter.duty,
        sender_name=bot.office.name,
        sender_address=bot.office.address,
        recipient_name=to.name if house else about.writers_name,
        recipient_address=letter.address,
        message_id=letter.message_id,
        at=bot.now(),
        raw_mail=about.raw if letter.duty in WITH_RAW_MAIL else None,
        enclosures=_enclosures(bot, about, to),
        pictures=reporting.pictures(letter.told) if letter.duty in WITH_FIGURES else (),
    )
    return compose(_tagged(written, about) if house else written, envelope)


def _enclosures(bot: Bot, about: Subject, to: Person) -> tuple[Enclosure, ...]:
    if about.letter.duty == "appointment":
        return (_invitation(bot, about, to),)
    if about.letter.duty == "confirmation_request" and about.reaction.form:
        return (_contact_form(bot, about),)
    if about.letter.duty in WITH_FIGURES:
        return reporting.enclosures(bot, about.letter.told)
    return about.files


def _contact_form(bot: Bot, about: Subject) -> Enclosure:
    """The form (GA Anlage 3) as it was understood, to be confirmed with the rest."""
    from notify import contact_form  # noqa: PLC0415 - what makes a PDF is loaded where one is made

    reaction = about.reaction
    coding = reaction.coding or (suggested_coding(reaction.suggestion) if reaction.suggestion else None)
    form = contact_form.as_understood(reaction, coding, bot.office)
    heading = contact_form.Heading(bot.office.name, about.shown_id)
    return Enclosure("Kontaktformular.pdf", "application/pdf", contact_form.filled(form, bot.taxonomy, heading))


def _invitation(bot: Bot, about: Subject, to: Person) -> Enclosure:
    """The proposal of an appointment as .ics (GA 3.7)."""
    told = tellers_case.told_of(bot, about, to)
    event = proposal(
        about.letter.message_id,
        told.case.shown_id,
        drafts.meeting(told),
        drafts.MEETING_MINUTES,
        Address(bot.office.name, bot.office.address),
        [Address(to.name, to.address)],
        f"{APPOINTMENT} {told.case.shown_id}",
        "",
        bot.now(),
    )
    return Enclosure("Termin.ics", "text/calendar; method=REQUEST; charset=utf-8", event)


def _tagged(written: Letter, about: Subject) -> Letter:
    """Letters to the house carry the token behind the subject's words: a button's mail has no In-Reply-To."""
    return replace(written, subject=f"{written.subject} {tag(about.shown_id or 'KRM', about.letter.token)}")


TELLERS: dict[str, Tell] = {
    "confirmation_request": tellers_case.asking(Teller.confirmation_request),
    "acknowledgement": tellers_case.acknowledgement,
    "assignment": tellers_case.asking(Teller.assignment),
    "hand_over": tellers_case.hand_over,
    "alert": tellers_case.asking(Teller.alert),
    "reminder": tellers_case.asking(Teller.reminder),
    "receipt": tellers_kept.receipt,
    "unclear": tellers_kept.unclear,
    "refused": tellers_kept.refused,
    "help": tellers_case.help_,
    "status": tellers_case.status,
    "digest": tellers_kept.digest,
    "too_big": tellers_kept.too_big,
    "outage": tellers_kept.outage,
    "undelivered": tellers_kept.undelivered,
    "need": tellers_case.asking(Teller.alert),
    "handling_reminder": tellers_case.later_on(later.handling_reminder),
    "overdue": tellers_case.later_on(later.overdue),
    "interim_draft": tellers_case.later_on(later.interim_draft),
    "interim_alarm": tellers_case.later_on(later.interim_alarm),
    "interim_notice": tellers_case.later_on(drafts.interim_notice),
    "proposal": tellers_case.later_on(later.proposal),
    "release_request": tellers_case.release_request,
    "answer": tellers_case.with_files(later.answer),
    "to_print": tellers_case.with_files(later.to_print),
    "answer_copy": tellers_case.with_files(later.answer_copy),
    "correction": tellers_case.later_on(drafts.correction),
    "invitation": tellers_case.later_on(drafts.invitation),
    "appointment": tellers_case.appointment,
    "entry": dossier.registration,
    "registration": dossier.registration,
    "hand_over_note": tellers_case.later_on(later.hand_over_note),
    "handed_in": tellers_case.later_on(later.handed_in),
    "breach": tellers_case.later_on(later.breach),
    "absence": tellers_kept.absence,
    "sensitising": tellers_kept.sensitising,
    "noted": tellers_kept.noted,
    "report": tellers_kept.report,
    "report_copy": tellers_kept.report_copy,
    "early_warning": tellers_kept.early_warning,
}

WITH_FIGURES = frozenset({"report", "report_copy"})
WITH_RAW_MAIL = frozenset({"hand_over"})
WITH_ANSWER = frozenset({"release_request", "answer", "to_print", "answer_copy"})
"""Letters to which the files of the answer letter are attached."""
