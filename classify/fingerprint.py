"""What a model was made of. Two models with the same fingerprint are the same; one with another is trained anew."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from classify import anlage3, embedding, examples

FORMAT_VERSION = 2

_CODE = (
    "alarms.py",
    "card.py",
    "coding_steps.py",
    "cues.py",
    "danger.py",
    "embedding.py",
    "evidence.py",
    "examples.py",
    "features.py",
    "fingerprint.py",
    "fitting.py",
    "formalities.py",
    "model.py",
    "need.py",
    "passages.py",
    "remedy.py",
    "rules.py",
    "scoring.py",
    "sieve.py",
    "signs.py",
    "terms.py",
    "training.py",
    "tuning.py",
    "urgency.py",
)
_LIBRARIES = ("numpy", "scikit-learn")
_EXTRAS = (embedding.DISTRIBUTION,)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """SHA-256 of taxonomy, corpus (whatever its order) and code, and the versions of the libraries."""

    format_version: int
    taxonomy: str
    corpus: str
    code: str
    libraries: tuple[str, ...]

    @property
    def id(self) -> str:
        """Sixteen hexadecimal digits; names the file in the cache."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]


def fingerprint(taxonomy_path: Path, corpus_paths: Sequence[Path]) -> Fingerprint:
    """What a model trained from these files would be made of. Raises TaxonomyError and CorpusError."""
    taxonomy = anlage3.load(taxonomy_path)
    return of(taxonomy.digest, examples.read(corpus_paths, taxonomy))


def of(taxonomy_digest: str, found: Iterable[examples.Example]) -> Fingerprint:
    each = sorted(json.dumps(asdict(example), sort_keys=True) for example in found)
    corpus = hashlib.sha256("\n".join(each).encode()).hexdigest()
    return Fingerprint(FORMAT_VERSION, taxonomy_digest, corpus, _code(), _libraries())


@cache
def _code() -> str:
    folder = Path(__file__).parent
    return hashlib.sha256(b"\0".join((folder / name).read_bytes() for name in _CODE)).hexdigest()


@cache
def _libraries() -> tuple[str, ...]:
    extras = (name for name in _EXTRAS if embedding.installed())
    return tuple(f"{name} {version(name)}" for name in (*_LIBRARIES, *extras))
