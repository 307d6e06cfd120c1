"""Which of a mail's own words spoke for a label: the weightiest words as phrases, or the clause they stand in."""

from collections.abc import Set as AbstractSet

import numpy as np
import numpy.typing as npt

from classify.features import Row

Totals = npt.NDArray[np.float64]
"""A number per word of a row: how much it spoke for the label."""

MOST = 5
LONGEST_PHRASE = 4


def phrases(row: Row, totals: Totals, common: AbstractSet[str]) -> tuple[str, ...]:
    """The five weightiest words, each once, joined where they stand side by side, weightiest first.

    `common` are folded words that stand in too many mails to tell a reader anything, however much they weigh.
    """
    best: dict[str, int] = {}
    for index in np.argsort(-totals, kind="stable").tolist():
        word = row.words[index]
        if totals[index] <= 0 or len(best) == MOST:
            break
        if (len(word.folded) > 2 or word.folded[0] == "§") and word.folded not in common:
            best.setdefault(word.folded, index)
    joined: list[list[int]] = []
    for index in sorted(best.values()):
        if joined and len(joined[-1]) < LONGEST_PHRASE and _side_by_side(row, joined[-1][-1], index):
            joined[-1].append(index)
        else:
            joined.append([index])
    joined.sort(key=lambda run: -max(float(totals[i]) for i in run))
    return tuple(dict.fromkeys(_words(row, run[0], run[-1]) for run in joined))


def clause(row: Row, totals: Totals, first: int, size: int) -> tuple[str, ...]:
    """Of `size` words from `first` on the stretch that holds the five weightiest; nothing where none spoke."""
    inside = totals[first : first + size]
    weighty = [int(at) + first for at in np.argsort(-inside, kind="stable")[:MOST] if inside[at] > 0]
    return (_words(row, min(weighty), max(weighty)),) if weighty else ()


def _words(row: Row, first: int, last: int) -> str:
    return " ".join(row.passage[row.words[first].start : row.words[last].end].split())


def _side_by_side(row: Row, first: int, second: int) -> bool:
    """Whether two words follow each other within a sentence."""
    between = row.passage[row.words[first].end : row.words[second].start]
    return second - first == 1 and not set(between) & set(".!?:\n")
