"""Frozen Settings from krm.toml and the secrets; raises one SettingsError with all faults."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TypeVar

from ingest.authenticity import Trust
from ingest.office import Office
from ingest.postbox import MailboxSettings
from krm import sections
from krm.bot import Learning, Retention, Rhythm
from krm.filing import Filing
from krm.orgfile import office
from krm.secrets import Secrets
from krm.sections import LOOPBACK
from krm.tomlfile import Fault, SettingsError, Table, parse
from notify.parcels import SmtpSettings
from notify.workdays import Workdays
from store.keys import KeyRing

__all__ = ["Draft", "Fault", "Secrets", "Settings", "SettingsError", "find", "load", "read"]

T = TypeVar("T")

PLACES = ("krm.toml", "/etc/krm/krm.toml")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the office chose. `poll_seconds` is the pause between two passes of `krm run`."""

    path: Path
    office: Office
    mailbox: MailboxSettings
    smtp: SmtpSettings
    database_url: str
    encryption: bool
    keys: KeyRing
    trust: Trust
    workdays: Workdays
    rhythm: Rhythm
    poll_seconds: int
    learning: Learning
    filing: Filing
    retention: Retention

    @property
    def on_loopback(self) -> bool:
        return self.mailbox.host in LOOPBACK and self.smtp.host in LOOPBACK


@dataclass(frozen=True, slots=True)
class Draft:
    """What can be used of a file with faults: each part that has none of its own; None for the others."""

    path: Path
    office: Office | None
    mailbox: MailboxSettings | None
    smtp: SmtpSettings | None
    database_url: str | None
    encryption: bool | None
    keys: KeyRing | None
    trust: Trust | None
    workdays: Workdays | None
    rhythm: Rhythm | None
    poll_seconds: int | None
    learning: Learning | None
    filing: Filing | None
    retention: Retention | None
    faults: tuple[Fault, ...]
    secret_faults: tuple[Fault, ...]


def find(given: str | None, environ: Mapping[str, str] = os.environ) -> Path:
    """The file to use: `--config`, KRM_CONFIG, ./krm.toml, /etc/krm/krm.toml."""
    chosen = given or environ.get("KRM_CONFIG")
    if chosen:
        return Path(chosen)
    return next((Path(p) for p in PLACES if Path(p).exists()), Path(PLACES[0]))


def load(path: Path, environ: Mapping[str, str] = os.environ) -> Settings:
    """Raises SettingsError with every fault of the file and every secret that is missing."""
    draft = read(path, environ)
    if draft.faults or draft.secret_faults:
        raise SettingsError(str(path), (*draft.secret_faults, *draft.faults))
    return Settings(**{f.name: getattr(draft, f.name) for f in fields(Settings)})


def read(path: Path, environ: Mapping[str, str] = os.environ) -> Draft:
    """Each part on its own, with all faults by line. Raises SettingsError only where the file is missing or no TOML."""
    reader = _Reader(parse(path), path.parent, environ)
    mailbox = reader.part(lambda top, secrets: sections.mailbox(top, secrets, path.parent))
    org = reader.part(lambda top, _: office(sections.section(top, "org"), path.parent))
    smtp = reader.part(lambda top, secrets: sections.smtp(top, secrets, path.parent))
    rhythm = reader.part(lambda top, _: sections.rhythm(top))
    if rhythm and mailbox:
        rhythm = replace(rhythm, max_bytes=mailbox.max_bytes)
    if rhythm and smtp:
        rhythm = replace(rhythm, max_letter_bytes=smtp.max_bytes)
    return Draft(
        path=path,
        office=org,
        mailbox=mailbox,
        smtp=smtp,
        database_url=reader.part(lambda top, _: sections.database(top, path.parent, environ)),
        encryption=reader.part(lambda top, _: sections.encryption(top)),
        keys=reader.part(lambda _, secrets: sections.keys(secrets)),
        trust=reader.part(lambda top, _: sections.trust(top)),
        workdays=reader.part(lambda top, _: sections.workdays(top)),
        rhythm=rhythm,
        poll_seconds=reader.part(lambda top, _: sections.poll_seconds(top)),
        learning=reader.part(lambda top, _: sections.learning(top, path.parent)),
        filing=reader.part(lambda top, _: sections.report(top, path.parent)),
        retention=reader.part(lambda top, _: sections.retention(top)),
        faults=reader.all_faults(),
        secret_faults=tuple(reader.secret_faults),
    )


class _Reader:
    """Reads part after part of one file, each with a list of faults of its own."""

    def __init__(self, top: Table, folder: Path, environ: Mapping[str, str]) -> None:
        self.top, self.folder, self.environ = top, folder, environ
        self.secret_faults: list[Fault] = []

    def part(self, build: Callable[[Table, Secrets], T]) -> T | None:
        """What `build` makes; None where that noted a fault."""
        top = replace(self.top, faults=[])  # the set of fields read is shared
        secrets = Secrets(self.folder, self.environ, [])
        made = build(top, secrets)
        self.top.faults.extend(top.faults)
        self.secret_faults.extend(secrets.faults)
        return None if top.faults or secrets.faults else made

    def all_faults(self) -> tuple[Fault, ...]:
        """Each once, by line, with what nobody has read."""
        self.top.done()
        return tuple(sorted(dict.fromkeys(self.top.faults), key=lambda f: f.line))
