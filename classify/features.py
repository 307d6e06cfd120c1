"""Text to numbers: folded words, pairs and character n-grams, weighted by TF-IDF, each number traceable to a word.

Written without scikit-learn, so that a mail is judged without loading it, and so that every number knows the word it
came from: that is what evidence is made of.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from classify import embedding
from classify.coding import Text
from classify.signs import Signs
from classify.terms import Folds, Terms, Word, WordTerms, grams, passage, taken_apart

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Block:
    """A kind of feature: its one-letter mark, its share of the whole, how many writers must use a term that counts."""

    mark: str
    weight: float
    at_least: int


BLOCKS = (
    Block("c", 1.0, 3),  # character n-grams of subject and body, within words
    Block("w", 1.2, 2),  # words and pairs of words
    Block("s", 0.2, 2),  # words of the subject
    Block("n", 0.3, 2),  # words of the sender's display name
    Block("f", 0.3, 2),  # form (length, shouting, question) and what rules say
    Block("e", 0.5, 0),  # the meaning as a vector, where the extra for it is installed
)


FULL_BODY = 25
LEAST_SHARE = 0.3
"""A word of the subject counts as one of the body where the body has so many words, and at least so much."""

MEANING = "e"

MOST_KEPT = 20_000
"""So many words are remembered as they are counted."""

Bounds = tuple[str, int, int, float]
"""Mark of a block, its first id, the id behind its last, its share of the whole."""


@dataclass(frozen=True)
class Row:
    """A text as numbers: feature ids (sorted), how often each occurs, and weights. `traces`, `places` and `owners` are
    feature id, its place in `ids`, and word of each occurrence; a word below zero is none of the mail's own. `known` is
    the share of words the lexicon knows, 0 to 1."""

    ids: Ints
    counts: Ints
    weights: Floats
    traces: Ints
    places: Ints
    owners: Ints
    passage: str
    words: tuple[Word, ...]
    known: float
    signs: Signs


class Known(NamedTuple):
    """What counts of a word by itself: the ids of its grams, its own id (-1: none); whether it is more than a sign."""

    grams: Ints
    own: int
    real: bool


class KnownWords(dict[str, Known]):
    """Folded words as a lexicon knows them; each is taken apart once, until there are too many."""

    def __init__(self, index: Mapping[str, int]) -> None:
        super().__init__()
        self._index = index

    def __missing__(self, word: str) -> Known:
        if len(self) >= MOST_KEPT:
            self.clear()
        ids = [i for i in map(self._index.get, grams(word)) if i is not None]
        found = self[word] = Known(np.array(ids, dtype=np.int64), self._index.get(f"w{word}", -1), word[0].isalnum())
        return found


@dataclass(frozen=True)
class Lexicon:
    """The terms that count, block by block, and how much each tells (inverse document frequency)."""

    names: tuple[str, ...]
    idf: Floats
    _index: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", {name: i for i, name in enumerate(self.names)})

    @cached_property
    def bounds(self) -> tuple[Bounds, ...]:
        """Block by block."""
        marks = np.array([name[0] for name in self.names])
        edges = ((np.flatnonzero(marks == block.mark), block) for block in BLOCKS)
        return tuple((b.mark, int(at[0]), int(at[-1]) + 1, b.weight) for at, b in edges if len(at))

    def scaled(self, form: float) -> Floats:
        """A factor for every term: `form` for what form and rules say, 1 for the mail's words."""
        factors = np.ones(len(self.names), dtype=np.float32)
        for mark, first, end, _ in self.bounds:
            if mark == "f":
                factors[first:end] = form
        return factors

    @cached_property
    def _known(self) -> KnownWords:
        return KnownWords(self._index)

    def rows(self, texts: Sequence[Text]) -> tuple[Row, ...]:
        """Every text as numbers."""
        return tuple(self.each(texts))

    def each(self, texts: Sequence[Text]) -> Iterator[Row]:
        """The same one by one, each made when it is asked for."""
        folds = Folds()
        return self.of((taken_apart(text, folds) for text in texts), map(passage, texts))

    def of(self, texts: Iterable[Terms], passages: Iterable[str]) -> Iterator[Row]:
        """The same for texts taken apart already, and what was read of them."""
        block = next((block for block in self.bounds if block[0] == MEANING), None)
        if block is None:
            yield from map(self._row, texts)
            return
        for text, meaning in zip(texts, embedding.vectors(list(passages)), strict=True):
            yield _with_meaning(self._row(text), meaning, block)

    def _row(self, text: Terms) -> Row:
        known = [self._known[word.folded] for word in text.words]
        by_itself = [word.grams for word in known]
        own = [word.own for word in known]
        numbers = np.arange(len(known))
        traces = np.concatenate([*by_itself, np.array([*own, *map(self._index.get, text.terms, repeat(-1))], np.int64)])
        whose = np.concatenate([np.repeat(numbers, [*map(len, by_itself)]), numbers, np.array(text.owners, np.int64)])
        traces, whose = traces[traces >= 0], whose[traces >= 0]
        unique, places, counts = np.unique(traces, return_inverse=True, return_counts=True)
        weights = (1 + np.log(counts)).astype(np.float32) * self.idf[unique]
        in_subject = (whose >= 0) & (whose < text.begins)
        weights[np.bincount(places, weights=in_subject) == counts] *= _subject_share(text)
        real = [word.own >= 0 for word in known if word.real]
        return Row(
            unique,
            counts,
            self._levelled(unique, weights),
            traces,
            places,
            whose,
            text.passage,
            text.words,
            sum(real) / max(1, len(real)),
            text.signs,
        )

    def _levelled(self, ids: Ints, weights: Floats) -> Floats:
        """Every block at the same length, times its share."""
        edges = np.searchsorted(ids, [edge for _, *both, _ in self.bounds for edge in both]).tolist()
        for (*_, share), first, end in zip(self.bounds, edges[::2], edges[1::2], strict=True):
            part = weights[first:end]
            length = float(np.sqrt(np.sum(part**2)))
            if length:
                part *= share / length
        return weights


def _subject_share(text: Terms) -> float:
    """In a short mail the subject, often one general word, must not outweigh what the mail says."""
    return min(1.0, max(LEAST_SHARE, (len(text.words) - text.begins) / FULL_BODY))


def _with_meaning(row: Row, meaning: Floats, block: Bounds) -> Row:
    """The vector's numbers as the last terms of the row; no word is their owner."""
    _, first, end, share = block
    return replace(
        row,
        ids=np.concatenate([row.ids, np.arange(first, end)]),
        counts=np.concatenate([row.counts, np.ones(end - first, dtype=row.counts.dtype)]),
        weights=np.concatenate([row.weights, np.float32(share) * meaning]),
    )


def learn(texts: Sequence[Text], writers: Sequence[str]) -> tuple[Lexicon, tuple[Row, ...]]:
    """The lexicon of a training set (terms of at least as many writers as their block asks for, in a fixed order), and
    the texts as rows of it. `writers`: whose each text is; what one person alone says is kept nowhere."""
    folds, of_words = Folds(), WordTerms()
    apart = [taken_apart(text, folds) for text in texts]
    of_writers: defaultdict[str, list[Terms]] = defaultdict(list)
    for text, writer in zip(apart, writers, strict=True):
        of_writers[writer].append(text)
    seen: Counter[str] = Counter()
    for theirs in of_writers.values():
        said = [text.terms for text in theirs]
        seen.update(set().union(*said, *(of_words[word.folded] for text in theirs for word in text.words)))
    chosen: list[str] = []
    for block in BLOCKS:
        chosen += sorted(t for t, count in seen.items() if t[0] == block.mark and count >= block.at_least)
    counts = np.array([seen[term] for term in chosen], dtype=np.float64)
    if embedding.installed():
        chosen += [f"{MEANING}{at:03d}" for at in range(embedding.SIZE)]
        counts = np.append(counts, np.full(embedding.SIZE, len(of_writers)))
    made = Lexicon(tuple(chosen), (np.log((1 + len(of_writers)) / (1 + counts)) + 1).astype(np.float32))
    return made, tuple(made.of(apart, (text.passage for text in apart)))
