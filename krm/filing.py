"""Files for people: into the managers' folder (GA 3.9) and where a command is told to write them."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp

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
OWNER, GROUP = 0o600, 0o640
"""Whoever called the command; and who shares the managers' folder, by its group (setgid) or its access list."""


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
        for _ in put(where.folder, made(), GROUP):
            pass
    except (OSError, BrokenPaper) as fault:
        return NOT_KEPT.format(where.folder, next(words for kind, words in WHY if isinstance(fault, kind)))
    return ""


def put(folder: Path, files: Iterable[Enclosure], mode: int = OWNER) -> Iterator[Path]:
    """Each file whole or not at all; one of the same name is replaced. The folder must be there. Raises OSError.

    Whatever the umask, the files have this mode: for their owner alone, unless somebody else is to read them.
    """
    for file in files:
        handle, name = mkstemp(dir=folder, prefix=".", suffix=".part")
        half = Path(name)
        try:
            with os.fdopen(handle, "wb") as written:
                os.fchmod(handle, mode)
                written.write(file.content)
            yield half.replace(folder / file.name)
        finally:
            half.unlink(missing_ok=True)
