"""The trained model: one matrix from features to every label, calibrated, and the reasons it can give.

A model holds numbers and names only; how its file is kept and trusted is in `model.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from classify import evidence
from classify.card import Card
from classify.coding import Scored, Text
from classify.features import Floats, Lexicon, Row
from classify.fingerprint import Fingerprint
from classify.passages import SIZE, STEP, passages

TYPE: Final = "art:"
CATEGORY: Final = "kategorie:"
GROUP: Final = "gruppe:"
REMEDY: Final = "rechtsbehelf"
NEED: Final = "not"
DANGER: Final = "gefahr"
ALARMS: Final = (REMEDY, NEED, DANGER)
"""What must not be missed: judged by the whole mail and by its loudest passage."""

COMMON: Final = 3.1
"""Inverse document frequency of a word that stands in one mail of eight: log(8) + 1."""


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
class Prediction:
    """What the model says of one text; every tuple best first. The types' probabilities are one in all."""

    types: tuple[Scored, ...]
    categories: tuple[Scored, ...]
    groups: tuple[Scored, ...]
    remedy: float
    need: float
    danger: float
    row: Row


@dataclass(frozen=True, eq=False)
class Model:
    """Weights (terms by labels) and biases of every label; how scores become probabilities.

    `mixing` (types by types) and `leaning` do it for the types together, `slopes` and `offsets` for the labels one by
    one. `alarms` (terms by ALARMS) and `alarm_biases` score a passage; `alarm_odds` holds, for each of ALARMS, the
    slopes of the whole mail's and the loudest passage's score, and the offset.
    """

    fingerprint: Fingerprint
    lexicon: Lexicon
    labels: tuple[str, ...]
    weights: Floats
    biases: Floats
    slopes: Floats
    offsets: Floats
    mixing: Floats
    leaning: Floats
    alarms: Floats
    alarm_biases: Floats
    alarm_odds: Floats
    limits: Limits
    card: Card

    @cached_property
    def id(self) -> str:
        """Short name of this model for records."""
        return self.fingerprint.id

    @cached_property
    def _column(self) -> dict[str, int]:
        return {label: i for i, label in enumerate(self.labels)}

    def predict(self, texts: Sequence[Text]) -> Iterator[Prediction]:
        """A prediction for each text, in order, each made when it is asked for; a group costs less than its texts one
        by one."""
        return map(self._prediction, self.lexicon.each(texts))

    def _prediction(self, row: Row) -> Prediction:
        scores = row.weights @ self.weights.take(row.ids, axis=0) + self.biases
        chances: list[float] = chance(self.slopes * scores + self.offsets).tolist()
        kinds = self._kinds
        of_kinds: list[float] = shares(scores[kinds] @ self.mixing + self.leaning).tolist()
        for at, p in zip(kinds, of_kinds, strict=True):
            chances[at] = p
        remedy, need, danger = self._alarming(row, scores)
        return Prediction(
            tuple([Scored(i, p) for p, i in self._ranked(TYPE, chances)]),
            tuple([Scored(i, p) for p, i in self._ranked(CATEGORY, chances)]),
            tuple([Scored(i, p) for p, i in self._ranked(GROUP, chances)]),
            remedy,
            need,
            danger,
            row,
        )

    @cached_property
    def _kinds(self) -> list[int]:
        """The columns of the types in the order of the labels, which is that of `mixing`."""
        return [at for at, label in enumerate(self.labels) if label.startswith(TYPE)]

    def _alarming(self, row: Row, scores: Floats) -> list[float]:
        spread = passages(row, self.lexicon)
        peaks = np.array([spread.scores(of_terms).max() for of_terms in self._alarm_columns], np.float32)
        peaks += self.alarm_biases
        whole = scores[[self._column[label] for label in ALARMS]]
        odds = self.alarm_odds[:, 0] * whole + self.alarm_odds[:, 1] * peaks + self.alarm_odds[:, 2]
        found: list[float] = chance(odds).tolist()
        return found

    @cached_property
    def _alarm_columns(self) -> tuple[Floats, ...]:
        return tuple(np.ascontiguousarray(self.alarms[:, at]) for at in range(len(ALARMS)))

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

    def reasons(self, row: Row, label: str) -> tuple[str, ...]:
        """The mail's own words that spoke most for `label`, weightiest first; for what must not be missed, the clause
        that spoke loudest."""
        if not len(row.traces):
            return ()
        spoke = row.weights / row.counts * self.weights[row.ids, self._column[label]]
        of_words = np.bincount(row.owners + 1, weights=spoke[row.places], minlength=len(row.words) + 1)
        totals = of_words[1:].astype(np.float64)
        if label in ALARMS:
            loudest = passages(row, self.lexicon).scores(self._alarm_columns[ALARMS.index(label)]).argmax()
            return evidence.clause(row, totals, int(loudest) * STEP, SIZE)
        return evidence.phrases(row, totals, self._common)

    @cached_property
    def _common(self) -> frozenset[str]:
        """Words that stand in more than about one mail in eight."""
        mark, first, end, _ = next(b for b in self.lexicon.bounds if b[0] == "w")
        often = np.flatnonzero(self.lexicon.idf[first:end] < COMMON) + first
        return frozenset(self.lexicon.names[at].removeprefix(mark) for at in often)


def chance(odds: Floats) -> Floats:
    """Log-odds to probability."""
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))), dtype=np.float32)


def shares(odds: npt.NDArray[np.floating[Any]]) -> Floats:
    """Log-odds of kinds, exactly one of which holds, to probabilities that are one together (rows, or one row)."""
    grown = np.exp(odds - odds.max(axis=-1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=-1, keepdims=True), dtype=np.float32)
