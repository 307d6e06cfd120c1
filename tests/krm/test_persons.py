"""`krm person`: for officer, deputy and data protection; what is written, for whose eyes, and what of it is noted."""

import json
import re
from dataclasses import replace
from pathlib import Path
from stat import S_IMODE

import pytest

from krm.records import os_user
from notify.person_file import SCHEMA, VERSION
from store import journal
from store.case import OFFICE
from store.database import Database
from store.keys import KeyRing
from tests.krm.calling import ROOT, Krm, Said
from tests.krm.initialised import KEY, changed
from tests.krm.offices import office, reader
from tests.office import Story

ERIKA, OTHER = "erika.muster@mail.example", "em@other.example"
EXPORT = ("person", "export")


def records(krm: Krm) -> Database:
    return Database(f"sqlite:///{krm.folder}/krm.db")


@pytest.fixture
def kept(krm: Krm) -> Krm:
    """An office in which two people called Erika Muster have complained and one called Otto Bruhn."""
    office(krm.folder)
    database = records(krm)
    database.upgrade()
    story = Story(database)
    story.bot = replace(story.bot, keys=KeyRing({"k1": KEY.encode()}, "k1"))
    story.arrives("Frau Krause ließ mich zwei Stunden warten.", sender=f"Erika Muster <{ERIKA}>")
    story.passes()
    story.replies(story.letter("meier@jobcenter.example", "confirmation_request"), "ok")
    story.passes()
    story.arrives("Niemand hebt ab.", sender=f'"Muster, Erika" <{OTHER}>')
    story.arrives("Ich warte.", sender="Otto Bruhn <otto@mail.example>")
    story.passes()
    database.close()
    return krm


def entries(krm: Krm, chain: str = OFFICE) -> list[tuple[str, str, tuple[str, ...]]]:
    database = records(krm)
    with database.transaction() as connection:
        found = journal.read(connection, chain)
    database.close()
    return [(e.action, e.person, e.refs) for e in found if e.action in ("person-searched", "person-exported", "read")]


def exported(krm: Krm, who: str, *words: str | Path) -> tuple[Path, Path]:
    said = krm(*EXPORT, who, *words)
    assert said.code == 0, said.err
    pdf, told = map(Path, said.out.splitlines())
    return krm.folder / pdf, krm.folder / told


def test_a_pdf_and_the_same_as_json_are_written_for_their_owner_alone(kept: Krm, tmp_path: Path) -> None:
    out = tmp_path / "Auskunft"
    out.mkdir()

    pdf, told = exported(kept, ERIKA, "--out", out)

    assert {pdf, told} == set(out.iterdir())
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert [S_IMODE(path.stat().st_mode) for path in (pdf, told)] == [0o600, 0o600]
    assert "muster" not in pdf.name.casefold()
    found = json.loads(told.read_text("utf-8"))
    assert (found["schema"], found["version"]) == (SCHEMA, VERSION) == ("krm-person", 1)
    assert (found["names"], found["addresses"]) == (["Erika Muster"], [ERIKA])
    (case,) = found["cases"]
    text = case["received"][0]["text"]
    assert [text["text"][slice(*span)] for span in text["check"]] == ["Krause"]


def test_written_again_it_takes_the_place_of_the_first(kept: Krm, tmp_path: Path) -> None:
    assert exported(kept, ERIKA, "--out", tmp_path) == exported(kept, ERIKA, "--out", tmp_path)


def test_as_json_the_command_says_where_it_wrote_and_how_much_is_to_be_checked(kept: Krm) -> None:
    said = kept(*EXPORT, ERIKA, "--json").object

    assert list(said) == ["id", "cases", "to_check", "named_in", "shared", "files"]
    assert said["cases"] == 1
    assert said["to_check"] > 0
    assert all((kept.folder / file).exists() for file in said["files"])


def test_every_key_of_the_json_is_documented(kept: Krm) -> None:
    documented = set(re.findall(r"`([a-z_]+)`", (ROOT / "docs/auskunft.md").read_text("utf-8")))

    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {k for inner in value.values() for k in keys(inner)}
        return {k for inner in value for k in keys(inner)} if isinstance(value, list) else set()

    _, told = exported(kept, ERIKA)
    assert keys(json.loads(told.read_text("utf-8"))) - documented == set()


def test_where_several_may_be_meant_they_are_listed_and_nothing_is_done(kept: Krm) -> None:
    said = kept(*EXPORT, "erika muster", "--json")

    assert said.code == 1
    assert "--also" in said.err
    assert sorted(tuple(o["addresses"]) for o in said.objects) == [("e…@other.example",), ("e…r@mail.example",)]
    assert ERIKA not in said.out
    assert not list(kept.folder.glob("Auskunft*"))
    assert [e[0] for e in entries(kept)] == ["person-searched"]


def ids(krm: Krm) -> dict[str, str]:
    return {o["addresses"][0]: o["id"] for o in krm(*EXPORT, "Muster", "--json").objects}


def test_one_of_them_is_chosen_by_id(kept: Krm) -> None:
    _, told = exported(kept, ids(kept)["e…@other.example"])

    assert json.loads(told.read_text("utf-8"))["addresses"] == [OTHER]


def test_or_both_are_said_to_be_one_person(kept: Krm) -> None:
    known = ids(kept)

    _, told = exported(kept, known["e…r@mail.example"], "--also", known["e…@other.example"])

    found = json.loads(told.read_text("utf-8"))
    assert (sorted(found["addresses"]), len(found["cases"])) == (sorted([ERIKA, OTHER]), 2)


def test_a_part_of_a_name_is_asked_about_even_if_it_means_one(kept: Krm) -> None:
    said = kept(*EXPORT, "Bruhn")

    assert said.code == 1
    assert "o…o@mail.example" in said.out
    assert "only a part of the name" in said.err
    assert not list(kept.folder.glob("Auskunft*"))


@pytest.mark.parametrize("who", ["nils@mail.example", "Nils Nachbar", "a" * 20])
def test_of_nobody_nothing_is_written(kept: Krm, who: str) -> None:
    said = kept(*EXPORT, who)

    assert (said.code, said.out) == (1, "")
    assert "nothing is stored" in said.err


def test_search_and_answer_are_in_the_journal_without_a_name(kept: Krm) -> None:
    _, told = exported(kept, ERIKA)

    found = json.loads(told.read_text("utf-8"))
    (key,) = found["keys"]
    assert entries(kept) == [
        ("person-searched", "krm", (f"person:{key}",)),
        ("person-exported", "krm", (f"person:{key}",)),
    ]
    assert entries(kept, found["cases"][0]["id"]) == [("read", "krm", ())]


def test_the_next_answer_tells_of_the_one_before(kept: Krm) -> None:
    exported(kept, ERIKA)
    _, told = exported(kept, ERIKA)

    actions = [e["action"] for e in json.loads(told.read_text("utf-8"))["journal"]]
    assert "person-exported" in actions


def refused(said: Said) -> str:
    assert (said.code, said.out) == (1, "")
    return said.err


def test_only_officer_deputy_and_data_protection_look_somebody_up(kept: Krm) -> None:
    toml = kept.folder / "krm.toml"
    reader(toml, os_user(), "gf")

    assert "only officer, deputy" in refused(kept(*EXPORT, ERIKA, "--as", "gf"))

    changed(toml, f'user = "{os_user()}"', 'user = "somebody-else"')
    assert "[[org.access]]" in refused(kept(*EXPORT, ERIKA, "--as", "krm"))
    assert entries(kept) == []


def test_a_search_by_name_holds_few_rows_at_once(kept: Krm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.persons.MANY", {"yield_per": 1})
    monkeypatch.setattr("store.persons.FEW", {"yield_per": 1})

    assert len(kept(*EXPORT, "Muster", "--json").objects) == 2


def test_a_folder_that_cannot_be_written_to_is_named(kept: Krm, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("krm.commands.person.os.open", full)

    assert "No space left on device" in refused(kept(*EXPORT, ERIKA))
