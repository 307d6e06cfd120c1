"""The office's words: the vocabulary a reply may use, and what a receipt says about a change."""

from collections.abc import Sequence

from classify.coding import Coding
from ingest.message import Instruction, Term, Verb, Vocabulary
from ingest.office import Role
from krm.bot import Bot
from notify.deadlines import local_day
from notify.letters import short_day
from notify.owing import Owed
from notify.phrases import LETTER_NAMES, OUTSIDE
from store.applying import CONFIRMING, ROWS
from store.case import CITIZEN, DECIDED, PROPOSALS, Case, Reaction, Said, State

DECIDING = frozenset({Role.OFFICER, Role.DEPUTY})
EVERYBODY = frozenset({Verb.NOTE, Verb.STATUS, Verb.HELP, Verb.SEEN})
EVERYBODYS_WORDS = frozenset({"gesehen", "Notiz: …"})
"""What anybody of the house may write in reply; the words that decide are the officer's and the deputy's (GA 3.3)."""
HANDLERS = EVERYBODY | {
    Verb.TAKEN_OVER,
    Verb.PROGRESS,
    Verb.EXPECTED,
    Verb.ANSWER,
    Verb.NO_ANSWER,
    Verb.DONE,
    Verb.HAND_ON,
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
    "interim_draft": "{who} bekommt jetzt den Entwurf einer Zwischeninformation.",
    "answer": "Das Antwortschreiben geht jetzt per E-Mail hinaus.",
    "to_print": "Das Schreiben kommt zum Drucken zu {who}.",
    "answer_copy": "Eine Kopie geht zur Kenntnis an {who}.",
    "release_request": "Das Schreiben liegt jetzt bei {who} zur Freigabe.",
    "proposal": "Der Vorschlag liegt jetzt bei {who} zur Entscheidung.",
    "appointment": "{who} bekommt einen Terminvorschlag.",
    "invitation": "Die Einladung geht jetzt hinaus.",
    "correction": "Die Berichtigung geht jetzt hinaus.",
    "entry": "Das Formular geht zur Eintragung an {who}.",
    "registration": "Der Vorgang geht zur Ablage an {who}.",
}
"""What a receipt says of the letters a reply sets off."""

STOPPABLE = "In den nächsten {} Minuten hält „Zurück“ das Schreiben noch auf."
CLOSE_IT = "Ist damit alles getan, schließen Sie den Vorgang bitte ab: „Erledigt: …“ mit dem Ergebnis."

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
    ("Vollmacht: ja", "Wer geschrieben hat, darf für die andere Person handeln."),
    ("Zwischeninformation: 20.12.2026", "Sie geht hinaus und nennt diesen Tag. Hinter einem Komma steht Ihr Text."),
    ("Antwortweg: E-Mail", "So bekommt die Person die Antwort. Auch: Post, Portal."),
    ("Freigabe", "Das Schreiben ist in Ordnung und geht hinaus."),
    ("versandt 12.12.2026", "An diesem Tag ging das Schreiben zur Post."),
    ("Stufe: 3 Grund", "Der Vorgang geht in diese Stufe. Der Grund bleibt im Haus."),
    ("Erledigt: Ergebnis", "Der Vorgang ist abgeschlossen. Mit „Wieder öffnen: Grund“ geht er weiter."),
    ("Maßnahme: … bis 1.3.2027, Frau Meier", "Was sich ändert, bis wann, und wer es tut."),
    ("Zurück", "Hält ein Schreiben auf, das noch wartet. Ist es hinaus, entsteht eine Berichtigung."),
    ("gesehen", "Sie haben es gesehen. Eine weitere Nachricht braucht dann nichts mehr."),
    ("Notiz: …", "Eine Notiz zum Vorgang. Sie bleibt im Haus."),
    ("Status", "Wo der Vorgang steht."),
)
"""For officer and deputy."""
HANDLERS_HELP = (
    ("übernommen", "Sie kümmern sich um den Vorgang."),
    ("Zwischenstand: …", "Wie weit Sie sind. Das bleibt im Haus."),
    ("voraussichtlich 20.12.2026", "An diesem Tag ist die Antwort fertig."),
    ("Antwort", "Das Schreiben hängt an oder steht darunter. Es geht zur Freigabe."),
    ("keine Antwort nötig: Grund", "Ein Vorschlag. Die oder der KRM-Beauftragte entscheidet."),
    ("erledigt: Ergebnis", "Ebenso ein Vorschlag."),
    ("abgeben an 512: Grund", "Ebenso ein Vorschlag."),
    ("weiter an Bereichsleitung: Grund", "Ebenso ein Vorschlag. Auch: „weiter an Geschäftsführung: Grund“."),
    ("Notiz: …", "Eine Notiz zum Vorgang. Sie bleibt im Haus."),
    ("Status", "Wo der Vorgang steht."),
)
EVERYBODYS_HELP = (
    ("gesehen", "Sie haben die Nachricht gesehen."),
    ("Notiz: …", "Eine Notiz zum Vorgang. Sie bleibt im Haus."),
    ("Status", "Wo der Vorgang steht."),
)


def help_for(role: Role) -> tuple[tuple[str, str], ...]:
    """The words this person may write, with what they do."""
    if role in DECIDING:
        return HELP
    return HANDLERS_HELP if MAY.get(role) is HANDLERS else EVERYBODYS_HELP


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
    elif reaction.outside and any(i.verb is Verb.NOT_KRM for i in carried):
        lines.append(f"Kein KRM: {_outside(reaction.outside)}")
    elif before.id != after.id:
        lines.append(f"Gehört jetzt zu: {after.shown_id}")
    if (
        reaction.coding
        and after.state is State.OPEN
        and not _proposes(before, after)
        and any(i.verb in CONFIRMING or i.verb is Verb.HAND_ON for i in carried)
    ):
        lines += _coding_lines(bot, reaction.coding)
    said = [_line(bot, i) for i in carried if i.verb in SAID and i.verb is not Verb.UNDO]
    said += _taken_back(before, after)
    return [*lines, *(said if not _proposes(before, after) else map(PROPOSED.format, said))]


def _taken_back(before: Case, after: Case) -> list[str]:
    """Which letters: stopped, or to be corrected because they went out."""
    new = after.marks[len(before.marks) :] if before.id == after.id else ()
    taken = [m for m in new if m.said is Said.TAKEN_BACK]
    return [f"{'Zu berichtigen' if m.text else 'Zurückgenommen'}: {LETTER_NAMES.get(m.about, m.about)}" for m in taken]


PROPOSED = "Vorgeschlagen: {}"


def _proposes(before: Case, after: Case) -> bool:
    """Whether somebody proposed what officer or deputy decides (GA 3.3)."""
    new = after.marks[len(before.marks) :] if before.id == after.id else ()
    return any(m.said in PROPOSALS and m.about != DECIDED for m in new)


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
    Verb.UNDO: "Zurückgenommen",  # with the letters' names
    Verb.NOT_MEANT: "Nicht gemeint",
    Verb.TAKEN_OVER: "Übernommen",
    Verb.PROGRESS: "Zwischenstand",
    Verb.EXPECTED: "Voraussichtlich",
    Verb.ANSWER: "Antwortschreiben eingereicht",
    Verb.NO_ANSWER: "Keine Antwort nötig",
    Verb.HAND_ON: "Abgeben an",
    Verb.NEXT_STAGE: "Nächste Stufe",
}
"""Words whose value is repeated in the receipt as it was understood."""


def _line(bot: Bot, said: Instruction) -> str:
    today = short_day(local_day(bot.now()))
    day = short_day(said.day) if said.day else ""
    shown = ", ".join(v for v in (*(_shown(bot, key) for key in said.ids), day) if v)
    if said.verb is Verb.MEASURE:
        return f"{SAID[said.verb]}: {said.text}, bis {day}, {_shown(bot, said.ids[0])}"
    value = ". ".join(v for v in (shown, said.text) if v)
    return f"{SAID[said.verb]}: {value or today}"


WAYS = {"email": "E-Mail", "post": "Post", "portal": "Portal"}


def _shown(bot: Bot, key: str) -> str:
    """An id as people read it."""
    unit, person = bot.office.unit(key), bot.office.person(key)
    return unit.name if unit else person.name if person else WAYS.get(key, key)


def _outside(outside: str) -> str:
    reason, _, where = outside.partition(" ")
    return f"{OUTSIDE.get(reason, reason)}{' an ' + where if where else ''}"


def happens(bot: Bot, case: Case, owed: Sequence[Owed], mail: int, carried: Sequence[Instruction] = ()) -> list[str]:
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
    if bot.rhythm.hold and any(o.recipient == CITIZEN and o.duty in COMING for o in owed):
        lines.append(STOPPABLE.format(int(bot.rhythm.hold.total_seconds() // 60)))
    return [*(lines or ["Es geht nichts hinaus."]), *_left_to_do(case, carried)]


def _left_to_do(case: Case, carried: Sequence[Instruction]) -> list[str]:
    """A proposal of somebody else leaves nothing to its writer."""
    words = {i.verb for i in carried} if case.state is State.OPEN else set()
    posted, needless = case.last(Said.POSTED), case.last(Said.NO_ANSWER)
    answered = Verb.POSTED in words and posted is not None and posted.about == "answer"
    found_needless = Verb.NO_ANSWER in words and needless is not None and bool(needless.about)
    return [CLOSE_IT] if answered or found_needless else []
