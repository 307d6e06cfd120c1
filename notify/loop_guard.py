"""How many letters one address may get: two machines must never answer each other for ever. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_UNASKED, A_DAY = 3, timedelta(days=1)
"""Letters nobody confirmed, within any 24 hours."""
MOST_IN_ALL, A_WHILE = 10, timedelta(hours=3)
"""Letters to an address outside the office."""

SMALL = frozenset({"unclear", "refused", "handed_in", "noted"})
"""Letters to the house that change nothing and ask for nothing: only they are limited there, each kind by itself."""
AN_HOUR = timedelta(hours=1)
MOST_ALIKE = 2
"""Of one kind about one Case in answer to the same words: whoever wrote them has the answer by then."""
MOST_ABOUT_A_CASE, MOST_TO_ONE = 6, 40
"""Of one kind, whatever they answer. Somebody may hand in a whole pile at once."""


@dataclass(frozen=True, slots=True)
class Went:
    """A letter that went to the address: when, and whether without a person's word."""

    at: datetime
    unasked: bool


def must_wait(went: Sequence[Went], unasked: bool, now: datetime) -> bool:
    """Whether one more letter now would be one too many; `went` are those of the last day."""
    lately = sum(w.at > now - A_WHILE for w in went)
    today = sum(w.unasked and w.at > now - A_DAY for w in went)
    return lately >= MOST_IN_ALL or (unasked and today >= MOST_UNASKED)


@dataclass(frozen=True, slots=True)
class Small:
    """One of the `SMALL` letters to somebody of the house: `said` is what it answers, as far as that tells two apart.

    `subject` is a Case, "" for none: letters about different mails have nothing in common then.
    """

    duty: str
    subject: str
    said: str
    at: datetime


def has_enough(went: Sequence[Small], one: Small) -> bool:
    """Whether this one goes without a letter; `went` are those that were owed to the same address before."""
    alike = [w for w in went if w.duty == one.duty and one.at - AN_HOUR < w.at <= one.at]
    about = [w for w in alike if w.subject == one.subject] if one.subject else []
    same = sum(w.said == one.said for w in about)
    return same >= MOST_ALIKE or len(about) >= MOST_ABOUT_A_CASE or len(alike) >= MOST_TO_ONE
