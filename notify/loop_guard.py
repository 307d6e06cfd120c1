"""How many letters one address outside the office may get: two machines must never answer each other for ever. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_UNASKED, A_DAY = 3, timedelta(days=1)
"""Letters nobody confirmed, within any 24 hours."""
MOST_IN_ALL, A_WHILE = 10, timedelta(hours=3)


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
