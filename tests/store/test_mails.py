"""Raw and first: what arrives is kept before anybody reads it, and kept once."""

from datetime import timedelta

import pytest

from ingest.message import Place, RawMail
from store import fates, mails
from store.database import Database
from store.mails import Decision, MailState
from tests.store.making import MONDAY, place, raw

LATER = MONDAY + timedelta(hours=1)


def arrive(database: Database, *found: RawMail) -> int:
    with database.transaction() as connection:
        return mails.take_in(connection, found, MONDAY)


def decide(database: Database, mail: int, state: MailState, folder: str) -> None:
    with database.transaction() as connection:
        mails.decide(connection, [Decision(mail, state, "a-rule", folder)], MONDAY)


def file_all(database: Database) -> list[tuple[Place, str]]:
    with database.transaction() as connection:
        filings = mails.to_file(connection, 100)
        mails.filed(connection, filings, MONDAY)
    return [(f.place, f.folder) for f in filings]


def waiting(database: Database) -> list[int]:
    with database.transaction() as connection:
        return [m.id for m in mails.undecided(connection, 100)]


@pytest.mark.parametrize(
    ("what", "found", "new"),
    [
        ("nothing", (), 0),
        ("one mail", (raw(b"a", place(1)),), 1),
        ("two mails", (raw(b"a", place(1)), raw(b"b", place(2))), 2),
        ("the same bytes in two places", (raw(b"a", place(1)), raw(b"a", place(2))), 1),
        (
            "the same Message-ID over other bytes",
            (raw(b"Message-ID: <m@x>\r\n\r\na", place(1)), raw(b"Message-ID: <m@x>\r\n\r\nb", place(2))),
            2,
        ),
        ("two over the limit", (raw(None, place(1), size=9), raw(None, place(2), size=9)), 2),
    ],
)
def test_mails_are_told_apart_by_their_bytes(
    database: Database, what: str, found: tuple[RawMail, ...], new: int
) -> None:
    assert arrive(database, *found) == new


def test_a_known_mail_gives_its_known_row(database: Database) -> None:
    arrive(database, raw(b"a", place(1)))

    assert arrive(database, raw(b"a", place(1))) == 0
    assert len(waiting(database)) == 1


def test_bytes_arrival_and_size_come_back_as_they_were(database: Database) -> None:
    content = bytes(range(256))
    arrive(database, raw(content, place(1)))

    with database.transaction() as connection:
        (mail,) = mails.undecided(connection, 1)

    assert (mail.content, mail.size, mail.arrived) == (content, 256, MONDAY)


def test_the_first_arrival_of_the_same_bytes_starts_the_clock(database: Database) -> None:
    arrive(database, raw(b"a", place(1), arrived=MONDAY), raw(b"a", place(2), arrived=MONDAY + timedelta(days=2)))

    with database.transaction() as connection:
        (mail,) = mails.undecided(connection, 1)

    assert mail.arrived == MONDAY


def test_undecided_mails_come_oldest_first_and_no_more_than_asked_for(database: Database) -> None:
    arrive(database, raw(b"b", place(1), arrived=LATER))
    arrive(database, raw(b"a", place(2)), raw(b"c", place(3), arrived=LATER))

    with database.transaction() as connection:
        assert [m.content for m in mails.undecided(connection, 2)] == [b"a", b"b"]


def test_what_was_taken_in_is_known_by_mailbox_generation_and_number(database: Database) -> None:
    arrive(database, raw(b"a", place(1)), raw(b"b", place(7)), raw(b"c", place(9, uidvalidity=2)))

    with database.transaction() as connection:
        assert mails.known_uids(connection, "INBOX", 1, range(1, 10)) == {1, 7}
        assert mails.known_uids(connection, "INBOX", 3, range(1, 10)) == frozenset()
        assert mails.known_uids(connection, "Papierkorb", 1, range(1, 10)) == frozenset()


def test_only_what_can_still_lie_there_is_looked_up(database: Database) -> None:
    arrive(database, *(raw(b"%d" % n, place(n)) for n in (1, 4, 5, 9)))

    with database.transaction() as connection:
        assert mails.known_uids(connection, "INBOX", 1, [5, 2]) == {4, 5}
        assert mails.known_uids(connection, "INBOX", 1, []) == frozenset()


def test_a_renumbered_mailbox_brings_no_mail_twice_and_files_it_where_it_lies_now(database: Database) -> None:
    arrive(database, raw(b"a", place(1)))
    (mail,) = waiting(database)
    decide(database, mail, MailState.DONE, "Verarbeitet")

    assert arrive(database, raw(b"a", place(40, uidvalidity=2))) == 0

    assert waiting(database) == []
    assert (place(40, uidvalidity=2), "Verarbeitet") in file_all(database)


def test_a_mail_seen_in_two_places_is_filed_from_both(database: Database) -> None:
    arrive(database, raw(b"a", place(1)), raw(b"a", place(2)))
    (mail,) = waiting(database)
    decide(database, mail, MailState.DONE, "Verarbeitet")

    assert file_all(database) == [(place(1), "Verarbeitet"), (place(2), "Verarbeitet")]
    assert file_all(database) == []


def test_nothing_is_filed_before_it_is_decided(database: Database) -> None:
    arrive(database, raw(b"a", place(1)))

    assert file_all(database) == []


@pytest.mark.parametrize(
    ("state", "looked_at_again"),
    [
        (MailState.QUARANTINE, True),
        (MailState.AUTOMATIC, True),
        (MailState.DONE, False),
        (MailState.UNREADABLE, False),
    ],
)
def test_a_mail_that_a_person_moves_back_is_rescued(
    database: Database, state: MailState, looked_at_again: bool
) -> None:
    arrive(database, raw(b"a", place(1)))
    (mail,) = waiting(database)
    decide(database, mail, state, "Irgendwo")
    file_all(database)

    arrive(database, raw(b"a", place(2), arrived=LATER))

    with database.transaction() as connection:
        found = mails.get(connection, mail)
    assert waiting(database) == ([mail] if looked_at_again else [])
    assert found.rescued is looked_at_again
    assert found.arrived == MONDAY, "a rescued mail keeps its arrival"


def test_a_mail_moved_back_that_needs_no_look_is_filed_once_more(database: Database) -> None:
    arrive(database, raw(b"a", place(1)))
    (mail,) = waiting(database)
    decide(database, mail, MailState.DONE, "Verarbeitet")
    file_all(database)

    arrive(database, raw(b"a", place(2)))

    assert file_all(database) == [(place(2), "Verarbeitet")]


def test_a_rescued_mail_is_filed_by_its_new_decision_only(database: Database) -> None:
    arrive(database, raw(b"a", place(1)))
    (mail,) = waiting(database)
    decide(database, mail, MailState.QUARANTINE, "Quarantäne")
    file_all(database)
    arrive(database, raw(b"a", place(2)))

    assert file_all(database) == []
    decide(database, mail, MailState.DONE, "Verarbeitet")
    assert file_all(database) == [(place(2), "Verarbeitet")]


def test_a_crash_between_moving_and_noting_it_moves_again_and_nothing_else(database: Database) -> None:
    arrive(database, raw(b"a", place(1)))
    (mail,) = waiting(database)
    decide(database, mail, MailState.DONE, "Verarbeitet")

    with database.transaction() as connection:
        before = mails.to_file(connection, 100)
    with database.transaction() as connection:
        assert mails.to_file(connection, 100) == before
    assert waiting(database) == []


def test_a_mail_over_the_limit_is_kept_without_bytes_and_announced_once(database: Database) -> None:
    arrive(database, raw(None, place(1), size=50_000_000))

    with database.transaction() as connection:
        (big,) = mails.too_big(connection)
    assert (big.state, big.size, big.content) == (MailState.TOO_BIG, 50_000_000, None)
    assert waiting(database) == []
    decide(database, big.id, MailState.TOO_BIG, "Zu groß")

    with database.transaction() as connection:
        assert mails.too_big(connection) == ()
    assert file_all(database) == [(place(1), "Zu groß")]


@pytest.mark.parametrize("uidvalidity", [1, 2**31 - 1, 2**31, 2**32 - 1])
def test_generation_and_number_of_a_mailbox_use_all_32_bits(database: Database, uidvalidity: int) -> None:
    """RFC 3501 2.3.1.1: unsigned 32-bit values."""
    arrive(database, raw(b"a", place(2**32 - 1, uidvalidity=uidvalidity)))

    with database.transaction() as connection:
        assert mails.known_uids(connection, "INBOX", uidvalidity, [2**32 - 1]) == {2**32 - 1}


def test_an_unreadable_mail_can_be_put_before_the_reader_again(database: Database) -> None:
    arrive(database, raw(b"a", place(1)), raw(b"b", place(2)))
    first, second = waiting(database)
    decide(database, first, MailState.UNREADABLE, "Unlesbar")
    decide(database, second, MailState.QUARANTINE, "Quarantäne")

    with database.transaction() as connection:
        assert mails.retry(connection, {MailState.UNREADABLE}) == 1
    assert waiting(database) == [first]


def test_what_is_read_once_more_is_listed_anew_as_what_it_then_is(database: Database) -> None:
    """rules.md: spam is deleted only after it stood in a digest, as spam."""
    arrive(database, raw(b"a", place(1)))
    (mail,) = waiting(database)
    decide(database, mail, MailState.UNREADABLE, "Unlesbar")
    with database.transaction() as connection:
        mails.shown(connection, [mail], MONDAY)
        mails.retry(connection, {MailState.UNREADABLE})
    decide(database, mail, MailState.QUARANTINE, "Quarantäne")

    with database.transaction() as connection:
        later = MONDAY + timedelta(days=35)
        assert [m.id for m in mails.waiting(connection, {MailState.QUARANTINE}, later)] == [mail]


def test_a_mail_stands_in_the_digest_until_it_was_shown(database: Database) -> None:
    arrive(database, raw(b"a", place(1)))
    (mail,) = waiting(database)
    decide(database, mail, MailState.QUARANTINE, "Quarantäne")
    tomorrow = MONDAY + timedelta(days=1)

    with database.transaction() as connection:
        assert [m.id for m in mails.waiting(connection, {MailState.QUARANTINE}, MONDAY)] == [mail]
        mails.shown(connection, [mail], MONDAY)
    with database.transaction() as connection:
        assert [m.id for m in mails.waiting(connection, {MailState.QUARANTINE}, MONDAY)] == [mail], "the same digest"
        assert mails.waiting(connection, {MailState.QUARANTINE}, tomorrow) == ()


def test_the_reconciliation_counts_what_became_of_the_arrivals(database: Database) -> None:
    arrive(database, raw(b"a", place(1)), raw(b"b", place(2)), raw(b"c", place(3), arrived=MONDAY - timedelta(days=9)))
    decide(database, waiting(database)[1], MailState.DONE, "Verarbeitet")

    with database.transaction() as connection:
        found = fates.between(connection, MONDAY - timedelta(days=1), LATER)

    assert sorted(fate.state for fate in found) == [MailState.DONE, MailState.NEW]
