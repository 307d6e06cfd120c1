"""The section [org] of krm.toml: who sits where; what does not fit together is a fault of its line."""

from pathlib import Path

from ingest.office import Access, Area, Office, Person, Unit
from krm.orgcsv import CsvError, units
from krm.tomlfile import Table
from store.case import CITIZEN

_LOCAL = r"[^\s@<>\"(),:;\[\]\\]{1,64}"
_DOMAIN = r"[^\s@<>\"(),:;\[\]\\]{1,253}"
ADDRESS = f"{_LOCAL}@{_DOMAIN}"
AN_ADDRESS = "Eine Adresse sieht so aus: name@example.org."
A_SERVER = "Ein Server heißt so: mx.example.org."
A_DOMAIN = "Eine Domain sieht so aus: example.org."
AN_ID = "Erlaubt sind Kleinbuchstaben, Ziffern, - und _, höchstens 40 Zeichen."
NOBODY = Person("", "", "")


def office(table: Table, folder: Path = Path()) -> Office:
    """The whole org directory; what is missing is noted and left empty. `folder` is where a table of teams lies."""
    seats = Seats()
    exported = _exported(table, folder)
    made = Office(
        name=table.text("name"),
        address=_address(table),
        officer=seats.needed(table, "officer", telephone=True),
        deputy=seats.needed(table, "deputy", telephone=True),
        management=tuple(seats.of(t) for t in table.tables("management")),
        front_office=seats.needed(table, "front_office"),
        legal_office=seats.needed(table, "legal_office"),
        areas=tuple(_area(t, seats) for t in table.tables("area")),
        units=tuple(_unit(t, seats) for t in (*table.tables("unit"), *exported)),
        security=seats.maybe(table, "security"),
        data_protection=seats.maybe(table, "data_protection"),
        supervising_body=seats.maybe(table, "supervising_body"),
        domains=_lower(table.texts("domains", pattern=_DOMAIN, remedy=A_DOMAIN)),
        listed=_lower(table.texts("listed", pattern=ADDRESS, remedy=AN_ADDRESS)),
        sites=table.texts("sites"),
        staff=table.texts("staff"),
        access=tuple(_access(t) for t in table.tables("access")),
        servers=_lower(table.texts("servers", pattern=_DOMAIN, remedy=A_SERVER)),
        privacy_url=table.text("privacy_url", pattern=r"https?://\S+", remedy="Beispiel: https://example.org/daten."),
        postal_address=table.text("postal_address", "", lines=True),
        file_reference=table.text("file_reference", "", pattern=r".{1,40}", remedy="Höchstens 40 Zeichen."),
    )
    table.done()
    _check_people(table, made, seats)
    _check_units(table, made)
    _check_access(table, made)
    return made


def _exported(table: Table, folder: Path) -> tuple[Table, ...]:
    """The teams of the table the office exports; a fault in it stands at the line that names the file."""
    name = table.text("units_file", "")
    if not name:
        return ()
    try:
        found = units(folder / name)
    except CsvError as fault:
        table.fault("units_file", str(fault), "Bitte die Tabelle berichtigen oder neu ausgeben.")
        return ()
    made = []
    for row in found:
        values = {key: value for key, value in row.items() if key != "line"}
        made.append(Table(f"org.units_file ({name}, Zeile {row['line']})", values, table.lines, table.faults))
    return tuple(made)


class Seats:
    """Reads people, and remembers where each of them stands."""

    def __init__(self) -> None:
        self.taken: list[tuple[Table, Person]] = []

    def of(self, table: Table, *, telephone: bool = False) -> Person:
        made = Person(
            table.text("id", pattern=r"[a-z0-9][a-z0-9_-]{0,39}", remedy=AN_ID),
            table.text("name"),
            _address(table),
            table.text("telephone", None if telephone else ""),
        )
        table.done()
        self.taken.append((table, made))
        return made

    def needed(self, table: Table, key: str, *, telephone: bool = False) -> Person:
        inner = table.table(key)
        return self.of(inner, telephone=telephone) if inner else NOBODY

    def maybe(self, table: Table, key: str) -> Person | None:
        inner = table.table(key, needed=False)
        return self.of(inner) if inner else None


def _address(table: Table) -> str:
    return table.text("address", pattern=ADDRESS, remedy=AN_ADDRESS).lower()


def _lower(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text.lower() for text in texts)


def _area(table: Table, seats: Seats) -> Area:
    made = Area(table.text("id"), table.text("name"), seats.needed(table, "head"), seats.maybe(table, "deputy"))
    table.done()
    return made


def _unit(table: Table, seats: Seats) -> Unit:
    made = Unit(
        table.text("id"),
        table.text("name"),
        table.text("area"),
        seats.needed(table, "lead"),
        seats.maybe(table, "deputy"),
        table.texts("categories"),
        table.texts("sites"),
        table.texts("staff"),
    )
    table.done()
    return made


def _access(table: Table) -> Access:
    made = Access(table.text("user"), table.text("person"))
    table.done()
    return made


def _check_people(table: Table, office: Office, seats: Seats) -> None:
    """Each id is one person, nobody is the mailbox, officer and deputy are two."""
    known: dict[str, tuple[Table, Person]] = {}
    for seat, person in seats.taken:
        first, same = known.setdefault(person.id, (seat, person))
        if person.id and person != same:
            what = f"„{person.id}“ steht mit anderen Angaben schon in Zeile {first.lines.of(first.name)}."
            seat.fault("id", what, "Für dieselbe Person dieselben Angaben, für eine andere eine andere id.")
        if person.id == CITIZEN:
            seat.fault("id", f"„{CITIZEN}“ kann keine id einer Person sein.", "Bitte eine andere wählen.")
        if person.address and person.address == office.address:
            seat.fault("address", "Das ist die Adresse des Postfachs.", "Das ergäbe eine Schleife: bitte eine andere.")
    if "management" not in table.values or table.values["management"] == []:
        table.fault("management", "Die Geschäftsführung fehlt.", "Bitte mit [[org.management]] eine Person nennen.")
    if office.officer.id and _same(office.officer, office.deputy):
        table.fault("deputy", "Beauftragte Person und Vertretung sind dieselbe.", "Bitte zwei Personen nennen.")


def _same(one: Person, other: Person) -> bool:
    return one.id == other.id or (bool(one.address) and one.address == other.address)


def _check_units(table: Table, office: Office) -> None:
    """Areas and units have ids of their own, and each unit an area there is."""
    for kind, ids in (("area", [a.id for a in office.areas]), ("unit", [u.id for u in office.units])):
        for n, some_id in enumerate(ids):
            if some_id and some_id in ids[:n]:
                table.fault(f"{kind}#{n}.id", f"Die id „{some_id}“ gibt es zweimal.", "Bitte eine andere wählen.")
    areas = {a.id for a in office.areas}
    for n, unit in enumerate(office.units):
        if unit.area and unit.area not in areas:
            what = f"Den Bereich „{unit.area}“ gibt es nicht."
            table.fault(f"unit#{n}.area", what, "Bitte unter [[org.area]] anlegen oder richtig schreiben.")


def _check_access(table: Table, office: Office) -> None:
    for n, entry in enumerate(office.access):
        if entry.person and office.person(entry.person) is None:
            what = f"Die Person „{entry.person}“ gibt es nicht."
            table.fault(f"access#{n}.person", what, "Bitte die id einer Person aus [org] nennen.")
