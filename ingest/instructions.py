"""A reply's lines and the vocabulary handed in -> instructions, or what was not understood (conversation.md).

A line is a row of `ROWS`: a whole word, or a key with a value that its row's reader reads to the last letter.
Whatever is left over makes the line unclear; prose is never searched for instructions.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from ingest import dates
from ingest import vocabulary as words
from ingest.message import Instruction, Reading, Term, Unclear, Verb, Vocabulary

MOST_CATEGORIES = 3  # GA 3.1, Anlage 3: up to three concerns
_LONGEST = 400  # letters of a value that is looked up
_MARKS = "*_` \t"
_QUOTES = "\"'„“”‚‘’»«›‹" + _MARKS
_DATE_SAMPLES = ("15.12.2026", "15. Dezember", "Freitag")


@dataclass(frozen=True, slots=True)
class _Value:
    """What a value says; the fields are Instruction's."""

    ids: tuple[str, ...] = ()
    day: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Puzzle:
    """Why a value says nothing; the fields are Unclear's."""

    why: str
    nearest: tuple[str, ...] = ()


_Reader = Callable[[str, Vocabulary, date], _Value | _Puzzle]


class _Shape(Enum):
    ALONE = auto()  # a whole word
    VALUE = auto()  # a key and a value
    TEXT = auto()  # a key and free words, in which a semicolon is just a semicolon
    NOTE = auto()  # free words to the end of the paragraph
    SIGN = auto()  # + or - and a value


_SAID: Mapping[Verb, words.Words] = {row.verb: row for row in words.WORDS}


@dataclass(frozen=True, slots=True)
class _Row:
    verb: Verb
    shape: _Shape
    read: _Reader


# --- values ---


def _shown(value: str) -> str:
    return f"„{value if len(value) <= 60 else value[:59] + '…'}“"


def _resolved(name: str, terms: Sequence[Term], kind: str = "", *, forgiving: bool = True) -> str | _Puzzle:
    """The id of the one term meant, or why it cannot be told. `kind` is the row of words.ALIASES."""
    match = words.find(name, terms, words.ALIASES.get(kind), forgiving=forgiving)
    if len(match.terms) == 1:
        return match.terms[0].id
    if match.terms:
        return _Puzzle(f"{_shown(name)} ist mehrdeutig. Gemeint sein kann: {'; '.join(match.near)}.", match.near)
    return _Puzzle(f"{_shown(name)} ist hier nicht bekannt.", match.near)


def _one_of(terms: Callable[[Vocabulary], Sequence[Term]], kind: str = "", *, forgiving: bool = True) -> _Reader:
    def read(value: str, vocabulary: Vocabulary, _: date) -> _Value | _Puzzle:
        found = _resolved(value, terms(vocabulary), kind, forgiving=forgiving)
        return found if isinstance(found, _Puzzle) else _Value((found,))

    return read


_unit = _one_of(lambda v: v.units, forgiving=False)


def _application(value: str, vocabulary: Vocabulary, today: date) -> _Value | _Puzzle:
    return _unit(re.sub(r"(?i)^an\s+", "", value), vocabulary, today)


def _alone(*_: object) -> _Value:
    return _Value()


def _text(value: str, *_: object) -> _Value:
    return _Value(text=value)


def _no_date(value: str) -> _Puzzle:
    return _Puzzle(f"{_shown(value)} ist kein Datum, das es im Kalender gibt.", _DATE_SAMPLES)


def _day(*, past: bool = False) -> _Reader:
    def read(value: str, _: Vocabulary, today: date) -> _Value | _Puzzle:
        found = dates.day(value, today, past=past)
        return _Value(day=found) if found else _no_date(value)

    return read


def _day_and_text(value: str, _: Vocabulary, today: date) -> _Value | _Puzzle:
    found = dates.leading(value, today)
    if not found:
        return _no_date(value)
    day, rest = found[0], found[1].strip()
    if rest and rest[0] not in ",:":
        return _Puzzle("Der Text für den Brief steht hinter dem Datum und einem Komma.", ("20.12.2026, Text",))
    return _Value(day=day, text=rest[1:].strip())


def _month(value: str, *_: object) -> _Value | _Puzzle:
    found = dates.month(value)
    return _Value((found,)) if found else _Puzzle(f"{_shown(value)} ist kein Monat.", ("2026-10", "Oktober 2026"))


_CASE = re.compile(r"(?:KRM)?[\s/-]*(20[0-9]{2})[\s/-]+([0-9]{1,6})", re.IGNORECASE)
_INTAKE = re.compile(r"E[\s-]?([2-9A-HJ-NP-TV-Z]{4})", re.IGNORECASE | re.ASCII)  # nothing like 0 and O, 1 and I


def _number(value: str, *_: object) -> _Value | _Puzzle:
    bare = value.strip("[]()# ")
    if found := _CASE.fullmatch(bare):
        return _Value((f"KRM-{found[1]}-{int(found[2]):04d}",))
    if found := _INTAKE.fullmatch(bare):
        return _Value((f"E-{found[1].upper()}",))
    return _Puzzle(f"{_shown(value)} ist keine Vorgangsnummer.", ("KRM-2026-0012", "E-7K2F"))


_STAGE = re.compile(r"([1-4])\.?(?:[\s,:;–-]+(\S.*))?", re.DOTALL)


def _stage(value: str, *_: object) -> _Value | _Puzzle:
    found = _STAGE.fullmatch(value)
    if not found:
        return _Puzzle("Es gibt die Stufen 1 bis 4; dahinter steht der Grund.", ("Stufe: 3 Grund", "Stufe: 1"))
    return _Value((found[1],), text=found[2] or "")


_MEASURE = re.compile(r"(.*\S)\s+(bis\s+\S.*)", re.DOTALL | re.IGNORECASE)


def _measure(value: str, vocabulary: Vocabulary, today: date) -> _Value | _Puzzle:
    """What, by when and who (GA 3.4: counter-measures are followed up)."""
    parts = _MEASURE.fullmatch(value)
    found = dates.leading(parts[2], today) if parts else None
    if not parts or not found:
        return _Puzzle("Zur Maßnahme gehört, bis wann sie erledigt wird.", ("Maßnahme: … bis 1.3.2027, Frau Meier",))
    owner = found[1].strip(" ,")
    if not owner:
        return _Puzzle("Zur Maßnahme gehört, wer sie erledigt.", ("Maßnahme: … bis 1.3.2027, Frau Meier",))
    person = _resolved(owner, vocabulary.people, forgiving=False)
    return person if isinstance(person, _Puzzle) else _Value((person,), found[0], parts[1].rstrip(" ,;"))


_DOUBT = frozenset(("nicht", "kein", "keine", "keinen", "aber", "oder", "vielleicht", "bitte", "?"))


def _reason(value: str, vocabulary: Vocabulary, _: date) -> _Value | _Puzzle:
    name, *target = re.split(r"\s+ans?\s+", value.strip(" ,:–-"), maxsplit=1, flags=re.IGNORECASE)
    reason = _resolved(name, words.REASONS)
    if isinstance(reason, _Puzzle):
        return _Puzzle(reason.why, _SAID[Verb.NOT_KRM].samples)
    if not target:
        return _Value((reason,))
    if _DOUBT.intersection(words.tokens(target[0])):
        return _Puzzle(f"{_shown(target[0])} ist keine Stelle.", _SAID[Verb.NOT_KRM].samples)
    if reason != "anfrage":
        return _Value((reason,), text=target[0])
    unit = _resolved(target[0], vocabulary.units, forgiving=False)
    return unit if isinstance(unit, _Puzzle) else _Value((reason, unit))


# --- lists of categories; a name may hold the very sign that parts names ---

_TOO_MANY = f"Es sind höchstens {MOST_CATEGORIES} Kategorien möglich."
_PARTED_BY = (re.compile(r"\s+und\s+|[&+]", re.IGNORECASE), re.compile(r"/"))
_NUMBERS = re.compile(r"(?i)(?:nr\.?|nummern?)?\s*([0-9]{1,3}(?:[.\s]+[0-9]{1,3})*)\.?")


def _categories(value: str, vocabulary: Vocabulary, _: date) -> _Value | _Puzzle:
    if len(re.findall(r"[,;/&+]", value)) > 5 * MOST_CATEGORIES:
        return _Puzzle(_TOO_MANY)
    found = [f for piece in _listed(value, vocabulary.categories) for f in _category(piece, vocabulary)]
    puzzles = [f for f in found if isinstance(f, _Puzzle)]
    ids = tuple(dict.fromkeys(f for f in found if isinstance(f, str)))
    if puzzles:
        return _Puzzle(" ".join(p.why for p in puzzles), tuple(n for p in puzzles for n in p.nearest))
    if len(ids) > MOST_CATEGORIES:
        return _Puzzle(_TOO_MANY)
    return _Value(ids) if ids else _Puzzle("Hier fehlt die Kategorie.")


def _listed(value: str, terms: Sequence[Term]) -> list[str]:
    """Parted at commas, save those within a name."""
    parts = [p for p in re.split(r"[,;]", value) if p.strip()]
    pieces: list[str] = []
    while parts:
        ends = range(min(len(parts), 6), 1, -1)
        end = next((n for n in ends if words.exact(",".join(parts[:n]), terms)), 1)
        pieces.append(",".join(parts[:end]).strip())
        parts = parts[end:]
    return pieces


def _category(piece: str, vocabulary: Vocabulary) -> list[str | _Puzzle]:
    """The ids of a piece: numbers, a name, or names parted by "und" or a slash where the whole is no name."""
    if numbers := _NUMBERS.fullmatch(piece):
        return [_chosen(int(n), vocabulary.choices) for n in re.findall(r"[0-9]+", numbers[1])]
    found = _resolved(piece, vocabulary.categories, "categories")
    if isinstance(found, str):
        return [found]
    for sign in _PARTED_BY:
        parts = [p.strip() for p in sign.split(piece) if p.strip()]
        if len(parts) > 1:
            each = [f for part in parts for f in _category(part, vocabulary)]
            if all(isinstance(f, str) for f in each):
                return each
    return [found]


def _chosen(number: int, choices: Sequence[str]) -> str | _Puzzle:
    if not choices:
        return _Puzzle("In dieser Mail stehen keine Nummern zur Wahl; bitte nennen Sie den Namen der Kategorie.")
    if 1 <= number <= len(choices):
        return choices[number - 1]
    return _Puzzle(f"Die Nummer {number} steht nicht zur Wahl; es gibt 1 bis {len(choices)}.")


# --- the table ---

_YES_NO = _one_of(lambda _: words.YES_NO, forgiving=False)
_PERSON = _one_of(lambda v: v.people, forgiving=False)
_WAY = _one_of(lambda _: words.ANSWER_WAYS)

ROWS = (
    _Row(Verb.CONFIRM, _Shape.ALONE, _alone),
    _Row(Verb.TYPE, _Shape.VALUE, _one_of(lambda v: v.types, "types")),
    _Row(Verb.CATEGORY, _Shape.VALUE, _categories),
    _Row(Verb.ADD_CATEGORY, _Shape.SIGN, _categories),
    _Row(Verb.DROP_CATEGORY, _Shape.SIGN, _categories),
    _Row(Verb.GROUP, _Shape.VALUE, _one_of(lambda v: v.groups, "groups")),
    _Row(Verb.FORM, _Shape.VALUE, _one_of(lambda v: v.forms, "forms")),
    _Row(Verb.UNIT, _Shape.VALUE, _unit),
    _Row(Verb.CONTACT, _Shape.VALUE, _PERSON),
    _Row(Verb.DEADLINE, _Shape.VALUE, _day()),
    _Row(Verb.SUPERIOR_DATE, _Shape.VALUE, _day()),
    _Row(Verb.FOLLOW_UP, _Shape.VALUE, _number),
    _Row(Verb.REMEDY, _Shape.VALUE, _YES_NO),
    _Row(Verb.APPLICATION, _Shape.VALUE, _application),
    _Row(Verb.AUTHORITY, _Shape.VALUE, _YES_NO),
    _Row(Verb.NOT_KRM, _Shape.VALUE, _reason),
    _Row(Verb.INTERIM, _Shape.TEXT, _day_and_text),
    _Row(Verb.STAGE, _Shape.TEXT, _stage),
    _Row(Verb.ANSWER_WAY, _Shape.VALUE, _WAY),
    _Row(Verb.RELEASE, _Shape.ALONE, _alone),
    _Row(Verb.POSTED, _Shape.VALUE, _day(past=True)),
    _Row(Verb.DONE, _Shape.TEXT, _text),
    _Row(Verb.REOPEN, _Shape.TEXT, _text),
    _Row(Verb.NOTE, _Shape.NOTE, _text),
    _Row(Verb.MEASURE, _Shape.TEXT, _measure),
    _Row(Verb.REPORT, _Shape.VALUE, _month),
    _Row(Verb.STATUS, _Shape.ALONE, _alone),
    _Row(Verb.HELP, _Shape.ALONE, _alone),
    _Row(Verb.UNDO, _Shape.ALONE, _alone),
    _Row(Verb.SEEN, _Shape.ALONE, _alone),
)
REPEATABLE = frozenset({Verb.ADD_CATEGORY, Verb.DROP_CATEGORY, Verb.NOTE, Verb.MEASURE})
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
    said = " ".join(re.sub(r"[,.!]", " ", words.fold(line)).split()).strip(_QUOTES)
    for courtesy in _COURTESIES:
        said = said.removeprefix(f"{courtesy} ").removesuffix(f" {courtesy}")
    return "" if said in _COURTESIES else said


_COURTESIES = tuple(words.fold(courtesy) for courtesy in words.COURTESIES)
_ALONE = {_phrase(w): row for row in ROWS if row.shape is _Shape.ALONE for w in _SAID[row.verb].words}
_SIGNS = {w: row for row in ROWS if row.shape is _Shape.SIGN for w in _SAID[row.verb].words}
_KEYS = {
    words.squeeze(w): row for row in ROWS if row.shape not in (_Shape.ALONE, _Shape.SIGN) for w in _SAID[row.verb].words
}
_NOT_KRM = _KEYS["keinkrm"]
_REASON_WORDS = frozenset(words.fold(w) for w in words.REASON_WORDS)
_REASON_STARTS = frozenset(words.squeeze(w) for w in words.REASON_STARTS)
_LOOSE = frozenset(words.squeeze(w) for w in words.COLON_MAY_MISS)
_SIGNED = re.compile(r"(\+(?=\s*\w)|[−–-](?=\w))(.+)", re.DOTALL)
_BETWEEN_SIGNED = re.compile(r"[,;]?\s+(?=[+−–-]\w)")


def _head(line: str) -> _Head | None:
    said = _phrase(line)
    if row := _ALONE.get(said):
        return _Head(row, "", certain=True)
    if said in _REASON_WORDS:
        return _Head(_NOT_KRM, said, certain=True)
    key, colon, value = line.partition(":")
    if len(key) < 60 and (row := _KEYS.get(words.squeeze(key))):
        return _Head(row, value, certain=bool(colon))
    if signed := _SIGNED.fullmatch(line):
        return _Head(_SIGNS[signed[1]], signed[2], certain=False)
    return _without_colon(line)


def _without_colon(line: str) -> _Head | None:
    for count in (2, 1):
        parts = line.split(maxsplit=count)
        start = words.squeeze(" ".join(parts[:count])[:60])
        if len(parts) > count and start in _REASON_STARTS:
            return _Head(_NOT_KRM, line, certain=False)
        if len(parts) > count and start in _LOOSE:
            return _Head(_KEYS[start], parts[count], certain=False)
    return None


# --- lines to pieces: one piece, one instruction ---


def _bare(line: str) -> str:
    """Without blanks and quotes around the whole line."""
    line = words.visible(line)
    while len(line) > 1 and line[0] in _QUOTES and line[-1] in _QUOTES:
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
    return isinstance(_read_value(head, vocabulary, today), _Value)


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
        return Unclear(piece, "Diese Zeile ist keine Anweisung, die hier bekannt ist.", _near(piece, vocabulary))
    verb = head.row.verb
    if verb not in vocabulary.verbs:
        return Unclear(piece, f"„{verb}“ ist in dieser Antwort nicht möglich.", _near(piece, vocabulary))
    found = _read_value(head, vocabulary, today)
    if isinstance(found, _Puzzle):
        return Unclear(piece, found.why, found.nearest)
    return Instruction(verb, piece, found.ids, found.day, found.text)


def _read_value(head: _Head, vocabulary: Vocabulary, today: date) -> _Value | _Puzzle:
    row = head.row
    if row.shape is _Shape.ALONE:
        return row.read("", vocabulary, today)
    free = row.shape in (_Shape.TEXT, _Shape.NOTE)
    value = head.value.strip().strip(_MARKS) if free else head.value.strip(_QUOTES).rstrip(".!").strip(_QUOTES)
    if not value:
        return _Puzzle(f"Nach „{row.verb}“ fehlt die Angabe.", _SAID[row.verb].samples)
    if len(value) > _LONGEST and not free:
        return _Puzzle(f"Die Angabe nach „{row.verb}“ ist zu lang.", _SAID[row.verb].samples)
    return row.read(value, vocabulary, today)


def _near(piece: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Lines this person may write that look like it."""
    allowed = {
        words.squeeze(word): said.samples[0]
        for said in words.WORDS
        if said.verb in vocabulary.verbs
        for word in said.words
    }
    return words.nearest(piece, {word: sample for word, sample in allowed.items() if word})


# --- lines against each other ---


def _meaning(said: Instruction) -> tuple[object, ...]:
    return (said.verb, said.ids, said.day, words.fold(said.text))


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
