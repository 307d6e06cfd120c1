"""Where the trained model lives: in the user's cache, named by what it was made of, trained anew when that changes."""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from classify import examples, fingerprint, model
from classify.anlage3 import SHIPPED, Anlage3, TaxonomyError, load
from classify.examples import CorpusError, Example
from classify.model import Model

SEED = 20261122

FEW = 5
"""Examples of a type below which a model that learns from them is no help with it."""


class Untrainable(Exception):  # noqa: N818
    """From this form and these labelled mails no model can be made; the message names file, line and fault."""


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
    """The cached model, or a newly trained one. Raises Untrainable."""
    try:
        expected = fingerprint.fingerprint(recipe.taxonomy, recipe.paths)
    except (TaxonomyError, CorpusError) as fault:
        raise Untrainable(str(fault)) from fault
    try:
        return model.load(_path(recipe, expected.id), expected, recipe.key)
    except model.ModelUnusable:
        return renew(recipe, progress)[0]


def kept(recipe: Recipe) -> bool:
    """Whether a model made of this lies usable in the cache; trains nothing. Raises TaxonomyError and CorpusError."""
    expected = fingerprint.fingerprint(recipe.taxonomy, recipe.paths)
    try:
        model.load(_path(recipe, expected.id), expected, recipe.key)
    except model.ModelUnusable:
        return False
    return True


def renew(recipe: Recipe, progress: Callable[[str], None]) -> tuple[Model, Path]:
    """Train, whatever the cache holds, and keep the result. Raises Untrainable."""
    try:
        taxonomy = load(recipe.taxonomy)
        found = examples.read(recipe.paths, taxonomy)
    except (TaxonomyError, CorpusError) as fault:
        raise Untrainable(str(fault)) from fault
    trained = train(found, taxonomy, progress)
    path = _path(recipe, trained.fingerprint.id)
    try:
        model.save(trained, path, recipe.key)
    except OSError as fault:
        progress(f"The model is not kept ({fault.strerror}); it will be trained again next time.")
    return trained, path


def train(found: Sequence[Example], taxonomy: Anlage3, progress: Callable[[str], None]) -> Model:
    """A model of these mails, kept nowhere. `progress` is told too which types have too few. Raises Untrainable."""
    from classify import training  # noqa: PLC0415 - scikit-learn takes a second to load; most calls find a model

    counted = Counter(example.type for example in found)
    scarce = ", ".join(f"{t.id} ({counted[t.id]})" for t in taxonomy.types if counted[t.id] < FEW)
    try:
        trained = training.train(found, taxonomy, SEED, progress)
    except training.TrainingError as fault:
        raise Untrainable(str(fault)) from fault
    if scarce:
        progress(f"hardly known for want of examples (fewer than {FEW}): {scarce}")
    return trained


def _path(recipe: Recipe, name: str) -> Path:
    return user_cache_path("krm-bot") / f"model-{name}{_mark(recipe.key)}.krm"


def _mark(key: bytes | None) -> str:
    """Files sealed with different keys stand side by side."""
    return "-" + hashlib.sha256(b"mark" + key).hexdigest()[:8] if key else ""
