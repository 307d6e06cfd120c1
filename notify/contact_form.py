"""The contact form (GA Anlage 3) as paper: empty to be filled in on the screen, and filled with what is recorded."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from classify.anlage3 import Anlage3
from classify.coding import Coding
from classify.contact_form import ARRIVED, LINES, SETTLED, UNIT, WORDS, Box, Boxes, ContactForm, boxes
from ingest.office import Office
from notify import papers
from notify.deadlines import local_day
from notify.fillable import Field, fillable
from notify.papers import BrokenPaper
from store.case import Reaction

__all__ = ["BrokenPaper", "Heading", "as_understood", "blank", "filled"]
PAPER = "contact_form"


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands on a filled form beside its fields: the office's name, the Case's number, its file reference
    (Aktenzeichen), and how the front office is called; each may be ""."""

    office: str = ""
    number: str = ""
    reference: str = ""
    front_office: str = ""


def blank(taxonomy: Anlage3, heading: Heading = Heading()) -> bytes:
    """The empty form as a tagged PDF with a field for every line and box."""
    known = boxes(taxonomy)
    told = _told(known, heading) | {"fillable": True, "additions": True}
    return fillable(papers.pdf(PAPER, told), _fields(known))


def filled(form: ContactForm, taxonomy: Anlage3, heading: Heading) -> bytes:
    """The form as a tagged PDF with what is recorded; the account in words stands on it only where there is one."""
    known = boxes(taxonomy)
    written = {name: getattr(form, name) for name in (*LINES, "unit", "words")}
    written["arrived"] = f"{form.arrived:%d.%m.%Y}" if form.arrived else ""
    told = _told(known, heading) | {
        "values": written,
        "ticked": _ticked(form, known, taxonomy),
        "additions": bool(form.words) or form.settled,
    }
    return papers.pdf(PAPER, told)


def as_understood(reaction: Reaction, coding: Coding | None, office: Office) -> ContactForm:
    """The form of a reaction with what is recorded or suggested in its boxes; without one the person alone is on it."""
    given = reaction.form.content if reaction.form else None
    form = given or ContactForm(last_name=reaction.sender.name, email=reaction.sender.address)
    form = replace(form, arrived=local_day(reaction.arrived))
    if coding is None:
        return form
    unit = office.unit(coding.unit)
    return replace(
        form,
        type=coding.type,
        form=coding.form,
        customer_group=coding.customer_group,
        categories=coding.categories,
        unit=unit.name if unit else form.unit,
    )


def _told(known: Boxes, heading: Heading) -> dict[str, Any]:
    areas: dict[str, list[dict[str, Any]]] = {}
    for group in known.categories:
        areas.setdefault(group.area or group.name, []).append({"name": group.name, "boxes": _plain(group.boxes)})
    return {
        **asdict(heading),
        "fillable": False,
        "values": {},
        "ticked": [],
        "sexes": _plain(known.sexes),
        "types": _plain(known.types),
        "forms": _plain(known.forms),
        "customer_groups": _plain(known.customer_groups),
        "areas": [{"name": name, "groups": groups} for name, groups in areas.items()],
    }


def _plain(given: Iterable[Box]) -> list[dict[str, str]]:
    return [asdict(box) for box in given]


def _ticked(form: ContactForm, known: Boxes, taxonomy: Anlage3) -> list[str]:
    """The ids of the boxes that are ticked; a type stands in the box that the form has for it."""
    box = taxonomy.type(form.type).box if form.type else ""
    chosen = {form.sex, form.form, form.customer_group, *form.categories} - {""}
    single = (*known.sexes, *known.forms, *known.customer_groups, *(b for g in known.categories for b in g.boxes))
    return [
        *(b.id for b in known.types if b.name == box),
        *(b.id for b in single if b.value in chosen),
        *(["settled"] if form.settled else []),
    ]


def _fields(known: Boxes) -> Mapping[str, Field]:
    """Every field with the name a screen reader speaks."""
    single = {
        "Geschlecht": known.sexes,
        "Art der Reaktion": known.types,
        "Form der Reaktion": known.forms,
        "Kundengruppe": known.customer_groups,
    }
    groups = [(f"{g.area}, {g.name}" if g.area else g.name, g.boxes) for g in known.categories]
    return {
        **{name: Field(label) for name, label in LINES.items()},
        "arrived": Field(f"{ARRIVED}, Tag der Reaktion (TT.MM.JJJJ)"),
        "unit": Field(UNIT),
        "words": Field(WORDS, several=True),
        "settled": Field(SETTLED, box=True),
        **{b.id: Field(f"{title}: {b.name}", box=True) for title, given in (*single.items(), *groups) for b in given},
    }
