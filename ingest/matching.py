"""Whether what somebody wrote is a name or word we know, whatever its spelling. The door to the speller (rapidfuzz)."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from ingest.message import Term

_FILLERS = frozenset(
    (
        *("und", "der", "die", "das", "in", "im", "fuer", "von", "vom", "zu", "zur", "zum", "bei", "am", "an"),
        *("frau", "herr", "herrn", "hr", "fr", "dr", "team", "nr", "nummer"),
    )
)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff"))
_SHADES = dict.fromkeys(map(ord, "\ufe0e\ufe0f🏻🏼🏽🏾🏿"))
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
# Marks between words say nothing; any other sign (a question mark, an emoji) is a word of its own that nothing matches.
_TOKENS = re.compile(r"[^\W_]+|[^\w\s.,:;!/()\[\]–−&+§#\"'„“”‚‘’»«*`-]")
_FORGIVEN_FROM = 5  # letters; a slip in a shorter word makes another word
_CONTAINED_FROM = 4  # letters; a shorter one is a piece of too many words
_ALIKE = 85  # of 100
_MARGIN = 8  # how far the runner-up must stay behind
_SUGGESTED = 60  # of 100: too little to be taken, enough to be asked about
_SAMPLE_ALIKE = 75  # of 100
_FEW = 6  # names that may be listed whole
_LONGEST = 200  # letters; no name is longer
_LINE_BEGINS = 80  # letters in which the word of an instruction would stand,
_FIRST_WORDS = 6  # and words among them


def visible(text: str) -> str:
    """The text with letters composed (NFC), without signs nobody sees and blanks around it."""
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE).strip()


def fold(text: str) -> str:
    """The text as it is compared: small letters, umlauts written out, invisible signs gone, blanks single."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(visible(composed).translate(_UMLAUTS).translate(_SHADES).split())


def tokens(text: str) -> list[str]:
    return _TOKENS.findall(fold(text))


def squeeze(text: str) -> str:
    """The words of `text` without blanks and marks: `Kein-KRM` and `kein krm` are one."""
    return "".join(tokens(text))


@dataclass(frozen=True, slots=True)
class Match:
    """Who a name can be: one term, several (ambiguous), or none; `near` are the names that come close then."""

    terms: tuple[Term, ...]
    near: tuple[str, ...] = ()


def exact(name: str, terms: Iterable[Term], aliases: Mapping[str, tuple[str, ...]] | None = None) -> list[Term]:
    """The terms whose id or name it is, whatever case, umlaut spelling and marks."""
    wanted = tokens(name)
    return [t for t in terms if wanted and any(_same(wanted, n) for n in (t.id, *_names(t, aliases)))]


def find(
    name: str, terms: Sequence[Term], aliases: Mapping[str, tuple[str, ...]] | None = None, *, forgiving: bool
) -> Match:
    """Look a name up: the whole name, else part of one, else (`forgiving`) one with a slip of the pen.

    A slip is forgiven only where the next best name stays clearly behind.
    """
    if len(name) > _LONGEST:
        return Match(())
    query = [word for word in tokens(name) if word not in _FILLERS] or tokens(name)
    whole = exact(name, terms, aliases) or exact(" ".join(query), terms, aliases)
    if len(whole) == 1:
        return Match(tuple(whole))
    scores = [(max((_score(query, n, forgiving) for n in _names(t, aliases)), default=0.0), t) for t in terms]
    best = max((score for score, _ in scores), default=0.0)
    if not query or best < _ALIKE:
        return Match((), tuple(label(t, terms) for t in _closest(query, terms, aliases)))
    floor = best if best == 100 else best - _MARGIN
    found = tuple(t for score, t in scores if score >= floor)
    return Match(found, tuple(label(t, terms) for t in found))


def label(term: Term, terms: Iterable[Term]) -> str:
    """The first of its names that no other term has, else its id."""
    others = {squeeze(n) for t in terms if t.id != term.id for n in t.names}
    return next((n for n in term.names if squeeze(n) not in others), term.id)


def nearest(text: str, words: Mapping[str, str], limit: int = 3) -> tuple[str, ...]:
    """The samples of the words most like the line's beginning, best first (`words`: squeezed word to sample)."""
    head, colon, _ = text[:_LINE_BEGINS].partition(":")
    parts = [head] if colon else []
    queries = [squeeze(part).strip("?") for part in (*parts, *text[:_LINE_BEGINS].split()[:_FIRST_WORDS])]
    found: dict[str, float] = {}
    for query in (q for q in queries if len(q) > 1):
        alike = process.extract(query, tuple(words), scorer=fuzz.ratio, score_cutoff=_SAMPLE_ALIKE, limit=limit)
        for word, score, _ in alike:
            found[words[word]] = max(score, found.get(words[word], 0.0))
    return tuple(sorted(found, key=lambda sample: -found[sample])[:limit])


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name of the vocabulary; it is looked at again and again."""
    return tuple(tokens(name))


def _same(wanted: Sequence[str], name: str) -> bool:
    return "".join(wanted) == "".join(_words(name))


def _names(term: Term, aliases: Mapping[str, tuple[str, ...]] | None) -> tuple[str, ...]:
    return (*term.names, *(aliases or {}).get(term.id, ()))


def _score(query: Sequence[str], name: str, forgiving: bool) -> float:
    """0 to 100: how well the worst-fitting word of the query fits some word of the name."""
    words = _words(name)
    by_word = min((max((_alike(q, w, forgiving) for w in words), default=0.0) for q in query), default=0.0)
    written_apart = len(query) > 1 and "".join(query) in "".join(words)
    return 100.0 if written_apart else by_word


def _alike(asked: str, word: str, forgiving: bool) -> float:
    if asked == word or (len(asked) >= _CONTAINED_FROM and asked in word):
        return 100.0
    return fuzz.ratio(asked, word) if forgiving and len(asked) >= _FORGIVEN_FROM else 0.0


def _closest(query: Sequence[str], terms: Sequence[Term], aliases: Mapping[str, tuple[str, ...]] | None) -> list[Term]:
    """At most three that come near; all of them where they are few and none does."""
    near = {
        t.id: max((fuzz.ratio(q, w) for n in _names(t, aliases) for q in query for w in _words(n)), default=0.0)
        for t in terms
    }
    best = sorted((t for t in terms if near[t.id] >= _SUGGESTED), key=lambda t: -near[t.id])
    return best[:3] or list(terms if len(terms) <= _FEW else ())
