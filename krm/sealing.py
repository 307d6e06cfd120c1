"""The office's database, with the vault through which what is about people passes where the office chose so."""

import os

from store.database import Database
from store.keys import KeyRing
from store.vault import Vault


def database(url: str, keys: KeyRing | None, *, encryption: bool) -> Database:
    """Without `keys` what is sealed cannot be read; the database says so (KeyAway)."""
    return Database(url, Vault(keys, os.urandom) if keys and encryption else None)
