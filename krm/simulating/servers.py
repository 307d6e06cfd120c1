"""Mailbox and Sender in memory, with the same manners: the contract tests run them beside the real servers."""

import contextlib
import hashlib
import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ingest.message import Place, RawMail
from ingest.postbox import (
    Checkup,
    Copy,
    Fetched,
    Known,
    MailboxAway,
    MailboxRefused,
    MailboxSettings,
    Move,
    Remaining,
)
from notify.sending import (
    Deferred,
    Parcel,
    PartlyRefused,
    Refused,
    Result,
    Sent,
    SmtpAway,
    SmtpCheckup,
    SmtpRefused,
    Unsure,
)

SETTINGS = MailboxSettings("imap.example", 993, "krm", "nobody asks")


@dataclass(frozen=True, slots=True)
class Kept:
    """A mail in a folder of the fake."""

    content: bytes
    when: datetime
    seen: bool = False


class FakeMailbox:
    """Has the methods of `Mailbox` and of its `Session`. Tests put mails in, look at `folders`, and order failures."""

    def __init__(self, settings: MailboxSettings = SETTINGS) -> None:
        self.settings = settings
        self.folders: dict[str, dict[int, Kept]] = {settings.inbox: {}}
        self.uidvalidity = 1
        self.withheld: set[int] = set()
        self.connections = 0
        self.erases = True  # the server offers UIDPLUS
        self._last_uid: dict[str, int] = defaultdict(int)
        self._faults: dict[str, deque[MailboxAway | MailboxRefused]] = defaultdict(deque)

    def put(self, raw: bytes, when: datetime, folder: str | None = None) -> Place:
        """A mail comes in at `when` (aware)."""
        return self._keep(folder or self.settings.inbox, Kept(raw, when))

    def fail(self, method: str, *faults: MailboxAway | MailboxRefused) -> None:
        """The next calls of fetch, file, append_sent, forget, prepare, check or session raise these."""
        self._faults[method].extend(faults)

    def contents(self, folder: str) -> list[bytes]:
        """What lies in a folder, in order; nothing in one that does not exist."""
        return [kept.content for kept in self.folders.get(folder, {}).values()]

    @contextlib.contextmanager
    def session(self) -> Iterator["FakeMailbox"]:
        self._perhaps("session")
        self.connections += 1
        yield self

    def fetch(self, known: Known, limit_mails: int, limit_bytes: int) -> Fetched:
        self._perhaps("fetch")
        inbox = self.folders[self.settings.inbox]
        present = list(inbox)
        taken = known(self.uidvalidity, present) if present else ()
        fresh = [uid for uid in present if uid not in taken and uid in inbox]  # meanwhile somebody may have moved some
        mails: list[RawMail] = []
        total = 0
        for uid in fresh[:limit_mails]:
            size = len(inbox[uid].content)
            fits = size <= self.settings.max_bytes
            if fits and total and total + size > limit_bytes:
                break
            total += size if fits else 0
            place = Place(self.settings.inbox, self.uidvalidity, uid)
            mails.append(RawMail(place, inbox[uid].when.astimezone(UTC), size, inbox[uid].content if fits else None))
        given = tuple(mail for mail in mails if mail.place.uid not in self.withheld)
        kept_back = tuple(mail.place for mail in mails if mail.place.uid in self.withheld)
        return Fetched(given, len(fresh) > len(mails), kept_back)

    def file(self, moves: Sequence[Move]) -> tuple[Place, ...]:
        self._perhaps("file")
        settled = []
        missing = []
        for move in moves:
            if move.place.uidvalidity != self.uidvalidity:
                continue
            if move.folder not in self.folders:
                missing.append(move.folder)
                continue
            kept = self.folders[move.place.folder].pop(move.place.uid, None)
            if kept is not None:
                self._keep(move.folder, kept)
            settled.append(move.place)
        if missing:
            raise MailboxRefused(f"filing into {missing[0]!r}: the server refused [TRYCREATE]")
        return tuple(settled)

    def kept(self, message_ids: Sequence[str]) -> frozenset[str]:
        held = b"\n".join(self.contents(self.settings.folders.sent))
        return frozenset(m for m in message_ids if f"<{m}>".encode() in held)

    def append_sent(self, messages: Sequence[bytes], at: datetime) -> None:
        self._perhaps("append_sent")
        sent = self.settings.folders.sent
        if sent not in self.folders:
            raise MailboxRefused(f"keeping sent mail in {sent!r}: the server refused [TRYCREATE]")
        for message in messages:
            self._keep(sent, Kept(re.sub(rb"\r\n|\r|\n", b"\r\n", message), at, seen=True))

    def forget(self, copies: Sequence[Copy], message_ids: Sequence[str]) -> tuple[Remaining, ...]:
        self._perhaps("forget")
        known, there = {c.checksum for c in copies}, []
        unread = {(c.size, c.arrived) for c in copies if not c.checksum}
        for folder in (f for f in self.settings.folders.all if f in self.folders):
            for uid, kept in self.folders[folder].items():
                checksum, named = hashlib.sha256(kept.content).hexdigest(), folder == self.settings.folders.sent
                ours = [m for m in message_ids if f"<{m}>".encode() in kept.content] if named else []
                ours += [checksum] if not named and checksum in known else []
                ours += [""] if not named and (len(kept.content), kept.when) in unread else []
                there += [Remaining(folder, uid, of) for of in ours[:1]]
        for one in there if self.erases else ():
            del self.folders[one.folder][one.uid]
        return () if self.erases else tuple(there)

    def prepare(self) -> tuple[str, ...]:
        self._perhaps("prepare")
        missing = self._missing()
        self.folders |= {folder: {} for folder in missing}
        return missing

    def check(self) -> Checkup:
        self._perhaps("check")
        return Checkup(True, ("IMAP4REV1", "MOVE", "UIDPLUS"), self._missing(), len(self.folders[self.settings.inbox]))

    def _keep(self, folder: str, kept: Kept) -> Place:
        self._last_uid[folder] += 1
        self.folders.setdefault(folder, {})[self._last_uid[folder]] = kept
        return Place(folder, self.uidvalidity, self._last_uid[folder])

    def _missing(self) -> tuple[str, ...]:
        return tuple(folder for folder in self.settings.folders.all if folder not in self.folders)

    def _perhaps(self, method: str) -> None:
        if self._faults[method]:
            raise self._faults[method].popleft()


class FakeSender:
    """Has the methods of `Sender`. `sent` is what went out; `script` orders answers, as the real sink does."""

    def __init__(self) -> None:
        self.sent: list[Parcel] = []
        self.away: deque[SmtpAway | SmtpRefused] = deque()
        self._answers: dict[str, deque[str]] = defaultdict(deque)

    def script(self, verb: str, *answers: str) -> None:
        """The next answers to MAIL, RCPT, DATA or `.`: `550 5.1.1 no`, `drop` for a lost connection, or `ok`."""
        self._answers[verb].extend(answers)

    def send(self, parcels: Sequence[Parcel], before_data: Callable[[Parcel], None]) -> Iterator[Result]:
        if parcels and self.away:
            raise self.away.popleft()
        for parcel in parcels:
            yield self._carry(parcel, before_data)

    def check(self) -> SmtpCheckup:
        if self.away:
            raise self.away.popleft()
        return SmtpCheckup(True, ("8BITMIME", "SIZE", "SMTPUTF8"))

    def _carry(self, parcel: Parcel, before_data: Callable[[Parcel], None]) -> Result:
        answers = [self._answer("MAIL")]
        if answers[0] == "ok":
            answers = [self._answer("RCPT") for _ in parcel.recipients]
        final = tuple(position for position, answer in enumerate(answers) if answer.startswith("5"))
        if 0 < len(final) < len(answers):
            return PartlyRefused(parcel.id, *_read(answers[final[0]]), final)
        obstacle = next((answer for answer in answers if answer != "ok"), None)
        if obstacle is None:
            before_data(parcel)
            obstacle = next((answer for answer in (self._answer("DATA"),) if answer != "ok"), None)
        if obstacle is not None:
            return _declined(parcel, obstacle)
        return self._after_the_dot(parcel, self._answer("."))

    def _after_the_dot(self, parcel: Parcel, answer: str) -> Result:
        if answer == "drop":
            return Unsure(parcel.id, "connection lost after the final dot")
        if answer != "ok" and not answer.startswith("2"):
            return _declined(parcel, answer)
        self.sent.append(parcel)
        return Sent(parcel.id, *(_read(answer) if answer != "ok" else (250, "2.0.0")))

    def _answer(self, verb: str) -> str:
        return self._answers[verb].popleft() if self._answers[verb] else "ok"


def _read(answer: str) -> tuple[int, str]:
    status = answer[4:].split(" ", maxsplit=1)[0]
    return int(answer[:3]), status if re.fullmatch(r"[245]\.\d{1,3}\.\d{1,3}", status) else ""


def _declined(parcel: Parcel, answer: str) -> Deferred | Refused:
    if answer == "drop":
        return Deferred(parcel.id, None, "connection lost before the final dot")
    return (Refused if answer.startswith("5") else Deferred)(parcel.id, *_read(answer))
