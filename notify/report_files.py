"""The evaluation's files: a tagged PDF, a page for the management meeting, a workbook, and its charts as pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from notify import charts
from notify.composing import Enclosure
from notify.evaluation import FEW, Cell, Evaluation, Group, Line, Measure
from notify.letters import long_day

MOST_LINES, MOST_NAMES, MOST_MEASURES = 18, 24, 8  # on paper; the workbook has all of them
LONGEST = 160  # signs of a measure on paper
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def names(told: Evaluation) -> tuple[str, str, str]:
    """Of PDF, page and workbook."""
    return f"Auswertung-{told.key}.pdf", f"Auswertung-{told.key}-Sitzung.pdf", f"Auswertung-{told.key}.xlsx"


@lru_cache(maxsize=4)
def files(told: Evaluation, office: str) -> tuple[Enclosure, ...]:
    """PDF, page and workbook; several people get the same. Raises papers.BrokenPaper."""
    from notify import papers, sheets  # noqa: PLC0415 - what makes a PDF or a workbook is loaded where one is made

    words = _told(told, office)
    whole, page, book = names(told)
    return (
        Enclosure(whole, PDF, papers.pdf("report", words)),
        Enclosure(page, PDF, papers.pdf("meeting", words)),
        Enclosure(book, XLSX, sheets.workbook(told)),
    )


@lru_cache(maxsize=4)
def pictures(told: Evaluation) -> tuple[Enclosure, ...]:
    """The charts for the mail; their names are what the letter calls them by."""
    drawn = (("verlauf", charts.course(told, "png")), ("gruppen", charts.bars(told, "png")))
    return tuple(Enclosure(name, "image/png", content) for name, content in drawn if content)


def shown(told: Evaluation) -> Iterator[tuple[str, str]]:
    """(name, what it shows) of the same pictures, without drawing them."""
    yield "verlauf", charts.course_words(told)
    if words := charts.bars_words(told):
        yield "gruppen", words


def _told(told: Evaluation, office: str) -> dict[str, Any]:
    drawn = (
        (charts.course(told, "svg"), charts.course_words(told)),
        (charts.bars(told, "svg"), charts.bars_words(told)),
    )
    largest = next(g for g in told.groups if g.title == charts.GROUPS)
    return {
        "office": office,
        "named": told.named,
        "drawn": long_day(told.drawn),
        "compared": told.compared_words,
        "year_before": "Vorjahresmonat" if told.months == 1 else "",
        "total": _line(told.total),
        "noticed": list(told.noticed),
        "charts": [{"svg": svg.decode(), "alt": alt} for svg, alt in drawn if svg],
        "groups": [_group(g) for g in told.groups],
        "largest": [_line(x) for x in largest.lines if isinstance(x.now, int)][:5],
        "promises": [[p.name, p.words, p.words_before] for p in told.promises],
        "counts": [[c.name, str(c.now), str(c.before)] for c in told.counts],
        "reckoned": told.reckoned,
        "hits": hits_words(told),
        "measures": [_measure(m) for m in told.measures[-MOST_MEASURES:]],
        "more_measures": max(len(told.measures) - MOST_MEASURES, 0),
    }


def _measure(measure: Measure) -> dict[str, str]:
    told = {name: str(value) for name, value in asdict(measure).items()}
    what = measure.what if len(measure.what) <= LONGEST else f"{measure.what[:LONGEST].rstrip()} …"
    return told | {"what": what, "until": f"{measure.until:%d.%m.%Y}"}


def _group(group: Group) -> dict[str, Any]:
    """Groups without any number stand in one line beneath the table."""
    bare = [x for x in group.lines if not isinstance(x.now, int) and not isinstance(x.before, int)]
    lines = [x for x in group.lines if x not in bare]
    return {
        "title": group.title,
        "lines": [_line(x) for x in lines[:MOST_LINES]],
        "more": max(len(lines) - MOST_LINES, 0),
        "few": _named([x.name for x in bare if x.now == FEW]),
        "hidden": _named([x.name for x in bare if x.now != FEW]),
    }


def _named(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMES
    return "; ".join(names[:MOST_NAMES]) + (f" und {more} weitere" if more > 0 else "")


def _line(line: Line) -> dict[str, str]:
    return {
        "name": line.name,
        "now": _plain(line.now),
        "before": _plain(line.before),
        "last_year": _plain(line.last_year),
        "verdict": line.verdict,
    }


def _plain(cell: Cell) -> str:
    return str(cell)


def hits_words(told: Evaluation) -> str:
    """How well the program suggested, in a sentence."""
    hits = told.hits
    if not hits.of:
        return "Es gibt noch keine entschiedenen Vorschläge."
    said = [f"Das Programm hat die Art in {hits.type_right} von {hits.of} Fällen richtig vorgeschlagen."]
    if isinstance(hits.ordinary, int):
        said.append(f"Immer die häufigste Art zu nennen, wäre {hits.ordinary} Mal richtig gewesen.")
    said.append(f"In {hits.unchanged} Fällen blieb der ganze Vorschlag, wie er war.")
    return " ".join(said)
