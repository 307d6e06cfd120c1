"""How often suggestions were accepted: what was proposed against what the officer recorded. Pure counting."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from classify.coding import Suggestion


@dataclass(frozen=True, slots=True)
class Decided:
    """A suggestion and what the officer made of it: the type, and the categories (none outside KRM)."""

    suggestion: Suggestion
    type: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confusion:
    """So many times one type was suggested and another one recorded."""

    suggested: str
    recorded: str
    times: int


@dataclass(frozen=True, slots=True)
class Hits:
    """Counts. `unchanged`: type and categories as proposed; `categories_changed`: the type right, the categories not;
    every other one had the wrong type, and `confusions` says which, the most frequent first.

    `ordinary` is the type recorded most often: `ordinary_right` times it would have been right to say nothing else.
    """

    n: int
    unchanged: int
    type_right: int
    categories_changed: int
    confusions: tuple[Confusion, ...]
    ordinary: str
    ordinary_right: int


def count(decided: Iterable[Decided]) -> Hits:
    """Where rules alone spoke no model suggested anything: those are left out."""
    found = [d for d in decided if d.suggestion.model]
    right = [d for d in found if d.suggestion.type == d.type]
    unchanged = sum(d.suggestion.proposed == d.categories for d in right)
    wrong = Counter((d.suggestion.type, d.type) for d in found if d.suggestion.type != d.type)
    recorded = Counter(d.type for d in found)
    ordinary, times = min(recorded.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    return Hits(
        n=len(found),
        unchanged=unchanged,
        type_right=len(right),
        categories_changed=len(right) - unchanged,
        confusions=tuple(Confusion(*pair, n) for pair, n in sorted(wrong.items(), key=lambda w: (-w[1], w[0]))),
        ordinary=ordinary,
        ordinary_right=times,
    )
