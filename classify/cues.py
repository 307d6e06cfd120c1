"""The strings without which a pattern cannot be found: looking for them first costs a tenth of searching the pattern.

Reads the part of the language of regular expressions that the rules use and refuses the rest. Whatever it does not
reckon with (classes, optional letters, lookarounds) makes the answer weaker, never wrong.
"""

import re
from collections import deque

Cues = frozenset[str]
"""At least one of these stands in whatever the pattern finds; the empty string where none can be named."""

ANYTHING: Cues = frozenset({""})

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
    tokens: _Tokens = deque()
    end = 0
    while end < len(regex):
        match = _TOKEN.match(regex, end)
        if match is None or match.lastgroup is None:
            raise ValueError(f"cannot be read from character {end} on: {regex}")
        tokens.append((match.lastgroup, match[match.lastgroup]))
        end = match.end()
    found = _either(tokens)
    if tokens:
        raise ValueError(f"a bracket too many: {regex}")
    return found


def _either(tokens: _Tokens) -> Cues:
    """Alternatives up to the closing bracket or the end: each brings its own."""
    found = set(_sequence(tokens))
    while tokens and tokens[0][0] == "bar":
        tokens.popleft()
        found |= _sequence(tokens)
    return frozenset(cue for cue in found if not any(other in cue for other in found if other != cue))


def _sequence(tokens: _Tokens) -> Cues:
    """Of what must all be there, that which is rarest: long, and few."""
    candidates, run = [ANYTHING], ""
    while tokens and tokens[0][0] not in ("bar", "close"):
        kind, sign = tokens.popleft()
        within = _within(tokens) if kind in ("open", "look") else ANYTHING
        if kind in ("edge", "look"):
            continue
        repeated = tokens.popleft()[1] if tokens and tokens[0][0] == "repeat" else ""
        if not repeated.startswith(_MAY_BE_MISSING):
            run += sign if kind == "letter" else ""
            candidates.append(within)
        if kind != "letter" or repeated:
            candidates.append(frozenset({run}))
            run = ""
    candidates.append(frozenset({run}))
    return max(candidates, key=lambda cues: (min(map(len, cues)), -len(cues)))


def _within(tokens: _Tokens) -> Cues:
    found = _either(tokens)
    if not tokens:
        raise ValueError("a bracket is not closed")
    tokens.popleft()
    return found
