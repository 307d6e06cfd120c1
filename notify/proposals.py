"""What is proposed to the officer, and the line that `ok` stands for. Pure: read from the Case each time."""

from dataclasses import dataclass
from datetime import date

from ingest.office import Office
from notify.letters import long_day
from store.case import Case, Mark, Said

MISSED = "Die zugesagte Antwort ist bis {} nicht hinausgegangen. Vorgeschlagen ist die nächste Stufe."
RENEWED = "Nach unserer Antwort kam eine weitere Nachricht. Vorgeschlagen ist die nächste Stufe."
LAST_STAGE = 4


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
    level = min(case.stage + 1, LAST_STAGE)
    if key == "missed":
        return Proposed(
            "", MISSED.format(long_day(date.fromisoformat(rest))), "", f"Stufe: {level} Zusage nicht eingehalten"
        )
    if key == "renewed":
        return Proposed("", RENEWED, "", f"Stufe: {level} erneute Nachricht nach der Antwort")
    for mark in case.marks:
        if str(mark.mail) == key and mark.said == rest:
            return ROWS[mark.said](mark, office)
    raise LookupError("a proposal nobody made")


def _other_unit(mark: Mark, office: Office) -> Proposed:
    unit = office.unit(mark.about)
    what = f"Der Vorgang soll an {unit.name if unit else mark.about} gehen."
    return Proposed(mark.by, what, mark.text, f"Team: {mark.about}")


def _next_stage(mark: Mark, _: Office) -> Proposed:
    what = f"Der Vorgang soll in Stufe {mark.about} weiterbearbeitet werden."
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
