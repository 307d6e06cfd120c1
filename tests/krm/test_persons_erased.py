"""`krm person erase`: what is bound stays, with the reason and the first day it may go; the rest goes for ever."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest

from classify.anlage3 import shipped
from krm.person_erasing import verdicts
from krm.persons import Candidate, Search
from krm.records import os_user
from notify.retention import Periods
from store import retention, which
from store.database import Database
from store.keys import KeyRing
from store.mails import MailState
from store.persons import Stray
from tests.krm.calling import Krm, Said
from tests.krm.initialised import KEY
from tests.krm.offices import office, reader
from tests.office import CITIZEN, OFFICER, Story
from tests.stories.retained import ERIKA, OTHER, advert, asked, closed, morning, offered, says, tidy, traces

ANTON = "anton@spam.example"
ERASE = ("person", "erase")


@dataclass(frozen=True, slots=True)
class Office:
    """Records that a story wrote and the command line reads; both have the same mailbox."""

    krm: Krm
    story: Story

    def erase(self, who: str, *words: str) -> Said:
        return self.krm(*ERASE, who, "--yes", *words)


@pytest.fixture
def house(krm: Krm, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    office(krm.folder)
    database = Database(f"sqlite:///{krm.folder}/krm.db")
    story = tidy(database)
    story.bot = replace(story.bot, keys=KeyRing({"k1": KEY.encode()}, "k1"))
    monkeypatch.setattr("krm.commands.keeping.Mailbox", lambda _: story.mailbox)
    yield Office(krm, story)
    database.close()


def handed_over(story: Story) -> None:
    """No customer reaction: it went to another office, and nothing of the GA binds it."""
    says(story, asked(story), "Kein KRM: Anfrage an 514")


def hold(story: Story) -> None:
    closed(story)
    with story.database.transaction() as connection:
        (key,) = which.all_ids(connection, only_open=False)
        retention.hold(connection, key, "Klage von Nils", OFFICER.id, story.bot.now())


BOUND: dict[str, tuple[Callable[[Story], object], str, str, str]] = {
    "still open": (asked, "undecided", "noch nicht abgeschlossen", "noch offen"),
    "closed": (closed, "case", "bis zum 23. November 2036 aufzubewahren (GA 3.8)", "24.11.2036"),
    "under a legal hold": (hold, "hold", "Löschsperre", "noch offen"),
}
"""What there is -> as what it is kept, the reason, the first day."""


@pytest.mark.parametrize(("there", "kept_as", "reason", "day"), BOUND.values(), ids=BOUND)
def test_what_is_bound_is_refused_with_reason_clause_and_day(
    house: Office, there: Callable[[Story], object], kept_as: str, reason: str, day: str
) -> None:
    there(house.story)

    said = house.erase(CITIZEN)
    told = house.erase(CITIZEN, "--json").object

    assert said.code == 1
    assert reason in said.err
    assert "Art. 17 Abs." in said.err
    assert f"Frühester Tag: {day}." in said.err
    assert "Klage" not in said.err
    assert told["erased"] == []
    first = None if day == "noch offen" else "2036-11-24"
    assert [(k["class"], k["earliest"]) for k in told["kept"]] == [(kept_as, first)]
    assert traces(house.story, "Brandmelder")


def test_what_nothing_binds_is_erased_everywhere(house: Office) -> None:
    handed_over(house.story)
    asked(house.story, OTHER, sender="Nils Nachbar <nils@mail.example>", subject="Telefon")

    said = house.erase(CITIZEN)

    assert (said.code, said.err) == (0, "")
    assert "erased: 1" in said.out
    assert "Backups" in said.out
    assert traces(house.story, "Brandmelder", CITIZEN) == []
    assert traces(house.story, "Nachbar")
    assert "nothing is stored" in house.erase(CITIZEN).err


def test_a_mail_put_aside_is_erased_once_it_stood_in_a_digest(house: Office) -> None:
    advert(house.story)
    assert "noch nicht abgeschlossen" in house.erase(ANTON).err
    assert traces(house.story, "Dachrinnen")

    morning(house.story, "2026-11-24")
    said = house.erase(ANTON, "--json")

    assert said.code == 0, said.err
    assert said.object["erased"] == ["mail:1"]
    assert traces(house.story, "Dachrinnen", ANTON) == []


def test_a_mail_that_was_put_back_into_the_inbox_waits_to_be_decided(house: Office) -> None:
    """It stood in a digest, but a person wants it read again."""
    story = house.story
    stray = Stray(1, story.now, None, story.now, MailState.NEW, "rescued", "")
    with story.database.transaction() as connection:
        (verdict,) = verdicts(connection, Candidate("x", strays={1: stray}), Periods(), story.now)

    assert verdict.binds is not None
    assert (verdict.binds.kept_as, verdict.earliest) == ("undecided", None)
    assert verdict.law


def test_of_several_things_the_free_ones_go_and_the_others_are_named(house: Office) -> None:
    closed(house.story)
    handed_over_too = asked(house.story, "Wo finde ich den Antrag auf Dachpappe? Erika Muster", subject="Antrag")
    says(house.story, handed_over_too, "Kein KRM: Anfrage an 514")

    said = house.erase(CITIZEN, "--json")

    assert said.code == 1
    assert len(said.object["erased"]) == 1
    assert [k["what"] for k in said.object["kept"]] == ["KRM-2026-0001"]
    assert traces(house.story, "Dachpappe") == []
    assert traces(house.story, "Brandmelder")


def test_a_case_with_other_people_s_messages_is_left_to_its_period(house: Office) -> None:
    """Even where nothing binds it: closed ten years ago, and offered to the archive."""
    story = house.story
    receipt = closed(story)
    other = asked(story, OTHER, sender="Nils Nachbar <nils@mail.example>", subject="Telefon")
    says(story, other, "Folge: KRM-2026-0001")
    says(story, receipt, "Erledigt: beide sind zufrieden")
    story.until("2037-01-04 09:00")
    assert offered(story) == ["KRM-2026-0001"]

    with story.database.transaction() as connection:
        (who,) = Search(CITIZEN, story.bot.keys, story.office, shipped()).candidates(connection)
        (verdict,) = verdicts(connection, who, Periods(), story.now)

    assert verdict.binds is not None
    assert verdict.binds.kept_as == "others"
    assert "anderer Menschen" in verdict.binds.reason


def test_a_colleague_s_name_stays_in_the_case_they_handed_in(house: Office) -> None:
    asked(house.story, f"Von: {ERIKA}\n\nIch warte seit Wochen.", sender="Anna Schulz <schulz@jobcenter.example>")

    said = house.erase("schulz@jobcenter.example", "--json")

    assert said.code == 1
    assert [k["class"] for k in said.object["kept"]] == ["brought"]


def test_whom_somebody_else_names_and_who_shares_the_address_is_said(house: Office) -> None:
    story = house.story
    handed_over(story)
    asked(story, OTHER, sender=f"Nils Nachbar <{CITIZEN}>", subject="Telefon")
    told_by = {"sender": "Otto Bruhn <otto@mail.example>", "subject": "Abwesend", "Auto_Submitted": "auto-replied"}
    story.arrives("Mich vertritt Erika Muster.", **told_by)
    story.passes()

    said = house.erase("Erika Muster", "--json").object
    told = house.erase(CITIZEN)

    assert [len(said[key]) for key in ("erased", "kept")] == [1, 0]
    assert [n["what"][:4] for n in said["named_in"]] == ["Nr. "]
    assert said["shared"] == ["Erika Muster", "Nils Nachbar"]
    assert "noch nicht abgeschlossen" in told.err
    assert traces(story, "vertritt")


def test_before_anything_goes_it_is_asked(house: Office) -> None:
    handed_over(house.story)

    said = house.krm(*ERASE, CITIZEN, given="n\n")

    assert said.code == 1
    assert "Erase 1 for ever" in said.err
    assert traces(house.story, "Brandmelder")


def test_only_officer_and_deputy_erase(house: Office) -> None:
    handed_over(house.story)
    reader(house.krm.folder / "krm.toml", os_user(), "gf")

    said = house.erase(CITIZEN, "--as", "gf")

    assert (said.code, said.out) == (1, "")
    assert "only officer and deputy" in said.err
    assert traces(house.story, "Brandmelder")
