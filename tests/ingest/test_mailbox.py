"""The mailbox: one contract for the fake and a real Dovecot, then what only a real server can show."""

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Protocol

import pytest

from ingest.mailbox import Mailbox
from ingest.message import Place
from ingest.postbox import Fetched, Folders, MailboxAway, MailboxRefused, MailboxSettings, Move
from tests.servers.dovecot import PASSWORD, Dovecot, User
from tests.servers.fakes import FakeMailbox

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=timezone(timedelta(hours=1)))
MAIL = b"From: a@example.org\r\nSubject: Frage\r\n\r\nGuten Tag\r\n"
LIMIT = 10_000
SEEN, DELETED = b"\\Seen", b"\\Deleted"


def settings_of(user: User, **changes: object) -> MailboxSettings:
    plain = MailboxSettings(
        "127.0.0.1", user.server.port, user.name, PASSWORD, "none", max_bytes=LIMIT, connect_timeout=20, read_timeout=20
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def nothing_known(uidvalidity: int, present: Sequence[int]) -> set[int]:
    return set()


def everything(mailbox: Mailbox | FakeMailbox) -> Fetched:
    return mailbox.fetch(nothing_known, 100, 1_000_000)


class Office(Protocol):
    """A mailbox under test and a look behind it."""

    mailbox: Mailbox | FakeMailbox

    def put(self, raw: bytes, when: datetime = NOON) -> None: ...
    def contents(self, folder: str) -> list[bytes]: ...
    def folders(self) -> set[str]: ...


class FakeOffice:
    def __init__(self) -> None:
        self.mailbox = FakeMailbox(MailboxSettings("imap.example", 993, "krm", "geheim", max_bytes=LIMIT))
        self.put = lambda raw, when=NOON: self.mailbox.put(raw, when)
        self.contents = self.mailbox.contents

    def folders(self) -> set[str]:
        return set(self.mailbox.folders)


class RealOffice:
    def __init__(self, user: User, prefix: str = "", **changes: object) -> None:
        self.user, self.prefix = user, prefix
        self.mailbox = Mailbox(settings_of(user, **changes))

    def put(self, raw: bytes, when: datetime = NOON) -> None:
        self.user.append(raw, when)

    def contents(self, folder: str) -> list[bytes]:
        name = folder if folder == "INBOX" else self.prefix + folder
        return [held.content for held in self.user.list(name)] if name in self.user.folders() else []

    def folders(self) -> set[str]:
        return {name.removeprefix(self.prefix) for name in self.user.folders()}


@pytest.fixture(
    params=[
        "fake",
        pytest.param("dovecot", marks=pytest.mark.dovecot),
        pytest.param("old dovecot", marks=pytest.mark.dovecot),
    ]
)
def office(request: pytest.FixtureRequest) -> Office:
    if request.param == "fake":
        return FakeOffice()
    if request.param == "dovecot":
        return RealOffice(request.getfixturevalue("dovecot").make_user())
    return RealOffice(request.getfixturevalue("old_dovecot").make_user(), "INBOX.")


class TestAnyMailbox:
    def test_new_mail_comes_with_its_bytes_its_size_and_the_servers_date(self, office: Office) -> None:
        office.put(MAIL, NOON)
        (mail,) = everything(office.mailbox).mails
        assert (mail.content, mail.size, mail.arrived) == (MAIL, len(MAIL), NOON)
        assert mail.arrived.tzinfo is UTC
        assert mail.place.folder == "INBOX"

    def test_an_empty_inbox_gives_nothing(self, office: Office) -> None:
        assert everything(office.mailbox) == Fetched((), more=False)

    def test_only_mail_the_caller_does_not_know_is_handed_over(self, office: Office) -> None:
        office.put(b"Subject: 1\r\n\r\n")
        office.put(b"Subject: 2\r\n\r\n")
        first, second = everything(office.mailbox).mails
        asked: list[tuple[int, list[int]]] = []

        def known(uidvalidity: int, present: Sequence[int]) -> set[int]:
            asked.append((uidvalidity, list(present)))
            return {first.place.uid}

        assert office.mailbox.fetch(known, 100, 1_000_000).mails == (second,)
        assert asked[0] == (first.place.uidvalidity, [first.place.uid, second.place.uid])

    def test_a_group_holds_the_oldest_mails_and_says_that_more_wait(self, office: Office) -> None:
        for number in range(3):
            office.put(b"Subject: %d\r\n\r\n" % number, NOON - timedelta(days=number))
        group = office.mailbox.fetch(nothing_known, 2, 1_000_000)
        assert [mail.content for mail in group.mails] == [b"Subject: 0\r\n\r\n", b"Subject: 1\r\n\r\n"]
        assert group.more
        assert not office.mailbox.fetch(nothing_known, 3, 1_000_000).more

    def test_a_group_stays_under_its_bytes_but_holds_one_mail_at_least(self, office: Office) -> None:
        for _ in range(3):
            office.put(MAIL)
        for limit, count in ((1, 1), (2 * len(MAIL), 2), (3 * len(MAIL) - 1, 2)):
            group = office.mailbox.fetch(nothing_known, 100, limit)
            assert (len(group.mails), group.more) == (count, True), limit

    def test_a_mail_over_the_limit_comes_without_content_and_keeps_no_other_waiting(self, office: Office) -> None:
        giant = b"Subject: riesig\r\n\r\n" + b"x" * 70 + b"\r\n" * LIMIT
        office.put(giant)
        office.put(MAIL)
        group = office.mailbox.fetch(nothing_known, 100, len(MAIL))
        assert [(mail.content, mail.size) for mail in group.mails] == [(None, len(giant)), (MAIL, len(MAIL))]
        assert not group.more

    def test_an_empty_mail_is_a_mail(self, office: Office) -> None:
        office.put(b"\r\n")
        assert [mail.content for mail in everything(office.mailbox).mails] == [b"\r\n"]

    def test_missing_folders_are_made_once(self, office: Office) -> None:
        assert set(office.mailbox.check().missing) == set(Folders().all)
        assert set(office.mailbox.prepare()) == set(Folders().all)
        assert office.folders() >= {"Verarbeitet", "Automatisch", "Quarantäne", "Unlesbar", "Zu groß", "Sent"}
        assert office.mailbox.prepare() == office.mailbox.check().missing == ()

    def test_mails_are_filed_into_their_folders(self, office: Office) -> None:
        office.mailbox.prepare()
        for number in range(4):
            office.put(b"Subject: %d\r\n\r\n" % number)
        one, two, three, _ = (mail.place for mail in everything(office.mailbox).mails)
        moves = [Move(one, "Verarbeitet"), Move(two, "Quarantäne"), Move(three, "Verarbeitet")]
        assert office.mailbox.file(moves) == (one, two, three)
        assert office.contents("Verarbeitet") == [b"Subject: 0\r\n\r\n", b"Subject: 2\r\n\r\n"]
        assert office.contents("Quarantäne") == [b"Subject: 1\r\n\r\n"]
        assert office.contents("INBOX") == [b"Subject: 3\r\n\r\n"]

    def test_a_mail_gone_already_counts_as_filed(self, office: Office) -> None:
        office.mailbox.prepare()
        office.put(MAIL)
        (mail,) = everything(office.mailbox).mails
        for _ in range(2):
            assert office.mailbox.file([Move(mail.place, "Verarbeitet")]) == (mail.place,)
        assert office.contents("Verarbeitet") == [MAIL]

    def test_numbers_of_another_life_of_the_mailbox_move_nothing(self, office: Office) -> None:
        office.mailbox.prepare()
        office.put(MAIL)
        (mail,) = everything(office.mailbox).mails
        stale = replace(mail.place, uidvalidity=mail.place.uidvalidity + 1)
        assert office.mailbox.file([Move(stale, "Verarbeitet")]) == ()
        assert office.contents("INBOX") == [MAIL]

    def test_a_missing_folder_is_said_and_does_not_keep_the_others_empty(self, office: Office) -> None:
        office.mailbox.prepare()
        office.put(MAIL)
        office.put(MAIL)
        one, two = (mail.place for mail in everything(office.mailbox).mails)
        with pytest.raises(MailboxRefused, match="Ablage"):
            office.mailbox.file([Move(one, "Ablage"), Move(two, "Zu groß")])
        assert office.contents("INBOX") == office.contents("Zu groß") == [MAIL]

    def test_sent_mail_is_kept_in_order_with_proper_line_ends(self, office: Office) -> None:
        office.mailbox.prepare()
        office.mailbox.append_sent([b"Subject: %d\n\nGr\xc3\xbc\xc3\x9fe\n" % number for number in range(3)], NOON)
        office.mailbox.append_sent([MAIL], NOON)
        office.mailbox.append_sent([], NOON)
        expected = [b"Subject: %d\r\n\r\nGr\xc3\xbc\xc3\x9fe\r\n" % number for number in range(3)]
        assert office.contents("Sent") == [*expected, MAIL]

    def test_sent_mail_without_its_folder_is_refused(self, office: Office) -> None:
        with pytest.raises(MailboxRefused, match="Sent"):
            office.mailbox.append_sent([MAIL, MAIL], NOON)

    def test_a_check_counts_what_waits(self, office: Office) -> None:
        office.put(MAIL)
        assert office.mailbox.check().waiting == 1

    def test_one_session_does_several_things(self, office: Office) -> None:
        office.put(MAIL)
        with office.mailbox.session() as session:
            session.prepare()
            (mail,) = session.fetch(nothing_known, 10, LIMIT).mails
            session.append_sent([b"Subject: Antwort\r\n\r\n"], NOON)
            assert session.file([Move(mail.place, "Verarbeitet")]) == (mail.place,)
            assert session.fetch(nothing_known, 10, LIMIT).mails == ()
        assert office.contents("Verarbeitet") == [MAIL]
        assert office.contents("Sent") == [b"Subject: Antwort\r\n\r\n"]


@pytest.mark.dovecot
class TestDovecot:
    def test_flags_neither_decide_nor_change(self, dovecot: Dovecot) -> None:
        user = dovecot.make_user()
        for flags in ((), (SEEN,), (DELETED,)):
            user.append(MAIL, NOON, flags=flags)
        assert len(everything(Mailbox(settings_of(user))).mails) == 3
        assert [held.flags for held in user.list()] == [set(), {SEEN}, {DELETED}]

    def test_the_machines_own_time_zone_does_not_matter(
        self, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        user = dovecot.make_user()
        user.append(MAIL, NOON)
        with monkeypatch.context() as elsewhere:
            elsewhere.setenv("TZ", "Asia/Tokyo")
            time.tzset()
            (mail,) = everything(Mailbox(settings_of(user))).mails
        time.tzset()
        assert mail.arrived == NOON

    def test_an_older_server_keeps_what_people_marked_as_deleted(self, old_dovecot: Dovecot) -> None:
        office = RealOffice(old_dovecot.make_user(), "INBOX.")
        office.mailbox.prepare()
        office.user.append(b"Subject: von Hand\r\n\r\n", NOON, flags=(DELETED,))
        office.put(MAIL)
        (_, mail) = everything(office.mailbox).mails
        office.mailbox.file([Move(mail.place, "Verarbeitet")])
        assert office.contents("INBOX") == [b"Subject: von Hand\r\n\r\n"]

    @pytest.mark.parametrize("server", ["dovecot", "old_dovecot"])
    def test_sent_mail_is_read_and_dated(self, server: str, request: pytest.FixtureRequest) -> None:
        user = request.getfixturevalue(server).make_user()
        mailbox = Mailbox(settings_of(user))
        mailbox.prepare()
        mailbox.append_sent([MAIL, MAIL], NOON)
        held = user.list("Sent" if server == "dovecot" else "INBOX.Sent")
        assert [(one.flags, one.when) for one in held] == [({SEEN}, NOON)] * 2

    def test_new_folders_are_subscribed(self, dovecot: Dovecot) -> None:
        user = dovecot.make_user()
        Mailbox(settings_of(user)).prepare()
        assert user.subscribed() == set(Folders().all)

    def test_levels_of_folders_use_the_servers_delimiter(self, old_dovecot: Dovecot) -> None:
        user = old_dovecot.make_user()
        Mailbox(settings_of(user, folders=Folders(done="KRM/Erledigt", sent="INBOX.Gesendet"))).prepare()
        assert {"INBOX.KRM.Erledigt", "INBOX.Gesendet"} <= user.folders()

    def test_the_mail_of_many_groups_arrives_whole(self, dovecot: Dovecot) -> None:
        user = dovecot.make_user()
        user.append_all([(b"Subject: %d\r\n\r\n" % number, NOON) for number in range(520)])
        mailbox = Mailbox(settings_of(user))
        mailbox.prepare()
        places = [mail.place for mail in mailbox.fetch(nothing_known, 1000, 1_000_000).mails]
        assert len(mailbox.file([Move(place, "Verarbeitet") for place in places])) == 520
        assert len(user.list("Verarbeitet")) == 520

    def test_a_mail_the_server_cannot_open_is_withheld_and_the_others_come(self, dovecot: Dovecot) -> None:
        user = dovecot.make_user()
        uids = [user.append(MAIL, NOON) for _ in range(3)]
        broken = user.files()[1]
        broken.unlink()
        broken.mkdir()
        group = everything(Mailbox(settings_of(user)))
        assert [mail.place.uid for mail in group.mails] == [uids[0], uids[2]]
        assert [place.uid for place in group.withheld] == [uids[1]]

    @pytest.mark.parametrize("tls", ["tls", "starttls"])
    def test_encryption_with_a_trusted_certificate_works(self, dovecot: Dovecot, tls: str) -> None:
        user = dovecot.make_user()
        port = dovecot.tls_port if tls == "tls" else dovecot.port
        mailbox = Mailbox(settings_of(user, port=port, tls=tls, ca_file=dovecot.ca_file))
        assert mailbox.check().encrypted

    @pytest.mark.parametrize("tls", ["tls", "starttls"])
    def test_a_certificate_nobody_vouches_for_is_not_trusted(self, dovecot: Dovecot, tls: str) -> None:
        port = dovecot.tls_port if tls == "tls" else dovecot.port
        mailbox = Mailbox(settings_of(dovecot.make_user(), port=port, tls=tls))
        with pytest.raises(MailboxAway, match="certificate is not trusted"):
            mailbox.check()

    def test_a_wrong_password_is_refused_without_naming_it_or_the_account(self, dovecot: Dovecot) -> None:
        user = dovecot.make_user()
        with pytest.raises(MailboxRefused, match=r"^login: the server refused \[AUTHENTICATIONFAILED\]$"):
            Mailbox(settings_of(user, password="falsch")).check()

    def test_an_inbox_that_does_not_exist_is_refused(self, dovecot: Dovecot) -> None:
        with pytest.raises(MailboxRefused, match="Postkorb"):
            everything(Mailbox(settings_of(dovecot.make_user(), inbox="Postkorb")))

    def test_a_fault_of_the_callers_own_passes_unchanged(self, dovecot: Dovecot) -> None:
        mailbox = Mailbox(settings_of(dovecot.make_user()))
        with pytest.raises(FileNotFoundError), mailbox.session():
            raise FileNotFoundError


@contextmanager
def listening(*lines: bytes) -> Iterator[int]:
    """A server that says these lines one after another, each after something was said to it, then hangs up or waits."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def talk() -> None:
            with server.accept()[0] as door:
                for line in lines:
                    door.sendall(line)
                    door.recv(1000)

        thread = threading.Thread(target=talk)
        thread.start()
        yield server.getsockname()[1]
        thread.join()


CAPABLE = b"* OK [CAPABILITY IMAP4rev1] ready\r\n* CAPABILITY IMAP4rev1\r\n"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        pytest.param((b"",), "connecting: timed out|connecting: time-out", id="says nothing"),
        pytest.param((b"* BYE Wartung\r\n",), "connecting: the server refused", id="says goodbye at once"),
        pytest.param((b"* OK hello\r\n", b"* BYE\r\n"), "connecting: the connection was lost", id="hangs up"),
        pytest.param((b"SSH-2.0-OpenSSH\r\n",), "connecting: the connection was lost", id="speaks something else"),
    ],
)
def test_a_server_that_is_not_there_for_us_is_away(lines: tuple[bytes, ...], message: str) -> None:
    with listening(*lines) as port:
        mailbox = Mailbox(MailboxSettings("127.0.0.1", port, "krm", "geheim", "none", connect_timeout=0.2))
        with pytest.raises(MailboxAway, match=message):
            mailbox.check()


def test_a_closed_port_is_away() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        mailbox = Mailbox(MailboxSettings("127.0.0.1", bound.getsockname()[1], "krm", "geheim"))
        with pytest.raises(MailboxAway, match="Connection refused"):
            mailbox.check()


def test_an_unreadable_file_of_certificates_needs_a_person() -> None:
    mailbox = Mailbox(MailboxSettings("127.0.0.1", 1, "krm", "geheim", ca_file="/gibt/es/nicht.pem"))
    with pytest.raises(MailboxRefused, match="trusted certificates"):
        mailbox.check()


def test_settings_do_not_show_the_password() -> None:
    assert "geheim" not in repr(MailboxSettings("imap.example", 993, "krm", "geheim"))


def test_ordered_failures_of_the_fake_come_once() -> None:
    fake = FakeMailbox()
    fake.fail("fetch", MailboxAway("connecting: time-out"))
    with pytest.raises(MailboxAway):
        everything(fake)
    assert everything(fake).mails == ()


def test_the_fake_withholds_what_it_is_told_to() -> None:
    fake = FakeMailbox()
    place: Place = fake.put(MAIL, NOON)
    fake.withheld.add(place.uid)
    assert everything(fake) == Fetched((), more=False, withheld=(place,))
