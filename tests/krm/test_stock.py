"""The model in use, whatever became of its file: then the shipped one judges, and where there is none rules alone."""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from classify import fingerprint, model
from classify.anlage3 import shipped
from classify.coding import Text
from classify.model import Model, ModelUnusable
from ingest.office import Role
from krm import models
from krm.choosing import CHOSEN, Chooser, choose
from krm.judge import Judge
from krm.models import Untrainable
from krm.stock import Stock, before
from store import journal, uses
from store.case import OFFICE as CHAIN
from store.database import Database, DatabaseBusy
from store.uses import SHIPPED, Use
from tests.krm import learners
from tests.krm.learners import SEALED, Trainer
from tests.office import MONDAY, OFFICE, OFFICER

BY = Chooser(OFFICER, Role.OFFICER, MONDAY)


@pytest.fixture
def trainer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trained: Model) -> Trainer:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return learners.trainer(monkeypatch, trained)


@pytest.fixture
def stock(tmp_path: Path, corpus: Path, trainer: Trainer) -> Stock:
    return learners.stock(tmp_path, corpus)


@pytest.fixture
def own(stock: Stock, trained: Model) -> Model:
    """A model the office made itself."""
    made = replace(trained, fingerprint=replace(fingerprint.of(shipped().digest, ()), corpus="0" * 64))
    stock.save(made)
    return made


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = Database(f"sqlite:///{tmp_path}/krm.db")
    made.upgrade()
    made.close()
    return made


def test_the_model_named_is_the_one_that_judges(stock: Stock, own: Model) -> None:
    found = stock.standing(own.id)

    assert found.model is not None
    assert (found.name, found.model.id, found.why) == (own.id, own.id, "")
    assert stock.names() == (own.id,)


def rewritten(path: Path, made: Model, key: bytes | None = SEALED) -> None:
    model.save(made, path, key)


def aged(made: Model, **fields: object) -> Model:
    return replace(made, fingerprint=replace(made.fingerprint, **fields))  # type: ignore[arg-type]


HARM: dict[str, tuple[Callable[[Path, Model], object], str]] = {
    "gone": (lambda path, _: path.unlink(), "No such file"),
    "emptied": (lambda path, _: path.write_bytes(b""), "not a model file"),
    "cut off": (lambda path, _: path.write_bytes(path.read_bytes()[:-9]), "the seal does not fit"),
    "somebody else may write to it": (lambda path, _: path.chmod(0o666), "does not belong to this user alone"),
    "of another office": (lambda path, made: rewritten(path, made, b"another key"), "the seal does not fit"),
    "of another program": (lambda path, made: rewritten(path, aged(made, code="f" * 64)), "holds another model"),
    "of another model": (lambda path, made: rewritten(path, aged(made, corpus="f" * 64)), "holds another model"),
}


@pytest.mark.parametrize(("harm", "why"), HARM.values(), ids=HARM.keys())
def test_a_file_that_cannot_be_used_is_told_and_the_shipped_model_judges(
    stock: Stock, own: Model, caplog: pytest.LogCaptureFixture, harm: Callable[[Path, Model], object], why: str
) -> None:
    harm(stock.path(own.id), own)

    found = stock.standing(own.id)

    assert (found.name, found.model is not None) == (SHIPPED, True)
    assert why in found.why
    assert "the model in use cannot be used, the shipped one judges" in caplog.text


@pytest.mark.parametrize(
    "fields", [{"format_version": 1}, {"code": "f" * 64}, {"taxonomy": "f" * 64}, {"libraries": ("numpy 1.0",)}]
)
def test_a_model_of_another_version_is_told_and_the_shipped_one_judges(
    stock: Stock, trained: Model, fields: dict[str, object]
) -> None:
    old = aged(trained, **fields)
    stock.save(old)

    found = stock.standing(old.id)

    assert found.name == SHIPPED
    assert "of another version" in found.why


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0F3A91C2B45D6E78", "0f3a91c2b45d6e7", "shipped/"])
def test_what_is_no_id_leads_to_no_file(stock: Stock, name: str) -> None:
    with pytest.raises(ModelUnusable, match="is no id of a model"):
        stock.load(name)
    assert stock.standing(name).name == SHIPPED


def test_where_even_the_shipped_one_cannot_be_trained_rules_alone_judge(
    stock: Stock, database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def nothing(*_: object) -> Model:
        raise Untrainable("0 Beispiele mit weniger als zwei Arten")

    monkeypatch.setattr(models, "train", nothing)
    judge = Judge(database, stock, shipped(), OFFICE)
    judge.look_again()

    (found,) = judge([Text("1", "", "", "Ich lege Widerspruch gegen den Bescheid vom 4. Mai ein.")])

    assert "rules alone judge: 0 Beispiele" in caplog.text
    assert (found.model, found.sure, found.proposed, found.remedy) == ("", False, (), True)


def test_before_the_shipped_model_the_last_good_one_judges(
    stock: Stock, own: Model, caplog: pytest.LogCaptureFixture
) -> None:
    newer = aged(own, corpus="1" * 64)
    stock.save(newer)
    stock.path(newer.id).write_bytes(b"")

    found = stock.standing(newer.id, before((Use(own.id, MONDAY), Use(SHIPPED, MONDAY), Use(newer.id, MONDAY))))
    assert found.name == SHIPPED
    found = stock.standing(newer.id, before((Use(SHIPPED, MONDAY), Use(own.id, MONDAY), Use(newer.id, MONDAY))))
    assert found.name == own.id
    assert "not a model file" in found.why
    assert f"the one before ({own.id}) judges" in caplog.text


def test_all_that_is_wrong_is_said_where_nothing_can_be_used(
    stock: Stock, own: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(*_: object) -> Model:
        raise Untrainable("mails-01.jsonl, line 1: no JSON")

    monkeypatch.setattr(models, "train", nothing)
    stock.path(own.id).write_bytes(b"")

    found = stock.standing(own.id)

    assert found.name == ""
    assert "not a model file" in found.why
    assert "mails-01.jsonl" in found.why


def test_a_form_that_cannot_be_read_costs_the_model_and_no_traceback(stock: Stock, own: Model, tmp_path: Path) -> None:
    (tmp_path / "form.toml").write_text("art = 3")
    broken = replace(stock, recipe=replace(stock.recipe, taxonomy=tmp_path / "form.toml"))

    assert broken.standing(own.id).name == ""


def test_a_file_that_was_put_back_is_used_at_the_next_look(
    stock: Stock, own: Model, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    content = stock.path(own.id).read_bytes()
    stock.path(own.id).write_bytes(b"")
    with database.transaction() as connection:
        uses.note(connection, Use(own.id, MONDAY))
    judge = Judge(database, stock, shipped(), OFFICE)
    for _ in range(3):
        judge.look_again()
    assert (judge.standing.name, len(caplog.records)) == (SHIPPED, 1)

    stock.path(own.id).write_bytes(content)
    judge.look_again()

    assert judge.standing.name == own.id


def test_other_files_of_the_folder_are_left_alone(stock: Stock, own: Model) -> None:
    for name in ("notes.txt", "model-old.krm", f"model-{'f' * 16}.krm"):
        (stock.folder / name).write_text("")

    stock.clear([own.id])

    assert {p.name for p in stock.folder.iterdir()} == {"notes.txt", "model-old.krm", stock.path(own.id).name}


def test_a_folder_that_is_not_there_holds_no_models(stock: Stock) -> None:
    assert stock.names() == ()
    stock.clear([])


def test_the_model_is_loaded_once_and_again_only_when_another_one_is_taken(
    stock: Stock, own: Model, database: Database, trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    honest = Stock.standing
    monkeypatch.setattr(
        Stock, "standing", lambda self, name, *before: loaded.append(name) or honest(self, name, *before)
    )
    judge = Judge(database, stock, shipped(), OFFICE)

    for _ in range(3):
        judge.look_again()
    with database.transaction() as connection:
        uses.note(connection, Use(own.id, MONDAY))
    for _ in range(3):
        judge.look_again()

    assert loaded == [SHIPPED, own.id]
    assert judge([Text("1", "", "", "Hallo")])[0].model == own.id


def entries(database: Database) -> list[journal.Entry]:
    with database.transaction() as connection:
        return [e for e in journal.read(connection, CHAIN) if e.action == CHOSEN]


def test_going_back_is_a_use_and_in_the_journal_with_the_person(stock: Stock, own: Model, database: Database) -> None:
    assert choose(database, stock, own.id, BY, lambda _: None)
    assert choose(database, stock, SHIPPED, BY, lambda _: None)

    with database.transaction() as connection:
        assert uses.history(connection) == (Use(own.id, MONDAY, "officer"), Use(SHIPPED, MONDAY, "officer"))
    there, back = entries(database)
    assert (there.role, there.person, there.refs) == (Role.OFFICER, "officer", (f"model:{own.id}", "from:shipped"))
    assert back.refs == ("model:shipped", f"from:{own.id}")


def test_what_is_in_use_already_is_not_taken_once_more(stock: Stock, own: Model, database: Database) -> None:
    assert not choose(database, stock, SHIPPED, BY, lambda _: None)
    assert choose(database, stock, own.id, BY, lambda _: None)
    assert not choose(database, stock, own.id, BY, lambda _: None)
    assert len(entries(database)) == 1


def test_a_model_that_cannot_be_used_is_never_chosen(stock: Stock, own: Model, database: Database) -> None:
    stock.path(own.id).write_bytes(b"")

    for name in (own.id, "f" * 16, "latest"):
        with pytest.raises(ModelUnusable):
            choose(database, stock, name, BY, lambda _: None)
    assert entries(database) == []


def test_while_a_pass_goes_on_a_choice_waits(stock: Stock, own: Model, database: Database) -> None:
    other = Database(str(database.url))
    slept: list[float] = []

    with other.exclusive(), pytest.raises(DatabaseBusy):
        choose(database, stock, own.id, BY, slept.append)
    other.close()

    assert sum(slept) == pytest.approx(59)
    assert entries(database) == []


def test_a_fallback_is_logged_with_a_path_and_nothing_of_anybody(
    stock: Stock, own: Model, caplog: pytest.LogCaptureFixture
) -> None:
    stock.path(own.id).unlink()
    with caplog.at_level(logging.WARNING):
        stock.standing(own.id)

    assert [r.levelname for r in caplog.records] == ["WARNING"]
