"""The world of one drill: an office's settings file, its servers, and the bot as a process that may be killed."""

import contextlib
import hashlib
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Protocol

from krm import sealing, settings
from store.database import Database
from tests.krm.initialised import ANSWERS
from tests.krm.offices import office
from tests.office import Received
from tests.servers import dovecot, memory, postgres, smtp
from tests.servers.smtp import SmtpSink

KRM = ANSWERS.address
OFFICER = ANSWERS.officer_address
MONDAY = datetime.fromisoformat("2026-11-16T09:00+01:00")
"""Past: a real server takes no mail from the future."""
PASSES = 6
"""A killed pass, the one that makes up for it, one that finds nothing, and some to spare."""
PATIENCE = 120


class Box(Protocol):
    """A mailbox, seen by whoever puts mail in and looks into its folders."""

    def append(self, raw: bytes, when: datetime) -> object: ...
    def contents(self, folder: str) -> list[bytes]: ...


@dataclass(frozen=True, slots=True)
class DovecotBox:
    user: dovecot.User

    def append(self, raw: bytes, when: datetime) -> object:
        return self.user.append(raw, when)

    def contents(self, folder: str) -> list[bytes]:
        return [held.content for held in self.user.list(folder)] if folder in self.user.folders() else []


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its exit code (negative: the signal), its words, its steps."""

    code: int
    out: str
    err: str
    steps: tuple[str, ...]

    @property
    def killed(self) -> bool:
        return self.code == -signal.SIGKILL


@dataclass(frozen=True, slots=True)
class Running:
    """A `krm` under way."""

    pid: int
    child: "Child"
    folder: Path

    def stopped(self) -> None:
        """Waits until it has stopped itself (SIGSTOP)."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with Path(f"/proc/{self.pid}/stat").open() as file:
                if file.read().rpartition(")")[2].split()[0] == "T":
                    return
            time.sleep(0.005)
        raise TimeoutError("the process did not stop")

    def end(self) -> Ended:
        """Waits until it has ended."""
        code = int(self.child.answer())
        said, told, steps = ((self.folder / name).read_text("utf-8", "replace") for name in ("said", "told", "steps"))
        return Ended(code, said, told, tuple(steps.splitlines()))


class Child:
    """The process that forks `krm` (see `child`): one at a time."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def start(self, folder: Path, environment: Mapping[str, str], words: Sequence[str], at: int, sent: int) -> Running:
        call = {"words": words, "folder": str(folder), "environment": environment, "at": at, "signal": sent}
        assert self._process.stdin
        self._process.stdin.write(json.dumps(call) + "\n")
        self._process.stdin.flush()
        return Running(int(self.answer()), self, folder)

    def answer(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline()


@contextlib.contextmanager
def child() -> Iterator[Child]:
    """Ready to fork while the block lasts."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KRM_", "PYTHON"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.child"],
        cwd=Path(__file__).parents[2],
        env=kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    with process:
        try:
            yield Child(process)
        finally:
            assert process.stdin
            process.stdin.close()
            process.wait(PATIENCE)


@dataclass
class World:
    """One office from its first mail on. The clock is put forward a minute before each pass."""

    folder: Path
    box: Box
    sink: SmtpSink
    child: Child
    url: str = ""  # "": SQLite in the folder
    now: datetime = MONDAY
    put: list[bytes] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        return {"KRM_DATABASE_URL": self.url} if self.url else {}

    def database(self) -> Database:
        """The bot's records, to look at; the caller closes them."""
        chosen = settings.load(self.folder / "krm.toml", self.environment)
        return sealing.database(chosen.database_url, chosen.keys, encryption=chosen.encryption)

    def start(self, at: int = 0, sent: int = signal.SIGKILL, child: Child | None = None, folder: str = "") -> Running:
        """A pass; `folder`: where it leaves its words, if it is not the only one."""
        place = self.folder / folder if folder else self.folder
        place.mkdir(exist_ok=True)
        words = ["--config", str(self.folder / "krm.toml"), "once", "--json", "--now", self.now.isoformat()]
        return (child or self.child).start(place, self.environment, words, at, sent)

    def passes(self, at: int = 0) -> Ended:
        """The next pass, killed at its step `at`; returns when nobody is connected to the server any more."""
        self.now += timedelta(minutes=1)
        ended = self.start(at).end()
        self.settled()
        return ended

    def settled(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self.sink.quiet():
            assert time.monotonic() < deadline, "somebody stays connected"
            time.sleep(0.002)

    def to_rest(self) -> list[Ended]:
        """Passes until one finds nothing to do."""
        done: list[Ended] = []
        for _ in range(PASSES):
            done.append(self.passes())
            assert not done[-1].err.count("Traceback"), done[-1].err
            if quiet(done[-1]):
                return done
        raise AssertionError(f"it never comes to rest: {[(e.code, e.out, e.err) for e in done]}")

    def arrives(self, body: str, *, sender: str, subject: str, **headers: str) -> EmailMessage:
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"], mail["Subject"] = sender, headers.pop("To", KRM), subject
        mail["Date"] = self.now
        digest = hashlib.sha256(f"{sender}{subject}{body}{headers}".encode()).hexdigest()
        mail["Message-ID"] = f"<{digest[:24]}@mail.example>"
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(body)
        self.arrives_raw(mail.as_bytes())
        return mail

    def arrives_raw(self, raw: bytes) -> None:
        self.put.append(raw)
        self.box.append(raw, self.now)

    def replies(self, letter: Received, body: str) -> None:
        quoted = "\n".join(f"> {line}" for line in letter.text.splitlines())
        whole = f"{body}\n\nAm {self.now:%d.%m.%Y} um {self.now:%H:%M} schrieb KRM <{KRM}>:\n{quoted}"
        answers = {"In_Reply_To": str(letter.mail["Message-ID"])}
        self.arrives(whole, sender=OFFICER, subject=f"AW: {letter.subject}", **answers)


def quiet(ended: Ended) -> bool:
    return ended.code == 0 and not any(json.loads(ended.out).values())


@dataclass(frozen=True, slots=True)
class Servers:
    """What all worlds share: a mail server with room for as many mailboxes as are asked for."""

    imap: dovecot.Dovecot | memory.Memory

    def settled_in(self, folder: Path, sink: SmtpSink, child: Child, url: str = "") -> World:
        """A new office with an empty mailbox."""
        folder.mkdir(parents=True, exist_ok=True)
        if isinstance(self.imap, dovecot.Dovecot):
            user = self.imap.make_user()
            box: Box = DovecotBox(user)
            name, password = user.name, dovecot.PASSWORD
        else:
            account = self.imap.make_user()
            box, name, password = account, account.name, memory.PASSWORD
        office(folder, imap=self.imap.port, smtp=sink.port, user=name, password=password)
        return World(folder, box, sink, child, url)


@contextlib.contextmanager
def settling(
    server: Servers, folder: Path, databases: postgres.Postgres | None = None
) -> Iterator[Callable[[], World]]:
    """A way to make one fresh office after the other, each with the child and the sink of the one before."""
    with child() as forks, smtp.running() as sink, contextlib.ExitStack() as last:
        numbers = itertools.count()

        def settle_in() -> World:
            last.close()
            sink.received.clear()
            url = last.enter_context(databases.database()) if databases else ""
            return server.settled_in(folder / str(next(numbers)), sink, forks, url)

        yield settle_in
