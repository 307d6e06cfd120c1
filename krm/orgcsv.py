"""The teams from a table the office exports (CSV): the same fields as [[org.unit]], a line a team.

Semicolons or commas part the columns, commas the values within one; UTF-8 or Windows-1252, as spreadsheets write.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LARGEST = 1_000_000  # bytes: no office has more teams
PEOPLE = ("lead", "deputy")
OF_A_PERSON = ("id", "name", "address", "telephone")
LISTS = ("categories", "sites", "staff")
COLUMNS = ("id", "name", "area", *(f"{who}_{field}" for who in PEOPLE for field in OF_A_PERSON), *LISTS)
NEEDED = ("id", "name", "area", "lead_id", "lead_name", "lead_address")


class CsvError(Exception):
    """The table cannot be used; `str()` is a German sentence with its line."""


def units(path: Path) -> tuple[dict[str, Any], ...]:
    """Every line as the values of one [[org.unit]], with "line" beside them. Raises CsvError."""
    rows = csv.DictReader(io.StringIO(_text(path)), dialect=_dialect(path))
    known = [name.strip().casefold() for name in rows.fieldnames or ()]
    missing = [name for name in NEEDED if name not in known]
    if missing:
        raise CsvError(f"In {path.name} fehlen die Spalten {', '.join(missing)}.")
    strange = [name for name in known if name and name not in COLUMNS]
    if strange:
        raise CsvError(f"In {path.name} sind die Spalten {', '.join(strange)} unbekannt.")
    return tuple(_rows(rows))


def _rows(rows: "csv.DictReader[str]") -> Iterator[dict[str, Any]]:
    for row in rows:
        cells = {
            str(k).strip().casefold(): v.strip() for k, v in row.items() if isinstance(k, str) and isinstance(v, str)
        }
        if any(cells.values()):
            yield _unit(cells) | {"line": rows.line_num}


def _unit(cells: dict[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {name: cells.get(name, "") for name in ("id", "name", "area")}
    for who in PEOPLE:
        person = {field: cells.get(f"{who}_{field}", "") for field in OF_A_PERSON}
        if any(person.values()):
            made[who] = person
    for name in LISTS:
        made[name] = [value.strip() for value in cells.get(name, "").split(",") if value.strip()]
    return made


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise CsvError(f"{path.name} ist nicht lesbar ({type(fault).__name__}).") from fault
    if len(content) > LARGEST or b"\0" in content:
        raise CsvError(f"{path.name} ist keine Tabelle mit Teams.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _dialect(path: Path) -> type[csv.Dialect]:
    """By the first line: a semicolon there parts the columns (German spreadsheets), else a comma."""
    head = _text(path).split("\n", 1)[0]

    class Dialect(csv.excel):
        delimiter = ";" if ";" in head else ","

    return Dialect
