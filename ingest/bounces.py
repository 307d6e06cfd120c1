"""What a bounce says: whom a letter did not reach, why, and which letter it was (RFC 3464, RFC 3463, free forms)."""

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message as Tree

from ingest import bodies, charsets, forwarded, limits, parser
from ingest.automatic import automatic, facts
from ingest.headers import Headers, lenient_base64, unfold
from ingest.message import Automatic
from ingest.parameters import parameter
from ingest.unfolding import unfolded

MAX_RECIPIENTS = 50
MAX_IDS = 20
MAX_TEXT = 32 * 1024
"""Characters of a report that are read; a server says what it has to say in the first hundred lines."""
MAX_CODED = 256 * 1024
"""Bytes of a coded part in which Message-IDs are looked for."""
MAX_SAID = 400
"""Characters of a server's own words that a person is shown."""

_ADDRESS = r"[^\s<>()\[\],;:\"'@]{1,64}@[^\s<>()\[\],;:\"'@]{1,255}[^\s<>()\[\],;:\"'@.]"
_STATUS = re.compile(r"(?<![\d.])[45]\.[0-7]\.\d{1,3}(?![\d.]*\d)")
_REPLY = re.compile(r"(?<![\d.])([45])[0-5]\d(?=[ -])")
_FOLD = re.compile(r"\r?\n[ \t]{1,20}")
_BLANK = re.compile(r"\n\s{0,20}\n")
_MESSAGE_ID = re.compile(
    rb"^[> \t]{0,20}message-id[ \t]{0,5}:[ \t]{0,20}(?:\r?\n[ \t]{1,20})?<([^<>\s]{1,250})>",
    re.IGNORECASE | re.MULTILINE,
)

# Where free text ends and the returned letter begins.
_RETURNED = re.compile(
    r"^[ \t]{0,9}(?:-{2,20} ?)?(?:Below this line is a copy|This is a copy of (?:the|your) message"
    r"|The header of the original message|Original message\b|Message header follows"
    r"|(?:Unsent|Returned|Enclosed) message|Ursprüngliche (?:Nachricht|Nachrichtenkopfzeilen|Nachrichtenköpfe)\b"
    r"|Kopfzeilen der (?:Original|ursprünglichen )Nachricht|Originalnachricht\b)",
    re.IGNORECASE | re.MULTILINE,
)
_DELAYED = re.compile(
    r"warning: (?:could not send message|message .{1,80} delayed)|this is a warning message only"
    r"|(?:has|have) (?:not (?:yet )?been delivered|been delayed)|could not be delivered yet"
    r"|status notification \(delay\)|delivery (?:is |has been )?delayed|still being retried"
    r"|will (?:be retried|(?:keep|continue) (?:on )?trying|continue to (?:be )?(?:try|attempt|retr))"
    r"|verzögerte? zustellung|(?:zustellung|übermittlung) (?:\S{1,40} ){0,8}verzöger|noch nicht zugestellt"
    r"|(?:zustellversuche?|wird) (?:\S{1,40} ){0,6}(?:fortgesetzt|weiterhin versucht)",
    re.IGNORECASE,
)
# Where free text names the recipient, by program; the first row that finds somebody decides.
_NAMED = tuple(
    re.compile(form.replace("ADDRESS", f"({_ADDRESS})"), re.IGNORECASE | re.MULTILINE)
    for form in (
        r"^[ \t]{0,12}(?:(?:recipient|original) address|failed recipient|empfänger(?:adresse)?):[ \t]{0,9}<?ADDRESS",
        # Exim, qmail, Postfix, sendmail, GMX: a line of its own
        r"^[ \t]{0,12}\"?<?ADDRESS>?\"?[ \t]{0,4}(?:$|:|\.{3}| am \d| on \d|\(generated from)",
        r"^[^\n<(@]{1,80}[(<]ADDRESS[)>]",  # Exchange: name and address
        r"(?:delivered to|zugestellt an|nachricht (?:wurde nicht )?an) <?ADDRESS",  # Gmail, Microsoft 365
        r"rcpt to:? ?<ADDRESS",
        r"<ADDRESS>",
    )
)
_KIND = re.compile(r"(?<!\S)(?:smtp|x-[\w-]{1,40});\s*", re.IGNORECASE)  # of a diagnostic code (RFC 3464 2.3.6)
_LINK = re.compile(r"\S{0,40}(?:https?://|www\.)\S*", re.IGNORECASE)
_NOBODY = re.compile(r"(?:mailer-?daemon|postmaster|no-?reply)@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bounce:
    """A letter came back.

    `recipients` are addresses in lower case (the ones written to where the report knows them), `status` is the code of
    RFC 3463 ("5.1.1"; "" if none), `permanent` False where trying again later may help, `why` a German sentence for the
    officer, `message_ids` (without brackets) those of the returned letter, as far as the report shows them, `said` the
    server's own words: one line without links, MAX_SAID characters at most. They are a stranger's: never for a log.
    """

    recipients: tuple[str, ...]
    status: str
    permanent: bool
    why: str
    message_ids: tuple[str, ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """A row: a sentence, and by which codes (RFC 3463 3) or words of a server it is told."""

    why: str
    status: str
    words: str


REASONS = (
    Reason(
        "Zu groß: Der andere Mailserver nimmt so große Nachrichten nicht an.",
        r"5\.2\.3|5\.3\.4",
        r"(?:message|mail|nachricht)\b.{0,40}\b(?:too (?:large|big)|zu groß)|exceeds? .{0,60}\bsize|size limit"
        r"|maximum (?:message|allowed) size",
    ),
    Reason(
        "Postfach voll: Es nimmt zurzeit keine Nachrichten an.",
        r"[45]\.2\.2",
        r"quota|(?:inbox|mailbox|account) (?:is |size )?(?:full|exceeded|out of storage)|too many messages"
        r"|insufficient (?:system )?storage|storage space|postfach .{0,40}\bvoll|speichervolumen",
    ),
    # Before "unknown": the words for a domain and for a person are alike.
    Reason(
        "Server nicht gefunden: Zu dieser Adresse gibt es keinen Mailserver, oder er antwortet nicht.",
        r"5\.1\.2|5\.4\.4|[45]\.4\.[17]|4\.4\.\d{1,3}",
        r"(?:host|domain)(?: or domain)?(?: name)? (?:not found|lookup failed|does not exist|nicht gefunden)"
        r"|name service error|nxdomain|couldn't find any host|no (?:mx|such domain)|all relevant mx records"
        r"|connection (?:timed out|refused)|could ?n[o']t connect|wasn't able to establish an smtp connection"
        r"|retry (?:timeout|time) .{0,20}\b(?:exceeded|reached)|no route to host|message expired|queue.{0,20}too long"
        r"|domäne .{0,60}\bnicht gefunden|unable to route",
    ),
    Reason(
        "Unbekannte Adresse: Es gibt sie nicht oder nicht mehr.",
        r"5\.1\.(?:0|1|3|4|6|10)|5\.2\.1",
        r"(?:user|recipient|address|mailbox|account|local part)\b.{0,40}\b(?:unknown|inactive|disabled|unavailable"
        r"|not (?:be )?(?:found|known|listed)|not exist)|recip(?:ient)?notfound|no mailbox here|unrouteable address"
        r"|(?:unknown|no such|invalid) (?:user|recipient|mailbox|address|local part)"
        r"|does(?: not|n't) (?:exist|have an? .{1,60} account)|address rejected: access denied"
        r"|(?:adresse|empfänger|konto|benutzer)\b.{0,80}\b(?:nicht (?:gefunden|vorhanden|bekannt)|unbekannt"
        r"|existiert nicht)",
    ),
    Reason(
        "Abgelehnt: Der andere Mailserver wollte die Nachricht nicht annehmen.",
        r"[45]\.7\.\d{1,3}|5\.6\.\d{1,3}|5\.3\.\d",
        r"reject|refus|denied|a problem occurred|block(?:ed|list)|blacklist|spam|policy|dmarc|\bspf\b|unauthenticated"
        r"|not (?:allowed|permitted|authori[sz]ed)|abgelehnt|zurückgewiesen|verweigert|berechtigung",
    ),
)
UNKNOWN_REASON = "Unzustellbar: Ein genauer Grund ist nicht genannt."
_REASONS = tuple((row.why, re.compile(row.status), re.compile(row.words, re.IGNORECASE)) for row in REASONS)


def read(raw: bytes) -> Bounce | None:
    """What a bounce says; None for any other mail, a mere delay, a success, a read receipt, or no word about it."""
    examined = limits.examined(raw)
    if examined.why:
        return None
    try:
        tree = parser.parse(unfolded(raw, examined.files)).message
    except parser.Unreadable:
        return None
    fields = Headers(tree)
    if not _is_bounce(tree, fields):
        return None
    groups, ids = _groups(tree), _message_ids(raw, tree, fields)
    text = bodies.read(tree).text[:MAX_TEXT]
    begins = _RETURNED.search(text)
    told = text[: begins.start()] if begins else text
    return _reported(groups, told, ids) if groups else _told(fields, told, ids)


def reason(reply: str) -> str:
    """The sentence for a reply of our own server's, such as "550 5.1.1"; "" where its code says nothing."""
    status = _status(reply)
    why = _why(status, "") if status else UNKNOWN_REASON
    return "" if why == UNKNOWN_REASON else why


def _is_bounce(tree: Tree, fields: Headers) -> bool:
    report = parameter(tree, "report-type").lower() if tree.get_content_type() == "multipart/report" else ""
    sender = next(iter(parser.mailboxes(fields, "From")), None)
    signs = facts(fields, sender.address if sender else "", report, frozenset(), frozenset())
    return automatic(signs) is Automatic.BOUNCE


def _reported(groups: list[dict[str, str]], told: str, ids: tuple[str, ...]) -> Bounce | None:
    """By the fields of RFC 3464 2.3; the words of the server itself say why, else the text for people."""
    failed = [group for group in groups if _has_failed(group)]
    if not failed:
        return None
    addresses = (_reported_address(group) for group in failed)
    said = " ".join(group.get("diagnostic-code", "") for group in failed)[:MAX_TEXT]
    status = next((found[0] for group in failed if (found := _STATUS.search(group.get("status", "")))), "")
    if not status or status.endswith(".0.0"):  # 3463 3.1: "other or undefined"
        status = _status(said) or status
    return _bounce([each for each in addresses if each], status, said if said.strip() else told, ids)


def _has_failed(group: dict[str, str]) -> bool:
    action = group.get("action", "").lower()
    return action.startswith("failed") or (not action and group.get("status", "").startswith("5"))


def _reported_address(group: dict[str, str]) -> str:
    values = (group.get(name, "") for name in ("original-recipient", "final-recipient"))
    found = (re.search(_ADDRESS, value.partition(";")[2][:1000]) for value in values)
    return next((each[0].lower() for each in found if each), "")


def _told(fields: Headers, told: str, ids: tuple[str, ...]) -> Bounce | None:
    """By what the text says. Nothing found at all: some other notice of a mail server's."""
    if _DELAYED.search(f"{fields.text('Subject')[:1000]}\n{told}"):
        return None
    listed = [box.address for box in parser.mailboxes(fields, "X-Failed-Recipients")]
    ours = {box.address for box in parser.mailboxes(fields, "To")}
    found = (form.findall(told) for form in _NAMED)
    named = ([each.lower() for each in hits if each.lower() not in ours and not _NOBODY.match(each)] for hits in found)
    recipients = listed or next((hits for hits in named if hits), [])
    status = _status(told)
    if not (recipients or status or ids):
        return None
    return replace(_bounce(recipients, status, told, ids), said=_shown(_behind(recipients, told)))


def _behind(recipients: list[str], told: str) -> str:
    """What stands behind the first recipient: a server's courtesies come before it, its reply after."""
    at = told.lower().find(recipients[0]) if recipients else -1
    return told if at < 0 else told[at + len(recipients[0]) :].lstrip(' \t\n>)":')


def _bounce(recipients: list[str], status: str, said: str, ids: tuple[str, ...]) -> Bounce:
    reply = _REPLY.search(said)
    permanent = status.startswith("5") if status else not (reply and reply[1] == "4")
    people = tuple(dict.fromkeys(recipients))[:MAX_RECIPIENTS]
    return Bounce(people, status, permanent, _why(status, said), ids, _shown(said))


def _shown(said: str) -> str:
    words = charsets.line(_KIND.sub("", _LINK.sub(" ", said)))
    return words if len(words) <= MAX_SAID else f"{words[:MAX_SAID].rstrip()} …"


def _status(said: str) -> str:
    found = _STATUS.findall(said)
    return next((code for code in found if not code.endswith(".0.0")), next(iter(found), ""))


def _why(status: str, said: str) -> str:
    """Words before codes: servers choose codes carelessly (5.7.1 for an unknown user)."""
    by_words = (why for why, _, words in _REASONS[:-1] if words.search(said))
    by_code = (why for why, codes, _ in _REASONS if status and codes.fullmatch(status))
    refused = (why for why, _, words in _REASONS[-1:] if words.search(said))
    return next((why for rows in (by_words, by_code, refused) for why in rows), UNKNOWN_REASON)


def _groups(tree: Tree) -> list[dict[str, str]]:
    """The fields of each recipient (RFC 3464 2.1: groups with blank lines between), names in lower case."""
    kinds = ("message/delivery-status", "message/global-delivery-status")
    text = "\n\n".join(_status_text(part) for part in forwarded.parts_of(tree) if part.get_content_type() in kinds)
    groups = [_fields_in(group) for group in _BLANK.split(text[: 4 * MAX_TEXT])]
    return [group for group in groups if group.keys() & {"action", "final-recipient"}]


def _fields_in(group: str) -> dict[str, str]:
    lines = (line.partition(":") for line in _FOLD.sub(" ", group).split("\n"))
    return {name.strip().lower(): value.strip() for name, colon, value in reversed(list(lines)) if colon}


def _status_text(part: Tree) -> str:
    """The part as it stood, a transfer encoding taken off; the parser has made groups or a mail of it."""
    pieces: list[str] = []
    for inner in [each for each in part.walk() if each is not part][: MAX_RECIPIENTS * 2] or [part]:
        if inner is not part:
            pieces.append("\n".join(f"{name}: {unfold(value)}" for name, value in inner.raw_items()))
        data = None if inner.is_multipart() else inner.get_payload(decode=True)
        pieces.append(charsets.decode(data)[0] if isinstance(data, bytes) else "")
    text = "\n\n".join(piece for piece in pieces if piece)
    coding = str(part.get("Content-Transfer-Encoding", "")).strip().lower() if part.is_multipart() else ""
    if coding == "base64":
        return charsets.clean(charsets.decode(lenient_base64(text.encode("ascii", "replace")))[0])
    if coding == "quoted-printable":
        return charsets.clean(charsets.decode(quopri.decodestring(text.encode("utf-8", "replace")))[0])
    return charsets.clean(text)


def _message_ids(raw: bytes, tree: Tree, fields: Headers) -> tuple[str, ...]:
    """Of the returned letter first, then those the bounce itself answers; its own is none of them."""
    returned = forwarded.attached(tree)
    found = [
        *(Headers(returned).ids("Message-ID")[:1] if returned is not None else ()),
        *(each for data in (raw, *_coded(tree)) for each in _ids_in(data)),
        *fields.ids("In-Reply-To"),
        *reversed(fields.ids("References")),
    ]
    own = frozenset(fields.ids("Message-ID"))
    return tuple(each for each in dict.fromkeys(found) if each not in own)[:MAX_IDS]


def _ids_in(data: bytes) -> Iterator[str]:
    for number, found in enumerate(_MESSAGE_ID.finditer(data)):
        if number > MAX_IDS:
            return
        yield charsets.line(charsets.decode(found[1])[0])


def _coded(tree: Tree) -> Iterator[bytes]:
    """The text parts that do not stand in the mail as they are."""
    for part in forwarded.parts_of(tree):
        if part.get_content_maintype() in ("text", "message") and not part.is_multipart():
            data = part.get_payload(decode=True) if "Content-Transfer-Encoding" in part else None
            yield data[:MAX_CODED] if isinstance(data, bytes) else b""
