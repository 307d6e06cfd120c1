"""A story gets an office on an empty database and must have read every letter at its end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database import Database
from tests.office import Story


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    database = Database(f"sqlite:///{tmp_path}/krm.db")
    database.upgrade()
    told = Story(database)
    yield told
    database.close()
    told.nothing_went_out()
