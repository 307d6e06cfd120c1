"""How far a name reaches once it is known where it begins."""

import re
from collections.abc import Callable

from classify.namewords import Passage, Word, keys

LONGEST = 5
"""Words of a name."""

PARTICLES = keys("von van v de del della di da dos zu al el abu abd ibn bin ben bint le la")
_JOINING = PARTICLES | {"der", "den"}

SPACE = re.compile(r"[ \t\u00a0]{1,3}$")
_JOINT = re.compile(r"\s?[-–/]\s?$")
_AFTER_INITIAL = re.compile(r"\.?[ \t]?-?[ \t]?$")


def name_at(passage: Passage, start: int, begins: Callable[[Word], bool], unknown: int = 1) -> list[int]:
    """The name that begins at a word, if it may; without a first name it has at most so many unknown words."""
    words = passage.words
    at = _past_particles(passage, start)
    if at >= len(words) or not (begins(words[at]) or words[at].key in passage.sure) or words[at].placeholder:
        return []
    taken = list(range(start, at + 1))
    while len(taken) < LONGEST:
        more = unknown > len(taken) and not any(words[i].first for i in taken)
        step = _step(passage, taken[-1], more=more)
        if not step:
            break
        taken += range(taken[-1] + 1, taken[-1] + 1 + step)
    return taken


def _past_particles(passage: Passage, start: int) -> int:
    """The index of what follows "von der", "Al-" and the like, if a word with a capital does; else the same index."""
    words = passage.words
    at = start
    while at < min(start + 3, len(words) - 1) and words[at].key in _JOINING and not passage.gap(at + 1).strip(" -."):
        at += 1
    leads = at > start and words[start].key in PARTICLES and words[at].marked
    return at if leads and not (words[at].never or words[at].noun) else start


def _step(passage: Passage, at: int, *, more: bool) -> int:
    """How many further words belong to a name whose last known word is this one."""
    words = passage.words
    if at + 1 >= len(words):
        return 0
    last, word, gap = words[at], words[at + 1], passage.gap(at + 1)
    if _JOINT.match(gap):
        return int(not word.never and word.marked == last.marked)
    if not SPACE.match(gap) and not (last.initial and _AFTER_INITIAL.match(gap)):
        return 0
    after = _past_particles(passage, at + 1)
    if after > at + 1:
        return after - at
    return int(_goes_on(last, word, more=more))


def _goes_on(last: Word, word: Word, *, more: bool) -> bool:
    if word.never:
        return False
    if word.first or (word.initial and last.first):
        return True
    if last.first or last.initial:
        return (
            not (word.noun and len(word.text) > 11)
            if word.marked
            else not (last.marked or word.verb or len(word.text) < 3)
        )
    return more and word.marked and word.unknown and len(word.text) < 13 and not last.key.endswith("s")
