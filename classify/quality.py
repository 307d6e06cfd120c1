"""How good the suggestions are against what was coded by hand; plain counting, every figure between 0 and 1."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from classify import bootstrap
from classify.bootstrap import Figure, Interval, share
from classify.coding import Suggestion, Urgency
from classify.examples import Example

LENGTHS = {"0-14": 0, "15-59": 15, "60-149": 60, "150+": 150}
"""Groups of examples by the words of their body, each with its fewest."""

_BEST = (1, 3, 5, 8)

Pair = tuple[Example, Suggestion]


@dataclass(frozen=True, slots=True)
class Flag:
    """A yes or no: how many of the yes were found, how many of the no were raised, and how many there are of each."""

    recall: float
    false_alarms: float
    yes: int
    no: int


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of some of the examples, None where none of them counts; intervals of the first two only."""

    n: int
    type_accuracy: float | None
    first_in_3: float | None
    first_in_8: float | None
    remedy_recall: float | None
    danger_recall: float | None
    need_recall: float | None
    intervals: Mapping[str, Interval | None]


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of `krm evaluate`. `first_in` says how often the first category coded was among the 1, 3, 5, 8 best
    and `any_in_proposed` how often any category coded was proposed (of the examples that have one); `categories_f1`
    is micro-F1 of the proposed ones; `calibration_error` that of the type's probability (ten bins); `relied_on` the
    share of suggestions that called themselves sure, and `relied_on_accuracy` how often those had the type right.

    A figure with nothing to count is 0; its interval is None. `intervals` has every figure by its name, those of a
    flag as "remedy.recall"."""

    examples: int
    type_accuracy: float
    type_macro_f1: float
    first_in_1: float
    first_in_3: float
    first_in_5: float
    first_in_8: float
    any_in_proposed: float
    categories_f1: float
    customer_group_accuracy: float
    remedy: Flag
    need: Flag
    danger: Flag
    calibration_error: float
    relied_on: float
    relied_on_accuracy: float
    intervals: Mapping[str, Interval | None]
    by_length: Mapping[str, Group]
    by_language: Mapping[str, Group]

    def as_dict(self) -> dict[str, object]:
        """For JSON; flags and groups become objects."""
        return asdict(self)


def measure(examples: Sequence[Example], suggestions: Sequence[Suggestion], seed: int = 0) -> Report:
    """Compare one by one; `seed` is the chance behind the intervals. Raises ValueError if there is nothing to compare
    or the lengths differ."""
    if not examples:
        raise ValueError("nothing to compare")
    pairs = list(zip(examples, suggestions, strict=True))
    figures = _figures(pairs)
    values = {name: figure.value or 0.0 for name, figure in figures.items()}
    return Report(
        examples=len(pairs),
        **{name: value for name, value in values.items() if "." not in name},
        remedy=_flag("remedy", pairs, values),
        need=_flag("need", pairs, values),
        danger=_flag("danger", pairs, values),
        intervals=bootstrap.intervals(figures, seed),
        by_length={name: _group(rows, figures, seed) for name, rows in _by_length(examples).items()},
        by_language={name: _group(rows, figures, seed) for name, rows in _by_language(examples).items()},
    )


def _figures(pairs: Sequence[Pair]) -> dict[str, Figure]:
    """Every figure by its name, in the order they are told."""
    right = [e.type == s.type for e, s in pairs]
    everyone = [True for _ in pairs]
    coded = [bool(e.categories) for e, _ in pairs]
    grouped = [bool(e.customer_group) for e, _ in pairs]
    sure = [s.sure for _, s in pairs]
    return {
        "type_accuracy": share(right, everyone),
        "type_macro_f1": bootstrap.macro_f1([e.type for e, _ in pairs], [s.type for _, s in pairs]),
        **{f"first_in_{n}": share([_first_in(e, s, n) for e, s in pairs], coded) for n in _BEST},
        "any_in_proposed": share([not set(e.categories).isdisjoint(s.proposed) for e, s in pairs], coded),
        "categories_f1": _micro_f1(pairs),
        "customer_group_accuracy": share([e.customer_group == s.customer_group for e, s in pairs], grouped),
        **_raised("remedy", pairs),
        **_raised("need", pairs),
        **_raised("danger", pairs),
        "calibration_error": bootstrap.calibration_error([s.p for _, s in pairs], right),
        "relied_on": share(sure, everyone),
        "relied_on_accuracy": share(right, sure),
    }


def _first_in(e: Example, s: Suggestion, best: int) -> bool:
    return e.categories[:1] != () and e.categories[0] in {c.id for c in s.categories[:best]}


def _micro_f1(pairs: Sequence[Pair]) -> Figure:
    right = [2 * len(set(e.categories) & set(s.proposed)) for e, s in pairs]
    return bootstrap.ratio(right, [len(e.categories) + len(s.proposed) for e, s in pairs])


def _raised(name: str, pairs: Sequence[Pair]) -> dict[str, Figure]:
    found = [_WANTED_AND_GIVEN[name](e, s) for e, s in pairs]
    given = [g for _, g in found]
    return {
        f"{name}.recall": share(given, [w is True for w, _ in found]),
        f"{name}.false_alarms": share(given, [w is False for w, _ in found]),
    }


def _flag(name: str, pairs: Sequence[Pair], values: Mapping[str, float]) -> Flag:
    wanted = [_WANTED_AND_GIVEN[name](e, s)[0] for e, s in pairs]
    return Flag(values[f"{name}.recall"], values[f"{name}.false_alarms"], wanted.count(True), wanted.count(False))


def _remedy(e: Example, s: Suggestion) -> tuple[bool | None, bool]:
    return e.remedy, s.remedy


def _need(e: Example, s: Suggestion) -> tuple[bool | None, bool]:
    """Danger answers for need too, and neither a right nor a false alarm for need is counted where danger was coded."""
    if e.urgency is Urgency.DANGER:
        return None, False
    wanted = e.urgency is Urgency.NEED
    return wanted, s.urgency is Urgency.NEED or (s.urgency is Urgency.DANGER and wanted)


def _danger(e: Example, s: Suggestion) -> tuple[bool | None, bool]:
    return e.urgency is Urgency.DANGER, s.urgency is Urgency.DANGER


_WANTED_AND_GIVEN = {"remedy": _remedy, "need": _need, "danger": _danger}
"""What was coded of a flag, None where the example does not count for it, and whether the suggestion raised it."""


def _group(rows: Sequence[int], figures: Mapping[str, Figure], seed: int) -> Group:
    of = {name: figure.only(rows) for name, figure in figures.items()}
    return Group(
        n=len(rows),
        type_accuracy=of["type_accuracy"].value,
        first_in_3=of["first_in_3"].value,
        first_in_8=of["first_in_8"].value,
        remedy_recall=of["remedy.recall"].value,
        danger_recall=of["danger.recall"].value,
        need_recall=of["need.recall"].value,
        intervals=bootstrap.intervals({name: of[name] for name in ("type_accuracy", "first_in_3")}, seed),
    )


def _by_length(examples: Sequence[Example]) -> dict[str, list[int]]:
    """The places of the examples of each length; a length nobody wrote is told too."""
    found: dict[str, list[int]] = {name: [] for name in LENGTHS}
    for place, example in enumerate(examples):
        words = len(example.body.split())
        found[max((name for name in LENGTHS if LENGTHS[name] <= words), key=LENGTHS.__getitem__)].append(place)
    return found


def _by_language(examples: Sequence[Example]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {lang: [] for lang in sorted({e.lang for e in examples})}
    for place, example in enumerate(examples):
        found[example.lang].append(place)
    return found
