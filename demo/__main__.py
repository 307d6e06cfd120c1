"""`python -m demo`: starts the office, plays the guided example, stays up until Ctrl-C. `--once` ends after it."""

import argparse
import asyncio
import secrets
import signal
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from demo import bot as bots
from demo import guide, office, server, web
from demo.export import write_all
from demo.terminal import Terminal

OUT = Path("demo-out")


def main() -> int:
    """Exit codes: 0 done or stopped, 1 the example failed, 2 wrong call."""
    parser = argparse.ArgumentParser(
        prog="python -m demo", description=__doc__, epilog="Example: make demo ARGS=--once"
    )
    parser.add_argument("--once", action="store_true", help=f"end after the example, leave all mails in {OUT}/")
    parser.add_argument("--port", type=int, default=0, help="the page's port (default: a free one)")
    given = parser.parse_args()
    return asyncio.run(_demo(given.once, given.port, Terminal()))


async def _demo(once: bool, port: int, terminal: Terminal) -> int:
    _cancel_on_signals()
    try:
        async with AsyncExitStack() as stack:
            await _play(stack, once, port, terminal)
    except asyncio.CancelledError:
        terminal.stopped()
        return int(once)
    except (guide.Stuck, bots.BotEnded, OSError) as fault:
        terminal.failed(str(fault))
        return 1
    return 0


async def _play(stack: AsyncExitStack, once: bool, port: int, terminal: Terminal) -> None:
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
