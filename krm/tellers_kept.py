"""Letters told from what was kept with them when they were planned (`letter.told`), not from how things stand now."""

from datetime import datetime
from typing import Any

from ingest.office import Person
from krm import early, reporting
from krm.agreeing import SHOWS_SUGGESTION
from krm.bot import Bot
from krm.examples import ALWAYS, examples
from krm.subject import Subject
from notify.contexts import Receipt, Refused, Unclear, Undelivered
from notify.contexts_office import Absence, Digest, EarlyWarning, Noted, Outage, Report, ReportCopy, Sensitising, TooBig
from notify.phrases import LETTER_NAMES
from notify.pieces import Hint, NotUnderstood
from store.letter_words import POSTABLE


def receipt(bot: Bot, about: Subject, to: Person) -> Receipt:
    told, case = about.letter.told, about.case
    return Receipt(
        id=case.shown_id if case else told["about"],
        number=str(case.number) if case and case.number else "",
        recorded=tuple(told["recorded"]),
        happens=tuple(told["happens"]),
        deadlines=bot.teller.days(about.reaction) if case and about.reaction.coding else None,
        printable=told["printable"],
        buttons=(),
        name=to.name,
        hints=tuple(Hint(**hint) for hint in told.get("hints", ())),
        example="Art: Lob" if to in bot.office.officers() else "Notiz: …",
    )


def unclear(bot: Bot, about: Subject, to: Person) -> Unclear:
    told, case = about.letter.told, about.case
    rows = told["not_understood"]
    asked = told.get("asked", "confirmation_request")
    refused = frozenset(str(row["line"]).strip().casefold() for row in rows)
    words = examples(asked, (case, about.reaction), to, bot.office, bot.taxonomy) if case else ()
    decides = asked in SHOWS_SUGGESTION and to in bot.office.officers() and words[:1] != ALWAYS[:1]
    return Unclear(
        id=about.shown_id,
        not_understood=tuple(NotUnderstood(r["line"], r["why"], tuple(r["nearest"])) for r in rows),
        understood=tuple(told["understood"]),
        buttons=bot.teller.buttons(case, about.reaction, about.letter.token) if case and decides else (),
        examples=tuple(w for w in words if w.casefold() not in refused)[:3],
        name=to.name,
    )


def refused(_: Bot, about: Subject, to: Person) -> Refused:
    told = about.letter.told
    return Refused(
        id=about.shown_id,
        arrived=datetime.fromisoformat(told["arrived"]),
        sender_address=told["sender"],
        why=told["why"],
        text=told["text"],
        name=to.name,
    )


def digest(_: Bot, about: Subject, __: Person) -> Digest:
    if about.digest is None:
        raise ValueError("a digest without its lists")
    return about.digest


def too_big(bot: Bot, about: Subject, to: Person) -> TooBig:
    told = about.letter.told
    return TooBig(
        arrived=datetime.fromisoformat(told["arrived"]),
        megabytes=told["size"] / 1_000_000,
        limit_megabytes=bot.rhythm.max_bytes / 1_000_000,
        folder=bot.folders.too_big,
        name=to.name,
    )


def outage(_: Bot, about: Subject, to: Person) -> Outage:
    told = about.letter.told
    over = told["over_at"]
    return Outage(
        since=datetime.fromisoformat(told["since"]),
        over_at=datetime.fromisoformat(over) if over else None,
        what=told["what"],
        remedy=told["remedy"],
        name=to.name,
        stood_still=told.get("stood_still", False),
        full=told.get("full", False),
    )


def undelivered(_: Bot, about: Subject, to: Person) -> Undelivered:
    told: dict[str, Any] = about.letter.told
    return Undelivered(
        id=about.shown_id,
        what=LETTER_NAMES.get(told["duty"], told["duty"]),
        unsure=told["unsure"],
        since=datetime.fromisoformat(told["since"]) if told.get("since") else None,
        message_id=told["message_id"],
        why=told["why"],
        said=told.get("said", ""),
        to=tuple(told.get("to", ())),
        printable=told["printable"],
        name=to.name,
        postable=bool(told["printable"]) and told.get("about", told["duty"]) in POSTABLE,
    )


def absence(bot: Bot, about: Subject, to: Person) -> Absence:
    told = about.letter.told
    away, stand_in = bot.office.person(told["away"]), bot.office.person(told["stand_in"])
    return Absence(away.name if away else "", stand_in.name if stand_in else "", tuple(told["cases"]), to.name)


def noted(bot: Bot, about: Subject, _: Person) -> Noted:
    told, officer = about.letter.told, bot.office.officer
    return Noted(datetime.fromisoformat(told["arrived"]), officer.name, officer.telephone, told["name"])


def sensitising(bot: Bot, about: Subject, to: Person) -> Sensitising:
    told, officer = about.letter.told, bot.office.officer
    unit = bot.office.unit(told["unit"])
    figures = tuple((name, count) for name, count in told["figures"])
    return Sensitising(told["year"], unit.name if unit else "", figures, officer.name, officer.telephone, to.name)


def report(bot: Bot, about: Subject, to: Person) -> Report:
    return reporting.draft(bot, about.letter.told, to, about.letter.token)


def report_copy(_: Bot, about: Subject, to: Person) -> ReportCopy:
    return reporting.copy(about.letter.told, to)


def early_warning(_: Bot, about: Subject, to: Person) -> EarlyWarning:
    return early.warning(about.letter.told, to)
