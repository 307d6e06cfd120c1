"""The real bot, `krm run`, as a process of its own on the office's folder."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path

KRM = Path(sys.executable).with_name("krm")
PATIENCE = 10.0


class BotEnded(Exception):  # noqa: N818
    """The bot is not there or ended by itself; the message says what is known."""


class Bot:
    """A running `krm run`."""

    def __init__(self, process: Process) -> None:
        self._process = process

    def check(self) -> None:
        """Raises BotEnded once it has ended."""
        if self._process.returncode is not None:
            raise BotEnded(f"the bot has ended with exit code {self._process.returncode}; its last words stand above")

    async def watch(self) -> None:
        """Waits for as long as it runs, then raises BotEnded."""
        await self._process.wait()
        self.check()

    async def ended(self) -> None:
        """Waits until it has done its work. Raises BotEnded where that failed."""
        if await self._process.wait():
            self.check()

    async def stop(self) -> None:
        """Lets it finish what it is at; after ten seconds it is ended."""
        with suppress(ProcessLookupError):
            self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), PATIENCE)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()


async def first_pass(config: Path, now: datetime, say: Callable[[str], None]) -> None:
    """One pass at this moment: makes the database and, where the cache holds none, the model. Raises BotEnded."""

    def progress(line: str) -> None:
        if not line.startswith("{"):  # what the pass did: nothing
            say(line)

    async with running(config, progress, "once", "--now", now.isoformat(), "--json") as bot:
        await bot.ended()


@asynccontextmanager
async def running(config: Path, say: Callable[[str], None], *words: str) -> AsyncIterator[Bot]:
    """The bot for as long as the block lasts; `say` gets each line it writes. Raises BotEnded where there is no krm.

    `words`: its command, `run` unless another is given.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            KRM,
            "--config",
            config,
            *(words or ("run",)),
            cwd=config.parent,
            env=_environment(),
            stdout=PIPE,
            stderr=STDOUT,
        )
    except FileNotFoundError:
        raise BotEnded(f"{KRM} is not there; call: make setup") from None
    bot = Bot(process)
    listening = asyncio.create_task(_listen(process, say))
    try:
        yield bot
    finally:
        await bot.stop()
        await listening


def _environment() -> dict[str, str]:
    """Ours, without anything that would lead the bot to somebody's real office."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KRM_") and k != "CREDENTIALS_DIRECTORY"}
    return kept | {"PYTHONUNBUFFERED": "1"}


async def _listen(process: Process, say: Callable[[str], None]) -> None:
    if process.stdout is not None:
        async for line in process.stdout:
            say(line.decode(errors="replace").rstrip())
