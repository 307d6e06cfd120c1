"""What the terminal says of the letters of one pass: a line each kind, with who got it. Pure."""

import itertools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import unescape

from demo.guide import suggestion
from demo.letters import View
from demo.terminal import Line

RECEIPT, DIGEST = "receipt", "digest"
_TOKEN = re.compile(r" \[[A-Z0-9-]+ \w+\]$")
_LISTED = re.compile(r"<h2[^>]*>([^<(]{1,80}?) \((\d+)\)</h2>")
_HINT = re.compile(r"^- („[^\n]{1,200}“)\n\s+([^\n]{1,200})$", re.MULTILINE)
_UNLIKELY = re.compile(r"\(\d %\)$")
_QUOTED_MOST, _SUGGESTED_MOST = 72, 2


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the bot as somebody got it; `name` and `address` are theirs."""

    name: str
    address: str
    view: View


def lines(letters: Iterable[Letter]) -> list[Line]:
    """Letters of one kind and subject are one line, in the order in which they came; receipts only with a hint."""
    found: dict[tuple[str, str], list[Letter]] = {}
    for letter in letters:
        if letter.view.kind != RECEIPT or detail(letter.view):
            found.setdefault((letter.view.kind, _TOKEN.sub("", letter.view.subject)), []).append(letter)
    return [_told(kind, subject, same) for (kind, subject), same in found.items()]


def _told(kind: str, subject: str, same: list[Letter]) -> Line:
    """A digest's subject is but its day."""
    to, heart = ", ".join(x.name for x in same), detail(same[0].view)
    return Line(kind, to, f"Tagesübersicht, {heart}", "") if kind == DIGEST else Line(kind, to, subject, heart)


def detail(mail: View) -> str:
    """The heart of a letter in one line, where its subject does not say it already."""
    read = DETAILS.get(mail.kind)
    return read(mail) if read else ""


def _line(*starts: str) -> Callable[[View], str]:
    """The first line of the letter that begins so."""

    def read(mail: View) -> str:
        found = (line.strip() for line in mail.text.splitlines())
        return next((line for line in found if line.startswith(starts)), "")

    return read


def _below(start: str) -> Callable[[View], str]:
    """The line below the one that begins so."""

    def read(mail: View) -> str:
        found = [line.strip() for line in mail.text.splitlines()]
        return next((below for line, below in itertools.pairwise(found) if line.startswith(start)), "")

    return read


def _suggested(mail: View) -> str:
    """What the subject of a request leaves out: the likelier categories, where the type is unsure that too."""
    shown = [s for s in suggestion(mail.text) if not s.startswith("Art: ") and not _UNLIKELY.search(s)]
    return " · ".join(shown[:_SUGGESTED_MOST])


def _listed(mail: View) -> str:
    """What a digest lists: "Heute fällig: 1, Noch nicht entschieden: 2"."""
    return ", ".join(f"{unescape(title)}: {count}" for title, count in _LISTED.findall(mail.html))


def _hint(mail: View) -> str:
    """The first hint on plain language in a receipt."""
    found = _HINT.search(mail.text)
    if not found:
        return ""
    said = found[1] if len(found[1]) <= _QUOTED_MOST else f"{found[1][:_QUOTED_MOST]} …“"
    return f"Hinweis zur Sprache: {said} {found[2]}"


DETAILS: dict[str, Callable[[View], str]] = {
    "confirmation_request": _suggested,
    "acknowledgement": _line("Sie bekommen eine Antwort bis", "Eine weitere Antwort"),
    "interim_notice": _line("Sie bekommen eine Antwort bis", "Sie bekommen die Antwort bis"),
    "alert": _line("In der Nachricht steht:"),
    "hand_over": _below("Sie bekommen eine Nachricht"),
    "proposal": _line("Vorschlag:"),
    DIGEST: _listed,
    RECEIPT: _hint,
}
