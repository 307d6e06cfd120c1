"""The same story through real servers: Dovecot and SMTP, and on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from ingest.mailbox import Mailbox
from ingest.postbox import MailboxSettings
from notify.deadlines import BERLIN
from notify.parcels import SmtpSettings
from notify.sending import Sender
from store.database import Database
from tests.office import CITIZEN, LEAD_515, OFFICER, Story
from tests.servers.dovecot import PASSWORD, Dovecot, User
from tests.servers.smtp import SmtpSink

WAITED = "Guten Tag, ich habe gestern zwei Stunden gewartet – das kann doch nicht wahr sein. Grüße, Erika Müller"
LONG_AGO = datetime(2026, 11, 16, 9, tzinfo=BERLIN)  # a real server takes no mail from the future


def the_story(story: Story) -> None:
    """Arrival, request, ok, acknowledgement, assignment, receipt."""
    story.arrives(WAITED)
    assert story.passes()["opened"] == 1
    request = story.letter(OFFICER, "confirmation_request")
    assert "zwei Stunden gewartet – das" in request.text

    story.replies(request, "ok")
    assert story.passes()["instructions"] == 1

    assert "KRM-2026-0001" in story.letter(CITIZEN, "acknowledgement").text
    story.letter(OFFICER, "receipt")
    story.letter(LEAD_515, "assignment")
    story.nothing_went_out()
    assert len(story.folder("Verarbeitet")) == 2
    assert len(story.folder("Sent")) == 5
    assert story.folder("INBOX") == []
    assert not any(story.passes().values())


@dataclass
class RealMailbox:
    """The door to Dovecot, with the story's ways of putting mail in and looking into folders."""

    user: User
    door: Mailbox

    def put(self, raw: bytes, when: datetime) -> None:
        self.user.append(raw, when)

    def contents(self, folder: str) -> list[bytes]:
        return [held.content for held in self.user.list(folder)]

    def __getattr__(self, name: str) -> object:
        return getattr(self.door, name)


@pytest.mark.dovecot
def test_the_story_through_dovecot_and_smtp(dovecot: Dovecot, smtp: SmtpSink, tmp_path: Path) -> None:
    user = dovecot.make_user()
    door = Mailbox(MailboxSettings("127.0.0.1", dovecot.port, user.name, PASSWORD, tls="none"))
    database = Database(f"sqlite:///{tmp_path}/krm.db")
    database.upgrade()
    story = Story(
        database,
        mailbox=RealMailbox(user, door),
        post=Sender(SmtpSettings("127.0.0.1", smtp.port, tls="none")),
        now=LONG_AGO,
        sent=lambda: [(m.recipients, m.content) for m in smtp.received],
    )

    the_story(story)

    database.close()


@pytest.fixture
def on_postgres(postgres_url: str) -> Iterator[Story]:
    database = Database(postgres_url)
    database.upgrade()
    yield Story(database)
    database.close()


@pytest.mark.postgres
def test_the_story_on_postgresql(on_postgres: Story) -> None:
    the_story(on_postgres)
