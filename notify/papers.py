"""The door to Typst: a paper's template and what it is told -> a tagged PDF (PDF/UA-1). A paper decides nothing.

What people wrote is handed over as data and never read as a template. Fonts are the ones shipped with matplotlib
(DejaVu: Latin, Cyrillic, Greek, Arabic), so that a paper looks the same on every machine.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

from notify.letters import unturned

PAPERS = Path(__file__).resolve().parent.parent / "templates" / "_papers"


_FONTS = "matplotlib"  # its wheel holds the DejaVu fonts
_NO_SIGN = "could not be displayed"  # what Typst says where no font has a sign: PDF/UA-1 allows no gaps
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_SURE = re.compile(r"[\w\s!-~¡-¿€№□☐☒\u0300-\u036f\u064b-\u0655\u200b-\u200d\ufe00-\ufe0f]")
_SURE_KINDS = frozenset("LNP")
_INSTEAD = "□"


class BrokenPaper(ValueError):  # noqa: N818 - the word for it
    """A template cannot be made into a PDF; the message names template and fault, never what it was told."""


def pdf(name: str, told: Mapping[str, Any]) -> bytes:
    """The paper `name` (a file of templates/_papers) as PDF. `told` must go through JSON.

    Where no font has one of its signs, all that is no letter, digit or mark of punctuation is printed as □.

    Raises:
        BrokenPaper: the template is broken or asks for what it was not told.
    """
    words = _each(told, _printable)
    try:
        return _made(name, words)
    except typst.TypstError as fault:
        if _NO_SIGN not in str(fault):
            raise BrokenPaper(f"{name}: {fault}") from None
    try:
        return _made(name, _each(words, _plain))
    except typst.TypstError as fault:
        what = "no font has a sign of it" if _NO_SIGN in str(fault) else str(fault)
        raise BrokenPaper(f"{name}: {what}") from None


def _made(name: str, told: Any) -> bytes:
    made = _compiler(name).compile(
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)}, format="pdf", pdf_standards=["ua-1"]
    )
    if not isinstance(made, bytes):
        raise BrokenPaper(f"{name}: no PDF came out")
    return made


def _each(told: Any, change: Callable[[str], str]) -> Any:
    """The same with every text within it changed."""
    if isinstance(told, str):
        return change(told)
    if isinstance(told, Mapping):
        return {key: _each(value, change) for key, value in told.items()}
    return [_each(value, change) for value in told] if isinstance(told, list | tuple) else told


def _printable(text: str) -> str:
    """Without signs that are none, and without marks that turn the direction of what follows."""
    if text.isprintable() and text.isascii():
        return text
    return _CONTROLS.sub("", unturned(text.replace("\r\n", "\n").replace("\t", "    ")))


def _plain(text: str) -> str:
    return text if text.isascii() else "".join(s if _surely_there(s) else _INSTEAD for s in text)


def _surely_there(sign: str) -> bool:
    """Of letters and digits the last of the fonts has all; of marks and pictures it lacks some."""
    return bool(_SURE.match(sign)) or unicodedata.category(sign)[0] in _SURE_KINDS


@cache
def _compiler(name: str) -> typst.Compiler:
    file = PAPERS / f"{name}.typ"
    return typst.Compiler(str(file), root=str(PAPERS), font_paths=[str(_fonts())], ignore_system_fonts=True)


@cache
def _fonts() -> Path:
    found = find_spec(_FONTS)
    if found is None or found.origin is None:
        raise BrokenPaper(f"{_FONTS} is not installed: its fonts are missing")
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
