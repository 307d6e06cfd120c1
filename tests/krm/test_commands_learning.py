"""`krm learn`, `krm model`, `krm model use`: what they say, and that a person may go back."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from classify import examples as corpora
from classify import fingerprint, model
from classify.anlage3 import Anlage3, TaxonomyError, shipped
from classify.card import Bin
from classify.model import Model
from krm.commands.cards import plot
from store import journal
from store.case import OFFICE as CHAIN
from store.database import Database
from store.keys import KeyRing
from tests.classify import tiny
from tests.krm import learners
from tests.krm.calling import Krm
from tests.krm.confirming import confirm, examples
from tests.krm.conftest import written_corpus
from tests.krm.initialised import KEY, changed
from tests.krm.learners import Trainer
from tests.krm.offices import office
from tests.office import MONDAY, judged

SEAL = KeyRing({"k1": KEY.encode()}, "k1").seal()
OWN = "0" * 64
CARD = ["type_accuracy", "first_in_three", "calibration_error", "remedy_recall", "need_recall", "danger_recall"]


@pytest.fixture
def kept(krm: Krm) -> Krm:
    """An office with empty records."""
    office(krm.folder)
    database = Database(f"sqlite:///{krm.folder}/krm.db")
    database.upgrade()
    database.close()
    return krm


@pytest.fixture
def trainer(monkeypatch: pytest.MonkeyPatch, trained: Model, corpus: Path) -> Trainer:
    """Training takes no time, and the fixed test part is the tiny corpus."""
    monkeypatch.setattr(corpora, "held_back", lambda: (corpus,))
    return learners.trainer(monkeypatch, trained)


@pytest.fixture
def own(kept: Krm, trained: Model) -> str:
    """A model the office made itself."""
    made = replace(trained, fingerprint=replace(fingerprint.of(shipped().digest, ()), corpus=OWN))
    model.save(made, kept.folder / "models" / f"model-{made.id}.krm", SEAL)
    return made.id


def confirmed(krm: Krm, count: int, **fields: object) -> None:
    database = Database(f"sqlite:///{krm.folder}/krm.db")
    confirm(database, examples(count), MONDAY - timedelta(days=100), **fields)  # type: ignore[arg-type]
    database.close()


def said_in_journal(krm: Krm) -> list[tuple[str, str, str]]:
    database = Database(f"sqlite:///{krm.folder}/krm.db")
    with database.transaction() as connection:
        found = [(e.action, e.role.value, e.person) for e in journal.read(connection, CHAIN)]
    database.close()
    return found


def test_learning_says_in_one_line_what_came_of_it(kept: Krm, trainer: Trainer) -> None:
    confirmed(kept, 40)

    said = kept("learn", "--json")

    found = said.object
    assert said.code == 0
    assert list(found) == ["confirmed", "trained_on", "compared", "promoted", "model", "reasons", "figures"]
    assert (found["confirmed"], found["compared"], found["promoted"]) == (40, 10, True)
    assert {(f["part"], f["name"]) for f in found["figures"]} > {("test", "danger"), ("confirmed", "type")}
    assert kept("model", "--json").object["model"] == found["model"]
    assert [row[0] for row in said_in_journal(kept)] == ["model-promoted"]


def test_for_people_learning_is_shown_with_its_figures_side_by_side(kept: Krm, trainer: Trainer) -> None:
    confirmed(kept, 40)
    trainer.poor = True

    said = kept("learn")

    rows = {row.split()[0]: row.split()[1:] for row in said.out.splitlines() if row}
    assert rows["promoted"] == ["no"]
    assert len(rows["test.type"]) == 3
    assert "Fester Testteil" in said.out


def test_too_few_confirmations_are_no_fault(kept: Krm) -> None:
    confirmed(kept, 3)

    said = kept("learn", "--json")

    assert (said.code, said.err) == (0, "")
    assert said.object["reasons"] == ["Erst 3 bestätigte Vorgänge, nötig sind 30."]
    assert said.object["promoted"] is False


def test_before_the_first_pass_there_is_nothing_to_learn_from(krm: Krm) -> None:
    office(krm.folder)

    said = krm("learn")

    assert said.code == 1
    assert "krm once" in said.err
    assert not (krm.folder / "krm.db").exists()


@pytest.mark.parametrize("words", [("learn",), ("model", "use", "shipped")])
def test_without_the_office_s_key_no_model_is_made_or_chosen(kept: Krm, words: tuple[str, ...]) -> None:
    (kept.folder / "krm.key").unlink()

    said = kept(*words)

    assert said.code == 1
    assert "key" in said.err


def test_a_faulty_corpus_is_a_fault_of_learning(kept: Krm, trainer: Trainer, monkeypatch: pytest.MonkeyPatch) -> None:
    confirmed(kept, 40)
    monkeypatch.setattr(corpora, "held_back", lambda: (kept.folder / "missing.jsonl",))

    said = kept("learn", "--json")

    assert (said.code, said.out) == (1, "")
    assert "missing.jsonl" in said.err


def test_the_card_of_the_shipped_model_needs_no_office(krm: Krm) -> None:
    said = krm("model", "--json")

    found = said.object
    assert (said.code, said.err) == (0, "")
    assert (found["model"], found["examples"], found["confirmed"], found["hits"]) == ("shipped", 26, 0, None)
    assert set(CARD) <= set(found)
    assert [t["label"] for t in found["types"]] == [t.id for t in shipped().types]
    assert found["fingerprint"]["taxonomy"] == shipped().digest
    assert [(row["id"], row["in_use"]) for row in found["kept"]] == [("shipped", True)]


def test_for_people_the_card_is_tables_and_a_plot(krm: Krm) -> None:
    found = krm("model", "--json").object

    said = krm("model").out

    rows = said.splitlines()
    assert f"type_accuracy      {found['type_accuracy']:.3f}" in rows
    assert any(row.startswith("Dienstaufsichtsbeschwerde") for row in rows)
    assert any(row.startswith("Kommunale Dienstleistungen") for row in rows)
    plotted = [row for row in rows if row.count("|") == 1 and row[0].isdigit()]
    assert len(plotted) == len(found["bins"])
    assert plotted[-1].startswith(f"{found['bins'][-1]['said']:.2f} ")
    assert "Bußgeldverfahren" in said  # of which there is no example
    assert found["fingerprint"]["corpus"] in said
    assert "shipped  in use" in said


def test_a_plot_has_a_bar_as_long_as_it_held_and_a_mark_where_it_was_said() -> None:
    assert plot([Bin(0.25, 0.5, 8), Bin(1.0, 1.0, 3), Bin(0.5, 0.0, 1)]).splitlines() == [
        "0.25 ==========|=========                     0.50 of 8",
        "1.00 =======================================| 1.00 of 3",
        "0.50                     |                    0.00 of 1",
    ]
    assert plot([]) == "–"


def test_the_hit_rate_tells_accepted_from_corrected_and_from_always_saying_the_same(kept: Krm) -> None:
    confirmed(kept, 26)
    confirmed(kept, 4, suggestion=judged("lob", ("mitarbeiter.engagement",)))

    found = kept("model", "--json").object["hits"]
    said = kept("model").out

    assert (found["n"], found["unchanged"], found["type_right"]) == (30, 26, 26)
    assert found["confusions"] == [{"suggested": "lob", "recorded": "beschwerde", "times": 4}]
    assert (found["ordinary"], found["ordinary_right"]) == ("beschwerde", 12)
    rows = [row.split() for row in said.splitlines()]
    assert ["accepted", "unchanged", "87%", "–"] in rows
    assert ["always", '"Beschwerde"', "40%", "–"] in rows
    assert ["Lob", "->", "Beschwerde", "4"] in rows


def test_before_anything_was_confirmed_the_hit_rate_says_so(kept: Krm) -> None:
    assert "No suggestion was confirmed yet." in kept("model").out


def test_a_model_is_chosen_and_left_again_with_the_person_in_the_journal(kept: Krm, own: str) -> None:
    assert kept("model", "use", own, "--json").object == {"model": own, "changed": True}
    assert kept("model", "--json").object["model"] == own
    assert kept("model", "use", own).out == f"{own} is in use already\n"

    assert kept("model", "use", "shipped").out == "shipped is in use from now on\n"
    listed = kept("model", "--json").object["kept"]

    assert [(row["id"], row["in_use"]) for row in listed] == [("shipped", True), (own, False)]
    assert said_in_journal(kept) == [("model-chosen", "officer", "krm")] * 2


def test_the_card_of_another_model_is_shown_by_its_id(kept: Krm, own: str) -> None:
    found = kept("model", "--id", own, "--json").object

    assert (found["model"], found["id"]) == (own, own)
    assert {row["id"]: row["in_use"] for row in found["kept"]} == {own: False, "shipped": True}


@pytest.mark.parametrize("words", [("use", "f" * 16), ("use", "../krm"), ("--id", "f" * 16)])
def test_a_model_that_is_not_there_is_a_fault_and_changes_nothing(kept: Krm, words: tuple[str, ...]) -> None:
    said = kept("model", *words, "--json")

    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("krm: ")
    assert said_in_journal(kept) == []


def test_a_damaged_model_is_told_is_not_chosen_and_the_shipped_one_is_shown(kept: Krm, own: str) -> None:
    kept("model", "use", own)
    (kept.folder / "models" / f"model-{own}.krm").write_bytes(b"broken")

    shown = kept("model", "--json")
    kept("model", "use", "shipped")
    again = kept("model", "use", own)

    assert (shown.code, shown.object["model"]) == (0, "shipped")
    assert "not a model file" in shown.object["why"]
    assert {row["id"]: bool(row["why"]) for row in shown.object["kept"]} == {own: True, "shipped": False}
    assert again.code == 1
    assert "unusable" in kept("model").out


def test_only_people_of_the_access_list_choose(kept: Krm, own: str) -> None:
    said = kept("model", "use", own, "--as", "gf")
    assert (said.code, said.out) == (1, "")
    assert "may not act as gf" in said.err

    changed(kept.folder / "krm.toml", 'person = "krm"', 'person = "gf"')
    assert kept("model", "use", own).code == 0
    assert said_in_journal(kept) == [("model-chosen", "management", "gf")]


def test_choosing_has_its_own_help_with_an_example(krm: Krm) -> None:
    said = krm("model", "use", "--help")

    assert said.code == 0
    assert "krm model use shipped" in said.out
    assert "--as" in said.out


def test_an_office_whose_model_cannot_be_trained_goes_on_with_rules_alone(
    krm: Krm, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One type of mail only: nothing can be learned from that."""
    office(krm.folder)
    alike = written_corpus(tmp_path / "alike.jsonl", tiny.examples()[:5])
    monkeypatch.setattr("classify.examples.shipped", lambda: (alike,))

    said = krm("once", "--json", XDG_CACHE_HOME=str(tmp_path / "cache"))

    assert said.object["failed"] == 1  # the mailbox, nothing else
    assert krm("model", XDG_CACHE_HOME=str(tmp_path / "cache")).err.startswith("krm: there is no model")


def test_what_is_wrong_with_the_model_in_use_and_with_others_is_told(kept: Krm, own: str) -> None:
    kept("model", "use", own)
    (kept.folder / "models" / f"model-{own}.krm").write_bytes(b"broken")

    told = kept("model").out

    assert told.startswith("Another model was named, which cannot be used: ")
    assert told.count("not a model file") == 2  # above, and in the list


def test_a_damaged_form_is_a_fault_and_no_traceback(krm: Krm, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged() -> Anlage3:
        raise TaxonomyError("anlage3.toml: not readable as TOML")

    monkeypatch.setattr("classify.anlage3.shipped", damaged)

    assert krm("model").err == "krm: anlage3.toml: not readable as TOML\n"
