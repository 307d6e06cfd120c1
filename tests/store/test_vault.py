"""What is about people is sealed before it is stored: whoever has the database alone reads and changes nothing."""

import itertools
import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from store import cases, mails, outbox, resealing, which
from store.columns import Personal, PersonalBytes, PersonalJson
from store.database import Database, KeyAway
from store.keys import KeyRing
from store.tables import metadata, seals
from store.vault import Unopened, Vault
from tests.store.making import DOMAIN, KEYS, MONDAY, case, place, plan, raw, reaction

K1 = KeyRing({"k1": b"first" * 8}, "k1")
K12 = KeyRing({"k1": b"first" * 8, "k2": b"second" * 8}, "k2")
K2 = KeyRing({"k2": b"second" * 8}, "k2")
WRONG = KeyRing({"k1": b"another" * 8}, "k1")
WORDS = "Erika Muster hat zwei Stunden gewartet"


def vault(keys: KeyRing = K1) -> Vault:
    return Vault(keys, os.urandom)


@given(st.binary(), st.text())
def test_what_was_sealed_opens_as_it_was(content: bytes, words: str) -> None:
    it = vault()

    assert it.open(it.seal(content, "a.b"), "a.b") == content
    assert it.open_text(it.seal_text(words, "a.b"), "a.b") == words


def test_a_sealed_value_tells_its_key_and_nothing_else_and_is_never_the_same_twice() -> None:
    it = vault()
    one, two = it.seal_text(WORDS, "a.b"), it.seal_text(WORDS, "a.b")

    assert one != two
    assert one.startswith("k1.")
    assert one.isascii()
    assert b"Erika" not in it.seal(WORDS.encode(), "a.b")


@pytest.mark.parametrize("at", [0, 5, 12, 20, 30, -1])
def test_a_changed_byte_does_not_open(at: int) -> None:
    it = vault()
    it.strict = True
    sealed = bytearray(it.seal(WORDS.encode(), "a.b"))
    sealed[at] ^= 1

    with pytest.raises(Unopened):
        it.open(bytes(sealed), "a.b")


def test_a_value_moved_into_another_column_does_not_open() -> None:
    it = vault()

    with pytest.raises(Unopened):
        it.open_text(it.seal_text(WORDS, "notes.text"), "marks.text")


def test_older_keys_open_and_the_current_one_seals() -> None:
    old = vault(K1).seal_text(WORDS, "a.b")

    assert vault(K12).open_text(old, "a.b") == WORDS
    assert vault(K12).seal_text(WORDS, "a.b").startswith("k2.")


@pytest.mark.parametrize("text", ["", "k1.abcdefgh:Erika", ":", "k1", "Sehr geehrte Damen: ja", "\ud800:x"])
def test_a_text_cannot_look_sealed_and_is_taken_as_it_is_until_all_is_sealed(text: str) -> None:
    it = vault()
    assert it.open_text(text, "a.b") == text

    it.strict = True
    with pytest.raises(Unopened):
        it.open_text(text, "a.b")


def test_every_personal_column_says_where_it_stands() -> None:
    personal = [c for t in metadata.sorted_tables for c in t.c if isinstance(c.type, resealing.PERSONAL)]

    assert [c.type.place for c in personal] == [f"{c.table.name}.{c.name}" for c in personal]  # type: ignore[attr-defined]
    assert {Personal, PersonalBytes, PersonalJson} == {type(c.type) for c in personal}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Database]]:
    """Opens the same database with one key ring after another; None: without a vault."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else f"sqlite:///{tmp_path}/krm.db"
    made: list[Database] = []

    def opened(keys: KeyRing | None) -> Database:
        made.append(Database(url, vault(keys) if keys else None))
        made[-1].upgrade()
        return made[-1]

    yield opened
    for each in made:
        each.close()


numbers = itertools.count(1)


def filled(database: Database) -> None:
    """A mail with its Case and a letter, as a pass would write them."""
    n = next(numbers)
    with database.exclusive(), database.transaction() as connection:
        mails.take_in(connection, [raw(f"Subject: {WORDS} {n}\r\n\r\n{WORDS}".encode(), place(n))], MONDAY)
        (mail,) = [m.id for m in mails.undecided(connection, 100)][-1:]
        cases.open_intakes(connection, [case(reaction(mail, WORDS), id=f"E-{n:04}")], KEYS)
        outbox.plan(connection, [plan(f"E-{n:04}", told={"text": WORDS})], KEYS, DOMAIN, MONDAY)
        letter = outbox.due(connection, MONDAY + timedelta(days=900), 100)[-1].id
        outbox.claim(connection, [(letter, WORDS.encode())], MONDAY)


def readable(database: Database) -> int:
    """In how many places the words can be read by who has the office's keys."""
    with database.transaction() as connection:
        found = cases.load(connection, which.all_ids(connection, only_open=False)).values()
        letters = [x for c in found for x in outbox.of_subject(connection, c.id)]
        contents = [m.content or b"" for m in mails.undecided(connection, 100)]
    words = [r.text for c in found for r in c.reactions] + [str(x.told) for x in letters]
    return sum(WORDS in w for w in words) + sum(
        WORDS.encode() in c for c in (*contents, *(x.content or b"" for x in letters))
    )


def stored(database: Database) -> str:
    """Everything in the tables as the database itself sees it."""
    names = [t.name for t in metadata.sorted_tables]
    with database.engine.connect() as connection:
        return " ".join(str([tuple(r) for r in connection.execute(text(f"SELECT * FROM {n}"))]) for n in names)


def test_nothing_about_people_can_be_read_in_the_database(opening: Callable[..., Database]) -> None:
    database = opening(K1)
    filled(database)

    assert readable(database) == 4
    assert "Erika" not in stored(database)
    assert "mail.example" not in stored(database)


def test_a_value_somebody_put_there_plainly_is_refused(opening: Callable[..., Database]) -> None:
    database = opening(K1)
    filled(database)
    with database.transaction() as connection:
        connection.execute(text("UPDATE reactions SET text = 'Ich ziehe alles zurück'"))

    with pytest.raises(KeyAway, match=r"reactions\.text"), database.transaction() as connection:
        cases.load(connection, which.all_ids(connection, only_open=False))


@pytest.mark.parametrize(("what", "keys"), [("missing", K2), ("another of the same id", WRONG), ("switched off", None)])
def test_without_the_right_key_the_bot_does_not_start_and_nothing_changes(
    opening: Callable[..., Database], what: str, keys: KeyRing | None
) -> None:
    first = opening(K1)
    filled(first)
    before = stored(first)

    with pytest.raises(KeyAway, match="sealed"):
        opening(keys)

    assert stored(first) == before
    assert readable(opening(K1)) == 4


def test_what_was_stored_plainly_is_read_and_sealed_when_somebody_asks(
    opening: Callable[..., Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resealing, "AT_ONCE", 2)
    plain = opening(None)
    for _ in range(5):
        filled(plain)
    sealing = opening(K1)
    filled(sealing)
    assert readable(sealing) == 24
    assert "Erika" in stored(sealing)
    assert sealing.vault

    with sealing.exclusive():
        resealing.reseal(sealing, sealing.vault, lambda table, done: None)

    assert readable(sealing) == 24
    assert "Erika" not in stored(sealing)
    with pytest.raises(KeyAway):
        plain.exclusive().__enter__()  # the service from before, not restarted


def test_broken_off_it_goes_on_where_it_was_and_everything_is_readable_meanwhile(
    opening: Callable[..., Database],
) -> None:
    plain = opening(None)
    for _ in range(3):
        filled(plain)
    sealing = opening(K1)
    assert sealing.vault
    heard: list[str] = []

    def breaks_off(table: str, _: int) -> None:
        heard.append(table)
        if len(heard) == 3:
            raise KeyboardInterrupt

    with sealing.exclusive(), pytest.raises(KeyboardInterrupt):
        resealing.reseal(sealing, sealing.vault, breaks_off)
    assert readable(sealing) == 12

    again = opening(K1)
    assert again.vault
    with again.transaction() as connection:
        rest = resealing.left(connection, again.vault)
    assert 0 < rest < 15
    assert resealing.reseal(again, again.vault, lambda table, done: None) == rest
    assert readable(again) == 12


def test_a_new_key_takes_over_and_the_old_one_is_needed_no_more_for_what_is_stored(
    opening: Callable[..., Database],
) -> None:
    old = opening(K1)
    filled(old)
    rotated = opening(K12)
    filled(rotated)
    assert readable(rotated) == 8
    assert rotated.vault
    with pytest.raises(KeyAway, match="k2"):
        old.exclusive().__enter__()  # the service that does not know the new key

    resealing.reseal(rotated, rotated.vault, lambda table, done: None)

    assert readable(opening(K2)) == 8
    assert "k1." not in stored(rotated)


def test_old_words_do_not_stay_in_the_files(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/krm.db"
    plain = Database(url)
    plain.upgrade()
    filled(plain)
    plain.close()
    sealing = Database(url, vault())
    sealing.upgrade()
    assert sealing.vault
    with sealing.exclusive():
        resealing.reseal(sealing, sealing.vault, lambda table, done: None)
    sealing.close()

    assert not any(b"Erika" in file.read_bytes() for file in tmp_path.iterdir())


def test_the_files_are_ours_only(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/krm.db")
    database.upgrade()
    with database.exclusive(), database.transaction() as connection:
        connection.execute(select(seals))
        found = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    database.close()

    assert set(found) >= {"krm.db", "krm.db-wal", "krm.db-shm"}
    assert set(found.values()) == {0o600}
