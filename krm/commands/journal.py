"""`krm journal verify`: whether anybody changed, removed or reordered what was noted."""

from datetime import datetime, time

import click

from krm.commands.common import CONFIG, JSON, Fault, Json, example, say
from krm.commands.opening import opened
from notify.deadlines import local_day
from notify.owing import at_local
from store import conditions
from store import journal as stored
from store.database import Database, DatabaseBusy
from store.journal import Broken, Checked


@click.group(epilog=example("krm journal verify"))
def journal() -> None:
    """Find what was changed in the journal, removed or reordered.

    It says who did what and when; each entry is tied to the one before, all of a day to an anchor.
    """


@journal.command(short_help="Find what was changed, removed or cut off.", epilog=example("krm journal verify --json"))
@JSON
@CONFIG
def verify(as_json: bool) -> None:
    """Find a changed, missing or reordered entry, a chain cut at its end, an anchor changed or missing.

    Nothing can show that entries since the newest anchor (last midnight) were cut off at the end. Note the anchor this
    prints somewhere else: whoever rewrites the whole database cannot change your note.
    """
    with opened() as shelf:
        settled = _settled(shelf.database)
        with shelf.database.transaction() as connection:
            found = stored.check(connection, settled)
    if as_json:
        say(_as_json(found))
    else:
        for line in (*map(told, found.broken), _summary(found)):
            say(line)
    if found.broken:
        raise Fault("the journal is not whole")


def _settled(database: Database) -> datetime | None:
    """The midnight before the last pass, which anchored all before it; None while a pass runs."""
    try:
        with database.exclusive(sealing=False), database.transaction() as connection:
            last = conditions.get(connection, conditions.LAST_PASS)
    except DatabaseBusy:
        return None
    return at_local(local_day(last.since), time.min) if last else None


def told(broken: Broken) -> str:
    """A line for people."""
    if broken.chain:
        return f"chain {broken.chain}, position {broken.position}: changed, missing or out of order"
    if broken.missing:
        return f"{broken.day}: an anchor of this day or a later one is missing, maybe entries with it"
    if broken.found != broken.expected:
        return f"anchor {broken.day}: {broken.expected} entries were anchored, {broken.found} are there"
    return f"anchor {broken.day}: it, the anchor before it or an entry between them was changed or is missing"


def _summary(found: Checked) -> str:
    newest = f"{found.newest.day}\n{found.newest.digest}" if found.newest else "none yet"
    whole = "NOT whole" if found.broken else "whole"
    return f"{whole}: entries {found.entries}, chains {found.chains}, anchors {found.anchors}\nnewest anchor: {newest}"


def _as_json(found: Checked) -> Json:
    newest = found.newest
    return {
        "whole": not found.broken,
        "entries": found.entries,
        "chains": found.chains,
        "anchors": found.anchors,
        "newest_anchor": {"day": newest.day.isoformat(), "entries": newest.entries, "digest": newest.digest}
        if newest
        else None,
        "broken": [
            {
                "chain": b.chain or None,
                "position": b.position or None,
                "anchor": b.day.isoformat() if b.day else None,
                "what": told(b),
            }
            for b in found.broken
        ],
    }
