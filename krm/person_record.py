"""From what is stored about a person to what they are told (Art. 15 GDPR): read in one snapshot, nothing is changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection

from classify.anlage3 import Anlage3
from classify.examples import Example
from classify.pseudonyms import Acquainted
from ingest.office import Office
from krm import retaining, teaching
from krm.digesting import RULES
from krm.marking import Marker, name_keys
from krm.person_letters import Letters, told_in
from krm.person_words import Words
from krm.persons import Candidate, noted
from krm.teaching import Taught
from notify import retention
from notify.deadlines import local_day
from notify.person_file import (
    Aside,
    Brought,
    CaseFile,
    Entry,
    Learned,
    PersonFile,
    Received,
    Written,
)
from notify.phrases import CAME, STATES
from notify.recipients import complained_about
from notify.retention import Bound, Fact, Periods
from notify.telling import Teller
from store import cases, journal, lessons, mails, persons, uses
from store.case import Case, Reaction
from store.keys import KeyRing
from store.mails import MailState

STATE_OF_MAIL = {
    MailState.NEW: "noch nicht bearbeitet",
    MailState.DONE: "bearbeitet",
    MailState.AUTOMATIC: "als automatische Nachricht abgelegt",
    MailState.QUARANTINE: "als vermutliche Werbung beiseitegelegt",
    MailState.NOTED: "vermerkt, ohne Vorgang",
    MailState.UNREADABLE: "nicht lesbar",
    MailState.TOO_BIG: "zu groß, nicht abgeholt",
}
WRITTEN, NAMED = "Sie haben sie geschrieben", "Sie werden darin genannt"


@dataclass(frozen=True, slots=True)
class House:
    """Whose records they are, and who asks for the person: `by` says in what capacity."""

    office: Office
    teller: Teller
    keys: KeyRing
    now: datetime
    by: str
    periods: Periods

    @property
    def taxonomy(self) -> Anlage3:
        return self.teller.taxonomy


def told(connection: Connection, house: House, who: Candidate) -> PersonFile:
    """Everything about one person. Mails and letters are opened one by one."""
    record = _Record(connection, house, who)
    files = tuple(map(record.case, record.cases))
    mentions = record.mentions()
    return PersonFile(
        office=house.office.name,
        contact=_contact(house.office),
        drawn=house.now,
        by=house.by,
        names=tuple(who.names),
        addresses=tuple(who.addresses),
        keys=tuple(who.keys),
        cases=files,
        aside=tuple(map(record.aside, who.strays.values())),
        brought=tuple(record.brought()),
        mentions=mentions,
        learned=record.learned,
        models=record.models(),
        journal=record.entries(mentions),
    )


def _contact(office: Office) -> str:
    return ", Telefon ".join(filter(None, (office.officer.name, office.officer.telephone)))


class _Record:
    def __init__(self, connection: Connection, house: House, who: Candidate) -> None:
        self._connection, self._house, self._who = connection, house, who
        self._office = house.office
        known = cases.load(connection, {*who.reactions.values()})
        joined = (i for case in known.values() for i in persons.joined_to(connection, case))
        known |= {i: case for i, case in cases.load(connection, joined).items() if self._began_in(case)}
        self.cases = sorted(known.values(), key=lambda case: (case.arrived, case.id))
        self._marker = self._made_marker()
        self._words = Words(house.office, house.taxonomy, self._marker.marked)
        self._letters = Letters(connection, house.keys, who, self._marker, self._words)

    def _began_in(self, case: Case) -> bool:
        """Whether this intake, joined to another Case since, was opened by a mail of theirs."""
        own = {f"mail:{mail}" for mail in self._who.reactions}
        return any(not own.isdisjoint(e.refs) for e in journal.read(self._connection, case.id))

    def _made_marker(self) -> Marker:
        """Whom the house and the Cases know besides the person."""
        who, taxonomy = self._who, self._house.taxonomy
        own = frozenset(key for name in (*who.names, self._office.name) for key in name_keys(name))
        others = [r for case in self.cases for r in case.reactions if r.mail not in who.reactions]
        brought = [r.brought_by for case in self.cases for r in case.reactions if r.brought_by]
        named = [w for case in self.cases for w in complained_about(case, self._office, taxonomy).words]
        names = (*teaching.house(self._office).names, *named, *(r.sender.name for r in others))
        addresses = {self._office.address.casefold(), *who.addresses}
        return Marker(own, frozenset(addresses), Acquainted((*names, *(b.name for b in brought))))

    def case(self, case: Case) -> CaseFile:
        theirs = [r for r in case.reactions if r.mail in self._who.reactions]
        said = journal.read(self._connection, case.id)
        fact = retaining.facts(self._connection, [case])[case.id]
        last, bound = retention.until(fact, self._house.periods), self._bound(fact)
        stored = persons.checksums(self._connection, [r.mail for r in theirs])
        return CaseFile(
            id=case.id,
            number=str(case.number) if case.number else "",
            state=STATES[case.state],
            arrived=case.arrived,
            concerns=tuple(self._house.taxonomy.name(c.category) for c in case.concerns),
            facts=self._words.facts(case),
            kept_until=last,
            kept_why=bound.reason if bound else "",
            received=tuple(self._received(r, *stored.get(r.mail, ("", 0))) for r in theirs),
            others=len(case.reactions) - len(theirs),
            events=self._words.events(case, persons.holds_of(self._connection, case.id)),
            letters=self._letters.of_case(case, said),
            journal=tuple(map(self._words.entry, said)),
        )

    def _bound(self, fact: Fact) -> Bound | None:
        return retention.bound(fact, self._house.periods, local_day(self._house.now))

    def _received(self, r: Reaction, checksum: str, size: int) -> Received:
        days, marked = self._house.teller.days(r), self._marker.marked
        return Received(
            mail=r.mail,
            arrived=r.arrived,
            came_as=CAME[r.kind],
            sender=str(r.sender) if r.sender.address else r.sender.name,
            handed_in=r.brought_by is not None,
            subject=marked(r.subject),
            text=marked(r.text if r.new_text in r.text else f"{r.new_text}\n\n{r.text}"),
            attachments=r.attachments,
            form=self._words.form(r.form),
            suggested=self._words.suggested(r.suggestion) if r.suggestion else None,
            decided=self._words.decided(r),
            acknowledged=r.acknowledged,
            days=self._words.days(days),
            hints=tuple(map(marked, r.hints)),
            checksum=checksum,
            size=size,
        )

    def aside(self, stray: persons.Stray) -> Aside:
        found = mails.get(self._connection, stray.mail)
        message = told_in(found.content)
        sender, form = message.sender, None
        if stray.state is MailState.NOTED:
            form = noted(found, self._office, self._house.taxonomy)
        writer = self._house.keys.address(sender.address) if sender.address else ""
        marked = self._marker.letter  # it may answer one of ours
        return Aside(
            mail=stray.mail,
            arrived=stray.arrived,
            decided=stray.decided,
            why=WRITTEN if writer in self._who.keys else NAMED,
            state=STATE_OF_MAIL[stray.state],
            rule=RULES.get(stray.rule, stray.rule),
            sender=marked(str(sender)),
            subject=marked(message.subject),
            text=marked("\n\n".join(filter(None, (message.text, form.content.words if form else "")))),
            form=self._words.form(form),
            attachments=tuple(a.name for a in message.attachments),
        )

    def brought(self) -> Iterator[Brought]:
        known = cases.load(self._connection, self._who.brought.values())
        for mail, case in self._who.brought.items():
            reaction = known[case].reaction(mail)
            yield Brought(known[case].shown_id, mail, reaction.arrived)

    def mentions(self) -> tuple[Written, ...]:
        return tuple(self._letters.mentions(self.cases))

    @cached_property
    def learned(self) -> tuple[Learned, ...]:
        found = lessons.read(self._connection, self._who.reactions)
        house, form = teaching.house(self._office), self._house.taxonomy
        return tuple(_learned(t, teaching.unnamed(t, house), form) for t in teaching.taught(found, form))

    def models(self) -> tuple[tuple[str, datetime], ...]:
        """Those that came into use since: they may have learned from it."""
        since = min((lesson.confirmed for lesson in self.learned), default=None)
        return tuple((use.model, use.at) for use in uses.history(self._connection) if since and use.at > since)

    def entries(self, mentions: Iterable[Written]) -> tuple[Entry, ...]:
        """What the office's own journal says of them: mails without a Case, letters, who looked at all this."""
        own = {*self._who.reactions, *self._who.strays}
        refs = {*(f"mail:{m}" for m in own), *(f"person:{key}" for key in self._who.keys)}
        refs |= {f"letter:{letter.letter}" for letter in mentions}
        return tuple(map(self._words.entry, persons.entries(self._connection, refs)))


def _learned(t: Taught, example: Example, form: Anlage3) -> Learned:
    return Learned(
        mail=t.lesson.mail,
        confirmed=t.lesson.confirmed_at,
        type=form.name(example.type),
        categories=tuple(map(form.name, example.categories)),
        subject=example.subject,
        text=example.body,
    )
