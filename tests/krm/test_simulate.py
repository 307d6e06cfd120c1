"""`krm simulate`: an invented office at play, and the promises that are looked after."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from classify.anlage3 import shipped
from krm.simulating.judge import Truth
from krm.simulating.office import OFFICE, at_work, leaves
from krm.simulating.promises import Once, Seen, broken_in, gaps, wrongly_sent
from krm.simulating.servers import FakeSender
from krm.simulating.world import BEGINS, World, after
from notify.owing import View, at_local
from notify.parcels import Parcel
from notify.workdays import Workdays
from store.case import Assignment, Case, Concern, Delivery, Dispatch, Mark, Reaction, Said, Stage, State
from store.outbox import Outgoing
from tests.krm.calling import Krm
from tests.store.making import case, confirmed, numbered, plan, reaction

DAYS = 5
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=at_local(BEGINS, datetime.min.time()).tzinfo)


def world(seed: int = 7, days: int = DAYS, **parts: object) -> World:
    return World(seed, BEGINS + timedelta(days=days), 6, **parts)  # type: ignore[arg-type]


def played(of: World) -> World:
    of.run()
    of.watch.play_ends(of.now, of.begun, of.put)
    return of


def went_out(of: World) -> list[bytes]:
    return [p.content for p in of.post.sent]


def view(days: float = 0, **fields: object) -> View:
    return replace(View(OFFICE, shipped(), Workdays(), MORNING + timedelta(days=days)), **fields)  # type: ignore[arg-type]


# --- the play ---


def test_some_days_are_played_and_every_promise_is_kept() -> None:
    office = played(world())

    assert office.put > 20
    assert len(office.post.sent) > 20
    assert office.watch.broken == []


def test_the_same_seed_plays_the_same_and_another_seed_something_else() -> None:
    first, again, other = (went_out(played(world(seed, days=3))) for seed in (1, 1, 2))

    assert first == again
    assert first != other


class Twice(FakeSender):
    """A server that sends everything two times."""

    def send(self, parcels: Sequence[Parcel], before_data: Callable[[Parcel], None]):  # type: ignore[no-untyped-def]
        for result in super().send(parcels, before_data):
            self.sent.append(self.sent[-1])
            yield result


def test_a_letter_that_goes_out_twice_is_found() -> None:
    office = played(world(days=2, post=Twice()))

    assert any(b.what.startswith("twice: ") for b in office.watch.broken)


def test_a_mail_that_is_lost_is_found() -> None:
    office = world(days=2)
    office.put += 1
    played(office)

    assert [b.what for b in office.watch.broken] == [f"{office.put} mails came in, {office.put - 1} are kept"]


def test_people_answer_in_working_hours() -> None:
    friday = at_local(date(2026, 10, 2), datetime.min.time().replace(hour=15))

    assert at_work(friday, 0.5, Workdays()) == friday + timedelta(minutes=30)
    assert at_work(friday, 2, Workdays()) == at_local(date(2026, 10, 5), datetime.min.time().replace(hour=9))


def test_officer_and_deputy_are_never_away_together() -> None:
    taken = leaves(BEGINS, after(12), Random(3)).of

    assert len(taken["officer"]) == 3
    assert not set(taken["officer"]) & set(taken["deputy"])
    assert all(end <= begin for (_, end), (begin, _) in pairwise(taken["officer"]))


# --- the promises, each with a Case that breaks it ---


def recorded(*further: Reaction, **fields: object) -> Case:
    """A recorded complaint that 515's lead handles, acknowledged in time."""
    first = replace(confirmed(reaction(), unit="601"), acknowledged=MORNING + timedelta(hours=2))
    standard = case(
        first,
        *further,
        concerns=(Concern(0, "organisation.wartezeit"),),
        stages=(Stage(2, MORNING, "officer"),),
        assignments=(Assignment("601", "tl-601", MORNING),),
    )
    return numbered(replace(standard, **fields))  # type: ignore[arg-type]


def sent(duty: str, to: str, occurrence: str = "1") -> Dispatch:
    return Dispatch(1, "E-7K2F", duty, occurrence, to, Delivery.SENT, MORNING + timedelta(hours=1))


CLOSED = Mark(Said.CLOSED, MORNING, "officer", 1, 2)
BROKEN = {
    "a duty that nobody planned": (recorded(), 1, "assignment 1 to tl-601 is due"),
    "no acknowledgement": (
        recorded(reaction(2, "Noch etwas."), state=State.OPEN),
        9,
        "reaction 2 was not acknowledged",
    ),
    "nobody handles it": (recorded(assignments=()), 1, "nobody handles it"),
    "over its latest day without a warning": (recorded(), 20, "without interim_alarm"),
    "closed without registration": (recorded(state=State.CLOSED, marks=(CLOSED,)), 1, "closed without registration"),
    "recorded without entry": (recorded(), 1, "recorded without entry"),
    "recorded without a number": (replace(recorded(), number=None), 1, "recorded without a number"),
}


@pytest.mark.parametrize(("broken", "days", "what"), BROKEN.values(), ids=BROKEN)
def test_a_broken_promise_is_told(broken: Case, days: int, what: str) -> None:
    assert any(what in told for told in broken_in(Seen(broken, view(days))))


def test_a_case_that_is_as_it_should_be_breaks_none() -> None:
    known = (
        sent("confirmation_request", "officer"),
        sent("assignment", "tl-601"),
        sent("acknowledgement", "citizen"),
        sent("entry", "vorzimmer", "opening"),
    )

    assert broken_in(Seen(recorded(dispatches=known), view(1))) == ()


def letter(duty: str, to: str, occurrence: str = "1") -> Outgoing:
    p = plan(duty=duty, recipient=to)
    moment = MORNING + timedelta(days=5)
    return Outgoing(
        id=1,
        subject=p.subject,
        duty=duty,
        occurrence=occurrence,
        recipient=to,
        address=p.address,
        state=Delivery.SENT,
        not_before=moment,
        told={},
        token="a" * 20,
        key_id="k1",
        expires=p.expires,
        message_id="id@jobcenter.example",
        content=b"",
        tries=0,
        settled=moment,
        reply_code="250",
    )


def test_whoever_the_complaint_names_gets_nothing_but_a_danger_alarm() -> None:
    truths = {1: Truth("beschwerde", (), names=frozenset({"tl-601"}))}

    assert [*wrongly_sent(letter("assignment", "tl-601"), recorded(), view(), truths)]
    assert not [*wrongly_sent(letter("alert", "tl-601"), recorded(), view(), truths)]
    assert not [*wrongly_sent(letter("assignment", "bl-6"), recorded(), view(), truths)]


def test_what_was_posted_is_not_put_to_print_again() -> None:
    marks = (Mark(Said.RELEASED, MORNING, "officer", 1, 7, about="answer"),)
    posted = (*marks, Mark(Said.POSTED, MORNING + timedelta(hours=3), "officer", 1, 8, about="answer"))

    assert not [*wrongly_sent(letter("to_print", "officer", "answer 7"), recorded(marks=marks), view(), {})]
    assert [*wrongly_sent(letter("to_print", "officer", "answer 7"), recorded(marks=posted), view(), {})]


def test_what_was_handed_over_days_ago_is_not_handed_to_the_next_person() -> None:
    before = recorded(dispatches=(sent("need", "tl-601"),))

    assert not [*wrongly_sent(letter("need", "bl-6"), before, view(1), {})]
    assert [*wrongly_sent(letter("need", "bl-6"), before, view(3), {})]


def test_one_acknowledgement_for_one_reaction_whatever_case_it_stands_in() -> None:
    once = Once()
    first = letter("acknowledgement", "citizen")

    assert not [*once.twice(first, b"")]
    assert [*once.twice(replace(first, subject="E-2222"), b"")]


def test_numbers_have_no_gap() -> None:
    assert not [*gaps([(2026, 2), (2026, 1), (2027, 1)])]
    assert [*gaps([(2026, 1), (2026, 3)])]


# --- the command ---


def test_the_command_gives_its_figures_as_json(krm: Krm) -> None:
    said = krm("simulate", "--days", "3", "--per-day", "5", "--seed", "4", "--json")

    assert said.code == 0, said.err
    (told,) = said.objects
    assert [*told] == [
        *("months", "seed", "mails", "cases", "acknowledged_in_time", "closed_in_time", "interim_notices"),
        *("escalations", "letters_per_case", "broken"),
    ]
    assert (told["seed"], told["broken"]) == (4, [])


def test_the_command_shows_a_table(krm: Krm) -> None:
    said = krm("simulate", "--days", "1", "--per-day", "3")

    assert said.code == 0
    assert "acknowledged in time" in said.out
    assert list(krm.folder.iterdir()) == []
