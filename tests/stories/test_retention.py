"""Ten years of an office: what is kept how long, what goes by itself, what waits for a word, what is left (GA 3.8)."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from classify.anlage3 import shipped
from krm import evaluating, offering
from notify.deadlines import local_day
from notify.retention import Periods
from notify.workdays import Workdays
from store import cases, fates, journal, which
from store import retention as stored
from store.case import OFFICE, CaseNumber, State
from store.database import Database
from store.mails import MailState
from store.tables import letters
from store.tables import mails as mail_rows
from tests.office import DEPUTY, OFFICER, Received, Story
from tests.stories.acts import NEIGHBOUR, case
from tests.stories.retained import (
    ERIKA,
    OTHER,
    SECRETS,
    advert,
    asked,
    bound_to,
    closed,
    deleted,
    morning,
    night,
    offered,
    says,
    there,
    tidy,
    traces,
)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Story]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else f"sqlite:///{tmp_path}/krm.db"
    database = Database(url)
    yield tidy(database)
    database.close()


def test_ten_years(office: Story) -> None:
    story = office
    last = closed(story)  # KRM-2026-0001, closed on 23 November 2026
    closed(story, "Rückruf", body=OTHER, sender=NEIGHBOUR, subject="Telefon")  # KRM-2026-0002
    held = case(story, "KRM-2026-0002").id
    with story.database.transaction() as connection:
        stored.hold(connection, held, "Klage von Nils", OFFICER.id, story.bot.now())
    story.until("2027-10-01 09:00")
    last = says(story, last, "Wieder öffnen: neue Angaben")
    story.until("2028-02-29 09:00")
    says(story, last, "Erledigt: Frau M. war zufrieden")

    assert "28. Februar 2038" in bound_to(story, "KRM-2026-0001")
    for month in range(1, 12 * 10):  # once a month for ten years: nothing goes by itself
        night(story, f"{2028 + month // 12}-{month % 12 + 1:02}-15")
    assert there(story, "KRM-2026-0001")
    assert traces(story, "Brandmelder")

    night(story, "2038-02-28")
    assert offered(story) == []
    story.until("2038-03-01 09:00")
    assert "dem Archiv anzubieten" in bound_to(story, "KRM-2026-0001")
    assert offered(story) == ["KRM-2026-0001"]  # the other one is held
    assert offered(story) == ["KRM-2026-0001"]
    assert "Löschsperre" in bound_to(story, "KRM-2026-0002")
    assert "Klage von Nils" not in bound_to(story, "KRM-2026-0002")

    night(story, "2038-03-02")
    assert there(story, "KRM-2026-0001")  # a Case goes by the officer's word alone
    story.until("2038-03-02 09:00")
    outcome = deleted(story, "KRM-2026-0001")

    assert [d.number for d in outcome.deleted] == [CaseNumber(2026, 1)]
    assert traces(story, *SECRETS) == []
    assert traces(story, "Nachbar")  # and nothing of the other Case is gone
    is_whole(story)


def is_whole(story: Story) -> None:
    """The journal is, and no number is given a second time."""
    with story.database.transaction() as connection:
        assert journal.check(connection).broken == ()
        record = stored.done(connection)
        assert [(d.number, d.since.isoformat(), d.by) for d in record] == [
            (CaseNumber(2026, 1), "2028-02-29", OFFICER.id)
        ]
        entries = journal.read(connection, record[0].subject)
    assert [(e.action, e.person) for e in entries[-3:]] == [
        ("offered", OFFICER.id),
        ("deletion", OFFICER.id),
        ("deleted", ""),
    ]


def test_what_was_closed_on_the_last_of_february_is_kept_to_the_end_of_that_day(office: Story) -> None:
    office.until("2027-02-28 12:00")
    closed(office)

    office.until("2037-02-28 23:59")
    assert offered(office) == []

    office.until("2037-03-01 00:01")
    assert offered(office) == ["KRM-2027-0001"]


def test_a_case_opened_again_after_it_was_offered_is_kept_and_offered_anew(office: Story) -> None:
    closed(office)
    office.until("2036-11-24 09:00")
    assert offered(office) == ["KRM-2026-0001"]
    office.arrives("Hier ist noch etwas zum Brandmelder.", sender=ERIKA, subject="Nachtrag KRM-2026-0001")
    office.passes()
    request = office.letter(OFFICER, "confirmation_request")
    office._unread.clear()
    says(office, request, "Folge: KRM-2026-0001")

    assert case(office, "KRM-2026-0001").state is State.OPEN
    assert "noch nicht abgeschlossen" in bound_to(office, "KRM-2026-0001")
    assert offered(office) == []


def test_an_intake_that_was_joined_goes_with_the_case_it_went_to(office: Story) -> None:
    """A follow-up that came as a mail of its own: its letters, its journal's mails, its second word."""
    first = closed(office)
    joined = asked(office, "Warum dauert es so lange? Erika Muster", sender="erika@anderswo.example", subject="Frage")
    says(office, joined, "Folge: KRM-2026-0001")
    says(office, first, "Erledigt: Frau M. war zufrieden")
    office.until("2037-01-04 09:00")
    assert offered(office) == ["KRM-2026-0001"]

    deleted(office, "KRM-2026-0001")

    assert traces(office, *SECRETS, "anderswo") == []
    with office.database.transaction() as connection:
        assert which.all_ids(connection, only_open=False) == ()
        assert set(connection.scalars(select(mail_rows.c.state))) == {MailState.DELETED}


def test_nothing_new_gets_the_name_of_something_deleted(office: Story) -> None:
    """Neither the intake's id, to which a journal belongs, nor the number of a letter or a mail."""
    closed(office)
    old = case(office, "KRM-2026-0001").id
    with office.database.transaction() as connection:
        used = set(connection.scalars(select(letters.c.id)))
    office.until("2037-01-04 09:00")
    offered(office)
    deleted(office, "KRM-2026-0001")
    drawn = iter(old.removeprefix("E-") + "2345")

    with office.database.transaction() as connection:
        assert cases.fresh_ids(connection, 1, lambda _: next(drawn)) == ("E-2345",)
    asked(office, OTHER, sender=NEIGHBOUR, subject="Telefon")

    with office.database.transaction() as connection:
        fresh = select(letters.c.id).where(letters.c.address != "")
        assert not used & set(connection.scalars(fresh))
        new = connection.scalars(select(mail_rows.c.id).where(mail_rows.c.state != MailState.DELETED)).all()
    assert len(new) == 1
    assert new[0] > 3


def test_a_hold_on_an_intake_holds_the_case_it_was_joined_to(office: Story) -> None:
    first = closed(office)
    joined = asked(office, "Warum dauert es so lange?", sender="erika@anderswo.example", subject="Frage")
    with office.database.transaction() as connection:
        (intake,) = which.all_ids(connection, only_open=True)
        stored.hold(connection, intake, "Klage", OFFICER.id, office.bot.now())
    says(office, joined, "Folge: KRM-2026-0001")
    says(office, first, "Erledigt: Frau M. war zufrieden")
    office.until("2037-01-04 09:00")

    assert "Löschsperre" in bound_to(office, "KRM-2026-0001")
    assert offered(office) == []
    with office.database.transaction() as connection:
        (held,) = (p for p in offering.plan(connection, Periods(), local_day(office.now)) if p.held)
        assert (held.kept.id, held.due) == ("case", 0)
        assert stored.release(connection, [intake], OFFICER.id, office.bot.now())
    assert offered(office) == ["KRM-2026-0001"]


def test_a_closed_case_said_to_be_spam_is_kept_ten_years_offered_and_waits_for_a_word(office: Story) -> None:
    receipt = closed(office)
    office.until("2026-12-01 09:00")
    says(office, receipt, "Kein KRM: Spam")
    assert case(office, "KRM-2026-0001").state is State.NOT_KRM

    night(office, "2036-12-01")
    assert offered(office) == []
    night(office, "2036-12-02")
    assert there(office, "KRM-2026-0001")
    assert offered(office) == ["KRM-2026-0001"]

    assert len(deleted(office, "KRM-2026-0001").deleted) == 1


def test_what_reached_no_other_place_stays(office: Story) -> None:
    request = asked(office)
    office.post.script("DATA", *["550 5.1.1 no"] * 3)
    office.replies(request, "Kein KRM: Widerspruch")
    office.passes()
    assert (OFFICER.address, "undelivered") in [(r.to, r.duty) for r in office._unread]

    night(office, "2027-06-01")

    assert state_of(office, 1) == MailState.DONE


def test_a_report_nobody_released_yet_can_still_be_released(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/krm.db")
    database.upgrade()
    story = Story(database, reports=True)
    story.until("2026-12-01 09:00")
    story.passes()
    draft = story.letter(OFFICER, "report")
    story._unread.clear()

    assert night(story, "2027-04-15").deleted == ()
    story.until("2027-04-15 09:00")
    story.replies(draft, "Freigabe")
    story.passes()

    assert [r.duty for r in story._unread if r.duty == "report_copy"]
    assert "letter:1" in {d.subject for d in night(story, "2027-04-16").deleted}
    database.close()


def test_what_is_no_krm_goes_ninety_days_after_it_was_handed_over(office: Story) -> None:
    request = asked(office)
    office.wait(days=2)
    says(office, request, "Kein KRM: Anfrage an 514")
    decided = local_day(office.now)

    assert night(office, str(decided + timedelta(days=90))).deleted == ()
    assert traces(office, "Brandmelder")
    assert [d.kept_as for d in night(office, str(decided + timedelta(days=91))).deleted][:1] == ["not_krm"]

    assert traces(office, *SECRETS) == []
    with office.database.transaction() as connection:
        assert stored.handed_over(connection, office.now - timedelta(days=100), office.now) == 1


def test_a_numbered_case_that_was_no_krm_keeps_its_number_and_nobody_gets_it_again(office: Story) -> None:
    receipt = says(office, asked(office), "ok")
    says(office, receipt, "Kein KRM: Spam")
    night(office, "2026-12-24")
    assert not there(office, "KRM-2026-0001")

    says(office, asked(office, OTHER, sender=NEIGHBOUR), "ok")

    with office.database.transaction() as connection:
        assert [(d.number, d.kept_as) for d in stored.done(connection)] == [(CaseNumber(2026, 1), "spam")]
    assert there(office, "KRM-2026-0002")


def state_of(story: Story, mail: int) -> str:
    with story.database.transaction() as connection:
        return str(connection.scalar(select(mail_rows.c.state).where(mail_rows.c.id == mail)))


def test_spam_goes_thirty_days_after_it_stood_in_a_digest_and_not_before(office: Story) -> None:
    advert(office)
    assert state_of(office, 1) == MailState.QUARANTINE
    assert night(office, "2027-01-31").deleted == ()  # it stood in none yet

    morning(office, "2027-02-01")
    assert night(office, "2027-03-03").deleted == ()
    assert [d.subject for d in night(office, "2027-03-04").deleted] == ["mail:1"]

    assert traces(office, "Dachrinnen", "Anton", "anton@spam.example") == []
    assert state_of(office, 1) == MailState.DELETED


def test_the_reconciliation_of_the_month_still_counts_what_was_deleted(office: Story) -> None:
    advert(office)
    says(office, asked(office), "Kein KRM: Anfrage an 514")
    morning(office, "2026-11-24")

    def counted() -> list[tuple[Any, ...]]:
        with office.database.transaction() as connection:
            found = fates.between(connection, office.now - timedelta(days=365), office.now)
        return sorted((f.state, f.kind, f.case, f.numbered, f.decided) for f in found)

    def reported() -> list[tuple[str, Any]]:
        house = evaluating.House(office.office, shipped(), Workdays())
        with office.database.transaction() as connection:
            told = evaluating.evaluation(connection, house, "2026", office.now)
        return [*told.reckoning, *((line.name, line.now) for line in told.counts)]

    office.until("2027-03-04 01:15")
    before, report = counted(), reported()
    night(office, "2027-03-04")

    assert traces(office, *SECRETS, "Dachrinnen") == []
    assert counted() == before
    assert reported() == report
    assert ("An andere Stellen weitergegeben", 1) in report


def test_a_mail_that_was_put_back_into_the_inbox_is_kept_with_its_case(office: Story) -> None:
    advert(office)
    morning(office, "2026-11-24")
    (uid,) = office.mailbox.folders["Quarantäne"]
    office.mailbox.put(office.mailbox.folders["Quarantäne"].pop(uid).content, office.now)
    office.passes()

    night(office, "2027-03-04")

    assert state_of(office, 1) == MailState.DONE
    assert traces(office, "Dachrinnen")


def test_what_went_to_the_office_goes_after_ninety_days_and_is_not_owed_again(office: Story) -> None:
    """Digests, receipts and the rest that belongs to no Case: the row stays, so that nothing goes out twice."""
    advert(office)
    morning(office, "2026-11-24")
    with office.database.transaction() as connection:
        before = connection.execute(select(letters.c.id, letters.c.duty).where(letters.c.subject == OFFICE)).all()
    assert before

    night(office, "2027-02-22")
    assert len(office.folder("Sent")) == len(before)
    night(office, "2027-02-23")

    assert office.folder("Sent") == []
    with office.database.transaction() as connection:
        after = connection.execute(select(letters.c.id, letters.c.duty).where(letters.c.subject == OFFICE)).all()
        told = connection.execute(select(letters.c.told, letters.c.address).where(letters.c.subject == OFFICE)).all()
    assert after == before
    assert {(str(row.told), row.address) for row in told} == {("{}", "")}


def test_the_first_digest_of_a_year_says_what_waits_for_a_word_and_no_other(office: Story) -> None:
    closed(office)
    office.until("2037-01-02 07:30")
    office.passes()
    first = office.letter(OFFICER, "digest")
    assert office.letter(DEPUTY, "digest")
    office._unread.clear()

    assert "AUFBEWAHRUNG ABGELAUFEN (1)" in first.text
    assert "krm retention offer" in first.text
    assert "Erika" not in first.text

    advert(office)
    morning(office, "2037-01-05")
    assert "AUFBEWAHRUNG" not in office.letter(OFFICER, "digest").text


def test_everything_that_arrived_belongs_to_some_class(office: Story) -> None:
    """However the mails of a busy week ended: after eleven years and the officer's word nothing is left of any."""
    advert(office)
    office.arrives("Ich bin bis Montag nicht da.", sender=ERIKA, subject="Abwesend", Auto_Submitted="auto-replied")
    office.arrives("Wer sind Sie?", sender=ERIKA, subject="Anderes")
    request = says(office, asked(office), "ok")
    office.replies(request, "Das hier versteht niemand: Brandmelder")
    office.replies(request, "ok", sender="fremd@mail.example")
    office.replies(request, "Notiz: Frau Muster rief an")
    office.passes()
    office._unread.clear()
    says(office, request, "Erledigt: Frau M. war zufrieden")
    morning(office, "2026-11-24")
    office.replies(office.letter(OFFICER, "digest"), "Danke, Brandmelder gesehen")
    office.passes()
    with office.database.transaction() as connection:
        (still,) = cases.load(connection, which.all_ids(connection, only_open=True)).values()
    office._unread.clear()
    found = [
        x
        for x in office.post.sent
        if still.id in x.content.decode("utf-8", "replace") and b"X-KRM-Letter: confirmation_request" in x.content
    ]
    says(office, Received(OFFICER.address, found[0].content), "Kein KRM: Auskunft")

    night(office, "2037-03-04")
    office.until("2037-03-04 09:00")
    offered(office)
    deleted(office, "KRM-2026-0001")
    night(office, "2037-07-04")

    with office.database.transaction() as connection:
        states = connection.execute(select(mail_rows.c.id, mail_rows.c.state, mail_rows.c.reason)).all()
    assert {row.state for row in states} == {MailState.DELETED}, states
    assert traces(office, *SECRETS, "Dachrinnen", "fremd@mail.example") == []
    assert {name: list(kept) for name, kept in office.mailbox.folders.items() if kept} == {}
