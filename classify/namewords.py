"""Words of a text as a seeker of names sees them: folded, and whether they are first names, ordinary words or both."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

_WORD = re.compile(r"\[[A-Z]{2,14}\]|[^\W\d_]{1,60}(?:['’`´][^\W\d_]{1,20})?")
_UNACCENTED = str.maketrans("ıłđøæ", "ildoa")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_ENDING = re.compile("(?:ові|еві|ого|ому|ою|ею|ей|ой|ом|ем|ым|им|ия|ии|ию|ія|ії|ію|[аяуюыиіеоьй])$")
_NOUN = re.compile(
    "(?:ung|heit|keit|schaft|tion|itat|(?:ung|heit|keit|schaft|tion|itat)en|mittel|kosten|geld|zeit|schein|amt|brief"
    "|karte|kasse|stelle|platz|akte|liste|markt|kraft|management|beauftragter?|assistenz)$"
)
_VERB = re.compile("(?:te|ten|tet|st|[^s]en|[^dhrgf]t)$")


class Word(NamedTuple):
    """A word and where it stands; `key` is how it is compared. `marked`: its capital tells it from its neighbours."""

    start: int
    end: int
    text: str
    key: str
    marked: bool

    @property
    def placeholder(self) -> bool:
        return self.text.startswith("[")

    @property
    def initial(self) -> bool:
        return len(self.text) == 1 and self.marked

    @property
    def never(self) -> bool:
        """A placeholder, an ordinary word, or a single small letter."""
        return self.placeholder or self.key in _listed("words.txt") or (len(self.text) == 1 and not self.marked)

    @property
    def both(self) -> bool:
        """An ordinary word and a surname."""
        return self.key in _listed("wordnames.txt")

    @property
    def listed(self) -> bool:
        """On the list of first names; with a Cyrillic case ending only where there is a capital."""
        if self.key in _listed("firstnames.txt"):
            return True
        return self.text[0].isupper() and stem(self.key) in _first_names() and not self.never

    @property
    def first(self) -> bool:
        """A first name; in small letters only where it is no short word."""
        return self.listed and (self.text[0].isupper() or (len(self.key) > 3 and not self.both))

    @property
    def noun(self) -> bool:
        """Built like a noun of offices: by its ending, or an ordinary word with another before it."""
        size = len(self.key)
        if size < 8:
            return False
        return bool(_NOUN.search(self.key)) or any(self.key[cut:] in _listed("words.txt") for cut in range(3, size - 5))

    @property
    def verb(self) -> bool:
        """Built like a verb: tells nothing where a capital does."""
        return not self.marked and bool(_VERB.search(self.key))

    @property
    def unknown(self) -> bool:
        return not (self.never or self.both or self.noun)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and its words. `sure` are keys of names known beforehand, ordinary words among them."""

    text: str
    words: tuple[Word, ...]
    sure: frozenset[str] = frozenset()

    def at(self, place: int) -> int:
        """The index of the first word that begins there or behind."""
        return bisect_left(self.words, place, key=lambda word: word.start)

    def gap(self, index: int) -> str:
        """What parts the word from the one before; a line end where there is none."""
        if not 0 < index < len(self.words):
            return "\n"
        return self.text[self.words[index - 1].end : self.words[index].start]


def passage(text: str, sure: Iterable[str] = ()) -> Passage:
    found = [(match.start(), match.end(), match.group()) for match in _WORD.finditer(text)]
    loud = [len(word) > 1 and word.isupper() for _, _, word in found]
    folded = {word: _key(word) for word in {word for _, _, word in found}}
    return Passage(
        text,
        tuple(
            Word(start, end, word, folded[word], _marked(text, i, found, loud))
            for i, (start, end, word) in enumerate(found)
        ),
        frozenset(sure),
    )


def _marked(text: str, index: int, found: list[tuple[int, int, str]], loud: list[bool]) -> bool:
    """Not where everything is in capitals, and not the U of U25."""
    _, end, word = found[index]
    shouted = loud[index] and sum(loud[max(0, index - 3) : index + 4]) > 3
    return word[0].isupper() and not shouted and not (len(word) == 1 and text[end : end + 1].isdigit())


def _key(word: str) -> str:
    """Folded; of "Ayşe'nin" the part before the apostrophe, of "O'Brien" all."""
    head, _, tail = re.sub("[’`´]", "'", word).partition("'")
    return fold(head if len(head) > 2 else head + tail)


@cache
def _listed(file: str) -> frozenset[str]:
    lines = Path(__file__).with_name(file).read_text("utf-8").splitlines()
    return keys(" ".join(line for line in lines if not line.startswith("#")))


@cache
def _first_names() -> frozenset[str]:
    listed = _listed("firstnames.txt")
    return listed | frozenset(map(stem, listed))


def keys(listed: str) -> frozenset[str]:
    """The keys of words written one after the other."""
    return frozenset(map(fold, listed.split()))


def fold(word: str) -> str:
    """Small letters without accents, whichever way they are written: "Müller", "MUELLER" and "Muller" are one."""
    if word.isascii():
        plain = word.lower()
    else:
        parts = unicodedata.normalize("NFKD", word.casefold().translate(_UNACCENTED))
        plain = "".join(part for part in parts if not unicodedata.combining(part))
    return plain.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def stem(key: str) -> str:
    """A Cyrillic key without its case ending, any other as it is."""
    if not _CYRILLIC.match(key):
        return key
    cut = _ENDING.sub("", key)
    return cut if len(cut) > 2 else key
