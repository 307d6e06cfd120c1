"""`krm classify`, `train`, `evaluate`: what the model makes of mails. They work without a krm.toml."""

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import click

from classify import examples, quality
from classify.anlage3 import SHIPPED, Anlage3, TaxonomyError, load
from classify.coding import Suggestion, Text
from classify.examples import CorpusError, Example
from classify.model import Model
from classify.suggest import suggest
from ingest.reading import Unreadable
from krm import models, settings
from krm.commands import cards
from krm.commands.common import CONFIG, FILE, JSON, MAIL, Fault, Json, config, example, progress, say, shown
from krm.commands.figures import told
from krm.commands.mails import read
from krm.models import Recipe, Untrainable
from krm.tomlfile import SettingsError

GROUP = 200
"""Texts judged together."""

TAXONOMY = click.option("--taxonomy", type=FILE, help="A contact form, not the shipped one.")
TRAIN = click.option(
    "--train",
    multiple=True,
    type=FILE,
    help="Labelled mails to learn from (a file, or a folder of them), not the shipped ones.",
)

Asked = tuple[Any, Text]
"""An id as it was given, any value of JSON, and what is to be judged."""


@click.command(epilog=example("krm classify mail.eml --json\nkrm classify --jsonl mails.jsonl --json"))
@click.argument("files", nargs=-1, type=MAIL)
@click.option(
    "--jsonl",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    help="Lines with id, subject, from_name, body; - is standard input.",
)
@TAXONOMY
@TRAIN
@JSON
@CONFIG
def classify(
    files: tuple[Path, ...], jsonl: str | None, taxonomy: Path | None, train: tuple[Path, ...], as_json: bool
) -> None:
    """Suggest type, categories, customer group, remedy and urgency, with evidence."""
    if not files and not jsonl:
        raise click.UsageError("Name mail files or --jsonl FILE.")
    unreadable: list[str] = []
    recipe = _recipe(taxonomy, train)
    form, model = _form(recipe), _model_or_rules(recipe)
    for group in _groups(_asked(files, jsonl, unreadable)):
        for (key, _), found in zip(group, suggest([text for _, text in group], model, form), strict=True):
            value = suggested(key, found)
            say(value if as_json else shown(value | {"sicher": found.sure}) + "\n")
    if unreadable:
        raise Fault("\n".join(unreadable))


def suggested(key: Any, s: Suggestion) -> Json:
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
    }


def _groups(asked: Iterator[Asked]) -> Iterator[list[Asked]]:
    while group := list(islice(asked, GROUP)):
        yield group


def _asked(files: Sequence[Path], jsonl: str | None, unreadable: list[str]) -> Iterator[Asked]:
    for path in files:
        try:
            message = read(path)
        except Unreadable as fault:
            unreadable.append(f"{path}: unreadable: {fault}")
        else:
            yield str(path), Text(str(path), message.subject, message.sender.name, message.new_text)
    if jsonl:
        yield from _asked_in(jsonl, unreadable)


def _asked_in(jsonl: str, unreadable: list[str]) -> Iterator[Asked]:
    """Lines of JSON; missing keys are empty, unknown ones are passed over. A line with no object is told at the end."""
    with click.open_file(jsonl, "rb") as lines:
        for number, row in enumerate(lines, 1):
            if not row.strip():
                continue
            try:
                value = _object(row, f"{jsonl}, line {number}")
            except Fault as fault:
                unreadable.append(str(fault))
                continue
            key = value.get("id")
            subject, name, body = (_words(value.get(k)) for k in ("subject", "from_name", "body"))
            yield str(number) if key is None else key, Text(str(number), subject, name, body)


def _object(row: bytes, place: str) -> Json:
    """RFC 8259: UTF-8; a byte order mark is passed over, NaN and Infinity are no JSON. Raises Fault."""
    try:
        value = json.loads(row.decode("utf-8-sig"), parse_constant=_refused)
    except json.JSONDecodeError as fault:
        raise Fault(f"{place}: no JSON ({fault.msg}, column {fault.colno})") from fault
    except UnicodeDecodeError as fault:
        raise Fault(f"{place}: not UTF-8 at byte {fault.start}") from fault
    except (ValueError, RecursionError) as fault:  # numbers of thousands of digits, brackets thousands deep
        raise Fault(f"{place}: no JSON that can be read") from fault
    if not isinstance(value, dict):
        raise Fault(f"{place}: no object")
    return value


def _refused(constant: str) -> None:
    raise ValueError(constant)


def _words(value: Any) -> str:
    """Text as it is, nothing as no text, anything else as JSON writes it."""
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)


@click.command(epilog=example("krm train"))
@click.option(
    "--data", multiple=True, type=FILE, help="Labelled mails (a file, or a folder of them), not the shipped ones."
)
@TAXONOMY
@JSON
@CONFIG
def train(data: tuple[Path, ...], taxonomy: Path | None, as_json: bool) -> None:
    """Train the model and keep it in the cache.

    Where a krm.toml is found and its key can be read, the file is sealed with that key, as `krm run` wants it.
    """
    recipe = _recipe(taxonomy, data)
    try:
        model, path = models.renew(recipe, progress)
    except Untrainable as fault:
        raise Fault(str(fault)) from fault
    form = _form(recipe)
    say({"model": str(path)} | cards.as_json(model) if as_json else f"{path}\n\n{cards.told(model, form)}")


@click.command(epilog=example("krm evaluate --data labelled.jsonl --json"))
@click.option("--data", required=True, multiple=True, type=FILE, help="Labelled mails (a file, or a folder of them).")
@TAXONOMY
@TRAIN
@JSON
@CONFIG
def evaluate(data: tuple[Path, ...], taxonomy: Path | None, train: tuple[Path, ...], as_json: bool) -> None:
    """Measure the model on labelled mails, which it should not have learned from."""
    recipe = _recipe(taxonomy, train)
    form = _form(recipe)
    try:
        found = examples.read(_files(data), form)
    except CorpusError as fault:
        raise Fault(str(fault)) from fault
    if not found:
        raise Fault("there are no labelled mails in this data")
    model = _model(recipe)
    if learned := _learned_from(recipe, form, found):
        progress(f"{learned} of these {len(found)} mails were learned from: the figures are better than they should be")
    texts = [e.text for e in found]
    suggestions = [s for n in range(0, len(texts), GROUP) for s in suggest(texts[n : n + GROUP], model, form)]
    report = quality.measure(found, suggestions, models.SEED)
    say(report.as_dict() if as_json else told(report))


def _learned_from(recipe: Recipe, form: Anlage3, found: Sequence[Example]) -> int:
    """How many of these mails stand among those the model learned from, whatever their ids."""
    try:
        known = {(e.subject, e.body) for e in examples.read(recipe.paths, form)}
    except CorpusError:  # an older model judges, and that was said
        return 0
    return sum((e.subject, e.body) in known for e in found)


def _recipe(taxonomy: Path | None, data: Sequence[Path]) -> Recipe:
    """What was asked for; the shipped form and mails where nothing was. A folder's test part is never learned from."""
    files = _files(data, without=examples.TEST_PREFIX)
    if data and not files:
        raise Fault(f"there are no labelled mails in {', '.join(map(str, data))}")
    return Recipe(taxonomy or SHIPPED, files, office_key())


def _form(recipe: Recipe) -> Anlage3:
    try:
        return load(recipe.taxonomy)
    except TaxonomyError as fault:
        raise Fault(str(fault)) from fault


def _model(recipe: Recipe) -> Model:
    try:
        return models.ready(recipe, progress)
    except Untrainable as fault:
        raise Fault(f"the model cannot be trained: {fault}") from fault


def _model_or_rules(recipe: Recipe) -> Model | None:
    """None where nothing can be trained and nothing is kept: then rules alone judge, and that is said."""
    try:
        return models.ready(recipe, progress)
    except Untrainable as fault:
        progress(f"The model cannot be trained, rules alone judge: {fault}")
        return None


def office_key() -> bytes | None:
    """The office's seal where there is a krm.toml and this user may read the key: `krm run` uses the same model."""
    path = settings.find(config())
    if not config() and not path.exists():
        return None
    try:
        keys = settings.read(path).keys
    except SettingsError as fault:
        raise Fault(str(fault)) from fault
    return keys.seal() if keys else None


def _files(paths: Sequence[Path], without: str | tuple[str, ...] = ()) -> tuple[Path, ...]:
    """A folder stands for its .jsonl files, but not for those that begin `without`."""
    return tuple(f for p in paths for f in (_inside(p, without) if p.is_dir() else [p]))


def _inside(folder: Path, without: str | tuple[str, ...]) -> list[Path]:
    return sorted(path for path in folder.glob("*.jsonl") if not path.name.startswith(without))
