"""`krm journal verify`: whole, or what is not and where; for people and for programs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database import Database
from tests.krm.calling import Krm
from tests.krm.offices import office
from tests.office import OFFICER, Story
from tests.store.making import unguarded


@pytest.fixture
def database(krm: Krm) -> Iterator[Database]:
    office(krm.folder)
    made = Database(f"sqlite:///{krm.folder}/krm.db")
    made.upgrade()
    yield made
    made.close()


@pytest.fixture
def kept(krm: Krm, database: Database) -> Krm:
    """An office after a day and a morning: what the first day brought is anchored."""
    story = Story(database)
    story.arrives("Ich habe gestern zwei Stunden gewartet.")
    story.passes()
    story.replies(story.letter(OFFICER, "confirmation_request"), "ok")
    story.passes()
    story.wait(days=1)
    story.passes()
    return krm


def spoil(database: Database, statement: str) -> None:
    with database.transaction() as connection:
        unguarded(connection)
        connection.exec_driver_sql(statement)


def test_an_untouched_journal_is_told_as_whole_with_its_newest_anchor_to_be_noted(kept: Krm) -> None:
    said = kept("journal", "verify", "--json")

    assert said.code == 0
    assert (said.object["whole"], said.object["broken"], said.object["anchors"]) == (True, [], 2)
    assert said.object["newest_anchor"]["day"] == "2026-11-23"
    assert kept("journal", "verify").out.startswith("whole: ")
    assert said.object["newest_anchor"]["digest"] in kept("journal", "verify").out


def test_a_changed_entry_is_told_with_its_chain_and_position(kept: Krm, database: Database) -> None:
    spoil(database, "UPDATE journal SET person = 'gf' WHERE action = 'instructed'")

    said = kept("journal", "verify", "--json")
    (broken,) = said.object["broken"]

    assert (said.code, said.object["whole"]) == (1, False)
    assert broken["chain"].startswith("E-")
    assert f"chain {broken['chain']}, position {broken['position']}: changed" in kept("journal", "verify").out
    assert "not whole" in said.err


def test_a_chain_cut_at_its_end_is_told_by_its_anchor(kept: Krm, database: Database) -> None:
    last = "SELECT max(j.id) FROM journal j, anchors a WHERE j.id <= a.last AND j.chain LIKE 'E-%%'"
    spoil(database, f"DELETE FROM journal WHERE id = ({last.replace('%%', '%')})")

    said = kept("journal", "verify")

    assert said.code == 1
    assert "anchor 2026-11-23: " in said.out


def test_a_missing_newest_anchor_is_told_until_a_pass_makes_it_anew(kept: Krm, database: Database) -> None:
    spoil(database, "DELETE FROM anchors")

    assert "is missing" in kept("journal", "verify").out
    with database.exclusive():  # a pass is at work: it may not have come to it yet
        assert kept("journal", "verify").code == 0


def test_a_last_day_cut_off_with_its_anchor_is_told(kept: Krm, database: Database) -> None:
    spoil(database, "DELETE FROM journal WHERE id > (SELECT last FROM anchors WHERE day = '2026-11-22')")
    spoil(database, "DELETE FROM anchors WHERE day > '2026-11-22'")

    said = kept("journal", "verify")

    assert said.code == 1
    assert "2026-11-23: an anchor of this day or a later one is missing" in said.out


@pytest.mark.parametrize("broken", [True, False], ids=["a pass that broke off", "a whole pass"])
def test_a_pass_leaves_the_anchor_of_the_day_before_wherever_it_breaks_off(
    krm: Krm, database: Database, broken: bool
) -> None:
    """A backup may be made in the middle of one, and be restored."""
    story = Story(database)
    story.passes()
    story.wait(days=5)
    if broken:
        story.mailbox.fail("session", RuntimeError("the machine goes off"))
        with pytest.raises(RuntimeError):
            story.passes()
    else:
        story.passes()

    assert krm("journal", "verify").out.startswith("whole: ")


def test_before_the_first_pass_there_is_no_journal(krm: Krm) -> None:
    office(krm.folder)

    said = krm("journal", "verify")

    assert (said.code, said.out) == (1, "")
    assert "krm once" in said.err
    assert not list(Path(krm.folder).glob("krm.db*"))
