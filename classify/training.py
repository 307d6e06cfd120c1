"""From labelled mails and the taxonomy's own definitions to a model; the same input and seed give the same model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from classify import alarms, features, fingerprint, fitting, tuning
from classify.anlage3 import Anlage3
from classify.coding import Text, Urgency
from classify.examples import Example
from classify.features import Floats, Ints, Row
from classify.fitting import Fit, Flags, Target
from classify.scoring import ALARMS, CATEGORY, DANGER, GROUP, NEED, REMEDY, TYPE, Model
from classify.tuning import HeldOut

FOLDS = 4


@dataclass(frozen=True, slots=True)
class Dials:
    """How the model learns; docs/model.md has what each brings.

    `pressure`: how hard a separation may press (liblinear's C). `likeness`: weight of a text's cosine to a category's
    definition beside the learned score; the more examples a category has, the less it needs. `group_share`: weight of
    the score of a category's group beside its own (group before leaf). `form_share`: what rules and form say is turned
    down to this where types and categories are learned; alarms take it whole.
    """

    pressure: float = 1.0
    likeness: float = 2.0
    group_share: float = 0.3
    form_share: float = 0.1


class TrainingError(Exception):
    """Too little to learn from; the message says what is missing."""


@dataclass(frozen=True, eq=False)
class Family:
    """Labels learned from the same rows of the table (`rows` are indexes).

    `above`: broader labels learned beside them, and for each target the index of its broader one; `likeness`:
    definitions to compare with; `form`: how much of the form features they see.
    """

    rows: Ints
    targets: tuple[Target, ...]
    form: float = 1.0
    likeness: Floats | None = None
    broader: tuple[Target, ...] = ()
    above: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Material:
    """Examples in a fixed order, and all rows: those of the examples first, then those of the definitions."""

    examples: tuple[Example, ...]
    lexicon: features.Lexicon
    rows: tuple[Row, ...]
    sheet: fitting.Table
    families: tuple[Family, ...]
    dials: Dials

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(target.label for family in self.families for target in family.targets)

    @property
    def importance(self) -> Floats:
        """A number per row: what the office confirmed weighs more."""
        own = [example.weight for example in self.examples]
        return np.array(own + [1.0] * (len(self.rows) - len(own)), dtype=np.float32)


def train(
    examples: Sequence[Example],
    taxonomy: Anlage3,
    seed: int,
    progress: Callable[[str], None],
    dials: Dials | None = None,
) -> Model:
    """Learn every label at once. `progress` gets a line now and then. Raises TrainingError."""
    if len({example.type for example in examples}) < 2:
        raise TrainingError(f"{len(examples)} Beispiele mit weniger als zwei Arten: daraus lässt sich nichts lernen")
    progress(f"training the model on {len(examples)} mails")
    material = _material(sorted(examples, key=lambda e: e.id), taxonomy, dials or Dials())
    held = _held_out(material, seed, progress)
    progress("final model")
    everything = np.ones(len(material.rows), dtype=bool)
    whole, alarm = _fit(material, everything, seed)
    curves, card = tuning.tune(material.examples, held, taxonomy)
    return Model(
        fingerprint=fingerprint.of(taxonomy.digest, examples),
        lexicon=material.lexicon,
        labels=material.labels,
        weights=whole.weights,
        biases=whole.biases,
        slopes=curves.slopes,
        offsets=curves.offsets,
        mixing=curves.mixing,
        leaning=curves.leaning,
        alarms=alarm.weights,
        alarm_biases=alarm.biases,
        alarm_odds=curves.alarm_odds,
        limits=curves.limits,
        card=card,
    )


def _material(examples: Sequence[Example], taxonomy: Anlage3, dials: Dials) -> Material:
    texts = [example.text for example in examples]
    kinds = [Text(t.id, t.name, "", f"{t.name}. {t.means} {t.words}") for t in taxonomy.types]
    fields = [Text(c.id, c.name, "", f"{c.full_name}. {c.means} {c.words}") for c in taxonomy.categories]
    everything = [*texts, *kinds, *fields]
    definitions = [f"definition {text.id}" for text in (*kinds, *fields)]
    lexicon, rows = features.learn(everything, [*(e.writer or e.id for e in examples), *definitions])
    sheet = fitting.table(rows, len(lexicon.names))
    families = (
        _types(examples, taxonomy, dials),
        _categories(examples, taxonomy, sheet, dials),
        _others(examples, taxonomy),
    )
    return Material(tuple(examples), lexicon, rows, sheet, families, dials)


def _types(examples: Sequence[Example], taxonomy: Anlage3, dials: Dials) -> Family:
    """What is known to continue a Case is a Folgereaktion whatever it says: its words tell nothing of the types."""
    ids = [t.id for t in taxonomy.types]
    telling = _flags([not e.follows for e in examples], [True] * len(ids))
    targets = (Target(TYPE + i, _flags([e.type == i for e in examples], [t == i for t in ids]), telling) for i in ids)
    return Family(np.arange(len(examples) + len(ids)), tuple(targets), dials.form_share)


def _categories(examples: Sequence[Example], taxonomy: Anlage3, sheet: fitting.Table, dials: Dials) -> Family:
    """Each category beside its group; a mail belongs to the groups of all its categories."""
    group_of = {c.id: c.group for c in taxonomy.categories}
    groups = list(dict.fromkeys(group_of.values()))
    begins = len(examples) + len(taxonomy.types)
    own = [
        Target(CATEGORY + c, _flags([c in e.categories for e in examples], [other == c for other in group_of]))
        for c in group_of
    ]
    broader = [
        Target(
            g,
            _flags(
                [any(group_of[c] == g for c in e.categories) for e in examples], [o == g for o in group_of.values()]
            ),
        )
        for g in groups
    ]
    return Family(
        rows=np.concatenate([np.arange(len(examples)), np.arange(begins, begins + len(group_of))]),
        targets=tuple(own),
        form=dials.form_share,
        likeness=sheet[begins:].toarray().T * np.float32(dials.likeness),
        broader=tuple(broader),
        above=tuple(groups.index(g) for g in group_of.values()),
    )


def _others(examples: Sequence[Example], taxonomy: Anlage3) -> Family:
    """Customer groups, and what must not be missed, in the order of ALARMS.

    Of need and danger the corpus alone tells: no reply corrects them, so what is recorded with a confirmed Case is the
    machine's own word. So it is with a remedy of which the officer said nothing.
    """
    known = _flags([bool(e.customer_group) for e in examples])
    groups = [
        Target(GROUP + g.id, _flags([e.customer_group == g.id for e in examples]), known) for g in taxonomy.groups
    ]
    remedy = Target(REMEDY, _flags([e.remedy for e in examples]), _flags([e.remedy_told for e in examples]))
    by_hand = _flags([not e.confirmed for e in examples])
    need = Target(NEED, _flags([e.urgency is Urgency.NEED for e in examples]), by_hand)
    danger = Target(DANGER, _flags([e.urgency is Urgency.DANGER for e in examples]), by_hand)
    return Family(np.arange(len(examples)), (*groups, remedy, need, danger))


def _flags(of_examples: Sequence[bool], of_definitions: Sequence[bool] = ()) -> Flags:
    return np.array([*of_examples, *of_definitions], dtype=bool)


def _fit(material: Material, allowed: Flags, seed: int) -> tuple[Fit, Fit]:
    """Every family on those of its rows that are allowed, side by side; and the passages of what must not be missed,
    which is done while other processes are at the larger families."""
    *larger, with_alarms = material.families
    others = _family(material, with_alarms, allowed, seed)()
    under_way = [_family(material, family, allowed, seed) for family in larger]
    mails = np.flatnonzero(allowed[: len(material.examples)])
    last = material.families[-1].targets[-len(ALARMS) :]
    learned = alarms.Mails(
        [material.rows[at] for at in mails],
        material.sheet[mails],
        np.stack([target.flags[mails] for target in last], axis=1),
        np.stack([target.telling[mails] for target in last if target.telling is not None], axis=1),
        material.importance[mails],
    )
    first = Fit(others.weights[:, -len(ALARMS) :], others.biases[-len(ALARMS) :])
    alarm = alarms.fit(learned, first, material.lexicon, seed)
    parts = [*(family() for family in under_way), others]
    return Fit(np.hstack([p.weights for p in parts]), np.concatenate([p.biases for p in parts])), alarm


def _family(material: Material, family: Family, allowed: Flags, seed: int) -> Callable[[], Fit]:
    """Its fit, under way; called, it gives it."""
    chosen = allowed[family.rows]
    places = family.rows[chosen]
    scale = material.lexicon.scaled(family.form)
    sheet = material.sheet[places].multiply(scale).tocsr() if family.form != 1.0 else material.sheet[places]
    importance = material.importance[places]

    def begun(targets: Sequence[Target]) -> Callable[[], Fit]:
        of_chosen = [
            Target(t.label, t.flags[chosen], None if t.telling is None else t.telling[chosen]) for t in targets
        ]
        return fitting.begun(sheet, of_chosen, importance, material.dials.pressure, seed)

    own, broader = begun(family.targets), begun(family.broader) if family.broader else None

    def outcome() -> Fit:
        part = own()
        weights, biases = part.weights * scale[:, np.newaxis], part.biases
        if broader is not None:
            above, share = broader(), np.float32(material.dials.group_share)
            weights = weights + share * (above.weights * scale[:, np.newaxis])[:, family.above]
            biases = biases + share * above.biases[list(family.above)]
        return Fit(weights if family.likeness is None else weights + family.likeness, biases)

    return outcome


def _held_out(material: Material, seed: int, progress: Callable[[str], None]) -> HeldOut:
    """The scores of every example on every label, from a fit that saw no mail of its writer. Which terms count, and how
    much, was learned from all mails: that tells nothing of labels."""
    count = len(material.examples)
    writers = _writers(material.examples)
    number = min(FOLDS, len(set(writers)))
    fold = fitting.folds([e.type for e in material.examples], writers, number, seed)
    scores = np.zeros((count, len(material.labels)), dtype=np.float32)
    peaks = np.zeros((count, len(ALARMS)), dtype=np.float32)
    for one in range(number):
        progress(f"check {one + 1} of {number}")
        held = np.flatnonzero(fold == one)
        allowed = np.ones(len(material.rows), dtype=bool)
        allowed[held] = False
        whole, alarm = _fit(material, allowed, seed)
        scores[held] = whole.scores(material.sheet[held])
        peaks[held] = alarms.peaks([material.rows[at] for at in held], alarm, material.lexicon)
    return HeldOut(material.labels, scores, peaks, fold)


def _writers(examples: Sequence[Example]) -> list[str]:
    """Who is kept together in a fold; where all mails are of one writer, each mail is by itself."""
    writers = [e.writer or e.id for e in examples]
    return writers if len(set(writers)) > 1 else [e.id for e in examples]
