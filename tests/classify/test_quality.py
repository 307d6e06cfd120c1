from dataclasses import replace

import pytest

from classify import quality
from classify.coding import Scored, Suggestion, Urgency
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


def test_calibration_error_is_the_mean_distance_of_promise_and_hit() -> None:
    assert quality.calibration_error([0.9, 0.9, 0.1, 0.1], [True, False, False, False]) == pytest.approx(0.25)
    assert quality.calibration_error([], []) == 0


def test_mails_without_category_do_not_count_for_categories() -> None:
    bare = replace(EXAMPLE, categories=())
    assert quality.measure([EXAMPLE, bare], [RIGHT, PRAISE]).first_in_1 == 1


def test_the_report_becomes_json() -> None:
    found = quality.measure([EXAMPLE], [RIGHT]).as_dict()
    assert found["examples"] == 1
    assert found["remedy"] == {"recall": 0.0, "false_alarms": 0.0, "yes": 0, "no": 1}


def test_nothing_to_compare_is_a_fault() -> None:
    with pytest.raises(ValueError, match="nothing"):
        quality.measure([], [])
