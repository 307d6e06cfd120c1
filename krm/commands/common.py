"""What commands share: options, the fault people are told, output for machines and for people."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from textwrap import fill
from typing import Any
from zoneinfo import ZoneInfo

import click

Json = dict[str, Any]

BERLIN = ZoneInfo("Europe/Berlin")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a mail must not say to a terminal: escape sequences, overwriting, turning the direction of writing."""


class Fault(Exception):  # noqa: N818 - what people are told, not a bug
    """The work could not be done; the message says why in one line or a few."""


def _configure(context: click.Context, _: click.Parameter, value: str | None) -> None:
    """`--config` may stand before or behind the command."""
    if value is not None:
        context.ensure_object(dict)["config"] = value


JSON = click.option("--json", "as_json", is_flag=True, help="JSON Lines on standard output, ASCII-escaped.")
AS = click.option("--as", "person", help="Who you are: a person id of the access list (default: your OS user's).")
CONFIG = click.option(
    "--config",
    type=click.Path(),
    help="The krm.toml to use (default: KRM_CONFIG, ./krm.toml, /etc/krm/krm.toml).",
    expose_value=False,
    callback=_configure,
)
FILE = click.Path(exists=True, path_type=Path)
MAIL = click.Path(exists=True, dir_okay=False, path_type=Path)


def config() -> str | None:
    """What `--config` said."""
    found: str | None = click.get_current_context().ensure_object(dict).get("config")
    return found


def example(text: str) -> str:
    """An epilogue that keeps its lines."""
    return "\b\nExample:\n  " + text.replace("\n", "\n  ")


def moment(text: str) -> datetime:
    """ISO 8601; a day means its beginning, and without a zone the office's own holds. Raises BadParameter."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as fault:
        raise click.BadParameter(f"{text!r} is no moment in ISO 8601, e.g. 2026-12-11 or 2026-12-11T10:00") from fault
    return found if found.tzinfo else found.replace(tzinfo=BERLIN)


def say(what: Mapping[str, Any] | str) -> None:
    """A mapping as a line of JSON, anything else as text."""
    click.echo(printable(what) if isinstance(what, str) else json.dumps(what, ensure_ascii=True))


def progress(text: str) -> None:
    click.echo(text, err=True)


def prose(text: str, indent: str = "") -> str:
    """Sentences as lines of a terminal of 80 columns, all but the first indented; no path or word is broken."""
    return fill(text, 79, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def shown(value: Mapping[str, Any]) -> str:
    """A value for people: field by field."""
    return "\n".join(row for name, content in value.items() for row in _field(name, content, ""))


def printable(text: str) -> str:
    """Without what would steer a terminal."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def _field(name: str, content: Any, indent: str) -> Iterator[str]:
    if isinstance(content, Mapping):
        yield f"{indent}{name}:"
        for inner, value in content.items():
            yield from _field(str(inner), value, indent + "  ")
    elif isinstance(content, list) and content and isinstance(content[0], Mapping):
        yield f"{indent}{name}:"
        for row in content:
            yield f"{indent}  - " + ", ".join(f"{k}: {v}" for k, v in row.items())
    else:
        yield f"{indent}{name}: {_plain(content)}".replace("\n", f"\n{indent}  ")


def _plain(content: Any) -> str:
    if content is None:
        return "–"
    if isinstance(content, bool):
        return "yes" if content else "no"
    if isinstance(content, Iterable) and not isinstance(content, str):
        return ", ".join(map(str, content))
    return str(content)
