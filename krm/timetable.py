"""The door to APScheduler: one coarse tick; the database says what is due, so a missed tick costs nothing."""

import logging
import threading
from datetime import timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from krm import flow
from krm.bot import Bot
from krm.faults import where
from notify.deadlines import BERLIN
from store.database import DatabaseAway, DatabaseBusy

log = logging.getLogger(__name__)


def keep_time(bot: Bot, poll_seconds: int, stop: threading.Event) -> None:
    """Passes at this pace until `stop` is set; returns when the pass under way is done.

    A pass that takes longer than the pace is not started twice; ticks missed meanwhile are one tick.
    """
    scheduler = BackgroundScheduler(timezone=BERLIN)
    scheduler.add_job(
        _pass,
        "interval",
        [bot],
        seconds=poll_seconds,
        next_run_time=bot.now() + timedelta(seconds=0),
        misfire_grace_time=None,
        coalesce=True,
        max_instances=1,
    )
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    scheduler.start()
    try:
        stop.wait()
    finally:
        scheduler.shutdown(wait=True)


def _pass(bot: Bot) -> None:
    """One pass; what goes wrong is logged and tried again at the next tick."""
    try:
        tally = flow.once(bot)
    except DatabaseBusy:
        log.warning("another process of the bot is at work on this database")
    except DatabaseAway as fault:
        log.error("the database cannot be used: %s", where(fault))
    else:
        if any(tally.values()):
            log.info("pass: %s", " ".join(f"{k}={v}" for k, v in tally.items() if v))
