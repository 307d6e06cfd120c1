"""The reconciliation of a day: every mail that arrived is counted once, and the sum is the number of arrivals."""

from collections import Counter
from collections.abc import Callable, Sequence

from store.case import Kind, State
from store.fates import Fate
from store.mails import MailState

ROWS: tuple[tuple[str, Callable[[Fate], bool]], ...] = (
    ("noch offen", lambda f: f.state is MailState.NEW),
    ("unlesbar", lambda f: f.state in (MailState.UNREADABLE, MailState.TOO_BIG)),
    ("automatisch", lambda f: f.state is MailState.AUTOMATIC),
    ("in Quarantäne", lambda f: f.state is MailState.QUARANTINE),
    ("mündlich geklärt", lambda f: f.state is MailState.NOTED),
    ("Antworten aus dem Haus", lambda f: not f.kind),
    ("doppelt", lambda f: f.kind == Kind.DUPLICATE),
    ("weitere Nachrichten", lambda f: f.kind == Kind.FOLLOW_UP),
    ("weitergegeben oder kein KRM", lambda f: f.case == State.NOT_KRM),
    ("Vorgänge", lambda f: f.numbered or f.decided),
    ("noch offen", lambda _: True),
)
"""The first that holds counts it; the last always does."""
ONE = {
    "Vorgänge": "Vorgang",
    "weitere Nachrichten": "weitere Nachricht",
    "Antworten aus dem Haus": "Antwort aus dem Haus",
}
ORDER = tuple(dict.fromkeys(("Vorgänge", "weitere Nachrichten", "automatisch", *(name for name, _ in ROWS))))


def counted(fates: Sequence[Fate]) -> tuple[tuple[str, int], ...]:
    """What became of them, in order, without what became of none."""
    found = Counter(next(name for name, holds in ROWS if holds(fate)) for fate in fates)
    return tuple((name, found[name]) for name in ORDER if found[name])


def reckoned(fates: Sequence[Fate]) -> str:
    """`12 eingegangen = 5 Vorgänge + 2 weitere Nachrichten + 4 automatisch + 1 noch offen`; "" where nothing came."""
    parts = [f"{n} {ONE.get(name, name) if n == 1 else name}" for name, n in counted(fates)]
    return f"{len(fates)} eingegangen = {' + '.join(parts)}" if fates else ""
