"""`krm` for tests: an empty folder, a cache that holds a small trained model, an office on loopback."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from classify import anlage3, examples, fingerprint, training
from classify import model as models
from classify.model import Model
from krm.models import Recipe, _path
from store.keys import KeyRing
from tests.classify import tiny
from tests.krm.calling import Krm
from tests.krm.initialised import KEY


@pytest.fixture(scope="session")
def trained() -> Model:
    """A model of the tiny corpus."""
    return training.train(tiny.examples(), anlage3.shipped(), seed=7, progress=lambda _: None)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory, trained: Model) -> Path:
    """A cache with the model of the tiny corpus in the place of the shipped one's, so that nothing is trained."""
    folder = tmp_path_factory.mktemp("cache")
    expected = fingerprint.fingerprint(anlage3.SHIPPED, examples.shipped())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        for key in (None, KeyRing({"k1": KEY.encode()}, "k1").seal()):
            models.save(replace(trained, fingerprint=expected), _path(Recipe(key=key), expected.id), key)
    return folder


@pytest.fixture
def krm(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Krm:
    folder = tmp_path / "office"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr("krm.settings.PLACES", ("krm.toml",))  # never this machine's own office
    for name in ("KRM_CONFIG", "KRM_DATABASE_URL", "KRM_KEY", "CREDENTIALS_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)
    return Krm(folder, {"XDG_CACHE_HOME": str(cache)})


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny corpus as a file of labelled mails."""
    return written_corpus(tmp_path_factory.mktemp("corpus") / "tiny.jsonl", tiny.examples())


def written_corpus(path: Path, found: tuple[examples.Example, ...]) -> Path:
    rows = [asdict(example) for example in found]
    for row in rows:
        row |= {"art": row.pop("type"), "kategorien": row.pop("categories"), "kundengruppe": row.pop("customer_group")}
        row |= {"rechtsbehelf": row.pop("remedy"), "dringend": row.pop("urgency")}
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path
