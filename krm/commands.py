"""What the commands do: values in, JSON-ready values out. The command line itself stands in `cli`."""

import json
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from classify import examples, quality
from classify.anlage3 import SHIPPED, TaxonomyError, load, shipped
from classify.coding import Suggestion, Text
from classify.examples import CorpusError
from classify.model import Model
from classify.suggest import suggest
from classify.training import TrainingError
from ingest import reading
from ingest.message import Message
from krm import doctor as doctors
from krm import flow, initialise, models, settings, tomlfile
from krm.assembly import assemble, clock
from krm.faults import where
from krm.models import Recipe
from krm.records import Reader, case_row, case_whole
from krm.settings import Settings
from krm.timetable import keep_time
from notify.deadlines import calculation, deadlines
from notify.workdays import Workdays
from store import mails
from store.database import Database, DatabaseAway, DatabaseBusy
from store.mails import MailState

Json = dict[str, Any]
Progress = Callable[[str], None]

TROUBLE = (TaxonomyError, CorpusError, TrainingError)


class Fault(Exception):  # noqa: N818 - what people are told, not a bug
    """The work could not be done; the message says why in one line or a few."""


def due(arrival: datetime) -> tuple[Json, tuple[str, ...]]:
    """The days of rules.md, Time, and their calculation in words."""
    days = deadlines(arrival, Workdays())
    names = ("acknowledge_by", "day14", "target", "latest")
    value: Json = {"arrival": arrival.isoformat()} | {n: getattr(days, n).isoformat() for n in names}
    return value, calculation(days)


def parse(path: Path) -> Json:
    """One mail as the bot would read it; an unreadable one is a result, not a fault."""
    try:
        return parsed(path, reading.read(path.read_bytes()))
    except reading.Unreadable as fault:
        return EMPTY | {"file": str(path), "unreadable": str(fault)}
    except OSError as fault:
        raise Fault(f"{path}: {fault.strerror}") from fault


def parsed(path: Path, m: Message) -> Json:
    """The contract's keys, in order."""
    forwarded = m.forwarded
    return {
        "file": str(path),
        "subject": m.subject,
        "from": str(m.sender),
        "to": [str(a) for a in m.to],
        "message_id": m.message_id,
        "date": m.date.isoformat() if m.date else None,
        "text": m.text,
        "new_text": m.new_text,
        "attachments": [{"name": a.name, "type": a.type, "size": a.size} for a in m.attachments],
        "automatic": m.automatic.value if m.automatic else None,
        "forwarded": {"from": str(forwarded.sender), "date": forwarded.date, "text": forwarded.text}
        if forwarded
        else None,
        "defects": list(m.defects),
        "unreadable": None,
    }


EMPTY: Json = {
    "file": "",
    "subject": "",
    "from": "",
    "to": [],
    "message_id": "",
    "date": None,
    "text": "",
    "new_text": "",
    "attachments": [],
    "automatic": None,
    "forwarded": None,
    "defects": [],
    "unreadable": None,
}


def classify(files: Sequence[Path], jsonl: str | None, progress: Progress) -> Iterator[Json]:
    """A suggestion for every mail and every line, in order."""
    texts = [_text_of(path) for path in files]
    texts += list(_texts_in(jsonl)) if jsonl else []
    model = _model(Recipe(), progress)
    for start in range(0, len(texts), GROUP):
        group = texts[start : start + GROUP]
        for text, found in zip(group, suggest(group, model, shipped()), strict=True):
            yield suggested(text.id, found)


GROUP = 200


def suggested(key: str, s: Suggestion) -> Json:
    """The contract's keys, in order."""
    return {
        "id": key,
        "art": s.type,
        "art_scores": {t.id: round(t.p, 6) for t in s.types},
        "kategorien": [{"id": c.id, "p": round(c.p, 6)} for c in s.categories],
        "vorschlag": list(s.proposed),
        "kundengruppe": s.customer_group,
        "rechtsbehelf": {"ja": s.remedy, "p": round(s.remedy_p, 6)},
        "dringend": s.urgency.value,
        "belege": list(dict.fromkeys(w for e in s.evidence for w in e.words)),
        "sicher": s.sure,
    }


def train(data: Sequence[Path], taxonomy: Path | None, progress: Progress) -> Json:
    """Train anew and keep it; gives the model's own figures."""
    recipe = Recipe(taxonomy or SHIPPED, _files(data))
    try:
        model, path = models.renew(recipe, progress)
    except TROUBLE as fault:
        raise Fault(str(fault)) from fault
    return {"model": str(path)} | asdict(model.metrics)


def evaluate(data: Sequence[Path], progress: Progress) -> Json:
    """The shipped model against labelled mails."""
    try:
        found = examples.read(_files(data), load(SHIPPED))
    except TROUBLE as fault:
        raise Fault(str(fault)) from fault
    model = _model(Recipe(), progress)
    suggestions = [s for n in range(0, len(found), GROUP) for s in _judge(found[n : n + GROUP], model)]
    try:
        return quality.measure(found, suggestions).as_dict()
    except ValueError as fault:
        raise Fault(str(fault)) from fault


def _judge(group: Sequence[examples.Example], model: Model) -> tuple[Suggestion, ...]:
    return suggest([e.text for e in group], model, shipped())


def once(config: str | None, now: datetime | None, *, drill: bool, progress: Progress) -> Json:
    """One pass of the real bot; `now` is refused where a server is not on this machine."""
    chosen = _settings(config)
    if now and not (chosen.on_loopback or drill):
        raise Fault("--now is for drills: a server of this krm.toml is not on this machine (--drill allows it)")
    bot = assemble(chosen, _model(_recipe(chosen), progress), (lambda: now) if now else None)
    try:
        bot.database.upgrade()
        return dict(flow.once(bot))
    except DatabaseBusy as fault:
        raise Fault("another process of the bot is at work on this database") from fault
    except DatabaseAway as fault:
        raise Fault(f"the database cannot be used ({fault})") from fault
    finally:
        bot.database.close()


def run(config: str | None, progress: Progress) -> None:
    """Passes until a signal comes; the pass under way is finished first."""
    chosen = _settings(config)
    bot = assemble(chosen, _model(_recipe(chosen), progress))
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        bot.database.upgrade()
    except DatabaseAway as fault:
        raise Fault(f"the database cannot be used ({fault})") from fault
    progress(f"krm: reading the mailbox every {chosen.poll_seconds} s; stop with Ctrl-C")
    keep_time(bot, chosen.poll_seconds, stop)
    bot.database.close()


def doctor(config: str | None) -> tuple[doctors.Finding, ...]:
    return doctors.examine(settings.find(config), os.environ, clock())


def diagnosis(finding: doctors.Finding) -> str:
    """A line for people: what is well, what is not and what to do."""
    mark = "–" if finding.info else ("✓" if finding.ok else "✗")
    remedy = "" if finding.ok else f"\n    → {finding.remedy}"
    return f"{mark} {finding.area}: {finding.what}{remedy}"


def questions() -> dict[str, str]:
    """The names of all answers `init` takes, with their defaults as people would type them."""
    standard = initialise.Answers()
    return {f.name: _typed(getattr(standard, f.name)) for f in fields(standard)}


def _typed(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value or "")


def init(folder: Path, given: Mapping[str, str], *, force: bool) -> tuple[Path, ...]:
    """Write krm.toml and key from what was typed."""
    try:
        return initialise.write(folder, _answers(given), force=force, make_key=models.new_key)
    except initialise.AlreadyThere as fault:
        raise Fault(f"{fault} is there already; --force replaces it (never the key)") from fault
    except OSError as fault:
        raise Fault(f"{folder}: {fault.strerror}") from fault


def _answers(given: Mapping[str, str]) -> initialise.Answers:
    """Typed words as values: ports are numbers, several domains are parted by commas."""
    values: dict[str, Any] = {name: text for name, text in given.items() if text}
    for name in ("mailbox_port", "smtp_port"):
        if name in values:
            values[name] = int(values[name])
    if "domains" in values:
        values["domains"] = tuple(d.strip() for d in str(values["domains"]).split(",") if d.strip())
    return initialise.Answers(**values)


def retry(config: str | None) -> Json:
    with _database(config) as database, database.transaction() as connection:
        return {"retried": mails.retry(connection, [MailState.UNREADABLE])}


def list_cases(config: str | None, person: str | None, *, only_open: bool) -> Iterator[Json]:
    reader = _reader(config, person)
    for case in reader.all(only_open=only_open):
        yield case_row(case, reader.teller)


def show_case(config: str | None, person: str | None, key: str) -> Json:
    reader = _reader(config, person)
    found = reader.one(key)
    if found is None:
        raise Fault(f"there is no Case {key!r}")
    return case_whole(found, reader)


def shown(value: Mapping[str, Any]) -> Iterator[str]:
    """A value for people: field by field."""
    for name, content in value.items():
        yield from _field(name, content, "")


def line(value: Mapping[str, Any]) -> str:
    return "  ".join(str(v) for v in value.values() if v not in (None, ""))


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
        text = ", ".join(map(str, content)) if isinstance(content, list) else str(content)
        yield f"{indent}{name}: {text}".replace("\n", f"\n{indent}  ")


def _settings(config: str | None) -> Settings:
    try:
        return settings.load(settings.find(config))
    except tomlfile.SettingsError as fault:
        raise Fault(str(fault)) from fault


def _database(config: str | None) -> closing[Database]:
    return closing(Database(_settings(config).database_url))


def _reader(config: str | None, person: str | None) -> Reader:
    chosen = _settings(config)
    try:
        return Reader(chosen, Database(chosen.database_url), person)
    except PermissionError as fault:
        raise Fault(str(fault)) from fault


def _recipe(chosen: Settings) -> Recipe:
    return Recipe(key=chosen.keys.seal())


def _model(recipe: Recipe, progress: Progress) -> Model:
    try:
        return models.ready(recipe, progress)
    except TROUBLE as fault:
        raise Fault(f"the model cannot be trained: {fault} ({where(fault)})") from fault


def _files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """A folder stands for its .jsonl files."""
    return tuple(f for p in paths for f in (sorted(p.glob("*.jsonl")) if p.is_dir() else [p]))


def _text_of(path: Path) -> Text:
    try:
        message = reading.read(path.read_bytes())
    except (reading.Unreadable, OSError) as fault:
        raise Fault(f"{path}: {fault}") from fault
    return Text(str(path), message.subject, message.sender.name, message.new_text)


def _texts_in(jsonl: str) -> Iterator[Text]:
    """Lines of JSON; missing keys are empty, unknown ones are passed over."""
    with click.open_file(jsonl, encoding="utf-8") as lines:
        for number, row in enumerate(lines, 1):
            if not row.strip():
                continue
            try:
                value = json.loads(row)
            except json.JSONDecodeError as fault:
                raise Fault(f"{jsonl}, line {number}: no JSON ({fault.msg})") from fault
            if not isinstance(value, dict):
                raise Fault(f"{jsonl}, line {number}: no object")
            words = [str(value.get(k) or "") for k in ("subject", "from_name", "body")]
            yield Text(str(value.get("id", number)), *words)
