"""Learning what must not be missed from the one passage of a mail that says it (multiple instance learning).

Only the whole mail is labelled. So the passage that speaks loudest for a label in a mail that has it is taken as an
example, and against it the loudest passages of the mails that have it not: the near misses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from classify import fitting
from classify.features import Floats, Ints, Lexicon, Row
from classify.fitting import Fit, Flags, Table, Target
from classify.passages import Passages, passages

PRESSURE = 0.5
LOUDEST_OF_OTHERS = 4
"""Passages of a mail without the label that are learned from; of one with the label only the loudest is."""


@dataclass(frozen=True, eq=False)
class Mails:
    """What is learned from: a row per mail in every part. `flags` and `telling` have a column per label (whether a mail
    has it, whether the mail tells anything about it), `importance` is a number."""

    rows: Sequence[Row]
    sheet: Table
    flags: Flags
    telling: Flags
    importance: Floats


def fit(mails: Mails, first: Fit, lexicon: Lexicon, seed: int) -> Fit:
    """A column for each column of flags; `first`, what the whole mails taught, finds the passages to begin with."""
    labels = range(mails.flags.shape[1])
    found: list[list[tuple[Ints, Floats]]] = [[] for _ in labels]
    whose: list[list[int]] = [[] for _ in labels]
    for at, row in enumerate(mails.rows):
        spread = passages(row, lexicon)
        for label in labels:
            most = 1 if mails.flags[at, label] else LOUDEST_OF_OTHERS
            chosen = _loudest(spread, first.weights[:, label], most)
            found[label] += chosen
            whose[label] += [at] * len(chosen)
    columns = []
    for label in labels:
        both = fitting.below(fitting.entries(found[label], len(lexicon.names)), mails.sheet)
        everyone = np.array([*whose[label], *range(len(mails.rows))])
        target = Target("", mails.flags[everyone, label], mails.telling[everyone, label])
        columns.append(fitting.fit(both, [target], mails.importance[everyone], PRESSURE, seed))
    return Fit(np.hstack([c.weights for c in columns]), np.concatenate([c.biases for c in columns]))


def peaks(rows: Sequence[Row], alarm: Fit, lexicon: Lexicon) -> Floats:
    """The score of the loudest passage of each mail, for each column of `alarm`."""
    return np.stack(list(_peaks(rows, alarm, lexicon)))


def _peaks(rows: Sequence[Row], alarm: Fit, lexicon: Lexicon) -> Iterator[Floats]:
    for row in rows:
        spread = passages(row, lexicon)
        loudest = [spread.scores(column).max() for column in alarm.weights.T]
        yield np.array(loudest, dtype=np.float32) + alarm.biases


def _loudest(spread: Passages, of_terms: Floats, most: int) -> list[tuple[Ints, Floats]]:
    best = np.argsort(-spread.scores(of_terms), kind="stable")[:most]
    return [(spread.ids[at], spread.weights[at]) for at in (spread.windows == window for window in best.tolist())]
