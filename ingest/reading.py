"""Bytes to Message: what the mail says, what hangs on it, who claims to have written it, and what is odd about it."""

import re
from dataclasses import replace
from email.message import Message as Tree

from ingest import automatic, bodies, forwarded, headers, oddities, parser
from ingest.bodies import Body
from ingest.headers import Headers
from ingest.message import Automatic, Forwarded, Message
from ingest.newtext import new_text
from ingest.opening import opened
from ingest.parameters import parameter
from ingest.parser import Unreadable
from ingest.quotes import OUR_WORDS
from ingest.subjects import is_reply

__all__ = ["Unreadable", "read"]

_ONCE = ("From", "Subject", "Message-ID", "Date")  # RFC 5322 3.6: at most one of each
_MAY_PASS_ON = (None, Automatic.GENERATED, Automatic.PERHAPS)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BLANK_LINE = re.compile(rb"\n\r?\n")
_BLANK_BEFORE_COLON = re.compile(
    rb"^(from|to|cc|subject|date|message-id|mime-version|content-[a-z-]{1,30}|in-reply-to|references)[ \t]{1,20}:",
    re.IGNORECASE | re.MULTILINE,
)


def read(raw: bytes, own: frozenset[str] = frozenset(), listed: frozenset[str] = frozenset()) -> Message:
    """Read one mail. `own` are our addresses, `listed` those of web forms and scanners, all in lower case.

    An empty file or one without header fields is a message with defects.

    Raises:
        Unreadable: the mail is past a limit, or no parser can read it.
    """
    sent = _repaired(raw)
    raw, ready = opened(sent)
    parsed = parser.parse(ready)
    tree = parsed.message
    fields = Headers(tree)
    hanging = forwarded.attached(tree)
    body = bodies.read(tree)
    senders, to, cc, reply_to = parser.addressed(parsed, fields)
    kind = automatic.automatic(
        automatic.facts(fields, senders[0].address if senders else "", _report_type(tree), own, listed)
    )
    subject = fields.text("Subject")
    return Message(
        subject=subject,
        senders=senders,
        to=to,
        cc=cc,
        reply_to=reply_to,
        message_id=next(iter(fields.ids("Message-ID")), ""),
        in_reply_to=fields.ids("In-Reply-To"),
        references=fields.ids("References"),
        date=headers.date(fields.first("Date")),
        text=body.text,
        new_text=new_text(body.text) if _answers(fields, subject, body.text) else body.text,
        attachments=body.attachments,
        automatic=kind,
        forwarded=_forwarded(subject, body, kind, hanging),
        defects=(*_own_defects(raw, fields, body, raw is not sent), *body.defects, *parsed.defects),
        authentication=fields.all("Authentication-Results"),
        received=fields.all("Received"),
        oddities=oddities.oddities(raw, fields, senders),
    )


def _repaired(raw: bytes) -> bytes:
    """Without a byte order mark, and without blanks before a field's colon (obsolete, RFC 5322 4.5)."""
    raw = raw.removeprefix(_BYTE_ORDER_MARK)
    blank = _BLANK_LINE.search(raw)
    end = blank.start() if blank else len(raw)
    if _BLANK_BEFORE_COLON.search(raw, 0, end) is None:
        return raw
    return _BLANK_BEFORE_COLON.sub(rb"\1:", raw[:end]) + raw[end:]


def _answers(fields: Headers, subject: str, text: str) -> bool:
    """Whether the mail answers another: only then may anything be cut from it."""
    return "In-Reply-To" in fields or "References" in fields or is_reply(subject) or bool(OUR_WORDS.search(text))


def _report_type(tree: Tree) -> str:
    if tree.get_content_type() != "multipart/report":
        return ""
    return parameter(tree, "report-type").lower() or "unknown"


def _forwarded(subject: str, body: Body, kind: Automatic | None, hanging: Tree | None) -> Forwarded | None:
    """A bounce's returned letter is no forward, nor is what hangs on any other machine's mail."""
    chain = _passed_on(subject, body.text, hanging) if kind in _MAY_PASS_ON else ()
    return replace(chain[0], deeper=chain[1 : forwarded.MAX_DEPTH]) if chain else None


def _passed_on(subject: str, text: str, hanging: Tree | None, level: int = 1) -> tuple[Forwarded, ...]:
    """The mails a mail passes on, outside in: those in its text, then the one that hangs on it."""
    found = forwarded.inline(subject, text)
    chain = (replace(found, deeper=()), *found.deeper) if found else ()
    if hanging is None or level > forwarded.MAX_DEPTH or not forwarded.attaches(subject, text):
        return chain
    return (*chain, *_opened(hanging, "" if chain else text, level))


def _opened(mail: Tree, above: str, level: int) -> tuple[Forwarded, ...]:
    hanging = forwarded.attached(mail)
    fields, body = Headers(mail), bodies.read(mail)
    senders = parser.mailboxes(fields, "From")
    if not senders:
        return ()
    subject = fields.text("Subject")
    found = Forwarded(
        senders[0],
        fields.first("Date"),
        body.text,
        subject=subject,
        above=above,
        attachments=body.attachments,
        received=fields.all("Received"),
    )
    return (found, *_passed_on(subject, body.text, hanging, level + 1))


def _own_defects(raw: bytes, fields: Headers, body: Body, signed: bool) -> tuple[str, ...]:
    rows = (
        ("empty", not raw or raw.isspace()),
        ("no-headers", not len(fields)),
        *((f"repeated-{name.lower()}", len(fields.all(name)) > 1) for name in _ONCE),
        ("no-text", not body.text.strip()),
        ("signature-taken-off", signed),
    )
    return tuple(name for name, holds in rows if holds)
