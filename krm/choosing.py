"""Another model is taken into use: by a night's learning, or by a person, who may go back to an earlier one."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from ingest.office import Person, Role
from krm.stock import Stock
from store import journal, uses
from store.case import OFFICE
from store.database import Database, DatabaseBusy
from store.journal import Entry
from store.uses import SHIPPED, Use

CHOSEN = "model-chosen"

TRIES = 60
PAUSE = 1.0
"""A pass holds the office for moments, so that somebody who has time gets their turn between two of them."""


@dataclass(frozen=True, slots=True)
class Chooser:
    """The person who takes another model into use, and when."""

    person: Person
    role: Role
    at: datetime


def choose(database: Database, stock: Stock, name: str, by: Chooser, sleep: Callable[[float], object]) -> bool:
    """Whether that changed anything. Raises ModelUnusable and Untrainable before it does; DatabaseBusy."""
    stock.load(name)
    with alone(database, sleep), database.transaction() as connection:
        before = uses.newest(connection)
        if name == (before.model if before else SHIPPED):
            return False
        uses.note(connection, Use(name, by.at, by.person.id))
        refs = (f"model:{name}", f"from:{before.model if before else SHIPPED}")
        journal.write(connection, [Entry(OFFICE, by.at, by.role, CHOSEN, by.person.id, refs)])
    return True


def alone(database: Database, sleep: Callable[[float], object]) -> ExitStack:
    """Hold the office, after waiting for a minute if need be. Raises DatabaseBusy."""
    for _ in range(TRIES - 1):
        held = ExitStack()
        try:
            held.enter_context(database.exclusive())
        except DatabaseBusy:
            sleep(PAUSE)
        else:
            return held
    held = ExitStack()
    held.enter_context(database.exclusive())
    return held
