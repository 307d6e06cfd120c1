"""What `krm evaluate` tells people: every figure with its interval, then the groups of mails side by side."""

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from classify.bootstrap import Interval
from classify.quality import Flag, Group, Report

Row = tuple[str, ...]

NOTHING = "–"
"""Where there was nothing to count."""

HEAD = ("figure", "value", "95 % interval", "of")
GROUPED = ("mails", "type", "95 %", "in 3", "95 %", "in 8", "remedy", "danger", "need")
LEGEND = """\
By words of the body and by language: accuracy of the type, first category
among the best 3 and 8, recall of legal remedies, danger and need."""


def told(report: Report) -> str:
    """Three tables."""
    return "\n\n".join(
        (
            f"Mails: {report.examples}",
            table([HEAD, *_whole(report)]),
            LEGEND,
            table([("words", *GROUPED), *_parts(report.by_length)]),
            table([("language", *GROUPED), *_parts(report.by_language)]),
        )
    )


def table(rows: Sequence[Row]) -> str:
    """Columns side by side, the first to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(_cells(row, widths)).rstrip() for row in rows)


def _cells(row: Row, widths: Sequence[int]) -> Iterator[str]:
    first, *others = zip(row, widths, strict=True)
    yield first[0].ljust(first[1])
    yield from (cell.rjust(width) for cell, width in others)


def _whole(report: Report) -> Iterator[Row]:
    for name, interval in report.intervals.items():
        value = attrgetter(name)(report) if interval else None
        yield name, _number(value, 3), _between(interval, 3), _of(name, report)


def _of(name: str, report: Report) -> str:
    """How many mails a flag's figure counts: few of them say little."""
    flag, _, what = name.partition(".")
    found = getattr(report, flag)
    if not isinstance(found, Flag):
        return ""
    return str(found.yes if what == "recall" else found.no)


def _parts(groups: Mapping[str, Group]) -> Iterator[Row]:
    for name, group in groups.items():
        yield (
            name or NOTHING,
            str(group.n),
            _number(group.type_accuracy),
            _between(group.intervals["type_accuracy"]),
            _number(group.first_in_3),
            _between(group.intervals["first_in_3"]),
            _number(group.first_in_8),
            _number(group.remedy_recall),
            _number(group.danger_recall),
            _number(group.need_recall),
        )


def _number(value: float | None, places: int = 2) -> str:
    return NOTHING if value is None else f"{value:.{places}f}"


def _between(interval: Interval | None, places: int = 2) -> str:
    return "–".join(_number(end, places) for end in interval) if interval else NOTHING
