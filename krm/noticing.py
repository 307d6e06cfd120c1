"""What a month's figures say in a few sentences: what rose, what was late. Pure; plain German."""

from collections.abc import Iterator
from dataclasses import replace

from notify.evaluation import BEYOND, HIDDEN, PERHAPS, Evaluation, Line, Promise

LATE = {"Rechtzeitig bestätigt": "Eingangsbestätigung", "Rechtzeitig beantwortet oder abgeschlossen": "Antwort"}
FIRST = "Es gibt noch keine ganzen Monate davor, mit denen sich vergleichen lässt."
FIRST_YEAR = "Es gibt noch kein ganzes Jahr davor, mit dem sich vergleichen lässt."
MOST_SAID = 5
NOTHING_ROSE = "Keine Gruppe ist so gestiegen, dass es mehr als Zufall wäre."


def noticed(told: Evaluation) -> Evaluation:
    """The evaluation with its sentences."""
    return replace(told, noticed=tuple(_sentences(told)))


def _sentences(told: Evaluation) -> Iterator[str]:
    if told.to_come:
        yield told.to_come
    if not told.compared:
        yield FIRST if told.months == 1 else FIRST_YEAR
    else:
        yield from _rises(told)
    yield from (_late(p) for p in told.promises if p.kept < p.of)
    if any(p.of for p in told.promises) and all(p.kept == p.of for p in told.promises):
        yield "Alle Fristen wurden eingehalten."


def _rises(told: Evaluation) -> Iterator[str]:
    rows = [(told.total, ""), *((line, group.title) for group in told.groups for line in group.lines)]
    usual = "{} im Jahr davor" if told.months > 1 else "im Mittel {}" if told.compared > 1 else "{} im Monat davor"
    beyond = [_rise(line, title, usual) for line, title in rows if line.verdict == BEYOND]
    perhaps = sum(line.verdict == PERHAPS for line, title in rows if title)
    yield from beyond[:MOST_SAID]
    if (more := len(beyond) - MOST_SAID) > 0:
        yield (
            "Ein weiterer Anstieg ist mehr als Zufall, siehe Tabellen."
            if more == 1
            else (f"{more} weitere Anstiege sind mehr als Zufall, siehe Tabellen.")
        )
    if not beyond:
        yield NOTHING_ROSE
    if perhaps:
        yield (
            f"{'Ein weiterer' if beyond else 'Ein'} Anstieg kann Zufall sein."
            if perhaps == 1
            else (f"{perhaps} {'weitere' if beyond else 'kleinere'} Anstiege können Zufall sein.")
        )


def _rise(line: Line, title: str, usual: str) -> str:
    where = f"{title} „{line.name}“" if title else line.name
    than = "" if line.before == HIDDEN else f" statt {usual.format(line.before)}"
    return f"{where}: {line.now}{than} – {BEYOND}."


def _late(promise: Promise) -> str:
    late, what = promise.of - promise.kept, LATE[promise.name]
    return f"1 {what} kam zu spät." if late == 1 else f"{late} {what}{'en'} kamen zu spät."
