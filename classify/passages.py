"""A mail in overlapping windows of a few words: what must not be missed stands in one clause, and is looked for there.

A long mail about lost papers with one line of despair is, as a whole, a mail about lost papers. Windows are counted in
words and not in sentences, since whoever types on a telephone or dictates sets no full stops.
"""

from dataclasses import dataclass

import numpy as np

from classify.features import Floats, Ints, Lexicon, Row

STEP = 8
SIZE = 2 * STEP
"""Words from one window to the next, and words in a window."""

_OWN_WORDS = "cw"
"""Marks of the blocks that count what the mail itself says, in characters and in words."""


@dataclass(frozen=True, eq=False)
class Passages:
    """Entries of a table with `count` rows: in which window which term stands, and how much it weighs there."""

    count: int
    windows: Ints
    ids: Ints
    weights: Floats

    def scores(self, of_terms: Floats) -> Floats:
        """What every window says; `of_terms` is one number a term."""
        each = np.bincount(self.windows, weights=self.weights * of_terms[self.ids], minlength=self.count)
        return each.astype(np.float32)


def passages(row: Row, lexicon: Lexicon) -> Passages:
    """The windows of a mail, at least one; each block of terms at the length it has in a whole mail."""
    count = max(1, -(-len(row.words) // STEP) - 1)
    parts = [
        _block(row, lexicon.idf, (first, end, share), count)
        for mark, first, end, share in lexicon.bounds
        if mark in _OWN_WORDS
    ]
    return Passages(
        count,
        np.concatenate([windows for windows, _, _ in parts]),
        np.concatenate([ids for _, ids, _ in parts]),
        np.concatenate([weights for _, _, weights in parts]),
    )


def _block(row: Row, idf: Floats, bounds: tuple[int, int, float], count: int) -> tuple[Ints, Ints, Floats]:
    """Windows, ids and weights of one block; a word stands in the window that begins at its step and in that before."""
    first, end, share = bounds
    chosen = (row.traces >= first) & (row.traces < end)
    step = row.owners[chosen] // STEP
    windows, ids = np.concatenate([step, step - 1]), np.tile(row.traces[chosen], 2)
    inside = (windows >= 0) & (windows < count)
    windows, ids = windows[inside], ids[inside]
    weights = idf[ids]
    lengths = np.sqrt(np.bincount(windows, weights=weights**2, minlength=count))
    return windows, ids, (share * weights / lengths[windows]).astype(np.float32)
