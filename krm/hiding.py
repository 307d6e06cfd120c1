"""Groups with fewer than five are not shown singly (rules.md), nor can they be worked out from what is shown. Pure."""

from collections.abc import Mapping

from notify.evaluation import FEW, HIDDEN, Cell

FEWEST = 5
MANY = 10**9


def hidden(counts: Mapping[str, int]) -> dict[str, Cell] | None:
    """The counts as they may be shown beside their sum; None: so few that not even their names may stand there.

    Small groups are `FEW`. As long as one of them could still be worked out from the sum, the smallest group shown is
    `HIDDEN` as well. Groups of nobody stay 0 and are known to be.
    """
    small = [name for name, n in counts.items() if 0 < n < FEWEST]
    large = sorted((name for name, n in counts.items() if n >= FEWEST), key=lambda name: (counts[name], name))
    also = 0
    while small and not _safe(len(small), also, sum(counts[name] for name in (*small, *large[:also]))):
        if also == len(large):
            return None
        also += 1
    unsaid = dict.fromkeys(small, FEW) | dict.fromkeys(large[:also], HIDDEN)
    return {name: unsaid.get(name, n) for name, n in counts.items()}


def _safe(small: int, also: int, total: int) -> bool:
    """Whether every hidden group could be of two sizes at least: the small 1 to 4, the others 5 or more."""
    rows = [(1, FEWEST - 1)] * small + [(FEWEST, MANY)] * also
    lowest, highest = sum(low for low, _ in rows), sum(high for _, high in rows)
    return all(min(high, total - (lowest - low)) > max(low, total - (highest - high)) for low, high in rows)


def cell(count: int) -> Cell:
    """A count beside no sum."""
    return FEW if 0 < count < FEWEST else count
