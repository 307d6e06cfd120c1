"""Figures that are made of sums over examples, and how far chance could have moved them.

The interval is that of the percentile bootstrap over examples (Efron 1979): the examples are drawn again with
replacement, a thousand times, and the middle 95 % of what the figure then is are told. A figure is therefore kept as a
table with a row for each example, so that all draws are one product of matrices. Where all examples are hits, or none,
nothing varies and the interval has no width: how many there were must be told beside it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Interval = tuple[float, float]

RESAMPLES = 1_000
ENDS = (2.5, 97.5)
"""The percentiles between which an interval lies."""

_BINS = 10
_CELLS = 4_000_000
"""Numbers held at a time while drawing: 32 MB a table."""


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """`columns` has a row for each example; `of` makes the figure from each row of sums of `columns`, NaN where there
    was nothing to count."""

    columns: Floats
    of: Callable[[Floats], Floats]

    @property
    def value(self) -> float | None:
        found = float(self.of(self.columns.sum(axis=0, keepdims=True))[0])
        return None if np.isnan(found) else found

    def only(self, rows: Sequence[int]) -> "Figure":
        """The same figure of some of the examples."""
        return Figure(self.columns[list(rows)], self.of)


def ratio(over: Sequence[float], under: Sequence[float]) -> Figure:
    """Sum by sum."""
    return Figure(np.array([over, under], dtype=np.float64).T, lambda sums: _divided(sums[:, 0], sums[:, 1]))


def share(hits: Sequence[bool], among: Sequence[bool]) -> Figure:
    """How many of those in `among` are hits."""
    return ratio([hit and counted for hit, counted in zip(hits, among, strict=True)], among)


def macro_f1(wanted: Sequence[str], given: Sequence[str]) -> Figure:
    """The mean of the F1 of every kind that is wanted at least once."""
    kinds = sorted(set(wanted))
    is_wanted, is_given = (np.array([[word == kind for kind in kinds] for word in words]) for words in (wanted, given))
    return Figure(np.hstack([is_wanted & is_given, is_wanted, is_given]).astype(np.float64), _mean_f1)


def calibration_error(chances: Sequence[float], hits: Sequence[bool]) -> Figure:
    """Expected calibration error over ten bins of equal width (Naeini et al. 2015).

    Chance adds to the distances and never takes away: the interval lies high, for a good model even above the figure.
    """
    columns = np.zeros((len(hits), _BINS + 1))
    for row, p, hit in zip(columns, chances, hits, strict=True):
        row[min(_BINS - 1, int(p * _BINS))] = p - hit
        row[_BINS] = 1
    return Figure(columns, lambda sums: _divided(np.abs(sums[:, :_BINS]).sum(axis=1), sums[:, _BINS]))


def intervals(figures: Mapping[str, Figure], seed: int, resamples: int = RESAMPLES) -> dict[str, Interval | None]:
    """The interval of each figure, all from the same draws; None where there is nothing to count."""
    columns = np.hstack([figure.columns for figure in figures.values()])
    if not len(columns):
        return dict.fromkeys(figures)
    sums = np.vstack(list(_drawn(columns, np.random.default_rng(seed), resamples)))
    ends = np.cumsum([figure.columns.shape[1] for figure in figures.values()])
    parts = np.split(sums, ends[:-1], axis=1)
    return {name: _middle(figure.of(part)) for (name, figure), part in zip(figures.items(), parts, strict=True)}


def _drawn(columns: Floats, chance: np.random.Generator, resamples: int) -> Iterator[Floats]:
    """A row of sums for each draw, in groups that fit into memory."""
    examples = len(columns)
    group = max(1, _CELLS // examples)
    for start in range(0, resamples, group):
        draws = min(group, resamples - start)
        places = chance.integers(examples, size=(draws, examples)) + examples * np.arange(draws)[:, np.newaxis]
        weights = np.bincount(places.ravel(), minlength=draws * examples).reshape(draws, examples)
        yield weights @ columns


def _middle(drawn: Floats) -> Interval | None:
    counted = drawn[~np.isnan(drawn)]
    if not len(counted):
        return None
    low, high = np.percentile(counted, ENDS)
    return float(low), float(high)


def _mean_f1(sums: Floats) -> Floats:
    right, wanted, given = np.split(sums, 3, axis=1)
    occurs = wanted > 0
    each = np.where(occurs, 2 * right / np.maximum(1, wanted + given), 0)
    return _divided(each.sum(axis=1), occurs.sum(axis=1).astype(np.float64))


def _divided(over: Floats, under: Floats) -> Floats:
    return np.divide(over, under, out=np.full_like(over, np.nan), where=under > 0)
