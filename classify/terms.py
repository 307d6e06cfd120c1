"""A text taken apart into the terms that are counted: folded words, pairs of words, character n-grams, form, signs."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from classify.coding import Text
from classify.formalities import spans
from classify.signs import Signs, read

LONGEST = 20_000
"""Characters of a body that are read; the rest of a longer one changes no coding."""

_TOKEN = re.compile(r"\w{1,60}|§{1,2}|[?!€]")
_CYRILLIC = re.compile("[\u0400-\u0481\u048a-\u04ff]")
_PLAIN = str.maketrans("äöü123456789", "aou" + "0" * 9)


class Word(NamedTuple):
    """A word of a text: where it stands, and how it is counted."""

    start: int
    end: int
    folded: str


def fold(word: str) -> str:
    """Lower case without umlauts, whichever way they are written, and without the value of digits."""
    folded = word.casefold().translate(_PLAIN)
    return folded.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def passage(text: Text) -> str:
    """What is read of a mail: subject and body."""
    return f"{text.subject[:500]}\n{text.body[:LONGEST]}"


class Folds(dict[str, str]):
    """Words and how they are counted; each is folded once."""

    def __missing__(self, word: str) -> str:
        folded = self[word] = fold(word)
        return folded


def words(passage_: str, folds: Folds) -> tuple[Word, ...]:
    return tuple([Word._make((*match.span(), folds[match[0]])) for match in _TOKEN.finditer(passage_)])


def grams(word: str) -> list[str]:
    """Character 3- to 5-grams of a folded word with its borders; a shorter word once, whole."""
    padded = f" {word} "
    if len(padded) <= 3:
        return [f"c{padded}"]
    return [f"c{padded[start : start + size]}" for size in (3, 4, 5) for start in range(len(padded) - size + 1)]


def _form(text: Text, signs: Signs, count: int) -> Iterator[str]:
    begins = text.body[:2000]
    letters = list(filter(str.isalpha, begins))
    yield "flength" + str(min(6, int(np.log2(1 + count))))
    if len(letters) > 20 and sum(map(str.isupper, letters)) > len(letters) / 2:
        yield "fshouting"
    if text.body.rstrip().endswith("?"):
        yield "fends-asking"
    if not text.from_name.strip():
        yield "fnameless"
    yield from (f"f{name}" for name in signs.names)
    if _CYRILLIC.search(begins):
        yield "fcyrillic"


def _own(found: tuple[Word, ...], text: Text) -> tuple[Word, ...]:
    """Without greeting and closing, which all mails share: in a short one they would outweigh what it says."""
    begins = len(text.subject[:500]) + 1
    for start, end in spans(text.body[:LONGEST]):
        first, behind = (bisect_left(found, begins + edge, key=attrgetter("start")) for edge in (start, end))
        found = found[:first] + found[behind:]
    return found


@dataclass(frozen=True, slots=True)
class Terms:
    """A text taken apart: its words, and all other terms, with the index of the word each came from (-1: none).

    What a word counts by itself is left to `WordTerms`, so that a caller can look each word up once. `begins` is the
    index of the first word of the body.
    """

    passage: str
    words: tuple[Word, ...]
    terms: tuple[str, ...]
    owners: tuple[int, ...]
    signs: Signs
    begins: int = 0


def taken_apart(text: Text, folds: Folds) -> Terms:
    whole, signs = passage(text), read(text)
    found = _own(words(whole, folds), text)
    border = len(text.subject[:500])
    names = [word.folded for word in found]
    begins = bisect_right(found, border, key=attrgetter("end"))
    own = [*(f"w{a} {b}" for a, b in pairwise(names)), *(f"s{name}" for name in names[:begins])]
    owners = (*range(len(names) - 1), *range(begins))
    others = [*(f"n{word.folded}" for word in words(text.from_name[:200], folds)), *_form(text, signs, len(names))]
    return Terms(whole, found, (*own, *others), (*owners, *([-1] * len(others))), signs, begins)


class WordTerms(dict[str, list[str]]):
    """Folded words and what each counts by itself; each is taken apart once."""

    def __missing__(self, word: str) -> list[str]:
        found = self[word] = [*grams(word), f"w{word}"]
        return found
