"""How often the bot makes a pass, and that nothing that happens in one ends the service."""

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from apscheduler.job import Job
from apscheduler.schedulers.background import BackgroundScheduler

from ingest.postbox import MailboxAway
from krm import timetable
from krm.assembly import clock
from krm.bot import Bot, Tally
from krm.timetable import LONGEST_PAUSE, Pace, keep_time, scheduled, tick
from store.database import Database, DatabaseAway, DatabaseBusy
from tests.office import OFFICER, Story

MINUTE = timedelta(minutes=1)


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    database = Database(f"sqlite:///{tmp_path}/krm.db")
    database.upgrade()
    yield Story(database)
    database.close()


def reads(pace: Pace, ticks: int, *, away: bool) -> str:
    """What happens at each tick: R the mailbox is read, - it is left alone."""
    seen = ""
    for _ in range(ticks):
        read = pace.may_read()
        seen += "R" if read else "-"
        if read:
            pace.note(away=away)
    return seen


def test_a_mailbox_that_is_there_is_read_at_every_tick() -> None:
    assert reads(Pace(MINUTE), 5, away=False) == "RRRRR"


def test_a_mailbox_that_is_away_is_asked_less_and_less_but_every_ten_minutes_at_least() -> None:
    seen = reads(Pace(MINUTE), 60, away=True)

    assert seen.startswith("R-R---R-------R---------R")
    assert max(map(len, seen.split("R"))) < LONGEST_PAUSE // MINUTE


def test_once_it_is_back_the_pace_is_the_usual_one() -> None:
    pace = Pace(MINUTE)
    reads(pace, 10, away=True)
    while not pace.may_read():
        pass
    pace.note(away=False)

    assert reads(pace, 4, away=False) == "RRRR"


@pytest.mark.parametrize("tick_length", [timedelta(seconds=1), timedelta(minutes=10), timedelta(hours=1)])
def test_the_longest_pause_holds_for_any_pace(tick_length: timedelta) -> None:
    seen = reads(Pace(tick_length), 3000, away=True)

    pauses = [len(gap) + 1 for gap in seen.split("R")[1:-1]]
    assert max(pauses) * tick_length <= max(LONGEST_PAUSE, tick_length)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        pytest.param(DatabaseBusy("Erika"), "another process of the bot is at work on this database", id="busy"),
        pytest.param(DatabaseAway("Erika"), "the database cannot be used: DatabaseAway at ", id="away"),
    ],
)
def test_a_pass_that_cannot_be_made_is_logged_without_what_the_fault_says(
    story: Story,
    fault: Exception,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(timetable.flow, "once", failing(fault))
    pace = Pace(MINUTE)

    tick(story.bot, pace)

    assert caplog.messages[0].startswith(said)
    assert "Erika" not in caplog.text
    assert pace == Pace(MINUTE)


def test_a_mailbox_away_slows_the_pace_and_the_rest_of_the_pass_goes_on(story: Story) -> None:
    story.mailbox.fail("session", MailboxAway("connecting: time-out"))
    pace = Pace(MINUTE)

    tick(story.bot, pace)
    assert (pace.failures, pace.waiting) == (1, 2)

    story.arrives("Ich habe gewartet.")
    tick(story.bot, pace)  # the mailbox is left alone
    assert story.folder("Verarbeitet") == []
    tick(story.bot, pace)
    assert len(story.folder("Verarbeitet")) == 1
    assert pace.failures == 0
    story.passes()
    story.letter(OFFICER, "confirmation_request")


def test_what_a_pass_did_is_logged_in_numbers_and_an_idle_one_not_at_all(
    story: Story, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "krm.timetable")
    story.arrives("Ich habe gewartet.")

    tick(story.bot, Pace(MINUTE))
    assert caplog.messages == ["pass: fetched=1 opened=1 sent=1"]

    tick(story.bot, Pace(MINUTE))
    assert len(caplog.messages) == 1
    story.passes()
    story.letter(OFFICER, "confirmation_request")


def test_the_service_survives_a_pass_nobody_foresaw_and_quotes_nothing_of_it(
    story: Story, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stop = threading.Event()
    passes: list[str] = []

    def once(bot: Bot, *, read: bool) -> Tally:
        passes.append("pass")
        if len(passes) == 2:
            stop.set()
        raise KeyError("Erika Müller")

    monkeypatch.setattr(timetable.flow, "once", once)

    keep_time(replace(story.bot, now=clock), 1, stop)

    assert len(passes) >= 2
    assert caplog.messages[0].startswith("the pass broke off: KeyError at test_timetable.py:")
    assert "Erika" not in caplog.text


def test_the_pass_under_way_is_finished_before_the_service_ends(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    seen: list[str] = []

    def once(bot: Bot, *, read: bool) -> Tally:
        seen.append("begun")
        stop.set()
        threading.Event().wait(0.2)
        seen.append("finished")
        return Tally()

    monkeypatch.setattr(timetable.flow, "once", once)

    keep_time(replace(story.bot, now=clock), 3600, stop)

    assert seen == ["begun", "finished"]


def jobs(story: Story, nightly: Callable[[], object] | None) -> dict[str, Job]:
    return {job.id: job for job in scheduled(story.bot, 60, nightly).get_jobs()}


def test_without_learning_there_are_passes_and_nothing_else(story: Story) -> None:
    assert set(jobs(story, None)) == {"pass"}


@pytest.mark.parametrize(
    ("day", "night"),
    [
        pytest.param("2026-11-23 09:00", "2026-11-24T01:30:00+01:00", id="the next one"),
        pytest.param("2027-03-27 09:00", "2027-03-28T01:30:00+01:00", id="an hour is missing"),
        pytest.param("2026-10-24 09:00", "2026-10-25T01:30:00+02:00", id="an hour comes twice"),
    ],
)
def test_learning_is_at_half_past_one_in_the_office_s_time_whatever_the_clock_does(
    story: Story, day: str, night: str
) -> None:
    trigger = jobs(story, lambda: None)["learning"].trigger
    story.until(day)

    first = trigger.get_next_fire_time(None, story.now)
    second = trigger.get_next_fire_time(first, first + timedelta(minutes=1))

    assert first == datetime.fromisoformat(night)
    assert first.date() != second.date()


def soon(story: Story, nightly: Callable[[], object], stop: threading.Event, patch: pytest.MonkeyPatch) -> None:
    """The service, whose night comes at once."""
    honest = timetable.scheduled

    def at_once(bot: Bot, seconds: int, job: Callable[[], object] | None) -> BackgroundScheduler:
        scheduler = honest(bot, seconds, job)
        scheduler.modify_job("learning", next_run_time=clock())
        return scheduler

    patch.setattr(timetable, "scheduled", at_once)
    keep_time(replace(story.bot, now=clock), 1, stop, nightly)


def test_a_night_and_a_pass_never_overlap(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    stop, busy = threading.Event(), threading.Lock()
    seen: list[str] = []

    def work(name: str) -> None:
        assert busy.acquire(blocking=False)
        threading.Event().wait(0.3)
        seen.append(name)
        busy.release()
        if {"pass", "night"} <= set(seen):
            stop.set()

    def once(bot: Bot, *, read: bool) -> Tally:
        work("pass")
        return Tally()

    monkeypatch.setattr(timetable.flow, "once", once)
    soon(story, lambda: work("night"), stop, monkeypatch)

    assert {"pass", "night"} <= set(seen)


def test_a_night_that_breaks_is_named_by_its_place_and_the_passes_go_on(
    story: Story, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stop = threading.Event()
    passes: list[str] = []

    def once(bot: Bot, *, read: bool) -> Tally:
        passes.append("pass")
        if "broke off" in caplog.text or len(passes) == 10:
            stop.set()
        return Tally()

    def broken() -> None:
        raise KeyError("Erika Müller")

    monkeypatch.setattr(timetable.flow, "once", once)
    soon(story, broken, stop, monkeypatch)

    assert caplog.messages[0].startswith("the learning broke off: KeyError at test_timetable.py:")
    assert "Erika" not in caplog.text


def failing(fault: Exception) -> Callable[..., Tally]:
    def once(bot: Bot, *, read: bool) -> Tally:
        raise fault

    return once
