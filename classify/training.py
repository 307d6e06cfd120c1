"""From labelled mails and the taxonomy's own definitions to a model; the same input and seed give the same model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from classify import features, fingerprint, fitting
from classify.anlage3 import Anlage3
from classify.coding import Text, Urgency
from classify.examples import Example
from classify.features import Floats, Ints, Row
from classify.fitting import Fit, Flags, Target
from classify.scoring import CATEGORY, DANGER, GROUP, NEED, REMEDY, TYPE, Limits, Metrics, Model, chance

FOLDS = 5
LIKENESS = 2.5
"""Weight of a text's cosine to a category's definition beside the learned score; the more examples a category has,
the less it needs. Half and four do worse in cross-validation on the starter corpus."""

SURE = 0.5
KNOWN = 0.4


class TrainingError(Exception):
    """Too little to learn from; the message says what is missing."""


@dataclass(frozen=True, eq=False)
class Family:
    """Labels learned from the same rows of the table (`rows` are indexes); `likeness`: definitions to compare with."""

    rows: Ints
    targets: tuple[Target, ...]
    likeness: Floats | None = None


@dataclass(frozen=True, eq=False)
class Material:
    """Examples in a fixed order, and all rows: those of the examples first, then those of the definitions."""

    examples: tuple[Example, ...]
    lexicon: features.Lexicon
    rows: tuple[Row, ...]
    families: tuple[Family, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(target.label for family in self.families for target in family.targets)


def train(examples: Sequence[Example], taxonomy: Anlage3, seed: int, progress: Callable[[str], None]) -> Model:
    """Learn every label at once. `progress` gets a German line now and then. Raises TrainingError."""
    if len({example.type for example in examples}) < 2:
        raise TrainingError(f"{len(examples)} Beispiele mit weniger als zwei Arten: daraus lässt sich nichts lernen")
    progress(f"training the model on {len(examples)} mails")
    material = _material(sorted(examples, key=lambda e: e.id), taxonomy)
    sheet = fitting.table(material.rows, len(material.lexicon.names))
    scores = _held_out(material, sheet, seed, progress)
    progress("final model")
    whole = _fit(material, sheet, np.ones(len(material.rows), dtype=bool), seed)
    slopes, offsets = _calibration(material, scores)
    chances = chance(scores * slopes + offsets)
    limits = _limits(material, chances)
    return Model(
        fingerprint.of(taxonomy.digest, examples),
        material.lexicon,
        material.labels,
        whole.weights,
        whole.biases,
        slopes,
        offsets,
        limits,
        _metrics(material, chances, limits),
    )


def _material(examples: Sequence[Example], taxonomy: Anlage3) -> Material:
    texts = [example.text for example in examples]
    kinds = [Text(t.id, t.name, "", f"{t.name}. {t.means}") for t in taxonomy.types]
    fields = [Text(c.id, c.name, "", f"{c.full_name}. {c.means}") for c in taxonomy.categories]
    everything = [*texts, *kinds, *fields]
    lexicon = features.lexicon(everything)
    rows = lexicon.rows(everything)
    families = _families(examples, taxonomy, lexicon, rows)
    return Material(tuple(examples), lexicon, rows, families)


def _families(
    examples: Sequence[Example], taxonomy: Anlage3, lexicon: features.Lexicon, rows: Sequence[Row]
) -> tuple[Family, ...]:
    count, kinds, fields = len(examples), len(taxonomy.types), len(taxonomy.categories)
    own = np.arange(count)
    with_types = np.arange(count + kinds)
    with_fields = np.concatenate([own, np.arange(count + kinds, count + kinds + fields)])

    def target(label: str, flags_: Flags) -> Target:
        return Target(label, flags_, 1.0, balanced=True)

    types = [t.id for t in taxonomy.types]
    of_type = [target(TYPE + i, _flags([e.type == i for e in examples], [t == i for t in types])) for i in types]
    fields_ = [c.id for c in taxonomy.categories]
    of_field = [
        target(CATEGORY + i, _flags([i in e.categories for e in examples], [c == i for c in fields_])) for i in fields_
    ]
    others = [target(GROUP + g.id, _flags([e.customer_group == g.id for e in examples])) for g in taxonomy.groups]
    others.append(target(REMEDY, _flags([e.remedy for e in examples])))
    others.append(target(NEED, _flags([e.urgency is Urgency.NEED for e in examples])))
    others.append(target(DANGER, _flags([e.urgency is Urgency.DANGER for e in examples])))
    definitions = fitting.table(rows[count + kinds :], len(lexicon.names)).toarray().T * np.float32(LIKENESS)
    return (
        Family(with_types, tuple(of_type)),
        Family(with_fields, tuple(of_field), definitions),
        Family(own, tuple(others)),
    )


def _flags(of_examples: Sequence[bool], of_definitions: Sequence[bool] = ()) -> Flags:
    return np.array([*of_examples, *of_definitions], dtype=bool)


def _fit(material: Material, sheet: fitting.Table, allowed: Flags, seed: int) -> Fit:
    """Every family on those of its rows that are allowed, side by side."""
    parts = []
    for family in material.families:
        chosen = allowed[family.rows]
        targets = [Target(t.label, t.flags[chosen], t.pressure, t.balanced) for t in family.targets]
        part = fitting.fit(sheet[family.rows[chosen]], targets, seed)
        weights = part.weights if family.likeness is None else part.weights + family.likeness
        parts.append(Fit(weights, part.biases))
    return Fit(np.hstack([p.weights for p in parts]), np.concatenate([p.biases for p in parts]))


def _held_out(material: Material, sheet: fitting.Table, seed: int, progress: Callable[[str], None]) -> Floats:
    """The score of every example on every label, from a fit that did not see it."""
    count = len(material.examples)
    number = min(FOLDS, count)
    fold = fitting.folds([e.type for e in material.examples], number, seed)
    scores = np.zeros((count, len(material.labels)), dtype=np.float32)
    for one in range(number):
        progress(f"check {one + 1} of {number}")
        held = fold == one
        allowed = np.ones(len(material.rows), dtype=bool)
        allowed[:count] = ~held
        scores[held] = _fit(material, sheet, allowed, seed).scores(sheet[np.flatnonzero(held)])
    return scores


def _truth(material: Material) -> Flags:
    """Whether each example has each label."""
    count = len(material.examples)
    return np.stack([t.flags[:count] for family in material.families for t in family.targets], axis=1)


def _calibration(material: Material, scores: Floats) -> tuple[Floats, Floats]:
    """Slope and offset per label; the categories share theirs, since most have few examples."""
    truth = _truth(material)
    common = np.array([label.startswith(CATEGORY) for label in material.labels])
    shared = fitting.platt(scores[:, common].ravel(), truth[:, common].ravel())
    pairs = [shared if common[i] else fitting.platt(scores[:, i], truth[:, i]) for i in range(len(common))]
    return np.array([p[0] for p in pairs], dtype=np.float32), np.array([p[1] for p in pairs], dtype=np.float32)


def _limits(material: Material, chances: Floats) -> Limits:
    column = {label: i for i, label in enumerate(material.labels)}
    truth = _truth(material)

    def limit(label: str, alarms: float) -> float:
        return lowest(chances[:, column[label]], truth[:, column[label]], alarms)

    common = [i for label, i in column.items() if label.startswith(CATEGORY)]
    concerned = truth[:, common].any(axis=1)
    category = _best_f1(chances[concerned][:, common], truth[concerned][:, common])
    return Limits(category, limit(REMEDY, 0.03), limit(NEED, 0.02), limit(DANGER, 0.01), SURE, KNOWN)


def lowest(chances: Floats, flags: Flags, alarms: float) -> float:
    """The lowest probability at which the share of false alarms is still at most `alarms`; from 0.02 to 0.5."""
    others = np.sort(chances[~flags])[::-1]
    allowed = int(alarms * len(others))
    bound = float(others[allowed]) + 1e-6 if allowed < len(others) else 0.02
    return float(np.clip(bound, 0.02, 0.5))


def _best_f1(chances: Floats, truth: Flags) -> float:
    """From which probability on a second or third category is proposed so that micro-F1 is best."""
    if not truth.size:
        return 0.5
    rank = np.argsort(np.argsort(-chances, axis=1, kind="stable"), axis=1)
    best = (0.0, 0.5)
    for limit in np.arange(0.1, 0.65, 0.05):
        proposed = (rank == 0) | ((rank < 3) & (chances >= limit))
        f1 = 2 * (proposed & truth).sum() / (proposed.sum() + truth.sum())
        best = max(best, (float(f1), float(limit)))
    return round(best[1], 2)


def _metrics(material: Material, chances: Floats, limits: Limits) -> Metrics:
    column = {label: i for i, label in enumerate(material.labels)}
    truth = _truth(material)
    types = [i for label, i in column.items() if label.startswith(TYPE)]
    hit = truth[np.arange(len(truth)), np.array(types)[chances[:, types].argmax(axis=1)]]
    three = []
    common = [label for label in column if label.startswith(CATEGORY)]
    places = np.array([column[label] for label in common])
    for row, example in zip(chances, material.examples, strict=True):
        if example.categories:
            best = places[np.argsort(-row[places], kind="stable")[:3]]
            three.append(column[CATEGORY + example.categories[0]] in best)

    def recall(label: str, limit: float) -> float:
        wanted = truth[:, column[label]]
        return float((chances[wanted, column[label]] >= limit).mean()) if wanted.any() else 0.0

    return Metrics(
        len(truth),
        float(hit.mean()),
        float(np.mean(three)) if three else 0.0,
        recall(REMEDY, limits.remedy),
        recall(NEED, limits.need),
        recall(DANGER, limits.danger),
    )
