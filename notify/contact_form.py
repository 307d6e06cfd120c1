"""The contact form (GA Anlage 3) as paper: empty to be filled in on the screen, and filled with what is recorded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from classify.anlage3 import Anlage3
from classify.coding import Coding
from classify.contact_form import ARRIVED, LINES, SETTLED, UNIT, WORDS, Box, Boxes, ContactForm, boxes
from ingest.office import Office
from notify import papers
from notify.deadlines import local_day
from notify.dossier import breakable
from notify.fillable import Field, fillable
from notify.papers import BrokenPaper
from notify.summary import codings, units
from store.case import Case, Reaction

__all__ = ["BrokenPaper", "Heading", "as_understood", "blank", "filled", "of_case"]
PAPER = "contact_form"
WIDEST = 60
"""Signs without a blank that fit into a whole line of the form, as every common address does: it is read again."""


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


def filled(form: ContactForm, taxonomy: Anlage3, heading: Heading, further: Sequence[Coding] = ()) -> bytes:
    """The form as a tagged PDF with what is recorded; the account in words stands on it only where there is one.

    What is recorded of `further` reactions of the Case is ticked as well.
    """
    known = boxes(taxonomy)
    written = {name: breakable(getattr(form, name), WIDEST) for name in (*LINES, "unit", "words")}
    written["arrived"] = f"{form.arrived:%d.%m.%Y}" if form.arrived else ""
    told = _told(known, heading) | {
        "values": written,
        "ticked": _ticked(form, further, known, taxonomy),
        "additions": bool(form.words) or form.settled,
    }
    return papers.pdf(PAPER, told)


def of_case(case: Case, taxonomy: Anlage3, office: Office) -> bytes:
    """The form of a Case as recorded by now, its further reactions included; empty boxes where nothing is.

    Raises BrokenPaper, and ValueError for a Case whose reactions went to another.
    """
    if not case.reactions:
        raise ValueError("a Case without reactions has no form")
    first, *further = codings(case) or (None,)
    form = as_understood(case.reactions[0], first, office)
    named = units(codings(case), office)
    post = office.front_office.name
    called = "" if "vorzimmer" in post.casefold() else post  # the form's line says that word itself
    heading = Heading(office.name, case.shown_id, office.file_reference, called)
    return filled(replace(form, unit="; ".join(named) or form.unit), taxonomy, heading, further)


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


def _ticked(form: ContactForm, further: Sequence[Coding], known: Boxes, taxonomy: Anlage3) -> list[str]:
    """The ids of the boxes that are ticked; a type stands in the box that the form has for it."""
    recorded: tuple[ContactForm | Coding, ...] = (form, *further)
    types = {taxonomy.type(each.type).box for each in recorded if each.type}
    chosen = {form.sex, *(v for r in recorded for v in (r.form, r.customer_group, *r.categories))} - {""}
    single = (*known.sexes, *known.forms, *known.customer_groups, *(b for g in known.categories for b in g.boxes))
    return [
        *(b.id for b in known.types if b.name in types),
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
