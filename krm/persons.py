"""Who is meant by an address or a name, and what is stored about them (Art. 15 GDPR). Nothing here is changed.

An address is found by its look-up hash. Names are sealed: every row is gone through, few at a time. One person may have
several addresses, and none: what was taken down from a call or a letter has a name alone. Whoever is merely named in
what somebody else wrote has not written it.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from email.parser import BytesHeaderParser

from sqlalchemy import Connection

from classify.anlage3 import Anlage3
from classify.contact_form import ContactForm
from ingest import parser, reading
from ingest.headers import Headers
from ingest.message import Address, Message
from ingest.office import Office
from krm import forms
from krm.handling import POISON
from krm.marking import name_keys
from krm.person_naming import stands_in, written_by
from notify.deadlines import local_day
from store import mails, persons
from store.case import Form
from store.keys import TOKEN, KeyRing
from store.mails import MailState, StoredMail
from store.persons import Passed, Stray

SEARCHED = frozenset({MailState.AUTOMATIC, MailState.QUARANTINE, MailState.NOTED})
"""Mails in whose text people may stand who did not write them: notices of bounces, notes of staff."""


@dataclass(slots=True)
class Candidate:
    """Somebody who may be meant. `id` is the look-up hash of their address; where there is none of their name with town
    and telephone or, lacking these, the Case.

    `reactions` are theirs, `brought` those they handed in as a colleague, each with its Case; `strays` are mails that
    are no reactions. `named_in`: id of a Case or number of a mail that somebody else wrote and that names them, and its
    day. `sharing` are names of others who write from the same address. `whole`: one of their names has the very words
    that were asked for. `more` are ids of the same person.
    """

    id: str
    names: dict[str, None] = field(default_factory=dict)
    addresses: dict[str, None] = field(default_factory=dict)
    reactions: dict[int, str] = field(default_factory=dict)
    brought: dict[int, str] = field(default_factory=dict)
    strays: dict[int, Stray] = field(default_factory=dict)
    named_in: dict[str, date] = field(default_factory=dict)
    sharing: dict[str, None] = field(default_factory=dict)
    whole: bool = False
    more: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """All ids of the one person."""
        return (self.id, *self.more)

    @property
    def shared(self) -> tuple[str, ...]:
        """The names of all who write from the address, () where they may be one person's."""
        names = (*self.names, *self.sharing)
        words = [name_keys(name) for name in names]
        return names if any(not (a <= b or b <= a) for a in words for b in words) else ()

    @property
    def count(self) -> int:
        return len(self.reactions) + len(self.brought) + len(self.strays)


class Search:
    """One search: for an address (it has an @), an id of a candidate, or a name."""

    def __init__(self, wanted: str, keys: KeyRing, office: Office, taxonomy: Anlage3) -> None:
        wanted = self._wanted = wanted.strip()
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
            if who := self._meant(row.writer, row.sender, row.form_name, row.where or row.case):
                who.reactions[row.mail] = row.case
            if row.brought_by.address and (who := self._meant("", row.brought_by)):
                who.brought[row.mail] = row.case
        for passed in persons.passed(connection):
            if who := self._meant("", _writer(passed.form, passed.text), where=_where(passed.form) or passed.case):
                who.reactions[passed.mail] = passed.case
        self._look_at_strays(connection)
        self._look_for_names(connection)
        found = [c for c in self._found.values() if c.count] or [c for c in self._found.values() if c.named_in]
        return tuple(sorted(found, key=lambda c: (not c.whole, -c.count, c.id)))

    def _meant(self, key: str, who: Address, also: str = "", where: str = "") -> Candidate | None:
        """The candidate that this somebody is, None if nobody asked for them."""
        names = [name for name in dict.fromkeys((who.name, also)) if name.strip()]
        key = key or self._key(who, also, where)
        alike = [name for name in names if self._alike(name)]
        if not key or not (key == self._id or alike):
            return None
        found = self._found.setdefault(key, Candidate(key))
        found.names.update(dict.fromkeys(names))
        found.addresses.update(dict.fromkeys([who.address] if who.address else []))
        found.whole = found.whole or key == self._id or any(name_keys(name) == self._words for name in alike)
        return found

    def _key(self, who: Address, also: str = "", where: str = "") -> str:
        if who.address:
            return self._keys.address(who.address)
        words = name_keys(who.name or also)
        return self._keys.address(f"name {' '.join(sorted(words))} {where}") if words else ""

    def _alike(self, name: str) -> bool:
        """All words of the one in the other: "Muster" is asked for and may mean "Erika Muster", and the reverse."""
        words = name_keys(name) if self._words else frozenset()
        return bool(words) and (words <= self._words or self._words <= words)

    def _look_at_strays(self, connection: Connection) -> None:
        for stray in persons.strays(connection):
            known = bool(stray.writer) and stray.writer in self._found
            if known or self.by_name or not stray.writer or stray.state in SEARCHED:
                self._open(connection, stray)

    def _open(self, connection: Connection, stray: Stray) -> None:
        mail = mails.get(connection, stray.mail)
        sender = _sender(mail.content or b"")
        who = self._found.get(stray.writer) if stray.writer else None
        if who and self.by_name and sender.name and not self._alike(sender.name):
            who.sharing[sender.name] = None
            who = None
        if who and sender.name:
            who.names[sender.name] = None
        who = who or self._meant(stray.writer, sender)
        if not who and stray.state is MailState.NOTED and (form := noted(mail, self._office, self._taxonomy)):
            written = form.content
            who = self._meant("", _writer(written, ""), where=_where(written) or f"mail:{stray.mail}")
        if who:
            who.strays[stray.mail] = stray

    def _look_for_names(self, connection: Connection) -> None:
        """Who shares an address, and where they are merely named: those found, else whoever has the name asked for."""
        for row in persons.named(connection) if self.by_name else ():
            if (who := self._found.get(row.writer)) and row.mail not in who.reactions and row.sender.name:
                who.sharing[row.sender.name] = None
        if not self._found and self.by_name and (key := self._key(Address(self._wanted, ""))):
            self._found[key] = Candidate(key, names={self._wanted: None}, whole=True)
        for passed in persons.passed(connection):
            self._name(passed.case, passed.mail, passed.arrived, _whole(passed))
        for stray in persons.strays(connection):
            if stray.state in SEARCHED:
                told = self._told(mails.get(connection, stray.mail))
                self._name(f"Nr. {stray.mail}", stray.mail, stray.arrived, told)

    def _name(self, shown: str, mail: int, arrived: datetime, text: str) -> None:
        for who in self._found.values():
            theirs = mail in who.reactions or mail in who.strays
            if not theirs and stands_in(text, who.names, who.addresses):
                who.named_in[shown] = local_day(arrived)

    def _told(self, mail: StoredMail) -> str:
        """All words of a mail, and of the form it carries."""
        message = message_of(mail.content)
        form = noted(mail, self._office, self._taxonomy) if mail.state is MailState.NOTED else None
        on_form = f"{_writer(form.content, '')}\n{form.content.words}" if form else ""
        return f"{message.subject}\n{message.text}\n{on_form}" if message else ""


def _writer(form: ContactForm | None, text: str) -> Address:
    """Who wrote what a device brought, or had it taken down."""
    if form and (form.name or form.email):
        return Address(form.name, form.email.casefold())
    return written_by(text)


def _where(form: ContactForm | None) -> str:
    return persons.whereabouts(form) if form else ""


def _whole(passed: Passed) -> str:
    return "\n".join((passed.text, str(_writer(passed.form, "")), passed.form.words if passed.form else ""))


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
        for name in ("names", "addresses", "reactions", "brought", "strays", "named_in", "sharing"):
            getattr(whole, name).update(getattr(one, name))
    for shown in {*whole.reactions.values(), *(f"Nr. {mail}" for mail in whole.strays)}:
        whole.named_in.pop(shown, None)  # theirs, as it turns out
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
