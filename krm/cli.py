"""The commands. Each parses its words and makes one call; what people read here is English, mails are German."""

import json
import logging
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from krm import commands
from krm.commands import Fault
from notify.deadlines import BERLIN

JSON = click.option("--json", "as_json", is_flag=True, help="JSON Lines on standard output, ASCII-escaped.")
FILE = click.Path(exists=True, path_type=Path)
MAIL = click.Path(exists=True, dir_okay=False, path_type=Path)
AS = click.option("--as", "person", help="Who reads: a person id of the access list (default: your OS user's).")


def _configure(context: click.Context, value: str | None) -> None:
    """`--config` may stand before or behind the command."""
    settings = context.ensure_object(dict)
    if value is not None:
        settings["config"] = value


CONFIG = click.option(
    "--config",
    type=click.Path(),
    help="The krm.toml to use.",
    expose_value=False,
    callback=lambda context, _, value: _configure(context, value),
)


def _config() -> str | None:
    found: str | None = click.get_current_context().ensure_object(dict).get("config")
    return found


def example(text: str) -> str:
    """An epilogue that keeps its lines."""
    return "\b\nExample:\n  " + text.replace("\n", "\n  ")


class Commands(click.Group):
    """Faults of the work end with exit code 1 and one clear message; wrong calls with 2 (click's own)."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Fault as fault:
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
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")


@main.command(epilog=example("krm due --arrival 2026-12-11T10:00 --json"))
@click.option("--arrival", required=True, multiple=True, help="A moment in ISO 8601; without zone: Berlin.")
@JSON
def due(arrival: tuple[str, ...], as_json: bool) -> None:
    """The days that bind a reaction (GA 3.5.1, 3.5.2)."""
    for text in arrival:
        value, words = commands.due(_moment(text))
        _say(value if as_json else words)


@main.command(epilog=example("krm parse mail.eml --json"))
@click.argument("files", nargs=-1, required=True, type=MAIL)
@JSON
def parse(files: tuple[Path, ...], as_json: bool) -> None:
    """Read mails from files and show what would be read from the mailbox."""
    for path in files:
        value = commands.parse(path)
        _say(value if as_json else commands.shown(value))


@main.command(epilog=example("krm classify mail.eml --json\nkrm classify --jsonl mails.jsonl --json"))
@click.argument("files", nargs=-1, type=MAIL)
@click.option("--jsonl", type=click.Path(exists=True, allow_dash=True), help="Lines with id, subject, from_name, body.")
@JSON
def classify(files: tuple[Path, ...], jsonl: str | None, as_json: bool) -> None:
    """Suggest type, categories, customer group, remedy and urgency, with evidence."""
    if not files and not jsonl:
        raise click.UsageError("Name mail files or --jsonl FILE.")
    for value in commands.classify(files, jsonl, _progress):
        _say(value if as_json else commands.shown(value))


@main.command(epilog=example("krm train"))
@click.option(
    "--data",
    multiple=True,
    type=FILE,
    help="Labelled mails, not the shipped ones.",
)
@click.option("--taxonomy", type=FILE, help="A form, not the shipped one.")
@JSON
def train(data: tuple[Path, ...], taxonomy: Path | None, as_json: bool) -> None:
    """Train the model and keep it in the cache."""
    value = commands.train(data, taxonomy, _progress)
    _say(value if as_json else commands.shown(value))


@main.command(epilog=example("krm evaluate --data labelled.jsonl --json"))
@click.option(
    "--data",
    required=True,
    multiple=True,
    type=FILE,
    help="Labelled mails.",
)
@JSON
def evaluate(data: tuple[Path, ...], as_json: bool) -> None:
    """Measure the model on labelled mails."""
    value = commands.evaluate(data, _progress)
    _say(value if as_json else commands.shown(value))


def _questions(command: Callable[..., None]) -> Callable[..., None]:
    """An option for every answer: `--mailbox-host` and so on."""
    for name, default in reversed(commands.questions().items()):
        option = f"--{name.replace('_', '-')}"
        kind = click.INT if name.endswith("_port") else click.STRING
        command = click.option(option, name, type=kind, help=f"(default: {default})" if default else None)(command)
    return command


@main.command(epilog=example("krm init --folder /etc/krm --mailbox-host imap.example.org --mailbox-user krm"))
@click.option("--folder", default=".", type=click.Path(file_okay=False, path_type=Path), help="Where krm.toml goes.")
@click.option("--force", is_flag=True, help="Replace a krm.toml that is there; never the key.")
@click.option("--yes", is_flag=True, help="Ask nothing; what was not given stays a blank or its default.")
@_questions
def init(folder: Path, force: bool, yes: bool, **given: str | int | None) -> None:
    """Write a commented krm.toml and a new key; asks for what is not given."""
    answers = {name: str(value) for name, value in given.items() if value is not None}
    if not yes and sys.stdin.isatty():
        answers |= _asked(set(given) - set(answers))
    for path in commands.init(folder, answers, force=force):
        click.echo(f"written: {path}")
    click.echo("Next: fill the blanks in krm.toml, put the passwords where it says, then call: krm doctor")


@main.command(epilog=example("krm doctor"))
@JSON
@CONFIG
def doctor(as_json: bool) -> None:
    """Check everything the bot needs, with a remedy for each fault."""
    findings = commands.doctor(_config())
    for finding in findings:
        _say(finding.as_dict() if as_json else commands.diagnosis(finding))
    if not all(f.ok or f.info for f in findings):
        raise Fault("the doctor found faults")


@main.command(epilog=example("krm once --json"))
@click.option("--now", help="A moment instead of the clock, ISO 8601; for drills.")
@click.option("--drill", is_flag=True, help="Allow --now although a server is not on this machine.")
@JSON
@CONFIG
def once(now: str | None, drill: bool, as_json: bool) -> None:
    """One pass: fetch, process, send what is due."""
    value = commands.once(_config(), _moment(now) if now else None, drill=drill, progress=_progress)
    _say(value if as_json else commands.shown(value))
    if value["failed"]:
        raise Fault(f"{value['failed']} things failed; see above and krm doctor")


@main.command(epilog=example("krm --config /etc/krm/krm.toml run"))
@CONFIG
def run() -> None:
    """The service: a pass every minute until it is stopped."""
    commands.run(_config(), _progress)


@main.command(epilog=example("krm retry"))
@JSON
@CONFIG
def retry(as_json: bool) -> None:
    """Put unreadable mails before the reader again at the next pass."""
    value = commands.retry(_config())
    _say(value if as_json else commands.shown(value))


@main.command(name="cases", epilog=example("krm cases --open"))
@click.option("--open", "only_open", is_flag=True, help="Only open ones.")
@AS
@JSON
@CONFIG
def list_cases(only_open: bool, person: str | None, as_json: bool) -> None:
    """All Cases, a line each."""
    for value in commands.list_cases(_config(), person, only_open=only_open):
        _say(value if as_json else commands.line(value))


@main.command(name="case", epilog=example("krm case KRM-2026-0042"))
@click.argument("key")
@AS
@JSON
@CONFIG
def show_case(key: str, person: str | None, as_json: bool) -> None:
    """One Case: facts, suggestion, confirmation, deadlines with their calculation, letters, journal."""
    value = commands.show_case(_config(), person, key)
    _say(value if as_json else commands.shown(value))


def _say(what: Mapping[str, Any] | str | Iterable[str]) -> None:
    if isinstance(what, Mapping):
        click.echo(json.dumps(what, ensure_ascii=True))
    else:
        click.echo(what if isinstance(what, str) else "\n".join(what))


def _progress(text: str) -> None:
    click.echo(text, err=True)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as fault:
        raise click.BadParameter(f"{text!r} is no moment in ISO 8601, e.g. 2026-12-11T10:00") from fault
    return moment if moment.tzinfo else moment.replace(tzinfo=BERLIN)


def _asked(open_questions: set[str]) -> dict[str, str]:
    """Ask for what was not given; an empty answer leaves the default."""
    return {
        name: click.prompt(
            name.replace("_", " "), default=default, show_default=bool(default), hide_input=name.endswith("password")
        )
        for name, default in commands.questions().items()
        if name in open_questions
    }
