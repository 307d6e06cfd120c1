from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from classify import anlage3, fitting, training, tuning
from classify.coding import Urgency
from classify.examples import Example
from classify.model import Model
from classify.training import TrainingError
from classify.tuning import HeldOut
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


def test_mails_of_one_writer_are_never_in_two_folds() -> None:
    kinds = ["a", "b"] * 30
    writers = [f"w{n // 3}" for n in range(60)]

    fold = fitting.folds(kinds, writers, 4, 7)

    assert all(len({f for f, w in zip(fold, writers, strict=True) if w == one}) == 1 for one in set(writers))
    assert [int((fold == one).sum()) for one in range(4)] == [15, 15, 15, 15]


def test_what_one_writer_alone_says_is_kept_nowhere() -> None:
    mails = [
        replace(tiny.examples()[n], id=f"x-{n}", writer="w", body=f"Zwetschgenbaum steht da, mail {n}") for n in (0, 1)
    ]
    others = [replace(mail, writer=mail.id) for mail in mails]

    assert "wzwetschgenbaum" not in _trained([*tiny.examples(), *mails]).lexicon.names
    assert "wzwetschgenbaum" in _trained([*tiny.examples(), *others]).lexicon.names


def _learned_of(**fields: object) -> Model:
    """A model that learned six confirmed mails about a lamp besides."""
    first = replace(tiny.examples()[4], confirmed=True)
    lamps = [replace(first, id=f"c-{n}", writer=f"c-{n}", body=f"Die Lampe flackert heute {n}") for n in range(6)]
    return _trained([*tiny.examples(), *(replace(e, **fields) for e in lamps)])  # type: ignore[arg-type]


def test_the_words_of_what_is_known_to_continue_a_case_say_nothing_of_the_type() -> None:
    """Or an ordinary complaint would be taken for a further one, since further ones are confirmed so often."""
    asked = tiny.text("Die Lampe flackert")

    first, follows = (
        {t.id: t.p for t in next(_learned_of(type="folgereaktion", follows=known).predict([asked])).types}[
            "folgereaktion"
        ]
        for known in (False, True)
    )

    assert first > 0.4
    assert follows < first / 2


def test_a_remedy_the_officer_said_nothing_of_is_not_learned_from() -> None:
    asked = tiny.text("Die Lampe flackert")

    told, silent = (next(_learned_of(remedy=True, remedy_told=said).predict([asked])).remedy for said in (True, False))

    assert silent < told / 2


def test_a_mail_whose_customer_group_nobody_knows_tells_nothing_of_groups() -> None:
    """Not even that it belongs to none of them."""
    asked = tiny.text("Die Lampe flackert")

    told, silent, other = (
        {g.id: g.p for g in next(_learned_of(customer_group=said).predict([asked])).groups}["ag"]
        for said in ("ag", "", "an")
    )

    assert other < silent < told


def test_the_card_is_measured_with_curves_that_did_not_see_the_mail() -> None:
    """Scores without any sense: curves fitted on the same mails find some in them, others do not."""
    mails = [replace(e, id=f"m-{n}", writer=f"m-{n}") for n, e in enumerate(tiny.examples() * 3)]
    chance = np.random.default_rng(3)
    labels = _trained(tiny.examples()).labels
    scores = chance.normal(size=(len(mails), len(labels))).astype(np.float32)
    fold = fitting.folds([e.type for e in mails], [e.writer for e in mails], 4, 7)
    held = HeldOut(labels, scores, scores[:, :3], fold)

    _, crosswise = tuning.tune(mails, held, anlage3.shipped())
    _, seen = tuning.tune(mails, replace(held, fold=fold * 0), anlage3.shipped())

    assert seen.type_accuracy > 0.4
    assert crosswise.type_accuracy < seen.type_accuracy / 1.5


def test_a_score_that_would_say_less_the_higher_it_is_is_left_out_and_the_rest_fitted_without_it() -> None:
    chance = np.random.default_rng(3)
    flags = chance.random(400) < 0.3
    good = (flags + chance.normal(size=400)).astype(np.float32)
    wrong = (-2 * flags + chance.normal(size=400)).astype(np.float32)

    slope, none, offset = fitting.platt(np.stack([good, wrong], axis=1), flags)

    assert none == 0
    assert [slope, offset] == pytest.approx(fitting.platt(good, flags).tolist())
