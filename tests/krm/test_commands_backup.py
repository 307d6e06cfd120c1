"""`krm backup`, `krm restore`: the office as it was, and nothing sent twice."""

from pathlib import Path

import pytest
from sqlalchemy import update

from krm import doctor, sealing, settings
from store.case import Delivery
from store.database import Database
from store.tables import letters
from tests.krm.calling import Krm
from tests.krm.initialised import changed
from tests.krm.offices import office
from tests.office import DEPUTY, MONDAY, OFFICER, Story

SEALED = "encryption = true"


def records(krm: Krm) -> Database:
    chosen = settings.load(krm.folder / "krm.toml", {})
    database = sealing.database(chosen.database_url, chosen.keys, encryption=chosen.encryption)
    database.upgrade()
    return database


@pytest.fixture
def kept(krm: Krm) -> Krm:
    """An office with a Case and its request."""
    office(krm.folder)
    database = records(krm)
    story = Story(database)
    story.arrives("Ich habe gestern zwei Stunden gewartet.")
    story.passes()
    story.letter(OFFICER, "confirmation_request")
    database.close()
    return krm


def test_the_records_come_back_and_the_doctor_has_no_complaint(kept: Krm) -> None:
    written = kept("backup", "b.krmb", "--json")
    assert written.code == 0
    assert written.object["rows"]["cases"] == 1
    before = kept("cases", "--json").objects
    for file in kept.folder.glob("krm.db*"):
        file.unlink()

    restored = kept("restore", "b.krmb")

    assert restored.code == 0
    assert "restored: b.krmb" in restored.out
    assert "move it back into the inbox" in restored.out
    assert kept("cases", "--json").objects == before
    assert kept("journal", "verify").code == 0
    findings = doctor.examine(kept.folder / "krm.toml", {}, MONDAY)
    assert [f.what for f in findings if f.area == "database" and not f.ok] == []


def test_the_next_pass_sends_nothing_that_was_sent(kept: Krm) -> None:
    kept("backup", "b.krmb")
    kept("restore", "b.krmb", "--replace")
    database = records(kept)
    story = Story(database)

    story.passes()

    story.nothing_went_out()
    database.close()


def test_a_letter_that_waited_and_may_have_gone_out_since_is_put_before_the_officer(kept: Krm) -> None:
    database = records(kept)
    with database.transaction() as connection:
        connection.execute(update(letters).values(state=Delivery.CLAIMED, settled=None))
    database.close()
    kept("backup", "b.krmb")
    kept("restore", "b.krmb", "--replace")
    database = records(kept)
    story = Story(database)

    story.passes()

    notice = story.letter(DEPUTY, "undelivered")  # not to the officer, to whom the uncertain letter went
    assert "zwei Stunden gewartet" in notice.text
    story.nothing_went_out()
    database.close()


def test_records_are_not_replaced_unasked(kept: Krm) -> None:
    kept("backup", "b.krmb")

    said = kept("restore", "b.krmb")

    assert (said.code, said.out) == (1, "")
    assert "--replace" in said.err
    assert kept("backup", "b.krmb").code == 1, "nor is a backup"


def test_without_the_key_or_with_another_nothing_is_backed_up_or_restored(kept: Krm) -> None:
    kept("backup", "b.krmb")
    key = kept.folder / "krm.key"
    right = key.read_text()
    key.write_text("k1:" + "z" * 43)
    assert "sealed with the key k1" in kept("cases").err
    assert kept("restore", "b.krmb", "--replace").code == 1
    key.unlink()
    assert kept("backup", "c.krmb").code == 1
    assert kept("restore", "b.krmb", "--replace").code == 1
    assert not Path(kept.folder / "c.krmb").exists()

    key.write_text(right)
    assert kept("cases").code == 0


def test_with_the_key_missing_the_bot_does_not_start_and_says_why(kept: Krm) -> None:
    (kept.folder / "krm.key").write_text("k2:" + "z" * 43)

    said = kept("once")

    assert said.code == 1
    assert "sealed with the key k1, which is missing" in said.err
    findings = doctor.examine(kept.folder / "krm.toml", {}, MONDAY)
    assert any("entschlüsseln" in f.what and "k1" in f.what for f in findings if not f.ok)


def test_an_office_of_before_is_encrypted_by_a_command(krm: Krm) -> None:
    path = changed(office(krm.folder), SEALED, "encryption = false")
    database = records(krm)
    story = Story(database)
    story.arrives("Ich habe gestern zwei Stunden gewartet.")
    story.passes()
    story.letter(OFFICER, "confirmation_request")
    database.close()
    assert krm("key", "encrypt").code == 1
    changed(path, "encryption = false", SEALED)
    shown = krm("cases", "--json").objects

    said = krm("key", "encrypt")

    assert said.code == 0
    assert "everything stored is now" in said.out
    assert krm("cases", "--json").objects == shown
    assert not any(b"zwei Stunden" in f.read_bytes() for f in krm.folder.glob("krm.db*"))
    findings = doctor.examine(path, {}, MONDAY)
    assert any("sind verschlüsselt (Schlüssel k1)" in f.what for f in findings)
    krm("key", "rotate")
    assert any("krm key encrypt" in f.remedy for f in doctor.examine(path, {}, MONDAY) if f.area == "database")
    assert krm("key", "encrypt").code == 0
    assert krm("cases", "--json").objects == shown
