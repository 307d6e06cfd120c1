"""A backup holds everything, goes from either database to either, and shows whatever happened to it."""

import io
import itertools
import json
import os
import re
import shutil
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from ingest.office import Role
from store import archive, cases, conditions, journal, mails, outbox
from store.archive import BackupUnusable, NotEmpty
from store.case import Delivery, Source
from store.database import Database, KeyAway
from store.keys import KeyRing
from store.tables import letters, metadata
from store.tables import mails as mail_rows
from store.vault import Vault
from tests.store.making import DOMAIN, KEYS, MONDAY, case, place, plan, raw, reaction, unguarded

WORDS = "Erika Muster hat zwei Stunden gewartet\r\n\u2028und \ud83d\ude00 noch eine Zeile".encode(
    "utf-16", "surrogatepass"
).decode("utf-16")
OTHERS = KeyRing({"k1": b"the key of another office, of no use"}, "k1")


def vault(keys: KeyRing = KEYS) -> Vault:
    return Vault(keys, os.urandom)


Opening = Callable[..., Database]


@pytest.fixture
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opening]:
    """A new empty database of a kind; sealed unless said otherwise."""
    made: list[Database] = []
    count = itertools.count(1)

    def opened(kind: str, *, sealed: bool = True) -> Database:
        url = f"sqlite:///{tmp_path}/{next(count)}.db"
        if kind == "postgres":
            url = request.getfixturevalue("postgres_url")
        made.append(Database(url, vault() if sealed else None))
        return made[-1]

    yield opened
    for each in made:
        each.close()


def fill(database: Database) -> Database:
    """A mail, its Case, a letter sent, one that waits, a journal with an anchor."""
    database.upgrade()
    with database.exclusive(), database.transaction() as connection:
        mails.take_in(connection, [raw(f"Subject: x\r\n\r\n{WORDS}".encode(), place(1))], MONDAY)
        cases.open_intakes(connection, [case(reaction(1, WORDS))], KEYS)
        outbox.plan(connection, [plan(), plan(recipient="deputy")], KEYS, DOMAIN, MONDAY)
        outbox.claim(connection, [(1, WORDS.encode())], MONDAY)
        outbox.settle(connection, 1, Delivery.SENT, "250", MONDAY)
        entries = [journal.Entry("E-7K2F", MONDAY, Role.MACHINE, what) for what in ("opened", "sent")]
        journal.write(connection, entries)
        journal.anchor(connection, MONDAY.date(), MONDAY + timedelta(days=1))
    return database


def content(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """All rows as the program reads them."""
    with database.transaction() as connection:
        return {
            t.name: sorted((tuple(r) for r in connection.execute(select(t))), key=repr) for t in metadata.sorted_tables
        }


def _unchanged(rows: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """But for what restoring doubts: letters that waited, citizens not answered yet; and that it was done."""
    known = {name: found for name, found in rows.items() if name not in ("letters", "conditions")}
    doubted = [tuple(Source.CITIZEN if v == Source.AGAIN else v for v in row) for row in known["reactions"]]
    return known | {"reactions": doubted}


KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.mark.parametrize("sealed", [True, False], ids=["sealed", "plain"])
@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("sqlite", "sqlite"),
        pytest.param("sqlite", "postgres", marks=pytest.mark.postgres),
        pytest.param("postgres", "sqlite", marks=pytest.mark.postgres),
    ],
)
def test_everything_comes_back_on_either_database(
    opening: Opening, tmp_path: Path, source: str, target: str, sealed: bool
) -> None:
    first = fill(opening(source, sealed=sealed))
    made = archive.write(first, vault(), tmp_path / "b", MONDAY)
    second = opening(target, sealed=sealed)

    again = archive.restore(second, vault(), tmp_path / "b", MONDAY, replace=False)

    before, after = content(first), content(second)
    waiting = [r for r in before["letters"] if Delivery.PLANNED in r]
    assert len(waiting) == 1
    assert _unchanged(after) == _unchanged(before)
    assert len(after["letters"]) == 2
    assert Source.AGAIN in after["reactions"][0]
    assert after["conditions"] == [(conditions.RESTORED, MONDAY, None)]
    assert made == again
    assert (made.rows["mails"], made.rows["journal"], made.whole) == (1, 2, True)
    with second.exclusive(), second.transaction() as connection:  # rows are counted on from there
        mails.take_in(connection, [raw(b"Subject: new", place(2))], MONDAY)
        journal.write(connection, [journal.Entry("E-7K2F", MONDAY, Role.MACHINE, "read")])
        assert journal.check(connection).broken == ()


def test_nobody_reads_a_backup_without_the_key_even_of_plain_records(opening: Opening, tmp_path: Path) -> None:
    file = tmp_path / "b"
    archive.write(fill(opening("sqlite", sealed=False)), vault(), file, MONDAY)

    assert b"Erika" not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BackupUnusable, match="another key"):
        archive.check(file, vault(OTHERS))
    with pytest.raises(BackupUnusable, match="k1, which is not here"):
        archive.check(file, vault(KeyRing({"k9": b"x" * 40}, "k9")))


def test_a_backup_from_before_the_key_was_rotated_is_restored_with_the_keys_of_today(
    opening: Opening, tmp_path: Path
) -> None:
    archive.write(fill(opening("sqlite")), vault(), tmp_path / "b", MONDAY)
    today = KeyRing({"k1": b"a key for tests, of no use elsewhere", "k2": b"new" * 12}, "k2")
    with_both = Database(f"sqlite:///{tmp_path}/new.db", vault(today))

    archive.restore(with_both, vault(today), tmp_path / "b", MONDAY, replace=False)

    assert content(with_both)["reactions"][0]
    with_both.close()


def test_a_letter_that_waited_is_left_to_a_person(opening: Opening, tmp_path: Path) -> None:
    archive.write(fill(opening("sqlite")), vault(), tmp_path / "b", MONDAY)
    restored = opening("sqlite")
    archive.restore(restored, vault(), tmp_path / "b", MONDAY, replace=False)

    with restored.transaction() as connection:
        assert outbox.due(connection, MONDAY + timedelta(days=99), 9) == ()
        assert [x.recipient for x in outbox.left_transmitting(connection)] == ["deputy"]
        assert connection.scalars(select(letters.c.state).order_by(letters.c.id)).all()[0] == Delivery.SENT


@pytest.mark.parametrize("kind", KINDS)
def test_records_are_replaced_only_when_told(opening: Opening, tmp_path: Path, kind: str) -> None:
    archive.write(fill(opening("sqlite")), vault(), tmp_path / "b", MONDAY)
    there = fill(opening(kind))
    with there.transaction() as connection:
        journal.write(connection, [journal.Entry("E-7K2F", MONDAY, Role.MACHINE, "closed")])
    before = content(there)

    with pytest.raises(NotEmpty):
        archive.restore(there, vault(), tmp_path / "b", MONDAY, replace=False)
    assert content(there) == before

    archive.restore(there, vault(), tmp_path / "b", MONDAY, replace=True)
    assert len(content(there)["journal"]) == 2


def test_nobody_has_to_wait_for_a_backup(opening: Opening, tmp_path: Path) -> None:
    database = fill(opening("sqlite"))
    with database.snapshot() as reading:
        before = reading.execute(select(letters.c.id)).all()
        with database.transaction() as connection:
            outbox.plan(connection, [plan(duty="reminder")], KEYS, DOMAIN, MONDAY)
        assert reading.execute(select(letters.c.id)).all() == before


def test_plain_settings_do_not_take_sealed_records_and_nothing_is_changed(opening: Opening, tmp_path: Path) -> None:
    archive.write(fill(opening("sqlite")), vault(), tmp_path / "b", MONDAY)
    plain = opening("sqlite", sealed=False)

    with pytest.raises(KeyAway):
        archive.restore(plain, vault(), tmp_path / "b", MONDAY, replace=False)

    with plain.transaction() as connection:
        assert not plain.filled(connection)


def rewritten(file: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> None:
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(file.with_suffix(".new"), "w") as new:
        for name in old.namelist():
            kept = change(name, old.read(name))
            if kept:
                new.writestr(*kept)
    shutil.move(file.with_suffix(".new"), file)


def _older(name: str, data: bytes) -> tuple[str, bytes]:
    return name, json.dumps(json.loads(data) | {"version": "0001"}).encode() if name == "about" else data


def _later(name: str, data: bytes) -> tuple[str, bytes]:
    return name, json.dumps(json.loads(data) | {"at": "2030-01-01"}).encode() if name == "about" else data


HARMS: dict[str, Callable[[str, bytes], tuple[str, bytes] | None]] = {
    "a part is missing": lambda n, d: None if n == "journal/0" else (n, d),
    "a part was changed": lambda n, d: (n, d[:-1] + bytes([d[-1] ^ 1])) if n == "reactions/0" else (n, d),
    "a part stands in another's place": lambda n, d: (
        ("letters/0", d) if n == "reactions/0" else None if n == "letters/0" else (n, d)
    ),
    "another version": _older,
    "another moment": _later,
    "no manifest": lambda n, d: None if n == "manifest" else (n, d),
    "a plain part": lambda n, d: (n, b"") if n == "mails/0" else (n, d),
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS.keys())
def test_a_damaged_backup_is_refused_before_anything_is_touched(
    opening: Opening, tmp_path: Path, harm: Callable[[str, bytes], tuple[str, bytes] | None]
) -> None:
    there = fill(opening("sqlite"))
    archive.write(there, vault(), tmp_path / "b", MONDAY)
    rewritten(tmp_path / "b", harm)
    before = content(there)

    with pytest.raises(BackupUnusable):
        archive.restore(there, vault(), tmp_path / "b", MONDAY, replace=True)

    assert content(there) == before


Damage = Callable[[bytearray, Random], object]


def _at(raw: bytearray, which: int) -> int:
    """Where the entry of the zip's directory begins."""
    return [m.start() for m in re.finditer(rb"PK\x01\x02", raw)][which]


def _packed(raw: bytearray, place: int, form: str, value: int) -> None:
    for which in (0, -1):
        struct.pack_into(form, raw, _at(raw, which) + place, value)


def _cut_out(raw: bytearray, chance: Random) -> None:
    begin = chance.randrange(len(raw))
    del raw[begin : begin + chance.randrange(1, 50)]


DAMAGES: dict[str, Damage] = {
    "a bit of it": lambda raw, chance: raw.__setitem__(
        i := chance.randrange(len(raw)), raw[i] ^ 1 << chance.randrange(8)
    ),
    "a byte of its directory": lambda raw, chance: raw.__setitem__(-1 - chance.randrange(3000), chance.randrange(256)),
    "its end is missing": lambda raw, chance: raw.__delitem__(slice(chance.randrange(len(raw)), None)),
    "a piece is missing": _cut_out,
    "packed as nobody knows": lambda raw, _: _packed(raw, 10, "<H", 99),
    "packed, so that it may unpack to any size": lambda raw, _: _packed(raw, 10, "<H", zipfile.ZIP_DEFLATED),
    "marked as encrypted": lambda raw, _: _packed(raw, 8, "<H", 1),
    "a part that is nowhere": lambda raw, _: _packed(raw, 42, "<I", 0x7FFFFFFF),
    "a part of another length": lambda raw, _: _packed(raw, 20, "<I", 7),
    "a name in no alphabet": lambda raw, _: _packed(raw, 46, "<H", 0xFFFF),
    "nothing at all": lambda raw, _: raw.clear(),
    "something else": lambda raw, _: raw.__setitem__(slice(None), b"%PDF-1.7"),
    "what it says of itself is no table": lambda raw, _: raw.__setitem__(slice(None), _zip("about", b"5")),
    "what it says of itself is no text": lambda raw, _: raw.__setitem__(slice(None), _zip("about", b"\xff")),
}


def _zip(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_every_damage_is_told_in_one_way_or_touches_nothing_that_is_read(
    opening: Opening, tmp_path: Path, damage: Damage
) -> None:
    """Of a zip some bytes say nothing to us, such as the hour a part was written."""
    file, chance = tmp_path / "b", Random(5)
    made = archive.write(fill(opening("sqlite")), vault(), file, MONDAY)
    sound = file.read_bytes()
    told = 0

    for _ in range(200):
        raw = bytearray(sound)
        damage(raw, chance)
        file.write_bytes(raw)
        try:
            assert archive.check(file, vault()) == made
        except BackupUnusable:
            told += 1

    assert told > 150


def test_a_disk_that_cannot_be_read_is_not_called_a_damaged_backup(opening: Opening, tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        archive.check(tmp_path, vault())
    with pytest.raises(FileNotFoundError):
        archive.check(tmp_path / "nowhere", vault())


def test_a_backup_that_the_disk_spoils_is_noticed_at_once_and_gets_no_name(
    opening: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(disk: int) -> None:
        os.pwrite(disk, bytes(8), os.fstat(disk).st_size // 2)

    database = fill(opening("sqlite"))
    monkeypatch.setattr(archive.os, "fsync", spoilt)

    with pytest.raises(BackupUnusable):
        archive.write(database, vault(), tmp_path / "b", MONDAY)

    assert [p.name for p in tmp_path.iterdir() if "b" in p.name.split(".")] == []


class Busy(Vault):
    """Seals as any; before each part somebody else writes a mail with its Case and their journal, all or nothing."""

    def __init__(self, database: Database) -> None:
        super().__init__(KEYS, os.urandom)
        self.database, self.wrote = database, 0

    def seal(self, plain: bytes, where: str) -> bytes:
        if where.startswith("backup/"):
            self.wrote += 1
            number = 100 + self.wrote
            with self.database.transaction() as connection:
                mails.take_in(connection, [raw(f"Subject: {number}".encode(), place(number))], MONDAY)
                (key,) = connection.scalars(select(func.max(mail_rows.c.id)))
                cases.open_intakes(connection, [replace(case(reaction(key)), id=f"E-{number}")], KEYS)
                journal.write(connection, [journal.Entry(f"E-{number}", MONDAY, Role.MACHINE, "opened")])
        return super().seal(plain, where)


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_made_while_somebody_writes_holds_one_moment(opening: Opening, tmp_path: Path, kind: str) -> None:
    database = fill(opening(kind))
    before, busy = content(database), Busy(database)

    made = archive.write(database, busy, tmp_path / "b", MONDAY)

    assert busy.wrote > 5
    assert len(content(database)["cases"]) == 1 + busy.wrote
    assert made.rows == {name: len(rows) for name, rows in before.items()}
    restored = opening("sqlite")
    archive.restore(restored, vault(), tmp_path / "b", MONDAY, replace=False)
    after = content(restored)
    assert _unchanged(after) == _unchanged(before)


def test_a_file_that_is_there_is_not_overwritten_and_nothing_half_stays(opening: Opening, tmp_path: Path) -> None:
    (tmp_path / "b").write_text("something else")

    with pytest.raises(FileExistsError):
        archive.write(fill(opening("sqlite")), vault(), tmp_path / "b", MONDAY)

    assert (tmp_path / "b").read_text() == "something else"
    assert not list(tmp_path.glob(".b*"))


def test_a_journal_that_is_not_whole_is_told(opening: Opening, tmp_path: Path) -> None:
    database = fill(opening("sqlite"))
    with database.transaction() as connection:
        unguarded(connection)
        connection.exec_driver_sql("DELETE FROM journal WHERE position = 2")

    assert not archive.write(database, vault(), tmp_path / "b", MONDAY).whole
