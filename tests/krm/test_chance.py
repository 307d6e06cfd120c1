"""Change or chance: exact binomial tails against counting, and Holm's correction against its own example."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krm.chance import Counted, at_least, at_most, fallen, holm, risen


@pytest.mark.parametrize(
    ("count", "of", "p", "expected"),
    [
        (9, 10, 0.5, 11 / 1024),  # ten coins, nine heads or ten
        (0, 10, 0.5, 1.0),
        (10, 10, 0.5, 1 / 1024),
        (11, 10, 0.5, 0.0),
        (3, 5, 1 / 3, 51 / 243),
    ],
)
def test_the_upper_tail_is_exact(count: int, of: int, p: float, expected: float) -> None:
    assert at_least(count, of, p) == pytest.approx(expected, abs=1e-12)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 12))
def test_it_is_what_counting_gives(now: int, before: int, months: int) -> None:
    """This month against so many before, of equal length: each arrival falls into one of them with equal chance."""
    total, p = now + before, Fraction(1, months + 1)
    counted = sum(comb(total, k) * p**k * (1 - p) ** (total - k) for k in range(now, total + 1))

    assert risen(Counted(now, 30), Counted(before, 30 * months)) == pytest.approx(float(counted), abs=1e-9)


@given(st.integers(0, 80), st.integers(0, 80))
def test_both_tails_share_what_was_seen(now: int, before: int) -> None:
    both = risen(Counted(now, 30), Counted(before, 90)) + fallen(Counted(now, 30), Counted(before, 90))
    seen = at_least(now, now + before, 0.25) - at_least(now + 1, now + before, 0.25)

    assert both == pytest.approx(1 + seen, abs=1e-9)


def test_of_many_the_tail_stays_a_probability() -> None:
    assert at_most(100_000, 200_000, 0.5) == pytest.approx(0.5, abs=0.01)
    assert risen(Counted(5000, 30), Counted(50_000, 300)) == pytest.approx(0.5, abs=0.02)


def test_where_there_is_nothing_before_nothing_is_said() -> None:
    assert risen(Counted(50, 30), Counted(0, 0)) == 1.0


def test_holm_corrects_for_everything_that_is_looked_at() -> None:
    """Sorted and times 4, 3, 2, 1; never less than the one before, never more than one."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert holm([0.9, 0.8]) == (1.0, 1.0)
    assert holm([]) == ()
