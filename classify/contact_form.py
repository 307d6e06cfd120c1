"""Nouns of the contact form (GA Anlage 3): its fields in the form's order, and a form as somebody filled it in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date

from classify.anlage3 import Anlage3

ARRIVED = "Eingangsdatum"
UNIT = "Betroffene Org.-Einheit"
WORDS = "Anliegen in Worten"
SETTLED = "Am selben Tag geklärt"

LINES = {
    "title": "Titel",
    "first_name": "Vorname",
    "particle": "Vorsatzwort",
    "last_name": "Familienname",
    "street": "Straße/Haus-Nr.",
    "po_box": "PF",
    "postcode": "Postleitzahl",
    "town": "Ort",
    "email": "E-Mail",
    "phone": "Telefon Nr.",
    "fax": "Telefax Nr.",
}
"""What is written about the person: attribute -> the field's name on the form, in the form's order."""

SEXES = {"m": "männlich", "w": "weiblich"}
ORAL = frozenset({"persoenlich", "telefon"})
"""Forms of reaction (ids) that open no Case where they were settled the same day (GA 3.2.2)."""


@dataclass(frozen=True, slots=True)
class ContactForm:
    """A form as it was filled in: words as they stand there, ids of anlage3.toml for boxes, "" or () for empty.

    `sex` is "m", "w" or "": it is never guessed. `arrived` is the day of the reaction. `type` is the first type of the
    ticked box. `settled`: it was settled the same day, so that no Case is opened (GA 3.2.2). `words` and `settled` are
    our additions below the form, for what a colleague was told.
    """

    sex: str = ""
    title: str = ""
    first_name: str = ""
    particle: str = ""
    last_name: str = ""
    street: str = ""
    po_box: str = ""
    postcode: str = ""
    town: str = ""
    email: str = ""
    phone: str = ""
    fax: str = ""
    arrived: date | None = None
    type: str = ""
    form: str = ""
    customer_group: str = ""
    unit: str = ""
    categories: tuple[str, ...] = ()
    words: str = ""
    settled: bool = False

    @property
    def name(self) -> str:
        """The person as one writes them, "" if nobody is named."""
        return " ".join(n for n in (self.title, self.first_name, self.particle, self.last_name) if n)

    @property
    def postal(self) -> tuple[str, ...]:
        """The lines of an address to write to, () if it is not whole."""
        where = self.street or (f"Postfach {self.po_box}" if self.po_box else "")
        lines = (self.name, where, f"{self.postcode} {self.town}".strip())
        return tuple(line for line in lines if line) if where and self.town else ()

    @property
    def empty(self) -> bool:
        """Nothing is filled in."""
        return all(not getattr(self, f.name) for f in fields(self))


@dataclass(frozen=True, slots=True)
class Box:
    """A box on the form: `id` is its field in a PDF, `value` what ticking it means, `name` what stands beside it."""

    id: str
    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """The boxes under one heading, which stands in an area."""

    area: str
    name: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Boxes:
    """All boxes of a form, in its order."""

    sexes: tuple[Box, ...]
    types: tuple[Box, ...]
    forms: tuple[Box, ...]
    customer_groups: tuple[Box, ...]
    categories: tuple[Group, ...]


def boxes(taxonomy: Anlage3) -> Boxes:
    """The boxes that a taxonomy's form has, in the form's order; what the order does not name comes last.

    Several types may share a box (Beschwerde, Fachaufsichtsbeschwerde).
    """
    first: dict[str, str] = {}
    for kind in taxonomy.types:
        if kind.box:
            first.setdefault(kind.box, kind.id)
    groups: dict[tuple[str, str], list[Box]] = {}
    for category in taxonomy.categories:
        box = Box(f"kategorie/{category.id.replace('.', '/')}", category.id, category.name)
        groups.setdefault((category.area, category.group), []).append(box)
    return Boxes(
        sexes=tuple(Box(f"geschlecht/{value}", value, name) for value, name in SEXES.items()),
        types=_ordered((Box(f"art/{value}", value, name) for name, value in first.items()), taxonomy.type_boxes),
        forms=tuple(Box(f"form/{f.id}", f.id, f.name) for f in taxonomy.forms),
        customer_groups=_ordered(
            (Box(f"kundengruppe/{g.id}", g.id, g.name) for g in taxonomy.groups), taxonomy.group_boxes
        ),
        categories=tuple(Group(area, name, tuple(found)) for (area, name), found in groups.items()),
    )


def _ordered(found: Iterable[Box], names: Sequence[str]) -> tuple[Box, ...]:
    places = {name: place for place, name in enumerate(names)}
    return tuple(sorted(found, key=lambda box: places.get(box.name, len(places))))
