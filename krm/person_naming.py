"""Who is named in a text: as its writer, on lines of their own, or merely somewhere in it. Pure."""

import re
from collections.abc import Iterable, Iterator

from classify.namewords import passage
from ingest.message import Address
from krm.marking import name_keys

SHORTEST = 2
"""Words of a name that is looked for in texts: one word alone names too many."""

_LINES = re.compile(
    r"^[ \t]*(?P<label>name|vorname|(?:nach|familien)name|e-?mail(?:-adresse)?)[ \t]*:[ \t]*(?P<said>\S.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{0,252}\w")  # RFC 5321 4.5.3.1


def written_by(text: str) -> Address:
    """Who stands as the writer on lines like `Name: …` and `E-Mail: …`, the first of each; empty where none does."""
    said: dict[str, str] = {}
    for line in _LINES.finditer(text):
        said.setdefault(line["label"].casefold()[:4], line["said"].strip())
    parts = [said[key] for key in ("vorn", "nach", "fami") if key in said]
    mail = _ADDRESS.search(said.get("e-ma") or said.get("emai") or "")
    return Address(said.get("name") or " ".join(parts), mail[0].casefold() if mail else "")


def stands_in(text: str, names: Iterable[str], addresses: Iterable[str]) -> bool:
    """Whether one of the addresses (case-folded) or of the names stands there, whole."""
    folded = text.casefold()
    if any(re.search(rf"(?<![\w.+-]){re.escape(one)}(?![\w.-]*\w)", folded) for one in addresses):
        return True
    looked_for = [words for name in names if len(words := name_keys(name)) >= SHORTEST]
    told = [word.key for word in passage(text).words] if looked_for else []
    return any(frozenset(part) == words for words in looked_for for part in _windows(told, len(words)))


def _windows(keys: list[str], size: int) -> Iterator[list[str]]:
    """Words next to each other, in whatever order."""
    return (keys[at : at + size] for at in range(len(keys) - size + 1))
