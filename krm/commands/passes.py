"""`krm once`, `run`, `retry`: the bot at work on the office's servers and database."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click

from krm import flow, models, settings
from krm.assembly import assemble
from krm.bot import TALLIED, Bot
from krm.commands.common import CONFIG, JSON, Fault, config, example, moment, progress, say, shown
from krm.commands.opening import opened, telling
from krm.models import Recipe, Untrainable
from krm.settings import Settings
from krm.timetable import keep_time
from krm.tomlfile import SettingsError
from store import mails
from store.mails import MailState


@click.command(epilog=example("krm once --json"))
@click.option("--now", help="A moment instead of the clock, ISO 8601; for drills.")
@click.option("--drill", is_flag=True, help="Allow --now although a server is not on this machine.")
@JSON
@CONFIG
def once(now: str | None, drill: bool, as_json: bool) -> None:
    """One pass: fetch, process, send what is due."""
    at = moment(now) if now else None
    chosen = _settings()
    if at and not (chosen.on_loopback or drill):
        raise Fault("--now is for drills: a server of this krm.toml is not on this machine (--drill allows it)")
    with _bot(chosen, at) as bot:
        tally = flow.once(bot)
    say({name: tally[name] for name in TALLIED} if as_json else shown(tally))
    if tally["failed"]:
        raise Fault(f"{tally['failed']} failed; the lines above and krm doctor say more")


@click.command(epilog=example("krm --config /etc/krm/krm.toml run"))
@CONFIG
def run() -> None:
    """The service: a pass every minute until it is stopped."""
    chosen = _settings()
    with _bot(chosen, None) as bot:
        stop = _stopped_by_signals()
        progress(f"krm: reading the mailbox every {chosen.poll_seconds} s; stop with Ctrl-C")
        keep_time(bot, chosen.poll_seconds, stop)
    progress("krm: stopped")


@click.command(epilog=example("krm retry"))
@JSON
@CONFIG
def retry(as_json: bool) -> None:
    """Put unreadable mails before the reader again at the next pass."""
    with opened() as shelf, shelf.database.transaction() as connection:
        value = {"retried": mails.retry(connection, [MailState.UNREADABLE])}
    say(value if as_json else shown(value))


def _settings() -> Settings:
    try:
        return settings.load(settings.find(config()))
    except SettingsError as fault:
        raise Fault(str(fault)) from fault


@contextmanager
def _bot(chosen: Settings, now: datetime | None) -> Iterator[Bot]:
    """The bot on its real servers, with the newest tables. Raises Fault where model or database cannot be used."""
    try:
        model = models.ready(Recipe(key=chosen.keys.seal()), progress)
    except Untrainable as fault:
        raise Fault(f"the model cannot be trained: {fault}") from fault
    with telling():
        bot = assemble(chosen, model, (lambda: now) if now else None)
        try:
            bot.database.upgrade()
            yield bot
        finally:
            bot.database.close()


def _stopped_by_signals() -> threading.Event:
    """Set by the first signal, so that the pass under way is finished; the second one ends the process at once."""
    stop = threading.Event()

    def on_signal(number: int, _: object) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
    return stop
