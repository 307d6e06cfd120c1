"""What can be learned from: every decision of the officer with the words that were judged, nothing undecided."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete

from classify.coding import Coding
from ingest.message import Address
from store import cases, lessons, mails
from store.case import Case, CaseNumber, Kind, Reaction
from store.database import Database
from store.lessons import Lesson
from store.tables import reactions
from tests.store.making import KEYS, MONDAY, case, confirmed, place, raw, reaction


def stored(database: Database, *wanted: Case) -> tuple[Lesson, ...]:
    """What is learned from Cases with these reactions; mail n must be the n-th that came in."""
    last = max(r.mail for c in wanted for r in c.reactions)
    with database.transaction() as connection:
        mails.take_in(connection, [raw(b"mail %d" % n, place(n)) for n in range(1, last + 1)], MONDAY)
        ids = {mail.content: mail.id for mail in mails.undecided(connection, last)}
        own = [
            replace(c, reactions=tuple(replace(r, mail=ids[b"mail %d" % r.mail]) for r in c.reactions)) for c in wanted
        ]
        cases.open_intakes(connection, own, KEYS)
        return lessons.read(connection)


def outside(of: Reaction, reason: str) -> Reaction:
    return replace(of, outside=reason, confirmed_by="officer", confirmed_at=MONDAY)


def test_a_confirmed_reaction_is_a_lesson_with_what_was_judged_and_what_was_recorded(database: Database) -> None:
    mail = replace(reaction(), new_text="Ich habe gewartet.", text="Ich habe gewartet.\n> Am 1.1. schrieben Sie:")
    known = replace(case(confirmed(mail)), number=CaseNumber(2026, 42))

    (found,) = stored(database, known)

    assert (found.subject, found.sender, found.text) == ("Beschwerde", mail.sender, "Ich habe gewartet.")
    assert found.suggestion is not None
    assert found.suggestion.type == "beschwerde"
    assert found.coding == Coding("beschwerde", ("organisation.wartezeit",), "an", "email", "515")
    assert (found.reason, found.remedy, found.follows) == ("", None, False)
    assert found.ids == ("E-7K2F", "KRM-2026-0042")
    assert found.confirmed_at == MONDAY + timedelta(hours=1)
    assert found.writer == KEYS.address(mail.sender.address)


def test_what_nobody_decided_and_what_came_twice_is_none(database: Database) -> None:
    undecided = reaction(1)
    twice = replace(confirmed(reaction(2)), kind=Kind.DUPLICATE)
    decided = replace(confirmed(reaction(3)), kind=Kind.FOLLOW_UP)

    (found,) = stored(database, case(undecided, twice, decided))

    assert found.text == decided.new_text
    assert (found.ids, found.follows) == (("E-7K2F",), True)


def test_what_belongs_elsewhere_is_a_lesson_with_the_reason_alone(database: Database) -> None:
    """`Kein KRM` leaves an earlier coding of the reaction where the whole Case is settled by it."""
    (found,) = stored(database, case(outside(confirmed(reaction()), "irrlaeufer Stadtverwaltung")))

    assert (found.reason, found.coding) == ("irrlaeufer", None)


def test_the_word_on_a_remedy_is_meant_for_the_mail_that_opened_the_case(database: Database) -> None:
    later = replace(confirmed(reaction(2), at=MONDAY + timedelta(hours=2)), kind=Kind.FOLLOW_UP)

    found = stored(database, replace(case(confirmed(reaction(1)), later), remedy=False))

    assert [lesson.remedy for lesson in found] == [False, None]


def test_lessons_come_in_the_order_of_confirmation(database: Database) -> None:
    hours = (3, 1, 2)
    made = [
        case(replace(confirmed(reaction(n), at=MONDAY + timedelta(hours=h)), subject=str(h)), id=f"E-000{n}")
        for n, h in enumerate(hours, 1)
    ]

    assert [lesson.subject for lesson in stored(database, *made)] == ["1", "2", "3"]


def test_a_sender_without_address_has_no_hash(database: Database) -> None:
    (found,) = stored(database, case(confirmed(reaction(sender=Address("Wache", "")))))

    assert (found.sender.name, found.writer) == ("Wache", "")


def test_what_is_deleted_is_forgotten(database: Database) -> None:
    stored(database, case(confirmed(reaction())))

    with database.transaction() as connection:
        connection.execute(delete(reactions))
        assert lessons.read(connection) == ()
