"""Learning from confirmations: nothing without enough of them, promoted only if not worse, all of it in the journal."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from classify import model
from classify.model import Model
from ingest.message import Address
from ingest.office import Role
from krm import learning, models
from krm.judge import Judge
from krm.learning import CannotLearn, GivenUp, Outcome, School
from store import journal, uses
from store.case import OFFICE
from store.database import Database, DatabaseBusy
from store.tables import metadata, reactions
from store.uses import SHIPPED
from tests.classify import tiny
from tests.krm import learners
from tests.krm.confirming import confirm, examples
from tests.krm.learners import Trainer, silent
from tests.office import MONDAY, Story

NIGHT = timedelta(days=1)
PLANTED = "Zwetschgenbaum"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    database = Database(f"sqlite:///{tmp_path}/krm.db")
    database.upgrade()
    yield Story(database)
    database.close()


@pytest.fixture
def trainer(monkeypatch: pytest.MonkeyPatch, trained: Model) -> Trainer:
    return learners.trainer(monkeypatch, trained)


@pytest.fixture
def school(story: Story, corpus: Path, tmp_path: Path, trainer: Trainer) -> School:
    return learners.school(story, corpus, tmp_path)


def learned(school: School) -> Outcome:
    return learning.learn(school, silent)


def said(school: School) -> list[tuple[str, tuple[str, ...]]]:
    """What the journal says of models."""
    with school.database.transaction() as connection:
        return [(e.action, e.refs) for e in journal.read(connection, OFFICE) if e.action.startswith("model-")]


def in_use(school: School) -> str:
    with school.database.transaction() as connection:
        use = uses.newest(connection)
    return use.model if use else SHIPPED


def test_a_model_that_is_not_worse_takes_over(story: Story, school: School, trainer: Trainer) -> None:
    confirm(story.database, examples(40), MONDAY - NIGHT)

    found = learned(school)

    assert found.promoted
    assert (found.confirmed, found.compared, found.trained_on) == (40, 10, len(tiny.examples()) + 30)
    assert found.model == in_use(school) != SHIPPED
    assert school.stock.names() == (found.model,)
    assert school.stock.load(found.model).id == found.model
    assert school.stock.path(found.model).stat().st_mode & 0o077 == 0
    assert trainer.times == 1


def test_a_worse_one_is_refused_and_leaves_no_file(story: Story, school: School, trainer: Trainer) -> None:
    trainer.poor = True
    confirm(story.database, examples(40), MONDAY - NIGHT)

    found = learned(school)

    assert not found.promoted
    assert (found.model, in_use(school)) == (SHIPPED, SHIPPED)
    assert any("Art richtig" in reason for reason in found.reasons)
    assert school.stock.names() == ()


def test_promotion_and_refusal_are_in_the_journal_with_their_figures(
    story: Story, school: School, trainer: Trainer
) -> None:
    confirm(story.database, examples(40), MONDAY - NIGHT)
    first = learned(school)
    trainer.poor = True
    confirm(story.database, examples(12), MONDAY + NIGHT)
    story.wait(days=2)
    learned(school)

    (promoted, refs), (refused, later) = said(school)

    assert (promoted, refused) == ("model-promoted", "model-refused")
    assert refs[:5] == (f"model:{first.model}", "from:shipped", "confirmed:40", f"trained:{26 + 30}", "compared:10")
    assert refs[5].startswith("test.type:")
    assert f"from:{first.model}" in later
    with school.database.transaction() as connection:
        (entry, _) = journal.read(connection, OFFICE)
        assert journal.verify(connection, OFFICE) == ""
    assert (entry.role, entry.person) == (Role.MACHINE, "")
    assert all(len(" ".join(r)) <= 500 for _, r in said(school))


def test_confirmed_mails_weigh_more_and_none_that_is_compared_is_learned_from(
    story: Story, school: School, trainer: Trainer
) -> None:
    own = [replace(e, body=f"{e.body} Nummer {n}.") for n, e in enumerate(examples(40))]
    confirm(story.database, own, MONDAY - NIGHT)

    learned(school)

    confirmed = [e for e in trainer.seen[-1] if e.confirmed]
    assert len(confirmed) == 30
    assert {e.weight for e in confirmed} == {3.0}
    assert {e.body for e in own[30:]}.isdisjoint(e.body for e in confirmed)


@pytest.mark.parametrize("count", [0, 1, 29])
def test_with_too_few_confirmations_nothing_happens(story: Story, school: School, trainer: Trainer, count: int) -> None:
    confirm(story.database, examples(count), MONDAY - NIGHT)

    found = learned(school)

    assert (found.promoted, found.confirmed, found.trained_on) == (False, count, 0)
    assert found.reasons == (learning.TOO_FEW.format(count, 30),)
    assert trainer.times == 0
    assert said(school) == []


@pytest.mark.parametrize("poor", [False, True], ids=["after a promotion", "after a refusal"])
def test_with_too_little_that_is_new_nothing_happens(
    story: Story, school: School, trainer: Trainer, poor: bool
) -> None:
    trainer.poor = poor
    confirm(story.database, examples(40), MONDAY - NIGHT)
    learned(school)
    confirm(story.database, examples(9), MONDAY + NIGHT)

    story.wait(days=2)
    assert learned(school).reasons == (learning.NOTHING_NEW.format(9, 10),)
    assert trainer.times == len(said(school)) == 1

    confirm(story.database, examples(1), MONDAY + 2 * NIGHT)
    assert learned(school).trained_on
    assert trainer.times == len(said(school)) == 2


def test_a_model_proves_itself_on_what_the_one_before_has_not_seen(story: Story, school: School) -> None:
    confirm(story.database, examples(200), MONDAY - NIGHT)
    assert learned(school).compared == 40
    confirm(story.database, examples(12), MONDAY + NIGHT)
    story.wait(days=2)

    assert learned(school).compared == 12


def test_a_model_of_an_older_program_is_learned_anew_though_nothing_is_new(story: Story, school: School) -> None:
    confirm(story.database, examples(40), MONDAY - NIGHT)
    first = learned(school)
    school.stock.path(first.model).write_bytes(b"")

    again = learned(school)

    assert again.promoted
    assert school.stock.load(again.model).id == again.model


def test_the_same_refusal_is_not_learned_and_journalled_again_and_again(
    story: Story, school: School, trainer: Trainer
) -> None:
    confirm(story.database, examples(40), MONDAY - NIGHT)
    first = learned(school)
    school.stock.path(first.model).write_bytes(b"")
    trainer.poor = True
    refused = learned(school)
    assert not refused.promoted

    again = learned(school)

    assert again.reasons == (learning.NOTHING_NEW.format(0, 10),)
    assert (trainer.times, len(said(school))) == (2, 2)


def test_every_new_model_is_measured_against_the_shipped_one_too(story: Story, school: School) -> None:
    confirm(story.database, examples(40), MONDAY - NIGHT)
    assert {f.part for f in learned(school).figures} == {"test", "confirmed"}
    confirm(story.database, examples(12), MONDAY + NIGHT)
    story.wait(days=2)

    assert {f.part for f in learned(school).figures} == {"test", "confirmed", "base"}


def test_without_the_fixed_test_part_nothing_is_trained(story: Story, school: School, trainer: Trainer) -> None:
    confirm(story.database, examples(40), MONDAY - NIGHT)

    found = learned(replace(school, exam=()))

    assert found.reasons == (learning.NO_TEST,)
    assert trainer.times == 0


def test_a_corpus_that_cannot_be_read_is_said_and_changes_nothing(story: Story, school: School, tmp_path: Path) -> None:
    confirm(story.database, examples(40), MONDAY - NIGHT)
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text('{"id": "a"}\n')

    with pytest.raises(CannotLearn, match=r"wrong\.jsonl, line 1: missing"):
        learned(replace(school, exam=(wrong,)))
    assert said(school) == []


def test_a_folder_that_cannot_be_written_is_said_and_changes_nothing(story: Story, school: School) -> None:
    confirm(story.database, examples(40), MONDAY - NIGHT)
    school.stock.folder.write_text("a file")

    with pytest.raises(CannotLearn, match="models: "):
        learned(school)
    assert (in_use(school), said(school)) == (SHIPPED, [])


def test_it_waits_for_a_pass_to_end_and_trains_without_holding_the_office(story: Story, school: School) -> None:
    confirm(story.database, examples(40), MONDAY - NIGHT)
    other = Database(str(story.database.url))
    holding = other.exclusive()
    holding.__enter__()
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            holding.__exit__(None, None, None)

    assert learned(replace(school, sleep=sleep)).promoted
    assert len(slept) == 3
    other.close()


def test_an_office_that_stays_busy_is_told_after_a_while(story: Story, school: School) -> None:
    confirm(story.database, examples(40), MONDAY - NIGHT)
    other = Database(str(story.database.url))

    with other.exclusive(), pytest.raises(DatabaseBusy):
        learned(school)
    other.close()
    assert in_use(school) == SHIPPED
    assert learned(school).promoted


def test_who_chose_another_model_meanwhile_is_not_overruled(
    story: Story, school: School, monkeypatch: pytest.MonkeyPatch, trainer: Trainer
) -> None:
    confirm(story.database, examples(40), MONDAY - NIGHT)
    honest = trainer.__call__

    def slowly(*args: object) -> Model:
        with story.database.transaction() as connection:
            uses.note(connection, uses.Use(SHIPPED, MONDAY, "officer"))
        return honest(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(models, "train", slowly)

    found = learned(school)

    assert (found.promoted, found.reasons) == (False, (learning.OVERTAKEN,))
    assert (in_use(school), said(school), school.stock.names()) == (SHIPPED, [], ())


def test_the_models_used_last_are_kept_and_no_others(story: Story, school: School) -> None:
    made = []
    for n in range(6):
        confirm(story.database, examples(30), MONDAY + n * NIGHT)
        story.until(f"2026-11-{24 + n} 09:00")
        made.append(learned(school).model)

    assert len(set(made)) == 6
    assert set(school.stock.names()) == set(made[-5:])


def test_a_deleted_case_is_forgotten_at_the_next_training(story: Story, school: School, trainer: Trainer) -> None:
    own = [replace(e, body=f"Das ist einmalig schlimm. {e.body}") if n == 5 else e for n, e in enumerate(examples(40))]
    confirm(story.database, own, MONDAY - NIGHT)
    learned(school)
    assert any("einmalig" in e.body for e in trainer.seen[-1])
    with story.database.transaction() as connection:
        connection.execute(delete(reactions).where(reactions.c.text.contains("einmalig")))
    confirm(story.database, examples(12), MONDAY + NIGHT)
    story.wait(days=2)

    learned(school)

    assert not any("einmalig" in e.body for e in trainer.seen[-1])


def rows(database: Database) -> dict[str, list[str]]:
    with database.transaction() as connection:
        return {t.name: [repr(row) for row in connection.execute(t.select())] for t in metadata.sorted_tables}


def test_no_name_is_learned_and_no_text_is_stored(
    story: Story, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trained: Model
) -> None:
    """With a real training: `Zwetschgenbaum` stands in half of the mails, and in the writer's name."""
    told = [
        replace(e, body=f"{e.body} Frau {PLANTED} weiß Bescheid, fragen Sie Hildegard {PLANTED}." if n % 2 else e.body)
        for n, e in enumerate(examples(40))
    ]
    confirm(story.database, told, MONDAY - NIGHT, sender=Address(f"Hildegard {PLANTED}", "hilde@mail.example"))
    school = learners.school(story, corpus, tmp_path)
    model.save(trained, models._path(school.stock.recipe, trained.id), learners.SEALED)  # the one in use
    made: list[Model] = []
    honest = models.train
    monkeypatch.setattr(models, "train", lambda *given: made.append(honest(*given)) or made[-1])
    before = rows(story.database)

    learned(school)

    after = rows(story.database)
    (challenger,) = made
    school.stock.save(challenger)  # whatever became of it
    content = school.stock.path(challenger.id).read_bytes()
    assert {name for name in after if after[name] != before[name]} <= {"journal", "model_uses"}
    for word in (PLANTED, "Hildegard", "hilde@"):
        assert word not in "".join(after["journal"] + after["model_uses"])
        assert word.casefold().encode() not in content
    assert not [term for term in challenger.lexicon.names if "zwets" in term]
    assert "wwarteschleife" in challenger.lexicon.names
    assert challenger.card.confirmed == 30


def test_a_night_is_logged_in_figures(story: Story, school: School, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "krm.learning")
    confirm(story.database, examples(40), MONDAY - NIGHT)

    learning.tonight(school, silent)

    assert caplog.messages[-1].startswith("learning: promoted=True model=")
    assert "test.type:" in caplog.messages[-1]


def test_what_cannot_be_learned_is_logged_and_the_bot_goes_on(
    story: Story, school: School, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    confirm(story.database, examples(40), MONDAY - NIGHT)

    learning.tonight(replace(school, exam=(tmp_path / "missing.jsonl",)), silent)

    assert "nothing can be learned: " in caplog.text


def test_a_training_under_way_is_given_up_when_the_service_ends(story: Story, school: School) -> None:
    confirm(story.database, examples(40), MONDAY - NIGHT)

    def told(_: str) -> None:
        raise GivenUp

    learning.tonight(school, told)

    assert (in_use(school), said(school)) == (SHIPPED, [])


def test_what_was_learned_at_night_judges_the_next_mail_and_the_officer_can_go_back(
    story: Story, school: School
) -> None:
    """The whole story: confirmations, a night, the running bot notices; going back is noticed as well."""
    judge = Judge(story.database, school.stock, story.bot.taxonomy, story.office)
    story.bot = replace(story.bot, suggest=judge, look_again=judge.look_again)
    story.arrives("Seit Tagen versuche ich anzurufen, niemand nimmt ab.")
    story.passes()
    shipped = judge.standing.model
    confirm(story.database, examples(40), MONDAY - NIGHT)

    learning.tonight(school, silent)
    story.arrives("Trotz Termin musste ich zwei Stunden warten.", sender="otto@mail.example")
    story.passes()

    assert shipped is not None
    assert judge.standing.name == in_use(school) != SHIPPED
    with story.database.transaction() as connection:
        judges = [row.suggestion["model"] for row in connection.execute(reactions.select())]
    assert judges[0] == shipped.id
    assert judges[-1] == judge.standing.name

    with story.database.transaction() as connection:
        uses.note(connection, uses.Use(SHIPPED, story.now, "officer"))
    story.passes()
    assert judge.standing.name == SHIPPED
