"""Where the model lives: named by what it is made of, sealed, trained only where there is none."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from classify import fingerprint, training
from classify.anlage3 import SHIPPED, Anlage3
from classify.examples import Example
from classify.model import Model
from krm import models
from krm.models import Recipe, Untrainable
from tests.classify import tiny
from tests.krm.conftest import written_corpus

SEALED = b"a key of thirty-two bytes or more"


class Listener:
    """Hears whether anything was trained."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def __call__(self, text: str) -> None:
        self.heard.append(text)

    @property
    def trained(self) -> bool:
        heard, self.heard = self.heard, []
        return bool(heard)


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch, trained: Model) -> Listener:
    """Hears of every training; two examples or more are learned from at once."""
    honest = training.train

    def at_once(found: Sequence[Example], form: Anlage3, seed: int, progress: Callable[[str], None]) -> Model:
        if len(found) < 2:
            return honest(found, form, seed, progress)
        progress("training")
        return replace(trained, fingerprint=fingerprint.of(form.digest, found))

    monkeypatch.setattr(training, "train", at_once)
    return Listener()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "krm-bot"


@pytest.fixture
def recipe(corpus: Path) -> Recipe:
    return Recipe(corpus=(corpus,))


def test_a_model_is_trained_once_and_then_found(home: Path, recipe: Recipe, listener: Listener) -> None:
    assert not models.kept(recipe)

    made = models.ready(recipe, listener)
    assert listener.trained
    assert models.kept(recipe)

    found = models.ready(recipe, listener)
    assert not listener.trained
    assert found.id == made.id
    (file,) = home.iterdir()
    assert made.fingerprint.id in file.name
    assert home.stat().st_mode & 0o077 == 0


def linked(file: Path) -> None:
    other = file.rename(file.with_name("other"))
    file.symlink_to(other)


Harm = Callable[[Path], object]


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(lambda f: f.write_bytes(b""), id="emptied"),
        pytest.param(lambda f: f.write_bytes(f.read_bytes()[:-1]), id="cut off"),
        pytest.param(lambda f: f.write_bytes(f.read_bytes()[:-1] + b"!"), id="changed"),
        pytest.param(lambda f: f.chmod(0o666), id="others may write to it"),
        pytest.param(linked, id="a link"),
    ],
)
def test_a_file_that_is_not_ours_and_whole_is_never_loaded(
    home: Path, recipe: Recipe, listener: Listener, harm: Harm
) -> None:
    models.renew(recipe, listener)
    (file,) = home.iterdir()
    harm(file)

    assert not models.kept(recipe)


def test_other_mails_or_another_key_want_another_model(
    home: Path, recipe: Recipe, listener: Listener, tmp_path: Path
) -> None:
    models.renew(recipe, listener)
    fewer = written_corpus(tmp_path / "fewer.jsonl", tiny.examples()[1:])

    assert not models.kept(Recipe(corpus=(fewer,)))
    assert not models.kept(replace(recipe, key=SEALED))


def test_models_sealed_with_different_keys_stand_side_by_side(home: Path, recipe: Recipe, listener: Listener) -> None:
    for key in (None, SEALED, SEALED + b"2"):
        models.renew(replace(recipe, key=key), listener)

    assert len(list(home.iterdir())) == 3
    assert all(models.kept(replace(recipe, key=key)) for key in (None, SEALED, SEALED + b"2"))


def test_a_cache_that_cannot_be_written_costs_only_the_keeping(
    tmp_path: Path, recipe: Recipe, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert models.ready(recipe, listener).labels
    assert "not kept" in listener.heard[-1]


@pytest.mark.parametrize(
    "recipe_of",
    [
        pytest.param(lambda f: Recipe(corpus=(f / "missing.jsonl",)), id="no mails"),
        pytest.param(lambda f: Recipe(taxonomy=f / "missing.toml"), id="no form"),
        pytest.param(lambda f: Recipe(SHIPPED, (written_corpus(f / "one.jsonl", tiny.examples()[:1]),)), id="one mail"),
    ],
)
@pytest.mark.parametrize("call", [models.ready, models.renew])
def test_what_no_model_can_be_made_from_is_said(
    home: Path,
    tmp_path: Path,
    listener: Listener,
    recipe_of: Callable[[Path], Recipe],
    call: Callable[[Recipe, Callable[[str], None]], object],
) -> None:
    with pytest.raises(Untrainable):
        call(recipe_of(tmp_path), listener)


@pytest.fixture
def damaged(home: Path, listener: Listener, monkeypatch: pytest.MonkeyPatch, corpus: Path, tmp_path: Path) -> Path:
    """What is shipped was trained from once; then a line of it was damaged."""
    mails = tmp_path / "mails.jsonl"
    mails.write_bytes(corpus.read_bytes())
    monkeypatch.setattr("krm.models.examples.shipped", lambda: (mails,))
    models.ready(Recipe(), listener)
    mails.write_text("{", encoding="utf-8")
    return mails


def test_where_the_shipped_mails_are_damaged_the_last_good_model_is_used(
    damaged: Path, listener: Listener, home: Path
) -> None:
    found = models.ready(Recipe(), listener)

    assert found.labels
    assert "mails.jsonl, line 1" in listener.heard[-1]


def test_a_last_good_model_of_another_program_or_key_is_not_used(
    damaged: Path, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Untrainable, match="line 1"):
        models.ready(Recipe(key=SEALED), listener)
    monkeypatch.setattr(fingerprint, "_code", lambda: "of another day")
    with pytest.raises(Untrainable, match="line 1"):
        models.ready(Recipe(), listener)


def test_old_models_leave_the_cache(home: Path, listener: Listener, tmp_path: Path) -> None:
    for count in range(3, 3 + 2 * models.KEPT):
        fewer = written_corpus(tmp_path / f"{count}.jsonl", tiny.examples()[:count])
        models.renew(Recipe(corpus=(fewer,)), listener)

    assert len(list(home.iterdir())) == models.KEPT
    assert models.kept(Recipe(corpus=(fewer,)))
