"""What each command shows of mails, Cases and people, and what guards it (GA 3.3): a new command needs a row here."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib import import_module
from pathlib import Path

import click
import pytest

from krm.cli import COMMANDS, main
from krm.records import os_user
from store.database import Database
from store.journal import read as entries_of
from store.keys import KeyRing
from tests.krm.calling import Krm
from tests.krm.initialised import KEY, changed
from tests.krm.offices import office
from tests.office import CITIZEN, Story

SECRETS = ("Erika", "Muster", CITIZEN, "Brandmelder", "Rauchwolke", "Dachrinnen", "Frau M.")


class Guard(StrEnum):
    """What keeps content from whoever may not see it."""

    PERSON = "shows content: to people of the access list only, by name, and the look is in the journal"
    LISTED = "shows ids, days and figures of Cases, to people of the access list only"
    FIGURES = "shows ids and figures: nobody can tell from it who wrote, or what"
    OWN_FILES = "reads what the caller hands it, which they can read anyway, and never the records"
    KEY = "the administrator's: needs the office's key, and what it writes is sealed with it or is no content"


@dataclass(frozen=True, slots=True)
class Row:
    """`words` call it so that it shows as much as it can; `noted` is what the journal calls the look."""

    guard: Guard
    words: tuple[str, ...] = ()
    noted: str = ""


CASE = "KRM-2026-0001"
ROWS = {
    "init": Row(Guard.OWN_FILES),
    "doctor": Row(Guard.FIGURES),
    "run": Row(Guard.FIGURES),  # the service: shows less than `once`, which makes the same passes
    "once": Row(Guard.FIGURES),
    "retry": Row(Guard.FIGURES),
    "cases": Row(Guard.LISTED, noted="cases-read"),
    "case": Row(Guard.PERSON, (CASE,), "read"),
    "parse": Row(Guard.OWN_FILES),
    "classify": Row(Guard.OWN_FILES),
    "due": Row(Guard.OWN_FILES),
    "train": Row(Guard.OWN_FILES),
    "evaluate": Row(Guard.OWN_FILES),
    "simulate": Row(Guard.OWN_FILES),
    "learn": Row(Guard.FIGURES),  # reads confirmed mails to learn from; shows how many, and how well
    "model": Row(Guard.FIGURES),
    "model use": Row(Guard.LISTED, ("shipped",)),
    "form blank": Row(Guard.OWN_FILES),
    "report": Row(Guard.PERSON, ("--month", "2026-11"), "report-read"),
    "person export": Row(Guard.PERSON, (CITIZEN,), "person-exported"),
    "person erase": Row(Guard.PERSON, (CITIZEN, "--yes"), "person-searched"),
    "retention plan": Row(Guard.LISTED),
    "retention offer": Row(Guard.LISTED),
    "retention delete": Row(Guard.LISTED),
    "retention hold": Row(Guard.LISTED, (CASE, "--reason", "Rauchwolke")),
    "retention release": Row(Guard.LISTED, (CASE,)),
    "retention deleted": Row(Guard.LISTED),
    "journal verify": Row(Guard.FIGURES),
    "key list": Row(Guard.KEY),
    "key rotate": Row(Guard.KEY, ("--show",)),
    "key encrypt": Row(Guard.KEY),
    "backup": Row(Guard.KEY, ("copy.krmb",)),
    "restore": Row(Guard.KEY, ("copy.krmb",)),
}


def command(name: str) -> click.Command:
    first, _, second = name.partition(" ")
    found = main.get_command(click.Context(main), first)
    assert found is not None
    return found.commands[second] if second and isinstance(found, click.Group) else found


def options(name: str) -> set[str]:
    return {option for parameter in command(name).params for option in parameter.opts}


def all_commands() -> Iterator[str]:
    for name in COMMANDS:
        found = command(name)
        if not isinstance(found, click.Group) or found.invoke_without_command:
            yield name
        if isinstance(found, click.Group):
            yield from (f"{name} {inner}" for inner in found.commands)


def guarded(*guards: Guard) -> list[str]:
    return [name for name, row in ROWS.items() if row.guard in guards]


@pytest.fixture
def kept(krm: Krm) -> Krm:
    """An office with a recorded Case, a note of the officer and a mail put aside, all of Erika Muster."""
    office(krm.folder)
    database = Database(f"sqlite:///{krm.folder}/krm.db")
    database.upgrade()
    story = Story(database)
    story.bot = replace(story.bot, keys=KeyRing({"k1": KEY.encode()}, "k1"))
    story.arrives("Unter dem Brandmelder.", sender=f"Erika Muster <{CITIZEN}>", subject="Rauchwolke")
    story.passes()
    story.replies(story.letter("meier@jobcenter.example", "confirmation_request"), "ok\nNotiz: Frau M. weiß davon.")
    story.passes()
    database.close()
    return krm


def actions(krm: Krm) -> list[str]:
    """Of all chains that a look may be noted in."""
    database = Database(f"sqlite:///{krm.folder}/krm.db")
    with database.transaction() as connection:
        ids = connection.exec_driver_sql("SELECT DISTINCT chain FROM journal").scalars().all()
        found = [entry.action for chain in ids for entry in entries_of(connection, chain)]
    database.close()
    return found


def strange(krm: Krm) -> None:
    """Whoever runs this is on nobody's list."""
    changed(krm.folder / "krm.toml", f'user = "{os_user()}"', 'user = "somebody-else"')


def test_every_command_has_a_row() -> None:
    assert sorted(all_commands()) == sorted(ROWS)


@pytest.mark.parametrize("name", guarded(Guard.PERSON, Guard.LISTED))
def test_whoever_sees_it_says_as_whom(name: str) -> None:
    assert "--as" in options(name)


@pytest.mark.parametrize("name", guarded(Guard.PERSON, Guard.LISTED))
def test_who_is_not_on_the_list_sees_nothing_and_changes_nothing(kept: Krm, name: str) -> None:
    before = actions(kept)
    strange(kept)

    said = kept(*name.split(), *ROWS[name].words)

    assert (said.code, said.out) == (1, "")
    assert "[[org.access]]" in said.err
    assert actions(kept) == before


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.noted or row.guard is Guard.PERSON])
def test_a_look_at_cases_is_in_the_journal(kept: Krm, name: str) -> None:
    row = ROWS[name]
    assert row.noted not in actions(kept)

    kept(*name.split(), *row.words)

    assert row.noted in actions(kept)


OUTPUTS = [
    (name, flag)
    for name in guarded(Guard.LISTED, Guard.FIGURES, Guard.KEY)
    for flag in ("--verbose", "--json")
    if name != "run" and flag in options(name) | {"--verbose"}
]


@pytest.mark.parametrize(("name", "flag"), OUTPUTS)
def test_what_shows_no_content_shows_none(kept: Krm, name: str, flag: str) -> None:
    if name == "restore":
        assert kept("backup", "copy.krmb").code == 0

    said = kept("--verbose", *name.split(), *ROWS[name].words, *({flag} - {"--verbose"}))

    assert [word for word in SECRETS if word in said.out + said.err] == []


def test_a_backup_is_sealed(kept: Krm) -> None:
    kept("backup", "copy.krmb")

    content = (kept.folder / "copy.krmb").read_bytes()
    assert [word for word in SECRETS if word.encode() in content] == []


@pytest.mark.parametrize("name", guarded(Guard.KEY))
def test_without_the_office_s_key_there_is_neither_backup_nor_key(kept: Krm, name: str) -> None:
    if name == "restore":
        assert kept("backup", "copy.krmb").code == 0
    (kept.folder / "krm.key").unlink()

    said = kept(*name.split(), *ROWS[name].words)

    assert said.code == 1
    assert [word for word in SECRETS if word in said.out + said.err] == []


RECORDS = ("krm.commands.opening", "krm.commands.keeping", "krm.sealing", "store.database", "store.archive")
"""What opens the records, or leads there."""


@pytest.mark.parametrize("name", guarded(Guard.OWN_FILES))
def test_what_reads_the_caller_s_files_cannot_open_the_records(name: str) -> None:
    module = import_module(f"krm.commands.{COMMANDS[name.partition(' ')[0]].module}")
    tree = ast.parse(Path(str(sys.modules[module.__name__].__file__)).read_text("utf-8"))
    modules = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    modules |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}

    assert modules.isdisjoint(RECORDS)
