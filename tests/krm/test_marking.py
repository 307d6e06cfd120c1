"""What of a text is marked as naming somebody else: names and addresses, not the person's own, not our own words."""

from itertools import pairwise

import pytest

from classify.pseudonyms import Acquainted
from classify.rules import LONGEST
from krm.marking import Marker, name_keys

ERIKA = Marker(
    frozenset({"erika", "muster"}),
    frozenset({"erika@mail.example", "krm@jobcenter.example"}),
    Acquainted(("Ute Krause", "Olaf Kategorie", "Rechtsbehelfsstelle")),
)


def marked(text: str, *, letter: bool = False) -> list[str]:
    found = ERIKA.letter(text) if letter else ERIKA.marked(text)
    return [found.text[slice(*span)] for span in found.check]


TEXTS = {
    "whoever the house knows": ("Ich war bei Krause.", ["Krause"]),
    "whoever is called by a title": ("Herr Peter Lindemann rief an.", ["Peter Lindemann"]),
    "a role": ("Meine Tochter Mia und mein Nachbar Ali Kaya.", ["Mia", "Ali Kaya"]),
    "the person herself": ("Erika Muster, Frau Muster, MUSTER Erika, Erikas", []),
    "a relative of the same name": ("Mein Mann Otto Muster war dabei.", ["Otto"]),
    "an address": ("Schreiben Sie an ali@mail.example.", ["ali@mail.example"]),
    "one's own address and the program's": ("erika@mail.example, KRM@jobcenter.example", []),
    "a name with an address behind it": ("Ali Kaya <ali@mail.example>", ["Ali Kaya", "ali@mail.example"]),
    "a post of the house": ("Die Rechtsbehelfsstelle prüft es.", []),
    "nobody": ("Ich habe zwei Stunden gewartet.", []),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
def test_in_a_text_others_are_marked(text: str, expected: list[str]) -> None:
    assert marked(text) == expected


def test_spans_stand_in_order_and_apart() -> None:
    check = ERIKA.marked("Ali Kaya <ali@mail.example>, Herr Krause und Ute Krause. " * 3).check

    assert list(check) == sorted(check)
    assert all(end < start for (_, end), (start, _) in pairwise(check))


def test_a_long_text_is_marked_to_its_end() -> None:
    text = f"{'Ich warte. ' * (LONGEST // 10)}\n\nHerr Krause weiß davon."

    assert marked(text) == ["Krause"]


def test_in_our_letters_our_own_words_are_no_names_but_those_of_people_we_know_are() -> None:
    letter = "Guten Tag Herr Kategorie,\n\ndas gilt.\n\nFreundliche Grüße\nKundenreaktionsmanagement"

    assert marked(letter, letter=True) == ["Kategorie"]


@pytest.mark.parametrize("name", ["Erika Muster", "MUSTER, Erika", "Frau Dr. Erika Muster", "erika  muster"])
def test_a_name_is_compared_without_titles_case_and_order(name: str) -> None:
    assert name_keys(name) == {"erika", "muster"}
