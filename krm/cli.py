"""`krm`: what commands there are. Each loads its own topic, so that a small command starts at once.

What people read here is English; mails are German.
"""

import io
import logging
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from classify.anlage3 import TaxonomyError
from krm.commands.common import CONFIG, Fault, example


@dataclass(frozen=True, slots=True)
class Topic:
    """Where a command stands: a module of `krm.commands` and a name in it; `summary` is its line in `krm --help`."""

    module: str
    name: str
    summary: str


COMMANDS = {
    topic.name: topic
    for topic in (
        Topic("init", "init", "Write a commented krm.toml and a new key; asks for what is not given."),
        Topic("doctor", "doctor", "Check everything the bot needs, with a remedy for each fault."),
        Topic("passes", "run", "The service: a pass every minute until it is stopped."),
        Topic("passes", "once", "One pass: fetch, process, send what is due."),
        Topic("passes", "retry", "Put unreadable mails before the reader again at the next pass."),
        Topic("cases", "cases", "All Cases, a line each."),
        Topic(
            "cases",
            "case",
            "One Case: facts, suggestion, confirmation, deadlines with their calculation, letters, journal.",
        ),
        Topic("mails", "parse", "Read mails from files and show what would be read from the mailbox."),
        Topic("judging", "classify", "Suggest type, categories, customer group, remedy and urgency, with evidence."),
        Topic("days", "due", "The days that bind a reaction (GA 3.5.1, 3.5.2)."),
        Topic("judging", "train", "Train the model and keep it in the cache."),
        Topic("judging", "evaluate", "Measure the model on labelled mails, which it should not have learned from."),
        Topic("simulate", "simulate", "Play an invented office through the real code and check its promises."),
        Topic("learning", "learn", "Learn from confirmed Cases; a new model takes over only if it is not worse."),
        Topic("form", "form", "The contact form (GA Anlage 3) as an empty PDF to fill in."),
        Topic("report", "report", "The evaluation of a month or a year (GA 3.9), as the records stand now."),
        Topic("person", "person", "What is stored about somebody: to be given to them, erased where nothing binds it."),
        Topic("retention", "retention", "How long what is kept; offer to the archive, deletion, legal hold (GA 3.8)."),
        Topic("journal", "journal", "Find what was changed in the journal, removed or reordered."),
        Topic("key", "key", "The office's keys: which there are, and a new one."),
        Topic(
            "backup",
            "backup",
            "Write all records to one sealed file, and read it again; the service may run meanwhile.",
        ),
        Topic(
            "backup", "restore", "Put a backup in the place of the records, all or nothing; stop the service before."
        ),
        Topic("learning", "model", "What is known of the model in use, and how often its suggestions were accepted."),
    )
}


class Commands(click.Group):
    """Loads a command when it is called (click, "Lazily Loading Subcommands").

    Faults of the work end with exit code 1 and one clear message; wrong calls with 2 (click's own).
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        topic = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"krm.commands.{topic.module}"), topic.name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, topic.summary) for name, topic in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (Fault, TaxonomyError) as fault:
            click.echo(f"krm: {fault}", err=True)
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=example("krm doctor"))
@click.version_option(package_name="krm-bot")
@click.option("--verbose", is_flag=True, help="Say more on standard error.")
@CONFIG
@click.pass_context
def main(ctx: click.Context, verbose: bool) -> None:
    """Kundenreaktionsmanagement by e-mail: reads the mailbox, suggests, lets the officer confirm by reply."""
    ctx.ensure_object(dict)
    _never_fail_at_a_letter((sys.stdout, sys.stderr))
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")


def _never_fail_at_a_letter(streams: Iterable[object]) -> None:
    """What a terminal's encoding lacks is written as \\uXXXX."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
