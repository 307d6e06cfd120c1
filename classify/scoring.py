"""The trained model: one matrix from features to every label, calibrated, and the reasons it can give.

A model holds numbers and names only; how its file is kept and trusted is in `model.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Final

import numpy as np
import numpy.typing as npt

from classify.coding import Scored, Text
from classify.features import Floats, Lexicon, Row
from classify.fingerprint import Fingerprint

TYPE: Final = "art:"
CATEGORY: Final = "kategorie:"
GROUP: Final = "gruppe:"
REMEDY: Final = "rechtsbehelf"
NEED: Final = "not"
DANGER: Final = "gefahr"


@dataclass(frozen=True, slots=True)
class Limits:
    """From which probability on something counts: a second or third category, a flag, a type to rely on; and the share
    of known words below which nothing is relied on."""

    category: float
    remedy: float
    need: float
    danger: float
    sure: float
    known: float


@dataclass(frozen=True, slots=True)
class Metrics:
    """How well the model did on folds it had not seen, 0 to 1 (`examples` is a count)."""

    examples: int
    type_accuracy: float
    first_in_three: float
    remedy_recall: float
    need_recall: float
    danger_recall: float


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the model says of one text; every tuple best first. `known` is the share of words it knows."""

    types: tuple[Scored, ...]
    categories: tuple[Scored, ...]
    groups: tuple[Scored, ...]
    remedy: float
    need: float
    danger: float
    row: Row

    @property
    def known(self) -> float:
        return self.row.known


@dataclass(frozen=True, eq=False)
class Model:
    """`weights` has a row per feature and a column per label of `labels`; slopes and offsets turn a score into odds."""

    fingerprint: Fingerprint
    lexicon: Lexicon
    labels: tuple[str, ...]
    weights: Floats
    biases: Floats
    slopes: Floats
    offsets: Floats
    limits: Limits
    metrics: Metrics

    @property
    def id(self) -> str:
        """Short name of this model for records."""
        return self.fingerprint.id

    @cached_property
    def _column(self) -> dict[str, int]:
        return {label: i for i, label in enumerate(self.labels)}

    def predict(self, texts: Sequence[Text]) -> tuple[Prediction, ...]:
        """A prediction for each text, in order; a group costs less than its texts one by one."""
        return tuple(self._prediction(row) for row in self.lexicon.rows(texts))

    def _prediction(self, row: Row) -> Prediction:
        scores = row.weights @ self.weights.take(row.ids, axis=0) + self.biases
        chances: list[float] = chance(self.slopes * scores + self.offsets).tolist()
        types = self._ranked(TYPE, chances)
        whole = sum(p for p, _ in types) or 1.0
        return Prediction(
            tuple([Scored(i, p / whole) for p, i in types]),
            tuple([Scored(i, p) for p, i in self._ranked(CATEGORY, chances)]),
            tuple([Scored(i, p) for p, i in self._ranked(GROUP, chances)]),
            chances[self._column[REMEDY]],
            chances[self._column[NEED]],
            chances[self._column[DANGER]],
            row,
        )

    @cached_property
    def _sections(self) -> dict[str, tuple[tuple[str, int], ...]]:
        """For each kind of label its ids and their columns, by id."""
        found = (
            (prefix, ((i.removeprefix(prefix), at) for i, at in self._column.items() if i.startswith(prefix)))
            for prefix in (TYPE, CATEGORY, GROUP)
        )
        return {prefix: tuple(sorted(pairs)) for prefix, pairs in found}

    def _ranked(self, prefix: str, chances: list[float]) -> list[tuple[float, str]]:
        found = [(chances[at], label) for label, at in self._sections[prefix]]
        found.sort(key=itemgetter(0), reverse=True)
        return found

    def reasons(self, row: Row, label: str, most: int = 5) -> tuple[str, ...]:
        """The words of the text that spoke most for `label`, weightiest first, neighbours joined to one passage."""
        if not len(row.traces):
            return ()
        spoke = np.zeros(len(self.weights))  # for each feature; only those of the row are looked at
        spoke[row.ids] = row.weights / row.counts * self.weights[row.ids, self._column[label]]
        totals = np.bincount(row.owners + 1, weights=spoke[row.traces], minlength=len(row.words) + 1)[1:]
        return _passages(row, totals.astype(np.float64), most)


def chance(odds: Floats) -> Floats:
    """Log-odds to probability."""
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))), dtype=np.float32)


def _passages(row: Row, totals: npt.NDArray[np.float64], most: int) -> tuple[str, ...]:
    """The words with the highest totals, each once, joined where they stand side by side."""
    best: dict[str, int] = {}
    for index in np.argsort(-totals, kind="stable").tolist():
        word = row.words[index]
        if totals[index] <= 0 or len(best) == most:
            break
        if len(word.folded) > 2 or word.folded[0] == "§":
            best.setdefault(word.folded, index)
    joined: list[list[int]] = []
    for index in sorted(best.values()):
        if joined and len(joined[-1]) < 4 and _side_by_side(row, joined[-1][-1], index):
            joined[-1].append(index)
        else:
            joined.append([index])
    joined.sort(key=lambda run: -max(float(totals[i]) for i in run))
    spans = ((row.words[run[0]].start, row.words[run[-1]].end) for run in joined)
    return tuple(dict.fromkeys(" ".join(row.passage[start:end].split()) for start, end in spans))


def _side_by_side(row: Row, first: int, second: int) -> bool:
    """Whether two words follow each other within a sentence."""
    between = row.passage[row.words[first].end : row.words[second].start]
    return second - first == 1 and not set(between) & set(".!?:\n")
