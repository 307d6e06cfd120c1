"""What is proposed to the officer, and the line that `ok` stands for. Pure: read from the Case each time."""

from dataclasses import dataclass
from datetime import date

from ingest.office import Office
from notify.letters import long_day
from store.case import Case, Mark, Said

MISSED = "Die zugesagte Antwort ist bis {} nicht hinausgegangen. Vorgeschlagen ist {}."
RENEWED = "Nach unserer Antwort kam eine weitere Nachricht. Vorgeschlagen ist {}."
STAGES = {
    2: "Stufe 2: Die Teamleitung bearbeitet den Vorgang",
    3: "Stufe 3: Die Bereichsleitung bearbeitet den Vorgang",
    4: "Stufe 4: ein Termin bei der Geschäftsführung",
}


@dataclass(frozen=True, slots=True)
class Proposed:
    """`by` is a person id, "" where the program proposes; `line` is what `ok` carries out."""

    by: str
    what: str
    reason: str
    line: str


def proposed(case: Case, occurrence: str, office: Office) -> Proposed:
    """What the letter of this occurrence proposes. Raises LookupError where there is no such proposal."""
    key, _, rest = occurrence.partition(" ")
    about, _, level = rest.rpartition(" ")
    if key == "missed":
        what = MISSED.format(long_day(date.fromisoformat(about)), STAGES[int(level)])
        return Proposed("", what, "", f"Stufe: {level} Zusage nicht eingehalten")
    if key == "renewed":
        what = RENEWED.format(STAGES[int(level)])
        return Proposed("", what, "", f"Stufe: {level} erneute Nachricht nach der Antwort")
    for mark in case.marks:
        if str(mark.mail) == key and mark.said == rest:
            return ROWS[mark.said](mark, office)
    raise LookupError("a proposal nobody made")


def _other_unit(mark: Mark, office: Office) -> Proposed:
    unit = office.unit(mark.about)
    what = f"Der Vorgang soll an {unit.name if unit else mark.about} gehen."
    return Proposed(mark.by, what, mark.text, f"Team: {mark.about}")


def _next_stage(mark: Mark, _: Office) -> Proposed:
    what = f"Der Vorgang soll weitergehen. Das wäre {STAGES[int(mark.about)]}."
    return Proposed(mark.by, what, mark.text, f"Stufe: {mark.about} {mark.text}")


def _no_answer(mark: Mark, _: Office) -> Proposed:
    return Proposed(mark.by, "Es soll kein Antwortschreiben geben.", mark.text, f"keine Antwort nötig: {mark.text}")


def _done(mark: Mark, _: Office) -> Proposed:
    return Proposed(mark.by, "Der Vorgang soll abgeschlossen werden.", mark.text, f"Erledigt: {mark.text}")


ROWS = {
    Said.OTHER_UNIT: _other_unit,
    Said.NEXT_STAGE: _next_stage,
    Said.NO_ANSWER: _no_answer,
    Said.DONE: _done,
}
