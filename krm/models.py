"""Where the trained model lives: in the user's cache, named by what it was made of, trained anew when that changes."""

import hashlib
import logging
import re
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from platformdirs import user_cache_path

from classify import examples, fingerprint, model
from classify.anlage3 import SHIPPED, Anlage3, TaxonomyError, load
from classify.examples import CorpusError, Example
from classify.model import Model

log = logging.getLogger(__name__)

SEED = 20261122

KEPT = 4
"""So many trained models stay in the cache, those of one key counted: the newest; each has 50 MB."""

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

    @property
    def shipped(self) -> bool:
        """Whether it is the form and the mails that come with the program."""
        return not self.corpus and self.taxonomy == SHIPPED


def ready(recipe: Recipe, progress: Callable[[str], None]) -> Model:
    """The cached model, or a newly trained one; of the shipped mails, where they are damaged, the last good one.

    Raises Untrainable.
    """
    try:
        expected = fingerprint.fingerprint(recipe.taxonomy, recipe.paths)
    except (TaxonomyError, CorpusError) as fault:
        return _last_good(recipe, fault, progress)
    try:
        found = model.load(_path(recipe, expected.id), expected, recipe.key)
    except model.ModelUnusable:
        return renew(recipe, progress)[0]
    _point_to(recipe, expected.id)
    return found


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
    else:
        _point_to(recipe, trained.fingerprint.id)
        _clear(recipe)
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


def _last_good(recipe: Recipe, fault: Exception, progress: Callable[[str], None]) -> Model:
    """The last model this program made of the form and the mails it comes with. Raises Untrainable."""
    try:
        if not recipe.shipped:
            raise Untrainable(str(fault))
        found = model.load(_path(recipe, _pointer(recipe).read_text(encoding="ascii").strip()[:16]), None, recipe.key)
        today = fingerprint.of(load(recipe.taxonomy).digest, ())
    except (OSError, UnicodeDecodeError, model.ModelUnusable, TaxonomyError) as other:
        raise Untrainable(str(fault)) from other
    if found.fingerprint != replace(today, corpus=found.fingerprint.corpus):
        raise Untrainable(str(fault)) from fault
    log.error("the labelled mails cannot be read, the last good model judges: %s", fault)
    progress(f"The last good model is used, since its labelled mails cannot be read: {fault}")
    return found


def _point_to(recipe: Recipe, name: str) -> None:
    """Remember this model as the last good one of what is shipped."""
    pointer = _pointer(recipe)
    with suppress(OSError, UnicodeDecodeError):  # without it only the way back is missing
        if recipe.shipped and not (pointer.exists() and pointer.read_text(encoding="ascii") == name):
            pointer.write_text(name, encoding="ascii")


def _pointer(recipe: Recipe) -> Path:
    return user_cache_path("krm-bot") / f"last-good{_mark(recipe.key)}"


def _clear(recipe: Recipe) -> None:
    """Of the models sealed with this key the newest stay."""
    own = re.compile(rf"model-[0-9a-f]{{16}}{re.escape(_mark(recipe.key))}\.krm")
    found = [path for path in user_cache_path("krm-bot").glob("model-*.krm") if own.fullmatch(path.name)]
    for path in sorted(found, key=lambda path: path.lstat().st_mtime, reverse=True)[KEPT:]:
        with suppress(OSError):  # it will be tried again
            path.unlink()


def _path(recipe: Recipe, name: str) -> Path:
    return user_cache_path("krm-bot") / f"model-{name}{_mark(recipe.key)}.krm"


def _mark(key: bytes | None) -> str:
    """Files sealed with different keys stand side by side."""
    return "-" + hashlib.sha256(b"mark" + key).hexdigest()[:8] if key else ""
