"""How good the suggestions are against what was coded by hand; plain counting, every figure between 0 and 1."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from classify.coding import Suggestion, Urgency
from classify.examples import Example

_BINS = 10


@dataclass(frozen=True, slots=True)
class Flag:
    """A yes or no: how many of the yes were found, how many of the no were raised, and how many there are of each."""

    recall: float
    false_alarms: float
    yes: int
    no: int


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of `krm evaluate`. `first_in` says how often the first category coded was among the 1, 3, 5, 8 best
    (of the examples that have one); `categories_f1` is micro-F1 of the proposed ones; `calibration_error` that of the
    type's probability (ten bins); `relied_on` the share of suggestions that called themselves sure, and
    `relied_on_accuracy` how often those had the type right."""

    examples: int
    type_accuracy: float
    type_macro_f1: float
    first_in_1: float
    first_in_3: float
    first_in_5: float
    first_in_8: float
    categories_f1: float
    customer_group_accuracy: float
    remedy: Flag
    need: Flag
    danger: Flag
    calibration_error: float
    relied_on: float
    relied_on_accuracy: float

    def as_dict(self) -> dict[str, object]:
        """For JSON; the flags become objects."""
        return asdict(self)


def measure(examples: Sequence[Example], suggestions: Sequence[Suggestion]) -> Report:
    """Compare one by one. Raises ValueError if there is nothing to compare or the lengths differ."""
    if not examples:
        raise ValueError("nothing to compare")
    pairs = list(zip(examples, suggestions, strict=True))
    coded = [(e, s) for e, s in pairs if e.categories]
    sure = [(e, s) for e, s in pairs if s.sure]
    return Report(
        examples=len(pairs),
        type_accuracy=_share(e.type == s.type for e, s in pairs),
        type_macro_f1=_macro_f1([e.type for e, _ in pairs], [s.type for _, s in pairs]),
        first_in_1=_first_in(coded, 1),
        first_in_3=_first_in(coded, 3),
        first_in_5=_first_in(coded, 5),
        first_in_8=_first_in(coded, 8),
        categories_f1=_micro_f1([e.categories for e, _ in pairs], [s.proposed for _, s in pairs]),
        customer_group_accuracy=_share(e.customer_group == s.customer_group for e, s in pairs),
        remedy=_flag([e.remedy for e, _ in pairs], [s.remedy for _, s in pairs]),
        need=_need(pairs),
        danger=_flag([e.urgency is Urgency.DANGER for e, _ in pairs], [s.urgency is Urgency.DANGER for _, s in pairs]),
        calibration_error=calibration_error([s.p for _, s in pairs], [e.type == s.type for e, s in pairs]),
        relied_on=len(sure) / len(pairs),
        relied_on_accuracy=_share(e.type == s.type for e, s in sure),
    )


def calibration_error(chances: Sequence[float], hits: Sequence[bool]) -> float:
    """Expected calibration error over ten bins of equal width (Naeini et al. 2015)."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for p, hit in zip(chances, hits, strict=True):
        bins.setdefault(min(_BINS - 1, int(p * _BINS)), []).append((p, hit))
    gaps = (abs(sum(p for p, _ in of_bin) - sum(hit for _, hit in of_bin)) for of_bin in bins.values())
    return sum(gaps) / len(chances) if chances else 0.0


def _share(hits: Iterable[bool]) -> float:
    found = list(hits)
    return sum(found) / len(found) if found else 0.0


def _first_in(pairs: Sequence[tuple[Example, Suggestion]], best: int) -> float:
    return _share(e.categories[0] in {c.id for c in s.categories[:best]} for e, s in pairs)


def _f1(right: int, wanted: int, given: int) -> float:
    return 2 * right / (wanted + given) if wanted + given else 0.0


def _macro_f1(wanted: Sequence[str], given: Sequence[str]) -> float:
    """Mean of the types that occur in what was coded."""
    kinds = sorted(set(wanted))
    pairs = list(zip(wanted, given, strict=True))
    return sum(_f1(pairs.count((k, k)), wanted.count(k), given.count(k)) for k in kinds) / len(kinds)


def _micro_f1(wanted: Sequence[tuple[str, ...]], given: Sequence[tuple[str, ...]]) -> float:
    right = sum(len(set(w) & set(g)) for w, g in zip(wanted, given, strict=True))
    return _f1(right, sum(map(len, wanted)), sum(map(len, given)))


def _flag(wanted: Sequence[bool], given: Sequence[bool]) -> Flag:
    pairs = list(zip(wanted, given, strict=True))
    recall = _share(g for w, g in pairs if w)
    alarms = _share(g for w, g in pairs if not w)
    return Flag(recall, alarms, sum(wanted), len(wanted) - sum(wanted))


def _need(pairs: Sequence[tuple[Example, Suggestion]]) -> Flag:
    """Danger answers for need too, and neither a right nor a false alarm for need is counted where danger was coded."""
    concerned = [(e, s) for e, s in pairs if e.urgency is not Urgency.DANGER]
    wanted = [e.urgency is Urgency.NEED for e, _ in concerned]
    given = [
        s.urgency is Urgency.NEED or (s.urgency is Urgency.DANGER and w)
        for (_, s), w in zip(concerned, wanted, strict=True)
    ]
    return _flag(wanted, given)
