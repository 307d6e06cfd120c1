"""The register: what was put in comes out, only what changed is written, and the numbers of a year have no gaps."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from classify.coding import Evidence, Urgency
from classify.contact_form import ContactForm
from ingest.message import Address
from store import cases, mails, outbox, which
from store.case import (
    Assignment,
    Case,
    CaseNumber,
    Clock,
    Concern,
    Delivery,
    Form,
    Kind,
    Note,
    Source,
    Stage,
    State,
)
from store.database import Database
from store.values import KEPT
from tests.office import judged
from tests.store.making import DOMAIN, KEYS, MONDAY, case, confirmed, numbered, place, plan, raw, reaction

LATER = MONDAY + timedelta(hours=1)


def stored(database: Database, *found: Case) -> None:
    """The Cases with mails for their reactions."""
    with database.transaction() as connection:
        needed = max((r.mail for c in found for r in c.reactions), default=0)
        known = len(mails.undecided(connection, 1000))
        arriving = [raw(b"%d" % n, place(n)) for n in range(known + 1, needed + 1)]
        for one in arriving:
            mails.take_in(connection, [one], MONDAY)
        first = min(m.id for m in mails.undecided(connection, 1000)) if needed else 1
        moved = [replace(c, reactions=tuple(replace(r, mail=r.mail + first - 1) for r in c.reactions)) for c in found]
        cases.open_intakes(connection, moved, KEYS)


def load(database: Database, case_id: str = "E-7K2F") -> Case:
    with database.transaction() as connection:
        return cases.load(connection, [case_id])[case_id]


def save(database: Database, before: Case, after: Case) -> None:
    with database.transaction() as connection:
        cases.save(connection, before, after, KEYS)


WHOLE = judged(remedy=True, urgency=Urgency.NEED, evidence=(Evidence("not", ("kein Geld",)),), sure=False)
SUGGESTION = replace(WHOLE, categories=WHOLE.categories[:KEPT])  # what is far behind is nobody's alternative
FULL = reaction(
    source=Source.HOUSE,
    sender=Address("Jürgen „Jojo“ Ørsted", "j.o@mail.example"),
    subject="Ärger 😡",
    text="Zeile 1\nZeile 2 <b>\u200f",
    new_text="Zeile 1",
    attachments=("Bescheid.pdf (120 kB)",),
    suggestion=SUGGESTION,
    hints=("Die Nachricht bezieht sich auf KRM-2026-0001.",),
)


def test_an_intake_comes_back_as_it_was_put_in(database: Database) -> None:
    stored(database, case(FULL))

    found = load(database)

    assert found == case(replace(FULL, mail=found.reactions[0].mail))
    assert found.shown_id == "E-7K2F"


def test_the_form_a_reaction_came_as_comes_back(database: Database) -> None:
    form = Form(ContactForm(last_name="Petrenko", arrived=date(2026, 11, 20), categories=("a", "b")), MONDAY, False)
    stored(database, case(reaction(form=form)))

    assert load(database).reactions[0].form == form


def test_nothing_opened_is_no_fault(database: Database) -> None:
    stored(database)

    with database.transaction() as connection:
        assert cases.load(connection, ["E-7K2F"]) == {}


def test_everything_an_officer_records_comes_back(database: Database) -> None:
    stored(database, case(FULL))
    before = load(database)
    after = replace(
        before,
        state=State.CLOSED,
        reactions=(replace(confirmed(before.reactions[0], contact="deputy", unit="514"), acknowledged=LATER),),
        concerns=(Concern(0, "organisation.wartezeit"), Concern(1, "mitarbeiter.umgangsformen")),
        assignments=(Assignment("514", "tl-514", LATER),),
        clocks=(Clock("answer", date(2026, 12, 15), LATER), Clock("superior", date(2026, 12, 10), LATER)),
        stages=(Stage(2, LATER, "officer", "Grund"),),
        notes=(Note(LATER, "officer", "rief an"),),
        outside="anfrage 514",
        remedy=False,
        authority=True,
        application="514",
        answer_way="email",
    )

    save(database, before, after)

    assert load(database) == after


def test_lists_grow_at_their_end_and_concerns_are_replaced(database: Database) -> None:
    stored(database, case())
    states = [load(database)]
    for n in range(3):
        before = states[-1]
        after = replace(
            before,
            concerns=tuple(Concern(i, f"c{n}{i}") for i in range(3 - n)),
            clocks=(*before.clocks, Clock("answer", date(2026, 12, 1 + n), LATER)),
            notes=(*before.notes, Note(LATER, "officer", str(n))),
        )
        save(database, before, after)
        states.append(load(database))
        assert states[-1] == after

    assert states[-1].day("answer") == date(2026, 12, 3), "the latest promise holds"
    assert states[-1].day("superior") is None


def test_saving_what_did_not_change_writes_nothing(database: Database) -> None:
    stored(database, case())
    before = load(database)

    save(database, before, before)

    assert load(database) == before


def test_many_cases_are_loaded_as_a_group_and_each_with_its_own(database: Database) -> None:
    many = [case(reaction(n), id=f"E-{n:04d}") for n in range(1, 41)]
    stored(database, *many)

    with database.transaction() as connection:
        found = cases.load(connection, [*(c.id for c in many), "E-NONE"])

    assert sorted(found) == [c.id for c in many]
    assert len({c.reactions[0].mail for c in found.values()}) == 40


@pytest.mark.parametrize("key", ["E-7K2F", " e-7k2f ", "KRM-2026-0001", "krm-2026-1"])
def test_a_case_is_found_by_intake_id_and_number(database: Database, key: str) -> None:
    stored(database, numbered(case()))

    with database.transaction() as connection:
        found = cases.find(connection, key)
        assert cases.find(connection, "KRM-2025-0001") is None

    assert found is not None
    assert (found.id, found.shown_id) == ("E-7K2F", "KRM-2026-0001")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("AW: Ihre Nachricht [KRM-2026-0042]", CaseNumber(2026, 42)),
        ("krm-2026-7 und KRM-2025-1", CaseNumber(2026, 7)),
        ("KRM-2026-1234567", None),
        ("XKRM-2026-0001", None),
        ("KRM 2026", None),
    ],
)
def test_a_number_is_found_in_a_subject(text: str, number: CaseNumber | None) -> None:
    assert CaseNumber.search(text) == number


def test_letters_are_facts_of_their_case(database: Database) -> None:
    stored(database, case())
    with database.transaction() as connection:
        outbox.plan(connection, [plan(), plan(subject="E-OTHR")], KEYS, DOMAIN, MONDAY)

    (fact,) = load(database).dispatches

    assert (fact.subject, fact.duty, fact.state, fact.at) == ("E-7K2F", "confirmation_request", Delivery.PLANNED, None)


def test_a_mail_is_one_reaction_at_most(database: Database) -> None:
    stored(database, case())
    mail = load(database).reactions[0].mail

    with pytest.raises(IntegrityError), database.transaction() as connection:
        cases.add_reaction(connection, "E-7K2F", reaction(mail), KEYS)


def test_reactions_stand_in_order_of_arrival(database: Database) -> None:
    stored(database, case(reaction(2, arrived=LATER, kind=Kind.FOLLOW_UP), reaction(1)))

    assert [r.kind for r in load(database).reactions] == [Kind.FIRST, Kind.FOLLOW_UP]


def test_joined_reactions_belong_to_the_other_case(database: Database) -> None:
    stored(database, case(reaction(1)), case(reaction(2), id="E-OTHR"))

    with database.transaction() as connection:
        cases.join(connection, cases.load(connection, ["E-OTHR"])["E-OTHR"], "E-7K2F")

    assert [r.kind for r in load(database).reactions] == [Kind.FIRST, Kind.FOLLOW_UP]
    assert load(database, "E-OTHR").reactions == ()


def test_what_stands_for_a_joined_intake_is_where_its_reactions_went(database: Database) -> None:
    stored(database, numbered(case()), case(reaction(2), id="E-JOIN", state=State.JOINED, joined_to="KRM-2026-0001"))
    expected = {"KRM-2026-0001": "E-7K2F", "e-join": "E-7K2F", "E-7K2F": "E-7K2F", "E-NONE": ""}

    with database.transaction() as connection:
        assert {key: cases.standing_id(connection, key) for key in expected} == expected


def test_intakes_that_were_joined_in_a_circle_are_no_endless_search(database: Database) -> None:
    circle = {"E-AAAA": "E-BBBB", "E-BBBB": "E-AAAA"}
    stored(
        database, *(case(reaction(n), id=i, state=State.JOINED, joined_to=circle[i]) for n, i in enumerate(circle, 1))
    )

    with database.transaction() as connection:
        assert cases.standing_id(connection, "E-AAAA") in circle


def test_cases_are_found_by_their_arrival(database: Database) -> None:
    days = [MONDAY + timedelta(days=n) for n in range(4)]
    stored(database, *(case(reaction(n), id=f"E-{n:04d}", arrived=at) for n, at in enumerate(days, 1)))

    with database.transaction() as connection:
        assert which.arrived_ids(connection, days[1], days[3]) == ("E-0002", "E-0003")


def test_cases_handed_over_since_then_are_found(database: Database) -> None:
    stored(database, case(), case(reaction(2), id="E-OTHR"), case(reaction(3), id="E-WAIT"))
    with database.transaction() as connection:
        for n, subject in enumerate(("E-7K2F", "E-OTHR", "E-WAIT")):
            outbox.plan(connection, [plan(subject=subject, duty="hand_over")], KEYS, DOMAIN, MONDAY)
            (letter,) = outbox.of_subject(connection, subject)
            if subject != "E-WAIT":
                outbox.settle(connection, letter.id, Delivery.SENT, "250", MONDAY + timedelta(days=n))

        assert which.handed_over_ids(connection, MONDAY + timedelta(hours=1)) == ("E-OTHR",)


def test_everybody_who_wrote_in_a_case_is_known_by_hash_alone(database: Database) -> None:
    anonymous = reaction(2, kind=Kind.FOLLOW_UP, sender=Address("Anonym", ""))
    stored(database, case(reaction(1), anonymous))

    with database.transaction() as connection:
        assert which.senders(connection, "E-7K2F") == {KEYS.address("erika.muster@mail.example"), ""}


@pytest.mark.parametrize(
    ("what", "found", "listed"),
    [
        ("undecided", case(), True),
        ("confirmed", case(confirmed(reaction())), False),
        ("confirmed, then a follow-up", case(confirmed(reaction()), reaction(2, kind=Kind.FOLLOW_UP)), True),
        ("confirmed, then sent again", case(confirmed(reaction()), reaction(2, kind=Kind.DUPLICATE)), False),
        ("not KRM", case(state=State.NOT_KRM), False),
        ("joined", case(state=State.JOINED), False),
    ],
)
def test_the_duties_look_at_open_cases_with_an_undecided_reaction(
    database: Database, what: str, found: Case, listed: bool
) -> None:
    stored(database, found)

    with database.transaction() as connection:
        assert which.undecided_ids(connection) == (("E-7K2F",) if listed else ())
        assert which.all_ids(connection, only_open=False) == ("E-7K2F",)
        assert bool(which.all_ids(connection, only_open=True)) is (found.state is State.OPEN)


def test_the_acknowledgement_is_noted_at_its_reaction(database: Database) -> None:
    stored(database, case(reaction(1), reaction(2, kind=Kind.FOLLOW_UP)))
    second = load(database).reactions[1].mail

    with database.transaction() as connection:
        cases.acknowledged(connection, second, LATER)

    assert [r.acknowledged for r in load(database).reactions] == [None, LATER]


def test_fresh_ids_are_new_and_hold_nothing_to_mistake_for_another(database: Database) -> None:
    letters = itertools.cycle("7K2F" * 2 + "ABCD" * 3 + "WXYZ")
    stored(database, case())

    with database.transaction() as connection:
        ids = cases.fresh_ids(connection, 2, lambda _: next(letters))

    assert sorted(ids) == ["E-ABCD", "E-WXYZ"]
    assert not set("01IOU") & set(cases.ALPHABET)


def number(database: Database, case_id: str, year: int = 2026) -> CaseNumber | None:
    with database.transaction() as connection:
        return cases.number(connection, cases.load(connection, [case_id])[case_id], year).number


def test_numbers_of_a_year_have_no_gaps_and_each_year_begins_with_one(database: Database) -> None:
    stored(database, *(case(reaction(n), id=f"E-{n:04d}") for n in range(1, 6)))

    given = [str(number(database, f"E-{n:04d}", year)) for n, year in enumerate((2026, 2026, 2027, 2026, 2027), 1)]

    assert given == ["KRM-2026-0001", "KRM-2026-0002", "KRM-2027-0001", "KRM-2026-0003", "KRM-2027-0002"]


def test_a_number_is_given_once(database: Database) -> None:
    stored(database, case())

    assert number(database, "E-7K2F") == number(database, "E-7K2F", 2027) == load(database).number


def test_a_number_that_was_rolled_back_is_given_to_the_next(database: Database) -> None:
    stored(database, case(reaction(1)), case(reaction(2), id="E-OTHR"))

    def fails() -> None:
        with database.transaction() as connection:
            cases.number(connection, cases.load(connection, ["E-7K2F"])["E-7K2F"], 2026)
            raise LookupError

    with pytest.raises(LookupError):
        fails()

    assert load(database).number is None
    assert str(number(database, "E-OTHR")) == "KRM-2026-0001"


@pytest.mark.parametrize(
    ("given", "text"),
    [((2026, 42), "KRM-2026-0042"), ((2026, 9999), "KRM-2026-9999"), ((2026, 12345), "KRM-2026-12345")],
)
def test_a_number_reads_as_it_is_written(given: tuple[int, int], text: str) -> None:
    assert str(CaseNumber(*given)) == text
    assert CaseNumber.parse(text) == CaseNumber(*given)
