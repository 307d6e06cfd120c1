"""`krm cases`, `krm case`: for people of the access list, every look at content is in the journal."""

from pathlib import Path

import pytest

from ingest.office import Role
from krm import records
from store.case import OFFICE
from store.database import Database
from store.journal import read as entries_of
from tests.krm.calling import Krm
from tests.krm.initialised import changed
from tests.krm.offices import office, reader
from tests.office import Story

ROW = ["id", "number", "state", "arrived", "art", "confirmed", "acknowledged", "acknowledge_by", "target"]
CONTENT = [*ROW, "facts", "reactions", "suggestion", "confirmation", "deadlines", "letters", "journal"]
WORDS = "Ich habe gestern zwei Stunden gewartet."


@pytest.fixture
def kept(krm: Krm) -> Krm:
    """An office with two Cases: one confirmed and numbered, one still open."""
    office(krm.folder)
    database = Database(f"sqlite:///{krm.folder}/krm.db")
    database.upgrade()
    story = Story(database)
    story.arrives(WORDS)
    story.passes()
    story.replies(story.letter("meier@jobcenter.example", "confirmation_request"), "ok")
    story.passes()
    story.arrives("Noch eine Beschwerde: das Telefon \x1b[2J schweigt.", sender="otto@mail.example")
    story.passes()
    database.close()
    return krm


def journal(krm: Krm) -> list[tuple[str, str]]:
    """Who did what to the first Case, without a look that would be noted too."""
    found = krm("case", "KRM-2026-0001", "--json").object["journal"]
    return [(e["action"], e["person"]) for e in found][:-1]


def test_all_cases_are_listed_oldest_first_without_content(kept: Krm) -> None:
    said = kept("cases", "--json")

    assert (said.code, said.err) == (0, "")
    assert [list(o) for o in said.objects] == [ROW, ROW]
    assert [o["number"] for o in said.objects] == ["KRM-2026-0001", None]
    assert [o["confirmed"] for o in said.objects] == [True, False]
    assert said.objects[0] | {"id": "", "arrived": "", "acknowledged": ""} == {
        "id": "",
        "number": "KRM-2026-0001",
        "state": said.objects[0]["state"],
        "arrived": "",
        "art": "beschwerde",
        "confirmed": True,
        "acknowledged": "",
        "acknowledge_by": "2026-11-26",
        "target": "2026-12-07",
    }
    assert "mail.example" not in said.out


def test_many_cases_are_listed_too(kept: Krm, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = kept("cases", "--json").out
    monkeypatch.setattr(records, "GROUP", 1)

    assert kept("cases", "--json").out == whole


def test_for_people_a_case_is_a_line(kept: Krm) -> None:
    first, second = kept("cases").out.splitlines()

    assert first.startswith("KRM-2026-0001  ")
    assert "beschwerde  arrived 2026-11-23  acknowledged 2026-11-23  target 2026-12-07" in first
    assert "beschwerde?  arrived 2026-11-23  acknowledge by 2026-11-26" in second


@pytest.mark.parametrize("key", ["KRM-2026-0001", "krm-2026-0001", " KRM-2026-0001 ", "by id"])
def test_a_case_is_found_by_its_number_and_by_its_id(kept: Krm, key: str) -> None:
    wanted = kept("cases", "--json").objects[0]["id"].lower() if key == "by id" else key

    found = kept("case", wanted, "--json").object

    assert found["number"] == "KRM-2026-0001"
    assert list(found) == CONTENT


def test_a_case_is_shown_with_facts_suggestion_confirmation_deadlines_letters_and_journal(kept: Krm) -> None:
    found = kept("case", "KRM-2026-0001", "--json").object

    (reaction,) = found["reactions"]
    assert WORDS in reaction["text"]
    assert reaction["suggestion"] == found["suggestion"]
    assert found["suggestion"]["types"][0]["id"] == found["confirmation"]["type"] == "beschwerde"
    assert found["facts"]["concerns"] == ["organisation.wartezeit"]
    assert found["deadlines"] | {"calculation": []} == {
        "acknowledge_by": "2026-11-26",
        "day14": "2026-12-07",
        "target": "2026-12-07",
        "latest": "2026-12-07",
        "calculation": [],
    }
    assert any("§ 187 BGB" in line for line in found["deadlines"]["calculation"])
    assert {x["duty"] for x in found["letters"]} >= {"confirmation_request", "acknowledgement", "receipt"}
    assert {x["state"] for x in found["letters"]} == {"sent"}


def test_a_look_at_the_list_is_noted_once_and_in_no_case(kept: Krm) -> None:
    before = len(journal(kept))
    kept("cases")
    kept("cases", "--open", "--json")

    database = Database(f"sqlite:///{kept.folder}/krm.db")
    with database.transaction() as connection:
        noted = [e for e in entries_of(connection, OFFICE) if e.action == "cases-read"]
    database.close()
    assert [(e.person, e.role, e.refs) for e in noted] == [
        ("krm", Role.OFFICER, ("all",)),
        ("krm", Role.OFFICER, ("open",)),
    ]
    assert len(journal(kept)) == before + 1, "the look of this test alone"


def test_every_reading_of_a_case_is_in_its_journal(kept: Krm) -> None:
    assert ("read", "krm") not in journal(kept)

    kept("case", "KRM-2026-0001")

    assert journal(kept)[-2:] == [("read", "krm"), ("read", "krm")]


def test_for_people_a_mail_cannot_steer_the_terminal(kept: Krm) -> None:
    key = kept("cases", "--json").objects[1]["id"]

    said = kept("case", key)

    assert said.code == 0
    assert "schweigt." in said.out
    assert "\x1b" not in said.out


@pytest.mark.parametrize("key", ["KRM-2026-0099", "E-XXXX", "", "'; drop table cases; --", "KRM-2026-" + "9" * 30])
def test_a_case_there_is_not_is_a_fault(kept: Krm, key: str) -> None:
    said = kept("case", key, "--json")

    assert (said.code, said.out) == (1, "")
    assert "there is no Case" in said.err


@pytest.mark.parametrize("words", [("cases", "--json"), ("case", "KRM-2026-0001", "--json")])
def test_who_is_not_on_the_access_list_sees_nothing_and_nothing_is_noted(kept: Krm, words: tuple[str, ...]) -> None:
    toml = kept.folder / "krm.toml"
    listed = f'user = "{records.os_user()}"'
    before = journal(kept)
    changed(toml, listed, 'user = "somebody-else"')

    said = kept(*words)
    pretending = kept(*words, LOGNAME="somebody-else", USER="somebody-else", LNAME="somebody-else")

    assert (said.code, said.out) == (pretending.code, pretending.out) == (1, "")
    assert "[[org.access]]" in said.err
    changed(toml, 'user = "somebody-else"', listed)
    assert journal(kept) == [*before, ("read", "krm")]


def test_somebody_may_read_as_a_person_they_are_listed_for_and_as_no_other(kept: Krm) -> None:
    refused = kept("case", "KRM-2026-0001", "--as", "gf", "--json")
    assert (refused.code, refused.out) == (1, "")
    assert "may not act as gf" in refused.err

    reader(kept.folder / "krm.toml", records.os_user(), "gf")
    entry = kept("case", "KRM-2026-0001", "--as", "gf", "--json").object["journal"][-1]
    assert (entry["action"], entry["person"], entry["role"]) == ("read", "gf", "management")
    assert kept("case", "KRM-2026-0001", "--json").object["journal"][-1]["person"] == "krm"


def test_before_the_first_pass_there_is_nothing_to_see_and_no_database_is_made(krm: Krm) -> None:
    office(krm.folder)

    for words in (("cases",), ("case", "KRM-2026-0001")):
        said = krm(*words)
        assert said.code == 1
        assert "krm once" in said.err
    assert not list(krm.folder.glob("krm.db*"))


@pytest.mark.parametrize("name", ["krm.key", "mailbox.password"])
def test_reading_needs_no_secret_of_the_servers(kept: Krm, name: str) -> None:
    Path(kept.folder / name).unlink()

    assert kept("cases").code == 0
