"""What the corpus says a mail is, and a judge that knows it but errs now and then: the model is not what is played."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from classify.anlage3 import Anlage3
from classify.coding import Evidence, Scored, Suggestion, Text, Urgency
from classify.examples import Example
from classify.units import suggest_unit
from ingest.office import Office

ERRS = 0.2
BEGINNING = 80  # characters by which a mail is known again, whatever was cut from its end


@dataclass(frozen=True, slots=True)
class Truth:
    """How a mail is to be coded. `names` are ids of people of the house it complains about."""

    type: str
    categories: tuple[str, ...]
    customer_group: str = "an"
    remedy: bool = False
    urgency: Urgency = Urgency.NONE
    names: frozenset[str] = frozenset()
    thanks: bool = False  # mere thanks: noted, nothing is owed


def truth_of(example: Example) -> Truth:
    return Truth(example.type, example.categories, example.customer_group, example.remedy, example.urgency)


def _beginning(words: str) -> str:
    return " ".join(words.split())[:BEGINNING]


@dataclass
class Judge:
    """`suggest` of the simulation; `learn` tells it what a mail will be."""

    office: Office
    taxonomy: Anlage3
    chance: random.Random
    _known: dict[str, Truth] = field(default_factory=dict)

    def learn(self, body: str, truth: Truth) -> None:
        self._known[_beginning(body)] = truth

    def truth(self, body: str) -> Truth | None:
        """None for words nobody wrote here: then something of a mail was lost on the way."""
        return self._known.get(_beginning(body))

    def __call__(self, texts: Sequence[Text]) -> Sequence[Suggestion]:
        return [self._suggest(text) for text in texts]

    def _suggest(self, text: Text) -> Suggestion:
        truth = self.truth(text.body) or Truth("anfrage", ())
        if self.chance.random() < ERRS:
            truth = self._mistaken(truth)
        recorded = self.taxonomy.type(truth.type).krm
        types = _scored([truth.type], (t.id for t in self.taxonomy.types), 0.8)
        categories = _scored(truth.categories, (c.id for c in self.taxonomy.categories), 0.7)
        return Suggestion(
            types=types,
            categories=categories,
            proposed=truth.categories if recorded else (),
            customer_group=truth.customer_group,
            remedy=truth.remedy,
            remedy_p=0.9 if truth.remedy else 0.02,
            urgency=truth.urgency,
            evidence=(Evidence(truth.type, tuple(text.body.split()[:2])),),
            unit=suggest_unit(truth.categories, text, self.office),
            model="simulated",
        )

    def _mistaken(self, truth: Truth) -> Truth:
        """Danger is never overlooked, and nothing is taken for junk: what is played are duties."""
        if self.chance.random() < 0.5 and truth.categories:
            category = self.chance.choice(self.taxonomy.categories).id
            return replace(truth, categories=(category, *truth.categories[1:]))
        kind = self.chance.choice([t for t in self.taxonomy.types if not t.aside])
        category = self.chance.choice(self.taxonomy.categories).id
        categories = (truth.categories or (category,)) if kind.krm else ()
        return replace(truth, type=kind.id, categories=categories)


def _scored(first: Sequence[str], every: Iterable[str], sure: float) -> tuple[Scored, ...]:
    others = [key for key in every if key not in first]
    rest = 0.1 / len(others)
    return (*(Scored(key, sure) for key in first), *(Scored(key, rest) for key in others))
