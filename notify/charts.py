"""The door to matplotlib: the evaluation's two charts as SVG or PNG, and in words for whoever does not see them.

Colours are Okabe and Ito's, apart for every kind of sight, and each series has its own form as well. Loaded where a
chart is drawn: it takes half a second.
"""

import textwrap
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, Literal

from notify.evaluation import Cell, Evaluation, Group, Line
from notify.letters import MONTHS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BLUE, ORANGE, GREY, INK = "#0072B2", "#D55E00", "#999999", "#17222d"
SMALLEST = 8.5  # points
INCHES = 6.6
MOST_BARS = 12
LABEL = 34  # signs a line
SETTINGS: Any = {
    "font.family": "DejaVu Sans",
    "font.size": SMALLEST,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.hashsalt": "krm",  # the same figures give the same bytes
}
GROUPS = "Kategoriengruppe"

Form = Literal["svg", "png"]


def course(told: Evaluation, form: Form) -> bytes:
    """Arrivals month by month; this period and the same month last year are marked."""
    return _drawn(partial(_course, told), 2.2, form)


def course_words(told: Evaluation) -> str:
    """What that chart shows."""
    months = ", ".join(f"{MONTHS[day.month - 1]} {day.year}: {n}" for day, n in told.course)
    return f"Liniendiagramm: erfasste Reaktionen je Monat. {months}."


def bars(told: Evaluation, form: Form) -> bytes | None:
    """The category groups of this period beside the mean of those before; None where no group may be shown."""
    group = _categories(told)
    if group is None:
        return None
    rows = _barred(group)
    lines = sum(len(_wrapped(row.name)) for row in rows)
    return _drawn(partial(_bars, told, group), 0.65 + 0.16 * max(lines, 2 * len(rows)), form)


def bars_words(told: Evaluation) -> str:
    group = _categories(told)
    if group is None:
        return ""
    before = f" ({told.compared_words}: {{}})" if told.compared else "{}"
    rows = (f"{r.name} {r.now}{before.format(r.before if told.compared else '')}" for r in _barred(group))
    return f"Balkendiagramm: Kategoriengruppen im Zeitraum {told.named}. {', '.join(rows)}."


def _categories(told: Evaluation) -> Group | None:
    found = next((g for g in told.groups if g.title == GROUPS), None)
    return found if found and any(isinstance(line.now, int) and line.now for line in found.lines) else None


def _barred(group: Group) -> Sequence[Line]:
    """Groups with a number of either kind."""
    return [line for line in group.lines if isinstance(line.now, int) or isinstance(line.before, int)][:MOST_BARS]


def _course(told: Evaluation, axes: "Axes") -> None:
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    counts = [n for _, n in told.course]
    places = range(len(counts))
    axes.plot(places, counts, color=BLUE, linewidth=2, marker="o", markersize=4)
    axes.set_xticks(
        list(places), [_month(day, first=n == 0, all_=len(counts) <= 13) for n, (day, _) in enumerate(told.course)]
    )
    axes.set_ylim(0, max([*counts, 4]) * 1.22)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.grid(axis="y", color="#e3e7ea", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_title("Erfasste Reaktionen je Monat", loc="left", fontsize=10, fontweight="bold")
    if told.months > 1 or not counts:
        return
    year_before = date(told.first.year - 1, told.first.month, 1)
    marked = [(n, day) for n, (day, _) in enumerate(told.course) if day in (year_before, told.first)]
    for place, day in marked:
        last = day == told.first
        axes.plot([place], [counts[place]], "o" if last else "D", color=BLUE if last else ORANGE, markersize=8)
        words = str(counts[place]) if last else f"{counts[place]} im Vorjahr"
        falls = last or counts[place + 1] < counts[place]  # the words stand where the line does not go
        axes.annotate(
            words,
            (place, counts[place]),
            xytext=(0 if last else 4, 8 if falls else -15),
            textcoords="offset points",
            ha="center" if last else "left",
            fontsize=SMALLEST + 0.5,
            fontweight="bold",
            color=INK,
        )


def _month(day: date, *, first: bool, all_: bool) -> str:
    """Of many months each third has its name, the first and each January their year."""
    name = MONTHS[day.month - 1][:3]
    if first or day.month == 1:
        return f"{name}\n{day.year}"
    return name if all_ or day.month % 3 == 1 else ""


def _bars(told: Evaluation, group: Group, axes: "Axes") -> None:
    rows = _barred(group)
    places = list(range(len(rows)))
    high = 0.36 if told.compared else 0.6
    shift = high / 2 if told.compared else 0
    axes.barh([p - shift for p in places], [_size(r.now) for r in rows], high, color=BLUE, label=told.named)
    if told.compared:
        sizes = [_size(r.before) for r in rows]
        ghost: Any = {"color": "#f3c9a8", "edgecolor": ORANGE, "hatch": "////", "linewidth": 0.8}
        axes.barh([p + shift for p in places], sizes, high, label=told.compared_words, **ghost)
    widest = max([_size(c) for r in rows for c in (r.now, r.before)], default=1) or 1
    for place, row in zip(places, rows, strict=True):
        _labelled(axes, place - shift, row.now, widest, bold=True)
        if told.compared:
            _labelled(axes, place + shift, row.before, widest)
    axes.set_yticks(places, ["\n".join(_wrapped(row.name)) for row in rows])
    axes.invert_yaxis()
    axes.set_xlim(0, widest * 1.14)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.set_title("Kategoriengruppen", loc="left", fontsize=10, fontweight="bold")
    if told.compared:
        axes.legend(loc="lower right", frameon=False, fontsize=SMALLEST)


def _labelled(axes: "Axes", place: float, cell: Cell, widest: float, *, bold: bool = False) -> None:
    axes.text(
        _size(cell) + widest * 0.012,
        place,
        str(cell),
        va="center",
        fontsize=SMALLEST,
        fontweight="bold" if bold else "normal",
        color=INK,
    )


def _size(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _wrapped(name: str) -> Sequence[str]:
    """In lines of about the same length."""
    lines = ceil(len(name) / LABEL)
    return textwrap.wrap(name, max(len(name) // max(lines, 1) + 6, LABEL // 2), break_long_words=False) or [""]


def _drawn(draw: Callable[["Axes"], None], height: float, form: Form) -> bytes:
    """No display is needed: the figure is drawn by the back end that its form asks for."""
    import matplotlib as mpl  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    with mpl.rc_context(SETTINGS):
        figure: Figure = Figure(figsize=(INCHES, height), layout="constrained")
        draw(figure.add_subplot())
        out = BytesIO()
        figure.savefig(out, format=form, dpi=200, metadata={"Date": None} if form == "svg" else None)
    return out.getvalue()
