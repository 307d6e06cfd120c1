"""The evaluation's files: few pages, readable by ear, numbers that are numbers, nothing that tells too much."""

import zipfile
from datetime import date
from io import BytesIO
from itertools import pairwise

import pytest
from lxml import etree
from pypdf import PdfReader

from krm.report import Period
from notify import charts
from notify.evaluation import Evaluation, Line, Measure
from notify.report_files import XLSX, files, pictures, shown
from notify.sheets import sheets
from tests.krm.evaluated import NOVEMBER, arrival, busy, evaluation, stock

OFFICE = "Hanse-Jobcenter Rostock"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
BEGAN = date(2025, 10, 1)
MEASURES = tuple(
    Measure(f"Anschreiben Nummer {n} zum Rückruf neu gefasst und geprüft", "Teamleitung Team 515 Eingangszone",
            date(2026, 6, 30), "Maßnahmen zur Aktivierung und beruflichen Eingliederung", 14, 9, "nicht seltener")
    for n in range(12)
)  # fmt: skip


@pytest.fixture(scope="module")
def month() -> Evaluation:
    return evaluation(stock(busy(units=90, each_month=300), began=BEGAN), measures=MEASURES)


@pytest.fixture(scope="module")
def year() -> Evaluation:
    """Of many groups, every one of them with numbers."""
    whole = stock(busy(units=90, each_month=300), Period(date(2026, 1, 1), 12), began=date(2025, 1, 1))
    return evaluation(whole, measures=MEASURES)


@pytest.fixture(scope="module")
def first() -> Evaluation:
    """The first month of an office: three arrivals, nothing before."""
    return evaluation(stock([arrival(date(2026, 11, n)) for n in (2, 3, 4)]), measures=())


def pdf(told: Evaluation, which: int) -> PdfReader:
    return PdfReader(BytesIO(files(told, OFFICE)[which].content))


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_there_are_a_pdf_a_page_and_a_workbook_named_by_their_month(month: Evaluation, year: Evaluation) -> None:
    assert [(f.name, f.type) for f in files(month, OFFICE)] == [
        ("Auswertung-2026-11.pdf", "application/pdf"),
        ("Auswertung-2026-11-Sitzung.pdf", "application/pdf"),
        ("Auswertung-2026-11.xlsx", XLSX),
    ]
    assert files(year, OFFICE)[2].name == "Auswertung-2026.xlsx"


@pytest.mark.parametrize("which", ["month", "year", "first"])
def test_the_evaluation_has_four_pages_at_most_and_the_meeting_one(which: str, request: pytest.FixtureRequest) -> None:
    told: Evaluation = request.getfixturevalue(which)
    assert len(pdf(told, 0).pages) <= 4
    assert len(pdf(told, 1).pages) == 1


@pytest.mark.parametrize("paper", [0, 1])
def test_the_papers_are_tagged_and_their_charts_have_words(month: Evaluation, paper: int) -> None:
    reader = pdf(month, paper)
    catalog = reader.trailer["/Root"]
    told = [e.get_object().get("/Alt") for e in everything(catalog["/StructTreeRoot"])]

    assert catalog["/MarkInfo"]["/Marked"]
    assert str(catalog["/Lang"]).startswith("de")
    assert charts.course_words(month) in told
    assert OFFICE in words(reader)
    assert not {"/CreationDate", "/ModDate"} & set(reader.metadata or {})  # the same figures give the same bytes


def everything(element: object) -> list[object]:
    """The elements of a structure tree."""
    found, waiting = [], [element]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, dict):
            found.append(one)
            kids = one.get("/K", [])
            waiting += kids if isinstance(kids, list) else [kids]
        elif isinstance(one, list):
            waiting += one
    return found


def test_all_figures_of_the_office_stand_on_paper(month: Evaluation) -> None:
    said = words(pdf(month, 0))

    for line in month.counts:
        assert f"{line.name} {line.now} {line.before}" in said
    assert month.reckoned in said
    assert all(sentence in said for sentence in month.noticed)


def test_the_first_month_has_its_papers_too(first: Evaluation) -> None:
    said = words(pdf(first, 0))

    assert "Zu wenige Reaktionen, um sie aufzuteilen." in said
    assert "Beschwerde" not in said, "of three arrivals not even the names of the groups are told"
    assert [name for name, _ in shown(first)] == ["verlauf"]


# --- the workbook ---


def cells(told: Evaluation) -> dict[str, list[list[int | float | str]]]:
    """Every sheet as rows, read from the file: numbers as numbers, words as words."""
    with zipfile.ZipFile(BytesIO(files(told, OFFICE)[2].content)) as book:
        shared = ["".join(t.itertext()) for t in etree.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{MAIN}si")]
        names = [s.get("name") for s in etree.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet")]
        pages = [etree.fromstring(book.read(f"xl/worksheets/sheet{n}.xml")) for n in range(1, len(names) + 1)]
    assert all(page.find(f"{MAIN}autoFilter") is not None for page in pages), "every table can be filtered"

    def value(cell: "etree._Element") -> int | float | str:
        text = cell.findtext(f"{MAIN}v") or ""
        return shared[int(text)] if cell.get("t") == "s" else float(text)

    rows = ([[value(c) for c in row.iter(f"{MAIN}c")] for row in page.iter(f"{MAIN}row")] for page in pages)
    return dict(zip(names, rows, strict=True))


def test_every_table_is_a_sheet_with_real_numbers(month: Evaluation) -> None:
    read = cells(month)

    assert list(read) == [
        *("Überblick", "Fristen", "Monate", "Art", "Kategoriengruppe", "Org.-Einheit", "Kundengruppe", "Form"),
        *("Eingang", "Vorschläge", "Maßnahmen"),
    ]
    for sheet in sheets(month):
        assert [tuple(row) for row in read[sheet.name][1:]] == list(sheet.rows), sheet.name
    assert read["Art"][0] == ["Art", "November 2026", "Ø 12 Monate davor", "Vorjahresmonat", "Anstieg"]


def test_what_is_hidden_is_words_and_nothing_small_is_a_number(month: Evaluation) -> None:
    groups = [row for name in ("Art", "Kategoriengruppe", "Org.-Einheit", "Kundengruppe", "Form")
              for row in cells(month)[name][1:]]  # fmt: skip
    numbers = [cell for row in groups for cell in row[1:4] if isinstance(cell, float)]

    assert numbers
    assert not [n for n in numbers if 0 < n < 5]
    assert any("unter 5" in row for row in groups)


def test_a_cell_that_looks_like_a_formula_is_words(first: Evaluation) -> None:
    nasty = Measure("=1+1", "Teamleitung", date(2026, 6, 30), "Organisation", 14, 9, "")
    told = evaluation(stock([]), measures=(nasty,))

    assert cells(told)["Maßnahmen"][1][0] == "=1+1"


# --- the charts ---


def test_the_charts_are_pictures_and_drawings(month: Evaluation) -> None:
    assert [p.name for p in pictures(month)] == [name for name, _ in shown(month)] == ["verlauf", "gruppen"]
    assert all(p.content.startswith(b"\x89PNG") for p in pictures(month))
    assert charts.course(month, "svg") == charts.course(month, "svg"), "the same figures give the same bytes"
    assert b"<svg" in charts.course(month, "svg")[:800]


def test_the_words_of_a_chart_hold_its_numbers_and_no_hidden_one() -> None:
    told = evaluation(stock(busy(), began=BEGAN))
    group = next(g for g in told.groups if g.title == charts.GROUPS)
    said = charts.bars_words(told)

    for line in group.lines:
        if isinstance(line.now, int):
            assert f"{line.name} {line.now} (Ø 12 Monate davor: {line.before})" in said
    assert f"November 2026: {told.total.now}." in charts.course_words(told)


def luminance(colour: str) -> float:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_series_differ_in_more_than_hue_and_no_words_are_small() -> None:
    """Okabe and Ito's blue and orange also differ in lightness; hatching and form tell them apart in grey."""
    assert all(abs(luminance(a) - luminance(b)) > 0.05 for a, b in pairwise((charts.BLUE, charts.ORANGE, charts.GREY)))
    assert charts.SMALLEST >= 8


def test_groups_without_any_number_are_only_named() -> None:
    line = Line("Sonstiges", "unter 5", "unter 5")
    told = evaluation(stock([arrival(NOVEMBER.first)] * 9, began=BEGAN))
    groups = tuple(g if g.title != charts.GROUPS else type(g)(g.title, (*g.lines, line)) for g in told.groups)
    said = words(pdf(evaluation(stock([]), groups=groups, compared=12), 0))

    assert "Je unter 5: Sonstiges." in said
