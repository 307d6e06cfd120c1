import pytest

from classify import coding_steps
from classify.coding import Text
from classify.coding_steps import Decision, Step, Where
from classify.rules import Rule, spoken
from tests.classify.tiny import heard

_FIELD = {Where.SENDER: "from_name", Where.TOP: "body", Where.ALL: "body"}


def _decide(**fields: str) -> Decision | None:
    text = Text(**{"id": "t", "subject": "", "from_name": "", "body": "", **fields})
    return coding_steps.decide(text, spoken(text))


@pytest.mark.parametrize("step", coding_steps.STEPS, ids=lambda s: s.rule.example)
def test_every_step_decides_its_own_example(step: Step) -> None:
    found = _decide(**{_FIELD[step.where]: step.rule.example})
    assert found is not None
    assert (found.type, found.p) == (step.type, step.p)
    assert found.words


TALK = (
    "Ich werde mich an den Petitionsausschuss wenden.",
    "Notfalls gehe ich zum Bürgermeister.",
    "Das Ministerium hat doch gesagt, dass es mehr gibt.",
    "KRM ist eine Abkürzung",
)


@pytest.mark.parametrize("body", TALK)
def test_mere_talk_decides_nothing(body: str) -> None:
    assert _decide(body="Guten Tag, " + body) is None


def test_the_steps_stand_in_the_manuals_order() -> None:
    numbers = [s.number for s in coding_steps.STEPS]
    assert numbers == sorted(numbers)


def test_an_addressee_far_down_in_a_mail_is_none() -> None:
    body = "x " * 200 + "Sehr geehrte Frau Oberbürgermeisterin"
    assert _decide(body=body) is None


@pytest.mark.parametrize("hint", coding_steps.HINTS, ids=lambda h: h.example)
def test_every_hint_points_out_its_own_example(hint: Rule) -> None:
    assert hint.example in coding_steps.pointers(heard(hint.example))
