"""The citizen's mail inside a colleague's forward: under a line of the mail program's, or attached."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from email.message import Message as Tree

from ingest import attachments, limits, parser
from ingest.charsets import line as one_line
from ingest.forward_marks import FORWARD_ENDS, FORWARDS, OTHER_LABELS
from ingest.headers import lenient_base64
from ingest.message import Address, Forwarded
from ingest.newtext import new_text
from ingest.quotes import HEADERS, RULE, SEPARATORS, any_of
from ingest.subjects import is_forward, is_reply

MAX_OWN_TEXT = 300
"""Characters somebody may write beside an attached mail without a forwarding subject: more is a letter of their own."""
MAX_DEPTH = 8
"""So many mails inside one another are told apart."""

_MARKERS = re.compile(any_of(FORWARDS))
_SEPARATOR = re.compile(any_of(SEPARATORS))
_END = re.compile(any_of(FORWARD_ENDS))
_LABEL = re.compile(r"[\s*_]{0,12}([^\W\d_][\w. ()-]{0,25}?)[ \t]{0,4}[*_]{0,2}[ \t]{0,4}:[ \t*_]{0,20}(.{0,1000})")
_LABELS = {
    label.casefold(): role
    for headers in HEADERS
    for role in ("sender", "sent", "recipient", "subject")
    for label in getattr(headers, role)
} | dict.fromkeys(OTHER_LABELS, "other")
_MAX_GAP = 2
_MAX_HEAD = 100

_LINKED = re.compile(r"(?<=[\w>])<mailto:[^<>]{1,320}>", re.IGNORECASE)  # "a@b<mailto:a@b>": Outlook's link beside it
_MAILTO = re.compile(r"[\[(<]mailto:([^\s\[\]()<>]{1,320})[\])>]", re.IGNORECASE)
_BRACKETED = re.compile(r"([^<>()]{0,200})[<(]\s?([^\s<>()@]{1,64}@[^\s<>()@]{1,255})\s?[>)]")
_BARE = re.compile(r"[^\s<>()@,;:\"]{1,64}@[^\s<>()@,;:\"]{1,255}\.[^\W\d_]{2,24}")
_ON_BEHALF = re.compile(r".{0,200};? ?\b(?:im Auftrag von|on behalf of);? ?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Head:
    """A header block in the text: whose mail, when, about what, whether it says more, and the line behind it."""

    sender: str
    sent: str
    subject: str
    more: bool
    end: int


def inline(subject: str, text: str) -> Forwarded | None:
    """The mail forwarded inside the text, if the subject or a forwarding line says that it is one.

    A reply that quotes a forward is none: there the marks stand in what is quoted. Inside a forward, though, every
    mail counts as `deeper`: colleagues answer each other before they pass something on.
    """
    by_subject = is_forward(subject)
    if is_reply(subject) or not (by_subject or _MARKERS.search(text)):
        return None
    chain: list[Forwarded] = []
    found = _outermost(text, by_subject=by_subject)
    while found is not None and len(chain) < MAX_DEPTH:
        chain.append(found)
        found = _outermost(found.text, by_subject=True)
    return replace(chain[0], deeper=tuple(chain[1:])) if chain else None


def attaches(subject: str, text: str) -> bool:
    """Whether a mail hangs on this one to be passed on: its subject says so, or hardly a word stands beside it."""
    return is_forward(subject) or not (is_reply(subject) or _words_beside(text) > MAX_OWN_TEXT)


def attached(mail: Tree) -> Tree | None:
    """The first mail that hangs on a mail, as message/rfc822 (RFC 2046 5.2.1) or as a file `*.eml`; its own copy.

    To be asked before the body of `mail` is read, which takes the transfer encodings off.
    """
    found = (_mail_in(part) for part in parts_of(mail))
    return next((inner for inner in found if inner is not None and "From" in inner), None)


def citizen(found: Forwarded, of_house: Callable[[Address], bool]) -> Forwarded:
    """The first mail from outside in whose sender is not of the house; the innermost where all are.

    A sender may have a name and no address: a program leaves it out for people of its own address book.
    """
    chain = (found, *found.deeper)
    return next((mail for mail in chain if not of_house(mail.sender)), chain[-1])


def parts_of(mail: Tree) -> Iterator[Tree]:
    """The mail and its parts as they stand, not those of a mail inside."""
    yield mail
    if mail.get_content_maintype() == "multipart":
        for part in _inside(mail):
            yield from parts_of(part)


def _inside(part: Tree) -> list[Tree]:
    payload = part.get_payload() if part.is_multipart() else ()
    return [inner for inner in payload if isinstance(inner, Tree)]


def _mail_in(part: Tree) -> Tree | None:
    if part.get_content_type() in ("message/rfc822", "message/global") and part.is_multipart():
        inner = next(iter(_inside(part)), None)
        if inner is None or len(inner) or inner.is_multipart():
            return deepcopy(inner)
        data = inner.get_payload(decode=True)  # no fields: a gateway has coded the mail, against RFC 2046 5.2.1
        return _parsed(lenient_base64(data)) if isinstance(data, bytes) else None
    if not part.is_multipart() and attachments.name(part).lower().endswith(".eml"):
        data = part.get_payload(decode=True)
        return _parsed(data) if isinstance(data, bytes) else None
    return None


def _parsed(raw: bytes) -> Tree | None:
    """None for one past a limit or unreadable: it stays listed as an attachment."""
    if limits.exceeded(raw):
        return None
    try:
        return parser.parse(raw).message
    except parser.Unreadable:
        return None


def _words_beside(text: str) -> int:
    """Characters of own words, without signature and disclaimer."""
    return min(len(text.strip()), len(new_text(text)))


def _outermost(text: str, *, by_subject: bool) -> Forwarded | None:
    lines = [_unquoted(line) for line in text.split("\n")]
    at = 0
    while at < len(lines):
        marked = _is_mark(lines[at], by_subject)
        if marked or (by_subject and _role(lines[at])[0]):
            head = _head(lines, at + marked)
            if head.sender and (head.sent or head.more):
                rest = _rest(text, head.end, by_marker=bool(_MARKERS.match(lines[at])))
                above = _above(text.split("\n")[:at])
                return Forwarded(_address(head.sender), one_line(head.sent), rest, one_line(head.subject), above)
            at = max(head.end, at + 1)
        else:
            at += 1
    return None


def _is_mark(line: str, by_subject: bool) -> bool:
    """A line of the mail program's; one that replies have too counts under a forwarding subject only."""
    return bool(_MARKERS.match(line) or (by_subject and _SEPARATOR.match(line)))


def _head(lines: list[str], start: int) -> _Head:
    """The labelled lines from `start` on; blank ones and the rest of a broken rule may stand before them."""
    gap = range(start, min(start + _MAX_GAP + 1, len(lines)))
    at = next((n for n in gap if not lines[n].rstrip().endswith("---") and lines[n].strip()), start)
    roles: dict[str, str] = {}
    last = ""
    while at < min(len(lines), start + _MAX_HEAD):
        role, value = _role(lines[at])
        if role:
            if role != "other" and role in roles:
                break  # the letter itself may begin with "Betreff:"
            roles[role] = value
        elif last == "sender" and lines[at].lstrip().startswith("<"):
            roles[last] += " " + lines[at].strip()  # a long name, its address in the next line
        elif not _goes_on(lines, at, last):
            break
        last, at = role or last, at + 1
    more = bool(roles.keys() & {"subject", "recipient"})
    return _Head(roles.get("sender", ""), roles.get("sent", ""), roles.get("subject", ""), more, at)


def _goes_on(lines: list[str], at: int, last: str) -> bool:
    """A long list of recipients goes on in the next line; a label nobody knows may stand before one that is known."""
    if not lines[at].strip():
        return False
    if last in ("recipient", "other"):
        return True
    return bool(last and _LABEL.match(lines[at]) and at + 1 < len(lines) and _role(lines[at + 1])[0])


def _role(line: str) -> tuple[str, str]:
    match = _LABEL.match(line)
    role = _LABELS.get(" ".join(match[1].casefold().split()), "") if match else ""
    return role, match[2].strip(" \t*_") if match and role else ""


def _address(value: str) -> Address:
    """The first mailbox; a name alone where the program wrote no address."""
    value = one_line(_MAILTO.sub(lambda found: f"<{found[1]}>", _LINKED.sub("", value)))
    value = _ON_BEHALF.sub("", value, count=1).removeprefix("mailto:")
    if found := _BRACKETED.match(value):
        name, address = found[1].strip(" \"'*"), found[2].lower()
        return Address("" if name.lower() == address else name, address)
    if found := _BARE.search(value):
        return Address(value[: found.start()].strip(" \"'*:"), found[0].lower())
    boxes = (mailbox for mailbox in parser.mailboxes_of(value) if "@" in mailbox.address)
    return next(boxes, Address(value.strip(" \"'"), ""))


def _unquoted(line: str) -> str:
    return line.lstrip("> \t") if line.lstrip().startswith(">") else line


def _above(lines: list[str]) -> str:
    """Own words before the mail, without the rule that the program draws below them."""
    while lines and (not lines[-1].strip() or RULE.fullmatch(lines[-1])):
        del lines[-1]
    return "\n".join(lines).strip("\n")


def _rest(text: str, start: int, *, by_marker: bool) -> str:
    """What stands below the head; where all of it was quoted, one level of quoting is taken off."""
    lines = text.split("\n")[start:]
    if by_marker:
        lines = lines[: next((n for n, line in enumerate(lines) if _END.match(line)), len(lines))]
    if all(line.lstrip().startswith(">") for line in lines if line.strip()):
        lines = [line.lstrip().removeprefix(">").removeprefix(" ") for line in lines]
    return "\n".join(lines).strip("\n")
