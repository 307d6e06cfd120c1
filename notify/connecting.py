"""Half of the door to SMTP: connecting, encrypting, logging in, leaving; a fault is told without the server's words."""

import base64
import re
import smtplib
import ssl
from contextlib import suppress

from notify.parcels import SmtpAway, SmtpRefused, SmtpSettings

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_STATUS = re.compile(rb"[245]\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9])")


def connect(settings: SmtpSettings) -> smtplib.SMTP:
    """Connected, encrypted as the settings say, logged in."""
    name = "localhost" if settings.host in _LOOPBACK else None  # else the machine's own name is looked up
    context = _context(settings)
    try:
        if settings.tls == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.host, settings.port, name, timeout=settings.connect_timeout, context=context
            )
        else:
            smtp = smtplib.SMTP(settings.host, settings.port, name, timeout=settings.connect_timeout)
    except (smtplib.SMTPException, OSError) as fault:
        raise SmtpAway(f"connecting: {_why(fault)}") from None
    try:
        patience(smtp, settings.read_timeout)
        smtp.ehlo_or_helo_if_needed()
        if settings.tls == "starttls":
            smtp.starttls(context=context)
            smtp.ehlo_or_helo_if_needed()
        if settings.user:
            _login(smtp, settings.user, settings.password)
    except smtplib.SMTPNotSupportedError:
        smtp.close()
        raise SmtpRefused("starting TLS: the server offers no STARTTLS") from None
    except (smtplib.SMTPException, OSError) as fault:
        smtp.close()
        raise SmtpAway(f"greeting: {_why(fault)}") from None
    except SmtpRefused:
        smtp.close()
        raise
    return smtp


def _context(settings: SmtpSettings) -> ssl.SSLContext | None:
    if settings.tls == "none":
        return None
    try:
        return ssl.create_default_context(cafile=settings.ca_file)
    except OSError:
        raise SmtpRefused("connecting: the file of trusted certificates cannot be read") from None


def _login(smtp: smtplib.SMTP, user: str, password: str) -> None:
    """AUTH PLAIN or LOGIN in UTF-8 (RFC 4616), which smtplib's own login cannot say."""
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in offered:
        code, words = smtp.docmd("AUTH", "PLAIN " + _base64(f"\0{user}\0{password}"))
    elif "LOGIN" in offered:
        code, words = smtp.docmd("AUTH", "LOGIN")
        for answer in (user, password):
            if code == 334:
                code, words = smtp.docmd(_base64(answer))
    else:
        raise SmtpRefused("login: the server offers neither AUTH PLAIN nor AUTH LOGIN")
    if code >= 500:
        raise SmtpRefused(f"login: the server refused ({code} {status_of(words)})".replace(" )", ")"))
    if code != 235:
        raise smtplib.SMTPResponseException(code, status_of(words))


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")


def _why(fault: smtplib.SMTPException | OSError) -> str:
    """A fault without the server's words: its name, its code or the system's word for it."""
    if isinstance(fault, smtplib.SMTPResponseException):
        return f"the server said {fault.smtp_code}"
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"the certificate is not trusted ({fault.verify_message})"
    if isinstance(fault, smtplib.SMTPException):
        return "the connection was lost"
    return f"{fault.strerror or 'time-out'} ({type(fault).__name__})"


def patience(smtp: smtplib.SMTP, seconds: float) -> None:
    if smtp.sock is not None:
        smtp.sock.settimeout(seconds)


def leave(smtp: smtplib.SMTP) -> None:
    with suppress(smtplib.SMTPException, OSError):
        patience(smtp, 5)
        smtp.quit()
    smtp.close()


def status_of(words: bytes) -> str:
    """The enhanced status at the beginning of a reply's words, "" if there is none."""
    return match[0].decode("ascii") if (match := _STATUS.match(words)) else ""
