"""A story whose mailbox lies on a real Dovecot behind a proxy, and what must be seen of it when it has come to rest."""

import contextlib
import hashlib
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

from sqlalchemy import event, select

from ingest.mailbox import Mailbox
from ingest.postbox import Folders, MailboxSettings
from krm import checkups
from krm.bot import Tally
from krm.findings import Finding
from store import cases, journal, which
from store.database import Database
from store.tables import journal as entries
from store.tables import mails
from tests.faults.proxy import Proxy, running
from tests.office import Received, Story
from tests.servers.dovecot import PASSWORD, Dovecot, User

WAITED = "Guten Tag, ich habe gestern zwei Stunden am Schalter gewartet. Das geht so nicht."
RUDE = "Die Kollegin am Telefon hat einfach aufgelegt. Ich beschwere mich."
AWAY = "Ich bin bis zum 30. November nicht im Büro."
REQUEST, OUTAGE = "confirmation_request", "outage"
HALF_AN_HOUR = timedelta(minutes=31)


@dataclass(frozen=True, slots=True)
class Seen:
    """What there is: mails by state, reactions by subject, mails lying anywhere, letters by duty and reader, copies."""

    rows: Counter[str]
    reactions: Counter[str]
    lying: Counter[str]
    letters: Counter[tuple[str, str]]
    copies: Counter[str]
    broken: tuple[str, ...]


@dataclass
class Box:
    """A mailbox of the real server, for a story: mails come in beside the proxy."""

    user: User
    mailbox: Mailbox

    def put(self, raw: bytes, when: Any) -> None:
        self.user.append(raw, when)

    def session(self) -> Any:
        return self.mailbox.session()

    def contents(self, folder: str) -> list[bytes]:
        there = self.user.folders()
        return [h.content for h in self.user.list(folder) if b"\\Deleted" not in h.flags] if folder in there else []


@dataclass
class Drill:
    """One office, its mailbox, and the proxy between them."""

    story: Story
    user: User
    proxy: Proxy
    letters: list[Received]
    ports: dict[str, int] = field(default_factory=dict)  # by the certificate that the server there shows

    @property
    def settings(self) -> MailboxSettings:
        return self.story.mailbox.mailbox._settings  # type: ignore[no-any-return]

    def uses(self, **changes: object) -> None:
        """From now on the bot has other settings of its mailbox."""
        self.story.mailbox.mailbox = Mailbox(replace(self.settings, **changes))  # type: ignore[arg-type]

    def passes(self) -> Tally:
        self.story.wait(minutes=1)
        tally = self.story.passes()
        self.letters += self.story._unread
        self.story._unread.clear()
        return tally

    def to_rest(self) -> None:
        """Passes until one has nothing to do, and one more for what it planned at its end."""
        for _ in range(5):
            if not any(self.passes().values()) and not any(self.passes().values()):
                return
        raise AssertionError("it never comes to rest")

    def told(self, duty: str) -> list[str]:
        return [letter.text for letter in self.letters if letter.duty == duty]

    def findings(self) -> list[Finding]:
        """What the doctor says of the mailbox and of the records."""
        return [
            *checkups.imap(self.settings),
            *checkups.database(str(self.story.database.url), self.story.now),
        ]

    def seen(self) -> Seen:
        folders = [f for f in self.user.folders() if f != Folders().sent]
        with self.story.database.transaction() as connection:
            known = cases.load(connection, which.all_ids(connection, only_open=False)).values()
            chains = connection.scalars(select(entries.c.chain).distinct()).all()
            return Seen(
                rows=Counter(connection.scalars(select(mails.c.state))),
                reactions=Counter(r.subject for c in known for r in c.reactions),
                lying=Counter(_sum(raw) for f in folders for raw in self.story.mailbox.contents(f)),
                letters=Counter((x.duty, x.to) for x in self.letters if x.duty != OUTAGE),
                copies=Counter(map(_id, self.story.mailbox.contents(Folders().sent))),
                broken=tuple(c for c in chains if journal.verify(connection, c)),
            )

    def sent_ids(self) -> Counter[str]:
        return Counter(_id(x.content) for x in self.letters)


def mails_arrive(drill: Drill) -> None:
    """Two complaints and a mail of a machine."""
    drill.story.arrives(WAITED, subject="Warten", message_id="<1@mail.example>")
    drill.story.arrives(RUDE, subject="Telefon", sender="hans@mail.example", message_id="<2@mail.example>")
    machine = {"Auto_Submitted": "auto-replied", "message_id": "<3@mail.example>"}
    drill.story.arrives(AWAY, subject="Abwesend", sender="maria@mail.example", **machine)


@contextlib.contextmanager
def drilled(dovecot: Dovecot, template: Path, folder: Path, **settings: Any) -> Iterator[Drill]:
    """A new office with an empty mailbox, while the block lasts. `template`: a file with the newest tables."""
    file = folder / "krm.db"
    shutil.copy(template, file)
    file.chmod(0o600)
    database, user = Database(f"sqlite:///{file}"), dovecot.make_user()
    event.listen(database.engine, "connect", lambda c, _: c.execute("PRAGMA synchronous=OFF"))
    with running(dovecot.port) as proxy:
        plain = MailboxSettings("127.0.0.1", proxy.port, user.name, PASSWORD, "none", read_timeout=20)
        story = Story(database, mailbox=Box(user, Mailbox(replace(plain, **settings))))
        yield Drill(story, user, proxy, [])
    database.close()


Act = Callable[[Drill], object]


def _sum(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _id(raw: bytes) -> str:
    return str(message_from_bytes(raw)["Message-ID"])
