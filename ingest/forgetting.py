"""Mails taken out of the mailbox for good: only what is ours beyond doubt, and no other mail with it.

A mail is ours where its bytes are the ones that were taken in: it is looked for in the program's own folders among
those as large, whenever they arrived there, and in the inbox under the number it was filed from. A letter is ours by
its Message-ID, which carries a token. What is found is taken out by UID EXPUNGE (RFC 4315), never by EXPUNGE, which
would take what people have marked as deleted. A server without it keeps everything, marks included, and somebody does
it by hand.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from ingest.imap import Connection
from ingest.postbox import Copy, Head, MailboxRefused, MailboxSettings, Remaining

_SIZES = 32  # in one search
_GROUP = 500  # UIDs in one command
Wanted = tuple[Sequence[Copy], Sequence[str]]
Found = dict[int, str]
"""UIDs of a folder, and what each is of."""


class Reader(Protocol):
    """Reads in the open folder; the second value holds the UIDs of what the server does not hand over."""

    def heads(self, uids: Sequence[int]) -> tuple[list[Head], list[int]]: ...
    def bodies(self, uids: Sequence[int]) -> tuple[dict[int, bytes], list[int]]: ...


def forget(connection: Connection, settings: MailboxSettings, reader: Reader, wanted: Wanted) -> tuple[Remaining, ...]:
    """Gives what is still there, since the server cannot or does not let it go. Raises MailboxAway, MailboxRefused."""
    copies, message_ids = wanted
    remaining = list(_from_inbox(connection, settings, reader, copies))
    missing = connection.missing(settings.folders.all)
    for folder in dict.fromkeys(f for f in settings.folders.all if f not in missing):
        found: Found = {}
        if folder != settings.folders.sent:
            for alike in _as_large(copies):
                found |= _ours(reader, connection.lying(folder, alike), copies)
        else:
            for message_id in message_ids:
                there = connection.lying(folder, ["HEADER", "Message-ID", f"<{message_id}>"])
                found |= dict.fromkeys(there, message_id)
        if found:
            connection.open(folder)
            remaining += _erased(connection, folder, found)
    return tuple(remaining)


def _from_inbox(
    connection: Connection, settings: MailboxSettings, reader: Reader, copies: Sequence[Copy]
) -> Iterator[Remaining]:
    """A server that cannot move in one step may have left the mail there, marked as deleted."""
    if not any(copy.places for copy in copies):
        return
    uidvalidity = connection.select(settings.inbox).uidvalidity
    here = {
        place.uid: c
        for c in copies
        for place in c.places
        if (place.folder, place.uidvalidity) == (settings.inbox, uidvalidity)
    }
    found = _ours(reader, sorted(here), list(here.values())) if here else {}
    if found:
        yield from _erased(connection, settings.inbox, found)


def _as_large(copies: Sequence[Copy]) -> Iterator[list[object]]:
    """Searches for what has the size of one of them."""
    sizes = sorted({copy.size for copy in copies})
    for start in range(0, len(sizes), _SIZES):
        yield _any([["SMALLER", n + 1, "LARGER", max(n - 1, 0)] for n in sizes[start : start + _SIZES]])


def _any(searches: Sequence[list[object]]) -> list[object]:
    """One of these, nested as little as can be: servers bound the depth."""
    if len(searches) == 1:
        return searches[0]
    half = len(searches) // 2
    return ["OR", _any(searches[:half]), _any(searches[half:])]


def _ours(reader: Reader, uids: Sequence[int], copies: Sequence[Copy]) -> Found:
    """Which of these mails of the open folder are copies, byte by byte."""
    heads = reader.heads(uids)[0]
    sizes = {copy.size for copy in copies if copy.checksum}
    known = {copy.checksum for copy in copies}
    unread = {(copy.size, copy.arrived) for copy in copies if not copy.checksum}
    found: Found = {}
    for uid in (head.uid for head in heads if head.size in sizes):  # one by one: a mail may have 40 MB
        body = reader.bodies([uid])[0].get(uid, b"")
        checksum = hashlib.sha256(body).hexdigest()
        found |= {uid: checksum} if checksum in known else {}
    return found | {head.uid: "" for head in heads if (head.size, head.arrived) in unread}


def _erased(connection: Connection, folder: str, found: Mapping[int, str]) -> list[Remaining]:
    """Takes them out of the open folder; gives those that stay."""
    uids = sorted(found)
    left = uids
    if connection.erases:
        try:
            left = [
                uid for start in range(0, len(uids), _GROUP) for uid in connection.erase(uids[start : start + _GROUP])
            ]
        except MailboxRefused:  # rights: a person must
            left = uids
    return [Remaining(folder, uid, found[uid]) for uid in left]
