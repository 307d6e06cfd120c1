"""A mail on its way, with everything known of it so far; whose words it holds and who brought it. Pure."""

from dataclasses import dataclass
from datetime import datetime

from classify.coding import Suggestion, Text
from ingest.arrival import first_in_house
from ingest.forwarded import citizen
from ingest.message import Address, Forwarded, Message
from krm.bot import Bot
from store.case import Kind, Reaction, Source
from store.disposing import Disposed, Disposition
from store.mails import StoredMail
from store.relating import Relation

# GA 3.2.3, 3.2.4, 3.2.6: oral, telephone and card reactions come from staff
HANDED_IN = "Im Haus eingereicht von {}."
CLAIMED = "Als Datum der ersten Nachricht steht dort: {}. Gilt es, antworten Sie auch mit „Eingang: …“ und dem Tag."
NOBODY = Address("", "")


@dataclass(frozen=True, slots=True)
class Item:
    """One mail on its way, with everything known about it so far."""

    mail: StoredMail
    message: Message
    relation: Relation
    disposed: Disposed
    suggestion: Suggestion | None = None


def text(bot: Bot, item: Item) -> Text:
    sender, words = whose(bot, item)
    follows = item.disposed.what is Disposition.FOLLOW_UP
    return Text(str(item.mail.id), item.message.subject, sender.name, words, follows)


def whose(bot: Bot, item: Item) -> tuple[Address, str]:
    """Whose words these are and who is answered: the citizen inside a colleague's forward, else the sender.

    Nobody of the house is ever answered as a citizen, whatever they hand in: then there is no address.
    """
    message, inner = item.message, _inner(bot, item)
    if not from_house(bot, item):
        return message.sender, message.new_text
    if inner is None or not inner.text.strip():
        return NOBODY, message.new_text
    return (NOBODY if _of_the_house(bot, inner.sender) else inner.sender), inner.text


def _inner(bot: Bot, item: Item) -> Forwarded | None:
    """The citizen's mail inside a colleague's forward, however often it was forwarded."""
    found = item.message.forwarded
    return citizen(found, lambda sender: _of_the_house(bot, sender)) if found and from_house(bot, item) else None


def _of_the_house(bot: Bot, sender: Address) -> bool:
    """By the address; by the name where the mail program wrote no address."""
    names = {p.name.casefold() for p in bot.office.people()}
    return _house_address(bot, sender.address) or (not sender.address and sender.name.casefold() in names)


def _arrived(bot: Bot, item: Item) -> datetime:
    """When the house first took it: proven by its own servers' lines in an attached mail, else now (rules.md, Time)."""
    inner = _inner(bot, item)
    proven = first_in_house(item.message, inner.received, frozenset(bot.office.servers)) if inner else None
    return min(proven, item.mail.arrived) if proven else item.mail.arrived


def from_house(bot: Bot, item: Item) -> bool:
    return _house_address(bot, item.message.sender.address)


def _house_address(bot: Bot, address: str) -> bool:
    return bot.office.person(address) is not None or address.rpartition("@")[2] in bot.office.domains


def _source(bot: Bot, item: Item) -> Source:
    if item.message.automatic is not None:
        return Source.MACHINE
    return Source.HOUSE if from_house(bot, item) else Source.CITIZEN


def reaction(bot: Bot, item: Item, kind: Kind, hints: tuple[str, ...] = ()) -> Reaction:
    sender, words = whose(bot, item)
    message, source, inner = item.message, _source(bot, item), _inner(bot, item)
    brought = HANDED_IN.format(message.sender) if source is Source.HOUSE else ""
    arrived = _arrived(bot, item)
    claimed = CLAIMED.format(inner.date) if inner and inner.date and arrived == item.mail.arrived else ""
    attachments = (*message.attachments, *(inner.attachments if inner else ()))
    return Reaction(
        mail=item.mail.id,
        arrived=arrived,
        kind=kind,
        source=source,
        sender=sender,
        subject=message.subject,
        text=message.text,
        new_text=words,
        attachments=tuple(f"{a.name} ({_size(a.size)})" for a in dict.fromkeys(attachments)),
        suggestion=item.suggestion,
        hints=tuple(h for h in (brought, claimed, *hints, item.relation.hint) if h),
        brought_by=message.sender if source is Source.HOUSE else None,
    )


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB".replace(".", ",") if count >= 100_000 else f"{max(1, count // 1000)} kB"
