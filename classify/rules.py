"""Rows of words that speak for something, and the one loop that runs them over a text.

In a pattern `ü` stands for ü, ue and u (likewise ä, ö; `ß` for ß, ss and s), a space for one or two characters that
part words, `~` for at most 40 characters of the same sentence and `~~` for at most 100. Patterns are
written in small letters; case does not matter. Every repeat is bounded, so
that a hostile text costs no more than its length. A pattern is searched only where one of its cues stands.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from classify.coding import Text
from classify.cues import Cues, cues

LONGEST = 60_000
"""Characters of a text that are searched."""

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


@dataclass(frozen=True, slots=True)
class Rule:
    """`example` is a text the pattern finds; `why` says what makes it count. `unless` is looked for
    in the 60 characters of the same sentence before and in the words found: where it stands, they do not count."""

    pattern: str
    example: str
    why: str
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text on one line, and the same in small letters, character by character."""

    whole: str
    low: str


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
    spans = (span for rule in rules if (span := _found(heard.low, rule)))
    found = tuple(dict.fromkeys(heard.whole[start:end].strip(' ,;:"') for start, end in spans))
    return tuple(words for words in found if not any(words in longer for longer in found if longer != words))


def finds(heard: Spoken, rule: Rule) -> bool:
    """Whether the rule finds something that counts."""
    return _found(heard.low, rule) is not None


def _found(low: str, rule: Rule) -> tuple[int, int] | None:
    """Where the rule first finds something that counts, to the ends of the words."""
    for either in cues_of(rule.pattern):
        for cue in either:
            if cue in low:
                break
        else:
            return None
    for match in _compiled(rule.pattern).finditer(low):
        if not (rule.unless and _compiled(rule.unless).search(_around(low, match))):
            return _whole_words(low, *match.span())
    return None


def _around(low: str, match: re.Match[str]) -> str:
    """What is found and what stands before it in the same sentence."""
    return _SENTENCE_END.split(low[max(0, match.start() - _BEFORE) : match.start()])[-1] + match.group()


def _whole_words(low: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and low[start - 1].isalnum():
        start -= 1
    while end < len(low) and low[end].isalnum():
        end += 1
    return start, end


@cache
def cues_of(pattern: str) -> Cues:
    """What must stand in a text, in small letters, in which the pattern is found."""
    return cues(written_out(pattern))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(written_out(pattern))


def written_out(pattern: str) -> str:
    """The regular expression a pattern stands for."""
    return _SIGNS.sub(lambda sign: _SHORTHAND[sign.group()], pattern)
