"""From a row of the outbox to the bytes of a mail: one row per letter says who tells it what it needs to know."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ingest.office import Person
from krm.bot import Bot
from krm.wording import HELP
from notify import contexts
from notify.buttons import tag
from notify.composing import Envelope, compose
from notify.contexts import Context
from notify.letters import Letter, write
from notify.phrases import LETTER_NAMES
from store.case import CITIZEN, Case, Reaction
from store.outbox import Outgoing

NAMELESS = Person("", "", "")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a letter is about, looked up: the Case, the reaction, the raw mail where it is to be attached."""

    letter: Outgoing
    case: Case | None = None
    raw: bytes | None = None
    digest: contexts.Digest | None = None

    @property
    def known(self) -> Case:
        if self.case is None:
            raise ValueError("a letter about a Case without Case")
        return self.case

    @property
    def reaction(self) -> Reaction:
        about = str(self.letter.told.get("reaction", self.letter.occurrence))
        return next((r for r in self.known.reactions if str(r.mail) == about), self.known.reactions[0])


def finished(bot: Bot, about: Subject) -> bytes:
    """The mail, ready to send. Raises TemplateError or ValueError where it cannot be written."""
    letter = about.letter
    to = bot.office.person(letter.recipient) or NAMELESS
    told = TELLERS[letter.duty](bot, about, to)
    written = write(told)
    house = letter.recipient != CITIZEN
    name = to.name if house else about.reaction.sender.name
    envelope = Envelope(
        letter=letter.duty,
        sender_name=bot.office.name,
        sender_address=bot.office.address,
        recipient_name=name,
        recipient_address=letter.address,
        message_id=letter.message_id,
        at=bot.now(),
        raw_mail=about.raw if letter.duty in WITH_RAW_MAIL else None,
    )
    return compose(_tagged(written, about) if house else written, envelope)


def _tagged(written: Letter, about: Subject) -> Letter:
    """Letters to the house carry the token behind the subject's words: a button's mail has no In-Reply-To."""
    shown = about.case.shown_id if about.case else "KRM"
    return replace(written, subject=f"{written.subject} {tag(shown, about.letter.token)}")


def _confirmation_request(bot: Bot, about: Subject, to: Person) -> Context:
    return bot.teller.confirmation_request(about.known, about.reaction, to, about.letter.token)


def _acknowledgement(bot: Bot, about: Subject, _: Person) -> Context:
    return bot.teller.acknowledgement(about.known, about.reaction)


def _assignment(bot: Bot, about: Subject, to: Person) -> Context:
    return bot.teller.assignment(about.known, about.reaction, to)


def _hand_over(bot: Bot, about: Subject, to: Person) -> Context:
    return bot.teller.hand_over(about.known, about.reaction, to)


def _alert(bot: Bot, about: Subject, to: Person) -> Context:
    return bot.teller.alert(about.known, about.reaction, to, about.letter.token)


def _reminder(bot: Bot, about: Subject, to: Person) -> Context:
    return bot.teller.reminder(about.known, about.reaction, to, about.letter.token)


def _receipt(bot: Bot, about: Subject, to: Person) -> Context:
    told, case = about.letter.told, about.known
    return contexts.Receipt(
        id=case.shown_id,
        number=str(case.number) if case.number else "",
        recorded=tuple(told["recorded"]),
        happens=tuple(told["happens"]),
        deadlines=bot.teller.days(about.reaction) if about.reaction.coding else None,
        printable=told["printable"],
        buttons=(),
        name=to.name,
    )


def _unclear(bot: Bot, about: Subject, to: Person) -> Context:
    told, case = about.letter.told, about.case
    rows = told["not_understood"]
    judged = case is not None and about.reaction.suggestion is not None
    return contexts.Unclear(
        id=case.shown_id if case else "",
        not_understood=tuple(contexts.NotUnderstood(r["line"], r["why"], tuple(r["nearest"])) for r in rows),
        understood=tuple(told["understood"]),
        buttons=bot.teller.buttons(case, about.reaction, about.letter.token) if case and judged else (),
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


def _help(_: Bot, about: Subject, to: Person) -> Context:
    return contexts.Help(id=about.known.shown_id, words=HELP, name=to.name)


def _status(bot: Bot, about: Subject, to: Person) -> Context:
    case = about.known
    return contexts.Status(
        id=case.shown_id,
        facts=bot.teller.facts(case),
        deadlines=bot.teller.days(about.reaction),
        history=bot.teller.history(case),
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


TELLERS: dict[str, Callable[[Bot, Subject, Person], Context]] = {
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
}
WITH_RAW_MAIL = frozenset({"hand_over"})
