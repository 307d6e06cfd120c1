"""`krm init`: a commented krm.toml and a new key."""

import secrets
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

import click

from ingest.authenticity import Policy
from krm import initialise
from krm.commands.common import Fault, example

PORTS = ("mailbox_port", "smtp_port")
CHOICES = {"policy": [p.value for p in Policy]}
NOTES = {
    "policy": f"how the office knows a sender: {', '.join(CHOICES['policy'])}; krm.toml tells what each rests on",
    "authserv_id": "name under which the office's server writes Authentication-Results; not for dkim, closed-network",
}
"""What people need to know to answer."""


def questions() -> dict[str, str]:
    """The names of all answers, with their defaults as people would type them."""
    standard = initialise.Answers()
    return {f.name: _typed(getattr(standard, f.name)) for f in fields(standard)}


def _typed(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value or "")


def _questions(command: Callable[..., None]) -> Callable[..., None]:
    """An option for every answer: `--mailbox-host` and so on."""
    for name, default in reversed(questions().items()):
        option = f"--{name.replace('_', '-')}"
        help_text = " ".join(filter(None, (NOTES.get(name), default and f"(default: {default})")))
        command = click.option(option, name, callback=_checked, help=help_text or None)(command)
    return command


def _checked(_: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    return _answer(parameter.name or "", value) if value else value


def _answer(name: str, typed: str) -> str:
    """What was typed, without blanks around it; a port and a choice must be one. Raises BadParameter."""
    typed = typed if name.endswith("password") else typed.strip()
    if name in PORTS and typed and not (typed.isascii() and typed.isdigit() and 0 < int(typed[:6]) < 65_536):
        raise click.BadParameter(f"{typed!r} is no port: a number from 1 to 65535")
    if typed and typed not in CHOICES.get(name, [typed]):
        raise click.BadParameter(f"{typed!r} is none of {', '.join(CHOICES[name])}")
    return typed


@click.command(epilog=example("krm init --folder /etc/krm --mailbox-host imap.example.org --mailbox-user krm"))
@click.option("--folder", default=".", type=click.Path(file_okay=False, path_type=Path), help="Where krm.toml goes.")
@click.option("--force", is_flag=True, help="Replace a krm.toml that is there; never the key.")
@click.option("--yes", is_flag=True, help="Ask nothing; what was not given stays a blank or its default.")
@_questions
def init(folder: Path, force: bool, yes: bool, **given: str | None) -> None:
    """Write a commented krm.toml and a new key; asks for what is not given."""
    answers = {name: value for name, value in given.items() if value is not None}
    if not yes and sys.stdin.isatty():
        answers |= _asked(set(given) - set(answers))
    for path in _written(folder, answers, force=force):
        click.echo(f"written: {path}")
    click.echo("Next: fill the blanks in krm.toml, put the passwords where it says, then call: krm doctor")


def _asked(still_open: set[str]) -> dict[str, str]:
    """Ask for what was not given; an empty answer leaves the default."""
    return {
        name: click.prompt(
            name.replace("_", " ") + (f" ({NOTES[name]})" if name in NOTES else ""),
            default=default,
            show_default=bool(default),
            hide_input=name.endswith("password"),
            value_proc=partial(_answer, name),
        )
        for name, default in questions().items()
        if name in still_open
    }


def _written(folder: Path, given: Mapping[str, str], *, force: bool) -> tuple[Path, ...]:
    try:
        return initialise.write(folder, _answers(given), force=force, make_key=new_key)
    except initialise.AlreadyThere as fault:
        raise Fault(f"{fault} is there already; --force replaces it (never the key)") from fault
    except OSError as fault:
        raise Fault(f"{folder}: {fault.strerror}") from fault


def _answers(given: Mapping[str, str]) -> initialise.Answers:
    """Typed words as values: ports are numbers, several domains are parted by commas."""
    values: dict[str, Any] = {name: text for name, text in given.items() if text}
    values |= {name: int(values[name]) for name in PORTS if name in values}
    if "domains" in values:
        values["domains"] = tuple(d.strip() for d in values["domains"].split(",") if d.strip())
    return initialise.Answers(**values)


def new_key() -> str:
    """A fresh secret key, 256 bits."""
    return secrets.token_urlsafe(32)
