"""The contact form (GA Anlage 3) as a frozen, typed view of anlage3.toml: types, forms, customer groups, categories."""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

SHIPPED = Path(__file__).with_name("anlage3.toml")


class TaxonomyError(Exception):
    """The file cannot be used; the message names file and fault."""


class _Wrong(Exception):  # noqa: N818
    """What is wrong in the file, without its name."""


@dataclass(frozen=True, slots=True)
class Type:
    """A type of reaction; `box` is its box on the form, "" if none.

    `krm` is False for what is not recorded (GA 3.1.6, 3.4), `unasked` False for what is never acknowledged without
    a decision (GA 3.1.4, 3.1.5). `thanks`: a thank-you, no answer owed (GA 3.5.1). `about_people`: whoever is named
    must not get the Case. `aside`: goes to quarantine where the finding is clear. `continues`: belongs to a Case.
    `reasons`: what `Kein KRM` gives as reason for it. `words`: with which people say it without naming it.
    """

    id: str
    name: str
    box: str
    ga: str
    krm: bool
    means: str
    excludes: str
    unasked: bool = True
    thanks: bool = False
    about_people: bool = False
    aside: bool = False
    continues: bool = False
    words: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    id: str
    area: str
    group: str
    name: str
    means: str
    words: str = ""

    @property
    def full_name(self) -> str:
        """The name with its group, as people tell the three "Beratung" apart."""
        return self.name if self.name == self.group else f"{self.group}: {self.name}"


@dataclass(frozen=True, slots=True)
class Choice:
    """A form or customer group."""

    id: str
    name: str
    means: str = ""


Row = TypeVar("Row", Type, Category)


@dataclass(frozen=True, slots=True)
class Anlage3:
    """The whole form. `digest` is the SHA-256 of the file it came from.

    `type_boxes` and `group_boxes`: the names of these boxes in the paper form's order, where it is another one.
    """

    types: tuple[Type, ...]
    forms: tuple[Choice, ...]
    groups: tuple[Choice, ...]
    categories: tuple[Category, ...]
    digest: str
    type_boxes: tuple[str, ...] = ()
    group_boxes: tuple[str, ...] = ()

    def type(self, type_id: str) -> Type:
        return _one(self.types, type_id)

    def type_of(self, reason: str) -> Type | None:
        """The type that `Kein KRM` with this reason says it was; None where the reason says nothing."""
        return next((t for t in self.types if reason in t.reasons), None)

    def category(self, category_id: str) -> Category:
        return _one(self.categories, category_id)

    def name(self, some_id: str) -> str:
        """The German name of any id, the id itself if unknown."""
        named: tuple[Type | Choice, ...] = (*self.types, *self.forms, *self.groups)
        plain = next((n.name for n in named if n.id == some_id), None)
        return plain or next((c.full_name for c in self.categories if c.id == some_id), some_id)


def _one(rows: tuple[Row, ...], some_id: str) -> Row:
    found = next((row for row in rows if row.id == some_id), None)
    if found is None:
        raise LookupError(f"the form has no {some_id!r}")
    return found


def load(path: Path = SHIPPED) -> Anlage3:
    """Read a taxonomy file. Raises TaxonomyError if it is missing, no TOML, or lacks a field."""
    try:
        content = path.read_bytes()
        data = tomllib.loads(content.decode())
        found = _view(data, hashlib.sha256(content).hexdigest())
    except OSError as fault:
        raise TaxonomyError(f"{path}: {fault.strerror}") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise TaxonomyError(f"{path}: not readable as TOML: {fault}") from fault
    except _Wrong as fault:
        raise TaxonomyError(f"{path}: {fault}") from fault
    return found


@cache
def shipped() -> Anlage3:
    """The form of the Geschäftsanweisung, as shipped."""
    return load()


def _type(t: "_Table") -> Type:
    return Type(
        id=t.words("id"),
        name=t.words("name"),
        box=t.words("anlage3", ""),
        ga=t.words("ga", ""),
        krm=t.switch("krm", True),
        means=t.words("meint", ""),
        excludes=t.words("nicht", ""),
        unasked=t.switch("unaufgefordert", True),
        thanks=t.switch("dank", False),
        about_people=t.switch("klage_ueber", False),
        aside=t.switch("beiseite", False),
        continues=t.switch("folge", False),
        words=t.words("woerter", ""),
        reasons=t.list_of_words("gruende"),
    )


def _category(c: "_Table") -> Category:
    return Category(
        c.words("id"),
        c.words("bereich", ""),
        c.words("gruppe"),
        c.words("name"),
        c.words("meint", ""),
        c.words("woerter", ""),
    )


def _choice(c: "_Table") -> Choice:
    return Choice(c.words("id"), c.words("name"), c.words("meint", ""))


def _view(data: dict[str, Any], digest: str) -> Anlage3:
    top = _Table("the file", data)
    return Anlage3(
        types=tuple(map(_type, _tables(data, "art"))),
        forms=tuple(map(_choice, _tables(data, "form"))),
        groups=tuple(map(_choice, _tables(data, "kundengruppe"))),
        categories=tuple(map(_category, _tables(data, "kategorie"))),
        digest=digest,
        type_boxes=top.list_of_words("art_kaestchen"),
        group_boxes=top.list_of_words("kundengruppe_kaestchen"),
    )


def _tables(data: dict[str, Any], key: str) -> list["_Table"]:
    """At least one table, each with an id of its own. Raises _Wrong."""
    given = data.get(key)
    if not isinstance(given, list) or not given or not all(isinstance(entry, dict) for entry in given):
        raise _Wrong(f"[[{key}]] must stand in it at least once")
    tables = [_Table(f"[[{key}]] {place}", entry) for place, entry in enumerate(given, 1)]
    ids = [table.words("id") for table in tables]
    if twice := [i for i in ids if ids.count(i) > 1]:
        raise _Wrong(f"[[{key}]] has the id {twice[0]!r} twice")
    return tables


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the file, read by kind. Every reader raises _Wrong."""

    place: str
    given: dict[str, Any]

    def words(self, key: str, otherwise: str | None = None) -> str:
        found = self.given.get(key, otherwise)
        if found is None:
            raise _Wrong(f"{self.place}: field {key!r} is missing")
        if not isinstance(found, str):
            raise _Wrong(f"{self.place}: {key} must be words in quotes")
        return found

    def switch(self, key: str, otherwise: bool) -> bool:
        found = self.given.get(key, otherwise)
        if not isinstance(found, bool):
            raise _Wrong(f"{self.place}: {key} must be true or false")
        return found

    def list_of_words(self, key: str) -> tuple[str, ...]:
        found = self.given.get(key, [])
        if not isinstance(found, list) or not all(isinstance(entry, str) for entry in found):
            raise _Wrong(f"{self.place}: {key} must be a list of words in quotes")
        return tuple(found)
