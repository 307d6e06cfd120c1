import pytest

from classify.coding import Text
from classify.units import suggest_unit, suggest_units
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


EARLIER: dict[str, tuple[tuple[str, ...], str, str, str]] = {
    "the unit of a former Case decides between equals": (("grundsicherung.regelbedarf",), "", "bg-2", "bg-2"),
    "a site goes before it": (("grundsicherung.regelbedarf",), "in der Geschäftsstelle Nord", "bg-2", "bg-1"),
    "a category goes before it": (("arbeitsvermittlung.beratung",), "", "bg-2", "mv"),
    "alone it says nothing": ((), "", "bg-2", ""),
    "a unit that is no more changes nothing": (("grundsicherung.regelbedarf",), "", "bg-9", "bg-1"),
}


@pytest.mark.parametrize(("categories", "body", "earlier", "unit"), EARLIER.values(), ids=EARLIER.keys())
def test_what_a_former_case_says(categories: tuple[str, ...], body: str, earlier: str, unit: str) -> None:
    assert suggest_unit(categories, Text("t", "", "", body), OFFICE, earlier) == unit


MIXED: dict[str, tuple[tuple[str, ...], str, tuple[str, ...]]] = {
    "one unit for one category": (("kommunal.heizkosten",), "", ("bg-1",)),
    "each unit a category belongs to": (("arbeitsvermittlung.beratung", "kommunal.heizkosten"), "", ("mv", "bg-1")),
    "the first category first": (("kommunal.heizkosten", "arbeitsvermittlung.beratung"), "", ("bg-1", "mv")),
    "a unit once": (("kommunal.heizkosten", "kommunal.unterkunft"), "", ("bg-1",)),
    "equals: the one concerned already": (
        ("arbeitsvermittlung.beratung", "grundsicherung.regelbedarf", "kommunal.heizkosten"),
        "",
        ("mv", "bg-1"),
    ),
    "the site decides between equals": (
        ("grundsicherung.regelbedarf", "kommunal.heizkosten"),
        "Geschäftsstelle Süd",
        ("bg-2", "bg-1"),
    ),
    "whose staff is named, last": (("arbeitsvermittlung.beratung",), "Herr Sommer hat gelacht", ("mv", "bg-2")),
    "a name alone": ((), "Herr Sommer hat gelacht", ("bg-2",)),
    "a category of nobody": (("sonstiges.politik", "kommunal.heizkosten"), "", ("bg-1",)),
    "nothing": ((), "", ()),
}


@pytest.mark.parametrize(("categories", "body", "units"), MIXED.values(), ids=MIXED.keys())
def test_a_mixed_mail_concerns(categories: tuple[str, ...], body: str, units: tuple[str, ...]) -> None:
    assert suggest_units(categories, Text("t", "", "", body), OFFICE) == units


def test_a_mixed_mail_concerns_three_units_at_most() -> None:
    units = (Unit(f"u{n}", f"Team {n}", "a", _person(f"l{n}"), categories=(f"c{n}.",)) for n in range(4))
    categories = tuple(f"c{n}.x" for n in range(4))

    assert suggest_units(categories, Text("t", "", "", ""), _office(*units)) == ("u0", "u1", "u2")
