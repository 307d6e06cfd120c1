"""A model's card and the hit rate of suggestions for people: tables, and a calibration plot made of characters."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from textwrap import fill

from classify.anlage3 import Anlage3
from classify.card import ENOUGH, Bin, Card, Standing
from classify.hits import Hits
from classify.model import Fingerprint, Model
from krm.commands.common import Json
from krm.commands.figures import NOTHING, table

WIDTH = 40
"""Characters from never to always."""

CONFUSED = 10
"""So many confusions are shown; --json has all."""

FIGURES = ("type_accuracy", "first_in_three", "calibration_error", "remedy_recall", "need_recall", "danger_recall")

JUDGED = "Judged on mails it had not seen while learning, without the rules:"
PLOT = "Calibration: how often the type was right (=) where this probability (|) was said:"
SCARCE = f"It cannot know these yet, having seen fewer than {ENOUGH} examples of each:"


def as_json(model: Model) -> Json:
    """The card, its figures side by side, and what the model was made of."""
    return {"id": model.id, "fingerprint": asdict(model.fingerprint)} | asdict(model.card)


def told(model: Model, form: Anlage3) -> str:
    card = model.card
    rows = [("model", model.id), ("mails", str(card.examples)), ("confirmed", str(card.confirmed))]
    figures = [(name, f"{getattr(card, name):.3f}") for name in FIGURES]
    groups = (row[:3] for row in _standings(card.groups, form))
    return "\n\n".join(
        (
            table(rows),
            f"{JUDGED}\n{table(figures)}",
            table([("type", "mails", "found", "right"), *_standings(card.types, form)]),
            table([("group of categories", "mails", "among 3"), *groups]),
            f"{PLOT}\n{plot(card.bins)}",
            _scarce(card, form),
            _made_of(model.fingerprint),
        )
    )


def _made_of(made: Fingerprint) -> str:
    rows = (
        ("version", f"format {made.format_version}, {', '.join(made.libraries)}"),
        ("SHA-256 of form", made.taxonomy),
        ("of mails", made.corpus),
        ("of program", made.code),
    )
    return table(rows)


def plot(bins: Sequence[Bin]) -> str:
    """A line for each bin: a bar as long as it held, a mark where it was said."""
    return "\n".join(f"{b.said:4.2f} {_bar(b)} {b.held:4.2f} of {b.examples}" for b in bins) or NOTHING


def _bar(b: Bin) -> str:
    held, said = round(b.held * WIDTH), min(round(b.said * WIDTH), WIDTH - 1)
    bar = ("=" * held).ljust(WIDTH)
    return f"{bar[:said]}|{bar[said + 1 :]}"


def _standings(found: Sequence[Standing], form: Anlage3) -> Iterator[tuple[str, ...]]:
    for s in found:
        name = form.name(s.label)
        yield (name, str(s.examples), *(f"{share:.2f}" if s.examples else NOTHING for share in (s.found, s.right)))


def _scarce(card: Card, form: Anlage3) -> str:
    if not card.scarce:
        return f"Of every category there are at least {ENOUGH} examples."
    of_group: dict[str, list[str]] = defaultdict(list)
    for category in form.categories:
        if category.id in card.scarce:
            of_group[category.group].append(category.name)
    rows = (f"{group}: {'; '.join(names)}" for group, names in of_group.items())
    return "\n".join((SCARCE, *(fill(row, 80, initial_indent="  ", subsequent_indent="    ") for row in rows)))


def hit_rate(of_all: Hits, of_model: Hits, form: Anlage3) -> str:
    """What became of all suggestions, and of those of the model shown."""
    if not of_all.n:
        return "No suggestion was confirmed yet."
    same = of_model.ordinary == of_all.ordinary
    ordinary = _share(of_model.ordinary_right, of_model.n) if same else NOTHING
    rows = (
        ("suggestions", "all", "this model"),
        ("confirmed", str(of_all.n), str(of_model.n)),
        ("accepted unchanged", *(_share(h.unchanged, h.n) for h in (of_all, of_model))),
        ("categories corrected", *(_share(h.categories_changed, h.n) for h in (of_all, of_model))),
        ("type corrected", *(_share(h.n - h.type_right, h.n) for h in (of_all, of_model))),
        ("type right", *(_share(h.type_right, h.n) for h in (of_all, of_model))),
        (f'always "{form.name(of_all.ordinary)}"', _share(of_all.ordinary_right, of_all.n), ordinary),
    )
    confused = [
        (f"{form.name(c.suggested)} -> {form.name(c.recorded)}", str(c.times)) for c in of_all.confusions[:CONFUSED]
    ]
    return table(rows) + (f"\n\n{table([('suggested -> recorded', 'times'), *confused])}" if confused else "")


def _share(times: int, n: int) -> str:
    return f"{times / n:.0%}" if n else NOTHING
