import pytest

from classify.coding import Text
from classify.units import suggest_unit
from ingest.office import Area, Office, Person, Unit


def _person(key: str) -> Person:
    return Person(key, key.title(), f"{key}@jobcenter.example")


def _office(*units: Unit) -> Office:
    return Office(
        "Jobcenter",
        "krm@jobcenter.example",
        officer=_person("officer"),
        deputy=_person("deputy"),
        management=(),
        front_office=_person("front"),
        legal_office=_person("legal"),
        areas=(Area("a", "A", _person("head")),),
        units=units,
    )


OFFICE = _office(
    Unit(
        "bg-1",
        "Leistung 1",
        "a",
        _person("l1"),
        categories=("grundsicherung.", "kommunal."),
        sites=("Nord",),
        staff=("Frau Dr. Eva Krüger",),
    ),
    Unit(
        "bg-2",
        "Leistung 2",
        "a",
        _person("l2"),
        categories=("grundsicherung.",),
        sites=("Süd",),
        staff=("Sommer, Jan",),
    ),
    Unit("mv", "Vermittlung", "a", _person("l3"), categories=("arbeitsvermittlung.beratung",)),
)

CASES: dict[str, tuple[tuple[str, ...], str, str]] = {
    "a prefix": (("kommunal.heizkosten",), "Heizung", "bg-1"),
    "a whole id": (("arbeitsvermittlung.beratung",), "Beratung", "mv"),
    "an id is no prefix": (("arbeitsvermittlung.beratungx",), "", ""),
    "the site decides between equals": (("grundsicherung.regelbedarf",), "Ich war in der Geschäftsstelle Süd", "bg-2"),
    "the first of equals": (("grundsicherung.regelbedarf",), "", "bg-1"),
    "the first category goes before the second": (("arbeitsvermittlung.beratung", "kommunal.heizkosten"), "", "mv"),
    "a name goes before a category": (("kommunal.heizkosten",), "Herr Sommer hat mich beleidigt", "bg-2"),
    "a surname behind a title": (("arbeitsvermittlung.beratung",), "Frau Krügers Ton", "bg-1"),
    "a name is a whole word": (("arbeitsvermittlung.beratung",), "Sommerferien", "mv"),
    "a site alone": ((), "in Süd", "bg-2"),
    "nothing": ((), "", ""),
}


@pytest.mark.parametrize(("categories", "body", "unit"), CASES.values(), ids=CASES.keys())
def test_the_unit_is_found_by(categories: tuple[str, ...], body: str, unit: str) -> None:
    assert suggest_unit(categories, Text("t", "", "", body), OFFICE) == unit


def test_an_office_without_units_has_none_to_suggest() -> None:
    assert suggest_unit(("kommunal.heizkosten",), Text("t", "", "", "x"), _office()) == ""
