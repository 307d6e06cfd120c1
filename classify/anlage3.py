"""The contact form (GA Anlage 3) as a frozen, typed view of anlage3.toml: types, forms, customer groups, categories."""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).with_name("anlage3.toml")


class TaxonomyError(Exception):
    """The file cannot be used; the message names file and fault."""


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


@dataclass(frozen=True, slots=True)
class Anlage3:
    """The whole form. `digest` is the SHA-256 of the file it came from."""

    types: tuple[Type, ...]
    forms: tuple[Choice, ...]
    groups: tuple[Choice, ...]
    categories: tuple[Category, ...]
    digest: str

    def type(self, type_id: str) -> Type:
        return next(t for t in self.types if t.id == type_id)

    def type_of(self, reason: str) -> Type | None:
        """The type that `Kein KRM` with this reason says it was; None where the reason says nothing."""
        return next((t for t in self.types if reason in t.reasons), None)

    def category(self, category_id: str) -> Category:
        return next(c for c in self.categories if c.id == category_id)

    def name(self, some_id: str) -> str:
        """The German name of any id, the id itself if unknown."""
        named: tuple[Type | Choice, ...] = (*self.types, *self.forms, *self.groups)
        plain = next((n.name for n in named if n.id == some_id), None)
        return plain or next((c.full_name for c in self.categories if c.id == some_id), some_id)


def load(path: Path = SHIPPED) -> Anlage3:
    """Read a taxonomy file. Raises TaxonomyError if it is missing, no TOML, or lacks a field."""
    try:
        content = path.read_bytes()
        data = tomllib.loads(content.decode())
        return _view(data, hashlib.sha256(content).hexdigest())
    except OSError as fault:
        raise TaxonomyError(f"{path}: {fault.strerror}") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise TaxonomyError(f"{path}: not readable as TOML: {fault}") from fault
    except KeyError as fault:
        raise TaxonomyError(f"{path}: field {fault} is missing") from fault


@cache
def shipped() -> Anlage3:
    """The form of the Geschäftsanweisung, as shipped."""
    return load()


def _type(t: dict[str, Any]) -> Type:
    return Type(
        id=t["id"],
        name=t["name"],
        box=t.get("anlage3", ""),
        ga=t.get("ga", ""),
        krm=t.get("krm", True),
        means=t.get("meint", ""),
        excludes=t.get("nicht", ""),
        unasked=t.get("unaufgefordert", True),
        thanks=t.get("dank", False),
        about_people=t.get("klage_ueber", False),
        aside=t.get("beiseite", False),
        continues=t.get("folge", False),
        words=t.get("woerter", ""),
        reasons=tuple(t.get("gruende", ())),
    )


def _category(c: dict[str, Any]) -> Category:
    return Category(c["id"], c.get("bereich", ""), c["gruppe"], c["name"], c.get("meint", ""), c.get("woerter", ""))


def _view(data: dict[str, Any], digest: str) -> Anlage3:
    types = tuple(_type(t) for t in data["art"])
    categories = tuple(_category(c) for c in data["kategorie"])
    forms = tuple(Choice(f["id"], f["name"], f.get("meint", "")) for f in data["form"])
    groups = tuple(Choice(g["id"], g["name"], g.get("meint", "")) for g in data["kundengruppe"])
    return Anlage3(types, forms, groups, categories, digest)
