"""A letter is owed once, goes out as it was written, and a crash leaves no doubt that is not put before a person."""

from datetime import datetime, timedelta

import pytest

from store import outbox
from store.case import CITIZEN, Delivery, Dispatch
from store.database import Database
from store.outbox import Outgoing, Plan
from tests.store.making import DOMAIN, KEYS, MONDAY, TODAY, plan

LATER = MONDAY + timedelta(minutes=10)


def owe(database: Database, *plans: Plan) -> None:
    with database.transaction() as connection:
        outbox.plan(connection, plans, KEYS, DOMAIN, MONDAY)


def due(database: Database, now: datetime = MONDAY, limit: int = 100) -> tuple[Outgoing, ...]:
    with database.transaction() as connection:
        return outbox.due(connection, now, limit)


def claim(database: Database, letter: Outgoing, content: bytes = b"the letter") -> None:
    with database.transaction() as connection:
        outbox.claim(connection, [(letter.id, content)], MONDAY)


@pytest.mark.parametrize(
    ("what", "second", "letters"),
    [
        ("the same again", plan(), 1),
        ("told something else", plan(told={"why": "x"}), 1),
        ("at another time", plan(not_before=LATER), 1),
        ("with another expiry", plan(expires=TODAY), 1),
        ("another Case", plan(subject="E-OTHR"), 2),
        ("another duty", plan(duty="reminder"), 2),
        ("another occurrence", plan(occurrence="2"), 2),
        ("another person", plan(recipient="deputy"), 2),
    ],
)
def test_a_letter_is_owed_once_by_case_duty_occurrence_and_recipient(
    database: Database, what: str, second: Plan, letters: int
) -> None:
    owe(database, plan())
    owe(database, second)

    assert len(due(database, LATER)) == letters


def test_the_same_letter_twice_in_one_group_is_one(database: Database) -> None:
    owe(database, plan(), plan())

    assert len(due(database)) == 1


def test_a_letter_that_was_sent_is_never_owed_again(database: Database) -> None:
    owe(database, plan())
    (letter,) = due(database)
    with database.transaction() as connection:
        outbox.settle(connection, letter.id, Delivery.SENT, "250", MONDAY)

    owe(database, plan())

    assert due(database, LATER) == ()


def test_a_letter_carries_the_token_that_proves_it(database: Database) -> None:
    owe(database, plan(told={"lines": ["ü"]}))
    (letter,) = due(database)

    assert letter.token in letter.message_id
    assert letter.message_id.endswith(f"@{DOMAIN}")
    assert KEYS.proves(letter.token, letter.bound, letter.key_id, TODAY)
    assert letter.told == {"lines": ["ü"]}
    with database.transaction() as connection:
        assert outbox.by_tokens(connection, [letter.token, "never-made"]) == (letter,)
        assert outbox.by_tokens(connection, []) == ()


def test_letters_go_when_their_time_has_come_oldest_first_and_danger_before_all(database: Database) -> None:
    owe(
        database,
        plan(duty="acknowledgement", recipient=CITIZEN, not_before=LATER),
        plan(duty="digest", not_before=MONDAY),
        plan(duty="reminder", not_before=MONDAY - timedelta(hours=1)),
        plan(duty="alert", not_before=MONDAY),
    )

    assert [x.duty for x in due(database)] == ["alert", "reminder", "digest"]
    assert [x.duty for x in due(database, limit=1)] == ["alert"]
    assert [x.duty for x in due(database, LATER)] == ["alert", "reminder", "digest", "acknowledgement"]


def test_a_claim_fixes_the_bytes_for_good(database: Database) -> None:
    owe(database, plan())
    (letter,) = due(database)
    claim(database, letter, b"as first written")
    claim(database, letter, b"as written after a crash")

    (again,) = due(database)

    assert (again.state, again.content) == (Delivery.CLAIMED, b"as first written")


@pytest.mark.parametrize(
    ("what", "crashed_in", "goes_by_itself", "before_the_officer"),
    [
        ("before it was written", Delivery.PLANNED, True, False),
        ("before DATA", Delivery.CLAIMED, True, False),
        ("between DATA and its note", Delivery.TRANSMITTING, False, True),
        ("after its note", Delivery.SENT, False, False),
    ],
)
def test_what_a_crash_leaves_behind(
    database: Database, what: str, crashed_in: Delivery, goes_by_itself: bool, before_the_officer: bool
) -> None:
    owe(database, plan())
    (letter,) = due(database)
    with database.transaction() as connection:
        if crashed_in is not Delivery.PLANNED:
            outbox.claim(connection, [(letter.id, b"x")], MONDAY)
        if crashed_in in (Delivery.TRANSMITTING, Delivery.SENT):
            outbox.transmitting(connection, letter.id, MONDAY)
        if crashed_in is Delivery.SENT:
            outbox.settle(connection, letter.id, Delivery.SENT, "250", MONDAY)

    with database.transaction() as connection:
        assert bool(outbox.left_transmitting(connection)) is before_the_officer
    assert bool(due(database)) is goes_by_itself


def test_a_letter_put_off_goes_out_later_as_the_same_bytes_and_counts_its_tries(database: Database) -> None:
    owe(database, plan())
    (letter,) = due(database)
    claim(database, letter)
    for _ in range(2):
        with database.transaction() as connection:
            outbox.transmitting(connection, letter.id, MONDAY)
            outbox.put_off(connection, letter.id, "451", LATER)

    assert due(database) == ()
    (again,) = due(database, LATER)
    assert (again.content, again.tries, again.reply_code, again.not_before) == (b"the letter", 2, "451", LATER)
    assert again.message_id == letter.message_id


@pytest.mark.parametrize("state", [Delivery.SENT, Delivery.REFUSED, Delivery.UNSURE])
def test_what_became_of_a_letter_is_a_fact_of_its_case(database: Database, state: Delivery) -> None:
    owe(database, plan(), plan(subject="E-OTHR"))
    letter = due(database)[0]
    with database.transaction() as connection:
        outbox.settle(connection, letter.id, state, "550 5.1.1", LATER)
        facts = outbox.dispatches(connection, [letter.subject])
        settled = outbox.of_subject(connection, letter.subject)

    assert facts == (Dispatch(letter.id, letter.subject, letter.duty, "1", "officer", state, LATER),)
    assert [(x.reply_code, x.settled) for x in settled] == [("550 5.1.1", LATER)]


def test_sent_letters_wait_for_their_copy_in_the_sent_folder(database: Database) -> None:
    owe(database, plan(), plan(duty="digest"))
    sent, refused = due(database)
    with database.transaction() as connection:
        outbox.settle(connection, sent.id, Delivery.SENT, "250", MONDAY)
        outbox.settle(connection, refused.id, Delivery.REFUSED, "550", MONDAY)
        assert [x.id for x in outbox.to_copy(connection, 10)] == [sent.id]
        outbox.copied(connection, [sent.id], MONDAY)
        assert outbox.to_copy(connection, 10) == ()


def test_a_rolled_back_plan_was_never_owed(database: Database) -> None:
    def fails() -> None:
        with database.transaction() as connection:
            outbox.plan(connection, [plan()], KEYS, DOMAIN, MONDAY)
            raise LookupError

    with pytest.raises(LookupError):
        fails()

    assert due(database, LATER) == ()


@pytest.mark.parametrize("first", [Delivery.SENT, Delivery.REFUSED, Delivery.UNSURE])
def test_what_became_of_a_letter_is_noted_once_even_where_the_answer_to_the_commit_was_lost(
    database: Database, first: Delivery
) -> None:
    owe(database, plan())
    (letter,) = due(database)
    claim(database, letter)
    with database.transaction() as connection:
        assert outbox.transmitting(connection, letter.id, MONDAY)
        assert not outbox.transmitting(connection, letter.id, LATER)
        assert outbox.settle(connection, letter.id, first, "250", MONDAY)
        assert not outbox.settle(connection, letter.id, Delivery.REFUSED, "550", LATER)
        (found,) = outbox.of_subject(connection, letter.subject)

    assert (found.state, found.reply_code, found.settled) == (first, "250", MONDAY)
