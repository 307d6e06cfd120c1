"""What a PDF's fonts cost: pypdf reads their tables anew on every page and each time a form is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pypdf import PageObject
from pypdf.generic import DictionaryObject, StreamObject

MAX_TABLES = 8 * 1024 * 1024
"""Bytes of tables from glyphs to letters that are read, each as often as it is read: about a second a megabyte."""
_FLAT = 1024  # what a font without such a table costs


@dataclass(slots=True)
class Costs:
    """Bytes read so far, and what a form of this name costs at most, wherever it is drawn."""

    read: int = 0
    forms: dict[str, int] = field(default_factory=dict)
    known: set[int] = field(default_factory=set)

    def page(self, page: PageObject) -> None:
        """Count the fonts of a page, and learn of the forms it may draw, which may draw others."""
        waiting = [page.get("/Resources")]
        self.read += _tables(waiting[0])
        while waiting:
            for name, form in _entries(waiting.pop(), "/XObject"):
                if id(form) not in self.known and "/Resources" in form:
                    self.known.add(id(form))
                    self.forms[name] = max(self.forms.get(name, 0), _tables(form["/Resources"]))
                    waiting.append(form["/Resources"])

    def draw(self, name: object) -> None:
        """Count what this form costs; nothing for a picture."""
        self.read += self.forms.get(str(name), 0)

    @property
    def exceeded(self) -> bool:
        return self.read > MAX_TABLES


def _tables(resources: object) -> int:
    fonts = [font for _, font in _entries(resources, "/Font")]
    tables = (font["/ToUnicode"].get_object() if "/ToUnicode" in font else None for font in fonts)
    return sum(_FLAT + (len(table.get_data()) if isinstance(table, StreamObject) else 0) for table in tables)


def _entries(resources: object, kind: str) -> Iterator[tuple[str, DictionaryObject]]:
    found = resources.get_object() if hasattr(resources, "get_object") else None
    entries = found.get(kind) if isinstance(found, DictionaryObject) else None
    entries = entries.get_object() if entries is not None else None
    for name, value in entries.items() if isinstance(entries, DictionaryObject) else ():
        entry = value.get_object()
        if isinstance(entry, DictionaryObject):
            yield str(name), entry
