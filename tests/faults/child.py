"""`python -m tests.faults.child`: `krm` with a step counter at its doors; each call is a process of its own.

Everything is loaded once. For each line of standard input (JSON: words, folder, at, signal) this process forks; the
fork is `krm` called with these words, and sends itself the signal at its step `at`. Answered are the fork's process id
and, in a second line, how it ended. In `folder` it leaves `steps` (the name of each step, written as it is reached),
`said` and `told` (standard output and error).
"""

import imaplib
import json
import os
import smtplib
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import imapclient
from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

import krm.judge
from classify.coding import Suggestion, Text
from krm import cli, models
from krm.models import Untrainable
from notify import letters
from notify.workdays import Workdays
from tests.office import judged

WRITING = ("INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP")
ENDED_BY_FAULT = 70
"""Exit code of a fork that broke in a way `krm` itself does not tell."""


class Steps:
    """Counts, writes down, and at one number sends the signal."""

    def __init__(self) -> None:
        self.count = self.at = self.signal = 0
        self.trace = -1

    def step(self, name: str) -> None:
        if self.trace < 0:
            return
        self.count += 1
        os.write(self.trace, f"{name}\n".encode())
        if self.count == self.at:
            os.kill(os.getpid(), self.signal)


STEPS = Steps()


def around(owner: type, method: str, before: Callable[..., str], after: Callable[..., str]) -> None:
    """Makes a step before and one after each call; `before` and `after` get its arguments and name them ("": none)."""
    honest = getattr(owner, method)

    @wraps(honest)
    def stepping(self: Any, *arguments: Any, **named: Any) -> Any:
        if name := before(*arguments):
            STEPS.step(f"before {name}")
        result = honest(self, *arguments, **named)
        if name := after(*arguments):
            STEPS.step(f"after {name}")
        return result

    setattr(owner, method, stepping)


def nothing(*_: object) -> str:
    return ""


def wrap_commits() -> None:
    """Of transactions that write; one that only reads changes nothing."""
    wrote = False

    def look(_: object, __: object, statement: str, *___: object) -> None:
        nonlocal wrote
        wrote = wrote or statement.lstrip().upper().startswith(WRITING)

    def name(*_: object) -> str:
        return "commit" if wrote else ""

    def name_and_forget(*_: object) -> str:
        nonlocal wrote
        named, wrote = name(), False
        return named

    event.listen(Engine, "before_cursor_execute", look)
    around(DefaultDialect, "do_commit", name, name_and_forget)


def wrap_imap() -> None:
    """Commands as imaplib sends them, those imapclient writes itself, and the server's tagged answer to either."""

    def named(*words: Any) -> str:
        first = [w.decode("ascii", "replace") if isinstance(w, bytes) else str(w) for w in words[:2]]
        return "IMAP " + (" ".join(first) if first[0] == "UID" else first[0]).upper()

    around(imaplib.IMAP4, "_command", named, nothing)
    around(imapclient.IMAPClient, "_raw_command", lambda command, *_: named(command), nothing)
    around(imaplib.IMAP4, "_command_complete", nothing, lambda command, *_: named(command))


def wrap_smtp() -> None:
    """Verbs, the final dot (asked, out), and each reply."""
    last = ""

    def verb(words: str, *_: object) -> str:
        nonlocal last
        last = f"SMTP {words.split(maxsplit=1)[0].upper()}"
        return last

    def content(data: bytes | str) -> str:
        nonlocal last
        if not (isinstance(data, bytes) and data.endswith(b"\r\n.\r\n")):
            return ""
        last = "SMTP end of data"
        return last

    def out(data: bytes | str) -> str:
        return "SMTP end of data is out" if content(data) else ""

    around(smtplib.SMTP, "putcmd", verb, nothing)
    around(smtplib.SMTP, "send", content, out)
    around(smtplib.SMTP, "getreply", nothing, lambda *_: last)


def judge(texts: Sequence[Text], *_: object) -> tuple[Suggestion, ...]:
    """Sure of everything, as the story wants it; a model would only cost time."""
    words = {"Lob!": judged("lob", (), unit=""), "Widerspruch": judged(remedy=True, unit="")}
    return tuple(next((s for w, s in words.items() if w in text.body), judged(unit="")) for text in texts)


def no_model(*_: object) -> NoReturn:
    raise Untrainable("drill: nobody asks it")


def become_krm(call: dict[str, Any]) -> None:
    """The fork: never returns."""
    folder = Path(call["folder"])
    for name, number in (("said", 1), ("told", 2)):
        os.dup2(os.open(folder / name, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ.update(call["environment"])
    os.chdir(folder)
    STEPS.at, STEPS.signal = call["at"], call["signal"]
    STEPS.trace = os.open(folder / "steps", os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    code = ENDED_BY_FAULT
    try:
        cli.main(call["words"])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else ENDED_BY_FAULT
    except BaseException as fault:  # noqa: BLE001 - a fork must not go on as the process that forks
        print(f"{type(fault).__name__}: {fault}", file=sys.stderr)  # noqa: T201
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def warm() -> None:
    """What `krm once` would load or make at its first use, and every fork anew."""
    for module in ("krm.commands.passes", "sqlite3", "psycopg"):
        with suppress(ModuleNotFoundError):
            import_module(module)
    Workdays().working(date(2026, 11, 16))
    letters.broken()


def serve() -> None:
    """A fork for each line until there are no more."""
    warm()
    models.ready, krm.judge.suggest = no_model, judge
    for wrap in (wrap_commits, wrap_imap, wrap_smtp):
        wrap()
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            become_krm(json.loads(line))
        print(pid, file=answers, flush=True)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), file=answers, flush=True)


if __name__ == "__main__":
    serve()
