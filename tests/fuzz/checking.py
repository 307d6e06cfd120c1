"""What must hold of whatever `reading.read` gives: the docstring of Message, and that it can be stored."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC

from ingest.attachments import MAX_NAME
from ingest.cutting import plain
from ingest.message import Forwarded, Message
from tests.ingest.test_eml import dirt


def broken(message: Message) -> list[str]:
    """The names of what does not hold."""
    return [*(name for name, holds in RULES if not holds(message)), *(f"unclean: {x}" for x in dirt(message))]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, (tuple, list)):
        for inner in value:
            yield from _strings(inner)


def _storable(message: Message) -> bool:
    """PostgreSQL's text takes no NUL, UTF-8 knows no surrogates."""
    return not any(sign == "\0" or "\ud800" <= sign <= "\udfff" for text in _strings(asdict(message)) for sign in text)


def _chain(message: Message) -> tuple[Forwarded, ...]:
    return (message.forwarded, *message.forwarded.deeper) if message.forwarded else ()


def _ids(message: Message) -> tuple[str, ...]:
    return (message.message_id, *message.in_reply_to, *message.references)


def _words(text: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in text).split()


RULES: tuple[tuple[str, Callable[[Message], bool]], ...] = (
    ("storable", _storable),
    ("an aware date or none", lambda m: m.date is None or m.date.astimezone(UTC).year > 0),
    ("ids without brackets", lambda m: not any(set(i) & set("<>\n ") for i in _ids(m))),
    ("addresses in lower case", lambda m: all(a.address == a.address.lower() for a in (*m.senders, *m.to, *m.cc))),
    ("no address is named or known in vain", lambda m: all(a.name or a.address for a in (*m.senders, *m.to, *m.cc))),
    ("new text is the text's own", lambda m: set(_words(plain(m.new_text))) <= set(_words(plain(m.text)))),
    (
        "names without a path",
        lambda m: not any(set(a.name) & set("/\\") or a.name in ("", ".", "..") for a in m.attachments),
    ),
    ("names within the limit", lambda m: all(0 < len(a.name) <= MAX_NAME and a.size >= 0 for a in m.attachments)),
    ("a forward is one level deep", lambda m: all(f.deeper == () for f in _chain(m)[1:])),
    ("a forward has a sender", lambda m: all(f.sender.name or f.sender.address for f in _chain(m))),
)
