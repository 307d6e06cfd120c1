"""A DOCX's text (ECMA-376): what a reader sees. Deleted and hidden words, comments and field codes are left out."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.documents.archive import Members
from ingest.documents.file import MACROS, NO_TEXT, SCAN, Unreadable
from ingest.documents.paragraphs import Block, arranged, tabled
from ingest.documents.word_fields import OFF, is_empty, shown, sign
from ingest.documents.word_styles import Numbering, Styles
from ingest.documents.word_styles import attribute as _attribute
from ingest.documents.word_styles import child as _child
from ingest.documents.word_styles import name as _name

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_LEFT_OUT = frozenset(
    {"w:pPr", "w:rPr", "w:del", "w:moveFrom", "w:sectPr", "mc:Fallback", "w:sdtPr", "w:tblPr", "w:tcPr"}
)
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_NOTES = {"w:footnoteReference": "footnotes", "w:endnoteReference": "endnotes"}


def known(members: Members) -> bool:
    """Whether the archive is a Word document (ECMA-376 part 2, 10.1.2)."""
    return "[Content_Types].xml" in members and any(name.startswith("word/") for name in members.names)


def text(members: Members) -> str:
    """Headers, body, notes, footers. Raises Unreadable: macros, nothing but pictures, no text, damaged."""
    if b"macroEnabled" in members.read("[Content_Types].xml"):
        raise Unreadable(MACROS)
    main = next((part for _, kind, part in _related(members, "") if kind == "officeDocument"), "word/document.xml")
    related = _related(members, main)
    styles, numbering = (
        next((members.xml(part) for _, kind, part in related if kind == wanted), None)
        for wanted in ("styles", "numbering")
    )
    walk = _Walk(Styles(styles), Numbering(numbering))
    root = members.xml(main)
    body = list(walk.blocks(root))
    if not any(block.text.strip() for block in body):
        raise Unreadable(SCAN if any("/media/" in name for name in members.names) else NO_TEXT)
    heads, feet = (
        [list(walk.blocks(members.xml(part))) for part in _shown(root, kind, related)] for kind in ("header", "footer")
    )
    notes = list(_notes(walk, members, related))
    parts = dict.fromkeys(arranged(blocks) for blocks in (*heads, body, notes, *feet))
    return "\n\n".join(part for part in parts if part)


_Related = tuple[tuple[str, str, str], ...]
"""(relationship id, the last word of its type, name of the part in the archive)."""


def _related(members: Members, source: str) -> _Related:
    """The parts inside the archive that this one names (ECMA-376 part 2, 9.3)."""
    folder, file = posixpath.split(source)
    relations = posixpath.join(folder, "_rels", f"{file}.rels")
    if relations not in members:
        return ()
    found = (
        (
            relation.get("Id", ""),
            relation.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
        )
        for relation in members.xml(relations).iter(_RELATIONS)
        if relation.get("TargetMode") != "External"
    )
    return tuple(row for row in found if row[2] in members)


def _shown(root: etree._Element, wanted: str, related: _Related) -> list[str]:
    """The headers or footers in use, each once: the first page's only where it has its own (17.10.6), none for even."""
    parts = {ident: part for ident, kind, part in related if kind == wanted}
    found: dict[str, None] = {}
    for section in root.iter("{*}sectPr"):
        marks = {_attribute(mark, "type"): mark for mark in section if _name(mark) == f"w:{wanted}Reference"}
        for kind in ("first", "default") if _child(section, "w:titlePg") is not None else ("default",):
            idents = marks[kind].items() if kind in marks else ()
            found.update(
                dict.fromkeys(parts[str(value)] for key, value in idents if key.endswith("}id") and value in parts)
            )
    return list(found)


def _notes(walk: "_Walk", members: Members, related: _Related) -> Iterator[Block]:
    """The notes the text refers to, under the numbers they are referred to by."""
    noted = {
        (kind, _attribute(note, "id")): note
        for _, kind, part in related
        if kind in _NOTES.values()
        for note in members.xml(part)
    }
    for ident, number in list(walk.notes.items()):
        if ident in noted:
            yield Block(f"[{number}] {arranged(walk.blocks(noted[ident]))}", item=True)


@dataclass(slots=True)
class _Run:
    """What a paragraph holds: its words, and the text boxes anchored in it."""

    words: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


@dataclass(slots=True)
class _Walk:
    styles: Styles
    numbering: Numbering
    notes: dict[tuple[str, str], int] = field(default_factory=dict)

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        for element in container:
            name = _name(element)
            if name == "w:p":
                yield from self._paragraph(element)
            elif name == "w:tbl":
                yield from tabled([[list(self.blocks(cell)) for cell in _parts(row, "w:tc")] for row in _rows(element)])
            elif name not in _LEFT_OUT and not (name == "w:sdt" and is_empty(element)):
                yield from self.blocks(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        run = _Run()
        self._inline(element, run)
        words = "".join(run.words)
        look = self.styles.look(_child(element, "w:pPr"))
        label = self.numbering.label(look.list, look.level) if words.strip() else ""
        yield Block(f"{label} {words}" if label else words, look.above, look.below, bool(label), look.kin)
        for box in run.boxes:
            yield from self.blocks(box)

    def _inline(self, element: etree._Element, run: _Run) -> None:
        for inner in element:
            name = _name(inner)
            if name == "w:t":
                run.words.append(inner.text or "")
            elif name in _SIGNS:
                run.words.append(_SIGNS[name])
            elif name == "w:sym":
                run.words.append(sign(inner))
            elif name == "w:fldChar":
                run.words.append(shown(inner))
            elif name in _NOTES:
                number = self.notes.setdefault((_NOTES[name], _attribute(inner, "id")), len(self.notes) + 1)
                run.words.append(f"[{number}]")
            elif name == "w:txbxContent":
                run.boxes.append(inner)
            elif name not in _LEFT_OUT and not _is_hidden(inner):
                self._inline(inner, run)


def _is_hidden(run: etree._Element) -> bool:
    """Hidden words, and the hint in a field that is not filled in."""
    if _name(run) == "w:sdt":
        return is_empty(run)
    looks = _child(run, "w:rPr") if _name(run) == "w:r" else None
    mark = None if looks is None else _child(looks, "w:vanish")
    return mark is not None and _attribute(mark, "val") not in OFF


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    return _parts(table, "w:tr")


def _parts(container: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """The rows of a table or cells of a row, also those in content controls or marked as inserted."""
    for element in container:
        name = _name(element)
        if name == wanted:
            yield element
        elif name in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins"):
            yield from _parts(element, wanted)
