"""What goes wrong on the way, who is told, and that nothing is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ingest.postbox import MailboxAway, MailboxRefused
from krm import handling
from krm.bot import Rhythm
from krm.timetable import Pace
from notify.sending import SmtpAway
from store import mails
from store.mails import MailState
from tests.office import CITIZEN, DEPUTY, LEAD_515, OFFICER, Story
from tests.servers.fakes import SETTINGS

WAITED = "Guten Tag, ich habe gestern zwei Stunden gewartet. Das geht so nicht."


class Crash(Exception):  # noqa: N818
    """The process ends here."""


def test_a_mail_that_cannot_be_read_is_kept_filed_listed_and_can_be_retried(story: Story) -> None:
    story.raw_arrives(b"Subject: x\r\n" + b"X-Filler: y\r\n" * 20_000 + b"\r\nHilfe")
    story.arrives(WAITED)

    tally = story.passes()

    assert (tally["unreadable"], tally["opened"], tally["failed"]) == (1, 1, 0)
    assert len(story.folder("Unlesbar")) == 1
    story.letter(OFFICER, "confirmation_request")
    story.until("2026-11-24 07:31")
    story.passes()
    for person in (OFFICER, DEPUTY):
        assert "Unlesbar" in story.letter(person, "digest").html
    with story.database.transaction() as connection:
        assert mails.retry(connection, [MailState.UNREADABLE]) == 1
    assert story.passes()["unreadable"] == 1


def test_a_mail_over_the_limit_is_filed_without_download_and_announced(story: Story) -> None:
    story.mailbox.settings = type(SETTINGS)("imap.example", 993, "krm", "geheim", max_bytes=1000)
    story.raw_arrives(b"Subject: riesig\r\n\r\n" + b"x" * 2000)

    story.passes()

    assert len(story.folder("Zu groß")) == 1
    assert "Zu groß" in story.letter(OFFICER, "too_big").text
    assert not any(story.passes().values())


def test_a_mail_nobody_foresaw_costs_itself_and_not_the_run(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = handling.reading.read

    def brittle(raw: bytes, *rest: frozenset[str]) -> object:
        if b"Gift" in raw:
            raise KeyError("something nobody thought of")
        return honest(raw, *rest)

    monkeypatch.setattr(handling.reading, "read", brittle)
    story.arrives("Gift")
    story.arrives(WAITED)

    tally = story.passes()

    assert (tally["opened"], tally["unreadable"], tally["failed"]) == (1, 1, 1)
    story.letter(OFFICER, "confirmation_request")
    assert len(story.folder("Unlesbar")) == 1


def test_a_mailbox_that_is_away_is_told_once_and_once_when_it_is_back(story: Story) -> None:
    story.arrives(WAITED)
    story.mailbox.fail("session", *[MailboxAway("connecting: time-out")] * 4)

    for minutes in (0, 20, 15, 5):
        story.wait(minutes=minutes)
        assert story.passes()["failed"] == 1
    for person in (OFFICER, DEPUTY):
        story.letter(person, "outage")

    story.wait(minutes=5)
    assert story.passes()["opened"] == 1
    for person in (OFFICER, DEPUTY):
        assert "wieder" in story.letter(person, "outage").text
    story.letter(OFFICER, "confirmation_request")


def test_a_short_outage_disturbs_nobody(story: Story) -> None:
    story.mailbox.fail("session", MailboxAway("connecting: time-out"))
    story.passes()

    story.wait(minutes=5)
    story.passes()


def test_a_folder_that_refuses_delays_the_filing_and_nothing_else(story: Story) -> None:
    story.mailbox.fail("file", MailboxRefused("filing: the server refused [OVERQUOTA]"))
    story.arrives(WAITED)

    assert story.passes()["opened"] == 1
    story.letter(OFFICER, "confirmation_request")
    story.passes()

    assert story.folder("INBOX") == []
    assert len(story.folder("Verarbeitet")) == 1
    assert len(story.folder("Sent")) == 1


def test_a_temporary_refusal_is_tried_again_with_a_growing_pause(story: Story) -> None:
    story.post.script("RCPT", "450 4.2.1 later", "450 4.2.1 later")
    story.arrives(WAITED)
    assert story.passes()["sent"] == 0
    assert story.passes()["sent"] == 0

    story.wait(minutes=1, seconds=1)
    assert story.passes()["sent"] == 0
    story.wait(minutes=1)
    assert story.passes()["sent"] == 0
    story.wait(minutes=1, seconds=5)
    assert story.passes()["sent"] == 1

    story.letter(OFFICER, "confirmation_request")


def test_an_smtp_server_that_is_away_loses_no_letter(story: Story) -> None:
    story.post.away.append(SmtpAway("connecting: refused"))
    story.arrives(WAITED)

    story.passes()
    story.passes()

    story.letter(OFFICER, "confirmation_request")


def test_a_refused_acknowledgement_comes_to_the_officer_ready_to_print(story: Story) -> None:
    story.arrives(WAITED)
    story.passes()
    request = story.letter(OFFICER, "confirmation_request")
    story.replies(request, "ok")
    story.post.script("RCPT", "550 5.1.1 no such user")

    story.passes()
    story.passes()

    returned = story.letter(OFFICER, "undelivered")
    assert "Fristen in einem Bescheid laufen weiter" in " ".join(returned.text.split())
    story.letter(OFFICER, "receipt")
    story.letter(LEAD_515, "assignment")


def test_a_letter_lost_in_the_smtp_window_is_put_before_the_officer_and_not_sent_again(story: Story) -> None:
    story.arrives(WAITED)
    story.passes()
    story.replies(story.letter(OFFICER, "confirmation_request"), "ok")
    story.post.script(".", "drop")

    story.passes()
    story.passes()

    unsure = story.letter(OFFICER, "undelivered")
    assert "@jobcenter.example" in unsure.text
    story.letter(OFFICER, "receipt")
    story.letter(LEAD_515, "assignment")
    assert not [p for p in story.post.sent if CITIZEN in p.recipients]


def test_after_a_crash_before_data_the_same_bytes_go_out_once(story: Story) -> None:
    honest = story.post.send

    def crashing(parcels: object, before_data: object) -> object:
        raise Crash

    story.post.send = crashing
    story.arrives(WAITED)
    with pytest.raises(Crash):
        story.passes()

    story.post.send = honest
    story.passes()

    story.letter(OFFICER, "confirmation_request")


def test_after_a_crash_within_data_the_officer_is_asked(story: Story) -> None:
    honest = story.post.send

    def crashing(parcels: object, before_data: object) -> object:
        before_data(parcels[0])  # type: ignore[operator, index]
        raise Crash

    story.post.send = crashing
    story.arrives(WAITED)
    with pytest.raises(Crash):
        story.passes()
    story.post.send = honest
    story.passes()
    story.passes()

    story.letter(DEPUTY, "undelivered")
    assert all(OFFICER.address not in p.recipients for p in story.post.sent)


def test_a_new_uidvalidity_opens_nothing_twice(story: Story) -> None:
    story.mailbox.fail("file", MailboxAway("the connection was lost"))
    story.arrives(WAITED)
    story.passes()
    story.letter(OFFICER, "confirmation_request")

    story.mailbox.uidvalidity += 1
    tally = story.passes()

    assert (tally["fetched"], tally["opened"]) == (0, 0)
    assert len(story.folder("Verarbeitet")) == 1


def test_many_mails_pass_in_groups(story: Story) -> None:
    story.bot = replace(story.bot, rhythm=Rhythm(group_mails=3))
    for n in range(10):
        story.arrives(f"{WAITED} Zum {n}. Mal.", sender=f"b{n}@mail.example")

    assert story.passes()["opened"] == 10

    for _ in range(10):
        story.letter(OFFICER, "confirmation_request")


def test_a_mailbox_that_stays_away_is_asked_less_often() -> None:
    pace = Pace(timedelta(minutes=1))
    asked = []
    for minute in range(40):
        if pace.may_read():
            asked.append(minute)
            pace.note(away=True)

    assert asked == [0, 2, 6, 14, 24, 34]
