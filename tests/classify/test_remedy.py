import pytest

from classify import remedy
from classify.rules import Rule, hits
from tests.classify.tiny import heard


@pytest.mark.parametrize("rule", remedy.RULES, ids=lambda r: r.example)
def test_every_rule_finds_its_own_example(rule: Rule) -> None:
    assert hits(heard(rule.example), [rule]) or hits(heard("", subject=rule.example), [rule])


LODGED = (
    "Hiermit lege ich gegen den Bescheid vom 12.03.2026 Widerspruch ein.",
    "lege hiermit W. ein",
    "ich lege wiederspruch ein gegen die kürzung",
    "Möchte Widersprch einlegen wegen Bescheid",
    "WIDERSPRUCH GEGEN DEN BESCHEID VOM 3. MAI",
    "Gegen den Sanktionsbescheid erhebe ich Einspruch!",
    "Anbei mein Widerspruch zum Bescheid.",
    "bitte prüfen Sie das nach § 44 SGB X",
    "Bitte nach §44 SGB 10 nochmal anschauen",
    "Hiermit stelle ich einen Ueberpruefungsantrag",
    "ich bin nicht einverstanden mit dem Bescheid vom 1.2., die Miete fehlt. bitte überprüfen",
    "Mit Ihrer Entscheidung bin ich nicht einverstanden und bitte Sie, das zu korrigieren",
    "Der Rückforderung widerspreche ich.",
    "Diesen Bescheid fechte ich an",
    "Hiermit erhebe ich Klage gegen den Widerspruchsbescheid",
    "I would like to file an appeal against the decision of 3 May",
    "Я не согласна с этим решением",
    "Хочу оскаржити рішення",
    "Bescheid yanlış, itiraz ediyorum",
)

TALK = (
    "mein Widerspruch von März läuft noch",
    "Wann wird über meinen Widerspruch gegen den Bescheid vom März entschieden?",
    "Ich habe vor vier Monaten Widerspruch eingelegt und nichts gehört.",
    "ich widerspreche Ihrer Kollegin, so war das nicht",
    "Ihr Kollege verwickelt sich in Widersprüche",
    "Wie kann ich Widerspruch einlegen?",
    "Wenn das nicht klappt, lege ich Widerspruch ein",
    "Ich behalte mir vor, Widerspruch einzulegen.",
    "§ 44b SGB II regelt die gemeinsame Einrichtung",
    "Das Verhalten Ihres Kollegen finde ich nicht gut, bitte prüfen Sie das",
    "Ich bin mit der Wartezeit nicht einverstanden",
    "Ich frage wieder, ruhig und höflich",
)


@pytest.mark.parametrize("body", LODGED)
def test_a_remedy_is_found_whatever_it_is_called(body: str) -> None:
    assert remedy.found(heard(body))


@pytest.mark.parametrize("body", TALK)
def test_talk_of_a_remedy_is_none(body: str) -> None:
    assert remedy.found(heard(body)) == ()


def test_what_is_found_are_the_mails_own_words() -> None:
    assert remedy.found(heard("Hallo,\nich lege hiermit\n W. ein und grüße")) == ("lege hiermit W.", "W. ein")


def test_the_subject_counts() -> None:
    assert remedy.found(heard("siehe Anhang", subject="Widerspruch"))
    assert remedy.found(heard("siehe Anhang", subject="AW: Widerspruch gegen Bescheid vom 2.2."))
