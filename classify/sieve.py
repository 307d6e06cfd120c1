"""Which of many patterns are worth searching in a text: those of whose cues (classify/cues.py) enough stand in it.

All patterns of a table are asked at once. A text is taken apart into three characters in a row; a cue is looked for
only where its first and its last three are among them, and a pattern only where one of its rarest cues stands.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from classify.cues import Cues

SIZE = 3


def threes(text: str) -> frozenset[str]:
    """Every three characters in a row."""
    return frozenset(map("".join, zip(text, text[1:], text[2:], strict=False)))


@dataclass(frozen=True, eq=False, slots=True)
class Sieve:
    """`wanted`: the cues of each pattern. `cues`: by their last three characters, the first three beside each;
    `short`: cues with fewer. `places`: patterns by each of their rarest cues; `always`: patterns without any."""

    wanted: tuple[Cues, ...]
    ends: frozenset[str]
    cues: Mapping[str, Sequence[tuple[str, str]]]
    short: tuple[str, ...]
    places: Mapping[str, Sequence[int]]
    always: tuple[int, ...]

    def left(self, text: str, of_text: frozenset[str]) -> list[int]:
        """The places of the patterns worth searching, in order. `of_text`: its `threes`."""
        by_end, places = self.cues, self.places
        seen = {cue for end in self.ends & of_text for begin, cue in by_end[end] if begin in of_text and cue in text}
        seen.update([cue for cue in self.short if cue in text])
        asked = sorted({*self.always, *(place for cue in seen if cue in places for place in places[cue])})
        return [place for place in asked if not any(map(seen.isdisjoint, self.wanted[place]))]


def sieve(wanted: Iterable[Cues]) -> Sieve:
    """For patterns with these cues."""
    of_all = tuple(wanted)
    cues: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    every = sorted({cue for of_one in of_all for either in of_one for cue in either})
    for cue in every:
        if len(cue) >= SIZE:
            cues[cue[-SIZE:]].append((cue[:SIZE], cue))
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, of_one in enumerate(of_all):
        for cue in of_one[0] if of_one else ():
            places[cue].append(place)
    short = tuple(cue for cue in every if len(cue) < SIZE)
    always = tuple(place for place, of_one in enumerate(of_all) if not of_one)
    return Sieve(of_all, frozenset(cues), dict(cues), short, dict(places), always)
