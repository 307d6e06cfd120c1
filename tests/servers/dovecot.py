"""A real Dovecot (2.3 or 2.4) of its own: STARTTLS and TLS, Maildir, any number of users with one password."""

import contextlib
import grp
import itertools
import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from imapclient import IMAPClient

from tests.servers import Missing, Unprivileged, certificate, find, free_ports

PASSWORD = "geheim-äöüß"  # an umlaut everywhere: LOGIN cannot say it, AUTHENTICATE PLAIN can

_COMMON = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/dovecot.log
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_fsync = never
maildir_stat_dirs = no
auth_mechanisms = plain login
auth_failure_delay = 0
ssl = yes
namespace inbox {{
  inbox = yes
  prefix = {prefix}
  separator = {separator}
}}
service imap-login {{
  chroot =
  {requests} = 100000
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service imap {{
  {requests} = 100000
  process_min_avail = 1
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
mail_max_userip_connections = 1000
"""

_CONFIG = {
    "2.3": """
protocols = imap
disable_plaintext_auth = no
mail_location = maildir:{home}/mail/%u
ssl_cert = <{home}/cert.pem
ssl_key = <{home}/key.pem
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%u
}}
protocol imap {{
  {capability}
}}
"""
    + _COMMON,
    "2.4": """
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
protocols = imap
auth_allow_cleartext = yes
mail_driver = maildir
mail_path = {home}/mail/%{{user}}
ssl_server_cert_file = {home}/cert.pem
ssl_server_key_file = {home}/key.pem
passdb static {{
  password = {password}
}}
userdb static {{
  fields {{
    uid = {uid}
    gid = {gid}
    home = {home}/mail/%{{user}}
  }}
}}
protocol imap {{
  {capability}
}}
"""
    + _COMMON,
}


_QUOTA = """mail_plugins = quota imap_quota
  plugin {{
    quota = count:all
    quota_vsizes = yes
    quota_rule = *:messages={}
  }}"""


@dataclass(frozen=True, slots=True)
class Held:
    """A mail as it lies in a folder, looked at without touching it."""

    uid: int
    content: bytes
    flags: frozenset[bytes]
    when: datetime


@dataclass(frozen=True, slots=True)
class User:
    """One fresh mailbox; its helpers open a connection of their own each time."""

    server: "Dovecot"
    name: str

    @contextlib.contextmanager
    def connection(self) -> Iterator[IMAPClient]:
        with IMAPClient("127.0.0.1", self.server.port, ssl=False, timeout=20) as client:
            client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            client.normalise_times = False
            client.plain_login(self.name, PASSWORD)
            yield client

    def append(self, raw: bytes, when: datetime, folder: str = "INBOX", flags: tuple[bytes, ...] = ()) -> int:
        """Puts a mail in; gives its UID."""
        return self.append_all([(raw, when)], folder, flags)[0]

    def append_all(
        self, mails: list[tuple[bytes, datetime]], folder: str = "INBOX", flags: tuple[bytes, ...] = ()
    ) -> list[int]:
        """Puts many mails in over one connection; gives their UIDs."""
        with self.connection() as client:
            answers = [client.append(folder, raw, flags, when) for raw, when in mails]
        return [int(answer.split(b"]")[0].rsplit(b" ", 1)[1]) for answer in answers]

    def folders(self) -> set[str]:
        with self.connection() as client:
            return {name for _, _, name in client.list_folders()}

    def subscribed(self) -> set[str]:
        with self.connection() as client:
            return {name for _, _, name in client.list_sub_folders()}

    def create(self, folder: str) -> None:
        with self.connection() as client:
            client.create_folder(folder)

    def delete(self, folder: str) -> None:
        with self.connection() as client:
            client.delete_folder(folder)

    def uidvalidity(self, folder: str = "INBOX") -> int:
        with self.connection() as client:
            return int(client.folder_status(folder, ["UIDVALIDITY"])[b"UIDVALIDITY"])

    def list(self, folder: str = "INBOX") -> tuple[Held, ...]:
        with self.connection() as client:
            client.select_folder(folder, readonly=True)
            found = client.fetch(client.search(), [b"BODY.PEEK[]", b"FLAGS", b"INTERNALDATE"])
        return tuple(
            Held(uid, row[b"BODY[]"], frozenset(row[b"FLAGS"]) - {b"\\Recent"}, row[b"INTERNALDATE"])
            for uid, row in sorted(found.items())
        )

    def files(self, folder: str = "INBOX") -> tuple[Path, ...]:
        """The Maildir files of a folder with an ASCII name, to damage them."""
        home = self.server.home / "mail" / self.name / ("" if folder == "INBOX" else f".{folder}")
        found = [path for part in ("cur", "new") for path in (home / part).iterdir()]
        return tuple(sorted(found, key=lambda path: path.name))


class Dovecot:
    """A running server; `make_user` gives a mailbox nobody has used."""

    def __init__(self, home: Path, port: int, tls_port: int) -> None:
        self.home, self.port, self.tls_port = home, port, tls_port
        self.ca_file = str(home / "cert.pem")
        self._numbers = itertools.count(1)

    def make_user(self) -> User:
        return User(self, f"postfach{next(self._numbers)}")


@contextlib.contextmanager
def running(prefix: str = "", separator: str = "/", capability: str = "", most_mails: int = 0) -> Iterator[Dovecot]:
    """A Dovecot while the block lasts. `capability` replaces what the server offers, as an older server would.

    Where there are `most_mails`, a mailbox with so many is full by the server's own quota (2.3 alone).
    """
    program = find("dovecot")
    version = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout[:3]
    if version not in _CONFIG:
        raise Missing(f"Dovecot {' or '.join(_CONFIG)} is not installed, only {version}")
    if most_mails and version != "2.3":
        raise Missing(f"a quota is set up for Dovecot 2.3, not {version}")
    who = Unprivileged()
    with who.directory() as home:
        port, tls_port = free_ports(2)
        user, group = _names(who)
        settings = [f"imap_capability = {capability}"] * bool(capability) + [_QUOTA.format(most_mails)] * bool(
            most_mails
        )
        text = _CONFIG[version].format(
            home=home,
            user=user,
            group=group,
            uid=who.uid,
            gid=who.gid,
            password=PASSWORD,
            port=port,
            tls_port=tls_port,
            prefix=prefix,
            separator=separator,
            capability="\n  ".join(settings),
            requests="service_count" if version == "2.3" else "restart_request_count",
        )
        (home / "dovecot.conf").write_text(text, encoding="utf-8")
        (home / "mail").mkdir()
        who.own(home / "dovecot.conf", home / "mail", *certificate(home))
        process = who.start([program, "-F", "-c", str(home / "dovecot.conf")], home / "console.log")
        try:
            _wait(port, process, home)
            yield Dovecot(home, port, tls_port)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # at once, children and all; nothing of it is kept
            process.wait(20)


def _names(who: Unprivileged) -> tuple[str, str]:
    return pwd.getpwuid(who.uid).pw_name, grp.getgrgid(who.gid).gr_name


def _wait(port: int, process: subprocess.Popen[bytes], home: Path) -> None:
    for _ in range(400):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as door:
            if door.recv(4) == b"* OK":
                return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    logs = [
        path.read_text("utf-8", "replace") for path in (home / "console.log", home / "dovecot.log") if path.exists()
    ]
    raise RuntimeError("Dovecot did not start:\n" + "\n".join(logs))
