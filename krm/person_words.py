"""What a record of a person says in German: ids become names, people of the house what they are, never who. Pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from classify.anlage3 import Anlage3
from classify.coding import Suggestion, Urgency
from classify.contact_form import ARRIVED, LINES, SETTLED, SEXES, UNIT
from ingest.office import Office
from krm.measuring import role_name
from notify.deadlines import Deadlines, calculation
from notify.person_file import Days, Decided, Entry, Event, Marked, Scored, Spoke, Suggested
from notify.phrases import ANSWER_WAYS, NOTICES, OUTSIDE, PROMISED, ROLES, SAID, STAGES
from store.case import CITIZEN, COLLEAGUE, Case, Form, Reaction, Said
from store.journal import Entry as Noted
from store.persons import Hold

MACHINE = "das Programm"
YES = {True: "ja", False: "nein"}
TITLES = {kind.value: title for kind, title, _ in NOTICES}
ABOUT = {"rechtsbehelf": "Rechtsbehelf", "not": "Notlage", "gefahr": "Gefahr", **TITLES}
URGENT = {Urgency.NONE: "", Urgency.NEED: "Notlage", Urgency.DANGER: "Gefahr"}
OF_NAMED = {Said.NOT_MEANT: "die genannte Person ist nicht gemeint"}
RECIPIENTS = {
    CITIZEN: "die Person, die geschrieben hat",
    COLLEAGUE: "die Kollegin oder der Kollege, von denen die Nachricht kam",
}


@dataclass(frozen=True, slots=True)
class Words:
    """For one office; `marked` marks what names somebody else."""

    office: Office
    taxonomy: Anlage3
    marked: Callable[[str], Marked]

    def who(self, person: str) -> str:
        return role_name(person, self.office) if person else MACHINE

    def recipient(self, key: str) -> str:
        return RECIPIENTS.get(key) or role_name(key, self.office)

    def unit(self, key: str) -> str:
        found = self.office.unit(key)
        return found.name if found else key

    def names(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(self.taxonomy.name, ids))

    def outside(self, outside: str) -> str:
        """`anfrage 514`: a reason id, and where it went."""
        reason, _, where = outside.partition(" ")
        return f"{OUTSIDE.get(reason, reason)}{f', weiter an {self.unit(where)}' if where else ''}"

    def facts(self, case: Case) -> tuple[tuple[str, str], ...]:
        rows = (
            ("Rechtsbehelf", "" if case.remedy is None else YES[case.remedy]),
            ("Vollmacht", YES[True] if case.authority else ""),
            ("Antrag weitergegeben an", self.unit(case.application)),
            ("Antwortweg", ANSWER_WAYS.get(case.answer_way, case.answer_way)),
            ("Keine Kundenreaktion", self.outside(case.outside) if case.outside else ""),
            ("Gehört jetzt zu", case.joined_to),
        )
        return tuple((name, value) for name, value in rows if value)

    def events(self, case: Case, holds: Iterable[Hold]) -> tuple[Event, ...]:
        """Everything that was said and done, in its order."""
        return tuple(sorted((*self._events(case), *self._holds(holds)), key=lambda event: event.at))

    def _holds(self, holds: Iterable[Hold]) -> Iterator[Event]:
        for hold in holds:
            yield Event(hold.since, self.who(hold.by), "Löschsperre gesetzt", text=self.marked(hold.reason))
            if hold.released:
                yield Event(hold.released, self.who(hold.released_by), "Löschsperre aufgehoben")

    def _events(self, case: Case) -> Iterator[Event]:
        for mark in case.marks:
            what = SAID.get(mark.said) or OF_NAMED[mark.said]
            yield Event(mark.at, self.who(mark.by), what, mark.day, self.marked(mark.text))
        for note in case.notes:
            yield Event(note.at, self.who(note.by), "Notiz", text=self.marked(note.text))
        for a in case.assignments:
            to = f"{self.unit(a.unit)} ({self.who(a.person)})" if a.person else self.unit(a.unit)
            yield Event(a.since, MACHINE, f"{'Ein Teil geht' if a.part else 'Geht'} an: {to}")
        for clock in case.clocks:
            yield Event(clock.set_at, "", f"Zugesagt: {PROMISED.get(clock.kind, clock.kind)}", clock.day)
        for stage in case.stages:
            yield Event(stage.since, self.who(stage.by), STAGES[stage.level], text=self.marked(stage.reason))
            if stage.ended:
                yield Event(stage.ended, "", f"Ende von Stufe {stage.level}", text=self.marked(stage.outcome))

    def suggested(self, s: Suggestion) -> Suggested:
        name = self.taxonomy.name
        return Suggested(
            types=tuple(Scored(t.id, name(t.id), t.p) for t in s.types),
            categories=tuple(Scored(c.id, name(c.id), c.p) for c in s.categories),
            proposed=self.names(s.proposed),
            customer_group=Scored(s.customer_group, name(s.customer_group), s.customer_group_p),
            remedy=s.remedy,
            remedy_p=s.remedy_p,
            urgency=URGENT[s.urgency],
            unit=self.unit(s.unit),
            sure=s.sure,
            model=s.model,
            notices=tuple(TITLES.get(n, n) for n in s.notices),
            evidence=tuple(Spoke(ABOUT.get(e.about) or name(e.about), e.words) for e in s.evidence if e.words),
        )

    def decided(self, r: Reaction) -> Decided | None:
        if r.coding is None and not r.outside and r.confirmed_at is None:
            return None
        by, outside = self.who(r.confirmed_by), self.outside(r.outside) if r.outside else ""
        c = r.coding
        if c is None:
            return Decided(by, r.confirmed_at, outside=outside)
        return Decided(
            by=by,
            at=r.confirmed_at,
            type=self.taxonomy.name(c.type),
            categories=self.names(c.categories),
            customer_group=self.taxonomy.name(c.customer_group),
            form=self.taxonomy.name(c.form),
            unit=", ".join(map(self.unit, filter(None, (c.unit, *c.parts)))),
            remedy=c.remedy,
            urgency=URGENT[c.urgency],
            outside=outside,
        )

    def form(self, form: Form | None) -> tuple[tuple[str, str], ...]:
        """A contact form, label and content, without its account in words; () where there is none."""
        if form is None:
            return ()
        f, name = form.content, self.taxonomy.name
        rows = (
            ("Geschlecht", SEXES.get(f.sex, "")),
            *((label, getattr(f, key)) for key, label in LINES.items()),
            (ARRIVED, f"{f.arrived:%d.%m.%Y}" if f.arrived else ""),
            ("Art der Reaktion", name(f.type)),
            ("Form der Reaktion", name(f.form)),
            ("Kundengruppe", name(f.customer_group)),
            (UNIT, f.unit),
            ("Kategorien", "; ".join(map(name, f.categories))),
            (SETTLED, YES[True] if f.settled else ""),
            ("Ausgefüllt von", "einer Kollegin oder einem Kollegen" if form.written else MACHINE),
        )
        return tuple((label, value) for label, value in rows if value)

    def entry(self, noted: Noted) -> Entry:
        by = self.who(noted.person) if noted.person else ROLES[noted.role]
        return Entry(noted.at, by, noted.action, noted.refs)

    @staticmethod
    def days(days: Deadlines) -> Days:
        return Days(days.acknowledge_by, days.target, days.latest, calculation(days))
