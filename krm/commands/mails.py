"""`krm parse`: mails in files, as the bot would read them."""

from pathlib import Path

import click

from ingest import reading
from ingest.message import Message
from krm.commands.common import JSON, MAIL, Fault, Json, example, say, shown
from krm.faults import where

LARGEST = 40 * 1024 * 1024
"""Bytes; the bot's own default is the same."""

PARSER_FAILURE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, AssertionError)
"""What a mail nobody foresaw can cause; it costs this one mail, and the next gets its turn."""

NOTHING: Json = {
    "file": "",
    "subject": "",
    "from": "",
    "to": [],
    "message_id": "",
    "date": None,
    "text": "",
    "new_text": "",
    "attachments": [],
    "automatic": None,
    "forwarded": None,
    "defects": [],
    "unreadable": None,
}
"""The contract's keys, in order, as an unreadable mail has them."""


@click.command(epilog=example("krm parse mail.eml --json"))
@click.argument("files", nargs=-1, required=True, type=MAIL)
@JSON
def parse(files: tuple[Path, ...], as_json: bool) -> None:
    """Read mails from files and show what would be read from the mailbox."""
    for path in files:
        value = parsed(path)
        say(value if as_json else shown(value) + "\n")


def parsed(path: Path) -> Json:
    """One mail; an unreadable one is a result, not a fault. Raises Fault where the file cannot be opened."""
    try:
        return as_json_value(path, read(path))
    except reading.Unreadable as fault:
        return NOTHING | {"file": str(path), "unreadable": str(fault)}


def read(path: Path) -> Message:
    """The mail in a file. Raises Unreadable, and Fault where the file cannot be opened."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as fault:
        raise Fault(f"{path}: {fault.strerror}") from fault
    if len(raw) > LARGEST:
        raise reading.Unreadable(f"larger than {LARGEST} bytes")
    try:
        return reading.read(raw)
    except PARSER_FAILURE as fault:
        raise reading.Unreadable(where(fault)) from fault


def as_json_value(path: Path, m: Message) -> Json:
    forwarded = m.forwarded
    return NOTHING | {
        "file": str(path),
        "subject": m.subject,
        "from": str(m.sender),
        "to": [str(a) for a in m.to],
        "message_id": m.message_id,
        "date": m.date.isoformat() if m.date else None,
        "text": m.text,
        "new_text": m.new_text,
        "attachments": [{"name": a.name, "type": a.type, "size": a.size} for a in m.attachments],
        "automatic": m.automatic.value if m.automatic else None,
        "forwarded": forwarded and {"from": str(forwarded.sender), "date": forwarded.date, "text": forwarded.text},
        "defects": list(m.defects),
    }
