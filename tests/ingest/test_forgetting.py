"""Mails are taken out of the mailbox for good: ours and no other. One contract for the fake and a real Dovecot."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest

from ingest.message import Place
from ingest.postbox import Copy, Remaining
from tests.ingest.test_mailbox import DELETED, NOON, FakeOffice, RealOffice
from tests.servers import dovecot as dovecots
from tests.servers.dovecot import Dovecot

OURS = b"From: a@example.org\r\nSubject: Frage\r\n\r\nGuten Tag\r\n"
ALIKE = b"From: b@example.org\r\nSubject: Frage\r\n\r\nGuten Tag\r\n"  # as long, as old, another mail
LETTER = b"Message-ID: <E-7K2F.abc@jobcenter.example>\r\nSubject: KRM\r\n\r\nGuten Tag\r\n"
OTHER = b"Message-ID: <E-7K2G.abc@jobcenter.example>\r\nSubject: KRM\r\n\r\nGuten Tag\r\n"


@pytest.fixture(
    params=[
        "fake",
        pytest.param("dovecot", marks=pytest.mark.dovecot),
        pytest.param("old_dovecot", marks=pytest.mark.dovecot),
    ]
)
def office(request: pytest.FixtureRequest) -> FakeOffice | RealOffice:
    """With its folders; the old one keeps them under `INBOX.` and cannot move in one step."""
    if request.param == "fake":
        made: FakeOffice | RealOffice = FakeOffice()
    else:
        user = request.getfixturevalue(request.param).make_user()
        made = RealOffice(user, prefix="INBOX." if request.param == "old_dovecot" else "")
    with made.mailbox.session() as session:
        session.prepare()
    return made


@pytest.fixture(scope="session")
def without_uidplus(dovecot: Dovecot) -> Iterator[Dovecot]:
    """Beside the usual one: where there is none, this one is not there either."""
    assert dovecot.port
    with dovecots.running("", "/", "IMAP4rev1 LITERAL+ NAMESPACE") as server:
        yield server


def copy(raw: bytes, *places: Place, fetched: bool = True) -> Copy:
    return Copy(hashlib.sha256(raw).hexdigest() if fetched else "", len(raw), NOON, places)


def lies(office: FakeOffice | RealOffice, raw: bytes, folder: str, when: object = NOON) -> None:
    """As somebody put it there."""
    if isinstance(office, FakeOffice):
        office.mailbox.put(raw, when, folder)  # type: ignore[arg-type]
    else:
        office.user.append(raw, when, folder if folder == "INBOX" else office.prefix + folder)  # type: ignore[arg-type]


def forgets(
    office: FakeOffice | RealOffice, copies: Sequence[Copy] = (), letters: Sequence[str] = ()
) -> tuple[Remaining, ...]:
    with office.mailbox.session() as session:
        return session.forget(copies, letters)


def test_a_mail_is_gone_from_every_folder_of_the_program_and_no_other_with_it(office: FakeOffice | RealOffice) -> None:
    for raw in (OURS, ALIKE):
        for folder in ("Verarbeitet", "Quarantäne"):
            lies(office, raw, folder)

    assert forgets(office, [copy(OURS)]) == ()

    assert [office.contents(f) for f in ("Verarbeitet", "Quarantäne")] == [[ALIKE], [ALIKE]]


def test_many_mails_of_different_years_go_together(office: FakeOffice | RealOffice) -> None:
    for years in range(3):
        lies(office, OURS + b"%d" % years, "Verarbeitet", NOON - timedelta(days=365 * years))
    wanted = [copy(OURS + b"%d" % n) for n in range(3)]
    wanted = [Copy(c.checksum, c.size, NOON - timedelta(days=365 * n)) for n, c in enumerate(wanted)]

    assert forgets(office, wanted) == ()

    assert office.contents("Verarbeitet") == []


def test_a_copy_that_was_put_back_or_came_again_much_later_is_found(office: FakeOffice | RealOffice) -> None:
    for days in (-900, 0, 17):
        lies(office, OURS, "Verarbeitet", NOON + timedelta(days=days))
        lies(office, ALIKE, "Verarbeitet", NOON + timedelta(days=days))

    assert forgets(office, [copy(OURS)]) == ()

    assert office.contents("Verarbeitet") == [ALIKE] * 3


def test_more_sizes_than_one_search_names_are_all_found(office: FakeOffice | RealOffice) -> None:
    raws = [OURS + b"x" * n for n in range(70)]
    for raw in (*raws, OURS + b"x" * 70):
        lies(office, raw, "Verarbeitet")

    assert forgets(office, [copy(raw) for raw in raws]) == ()

    assert office.contents("Verarbeitet") == [OURS + b"x" * 70]


def test_a_letter_is_gone_from_the_folder_of_sent_mail_by_its_message_id(office: FakeOffice | RealOffice) -> None:
    for raw in (LETTER, OTHER):
        lies(office, raw, "Sent")

    assert forgets(office, letters=["E-7K2F.abc@jobcenter.example"]) == ()

    assert office.contents("Sent") == [OTHER]


def test_a_mail_in_the_inbox_is_left_alone(office: FakeOffice | RealOffice) -> None:
    """Whoever put it there wants it to be read anew."""
    lies(office, OURS, "INBOX")

    assert forgets(office, [copy(OURS)]) == ()

    assert office.contents("INBOX") == [OURS]


def test_what_was_too_big_to_be_fetched_goes_by_size_and_arrival(office: FakeOffice | RealOffice) -> None:
    for when in (NOON, NOON + timedelta(hours=1)):
        lies(office, OURS, "Zu groß", when)

    assert forgets(office, [copy(OURS, fetched=False)]) == ()

    assert len(office.contents("Zu groß")) == 1


def test_nothing_there_is_nothing_left(office: FakeOffice | RealOffice) -> None:
    assert forgets(office, [copy(OURS)], ["E-7K2F.abc@jobcenter.example"]) == ()


@pytest.mark.dovecot
def test_what_people_have_marked_as_deleted_stays(dovecot: Dovecot) -> None:
    office = RealOffice(dovecot.make_user())
    with office.mailbox.session() as session:
        session.prepare()
    office.user.append(ALIKE, NOON, "Verarbeitet", (DELETED,))
    office.user.append(OURS, NOON, "Verarbeitet")

    assert forgets(office, [copy(OURS)]) == ()

    assert [(held.content, DELETED in held.flags) for held in office.user.list("Verarbeitet")] == [(ALIKE, True)]


@pytest.mark.dovecot
def test_what_a_server_left_in_the_inbox_when_it_was_filed_goes_too(dovecot: Dovecot) -> None:
    """Known by folder, UIDVALIDITY and UID; under another UIDVALIDITY the number means another mail."""
    office = RealOffice(dovecot.make_user())
    with office.mailbox.session() as session:
        session.prepare()
    uid = office.user.append(OURS, NOON, "INBOX", (DELETED,))
    with office.user.connection() as client:
        uidvalidity = client.select_folder("INBOX")[b"UIDVALIDITY"]

    forgets(office, [copy(OURS, Place("INBOX", uidvalidity + 1, uid))])
    assert office.contents("INBOX") == [OURS]

    forgets(office, [copy(OURS, Place("INBOX", uidvalidity, uid))])
    assert office.contents("INBOX") == []


@pytest.mark.dovecot
def test_a_server_without_uidplus_keeps_everything_and_says_what_is_to_be_done_by_hand(
    without_uidplus: Dovecot,
) -> None:
    office = RealOffice(without_uidplus.make_user())
    with office.mailbox.session() as session:
        session.prepare()
    uid = office.user.append(OURS, NOON, "Verarbeitet")
    letter = office.user.append(LETTER, NOON, "Sent")

    remaining = forgets(office, [copy(OURS)], ["E-7K2F.abc@jobcenter.example"])

    assert remaining == (
        Remaining("Verarbeitet", uid, copy(OURS).checksum),
        Remaining("Sent", letter, "E-7K2F.abc@jobcenter.example"),
    )
    assert [held.flags & {DELETED} for f in ("Verarbeitet", "Sent") for held in office.user.list(f)] == [set(), set()]
