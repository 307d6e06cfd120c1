"""Who is meant by an address or a name, and what is stored about them (Art. 15 GDPR). Nothing here is changed.

An address is found by its look-up hash. Names are sealed: every row is gone through, few at a time. One person may have
several addresses, and none: what was taken down from a call or a letter has a name alone.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser

from sqlalchemy import Connection

from classify.anlage3 import Anlage3
from classify.namewords import passage
from ingest import parser, reading
from ingest.headers import Headers
from ingest.message import Address, Message
from ingest.office import Office
from krm import forms
from krm.handling import POISON
from krm.marking import name_keys
from store import mails, persons
from store.case import Form
from store.keys import TOKEN, KeyRing
from store.mails import MailState, StoredMail
from store.persons import Stray

SHORTEST = 2
"""Words of a name that is looked for in texts: one word alone names too many."""
SEARCHED = frozenset({MailState.AUTOMATIC, MailState.QUARANTINE, MailState.NOTED})
"""Mails in whose text people may stand who did not write them: notices of bounces, notes of staff."""


@dataclass(slots=True)
class Candidate:
    """Somebody who may be meant. `id` is the look-up hash of their address, of their name where there is none.

    `reactions` are theirs, `brought` those they handed in as a colleague, each with its Case; `strays` are mails that
    are no reactions. `whole`: one of their names has the very words that were asked for. `more` are ids of the same
    person.
    """

    id: str
    names: dict[str, None] = field(default_factory=dict)
    addresses: dict[str, None] = field(default_factory=dict)
    reactions: dict[int, str] = field(default_factory=dict)
    brought: dict[int, str] = field(default_factory=dict)
    strays: dict[int, Stray] = field(default_factory=dict)
    whole: bool = False
    more: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """All ids of the one person."""
        return (self.id, *self.more)

    @property
    def count(self) -> int:
        return len(self.reactions) + len(self.brought) + len(self.strays)


class Search:
    """One search: for an address (it has an @), an id of a candidate, or a name."""

    def __init__(self, wanted: str, keys: KeyRing, office: Office, taxonomy: Anlage3) -> None:
        wanted = wanted.strip()
        self._keys, self._office, self._taxonomy = keys, office, taxonomy
        self.by_name = not ("@" in wanted or TOKEN.fullmatch(wanted))
        self._id = "" if self.by_name else keys.address(wanted) if "@" in wanted else wanted
        self._words = name_keys(wanted) if self.by_name else frozenset()
        self._found: dict[str, Candidate] = {}
        if "@" in wanted:
            self._found[self._id] = Candidate(self._id, addresses={wanted.casefold(): None}, whole=True)

    def candidates(self, connection: Connection) -> tuple[Candidate, ...]:
        """Whoever is meant, those with most first; nobody of whom nothing is stored."""
        for row in persons.named(connection):
            if who := self._meant(row.writer, row.sender, row.form_name):
                who.reactions[row.mail] = row.case
            if row.brought_by.address and (who := self._meant("", row.brought_by)):
                who.brought[row.mail] = row.case
        for passed in persons.passed(connection):
            for who in self._standing_in(passed.text):
                who.reactions[passed.mail] = passed.case
        self._look_at_strays(connection)
        found = [c for c in self._found.values() if c.count]
        return tuple(sorted(found, key=lambda c: (not c.whole, -c.count, c.id)))

    def _meant(self, key: str, who: Address, also: str = "") -> Candidate | None:
        """The candidate that this somebody is, None if nobody asked for them."""
        names = [name for name in dict.fromkeys((who.name, also)) if name.strip()]
        key = key or self._key(who)
        alike = [name for name in names if self._alike(name)]
        if not key or not (key == self._id or alike):
            return None
        found = self._found.setdefault(key, Candidate(key))
        found.names.update(dict.fromkeys(names))
        found.addresses.update(dict.fromkeys([who.address] if who.address else []))
        found.whole = found.whole or key == self._id or any(name_keys(name) == self._words for name in alike)
        return found

    def _key(self, who: Address) -> str:
        if who.address:
            return self._keys.address(who.address)
        words = name_keys(who.name)
        return self._keys.address(f"name {' '.join(sorted(words))}") if words else ""

    def _alike(self, name: str) -> bool:
        """All words of the one in the other: "Muster" is asked for and may mean "Erika Muster", and the reverse."""
        words = name_keys(name) if self._words else frozenset()
        return bool(words) and (words <= self._words or self._words <= words)

    def _standing_in(self, text: str) -> list[Candidate]:
        """Those whose address or whole name stands there."""
        return [who for who in self._found.values() if _stands_in(text, who)]

    def _look_at_strays(self, connection: Connection) -> None:
        for stray in persons.strays(connection):
            known = bool(stray.writer) and stray.writer in self._found
            if known or self.by_name or not stray.writer or stray.state in SEARCHED:
                self._open(connection, stray)

    def _open(self, connection: Connection, stray: Stray) -> None:
        mail = mails.get(connection, stray.mail)
        sender = _sender(mail.content or b"")
        who = self._found.get(stray.writer) if stray.writer else None
        if who and sender.name:
            who.names[sender.name] = None
        who = who or self._meant(stray.writer, sender)
        for one in [who] if who else self._told_of(mail) if stray.state in SEARCHED else []:
            one.strays[stray.mail] = stray

    def _told_of(self, mail: StoredMail) -> list[Candidate]:
        """Those a mail names, in its text or on the form it carries."""
        message = message_of(mail.content)
        form = noted(mail, self._office, self._taxonomy) if mail.state is MailState.NOTED else None
        called = Address(form.content.name, form.content.email.casefold()) if form else Address("", "")
        who = self._meant("", called)
        text = f"{message.subject}\n{message.text}\n{called}" if message else ""
        return [who] if who else self._standing_in(text)


def noted(mail: StoredMail, office: Office, taxonomy: Anlage3) -> Form | None:
    """The contact form in a mail that was noted without a Case (GA 3.2.2)."""
    message = message_of(mail.content)
    if message is None:
        return None
    reader = forms.Reader(taxonomy, office, mail.arrived, lambda _: False)
    handed = forms.handed(reader, message, None, mail.content or b"", drafts=True)
    return handed.form if handed else None  # it was read like this when it came


def merged(chosen: Collection[Candidate]) -> Candidate:
    """Several that are one person."""
    first, *more = chosen
    whole = Candidate(first.id, more=tuple(one.id for one in more))
    for one in (first, *more):
        for name in ("names", "addresses", "reactions", "brought", "strays"):
            getattr(whole, name).update(getattr(one, name))
    return whole


def masked(address: str) -> str:
    """Enough of an address to know one's own, too little to write to it."""
    name, at, domain = address.rpartition("@")
    shown = f"{name[:1]}…{name[-1:]}" if len(name) > 3 else f"{name[:1]}…"
    return f"{shown}{at}{domain}"


def message_of(content: bytes | None) -> Message | None:
    """None for a mail that cannot be read: the digest lists it, and a person looks at it there."""
    try:
        return reading.read(content or b"")
    except (reading.Unreadable, *POISON):
        return None


def _sender(raw: bytes) -> Address:
    """Also of a mail that cannot be read whole, if its first field can."""
    try:
        senders = parser.mailboxes(Headers(BytesHeaderParser().parsebytes(raw)), "From")
    except POISON:
        senders = ()
    return senders[0] if senders else Address("", "")


def _stands_in(text: str, who: Candidate) -> bool:
    folded = text.casefold()
    if any(address in folded for address in who.addresses):
        return True
    names = [words for name in who.names if len(words := name_keys(name)) >= SHORTEST]
    return bool(names) and any(_side_by_side(text, words) for words in names)


def _side_by_side(text: str, words: frozenset[str]) -> bool:
    """Whether all words of a name stand next to each other, in whatever order."""
    told = [word.key for word in passage(text).words]
    return any(frozenset(part) == words for part in _windows(told, len(words)))


def _windows(keys: list[str], size: int) -> Iterator[list[str]]:
    return (keys[at : at + size] for at in range(len(keys) - size + 1))
