"""`krm backup`, `krm restore`: the records as one sealed file, and back, on either database."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from krm import sealing, settings
from krm.assembly import clock
from krm.commands.common import CONFIG, JSON, Fault, config, example, prose, say
from krm.commands.opening import opened, telling
from krm.tomlfile import SettingsError
from store import archive
from store.archive import Backup, BackupUnusable, NotEmpty
from store.vault import Vault

NO_KEY = "the office's key cannot be read by this user; a backup is sealed with it"
NOT_WHOLE = "the journal in it is not whole: krm journal verify says where"
SINCE = (
    "Letters that waited in the outbox then are not sent: the next pass puts them before the officer. Mail that came "
    "later lies in the folders of the mailbox: move it back into the inbox. The officer is asked to look into Sent "
    "first; replies of that time are put before the officer, not carried out, and nothing goes to a citizen unasked. "
    "Numbers given since then are given anew."
)


@click.command(epilog=example("krm backup /backups/krm-2026-12-11.krmb"))
@click.argument("file", type=click.Path(path_type=Path))
@JSON
@CONFIG
def backup(file: Path, as_json: bool) -> None:
    """Write all records to one sealed file, and read it again; the service may run meanwhile.

    It can be restored with the office's key alone: keep a copy of the key, but not in the same place.
    """
    with opened() as shelf, _told(file):
        if shelf.keys is None:
            raise Fault(NO_KEY)
        made = archive.write(shelf.database, Vault(shelf.keys, os.urandom), file, clock())
    say(asdict(made) if as_json else f"written and read again: {_words(file, made)}")
    if not made.whole:
        raise Fault(NOT_WHOLE)


@click.command(epilog=example("krm restore /backups/krm-2026-12-11.krmb"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Although there are records: they are gone afterwards.")
@JSON
@CONFIG
def restore(file: Path, replace: bool, as_json: bool) -> None:
    """Put a backup in the place of the records, all or nothing; stop the service before."""
    path = settings.find(config())
    try:
        draft = settings.read(path)
    except SettingsError as fault:
        raise Fault(str(fault)) from fault
    if draft.database_url is None or draft.keys is None:
        raise Fault(NO_KEY if draft.database_url else str(SettingsError(str(path), draft.faults)))
    with telling(), _told(file):
        database = sealing.database(draft.database_url, draft.keys, encryption=bool(draft.encryption))
        with closing(database):
            made = archive.restore(database, Vault(draft.keys, os.urandom), file, clock(), replace=replace)
    say(asdict(made) if as_json else f"restored: {_words(file, made)}\n{prose(SINCE)}")


@contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except BackupUnusable as fault:
        raise Fault(f"{file}: {fault}") from fault
    except NotEmpty as fault:
        raise Fault(
            "there are records already; nothing was changed\n(--replace puts the backup in their place)"
        ) from fault
    except OSError as fault:
        raise Fault(f"{fault.filename or file}: {fault.strerror}") from fault


def _words(file: Path, made: Backup) -> str:
    return f"{file}\nrecords of {made.at}: {sum(made.rows.values())} rows in {len(made.rows)} tables"
