"""A backup: every table as it was at one moment, in one file for either database, sealed and checked.

A zip without compression: `about` (plain: format, version of the tables, key, moment), for each table its rows in
parts, and `manifest` (rows and SHA-256 of each table). Parts and manifest are compressed and sealed with the office's
key under their own name: none can be changed, moved or left out unnoticed. What is sealed in the database stays so.
"""

import base64
import errno
import hashlib
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    LargeBinary,
    Table,
    Text,
    column,
    func,
    insert,
    select,
    table,
    text,
    update,
)
from sqlalchemy.sql.expression import TableClause

from store import conditions, journal
from store.case import Delivery, Source
from store.columns import Moment, Personal, PersonalBytes, PersonalJson
from store.database import Database
from store.tables import letters, metadata, reactions
from store.vault import Unopened, Vault

FORMAT = 1
PART = 1_000_000
"""Characters after which a part ends; one row may be longer."""
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError),
    KeyError,  # no part of that name
    *(ValueError, TypeError),  # a name or a value that is none, a place before the beginning
    RuntimeError,  # marked as encrypted, or as packed in a way that nobody knows
    Unopened,
)
"""What reading a part raises of a file that is no backup, or not as it was written."""
NOT_CERTAIN = (Delivery.PLANNED, Delivery.CLAIMED)


class BackupUnusable(Exception):  # noqa: N818
    """The file is damaged, changed, of another version, or sealed with a key that is not at hand. The message says."""


class NotEmpty(Exception):  # noqa: N818
    """There are records where the backup was to go; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a file holds: `at` the moment (ISO), rows by table, and whether the journal in it is whole."""

    at: str
    version: str
    rows: Mapping[str, int]
    whole: bool


def write(database: Database, vault: Vault, file: Path, now: datetime) -> Backup:
    """Back up to a new file, which is read again before it gets its name. The bot may be at work meanwhile.

    Raises FileExistsError, OSError, DatabaseAway, BackupUnusable where it does not read back.
    """
    if file.exists():
        raise FileExistsError(17, "is there already", str(file))
    new = file.with_name(f".{file.name}.part")
    new.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as raw:
            with database.snapshot() as connection, zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as archive:
                _fill(connection, archive, vault, _about(database, vault, now))
            raw.flush()
            os.fsync(raw.fileno())
        made = check(new, vault)
        new.rename(file)
    finally:
        new.unlink(missing_ok=True)
    return made


def _about(database: Database, vault: Vault, now: datetime) -> dict[str, Any]:
    version, _ = database.versions()
    return {"krm-backup": FORMAT, "version": version, "key": vault.current, "at": now.isoformat(timespec="seconds")}


def _fill(connection: Connection, archive: zipfile.ZipFile, vault: Vault, about: dict[str, Any]) -> None:
    archive.writestr("about", json.dumps(about))
    manifest: dict[str, Any] = about | {"tables": {}, "whole": not journal.check(connection).broken}
    for stored in metadata.sorted_tables:
        summed, rows, parts = hashlib.sha256(), 0, 0
        for part, count in _parts(connection, stored):
            summed.update(part.encode("utf-8", "surrogatepass"))
            _put(archive, vault, f"{stored.name}/{parts}", part)
            rows, parts = rows + count, parts + 1
        manifest["tables"][stored.name] = {"rows": rows, "parts": parts, "digest": summed.hexdigest()}
    _put(archive, vault, "manifest", json.dumps(manifest))


def _put(archive: zipfile.ZipFile, vault: Vault, name: str, content: str) -> None:
    archive.writestr(name, vault.seal(zlib.compress(content.encode("utf-8", "surrogatepass"), 1), f"backup/{name}"))


def _parts(connection: Connection, stored: Table) -> Iterator[tuple[str, int]]:
    """The rows as lines of JSON, in groups, with how many there are."""
    raw, lines, size = _as_stored(stored), list[str](), 0
    key = [raw.c[c.name] for c in stored.primary_key.columns]
    for row in connection.execute(select(*raw.c).order_by(*key), execution_options={"yield_per": 50}):
        lines.append(json.dumps([_told(value) for value in row], ensure_ascii=False) + "\n")
        size += len(lines[-1])
        if size > PART:
            yield "".join(lines), len(lines)
            lines, size = [], 0
    if lines:
        yield "".join(lines), len(lines)


def _as_stored(stored: Table) -> TableClause:
    """The table with what is sealed in it left so."""
    return table(stored.name, *(column(c.name, _type(c)) for c in stored.c))


def _type(of: Column[Any]) -> Any:
    if isinstance(of.type, PersonalBytes):
        return LargeBinary()
    return Text() if isinstance(of.type, Personal | PersonalJson) else of.type


def _told(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value.isoformat() if isinstance(value, date) else value


def _heard(value: Any, kind: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    if isinstance(kind, Moment):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


def check(file: Path, vault: Vault) -> Backup:
    """Read all of it. Raises BackupUnusable, OSError."""
    with _opened(file, vault) as (archive, manifest):
        for name in manifest["tables"]:
            for _ in _lines(archive, manifest, vault, name):
                pass
        return _backup(manifest)


def restore(database: Database, vault: Vault, file: Path, now: datetime, *, replace: bool) -> Backup:
    """Put the backup in the place of what is there, all or nothing; the whole file is read before.

    What waited in the outbox may have gone out since: it is left as between DATA and its note, so that the next pass
    puts it before the officer and sends none of it blindly; nobody whose mail arrived before `now` and is still to be
    decided is written to unasked. Raises BackupUnusable, NotEmpty, DatabaseAway, OSError.
    """
    check(file, vault)
    with (
        _opened(file, vault) as (archive, manifest),
        database.exclusive(sealing=False),
        database.transaction() as connection,
    ):
        if not replace and database.filled(connection):
            raise NotEmpty
        database.begin_anew(connection)
        for stored in metadata.sorted_tables:
            _insert(connection, stored, _lines(archive, manifest, vault, stored.name))
            there = connection.scalar(select(func.count()).select_from(stored))
            if there != manifest["tables"][stored.name]["rows"]:
                raise BackupUnusable(f"{stored.name} does not hold what the backup says")
        _count_on(connection)
        _doubt(connection, now)
        database.fits(connection)
        if manifest["whole"] and journal.check(connection).broken:
            raise BackupUnusable("the journal in it is not whole any more")
        return _backup(manifest)


def _doubt(connection: Connection, now: datetime) -> None:
    """What the records do not know may have happened since: letters, and acknowledgements of what waited then."""
    waiting = letters.c.state.in_(NOT_CERTAIN)
    connection.execute(update(letters).where(waiting).values(state=Delivery.TRANSMITTING))
    undecided = reactions.c.acknowledged.is_(None) & reactions.c.confirmed_at.is_(None)
    theirs = undecided & (reactions.c.source == Source.CITIZEN)
    connection.execute(update(reactions).where(theirs).values(source=Source.AGAIN))
    conditions.end(connection, conditions.RESTORED)  # of an earlier time, from the backup
    conditions.begin(connection, conditions.RESTORED, now)


def _insert(connection: Connection, stored: Table, lines: Iterator[list[Any]]) -> None:
    raw = _as_stored(stored)
    group: list[dict[str, Any]] = []
    for line in lines:
        group.append({c.name: _heard(value, c.type) for c, value in zip(raw.c, line, strict=True)})
        if len(group) == 50:
            connection.execute(insert(raw), group)
            group = []
    if group:
        connection.execute(insert(raw), group)


def _count_on(connection: Connection) -> None:
    """PostgreSQL counts rows in sequences of their own."""
    if connection.dialect.name != "postgresql":
        return
    for stored in metadata.sorted_tables:
        if "id" in stored.c and stored.c.id.autoincrement is not False and stored.c.id.type.python_type is int:
            sequence = f"pg_get_serial_sequence('{stored.name}', 'id')"
            connection.execute(text(f"SELECT setval({sequence}, max(id)) FROM {stored.name} HAVING max(id) > 0"))  # noqa: S608


@contextmanager
def _opened(file: Path, vault: Vault) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """The archive and its manifest."""
    with _whole("it is no backup of krm-bot, or not a whole one"):
        archive = zipfile.ZipFile(file)
    with archive:
        with _whole("what it says of itself is missing or damaged"):
            if any(part.compress_type != zipfile.ZIP_STORED for part in archive.infolist()):
                raise zipfile.BadZipFile("a part that might unpack to any size")
            about = dict(json.loads(archive.read("about")))
        yield archive, _manifest(archive, vault, about)


@contextmanager
def _whole(otherwise: str) -> Iterator[None]:
    """Raises BackupUnusable where the file is damaged, and OSError where the disk cannot be read at all."""
    try:
        yield
    except DAMAGED as fault:
        raise BackupUnusable(otherwise) from fault
    except OSError as fault:
        if fault.errno != errno.EINVAL:  # it leads to a place where no file has one
            raise
        raise BackupUnusable(otherwise) from fault


def _manifest(archive: zipfile.ZipFile, vault: Vault, about: dict[str, Any]) -> dict[str, Any]:
    newest = Database.newest()
    if about.get("krm-backup") != FORMAT or about.get("version") != newest:
        raise BackupUnusable(f"its tables have version {about.get('version')}, this program's have {newest}")
    if not vault.knows(str(about.get("key"))):
        raise BackupUnusable(f"it is sealed with the key {about.get('key')}, which is not here")
    manifest: dict[str, Any] = json.loads(_content(archive, vault, "manifest"))
    if {k: manifest.get(k) for k in about} != about or set(manifest["tables"]) != set(metadata.tables):
        raise BackupUnusable("what it says of itself was changed")
    return manifest


def _lines(archive: zipfile.ZipFile, manifest: dict[str, Any], vault: Vault, name: str) -> Iterator[list[Any]]:
    """The rows of a table; that all were there and as they were shows at the end. Raises BackupUnusable."""
    said, summed, rows = manifest["tables"][name], hashlib.sha256(), 0
    for number in range(said["parts"]):
        part = _content(archive, vault, f"{name}/{number}")
        summed.update(part.encode("utf-8", "surrogatepass"))
        for line in part.split("\n")[:-1]:  # not splitlines: texts hold other ends of lines
            rows += 1
            yield json.loads(line)
    if (rows, summed.hexdigest()) != (said["rows"], said["digest"]):
        raise BackupUnusable(f"{name} is not what was backed up")


def _content(archive: zipfile.ZipFile, vault: Vault, name: str) -> str:
    with _whole(f"its part {name} is missing, damaged, changed, or sealed with another key"):
        return zlib.decompress(vault.open_sealed(archive.read(name), f"backup/{name}")).decode("utf-8", "surrogatepass")


def _backup(manifest: dict[str, Any]) -> Backup:
    rows = {name: said["rows"] for name, said in manifest["tables"].items()}
    return Backup(manifest["at"], manifest["version"], rows, manifest["whole"])
