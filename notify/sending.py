"""The door to SMTP (smtplib): a group of parcels over one connection, each with its own result (RFC 5321).

The caller commits `transmitting` in `before_data`, and notes the result as soon as it comes. Until the dot that ends
DATA nothing has been handed over, and trying again is safe; once the dot is out and no reply came, nobody knows
(RFC 1047), and a person decides. Of a server's reply the code and the enhanced status (RFC 3463) are kept, no words.
"""

import re
import smtplib
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from notify.connecting import connect, leave, patience, status_of
from notify.parcels import (
    Deferred,
    Parcel,
    PartlyRefused,
    Refused,
    Result,
    Sent,
    SmtpAway,
    SmtpCheckup,
    SmtpRefused,
    SmtpSettings,
    Unsure,
)

__all__ = [
    "Deferred",
    "Parcel",
    "PartlyRefused",
    "Refused",
    "Result",
    "Sender",
    "Sent",
    "SmtpAway",
    "SmtpCheckup",
    "SmtpRefused",
    "SmtpSettings",
    "Unsure",
]

_MOST_LOSSES = 3  # connections lost in one group before the rest waits for the next
_LINE_END = re.compile(rb"\r\n|\r|\n")
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_ADDRESS = re.compile(r"[^\s@<>\x00-\x1f\x7f]{1,255}@[^\s@<>\x00-\x1f\x7f]{1,255}")


@dataclass(frozen=True, slots=True)
class _Reply:
    code: int
    status: str

    @property
    def good(self) -> bool:
        return 200 <= self.code < 300


class _Lost(Exception):  # noqa: N818
    """The connection is gone or going, before the dot."""

    def __init__(self, code: int | None, text: str) -> None:
        super().__init__(text)
        self.code, self.text = code, text


class Sender:
    """Sends through one server."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings

    def send(self, parcels: Sequence[Parcel], before_data: Callable[[Parcel], None]) -> Iterator[Result]:
        """Each parcel's result, in order, before the next parcel is begun; one connection while it lasts.

        `before_data` is called once all recipients are accepted and before DATA; what it raises ends the group with
        nothing of that parcel sent. Nothing happens until the first result is asked for; then `SmtpAway` or
        `SmtpRefused` may come instead of it.
        """
        if not parcels:
            return
        line = _Line(self._settings)
        try:
            line.open()
            for parcel in parcels:
                yield line.carry(parcel, before_data)
        finally:
            line.close()

    def check(self) -> SmtpCheckup:
        """Connects, logs in and leaves; raises like `send`."""
        smtp = connect(self._settings)
        try:
            return SmtpCheckup(
                self._settings.tls != "none", tuple(sorted(name.upper() for name in smtp.esmtp_features))
            )
        finally:
            leave(smtp)


class _Line:
    """The connection of one group: opened again when it was lost, until it was lost too often."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._smtp: smtplib.SMTP | None = None
        self._used = False  # this connection has begun a parcel before
        self._complete = False  # and the server has taken the last one over: nothing to reset (RFC 5321 4.1.1.4)
        self._losses = 0

    def open(self) -> smtplib.SMTP:
        if self._smtp is None:
            self._smtp, self._used = connect(self._settings), False
        return self._smtp

    def close(self) -> None:
        if self._smtp is not None:
            leave(self._smtp)
        self._smtp = None

    def carry(self, parcel: Parcel, before_data: Callable[[Parcel], None]) -> Result:
        obstacle = _unsendable(parcel) or self._introduce(parcel)
        if obstacle is not None:
            return obstacle
        before_data(parcel)
        return self._transmit(parcel)

    def _introduce(self, parcel: Parcel) -> Result | None:
        """MAIL and RCPT; where a connection used before turns out dead, once more on a new one."""
        while self._losses < _MOST_LOSSES:
            try:
                smtp = self.open()
                used, self._used = self._used, True
                complete, self._complete = self._complete, False
                return _envelope(smtp, parcel, reset=used and not complete)
            except (SmtpAway, SmtpRefused) as fault:
                self._losses = _MOST_LOSSES
                return Deferred(parcel.id, None, str(fault))
            except _Lost as loss:
                self._hang_up()
                if not used:
                    return Deferred(parcel.id, loss.code, loss.text)
        return Deferred(parcel.id, None, "connection lost too often")

    def _transmit(self, parcel: Parcel) -> Result:
        smtp = self.open()
        try:
            reply = _ask(smtp.docmd, "DATA", good=(354,))
            if reply.code != 354:
                return _unwilling(parcel, reply)
            with _losing():
                smtp.send(_wire(parcel.content))  # in one piece: if this fails, its last line did not go out
        except _Lost as loss:
            self._hang_up()
            return Deferred(parcel.id, loss.code, loss.text)
        return self._after_the_dot(parcel, smtp)

    def _after_the_dot(self, parcel: Parcel, smtp: smtplib.SMTP) -> Result:
        try:
            patience(smtp, self._settings.dot_timeout)
            code, words = smtp.getreply()
            patience(smtp, self._settings.read_timeout)
        except (smtplib.SMTPException, OSError):
            self._hang_up()
            return Unsure(parcel.id, "connection lost after the final dot")
        reply = _Reply(code, status_of(words))
        if not (reply.good or 400 <= code < 600):
            self._hang_up()
            return Unsure(parcel.id, "no proper reply to the final dot")
        self._losses = 0
        self._complete = reply.good
        return Sent(parcel.id, code, reply.status) if reply.good else _unwilling(parcel, reply)

    def _hang_up(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None
        self._losses += 1


@contextmanager
def _losing() -> Iterator[None]:
    """Turns the faults of a connection into `_Lost`."""
    try:
        yield
    except (smtplib.SMTPException, OSError):
        raise _Lost(None, "connection lost before the final dot") from None


def _ask(verb: Callable[..., tuple[int, bytes]], *arguments: object, good: Container[int] = range(200, 300)) -> _Reply:
    """One of the `good` replies or a refusal (4xx, 5xx); everything else, and 421, is the end of the connection."""
    with _losing():
        code, words = verb(*arguments)
    if code == 421:
        raise _Lost(code, status_of(words))
    if code not in good and not 400 <= code < 600:
        raise _Lost(None, "no proper reply")
    return _Reply(code, status_of(words))


def _envelope(smtp: smtplib.SMTP, parcel: Parcel, *, reset: bool) -> Result | None:
    """MAIL and every RCPT; None where all of it was accepted."""
    options = _options(smtp, parcel)
    if isinstance(options, Refused):
        return options
    if reset and not _ask(smtp.rset).good:
        raise _Lost(None, "no proper reply")
    sender, *replies = _introduced(smtp, parcel, options)
    if not sender.good:
        return _unwilling(parcel, sender)
    final = tuple(position for position, reply in enumerate(replies) if reply.code >= 500)
    if final and len(final) < len(replies):
        first = replies[final[0]]
        return PartlyRefused(parcel.id, first.code, first.status, final)
    return next((_unwilling(parcel, reply) for reply in replies if not reply.good), None)


def _introduced(smtp: smtplib.SMTP, parcel: Parcel, options: Sequence[str]) -> Iterator[_Reply]:
    """The replies to MAIL and to each RCPT: asked in one go where the server takes that (RFC 2920), else one by one
    and no further than a refused MAIL. Without the waiting in between a distant server takes twice as many letters."""
    if not smtp.has_extn("pipelining"):
        yield (reply := _ask(smtp.mail, parcel.sender, options))
        yield from (_ask(smtp.rcpt, recipient) for recipient in parcel.recipients if reply.good)
        return
    lines = [" ".join((f"MAIL FROM:{smtplib.quoteaddr(parcel.sender)}", *options))]
    lines += [f"RCPT TO:{smtplib.quoteaddr(recipient)}" for recipient in parcel.recipients]
    with _losing():
        smtp.send("".join(f"{line}\r\n" for line in lines).encode())
    yield from (_ask(smtp.getreply) for _ in lines)


def _options(smtp: smtplib.SMTP, parcel: Parcel) -> list[str] | Refused:
    """MAIL's parameters (RFC 1870, RFC 6152, RFC 6531), or the status of what this server cannot carry (RFC 3463)."""
    options = [f"SIZE={len(parcel.content)}"] if smtp.has_extn("size") else []
    if not parcel.content.isascii():
        if not smtp.has_extn("8bitmime"):
            return Refused(parcel.id, None, "5.6.3")
        options.append("BODY=8BITMIME")
    header = _HEADER_END.split(parcel.content, maxsplit=1)[0]
    if not (header.isascii() and all(address.isascii() for address in (parcel.sender, *parcel.recipients))):
        if not smtp.has_extn("smtputf8"):
            return Refused(parcel.id, None, "5.6.7")
        options.append("SMTPUTF8")
    return options


def _unsendable(parcel: Parcel) -> Refused | None:
    """Addresses that would not survive the envelope: status of a bad sender or recipient (RFC 3463 3.2)."""
    if parcel.sender and not _ADDRESS.fullmatch(parcel.sender):
        return Refused(parcel.id, None, "5.1.7")
    if not parcel.recipients or not all(_ADDRESS.fullmatch(recipient) for recipient in parcel.recipients):
        return Refused(parcel.id, None, "5.1.3")
    return None


def _unwilling(parcel: Parcel, reply: _Reply) -> Deferred | Refused:
    return (Refused if reply.code >= 500 else Deferred)(parcel.id, reply.code, reply.status)


def _wire(content: bytes) -> bytes:
    """CRLF everywhere, dots at the beginning of a line doubled, the final dot behind (RFC 5321 4.5.2)."""
    lines = content if _clean(content) else _LINE_END.sub(b"\r\n", content)
    stuffed = (b"." if lines.startswith(b".") else b"") + lines.replace(b"\r\n.", b"\r\n..")
    return stuffed + (b"" if stuffed.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _clean(content: bytes) -> bool:
    """Every line ends with CRLF already, as our own letters' do."""
    return content.count(b"\r\n") == content.count(b"\n") == content.count(b"\r")
