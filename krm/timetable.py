"""The door to APScheduler: one coarse tick; the database says what is due, so a missed tick costs nothing."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from krm import flow, retaining
from krm.bot import Bot
from krm.faults import where
from notify.deadlines import BERLIN
from store.database import DatabaseAway, DatabaseBusy

log = logging.getLogger(__name__)


LONGEST_PAUSE = timedelta(minutes=10)

NIGHTLY = {"hour": 1, "minute": 30}
"""In the office's time; between two and three an hour is missing in spring and comes twice in autumn."""

RETENTION = {"hour": 1, "minute": 15}
"""Before learning: what is deleted is not learned from again."""

NIGHT_ENDS_AFTER = 3 * 3600
"""Seconds: who slept through the night does not make up for it by day."""


@dataclass(slots=True)
class Pace:
    """How often a mailbox that is away is tried again: after one tick, two, four, at most every ten minutes."""

    tick: timedelta
    failures: int = 0
    waiting: int = 0

    def may_read(self) -> bool:
        self.waiting = max(0, self.waiting - 1)
        return self.waiting == 0

    def note(self, *, away: bool) -> None:
        self.failures = self.failures + 1 if away else 0
        most = max(1, LONGEST_PAUSE // self.tick)
        self.waiting = min(2 ** min(self.failures, 10), most) if away else 0


def keep_time(bot: Bot, poll_seconds: int, stop: threading.Event, nightly: Callable[[], object] | None = None) -> None:
    """Passes at this pace until `stop` is set; returns when the pass under way is done. `nightly` runs between passes.

    A pass that takes longer than the pace is not started twice; ticks missed meanwhile are one tick.
    """
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # it would quote what an exception says
    scheduler = scheduled(bot, poll_seconds, nightly)
    scheduler.start()
    try:
        while not stop.wait(poll_seconds):
            not_before_the_clock(scheduler, bot.now(), timedelta(seconds=poll_seconds))
    finally:
        scheduler.shutdown(wait=True)


def scheduled(bot: Bot, poll_seconds: int, nightly: Callable[[], object] | None) -> BackgroundScheduler:
    """The jobs, for one worker: they never overlap."""
    scheduler = BackgroundScheduler(timezone=BERLIN, executors={"default": ThreadPoolExecutor(1)})
    scheduler.add_job(
        tick,
        "interval",
        [bot, Pace(timedelta(seconds=poll_seconds))],
        seconds=poll_seconds,
        next_run_time=bot.now(),
        misfire_grace_time=None,
        coalesce=True,
        max_instances=1,
        id="pass",
    )
    night = {"misfire_grace_time": NIGHT_ENDS_AFTER, "coalesce": True, "max_instances": 1}
    if bot.retention.automatic:
        scheduler.add_job(retaining.tonight, "cron", [bot], id="retention", **RETENTION, **night)
    if nightly:
        scheduler.add_job(nightly, "cron", id="learning", **NIGHTLY, **night)
    scheduler.add_listener(_failed, EVENT_JOB_ERROR)
    return scheduler


def not_before_the_clock(scheduler: BackgroundScheduler, now: datetime, tick: timedelta) -> None:
    """After the clock was set back no pass waits until it has caught up again: jobs are kept by the clock alone."""
    job = scheduler.get_job("pass")
    if job and job.next_run_time and job.next_run_time - now > 2 * tick:
        log.warning("the clock was set back; passes go on by the new one")
        job.modify(next_run_time=now)


def tick(bot: Bot, pace: Pace) -> None:
    """One pass; what goes wrong is logged and tried again at the next tick."""
    read = pace.may_read()
    try:
        tally = flow.once(bot, read=read)
    except DatabaseBusy:
        log.warning("another process of the bot is at work on this database")
        return
    except DatabaseAway as fault:
        log.error("the database cannot be used: %s", where(fault))
        return
    if read:
        pace.note(away=bool(tally["away"]))
    if any(tally.values()):
        log.info("pass: %s", " ".join(f"{k}={v}" for k, v in tally.items() if v))


def _failed(event: JobExecutionEvent) -> None:
    """What broke in a way nobody foresaw is named by its place alone; the next tick, or night, tries again."""
    log.error("the %s broke off: %s", event.job_id, where(event.exception))
