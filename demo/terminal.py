"""What the demo says in the terminal: colours and a spinner where somebody looks on, plain lines where not."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TextIO

from rich.console import Console
from rich.text import Text

from demo.office import ERIKA, KRM, NAME, OFFICER


class Terminal:
    """Writes to `out`; wide lines are left to the terminal, so that a URL stays in one piece."""

    def __init__(self, out: TextIO = sys.stdout) -> None:
        if isinstance(out, TextIOWrapper):
            out.reconfigure(errors="replace")
        self._console = Console(file=out, highlight=False, markup=False, soft_wrap=True)
        self._steps = 0

    def opened(self, url: str) -> None:
        """The first lines: which page to open and whom to write as."""
        self._say(f"krm-bot demo: {NAME}, an invented office on this machine", "bold")
        self._say("")
        self._row("Open this page", url)
        self._row("Write as", str(ERIKA))
        self._row("to", KRM.address)
        self._row("Answer as", f"{OFFICER}, the officer")
        self._say("")
        self._say("The guided example plays by itself; the first start trains the model, about half a minute.", "bold")

    def bot(self, line: str) -> None:
        """A line the bot wrote."""
        self._say(f"   {line}", "dim")

    def step(self, title: str, lines: Iterable[str]) -> None:
        """Something has happened in the guided example."""
        self._steps += 1
        self._say("")
        self._console.print(Text(f"{self._steps}  ", "bold cyan"), Text(title, "bold"), sep="")
        for line in lines:
            self._console.print(Text("   | ", "cyan"), Text(line), sep="")

    @contextmanager
    def waiting(self, what: str) -> Iterator[None]:
        """Shows that something is under way, where somebody looks on."""
        if not self._console.is_terminal:
            yield
            return
        with self._console.status(Text(f"{what} …", "dim")):
            yield

    def written(self, number: int, folder: str) -> None:
        self._say("")
        self._say(f"Done. {number} mails are in {folder}/", "bold green")

    def stays(self, url: str) -> None:
        """The last lines, while everything keeps running."""
        self._say("")
        self._say("Done. Now it is your turn: letters you can send are on the page.", "bold green")
        self._row("Open this page", url)
        self._row("Stop with", "Ctrl-C")

    def failed(self, why: str) -> None:
        self._say("")
        self._say(f"The demo failed: {why}", "bold red")

    def stopped(self) -> None:
        self._say("")
        self._say("Stopped; the office and its mails are gone.")

    def _row(self, name: str, value: str) -> None:
        self._console.print(Text(f"   {name:<16}"), Text(value, "bold"), sep="")

    def _say(self, words: str, style: str = "") -> None:
        self._console.print(Text(words, style))
