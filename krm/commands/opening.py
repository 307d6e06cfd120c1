"""The office's records as a command opens them: no password of a mail server is needed for reading them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.office import Office
from krm import sealing, settings
from krm.bot import Learning, Retention
from krm.commands.common import Fault, config
from krm.tomlfile import SettingsError
from notify.workdays import Workdays
from store.database import Database, DatabaseAway, DatabaseBusy
from store.keys import KeyRing

SQLITE = "sqlite:///"
NOTHING_YET = "there are no records yet: the first pass makes them (krm once)"


class NothingYet(Fault):
    """No pass was ever made."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """`keys` are None where this user may not read them."""

    office: Office
    workdays: Workdays
    database: Database
    learning: Learning
    retention: Retention
    keys: KeyRing | None


@contextmanager
def telling() -> Iterator[None]:
    """What may go wrong with the database, told as Fault."""
    try:
        yield
    except DatabaseBusy as fault:
        raise Fault("another process of the bot is at work on this database") from fault
    except DatabaseAway as fault:
        raise Fault(f"the database cannot be used ({fault}); krm doctor says more") from fault
    except ModuleNotFoundError as fault:
        raise Fault(f"a part is missing ({fault.name}); for PostgreSQL: pip install 'krm-bot[postgres]'") from fault
    except (FileNotFoundError, NotADirectoryError, PermissionError) as fault:
        raise Fault(f"{fault.filename}: {fault.strerror}") from fault


@contextmanager
def opened() -> Iterator[Shelf]:
    """The records of the office of krm.toml, which are there already: a look makes none. Raises Fault."""
    path = settings.find(config())
    try:
        draft = settings.read(path)
    except SettingsError as fault:
        raise Fault(str(fault)) from fault
    office, workdays, url, learning = draft.office, draft.workdays, draft.database_url, draft.learning
    retention = draft.retention
    if draft.faults or not (office and workdays and url and learning and retention):
        raise Fault(str(SettingsError(str(path), draft.faults)))
    if url.startswith(SQLITE) and not Path(url.removeprefix(SQLITE)).exists():
        raise NothingYet(NOTHING_YET)
    with telling():
        database = sealing.database(url, draft.keys, encryption=bool(draft.encryption))
        try:
            if database.versions()[0] is None:
                raise NothingYet(NOTHING_YET)
            database.upgrade()
            yield Shelf(office, workdays, database, learning, retention, draft.keys)
        finally:
            database.close()
