"""Frozen Settings from krm.toml and the secrets; raises one SettingsError with all faults."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import cast

from ingest.authenticity import Policy, Trust
from ingest.office import Access, Area, Office, Person, Unit
from ingest.postbox import Folders, MailboxSettings, Tls
from krm.bot import Rhythm
from krm.secrets import Secrets
from krm.tomlfile import Fault, SettingsError, Table, parse
from notify.parcels import SmtpSettings
from notify.workdays import Workdays
from store.keys import KeyRing

TLS = ("tls", "starttls", "none")
ADDRESS = r"[^\s@<>]+@[^\s@<>]+"
AN_ADDRESS = "Eine Adresse sieht so aus: name@example.org."
WITHOUT_TLS = "Ohne Verschlüsselung geht es nur auf diesem Rechner (127.0.0.1, localhost)."
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
PLACES = ("krm.toml", "/etc/krm/krm.toml")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the office chose. `poll_seconds` is the pause between two passes of `krm run`."""

    path: Path
    office: Office
    mailbox: MailboxSettings
    smtp: SmtpSettings
    database_url: str
    keys: KeyRing
    trust: Trust
    workdays: Workdays
    rhythm: Rhythm
    poll_seconds: int

    @property
    def on_loopback(self) -> bool:
        return self.mailbox.host in LOOPBACK and self.smtp.host in LOOPBACK


def find(given: str | None, environ: Mapping[str, str] = os.environ) -> Path:
    """The file to use: `--config`, KRM_CONFIG, ./krm.toml, /etc/krm/krm.toml."""
    chosen = given or environ.get("KRM_CONFIG")
    if chosen:
        return Path(chosen)
    return next((Path(p) for p in PLACES if Path(p).exists()), Path(PLACES[0]))


def load(path: Path, environ: Mapping[str, str] = os.environ) -> Settings:
    """Raises SettingsError with every fault of the file and every secret that is missing."""
    top = parse(path)
    secrets = Secrets(path.parent, environ, top.faults)
    mailbox = _mailbox(top, secrets)
    rhythm, poll_seconds = _rhythm(top, mailbox.max_bytes)
    made = {
        "office": _office(top),
        "mailbox": mailbox,
        "smtp": _smtp(top, secrets),
        "database_url": _database(top, path, environ),
        "keys": _keys(top, secrets),
        "trust": _trust(top),
        "workdays": _workdays(top),
    }
    top.done()
    if top.faults:
        raise SettingsError(str(path), sorted(top.faults, key=lambda f: f.line))
    return Settings(path=path, rhythm=rhythm, poll_seconds=poll_seconds, **made)  # type: ignore[arg-type]


def _section(top: Table, name: str, *, needed: bool = True) -> Table:
    return top.table(name, needed=needed) or Table(name, {}, top.lines, [])


def _mailbox(top: Table, secrets: Secrets) -> MailboxSettings:
    table = _section(top, "mailbox")
    tls, host = _tls(table, "tls"), table.text("host")
    folders = table.table("folders", needed=False)
    standard = Folders()
    made = MailboxSettings(
        host=host,
        port=table.number("port", 143 if tls == "starttls" else 993, 1, 65535),
        user=table.text("user"),
        password=secrets.get("mailbox_password", needed=bool(table.values)),
        tls=tls,
        inbox=table.text("inbox", "INBOX"),
        folders=Folders(*(folders.text(n, getattr(standard, n)) for n in FOLDERS)) if folders else standard,
        max_bytes=table.number("max_megabytes", 40, 1, 500) * 1_000_000,
        ca_file=table.text("ca_file", "") or None,
    )
    if folders:
        folders.done()
    table.done()
    return made


FOLDERS = ("done", "automatic", "quarantine", "unreadable", "too_big", "sent")


def _smtp(top: Table, secrets: Secrets) -> SmtpSettings:
    table = _section(top, "smtp")
    user = table.text("user", "")
    made = SmtpSettings(
        host=table.text("host"),
        port=table.number("port", 587, 1, 65535),
        user=user,
        password=secrets.get("smtp_password") if user else "",
        tls=_tls(table, "starttls"),
        ca_file=table.text("ca_file", "") or None,
    )
    table.done()
    return made


def _tls(table: Table, default: str) -> Tls:
    tls = table.choice("tls", default, TLS)
    if tls == "none" and table.values.get("host") not in LOOPBACK:
        table.fault("tls", f"„tls“ in [{table.name}] ist „none“.", WITHOUT_TLS)
    return cast("Tls", tls)


def _database(top: Table, path: Path, environ: Mapping[str, str]) -> str:
    table = _section(top, "database", needed=False)
    url = environ.get("KRM_DATABASE_URL") or table.text("url", "sqlite:///krm.db")
    table.done()
    if not re.match(r"(sqlite:///|postgresql(\+psycopg)?://)", url):
        table.faults.append(Fault(0, "Die Datenbank-URL ist unbekannt.", "Möglich: sqlite:///… oder postgresql://…"))
    relative = re.fullmatch(r"sqlite:///(?!/)(.+)", url)
    url = f"sqlite:///{(path.parent / relative[1]).resolve()}" if relative else url
    return re.sub(r"^postgresql://", "postgresql+psycopg://", url)


def _keys(top: Table, secrets: Secrets) -> KeyRing:
    """`krm init` makes the key; without one no letter could be answered and nothing would be found again."""
    del top
    text = secrets.get("key")
    keys = {}
    for part in text.split():
        name, _, value = part.partition(":")
        if len(value) < SHORTEST_KEY:
            secrets.faults.append(Fault(0, "Der Schlüssel ist zu kurz.", "„krm init“ legt einen an."))
        keys[name] = value.encode()
    return KeyRing(keys or {"": b""}, next(reversed(keys), ""))


SHORTEST_KEY = 32


def _trust(top: Table) -> Trust:
    table = _section(top, "trust")
    policy = Policy(table.choice("policy", Policy.AUTHSERV_ID, [p.value for p in Policy]))
    name = table.text("authserv_id", "")
    if policy is Policy.AUTHSERV_ID and not name:
        table.fault("authserv_id", "„authserv_id“ in [trust] fehlt.", "Es ist der Name des eigenen Mailservers.")
    table.done()
    return Trust(policy, name)


def _workdays(top: Table) -> Workdays:
    table = _section(top, "workdays", needed=False)
    if "off" not in table.values:
        table.done()
        return Workdays()
    off = []
    for text in table.texts("off"):
        found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.", text)
        if found:
            off.append((int(found[2]), int(found[1])))
        else:
            table.fault("off", f"„{text}“ ist kein Tag.", "Beispiel: 24.12.")
    top.faults.extend(table.faults if table.faults is not top.faults else [])
    return Workdays(frozenset(off))


def _rhythm(top: Table, max_bytes: int) -> tuple[Rhythm, int]:
    table = _section(top, "rhythm", needed=False)
    standard = Rhythm()
    made = Rhythm(
        group_mails=table.number("group_mails", standard.group_mails, 1, 1000),
        max_bytes=max_bytes,
        hold=timedelta(minutes=table.number("hold_minutes", 0, 0, 24 * 60)),
        tell_of_outage_after=timedelta(minutes=table.number("tell_of_outage_after_minutes", 30, 1, 24 * 60)),
        acknowledge_unasked=table.flag("acknowledge_unasked", default=True),
    )
    poll = table.number("poll_seconds", 60, 1, 3600)
    table.done()
    return made, poll


def _office(top: Table) -> Office:
    table = _section(top, "org")
    areas = tuple(_area(t) for t in table.tables("area"))
    units = tuple(_unit(t) for t in table.tables("unit"))
    made = Office(
        name=table.text("name"),
        address=table.text("address", pattern=ADDRESS, remedy=AN_ADDRESS).casefold(),
        officer=_person(table, "officer", telephone=True),
        deputy=_person(table, "deputy", telephone=True),
        management=tuple(_of(t) for t in table.tables("management")),
        front_office=_person(table, "front_office"),
        legal_office=_person(table, "legal_office"),
        areas=areas,
        units=units,
        security=_maybe(table, "security"),
        data_protection=_maybe(table, "data_protection"),
        supervising_body=_maybe(table, "supervising_body"),
        domains=tuple(d.casefold() for d in table.texts("domains")),
        listed=tuple(a.casefold() for a in table.texts("listed")),
        sites=table.texts("sites"),
        staff=table.texts("staff"),
        access=tuple(_access(t) for t in table.tables("access")),
        privacy_url=table.text("privacy_url"),
        postal_address=table.text("postal_address", ""),
    )
    _check_office(table, made)
    table.done()
    return made


def _person(table: Table, key: str, *, telephone: bool = False) -> Person:
    inner = table.table(key)
    return _of(inner, telephone=telephone) if inner else Person("", "", "")


def _maybe(table: Table, key: str) -> Person | None:
    inner = table.table(key, needed=False)
    return _of(inner) if inner else None


def _of(table: Table, *, telephone: bool = False) -> Person:
    made = Person(
        table.text("id", pattern=r"[a-z0-9][a-z0-9_-]{0,39}", remedy="Kleinbuchstaben, Ziffern, - und _."),
        table.text("name"),
        table.text("address", pattern=ADDRESS, remedy=AN_ADDRESS).casefold(),
        table.text("telephone", None if telephone else ""),
    )
    table.done()
    return made


def _area(table: Table) -> Area:
    made = Area(table.text("id"), table.text("name"), _person(table, "head"), _maybe(table, "deputy"))
    table.done()
    return made


def _unit(table: Table) -> Unit:
    made = Unit(
        table.text("id"),
        table.text("name"),
        table.text("area"),
        _person(table, "lead"),
        _maybe(table, "deputy"),
        table.texts("categories"),
        table.texts("sites"),
        table.texts("staff"),
    )
    table.done()
    return made


def _access(table: Table) -> Access:
    made = Access(table.text("user"), table.text("person"))
    table.done()
    return made


def _check_office(table: Table, office: Office) -> None:
    """What must fit together: each id one person, areas and people that are named exist, nobody is the mailbox."""
    areas = {a.id for a in office.areas}
    for n, unit in enumerate(office.units):
        if unit.area not in areas:
            inner = Table(f"org.unit#{n}", {}, table.lines, table.faults)
            inner.fault("area", f"Den Bereich „{unit.area}“ gibt es nicht.", "Bitte unter [[org.area]] anlegen.")
    for entry in office.access:
        if office.person(entry.person) is None:
            table.fault("access", f"Die Person „{entry.person}“ gibt es nicht.", "Bitte die id einer Person nennen.")
    if not office.management:
        table.fault("management", "Die Geschäftsführung fehlt.", "Bitte mindestens eine Person nennen.")
    if any(p.address == office.address for p in office.people()):
        table.fault("address", "Eine Person hat die Adresse des Postfachs.", "Das ergäbe eine Schleife.")
    if office.officer.id and office.officer.id == office.deputy.id:
        table.fault("deputy", "Beauftragte Person und Vertretung sind dieselbe.", "Bitte zwei Personen nennen.")
