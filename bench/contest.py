"""One split, in a process of its own: all contenders learn from the same mails and judge the same others.

`python -m bench.contest --fold N` judges a third of the shipped corpus after learning from the other two;
`python -m bench.contest --test FILE … --model FILE` judges a test part after learning from all of it, where `--model`
is krm's model of just that corpus. Both say one JSON object: learned, judged, and for each contender its figures, how
far chance could move them, and the seconds it took to learn and to judge.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import rivals
from bench.model import FOLDS
from bench.rivals import Judge, Learner
from classify import anlage3, examples, model, quality, training
from classify.anlage3 import Anlage3
from classify.coding import Suggestion, Text, Urgency
from classify.examples import Example
from classify.model import Model
from classify.quality import Report
from classify.scoring import Prediction
from classify.suggest import suggest
from krm.models import SEED

GROUP = 200
"""Texts judged together."""

PLAIN = (
    "type_accuracy",
    "type_macro_f1",
    "first_in_1",
    "first_in_3",
    "first_in_5",
    "first_in_8",
    "calibration_error",
)
FLAGS = ("remedy", "need", "danger")


@dataclass(frozen=True, slots=True)
class Split:
    """Who learns from what and judges what; no writer is on both sides."""

    learned: Sequence[Example]
    judged: Sequence[Example]


def fold(number: int, found: Sequence[Example]) -> Split:
    """The writers are dealt out like cards, the same for everybody."""
    writers = sorted({e.writer for e in found})
    random.Random(SEED).shuffle(writers)
    held = set(writers[number::FOLDS])
    return Split([e for e in found if e.writer not in held], [e for e in found if e.writer in held])


def contest(split: Split, form: Anlage3, trained: Model | None, quick: bool) -> dict[str, Any]:
    """`trained`: krm's model of the mails to learn from; None where it is still to be trained."""
    contenders = [
        ("most frequent", rivals.most_frequent),
        ("TF-IDF, logistic regression", rivals.tfidf),
        ("the same, balanced, C = 10", rivals.tfidf_balanced),
        *([] if quick else [("CountVectorizer, MLP (paperless-ngx)", rivals.paperless)]),
    ]
    rows = [_row(name, _timed(name, learner, split, form), split) for name, learner in contenders]
    begun = time.perf_counter()
    ours = trained or training.train(split.learned, form, SEED, _to_stderr)
    seconds = None if trained else time.perf_counter() - begun
    for name, judge in (("krm, model alone", _alone(ours)), ("krm with rules", _with_rules(ours, form))):
        rows.append(_row(name, (judge, seconds), split) | {"alarms": True})
    return {"learned": len(split.learned), "judged": len(split.judged), "contenders": rows}


def _timed(name: str, learner: Learner, split: Split, form: Anlage3) -> tuple[Judge, float]:
    _to_stderr(f"{name}: learning from {len(split.learned)} mails")
    begun = time.perf_counter()
    judge = learner(split.learned, form)
    return judge, time.perf_counter() - begun


def _row(name: str, ready: tuple[Judge, float | None], split: Split) -> dict[str, Any]:
    judge, learning = ready
    begun = time.perf_counter()
    report = quality.measure(split.judged, judge([e.text for e in split.judged]))
    seconds = {"learning": learning, "judging": time.perf_counter() - begun}
    figures = _figures(report)
    intervals = {key: report.intervals[key] for key in figures}
    return {"name": name, "alarms": False, "figures": figures, "intervals": intervals, "seconds": seconds}


def _figures(report: Report) -> dict[str, float]:
    flags = {flag: getattr(report, flag) for flag in FLAGS}
    return {name: getattr(report, name) for name in PLAIN} | {
        f"{flag}.{part}": getattr(flags[flag], part) for flag in FLAGS for part in ("recall", "false_alarms")
    }


def _alone(ours: Model) -> Judge:
    return lambda texts: tuple(_said(p, ours) for group in _groups(texts) for p in ours.predict(group))


def _with_rules(ours: Model, form: Anlage3) -> Judge:
    return lambda texts: tuple(s for group in _groups(texts) for s in suggest(group, ours, form))


def _groups(texts: Sequence[Text]) -> Iterator[Sequence[Text]]:
    return (texts[start : start + GROUP] for start in range(0, len(texts), GROUP))


def _said(p: Prediction, ours: Model) -> Suggestion:
    """A prediction as it stands; no rule overrules it."""
    need = Urgency.NEED if p.need >= ours.limits.need else Urgency.NONE
    return Suggestion(
        types=p.types,
        categories=p.categories,
        proposed=(),
        customer_group=p.groups[0].id,
        remedy=p.remedy >= ours.limits.remedy,
        remedy_p=p.remedy,
        urgency=Urgency.DANGER if p.danger >= ours.limits.danger else need,
        evidence=(),
    )


def _to_stderr(line: str) -> None:
    print(f"  {line}", file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.contest", description=__doc__)
    parser.add_argument("--fold", type=int, choices=range(FOLDS))
    parser.add_argument("--test", type=Path, nargs="+")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--quick", action="store_true", help="without the MLP")
    chosen = parser.parse_args()
    form = anlage3.shipped()
    found = examples.read(examples.shipped(), form)
    split = Split(found, examples.read(chosen.test, form)) if chosen.test else fold(chosen.fold, found)
    trained = model.load(chosen.model, None, None) if chosen.model else None
    json.dump(contest(split, form, trained, chosen.quick), sys.stdout)


if __name__ == "__main__":
    main()
