"""Faults in words that a log may carry: kind and place, never the message, which may quote a mail."""

import traceback
from pathlib import Path


def where(fault: BaseException) -> str:
    """`KeyError at handling.py:120 < flow.py:44`, innermost first."""
    frames = traceback.extract_tb(fault.__traceback__)
    places = [f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames)]
    return f"{type(fault).__name__} at {' < '.join(places[:6])}"
