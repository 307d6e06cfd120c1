"""The answer letter that comes with a reply: from the text below the word `Antwort`, or from what hangs on the mail."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest import documents, newtext
from notify.plainness import check
from store.case import Case, Mark, Said
from store.steps import CannotApply

WORD = re.compile(
    r"^[ \t]*antwort(?:schreiben)?(?:[ \t]+(?:anbei|im anhang|siehe anhang|unten|wie folgt))?[ \t]*[:.]?[ \t]*"
    r"(?P<rest>.*)$",
    re.IGNORECASE,
)
GREETING = re.compile(r"^\s*(?:sehr\s+geehrte|guten\s+(?:tag|morgen|abend)|liebe[rs]?\s|hallo)", re.IGNORECASE)
TOO_LONG = 100_000


@dataclass(frozen=True, slots=True)
class Handed:
    """`text` is the letter's words ("" if none), `file` the name of the attachment they came from ("" if none)."""

    text: str
    file: str


NOTHING = Handed("", "")


def parted(text: str) -> tuple[str, str]:
    """A reply's own text as (instructions, letter): the letter begins below the line `Antwort`; "" if there is none."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        found = WORD.match(line)
        if found and (not found["rest"] or GREETING.match(found["rest"])):
            letter = "\n".join((found["rest"], *lines[number + 1 :])).strip()
            return "\n".join((*lines[:number], "Antwort")), letter
    return text, ""


def handed_in(text: str, raw: bytes) -> Handed:
    """The letter, an attached document before the text. Raises CannotApply where none can be read."""
    if len(text) > TOO_LONG:
        raise CannotApply("Das Antwortschreiben ist zu lang.")
    files = [f for f in documents.attachments(raw) if not f.inline]
    letter = documents.letter_in(files)
    if letter is not None:
        return Handed(documents.text_of(letter), letter.name)
    if len(" ".join(newtext.without_courtesies(text)).split()) >= FEWEST_WORDS:
        return Handed(text, "")
    raise CannotApply(_why_none(files))


def _why_none(files: Sequence[documents.File]) -> str:
    """What to do where no file is the letter; of a single file its own fault."""
    if len(files) != 1:
        return WHICH if files else MISSING
    try:
        documents.text_of(files[0])
    except documents.Unreadable as fault:
        return str(fault)
    return WHICH


FEWEST_WORDS = 5  # beside greeting, closing and name: fewer are no letter
MISSING = "Zu „Antwort“ fehlt das Schreiben. Hängen Sie es an oder schreiben Sie es darunter."
WHICH = (
    "Welche Datei das Schreiben ist, lässt sich nicht erkennen. Hängen Sie bitte nur das Schreiben an (PDF, DOCX, ODT)."
)


def letter_of(case: Case, mail: int) -> Mark | None:
    """The answer letter that came with this mail."""
    return next((m for m in reversed(case.marked(Said.ANSWER)) if m.mail == mail), None)


def hints_on(case: Case, mail: int) -> list[dict[str, str]]:
    """Plain-language hints on the letter that came with this mail (GA 3.6): hints, never a block."""
    letter = letter_of(case, mail)
    found = check(letter.text).hints if letter else ()
    return [{"sentence": h.sentence, "why": h.why, "better": h.instead} for h in found]
