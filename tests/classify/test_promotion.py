"""A new model takes over only where it is not worse, on mails that neither has learned from."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from classify import promotion
from classify.coding import Scored, Suggestion, Urgency
from classify.examples import Example
from classify.promotion import BASE, CONFIRMED, TEST, Contest, Verdict
from tests.classify import tiny
from tests.office import judged

WAITING = "organisation.wartezeit"
MAILS = 400


def mails(count: int = MAILS) -> list[Example]:
    """A tenth each is a remedy, need, danger."""
    plain = replace(tiny.examples()[0], type="beschwerde", categories=(WAITING,))
    kinds = {0: {"remedy": True}, 1: {"urgency": Urgency.NEED}, 2: {"urgency": Urgency.DANGER}}
    return [replace(plain, id=f"m-{n}", **kinds.get(n % 10, {})) for n in range(count)]


def right(found: Sequence[Example]) -> list[Suggestion]:
    """What a model says that knows everything."""
    return [judged(e.type, e.categories, remedy=e.remedy, urgency=e.urgency) for e in found]


Harm = Callable[[Example, Suggestion], Suggestion]
KIND: Harm = lambda _, s: replace(s, types=(Scored("lob", 0.9), *s.types))  # noqa: E731
FIELD: Harm = lambda _, s: replace(s, categories=s.categories[-5:])  # noqa: E731
REMEDY: Harm = lambda e, s: replace(s, remedy=not e.remedy)  # noqa: E731
CALM: Harm = lambda _, s: replace(s, urgency=Urgency.NONE)  # noqa: E731
NEED: Harm = lambda _, s: replace(s, urgency=Urgency.NEED)  # noqa: E731
DANGER: Harm = lambda _, s: replace(s, urgency=Urgency.DANGER)  # noqa: E731


def harmed(found: Sequence[Example], harm: Harm, which: str, times: int) -> list[Suggestion]:
    """The right answers, but wrong in so many of these mails."""
    of = {
        "all": lambda e: True,
        "remedy": lambda e: e.remedy,
        "no remedy": lambda e: not e.remedy,
        "need": lambda e: e.urgency is Urgency.NEED,
        "danger": lambda e: e.urgency is Urgency.DANGER,
        "calm": lambda e: e.urgency is Urgency.NONE,
    }[which]
    chosen = [e.id for e in found if of(e)][:times]
    return [harm(e, s) if e.id in chosen else s for e, s in zip(found, right(found), strict=True)]


def verdict(part: str, harm: Harm, which: str, times: int, count: int = MAILS) -> Verdict:
    found = mails(count)
    return promotion.judge([Contest(part, found, right(found), harmed(found, harm, which, times))])


TABLE = {
    # part, harm, among which mails, so many times is not worse, so many is; of how many mails
    "four in 400 have another type": (TEST, KIND, "all", 4, 5, MAILS),
    "one in 100 has another type": (TEST, KIND, "all", 1, 2, 100),
    "one in ten confirmed has another type": (CONFIRMED, KIND, "all", 1, 2, 10),
    "four in 400 lack the category": (TEST, FIELD, "all", 4, 5, MAILS),
    "one of 40 remedies is missed": (TEST, REMEDY, "remedy", 1, 2, MAILS),
    "one of 40 in need is missed": (TEST, CALM, "need", 1, 2, MAILS),
    "one of 40 in danger is missed": (TEST, CALM, "danger", 1, 2, MAILS),
    "three of 360 others look like a remedy": (TEST, REMEDY, "no remedy", 3, 4, MAILS),
    "three of 320 others look like need": (TEST, NEED, "calm", 3, 4, MAILS),
    "three of 360 others look like danger": (TEST, DANGER, "calm", 3, 4, MAILS),
}


@pytest.mark.parametrize(("part", "harm", "which", "allowed", "worse", "count"), TABLE.values(), ids=TABLE.keys())
def test_a_little_worse_by_chance_is_not_worse_and_more_is(
    part: str, harm: Harm, which: str, allowed: int, worse: int, count: int
) -> None:
    promoted = verdict(part, harm, which, allowed, count)
    refused = verdict(part, harm, which, worse, count)

    assert promoted.promoted
    assert promoted.reasons == (promotion.NOT_WORSE,)
    assert not refused.promoted
    assert len(refused.reasons) == sum(f.worse for f in refused.figures) >= 1
    assert refused.reasons[0].startswith(promotion.PARTS[part])


def test_a_better_one_is_promoted_whatever_it_was_before() -> None:
    found = mails()
    poor = harmed(found, KIND, "all", 200)

    assert promotion.judge([Contest(TEST, found, poor, right(found))]).promoted


@pytest.mark.parametrize("harm", [CALM, NEED, DANGER, REMEDY])
def test_what_the_machine_itself_said_of_confirmed_mails_decides_nothing(harm: Harm) -> None:
    assert verdict(CONFIRMED, harm, "all", 40, 40).promoted


def test_worse_on_one_part_is_worse() -> None:
    found = mails(20)
    sound = Contest(TEST, found, right(found), right(found))
    worse = Contest(CONFIRMED, found, right(found), harmed(found, KIND, "all", 2))

    assert not promotion.judge([sound, worse]).promoted
    assert not promotion.judge([worse, sound]).promoted


@pytest.mark.parametrize("empty", [TEST, CONFIRMED])
def test_without_mails_to_prove_itself_on_nothing_is_promoted(empty: str) -> None:
    found = mails(20)
    other = CONFIRMED if empty == TEST else TEST

    refused = promotion.judge([Contest(empty, (), (), ()), Contest(other, found, right(found), right(found))])

    assert not refused.promoted
    assert refused.reasons == (promotion.NOTHING.format(promotion.PARTS[empty]),)
    assert {f.part for f in refused.figures} == {other}


def test_figures_are_told_in_the_journal_without_blanks_and_short_enough() -> None:
    found = mails(1000)
    contests = [Contest(part, found, right(found), right(found)) for part in (TEST, CONFIRMED)]

    told = " ".join(map(str, promotion.judge(contests).figures))

    assert told.startswith("test.type:1.000>1.000 test.first3:1.000>1.000 ")
    assert "confirmed.first3:1.000>1.000" in told
    assert "confirmed.remedy" not in told
    assert "confirmed.danger" not in told
    assert len(told) < 400  # of 500


def test_where_there_is_nothing_to_count_a_figure_is_left_out() -> None:
    found = [replace(e, remedy=False, urgency=Urgency.NONE, categories=()) for e in mails(20)]

    named = {f.name for f in promotion.judge([Contest(TEST, found, right(found), right(found))]).figures}

    assert named == {"type", "remedy-false", "need-false", "danger-false"}


@pytest.mark.parametrize(("harm", "which"), [(REMEDY, "remedy"), (CALM, "danger")])
@pytest.mark.parametrize("part", [TEST, BASE])
def test_against_the_shipped_model_no_remedy_and_no_danger_may_be_lost(part: str, harm: Harm, which: str) -> None:
    found = mails()
    lost = Contest(part, found, right(found), harmed(found, harm, which, 1), strict=True)

    assert not promotion.judge([lost]).promoted
    assert promotion.judge([replace(lost, strict=False)]).promoted


def test_a_little_worse_every_night_ends_at_the_shipped_model() -> None:
    """Each step alone would pass against the one before; together they are more than a little."""
    found = mails()
    before, after = harmed(found, KIND, "all", 4), harmed(found, KIND, "all", 8)
    step = Contest(TEST, found, before, after)

    assert promotion.judge([step]).promoted
    assert not promotion.judge([step, Contest(BASE, found, right(found), after)]).promoted
