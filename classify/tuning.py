"""From scores of mails a model had not seen to probabilities, limits from which something counts, and the card."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classify import card, fitting
from classify.anlage3 import Anlage3
from classify.card import Card, Judged
from classify.coding import Urgency
from classify.examples import Example
from classify.features import Floats, Ints
from classify.fitting import Flags
from classify.scoring import ALARMS, CATEGORY, DANGER, GROUP, NEED, REMEDY, TYPE, Limits, chance, shares

FALSE_ALARMS = {REMEDY: 0.08, NEED: 0.05, DANGER: 0.04}
"""Share of other mails that may raise each alarm in cross-validation. The corpus is full of near misses on purpose;
in a mailbox there are far fewer (docs/model.md has the shares of the test part)."""

SURE = 0.5
KNOWN = 0.4


@dataclass(frozen=True, eq=False)
class HeldOut:
    """Scores of examples (rows) on labels, and of their loudest passages on ALARMS."""

    labels: tuple[str, ...]
    scores: Floats
    peaks: Floats

    def places(self, kind: str) -> Ints:
        """The columns of labels that begin so."""
        return np.array([at for at, label in enumerate(self.labels) if label.startswith(kind)])


@dataclass(frozen=True, eq=False)
class Tuned:
    """What a model takes over (classify.scoring.Model says what each is)."""

    slopes: Floats
    offsets: Floats
    mixing: Floats
    leaning: Floats
    alarm_odds: Floats
    limits: Limits
    card: Card


def tune(examples: Sequence[Example], held: HeldOut, taxonomy: Anlage3) -> Tuned:
    kinds = [held.labels[at].removeprefix(TYPE) for at in held.places(TYPE)]
    truth = np.array([kinds.index(e.type) for e in examples])
    of_types = held.scores[:, held.places(TYPE)]
    mixing, leaning = fitting.mixing(of_types, truth, len(kinds))
    flags = _alarm_flags(examples)
    whole = held.scores[:, [held.labels.index(label) for label in ALARMS]]
    pairs = np.stack([whole, held.peaks], axis=2)
    told = _coded_by_hand(examples)
    alarm_odds = np.stack([fitting.platt(pairs[told, at], flags[told, at]) for at in range(len(ALARMS))])
    alarms = chance((pairs * alarm_odds[:, :2]).sum(axis=2) + alarm_odds[:, 2])
    slopes, offsets = _one_by_one(examples, held)
    fields = chance(held.scores * slopes + offsets)[:, held.places(CATEGORY)]
    remedy, need, danger = (
        lowest(alarms[told, at], flags[told, at], FALSE_ALARMS[label]) for at, label in enumerate(ALARMS)
    )
    limits = Limits(_second_category(examples, fields, held), remedy, need, danger, SURE, KNOWN)
    raised = alarms >= np.array([remedy, need, danger], dtype=np.float32)
    judged = Judged(tuple(kinds), shares(of_types @ mixing + leaning), _three_best(fields, held), *(raised.T.tolist()))
    drawn = card.draw_up(examples, judged, {c.id: c.group for c in taxonomy.categories})
    return Tuned(slopes, offsets, mixing, leaning, alarm_odds, limits, drawn)


def lowest(chances: Floats, flags: Flags, alarms: float) -> float:
    """The lowest probability at which the share of false alarms is still at most `alarms`; from 0.005 to 0.5."""
    others = np.sort(chances[~flags])[::-1]
    allowed = int(alarms * len(others))
    bound = float(others[allowed]) + 1e-6 if allowed < len(others) else 0.005
    return float(np.clip(bound, 0.005, 0.5))


def _coded_by_hand(examples: Sequence[Example]) -> Ints:
    """The places of the corpus's mails, else all: the urgency of a confirmed Case is the machine's own word."""
    by_hand = np.flatnonzero([not e.confirmed for e in examples])
    return by_hand if len(by_hand) else np.arange(len(examples))


def _alarm_flags(examples: Sequence[Example]) -> Flags:
    """A row per example, in the order of ALARMS."""
    return np.array(
        [[e.remedy, e.urgency is Urgency.NEED, e.urgency is Urgency.DANGER] for e in examples], dtype=np.bool_
    )


def _one_by_one(examples: Sequence[Example], held: HeldOut) -> tuple[Floats, Floats]:
    """Slope and offset per label; the categories share theirs, since most have few examples."""
    fields = held.places(CATEGORY)
    truth = np.array([[held.labels[at].removeprefix(CATEGORY) in e.categories for at in fields] for e in examples])
    slopes, offsets = np.ones(len(held.labels), dtype=np.float32), np.zeros(len(held.labels), dtype=np.float32)
    slopes[fields], offsets[fields] = fitting.platt(held.scores[:, fields].ravel(), truth.ravel())
    for at, label in enumerate(held.labels):
        if label.startswith(GROUP):
            flags = np.array([label == GROUP + e.customer_group for e in examples])
            slopes[at], offsets[at] = fitting.platt(held.scores[:, at], flags)
    return slopes, offsets


def _three_best(fields: Floats, held: HeldOut) -> list[frozenset[str]]:
    ids = [held.labels[at].removeprefix(CATEGORY) for at in held.places(CATEGORY)]
    return [frozenset(ids[at] for at in row) for row in np.argsort(-fields, axis=1, kind="stable")[:, :3]]


def _second_category(examples: Sequence[Example], fields: Floats, held: HeldOut) -> float:
    """From which probability on a second or third category is proposed so that micro-F1 is best."""
    coded = [at for at, e in enumerate(examples) if e.categories]
    if not coded:
        return 0.5
    ids = [held.labels[at].removeprefix(CATEGORY) for at in held.places(CATEGORY)]
    truth = np.array([[i in examples[at].categories for i in ids] for at in coded])
    chances = fields[coded]
    rank = np.argsort(np.argsort(-chances, axis=1, kind="stable"), axis=1)
    best = (0.0, 0.5)
    for limit in np.arange(0.1, 0.65, 0.05):
        proposed = (rank == 0) | ((rank < 3) & (chances >= limit))
        f1 = 2 * (proposed & truth).sum() / (proposed.sum() + truth.sum())
        best = max(best, (float(f1), float(limit)))
    return round(best[1], 2)
