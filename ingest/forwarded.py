"""The citizen's mail inside a colleague's forward: under a line of the mail program's, or attached."""

import re
from dataclasses import dataclass

from ingest.charsets import line as one_line
from ingest.message import Address, Forwarded
from ingest.parser import mailboxes_of
from ingest.quotes import HEADERS, SEPARATORS, any_of
from ingest.subjects import is_forward, is_reply

MAX_OWN_TEXT = 300
"""Characters somebody may write beside an attached mail without a forwarding subject: more is a letter of their own."""

# Lines only a forward has, by program and language.
_MARKERS = re.compile(
    r"(?:-{2,20} ?(?:Weitergeleitete Nachricht|Forwarded [Mm]essage|Message transféré|Message transmis"
    r"|Doorgestuurd bericht|Messaggio (?:inoltrato|Inoltrato)|"
    r"(?:Treść przekazanej wiadomości|Przekazana wiadomość|Wiadomość przekazana)"
    r"|(?:Пересылаемое|Перенаправленное|Пересланное) сообщение|(?:Переслане|Перенаправлене) повідомлення"
    r"|(?:İletilen|Yönlendirilmiş) (?:ileti|mesaj|İleti)) ?-{2,20}"
    r"|Anfang der weitergeleiteten (?:Nachricht|E-Mail):|Begin forwarded message:"
    r"|Début du message (?:transféré|réexpédié) ?:|Begin doorgestuurd bericht:|Inizio messaggio inoltrato:"
    r"|Początek przekazywanej wiadomości:"
    r"|Начало переадресованного сообщения:|Початок листа, який пересилається:|İleti(?:len)? başlangıcı:)"
)
_SEPARATOR = re.compile(any_of(SEPARATORS))
_MAILTO = re.compile(r"\[mailto:([^\s\[\]]{1,320})\]|\(mailto:([^\s()]{1,320})\)", re.IGNORECASE)
_LABEL = re.compile(r"[\s*_]{0,6}([^\W\d_][\w. -]{0,25}?)[ \t]{0,4}[*_]{0,2}[ \t]{0,4}:[ \t*_]{0,6}(.{0,1000})")
_LABELS = {
    label.casefold(): role
    for headers in HEADERS
    for role in ("sender", "sent", "recipient", "subject")
    for label in getattr(headers, role)
} | dict.fromkeys(("cc", "kopie", "bcc", "antwort an", "reply-to", "wichtigkeit", "importance", "anlagen"), "other")
_MAX_GAP = 2
_MAX_HEAD = 100


@dataclass(frozen=True, slots=True)
class _Head:
    """A header block in the text: whose mail, when, whether it says more, and the line behind it."""

    sender: str
    sent: str
    more: bool
    end: int


def inline(subject: str, text: str) -> Forwarded | None:
    """The mail forwarded inside the text, if the subject or a forwarding line says that it is one.

    A reply that quotes a forward is none: there the marks stand in what is quoted.
    """
    by_subject = is_forward(subject)
    if is_reply(subject) or not (by_subject or _MARKERS.search(text)):
        return None
    lines = [_unquoted(line) for line in text.split("\n")]
    at = 0
    while at < len(lines):
        marked = _is_mark(lines[at], by_subject)
        if marked or (by_subject and _role(lines[at])[0]):
            head = _head(lines, at + marked)
            if head.sender and (head.sent or head.more):
                return Forwarded(_address(head.sender), one_line(head.sent), _rest(text, head.end))
            at = max(head.end, at + 1)
        else:
            at += 1
    return None


def _is_mark(line: str, by_subject: bool) -> bool:
    """A line of the mail program's; one that replies have too counts under a forwarding subject only."""
    return bool(_MARKERS.match(line) or (by_subject and _SEPARATOR.match(line)))


def attached(subject: str, text: str, sender: Address, sent: str, inner: str) -> Forwarded | None:
    """The mail attached to a forward: its sender, date and text as read from it."""
    if not is_forward(subject) and (is_reply(subject) or len(text.strip()) > MAX_OWN_TEXT):
        return None
    return Forwarded(sender, sent, inner)


def _head(lines: list[str], start: int) -> _Head:
    """The labelled lines from `start` on, a few blank ones before them. A sender and another line make it a head."""
    at = next((n for n in range(start, min(start + _MAX_GAP + 1, len(lines))) if lines[n].strip()), start)
    roles: dict[str, str] = {}
    last = ""
    while at < min(len(lines), start + _MAX_HEAD):
        role, value = _role(lines[at])
        if role:
            roles.setdefault(role, value)
        elif not (last in ("recipient", "other") and lines[at].strip()):
            break  # only a long list of recipients goes on in the next line
        last, at = role or last, at + 1
    more = bool(roles.keys() & {"subject", "recipient"})
    return _Head(roles.get("sender", ""), roles.get("sent", ""), more, at)


def _role(line: str) -> tuple[str, str]:
    match = _LABEL.match(line)
    role = _LABELS.get(" ".join(match[1].casefold().split()), "") if match else ""
    return role, match[2].strip(" \t*_") if match and role else ""


def _address(value: str) -> Address:
    """The first mailbox; a name alone where the program wrote no address."""
    value = one_line(_MAILTO.sub(lambda found: f"<{found[1] or found[2]}>", value))
    found = next((mailbox for mailbox in mailboxes_of(value) if mailbox.address), None)
    if found is None and value.endswith(">") and "<" in value:
        found = next((box for box in mailboxes_of(value[value.rindex("<") :]) if box.address), None)
        found = found and Address(value[: value.rindex("<")].strip(' "'), found.address)
    return found or Address(value.strip(' "'), "")


def _unquoted(line: str) -> str:
    return line.lstrip("> \t") if line.lstrip().startswith(">") else line


def _rest(text: str, start: int) -> str:
    """What stands below the head; where all of it was quoted, one level of quoting is taken off."""
    lines = text.split("\n")[start:]
    if all(line.lstrip().startswith(">") for line in lines if line.strip()):
        lines = [line.lstrip().removeprefix(">").removeprefix(" ") for line in lines]
    return "\n".join(lines).strip("\n")
