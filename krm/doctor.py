"""`krm doctor`: every area is looked at on its own, and each fault has its remedy. Changes nothing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from stat import S_IMODE
from typing import Any
from urllib.parse import urlsplit

from classify import anlage3
from classify.anlage3 import TaxonomyError
from classify.examples import CorpusError
from ingest.authenticity import Trust
from krm import checkups, models, orgcheck, policies, sections, settings
from krm.faults import where
from krm.findings import Finding, Findings, ill, note, well
from krm.models import Recipe
from krm.secrets import FILES, Secrets
from krm.settings import Draft
from krm.tomlfile import Fault, SettingsError
from notify import letters
from notify.letters import moment

__all__ = ["Finding", "examine"]

YEAR_OF_THIS_PROGRAM = 2026


@dataclass(frozen=True, slots=True)
class Patient:
    """What there is to look at. `draft` is None where the file is no TOML; then `faults` say why."""

    path: Path
    environ: Mapping[str, str]
    now: datetime
    draft: Draft | None
    faults: tuple[Fault, ...]
    secret_faults: tuple[Fault, ...]


def examine(settings_path: Path, environ: Mapping[str, str], now: datetime) -> tuple[Finding, ...]:
    """All findings, area by area. `now` is aware. May take a minute where servers do not answer."""
    patient = _patient(settings_path, environ, now)
    return tuple(finding for area, check in CHECKS for finding in _looked(area, check, patient))


def _patient(path: Path, environ: Mapping[str, str], now: datetime) -> Patient:
    try:
        draft = settings.read(path, environ)
    except SettingsError as fault:
        secrets = Secrets(path.parent, environ, [])
        sections.keys(secrets)
        return Patient(path, environ, now, None, fault.faults, tuple(secrets.faults))
    return Patient(path, environ, now, draft, draft.faults, draft.secret_faults)


def _looked(area: str, check: "Check", patient: Patient) -> Iterator[Finding]:
    """A check that fails itself is a finding too, and the next one gets its turn."""
    try:
        yield from check(patient)
    except TaxonomyError as fault:
        yield ill(area, f"Das Formular (Anlage 3) ist nicht lesbar ({fault}).", "Bitte krm-bot neu installieren.")
    except (OSError, ValueError) as fault:
        what = f"Die Prüfung ist selbst gescheitert ({where(fault)})."
        yield ill(area, what, "Bitte die Einstellungen dieses Bereichs prüfen.")


def _settings(patient: Patient) -> Findings:
    for fault in patient.faults:
        place = f"{patient.path}, Zeile {fault.line}" if fault.line else str(patient.path)
        yield ill("settings", f"{place}: {fault.what}", fault.remedy)
    if not patient.faults:
        yield well("settings", f"{patient.path} ist lesbar und vollständig.")
    if patient.path.exists() and (mode := S_IMODE(patient.path.stat().st_mode)) & 0o022:
        what = f"{patient.path} kann von anderen geändert werden ({mode:04o})."
        yield ill("settings", what, f"Bitte „chmod go-w {patient.path}“ ausführen.")
    if patient.draft and patient.draft.filing and patient.draft.filing.folder:
        yield from checkups.report_folder(patient.draft.filing.folder)
    url = patient.draft.database_url if patient.draft else None
    if url and "KRM_DATABASE_URL" not in patient.environ and urlsplit(url).password:
        yield note("settings", "Die Datenbank-URL enthält ein Kennwort; besser steht sie in KRM_DATABASE_URL.")


def _secrets(patient: Patient) -> Findings:
    for fault in patient.secret_faults:
        yield ill("secrets", fault.what, fault.remedy)
    if not patient.secret_faults:
        yield well("secrets", "Der Schlüssel und alle Kennwörter, die gebraucht werden, sind da.")
    secrets = Secrets(patient.path.parent, patient.environ, [])
    for place in dict.fromkeys(place for name in FILES for place in secrets.places(name) if place.is_file()):
        mode = S_IMODE(place.stat().st_mode)
        if mode & 0o027:
            what = f"{place} ist für andere lesbar oder änderbar ({mode:04o})."
            yield ill("secrets", what, f"Bitte „chmod 600 {place}“ ausführen.")


def _on(area: str, part: str, label: str, look: Callable[[Any, Patient], Findings]) -> "Check":
    """A check of one part of the settings, which can only be made where that part is free of faults."""

    def check(patient: Patient) -> Findings:
        value = getattr(patient.draft, part, None)
        if value is None:
            why = f"{label} Fehler hat" if patient.draft else f"{patient.path.name} nicht lesbar ist"
            yield ill(area, f"Nicht geprüft, weil {why}.", "Bitte zuerst die Einstellungen berichtigen.")
        else:
            yield from look(value, patient)

    return check


def _model(patient: Patient) -> Findings:
    keys = patient.draft.keys if patient.draft else None
    try:
        kept = models.kept(Recipe(key=keys.seal() if keys else None))
    except (TaxonomyError, CorpusError) as fault:
        yield ill("model", f"Es lässt sich kein Modell trainieren ({fault}).", "Bitte krm-bot neu installieren.")
        return
    later = "Noch kein passendes Modell; es wird beim ersten Start trainiert und aufgehoben (etwa eine Minute)."
    yield well("model", "Ein passendes Modell liegt bereit.") if kept else note("model", later)
    if patient.draft and patient.draft.learning:
        yield checkups.learning(patient.draft.learning)


def _templates(_: Patient) -> Findings:
    for name, why in letters.broken():
        yield ill("templates", f"Die Vorlage {name} ist fehlerhaft ({why}).", "Bitte diese Datei berichtigen.")
    if not letters.broken():
        yield well("templates", f"Die Vorlagen aller {len(letters.names())} Schreiben sind in Ordnung.")


def _clock(patient: Patient) -> Findings:
    """That Europe/Berlin is known is shown by the hour; the journal's last moment is compared with the database."""
    if patient.now.year < YEAR_OF_THIS_PROGRAM:
        what = f"Die Uhr steht auf {moment(patient.now)}."
        yield ill("clock", what, "Bitte die Uhr des Rechners stellen (NTP).")
    else:
        yield well("clock", f"In Berlin ist es {moment(patient.now)} (Europe/Berlin).")


def _authenticity(trust: Trust, patient: Patient) -> Findings:
    meaning = policies.MEANINGS[trust.policy]
    yield note("authenticity", meaning.means.format(trust.authserv_id), meaning.rests_on)
    if trust.by_signature and patient.draft and patient.draft.office:
        yield checkups.nameserver(patient.draft.office.address.rpartition("@")[2])


def _database(url: str, patient: Patient) -> Findings:
    draft = patient.draft
    keys, encryption = (draft.keys, bool(draft.encryption)) if draft else (None, False)
    return checkups.database(url, patient.now, keys, encryption=encryption, workdays=draft.workdays if draft else None)


Check = Callable[[Patient], Findings]

CHECKS: tuple[tuple[str, Check], ...] = (
    ("settings", _settings),
    ("secrets", _secrets),
    ("imap", _on("imap", "mailbox", "[mailbox] oder sein Kennwort", lambda v, _: checkups.imap(v))),
    ("smtp", _on("smtp", "smtp", "[smtp] oder sein Kennwort", lambda v, _: checkups.smtp(v))),
    ("database", _on("database", "database_url", "[database]", _database)),
    ("model", _model),
    ("templates", _templates),
    ("clock", _clock),
    ("org", _on("org", "office", "[org]", lambda v, _: orgcheck.org(v, anlage3.shipped()))),
    ("authenticity", _on("authenticity", "trust", "[trust]", _authenticity)),
)
