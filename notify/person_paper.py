"""What is stored about a person as paper (Art. 15 GDPR): chapters in plain German from the same record as the JSON."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from notify import dossier, papers
from notify.dossier import Chapter, Dossier, Facts, Note, Part, Points, Table, Words
from notify.letters import long_day, moment, percent, short_day
from notify.person_file import Aside, CaseFile, Decided, Entry, Marked, PersonFile, Received, Scored, Suggested, Written
from notify.phrases import JOURNAL

PAPER = "person"
TITLE = "Auskunft über gespeicherte Daten"
CHECK = "[[prüfen: {}]]"
"""How a passage stands there that may be about somebody else; the template sets it on yellow."""
MOST_SHOWN = 5  # of the categories; the machine-readable file has all that are kept
YES = {True: "ja", False: "nein"}
NOTHING = "–"
SURE = "Das Programm war sich sicher."
UNSURE = "Das Programm war sich nicht sicher und hat das auch gesagt."
RULES_ALONE = "das Kontaktformular oder feste Regeln, kein gelerntes Modell"
PURPOSES = (
    "Wozu: Das Haus bearbeitet damit Lob, Beschwerden und Ideen (Kundenreaktionsmanagement, kurz KRM).",
    "Woher: Die Daten stehen in Ihren Nachrichten, oder eine Kollegin oder ein Kollege hat sie aufgeschrieben.",
    "Wer sie bekommt: die Stellen des Hauses, die bei den Schreiben stehen. Das Protokoll zeigt, wer nachgesehen hat.",
    "Wie lange: Vorgänge zehn Jahre ab Abschluss. Was kein Vorgang ist, wird nach einigen Wochen gelöscht.",
    "Das Programm macht Vorschläge. Was erfasst wird und was Sie als Antwort bekommen, entscheidet ein Mensch.",
    "Ihre Rechte: Falsches wird auf Ihr Verlangen berichtigt. Was nicht aufbewahrt werden muss, wird gelöscht.",
    "Sie können der Verarbeitung widersprechen und sich bei der Datenschutzaufsicht beschweren.",
)
ORIGINALS = "Die Nachrichten liegen mit ihren Anhängen auch im Original in der Datenbank und im Postfach des Programms."
NO_DATA_OF_OTHERS = "In diesem Vorgang gibt es weitere Nachrichten von anderen Menschen ({}). Sie stehen hier nicht."
KEYS = (
    "Unter diesen Zeichen steht im Protokoll, dass nach Ihnen gesucht wurde. Sie sind aus Ihrer Adresse oder Ihrem "
    "Namen errechnet. Ohne den Schlüssel des Hauses lässt sich beides daraus nicht herausfinden. Das Zeichen zur "
    "Adresse und eines zum Text stehen auch bei jeder Nachricht, damit das Programm Zusammengehöriges erkennt."
)
LEARNED = (
    "Aus bestätigten Nachrichten kann das Programm lernen. Namen, Adressen und Nummern werden vorher ersetzt. "
    "Gelernt wird aus diesen Texten; sie werden dafür nicht eigens gespeichert."
)
ELSEWHERE = "Hier stehen nur die Zeilen, in denen Sie oder Ihr Vorgang genannt sind."
NOTED = {
    **JOURNAL,
    "noted": "ohne Vorgang vermerkt",
    "deletion": "Löschung angeordnet",
    "held": "Löschsperre gesetzt",
    "hold-released": "Löschsperre aufgehoben",
    "person-exported": "Auskunft zusammengestellt",
    "person-searched": "nach der Person gesucht",
}
NO_CASE = (
    "Diese Nachrichten sind kein Vorgang geworden. Was das Programm beiseitelegt, steht am nächsten Morgen in der "
    "Tagesübersicht. Ein Mensch kann es zurückholen."
)
BROUGHT = "Diese Nachrichten anderer Menschen haben Sie weitergegeben. Ihr Name steht dabei."


def pdf(person: PersonFile) -> bytes:
    """The paper, tagged, with its contents on the first page. Raises papers.BrokenPaper."""
    marks = person.marks
    told: Mapping[str, Any] = dossier.told(_dossier(person))
    return papers.pdf(PAPER, {**told, "marks": marks, "check": CHECK.format("Name")})


def _dossier(person: PersonFile) -> Dossier:
    lines = (
        f"Für: {', '.join(person.names) or 'ohne Namen'}",
        f"E-Mail: {', '.join(person.addresses)}" if person.addresses else "",
        f"Stand: {long_day(person.drawn)}. Zusammengestellt von: {person.by}.",
        f"Fragen dazu: {person.contact}",
    )
    chapters = (
        _short(person),
        *(c for case in person.cases for c in _case(case)),
        *_aside(person.aside),
        *_further(person),
        _lookups(person),
        *(c for case in person.cases for c in _within_the_house(case)),
    )
    return Dossier(TITLE, person.office, lines, chapters)


def checked(text: Marked) -> str:
    """The text with its passages to check between marks."""
    out, at = [], 0
    for start, end in text.check:
        out += [text.text[at:start], CHECK.format(text.text[start:end])]
        at = end
    return "".join(out) + text.text[at:]


def _short(person: PersonFile) -> Chapter:
    counts = (
        ("Vorgänge", len(person.cases)),
        ("Ihre Nachrichten darin", sum(len(c.received) for c in person.cases)),
        ("Schreiben an Sie", sum(x.yours for c in person.cases for x in c.letters)),
        ("Schreiben im Haus", sum(not x.yours for c in person.cases for x in c.letters)),
        ("Nachrichten ohne Vorgang", len(person.aside)),
        ("Von Ihnen weitergegeben", len(person.brought)),
    )
    rows = tuple((name, str(count)) for name, count in counts if count)
    return Chapter("Das Wichtigste", (Facts(rows), Points(PURPOSES)))


def _case(case: CaseFile) -> Iterator[Chapter]:
    name = f"Vorgang {case.number or case.id}"
    facts = (
        ("Zeichen", case.id),
        ("Stand", case.state),
        ("Eingang", moment(case.arrived)),
        ("Anliegen", "; ".join(case.concerns)),
        *case.facts,
        ("Aufbewahrt bis", long_day(case.kept_until) if case.kept_until else "noch offen"),
        ("Löschen", case.kept_why),
    )
    others = (Note(NO_DATA_OF_OTHERS.format(case.others)),) if case.others else ()
    yield Chapter(name, (Facts(facts), *others))
    for received in case.received:
        yield from _received(received)
    yield from _letters(f"{name}: Schreiben an Sie", [x for x in case.letters if x.yours])
    if case.events:
        rows = tuple(
            (moment(e.at), e.by, f"{e.what}{f' ({short_day(e.day)})' if e.day else ''}", checked(e.text))
            for e in case.events
        )
        yield Chapter(f"{name}: was geschehen ist", (Table(("Wann", "Wer", "Was", "Worte dazu"), rows, (4, 3, 4, 5)),))
    yield _log(f"{name}: Protokoll", case.journal)


def _within_the_house(case: CaseFile) -> Iterator[Chapter]:
    letters = [x for x in case.letters if not x.yours]
    yield from _letters(f"Anhang: Schreiben im Haus zu {case.number or case.id}", letters)


def _received(r: Received) -> Iterator[Chapter]:
    facts = (
        ("Eingang", moment(r.arrived)),
        ("Aufgenommen als", r.came_as),
        ("Von", f"{r.sender}{', von einer Stelle im Haus weitergegeben' if r.handed_in else ''}"),
        ("Betreff", checked(r.subject)),
        ("Anhänge", ", ".join(r.attachments)),
        ("Eingangsbestätigung", moment(r.acknowledged) if r.acknowledged else ""),
        ("Original", f"{r.size} Bytes, Prüfsumme {r.checksum}" if r.checksum else ""),
    )
    yield Chapter(f"Ihre Nachricht vom {long_day(r.arrived)}", (Facts(facts), Words(checked(r.text))), within=True)
    if r.form:
        yield Chapter("Das Kontaktformular dazu", (Facts(r.form),), within=True)
    if r.suggested:
        yield Chapter("Was das Programm vorgeschlagen hat", tuple(_suggested(r.suggested)), within=True)
    yield Chapter("Was entschieden wurde", (_decided(r.decided),), within=True)
    yield Chapter("Fristen", (Points(r.days.calculation),), within=True)
    if r.hints:
        yield Chapter("Hinweise des Programms", (Points(tuple(map(checked, r.hints))),), within=True)


def _suggested(s: Suggested) -> Iterator[Part]:
    said = {spoke.about: spoke.words for spoke in s.evidence}
    rows = (
        *(("Art", *_scored(t, said)) for t in s.types[:MOST_SHOWN]),
        *(("Kategorie", *_scored(c, said)) for c in s.categories[:MOST_SHOWN]),
        ("Kundengruppe", *_scored(s.customer_group, said)),
        ("Rechtsbehelf", YES[s.remedy], percent(s.remedy_p), _words(said.get("Rechtsbehelf", ()))),
        ("Dringend", s.urgency or YES[False], NOTHING, _words(said.get(s.urgency, ()))),
        ("Stelle", s.unit or NOTHING, NOTHING, NOTHING),
        *(("Hinweis", n, NOTHING, _words(said.get(n, ()))) for n in s.notices),
    )
    head = ("Frage", "Antwort", "Wie wahrscheinlich", "Worte, die dafür sprachen")
    yield Note(f"{SURE if s.sure else UNSURE} Vorgeschlagen hat: {f'Modell {s.model}' if s.model else RULES_ALONE}.")
    yield Note(f"Als Kategorien vorgeschlagen: {'; '.join(s.proposed) or 'keine'}.")
    yield Table(head, rows, (2, 4, 2, 5))


def _scored(one: Scored, said: Mapping[str, tuple[str, ...]]) -> tuple[str, str, str]:
    return one.name or NOTHING, percent(one.p) if one.p else NOTHING, _words(said.get(one.name, ()))


def _words(words: Iterable[str]) -> str:
    return ", ".join(f"„{word}“" for word in words) or NOTHING


def _decided(d: Decided | None) -> Part:
    if d is None:
        return Note("Noch hat niemand entschieden.")
    rows = (
        ("Entschieden hat", f"{d.by}{f', {moment(d.at)}' if d.at else ''}"),
        ("Art", d.type),
        ("Kategorien", "; ".join(d.categories)),
        ("Kundengruppe", d.customer_group),
        ("Form", d.form),
        ("Stelle", d.unit),
        ("Rechtsbehelf", YES[d.remedy] if d.type else ""),
        ("Dringend", d.urgency),
        ("Keine Kundenreaktion", d.outside),
    )
    return Facts(rows)


def _letters(title: str, letters: Iterable[Written]) -> Iterator[Chapter]:
    found = list(letters)
    if not found:
        return
    rows = tuple((_when(x), x.what, x.to, x.state) for x in found)
    yield Chapter(title, (Table(("Wann", "Was", "An", "Stand"), rows, (5, 5, 6, 3)),))
    for x in (x for x in found if x.text.text):
        facts = Facts((("Betreff", checked(x.subject)), ("Anhänge", ", ".join(x.attachments))))
        yield Chapter(f"{x.what}, {_when(x)}", (facts, Words(checked(x.text))), within=True)


def _when(letter: Written) -> str:
    return moment(letter.at) if letter.at else "noch nicht gesendet"


def _aside(found: Iterable[Aside]) -> Iterator[Chapter]:
    for number, mail in enumerate(found):
        if number == 0:
            yield Chapter("Nachrichten ohne Vorgang", (Note(NO_CASE),))
        facts = (
            ("Eingang", moment(mail.arrived)),
            ("Warum sie hier steht", mail.why),
            ("Was daraus wurde", mail.state),
            ("Grund", mail.rule),
            ("Von", checked(mail.sender)),
            ("Betreff", checked(mail.subject)),
            ("Anhänge", ", ".join(mail.attachments)),
            *mail.form,
        )
        words = (Words(checked(mail.text)),) if mail.text.text.strip() else ()
        yield Chapter(f"Nachricht vom {long_day(mail.arrived)}", (Facts(facts), *words), within=True)


def _further(person: PersonFile) -> Iterator[Chapter]:
    if person.brought:
        rows = tuple((moment(b.arrived), b.case) for b in person.brought)
        yield Chapter("Von Ihnen weitergegeben", (Note(BROUGHT), Table(("Wann", "Vorgang"), rows, (1, 1))))
    if person.mentions:
        lines = tuple((_when(m), m.what, m.to, checked(m.text)) for m in person.mentions)
        table = Table(("Wann", "Was", "An", "Zeilen"), lines, (4, 3, 4, 8))
        yield Chapter("Übersichten im Haus, in denen Sie stehen", (Note(ELSEWHERE), table))
    if person.learned:
        yield Chapter("Was das Programm lernen kann", (Note(LEARNED), *_models(person)))
        for one in person.learned:
            said = "; ".join((one.type, *one.categories))
            parts = (Facts((("Gelernt wird", said),)), Words(f"{one.subject}\n\n{one.text}"))
            yield Chapter(f"Aus der Nachricht, bestätigt am {long_day(one.confirmed)}", parts, within=True)


def _models(person: PersonFile) -> tuple[Part, ...]:
    since = tuple(f"{name}, seit {moment(at)}" for name, at in person.models)
    return (
        (Note("Seitdem in Gebrauch genommene Modelle, die davon gelernt haben können:"), Points(since)) if since else ()
    )


def _lookups(person: PersonFile) -> Chapter:
    keys = Facts(tuple(("Suchschlüssel", key) for key in person.keys))
    rest = _log("", person.journal).parts if person.journal else ()
    return Chapter("Suchschlüssel und Zugriffe", (Note(ORIGINALS), Note(KEYS), keys, *rest))


def _log(title: str, entries: Iterable[Entry]) -> Chapter:
    rows = tuple((moment(e.at), e.by, NOTED.get(e.action, e.action)) for e in entries)
    return Chapter(title, (Table(("Wann", "Wer", "Was"), rows, (4, 4, 5)),))
