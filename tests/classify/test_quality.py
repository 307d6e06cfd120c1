import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import attrgetter

import pytest

from classify import bootstrap, quality
from classify.coding import Scored, Suggestion, Urgency
from classify.examples import Example
from tests.classify import tiny

EXAMPLE = tiny.examples()[0]
RIGHT = Suggestion(
    types=(Scored("beschwerde", 1.0), Scored("lob", 0.0)),
    categories=(Scored("organisation.telefon", 0.9), Scored("a", 0.1), Scored("b", 0.1), Scored("c", 0.1)),
    proposed=("organisation.telefon",),
    customer_group="an",
    remedy=False,
    remedy_p=0.0,
    urgency=Urgency.NONE,
    evidence=(),
)
PRAISE = replace(RIGHT, types=RIGHT.types[::-1], categories=RIGHT.categories[::-1], proposed=("a", "b"), sure=False)


def test_all_right_is_one() -> None:
    found = quality.measure([EXAMPLE], [RIGHT])
    assert (found.type_accuracy, found.type_macro_f1, found.first_in_1, found.categories_f1) == (1, 1, 1, 1)
    assert (found.calibration_error, found.relied_on, found.relied_on_accuracy) == (0, 1, 1)


def test_half_right_is_half() -> None:
    found = quality.measure([EXAMPLE, EXAMPLE], [RIGHT, PRAISE])
    assert (found.type_accuracy, found.first_in_1, found.first_in_3, found.first_in_5) == (0.5, 0.5, 0.5, 1)
    assert found.type_macro_f1 == pytest.approx(2 / 3)
    assert found.categories_f1 == pytest.approx(2 / 5)
    assert (found.relied_on, found.relied_on_accuracy) == (0.5, 1)


def test_flags_count_what_was_found_and_what_was_raised_for_nothing() -> None:
    lodged = replace(EXAMPLE, remedy=True)
    raised = replace(RIGHT, remedy=True)
    found = quality.measure([lodged, lodged, EXAMPLE, EXAMPLE], [raised, RIGHT, raised, RIGHT]).remedy
    assert found == quality.Flag(recall=0.5, false_alarms=0.5, yes=2, no=2)


URGENT = {
    "danger for need is found": (Urgency.NEED, Urgency.DANGER, (1, 0), (0, 1)),
    "need for danger is missed": (Urgency.DANGER, Urgency.NEED, (0, 0), (0, 0)),
    "need for nothing is a false alarm": (Urgency.NONE, Urgency.NEED, (0, 1), (0, 0)),
    "danger for nothing is a false alarm": (Urgency.NONE, Urgency.DANGER, (0, 0), (0, 1)),
    "need for need": (Urgency.NEED, Urgency.NEED, (1, 0), (0, 0)),
}


@pytest.mark.parametrize(("coded", "given", "need", "danger"), URGENT.values(), ids=URGENT.keys())
def test_urgency(coded: Urgency, given: Urgency, need: tuple[int, int], danger: tuple[int, int]) -> None:
    found = quality.measure([replace(EXAMPLE, urgency=coded)], [replace(RIGHT, urgency=given)])
    assert (found.need.recall, found.need.false_alarms) == need
    assert (found.danger.recall, found.danger.false_alarms) == danger


def test_where_danger_was_coded_nothing_counts_for_need() -> None:
    danger = replace(EXAMPLE, urgency=Urgency.DANGER)
    found = quality.measure([danger, EXAMPLE], [RIGHT, replace(RIGHT, urgency=Urgency.NEED)]).need
    assert found == quality.Flag(recall=0, false_alarms=1, yes=0, no=1)


def test_calibration_error_is_the_mean_distance_of_promise_and_hit() -> None:
    found = bootstrap.calibration_error([0.9, 0.9, 0.1, 0.1], [True, False, False, False])
    assert found.value == pytest.approx(0.25)
    assert bootstrap.calibration_error([], []).value is None


def test_mails_without_category_do_not_count_for_categories() -> None:
    bare = replace(EXAMPLE, categories=())
    found = quality.measure([EXAMPLE, bare], [RIGHT, PRAISE])
    assert (found.first_in_1, found.any_in_proposed) == (1, 1)


def test_one_category_proposed_of_those_coded_is_enough_for_any() -> None:
    both = replace(EXAMPLE, categories=("d", "organisation.telefon"))
    found = quality.measure([both, both], [RIGHT, PRAISE])
    assert (found.any_in_proposed, found.first_in_1) == (0.5, 0)


def test_types_count_alike_for_macro_f1_and_only_those_coded() -> None:
    praise = replace(EXAMPLE, type="lob")
    idea = replace(RIGHT, types=(Scored("idee", 1.0),))
    found = quality.measure([EXAMPLE, EXAMPLE, EXAMPLE, praise], [RIGHT, RIGHT, idea, RIGHT])
    assert found.type_macro_f1 == pytest.approx((2 * 2 / (3 + 3) + 0) / 2)


def test_the_report_becomes_json() -> None:
    found = quality.measure([EXAMPLE], [RIGHT]).as_dict()
    assert found["examples"] == 1
    assert found["remedy"] == {"recall": 0.0, "false_alarms": 0.0, "yes": 0, "no": 1}


def test_nothing_to_compare_is_a_fault() -> None:
    with pytest.raises(ValueError, match="nothing"):
        quality.measure([], [])


def some(count: int) -> tuple[list[Example], list[Suggestion]]:
    """Examples with every flag, every figure of them neither nought nor one."""
    coded = (
        EXAMPLE,
        replace(EXAMPLE, remedy=True, type="lob"),
        replace(EXAMPLE, urgency=Urgency.NEED),
        replace(EXAMPLE, urgency=Urgency.DANGER, categories=()),
    )
    given = (
        RIGHT,
        replace(PRAISE, remedy=True, urgency=Urgency.DANGER),
        replace(RIGHT, types=(Scored("beschwerde", 0.6), Scored("lob", 0.4)), urgency=Urgency.NEED),
        replace(RIGHT, categories=tuple(Scored(c, 0.1) for c in "abcdefghij"), customer_group="ag"),
        RIGHT,
    )
    return [coded[n % 4] for n in range(count)], [given[n % 5] for n in range(count)]


def test_every_figure_lies_within_its_interval() -> None:
    found = quality.measure(*some(240), seed=3)
    for name, interval in found.intervals.items():
        assert interval is not None, name
        low, high = interval
        assert 0 <= low <= attrgetter(name)(found) <= high <= 1, name
        assert low < high, name


def test_intervals_are_named_like_the_figures_those_of_a_flag_with_a_dot() -> None:
    found = quality.measure(*some(12))
    figures = {n for n, v in found.as_dict().items() if isinstance(v, float)}
    flags = {f"{flag}.{what}" for flag in ("remedy", "need", "danger") for what in ("recall", "false_alarms")}
    assert set(found.intervals) == figures | flags


def test_an_interval_of_a_share_is_that_of_the_binomial_distribution() -> None:
    found = quality.measure([EXAMPLE] * 400, [RIGHT, PRAISE] * 200).intervals["type_accuracy"]
    assert found == pytest.approx((0.5 - 1.96 * 0.025, 0.5 + 1.96 * 0.025), abs=0.006)


@pytest.mark.parametrize("name", quality.measure(*some(12)).intervals)
def test_more_examples_make_an_interval_narrower(name: str) -> None:
    few, many = (quality.measure(*some(count)).intervals[name] for count in (120, 1920))
    assert few is not None
    assert many is not None
    assert many[1] - many[0] < (few[1] - few[0]) / 2


def test_the_same_seed_gives_the_same_report_and_another_moves_the_intervals_only() -> None:
    first, again, other = (quality.measure(*some(100), seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first.intervals != other.intervals
    assert [v for v in first.as_dict().values() if isinstance(v, float)] == [
        v for v in other.as_dict().values() if isinstance(v, float)
    ]


def test_draws_in_groups_are_as_good_as_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = quality.measure(*some(100)).intervals
    monkeypatch.setattr(bootstrap, "_CELLS", 7_000)
    grouped = quality.measure(*some(100)).intervals
    assert list(grouped) == list(whole)
    assert [grouped[name] == pytest.approx(interval) for name, interval in whole.items()] == [True] * len(whole)


def test_a_rare_type_that_was_not_drawn_is_no_fault() -> None:
    found = quality.measure([EXAMPLE] * 9 + [replace(EXAMPLE, type="lob")], [RIGHT] * 9 + [PRAISE])
    assert found.intervals["type_macro_f1"] == (1, 1)


def test_where_nothing_counts_there_is_no_interval() -> None:
    found = quality.measure([replace(EXAMPLE, categories=())], [PRAISE])
    assert found.first_in_3 == 0
    nothing = {n for n, interval in found.intervals.items() if interval is None}
    assert nothing == {
        *(f"first_in_{n}" for n in (1, 3, 5, 8)),
        "any_in_proposed",
        "remedy.recall",
        "need.recall",
        "danger.recall",
        "relied_on_accuracy",
    }


LENGTHS = {0: "0-14", 14: "0-14", 15: "15-59", 59: "15-59", 60: "60-149", 149: "60-149", 150: "150+", 9000: "150+"}


@pytest.mark.parametrize(("words", "group"), LENGTHS.items())
def test_a_mail_belongs_to_the_group_of_its_length(words: int, group: str) -> None:
    found = quality.measure([replace(EXAMPLE, body="Wort\n " * words)], [RIGHT]).by_length
    assert list(found) == ["0-14", "15-59", "60-149", "150+"]
    assert [name for name, of in found.items() if of.n] == [group]


def test_a_group_without_mails_has_no_figures() -> None:
    empty = quality.measure([EXAMPLE], [RIGHT]).by_length["150+"]
    nothing = {"type_accuracy": None, "first_in_3": None}
    assert empty == quality.Group(0, None, None, None, None, None, None, nothing)


GROUPS: dict[str, tuple[Callable[[Example], Example], Callable[[quality.Report], quality.Group]]] = {
    "length": (lambda e: replace(e, body="Wort " * 200), lambda report: report.by_length["150+"]),
    "language": (lambda e: replace(e, lang="tr"), lambda report: report.by_language["tr"]),
}


@pytest.mark.parametrize(("moved", "group"), GROUPS.values(), ids=GROUPS.keys())
def test_a_group_has_the_figures_of_its_mails_alone(
    moved: Callable[[Example], Example], group: Callable[[quality.Report], quality.Group]
) -> None:
    examples, suggestions = some(60)
    mixed: Sequence[Example] = [moved(e) if n % 5 else e for n, e in enumerate(examples)]
    alone = [n for n in range(60) if n % 5]

    found = group(quality.measure(mixed, suggestions, seed=4))
    expected = quality.measure([examples[n] for n in alone], [suggestions[n] for n in alone], seed=4)

    assert found == quality.Group(
        n=48,
        type_accuracy=expected.type_accuracy,
        first_in_3=expected.first_in_3,
        first_in_8=expected.first_in_8,
        remedy_recall=expected.remedy.recall,
        danger_recall=expected.danger.recall,
        need_recall=expected.need.recall,
        intervals={name: expected.intervals[name] for name in ("type_accuracy", "first_in_3")},
    )


def test_languages_are_those_that_were_written_in_order_and_one_may_be_unknown() -> None:
    written = [replace(EXAMPLE, lang=lang) for lang in ("uk", "de", "", "de")]
    found = quality.measure(written, [RIGHT] * 4).by_language
    assert [(name, of.n) for name, of in found.items()] == [("", 1), ("de", 2), ("uk", 1)]


def test_intervals_and_groups_become_json_with_null_for_nothing() -> None:
    found = json.loads(json.dumps(quality.measure([EXAMPLE], [RIGHT]).as_dict()))
    assert found["intervals"]["type_accuracy"] == [1, 1]
    assert found["intervals"]["remedy.recall"] is None
    assert found["by_length"]["150+"]["type_accuracy"] is None
    assert found["by_language"]["de"] == {
        "n": 1,
        "type_accuracy": 1,
        "first_in_3": 1,
        "first_in_8": 1,
        "remedy_recall": None,
        "danger_recall": None,
        "need_recall": None,
        "intervals": {"type_accuracy": [1, 1], "first_in_3": [1, 1]},
    }
