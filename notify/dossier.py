"""A file on paper: chapters of facts, tables, lists and people's words -> what its template is told -> a tagged PDF.

Pure. A Case becomes one in `case_file`; whoever has other chapters makes them of the same parts.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

PAPER = "dossier"
LONGEST = 100_000
"""Signs of one text that are printed, some thirty pages; the original has the rest."""
CUT = "Hier endet der Abdruck. Das Original hat den ganzen Text."
COLUMN = 24
"""Signs without a blank that fit into every column."""
_LETTERS = frozenset({"L", "R", "AL"})


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows (field, value); empty values are left out."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; `widths` are shares of the page, one a column."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """A list, or a single sentence."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Somebody's words as they stand."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence of the program."""

    text: str


Part = Facts | Table | Points | Words | Note


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading and what stands beneath it; `within` the chapter before it: a heading one step lower."""

    title: str
    parts: tuple[Part, ...] = ()
    within: bool = False


@dataclass(frozen=True, slots=True)
class Dossier:
    """`title` names the paper on each page; `lines` stand beneath it: the file reference, the day of printing."""

    title: str
    office: str
    lines: tuple[str, ...]
    chapters: tuple[Chapter, ...]


def pdf(dossier: Dossier) -> bytes:
    """The paper, tagged (PDF/UA-1), with a bookmark a heading. Raises papers.BrokenPaper."""
    from notify import papers  # noqa: PLC0415 - what makes a PDF is loaded where one is made

    return papers.pdf(PAPER, told(dossier))


def told(dossier: Dossier) -> Mapping[str, Any]:
    """What the template is told."""
    return {
        "title": dossier.title,
        "office": dossier.office,
        "lines": [breakable(line) for line in dossier.lines if line],
        "chapters": [
            {"title": breakable(c.title), "level": 3 if c.within else 2, "parts": [_part(p) for p in c.parts]}
            for c in dossier.chapters
        ],
    }


def _part(part: Part) -> dict[str, Any]:
    match part:
        case Facts():
            rows = [[name, breakable(value)] for name, value in part.rows if value]
            return {"kind": "facts", "rows": rows}
        case Table():
            rows = [[breakable(cell) for cell in row] for row in part.rows]
            return {"kind": "table", "head": list(part.head), "rows": rows, "widths": list(part.widths)}
        case Points():
            return {"kind": "points", "lines": [breakable(line) for line in part.lines]}
        case Words():
            return {"kind": "words", "blocks": list(_blocks(part.text)), "cut": CUT if len(part.text) > LONGEST else ""}
        case Note():
            return {"kind": "note", "text": breakable(part.text)}


def _blocks(text: str) -> Iterator[dict[str, Any]]:
    """Lines that follow each other and are written in the same direction."""
    turned: list[tuple[bool, str]] = []
    for line in text[:LONGEST].split("\n"):
        turned.append((_from_right(line, turned[-1][0] if turned else False), breakable(line)))
    for rtl, lines in groupby(turned, key=itemgetter(0)):
        yield {"rtl": rtl, "lines": [line for _, line in lines]}


def breakable(text: str, every: int = COLUMN) -> str:
    """With places where a word of more signs than that may end a line: it is no wider than its column then."""
    return re.sub(rf"\S{{{every}}}(?=\S)", "\\g<0>\u200b", text)


def _from_right(line: str, before: bool) -> bool:
    """Whether it is written from right to left, as its first letter says (UAX #9, P2); else as the line `before`."""
    kinds = map(unicodedata.bidirectional, line)
    return next((kind != "L" for kind in kinds if kind in _LETTERS), before)
