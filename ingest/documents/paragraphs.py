"""Blocks of a document to plain text; and what lists are numbered with."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

TIGHT = 3.0
"""Points of space between paragraphs below which they stand one under the other, as lines of an address do."""

_BLANKS = re.compile(r"[ \t\xa0\u2002-\u200a\u202f]+")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xad": "", "\u200b": ""}
)
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST_ROMAN = 39


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (empty: a blank line), an item of a list, or the rows of a table.

    `above` and `below` are the wanted space in points. Between two of the same `kin` ("" is none) there is none.
    """

    text: str
    above: float = 0.0
    below: float = 0.0
    item: bool = False
    kin: str = ""


def arranged(blocks: Iterable[Block]) -> str:
    """One under the other, a blank line where the document leaves room."""
    pieces: list[str] = []
    last: Block | None = None
    blank = False
    for block in blocks:
        text = tidied(block.text)
        if not text:
            blank = True
            continue
        if last is not None:
            pieces.append("\n\n" if blank or not _close(last, block) else "\n")
        pieces.append(text)
        last, blank = block, False
    return "".join(pieces)


def _close(one: Block, other: Block) -> bool:
    if one.item and other.item:
        return True
    return (one.kin != "" and one.kin == other.kin) or max(one.below, other.above) < TIGHT


def tidied(text: str) -> str:
    """Blanks and tabs are one blank, ligatures are letters, soft hyphens are gone, no blank line inside."""
    lines = (_BLANKS.sub(" ", line).strip() for line in text.translate(_LIGATURES).split("\n"))
    return "\n".join(line for line in lines if line)


def tabled(rows: Sequence[Sequence[Sequence[Block]]]) -> list[Block]:
    """Rows of cells of blocks: ` | ` between the filled cells of a row, a blank after a label's colon.

    A row with a cell of several lines is a layout: its cells stand one under the other.
    """
    blocks: list[Block] = []
    lines: list[str] = []
    for row in rows:
        cells = [text for text in map(arranged, row) if text]
        if all("\n" not in cell for cell in cells):
            lines.append(_row(cells))
            continue
        blocks += (Block("\n".join(lines), TIGHT, TIGHT), *(Block(cell, TIGHT, TIGHT) for cell in cells))
        lines = []
    blocks.append(Block("\n".join(lines), TIGHT, TIGHT))
    return [block for block in blocks if block.text.strip()]


def _row(cells: Iterable[str]) -> str:
    line = ""
    for cell in cells:
        line += ("" if not line else " " if line.endswith(":") else " | ") + cell
    return line


def numeral(number: int, style: str) -> str:
    """A number as "1", "a", "A", "i" or "I" have it; any other style, or one too large for it, as "1"."""
    if style in ("a", "A") and 1 <= number <= 26:
        return chr(ord(style) + number - 1)
    if style in ("i", "I") and 1 <= number <= _MOST_ROMAN:
        return _roman(number) if style == "i" else _roman(number).upper()
    return str(number)


def _roman(number: int) -> str:
    signs = ""
    for value, sign in _ROMAN:
        signs += sign * (number // value)
        number %= value
    return signs
