"""What the officer is told beside a new mail: where it may belong, and who is above whom it complains about."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from krm.bot import Bot
from notify.recipients import complained_about, deciding
from store import cases, which
from store.case import Case, Reaction, Source, State

SETTLED = {
    State.CLOSED: "Die Nachricht gehört zu {0}. Dort ist der Vorgang abgeschlossen. "
    "Mit „Folge: {0}“ öffnen Sie ihn wieder. Mit „ok“ wird es ein neuer Vorgang.",
    State.NOT_KRM: "Die Nachricht gehört zu {0}. Das wurde nicht in KRM erfasst.",
    State.JOINED: "Die Nachricht gehört zu {0}.",
}
"""By the state of the Case it continues, where that is open no more."""
ONE = "Von derselben Adresse gibt es schon {0}. Mit „Folge: {0}“ verbinden Sie beide."
SEVERAL = "Von derselben Adresse gibt es schon {}. Mit „Folge: …“ und dem Zeichen verbinden Sie beide."
SHOWN = 3
ABOUT_MANAGEMENT = "Die Nachricht nennt die Geschäftsführung. {}"
SUPERVISED = "Darüber entscheidet: {}, {}."
NO_SUPERVISION = "Darüber entscheidet die Aufsicht. Ihre Adresse fehlt noch in den Einstellungen."


def follows_perhaps(connection: Connection, bot: Bot, opened: Sequence[Case]) -> list[Case]:
    """New Cases with a hint at the open ones of the same address: suggested, never joined (conversation.md)."""
    theirs = {case.id: _hash(bot, case.reactions[0]) for case in opened}
    known = which.open_of_senders(connection, {h for h in theirs.values() if h})
    old = cases.load(connection, [key for ids in known.values() for key in ids])
    before: dict[str, list[Case]] = {h: [old[key] for key in ids] for h, ids in known.items()}
    hinted = []
    for case in opened:
        others = before.setdefault(theirs[case.id], []) if theirs[case.id] else []
        shown = [c.shown_id for c in others if _may_be_named(bot, c, case)][:SHOWN]
        hinted.append(
            _with_hint(case, (ONE if len(shown) == 1 else SEVERAL).format(", ".join(shown))) if shown else case
        )
        others.insert(0, case)  # of two that came together the later names the earlier
    return hinted


def warned(bot: Bot, case: Case) -> Case:
    """With the supervising body named, where the newest mail complains about management (rules.md)."""
    newest = replace(case, reactions=case.reactions[-1:])
    named = complained_about(newest, bot.office, bot.taxonomy).people
    if not any(p.id in named for p in bot.office.management):
        return case
    body = bot.office.supervising_body
    return _with_hint(
        case, ABOUT_MANAGEMENT.format(SUPERVISED.format(body.name, body.address) if body else NO_SUPERVISION)
    )


def _hash(bot: Bot, reaction: Reaction) -> str:
    written = reaction.sender.address if reaction.source is not Source.MACHINE else ""
    return bot.keys.address(written) if written else ""


def _may_be_named(bot: Bot, other: Case, new: Case) -> bool:
    """Not to an officer whom the other Case is about."""
    people = [deciding(bot.office, complained_about(c, bot.office, bot.taxonomy).people) for c in (new, other)]
    return set(people[0]) <= set(people[1])


def _with_hint(case: Case, hint: str) -> Case:
    *earlier, newest = case.reactions
    return replace(case, reactions=(*earlier, replace(newest, hints=(*newest.hints, hint))))
