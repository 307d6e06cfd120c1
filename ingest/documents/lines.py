"""Lines of a printed page back to flowing text: which line ends were meant, which came from the page's width."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from ingest.documents.paragraphs import tidied


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its page from 0, the height of its baseline above the page's lower edge and its type's size in points.

    `edge` is 1 where headers stand, -1 where footers stand, else 0.
    """

    text: str
    page: int
    y: float
    size: float
    edge: int = 0


class Joint(StrEnum):
    """What stands between two lines in the text."""

    PARAGRAPH = "\n\n"
    LINE = "\n"
    BLANK = " "
    HYPHEN = ""
    """The hyphen is part of the word: it stays."""
    PARTED = "-"
    """The hyphen only parted the word: it goes."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A line and the next; the usual distance of lines, and how many characters a full line has."""

    line: Line
    next: Line
    leading: float
    full: int


_MORE_THAN_LEADING = 1.2
_NEARLY_FULL = 0.85
_SAME_SIZE = 0.12
_MARK = re.compile(r"[•▪◦●○■□–*-] |(?:\d{1,2}|[a-z])[.)] ")
_BULLET = re.compile(r"[•▪◦●○■□\uf0b7\uf0a7] ?")
_PARTED = re.compile(r"[^\W\d_]{2}[-\xad\u2010]$")
_HYPHEN = re.compile(r"\w[-\u2010]$")
_AND = re.compile(r"(?:und|oder|bzw\.|sowie|bis|als|noch)\b")
_ENDS = (".", ":", "!", "?", ",")


def _new_page(p: _Pair) -> bool:
    return p.next.page != p.line.page and (
        p.line.text.endswith(_ENDS[:-1]) or _roomy(p) or not p.next.text[:1].islower()
    )


def _apart(p: _Pair) -> bool:
    gap = p.line.y - p.next.y
    return p.next.page == p.line.page and not -0.2 * p.line.size <= gap <= _MORE_THAN_LEADING * p.leading


def _other_size(p: _Pair) -> bool:
    return abs(p.line.size - p.next.size) > _SAME_SIZE * max(p.line.size, p.next.size)


def _bullet(p: _Pair) -> bool:
    return _BULLET.match(p.next.text) is not None


def _marked(p: _Pair) -> bool:
    return _MARK.match(p.next.text) is not None and (p.line.text.endswith(_ENDS) or _roomy(p))


def _parted(p: _Pair) -> bool:
    return _PARTED.search(p.line.text) is not None and p.next.text[:1].islower() and not _AND.match(p.next.text)


def _hyphen(p: _Pair) -> bool:
    return _HYPHEN.search(p.line.text) is not None and not p.next.text[:1].islower()


def _roomy(p: _Pair) -> bool:
    """The next word would have fitted: whoever wrote it ended the line here."""
    return len(p.line.text) + 1 + len(p.next.text.split(" ", 1)[0]) <= _NEARLY_FULL * p.full


_JOINTS: tuple[tuple[Callable[[_Pair], bool], Joint], ...] = (
    (_new_page, Joint.PARAGRAPH),
    (_apart, Joint.PARAGRAPH),
    (_other_size, Joint.PARAGRAPH),
    (_bullet, Joint.LINE),
    (_marked, Joint.LINE),
    (_parted, Joint.PARTED),
    (_hyphen, Joint.HYPHEN),
    (_roomy, Joint.LINE),
    (lambda _: True, Joint.BLANK),
)
"""The first that holds decides."""


def flowing(lines: Sequence[Line]) -> str:
    """The text: a blank line between paragraphs, words that were parted at a line's end whole again."""
    if not lines:
        return ""
    leading, full = _leading(lines), _full(lines)
    pieces = [lines[0].text]
    for line, following in pairwise(lines):
        joint = next(joint for holds, joint in _JOINTS if holds(_Pair(line, following, leading, full)))
        if joint is Joint.PARTED:
            pieces[-1] = pieces[-1][:-1]
            joint = Joint.HYPHEN
        pieces += (joint.value, following.text)
    paragraphs = "".join(pieces).split("\n\n")
    return "\n\n".join(filter(None, map(tidied, paragraphs)))


def _leading(lines: Sequence[Line]) -> float:
    """The least distance of lines that is not rare, in points."""
    gaps = Counter(
        round(2 * (line.y - following.y)) / 2
        for line, following in pairwise(lines)
        if line.page == following.page and 0.9 * line.size <= line.y - following.y <= 3 * line.size
    )
    usual = [gap for gap, count in gaps.items() if count >= 0.1 * gaps.total()]
    return min(usual, default=1.3 * max(line.size for line in lines))


def _full(lines: Sequence[Line]) -> int:
    """Characters of a full line: the longest but one, since a single one may be a table's."""
    return sorted(len(line.text) for line in lines)[-2:][0]
