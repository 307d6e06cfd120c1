"""The early warning: what rose within two weeks by more than chance, and is not too small to be told."""

from collections import Counter

import pytest

from krm.early import Rise, rises

HALF_A_YEAR = 182


@pytest.mark.parametrize(
    ("why", "recent", "before", "told"),
    [
        ("thrice as many as in any two weeks before", 24, 8 * 13, True),
        ("a little more", 10, 8 * 13, False),
        ("four are too few, however new", 4, 0, False),
        ("five where there never were any", 5, 0, True),
        ("fewer", 3, 8 * 13, False),
    ],
)
def test_a_rise_beyond_chance_is_told(why: str, recent: int, before: int, told: bool) -> None:
    found = rises(Counter(a=recent), Counter(a=before), HALF_A_YEAR)

    assert bool(found) is told, why


def test_of_less_than_four_weeks_before_nothing_is_said() -> None:
    assert rises(Counter(a=40), Counter(a=2), 27) == ()


def test_the_more_groups_are_looked_at_the_more_it_takes() -> None:
    alone = rises(Counter(a=17), Counter(a=8 * 13), HALF_A_YEAR)
    others = Counter({f"g{n}": 8 for n in range(30)})
    usual = Counter({f"g{n}": 8 * 13 for n in range(30)})

    assert [r.group for r in alone] == ["a"]
    assert rises(Counter(a=17) + others, Counter(a=8 * 13) + usual, HALF_A_YEAR) == ()


def test_few_before_are_not_told_singly() -> None:
    assert Rise("a", 9, 26, HALF_A_YEAR).usual == "unter 5"
    assert Rise("a", 24, 104, HALF_A_YEAR).usual == "8"
