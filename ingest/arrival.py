"""When the house first took a mail that a colleague passes on: by its own Received lines (rules.md, Time 1)."""

import ipaddress
import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

from ingest.message import Message

MAX_LINE = 4_000
"""Characters of one Received line that are read; a longer one proves nothing."""
MAX_AGE = timedelta(days=731)
"""So long before the mail that brought it: an older date is a clock that was wrong, or for people to decide."""
SKEW = timedelta(minutes=10)
"""So far the clocks of the house's servers may differ."""

_QUOTED = re.compile(r'"(?:[^"\\]|\\.){0,1000}"')
_HOST = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,10}\.[a-z][a-z0-9-]{1,62}")
_IP = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}")
_NETWORKS = (  # loopback, RFC 1918, RFC 3927; RFC 4291 2.5.3, RFC 4193, RFC 4291 2.5.6
    *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"),
    *("::1/128", "fc00::/7", "fe80::/10"),
)
_INSIDE = tuple(ipaddress.ip_network(network) for network in _NETWORKS)
_LOCAL = frozenset({"localhost", "localhost.localdomain"})
# RFC 5322 4.3, and the names German servers write. A date with any other name is none: it may be off by half a day.
_ZONES = {"UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WEZ": 0, "MEZ": 1, "CET": 1, "MESZ": 2, "CEST": 2}
_OFFSET = re.compile(r"[+-](\d\d)([0-5]\d)")
_MOST_HOURS = 14


def first_in_house(message: Message, forwarded_received: tuple[str, ...], servers: frozenset[str]) -> datetime | None:
    """The moment (UTC) at which one of `servers` (host names, lower case) first took the attached mail; None unproven.

    `forwarded_received` are the attached mail's own Received fields, newest first. They are followed from the top while
    one of ours took the mail over from one of ours; the last of them counts. A field below may be anybody's, whatever
    name stands in it. Nothing later than the mail that brought it is believed, nor anything years before it.
    """
    ours = frozenset(name.lower() for name in servers)
    entrance = ""
    for line in forwarded_received:
        taken_from, taken_by = _hosts(line)
        if taken_by not in ours:
            break
        entrance = line
        if taken_from and not _is_ours(taken_from, ours):
            break
    arrived, brought = _date(entrance), _brought(message, ours)
    if arrived is None or brought is None:
        return None
    return arrived if brought - MAX_AGE <= arrived <= brought + SKEW else None


def _brought(message: Message, servers: frozenset[str]) -> datetime | None:
    """When the mail that carries the other came: by our servers, else by its own date."""
    ours = (_date(line) for line in message.received if _hosts(line)[1] in servers)
    stated = message.date.astimezone(UTC) if message.date else None
    return next((date for date in ours if date), stated)


def _hosts(line: str) -> tuple[str, str]:
    """What stands behind "from" (with the server's own findings in brackets) and the host behind "by"; "" if none.

    RFC 5321 4.4: `from` and `by` open the field in this order. Words in brackets and quotes are no part of that order.
    """
    if len(line) > MAX_LINE:
        return "", ""
    line = f" {' '.join(line.lower().split())} "
    order = _bare(line)
    words = order.split()
    if words[:1] not in (["from"], ["by"]) or "by" not in words[:6]:
        return "", ""
    at = order.index(" by ")
    host = next(iter(order[at + 4 :].split()), "").rstrip(";.")
    return line[:at].strip().removeprefix("from").strip(), host


def _is_ours(taken_from: str, servers: frozenset[str]) -> bool:
    """Whether one of ours handed it on.

    The first name is what the other side calls itself, the brackets say who it was: a host there that is not ours
    refutes it, and so does an address of the open internet without a name.
    """
    claimed, _, found = taken_from.partition("(")
    found = found.replace("ipv6:", "")
    names = _HOST.findall(found)
    said = next(iter(claimed.split()), "").strip("[].,;").removeprefix("ipv6:")
    known = all(name in servers or name in _LOCAL for name in names) and (
        said in servers or said in _LOCAL or _is_inside(said)
    )
    return known and (bool(names) or all(_is_inside(address) for address in _IP.findall(found)))


def _is_inside(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in _INSIDE)


def _bare(line: str) -> str:
    """As long as the line, with blanks for what stands in quotes and brackets."""
    return _without_comments(_QUOTED.sub(lambda quoted: " " * len(quoted[0]), line))


def _without_comments(text: str) -> str:
    """RFC 5322 3.2.2: comments nest, and a backslash takes the meaning from the next sign. An open one has no end."""
    kept: list[str] = []
    depth, escaped = 0, False
    for sign in text:
        escaped, plain = sign == "\\" and not escaped, not escaped
        depth += plain * ((sign == "(") - (sign == ")" and depth > 0))
        kept.append(" " if depth or sign in ")\\" else sign)
    return "".join(kept)


def _date(line: str) -> datetime | None:
    """The date behind the last semicolon, in UTC; None where it is missing, impossible or of an unknown zone."""
    if len(line) > MAX_LINE:
        return None
    _, semicolon, stated = _bare(line).rpartition(";")
    words = stated.split()
    zone = _zone(words[-1]) if semicolon and words else None
    read = parsedate_tz(" ".join((*words[:-1], "+0000"))) if zone is not None else None
    if zone is None or read is None:
        return None
    try:
        return datetime(*read[:6], tzinfo=timezone(zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(word: str) -> timedelta | None:
    """What a zone adds to UTC (RFC 5322 3.3, 4.3)."""
    if word.upper() in _ZONES:
        return timedelta(hours=_ZONES[word.upper()])
    offset = _OFFSET.fullmatch(word)
    if offset is None or int(offset[1]) > _MOST_HOURS:
        return None
    size = timedelta(hours=int(offset[1]), minutes=int(offset[2]))
    return -size if word.startswith("-") else size
