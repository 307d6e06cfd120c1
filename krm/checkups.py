"""What the doctor looks at outside: mailbox, sending server, database. Changes nothing there."""

import os
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from ingest.mailbox import Mailbox
from ingest.postbox import MailboxAway, MailboxRefused, MailboxSettings
from krm.bot import Learning
from krm.findings import Finding, Findings, Server, failed, ill, note, well
from notify.letters import moment
from notify.parcels import SmtpAway, SmtpRefused, SmtpSettings
from notify.sending import Sender
from store import conditions, journal
from store.database import Database, DatabaseAway

PATIENCE = 20.0
"""Seconds a server may take for one answer; the doctor's patient waits in front of a screen."""
CLOCK_ERROR = timedelta(minutes=5)
SQLITE = "sqlite:///"
NO_DRIVER = "Bitte „pip install 'krm-bot[postgres]'“ ausführen."


def imap(settings: MailboxSettings) -> Findings:
    """Login, encryption, folders."""
    server = Server("imap", "mailbox", settings.host, settings.port)
    try:
        found = Mailbox(replace(settings, read_timeout=PATIENCE)).check()
    except (MailboxAway, MailboxRefused) as fault:
        yield failed(server, fault)
        return
    yield well("imap", f"Anmeldung bei {settings.host} gelungen, {_way(settings.tls)}.")
    yield _folders(found.missing)
    if not {"MOVE", "UIDPLUS"} & set(found.capabilities):
        what = "Der Server kann weder MOVE noch UIDPLUS: Abgelegte Mails bleiben als gelöscht markiert im Eingang."
        yield note("imap", what, "Bitte den Ordner von Zeit zu Zeit aufräumen („Ordner komprimieren“).")
    yield note("imap", f"Im Eingang liegen {found.waiting} Mails.")


def _folders(missing: tuple[str, ...]) -> Finding:
    if not missing:
        return well("imap", "Alle Ordner für die Ablage sind da.")
    return note("imap", f"Diese Ordner fehlen noch und werden beim ersten Durchgang angelegt: {', '.join(missing)}.")


def smtp(settings: SmtpSettings) -> Findings:
    """Connection, encryption, login."""
    server = Server("smtp", "smtp", settings.host, settings.port)
    try:
        Sender(replace(settings, read_timeout=PATIENCE)).check()
    except (SmtpAway, SmtpRefused) as fault:
        yield failed(server, fault)
        return
    done = "Anmeldung bei" if settings.user else "Verbindung ohne Anmeldung zu"
    yield well("smtp", f"{done} {settings.host} gelungen, {_way(settings.tls)}.")


def _way(tls: str) -> str:
    return "ohne Verschlüsselung (auf diesem Rechner)" if tls == "none" else f"verschlüsselt ({tls})"


def database(url: str, now: datetime) -> Findings:
    """Reachable, writable, version of the tables; the clock against what was stored."""
    if url.startswith(SQLITE):
        file = Path(url.removeprefix(SQLITE).partition("?")[0])
        if not file.exists():
            yield _to_be_made(file)
            return
        yield from _private(file)
    try:
        with closing(Database(_patient(url))) as opened:
            yield from _look(opened, now)
    except ModuleNotFoundError as fault:
        yield ill("database", f"Der Treiber für PostgreSQL fehlt ({fault.name}).", NO_DRIVER)
    except (DatabaseAway, SQLAlchemyError, OSError) as fault:
        what = f"Die Datenbank ist nicht benutzbar ({_kind(fault)})."
        remedy = "Bitte prüfen: Läuft sie, stimmen URL und Kennwort, ist Platz, darf dieser Benutzer hineinschreiben?"
        yield ill("database", what, remedy)


def _kind(fault: Exception) -> str:
    """The driver's word for it, never its sentence, which may quote values."""
    if isinstance(fault, DatabaseAway):
        return str(fault)
    return type(getattr(fault, "orig", None) or fault).__name__


def _to_be_made(file: Path) -> Finding:
    if not file.parent.is_dir() or not os.access(file.parent, os.W_OK | os.X_OK):
        what = f"Die Datenbank {file} gibt es nicht, und sie kann dort nicht angelegt werden."
        return ill("database", what, "Bitte den Ordner anlegen und diesem Benutzer das Schreiben erlauben.")
    return note("database", f"Die Datenbank {file} wird beim ersten Start angelegt.")


def learning(chosen: Learning) -> Finding:
    """Whether models made at night can be kept, and by nobody else."""
    if not chosen.enabled:
        return note("model", "Das Lernen aus bestätigten Vorgängen ist ausgeschaltet ([learning] in krm.toml).")
    place = next(p for p in (chosen.folder, *chosen.folder.parents) if p.exists())
    if not place.is_dir() or not os.access(place, os.W_OK | os.X_OK):
        what = f"Gelernte Modelle können nicht in {chosen.folder} gespeichert werden."
        return ill("model", what, f"Bitte diesem Benutzer das Schreiben in {place} erlauben oder „folder“ ändern.")
    if place == chosen.folder and place.stat().st_mode & 0o022:
        what = f"In {place} können auch andere schreiben."
        return ill("model", what, f"Bitte „chmod go-w {place}“ ausführen.")
    return well("model", f"Nachts wird aus bestätigten Vorgängen gelernt; die Modelle liegen in {chosen.folder}.")


def _private(file: Path) -> Findings:
    if (mode := file.stat().st_mode & 0o777) & 0o007:
        what = f"Die Datenbank {file} steht allen Benutzern dieses Rechners offen ({mode:04o})."
        yield ill("database", what, f"Bitte „chmod 600 {file}“ ausführen.")


def _patient(url: str) -> str:
    """PostgreSQL's driver waits for minutes unless told otherwise."""
    if url.startswith(SQLITE) or "connect_timeout" in url:
        return url
    return f"{url}{'&' if '?' in url else '?'}connect_timeout={int(PATIENCE)}"


def _look(opened: Database, now: datetime) -> Findings:
    present, newest = opened.versions()
    if present is None:
        yield note("database", "Die Datenbank ist erreichbar und leer; beim ersten Start werden die Tabellen angelegt.")
        return
    if newest is None or present > newest:
        what = f"Die Tabellen haben Version {present}, dieses Programm kennt nur {newest}."
        yield ill("database", what, "Bitte das neuere Programm verwenden oder die Sicherung von vorher einspielen.")
        return
    if present < newest:
        yield note("database", f"Die Tabellen (Version {present}) werden beim nächsten Start auf {newest} gebracht.")
        return
    with opened.transaction() as connection:
        conditions.end(connection, "doctor")  # deletes nothing, but asks for the right to
        latest = journal.latest(connection)
    yield well("database", f"Die Datenbank ist erreichbar und beschreibbar, Tabellen in Version {present}.")
    if latest and latest > now + CLOCK_ERROR:
        what = f"Die Uhr steht auf {moment(now)}, der letzte Eintrag im Protokoll ist von {moment(latest)}."
        yield ill("clock", what, "Bitte die Uhr des Rechners stellen (NTP), bevor krm-bot weiterläuft.")
