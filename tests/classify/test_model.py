import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classify import anlage3, examples, fingerprint
from classify import model as models
from classify.model import Model, ModelUnusable
from tests.classify import tiny

KEY = b"office"


@pytest.fixture
def kept(model: Model, tmp_path: Path) -> Path:
    path = tmp_path / "cache" / "m.krm"
    models.save(model, path, KEY)
    return path


def test_a_kept_model_says_the_same(model: Model, kept: Path) -> None:
    again = models.load(kept, model.fingerprint, KEY)
    texts = [tiny.text("Niemand nimmt ab, nur Warteschleife"), tiny.text("")]
    assert [p.types for p in again.predict(texts)] == [p.types for p in model.predict(texts)]
    assert (again.limits, again.card, again.id) == (model.limits, model.card, model.id)


def test_the_file_is_for_its_owner_alone_and_nothing_is_left_beside_it(kept: Path) -> None:
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in kept.parent.iterdir()] == ["m.krm"]


def test_a_file_without_a_key_is_checked_for_damage(model: Model, tmp_path: Path) -> None:
    path = tmp_path / "m.krm"
    models.save(model, path, None)
    assert models.load(path, model.fingerprint, None).id == model.id
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(ModelUnusable, match="seal"):
        models.load(path, model.fingerprint, None)


@pytest.mark.parametrize("key", [None, b"other"], ids=["no key", "another key"])
def test_a_sealed_file_opens_with_its_key_only(model: Model, kept: Path, key: bytes | None) -> None:
    with pytest.raises(ModelUnusable, match="seal"):
        models.load(kept, model.fingerprint, key)


def test_a_file_sealed_without_the_key_is_not_taken_for_ours(model: Model, tmp_path: Path) -> None:
    models.save(model, tmp_path / "m.krm", None)
    with pytest.raises(ModelUnusable, match="seal"):
        models.load(tmp_path / "m.krm", model.fingerprint, KEY)


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_others_may_write_to_is_refused(model: Model, kept: Path, mode: int) -> None:
    kept.chmod(mode)
    with pytest.raises(ModelUnusable, match="this user alone"):
        models.load(kept, model.fingerprint, KEY)


def test_a_link_to_a_model_is_refused(model: Model, kept: Path) -> None:
    link = kept.with_name("link.krm")
    link.symlink_to(kept)
    with pytest.raises(ModelUnusable):
        models.load(link, model.fingerprint, KEY)


def test_a_file_of_somebody_else_is_refused(model: Model, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stranger = os.getuid() + 1
    monkeypatch.setattr("classify.model.os.getuid", lambda: stranger)
    with pytest.raises(ModelUnusable, match="this user alone"):
        models.load(kept, model.fingerprint, KEY)


def test_a_missing_file_is_no_model(model: Model, tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="No such file"):
        models.load(tmp_path / "away.krm", model.fingerprint, KEY)


STALE = {
    "taxonomy": {"taxonomy": "0"},
    "corpus": {"corpus": "0"},
    "code": {"code": "0"},
    "libraries": {"libraries": ("numpy 0",)},
    "format_version": {"format_version": 0},
}


@pytest.mark.parametrize("change", STALE.values(), ids=STALE.keys())
def test_a_model_made_of_something_else_is_stale(model: Model, kept: Path, change: dict[str, Any]) -> None:
    with pytest.raises(ModelUnusable, match=rf"made of something else \({next(iter(change))}\)"):
        models.load(kept, replace(model.fingerprint, **change), KEY)


def _sealed(content: bytes) -> bytes:
    return b"KRM-MODEL\n" + hashlib.sha256(content).digest() + content


FOREIGN = {
    "empty": b"",
    "a pickle": b"\x80\x04K\x01.",
    "only a mark": b"KRM-MODEL\n",
    "no head": _sealed(b"\0" * 20),
    "a head that is no JSON": _sealed((3).to_bytes(8, "big") + b"abc"),
    "a head of something else": _sealed((2).to_bytes(8, "big") + b"{}"),
    "a list for a head": _sealed((2).to_bytes(8, "big") + b"[]"),
    "an endless head": _sealed(b"\xff" * 20),
    "a head of brackets without end": _sealed((200_000).to_bytes(8, "big") + b"[" * 200_000),
}


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN.keys())
def test_a_foreign_file_is_refused(model: Model, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "m.krm"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(ModelUnusable):
        models.load(path, model.fingerprint, None)


def test_arrays_of_another_kind_are_refused(model: Model, tmp_path: Path) -> None:
    broken = replace(model, biases=np.array([object()]))
    models.save(broken, tmp_path / "m.krm", None)
    with pytest.raises(ModelUnusable, match="another format"):
        models.load(tmp_path / "m.krm", model.fingerprint, None)


def _headed(change: Callable[[dict[str, Any]], object], content: bytes) -> bytes:
    """The same file with another head, sealed as it should be."""
    start = len(b"KRM-MODEL\n") + 32
    length = int.from_bytes(content[start : start + 8], "big")
    head = json.loads(content[start + 8 : start + 8 + length])
    change(head)
    written = json.dumps(head).encode()
    return _sealed(len(written).to_bytes(8, "big") + written + content[start + 8 + length :])


HEADS: dict[str, Callable[[dict[str, Any]], object]] = {
    "a label less": lambda head: head["labels"].pop(),
    "no labels": lambda head: head["labels"].clear(),
    "a label twice": lambda head: head.update(labels=[*head["labels"][:-1], head["labels"][0]]),
    "a label that is a number": lambda head: head["labels"].__setitem__(0, 5),
    "a limit in words": lambda head: head["limits"].update(danger="0.3"),
    "a limit missing": lambda head: head["limits"].pop("danger"),
    "a figure of the card in words": lambda head: head["card"].update(type_accuracy="0.9"),
    "a figure of a type in words": lambda head: head["card"]["types"][0].update(found="0.9"),
}


@pytest.mark.parametrize("change", HEADS.values(), ids=HEADS.keys())
def test_a_file_with_a_valid_seal_whose_parts_do_not_fit_is_refused(
    model: Model, tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    path = tmp_path / "m.krm"
    models.save(model, path, None)
    path.write_bytes(_headed(change, path.read_bytes()))
    with pytest.raises(ModelUnusable, match="another format"):
        models.load(path, None, None)


@pytest.mark.parametrize("name", ["weights", "biases", "mixing", "leaning", "alarms", "alarm_odds"])
def test_arrays_of_another_shape_are_refused(model: Model, tmp_path: Path, name: str) -> None:
    models.save(replace(model, **{name: getattr(model, name)[:-1]}), tmp_path / "m.krm", None)
    with pytest.raises(ModelUnusable, match="another format"):
        models.load(tmp_path / "m.krm", None, None)


def test_the_fingerprint_of_files_is_that_of_what_was_trained_from_them(tmp_path: Path) -> None:
    paths = [tmp_path / "b.jsonl", tmp_path / "a.jsonl"]
    line = (
        '{"id": "%s", "writer": "w", "lang": "de", "from_name": "", "subject": "", "body": "x", "art": "lob",'
        ' "kategorien": [], "kundengruppe": "an", "rechtsbehelf": false, "dringend": ""}'
    )
    for path in paths:
        path.write_text(line % path.stem)
    taxonomy = anlage3.shipped()
    found = models.fingerprint(anlage3.SHIPPED, paths)
    assert found == models.fingerprint(anlage3.SHIPPED, paths[::-1])
    assert found == fingerprint.of(taxonomy.digest, examples.read(paths, taxonomy))
    paths[0].write_text(line % "c")
    assert found.id != models.fingerprint(anlage3.SHIPPED, paths).id


def test_what_the_card_says_of_the_types_is_what_the_model_does(model: Model) -> None:
    """Scores are mixed in the order of the labels: in another one, types would lend each other their odds."""
    kinds = [label.removeprefix("art:") for label in model.labels if label.startswith("art:")]
    row = model.lexicon.rows([tiny.text("Niemand nimmt ab")])[0]
    scores = row.weights @ model.weights[row.ids] + model.biases
    odds = scores[[model.labels.index(f"art:{kind}") for kind in kinds]] @ model.mixing + model.leaning
    (found,) = model.predict([tiny.text("Niemand nimmt ab")])
    said = {t.id: t.p for t in found.types}
    assert sorted(kinds, key=lambda k: -said[k]) == sorted(kinds, key=lambda k: -odds[kinds.index(k)])
    assert sum(said.values()) == pytest.approx(1, abs=1e-5)
