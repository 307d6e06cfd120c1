import pytest

from classify import anlage3, coding_steps
from classify.coding import Text
from classify.coding_steps import Decision, Fact, Step, Where
from classify.rules import Rule, spoken
from tests.classify.tiny import heard

_FIELD = {Where.SENDER: "from_name", Where.TOP: "body", Where.ALL: "body"}


def _decide(*, follows: bool = False, **fields: str) -> Decision | None:
    text = Text(**{"id": "t", "subject": "", "from_name": "", "body": "", **fields}, follows=follows)
    return coding_steps.decide(text, spoken(text))


FACTS = [(step, fact) for step in coding_steps.STEPS for fact in step.facts]


@pytest.mark.parametrize(("step", "fact"), FACTS, ids=[fact.rule.example for _, fact in FACTS])
def test_every_fact_decides_its_own_example(step: Step, fact: Fact) -> None:
    found = _decide(**{_FIELD[fact.where]: fact.rule.example})
    assert found is not None
    assert (found.type, found.p) == (step.type, fact.p)
    assert found.words


def test_a_mail_known_to_continue_a_case_is_a_follow_up_whatever_it_says() -> None:
    assert _decide(body="Guten Tag, hier noch das Foto.", follows=True) is not None
    assert _decide(body="Guten Tag, hier noch das Foto.") is None


def test_a_petition_stays_one_when_it_is_continued() -> None:
    found = _decide(from_name="Deutscher Bundestag", body="Wir bitten um Stellungnahme.", follows=True)
    assert found is not None
    assert found.type == "petition"


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
    assert [s.number for s in coding_steps.STEPS] == [1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10]


def test_the_steps_name_every_type_of_the_form_once() -> None:
    assert sorted(s.type for s in coding_steps.STEPS) == sorted(t.id for t in anlage3.shipped().types)


def test_an_addressee_far_down_in_a_mail_is_none() -> None:
    body = "x " * 200 + "Sehr geehrte Frau Oberbürgermeisterin"
    assert _decide(body=body) is None


HINTS = [hint for step in coding_steps.STEPS for hint in step.hints]


@pytest.mark.parametrize("hint", HINTS, ids=lambda h: h.example)
def test_every_hint_points_out_its_own_example(hint: Rule) -> None:
    assert hint.example in coding_steps.pointers(heard(hint.example))


SURNAMES = ("Karl Bürgermeister", "Jens Minister", "Eva Senator", "Bürgermeister, Karl", "M. Landrat")


@pytest.mark.parametrize("name", SURNAMES)
def test_a_surname_is_no_office(name: str) -> None:
    assert _decide(from_name=name, body="Guten Tag, ich warte seit Wochen.") is None


OFFICES = ("Oberbürgermeister Meier", "Büro des Landrats", "Die Senatorin", "Minister für Arbeit")


@pytest.mark.parametrize("name", OFFICES)
def test_an_office_is_told_by_its_words(name: str) -> None:
    found = _decide(from_name=name, body="Guten Tag, wir bitten um Bericht.")
    assert found is not None
    assert found.type == "eingabe"
