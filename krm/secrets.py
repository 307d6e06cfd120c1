"""Secrets: from the environment, a file (systemd credentials among them) or the keyring; never from krm.toml."""

import importlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from krm.tomlfile import Fault

SERVICE = "krm-bot"
FILES = {"key": "krm.key", "mailbox_password": "mailbox.password", "smtp_password": "smtp.password"}
"""Names beside krm.toml, as `krm init` writes them (mode 0600)."""
OURS_ONLY = 0o600
FORMS = {"key": " („k1:“ und mindestens 32 zufällige Zeichen)"}


@dataclass(slots=True)
class Secrets:
    """Looks a secret up where it may be; notes a fault where it is nowhere."""

    folder: Path
    environ: Mapping[str, str]
    faults: list[Fault]

    def get(self, name: str) -> str:
        """`KRM_NAME`, the file in `KRM_NAME_FILE`, the credential `name`, the file beside krm.toml, the keyring.

        Line ends behind a file's content do not count; everything else does, blanks too.
        """
        found = self.environ.get(_variable(name)) or self._from_files(name) or _from_keyring(name)
        if not found:
            remedy = f"Bitte {_variable(name)} setzen oder in die Datei „{FILES[name]}“ schreiben{FORMS.get(name, '')}."
            self.faults.append(Fault(0, f"Das Geheimnis „{name}“ fehlt.", remedy))
        return found

    def places(self, name: str) -> Iterator[Path]:
        """The files it is looked for in, in order."""
        if named := self.environ.get(f"{_variable(name)}_FILE"):
            yield Path(named)
        if folder := self.environ.get("CREDENTIALS_DIRECTORY"):
            yield Path(folder) / name
        yield self.folder / FILES[name]

    def place(self, name: str) -> Path | None:
        """The file it is read from; None where that is none: the environment, the keyring, or nowhere."""
        if self.environ.get(_variable(name)):
            return None
        return next((p for p in self.places(name) if p.is_file() and p.read_text("utf-8-sig").strip()), None)

    def _from_files(self, name: str) -> str:
        named = self.environ.get(f"{_variable(name)}_FILE")
        for place in self.places(name):
            try:
                if found := place.read_text(encoding="utf-8-sig").rstrip("\r\n"):
                    return found
            except FileNotFoundError:
                if named and place == Path(named):
                    what = f"{_variable(name)}_FILE nennt eine Datei, die es nicht gibt: {place}."
                    self.faults.append(Fault(0, what, "Bitte berichtigen oder weglassen."))
            except (OSError, UnicodeDecodeError) as fault:
                what = f"{place} ist nicht lesbar ({type(fault).__name__})."
                self.faults.append(Fault(0, what, "Bitte Rechte und Kodierung prüfen."))
        return ""


def _variable(name: str) -> str:
    return f"KRM_{name.upper()}"


def _from_keyring(name: str) -> str:
    """The keyring is an extra; without it, or without a backend, there is nothing in it."""
    try:
        keyring = importlib.import_module("keyring")
    except ModuleNotFoundError:
        return ""
    try:
        return str(keyring.get_password(SERVICE, name) or "")
    except keyring.errors.KeyringError:
        return ""


def put(path: Path, content: str) -> Path:
    """The file whole or not at all, readable for its owner only, who stays the same."""
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OURS_ONLY), "w", encoding="utf-8") as file:
        if path.exists() and os.geteuid() == 0:
            os.fchown(file.fileno(), path.stat().st_uid, path.stat().st_gid)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return new.replace(path)
