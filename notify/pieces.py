"""The small pieces letters are told with: buttons, warnings, hints, lines of a list."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Button:
    """A `mailto:` link that opens a finished reply: `words` are its line, "" if several or to be changed by hand.

    `label` is German; `primary` the one most often wanted.
    """

    label: str
    href: str
    primary: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A category offered in the confirmation request under its `number`; `p` from 0 to 1."""

    number: int
    name: str
    p: float
    proposed: bool
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Warning_:  # noqa: N801 - the builtin has the plain name
    """Something the officer must see first. `grave` ones stand on top in red (danger, remedy)."""

    title: str
    text: str
    words: tuple[str, ...] = ()
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a digest: the id as shown, the moment of arrival, a neutral description, the latest day to act."""

    id: str
    arrived: datetime
    what: str
    due: date | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A titled list of a digest with one sentence on what to do."""

    title: str
    hint: str
    items: tuple[Item, ...]
    at: str = "Eingang"  # what the moment of an item is


@dataclass(frozen=True, slots=True)
class Foreign:
    """Our short paragraph in the writer's language; `language` and `direction` as in `lang=` and `dir=` (RFC 5646)."""

    language: str
    direction: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Hint:
    """A plain-language hint (GA 3.6): the sentence, why, and a shorter wording where one is known."""

    sentence: str
    why: str
    better: str = ""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """One line that was no instruction, why, and what would have been understood."""

    line: str
    why: str
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture within the letter by its `name`, and what it shows in `words` for whoever does not see it."""

    name: str
    words: str
