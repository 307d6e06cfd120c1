"""Marks and names on a filled form: which boxes are ticked. Pure.

Marks stand before their names or behind them, the same all over a form; some people mark only what they mean.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

TICKED = r"[☒☑✓✔✗✘✕✖⊠🗹🗷■●◉]|\[\s*[xX+✓✔✗]\s*\]|\(\s*[xX+✓]\s*\)|(?<![\w/.-])[xX](?![\w/.-])"
EMPTY = r"[☐□◻⬜○◯▢❏❑]|\[\s*\]|\(\s*\)|\[_+\]"
_MARK = f"(?P<ticked>{TICKED})|(?P<empty>{EMPTY})"
LOST = "Bei „{}“ ist nicht zu erkennen, welches Kästchen angekreuzt ist."


@dataclass(frozen=True, slots=True)
class Seen:
    """A name as it stands on the form: `ticked` is None where no mark belongs to it. A `heading` has no box."""

    name: str
    ticked: bool | None
    heading: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # "ticked", "empty" or "name"
    name: str
    start: int
    end: int


def seen(section: str, names: Iterable[str], headings: Collection[str] = ()) -> list[Seen]:
    """The names and headings in their order, each with its mark.

    A word that is both, such as "Sonstiges", is a heading where it has no mark on a form that marks its boxes.
    """
    boxes = set(names)
    tokens = _tokens(section, boxes | set(headings))
    marks = _marks(tokens, boxes)
    marked = bool(marks)
    return [
        Seen(t.name, marks.get(n), t.name not in boxes or (marked and n not in marks and t.name in headings))
        for n, t in enumerate(tokens)
        if t.kind == "name"
    ]


def ticked(found: Sequence[Seen]) -> list[str]:
    """The names that are ticked: those whose mark says so; where nothing is marked, those that are written at all."""
    marked = any(s.ticked is not None for s in found)
    return list(dict.fromkeys(s.name for s in found if (s.ticked if marked else not s.heading)))


def _tokens(section: str, names: Iterable[str]) -> list[_Token]:
    called = {_key(name): name for name in names}
    stems = {key[:-1]: name for key, name in called.items() if key.endswith(".")}
    spaced = (_written(name) for name in sorted(called.values(), key=len, reverse=True))
    pattern = re.compile(rf"{_MARK}|(?<![\w-])(?P<name>{'|'.join(spaced)})(?![\w-])", re.IGNORECASE)
    return [
        _Token(hit.lastgroup or "", _name(hit[0], called, stems) if hit.lastgroup == "name" else "", *hit.span())
        for hit in pattern.finditer(section)
    ]


def _written(name: str) -> str:
    """An abbreviation stands for the whole word as well: "telefon." for "telefonisch"."""
    words = r"\s+".join(map(re.escape, name.split()))
    return rf"{words[:-2]}(?:\.|\w*)" if name.endswith(".") else words


def _name(written: str, called: Mapping[str, str], stems: Mapping[str, str]) -> str:
    key = _key(written)
    return called.get(key) or next((name for stem, name in stems.items() if key.startswith(stem)), "")


def _key(words: str) -> str:
    return " ".join(words.casefold().split())


def _marks(tokens: Sequence[_Token], boxes: Collection[str]) -> dict[int, bool]:
    """Place of a name -> whether its mark is ticked."""
    step = 1 if _before(tokens) else -1
    places = [(n, n + step) for n, t in enumerate(tokens) if t.kind != "name"]
    return {
        place: tokens[n].kind == "ticked"
        for n, place in places
        if 0 <= place < len(tokens) and tokens[place].kind == "name" and tokens[place].name in boxes
    }


def _before(tokens: Sequence[_Token]) -> bool:
    """Whether marks stand before their names: one for each, and the first token says it; else the nearer names do."""
    marks = [n for n, t in enumerate(tokens) if t.kind != "name"]
    names = [n for n, t in enumerate(tokens) if t.kind == "name"]
    if not marks or not names:
        return True
    if len(marks) >= len(names):
        return marks[0] < names[0]
    far = 1000
    ahead = sum(tokens[n + 1].start - tokens[n].end if n + 1 < len(tokens) else far for n in marks)
    behind = sum(tokens[n].start - tokens[n - 1].end if n else far for n in marks)
    return ahead <= behind
