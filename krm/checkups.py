"""What the doctor looks at outside: mailbox, sending server, database. Changes nothing there."""

import os
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from ingest.mailbox import Mailbox
from ingest.postbox import MailboxAway, MailboxRefused, MailboxSettings
from krm import sealing
from krm.bot import Learning
from krm.findings import Finding, Findings, Server, failed, ill, note, well
from notify.letters import moment
from notify.owing import working_day_later
from notify.parcels import SmtpAway, SmtpRefused, SmtpSettings
from notify.sending import Sender
from notify.workdays import Workdays
from store import conditions, journal, mails, outbox, resealing
from store.database import Database, DatabaseAway, KeyAway
from store.keys import KeyRing

PATIENCE = 20.0
"""Seconds a server may take for one answer; the doctor's patient waits in front of a screen."""
CLOCK_ERROR = timedelta(minutes=5)
UNFILED_AFTER = timedelta(minutes=30)
LEAST_ROOM = 200_000_000
"""Bytes: a day of the largest office, raw mails and all."""
REMEMBERED = timedelta(days=14)
"""So long the doctor speaks of letters that failed unnoticed."""
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
    if "UIDPLUS" not in found.capabilities:
        what = "Der Server kann kein UIDPLUS: Mails, deren Frist abgelaufen ist, löscht krm-bot dort nicht."
        yield note("imap", what, "„krm retention delete“ nennt sie; bitte diese Mails in den Ordnern selbst löschen.")
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


def database(
    url: str,
    now: datetime,
    keys: KeyRing | None = None,
    *,
    encryption: bool = False,
    workdays: Workdays | None = None,
) -> Findings:
    """Reachable, writable, sealed, version of the tables; the clock against what was stored."""
    if url.startswith(SQLITE):
        file = Path(url.removeprefix(SQLITE).partition("?")[0])
        if not file.exists():
            yield _to_be_made(file)
            return
        yield from _private(file)
    try:
        with closing(sealing.database(_patient(url), keys, encryption=encryption)) as opened:
            yield from _look(opened, now, workdays or Workdays())
    except ModuleNotFoundError as fault:
        yield ill("database", f"Der Treiber für PostgreSQL fehlt ({fault.name}).", NO_DRIVER)
    except KeyAway as fault:
        what = f"Gespeicherte Daten lassen sich nicht entschlüsseln ({fault})."
        yield ill("database", what, "Bitte den fehlenden Schlüssel zurücklegen (krm.key) und „encryption“ prüfen.")
    except (DatabaseAway, SQLAlchemyError, OSError) as fault:
        kind = _kind(fault)
        why, remedy = next((why, remedy) for words, why, remedy in CAUSES if any(w in kind for w in words))
        yield ill("database", f"{why} ({kind}).", remedy)


CAUSES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("SQLITE_BUSY", "SQLITE_LOCKED", "LockNotAvailable"),
        "Die Datenbank ist gesperrt",
        "Bitte prüfen, welches andere Programm sie geöffnet hat, und es beenden.",
    ),
    (("SQLITE_FULL", "DiskFull"), "Die Platte der Datenbank ist voll", "Bitte dort Platz schaffen."),
    (
        ("READONLY", "ReadOnly", "InsufficientPrivilege"),
        "In die Datenbank darf nicht geschrieben werden",
        "Bitte diesem Benutzer das Schreiben erlauben; bei SQLite auch in ihrem Ordner.",
    ),
    (
        ("SQLITE_CORRUPT", "SQLITE_NOTADB"),
        "Die Datei der Datenbank ist beschädigt",
        "Bitte die letzte Sicherung mit „krm restore“ einspielen und die beschädigte Datei aufheben.",
    ),
    (
        ("",),
        "Die Datenbank ist nicht benutzbar",
        "Bitte prüfen: Läuft sie, stimmen URL und Kennwort, ist Platz, darf dieser Benutzer hineinschreiben?",
    ),
)
"""Words of a driver (store.database), and what they mean to the administration."""


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


def _sealed(opened: Database, unsealed: int) -> Finding:
    if opened.vault is None:
        what = "Gespeicherte Mails und Namen sind nicht verschlüsselt („encryption“ in [database])."
        return note(
            "database", what, "Es sind Sozialdaten (§ 35 SGB I): Bitte einschalten, oder die Platte verschlüsseln."
        )
    if unsealed:
        what = f"{unsealed} Datensätze sind noch unverschlüsselt oder mit einem älteren Schlüssel verschlüsselt."
        return note("database", what, "Nach dem Neustart des Dienstes „krm key encrypt“ aufrufen.")
    return well("database", f"Gespeicherte Mails und Namen sind verschlüsselt (Schlüssel {opened.vault.current}).")


def _journal(checked: journal.Checked) -> Finding:
    """The quick check; `krm journal verify` reads all of it."""
    if checked.broken:
        what = "Das Protokoll ist nicht unversehrt: Einträge fehlen oder wurden verändert."
        return ill("database", what, "Bitte „krm journal verify“ ausführen und die Sicherungen aufheben.")
    if checked.newest is None:
        return note("database", "Das Protokoll hat noch keinen Tagesanker.")
    day = checked.newest.day
    return well("database", f"Das Protokoll ist seit seinem letzten Tagesanker ({day:%d.%m.%Y}) unversehrt.")


def _letters(waits: Sequence[datetime], untold: int) -> Findings:
    """What the mail server has not taken for more than a working day, and what nobody could be told of."""
    if waits:
        what = f"{len(waits)} Schreiben nimmt der Mailserver noch nicht an, das erste seit {moment(min(waits))}."
        remedy = "Bitte in seinem Protokoll nachsehen; die Tagesübersicht nennt die Schreiben."
        yield note("smtp", what, remedy)
    if untold:
        what = f"{untold} Schreiben kamen in den letzten {REMEMBERED.days} Tagen nicht an, und niemand weiß davon."
        remedy = "Bitte die Adressen von Beauftragten, Vertretung und Geschäftsführung in [org] prüfen."
        yield ill("smtp", what, remedy)


def _unfiled(count: int) -> Findings:
    if count:
        what = f"{count} bearbeitete Mails liegen noch im Eingang: Der Mailserver nimmt sie nicht in ihre Ordner auf."
        remedy = "Bitte prüfen: Ist das Postfach voll, darf dieses Konto in die Ordner schreiben?"
        yield ill("imap", what, remedy)


def _room(opened: Database) -> Findings:
    """Before the disk is full, not after."""
    free = opened.free_bytes()
    if free is not None and free < LEAST_ROOM:
        what = f"Neben der Datenbank ist kaum noch Platz auf der Platte ({free // 1_000_000} MB)."
        yield ill("database", what, "Bitte Platz schaffen; auf einer vollen Platte steht krm-bot still.")


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


def report_folder(folder: Path) -> Findings:
    """Nothing where released reports can be kept; else nobody would know before the first one is released (GA 3.9)."""
    if not folder.is_dir():
        what = f"Den Ordner für die Auswertungen ({folder}) gibt es nicht."
        yield ill("settings", what, "Bitte den Ordner anlegen oder „folder“ in [report] ändern.")
    elif not os.access(folder, os.W_OK | os.X_OK):
        what = f"Im Ordner für die Auswertungen ({folder}) kann dieser Benutzer nichts ablegen."
        yield ill("settings", what, f"Bitte diesem Benutzer das Schreiben in {folder} erlauben.")


def nameserver(domain: str, ask: Callable[[str], bytes | None] | None = None) -> Finding:
    """Whether keys of signatures can be looked up; `ask` is the system's name server unless a test has its own."""
    from ingest.nameserver import Nameserver, Unanswered  # noqa: PLC0415 - only where signatures are looked at

    try:
        (ask or Nameserver().txt)(f"_dmarc.{domain}")
    except Unanswered as fault:
        what = f"Die Namensauskunft (DNS) antwortet nicht ({fault}): Keine Signatur kann geprüft werden."
        return ill("authenticity", what, "Bitte diesem Rechner den Weg zu einem Nameserver öffnen (Port 53).")
    return well("authenticity", "Die Namensauskunft (DNS) antwortet.")


def _private(file: Path) -> Findings:
    """The database, what SQLite keeps beside it, and their folder are the service's alone."""
    for each in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))):
        if each.exists() and (mode := each.stat().st_mode & 0o777) & 0o077:
            whom = "allen Benutzern dieses Rechners" if mode & 0o007 else "einer Gruppe"
            what = f"Die Datenbank {each} steht {whom} offen ({mode:04o})."
            yield ill("database", what, f"Bitte „chmod 600 {each}“ ausführen.")
    if (mode := file.parent.stat().st_mode & 0o777) & 0o022:
        what = f"In den Ordner der Datenbank {file.parent} können auch andere schreiben ({mode:04o})."
        yield ill("database", what, f"Bitte „chmod 700 {file.parent}“ ausführen.")
    elif mode & 0o077:
        what = f"Den Ordner der Datenbank {file.parent} können auch andere ansehen ({mode:04o})."
        yield note("database", what, f"Besser: „chmod 700 {file.parent}“.")


def _patient(url: str) -> str:
    """PostgreSQL's driver waits for minutes unless told otherwise."""
    if url.startswith(SQLITE) or "connect_timeout" in url:
        return url
    return f"{url}{'&' if '?' in url else '?'}connect_timeout={int(PATIENCE)}"


def _look(opened: Database, now: datetime, workdays: Workdays) -> Findings:
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
    opened.agree()
    with opened.transaction() as connection:
        unfiled = mails.unfiled(connection, now - UNFILED_AFTER)
        unsealed = resealing.left(connection, opened.vault) if opened.vault and not opened.vault.whole else 0
        conditions.ask_to_write(connection)
        latest = journal.latest(connection)
        checked = journal.check_newest(connection)
        waits = [w.since for w in outbox.waiting(connection) if working_day_later(w.since, workdays) <= now]
        untold = outbox.untold(connection, now - REMEMBERED)
    yield well("database", f"Die Datenbank ist erreichbar und beschreibbar, Tabellen in Version {present}.")
    yield _journal(checked)
    yield _sealed(opened, unsealed)
    yield from _letters(waits, untold)
    yield from _unfiled(unfiled)
    yield from _room(opened)
    if latest and latest > now + CLOCK_ERROR:
        what = f"Die Uhr steht auf {moment(now)}, der letzte Eintrag im Protokoll ist von {moment(latest)}."
        yield ill("clock", what, "Bitte die Uhr des Rechners stellen (NTP), bevor krm-bot weiterläuft.")
