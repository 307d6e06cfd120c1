"""A mail on its way, with everything known of it so far; whose words it holds and who brought it. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime

from classify.coding import Suggestion, Text
from classify.contact_form import ContactForm
from classify.form_suggestion import from_form
from ingest.arrival import first_in_house
from ingest.forwarded import citizen
from ingest.message import Address, Automatic, Forwarded, Message
from krm import forms
from krm.bot import Bot
from krm.forms import Handed, Reader
from krm.unread import unread
from notify.phrases import ANSWERED_BEFORE
from store.case import Kind, Reaction, Source
from store.disposing import Disposed, Disposition
from store.mails import StoredMail
from store.relating import Relation

# GA 3.2.3, 3.2.4, 3.2.6: oral, telephone and card reactions come from staff
HANDED_IN = "Im Haus eingereicht von {}."
DOUBTED = "Bitte prüfen Sie, ob diese Nachricht wirklich von {} kommt: {}."
CLAIMED = "Als Datum der ersten Nachricht steht dort: {}. Gilt es, antworten Sie auch mit „Eingang: …“ und dem Tag."
NOBODY = Address("", "")


@dataclass(frozen=True, slots=True)
class Item:
    """One mail on its way, with everything known about it so far; `doubt` says why its sender is not believed.

    `again`: it may have been answered before the records were restored from a backup.
    """

    mail: StoredMail
    message: Message
    relation: Relation
    disposed: Disposed
    suggestion: Suggestion | None = None
    handed: Handed | None = None
    doubt: str = ""
    again: bool = False


def with_form(bot: Bot, item: Item) -> Item:
    """With the contact form that a new mail of the house carries (GA 3.2.3 to 3.2.6)."""
    if item.disposed.what is not Disposition.INTAKE or not from_house(bot, item):
        return item
    inner = _inner(bot, item)
    own = _source(bot, item) is Source.HOUSE and (inner is None or _of_the_house(bot, inner.sender))
    read = Reader(bot.taxonomy, bot.office, item.mail.arrived, lambda a: _house_address(bot, a), bot.ocr)
    return replace(item, handed=forms.handed(read, item.message, inner, item.mail.content or b"", drafts=own))


def judged(bot: Bot, item: Item, suggestion: Suggestion | None) -> Item:
    """With what the model thinks of it, the form's boxes put over that."""
    handed, item = item.handed, replace(item, suggestion=suggestion)
    if suggestion is None or handed is None or handed.form is None:
        return item
    form = handed.form.content
    if not handed.form.written:
        return replace(item, suggestion=replace(suggestion, form=form.form))
    suggestion, differs = from_form(form, suggestion, bot.taxonomy, bot.office)
    return replace(item, suggestion=suggestion, handed=replace(handed, hints=(*handed.hints, *differs)))


def text(bot: Bot, item: Item) -> Text:
    sender, words = whose(bot, item)
    words = item.handed.whole if item.handed else words  # danger and remedy are looked for in everything
    follows = item.disposed.what is Disposition.FOLLOW_UP
    return Text(str(item.mail.id), item.message.subject, sender.name, words, follows)


def whose(bot: Bot, item: Item) -> tuple[Address, str]:
    """Whose words these are and who is answered: whom a form names, the citizen inside a forward, else the sender.

    Nobody of the house is ever answered as a citizen, whatever they hand in: then there is no address.
    """
    message, inner = item.message, _inner(bot, item)
    if not from_house(bot, item):
        return message.sender, message.new_text
    if item.handed and item.handed.form:
        return _on_form(bot, item.handed.form.content, inner), item.handed.words
    if inner is None or not inner.text.strip():
        return NOBODY, message.new_text
    return (NOBODY if _of_the_house(bot, inner.sender) else inner.sender), inner.text


def _on_form(bot: Bot, form: ContactForm, inner: Forwarded | None) -> Address:
    """Whom the form names; what it lacks is taken from the citizen's mail that came with it."""
    written = forms.address(form)
    citizen = NOBODY if inner is None or _of_the_house(bot, inner.sender) else inner.sender
    address = "" if _house_address(bot, written) else written
    return Address(form.name or citizen.name, address or citizen.address)


def _inner(bot: Bot, item: Item) -> Forwarded | None:
    """The citizen's mail inside a colleague's forward, however often it was forwarded."""
    found = item.message.forwarded
    return citizen(found, lambda sender: _of_the_house(bot, sender)) if found and from_house(bot, item) else None


def _of_the_house(bot: Bot, sender: Address) -> bool:
    """By the address; by the name where the mail program wrote no address."""
    names = {p.name.casefold() for p in bot.office.people()}
    return _house_address(bot, sender.address) or (not sender.address and sender.name.casefold() in names)


def _arrived(bot: Bot, item: Item) -> datetime:
    """When the house first took it: the form's day, what its own servers' lines prove, else now (rules.md, Time)."""
    if item.handed and item.handed.form:
        return forms.arrived(item.handed.form)
    inner = _inner(bot, item)
    believed = inner if not item.doubt else None
    proven = first_in_house(item.message, believed.received, frozenset(bot.office.servers)) if believed else None
    return min(proven, item.mail.arrived) if proven else item.mail.arrived


def from_house(bot: Bot, item: Item) -> bool:
    return _house_address(bot, item.message.sender.address)


def _house_address(bot: Bot, address: str) -> bool:
    return bot.office.person(address) is not None or address.rpartition("@")[2] in bot.office.domains


def _source(bot: Bot, item: Item) -> Source:
    kind = item.message.automatic
    if kind not in (None, Automatic.PERHAPS):
        return Source.MACHINE
    if from_house(bot, item):
        return Source.HOUSE
    if kind:
        return Source.UNSURE
    return Source.AGAIN if item.again else Source.CITIZEN


def reaction(bot: Bot, item: Item, kind: Kind, hints: tuple[str, ...] = ()) -> Reaction:
    sender, words = whose(bot, item)
    message, source, inner = item.message, _source(bot, item), _inner(bot, item)
    doubted = DOUBTED.format(message.sender.address, item.doubt) if item.doubt and message.sender.address else ""
    before = ANSWERED_BEFORE if item.again and source is not Source.AGAIN else ""  # else a caution of its own
    brought = HANDED_IN.format(message.sender) if source is Source.HOUSE else ""
    arrived = _arrived(bot, item)
    handed = item.handed
    unproven = arrived == item.mail.arrived and not (handed and handed.form)
    claimed = CLAIMED.format(inner.date) if inner and inner.date and unproven else ""
    attachments = (*message.attachments, *(inner.attachments if inner else ()))
    return Reaction(
        mail=item.mail.id,
        arrived=arrived,
        kind=kind,
        source=source,
        sender=sender,
        subject=message.subject,
        text=handed.whole if handed and handed.form and handed.form.written else message.text,
        new_text=words,
        attachments=tuple(f"{a.name} ({_size(a.size)})" for a in dict.fromkeys(attachments)),
        suggestion=item.suggestion,
        hints=tuple(
            h
            for h in (
                before,
                doubted,
                brought,
                claimed,
                *unread(message),
                *(handed.hints if handed else ()),
                *hints,
                item.relation.hint,
            )
            if h
        ),
        brought_by=message.sender if source is Source.HOUSE else None,
        form=handed.form if handed else None,
    )


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB".replace(".", ",") if count >= 100_000 else f"{max(1, count // 1000)} kB"
