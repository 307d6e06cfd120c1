"""Rows of words that speak for something, and the one loop that runs them over a text.

In a pattern `ü` stands for ü, ue and u (likewise ä, ö; `ß` for ß, ss and s), a space for one or two characters that
part words, `~` for at most 40 characters of the same sentence and `~~` for at most 100. Patterns are
written in small letters; case does not matter. Every repeat is bounded, so
that a hostile text costs no more than its length. A pattern is searched only where one of its cues stands.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain, groupby

from classify.coding import Text
from classify.cues import branches, cues
from classify.sieve import Sieve, sieve, threes

LONGEST = 60_000
"""Characters of a text that are searched."""

Span = tuple[int, int]

_BEFORE = 60
_SENTENCE_END = re.compile(r"(?<=\w\w\w[.!?:;])\s")
_SHORTHAND = {
    "ü": "(?:ü|ue|u)",
    "ä": "(?:ä|ae|a)",
    "ö": "(?:ö|oe|o)",
    "ß": "(?:ß|ss|s)",
    " ?": r"[ ,;:\"]{0,2}",
    " ": r"[ ,;:\"]{1,2}",
    "~~": r"[^!?]{0,100}?",
    "~": r"[^!?]{0,40}?",
}
_SIGNS = re.compile(r" \?|[üäöß ]|~{1,2}")


@dataclass(frozen=True, eq=False, slots=True)
class Rule:
    """`example` is a text the pattern finds; `why` says what makes it count. `unless` is looked for
    in the 60 characters of the same sentence before and in the words found: where it stands, they do not count."""

    pattern: str
    example: str
    why: str
    unless: str = ""


@dataclass(frozen=True)
class Spoken:
    """A text on one line, and the same in small letters, character by character."""

    whole: str
    low: str

    @cached_property
    def threes(self) -> frozenset[str]:
        """What a sieve asks for."""
        return threes(self.low)


def spoken(text: Text) -> Spoken:
    """Subject and body on one line; a line end parts sentences where nothing else does."""
    return _spoken(text.subject, text.body)


@lru_cache(maxsize=16)
def _spoken(subject: str, body: str) -> Spoken:
    """Several tables of rules ask for the same mail, one after the other."""
    whole = unicodedata.normalize("NFC", f"{subject} ! {body}"[:LONGEST])
    whole = re.sub(r"[^\S\n]{0,20}\n\s{0,20}", " ", whole)
    whole = re.sub(r"[\s*_]+", " ", whole.replace("’", "'"))
    low = whole.lower()
    if len(low) != len(whole):  # İ has a lower case of two characters
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in whole)
    return Spoken(whole, low)


def hits(heard: Spoken, rules: Iterable[Rule]) -> tuple[str, ...]:
    """The text's own words that a rule found, in the order of the rules; what lies within longer words is left out."""
    return _words(heard, _found(heard, tuple(rules)).values())


def hits_of_each(heard: Spoken, tables: Iterable[Sequence[Rule]]) -> tuple[tuple[str, ...], ...]:
    """The `hits` of several tables, for little more than those of one."""
    tables = tuple(tables)
    found = _found(heard, tuple(chain.from_iterable(tables)))
    return tuple(_words(heard, [found[r] for r in rules if r in found]) if found else () for rules in tables)


def speaking(heard: Spoken, rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules that find something that counts, in their order."""
    return tuple(_found(heard, tuple(rules)))


def _words(heard: Spoken, spans: Iterable[Span]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(heard.whole[start:end].strip(' ,;:"') for start, end in spans))
    return tuple(words for words in found if not any(words in longer for longer in found if longer != words))


def _found(heard: Spoken, rules: tuple[Rule, ...]) -> dict[Rule, Span]:
    """The rules that find something that counts, in their order, and where they first do."""
    searches = _searches(rules)
    left = searches.sieve.left(heard.low, heard.threes)
    spans = (
        (rule, _first(heard.low, rule, [searches.regexes[at] for at in places]))
        for rule, places in groupby(left, key=searches.rules.__getitem__)
    )
    return {rule: span for rule, span in spans if span}


def _first(low: str, rule: Rule, regexes: Sequence[re.Pattern[str]]) -> Span | None:
    """Where one of a rule's alternatives first finds something that counts, to the ends of the words."""
    end = 0
    while found := [match for regex in regexes if (match := regex.search(low, end))]:
        match = min(found, key=re.Match.start)  # of those that begin alike the first, as in the whole pattern
        if not (rule.unless and _compiled(rule.unless).search(_around(low, match))):
            return _whole_words(low, *match.span())
        end = match.end()
    return None


def _around(low: str, match: re.Match[str]) -> str:
    """What is found and what stands before it in the same sentence."""
    return _SENTENCE_END.split(low[max(0, match.start() - _BEFORE) : match.start()])[-1] + match.group()


def _whole_words(low: str, start: int, end: int) -> Span:
    while start > 0 and low[start - 1].isalnum():
        start -= 1
    while end < len(low) and low[end].isalnum():
        end += 1
    return start, end


@dataclass(frozen=True, eq=False, slots=True)
class _Searches:
    """A table of rules: the alternatives of their patterns one by one, for few of them may stand in a text and each is
    quickly searched; whose each is; and which are worth it."""

    rules: tuple[Rule, ...]
    regexes: tuple[re.Pattern[str], ...]
    sieve: Sieve


@lru_cache(maxsize=256)
def _searches(rules: tuple[Rule, ...]) -> _Searches:
    parts = [(rule, part) for rule in rules for part in branches(written_out(rule.pattern))]
    return _Searches(
        tuple(rule for rule, _ in parts),
        tuple(re.compile(part) for _, part in parts),
        sieve(cues(part) for _, part in parts),
    )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(written_out(pattern))


def written_out(pattern: str) -> str:
    """The regular expression a pattern stands for."""
    return _SIGNS.sub(lambda sign: _SHORTHAND[sign.group()], pattern)
