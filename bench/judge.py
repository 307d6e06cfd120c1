"""The model's speed, each step in a process of its own that says one JSON object.

`python -m bench.judge train MODEL` trains on the shipped corpus and keeps the model there; `load MODEL`, `single MODEL`
and `batch MODEL` measure what the bot does with it. Nothing but the standard library is loaded before the clock runs.
"""

# ruff: noqa: PLC0415  imports are part of what is measured

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.process import peak_rss_mb

SINGLES = 300
BATCH = 1000
ROUNDS = 3


def train(path: Path) -> dict[str, Any]:
    """From the files of the corpus to the kept model, with the import of scikit-learn."""
    begun = time.perf_counter()
    from classify import anlage3, examples, model
    from krm import models

    form = anlage3.load()
    found = examples.read(examples.shipped(), form)
    trained = models.train(found, form, lambda line: print(f"  {line}", file=sys.stderr, flush=True))
    model.save(trained, path, None)
    return {
        "mails": len(found),
        "training_s": time.perf_counter() - begun,
        "training_mb": peak_rss_mb(),
        "workers_mb": workers_mb(),
        "file_mb": path.stat().st_size / 1e6,
    }


def load(path: Path) -> dict[str, Any]:
    """All that judging needs. By itself: what the bot does besides when it starts, reading corpus and form to see
    whether the model was made of them; and the first mail."""
    begun = time.perf_counter()
    from classify import anlage3, examples, model
    from classify.suggest import suggest

    form, ours = anlage3.load(), model.load(path, None, None)
    loaded = time.perf_counter() - begun
    begun = time.perf_counter()
    expected = model.fingerprint(anlage3.SHIPPED, examples.shipped())
    checked = time.perf_counter() - begun
    texts = _asked(1)
    begun = time.perf_counter()
    suggest(texts, ours, form)
    return {
        "loading_s": loaded,
        "checking_s": checked,
        "first_ms": (time.perf_counter() - begun) * 1000,
        "same": expected == ours.fingerprint,
    }


def single(path: Path) -> dict[str, Any]:
    """One mail after the other, each judged alone."""
    from classify import anlage3, model
    from classify.suggest import suggest

    form, ours = anlage3.load(), model.load(path, None, None)
    first, *texts = _asked(1 + SINGLES)
    suggest([first], ours, form)
    took = []
    for text in texts:
        begun = time.perf_counter()
        suggest([text], ours, form)
        took.append((time.perf_counter() - begun) * 1000)
    return {
        "single_ms": statistics.median(took),
        "single_95_ms": statistics.quantiles(took, n=20)[-1],
        "single_most_ms": max(took),
        "judging_mb": peak_rss_mb(),
    }


def batch(path: Path) -> dict[str, Any]:
    """Many mails in one call."""
    from classify import anlage3, model
    from classify.suggest import suggest

    form, ours = anlage3.load(), model.load(path, None, None)
    texts = _asked(BATCH)
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        suggest(texts, ours, form)
        took.append(time.perf_counter() - begun)
    return {
        "batch_mails_per_s": len(texts) / statistics.median(took),
        "batch_distinct": len(set(texts)),
        "judging_mb": peak_rss_mb(),
    }


def _asked(count: int) -> Sequence[Any]:
    """Mails of the corpus, drawn with a fixed seed; again from the start where it has fewer."""
    from classify import anlage3, examples
    from krm.models import SEED

    found = [e.text for e in examples.read(examples.shipped(), anlage3.shipped())]
    random.Random(SEED).shuffle(found)
    return [found[place % len(found)] for place in range(count)]


def workers_mb() -> float:
    """The peaks of this process's living children in sum, in MB (Linux; elsewhere nobody says)."""
    told = [_status(path) for path in Path("/proc").glob("[0-9]*/status")]
    ours = [t for t in told if t.get("PPid") == str(os.getpid())]
    return sum(int(t.get("VmHWM", "0 kB").split()[0]) for t in ours) / 1024


def _status(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text().splitlines()
    except OSError:  # it has ended meanwhile
        return {}
    return {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}


def main(step: str, path: str) -> None:
    answer = {"train": train, "load": load, "single": single, "batch": batch}[step](Path(path))
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
