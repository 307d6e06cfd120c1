"""Every mail of every account as a file, in the order of arrival, copies of one mail beside each other."""

import re
from datetime import datetime
from pathlib import Path

from demo import letters
from demo.office import KRM
from demo.server import INBOX, PostOffice, Stored

_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


async def write_all(post: PostOffice, folder: Path) -> int:
    """Empties the folder of `.eml` files and writes all mails into it; gives their number."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.eml"):
        old.unlink()
    places = [(a, f) for a in await post.addresses() for f in await post.folders(a)]
    found = [mail for account, name in places for mail in await post.mails(account, name)]
    digits = max(2, len(str(len(found))))
    for number, mail in enumerate(_in_order(found), 1):
        (folder / f"{number:0{digits}}-{name_of(mail)}.eml").write_bytes(mail.content)
    return len(found)


def _in_order(mails: list[Stored]) -> list[Stored]:
    """By the arrival of the first copy people have: the bot's own copies are only dated to the second (IMAP)."""
    ids = {mail: letters.view(mail.content).message_id for mail in mails}
    first: dict[str, datetime] = {}
    for mail in sorted(mails, key=lambda m: m.arrived):
        if mail.account != KRM.address:
            first.setdefault(ids[mail], mail.arrived)
    return sorted(mails, key=lambda m: (first.get(ids[m], m.arrived), m.account == KRM.address, m.account, m.folder))


def name_of(mail: Stored) -> str:
    """Whose, which folder unless it is the inbox, what: `sabine-meier-confirmation_request`."""
    shown = letters.view(mail.content)
    what = shown.kind or ("reply" if shown.references else "mail")
    where = [] if mail.folder == INBOX else [mail.folder]
    return "-".join(_slug(part) for part in (mail.account.partition("@")[0], *where, what))


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9_]+", "-", text.casefold().translate(_PLAIN)).strip("-")
