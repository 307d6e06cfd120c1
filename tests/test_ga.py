"""Every clause of the Geschäftsanweisung is kept somewhere and shown by a test, and docs/ga.md says where."""

import pytest

from tests import ga

ROWS = ga.rows()


@pytest.mark.parametrize("row", ROWS, ids=[row.clause for row in ROWS])
def test_a_clause_is_kept_in_the_code_and_shown_by_a_test(row: ga.Kept) -> None:
    assert row.code, "no file names it"
    assert row.tests, "no test names it"


def test_the_page_is_as_the_code_stands() -> None:
    """After a change: python -m tests.ga."""
    assert ga.PAGE.read_text("utf-8") == ga.page()
