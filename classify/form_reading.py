"""From what stands on a filled contact form (GA Anlage 3) to its fields, and what of it cannot be read. Pure.

A form arrives as fields of a PDF or as lines of text with marks ("☒ Lob", "[x] Lob", "Art der Reaktion: Lob"). Nothing
is guessed: what is missing, unreadable or contradictory stays empty and is named for the officer, who decides.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from classify.anlage3 import Anlage3
from classify.contact_form import ARRIVED, LINES, Box, Boxes, ContactForm, boxes
from classify.form_marks import LOST, Seen, seen, ticked
from classify.form_sections import sections, value

Day = Callable[[str], date | None]
"""What a date written by hand means, None if nothing."""

MOST_CATEGORIES = 3
ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}\.\w{1,63}")  # RFC 5321 4.5.3.1
SEVERAL = "Bei „{}“ ist mehr angekreuzt: {}."
UNKNOWN = "Bei „{}“ ist „{}“ nicht zu erkennen."
NONE = "Bei „{}“ ist nichts angekreuzt."
UNPLACED = "„{}“ ist angekreuzt, aber nicht zu welcher Gruppe: {}."


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as read, and what could not be: German sentences for the officer."""

    form: ContactForm
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Ticked:
    """What the boxes say: field -> id, the categories, and what is wrong with them."""

    chosen: Mapping[str, str]
    categories: Sequence[str]
    settled: bool
    problems: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Choice:
    """A field of which one box is ticked; `needed` where the form is incomplete without."""

    field: str
    label: str
    boxes: tuple[Box, ...]
    needed: bool = False


def of_fields(fields: Mapping[str, str], taxonomy: Anlage3, day: Day) -> Filled | None:
    """From the fields of a PDF form, by name and value; None if it is not ours."""
    if not {"last_name", "arrived", "words"} <= set(fields):
        return None
    known = boxes(taxonomy)
    on = {name for name, content in fields.items() if content.strip("/") not in ("", "Off")}
    chosen, problems = _chosen(known, lambda choice: ([b for b in choice.boxes if b.id in on], ""))
    categories = tuple(b.value for group in known.categories for b in group.boxes if b.id in on)
    written = {name: fields.get(name, "") for name in (*LINES, "unit", "arrived", "words")}
    return _filled(written, _Ticked(chosen, categories, "settled" in on, problems), day)


def of_text(text: str, taxonomy: Anlage3, day: Day) -> Filled | None:
    """From lines of text; None if they are no contact form."""
    found = sections(text)
    if not found:
        return None
    known = boxes(taxonomy)
    chosen, problems = _chosen(known, lambda choice: _of_section(found.get(choice.field, ""), choice))
    categories, faults = _categories(found.get("categories", ""), known)
    return _filled(found, _Ticked(chosen, categories, bool(found["settled"]), (*problems, *faults)), day)


def _of_section(section: str, choice: _Choice) -> tuple[list[Box], str]:
    by_name = {alias: box for box in choice.boxes for alias in (*box.name.split("/"), box.name)}
    found = seen(section, by_name)
    if (
        found
        and all(s.ticked is None for s in found)
        and len({by_name[s.name] for s in found}) == len(choice.boxes) > 1
    ):
        return [], LOST.format(choice.label)  # every name stands there and no mark: the reader of the file lost them
    chosen = list(dict.fromkeys(by_name[name] for name in ticked(found)))
    written = "" if found else value(section)
    return chosen, UNKNOWN.format(choice.label, written[:40]) if written else ""


def _chosen(known: Boxes, read: Callable[[_Choice], tuple[list[Box], str]]) -> tuple[dict[str, str], list[str]]:
    values, problems = {}, []
    for choice in (
        _Choice("sex", "Geschlecht", known.sexes),
        _Choice("type", "Art der Reaktion", known.types, needed=True),
        _Choice("form", "Form der Reaktion", known.forms, needed=True),
        _Choice("customer_group", "Kundengruppe", known.customer_groups),
    ):
        found, problem = read(choice)
        if len(found) > 1:
            problem = SEVERAL.format(choice.label, ", ".join(b.name for b in found))
        elif not found and choice.needed:
            problem = problem or NONE.format(choice.label)
        values[choice.field] = found[0].value if len(found) == 1 else ""
        problems += [problem] if problem else []
    return values, problems


def _filled(written: Mapping[str, str], boxes_say: _Ticked, day: Day) -> Filled:
    lines = {name: value(written.get(name, "")) for name in (*LINES, "unit")}
    arrived = value(written.get("arrived", ""))
    form = ContactForm(
        **lines,
        **boxes_say.chosen,
        arrived=day(arrived) if arrived else None,
        categories=tuple(boxes_say.categories),
        words=written.get("words", "").strip(),
        settled=boxes_say.settled,
    )
    return Filled(form, tuple(problem for problem in (*boxes_say.problems, *_lacking(form, arrived)) if problem))


def _lacking(form: ContactForm, arrived: str) -> list[str]:
    many = len(form.categories) > MOST_CATEGORIES
    return [
        f"Das {ARRIVED} fehlt." if not arrived else "",
        f"Das {ARRIVED} „{arrived[:40]}“ ist nicht lesbar." if arrived and form.arrived is None else "",
        "Es ist keine Kategorie angekreuzt." if not form.categories else "",
        f"Es sind {len(form.categories)} Kategorien angekreuzt; erfasst werden höchstens drei." if many else "",
        "Die E-Mail-Adresse ist nicht lesbar." if form.email and not ADDRESS.fullmatch(form.email) else "",
    ]


def _categories(section: str, known: Boxes) -> tuple[list[str], list[str]]:
    """The ids of what is ticked; a name that several groups have belongs to the group it stands in."""
    having: dict[str, dict[str, str]] = {}
    for group in known.categories:
        for box in group.boxes:
            having.setdefault(box.name, {})[group.name] = box.value
    headings = {g.name for g in known.categories} | {g.area for g in known.categories if g.area}
    found = seen(section, having, headings)
    if all(s.ticked is None for s in found) and len({s.name for s in found}) > len(having) // 2:
        return [], [LOST.format("Kategorien")]
    return _placed(found, having, set(ticked(found)))


def _placed(
    found: Sequence[Seen], having: Mapping[str, Mapping[str, str]], names: set[str]
) -> tuple[list[str], list[str]]:
    chosen, problems, group = [], [], ""
    marked = any(one.ticked is not None for one in found)  # a list in words has no order of the form
    for one in found:
        places = having.get(one.name, {})
        if one.heading:
            group = one.name
            continue
        if len(places) == 1:
            group = next(iter(places)) if marked else ""
        if not (one.ticked if marked else one.name in names):
            continue
        if len(places) == 1 or group in places:
            chosen.append(places.get(group) or next(iter(places.values())))
        else:
            problems.append(UNPLACED.format(one.name, ", ".join(places)))
    return list(dict.fromkeys(chosen)), problems
