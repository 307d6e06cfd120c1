"""The models there are: the shipped one, and a folder of sealed files of those the office made itself."""

import logging
import re
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from classify import anlage3, fingerprint, model
from classify.anlage3 import TaxonomyError
from classify.model import Model, ModelUnusable
from krm import models
from krm.models import Recipe, Untrainable
from store.uses import SHIPPED, Use

log = logging.getLogger(__name__)

ID = re.compile(r"[0-9a-f]{16}")
FILE = "model-{}.krm"


@dataclass(frozen=True, slots=True)
class Standing:
    """What judges where one model was named: that one, else the last good one before, else the shipped one, else none,
    which means rules alone.

    `name` is its id or SHIPPED, "" for none; `why` says what is wrong with those that could not be used, first the one
    that was named.
    """

    name: str
    model: Model | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Stock:
    """`recipe` is that of the shipped model; its key seals all files. `progress` hears of training."""

    folder: Path
    recipe: Recipe
    progress: Callable[[str], None]

    def load(self, name: str) -> Model:
        """Raises ModelUnusable, for the shipped one Untrainable."""
        if name == SHIPPED:
            return models.ready(self.recipe, self.progress)
        path = self.path(name)
        found = model.load(path, None, self.recipe.key)
        if found.id != name:
            raise ModelUnusable(f"{path}: holds another model ({found.id})")
        try:
            today = fingerprint.of(anlage3.load(self.recipe.taxonomy).digest, ())
        except TaxonomyError as fault:
            raise ModelUnusable(str(fault)) from fault
        if replace(today, corpus=found.fingerprint.corpus) != found.fingerprint:
            raise ModelUnusable(f"{path}: of another version of this program or of the form")
        return found

    def standing(self, name: str, earlier: Sequence[str] = ()) -> Standing:
        """The first that can be used: `name`, then those used `earlier`, the newest first, then the shipped one.

        Never fails; what is wrong is logged.
        """
        faults: list[str] = []
        for one in dict.fromkeys((name, *earlier, SHIPPED)):
            try:
                found = self.load(one)
            except (ModelUnusable, Untrainable) as fault:
                faults.append(str(fault))
                continue
            if faults:
                who = "the shipped one" if one == SHIPPED else f"the one before ({one})"
                log.warning("the model in use cannot be used, %s judges: %s", who, faults[0])
            return Standing(one, found, "; ".join(faults))
        why = "; ".join(faults)
        log.error("there is no model, rules alone judge: %s", why)
        return Standing("", None, why)

    def save(self, made: Model) -> None:
        """Raises OSError."""
        model.save(made, self.path(made.id), self.recipe.key)

    def path(self, name: str) -> Path:
        """Raises ModelUnusable for what is no id."""
        if not ID.fullmatch(name):
            raise ModelUnusable(f"{name!r} is no id of a model")
        return self.folder / FILE.format(name)

    def names(self) -> tuple[str, ...]:
        """Ids of the files there are, usable or not, by name."""
        found = (path.name.removeprefix("model-").removesuffix(".krm") for path in self.folder.glob(FILE.format("*")))
        return tuple(sorted(name for name in found if ID.fullmatch(name)))

    def clear(self, keep: Collection[str]) -> None:
        """Delete all others: what a model learned from Cases that are gone goes with it."""
        for name in set(self.names()).difference(keep):
            with suppress(OSError):  # it will be tried again
                self.path(name).unlink()


def before(history: Sequence[Use]) -> tuple[str, ...]:
    """The models used before the one in use, the newest first."""
    return tuple(dict.fromkeys(use.model for use in reversed(history[:-1])))
