"""The strings without which a pattern cannot be found: looking for them first costs a tenth of searching the pattern.

Reads the part of the language of regular expressions that the rules use and refuses the rest. Whatever it does not
reckon with (classes, optional letters, lookarounds) makes the answer weaker, never wrong.
"""

import re
from collections import deque
from collections.abc import Iterator

Cues = tuple[frozenset[str], ...]
"""Of each set at least one stands in whatever the pattern finds; the rarest set first, none where none can be named."""

_TOKEN = re.compile(
    r"(?P<look>\(\?<?[=!])|(?P<open>\((?:\?:)?(?!\?))|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<edge>\\[bB]|[$^])|(?P<any>\\[A-Za-z0-9]|\.|\[\^?\]?(?:\\.|[^\]\\])*\])"
    r"|(?P<repeat>(?:[?*+]|\{\d+(?:,\d*)?\})\??)|\\?(?P<letter>[^({\\])",
    re.DOTALL,
)
_MAY_BE_MISSING = ("?", "*", "{0")

_Tokens = deque[tuple[str, str]]


def cues(regex: str) -> Cues:
    """What to look for before searching `regex`. Raises ValueError for what the rules do not use."""
    tokens: _Tokens = deque((match.lastgroup or "", match[match.lastgroup or 0]) for match in _read(regex))
    found = _either(tokens)
    if tokens:
        raise ValueError(f"a bracket too many: {regex}")
    return found


def branches(regex: str) -> tuple[str, ...]:
    """The alternatives outside all brackets, as they stand. Raises ValueError for what the rules do not use."""
    found, depth = [""], 0
    for match in _read(regex):
        depth += (match.lastgroup in ("open", "look")) - (match.lastgroup == "close")
        if match.lastgroup == "bar" and not depth:
            found.append("")
        else:
            found[-1] += match.group()
    return tuple(found)


def _read(regex: str) -> Iterator[re.Match[str]]:
    end = 0
    while end < len(regex):
        match = _TOKEN.match(regex, end)
        if match is None:
            raise ValueError(f"cannot be read from character {end} on: {regex}")
        yield match
        end = match.end()


def _either(tokens: _Tokens) -> Cues:
    """Alternatives up to the closing bracket or the end; where there are several, one of the rarest of each."""
    branches = [_sequence(tokens)]
    while tokens and tokens[0][0] == "bar":
        tokens.popleft()
        branches.append(_sequence(tokens))
    if len(branches) == 1:
        return branches[0]
    return (_shortest(frozenset().union(*(branch[0] for branch in branches))),) if all(branches) else ()


def _sequence(tokens: _Tokens) -> Cues:
    """All that must be there, one after the other: the rarest, which are long and few, first."""
    found: set[frozenset[str]] = set()
    run = ""
    while tokens and tokens[0][0] not in ("bar", "close"):
        kind, sign = tokens.popleft()
        within = _within(tokens) if kind in ("open", "look") else ()
        if kind in ("edge", "look"):
            continue
        repeated = tokens.popleft()[1] if tokens and tokens[0][0] == "repeat" else ""
        if not repeated.startswith(_MAY_BE_MISSING):
            run += sign if kind == "letter" else ""
            found.update(within)
        if kind != "letter" or repeated:
            found.add(frozenset({run}))
            run = ""
    found.add(frozenset({run}))
    return tuple(sorted(found - {frozenset({""})}, key=_rarity))


def _rarity(cues: frozenset[str]) -> tuple[int, int, list[str]]:
    return -min(map(len, cues)), len(cues), sorted(cues)


def _shortest(cues: frozenset[str]) -> frozenset[str]:
    """Without those that have another within."""
    return frozenset(cue for cue in cues if not any(other in cue for other in cues if other != cue))


def _within(tokens: _Tokens) -> Cues:
    found = _either(tokens)
    if not tokens:
        raise ValueError("a bracket is not closed")
    tokens.popleft()
    return found
