"""A Case as a file on paper, "Vorgang" (GA Anlage 3, last line): what came, what went, by when, who did what. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ingest.office import Role
from notify.composing import Enclosure
from notify.course import Course
from notify.deadlines import BERLIN, calculation, local_day
from notify.dossier import Chapter, Dossier, Facts, Note, Part, Points, Table, Words
from notify.letters import long_day, moment, short_day
from notify.phrases import (
    A_COLLEAGUE,
    ANSWER_WAYS,
    CAME,
    JOURNAL,
    LETTER_NAMES,
    OUTSIDE,
    PROMISED,
    ROLES,
    SAID,
    STATES,
    WENT,
)
from notify.summary import TALK, form
from notify.telling import Teller
from notify.telling_later import letter_for
from store.case import ANSWER, CITIZEN, COLLEAGUE, Case, Dispatch, Kind, Mark, Reaction, Said

QUOTED = "Darunter stand früherer Schriftwechsel. Er steht im Original."
CAME_BACK = "kam zurück"
PART = "ein Teil des Anliegens"


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry of the journal; `person` is a person id or ""."""

    at: datetime
    role: Role
    action: str
    person: str = ""
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Original:
    """A mail as it came, or an answer letter's file out of one; it came `at`."""

    mail: int
    file: Enclosure
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept beside a Case: its journal, the text of letters to the citizen by the id of their dispatch, and the
    originals of its mails, which lie as files beside the paper."""

    journal: tuple[Logged, ...] = ()
    letters: Mapping[int, str] = field(default_factory=dict)
    originals: tuple[Original, ...] = ()

    def original(self, mail: int) -> str:
        """The name of the file; "" if there is none."""
        return next((o.file.name for o in self.originals if o.mail == mail), "")


def of_case(case: Case, kept: Kept, teller: Teller, day: date) -> Dossier:
    """The whole Case as it stands on this day; chapters that would be empty are left out."""
    file, reference = _File(case, kept, teller), teller.office.file_reference
    lines = (f"Aktenzeichen {reference}" if reference else "", f"Stand: {long_day(day)}")
    chapters = tuple(c for row in CHAPTERS for c in row(file))
    return Dossier(f"Vorgang {case.shown_id}", teller.office.name, lines, chapters)


@dataclass(frozen=True, slots=True)
class _File:
    case: Case
    kept: Kept
    teller: Teller

    def who(self, key: str) -> str:
        """Somebody of the house as people know them; whoever left is an id."""
        person = self.teller.office.person(key)
        return person.name if person else {COLLEAGUE: A_COLLEAGUE, CITIZEN: ROLES[Role.CITIZEN]}.get(key, key)

    def numbered(self) -> Iterator[tuple[int, Reaction]]:
        """The mails, from 1."""
        return enumerate(self.case.reactions, 1)


def stamp(value: datetime) -> str:
    """A moment in a table: `23.11.2026 09:00`, in Berlin."""
    return f"{value.astimezone(BERLIN):%d.%m.%Y %H:%M}"


def _overview(f: _File) -> Iterator[Chapter]:
    case, name = f.case, f.teller.taxonomy.name
    closed, (reason, _, where) = case.last(Said.CLOSED), case.outside.partition(" ")
    rows = (
        ("Stand", ": ".join(p for p in (STATES[case.state], OUTSIDE.get(reason, reason), where) if p)),
        ("Gehört zu", case.joined_to),
        ("Eingang", moment(case.arrived)),
        *(form(case, f.teller.office, f.teller.taxonomy) if case.reactions else ()),
        ("Hauptanliegen", name(case.concerns[0].category) if len(case.concerns) > 1 else ""),
        ("Zuständig zuletzt", f.who(case.handler) if case.handler else ""),
        ("Stufe zuletzt", str(case.stage) if case.stages else ""),
        ("Antwortweg", ANSWER_WAYS.get(case.answer_way, "")),
        ("Vollmacht", "liegt vor" if case.authority else ""),
        ("Rechtsbehelf", "" if case.remedy is None else "ja, weitergegeben" if case.remedy else "nein"),
        ("Antrag", f"weitergegeben an {case.application}" if case.application else ""),
        ("Abgeschlossen", f"{moment(closed.at)}, {f.who(closed.by)}" if closed else ""),
    )
    yield Chapter("Überblick", (Facts(rows),))
    if closed and closed.text.strip():
        yield Chapter("Ergebnis", (Words(closed.text.strip()),))


def _mails(f: _File) -> Iterator[Chapter]:
    if f.case.reactions:
        yield Chapter("Nachrichten")
    for n, r in f.numbered():
        yield Chapter(f"{n}. {CAME[r.kind]}, {moment(r.arrived)}", tuple(_mail(f, r)), within=True)


def _mail(f: _File, r: Reaction) -> Iterator[Part]:
    name, coding = f.teller.taxonomy.name, r.coding
    yield Facts(
        (
            ("Von", str(r.sender)),
            ("Eingang bei", str(r.brought_by) if r.brought_by else ""),
            ("Betreff", r.subject),
            ("Anlagen", "; ".join(r.attachments)),
            ("Original", f.kept.original(r.mail)),
            ("Erfasst als", "; ".join(map(name, (coding.type, *coding.categories))) if coding else ""),
            ("Bestätigt", f"{moment(r.confirmed_at)}, {f.who(r.confirmed_by)}" if r.confirmed_at else ""),
        )
    )
    if r.kind is Kind.DUPLICATE:
        return
    words = r.new_text.strip() or r.text.strip()
    if words:
        yield Words(words)
    if len(r.text.split()) > len(words.split()):
        yield Note(QUOTED)


def _days(f: _File) -> Iterator[Chapter]:
    owed = [(n, r) for n, r in f.numbered() if r.kind is not Kind.DUPLICATE and not r.outside]
    if owed:
        yield Chapter("Fristen")
    for n, r in owed:
        went = moment(r.acknowledged) if r.acknowledged else "nicht hinausgegangen"
        parts = (Points(calculation(f.teller.days(r))), Facts((("Eingangsbestätigung", went),)))
        yield Chapter(f"Zur Nachricht {n}", parts, within=True)
    promised = tuple((PROMISED[c.kind], short_day(c.day), stamp(c.set_at)) for c in f.case.clocks)
    if promised:
        table = Table(("Zugesagt", "bis", "gesetzt am"), promised, (4, 2, 3))
        yield Chapter("Zugesagte Tage", (table,), within=True)
    gone = Course(f.case, f.teller.taxonomy, f.teller.workdays).gone
    if gone:
        yield Chapter(
            "Antworten", (Points(tuple(f"hinaus am {short_day(local_day(at))}" for at in gone)),), within=True
        )


def _letters(f: _File) -> Iterator[Chapter]:
    """What went to the citizen: by which way, when, in which words."""
    mailed = [d for d in f.case.dispatches if d.recipient == CITIZEN and d.at]
    rows = [(d.at, LETTER_NAMES.get(d.duty, d.duty), "E-Mail", _went(d)) for d in mailed if d.at]
    for m in f.case.marked(Said.POSTED):
        way = "Portal" if m.about == ANSWER and f.case.answer_way == "portal" else "Post"
        day = f"versandt am {short_day(m.day)}" if m.day else "versandt"
        rows.append((m.at, LETTER_NAMES.get(m.about, m.about), way, f"{day}, vermerkt von {f.who(m.by)}"))
    released = _answers(f, mailed)
    if not rows and not released:
        return
    told = tuple((stamp(at), *rest) for at, *rest in sorted(rows))
    table = (Table(("Zeit", "Schreiben", "Weg", "Stand"), told, (4, 4, 2, 4)),) if told else ()
    yield Chapter("Schreiben an die Bürgerin oder den Bürger", table)
    for d in mailed:
        if d.at and f.kept.letters.get(d.id):
            title = f"{LETTER_NAMES.get(d.duty, d.duty)}, {moment(d.at)}"
            yield Chapter(title, (Words(f.kept.letters[d.id].strip()),), within=True)
    yield from released


def _went(d: Dispatch) -> str:
    return CAME_BACK if d.returned else WENT[d.state]


def _answers(f: _File, mailed: Iterable[Dispatch]) -> list[Chapter]:
    """Answer letters that were released and whose words stand in no mail of ours."""
    keys = {f"{ANSWER} {m.mail}" for m in f.case.marked(Said.RELEASED) if m.about == ANSWER}
    keys -= {d.occurrence for d in mailed if d.duty == ANSWER and f.kept.letters.get(d.id)}
    letters = dict.fromkeys(m for key in sorted(keys) if (m := letter_for(f.case, key)))
    return [Chapter(f"Antwortschreiben, eingereicht {moment(m.at)}", tuple(_answer(f, m)), True) for m in letters]


def _answer(f: _File, m: Mark) -> Iterator[Part]:
    yield Facts((("Von", f.who(m.by)), ("Datei", m.about), ("Original", f.kept.original(m.mail))))
    if m.text.strip():
        yield Words(m.text.strip())


def _handling(f: _File) -> Iterator[Chapter]:
    case, unit = f.case, f.teller.office.unit
    held = tuple(
        (stamp(a.since), u.name if (u := unit(a.unit)) else a.unit, f.who(a.person), PART if a.part else "")
        for a in case.assignments
    )
    if held:
        yield Chapter("Wer es bearbeitete", (Table(("Seit", "Team", "Person", ""), held, (4, 4, 4, 2)),))
    stages = tuple((str(s.level), stamp(s.since), f.who(s.by), s.reason, s.outcome) for s in case.stages)
    if stages:
        head = ("Stufe", "Seit", "Entschieden von", "Grund", "Ergebnis")
        yield Chapter("Stufen", (Table(head, stages, (2, 4, 4, 5, 5)),))


def _happened(f: _File) -> Iterator[Chapter]:
    said = tuple((stamp(m.at), f.who(m.by), _told(f, m)) for m in f.case.marks if m.said in SAID)
    if said:
        yield Chapter("Was im Haus geschah", (Table(("Zeit", "Wer", "Was"), said, (4, 4, 9)),))
    measures = tuple((m.text, short_day(m.day) if m.day else "", f.who(m.about)) for m in f.case.marked(Said.MEASURE))
    if measures:
        yield Chapter("Maßnahmen", (Table(("Maßnahme", "bis", "zuständig"), measures, (9, 3, 4)),))
    notes = tuple((stamp(n.at), f.who(n.by), n.text) for n in f.case.notes)
    if notes:
        yield Chapter("Notizen", (Table(("Zeit", "Von", "Notiz"), notes, (4, 4, 9)),))


def _told(f: _File, m: Mark) -> str:
    """What a mark says, with the letter, team or day it is about and the words behind it."""
    unit = f.teller.office.unit(m.about)
    about = LETTER_NAMES.get(m.about) or (unit.name if unit else "")
    parts = (SAID[m.said], about, f"Tag: {short_day(m.day)}" if m.day else "")
    words = "" if m.said is Said.ANSWER else m.text.strip()  # printed among the letters
    return ": ".join(p for p in (", ".join(p for p in parts if p), words) if p)


def _dispatches(f: _File) -> Iterator[Chapter]:
    house = [d for d in f.case.dispatches if d.recipient != CITIZEN and d.duty not in TALK]
    went = [(d.at, LETTER_NAMES.get(d.duty, d.duty), f.who(d.recipient), _went(d)) for d in house if d.at]
    rows = tuple((stamp(at), *rest) for at, *rest in sorted(went))
    if rows:
        yield Chapter("Schreiben im Haus", (Table(("Zeit", "Schreiben", "an", "Stand"), rows, (4, 5, 5, 3)),))


def _journal(f: _File) -> Iterator[Chapter]:
    rows = tuple((stamp(e.at), _actor(f, e), JOURNAL.get(e.action, e.action), " ".join(e.refs)) for e in f.kept.journal)
    if rows:
        yield Chapter("Protokoll", (Table(("Zeit", "Wer", "Was", "Bezug"), rows, (4, 4, 5, 5)),))


def _actor(f: _File, e: Logged) -> str:
    return ", ".join(dict.fromkeys(p for p in (ROLES[e.role], f.who(e.person) if e.person else "") if p))


CHAPTERS = (_overview, _mails, _days, _letters, _handling, _happened, _dispatches, _journal)
"""In the order in which they stand."""
