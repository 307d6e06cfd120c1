"""Texts that nearly match a pattern, made from the pattern itself: what its repeats take, what its end is lacking."""

import random
import re
from collections.abc import Iterator, Sequence
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ALWAYS = (
    "a",
    "A",
    " ",
    "\n",
    "7",
    "-",
    ".",
    "_",
    "a ",
    "Aa ",
    "7 ",
    "> ",
    '"',
    "(",
    "[",
    "<",
    "@",
    "=?",
    "a.",
    "\t\n",
    "x@",
)
MOST_REPEATS = 60
LONGEST = 400
_SIGNS = {
    sre.CATEGORY_DIGIT: "7",
    sre.CATEGORY_NOT_DIGIT: "x",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_NOT_SPACE: "x",
    sre.CATEGORY_WORD: "a",
    sre.CATEGORY_NOT_WORD: "-",
}
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


def units(pattern: re.Pattern[Any]) -> list[str]:
    """Pieces to be repeated: ordinary ones, what matches, what matches but for its end, what each repeat takes."""
    chance = random.Random(1)
    source, flags = pattern.pattern, pattern.flags
    if isinstance(source, bytes):
        source = source.decode("latin-1")
    tree = parser.parse(source, flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else flags)
    found = dict.fromkeys(ALWAYS)
    for more in (0, 1, 3):
        for _ in range(3):
            whole = _sample(tree, more, chance)
            found |= dict.fromkeys((whole, whole[:-1], whole[: len(whole) // 2], f"{whole} ", f"{whole[:-1]}\n"))
    found |= dict.fromkeys(_sample(inner, 1, chance) for inner in list(_repeated(tree))[:40])
    return [unit for unit in found if 0 < len(unit) <= LONGEST]


def _sample(tree: Sequence[Any], more: int, chance: random.Random) -> str:
    """A text that the tree matches, but for what looks around; repeats are taken as few times as may be, and `more`."""
    return "".join(_piece(op, value, more, chance) for op, value in tree)


def _piece(op: Any, value: Any, more: int, chance: random.Random) -> str:  # noqa: PLR0911 - one a kind of node
    if op is sre.LITERAL:
        return chr(value)
    if op is sre.NOT_LITERAL:
        return "b" if value != ord("b") else "c"
    if op is sre.ANY:
        return "a"
    if op is sre.IN:
        return chance.choice(_of_set(value))
    if op is sre.BRANCH:
        return _sample(chance.choice(value[1]), more, chance)
    if op in _REPEATS:
        least, most, inner = value
        times = min(least + more, most, MOST_REPEATS)
        return "".join(_sample(inner, more if times < 5 else 0, chance) for _ in range(int(times)))
    if op in (sre.SUBPATTERN, sre.ATOMIC_GROUP):
        return _sample(value[-1] if op is sre.SUBPATTERN else value, more, chance)
    return _sample(value[1], more, chance) if op is sre.ASSERT and value[0] > 0 else ""


def _of_set(items: Sequence[Any]) -> list[str]:
    found = []
    for op, value in items:
        if op is sre.LITERAL:
            found.append(chr(value))
        elif op is sre.RANGE:
            found += map(chr, value)
        elif op is sre.CATEGORY:
            found.append(_SIGNS.get(value, "a"))
    if items[0][0] is not sre.NEGATE:
        return found or ["a"]
    return [sign for sign in "ax 7-\n.,é" if sign not in found][:1] or ["\u2022"]


def _repeated(tree: Sequence[Any]) -> Iterator[Any]:
    """What stands under a repeat, at any depth."""
    for op, value in tree:
        if op in _REPEATS:
            yield value[2]
            yield from _repeated(value[2])
        elif op is sre.BRANCH:
            for branch in value[1]:
                yield from _repeated(branch)
        elif op is sre.SUBPATTERN:
            yield from _repeated(value[-1])
        elif op is sre.ATOMIC_GROUP:
            yield from _repeated(value)
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _repeated(value[1])
