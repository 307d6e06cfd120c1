"""The door to Jinja: what a letter is told -> subject, text and HTML from one context. A letter decides nothing."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from notify.contexts import Context
from notify.contexts_later import LaterContext
from notify.deadlines import BERLIN

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS = tuple(
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()  # noqa: SIM905
)
MARK = "--- Bitte oberhalb dieser Zeile antworten ---"
SUBJECT_LIMIT = 200
TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
WORD, GRAVE_WORD, END = "\ue000", "\ue002", "\ue001"
"""Private signs around evidence: templates make tags of them after escaping."""
SHORTEST_MARKED = 3

AnyContext = Context | LaterContext


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as people read it. `subject` is one line."""

    subject: str
    text: str
    html: str


def write(told: AnyContext) -> Letter:
    """Render the folder named by the context's class. Raises jinja2.TemplateError for a broken template."""
    folder = told.LETTER
    values = {"l": told, "mark": MARK}
    plain, marked = _environments()
    return Letter(
        subject=_one_line(plain.get_template(f"{folder}/subject.txt").render(values)),
        text=text_of(told),
        html=marked.get_template(f"{folder}/body.html").render(values),
    )


def text_of(told: AnyContext) -> str:
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


@lru_cache(maxsize=1024)
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
    """`81 %`; a suggestion is never certain, so at most 99."""
    return f"{_hundredths(p)} %"


def share(p: float) -> str:
    """`(81 %)`, never broken between lines."""
    return f"({_hundredths(p)}\u00a0%)"


def _hundredths(p: float) -> int:
    return min(99, round(p * 100))


def quoted(text: str) -> str:
    """Every line with `> ` before it, as mail programs show somebody else's words."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def unturned(text: str) -> str:
    """Somebody else's text without marks that turn the direction of what follows."""
    return _without(text, TURNS)


def clean(line: str) -> str:
    """Somebody else's line: nothing turns its direction, and it is one line."""
    return " ".join(unturned(line).split())


def said(words: Iterable[str]) -> str:
    """`„eins“, „zwei“`."""
    return ", ".join(f"„{clean(word)}“" for word in words)


def signed(text: str, words: Sequence[str] = (), grave: Sequence[str] = ()) -> str:
    """Somebody else's text with private signs around the evidence, and no such signs of its own."""
    text = _without(text, TURNS + WORD + END + GRAVE_WORD)
    plain = [word for word in words if word not in grave]
    for sign, marked in ((GRAVE_WORD, grave), (WORD, plain)):
        for word in marked:
            if len(word) >= SHORTEST_MARKED:
                text = _marked(text, word, sign)
    return text


def _marked(text: str, word: str, sign: str) -> str:
    """A clause is marked where it goes over the end of a line, too."""
    if word in text or " " not in word:
        return text.replace(word, f"{sign}{word}{END}")
    return re.sub(r"\s+".join(map(re.escape, word.split())), lambda found: f"{sign}{found[0]}{END}", text)


def _without(text: str, signs: str) -> str:
    for sign in "" if text.isascii() else signs:
        text = text.replace(sign, "")
    return text


FILTERS: dict[str, Callable[..., str]] = {
    "day": day,
    "long_day": long_day,
    "short_day": short_day,
    "moment": moment,
    "percent": percent,
    "share": share,
    "quoted": quoted,
    "unturned": unturned,
    "clean": clean,
    "said": said,
    "signed": signed,
}


def _one_line(subject: str) -> str:
    return " ".join(subject.split())[:SUBJECT_LIMIT]


@cache
def _environments() -> tuple[Environment, Environment]:
    """Text with escaping off, HTML with escaping on: `select_autoescape` would look at file names."""
    return _environment(autoescape=False), _environment(autoescape=True)


def _environment(*, autoescape: bool) -> Environment:
    """Templates lie in files that an office may change: they read what they are given and reach nothing behind it."""
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=autoescape,  # off for the text part only
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(FILTERS)
    return made
