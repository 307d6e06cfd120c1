"""The night's deletion: in portions, beside other processes, where the office wants it."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from ingest.mailbox import Mailbox
from ingest.postbox import Copy, MailboxSettings, Remaining
from krm import retaining, settings
from krm.bot import Retention
from krm.settings import SettingsError
from krm.timetable import scheduled
from notify.deadlines import BERLIN, local_day
from notify.retention import Periods
from store.database import Database
from store.keys import KeyRing
from store.tables import letter_contents, mail_contents, mails, reactions
from store.vault import Vault
from tests.krm.initialised import ANSWERS, changed, written
from tests.office import OFFICER, Story, judged
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.stories.retained import SECRETS, advert, asked, closed, deleted, keeper, morning, night, offered, says, tidy
from tests.stories.test_servers import RealMailbox


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    database = Database(f"sqlite:///{tmp_path}/krm.db")
    yield tidy(database)
    database.close()


def outside(story: Story, count: int) -> None:
    """So many that are not KRM, decided today."""
    story.suggestion = judged("anfrage", ())
    for n in range(count):
        says(
            story, asked(story, f"Frage {n}", sender=f"nachbar{n}@mail.example", subject=f"Frage {n}"), "Kein KRM: Spam"
        )


def test_a_night_works_in_portions_that_passes_may_come_between(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    outside(story, 5)
    monkeypatch.setattr(retaining, "PORTION", 2)
    monkeypatch.setattr(retaining, "PORTIONS", 2)

    assert len(night(story, "2026-12-24").deleted) == 4
    assert len(night(story, "2026-12-25").deleted) == 1
    assert night(story, "2026-12-26").deleted == ()


def test_a_word_about_many_is_carried_out_to_the_end(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    outside(story, 5)
    monkeypatch.setattr(retaining, "PORTION", 2)
    story.until("2027-01-04 09:00")
    with story.database.transaction() as connection:
        wanted = list(retaining.ripe(connection, Periods(), local_day(story.now), ("spam",)))
        assert retaining.begin(connection, wanted, OFFICER, story.office, story.bot.now()) == 5

    assert len(retaining.finish_all(keeper(story)).deleted) == 5


def test_what_the_server_keeps_does_not_stop_what_comes_behind(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    outside(story, 4)
    monkeypatch.setattr(retaining, "PORTION", 2)
    forgets = story.mailbox.forget

    def all_but_two(copies: Sequence[Copy], message_ids: Sequence[str]) -> tuple[Remaining, ...]:
        kept = [c for c in copies if c.checksum in first]
        gone = forgets([c for c in copies if c not in kept], message_ids)
        return (*gone, *(Remaining("Verarbeitet", n, c.checksum) for n, c in enumerate(kept, 1)))

    with story.database.transaction() as connection:
        chosen = select(mails.c.checksum).join(reactions).order_by(mails.c.id)
        first = set(connection.scalars(chosen).all()[:2])
    monkeypatch.setattr(story.mailbox, "forget", all_but_two)

    outcome = night(story, "2026-12-24")

    assert (len(outcome.deleted), len(outcome.stuck), len(outcome.remaining)) == (2, 2, 2)
    assert retaining.finish_all(keeper(story)).stuck == outcome.stuck


def test_what_is_sealed_is_deleted_as_well(tmp_path: Path) -> None:
    keys = KeyRing({"k1": b"a key for stories, of no use elsewhere"}, "k1")
    database = Database(f"sqlite:///{tmp_path}/krm.db", Vault(keys, os.urandom))
    story = tidy(database)
    says(story, asked(story), "Kein KRM: Auskunft")

    advert(story)
    morning(story, "2026-11-24")

    assert {d.kept_as for d in night(story, "2027-03-01").deleted} == {"not_krm", "spam", "office"}

    with database.transaction() as connection:
        left = [connection.scalar(select(func.count()).select_from(t)) for t in (mail_contents, letter_contents)]
    assert left == [0, 0]
    assert night(story, "2027-03-02").deleted == ()
    database.close()


def test_while_another_process_is_at_work_nothing_is_deleted(story: Story) -> None:
    outside(story, 1)

    with story.database.exclusive():
        assert night(story, "2026-12-24").deleted == ()

    assert len(night(story, "2026-12-24").deleted) == 1


@pytest.mark.parametrize("automatic", [True, False])
def test_there_is_a_night_where_the_office_did_not_switch_it_off(story: Story, automatic: bool) -> None:
    bot = replace(story.bot, retention=Retention(Periods(), automatic=automatic))

    found = {job.id: job for job in scheduled(bot, 60, lambda: None).get_jobs()}

    assert ("retention" in found) == automatic
    if automatic:
        story.until("2027-03-27 09:00")  # an hour is missing in the night to come
        times = [found[name].trigger.get_next_fire_time(None, story.now) for name in ("retention", "learning")]
        assert times[0] == datetime.fromisoformat("2027-03-28T01:15:00+01:00")
        assert times[0] < times[1]  # what is deleted is not learned from again


def test_the_office_chooses_days_and_never_the_ten_years(tmp_path: Path) -> None:
    path = written(tmp_path, ANSWERS)
    assert settings.load(path, {}).retention == Retention(Periods(), automatic=True)

    changed(path, "#automatic = true", "automatic = false")
    changed(path, "#spam_days = 30", "spam_days = 60")
    assert settings.load(path, {}).retention == Retention(Periods(spam=60), automatic=False)

    changed(path, "spam_days = 60", "spam_days = 29\ncase_years = 5")
    with pytest.raises(SettingsError) as fault:
        settings.load(path, {})
    assert "Erlaubt ist 30 bis 3650" in str(fault.value)
    assert "„case_years“ in [retention] ist unbekannt" in str(fault.value)


@pytest.mark.dovecot
def test_deletion_reaches_the_folders_of_a_real_server(dovecot: Dovecot, story: Story) -> None:
    user = dovecot.make_user()
    door = Mailbox(MailboxSettings("127.0.0.1", dovecot.port, user.name, PASSWORD, tls="none"))
    story.mailbox = RealMailbox(user, door)
    story.bot = replace(story.bot, mailbox=story.mailbox)
    story.now = datetime(2015, 11, 23, 9, tzinfo=BERLIN)  # a real server takes no mail from the future
    closed(story)
    advert(story)
    story.arrives("Das hier bleibt.", sender="bleibt@mail.example", subject="Bleibt")
    story.passes()
    story.now += timedelta(days=3660)
    assert offered(story) == ["KRM-2015-0001"]

    assert len(deleted(story, "KRM-2015-0001").deleted) == 1
    night(story, "2026-11-01")

    kept = [content for folder in door_folders(story) for content in story.folder(folder)]
    assert [c for c in kept if any(word.encode() in c for word in SECRETS)] == []
    assert any(b"Das hier bleibt." in c for c in kept)
    assert len(story.folder("Quarantäne")) == 1  # it never stood in a digest
    assert traces_in_file(story) == []


def door_folders(story: Story) -> tuple[str, ...]:
    return story.bot.folders.all


def traces_in_file(story: Story) -> list[str]:
    file = Path(str(story.database.url.database))
    return [word for word in SECRETS if word.encode() in file.read_bytes()]
