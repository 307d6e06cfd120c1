"""The guided example: a citizen writes, the officer is asked and answers `ok`, the acknowledgement goes out."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from email.utils import make_msgid
from typing import TypeVar

from demo import letters
from demo.bot import Bot
from demo.examples import GUIDED
from demo.letters import Draft, View
from demo.office import ERIKA, KRM, OFFICER, Account
from demo.server import INBOX, PostOffice
from demo.terminal import Terminal
from notify.deadlines import BERLIN

PATIENCE = 120.0
_LOOK = 0.1
T = TypeVar("T")
_SCORED = re.compile(r"\s*(?:\d{1,2}\s+)?([^\n]{1,200}?\(\d{1,3} %\))")


class Stuck(Exception):  # noqa: N818
    """A step of the example did not come about; the message says which."""


async def play(post: PostOffice, bot: Bot, terminal: Terminal, patience: float = PATIENCE) -> None:
    """Plays the example, `patience` seconds for each step. Raises Stuck, BotEnded."""
    example = Draft(KRM.address, GUIDED.subject, GUIDED.body)

    async def letter(to: Account, kind: str) -> View:
        return await _within(patience, lambda: _find(post, to, kind), bot, f"{to.name} gets no {kind}")

    await _send(post, ERIKA, example)
    terminal.step(f"{ERIKA.name} writes to {KRM.address}", [f"Betreff: {GUIDED.subject}", *GUIDED.body.splitlines()])

    with terminal.waiting(f"the bot reads the mail and asks {OFFICER.name}"):
        request = await letter(OFFICER, "confirmation_request")
    terminal.step(f"{OFFICER.name} gets the confirmation request", [request.subject, *suggestion(request.text)])

    await _send(post, OFFICER, letters.answered(letters.reply(request), "ok"))
    terminal.step(f"{OFFICER.name} replies", ["ok"])

    with terminal.waiting("the bot carries out the reply"):
        acknowledgement = await letter(ERIKA, "acknowledgement")
    terminal.step(f"{ERIKA.name} gets the acknowledgement", [acknowledgement.subject, *_beginning(acknowledgement)])

    with terminal.waiting(f"{OFFICER.name} is told what is recorded"):
        receipt = await letter(OFFICER, "receipt")
    terminal.step(f"{OFFICER.name} gets the receipt", [receipt.subject, *_points(receipt.text)])

    with terminal.waiting("the bot files the mails"):
        await _within(patience, lambda: _settled(post), bot, "the bot does not file its mails")


def suggestion(text: str) -> list[str]:
    """Type and proposed categories of a confirmation request, each with its percent."""
    before = re.split(r"^\W*Weitere ", text, maxsplit=1, flags=re.MULTILINE)[0]
    proposed = before[max(before.find("\nArt: "), 0) :]
    return [match[1].strip() for line in proposed.splitlines() if (match := _SCORED.match(line))]


def _beginning(mail: View, most: int = 6) -> list[str]:
    return [*[line for line in mail.text.splitlines() if line.strip()][:most], "…"]


def _points(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.lstrip().startswith("- ")]


async def _send(post: PostOffice, who: Account, draft: Draft) -> None:
    message_id = make_msgid(domain=who.address.partition("@")[2])
    content = letters.compose(draft, str(who), message_id, datetime.now(BERLIN))
    await post.submit(who.address, content)


async def _find(post: PostOffice, to: Account, kind: str) -> View | None:
    shown = [letters.view(mail.content) for mail in await post.mails(to.address)]
    return next((mail for mail in shown if mail.kind == kind), None)


async def _settled(post: PostOffice) -> bool:
    """Whether the inbox is worked off and each letter has its copy among the sent."""
    received = [m for a in await post.addresses() if a != KRM.address for m in await post.mails(a)]
    written = sum(bool(letters.view(m.content).kind) for m in received)
    return not await post.mails(KRM.address, INBOX) and len(await post.mails(KRM.address, "Sent")) >= written


async def _within(patience: float, look: Callable[[], Awaitable[T | None]], bot: Bot, otherwise: str) -> T:
    """Looks until there is something. Raises Stuck when time is up, BotEnded where nothing can come any more."""
    try:
        async with asyncio.timeout(patience):
            while not (found := await look()):
                bot.check()
                await asyncio.sleep(_LOOK)
            return found
    except TimeoutError:
        raise Stuck(f"{otherwise} within {patience:.0f} s") from None
