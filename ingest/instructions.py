"""A reply's lines and the vocabulary handed in -> instructions, or what was not understood (conversation.md).

A line is a row of `ROWS`: a whole word, or a key with a value that its row's reader reads to the last letter.
Whatever is left over makes the line unclear; prose is never searched for instructions.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from ingest import matching, values
from ingest import vocabulary as words
from ingest.message import Instruction, Reading, Unclear, Verb, Vocabulary


class _Shape(Enum):
    ALONE = auto()  # a whole word
    VALUE = auto()  # a key and a value
    TEXT = auto()  # a key and free words, in which a semicolon is just a semicolon
    NOTE = auto()  # free words to the end of the paragraph
    SIGN = auto()  # + or - and a value


@dataclass(frozen=True, slots=True)
class _Row:
    verb: Verb
    shape: _Shape
    read: values.Reader


# --- the table ---

NO_INSTRUCTION = "Diese Zeile ist keine Anweisung, die hier bekannt ist."

_YES_NO = values.one_of(lambda _: words.YES_NO, forgiving=False)
_PERSON = values.one_of(lambda v: v.people, forgiving=False)
_WAY = values.one_of(lambda _: words.ANSWER_WAYS)

ROWS = (
    _Row(Verb.CONFIRM, _Shape.ALONE, values.alone),
    _Row(Verb.TYPE, _Shape.VALUE, values.one_of(lambda v: v.types, "types")),
    _Row(Verb.CATEGORY, _Shape.VALUE, values.categories),
    _Row(Verb.ADD_CATEGORY, _Shape.SIGN, values.categories),
    _Row(Verb.DROP_CATEGORY, _Shape.SIGN, values.categories),
    _Row(Verb.GROUP, _Shape.VALUE, values.one_of(lambda v: v.groups, "groups")),
    _Row(Verb.FORM, _Shape.VALUE, values.one_of(lambda v: v.forms, "forms")),
    _Row(Verb.UNIT, _Shape.VALUE, values.units),
    _Row(Verb.CONTACT, _Shape.VALUE, _PERSON),
    _Row(Verb.DEADLINE, _Shape.VALUE, values.day()),
    _Row(Verb.SUPERIOR_DATE, _Shape.VALUE, values.day()),
    _Row(Verb.ARRIVED, _Shape.VALUE, values.day(past=True)),
    _Row(Verb.FOLLOW_UP, _Shape.VALUE, values.number),
    _Row(Verb.REMEDY, _Shape.VALUE, _YES_NO),
    _Row(Verb.APPLICATION, _Shape.VALUE, values.application),
    _Row(Verb.AUTHORITY, _Shape.VALUE, _YES_NO),
    _Row(Verb.NOT_KRM, _Shape.VALUE, values.reason),
    _Row(Verb.INTERIM, _Shape.TEXT, values.day_and_text),
    _Row(Verb.STAGE, _Shape.TEXT, values.stage),
    _Row(Verb.ANSWER_WAY, _Shape.VALUE, _WAY),
    _Row(Verb.RELEASE, _Shape.ALONE, values.alone),
    _Row(Verb.POSTED, _Shape.VALUE, values.day(past=True)),
    _Row(Verb.DONE, _Shape.TEXT, values.text),
    _Row(Verb.REOPEN, _Shape.TEXT, values.text),
    _Row(Verb.NOTE, _Shape.NOTE, values.text),
    _Row(Verb.MEASURE, _Shape.TEXT, values.measure),
    _Row(Verb.REPORT, _Shape.VALUE, values.month),
    _Row(Verb.STATUS, _Shape.ALONE, values.alone),
    _Row(Verb.HELP, _Shape.ALONE, values.alone),
    _Row(Verb.UNDO, _Shape.ALONE, values.alone),
    _Row(Verb.SEEN, _Shape.ALONE, values.alone),
    _Row(Verb.NOT_MEANT, _Shape.VALUE, _PERSON),
    _Row(Verb.TAKEN_OVER, _Shape.ALONE, values.alone),
    _Row(Verb.PROGRESS, _Shape.TEXT, values.text),
    _Row(Verb.EXPECTED, _Shape.VALUE, values.day()),
    _Row(Verb.ANSWER, _Shape.ALONE, values.alone),
    _Row(Verb.NO_ANSWER, _Shape.TEXT, values.text),
    _Row(Verb.HAND_ON, _Shape.TEXT, values.pass_on),
    _Row(Verb.NEXT_STAGE, _Shape.TEXT, values.text),
)
REPEATABLE = frozenset({Verb.ADD_CATEGORY, Verb.DROP_CATEGORY, Verb.NOTE, Verb.MEASURE, Verb.NOT_MEANT})
"""May stand in a reply more than once with different values."""

_CORRECTIONS = {Verb.TYPE, Verb.CATEGORY, Verb.ADD_CATEGORY, Verb.DROP_CATEGORY, Verb.GROUP, Verb.FORM, Verb.UNIT}
CONTRADICTIONS: Mapping[Verb, frozenset[Verb]] = {
    Verb.NOT_KRM: frozenset(
        _CORRECTIONS | {Verb.CONTACT, Verb.DEADLINE, Verb.SUPERIOR_DATE, Verb.FOLLOW_UP, Verb.INTERIM}
    ),
    Verb.UNDO: frozenset(Verb) - {Verb.UNDO, Verb.NOTE, Verb.STATUS, Verb.HELP, Verb.SEEN},
}
"""What cannot be carried out together. A mere `ok` beside `Kein KRM` is a courtesy: the correction wins."""


# --- the head of a line ---


@dataclass(frozen=True, slots=True)
class _Head:
    """The row a line belongs to. `certain` is False where only its value can tell it from prose."""

    row: _Row
    value: str
    certain: bool


def _phrase(line: str) -> str:
    """A line without marks around it, commas, full stops and thanks, as whole words are compared."""
    said = " ".join(re.sub(r"[,.!]", " ", matching.fold(line)).split()).strip(values.QUOTES)
    for courtesy in _COURTESIES:
        said = said.removeprefix(f"{courtesy} ").removesuffix(f" {courtesy}")
    return "" if said in _COURTESIES else said


_COURTESIES = tuple(matching.fold(courtesy) for courtesy in words.COURTESIES)
_ALONE = {_phrase(w): row for row in ROWS if row.shape is _Shape.ALONE for w in values.SAID[row.verb].words}
_SIGNS = {w: row for row in ROWS if row.shape is _Shape.SIGN for w in values.SAID[row.verb].words}
_KEYS = {
    matching.squeeze(w): row
    for row in ROWS
    if row.shape not in (_Shape.ALONE, _Shape.SIGN)
    for w in values.SAID[row.verb].words
}
_NOT_KRM = _KEYS["keinkrm"]
_REASON_WORDS = frozenset(matching.fold(w) for w in words.REASON_WORDS)
_REASON_STARTS = frozenset(matching.squeeze(w) for w in words.REASON_STARTS)
_LOOSE = frozenset(matching.squeeze(w) for w in words.COLON_MAY_MISS)
_SIGNED = re.compile(r"(\+(?=\s*\w)|[−–-](?=\w))(.+)", re.DOTALL)
_BETWEEN_SIGNED = re.compile(r"[,;]?\s{1,20}(?=[+−–-]\w)")


def _head(line: str) -> _Head | None:
    said = _phrase(line)
    if row := _ALONE.get(said):
        return _Head(row, "", certain=True)
    if said in _REASON_WORDS:
        return _Head(_NOT_KRM, said, certain=True)
    key, colon, value = line.partition(":")
    if len(key) < 60 and (row := _KEYS.get(matching.squeeze(key))):
        return _Head(row, value, certain=bool(colon))
    if signed := _SIGNED.fullmatch(line):
        return _Head(_SIGNS[signed[1]], signed[2], certain=False)
    return _without_colon(line)


def _without_colon(line: str) -> _Head | None:
    for count in (2, 1):
        parts = line.split(maxsplit=count)
        start = matching.squeeze(" ".join(parts[:count])[:60])
        if len(parts) > count and start in _REASON_STARTS:
            return _Head(_NOT_KRM, line, certain=False)
        if len(parts) > count and start in _LOOSE:
            return _Head(_KEYS[start], parts[count], certain=False)
    return None


# --- lines to pieces: one piece, one instruction ---


def _bare(line: str) -> str:
    """Without blanks and quotes around the whole line."""
    line = matching.visible(line)
    while len(line) > 1 and line[0] in values.QUOTES and line[-1] in values.QUOTES:
        line = line[1:-1].strip()
    return line


def _pieces(lines: Sequence[str], vocabulary: Vocabulary, today: date) -> Iterator[str]:
    """One instruction each: lines parted at semicolons; a note with the rest of its paragraph."""
    note: list[str] = []
    for line in (_bare(part) for given in lines for part in given.splitlines() or [""]):
        if note and line and not _begins(line, vocabulary, today):
            note.append(line)
            continue
        if note:
            yield "\n".join(note)
            note = []
        if _phrase(line):
            *whole, last = _parted(line, vocabulary, today)
            yield from whole
            head = _head(last)
            if head and head.row.shape is _Shape.NOTE:
                note = [last]
            else:
                yield last
    if note:
        yield "\n".join(note)


def _parted(line: str, vocabulary: Vocabulary, today: date) -> list[str]:
    """At semicolons before which one instruction ends and behind which another begins."""
    if _SIGNED.match(line):
        return [p.strip() for p in _BETWEEN_SIGNED.split(line)]
    pieces: list[list[str]] = []
    free = False
    for part in line.split(";"):
        if not pieces or _begins(part.strip(), vocabulary, today, after_text=free):
            pieces.append([part])
            head = _head(part.strip())
            free = head is not None and head.row.shape in (_Shape.TEXT, _Shape.NOTE)
        else:
            pieces[-1].append(part)
    return [";".join(piece).strip(" \t;") for piece in pieces]


def _begins(line: str, vocabulary: Vocabulary, today: date, *, after_text: bool = False) -> bool:
    """Does an instruction begin here? Within free words a key with its colon does."""
    head = _head(line)
    if not head:
        return False
    if head.certain or after_text:
        return head.certain and not (after_text and head.row.shape is _Shape.ALONE)
    return isinstance(_read_value(head, vocabulary, today), values.Value)


# --- the loop ---


def read(lines: Sequence[str], vocabulary: Vocabulary, today: date) -> Reading:
    """A reply's meaningful lines (no greeting, closing, signature, quote), read against what this person may say.

    Instructions in the order written, each once; `unclear` holds every line not understood, not possible here, or
    contradicting another. The caller carries out nothing unless the reading is `clear`. Dates are counted from `today`.
    """
    results = [_instruction(piece, vocabulary, today) for piece in dict.fromkeys(_pieces(lines, vocabulary, today))]
    found = [r for r in results if isinstance(r, Instruction)]
    unclear = [r for r in results if isinstance(r, Unclear)]
    kept = _each_once(found)
    return Reading(tuple(kept), (*unclear, *_repeated(kept), *_contradicting(kept)))


def _instruction(piece: str, vocabulary: Vocabulary, today: date) -> Instruction | Unclear:
    head = _head(piece)
    if not head:
        return Unclear(piece, NO_INSTRUCTION, _near(piece, vocabulary))
    verb = head.row.verb
    if verb not in vocabulary.verbs:
        return Unclear(piece, f"„{verb}“ ist in dieser Antwort nicht möglich.", _near(piece, vocabulary))
    found = _read_value(head, vocabulary, today)
    if isinstance(found, values.Puzzle):
        return Unclear(piece, found.why, found.nearest)
    return Instruction(verb, piece, found.ids, found.day, found.text)


def _read_value(head: _Head, vocabulary: Vocabulary, today: date) -> values.Value | values.Puzzle:
    row = head.row
    if row.shape is _Shape.ALONE:
        return row.read("", vocabulary, today)
    free = row.shape in (_Shape.TEXT, _Shape.NOTE)
    value = (
        head.value.strip().strip(values.MARKS)
        if free
        else head.value.strip(values.QUOTES).rstrip(".!").strip(values.QUOTES)
    )
    if not value:
        return values.Puzzle(f"Nach „{row.verb}“ fehlt die Angabe.", values.SAID[row.verb].samples)
    if len(value) > values.LONGEST and not free:
        return values.Puzzle(f"Die Angabe nach „{row.verb}“ ist zu lang.", values.SAID[row.verb].samples)
    return row.read(value, vocabulary, today)


def _near(piece: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Lines this person may write that look like it."""
    allowed = {
        matching.squeeze(word): said.samples[0]
        for said in words.WORDS
        if said.verb in vocabulary.verbs
        for word in said.words
    }
    return matching.nearest(piece, {word: sample for word, sample in allowed.items() if word})


# --- lines against each other ---


def _meaning(said: Instruction) -> tuple[object, ...]:
    return (said.verb, said.ids, said.day, matching.fold(said.text))


def _each_once(found: Sequence[Instruction]) -> list[Instruction]:
    once: dict[tuple[object, ...], Instruction] = {}
    for said in found:
        once.setdefault(_meaning(said), said)
    refused = any(said.verb is Verb.NOT_KRM for said in found)
    return [said for said in once.values() if not (refused and said.verb is Verb.CONFIRM)]


def _repeated(found: Sequence[Instruction]) -> list[Unclear]:
    first: dict[Verb, Instruction] = {}
    again = [said for said in found if first.setdefault(said.verb, said) is not said and said.verb not in REPEATABLE]
    return [Unclear(said.line, f"„{said.verb}“ steht mehrfach da, mit verschiedenen Angaben.") for said in again]


def _contradicting(found: Sequence[Instruction]) -> list[Unclear]:
    pairs = [(a, b) for a in found for b in found if b.verb in CONTRADICTIONS.get(a.verb, ())]
    return [Unclear(b.line, f"„{b.verb}“ und „{a.verb}“ gehen nicht zusammen.") for a, b in pairs]
