"""Mailboxes of a real Dovecot, filled as a delivery agent fills them, and looked at afterwards."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from imapclient import imap_utf7

from bench.synthetic import Synthetic
from tests.servers import Unprivileged
from tests.servers.dovecot import User

FIELD = b"BODY[HEADER.FIELDS (MESSAGE-ID)]"


def fill(users: Sequence[User], mails: Iterable[Synthetic], first_arrived: datetime) -> list[str]:
    """The same new mails for every user, a second apart; each is written once. Gives their Message-IDs."""
    owner = Unprivileged()
    rooms = [_room(user, owner) for user in users]
    ids = []
    for number, mail in enumerate(mails):
        arrived = (first_arrived + timedelta(seconds=number)).timestamp()
        name = f"{int(arrived)}.M{number:06d}P1.bench,S={len(mail.content)}"
        first = rooms[0] / name
        first.write_bytes(mail.content)
        os.utime(first, (arrived, arrived))
        owner.own(first)
        for room in rooms[1:]:
            (room / name).hardlink_to(first)
        ids.append(mail.message_id)
    return ids


def _room(user: User, owner: Unprivileged) -> Path:
    """The user's Maildir, empty; where new mail lies."""
    home = user.server.home / "mail" / user.name
    parts = [home / part for part in ("", "cur", "new", "tmp")]
    for part in parts:
        part.mkdir(mode=0o700)
    owner.own(*parts)
    return home / "new"


def message_ids(user: User) -> dict[str, Counter[str]]:
    """Folder -> Message-ID without brackets -> how many mails in it have that."""
    found: dict[str, Counter[str]] = {}
    with user.connection() as client:
        for _, _, name in client.list_folders():
            client.select_folder(name, readonly=True)
            uids = client.search()
            rows = client.fetch(uids, [b"BODY.PEEK" + FIELD[4:]]) if uids else {}
            found[_plain(name)] = Counter(_bare(row[FIELD]) for row in rows.values())
    return found


def _plain(name: str | bytes) -> str:
    return name if isinstance(name, str) else str(imap_utf7.decode(name))


def _bare(field: bytes) -> str:
    return field.partition(b":")[2].strip().strip(b"<>").decode("ascii", "replace")
