"""The door to scikit-learn: linear separations of rows, folds, and calibration."""

import os
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy.sparse import csr_array, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from classify.features import Floats, Ints, Row

Flags = npt.NDArray[np.bool_]
Table = Any  # scipy.sparse.csr_array: scipy has no types

WORTH_PROCESSES = 10_000_000
"""Numbers to look at (entries of the table times targets) above which further processes pay."""

NOTHING = 1e-6

NEVER = -30.0
"""Log-odds of a label nothing was learned of."""


@dataclass(frozen=True, slots=True)
class Target:
    """A label to tell apart: which rows have it, and which rows tell anything about it (None: all of them)."""

    label: str
    flags: Flags
    telling: Flags | None = None

    def importance(self, of_rows: Floats) -> Floats:
        """What each row counts for this label; liblinear cannot do without any, so a millionth stands for nothing."""
        return of_rows if self.telling is None else np.where(self.telling, of_rows, NOTHING).astype(np.float32)


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


def entries(places: Sequence[tuple[Ints, Floats]], width: int) -> Table:
    """A table of rows given as ids and weights; an id that stands twice in a row counts with both weights."""
    ends = np.cumsum([0, *(len(ids) for ids, _ in places)], dtype=np.int32)
    ids = np.concatenate([np.zeros(0, np.int64), *(ids for ids, _ in places)]).astype(np.int32)
    weights = np.concatenate([np.zeros(0, np.float32), *(weights for _, weights in places)])
    found = csr_array((weights, ids, ends), shape=(len(places), width))
    found.sum_duplicates()
    return found


def below(one: Table, other: Table) -> Table:
    """The rows of one table and then those of the other."""
    found = vstack([one, other], format="csr")
    found.indices, found.indptr = found.indices.astype(np.int32), found.indptr.astype(np.int32)
    return found


def fit(rows: Table, targets: Sequence[Target], importance: Floats, pressure: float, seed: int) -> Fit:
    """One linear separation per target, see `begun`."""
    return begun(rows, targets, importance, pressure, seed)()


def begun(rows: Table, targets: Sequence[Target], importance: Floats, pressure: float, seed: int) -> Callable[[], Fit]:
    """One linear separation per target, under way; called, it gives them. Where all rows agree, the column says so and
    nothing else.

    `importance` is a number per row, `pressure` how hard the fit may press (liblinear's C); rare and frequent labels
    weigh alike. What is worth it is done by as many processes as there are processors. Threads would not do: liblinear
    draws from a generator that they share, and the same seed must give the same fit.
    """
    exact = rows.astype(np.float64)
    jobs = os.cpu_count() or 1 if len(targets) * exact.nnz > WORTH_PROCESSES else 1
    parts = [part for at in range(jobs) if (part := targets[at::jobs])]
    work = [delayed(_columns)(exact, part, importance, pressure, seed) for part in parts]
    done = Parallel(n_jobs=jobs, return_as="generator")(work)

    def outcome() -> Fit:
        weights = np.empty((rows.shape[1], len(targets)), dtype=np.float32)
        biases = np.empty(len(targets), dtype=np.float32)
        for at, (of_part, biases_of_part) in enumerate(done):
            weights[:, at::jobs], biases[at::jobs] = of_part, biases_of_part
        return Fit(weights, biases)

    return outcome


def _columns(
    rows: Table, targets: Sequence[Target], importance: Floats, pressure: float, seed: int
) -> tuple[Floats, Floats]:
    columns = [_column(rows, t.flags, t.importance(importance), pressure, seed) for t in targets]
    return np.stack([w for w, _ in columns], axis=1), np.array([b for _, b in columns], dtype=np.float32)


def _column(rows: Table, flags: Flags, importance: Floats, pressure: float, seed: int) -> tuple[Floats, float]:
    if flags.all() or not flags.any():
        return np.zeros(rows.shape[1], dtype=np.float32), 1.0 if flags.all() else -1.0
    machine = LinearSVC(C=pressure, class_weight="balanced", dual=True, tol=0.1, random_state=seed, max_iter=4000)
    machine.fit(rows, flags, sample_weight=importance)
    return machine.coef_[0].astype(np.float32), float(machine.intercept_[0])


def folds(kinds: Sequence[str], writers: Sequence[str], count: int, seed: int) -> Ints:
    """A fold 0 … count-1 for each row: a writer's rows in one, every kind spread as evenly as it goes."""
    kind_of = dict(zip(reversed(writers), reversed(kinds), strict=True))  # that of a writer's first row
    whose = sorted(kind_of)
    drawn = np.random.default_rng(seed).permutation(len(whose))
    order = sorted(drawn.tolist(), key=lambda i: kind_of[whose[i]])
    fold_of = {whose[i]: place % count for place, i in enumerate(order)}
    return np.array([fold_of[writer] for writer in writers], dtype=np.int64)


def platt(scores: Floats, flags: Flags) -> Floats:
    """Slopes and, last, the offset that turn scores (rows, or rows by columns) into log-odds (Platt 1999).

    Without both kinds: the odds of the counts. A higher score never means less: a column that would say so is left out.
    """
    columns = scores.reshape(len(flags), -1 if scores.size else 0).astype(np.float64)
    wanted, count = int(flags.sum()), len(flags)
    if wanted in (0, count) or not columns.shape[1]:
        even = float(np.log((wanted + 0.5) / (count - wanted + 0.5)))
        return np.array([0.0] * columns.shape[1] + [even], dtype=np.float32)
    curve = LogisticRegression(C=100.0).fit(columns, flags)
    rising = curve.coef_[0] > 0
    if rising.all():
        return np.array([*curve.coef_[0], curve.intercept_[0]], dtype=np.float32)
    fitted = np.zeros(columns.shape[1] + 1, dtype=np.float32)
    fitted[[*np.flatnonzero(rising), -1]] = platt(columns[:, rising].astype(np.float32), flags)
    return fitted


def mixing(scores: Floats, kinds: Ints, count: int) -> tuple[Floats, Floats]:
    """A matrix and offsets that turn the scores of `count` kinds into log-odds of which exactly one holds.

    The separations are learned one by one and know nothing of each other; this is multinomial logistic regression over
    their scores. `kinds` is the true column of each row. A kind that never occurs gets NEVER.
    """
    matrix, offsets = np.zeros((count, count)), np.full(count, NEVER)
    seen = np.unique(kinds)
    if len(seen) == 1:
        offsets[seen] = 0.0
        return matrix.astype(np.float32), offsets.astype(np.float32)
    with warnings.catch_warnings():  # of few mails more than half may be kinds of their own
        warnings.simplefilter("ignore", UserWarning)
        curve = LogisticRegression(C=10.0, max_iter=2000).fit(scores.astype(np.float64), kinds)
    coefs, intercepts = curve.coef_, curve.intercept_
    if len(seen) == 2:
        coefs, intercepts = np.vstack([-coefs, coefs]) / 2, np.concatenate([-intercepts, intercepts]) / 2
    matrix[:, seen], offsets[seen] = coefs.T, intercepts
    return matrix.astype(np.float32), offsets.astype(np.float32)
