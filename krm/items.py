"""A mail on its way, with everything known of it so far; whose words it holds and who brought it. Pure."""

from dataclasses import dataclass

from classify.coding import Suggestion, Text
from ingest.message import Address, Message
from krm.bot import Bot
from store.case import Kind, Reaction, Source
from store.disposing import Disposed, Disposition
from store.mails import StoredMail
from store.relating import Relation

HANDED_IN = "Im Haus eingereicht von {}."
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
    message, forwarded = item.message, item.message.forwarded
    if not from_house(bot, item):
        return message.sender, message.new_text
    if forwarded is None or not forwarded.text.strip():
        return NOBODY, message.new_text
    return (NOBODY if _house_address(bot, forwarded.sender.address) else forwarded.sender), forwarded.text


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
    message, source = item.message, _source(bot, item)
    brought = HANDED_IN.format(message.sender) if source is Source.HOUSE else ""
    return Reaction(
        mail=item.mail.id,
        arrived=item.mail.arrived,
        kind=kind,
        source=source,
        sender=sender,
        subject=message.subject,
        text=message.text,
        new_text=words,
        attachments=tuple(f"{a.name} ({_size(a.size)})" for a in message.attachments),
        suggestion=item.suggestion,
        hints=tuple(h for h in (brought, *hints, item.relation.hint) if h),
    )


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB".replace(".", ",") if count >= 100_000 else f"{max(1, count // 1000)} kB"
