import pytest

from classify import danger, need, urgency
from classify.coding import Urgency
from classify.rules import Rule, hits
from tests.classify.tiny import heard


@pytest.mark.parametrize("rule", [*need.RULES, *danger.RULES], ids=lambda r: r.example)
def test_every_rule_finds_its_own_example(rule: Rule) -> None:
    assert hits(heard(rule.example), [rule])


NEED = (
    "Wir haben seit drei Tagen nichts zu essen.",
    "hab noch 4 euro im portmonee und zwei kinder",
    "Die Stadtwerke wollen am Dienstag den Strom abstellen",
    "Am 3. ist Zwangsräumung",
    "ab montag sitze ich auf der strasse",
    "Meine Medikamente kann ich mir nicht mehr leisten",
    "We have no money for food",
    "Нам нечего есть",
    "Нам нічого їсти",
    "Param kalmadı",
)

DANGER = (
    "ich will nicht mehr leben",
    "Dann bringe ich mich eben um.",
    "Ich denke jeden Tag an Selbstmord",
    "Am liebsten würde ich vor den Zug",
    "Ich weiß wo der Kerl wohnt",
    "beim nächsten Termin komm ich mit dem Messer",
    "euch sollte man alle abknallen",
    "Я не хочу жить",
    "Artık yaşamak istemiyorum",
)

NEITHER = (
    "da kriegt man die Krise",
    "ich könnte platzen",
    "das bringt mich noch ins Grab",
    "Diese Bürokratie bringt mich um",
    "Ich bringe Ihnen die Unterlagen vorbei",
    "Bitte stellen Sie das Fahrrad ab",
    "Ich mache jetzt Schluss mit dem Thema",
    "Der Messerstand auf der Rechnung",
    "In der Warteschleife wurde ich abgestellt",
    "Ich bringe die Messer für die Küche mit, die Firma zahlt",
    "Räumen Sie bitte den Eingang",
)


@pytest.mark.parametrize("body", NEED)
def test_need_is_found(body: str) -> None:
    assert urgency.found(heard(body))[0] is Urgency.NEED


@pytest.mark.parametrize("body", DANGER)
def test_danger_is_found(body: str) -> None:
    assert urgency.found(heard(body))[0] is Urgency.DANGER


@pytest.mark.parametrize("body", NEITHER)
def test_a_figure_of_speech_is_neither(body: str) -> None:
    assert urgency.found(heard(body)) == (Urgency.NONE, ())


def test_danger_goes_before_need_and_says_the_mails_own_words() -> None:
    found = urgency.found(heard("Der Kühlschrank ist leer.\nIch will nicht\nmehr leben."))
    assert found == (Urgency.DANGER, ("will nicht mehr leben",))
