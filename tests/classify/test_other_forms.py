"""Other offices have other forms: nothing in the program names a category, and a form may lack any type."""

from dataclasses import replace
from pathlib import Path

from classify import anlage3, training
from classify.coding import Text
from classify.suggest import suggest
from tests.classify import tiny

FORM = """
[[art]]
id = "tadel"
name = "Tadel"
[[art]]
id = "dank"
name = "Dank"
[[form]]
id = "email"
name = "E-Mail"
[[kundengruppe]]
id = "alle"
name = "Alle"
[[kategorie]]
id = "parken"
gruppe = "Haus"
name = "Parkplatz"
woerter = "auto, schranke, parkuhr"
[[kategorie]]
id = "buch"
gruppe = "Ausleihe"
name = "Bücher"
"""


def test_a_library_learns_and_suggests_with_its_own_form(tmp_path: Path) -> None:
    path = tmp_path / "bibliothek.toml"
    path.write_text(FORM, encoding="utf-8")
    form = anlage3.load(path)
    sample = replace(tiny.examples()[0], customer_group="alle", remedy=False)
    rows = [
        ("tadel", "parken", "Der Parkplatz ist immer voll und die Schranke klemmt"),
        ("tadel", "parken", "Wieder kein Parkplatz frei, die Parkuhr ist kaputt"),
        ("tadel", "buch", "Das Buch war zerrissen und voller Kaffee"),
        ("dank", "buch", "Danke für das schöne Buch, es hat Freude gemacht"),
        ("dank", "buch", "Vielen Dank, das Buch kam so schnell"),
        ("dank", "parken", "Danke, dass es jetzt einen Parkplatz für Fahrräder gibt"),
    ]
    labelled = [
        replace(sample, id=f"b-{n}", type=kind, categories=(field,), subject="", body=body)
        for n, (kind, field, body) in enumerate(rows)
    ]
    model = training.train(labelled, form, 7, lambda _: None)

    # a ministry writes: with the Geschäftsanweisung's form that is a fact for one type, which this form has not
    asked = Text("t", "", "Ministerium für Kultur", "Sehr geehrte Frau Ministerin, kein Parkplatz, die Schranke klemmt")
    (found,) = suggest([asked], model, form)

    assert {t.id for t in found.types} == {"tadel", "dank"}
    assert found.categories[0].id == "parken"
    assert found.customer_group == "alle"
