"""Which letter a mail answers, which Case it belongs to, whether it came before: only what is certain links."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from ingest.message import Address, Attachment, Message
from store import cases, mails, outbox
from store.case import CITIZEN, Kind
from store.database import Database
from store.mails import Decision, MailState
from store.outbox import Outgoing
from store.relating import RESENT_WITHIN, Relation, relate
from tests.office import CITIZEN as ERIKA
from tests.store.making import DOMAIN, KEYS, MONDAY, TODAY, case, message, place, plan, raw, reaction

STRANGER = "wer@mail.example"
WORDS = "Ich habe zwei Stunden gewartet."


@pytest.fixture
def letters(database: Database) -> tuple[Outgoing, Outgoing]:
    """Erika's first mail, its Case KRM-2026-0001, the request to the officer and the acknowledgement."""
    with database.transaction() as connection:
        mails.take_in(connection, [raw(b"first", place(1))], MONDAY)
        (mail,) = mails.undecided(connection, 1)
        hashed = KEYS.address("first@mail.example"), KEYS.address(ERIKA)
        decision = Decision(mail.id, MailState.DONE, "new", "Verarbeitet", "first@mail.example", *hashed)
        mails.decide(connection, [decision], MONDAY)
        opened = case(reaction(mail.id, WORDS))
        cases.open_intakes(connection, [opened], KEYS)
        cases.number(connection, opened, 2026)
        plans = [plan(), plan(duty="acknowledgement", recipient=CITIZEN, expires=TODAY + timedelta(days=9))]
        outbox.plan(connection, plans, KEYS, DOMAIN, MONDAY)
        request, acknowledgement = outbox.of_subject(connection, "E-7K2F")
    return request, acknowledgement


def related(
    database: Database, found: Message, arrived: datetime = MONDAY + timedelta(days=1), days: int = 0
) -> Relation:
    with database.transaction() as connection:
        return relate(connection, [(99, arrived, found)], KEYS, TODAY + timedelta(days=days))[99]


def mail(text: str = "Etwas anderes.", **fields: Any) -> Message:
    return message(text, message_id="second@mail.example", **fields)


def test_a_mail_that_names_nothing_is_related_to_nothing(database: Database, letters: tuple[Outgoing, ...]) -> None:
    assert related(database, mail()) == Relation()


def test_nothing_arrived_relates_to_nothing(database: Database) -> None:
    with database.transaction() as connection:
        assert relate(connection, [], KEYS, TODAY) == {}


@pytest.mark.parametrize("where", ["In-Reply-To", "References", "subject", "subject in capitals"])
def test_the_answered_letter_is_known_by_its_token_wherever_it_stands(
    database: Database, letters: tuple[Outgoing, ...], where: str
) -> None:
    request = letters[0]
    fields: dict[str, dict[str, Any]] = {
        "In-Reply-To": {"in_reply_to": (request.message_id,)},
        "References": {"references": ("other@x", request.message_id)},
        "subject": {"subject": f"Re: [E-7K2F {request.token}]"},
        "subject in capitals": {"subject": f"RE: [E-7K2F {request.token.upper()}]"},
    }

    found = related(database, mail(sender="meier@jobcenter.example", **fields[where]))

    assert found.letter == request
    assert found.proven


def test_an_expired_token_is_known_and_proves_nothing(database: Database, letters: tuple[Outgoing, ...]) -> None:
    found = related(database, mail(in_reply_to=(letters[0].message_id,)), days=401)

    assert found.letter == letters[0]
    assert not found.proven


def test_a_good_token_goes_before_an_expired_one(database: Database, letters: tuple[Outgoing, ...]) -> None:
    request, acknowledgement = letters
    both = mail(in_reply_to=(acknowledgement.message_id,), references=(request.message_id,))

    assert related(database, both, days=20).letter == request


@pytest.fixture
def of_another(database: Database, letters: tuple[Outgoing, ...]) -> Outgoing:
    """The request of a second Case."""
    with database.transaction() as connection:
        mails.take_in(connection, [raw(b"other", place(2))], MONDAY)
        (mail,) = mails.undecided(connection, 1)
        cases.open_intakes(connection, [case(reaction(mail.id, "Niemand hebt ab."), id="E-9Z9Z")], KEYS)
        outbox.plan(connection, [plan(subject="E-9Z9Z")], KEYS, DOMAIN, MONDAY)
        return outbox.of_subject(connection, "E-9Z9Z")[0]


@pytest.mark.parametrize("days", [0, 401])
def test_a_word_in_answer_to_one_case_is_never_turned_on_the_one_in_the_subject(
    database: Database, letters: tuple[Outgoing, ...], of_another: Outgoing, days: int
) -> None:
    """Neither where both are genuine nor where the nearest has expired."""
    two = mail(in_reply_to=(letters[0].message_id,), subject=f"AW: [E-9Z9Z {of_another.token}]")

    found = related(database, two, days=days)

    assert (found.letter, found.proven) == (letters[0], False)


def test_older_letters_of_another_case_among_the_references_change_nothing(
    database: Database, letters: tuple[Outgoing, ...], of_another: Outgoing
) -> None:
    fields: dict[str, Any] = {"in_reply_to": (letters[0].message_id,), "references": (of_another.message_id,)}

    found = related(database, mail(subject=f"AW: [E-7K2F {letters[0].token}]", **fields))

    assert (found.letter, found.proven, found.in_subject) == (letters[0], True, True)


def test_a_letter_named_in_the_fields_alone_does_not_stand_in_the_subject(
    database: Database, letters: tuple[Outgoing, ...]
) -> None:
    assert not related(database, mail(in_reply_to=(letters[0].message_id,))).in_subject


def test_a_made_up_token_is_nothing(database: Database, letters: tuple[Outgoing, ...]) -> None:
    assert related(database, mail(subject=f"Re: [E-7K2F {'a' * 20}]")) == Relation()


@pytest.mark.parametrize(
    ("what", "sender", "fields", "by"),
    [
        ("their own mail", ERIKA, {"in_reply_to": ("first@mail.example",)}, "own-mail"),
        ("their own mail, named among others", ERIKA, {"references": ("first@mail.example", "x@y")}, "own-mail"),
        ("the number in the subject", ERIKA, {"subject": "Zu KRM-2026-0001"}, "number"),
        ("in capitals", ERIKA.upper(), {"subject": "Zu krm-2026-1"}, "number"),
        ("somebody else's mail", STRANGER, {"in_reply_to": ("first@mail.example",)}, ""),
        ("the number by a stranger", STRANGER, {"subject": "Zu KRM-2026-0001"}, ""),
        ("a number that does not exist", ERIKA, {"subject": "Zu KRM-2026-0009"}, ""),
        ("a number by nobody", "", {"subject": "Zu KRM-2026-0001"}, ""),
    ],
)
def test_a_case_is_continued_only_by_somebody_who_wrote_in_it(
    database: Database, letters: tuple[Outgoing, ...], *, what: str, sender: str, fields: dict[str, Any], by: str
) -> None:
    found = related(database, mail(senders=(Address("", sender.lower()),), **fields))

    assert found.by == by
    assert found.follows == ("E-7K2F" if by else "")


def test_an_answer_to_the_acknowledgement_continues_its_case(database: Database, letters: tuple[Outgoing, ...]) -> None:
    found = related(database, mail(in_reply_to=(letters[1].message_id,)))

    assert (found.follows, found.by, found.proven) == ("E-7K2F", "our-letter", True)


@pytest.mark.parametrize(
    ("what", "number", "sender", "hinted"),
    [
        ("by a stranger", "KRM-2026-0001", STRANGER, True),
        ("by who wrote there", "KRM-2026-0001", ERIKA, False),
        ("of no Case", "KRM-2026-0009", STRANGER, False),
    ],
)
def test_a_number_named_by_a_stranger_is_a_hint_for_the_officer(
    database: Database, letters: tuple[Outgoing, ...], *, what: str, number: str, sender: str, hinted: bool
) -> None:
    hint = related(database, mail(sender=sender, subject=f"Zu {number}")).hint

    assert bool(hint) is hinted
    assert not hinted or f"„Folge: {number}“" in hint


@pytest.mark.parametrize(
    ("what", "text", "sender", "after", "same"),
    [
        ("the same words a day later", WORDS, ERIKA, timedelta(days=1), True),
        ("with other line breaks", "Ich habe zwei\n Stunden  gewartet.\n", ERIKA, timedelta(days=1), True),
        ("at the very end of the span", WORDS, ERIKA, RESENT_WITHIN, True),
        ("after it", WORDS, ERIKA, RESENT_WITHIN + timedelta(seconds=1), False),
        ("taken in late, sent before", WORDS, ERIKA, -timedelta(hours=1), True),
        ("other words", "Ich habe drei Stunden gewartet.", ERIKA, timedelta(days=1), False),
        ("the same words of somebody else", WORDS, STRANGER, timedelta(days=1), False),
        ("no words at all", "", ERIKA, timedelta(days=1), False),
        ("by nobody", WORDS, "", timedelta(days=1), False),
    ],
)
def test_the_same_words_of_the_same_sender_within_days_are_one_mail(
    database: Database,
    letters: tuple[Outgoing, ...],
    *,
    what: str,
    text: str,
    sender: str,
    after: timedelta,
    same: bool,
) -> None:
    found = related(database, mail(text, sender=sender), MONDAY + after)

    assert found.same_as == ("E-7K2F" if same else "")


def test_two_mails_without_words_are_not_the_same(database: Database) -> None:
    with database.transaction() as connection:
        mails.take_in(connection, [raw(b"scan 1", place(1))], MONDAY)
        (first,) = mails.undecided(connection, 1)
        cases.open_intakes(connection, [case(reaction(first.id, ""))], KEYS)

    assert related(database, mail("")).same_as == ""


@pytest.mark.parametrize(
    ("what", "hung", "hangs", "same"),
    [
        ("the same paper", b"paper", b"paper", True),
        ("another paper under the same words", b"paper", b"another", False),
        ("a paper where there was none", None, b"paper", False),
        ("the paper left off", b"paper", None, True),
    ],
)
def test_the_same_words_with_a_file_are_the_same_only_with_the_same_bytes(
    database: Database, what: str, hung: bytes | None, hangs: bytes | None, same: bool
) -> None:
    """Scanners and colleagues send different papers under the same words."""
    with database.transaction() as connection:
        mails.take_in(connection, [raw(scanned(hung, "1"), place(1)), raw(scanned(hangs, "2"), place(2))], MONDAY)
        first, second = mails.undecided(connection, 2)
        cases.open_intakes(connection, [case(reaction(first.id, WORDS))], KEYS)
        files = (Attachment("scan.pdf", "application/pdf", 5),) if hangs else ()
        found = relate(connection, [(second.id, MONDAY, mail(WORDS, attachments=files))], KEYS, TODAY)

    assert (found[second.id].same_as == "E-7K2F") is same


def scanned(paper: bytes | None, copy: str) -> bytes:
    """A mail to one of several addresses."""
    made = EmailMessage()
    made["X-Copy"] = copy
    made.set_content(WORDS)
    if paper is not None:
        made.add_attachment(paper, maintype="application", subtype="pdf", filename="scan.pdf")
    return made.as_bytes()


def test_a_mail_that_names_thousands_of_others_is_related_like_any_other(
    database: Database, letters: tuple[Outgoing, ...]
) -> None:
    request = letters[0]
    many = tuple(f"{n}@mail.example" for n in range(8_000))
    group = [
        (n, MONDAY, mail(subject=f"Re: {request.token}", references=tuple(f"{n}.{i}" for i in many)))
        for n in range(10, 20)
    ]

    with database.transaction() as connection:
        found = relate(connection, group, KEYS, TODAY)

    assert all(r.proven for r in found.values())


def test_a_mail_looked_at_again_is_not_its_own_twin(database: Database, letters: tuple[Outgoing, ...]) -> None:
    with database.transaction() as connection:
        (known,) = cases.load(connection, ["E-7K2F"])["E-7K2F"].reactions
        found = relate(connection, [(known.mail, MONDAY, message(WORDS))], KEYS, TODAY)

    assert found[known.mail].same_as == ""


def test_a_group_is_related_mail_by_mail(database: Database, letters: tuple[Outgoing, ...]) -> None:
    group = [
        (10, MONDAY, mail(in_reply_to=(letters[0].message_id,))),
        (11, MONDAY, mail(WORDS)),
        (12, MONDAY, mail(subject="KRM-2026-0001")),
        (13, MONDAY, mail()),
    ]
    with database.transaction() as connection:
        found = relate(connection, group, KEYS, TODAY)

    assert [bool(found[n].letter) for n in range(10, 14)] == [True, False, False, False]
    assert [found[n].same_as for n in range(10, 14)] == ["", "E-7K2F", "", ""]
    assert [found[n].by for n in range(10, 14)] == ["letter-to-the-house", "", "number", ""]
    assert [found[n].follows for n in range(10, 14)] == ["E-7K2F", "", "E-7K2F", ""]


def test_a_follow_up_counts_as_writing_in_the_case(database: Database, letters: tuple[Outgoing, ...]) -> None:
    with database.transaction() as connection:
        mails.take_in(connection, [raw(b"second", place(2))], MONDAY)
        (second,) = mails.undecided(connection, 1)
        follow_up = reaction(second.id, "Noch etwas.", kind=Kind.FOLLOW_UP, sender=Address("", STRANGER))
        cases.add_reaction(connection, "E-7K2F", follow_up, KEYS)

    assert related(database, mail(sender=STRANGER, subject="KRM-2026-0001")).follows == "E-7K2F"
