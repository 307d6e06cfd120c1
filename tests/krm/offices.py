"""An office whose servers stand on loopback, as its krm.toml says it."""

from dataclasses import replace
from pathlib import Path

from krm.records import os_user
from tests.krm.initialised import ANSWERS, added, written
from tests.servers import free_ports


def office(folder: Path, *, imap: int = 0, smtp: int = 0, user: str = "krm", password: str = "geheim") -> Path:
    """Its krm.toml. Without a port nobody listens there. Whoever runs the tests may read as the officer."""
    nobody, neither = free_ports(2)
    answers = replace(
        ANSWERS,
        mailbox_host="127.0.0.1",
        mailbox_port=imap or nobody,
        mailbox_tls="none",
        mailbox_user=user,
        mailbox_password=password,
        smtp_host="127.0.0.1",
        smtp_port=smtp or neither,
        smtp_tls="none",
        smtp_user="",
        smtp_password="",
        policy="closed-network",
        authserv_id="",
        os_user=os_user(),
    )
    return written(folder, answers)


def often(path: Path) -> Path:
    """Passes every second."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("#poll_seconds = 60", "poll_seconds = 1"), encoding="utf-8")
    return path


def reader(path: Path, user: str, person: str) -> Path:
    """One more line of the access list."""
    return added(path, f'\n[[org.access]]\nuser = "{user}"\nperson = "{person}"\n')
