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

FALSE_ALARMS = {REMEDY: 0.08, NEED: 0.05, DANGER: 0.03}
"""Share of other mails that may raise each alarm in cross-validation. The corpus is full of near misses on purpose;
in a mailbox there are far fewer (docs/model.md has the shares of the test part)."""

SURE = 0.5
KNOWN = 0.4


@dataclass(frozen=True, eq=False)
class HeldOut:
    """Scores of examples (rows) on labels, and of their loudest passages on ALARMS; `fold`: which part each was in when
    a fit on the others scored it."""

    labels: tuple[str, ...]
    scores: Floats
    peaks: Floats
    fold: Ints

    def places(self, kind: str) -> Ints:
        """The columns of labels that begin so."""
        return np.array([at for at, label in enumerate(self.labels) if label.startswith(kind)])

    def only(self, rows: Ints) -> "HeldOut":
        """The same of some of the examples."""
        return HeldOut(self.labels, self.scores[rows], self.peaks[rows], self.fold[rows])

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(self.labels[at].removeprefix(TYPE) for at in self.places(TYPE))

    @property
    def pairs(self) -> Floats:
        """The scores of whole mail and loudest passage: examples by ALARMS by two."""
        return np.stack([self.scores[:, [self.labels.index(label) for label in ALARMS]], self.peaks], axis=2)


@dataclass(frozen=True, eq=False)
class Curves:
    """What a model takes over (classify.scoring.Model says what each is)."""

    slopes: Floats
    offsets: Floats
    mixing: Floats
    leaning: Floats
    alarm_odds: Floats
    limits: Limits


def tune(examples: Sequence[Example], held: HeldOut, taxonomy: Anlage3) -> tuple[Curves, Card]:
    """The curves of all examples. For the card each fold is judged by curves of the others, which never saw it."""
    return curves(examples, held), card.draw_up(examples, _crosswise(examples, held), _group_of(taxonomy))


def curves(examples: Sequence[Example], held: HeldOut) -> Curves:
    told = np.flatnonzero([not e.follows for e in examples])
    told = told if len(told) else np.arange(len(examples))
    kinds = held.kinds
    truth = np.array([kinds.index(e.type) for e in examples])
    mixing, leaning = fitting.mixing(held.scores[told][:, held.places(TYPE)], truth[told], len(kinds))
    alarm_odds, bounds = _alarms(examples, held)
    slopes, offsets = _one_by_one(examples, held)
    fields = chance(held.scores * slopes + offsets)[:, held.places(CATEGORY)]
    limits = Limits(_second_category(examples, fields, held), *bounds, SURE, KNOWN)
    return Curves(slopes, offsets, mixing, leaning, alarm_odds, limits)


def _crosswise(examples: Sequence[Example], held: HeldOut) -> Judged:
    """All examples as judged by curves that were fitted on the other folds; in one fold alone by its own."""
    parts = [np.flatnonzero(held.fold == one) for one in np.unique(held.fold)]
    order = np.argsort(np.concatenate(parts))
    judged = []
    for part in parts:
        others = np.flatnonzero(~np.isin(np.arange(len(examples)), part)) if len(parts) > 1 else part
        judged.append(_judged(held.only(part), curves([examples[at] for at in others.tolist()], held.only(others))))
    chances = np.vstack([chances for chances, _, _ in judged])[order]
    three = [best for _, of_part, _ in judged for best in of_part]
    raised = np.vstack([alarms for _, _, alarms in judged])[order]
    return Judged(held.kinds, chances, [three[at] for at in order.tolist()], *raised.T.tolist())


def _judged(held: HeldOut, by: Curves) -> tuple[Floats, list[frozenset[str]], Flags]:
    """The chance of each type, the three best categories, whether each alarm is raised."""
    fields = chance(held.scores * by.slopes + by.offsets)[:, held.places(CATEGORY)]
    bounds = np.array([by.limits.remedy, by.limits.need, by.limits.danger], dtype=np.float32)
    chances = shares(held.scores[:, held.places(TYPE)] @ by.mixing + by.leaning)
    return chances, _three_best(fields, held), _alarming(held, by.alarm_odds) >= bounds


def _alarms(examples: Sequence[Example], held: HeldOut) -> tuple[Floats, tuple[float, float, float]]:
    """The odds of each of ALARMS and their limits, of the corpus's mails.

    The urgency of a confirmed Case is the machine's own word. Of a remedy the officer speaks where the suggestion was
    wrong: those mails are no fair sample of how often alarms are raised by mistake.
    """
    flags, pairs, told = _alarm_flags(examples), held.pairs, _coded_by_hand(examples)
    odds = np.stack([fitting.platt(pairs[told, at], flags[told, at]) for at in range(len(ALARMS))])
    found = _alarming(held, odds)
    remedy, need, danger = (
        lowest(found[told, at], flags[told, at], FALSE_ALARMS[label]) for at, label in enumerate(ALARMS)
    )
    return odds, (remedy, need, danger)


def _alarming(held: HeldOut, odds: Floats) -> Floats:
    return chance((held.pairs * odds[:, :2]).sum(axis=2) + odds[:, 2])


def _group_of(taxonomy: Anlage3) -> dict[str, str]:
    return {c.id: c.group for c in taxonomy.categories}


def lowest(chances: Floats, flags: Flags, alarms: float) -> float:
    """The lowest probability at which the share of false alarms is still at most `alarms`; from 0.005 to 0.5: what is
    more likely than not is an alarm, even where there are more of them than that."""
    others = np.sort(chances[~flags])[::-1]
    allowed = int(alarms * len(others))
    bound = float(others[allowed]) + 1e-6 if allowed < len(others) else 0.005
    return float(np.clip(bound, 0.005, 0.5))


def _coded_by_hand(examples: Sequence[Example]) -> Ints:
    """The places of the corpus's mails, else all."""
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
    known = np.array([bool(e.customer_group) for e in examples])
    for at, label in enumerate(held.labels):
        if label.startswith(GROUP):
            flags = np.array([label == GROUP + e.customer_group for e in examples])
            slopes[at], offsets[at] = fitting.platt(held.scores[known, at], flags[known])
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
