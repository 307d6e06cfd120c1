"""What is known of a model: on how many mails of which kind it learned, and how it did on mails it had not seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from classify.coding import Urgency
from classify.examples import Example
from classify.features import Floats

ENOUGH = 25
"""Examples below which a category counts as one the model hardly knows."""

BINS = 10


@dataclass(frozen=True, slots=True)
class Standing:
    """A label and how the model does with it, 0 to 1: of the mails that have it how many it names (`found`), of those
    it names how many have it (`right`). For a group of categories `found` counts the first category among three, and
    `right` is 0. `examples` is a count."""

    label: str
    examples: int
    found: float
    right: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Suggestions that said about the same probability (`said`, their mean) and how often they were right (`held`)."""

    said: float
    held: float
    examples: int


@dataclass(frozen=True, slots=True)
class Card:
    """Every share is one of mails in folds that neither the fit nor what makes probabilities and alarms of its scores
    had seen, rules left out, 0 to 1.

    `scarce` are categories with few examples: the model cannot know them yet. `confirmed` of the `examples` were
    confirmed by the office.
    """

    examples: int
    confirmed: int
    type_accuracy: float
    first_in_three: float
    calibration_error: float
    remedy_recall: float
    need_recall: float
    danger_recall: float
    types: tuple[Standing, ...]
    groups: tuple[Standing, ...]
    bins: tuple[Bin, ...]
    scarce: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Judged:
    """What was said of examples by a model that had not seen them: the chance of each type (examples by types), the
    three best categories, and whether each of the three alarms was raised."""

    types: tuple[str, ...]
    chances: Floats
    three: Sequence[frozenset[str]]
    remedy: Sequence[bool]
    need: Sequence[bool]
    danger: Sequence[bool]


def draw_up(examples: Sequence[Example], judged: Judged, group_of: Mapping[str, str]) -> Card:
    """`group_of`: the name of the group of each category id of the form."""
    said = [judged.types[at] for at in judged.chances.argmax(axis=1)]
    hits = np.array([e.type == s for e, s in zip(examples, said, strict=True)])
    coded = [(e, three) for e, three in zip(examples, judged.three, strict=True) if e.categories]
    counts = {c: sum(c in e.categories for e in examples) for c in group_of}
    bins = reliability(judged.chances.max(axis=1), hits)
    return Card(
        examples=len(examples),
        confirmed=sum(e.confirmed for e in examples),
        type_accuracy=float(hits.mean()),
        first_in_three=_share([e.categories[0] in three for e, three in coded]),
        calibration_error=sum(abs(b.said - b.held) * b.examples for b in bins) / len(examples),
        remedy_recall=_share([r for e, r in zip(examples, judged.remedy, strict=True) if e.remedy]),
        need_recall=_share([n for e, n in zip(examples, judged.need, strict=True) if e.urgency is Urgency.NEED]),
        danger_recall=_share([d for e, d in zip(examples, judged.danger, strict=True) if e.urgency is Urgency.DANGER]),
        types=tuple(_of_type(t, [e.type for e in examples], said) for t in judged.types),
        groups=tuple(_of_group(name, coded, group_of) for name in dict.fromkeys(group_of.values())),
        bins=bins,
        scarce=tuple(c for c, count in counts.items() if count < ENOUGH),
    )


def reliability(said: Floats, hits: Any) -> tuple[Bin, ...]:
    """Ten bins of equal width, the empty ones left out."""
    which = np.minimum((said * BINS).astype(int), BINS - 1)
    inside = [which == number for number in range(BINS) if (which == number).any()]
    return tuple(Bin(float(said[at].mean()), float(hits[at].mean()), int(at.sum())) for at in inside)


def read(fields: Mapping[str, Any]) -> Card:
    """From what `dataclasses.asdict` made of a card. Raises KeyError and TypeError for anything else."""
    rows = (fields, *fields["types"], *fields["groups"], *fields["bins"])
    if any(isinstance(value, str) for row in rows for key, value in row.items() if key != "label"):
        raise TypeError("words instead of a number")
    standings = {key: tuple(Standing(**row) for row in fields[key]) for key in ("types", "groups")}
    return Card(
        **{
            **fields,
            **standings,
            "bins": tuple(Bin(**row) for row in fields["bins"]),
            "scarce": tuple(fields["scarce"]),
        }
    )


def _of_type(label: str, wanted: Sequence[str], said: Sequence[str]) -> Standing:
    both = sum(w == s == label for w, s in zip(wanted, said, strict=True))
    examples, named = wanted.count(label), said.count(label)
    return Standing(label, examples, both / max(1, examples), both / max(1, named))


def _of_group(name: str, coded: Sequence[tuple[Example, frozenset[str]]], group_of: Mapping[str, str]) -> Standing:
    ours = [e.categories[0] in three for e, three in coded if group_of[e.categories[0]] == name]
    return Standing(name, len(ours), _share(ours), 0.0)


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0
