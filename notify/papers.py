"""The door to Typst: a paper's template and what it is told -> a tagged PDF (PDF/UA-1). A paper decides nothing.

What people wrote is handed over as data and never read as a template. Fonts are the ones shipped with matplotlib
(DejaVu: Latin, Cyrillic, Greek, Arabic), so that a paper looks the same on every machine.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

PAPERS = Path(__file__).resolve().parent.parent / "templates" / "_papers"


_FONTS = "matplotlib"  # its wheel holds the DejaVu fonts


class BrokenPaper(ValueError):  # noqa: N818 - the word for it
    """A template cannot be made into a PDF; the message names template and fault, never what it was told."""


def pdf(name: str, told: Mapping[str, Any]) -> bytes:
    """The paper `name` (a file of templates/_papers) as PDF. `told` must go through JSON.

    Raises:
        BrokenPaper: the template is broken or asks for what it was not told.
    """
    try:
        made = _compiler(name).compile(
            sys_inputs={"told": json.dumps(told, ensure_ascii=False)}, format="pdf", pdf_standards=["ua-1"]
        )
    except typst.TypstError as fault:
        raise BrokenPaper(f"{name}: {fault}") from None
    if not isinstance(made, bytes):
        raise BrokenPaper(f"{name}: no PDF came out")
    return made


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
