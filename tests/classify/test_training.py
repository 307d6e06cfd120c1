from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from classify import anlage3, training
from classify.coding import Urgency
from classify.examples import Example
from classify.model import Model
from classify.training import TrainingError
from tests.classify import tiny


def _trained(examples: Sequence[Example], seed: int = 7) -> Model:
    return training.train(examples, anlage3.shipped(), seed, lambda _: None)


def test_the_same_examples_and_seed_make_the_same_model_in_any_order(model: Model) -> None:
    again = _trained(tiny.examples()[::-1])
    assert np.array_equal(again.weights, model.weights)
    assert np.array_equal(again.slopes, model.slopes)
    assert (again.limits, again.card, again.id) == (model.limits, model.card, model.id)


def test_progress_is_told() -> None:
    lines: list[str] = []
    training.train(tiny.examples(), anlage3.shipped(), 7, lines.append)
    assert lines[0] == "training the model on 26 mails"
    assert len(lines) > 3


def test_a_model_knows_how_well_it_did_on_mails_it_had_not_seen(model: Model) -> None:
    assert model.card.examples == 26
    assert 0.2 < model.card.type_accuracy <= 1


TOO_LITTLE: dict[str, tuple[Example, ...]] = {
    "nothing": (),
    "one mail": tiny.examples()[:1],
    "one type": tiny.examples()[:5],
}


@pytest.mark.parametrize("examples", TOO_LITTLE.values(), ids=TOO_LITTLE.keys())
def test_too_little_is_said_clearly(examples: tuple[Example, ...]) -> None:
    with pytest.raises(TrainingError, match="weniger als zwei Arten"):
        _trained(examples)


SPARSE: dict[str, tuple[Example, ...]] = {
    "fewer mails than folds": tiny.examples()[7:10],
    "two mails": tiny.examples()[7:9],
    "no category, no remedy, no need": tiny.examples()[22:],
    "all remedies, all in danger": tuple(
        replace(e, remedy=True, urgency=Urgency.DANGER, customer_group="ag") for e in tiny.examples()
    ),
    "empty mails": tuple(replace(e, body="") for e in tiny.examples()),
}


@pytest.mark.parametrize("examples", SPARSE.values(), ids=SPARSE.keys())
def test_little_to_learn_from_still_makes_a_model(examples: tuple[Example, ...]) -> None:
    (found,) = _trained(examples).predict([tiny.text("Niemand nimmt ab")])
    assert sum(t.p for t in found.types) == pytest.approx(1, abs=1e-5)
    assert len(found.categories) == len(anlage3.shipped().categories)


def test_of_danger_only_the_corpus_tells_and_no_confirmed_case() -> None:
    """No reply corrects the urgency: with a confirmed Case the machine would learn from its own false alarm."""
    alarm = [
        replace(tiny.examples()[0], id=f"c-{n}", body=f"Der Parkplatz ist voll {n}", urgency=Urgency.DANGER)
        for n in range(6)
    ]
    asked = tiny.text("Der Parkplatz ist voll")
    (by_hand,) = _trained([*tiny.examples(), *alarm]).predict([asked])
    (confirmed,) = _trained([*tiny.examples(), *(replace(e, confirmed=True) for e in alarm)]).predict([asked])
    assert confirmed.danger < by_hand.danger / 2
