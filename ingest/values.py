"""The value behind a key -> what it says, or why it says nothing: one reader a kind of value (conversation.md)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ingest import dates, matching
from ingest import vocabulary as words
from ingest.message import Term, Verb, Vocabulary

MOST_CATEGORIES = 3  # GA 3.1, Anlage 3: up to three concerns
LONGEST = 400  # letters of a value that is looked up
MARKS = "*_` \t"
QUOTES = "\"'„“”‚‘’»«›‹" + MARKS
_DATE_SAMPLES = ("15.12.2026", "15. Dezember", "Freitag")


@dataclass(frozen=True, slots=True)
class Value:
    """What a value says; the fields are Instruction's."""

    ids: tuple[str, ...] = ()
    day: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Puzzle:
    """Why a value says nothing; the fields are Unclear's."""

    why: str
    nearest: tuple[str, ...] = ()


SAID: Mapping[Verb, words.Words] = {row.verb: row for row in words.WORDS}
Reader = Callable[[str, Vocabulary, date], Value | Puzzle]


def shown(value: str) -> str:
    return f"„{value if len(value) <= 60 else value[:59] + '…'}“"


def resolved(name: str, terms: Sequence[Term], kind: str = "", *, forgiving: bool = True) -> str | Puzzle:
    """The id of the one term meant, or why it cannot be told. `kind` is the row of words.ALIASES."""
    match = matching.find(name, terms, words.ALIASES.get(kind), forgiving=forgiving)
    if len(match.terms) == 1:
        return match.terms[0].id
    if match.terms:
        return Puzzle(f"{shown(name)} ist mehrdeutig. Gemeint sein kann: {'; '.join(match.near)}.", match.near)
    return Puzzle(f"{shown(name)} ist hier nicht bekannt.", match.near)


def one_of(terms: Callable[[Vocabulary], Sequence[Term]], kind: str = "", *, forgiving: bool = True) -> Reader:
    def read(value: str, vocabulary: Vocabulary, _: date) -> Value | Puzzle:
        found = resolved(value, terms(vocabulary), kind, forgiving=forgiving)
        return found if isinstance(found, Puzzle) else Value((found,))

    return read


unit = one_of(lambda v: v.units, forgiving=False)


def application(value: str, vocabulary: Vocabulary, today: date) -> Value | Puzzle:
    return unit(re.sub(r"(?i)^an\s+", "", value), vocabulary, today)


def alone(*_: object) -> Value:
    return Value()


def text(value: str, *_: object) -> Value:
    return Value(text=value)


def _no_date(value: str) -> Puzzle:
    return Puzzle(f"{shown(value)} ist kein Datum, das es im Kalender gibt.", _DATE_SAMPLES)


def day(*, past: bool = False) -> Reader:
    def read(value: str, _: Vocabulary, today: date) -> Value | Puzzle:
        found = dates.day(value, today, past=past)
        return Value(day=found) if found else _no_date(value)

    return read


def day_and_text(value: str, _: Vocabulary, today: date) -> Value | Puzzle:
    found = dates.leading(value, today)
    if not found:
        return _no_date(value)
    day, rest = found[0], found[1].strip()
    if rest and rest[0] not in ",:":
        return Puzzle("Der Text für den Brief steht hinter dem Datum und einem Komma.", ("20.12.2026, Text",))
    return Value(day=day, text=rest[1:].strip())


def month(value: str, *_: object) -> Value | Puzzle:
    found = dates.month(value)
    return Value((found,)) if found else Puzzle(f"{shown(value)} ist kein Monat.", ("2026-10", "Oktober 2026"))


_PASSED_ON = re.compile(r"(?:an\s+)?(.{1,80}?)\s*(?:[:;–]|\s-\s|,)\s*(\S.*)", re.DOTALL | re.IGNORECASE)


def pass_on(value: str, vocabulary: Vocabulary, today: date) -> Value | Puzzle:
    """The unit it should go to, and why."""
    found = _PASSED_ON.fullmatch(value)
    if not found:
        return Puzzle("Zum Abgeben gehört der Grund.", SAID[Verb.HAND_ON].samples)
    target = unit(found[1], vocabulary, today)
    return target if isinstance(target, Puzzle) else Value(target.ids, text=found[2])


def units(value: str, vocabulary: Vocabulary, _: date) -> Value | Puzzle:
    """One unit, or several of which each handles a part; the first writes the answer (rules.md: one joint answer)."""
    whole = resolved(value, vocabulary.units, forgiving=False)
    if isinstance(whole, str):
        return Value((whole,))
    parts = [p.strip() for p in re.split(r"[,;+&]|\s+und\s+", value) if p.strip()]
    found = [resolved(p, vocabulary.units, forgiving=False) for p in parts]
    puzzles = [f for f in found if isinstance(f, Puzzle)]
    if len(parts) < 2 or puzzles:
        return whole if len(parts) < 2 else puzzles[0]
    ids = tuple(dict.fromkeys(f for f in found if isinstance(f, str)))
    return Value(ids) if len(ids) <= MOST_CATEGORIES else Puzzle("Es sind höchstens drei Teams möglich.")


_CASE = re.compile(r"(?:KRM)?[\s/-]*(20[0-9]{2})[\s/-]+([0-9]{1,6})", re.IGNORECASE)
_INTAKE = re.compile(r"E[\s-]?([2-9A-HJ-NP-TV-Z]{4})", re.IGNORECASE | re.ASCII)  # nothing like 0 and O, 1 and I


def number(value: str, *_: object) -> Value | Puzzle:
    bare = value.strip("[]()# ")
    if found := _CASE.fullmatch(bare):
        return Value((f"KRM-{found[1]}-{int(found[2]):04d}",))
    if found := _INTAKE.fullmatch(bare):
        return Value((f"E-{found[1].upper()}",))
    return Puzzle(f"{shown(value)} ist keine Vorgangsnummer.", ("KRM-2026-0012", "E-7K2F"))


_STAGE = re.compile(r"([1-4])\.?(?:[\s,:;–-]+(\S.*))?", re.DOTALL)


def stage(value: str, *_: object) -> Value | Puzzle:
    found = _STAGE.fullmatch(value)
    if not found:
        return Puzzle("Es gibt die Stufen 1 bis 4; dahinter steht der Grund.", ("Stufe: 3 Grund", "Stufe: 1"))
    return Value((found[1],), text=found[2] or "")


_MEASURE = re.compile(r"(.*\S)\s+(bis\s+\S.*)", re.DOTALL | re.IGNORECASE)


def measure(value: str, vocabulary: Vocabulary, today: date) -> Value | Puzzle:
    """What, by when and who (GA 3.4: counter-measures are followed up)."""
    parts = _MEASURE.fullmatch(value)
    found = dates.leading(parts[2], today) if parts else None
    if not parts or not found:
        return Puzzle("Zur Maßnahme gehört, bis wann sie erledigt wird.", ("Maßnahme: … bis 1.3.2027, Frau Meier",))
    owner = found[1].strip(" ,")
    if not owner:
        return Puzzle("Zur Maßnahme gehört, wer sie erledigt.", ("Maßnahme: … bis 1.3.2027, Frau Meier",))
    person = resolved(owner, vocabulary.people, forgiving=False)
    return person if isinstance(person, Puzzle) else Value((person,), found[0], parts[1].rstrip(" ,;"))


_DOUBT = frozenset(("nicht", "kein", "keine", "keinen", "aber", "oder", "vielleicht", "bitte", "?"))


def reason(value: str, vocabulary: Vocabulary, _: date) -> Value | Puzzle:
    name, *target = re.split(r"\s+ans?\s+", value.strip(" ,:–-"), maxsplit=1, flags=re.IGNORECASE)
    reason = resolved(name, words.REASONS)
    if isinstance(reason, Puzzle):
        return Puzzle(reason.why, SAID[Verb.NOT_KRM].samples)
    if not target:
        return Value((reason,))
    if _DOUBT.intersection(matching.tokens(target[0])):
        return Puzzle(f"{shown(target[0])} ist keine Stelle.", SAID[Verb.NOT_KRM].samples)
    if reason != "anfrage":
        return Value((reason,), text=target[0])
    unit = resolved(target[0], vocabulary.units, forgiving=False)
    return unit if isinstance(unit, Puzzle) else Value((reason, unit))


# --- lists of categories; a name may hold the very sign that parts names ---

_TOO_MANY = f"Es sind höchstens {MOST_CATEGORIES} Kategorien möglich."
_PARTED_BY = (re.compile(r"\s+und\s+|[&+]", re.IGNORECASE), re.compile(r"/"))
_NUMBERS = re.compile(r"(?i)(?:nr\.?|nummern?)?\s*([0-9]{1,3}(?:[.\s]+[0-9]{1,3})*)\.?")


def categories(value: str, vocabulary: Vocabulary, _: date) -> Value | Puzzle:
    if len(re.findall(r"[,;/&+]", value)) > 5 * MOST_CATEGORIES:
        return Puzzle(_TOO_MANY)
    found = [f for piece in _listed(value, vocabulary.categories) for f in _category(piece, vocabulary)]
    puzzles = [f for f in found if isinstance(f, Puzzle)]
    ids = tuple(dict.fromkeys(f for f in found if isinstance(f, str)))
    if puzzles:
        return Puzzle(" ".join(p.why for p in puzzles), tuple(n for p in puzzles for n in p.nearest))
    if len(ids) > MOST_CATEGORIES:
        return Puzzle(_TOO_MANY)
    return Value(ids) if ids else Puzzle("Hier fehlt die Kategorie.")


def _listed(value: str, terms: Sequence[Term]) -> list[str]:
    """Parted at commas, save those within a name."""
    parts = [p for p in re.split(r"[,;]", value) if p.strip()]
    pieces: list[str] = []
    while parts:
        ends = range(min(len(parts), 6), 1, -1)
        end = next((n for n in ends if matching.exact(",".join(parts[:n]), terms)), 1)
        pieces.append(",".join(parts[:end]).strip())
        parts = parts[end:]
    return pieces


def _category(piece: str, vocabulary: Vocabulary) -> list[str | Puzzle]:
    """The ids of a piece: numbers, a name, or names parted by "und" or a slash where the whole is no name."""
    if numbers := _NUMBERS.fullmatch(piece):
        return [_chosen(int(n), vocabulary.choices) for n in re.findall(r"[0-9]+", numbers[1])]
    found = resolved(piece, vocabulary.categories, "categories")
    if isinstance(found, str):
        return [found]
    for sign in _PARTED_BY:
        parts = [p.strip() for p in sign.split(piece) if p.strip()]
        if len(parts) > 1:
            each = [f for part in parts for f in _category(part, vocabulary)]
            if all(isinstance(f, str) for f in each):
                return each
    return [found]


def _chosen(number: int, choices: Sequence[str]) -> str | Puzzle:
    if not choices:
        return Puzzle("In dieser Mail stehen keine Nummern zur Wahl; bitte nennen Sie den Namen der Kategorie.")
    if 1 <= number <= len(choices):
        return choices[number - 1]
    return Puzzle(f"Die Nummer {number} steht nicht zur Wahl; es gibt 1 bis {len(choices)}.")
