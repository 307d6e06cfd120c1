"""The model and its file: names and numbers only, nothing that runs when read, and a seal over all of it.

Layout: mark, seal (32 bytes: HMAC-SHA-256 with the office's key, plain SHA-256 without one), length of the head
(8 bytes, big-endian), head (JSON), arrays (NumPy's npz without pickles).
"""

import hashlib
import hmac
import io
import json
import os
import stat
import tempfile
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from classify import card
from classify.features import Lexicon
from classify.fingerprint import Fingerprint, fingerprint
from classify.scoring import ALARMS, CATEGORY, GROUP, TYPE, Limits, Model

__all__ = ["Fingerprint", "Model", "ModelUnusable", "fingerprint", "load", "save"]

_MARK = b"KRM-MODEL\n"
_SEAL = 32
_LENGTH = 8
_ARRAYS = (
    "weights",
    "biases",
    "slopes",
    "offsets",
    "mixing",
    "leaning",
    "alarms",
    "alarm_biases",
    "alarm_odds",
)
FLOAT = np.dtype(np.float32)


class ModelUnusable(Exception):  # noqa: N818  it is the state, and what to do is the same for all: train again
    """The file is missing, stale, foreign or damaged; the message says which. Train again."""


def save(model: Model, path: Path, key: bytes | None) -> None:
    """Write beside and rename, readable by the owner only. Raises OSError."""
    content = _content(model)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_MARK + _seal(content, key) + content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except OSError:
        with suppress(FileNotFoundError):
            Path(beside).unlink()
        raise


def load(path: Path, expected: Fingerprint | None, key: bytes | None) -> Model:
    """The model in the file, if it is ours, whole, and made of what is `expected`. Raises ModelUnusable."""
    data = _trusted(path)
    start = len(_MARK) + _SEAL
    if not data.startswith(_MARK) or len(data) < start + _LENGTH:
        raise ModelUnusable(f"{path}: not a model file")
    content = memoryview(data)[start:]
    if not hmac.compare_digest(data[len(_MARK) : start], _seal(content, key)):
        raise ModelUnusable(f"{path}: the seal does not fit (damaged, or made with another key)")
    try:
        return _model(content, expected, path)
    except (KeyError, TypeError, ValueError, EOFError, RecursionError, BadZipFile) as fault:
        raise ModelUnusable(f"{path}: of another format") from fault


def _trusted(path: Path) -> bytes:
    """The file's bytes, if it is a plain file of ours that nobody else may write to."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(handle, "rb") as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode) or state.st_uid != os.getuid() or state.st_mode & 0o022:
                raise ModelUnusable(f"{path}: does not belong to this user alone")
            return file.read()
    except OSError as fault:
        raise ModelUnusable(f"{path}: {fault.strerror}") from fault


def _seal(content: bytes | memoryview, key: bytes | None) -> bytes:
    if key is None:
        return hashlib.sha256(content).digest()
    return hmac.new(key, content, hashlib.sha256).digest()


def _content(model: Model) -> bytes:
    head = {
        "fingerprint": asdict(model.fingerprint),
        "labels": model.labels,
        "limits": asdict(model.limits),
        "card": asdict(model.card),
    }
    arrays = {name: getattr(model, name) for name in _ARRAYS}
    names = np.frombuffer("\n".join(model.lexicon.names).encode(), dtype=np.uint8)
    packed = io.BytesIO()
    np.savez(packed, idf=model.lexicon.idf, names=names, **arrays)
    written = json.dumps(head).encode()
    return len(written).to_bytes(_LENGTH, "big") + written + packed.getvalue()


def _model(content: memoryview, expected: Fingerprint | None, path: Path) -> Model:
    end = _LENGTH + int.from_bytes(content[:_LENGTH], "big")
    head: dict[str, Any] = json.loads(bytes(content[_LENGTH:end]))
    found = _fingerprint(head["fingerprint"])
    if expected is not None and found != expected:
        raise ModelUnusable(f"{path}: made of something else ({_difference(found, expected)})")
    with np.load(io.BytesIO(content[end:]), allow_pickle=False) as arrays:
        names = tuple(arrays["names"].tobytes().decode().split("\n"))
        lexicon = Lexicon(names, arrays["idf"])
        numbers = {name: arrays[name] for name in _ARRAYS}
    labels, limits = tuple(head["labels"]), Limits(**head["limits"])
    _check(labels, limits, lexicon, numbers)
    return Model(found, lexicon, labels, limits=limits, card=card.read(head["card"]), **numbers)


def _check(labels: tuple[Any, ...], limits: Limits, lexicon: Lexicon, numbers: dict[str, Any]) -> None:
    """Whether all parts fit each other, so that no mail can be the first to notice. Raises ValueError."""
    if not all(isinstance(label, str) for label in labels) or len(set(labels)) < len(labels):
        raise ValueError("labels")
    kinds = [sum(label.startswith(prefix) for label in labels) for prefix in (TYPE, CATEGORY, GROUP)]
    if not all(kinds) or not {*ALARMS} <= {*labels}:
        raise ValueError("labels")
    if not all(isinstance(limit, float) for limit in asdict(limits).values()):
        raise ValueError("limits")
    terms, all_, types, alarms = len(lexicon.names), len(labels), kinds[0], len(ALARMS)
    shapes = {
        "weights": (terms, all_),
        "biases": (all_,),
        "slopes": (all_,),
        "offsets": (all_,),
        "mixing": (types, types),
        "leaning": (types,),
        "alarms": (terms, alarms),
        "alarm_biases": (alarms,),
        "alarm_odds": (alarms, 3),
    }
    wrong = [name for name, shape in shapes.items() if numbers[name].shape != shape or numbers[name].dtype != FLOAT]
    if wrong or lexicon.idf.shape != (terms,) or lexicon.idf.dtype != FLOAT:
        raise ValueError("arrays")


def _fingerprint(fields: dict[str, Any]) -> Fingerprint:
    return Fingerprint(**{**fields, "libraries": tuple(fields["libraries"])})


def _difference(found: Fingerprint, expected: Fingerprint) -> str:
    ours, wanted = asdict(found), asdict(expected)
    return ", ".join(name for name in ours if ours[name] != wanted[name])
