"""Where the trained model lives: in the user's cache, named by what it was made of, trained anew when that changes."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from classify import examples, fingerprint, model, training
from classify.anlage3 import SHIPPED, Anlage3, load
from classify.model import Model

SEED = 20261122


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a model is made from: the form, the labelled mails, the key that seals the file (None: none)."""

    taxonomy: Path = SHIPPED
    corpus: tuple[Path, ...] = ()
    key: bytes | None = None

    @property
    def paths(self) -> tuple[Path, ...]:
        return self.corpus or examples.shipped()


def ready(recipe: Recipe, progress: Callable[[str], None]) -> Model:
    """The cached model, or a newly trained one. Raises TaxonomyError, CorpusError, TrainingError."""
    expected = fingerprint.fingerprint(recipe.taxonomy, recipe.paths)
    path = user_cache_path("krm-bot") / f"model-{expected.id}{_mark(recipe.key)}.krm"
    try:
        return model.load(path, expected, recipe.key)
    except model.ModelUnusable:
        trained = train(load(recipe.taxonomy), recipe.paths, progress)
    try:
        model.save(trained, path, recipe.key)
    except OSError as fault:
        progress(f"The model is not kept ({fault.strerror}); it will be trained again next time.")
    return trained


def train(taxonomy: Anlage3, corpus: Sequence[Path], progress: Callable[[str], None]) -> Model:
    found = examples.read(corpus, taxonomy)
    return training.train(found, taxonomy, SEED, progress)


def _mark(key: bytes | None) -> str:
    """Files sealed with different keys stand side by side."""
    return "-" + hashlib.sha256(b"mark" + key).hexdigest()[:8] if key else ""
