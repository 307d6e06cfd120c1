"""The door to scikit-learn: linear separations of rows, folds, and calibration."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from classify.features import Floats, Ints, Row

Flags = npt.NDArray[np.bool_]
Table = Any  # scipy.sparse.csr_array: scipy has no types


@dataclass(frozen=True, slots=True)
class Target:
    """A label to tell apart: which rows have it, how hard the fit may press (liblinear's C), how rare ones weigh."""

    label: str
    flags: Flags
    pressure: float
    balanced: bool


@dataclass(frozen=True, eq=False)
class Fit:
    """A column per target."""

    weights: Floats
    biases: Floats

    def scores(self, sheet: Table) -> Floats:
        return np.asarray(sheet @ self.weights + self.biases, dtype=np.float32)


def table(rows: Sequence[Row], width: int) -> Table:
    """The rows as one sparse table of `width` columns."""
    ends = np.cumsum([0, *(len(row.ids) for row in rows)], dtype=np.int32)
    ids = np.concatenate([row.ids for row in rows]).astype(np.int32)
    return csr_array((np.concatenate([row.weights for row in rows]), ids, ends), shape=(len(rows), width))


def fit(rows: Table, targets: Sequence[Target], seed: int) -> Fit:
    """One linear separation per target. Where all rows agree, the column says so and nothing else.

    One after the other: liblinear draws from a generator all threads share, and the same seed must give the same fit.
    """

    def one(target: Target) -> tuple[Floats, float]:
        if target.flags.all() or not target.flags.any():
            return np.zeros(rows.shape[1], dtype=np.float32), 1.0 if target.flags.all() else -1.0
        weight = "balanced" if target.balanced else None
        machine = LinearSVC(
            C=target.pressure, class_weight=weight, dual=True, tol=0.01, random_state=seed, max_iter=4000
        )
        machine.fit(rows, target.flags)
        return machine.coef_[0].astype(np.float32), float(machine.intercept_[0])

    columns = [one(target) for target in targets]
    return Fit(
        np.stack([weights for weights, _ in columns], axis=1),
        np.array([bias for _, bias in columns], dtype=np.float32),
    )


def folds(kinds: Sequence[str], count: int, seed: int) -> Ints:
    """A fold 0 … count-1 for each row, every kind spread over the folds as evenly as it goes."""
    drawn = np.random.default_rng(seed).permutation(len(kinds))
    order = sorted(drawn.tolist(), key=lambda i: kinds[i])
    chosen = np.empty(len(kinds), dtype=np.int64)
    chosen[order] = np.arange(len(kinds)) % count
    return chosen


def platt(scores: Floats, flags: Flags) -> tuple[float, float]:
    """Slope and offset that turn scores into log-odds (Platt 1999). Without both kinds: the odds of the counts."""
    wanted, count = int(flags.sum()), len(flags)
    if wanted in (0, count):
        return 0.0, float(np.log((wanted + 0.5) / (count - wanted + 0.5)))
    curve = LogisticRegression(C=100.0).fit(scores.reshape(-1, 1).astype(np.float64), flags)
    slope = max(0.0, float(curve.coef_[0, 0]))
    return slope, float(curve.intercept_[0])
