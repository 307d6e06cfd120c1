"""Groups with fewer than five are not shown singly, nor can anybody work them out (rules.md, Data protection)."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krm.hiding import cell, hidden
from notify.evaluation import FEW, HIDDEN, Cell

FARTHEST = 40
NAMES = "abcdef"


def possible(shown: dict[str, Cell], total: int) -> dict[str, set[int]]:
    """What each hidden group could be for whoever sees the table and its sum: tried one by one."""
    places = [name for name, n in shown.items() if isinstance(n, str)]
    rest = total - sum(n for n in shown.values() if isinstance(n, int))
    ranges = [range(1, 5) if shown[name] == FEW else range(5, FARTHEST) for name in places]
    fits = [values for values in product(*ranges) if sum(values) == rest]
    return {name: {values[n] for values in fits} for n, name in enumerate(places)}


@given(st.lists(st.integers(0, 12), min_size=1, max_size=4))
def test_no_hidden_group_can_be_worked_out_from_the_sum(counts: list[int]) -> None:
    groups = dict(zip(NAMES, counts, strict=False))
    shown = hidden(groups)
    if shown is None:
        return
    assert all(n == groups[name] for name, n in shown.items() if isinstance(n, int))
    assert not any(0 < n < 5 for n in shown.values() if isinstance(n, int))
    for name, values in possible(shown, sum(counts)).items():
        assert groups[name] in values
        assert len(values) > 1, (name, values)


@pytest.mark.parametrize(
    ("why", "groups", "expected"),
    [
        ("nothing is small", {"a": 9, "b": 5}, {"a": 9, "b": 5}),
        ("one small group alone: the next is hidden too", {"a": 9, "b": 6, "c": 2}, {"a": 9, "b": HIDDEN, "c": FEW}),
        ("two that are surely four each", {"a": 9, "b": 4, "c": 4}, {"a": HIDDEN, "b": FEW, "c": FEW}),
        ("two that could be many things", {"a": 9, "b": 3, "c": 2}, {"a": 9, "b": FEW, "c": FEW}),
        ("nobody is no group", {"a": 9, "b": 0}, {"a": 9, "b": 0}),
        ("too few at all", {"a": 1}, None),
        ("each surely one", {"a": 1, "b": 1}, None),
    ],
)
def test_what_is_shown(why: str, groups: dict[str, int], expected: dict[str, Cell] | None) -> None:
    assert hidden(groups) == expected, why


def test_beside_no_sum_only_the_small_are_hidden() -> None:
    assert [cell(n) for n in (0, 1, 4, 5)] == [0, FEW, FEW, 5]
