"""What a mail must make the officer look at, by rules (conversation.md: warnings of the confirmation request).

A notice decides nothing: it raises a question before the officer, with the mail's own words.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from classify.coding import NoticeKind, Text
from classify.notice_rules import another, application, breach, data, denunciation, press, thanks, withdrawal
from classify.rules import Rule, Spoken, hits_of_each, spoken, written_out

MOST_SHOWN = 3
"""Clauses a notice shows."""

LONGEST_CLAUSE = 120
"""Characters of a clause."""


@dataclass(frozen=True, slots=True)
class Notice:
    """`words`: one to three clauses as they stand in the mail, those of the first rules first."""

    kind: NoticeKind
    words: tuple[str, ...]


def notices(subject: str, text: str) -> tuple[Notice, ...]:
    """All that the rules see in a mail, at most one notice of each kind, in the order of `NoticeKind`."""
    mail = spoken(Text("", subject, "", text))
    words: dict[NoticeKind, list[str]] = {}
    for watch, clauses in zip(WATCHES, hits_of_each(mail, _TABLES), strict=True):
        if clauses and watch.only(spoken(Text("", "", "", text))):
            words.setdefault(watch.kind, []).extend(_clause(mail, clause) for clause in clauses)
    return tuple(Notice(kind, tuple(dict.fromkeys(words[kind]))[:MOST_SHOWN]) for kind in NoticeKind if kind in words)


def _anything(_: Spoken) -> bool:
    return True


def _at_most(words: int) -> Callable[[Spoken], bool]:
    """Whether a body is so short that its one remark is all it says."""
    return lambda body: len(body.low.split()) <= words


def _nothing_but_thanks(body: Spoken) -> bool:
    """Whether nearly every word of the body is one of thanks, courtesy or success."""
    rest = body.whole.removeprefix(" ! ")
    if len(rest.split()) > thanks.MOST_WORDS or re.search(written_out(thanks.MORE), body.low):
        return False
    for rule in (thanks.SIGNATURE, *thanks.RULES, *thanks.HARMLESS):
        rest = re.sub(written_out(rule.pattern), " ", rest, flags=re.IGNORECASE)
    left = re.findall(r"\w+", rest)
    return len(left) <= thanks.MOST_LEFT and all(word[0].isupper() for word in left)


def _clause(mail: Spoken, words: str) -> str:
    """The words found, and what follows them up to the next stop."""
    start = mail.whole.find(words)
    if start < 0 or len(words) >= LONGEST_CLAUSE:
        return words
    end = start + len(words)
    tail = re.split(r"[.,;:!?()]", mail.whole[end : start + LONGEST_CLAUSE], maxsplit=1)[0]
    broken = len(words + tail) == LONGEST_CLAUSE and " " in tail
    return words + (tail.rsplit(" ", 1)[0] if broken else tail).rstrip()


@dataclass(frozen=True, slots=True)
class Watch:
    """Rules that speak for a kind, in a mail for whose body `only` holds."""

    kind: NoticeKind
    rules: tuple[Rule, ...]
    only: Callable[[Spoken], bool] = _anything


WATCHES = (
    Watch(NoticeKind.APPLICATION, application.RULES),
    Watch(NoticeKind.FOR_ANOTHER, another.RULES),
    Watch(NoticeKind.BREACH, breach.RULES),
    Watch(NoticeKind.DENUNCIATION, denunciation.RULES),
    Watch(NoticeKind.DATA_REQUEST, data.RULES),
    Watch(NoticeKind.PRESS, press.RULES),
    Watch(NoticeKind.MERE_THANKS, thanks.RULES, _nothing_but_thanks),
    Watch(NoticeKind.WITHDRAWAL, withdrawal.RULES),
    Watch(NoticeKind.WITHDRAWAL, withdrawal.SETTLED, _at_most(withdrawal.MOST_WORDS)),
)

_TABLES = tuple(watch.rules for watch in WATCHES)
