"""The managers' folder: where a released report is kept as files (GA 3.9)."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from notify.composing import Enclosure

ID, NAME = "report-files", "Ablage der Auswertungen"
NOT_KEPT = (
    "Der Ordner für die Auswertungen ({}) lässt sich nicht beschreiben: {}. Sie bekommen die Dateien deshalb per "
    "E-Mail. Bitte legen Sie sie dort selbst ab und sagen Sie der Administration Bescheid."
)
WHY = (
    (FileNotFoundError, "Es gibt ihn nicht"),
    (NotADirectoryError, "Es ist kein Ordner"),
    (PermissionError, "Das Recht dazu fehlt"),
    (OSError, "Das Laufwerk nimmt nichts an"),
    (ValueError, "Die Dateien ließen sich nicht herstellen"),
)
"""The first kind of fault that it is; a broken paper is a ValueError."""


@dataclass(frozen=True, slots=True)
class Filing:
    """Where copies go: a folder, an address; None and "" for nowhere."""

    folder: Path | None = None
    address: str = ""


def kept(where: Filing, made: Callable[[], Iterable[Enclosure]]) -> str:
    """Write the files into the folder; gives why not, in German, "" where all is well or there is no folder."""
    if where.folder is None:
        return ""
    from notify.papers import BrokenPaper  # noqa: PLC0415 - what makes a PDF is loaded where one is made

    try:
        put(where.folder, made())
    except (OSError, BrokenPaper) as fault:
        return NOT_KEPT.format(where.folder, next(words for kind, words in WHY if isinstance(fault, kind)))
    return ""


def put(folder: Path, files: Iterable[Enclosure]) -> tuple[Path, ...]:
    """Each file whole or not at all; one of the same name is replaced. The folder must be there. Raises OSError."""
    paths = []
    for file in files:
        path = folder / file.name
        half = path.with_name(f".{file.name}.part")
        half.write_bytes(file.content)
        os.replace(half, path)  # noqa: PTH105 - both are paths
        paths.append(path)
    return tuple(paths)
