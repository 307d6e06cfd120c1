"""`krm key`: which keys there are, what each is for, and a new one that loses nothing."""

import re
from pathlib import Path

import pytest

from krm import settings
from store.database import Database
from store.keys import KeyRing
from tests.krm.calling import Krm
from tests.krm.initialised import KEY
from tests.krm.offices import office
from tests.office import OFFICER, Story

OTHER = "o" * 43


@pytest.fixture
def kept(krm: Krm) -> Krm:
    """An office with an open request, signed with its key k1."""
    office(krm.folder)
    database = Database(f"sqlite:///{krm.folder}/krm.db")
    database.upgrade()
    story = Story(database)
    object.__setattr__(story.bot, "keys", KeyRing({"k1": KEY.encode()}, "k1"))
    story.arrives("Ich habe gestern zwei Stunden gewartet.")
    story.passes()
    story.letter(OFFICER, "confirmation_request")
    database.close()
    return krm


def ring(krm: Krm) -> KeyRing:
    return settings.load(krm.folder / "krm.toml", {}).keys


def test_a_new_key_signs_and_the_old_one_stays(kept: Krm) -> None:
    file = kept.folder / "krm.key"

    said = kept("key", "rotate")

    assert said.code == 0
    assert "k2 is in krm.key" in said.out
    assert "Restart the service" in said.out
    assert ring(kept).ids == ("k1", "k2")
    assert ring(kept).current == "k2"
    assert file.stat().st_mode & 0o777 == 0o600
    assert not any(line.partition(":")[2].strip() in said.out for line in file.read_text().split())
    assert ring(kept).address("a@b.example") == KeyRing({"k1": KEY.encode()}, "k1").address("a@b.example")


def test_every_rotation_takes_the_next_number_and_another_key(kept: Krm) -> None:
    for _ in range(3):
        kept("key", "rotate")

    lines = (kept.folder / "krm.key").read_text().split()
    assert [line.partition(":")[0] for line in lines] == ["k1", "k2", "k3", "k4"]
    assert len({line.partition(":")[2] for line in lines}) == 4


def test_the_list_says_what_each_key_is_for_and_until_when(kept: Krm) -> None:
    kept("key", "rotate")

    first, second = kept("key", "list", "--json").objects

    assert (first["id"], first["signs"], first["looks_up"], first["letters"]) == ("k1", False, True, 1)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", first["until"])
    assert (second["id"], second["signs"], second["looks_up"], second["letters"]) == ("k2", True, False, 0)
    assert "look-ups (keep it)" in kept("key", "list").out


def test_the_list_says_which_keys_open_what_is_stored(kept: Krm) -> None:
    kept("key", "rotate")
    assert [o["seals"] for o in kept("key", "list", "--json").objects] == [False, False]

    kept("key", "encrypt")

    assert [o["seals"] for o in kept("key", "list", "--json").objects] == [False, True]


def test_a_key_that_letters_name_and_nobody_has_is_told_as_lost(kept: Krm) -> None:
    (kept.folder / "krm.key").write_text(f"k2:{OTHER}\n")

    found = {o["id"]: o for o in kept("key", "list", "--json").objects}

    assert (found["k1"]["known"], found["k2"]["known"]) == (False, True)
    assert "LOST" in kept("key", "list").out


def test_a_key_of_another_place_is_shown_and_not_written(kept: Krm) -> None:
    (kept.folder / "krm.key").unlink()

    refused = kept("key", "rotate", KRM_KEY=f"k1:{KEY}")
    shown = kept("key", "rotate", "--show", KRM_KEY=f"k1:{KEY}")

    assert (refused.code, refused.out) == (1, "")
    assert "--show" in refused.err
    assert re.fullmatch(rf"k1:{KEY}\nk2:\S{{43}}\n", shown.out)
    assert not Path(kept.folder / "krm.key").exists()


def test_without_any_key_there_is_nothing_to_rotate(kept: Krm) -> None:
    (kept.folder / "krm.key").unlink()

    assert kept("key", "rotate").code == 1
    assert not Path(kept.folder / "krm.key").exists()
