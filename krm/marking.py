"""Where a text names others than the person it is handed to: what somebody must look at before (Art. 15(4) GDPR). Pure.

Rather a mark too many than one too few; a name nobody can tell from an ordinary word may still be missed.
"""

import re
from dataclasses import dataclass
from functools import cache

from classify.identifiers import CLEAR, MAIL
from classify.namewords import passage
from classify.naming import DEGREES, TITLES
from classify.pseudonyms import Acquainted, named
from notify.letters import TEMPLATES
from notify.person_file import Marked, Span
from store.keys import TOKEN

HIDDEN = "…"
"""For a token: whoever has it has one of the three things that an instruction needs."""

_ADDRESSES = tuple(re.compile(row.pattern, re.IGNORECASE) for row in CLEAR if row.becomes == MAIL)


@dataclass(frozen=True, slots=True)
class Marker:
    """`own` are keys of the person's own names, `addresses` theirs and the office's mailbox; `known` are the others."""

    own: frozenset[str]
    addresses: frozenset[str]
    known: Acquainted

    def marked(self, text: str, known: frozenset[str] = frozenset()) -> Marked:
        """Names of nothing but `known` words are left alone."""
        left = self.own | known
        names = [span for span in named(text, self.known) if not _only(left, text[slice(*span)])]
        mails = [m.span() for row in _ADDRESSES for m in row.finditer(text) if m[0].casefold() not in self.addresses]
        return Marked(text, _merged([*names, *mails]))

    def letter(self, text: str) -> Marked:
        """The same of a letter of ours or an answer to one, without its token, and without a mark on our own words."""
        others = {key for name in self.known.names for key in name_keys(name)}
        return self.marked(TOKEN.sub(HIDDEN, text), letter_words() - others)


@cache
def letter_words() -> frozenset[str]:
    """The words our letters are made of: none of them names anybody whom the house does not know."""
    return frozenset(w.key for path in TEMPLATES.rglob("*.txt") for w in passage(path.read_text("utf-8")).words)


def _only(words: frozenset[str], name: str) -> bool:
    return all(key in words or key.removesuffix("s") in words for key in name_keys(name))


def name_keys(name: str) -> frozenset[str]:
    """The words of a name as they are compared: without titles, whatever their case, umlauts and order."""
    return frozenset(word.key for word in passage(name[:200]).words) - TITLES - DEGREES


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """In order, those that overlap as one."""
    kept: list[Span] = []
    for start, end in sorted(spans):
        if kept and start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return tuple(kept)
