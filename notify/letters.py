"""The door to Jinja: what a letter is told -> subject, text and HTML from one context. A letter decides nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from notify.contexts import Context
from notify.deadlines import BERLIN

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS = tuple(
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()  # noqa: SIM905
)
MARK = "--- Bitte oberhalb dieser Zeile antworten ---"
SUBJECT_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as people read it. `subject` is one line."""

    subject: str
    text: str
    html: str


def write(told: Context) -> Letter:
    """Render the folder named by the context's class. Raises jinja2.TemplateError for a broken template."""
    folder = told.LETTER
    values = {"l": told, "mark": MARK}
    plain, marked = _environments()
    return Letter(
        subject=_one_line(plain.get_template(f"{folder}/subject.txt").render(values)),
        text=text_of(told),
        html=marked.get_template(f"{folder}/body.html").render(values),
    )


def text_of(told: Context) -> str:
    """The text part alone, as `write` gives it."""
    plain, _ = _environments()
    return plain.get_template(f"{told.LETTER}/body.txt").render({"l": told, "mark": MARK}).strip() + "\n"


def names() -> tuple[str, ...]:
    """The folders of all letters."""
    return tuple(sorted(p.parent.name for p in TEMPLATES.glob("*/subject.txt")))


def broken() -> tuple[tuple[str, str], ...]:
    """The template files that do not compile, each with the kind of fault; empty where all is well."""
    found = []
    for path in sorted(p for p in TEMPLATES.rglob("*") if p.suffix in (".txt", ".html")):
        name = path.relative_to(TEMPLATES).as_posix()
        try:
            _environments()[path.suffix == ".html"].get_template(name)
        except (TemplateError, UnicodeDecodeError, OSError) as fault:
            line = getattr(fault, "lineno", None)
            found.append((name, type(fault).__name__ + (f", line {line}" if line else "")))
    return tuple(found)


def day(value: date) -> str:
    """A date as the office writes it: `Mittwoch, 16. Dezember 2026`. A moment's day is counted in Berlin."""
    value = _in_berlin(value)
    return f"{WEEKDAYS[value.weekday()]}, {long_day(value)}"


def long_day(value: date) -> str:
    value = _in_berlin(value)
    return f"{value.day}. {MONTHS[value.month - 1]} {value.year}"


def short_day(value: date) -> str:
    """`Mi 16.12.2026`."""
    value = _in_berlin(value)
    return f"{WEEKDAYS[value.weekday()][:2]} {value:%d.%m.%Y}"


def moment(value: datetime) -> str:
    """`Mi 16.12.2026, 10:32 Uhr`, in Berlin."""
    local = value.astimezone(BERLIN)
    return f"{short_day(local.date())}, {local:%H:%M} Uhr"


def _in_berlin(value: date) -> date:
    """A moment becomes its day in Berlin; a date stays."""
    return value.astimezone(BERLIN).date() if isinstance(value, datetime) else value


def percent(p: float) -> str:
    return f"{round(p * 100)} %"


def quoted(text: str) -> str:
    """Every line with `> ` before it, as mail programs show somebody else's words."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


FILTERS: dict[str, Callable[..., str]] = {
    "day": day,
    "long_day": long_day,
    "short_day": short_day,
    "moment": moment,
    "percent": percent,
    "quoted": quoted,
}


def _one_line(subject: str) -> str:
    return " ".join(subject.split())[:SUBJECT_LIMIT]


@cache
def _environments() -> tuple[Environment, Environment]:
    """Text with escaping off, HTML with escaping on: `select_autoescape` would look at file names."""
    return _environment(autoescape=False), _environment(autoescape=True)


def _environment(*, autoescape: bool) -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=autoescape,  # noqa: S701 - off for the text part only
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(FILTERS)
    return made
