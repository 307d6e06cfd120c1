"""`python -m demo`: starts the office, plays the guided example, stays up until Ctrl-C. `--once` ends after it.

`--timelapse` plays three weeks of the office instead, in about a minute, and ends.
"""

import argparse
import asyncio
import secrets
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from demo import bot as bots
from demo import guide, office, server, timelapse, web, weeks
from demo.export import write_all
from demo.terminal import Terminal

OUT = Path("demo-out")
PACE = 0.45

Play = Callable[[AsyncExitStack, Terminal], Awaitable[None]]


def main() -> int:
    """Exit codes: 0 done or stopped, 1 the example failed, 2 wrong call."""
    parser = argparse.ArgumentParser(
        prog="python -m demo", description=__doc__, epilog="Example: make demo ARGS=--once"
    )
    parser.add_argument("--once", action="store_true", help=f"end after the example, leave all mails in {OUT}/")
    parser.add_argument("--timelapse", action="store_true", help=f"three weeks in a minute, all mails in {OUT}/")
    parser.add_argument("--pace", type=float, default=PACE, help=f"seconds to read each line of it (default: {PACE})")
    parser.add_argument("--port", type=int, default=0, help="the page's port (default: a free one)")
    given = parser.parse_args()
    terminal = Terminal()
    if given.timelapse:
        return asyncio.run(_demo(partial(_play_weeks, given.pace), terminal, stopped=0))
    return asyncio.run(_demo(partial(_play, given.once, given.port), terminal, stopped=int(given.once)))


async def _demo(play: Play, terminal: Terminal, *, stopped: int) -> int:
    """`stopped` is the exit code of a demo that somebody ends."""
    _cancel_on_signals()
    try:
        async with AsyncExitStack() as stack:
            await play(stack, terminal)
    except asyncio.CancelledError:
        terminal.stopped()
        return stopped
    except (guide.Stuck, bots.BotEnded, OSError) as fault:
        terminal.failed(str(fault))
        return 1
    return 0


async def _play(once: bool, port: int, stack: AsyncExitStack, terminal: Terminal) -> None:
    """Returns after the example where `once`, else never by itself."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="krm-demo-")))
    password = secrets.token_hex(16)
    post = await stack.enter_async_context(server.running(password, [a.address for a in office.ACCOUNTS]))
    page, url = await web.serve(post, port)
    stack.push_async_callback(page.cleanup)
    config = office.set_up(folder, post.imap_port, post.smtp_port, password)
    terminal.opened(url)
    bot = await stack.enter_async_context(bots.running(config, terminal.bot))
    await guide.play(post, bot, terminal)
    if once:
        terminal.written(await write_all(post, OUT), str(OUT))
        return
    terminal.stays(url)
    await bot.watch()


async def _play_weeks(pace: float, stack: AsyncExitStack, terminal: Terminal) -> None:
    """Three weeks of the office, by a clock of their own."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="krm-demo-")))
    password, clock = secrets.token_hex(16), timelapse.Clock(weeks.at(0, "06:00"))
    people = (*office.ACCOUNTS, *weeks.NEWCOMERS)
    post = await stack.enter_async_context(server.running(password, [a.address for a in people], clock))
    config = office.set_up(folder, post.imap_port, post.smtp_port, password, office.PLAYED)
    terminal.weeks()
    with terminal.waiting("das Programm startet; beim ersten Mal lernt es sein Modell, das dauert einige Minuten"):
        await bots.first_pass(config, clock(), terminal.bot)
    bot, step = await stack.enter_async_context(timelapse.passes(config, clock, terminal.bot))
    await timelapse.Weeks(post, clock, step, terminal, partial(asyncio.sleep, pace)).play()
    terminal.outcome(timelapse.what_came_of_it(bot), clock().date())
    terminal.filed(await write_all(post, OUT), str(OUT))


def _cancel_on_signals() -> None:
    """The first signal ends the demo in order; another one does not disturb that."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def cancel() -> None:
        for number in numbers:
            loop.add_signal_handler(number, lambda: None)
        if task is not None:
            task.cancel()

    for number in numbers:
        loop.add_signal_handler(number, cancel)


if __name__ == "__main__":
    sys.exit(main())
