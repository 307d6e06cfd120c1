"""Machine mail, by its header fields: auto-replies (RFC 3834), bounces (RFC 3464), lists (RFC 2919), our letters."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from ingest.headers import Headers
from ingest.message import Automatic

OWN_FIELD = "X-KRM-Letter"
"""Every letter of ours carries this field."""

# Fields that only answering machines write; the value "no" or "" takes it back.
_ANSWERING = (
    "X-Autoreply",
    "X-Auto-Reply",
    "X-Autorespond",
    "X-Autoresponder",
    "X-Auto-Reply-From",
    "X-Vacation",
    "X-FC-MachineGenerated",
)
_REPORTING = ("X-Failed-Recipients", "X-MS-Exchange-Message-Is-Ndr")
"""Fields that only mail servers write, into their reports: Exim and Gmail, Exchange."""
_DAEMON = re.compile(r"(?:mailer-?daemon|postmaster|mail-?daemon|bounces?)(?:[+=-].{0,200})?@.{0,300}")
_NO_REPLY = re.compile(
    r"(?:no-?reply|do-?not-?reply|donotreply|keine-?antwort|nicht-?antworten)(?:[+._-].{0,200})?@.{0,300}"
)
_FAILED = re.compile(
    r"(?:undeliver(?:able|ed)|unzustellbar|nicht zustellbar|unzustellbare nachricht"
    r"|mail delivery (?:failed|failure|system)|delivery (?:status notification|failure|has failed)"
    r"|delivery (?:notification: delivery has failed|incomplete)|(?:e-?)?mail konnte nicht zugestellt werden"
    r"|ihre (?:nachricht|e-?mail) konnte nicht zugestellt werden"
    r"|returned mail|failure notice"
    r"|zustellung fehlgeschlagen"
    r"|nicht zugestellt|benachrichtigung (?:zum|über den) (?:über)?zustell)",
    re.IGNORECASE,
)
# What Outlook and Exchange put before the subject by themselves.
_WRITTEN_BY_PROGRAM = re.compile(
    r"(?:automatische antwort|automatic reply|out of office autoreply|réponse automatique|automatisch antwoord"
    r"|risposta automatica|odpowiedź automatyczna|автоответ|автоматический ответ|otomatik yanıt) ?:",
    re.IGNORECASE,
)
# What people write too: a citizen announces an absence to the Jobcenter. Counts with another sign only.
_WRITTEN_BY_EITHER = re.compile(
    r"(?:abwesenheitsnotiz|abwesenheitsassistent|abwesenheit|abwesend|out of (?:the )?office|ooo|urlaub|vacation"
    r"|auto(?:matic)?[- ]?reply|automatische (?:antwort|e-?mail|eingangsbestätigung)|eingangsbestätigung)( ?:)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at. Words are in lower case; `return_path` is None without the field, "" for `<>`."""

    sender: str
    subject: str
    own: bool
    listed: bool
    own_letter: bool
    report: str
    return_path: str | None
    auto_submitted: str
    precedence: str
    answering_field: bool
    suppress: bool
    failed_recipients: bool
    list_id: bool
    list_unsubscribe: bool

    @property
    def submitted_by_machine(self) -> bool:
        return self.auto_submitted not in ("", "no")

    @property
    def bulk(self) -> bool:
        return self.precedence in ("bulk", "junk", "list")

    @property
    def from_daemon(self) -> bool:
        return _DAEMON.fullmatch(self.sender) is not None

    @property
    def absence(self) -> bool:
        """A subject people write too, with a sign of a machine; Exchange's own field counts before a colon only."""
        match = _WRITTEN_BY_EITHER.match(self.subject)
        if match is None:
            return False
        return self.submitted_by_machine or self.no_sender_path or self.bulk or (self.suppress and bool(match[1]))

    @property
    def no_sender_path(self) -> bool:
        return self.return_path == ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: what kind of machine mail it finds, by which sign."""

    name: Automatic
    what: str
    check: Callable[[Facts], bool]


RULES = (
    # Ours first: a letter of ours that comes back through a forward or a list is ours whatever else it carries.
    Rule(Automatic.OWN, "our own field", lambda f: f.own_letter),
    Rule(Automatic.OWN, "our address, written by a machine", lambda f: f.own and f.submitted_by_machine),
    # A receipt says what it is, even where the server itself sends it without return path (RFC 8098 2.1).
    Rule(Automatic.AUTO_REPLY, "read receipt, RFC 8098", lambda f: f.report == "disposition-notification"),
    # Bounces before auto-replies: Postfix marks its bounces auto-replied (RFC 3834 5 allows it).
    Rule(Automatic.BOUNCE, "delivery report, RFC 3464", lambda f: f.report == "delivery-status"),
    Rule(Automatic.BOUNCE, "field of a server's report", lambda f: f.failed_recipients),
    Rule(Automatic.BOUNCE, "daemon without return path", lambda f: f.no_sender_path and f.from_daemon),
    Rule(Automatic.BOUNCE, "daemon reports a failure", lambda f: f.from_daemon and bool(_FAILED.match(f.subject))),
    Rule(
        Automatic.BOUNCE,
        "failure without return path",
        lambda f: f.no_sender_path and bool(_FAILED.match(f.subject)),
    ),
    # Auto-replies before lists and generated mail: Gmail's vacation reply says Precedence: bulk, Exchange's says
    # auto-generated. A wrong auto-reply is a line in the digest; a wrong person is a mail that nobody answers.
    Rule(Automatic.AUTO_REPLY, "auto-replied, RFC 3834 5", lambda f: f.auto_submitted == "auto-replied"),
    Rule(Automatic.AUTO_REPLY, "field of an answering machine", lambda f: f.answering_field),
    Rule(Automatic.AUTO_REPLY, "Precedence", lambda f: f.precedence in ("auto_reply", "auto-reply")),
    Rule(Automatic.AUTO_REPLY, "subject written by the program", lambda f: bool(_WRITTEN_BY_PROGRAM.match(f.subject))),
    Rule(Automatic.AUTO_REPLY, "subject of an absence and another sign", lambda f: f.absence),
    # Listed web forms and scanners before lists: the office says that their mail is content, and it must be read.
    Rule(Automatic.GENERATED, "listed sender", lambda f: f.listed),
    # Lists before the rest of generated mail: a newsletter is often both.
    Rule(Automatic.LIST, "List-Id, RFC 2919", lambda f: f.list_id),
    Rule(Automatic.LIST, "List-Unsubscribe and bulk", lambda f: f.list_unsubscribe and f.bulk),
    Rule(
        Automatic.LIST,
        "List-Unsubscribe without an answerable sender",
        lambda f: f.list_unsubscribe and bool(_NO_REPLY.fullmatch(f.sender)),
    ),
    # Last, since such mail may hold a citizen's words and goes before the officer.
    # X-Auto-Response-Suppress alone proves nothing: people's Exchange mails carry it.
    Rule(Automatic.GENERATED, "auto-generated or alike, RFC 3834 5", lambda f: f.submitted_by_machine),
    Rule(Automatic.GENERATED, "other report, RFC 6522", lambda f: bool(f.report)),
    Rule(
        Automatic.GENERATED,
        "no answerable sender and another sign",
        lambda f: bool(_NO_REPLY.fullmatch(f.sender)) and (f.bulk or f.suppress or f.no_sender_path),
    ),
    # Not proof enough to take a person's word from them, but nothing is sent there that nobody asked for.
    Rule(Automatic.PERHAPS, "no return path, RFC 5321 4.5.5, RFC 3834 2", lambda f: f.no_sender_path),
    Rule(Automatic.PERHAPS, "Precedence of what is sent in bulk", lambda f: f.bulk),
)


def automatic(facts: Facts) -> Automatic | None:
    """Which kind of machine wrote it; None for a person. The first rule that holds decides."""
    return next((rule.name for rule in RULES if rule.check(facts)), None)


def facts(headers: Headers, sender: str, report: str, own: frozenset[str], listed: frozenset[str]) -> Facts:
    """Gather the signs. `sender` is the From address, `report` the type of a multipart/report, both in lower case."""
    path = headers.first("Return-Path") if "Return-Path" in headers else None
    answering = (headers.first(name).lower() for name in _ANSWERING if name in headers)
    return Facts(
        sender=sender,
        subject=headers.text("Subject"),
        own=sender in own,
        listed=sender in listed,
        own_letter=OWN_FIELD in headers,
        report=report,
        return_path=None if path is None else path.strip("<> "),
        auto_submitted=_keyword(headers.first("Auto-Submitted")),
        precedence=_keyword(headers.first("Precedence")),
        answering_field=any(value not in ("", "no", "false", "0") for value in answering),
        suppress="X-Auto-Response-Suppress" in headers,
        failed_recipients=any(name in headers for name in _REPORTING),
        list_id="List-Id" in headers,
        list_unsubscribe="List-Unsubscribe" in headers,
    )


def _keyword(value: str) -> str:
    """The first word, without comment and parameters."""
    while value.startswith("(") and ")" in value:
        value = value.partition(")")[2].strip()
    return (re.split(r"[;(\s]", value.strip(), maxsplit=1)[0]).lower()
