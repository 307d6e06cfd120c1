"""`make bench-model`: what the model is worth beside simple ways to do the same, and what it costs, in one run.

This process only starts the others and waits: they are measured alone, and Linux would hand its memory down to them.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import process
from classify import examples

RESULTS = Path(__file__).with_name("model-results.json")
FOLDS = 3
LOADS = 5

Row = tuple[str, ...]

COLUMNS = {
    "type": ("type_accuracy",),
    "macro-F1": ("type_macro_f1",),
    "in 1": ("first_in_1",),
    "in 3": ("first_in_3",),
    "in 5": ("first_in_5",),
    "in 8": ("first_in_8",),
    "remedy": ("remedy.recall", "remedy.false_alarms"),
    "need": ("need.recall", "need.false_alarms"),
    "danger": ("danger.recall", "danger.false_alarms"),
    "calibration": ("calibration_error",),
}
"""Percent. Two figures: found, and raised by mistake; only for who speaks of it at all."""

COSTS = (
    ("training on {mails} mails", "training_s", "{:.1f} s", "at most 60 s", lambda v: v <= 60),
    ("training, peak memory", "training_mb", "{:.0f} MB", "", None),
    ("training, its workers besides, in sum", "workers_mb", "{:.0f} MB", "", None),
    ("loading a kept model", "loading_s", "{:.2f} s", "at most 0.7 s", lambda v: v <= 0.7),
    ("checking at start that it fits the corpus", "checking_s", "{:.2f} s", "", None),
    ("the first mail after loading", "first_ms", "{:.1f} ms", "", None),
    ("one mail, median", "single_ms", "{:.1f} ms", "at most 15 ms", lambda v: v <= 15),
    ("one mail, 95 of 100 within", "single_95_ms", "{:.1f} ms", "", None),
    ("a batch of 1,000", "batch_mails_per_s", "{:.0f} mails/s", "at least 300 mails/s", lambda v: v >= 300),
    ("peak memory, judging", "judging_mb", "{:.0f} MB", "at most 400 MB", lambda v: v <= 400),
)


def measure(tests: Sequence[Path], quick: bool) -> dict[str, Any]:
    """The whole bench; what is written to model-results.json."""
    load_before = os.getloadavg()
    with tempfile.TemporaryDirectory(prefix="krm-bench-") as folder:
        kept = Path(folder) / "model.krm"
        costs = _costs(kept)
        how = ["--quick"] if quick else []
        folds = [_contest(f"fold {n + 1}", "--fold", n, *how) for n in range(1 if quick else FOLDS)]
        test = _contest("test part", "--test", *tests, "--model", kept, *how) if tests else None
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "quick": quick,
        "costs": costs,
        "folds": folds,
        "mean_of_folds": _mean(folds),
        "test": test,
        "load_before": load_before,
        "machine": process.machine(),
    }


def _costs(kept: Path) -> dict[str, Any]:
    """One process after the other."""
    _say("training")
    trained = process.run("bench.judge", "train", kept)
    _say("loading")
    loads = [process.run("bench.judge", "load", kept) for _ in range(LOADS)]
    _say("one mail")
    single = process.run("bench.judge", "single", kept)
    _say("a batch")
    batch = process.run("bench.judge", "batch", kept)
    middle = {key: statistics.median(load[key] for load in loads) for key in ("loading_s", "checking_s", "first_ms")}
    most = max(single["judging_mb"], batch["judging_mb"])
    return (
        trained
        | middle
        | single
        | batch
        | {
            "judging_mb": most,
            "loads_s": [load["loading_s"] for load in loads],
            "same": all(load["same"] for load in loads),
        }
    )


def _contest(name: str, *arguments: object) -> dict[str, Any]:
    _say(name)
    return process.run("bench.contest", *arguments)


def _mean(folds: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Of every figure of every contender; each fold counts alike."""
    whose = zip(*(f["contenders"] for f in folds), strict=True)
    return {
        "learned": statistics.mean(f["learned"] for f in folds),
        "judged": statistics.mean(f["judged"] for f in folds),
        "contenders": [_mean_of(one) for one in whose],
    }


def _mean_of(one: Sequence[dict[str, Any]]) -> dict[str, Any]:
    figures = {key: statistics.mean(c["figures"][key] for c in one) for key in one[0]["figures"]}
    return {"name": one[0]["name"], "alarms": one[0]["alarms"], "figures": figures}


def quality_rows(split: dict[str, Any]) -> list[Row]:
    """A table, its head first."""
    return [("%", *COLUMNS), *((c["name"], *_cells(c)) for c in split["contenders"])]


def _cells(contender: dict[str, Any]) -> list[str]:
    figures = contender["figures"]
    told = [len(keys) == 1 or contender["alarms"] for keys in COLUMNS.values()]
    written = [" / ".join(f"{100 * figures[key]:.1f}" for key in keys) for keys in COLUMNS.values()]
    return [words if tell else "–" for words, tell in zip(written, told, strict=True)]


def cost_rows(costs: dict[str, Any]) -> list[Row]:
    return [
        ("", "figure", "goal", ""),
        *(
            (name.format(**costs), form.format(costs[key]), goal, _verdict(costs[key], met) if goal else "")
            for name, key, form, goal, met in COSTS
        ),
    ]


def _verdict(value: float, met: Any) -> str:
    return "met" if met(value) else "MISSED"


def aligned(rows: Sequence[Row]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))])
        for row in rows
    )


def markdown(rows: Sequence[Row]) -> str:
    head, *others = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "| --- |" + " ---: |" * (len(rows[0]) - 1), *others])


def told(results: dict[str, Any]) -> str:
    """What is printed: every table as a person reads it, then all of them as docs/model.md wants them."""
    mean, test = results["mean_of_folds"], results["test"]
    tables = {f"{len(results['folds'])} fold(s) by writer, mean; {_counts(mean)}": quality_rows(mean)}
    if test:
        tables[f"Test part; {_counts(test)}. {_chance(test)}"] = quality_rows(test)
    tables["Costs"] = cost_rows(results["costs"])
    parts = [f"{title}\n\n{write(rows)}" for write in (aligned, markdown) for title, rows in tables.items()]
    busy, cores = results["load_before"][0], results["machine"]["cores"]
    parts.append(f"{cores} cores; load before the run {busy:.1f}.")
    if not results["costs"]["same"]:
        parts.append("Sources or corpus changed during the run: the figures are of more than one version.")
    return "\n\n".join(parts)


def _counts(split: dict[str, Any]) -> str:
    return f"learned from {split['learned']:.0f} mails, judged {split['judged']:.0f}"


def _chance(test: dict[str, Any]) -> str:
    """How far chance may have moved the figures of the last contender."""
    last = test["contenders"][-1]
    kind, field = ([f"{100 * end:.1f}" for end in last["intervals"][k]] for k in ("type_accuracy", "first_in_3"))
    return f"{last['name']}, 95 % interval: type {' to '.join(kind)}, in 3 {' to '.join(field)}"


def _say(line: str) -> None:
    print(f"{line} …", file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.model", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one fold, no MLP: for trying")
    parser.add_argument("--test", type=Path, action="append", help="a file of the test part (default: those shipped)")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where the figures are written")
    chosen = parser.parse_args(arguments)
    tests = chosen.test or examples.held_back()
    if not tests:
        print(f"no {examples.TEST_PREFIX}*.jsonl in {examples.CORPUS}: without the test part", file=sys.stderr)
    results = measure(tests, chosen.quick)
    chosen.results.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(told(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
