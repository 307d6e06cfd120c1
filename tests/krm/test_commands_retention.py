"""`krm retention`: what goes when, the offer, deletion after the officer's word; numbers and days, no content."""

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from ingest.postbox import MailboxAway
from krm import retaining
from krm.commands import keeping, retention
from krm.records import os_user
from notify.deadlines import BERLIN
from store import cases, journal, which
from store import retention as stored
from store.case import OFFICE
from store.database import Database
from tests.krm.calling import Krm
from tests.krm.initialised import changed
from tests.krm.offices import office, reader
from tests.office import CITIZEN, Story
from tests.stories.retained import asked, closed, says, tidy

LATER = datetime(2036, 12, 1, 9, tzinfo=BERLIN)
ROW = ["case", "class", "since", "kept_until", "offered", "held"]


def records(krm: Krm) -> Database:
    return Database(f"sqlite:///{krm.folder}/krm.db")


@pytest.fixture
def story(krm: Krm, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    """Two Cases closed on 23 November 2026, seen on 1 December 2036; the mailbox is the story's own."""
    changed(office(krm.folder), "encryption = true", "encryption = false")
    database = records(krm)
    told = tidy(database)
    closed(told)
    closed(told, body="Das Telefon schweigt.", sender="nils@mail.example", subject="Telefon")
    told.until("2036-12-01 09:00")
    monkeypatch.setattr(keeping, "Mailbox", lambda _: told.mailbox)
    for module in (keeping, retention):
        monkeypatch.setattr(module, "clock", lambda: LATER)
    yield told
    database.close()


def actions(krm: Krm, chain: str) -> list[tuple[str, str]]:
    with records(krm).transaction() as connection:
        return [(e.action, e.person) for e in journal.read(connection, chain)]


def chain(krm: Krm, number: str) -> str:
    return str(krm("case", number, "--json").object["id"])


def test_the_plan_shows_what_would_go_and_nothing_of_what_it_says(krm: Krm, story: Story) -> None:
    said = krm("retention", "plan", "--json")

    assert (said.code, said.err) == (0, "")
    classes = {row["class"]: row for row in said.object["classes"]}
    assert (classes["case"]["due"], classes["case"]["held"], classes["case"]["by_word"]) == (2, 0, True)
    assert classes["office"]["by_word"] is False
    assert [list(row) for row in said.object["cases"]] == [ROW, ROW]
    assert said.object["cases"][0] == {
        "case": "KRM-2026-0001",
        "class": "case",
        "since": "2026-11-23",
        "kept_until": "2036-11-23",
        "offered": None,
        "held": False,
    }
    plain = krm("retention", "plan")
    assert "KRM-2026-0001   case  2026-11-23  2036-11-23" in plain.out
    for secret in (CITIZEN, "Erika", "Brandmelder"):
        assert secret not in plain.out + said.out
    assert actions(krm, OFFICE)[-1] == ("retention-read", "krm")


def test_the_plan_looks_at_another_day(krm: Krm, story: Story) -> None:
    assert krm("retention", "plan", "--until", "2036-11-23", "--json").object["cases"] == []
    assert len(krm("retention", "plan", "--until", "2036-11-24", "--json").object["cases"]) == 2


def test_the_offer_is_a_list_without_content_and_is_noted(krm: Krm, story: Story, tmp_path: Path) -> None:
    out = tmp_path / "Archiv"
    out.mkdir()
    changed(krm.folder / "krm.toml", '#file_reference = ""', 'file_reference = "II-1601.3"')

    said = krm("retention", "offer", "--out", out, "--json")

    assert said.code == 0, said.err
    assert [(row["file"], row["case"], row["offered"]) for row in said.objects] == [
        ("II-1601.3", "KRM-2026-0001", "2036-12-01"),
        ("II-1601.3", "KRM-2026-0002", "2036-12-01"),
    ]
    (file,) = out.iterdir()
    assert file.name == "Anbietung-2036-12-01.csv"
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[:2] == [
        ["Aktenzeichen", "Vorgang", "Abgeschlossen", "Aufbewahrt bis", "Angeboten"],
        ["II-1601.3", "KRM-2026-0001", "2026-11-23", "2036-11-23", "2036-12-01"],
    ]
    assert actions(krm, chain(krm, "KRM-2026-0001"))[-2] == ("offered", "krm")


def test_a_case_goes_after_the_offer_and_the_word(krm: Krm, story: Story) -> None:
    before = krm("retention", "delete", "KRM-2026-0001", "--yes")
    assert (before.code, "dem Archiv anzubieten" in before.err) == (1, True)
    krm("retention", "offer")

    said = krm("retention", "delete", "KRM-2026-0001", "--yes", "--json")

    assert said.code == 0, said.err
    (subject,) = said.object["deleted"]
    assert said.object["remaining"] == []
    assert krm("case", "KRM-2026-0001").code == 1
    assert krm("case", "KRM-2026-0002").code == 0
    assert krm("retention", "deleted", "--json").objects == [
        {
            "subject": subject,
            "case": "KRM-2026-0001",
            "class": "case",
            "since": "2026-11-23",
            "deleted": "2036-12-01",
            "by": "krm",
        }
    ]
    assert actions(krm, subject)[-2:] == [("deletion", "krm"), ("deleted", "")]
    assert krm("journal", "verify").code == 0
    assert b"Brandmelder" not in (krm.folder / "krm.db").read_bytes()


def test_nobody_who_hesitates_deletes(krm: Krm, story: Story) -> None:
    krm("retention", "offer")

    said = krm("retention", "delete", "--class", "case", given="n\n")

    assert said.code == 1
    assert "Delete 2 for ever (KRM-2026-0001, KRM-2026-0002)?" in said.err
    assert krm("case", "KRM-2026-0001").code == 0


def test_one_that_may_not_go_keeps_all_of_them(krm: Krm, story: Story) -> None:
    krm("retention", "offer")
    krm("retention", "hold", "KRM-2026-0002", "--reason", "Klage von Nils")

    said = krm("retention", "delete", "KRM-2026-0001", "KRM-2026-0002", "--yes")

    assert (said.code, "Löschsperre" in said.err, "Nils" in said.err) == (1, True, False)
    assert krm("case", "KRM-2026-0001").code == 0


def test_what_is_held_stands_in_no_offer_until_it_is_released(krm: Krm, story: Story) -> None:
    assert krm("retention", "hold", "KRM-2026-0001", given="Klage\n").code == 0
    assert [row["case"] for row in krm("retention", "offer", "--json").objects] == ["KRM-2026-0002"]
    assert [row["held"] for row in krm("retention", "plan", "--json").object["cases"]] == [True, False]

    assert krm("retention", "release", "KRM-2026-0001").code == 0

    assert len(krm("retention", "offer", "--json").objects) == 2
    assert krm("retention", "release", "KRM-2026-0001").code == 1
    said = [action for action, _ in actions(krm, chain(krm, "KRM-2026-0001"))]
    assert [a for a in said if ("h" in a and "eld" in a) or "hold" in a] == ["held", "hold-released"]


def test_a_hold_on_an_intake_that_was_joined_is_released_by_either_name(krm: Krm, story: Story) -> None:
    first = closed(story, body="Niemand ruft zurück.", sender="ruf@mail.example", subject="Rückruf")

    def held() -> bool:
        rows = krm("retention", "plan", "--until", "2050-01-01", "--json").object["cases"]
        return bool(next(row["held"] for row in rows if row["case"] == "KRM-2036-0001"))

    for name in ("intake", "number"):
        letter = asked(story, f"Warum dauert es so lange? {name}", sender=f"{name}@mail.example", subject=name)
        with story.database.transaction() as connection:
            (intake,) = which.all_ids(connection, only_open=True)
        assert krm("retention", "hold", intake, "--reason", "Klage").code == 0
        says(story, letter, "Folge: KRM-2036-0001")
        says(story, first, "Erledigt: fertig")
        assert held()

        assert krm("retention", "release", intake if name == "intake" else "KRM-2036-0001").code == 0

        assert not held()


def test_what_something_binds_again_is_named_and_no_success(
    krm: Krm, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    krm("retention", "offer")
    begin = retaining.begin

    def then_held(connection: Connection, *what: Any) -> int:
        found = cases.find(connection, "KRM-2026-0001")
        assert found
        stored.hold(connection, found.id, "Klage", "krm", LATER)
        return begin(connection, *what)

    monkeypatch.setattr(retaining, "begin", then_held)

    said = krm("retention", "delete", "KRM-2026-0001", "--yes")

    assert said.code == 1
    assert "not deleted, since something binds it again: KRM-2026-0001" in said.out
    assert "nothing of what you asked for is deleted" in said.err


def test_what_the_server_does_not_let_go_is_named_and_waits(krm: Krm, story: Story) -> None:
    krm("retention", "offer")
    story.mailbox.erases = False

    said = krm("retention", "delete", "KRM-2026-0001", "--yes", "--json")

    assert said.code == 1
    assert said.object["deleted"] == []
    assert {row["folder"] for row in said.object["remaining"]} == {"Verarbeitet", "Sent"}
    assert "Verarbeitet, UID " in said.err
    assert [row["case"] for row in krm("retention", "plan", "--json").object["begun"]] == ["KRM-2026-0001"]

    story.mailbox.erases = True
    assert len(krm("retention", "delete", "--json").object["deleted"]) == 1  # nothing given: what is begun is finished


def test_without_a_mailbox_the_word_is_kept(krm: Krm, story: Story) -> None:
    krm("retention", "offer")
    story.mailbox.fail("session", MailboxAway("no connection"))

    said = krm("retention", "delete", "KRM-2026-0001", "--yes")

    assert (said.code, "the mailbox cannot be used: no connection" in said.err) == (1, True)
    assert krm("case", "KRM-2026-0001").code == 0
    assert "begun and not finished: KRM-2026-0001" in krm("retention", "plan").out
    assert krm("retention", "hold", "KRM-2026-0001", "--reason", "zu spät").code == 1
    assert krm("retention", "delete").out == "deleted: 1\n"


def test_only_officer_and_deputy_decide(krm: Krm, story: Story) -> None:
    reader(krm.folder / "krm.toml", os_user(), "gf")

    for words in (
        ("offer",),
        ("delete", "KRM-2026-0001"),
        ("hold", "KRM-2026-0001", "--reason", "x"),
        ("release", "X"),
    ):
        said = krm("retention", *words, "--as", "gf")
        assert (said.code, said.err) == (1, "krm: only officer and deputy decide what is kept (GA 3.3)\n")
    assert krm("retention", "plan", "--as", "gf").code == 0
    assert krm("retention", "plan", "--as", "nobody").code == 1


def test_numbers_and_a_class_together_are_a_wrong_call(krm: Krm, story: Story) -> None:
    assert krm("retention", "delete", "KRM-2026-0001", "--class", "case").code == 2
    assert krm("retention", "delete", "KRM-2030-0001", "--yes").code == 1
