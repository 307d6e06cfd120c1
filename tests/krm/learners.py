"""A school for tests: the tiny corpus, and a trainer that takes no time and makes the model it is told to make."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from classify import fingerprint
from classify.anlage3 import Anlage3
from classify.examples import Example
from classify.model import Model
from krm import models
from krm.learning import School
from krm.models import Recipe
from krm.stock import Stock
from tests.office import Story

SEALED = b"a key of thirty-two bytes or more"


@dataclass
class Trainer:
    """Stands in for training. `poor`: the models made for learning are worse than the one before."""

    known: Model
    poor: bool = False
    seen: list[Sequence[Example]] = field(default_factory=list)

    def __call__(self, found: Sequence[Example], form: Anlage3, progress: Callable[[str], None]) -> Model:
        self.seen.append(found)
        progress("training")
        made = replace(self.known, fingerprint=fingerprint.of(form.digest, found))
        worse = self.poor and any(example.confirmed for example in found)
        return replace(made, leaning=made.leaning[::-1] * 9, weights=made.weights * 0) if worse else made

    @property
    def times(self) -> int:
        """How often something was learned from confirmed mails."""
        return sum(any(e.confirmed for e in found) for found in self.seen)


def trainer(patch: pytest.MonkeyPatch, known: Model) -> Trainer:
    made = Trainer(known)
    patch.setattr(models, "train", made)
    return made


def silent(_: str) -> None:
    """Nobody is told of progress."""


def stock(folder: Path, corpus: Path) -> Stock:
    return Stock(folder / "models", Recipe(corpus=(corpus,), key=SEALED), silent)


def school(story: Story, corpus: Path, folder: Path) -> School:
    """One whose fixed test part is the tiny corpus itself."""
    bot = story.bot
    return School(bot.database, bot.office, bot.taxonomy, stock(folder, corpus), bot.now, lambda _: None, (corpus,))
