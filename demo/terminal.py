"""What the demo says in the terminal: colours and a spinner where somebody looks on, plain lines where not."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from io import TextIOWrapper
from typing import TextIO

from rich.console import Console
from rich.text import Text

from demo import tables
from demo.office import ERIKA, KRM, NAME, OFFICER, Account
from demo.outcome import Outcome

DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
URGENT = frozenset({"alert", "overdue", "interim_alarm"})
SHOWN_LINES = 3
WIDEST = 110


@dataclass(frozen=True, slots=True)
class Line:
    """`to`: the people; `subject`: of the letter; `detail`: what of its text is worth a second line, or ""."""

    kind: str
    to: str
    subject: str
    detail: str = ""


class Terminal:
    """Writes to `out`; wide lines are left to the terminal, so that a URL stays in one piece."""

    def __init__(self, out: TextIO = sys.stdout) -> None:
        if isinstance(out, TextIOWrapper):
            out.reconfigure(errors="replace")
        self._console = Console(file=out, highlight=False, markup=False, soft_wrap=True)
        self._steps = 0
        self._farewell = "Stopped; the office and its mails are gone."

    def opened(self, url: str) -> None:
        """The first lines: which page to open and whom to write as."""
        self._say(f"krm-bot demo: {NAME}, an invented office on this machine", "bold")
        self._say("")
        self._row("Open this page", url)
        self._row("Write as", str(ERIKA))
        self._row("to", KRM.address)
        self._row("Answer as", f"{OFFICER}, the officer")
        self._say("")
        self._say("The guided example plays by itself; the first start trains the model, one to two minutes.", "bold")

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

    def weeks(self) -> None:
        """The first lines of the played weeks."""
        self._farewell = "Angehalten. Das erfundene Amt und seine Nachrichten sind gelöscht."
        self._say(f"krm-bot: drei Wochen im {NAME}, einem erfundenen Amt, in etwa einer Minute", "bold")
        self._say("Mailserver, Schreiben und Antworten sind echt, nur die Uhr geht schneller. Ende mit Strg-C.", "dim")

    def day(self, day: date) -> None:
        """A day on which something happens begins."""
        self._say("")
        self._console.print(Text(f"{DAYS[day.weekday()]}, {day:%d.%m.}", "bold reverse"))

    def weekend(self, sunday: date) -> None:
        self._say("")
        self._say(f"Wochenende bis {sunday:%d.%m.}: Niemand wird gestört.", "dim")

    def why(self, words: str) -> None:
        """What to look at in the scene that follows."""
        self._hanging("  ", Text(words, "italic"))

    def person(self, at: datetime, who: Account, name: str, words: str, *, reply: bool) -> None:
        """Somebody writes or replies; of many lines the first is shown. `name` is how they are called here."""
        lines = [line for line in words.splitlines() if line.strip()]
        short = len(lines) <= SHOWN_LINES and not who.citizen
        said = " / ".join(lines) if short else f"{lines[0]} …" if len(lines) > 1 else lines[0]
        colour = "green" if who.citizen else "yellow"
        verb = "antwortet" if reply else "schreibt"
        self._event(at, Text.assemble((name, colour), f" {verb}: ", (f"„{said}“", f"bold {colour}")))

    def letter(self, at: datetime, line: Line) -> None:
        """A letter the bot sent."""
        colour = "bold red" if line.kind in URGENT else "cyan"
        self._event(at, Text.assemble(("→ ", colour), f"{line.to}: ", (line.subject, colour)))
        if line.detail:
            self._hanging(" " * 11, Text(line.detail, "dim"))

    def outcome(self, rows: Sequence[Outcome], today: date) -> None:
        """The table at the end of the weeks."""
        self._say("")
        self._console.print(tables.outcome(rows, today))
        self._say(f"  {tables.LEGEND}", "dim")

    def filed(self, number: int, folder: str) -> None:
        """The last lines after the weeks."""
        self._say("")
        self._say(f"Alle {number} Nachrichten liegen als Dateien in {folder}/.", "bold green")
        self._say("Selbst schreiben und antworten: make demo")

    def _event(self, at: datetime, words: Text) -> None:
        self._hanging(f"  {at:%H:%M}  ", words)

    def _hanging(self, margin: str, words: Text) -> None:
        """Wrapped beside the margin where somebody looks on, else one line."""
        width = min(self._console.width, WIDEST) - len(margin)
        lines = words.wrap(self._console, width) if self._console.is_terminal else [words]
        for number, line in enumerate(lines):
            line.rstrip()
            self._console.print(Text(margin if number == 0 else " " * len(margin), "dim"), line, sep="")

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
        self._say(self._farewell)

    def _row(self, name: str, value: str) -> None:
        self._console.print(Text(f"   {name:<16}"), Text(value, "bold"), sep="")

    def _say(self, words: str, style: str = "") -> None:
        self._console.print(Text(words, style))
