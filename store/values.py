"""Suggestions, codings and forms as JSON values and back; unknown fields of a newer version are passed over."""

from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from classify.coding import Coding, Evidence, Scored, Suggestion, Urgency
from classify.contact_form import ContactForm
from store.case import Form

Json = dict[str, Any]
KEPT = 20  # of the categories, best first: more than any letter ever offers


def from_suggestion(suggestion: Suggestion | None) -> Json | None:
    """Field by field: `asdict` copies every one of its many scores deeply."""
    if suggestion is None:
        return None
    plain = (
        "customer_group",
        "customer_group_p",
        "remedy",
        "remedy_p",
        "urgency",
        "unit",
        "model",
        "sure",
        "proposed",
        "notices",
        "units",
        "form",
    )
    return {name: getattr(suggestion, name) for name in plain} | {
        "types": [{"id": s.id, "p": s.p} for s in suggestion.types],
        "categories": [{"id": s.id, "p": s.p} for s in suggestion.categories[:KEPT]],
        "evidence": [{"about": e.about, "words": e.words} for e in suggestion.evidence],
    }


def to_suggestion(value: Json | None) -> Suggestion | None:
    if value is None:
        return None
    return Suggestion(
        types=tuple(Scored(s["id"], s["p"]) for s in value["types"]),
        categories=tuple(Scored(s["id"], s["p"]) for s in value["categories"]),
        proposed=tuple(value["proposed"]),
        customer_group=value["customer_group"],
        remedy=value["remedy"],
        remedy_p=value["remedy_p"],
        urgency=Urgency(value["urgency"]),
        evidence=tuple(Evidence(e["about"], tuple(e["words"])) for e in value["evidence"]),
        unit=value["unit"],
        model=value["model"],
        sure=value["sure"],
        customer_group_p=value.get("customer_group_p", 0.0),
        notices=tuple(value.get("notices", ())),
        units=tuple(value.get("units", ())),
        form=value.get("form", ""),
    )


def from_coding(coding: Coding | None) -> Json | None:
    return asdict(coding) if coding else None


def to_coding(value: Json | None) -> Coding | None:
    if value is None:
        return None
    return Coding(
        type=value["type"],
        categories=tuple(value["categories"]),
        customer_group=value["customer_group"],
        form=value["form"],
        unit=value["unit"],
        contact=value["contact"],
        remedy=value["remedy"],
        urgency=Urgency(value["urgency"]),
        parts=tuple(value.get("parts", ())),
    )


def from_form(form: Form | None) -> Json | None:
    if form is None:
        return None
    arrived = form.content.arrived
    content = asdict(form.content) | {"arrived": arrived.isoformat() if arrived else None}
    return {
        "content": content,
        "came": form.came.isoformat(),
        "written": form.written,
        "left_out": list(form.left_out),
    }


def to_form(value: Json | None) -> Form | None:
    if value is None:
        return None
    known = {f.name for f in fields(ContactForm)}
    content = {name: kept for name, kept in value["content"].items() if name in known}
    content["arrived"] = date.fromisoformat(content["arrived"]) if content["arrived"] else None
    content["categories"] = tuple(content["categories"])
    came, left_out = datetime.fromisoformat(value["came"]), tuple(value.get("left_out", ()))
    return Form(ContactForm(**content), came, value["written"], left_out)
