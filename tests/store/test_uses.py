"""Which model judges is written down and never changed: the newest row holds."""

from datetime import timedelta

import pytest

from store import uses
from store.database import Database
from store.uses import SHIPPED, Use
from tests.store.making import MONDAY

STORY = (
    Use("0f3a91c2b45d6e78", MONDAY),
    Use("1f3a91c2b45d6e78", MONDAY + timedelta(days=1)),
    Use(SHIPPED, MONDAY + timedelta(days=2), "officer"),
)


def test_the_newest_use_holds_and_all_are_kept(database: Database) -> None:
    with database.transaction() as connection:
        assert uses.newest(connection) is None
        assert uses.history(connection) == ()
        for use in STORY:
            uses.note(connection, use)
            assert uses.newest(connection) == use
        assert uses.history(connection) == STORY


def test_a_clock_set_back_changes_nothing_of_the_order(database: Database) -> None:
    with database.transaction() as connection:
        uses.note(connection, STORY[1])
        uses.note(connection, STORY[0])

        assert uses.newest(connection) == STORY[0]


def test_going_back_to_an_earlier_model_is_a_use_of_its_own(database: Database) -> None:
    back = Use(STORY[0].model, MONDAY + timedelta(days=3), "officer")
    with database.transaction() as connection:
        for use in (*STORY, back):
            uses.note(connection, use)

        assert uses.newest(connection) == back
        assert len(uses.history(connection)) == 4


@pytest.mark.parametrize("by", ["", "officer"])
def test_a_use_says_who_chose(database: Database, by: str) -> None:
    with database.transaction() as connection:
        uses.note(connection, Use(SHIPPED, MONDAY, by))

        found = uses.newest(connection)

    assert found is not None
    assert found.by == by
