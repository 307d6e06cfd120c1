"""`mailto:` links that open a finished reply: token in the subject, body in ASCII (RFC 6068)."""

from dataclasses import replace
from functools import lru_cache
from urllib.parse import quote

from notify.pieces import Button

LONGEST = 1_800  # Outlook opens no longer link
ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "–": "-", "…": ""})


def tag(subject_id: str, token: str) -> str:
    """What a subject carries, so that a button's new mail answers ours: `[KRM-2026-0042 k7q2…]`."""
    return f"[{subject_id} {token}]"


def mailto(address: str, subject: str, body: str) -> str:
    """The link. Raises ValueError where it would be longer than mail programs open."""
    lines = "\r\n".join(body.splitlines())
    link = f"mailto:{quote(address, safe='@')}?subject={_escaped(subject)}&body={_escaped(lines)}"
    if len(link) >= LONGEST:
        raise ValueError("the button's link is too long")
    return link


@lru_cache(maxsize=256)
def _escaped(words: str) -> str:
    """The same few bodies stand in every request."""
    return quote(words.translate(ASCII).encode("ascii", "ignore").decode(), safe="")


def button(label: str, to: str, subject: str, body: str, *, primary: bool = False) -> Button:
    return Button(label, mailto(to, subject, body), primary, "" if "\n" in body else body)


def opened(label: str, to: str, subject: str, body: str, *, primary: bool = False) -> Button:
    """A button whose reply people finish themselves where its label ends with "…": then no line is shown for it."""
    made = button(label, to, subject, body, primary=primary)
    return replace(made, words="") if label.endswith("…") else made
