"""The sections of krm.toml except [org], each read into its value; faults are noted in the table that is read."""

import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from ingest.authenticity import Policy, Trust
from ingest.postbox import Folders, MailboxSettings, Tls
from krm.bot import Learning, Retention, Rhythm
from krm.filing import Filing
from krm.orgfile import ADDRESS, AN_ADDRESS
from krm.secrets import Secrets
from krm.tomlfile import Fault, Table
from notify.parcels import SmtpSettings
from notify.retention import Periods
from notify.workdays import Workdays
from store.keys import KeyRing

TLS = ("tls", "starttls", "none")
IMAP_PORTS = {"tls": 993, "starttls": 143, "none": 143}
SMTP_PORTS = {"tls": 465, "starttls": 587, "none": 25}
WITHOUT_TLS = "Ohne Verschlüsselung geht es nur auf diesem Rechner (127.0.0.1, localhost)."
A_HOST = "Nur den Namen des Servers, ohne „https://“ und ohne Port."
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
FOLDERS = ("done", "automatic", "quarantine", "unreadable", "too_big", "sent")
KEY = re.compile(r"([A-Za-z0-9_-]{1,16}):(\S{32,})")
LEAP_YEAR = 2024
MODELS = "models"
DAYS_KEPT = (30, 3650)


def section(top: Table, name: str, *, needed: bool = True) -> Table:
    """A section; where it is missing, an empty one whose faults nobody hears: that it is missing says it all."""
    return top.table(name, needed=needed) or Table(name, {}, top.lines, [])


def mailbox(top: Table, secrets: Secrets, folder: Path) -> MailboxSettings:
    table = section(top, "mailbox")
    host = _host(table)
    tls = _tls(table, "tls", host)
    inbox = table.text("inbox", "INBOX") or "INBOX"
    made = MailboxSettings(
        host=host,
        port=table.number("port", IMAP_PORTS[tls], 1, 65535),
        user=table.text("user"),
        password=secrets.get("mailbox_password"),
        tls=tls,
        inbox=inbox,
        folders=_folders(table, inbox),
        max_bytes=table.number("max_megabytes", 40, 1, 500) * 1_000_000,
        ca_file=_ca_file(table, folder),
    )
    table.done()
    return made


def _folders(table: Table, inbox: str) -> Folders:
    inner = table.table("folders", needed=False)
    standard = Folders()
    if inner is None:
        return standard
    names = {key: inner.text(key, getattr(standard, key)) or getattr(standard, key) for key in FOLDERS}
    for key, name in names.items():
        if name.upper() == inbox.upper():
            inner.fault(key, f"„{key}“ in {inner.label} ist der Ordner, aus dem gelesen wird.", "Bitte einen anderen.")
    inner.done()
    return Folders(**names)


def smtp(top: Table, secrets: Secrets, folder: Path) -> SmtpSettings:
    table = section(top, "smtp")
    host, user = _host(table), table.text("user", "")
    tls = _tls(table, "starttls", host)
    made = SmtpSettings(
        host=host,
        port=table.number("port", SMTP_PORTS[tls], 1, 65535),
        user=user,
        password=secrets.get("smtp_password") if user else "",
        tls=tls,
        ca_file=_ca_file(table, folder),
        max_bytes=table.number("max_megabytes", 20, 1, 500) * 1_000_000,
    )
    table.done()
    return made


def _host(table: Table) -> str:
    return table.text("host", pattern=r"[^\s/@]{1,253}", remedy=A_HOST)


def _tls(table: Table, default: str, host: str) -> Tls:
    tls = table.choice("tls", default, TLS)
    if tls == "none" and host and host not in LOOPBACK:
        table.fault("tls", f"„tls“ in {table.label} ist „none“.", WITHOUT_TLS)
    return cast("Tls", tls)


def _ca_file(table: Table, folder: Path) -> str | None:
    """From the folder of krm.toml, unless it says the whole way."""
    given = table.text("ca_file", "")
    return str((folder / given).resolve()) if given else None


def database(top: Table, folder: Path, environ: Mapping[str, str]) -> str:
    table = section(top, "database", needed=False)
    written = table.text("url", "sqlite:///krm.db")
    table.read.add("encryption")
    table.done()
    url = environ.get("KRM_DATABASE_URL") or written
    if not _readable(url):
        line = 0 if environ.get("KRM_DATABASE_URL") else table.lines.of("database.url")
        remedy = "Möglich: sqlite:///krm.db oder postgresql://benutzer@server/datenbank; Sonderzeichen als %XX."
        top.faults.append(Fault(line, "Die Datenbank-URL ist nicht lesbar.", remedy))
    relative = re.fullmatch(r"sqlite:///(?!/)(.+)", url)
    url = f"sqlite:///{(folder / relative[1]).resolve()}" if relative else url
    return re.sub(r"^postgresql://", "postgresql+psycopg://", url)


def encryption(top: Table) -> bool:
    """Whether what is about people is sealed before it is stored."""
    return section(top, "database", needed=False).flag("encryption", default=False)


def _readable(url: str) -> bool:
    if re.fullmatch(r"sqlite:///[^\x00-\x1f]+", url):
        return True
    try:
        scheme, port = urlsplit(url).scheme, urlsplit(url).port
    except ValueError:
        return False
    return scheme in ("postgresql", "postgresql+psycopg") and port != 0


def keys(secrets: Secrets) -> KeyRing:
    """`id:value` by blanks or lines; the last one makes new tokens, the first one look-ups for ever (store.keys)."""
    text = secrets.get("key")
    keys: dict[str, bytes] = {}
    for part in text.split():
        found = KEY.fullmatch(part)
        if found is None:
            remedy = "Er braucht die Form k1:… mit mindestens 32 Zeichen hinter dem Doppelpunkt."
            secrets.faults.append(Fault(0, "Ein Schlüssel ist unvollständig oder zu kurz.", remedy))
        elif found[1] in keys:
            what = "Zwei Schlüssel haben dieselbe Kennung."
            secrets.faults.append(Fault(0, what, "Ein neuer Schlüssel braucht eine neue Kennung, etwa k2."))
        else:
            keys[found[1]] = found[2].encode()
    return KeyRing(keys or {"": b""}, next(reversed(keys), ""))


def trust(top: Table) -> Trust:
    table = section(top, "trust")
    policy = Policy(table.choice("policy", Policy.AUTHSERV_ID, [p.value for p in Policy]))
    name = table.text("authserv_id", "")
    if Trust(policy).by_results and not name:
        what = f"„authserv_id“ in {table.label} fehlt."
        remedy = "Der Name, unter dem der Mailserver des Hauses „Authentication-Results“ in die Mails schreibt."
        table.fault("authserv_id", what, remedy)
    table.done()
    return Trust(policy, name)


def workdays(top: Table) -> Workdays:
    table = section(top, "workdays", needed=False)
    if "off" not in table.values:
        table.done()
        return Workdays()
    off = []
    for n, text in enumerate(table.texts("off")):
        found = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.", text)
        if found and _exists(int(found[2]), int(found[1])):
            off.append((int(found[2]), int(found[1])))
        else:
            table.fault(f"off#{n}", f"„{text[:20]}“ ist kein Tag des Jahres.", "Beispiel: 24.12.")
    table.done()
    return Workdays(frozenset(off))


def _exists(month: int, day: int) -> bool:
    try:
        date(LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True


def rhythm(top: Table) -> Rhythm:
    table = section(top, "rhythm", needed=False)
    standard = Rhythm()
    outage = table.number("tell_of_outage_after_minutes", 30, 1, 24 * 60)
    made = Rhythm(
        group_mails=table.number("group_mails", standard.group_mails, 1, 1000),
        hold=timedelta(minutes=table.number("hold_minutes", 10, 0, 24 * 60)),
        tell_of_outage_after=timedelta(minutes=outage),
        acknowledge_unasked=table.flag("acknowledge_unasked", default=True),
        silence_days=table.number("silence_working_days", 3, 0, 60) or None,
        tell_of_gap=timedelta(minutes=gap)
        if (gap := table.number("tell_of_gap_minutes", 120, 0, 7 * 24 * 60))
        else None,
    )
    table.read.add("poll_seconds")
    table.done()
    return made


def learning(top: Table, folder: Path) -> Learning:
    """From the folder of krm.toml, unless it says the whole way."""
    table = section(top, "learning", needed=False)
    made = Learning(
        enabled=table.flag("enabled", default=False),
        folder=(folder / (table.text("folder", MODELS) or MODELS)).resolve(),
    )
    table.done()
    return made


def report(top: Table, folder: Path) -> Filing:
    """Where a released report is kept; from the folder of krm.toml, unless it says the whole way."""
    table = section(top, "report", needed=False)
    given = table.text("folder", "")
    address = table.text("address", "", pattern=ADDRESS, remedy=AN_ADDRESS)
    table.done()
    return Filing((folder / given).resolve() if given else None, address)


def retention(top: Table) -> Retention:
    """How long what is kept. The ten years of GA 3.8 are no option."""
    table, usual = section(top, "retention", needed=False), Periods()
    days = {f.name: table.number(f"{f.name}_days", getattr(usual, f.name), *DAYS_KEPT) for f in fields(Periods)}
    made = Retention(Periods(**days), automatic=table.flag("automatic", default=True))
    table.done()
    return made


def poll_seconds(top: Table) -> int:
    return section(top, "rhythm", needed=False).number("poll_seconds", 60, 1, 3600)
