"""Nouns: a file that hung on a mail, the one fault of reading it, and the limits within which it is read."""

from dataclasses import dataclass, field

MAX_FILE = 20 * 1024 * 1024
"""Bytes of a file that is opened."""
MAX_PAGES = 200
MAX_TEXT = 500_000
"""Characters of a letter: more than 150 full pages."""

EMPTY = "Die Datei ist leer."
NO_TEXT = "Die Datei enthält keinen Text."
SCAN = (
    "Die Datei enthält nur Bilder (Scan) und keinen Text, der gelesen werden kann. "
    "Bitte schicken Sie die Datei, aus der gedruckt wurde (DOCX, ODT oder PDF)."
)
GARBLED = "Die Schrift der Datei lässt sich nicht in Text umwandeln. Bitte schicken Sie den Brief als DOCX oder ODT."
PROTECTED = "Die Datei ist mit einem Kennwort geschützt. Bitte schicken Sie sie ohne Kennwort."
LOCKED = "Die Datei ist verschlüsselt oder gegen Änderungen geschützt. Bitte schicken Sie sie ohne diesen Schutz."
DAMAGED = "Die Datei ist beschädigt oder unvollständig. Bitte schicken Sie sie noch einmal."
MACROS = "Die Datei enthält Makros und wird deshalb nicht geöffnet. Bitte speichern Sie sie als DOCX oder PDF."
OLD_WORD = "Das alte Word-Format (DOC) kann nicht gelesen werden. Bitte speichern Sie die Datei als DOCX oder PDF."
FORMAT = "Dieses Dateiformat kann nicht gelesen werden; möglich sind PDF, DOCX und ODT."
TOO_LARGE = "Die Datei ist zu groß (höchstens 20 MB)."
TOO_LONG = "Die Datei ist zu umfangreich für einen Brief."
TOO_MANY_PAGES = f"Die Datei hat mehr als {MAX_PAGES} Seiten."
NOTHING_IN_IT = frozenset({EMPTY, FORMAT})
"""Of no document: whoever gets the mail need not be told that nobody read it."""


class Unreadable(Exception):  # noqa: N818 - the word people use for it
    """The file cannot be read; its text is a German sentence for whoever sent it, without content of the file."""


@dataclass(frozen=True, slots=True)
class File:
    """An attachment: its name as the mail's reading shows it, the declared type, the decoded bytes.

    `inline` is a picture shown within the text, such as a signature's logo.
    """

    name: str
    type: str
    content: bytes = field(repr=False)
    inline: bool = False
