"""The table at the end of the played weeks."""

from collections.abc import Sequence
from datetime import date

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from demo.outcome import Outcome
from notify.kept import Kept
from store.case import State

COLUMNS = ("Vorgang", "Art", "bestätigt", "beantwortet", "Zw.-Info", "Stufe", "Schreiben")
TITLE = "Was aus den drei Wochen wurde"
LEGEND = "✓ in der Frist   ✗ nicht in der Frist   – nicht nötig   Schreiben: alle / nach außen"


def outcome(rows: Sequence[Outcome], today: date) -> Table:
    """A line per Case, below them the sums."""
    table = Table(
        box=SIMPLE_HEAD, title=TITLE, title_style="bold", title_justify="left", collapse_padding=True, pad_edge=False
    )
    for name in COLUMNS:
        table.add_column(name, no_wrap=True)
    for row in rows:
        table.add_row(
            row.id,
            row.what.partition(",")[0],
            _kept(row.acknowledged, today),
            _kept(row.answered, today),
            str(row.interim_notices or "–"),
            str(row.stage or "–"),
            f"{row.letters} / {row.to_citizen}",
        )
    table.add_section()
    table.add_row(*_sums(rows, today), style="bold")
    return table


def _sums(rows: Sequence[Outcome], today: date) -> tuple[str, ...]:
    return (
        f"{sum(r.state is not State.NOT_KRM for r in rows)} Vorgänge",
        f"{sum(r.state is State.OPEN for r in rows)} offen",
        _share([r.acknowledged for r in rows], today),
        _share([r.answered for r in rows], today),
        str(sum(r.interim_notices for r in rows)),
        f"bis {max((r.stage for r in rows), default=0)}",
        f"{sum(r.letters for r in rows)} / {sum(r.to_citizen for r in rows)}",
    )


def _share(kept: Sequence[Kept | None], today: date) -> str:
    owed = [k for k in kept if k]
    return f"{sum(k.held(today) is True for k in owed)} von {len(owed)}"


def _kept(kept: Kept | None, today: date) -> Text:
    """The day it was done, or the day it binds; whether that was in time."""
    if kept is None:
        return Text("–", "dim")
    held = kept.held(today)
    if held is None:
        return Text(f"bis {kept.by:%d.%m.}")
    return Text(f"✓ {kept.on:%d.%m.}", "green") if held else Text(f"✗ {kept.by:%d.%m.}", "red")
