"""The office's words: the vocabulary a reply may use, and what a receipt says about a change."""

from collections.abc import Sequence

from classify.coding import Coding
from ingest.message import Instruction, Term, Verb, Vocabulary
from ingest.office import Role
from krm.bot import Bot
from notify.deadlines import local_day
from notify.letters import short_day
from notify.owing import Owed
from store.applying import CONFIRMING, ROWS
from store.case import Case, Reaction, State

DECIDING = frozenset({Role.OFFICER, Role.DEPUTY})
EVERYBODY = frozenset({Verb.NOTE, Verb.STATUS, Verb.HELP, Verb.SEEN})
"""What anybody of the house may write in reply; the words that decide are the officer's and the deputy's (GA 3.3)."""
HANDLERS = EVERYBODY | {
    Verb.TAKEN_OVER,
    Verb.PROGRESS,
    Verb.EXPECTED,
    Verb.ANSWER,
    Verb.NO_ANSWER,
    Verb.DONE,
    Verb.PASS_ON,
    Verb.NEXT_STAGE,
}
"""What whoever handles a Case may write (conversation.md, The team lead)."""
MAY = {
    **dict.fromkeys((Role.OFFICER, Role.DEPUTY), frozenset(ROWS)),
    **dict.fromkeys((Role.TEAM_LEAD, Role.AREA_HEAD, Role.MANAGEMENT), HANDLERS),
}

COMING = {
    "acknowledgement": "Die Eingangsbestätigung geht jetzt hinaus.",
    "assignment": "Der Vorgang geht jetzt an {who}.",
    "hand_over": "Die Nachricht geht jetzt an {who}.",
    "hand_over_note": "Die Person, die geschrieben hat, bekommt eine Nachricht über die Weitergabe.",
    "interim_notice": "Die Zwischeninformation geht jetzt hinaus.",
    "answer": "Das Antwortschreiben geht jetzt per E-Mail hinaus.",
    "to_print": "Das Schreiben kommt zum Drucken zu {who}.",
    "answer_copy": "Eine Kopie geht zur Kenntnis an {who}.",
    "release_request": "Das Schreiben liegt jetzt bei {who} zur Freigabe.",
    "proposal": "Der Vorschlag liegt jetzt bei {who} zur Entscheidung.",
    "appointment": "{who} bekommt einen Terminvorschlag.",
    "invitation": "Die Einladung geht jetzt hinaus.",
    "correction": "Die Berichtigung geht jetzt hinaus.",
    "registration": "Der Vorgang geht zur Ablage an {who}.",
}
"""What a receipt says of the letters a reply sets off."""

NO_TEAM = "Der Vorgang geht noch an kein Team. Mit „Team: …“ bestimmen Sie eines."

HELP = (
    ("ok", "Der Vorschlag stimmt. Er wird erfasst, die Eingangsbestätigung geht hinaus."),
    ("Art: Lob", "Eine andere Art der Reaktion."),
    ("Kategorie: 2, 5", "Andere Kategorien, mit Nummer oder Namen."),
    ("+Wartezeit", "Eine Kategorie dazu. Mit „-Beratung“ nehmen Sie eine weg."),
    ("Kundengruppe: AG", "Eine andere Kundengruppe. Ebenso: „Form: Meinungskarte“, „Team: 514“."),
    ("Ansprechpartner: Frau Meier", "Wer in der Eingangsbestätigung genannt wird."),
    ("Frist: 15.12.2026", "Der Tag, bis zu dem wir eine Antwort zusagen."),
    ("Termin: 10.12.2026", "Der Tag, den eine übergeordnete Stelle gesetzt hat."),
    ("Folge: KRM-2026-0012", "Die Nachricht gehört zu diesem Vorgang."),
    ("Rechtsbehelf: ja", "Die Nachricht geht auch an die Rechtsbehelfsstelle. Mit „nein“ war es falscher Alarm."),
    ("Kein KRM: Anfrage an 512", "Nicht erfassen. Auch: Widerspruch, Irrläufer an …, Auskunft, Presse, Spam."),
    ("Notiz: …", "Eine Notiz zum Vorgang. Sie bleibt im Haus."),
    ("Status", "Wo der Vorgang steht."),
)


def vocabulary(bot: Bot, role: Role, reaction: Reaction) -> Vocabulary:
    """What this person may write in reply to a letter about this reaction."""
    form, office = bot.taxonomy, bot.office
    return Vocabulary(
        verbs=MAY.get(role, EVERYBODY),
        types=tuple(Term(t.id, (t.name, t.id)) for t in form.types),
        categories=tuple(Term(c.id, tuple(dict.fromkeys((c.name, c.full_name, c.id)))) for c in form.categories),
        groups=tuple(Term(g.id, (g.name, g.id)) for g in form.groups),
        forms=tuple(Term(f.id, (f.name, f.id)) for f in form.forms),
        units=tuple(Term(u.id, (u.id, u.name)) for u in office.units),
        people=tuple(Term(p.id, (p.name, p.id)) for p in office.people()),
        choices=bot.teller.choices(reaction.suggestion) if reaction.suggestion else (),
    )


def recorded(bot: Bot, before: Case, after: Case, mail: int, carried: Sequence[Instruction]) -> list[str]:
    """What now stands in the record, as lines `Feld: Wert`."""
    reaction = next((r for r in after.reactions if r.mail == mail), after.reactions[0])
    lines = [f"Nummer: {after.number}"] if after.number and not before.number else []
    if after.state is State.NOT_KRM:
        lines.append(f"Kein KRM: {_outside(after.outside)}")
    elif before.id != after.id:
        lines.append(f"Gehört jetzt zu: {after.shown_id}")
    if (
        reaction.coding
        and after.state is State.OPEN
        and any(i.verb in CONFIRMING or i.verb is Verb.PASS_ON for i in carried)
    ):
        lines += _coding_lines(bot, reaction.coding)
    lines += [_line(bot, i) for i in carried if i.verb in SAID]
    return lines


def _coding_lines(bot: Bot, coding: Coding) -> list[str]:
    name = bot.taxonomy.name
    unit, person = bot.office.unit(coding.unit), bot.office.person(coding.contact)
    rows = (
        ("Art", name(coding.type)),
        ("Kategorie", "; ".join(name(c) for c in coding.categories)),
        ("Kundengruppe", name(coding.customer_group)),
        ("Form", name(coding.form)),
        ("Team", "; ".join(u.name for u in (unit, *map(bot.office.unit, coding.parts)) if u)),
        ("Ansprechpartner/in", person.name if person else ""),
    )
    return [f"{field}: {value}" for field, value in rows if value]


SAID = {
    Verb.DEADLINE: "Frist",
    Verb.SUPERIOR_DATE: "Termin der übergeordneten Stelle",
    Verb.ARRIVED: "Eingang",
    Verb.REMEDY: "Rechtsbehelf",
    Verb.APPLICATION: "Antrag an",
    Verb.AUTHORITY: "Vollmacht",
    Verb.ANSWER_WAY: "Antwortweg",
    Verb.NOTE: "Notiz",
    Verb.SEEN: "Gesehen",
    Verb.INTERIM: "Zwischeninformation bis",
    Verb.STAGE: "Stufe",
    Verb.RELEASE: "Freigabe erteilt",
    Verb.POSTED: "Versandt",
    Verb.DONE: "Erledigt",
    Verb.REOPEN: "Wieder geöffnet",
    Verb.MEASURE: "Maßnahme",
    Verb.UNDO: "Zurückgenommen",
    Verb.NOT_MEANT: "Nicht gemeint",
    Verb.TAKEN_OVER: "Übernommen",
    Verb.PROGRESS: "Zwischenstand",
    Verb.EXPECTED: "Voraussichtlich",
    Verb.ANSWER: "Antwortschreiben eingereicht",
    Verb.NO_ANSWER: "Keine Antwort nötig",
    Verb.PASS_ON: "Abgeben an",
    Verb.NEXT_STAGE: "Nächste Stufe",
}
"""Words whose value is repeated in the receipt as it was understood."""


def _line(bot: Bot, said: Instruction) -> str:
    today = short_day(local_day(bot.now()))
    day = short_day(said.day) if said.day else ""
    people = [p.name for key in said.ids if (p := bot.office.person(key))]
    value = " ".join(v for v in (*(people or said.ids), day, said.text) if v)
    return f"{SAID[said.verb]}: {value or today}"


OUTSIDE = {
    "widerspruch": "Rechtsbehelf",
    "anfrage": "Anfrage",
    "irrlaeufer": "Irrläufer",
    "auskunft": "Auskunft",
    "presse": "Presse",
    "spam": "Spam",
}


def _outside(outside: str) -> str:
    reason, _, where = outside.partition(" ")
    return f"{OUTSIDE.get(reason, reason)}{' an ' + where if where else ''}"


def happens(bot: Bot, case: Case, owed: Sequence[Owed], mail: int) -> list[str]:
    """What the change sets off, one sentence a letter; and why no acknowledgement goes out where that is so."""
    lines = []
    for one in owed:
        person = bot.office.person(one.recipient)
        if one.duty in COMING:
            lines.append(COMING[one.duty].format(who=person.name if person else ""))
    reaction = next((r for r in case.reactions if r.mail == mail), None)
    if reaction and reaction.coding and case.state is State.OPEN:
        why = bot.teller.why_not_sent(reaction)
        lines += [f"{why} Die Eingangsbestätigung geht deshalb nicht per E-Mail hinaus."] if why else []
        lines += [NO_TEAM] if bot.office.unit(reaction.coding.unit) is None else []
    return lines or ["Es geht nichts hinaus."]
