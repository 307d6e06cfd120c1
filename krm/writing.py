"""From a row of the outbox to the bytes of a mail: one row per letter says who tells it what it needs to know."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ingest.message import Address
from ingest.office import Person
from krm import reporting
from krm.bot import Bot
from krm.roles import role_of
from krm.wording import help_for
from notify import contexts
from notify import telling_later as later
from notify.appointments import proposal
from notify.buttons import tag
from notify.composing import Enclosure, Envelope, compose
from notify.contexts import Context
from notify.contexts_later import Absence, Sensitising
from notify.letters import AnyContext, Letter, write
from notify.phrases import LETTER_NAMES
from notify.plainness import check
from notify.summary import facts, history
from notify.told import Told
from store.case import CITIZEN, COLLEAGUE, Case, Reaction
from store.outbox import Outgoing

EXAMPLES = ("ok", "Art: Lob", "Kategorie: 2, 5")
HANDLERS_EXAMPLES = ("übernommen", "Zwischenstand: …", "Antwort")
NAMELESS = Person("", "", "")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a letter is about, looked up: the Case, the reaction, the raw mail where it is to be attached."""

    letter: Outgoing
    case: Case | None = None
    raw: bytes | None = None
    digest: contexts.Digest | None = None
    files: tuple[Enclosure, ...] = ()  # of the answer letter

    @property
    def known(self) -> Case:
        if self.case is None:
            raise ValueError("a letter about a Case without Case")
        return self.case

    @property
    def reaction(self) -> Reaction:
        """The one the letter is about: its occurrence begins with the mail, or it is about the Case as a whole."""
        about = str(self.letter.told.get("reaction", re.split(r"[. ]", self.letter.occurrence)[0]))
        return next((r for r in self.known.reactions if str(r.mail) == about), self.known.reactions[0])


def finished(bot: Bot, about: Subject) -> bytes:
    """The mail, ready to send. Raises TemplateError or ValueError where it cannot be written."""
    letter = about.letter
    to = bot.office.person(letter.recipient) or NAMELESS
    told = TELLERS[letter.duty](bot, about, to)
    written = write(told)
    house = letter.recipient not in (CITIZEN, COLLEAGUE)
    name = to.name if house else _named(about)
    envelope = Envelope(
        letter=letter.duty,
        sender_name=bot.office.name,
        sender_address=bot.office.address,
        recipient_name=name,
        recipient_address=letter.address,
        message_id=letter.message_id,
        at=bot.now(),
        raw_mail=about.raw if letter.duty in WITH_RAW_MAIL else None,
        enclosures=_enclosures(bot, about, to),
    )
    return compose(_tagged(written, about) if house else written, envelope)


def _named(about: Subject) -> str:
    reaction = about.reaction
    brought = reaction.brought_by if about.letter.recipient == COLLEAGUE else None
    return brought.name if brought else reaction.sender.name


def _enclosures(bot: Bot, about: Subject, to: Person) -> tuple[Enclosure, ...]:
    """The answer letter's files, or the proposal of an appointment as .ics (GA 3.7)."""
    if about.letter.duty != "appointment":
        return about.files
    told, office = _later(bot, about, to), bot.office
    at = later.meeting(told)
    organiser, guest = Address(office.name, office.address), Address(to.name, to.address)
    about_it = f"{APPOINTMENT} {told.case.shown_id}"
    uid = f"{about.letter.message_id}"
    event = proposal(uid, told.case.shown_id, at, later.MEETING_MINUTES, organiser, [guest], about_it, "", bot.now())
    return (Enclosure("Termin.ics", "text/calendar; method=REQUEST; charset=utf-8", event),)


APPOINTMENT = "Gespräch im Kundenreaktionsmanagement"


def _later(bot: Bot, about: Subject, to: Person) -> Told:
    person = Person(COLLEAGUE, _named(about), about.letter.address) if about.letter.recipient == COLLEAGUE else to
    letter = about.letter
    return Told(bot.teller, about.known, about.reaction, person, letter.token, letter.occurrence, bot.now())


def _of_case(tell: Callable[[Told], AnyContext]) -> Callable[[Bot, Subject, Person], AnyContext]:
    return lambda bot, about, to: tell(_later(bot, about, to))


def _with_files(tell: Callable[[Told, tuple[str, ...]], AnyContext]) -> Callable[[Bot, Subject, Person], AnyContext]:
    return lambda bot, about, to: tell(_later(bot, about, to), tuple(f.name for f in about.files))


def _release_request(bot: Bot, about: Subject, to: Person) -> AnyContext:
    told = _later(bot, about, to)
    letter = later.letter_for(told.case, told.occurrence)
    found = check(letter.text) if letter else None
    hints = tuple(contexts.Hint(h.sentence, h.why, h.instead) for h in (found.hints if found else ()))
    names = tuple(f.name for f in about.files)
    return later.release_request(told, hints, found.left_off if found else 0, names)


def _appointment(bot: Bot, about: Subject, to: Person) -> AnyContext:
    told = _later(bot, about, to)
    return later.appointment(told, later.meeting(told), later.MEETING_MINUTES)


def _absence(bot: Bot, about: Subject, to: Person) -> AnyContext:
    told = about.letter.told
    away, stand_in = bot.office.person(told["away"]), bot.office.person(told["stand_in"])
    return Absence(
        away.name if away else "", stand_in.name if stand_in else "", tuple(c for c in told["cases"]), to.name
    )


def _sensitising(bot: Bot, about: Subject, to: Person) -> AnyContext:
    told, officer = about.letter.told, bot.office.officer
    unit = bot.office.unit(told["unit"])
    figures = tuple((name, count) for name, count in told["figures"])
    return Sensitising(told["year"], unit.name if unit else "", figures, officer.name, officer.telephone, to.name)


def _report(bot: Bot, about: Subject, to: Person) -> AnyContext:
    return reporting.draft(bot, about.letter.told, to, about.letter.token)


def _report_copy(_: Bot, about: Subject, to: Person) -> AnyContext:
    return reporting.copy(about.letter.told, to)


def _tagged(written: Letter, about: Subject) -> Letter:
    """Letters to the house carry the token behind the subject's words: a button's mail has no In-Reply-To."""
    shown = about.case.shown_id if about.case else "KRM"
    return replace(written, subject=f"{written.subject} {tag(shown, about.letter.token)}")


def _confirmation_request(bot: Bot, about: Subject, to: Person) -> Context:
    return bot.teller.confirmation_request(about.known, about.reaction, to, about.letter.token)


def _acknowledgement(bot: Bot, about: Subject, _: Person) -> Context:
    return bot.teller.acknowledgement(about.known, about.reaction)


def _assignment(bot: Bot, about: Subject, to: Person) -> Context:
    return bot.teller.assignment(about.known, about.reaction, to, about.letter.token)


def _hand_over(bot: Bot, about: Subject, to: Person) -> Context:
    return bot.teller.hand_over(about.known, about.reaction, to)


def _alert(bot: Bot, about: Subject, to: Person) -> Context:
    return bot.teller.alert(about.known, about.reaction, to, about.letter.token)


def _reminder(bot: Bot, about: Subject, to: Person) -> Context:
    return bot.teller.reminder(about.known, about.reaction, to, about.letter.token)


def _receipt(bot: Bot, about: Subject, to: Person) -> Context:
    told, case = about.letter.told, about.case
    return contexts.Receipt(
        id=case.shown_id if case else told["about"],
        number=str(case.number) if case and case.number else "",
        recorded=tuple(told["recorded"]),
        happens=tuple(told["happens"]),
        deadlines=bot.teller.days(about.reaction) if case and about.reaction.coding else None,
        printable=told["printable"],
        buttons=(),
        name=to.name,
        hints=tuple(contexts.Hint(**hint) for hint in told.get("hints", ())),
        example="Art: Lob" if to in bot.office.officers() else "Notiz: …",
    )


def _unclear(bot: Bot, about: Subject, to: Person) -> Context:
    told, case = about.letter.told, about.case
    rows = told["not_understood"]
    judged = case is not None and about.reaction.suggestion is not None
    decides = to in bot.office.officers()
    return contexts.Unclear(
        id=case.shown_id if case else "",
        not_understood=tuple(contexts.NotUnderstood(r["line"], r["why"], tuple(r["nearest"])) for r in rows),
        understood=tuple(told["understood"]),
        buttons=bot.teller.buttons(case, about.reaction, about.letter.token) if case and judged and decides else (),
        examples=EXAMPLES if decides else HANDLERS_EXAMPLES,
        name=to.name,
    )


def _refused(_: Bot, about: Subject, to: Person) -> Context:
    told, case = about.letter.told, about.case
    return contexts.Refused(
        id=case.shown_id if case else "",
        arrived=datetime.fromisoformat(told["arrived"]),
        sender_address=told["sender"],
        why=told["why"],
        text=told["text"],
        name=to.name,
    )


def _help(bot: Bot, about: Subject, to: Person) -> Context:
    return contexts.Help(id=about.known.shown_id, words=help_for(role_of(bot.office, to)), name=to.name)


def _status(bot: Bot, about: Subject, to: Person) -> Context:
    case = about.known
    return contexts.Status(
        id=case.shown_id,
        facts=facts(case, bot.office, bot.taxonomy),
        deadlines=bot.teller.days(about.reaction),
        history=history(case),
        name=to.name,
    )


def _digest(_: Bot, about: Subject, __: Person) -> Context:
    if about.digest is None:
        raise ValueError("a digest without its lists")
    return about.digest


def _too_big(bot: Bot, about: Subject, to: Person) -> Context:
    told = about.letter.told
    return contexts.TooBig(
        arrived=datetime.fromisoformat(told["arrived"]),
        megabytes=told["size"] / 1_000_000,
        limit_megabytes=bot.rhythm.max_bytes / 1_000_000,
        folder=bot.folders.too_big,
        name=to.name,
    )


def _outage(_: Bot, about: Subject, to: Person) -> Context:
    told = about.letter.told
    over = told["over_at"]
    return contexts.Outage(
        since=datetime.fromisoformat(told["since"]),
        over_at=datetime.fromisoformat(over) if over else None,
        what=told["what"],
        remedy=told["remedy"],
        name=to.name,
        stood_still=told.get("stood_still", False),
    )


def _undelivered(_: Bot, about: Subject, to: Person) -> Context:
    told: dict[str, Any] = about.letter.told
    return contexts.Undelivered(
        id=about.case.shown_id if about.case else "",
        what=LETTER_NAMES.get(told["duty"], told["duty"]),
        unsure=told["unsure"],
        message_id=told["message_id"],
        why=told["why"],
        printable=told["printable"],
        name=to.name,
    )


TELLERS: dict[str, Callable[[Bot, Subject, Person], AnyContext]] = {
    "confirmation_request": _confirmation_request,
    "acknowledgement": _acknowledgement,
    "assignment": _assignment,
    "hand_over": _hand_over,
    "alert": _alert,
    "reminder": _reminder,
    "receipt": _receipt,
    "unclear": _unclear,
    "refused": _refused,
    "help": _help,
    "status": _status,
    "digest": _digest,
    "too_big": _too_big,
    "outage": _outage,
    "undelivered": _undelivered,
    "need": _alert,
    "handling_reminder": _of_case(later.handling_reminder),
    "overdue": _of_case(later.overdue),
    "interim_draft": _of_case(later.interim_draft),
    "interim_alarm": _of_case(later.interim_alarm),
    "interim_notice": _of_case(later.interim_notice),
    "proposal": _of_case(later.proposal),
    "release_request": _release_request,
    "answer": _with_files(later.answer),
    "to_print": _with_files(later.to_print),
    "answer_copy": _with_files(later.answer_copy),
    "correction": _of_case(later.correction),
    "invitation": _of_case(later.invitation),
    "appointment": _appointment,
    "registration": _of_case(later.registration),
    "hand_over_note": _of_case(later.hand_over_note),
    "handed_in": _of_case(later.handed_in),
    "breach": _of_case(later.breach),
    "absence": _absence,
    "sensitising": _sensitising,
    "report": _report,
    "report_copy": _report_copy,
}
WITH_RAW_MAIL = frozenset({"hand_over"})
WITH_ANSWER = frozenset({"release_request", "answer", "to_print", "answer_copy"})
"""Letters to which the files of the answer letter are attached."""
