"""Secrets: from the environment, a file (systemd credentials among them) or the keyring; never from krm.toml."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from krm.tomlfile import Fault

SERVICE = "krm-bot"
FILES = {"key": "krm.key", "mailbox_password": "mailbox.password", "smtp_password": "smtp.password"}
"""Names beside krm.toml, as `krm init` writes them (mode 0600)."""


@dataclass(slots=True)
class Secrets:
    """Looks a secret up where it may be; notes a fault where it is nowhere."""

    folder: Path
    environ: Mapping[str, str]
    faults: list[Fault]

    def get(self, name: str, *, needed: bool = True) -> str:
        """`KRM_NAME`, the file in `KRM_NAME_FILE`, the credential `name`, the file beside krm.toml, the keyring."""
        variable = f"KRM_{name.upper()}"
        found = self.environ.get(variable) or self._from_files(name, variable) or _from_keyring(name)
        if not found and needed:
            remedy = f"Bitte {variable} setzen oder in die Datei „{FILES[name]}“ schreiben."
            self.faults.append(Fault(0, f"Das Geheimnis „{name}“ fehlt.", remedy))
        return found

    def _from_files(self, name: str, variable: str) -> str:
        places = [self.folder / FILES[name]]
        if "CREDENTIALS_DIRECTORY" in self.environ:
            places.insert(0, Path(self.environ["CREDENTIALS_DIRECTORY"]) / name)
        if f"{variable}_FILE" in self.environ:
            places.insert(0, Path(self.environ[f"{variable}_FILE"]))
        for place in places:
            try:
                return place.read_text(encoding="utf-8").strip()
            except FileNotFoundError:
                continue
            except (OSError, UnicodeDecodeError) as fault:
                self.faults.append(
                    Fault(0, f"{place} ist nicht lesbar ({type(fault).__name__}).", "Bitte Rechte prüfen.")
                )
        return ""


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
