"""Suggestions and codings as JSON values and back; unknown fields of a newer version are passed over."""

from dataclasses import asdict
from typing import Any

from classify.coding import Coding, Evidence, Scored, Suggestion, Urgency

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
