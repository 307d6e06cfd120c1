"""A mail without the people in it, so that a model may learn from it: placeholders for names and all that identifies.

What the classifier needs stays: the dates of decisions, amounts, paragraphs, teams, times. What is left may still tell
who wrote to whoever knows the story.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from classify import naming, signing
from classify.coding import Text
from classify.identifiers import BESIDE_NAMES, CLEAR, DIGITS, MAIL, NAME, NUMBER, PLACEHOLDERS, replaced
from classify.namespan import PARTICLES
from classify.namewords import Passage, Word, passage, stem
from classify.postal import POSTAL
from classify.rules import LONGEST

_ROUNDS = 6
"""At most so often a text is gone through until nothing changes any more; two are the rule."""

_TOGETHER = re.compile(r"[ \t]{1,3}$|[ \t]?[-–][ \t]?$")
_BEGINS, _ENDS = re.compile(r"\n[ \t]{0,9}$|[.!?][ \t]{1,3}$"), re.compile(r"[ \t.]{0,9}(?:\n|$)")
_ABBREVIATED = re.compile(r"\.[ \t]?-?$")
_BESIDE = re.compile(r",?[ \t]{1,2}$|-$")


@dataclass(frozen=True, slots=True)
class Acquainted:
    """What is known besides the text: `names` as people write them ("Frau Dr. Yıldız", "Sommer, Jan"), `words` to be
    replaced as they stand, whatever their case (addresses, numbers of Cases)."""

    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _People:
    """Keys of names: replaced wherever they stand, only beside another name, and believed after a title or a role."""

    everywhere: frozenset[str]
    beside: frozenset[str]
    sure: frozenset[str]


def pseudonymised(text: Text, known: Acquainted) -> Text:
    """The text with placeholders and without a sender, as far as rules read it. Twice is the same as once."""
    people = _people((text.from_name, *known.names))
    literal = _literal(known.words)
    parts = (_clean(text.subject), _clean(text.body[:LONGEST]))
    for _ in range(_ROUNDS):
        before = parts
        subject, body = (replaced(_literally(part, literal), (*CLEAR, *POSTAL, *DIGITS)) for part in before)
        parts = _unnamed(subject, body, people)
        if parts == before:
            break
    return Text(text.id, parts[0], "", parts[1])


def named(text: str, known: Acquainted) -> tuple[tuple[int, int], ...]:
    """Where a text of any length names people: (start, end) of each name, in order. `words` of the known are not used.

    It is looked at in pieces of whole paragraphs; what is known besides is looked for in all of them.
    """
    people, found = _people(known.names), []
    for start, piece in _pieces(text):
        told, indices = _people_in("", piece, people)[1]
        found += [(start + first, start + last) for first, last in _spans(told, indices)]
    return tuple(found)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The text in parts no longer than what is ever gone through at once, cut at an empty line where there is one."""
    start = 0
    while start < len(text):
        end = start + LONGEST
        cut = text.rfind("\n\n", start, end) if end < len(text) else -1
        end = cut if cut > start else end
        yield start, text[start:end]
        start = end


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _literal(words: Iterable[str]) -> re.Pattern[str] | None:
    """Finds any of the words, the longest first; none that a placeholder has in it."""
    usable = {word for word in words if len(word) > 2 and not any(word.upper() in holder for holder in PLACEHOLDERS)}
    either = "|".join(map(re.escape, sorted(usable, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE) if either else None


def _literally(text: str, literal: re.Pattern[str] | None) -> str:
    return literal.sub(lambda found: MAIL if "@" in found.group() else NUMBER, text) if literal else text


def _people(names: Iterable[str]) -> _People:
    """A name with an ordinary word in it is a firm's or an office's, unless it begins with a first name: of that only
    what is surely a person's."""
    everywhere: set[str] = set()
    beside: set[str] = set()
    sure: set[str] = set()
    for name in names:
        told = passage(name[:200])
        own = [i for i, word in enumerate(told.words) if word.key not in naming.TITLES | naming.DEGREES | naming.ROLES]
        titled = len(own) < len(told.words)
        if titled and len(own) < 3:
            sure |= {told.words[i].key for i in own}
        private = len(own) < 4 and any(told.words[i].first for i in own)
        if not private and any(told.words[i].never and len(told.words[i].text) > 1 for i in own):
            sure |= {told.words[i].key for i in own if told.words[i].unknown}
            own = sorted(_asked(told, naming.SEEKERS))
        everywhere |= _keys(told.words[i] for i in own)
        beside |= {told.words[i].key for i in own if told.words[i].both or told.words[i].never}
    return _People(frozenset(everywhere), frozenset(beside), frozenset(sure))


def _asked(told: Passage, seekers: Iterable[Callable[[Passage], Iterable[int]]]) -> set[int]:
    return {index for seek in seekers for index in seek(told)}


def _keys(names: Iterable[Word]) -> set[str]:
    """What to look for elsewhere: no ordinary words; "Krönings" is Kröning, too."""
    found = {word.key for word in names if len(word.text) > 1 and not (word.never or word.both)} - PARTICLES
    return found | set(map(stem, found)) | {key[:-1] for key in found if len(key) > 5 and key.endswith("s")}


def _unnamed(subject: str, body: str, people: _People) -> tuple[str, str]:
    """Both without the people known and those named in either."""
    first, second = (_put(told, indices) for told, indices in _people_in(subject, body, people))
    return first, second


def _people_in(subject: str, body: str, people: _People) -> list[tuple[Passage, set[int]]]:
    """Of both the words that belong to the names of the people known and of those named in either."""
    both = (passage(subject, people.sure), passage(body, people.sure))
    found = tuple(_asked(told, naming.SEEKERS) for told in both)
    named = [told.words[i] for told, indices in zip(both, found, strict=True) for i in indices]
    placed = _asked(both[1], signing.SEEKERS)
    named += [both[1].words[i] for i in placed - found[1] if not both[1].words[i].noun]
    found[1].update(placed)
    keys = people.everywhere | _keys(named)
    beside = people.beside | {word.key for word in named if word.both}
    parts = []
    for told, indices in zip(both, found, strict=True):
        again = {i for i, word in enumerate(told.words) if _is(word, keys)}
        parts.append((told, _beside(told, indices | again | set(naming.paired(told)), beside)))
    return parts


def _is(word: Word, keys: frozenset[str]) -> bool:
    key = word.key
    if keys.isdisjoint((key, stem(key))) and not (key.endswith("s") and key[:-1] in keys):
        return False
    return word.text[0].isupper() or ((len(key) > 3 or word.listed) and not word.never)


def _beside(told: Passage, indices: set[int], keys: frozenset[str]) -> set[int]:
    """With the names that are words as well, where they stand beside another name or on their own."""
    out = set(indices)
    for i, word in enumerate(told.words):
        if word.key in keys and word.text[0].isupper():
            before, behind = told.gap(i), told.gap(i + 1)
            alone = _BEGINS.search(before) and _ENDS.match(behind)
            if alone or (i - 1 in indices and _BESIDE.match(before)) or (i + 1 in indices and _BESIDE.match(behind)):
                out.add(i)
    return out


def _put(told: Passage, indices: set[int]) -> str:
    """The text with one placeholder for each name, of however many words."""
    out = []
    end = 0
    for first, last in _spans(told, indices):
        out += [told.text[end:first], NAME]
        end = last
    return replaced("".join(out) + told.text[end:], BESIDE_NAMES)


def _spans(told: Passage, indices: set[int]) -> list[tuple[int, int]]:
    """Where each name begins and ends, of however many words; placeholders are none."""
    spans: list[tuple[int, int]] = []
    for i in sorted(indices):
        word = told.words[i]
        if word.placeholder:
            continue
        goes_on = i - 1 in indices and spans and spans[-1][1] == told.words[i - 1].end and _joined(told, i)
        start = spans.pop()[0] if goes_on else word.start
        spans.append((start, word.end))
    return spans


def _joined(told: Passage, index: int) -> bool:
    """Whether a word belongs to one name with the word before."""
    gap = told.gap(index)
    return bool(_TOGETHER.match(gap) or (len(told.words[index - 1].text) == 1 and _ABBREVIATED.match(gap)))
