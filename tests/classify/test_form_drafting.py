"""What a colleague's free note says of a reaction: only what is clearly said, and never the one it is about."""

import pytest

from classify.form_drafting import drafted

NOTES = [
    ("Frau Petrenko war eben hier und beschwert sich über Frau Krause.", "persoenlich", "w", "Petrenko"),
    ("Hallo Sabine,\n\nAnruf von Herrn Dr. Ali Demir: er wartet seit Wochen.", "telefon", "m", "Dr. Ali Demir"),
    ("Guten Tag,\nheute hat Herr Schulz hier angerufen und sich beschwert.", "telefon", "m", "Schulz"),
    ("Gerade rief Frau Nguyen an.", "telefon", "w", "Nguyen"),
    ("Heute rief eine Frau an, die ihren Namen nicht nennt. Es geht um Herrn Krause.", "telefon", "", ""),
    ("Kundin hat sich telefonisch beschwert. Herr Krause hat sie angeschrien.", "telefon", "", ""),
    ("Ein Kunde hat angerufen, Herr Krause war unfreundlich.", "telefon", "", ""),
    ("Herr Krause war unfreundlich zu einem Kunden, der eben angerufen hat.", "telefon", "", ""),
    ("Frau Petrenko und Herr Schulz waren eben hier.", "persoenlich", "", ""),
    ("Frau Dr. von der Heide kam heute vorbei.", "persoenlich", "w", "Dr. von der Heide"),
    ("Soeben war Herr Ali Reza al Hadi am Empfang, er lobt Frau Sommerfeld.", "persoenlich", "m", "Ali Reza al Hadi"),
    ("Beschwerde von Frau Erika Muster. Sie stand heute bei mir am Tresen.", "persoenlich", "w", "Erika Muster"),
    ("Familie Nguyen war heute bei uns und lobt das Team.", "persoenlich", "", "Nguyen"),
    ("Persönliche Vorsprache: Familie Nguyen war heute bei uns.", "persoenlich", "", ""),
    ("In der Anlage ein Brief von Frau Muster.", "schriftlich", "w", "Muster"),
    ("Per Post kam eine Beschwerde.", "schriftlich", "", ""),
    ("Im Briefkasten lag eine Meinungskarte, anonym.", "meinungskarte", "", ""),
]


@pytest.mark.parametrize(("note", "form", "sex", "name"), NOTES, ids=[n[0][:40] for n in NOTES])
def test_how_it_came_and_from_whom_is_taken_from_what_is_clearly_said(
    note: str, form: str, sex: str, name: str
) -> None:
    found = drafted(note)

    assert found is not None
    assert (found.form, found.sex, found.name) == (form, sex, name)
    assert found.words == note.strip()


@pytest.mark.parametrize(
    "note", ["", "Zur Kenntnis.", "Familie Nguyen möchte sich beschweren.", "Bitte um Rücksprache."]
)
def test_where_it_does_not_say_how_it_came_nothing_is_drafted(note: str) -> None:
    assert drafted(note) is None


def test_whoever_bears_a_name_of_the_house_is_not_taken_for_the_citizen() -> None:
    found = drafted("Herr Krause war eben hier und regt sich auf.", staff=["Krause"])

    assert found is not None
    assert (found.form, found.name) == ("persoenlich", "")
