"""The extra `embeddings`: used where it is installed. A small encoder stands in for it, which knows two meanings."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from classify import anlage3, embedding, features, fingerprint, training
from tests.classify import tiny

TALKING = ("telefon", "anruf", "leitung", "warteschleife", "hörer")


def _encode(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    found = np.zeros((len(texts), embedding.SIZE), dtype=np.float32)
    for row, text in zip(found, texts, strict=True):
        row[0 if any(word in text.casefold() for word in TALKING) else 1] = 1
    return found


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "installed", lambda: True)
    monkeypatch.setattr(embedding, "vectors", _encode)
    monkeypatch.setattr(fingerprint, "_libraries", lambda: ("a small encoder",))


@pytest.mark.usefixtures("encoder")
def test_the_meaning_stands_behind_the_words_and_no_word_owns_it() -> None:
    lexicon, rows = features.learn(
        [tiny.text("Das Telefon bleibt stumm"), tiny.text("Das Telefon bleibt stumm")], ["a", "b"]
    )
    assert lexicon.names[-1] == f"e{embedding.SIZE - 1}"
    for row in (*rows, *lexicon.rows([tiny.text("Leitung tot")])):
        assert row.ids.tolist() == sorted(row.ids.tolist())
        assert float(np.abs(row.weights[-embedding.SIZE :]).sum()) == pytest.approx(0.5)
        assert not set(row.traces.tolist()) & set(row.ids[-embedding.SIZE :].tolist())


@pytest.mark.usefixtures("encoder")
def test_a_word_nobody_ever_wrote_is_understood_by_its_meaning() -> None:
    model = training.train(tiny.examples(), anlage3.shipped(), 7, lambda _: None)
    meant, unknown = model.predict([tiny.text("Xyz Hörer xyz"), tiny.text("Xyz Zebra xyz")])
    chances = [{c.id: c.p for c in found.categories}["organisation.telefon"] for found in (meant, unknown)]
    assert chances[0] > chances[1]


def test_without_the_extra_there_are_words_alone() -> None:
    lexicon, _ = features.learn(
        [tiny.text("Das Telefon bleibt stumm"), tiny.text("Das Telefon bleibt stumm")], ["a", "b"]
    )
    assert not any(name.startswith("e") for name in lexicon.names)


def test_a_model_made_with_the_extra_is_another_model(monkeypatch: pytest.MonkeyPatch) -> None:
    fingerprint._libraries.cache_clear()
    without = fingerprint.of("form", ())
    monkeypatch.setattr(embedding, "installed", lambda: True)
    monkeypatch.setattr(fingerprint, "version", lambda name: "1")
    fingerprint._libraries.cache_clear()
    try:
        assert fingerprint.of("form", ()) != without
        assert any("sentence-encoder" in library for library in fingerprint.of("form", ()).libraries)
    finally:
        fingerprint._libraries.cache_clear()
