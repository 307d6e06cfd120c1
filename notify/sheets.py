"""The door to XlsxWriter: the evaluation's tables as a workbook, a sheet a table, numbers as numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO

import xlsxwriter

from notify.evaluation import NONE, Evaluation, Line
from notify.letters import MONTHS

Value = str | int | float
WIDEST = 70  # signs of a column
FORBIDDEN = dict.fromkeys(map(ord, "[]:*?/\\'"), " ")  # in a sheet's name


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table under its name; a cell that is a number is one."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def workbook(told: Evaluation) -> bytes:
    """The same evaluation gives the same bytes."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    made = datetime.combine(told.drawn, time())
    book.set_properties({"title": f"Auswertung {told.named}", "created": made})
    head = book.add_format({"bold": True, "bg_color": "#dce6ee", "bottom": 1, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"valign": "top"})
    for sheet in sheets(told):
        page = book.add_worksheet(sheet.name.translate(FORBIDDEN)[:31])
        page.write_row(0, 0, sheet.head, head)
        for place, row in enumerate(sheet.rows, 1):
            page.write_row(place, 0, row, plain)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.head) - 1)
        for column, width in enumerate(_widths(sheet)):
            page.set_column(column, column, width)
        page.set_landscape()
        page.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def sheets(told: Evaluation) -> tuple[Sheet, ...]:
    """All tables, the overview first."""
    head = ("Kennzahl", told.named, told.compared_words, "Vorjahresmonat", "Anstieg")
    return (
        Sheet("Überblick", head, tuple(_line(line) for line in (told.total, *told.counts))),
        Sheet("Fristen", ("Frist", "eingehalten", "von", "eingehalten davor", "von davor"), tuple(_promises(told))),
        Sheet("Monate", ("Monat", "Jahr", "Erfasste Reaktionen"), tuple(_course(told))),
        *(Sheet(g.title, (g.title, *head[1:]), tuple(map(_line, g.lines))) for g in told.groups),
        Sheet("Eingang", ("Was daraus wurde", "Nachrichten"), told.reckoning),
        Sheet("Vorschläge", ("Vorschläge des Programms", "Anzahl"), tuple(_hits(told))),
        Sheet("Maßnahmen", MEASURES, tuple(_measures(told))),
    )


MEASURES = (
    "Maßnahme",
    "Zuständig",
    "bis",
    "Kategoriengruppe",
    "je Monat davor",
    "je Monat danach",
    "Ergebnis",
)


def _line(line: Line) -> tuple[Value, ...]:
    return line.name, line.now, line.before, line.last_year, line.verdict or NONE


def _promises(told: Evaluation) -> Iterator[tuple[Value, ...]]:
    return ((p.name, p.kept, p.of, p.kept_before, p.of_before) for p in told.promises)


def _course(told: Evaluation) -> Iterator[tuple[Value, ...]]:
    return ((MONTHS[day.month - 1], day.year, n) for day, n in told.course)


def _hits(told: Evaluation) -> Iterator[tuple[Value, ...]]:
    hits = told.hits
    yield "entschieden", hits.of
    yield "Art richtig vorgeschlagen", hits.type_right
    yield "Art und Kategorien unverändert übernommen", hits.unchanged
    yield "zum Vergleich: immer die häufigste Art", hits.ordinary


def _measures(told: Evaluation) -> Iterator[tuple[Value, ...]]:
    for m in told.measures:
        yield m.what or NONE, m.owner, f"{m.until:%d.%m.%Y}", m.group, m.before, m.after, m.verdict or NONE


def _widths(sheet: Sheet) -> Sequence[int]:
    columns = zip(sheet.head, *sheet.rows, strict=True)
    return [min(WIDEST, max(len(str(cell)) for cell in column) + 4) for column in columns]
