"""What people of the house do with a letter, how likely and how soon: rows of a table, no plot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from classify.anlage3 import Anlage3
from classify.coding import Suggestion
from krm.simulating.judge import Truth
from krm.simulating.office import OFFICE
from notify.letters import short_day
from notify.workdays import Workdays
from store.case import LAST_STAGE, Case, Reaction, Said, State
from store.outbox import Outgoing

LETTER = (
    "Guten Tag,\n\nvielen Dank für Ihre Nachricht. Wir haben Ihr Anliegen geprüft.\n"
    "Ihr Antrag ist jetzt bearbeitet. Sie bekommen dazu in dieser Woche Post von uns.\n"
    "Für die lange Wartezeit bitten wir um Entschuldigung.\n\nMit freundlichen Grüßen\nIhr Jobcenter"
)
UNCLEAR = ("Das sehe ich mir morgen in Ruhe an.", "Bitte nochmal prüfen, ob das stimmt?", "Kategorie: Beratungsdings")


@dataclass(frozen=True, slots=True)
class Desk:
    """What somebody sees when they come to answer: the letter, the Case as it is now, what they know of it."""

    letter: Outgoing
    case: Case
    truth: Truth | None
    reaction: Reaction
    now: datetime
    taxonomy: Anlage3
    workdays: Workdays
    chance: Random = field(repr=False)

    @property
    def today(self) -> date:
        return self.now.date()

    def working_day(self, count: int) -> str:
        return short_of(self.workdays.after(self.today, count))


@dataclass(frozen=True, slots=True)
class Written:
    """A reply: its lines, and the letter that hangs on it as a document ("" if none)."""

    text: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """With this chance, after so many working hours (drawn evenly), this is written; None: it needs nothing more."""

    chance: float
    hours: tuple[float, float]
    says: Callable[[Desk], Written | None]


def short_of(day: date) -> str:
    return f"{day:%d.%m.%Y}"


# --- officer and deputy ---


def decides(d: Desk) -> Written | None:
    """Confirmed, corrected or not recorded, as the mail deserves."""
    if d.reaction.settled or d.case.state is not State.OPEN or d.reaction.suggestion is None:
        return None
    truth = d.truth or Truth("anfrage", ())
    kind = d.taxonomy.type(truth.type)
    if truth.thanks and len(d.case.reactions) > 1:
        return Written("gesehen")
    if not kind.krm:
        return Written(OUTSIDE.get(truth.type, "Kein KRM: Spam"))
    lines = _corrected(d.reaction.suggestion, truth)
    if not d.reaction.suggestion.unit:
        lines += ["Team: 514"] if d.chance.random() < 0.8 else []
    extra = ((0.15, "Antwortweg: E-Mail"), (0.05, f"Frist: {d.working_day(8)}"), (0.03, "Team: 602, 514"))
    lines += [line for share, line in extra if d.chance.random() < share and not line.startswith("Team")]
    if not kind.unasked:
        lines.append(f"Termin: {d.working_day(15)}")
    return Written("\n".join(lines or ["ok"]))


OUTSIDE = {
    "rechtsbehelf": "Kein KRM: Widerspruch",
    "anfrage": "Kein KRM: Anfrage an 514",
    "fremd": "Kein KRM: Spam",
}


def _corrected(suggestion: Suggestion, truth: Truth) -> list[str]:
    lines = []
    if suggestion.type != truth.type:
        lines.append(f"Art: {truth.type}")
    if suggestion.proposed != truth.categories:
        lines.append(f"Kategorie: {', '.join(truth.categories)}")
    return lines


def mumbles(d: Desk) -> Written | None:
    return Written(d.chance.choice(UNCLEAR)) if decides(d) else None


def tries_again(d: Desk) -> Written | None:
    """After `unclear`: what should have been said at first, with what was missing."""
    if d.reaction.settled:
        return Written("Freigabe\nVollmacht: ja") if _waits_for_release(d) else None
    return decides(d)


def _waits_for_release(d: Desk) -> bool:
    last = d.case.last(Said.ANSWER, Said.RELEASED, Said.CLOSED)
    return d.case.state is State.OPEN and last is not None and last.said is Said.ANSWER


def says(text: str) -> Callable[[Desk], Written | None]:
    """The same words whatever the Case is like, while it is open."""
    return lambda d: Written(text) if d.case.state is State.OPEN else None


def agrees(d: Desk) -> Written | None:
    return Written("ok") if d.case.state is State.OPEN else None


def posts(d: Desk) -> Written | None:
    return Written(f"versandt {short_of(d.today)}")


def releases_interim(d: Desk) -> Written | None:
    """A day two weeks ahead, unless an answer went out meanwhile."""
    clocks = [c for c in d.case.clocks if c.kind == "interim" and c.day >= d.today]
    if d.case.state is not State.OPEN or clocks or d.case.last(Said.POSTED, Said.RELEASED):
        return None
    text = ", wir warten noch auf Unterlagen" if d.chance.random() < 0.3 else ""
    return Written(f"Zwischeninformation: {d.working_day(10)}{text}")


def closes(d: Desk) -> Written | None:
    """After the answer went out: the receipt of `versandt` or of a release by mail, and praise that needs none."""
    if d.case.state is not State.OPEN or any(not r.settled for r in d.case.reactions):
        return None
    sent = any(x.duty == "answer" and x.at for x in d.case.dispatches)
    posted = any(m.about == "answer" for m in d.case.marked(Said.POSTED))
    coding = d.case.reactions[0].coding
    thanks = coding is not None and d.taxonomy.type(coding.type).thanks
    return Written("Erledigt: beantwortet") if sent or posted or thanks else None


def escalates(d: Desk) -> Written | None:
    due = d.case.state is State.OPEN and 0 < d.case.stage < LAST_STAGE
    return Written(f"Stufe: {d.case.stage + 1} keine Antwort des Teams") if due else None


def takes_back(d: Desk) -> Written | None:
    return Written("Zurück") if d.case.state is State.OPEN and d.case.number else None


# --- whoever handles it ---


def _still_mine(d: Desk) -> bool:
    return d.case.state is State.OPEN and d.letter.recipient in d.case.handlers and not d.case.last(Said.ANSWER)


def handler_says(text: str) -> Callable[[Desk], Written | None]:
    return lambda d: Written(text) if _still_mine(d) else None


def answers(d: Desk) -> Written | None:
    return Written(f"Antwort\n\n{LETTER}") if _still_mine(d) else None


def answers_attached(d: Desk) -> Written | None:
    return Written("Guten Morgen,\n\nAntwort anbei\n\nViele Grüße", LETTER) if _still_mine(d) else None


def expects(d: Desk) -> Written | None:
    return Written(f"voraussichtlich {d.working_day(14)}") if _still_mine(d) else None


def passes_on(d: Desk) -> Written | None:
    held = d.case.assignment
    others = [u.id for u in OFFICE.units if held and u.id != held.unit]
    return Written(f"abgeben an {d.chance.choice(others)}: gehört nicht zu uns") if others and _still_mine(d) else None


RELEASING = (Way(0.9, (0.5, 14), says("Freigabe")), Way(0.03, (1, 8), says("Freigabe bitte?")))
DECIDING = (Way(0.78, (0.2, 14), decides), Way(0.08, (0.5, 8), mumbles))
ANSWERING = (
    Way(0.36, (6, 90), answers),
    Way(0.26, (6, 90), answers_attached),
    Way(0.06, (1, 16), passes_on),
    Way(0.05, (1, 16), handler_says("keine Antwort nötig: telefonisch geklärt")),
    Way(0.04, (2, 20), handler_says("weiter an Bereichsleitung: betrifft das ganze Haus")),
    Way(0.04, (2, 30), handler_says("erledigt: im Gespräch geklärt")),
    Way(0.06, (2, 20), expects),
)
LATER = (Way(0.5, (1, 12), answers), Way(0.2, (1, 8), expects))
OFFICERS = {
    "confirmation_request": (DECIDING,),
    "reminder": ((Way(0.9, (0.2, 4), decides),),),
    "unclear": ((Way(0.9, (0.2, 4), tries_again),),),
    "release_request": (RELEASING,),
    "to_print": ((Way(0.95, (0.5, 12), posts),),),
    "undelivered": ((Way(0.9, (0.5, 12), posts),),),
    "receipt": ((Way(0.8, (4, 30), closes),), (Way(0.01, (0.1, 1), takes_back),)),
    "interim_draft": ((Way(0.6, (0.5, 10), releases_interim),),),
    "interim_alarm": ((Way(0.8, (0.2, 6), releases_interim),),),
    "overdue": ((Way(0.2, (1, 10), escalates), Way(0.5, (1, 10), releases_interim)),),
    "proposal": ((Way(0.8, (0.5, 12), agrees), Way(0.1, (0.5, 12), says("Notiz: es bleibt dabei"))),),
    "alert": ((Way(0.8, (0.05, 1), says("gesehen")),),),
    "digest": (),
}
HANDLERS = {
    "assignment": ((Way(0.6, (0.5, 10), handler_says("übernommen")),), ANSWERING),
    "handling_reminder": (LATER,),
    "overdue": ((Way(0.7, (1, 10), answers),),),
    "unclear": ((Way(0.5, (1, 8), answers),),),
}
HABITS: Mapping[tuple[str, str], tuple[tuple[Way, ...], ...]] = (
    {(post, duty): rows for post in ("officer", "deputy") for duty, rows in OFFICERS.items()}
    | {(post, duty): rows for post in ("lead", "area_head", "management") for duty, rows in HANDLERS.items()}
    | {("security", "alert"): ((Way(0.9, (0.05, 0.2), says("gesehen")),),)}
)
"""(post, letter) -> groups of ways; of each group one way at most is taken."""


def drawn(ways: tuple[Way, ...], chance: Random) -> Way | None:
    """One of them, or none."""
    at = chance.random()
    for way in ways:
        if at < way.chance:
            return way
        at -= way.chance
    return None


def soon(way: Way, chance: Random) -> float:
    return chance.uniform(*way.hours)


__all__ = ["HABITS", "Desk", "Way", "Written", "drawn", "short_day", "soon", "timedelta"]
