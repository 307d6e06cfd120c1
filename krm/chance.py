"""Change or chance: exact tests of a count against the counts before it, and Holm's correction for many. Pure.

Two Poisson counts with equal rates: given their sum, the one is binomial with the share of its days (the conditional
test of Przyborowski and Wilenski, Biometrika 31, 1940). Holm: Scandinavian Journal of Statistics 6, 1979.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, lgamma, log

LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Counted:
    """So many in so many days."""

    count: int
    days: int


def at_least(count: int, of: int, p: float) -> float:
    """P(X >= count) for X binomial of `of` and `p`, 0 < p < 1."""
    return min(1.0, fsum(_mass(k, of, p) for k in range(max(count, 0), of + 1)))


def at_most(count: int, of: int, p: float) -> float:
    """P(X <= count)."""
    return min(1.0, fsum(_mass(k, of, p) for k in range(min(count, of) + 1)))


def risen(now: Counted, before: Counted) -> float:
    """How probable so many or more are if the rate had stayed; 1.0 where there is nothing before."""
    if before.days <= 0 or now.days <= 0:
        return 1.0
    return at_least(now.count, now.count + before.count, now.days / (now.days + before.days))


def fallen(now: Counted, before: Counted) -> float:
    """How probable so few or fewer are if the rate had stayed."""
    if before.days <= 0 or now.days <= 0:
        return 1.0
    return at_most(now.count, now.count + before.count, now.days / (now.days + before.days))


def holm(ps: Sequence[float]) -> tuple[float, ...]:
    """Each p corrected for all being looked at, in the same order."""
    adjusted, highest = [1.0] * len(ps), 0.0
    for rank, (p, place) in enumerate(sorted((p, i) for i, p in enumerate(ps))):
        highest = max(highest, min(1.0, p * (len(ps) - rank)))
        adjusted[place] = highest
    return tuple(adjusted)


def _mass(k: int, of: int, p: float) -> float:
    return exp(lgamma(of + 1) - lgamma(k + 1) - lgamma(of - k + 1) + k * log(p) + (of - k) * log(1 - p))
