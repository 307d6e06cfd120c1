"""Without a word of it, nothing is a petition, an Eingabe or a Folgereaktion, and nothing is put aside with a hint."""

import pytest

from classify import concerns, needed
from classify.anlage3 import shipped
from classify.rules import Rule, speaking
from tests.classify.tiny import heard, text


def missing(body: str, subject: str = "", sender: str = "") -> set[str]:
    return set(needed.missing([t.id for t in shipped().types], text(body, subject, sender)))


RULES = [rule for rules in needed.NEEDED.values() for rule in rules]


@pytest.mark.parametrize("rule", [*RULES, *concerns.RULES], ids=lambda r: r.example)
def test_every_sign_is_found_in_its_own_example(rule: Rule) -> None:
    assert speaking(heard("", rule.example), [rule])


def test_what_is_needed_is_asked_of_types_of_the_form() -> None:
    assert set(needed.NEEDED) <= {t.id for t in shipped().types}


FIRST = (
    ("Beschwerde", "Meine Sachbearbeiterin ist unfreundlich und mein Geld kommt nicht."),
    ("Meine Beschwerde", "Ich habe drei Stunden gewartet."),
    ("Beschwerde über Ihr Jobcenter", "Die Öffnungszeiten sind zu kurz."),
    ("Beschwerde Team 514", "Frau Meier hat mich angeschrien."),
    ("Complaint", "The man at the counter was rude to me."),
    ("Жалоба", "Ваша сотрудница на меня накричала."),
    ("Скарга", "У коридорі брудно."),
    ("Şikayet", "Memur bana bağırdı."),
)


@pytest.mark.parametrize(("subject", "body"), FIRST)
def test_a_first_complaint_points_to_nothing_earlier_and_to_nobody_else(subject: str, body: str) -> None:
    assert missing(body, subject) == {"petition", "eingabe", "folgereaktion"}


EARLIER = (
    ("AW: Termin", "Was ist jetzt?"),
    ("", "Aufzug immer noch kaputt, hatte ich Ihnen vor 2 Wochen schon gemailt."),
    ("", "Wie letzte Woche geschrieben: Herr Stein ruft nicht zurück."),
    ("Mein Schreiben vom 3. Mai", "Ich warte."),
    ("KRM-2026-0042", "Noch ein Foto."),
    ("", "Sie haben geantwortet, aber nicht auf meine Frage."),
    ("my complaint of 6 May", "no answer"),
    ("", "Я вам писала в мае, ответа нет."),
    ("12 Mayıs şikayetim", "Ne oldu?"),
)


@pytest.mark.parametrize(("subject", "body"), EARLIER)
def test_a_word_of_something_earlier_leaves_it_to_the_model(subject: str, body: str) -> None:
    assert "folgereaktion" not in missing(body, subject)


def test_the_sender_may_be_what_points_to_another_body() -> None:
    assert "eingabe" not in missing("Wir bitten um Bericht.", sender="Sozialministerium")
    assert "petition" not in missing("Wir bitten um Bericht.", sender="Petitionsausschuss")


@pytest.mark.parametrize(
    "body", ["Newsletter: 20 Prozent Rabatt auf Büromöbel.", "Liebe Konditorei, die Torte war gut."]
)
def test_advertising_hints_at_nothing(body: str) -> None:
    assert not concerns.found(heard(body))


@pytest.mark.parametrize(
    "body",
    [
        "Ich bin unzufrieden.",
        "Mein Bescheid fehlt.",
        "An das Finanzamt",
        "Hier schreibt die Redaktion.",
        "Ihre Behörde",
    ],
)
def test_whoever_is_not_content_or_means_an_authority_is_read_by_a_person(body: str) -> None:
    assert concerns.found(heard(body))
