"""`krm learn`, `krm model`: learning from confirmed Cases, the card of a model, and going back to an earlier one."""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from classify import anlage3, examples, hits
from classify.anlage3 import Anlage3, TaxonomyError
from classify.hits import Decided, Hits
from classify.model import Model, ModelUnusable
from krm import choosing, learning, settings, teaching
from krm.assembly import clock
from krm.choosing import Chooser
from krm.commands import cards
from krm.commands.common import CONFIG, JSON, Fault, Json, config, example, progress, say
from krm.commands.figures import table
from krm.commands.judging import office_key
from krm.commands.opening import NothingYet, Shelf, opened
from krm.learning import CannotLearn, Outcome, School
from krm.models import Recipe, Untrainable
from krm.records import NotAllowed, allowed, os_user
from krm.roles import role_of
from krm.stock import Standing, Stock, before
from store import lessons, uses
from store.uses import SHIPPED, Use

NO_KEY = "the office's key cannot be read by this user; a model is sealed with it"


@click.command(epilog=example("krm learn --json"))
@JSON
@CONFIG
def learn(as_json: bool) -> None:
    """Learn from confirmed Cases; a new model takes over only if it is not worse.

    Names, addresses and numbers are replaced before anything is learned. The service does this at night where
    [learning] in krm.toml says so; called by hand, as the service's user, it is done now. Every promotion and refusal
    is in the journal.
    """
    with opened() as shelf:
        stock, exam = _sealed(shelf), examples.held_back()
        school = School(shelf.database, shelf.office, _form(), stock, clock, time.sleep, exam)
        try:
            found = learning.learn(school, progress)
        except CannotLearn as fault:
            raise Fault(str(fault)) from fault
    say(_outcome(found) if as_json else _in_words(found))


def _outcome(found: Outcome) -> Json:
    keys = ("part", "name", "champion", "challenger", "of", "allowed", "worse")
    return {
        "confirmed": found.confirmed,
        "trained_on": found.trained_on,
        "compared": found.compared,
        "promoted": found.promoted,
        "model": found.model,
        "reasons": list(found.reasons),
        "figures": [{key: getattr(figure, key) for key in keys} for figure in found.figures],
    }


def _in_words(found: Outcome) -> str:
    rows = [
        ("confirmed", str(found.confirmed)),
        ("trained on", str(found.trained_on)),
        ("compared", str(found.compared)),
        ("promoted", "yes" if found.promoted else "no"),
        ("model in use", found.model or "none: rules alone"),
    ]
    head = ("figure", "in use", "new", "of")
    figures = [(f"{f.part}.{f.name}", f"{f.champion:.3f}", f"{f.challenger:.3f}", str(f.of)) for f in found.figures]
    return "\n\n".join((table(rows), *([table([head, *figures])] if figures else []), *found.reasons))


@dataclass(frozen=True, slots=True)
class Known:
    """What the office's records say of models; nothing where there are none."""

    history: tuple[Use, ...] = ()
    decided: tuple[Decided, ...] = ()

    @property
    def named(self) -> str:
        return self.history[-1].model if self.history else SHIPPED

    def hits(self, model: Model | None = None) -> Hits:
        return hits.count(d for d in self.decided if model is None or d.suggestion.model == model.id)


@click.group(invoke_without_command=True, epilog=example("krm model\nkrm model use shipped"))
@click.option("--id", "name", help="A model of the list, not the one in use; shipped is the shipped one.")
@JSON
@CONFIG
@click.pass_context
def model(context: click.Context, name: str | None, as_json: bool) -> None:
    """What is known of the model in use, and how often its suggestions were accepted.

    On how many mails it learned, how it did on mails it had not seen, what it cannot know yet, which models there are
    to go back to. Works without a krm.toml too: then it shows the shipped one.
    """
    if context.invoked_subcommand:
        return
    with _shelf() as shelf:
        known = _known(shelf) if shelf else Known()
        stock = _stock(shelf) if shelf else Stock(Path("models"), Recipe(key=office_key()), progress)
        found = _asked(stock, name, known)
        if found.model is None:
            raise Fault(f"there is no model, rules alone judge: {found.why}")
        kept = _kept(stock, known, _asked(stock, None, known).name if name else found.name)
        of_all, of_model = known.hits(), known.hits(found.model)
    if as_json:
        rates = (
            {"hits": asdict(of_all), "hits_of_model": asdict(of_model)}
            if shelf
            else {"hits": None, "hits_of_model": None}
        )
        say({"model": found.name, "why": found.why} | cards.as_json(found.model) | {"kept": kept} | rates)
        return
    rate = cards.hit_rate(of_all, of_model, _form()) if shelf else "No records, so nothing is known of suggestions."
    wrong = (f"Another model was named, which cannot be used: {found.why}",) if found.why else ()
    say("\n\n".join((*wrong, cards.told(found.model, _form()), rate, _listed(kept))))


@model.command(
    short_help="Take another model into use, or the shipped one.",
    epilog=example("krm model use 0f3a91c2b45d6e78\nkrm model use shipped"),
)
@click.argument("name", metavar="ID")
@click.option("--as", "person", help="Who chooses: a person id of the access list (default: your OS user's).")
@JSON
@CONFIG
def use(name: str, person: str | None, as_json: bool) -> None:
    """Take another model into use, for instance the one before; shipped is the shipped one.

    The running service notices at its next pass. Who chose what is in the journal.
    """
    with opened() as shelf:
        stock = _sealed(shelf)
        try:
            somebody = allowed(shelf.office, os_user(), person)
            by = Chooser(somebody, role_of(shelf.office, somebody), clock())
            changed = choosing.choose(shelf.database, stock, name, by, time.sleep)
        except (NotAllowed, ModelUnusable, Untrainable) as fault:
            raise Fault(str(fault)) from fault
    words = f"{name} is in use from now on" if changed else f"{name} is in use already"
    say({"model": name, "changed": changed} if as_json else words)


def _form() -> Anlage3:
    try:
        return anlage3.shipped()
    except TaxonomyError as fault:
        raise Fault(str(fault)) from fault


@contextmanager
def _shelf() -> Iterator[Shelf | None]:
    """None where no krm.toml was named and none is there, and before the first pass."""
    with ExitStack() as stack:
        if not config() and not settings.find(None).exists():
            yield None
            return
        try:
            shelf = stack.enter_context(opened())
        except NothingYet:
            yield None
            return
        yield shelf


def _stock(shelf: Shelf) -> Stock:
    return Stock(shelf.learning.folder, Recipe(key=shelf.keys.seal() if shelf.keys else None), progress)


def _sealed(shelf: Shelf) -> Stock:
    """The same, for whoever makes or chooses models. Raises Fault."""
    if shelf.keys is None:
        raise Fault(NO_KEY)
    return _stock(shelf)


def _known(shelf: Shelf) -> Known:
    with shelf.database.transaction() as connection:
        history, found = uses.history(connection), lessons.read(connection)
    decided = (
        Decided(t.lesson.suggestion, t.example.type, t.example.categories)
        for t in teaching.taught(found, _form())
        if t.lesson.suggestion
    )
    return Known(history, tuple(decided))


def _asked(stock: Stock, name: str | None, known: Known) -> Standing:
    """The model in use, or the one that was named, which must be usable."""
    if not name:
        return stock.standing(known.named, before(known.history))
    try:
        return Standing(name, stock.load(name))
    except (ModelUnusable, Untrainable) as fault:
        raise Fault(str(fault)) from fault


def _kept(stock: Stock, known: Known, judging: str) -> list[Json]:
    """The models there are to choose from, the newest use first."""
    names = dict.fromkeys((*(u.model for u in reversed(known.history)), *stock.names(), SHIPPED))
    rows = [_row(stock, name, known) for name in names if name == SHIPPED or name in stock.names()]
    return [row | {"in_use": row["id"] == judging} for row in rows]


def _row(stock: Stock, name: str, known: Known) -> Json:
    since = [use.at.isoformat() for use in known.history if use.model == name]
    row: Json = {"id": name, "in_use": False, "since": since[-1] if since else None}
    try:
        card = stock.load(name).card
    except (ModelUnusable, Untrainable) as fault:
        return row | {"confirmed": None, "type_accuracy": None, "why": str(fault)}
    return row | {"confirmed": card.confirmed, "type_accuracy": card.type_accuracy, "why": ""}


def _listed(kept: Sequence[Json]) -> str:
    rows = [
        (
            row["id"],
            "in use" if row["in_use"] else "",
            (row["since"] or "")[:16],
            f"{row['confirmed']} confirmed" if not row["why"] else "unusable",
            f"type {row['type_accuracy']:.3f}" if not row["why"] else row["why"],
        )
        for row in kept
    ]
    return "Models (krm model use ID):\n" + table(rows)
