"""A deletion breaks off at every single step, and the next night finishes it: nothing is half forgotten."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from ingest.postbox import Copy, MailboxAway, MailboxRefused, Remaining
from krm import retaining
from krm.bot import Retention
from notify.retention import Periods
from store import journal, which
from store import retention as stored
from store.database import Database, DatabaseAway
from store.mails import MailState
from store.tables import journal as entries
from store.tables import mails as mail_rows
from tests.office import DEPUTY, OFFICER, Story
from tests.stories.retained import (
    SECRETS,
    advert,
    asked,
    begun,
    closed,
    deleted,
    keeper,
    morning,
    night,
    offered,
    says,
    there,
    tidy,
    traces,
)
from tests.stories.test_crashes import Crash, Fuse, FusedDatabase, FusedMailbox, full_disk, lost


class ForgettingMailbox(FusedMailbox):
    def forget(self, copies: Sequence[Copy], message_ids: Sequence[str]) -> tuple[Remaining, ...]:
        self.fuse.step("mailbox forgets")
        left = super().forget(copies, message_ids)
        self.fuse.step("mailbox has forgotten")
        return left


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Story]:
    database = Database(f"sqlite:///{tmp_path}/krm.db")
    yield tidy(database)
    database.close()


FAR_OFF = "2037-04-01 01:15"


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """A Case to be deleted by the officer's word, a not-KRM Case and spam by themselves; told once."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('years')}/krm.db")
    story = tidy(database)
    closed(story)
    story.until("2036-11-24 08:00")
    says(story, asked(story, sender="Erika Muster <erika@anderswo.example>"), "Kein KRM: Anfrage an 514")
    advert(story)
    morning(story, "2036-11-25")
    story.until(FAR_OFF)
    assert offered(story) == ["KRM-2026-0001"]
    database.settle()
    database.close()
    return story


def told(years: Story, fuse: Fuse, where: Path) -> Story:
    """The officer's word and two nights; the fault comes in one of them."""
    shutil.copy(str(years.database.url.database), where)
    database, mailbox = FusedDatabase(f"sqlite:///{where}", fuse), ForgettingMailbox(fuse)
    mailbox.folders = {name: dict(kept) for name, kept in years.mailbox.folders.items()}
    story = Story(database, mailbox=mailbox)
    story.bot = replace(story.bot, retention=Retention(Periods(), automatic=True))
    story.until(FAR_OFF)
    faults = (Crash, DatabaseAway, MailboxAway)
    with suppress(*faults):
        begun(story, "KRM-2026-0001")
    for _ in range(2):
        with suppress(*faults):
            retaining.tonight(story.bot)
    if there(story, "KRM-2026-0001"):  # the word itself was lost before it was noted: it is said again
        deleted(story, "KRM-2026-0001")
    return story


FAULTS: dict[str, tuple[tuple[str, ...], Callable[[], Exception]]] = {
    "the process ends before or after a commit": (("database", "after commit"), Crash),
    "the process ends at the mailbox": (("mailbox",), Crash),
    "the disk is full": (("database",), full_disk),
    "the mailbox goes away": (("mailbox",), lost),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_deletion_that_broke_off_is_finished_and_leaves_nothing(name: str, years: Story, tmp_path: Path) -> None:
    guarded, fault = FAULTS[name]
    undisturbed = Fuse(guarded, fault)
    told(years, undisturbed, tmp_path / "undisturbed.db").database.close()
    assert len(undisturbed.steps) >= 3

    for at, step in enumerate(undisturbed.steps):
        story = told(years, Fuse(guarded, fault, at), tmp_path / f"{at}.db")
        where = f"{name}, step {at}: {step}"

        assert traces(story, *SECRETS, "anderswo", "Dachrinnen") == [], where
        with story.database.transaction() as connection:
            assert which.all_ids(connection, only_open=False) == (), where
            assert stored.begun(connection) == (), where
            assert {d.kept_as for d in stored.done(connection)} == {"case", "not_krm"}, where
            assert set(connection.scalars(select(mail_rows.c.state))) == {MailState.DELETED}, where
            assert journal.check(connection).broken == (), where
            said = list(connection.scalars(select(entries.c.action)))
        assert said.count("deleted") >= 3, where  # each Case once, spam, what went to the office
        story.database.close()


def test_what_the_server_does_not_let_go_is_kept_until_somebody_has_deleted_it_there(office: Story) -> None:
    closed(office)
    office.until("2037-01-04 09:00")
    offered(office)
    office.mailbox.erases = False

    outcome = deleted(office, "KRM-2026-0001")

    assert outcome.deleted == ()
    assert {r.folder for r in outcome.remaining} == {"Verarbeitet", "Sent"}
    assert there(office, "KRM-2026-0001")
    for one in outcome.remaining:
        del office.mailbox.folders[one.folder][one.uid]
    assert [d.subject for d in retaining.finish(keeper(office)).deleted]
    assert traces(office, *SECRETS) == []


@pytest.mark.parametrize("fault", [MailboxAway("no connection"), MailboxRefused("login: the server refused")])
def test_a_night_without_mailbox_deletes_nothing_and_the_next_one_everything(office: Story, fault: MailboxAway) -> None:
    says(office, asked(office), "Kein KRM: Auskunft")
    office.mailbox.fail("session", fault)

    assert night(office, "2027-03-01").deleted == ()
    assert traces(office, "Brandmelder")

    assert night(office, "2027-03-02").deleted
    assert traces(office, *SECRETS) == []


def test_a_case_that_is_opened_again_while_its_deletion_waits_is_kept(office: Story) -> None:
    """Its records are whole: they go last."""
    closed(office)
    office.until("2036-11-25 09:00")
    offered(office)
    begun(office, "KRM-2026-0001")
    says(office, asked(office, "Noch etwas", subject="Nachtrag"), "Folge: KRM-2026-0001")

    outcome = retaining.finish(keeper(office))

    assert outcome.deleted == ()
    assert len(outcome.spared) == 1
    assert there(office, "KRM-2026-0001")
    with office.database.transaction() as connection:
        assert stored.begun(connection) == ()


def test_a_hold_that_comes_after_the_word_still_holds(office: Story) -> None:
    closed(office)
    office.until("2036-11-25 09:00")
    offered(office)
    begun(office, "KRM-2026-0001")
    with office.database.transaction() as connection:
        (case_id,) = which.all_ids(connection, only_open=False)
        stored.hold(connection, case_id, "Klage", DEPUTY.id, office.bot.now())

    assert len(retaining.finish(keeper(office)).spared) == 1

    with office.database.transaction() as connection:
        assert stored.release(connection, [case_id], OFFICER.id, office.bot.now())
        assert not stored.release(connection, [case_id], OFFICER.id, office.bot.now())
    assert deleted(office, "KRM-2026-0001").deleted
