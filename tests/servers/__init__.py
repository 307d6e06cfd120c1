"""Real servers on loopback, random ports, as an unprivileged user; and fakes with the same manners."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

_PLACES = ("/usr/sbin", "/usr/local/sbin", "/usr/libexec/dovecot", "/opt/homebrew/bin")
_NOBODY = 65534


class Missing(Exception):  # noqa: N818
    """A program is not on this machine; the text says which, for the list of tests not run."""


def find(program: str, *patterns: str) -> str:
    """The path of a program: PATH, the system's own places, then globs from the root (the highest last part wins)."""
    found = shutil.which(program) or shutil.which(program, path=os.pathsep.join(_PLACES))
    globbed = sorted(str(path) for pattern in patterns for path in Path("/").glob(pattern) if os.access(path, os.X_OK))
    if found is None and not globbed:
        raise Missing(f"{program} is not installed")
    return found or globbed[-1]


def free_ports(count: int) -> tuple[int, ...]:
    """Ports of 127.0.0.1 free a moment ago, all different."""
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return tuple(each.getsockname()[1] for each in sockets)


class Unprivileged:
    """Who the servers run as: ourselves, or nobody where we are root (initdb and Dovecot refuse root)."""

    def __init__(self) -> None:
        self.root = os.geteuid() == 0
        self.uid = _NOBODY if self.root else os.getuid()
        self.gid = _NOBODY if self.root else os.getgid()

    @contextlib.contextmanager
    def directory(self) -> Iterator[Path]:
        """A directory of that user with a path short enough for unix sockets (107 bytes), removed afterwards."""
        path = Path(tempfile.mkdtemp(prefix="krm-", dir="/tmp"))
        self.own(path)
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)

    def own(self, *paths: Path) -> None:
        for path in paths:
            if self.root:
                os.chown(path, self.uid, self.gid)

    def start(self, command: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
        """The command as that user, in the directory of its log, with an environment of its own."""
        with log.open("ab") as output:
            return subprocess.Popen(
                command,
                cwd=log.parent,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(log.parent)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **({"user": self.uid, "group": self.gid, "extra_groups": []} if self.root else {}),
            )


def certificate(directory: Path) -> tuple[Path, Path]:
    """A self-made certificate for 127.0.0.1 and localhost, good for two days: (certificate, key) as PEM files."""
    chain, key = directory / "cert.pem", directory / "key.pem"
    subprocess.run(
        [
            *(find("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(chain)),
        ],
        check=True,
        capture_output=True,
    )
    return chain, key
