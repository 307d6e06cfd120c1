"""Teams from the table an office exports: the same as in krm.toml, and a clear fault where it cannot be used."""

from pathlib import Path

import pytest

from krm.orgcsv import CsvError, units

HEAD = "id;name;area;lead_id;lead_name;lead_address;categories;sites;staff"
ROW = (
    "514;Team 514;leistung;tl-514;Frau Müller;tl-514@example.org;"
    '"kommunal.,grundsicherung.";Schweriner Straße;Krüger, Öz'
)


def table(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / "teams.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def test_a_line_is_a_team(tmp_path: Path) -> None:
    (team,) = units(table(tmp_path, HEAD, ROW, ""))

    assert team == {
        "id": "514",
        "name": "Team 514",
        "area": "leistung",
        "lead": {"id": "tl-514", "name": "Frau Müller", "address": "tl-514@example.org", "telephone": ""},
        "categories": ["kommunal.", "grundsicherung."],
        "sites": ["Schweriner Straße"],
        "staff": ["Krüger", "Öz"],
        "line": 2,
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_umlauts_come_out_right_however_the_spreadsheet_wrote_them(tmp_path: Path, encoding: str) -> None:
    (team,) = units(table(tmp_path, HEAD, ROW, encoding=encoding))

    assert team["lead"]["name"] == "Frau Müller"


def test_commas_may_part_the_columns(tmp_path: Path) -> None:
    (team,) = units(
        table(tmp_path, "id,name,area,lead_id,lead_name,lead_address", "1,Team 1,a,tl,Leitung,tl@example.org")
    )

    assert (team["id"], team["lead"]["name"], team["staff"]) == ("1", "Leitung", [])


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["id;name", "1;Team"], "area, lead_id"),
        ([HEAD + ";farbe", ROW + ";rot"], "farbe"),
        ([], "id"),
    ],
)
def test_a_table_without_its_columns_says_which(tmp_path: Path, lines: list[str], says: str) -> None:
    with pytest.raises(CsvError, match=says):
        units(table(tmp_path, *lines))


def test_a_missing_file_and_one_that_is_no_table_are_told(tmp_path: Path) -> None:
    with pytest.raises(CsvError, match="nicht lesbar"):
        units(tmp_path / "teams.csv")
    (tmp_path / "teams.csv").write_bytes(b"PK\x03\x04\0\0")
    with pytest.raises(CsvError, match="keine Tabelle"):
        units(tmp_path / "teams.csv")
