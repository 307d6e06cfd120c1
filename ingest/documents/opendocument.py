"""An ODT's text (ODF 1.3): what a reader sees. Deleted and hidden words and comments are left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from ingest.documents import opendocument_fields as fields
from ingest.documents.archive import Members
from ingest.documents.file import NO_TEXT, PROTECTED, SCAN, Unreadable
from ingest.documents.opendocument_styles import Lists, Styles
from ingest.documents.opendocument_styles import attribute as _attribute
from ingest.documents.opendocument_styles import name as _name
from ingest.documents.paragraphs import Block, arranged, tabled

_TEXT = b"application/vnd.oasis.opendocument.text"
_MANIFEST = "META-INF/manifest.xml"
_LEFT_OUT = frozenset(
    {
        "office:annotation",
        "office:forms",
        "text:tracked-changes",
        "text:hidden-text",
        "text:hidden-paragraph",
        "text:ruby-text",
    }
)
_SIGNS = {"text:s": " ", "text:tab": "\t", "text:line-break": "\n"}
_BOXES = frozenset({"draw:frame", "draw:custom-shape", "draw:rect", "draw:g"})
_SHOWN = {"head": ("style:header-first", "style:header"), "foot": ("style:footer-first", "style:footer")}


def known(members: Members) -> bool:
    """Whether the archive is an OpenDocument text (ODF 1.3 part 2, 3.3)."""
    return "mimetype" in members and members.read("mimetype").strip().startswith(_TEXT)


def text(members: Members) -> str:
    """Headers, body, notes, footers. Raises Unreadable: encrypted, nothing but pictures, no text, damaged."""
    if _MANIFEST in members and b"encryption-data" in members.read(_MANIFEST):
        raise Unreadable(PROTECTED)
    content = members.xml("content.xml")
    common = members.xml("styles.xml") if "styles.xml" in members else None
    roots = [root for root in (common, content) if root is not None]
    walk = _Walk(Styles(roots), Lists(roots), fields.controls(content))
    body = [block for part in content.iterfind("{*}body/{*}text") for block in walk.blocks(part)]
    if not any(block.text.strip() for block in body):
        raise Unreadable(SCAN if any(name.startswith("Pictures/") for name in members.names) else NO_TEXT)
    notes = [Block(f"[{number}] {arranged(walk.blocks(note))}", item=True) for number, note in walk.notes]
    heads, feet = (
        [list(walk.blocks(part)) for part in _repeated(common, names)] for names in (_SHOWN["head"], _SHOWN["foot"])
    )
    parts = dict.fromkeys(arranged(blocks) for blocks in (*heads, body, notes, *feet))
    return "\n\n".join(part for part in parts if part)


def _repeated(common: etree._Element | None, names: tuple[str, ...]) -> list[etree._Element]:
    """The headers or footers of all kinds of pages, but those switched off (ODF 1.3 part 3, 16.10)."""
    pages = [] if common is None else list(common.iterfind("{*}master-styles/{*}master-page"))
    return [
        part
        for name in names
        for page in pages
        for part in page
        if _name(part) == name and _attribute(part, "display") != "false"
    ]


@dataclass(slots=True)
class _Run:
    """What a paragraph holds: its words, and the text boxes anchored in it."""

    words: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


@dataclass(slots=True)
class _Walk:
    styles: Styles
    lists: Lists
    controls: Mapping[str, str]
    notes: list[tuple[int, etree._Element]] = field(default_factory=list)

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        for element in container:
            name = _name(element)
            if name in ("text:p", "text:h"):
                yield from self._paragraph(element)
            elif name == "text:list":
                yield from self._list(element, "", 1)
            elif name == "draw:control":
                yield Block(self._control(element))
            elif name == "table:table":
                yield from tabled([[list(self.blocks(cell)) for cell in _cells(row)] for row in _rows(element)])
            elif name not in _LEFT_OUT:
                yield from self.blocks(element)

    def _list(self, element: etree._Element, outer: str, level: int) -> Iterator[Block]:
        style = _attribute(element, "style-name") or outer
        if (
            level == 1
            and _attribute(element, "continue-numbering") != "true"
            and not _attribute(element, "continue-list")
        ):
            self.lists.begin(style)
        for item in element:
            labelled = _name(item) != "text:list-item"  # a header of the list has no label
            for inner in item:
                if _name(inner) == "text:list":
                    yield from self._list(inner, style, level + 1)
                    continue
                for block in self._paragraph(inner) if _name(inner) in ("text:p", "text:h") else self.blocks(inner):
                    label = "" if labelled else self.lists.label(style, level)
                    labelled = True
                    yield Block(f"{label} {block.text}", item=True) if label else Block(block.text, item=True)

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        run = _Run()
        self._inline(element, run)
        look = self.styles.look(_attribute(element, "style-name"))
        yield Block("".join(run.words), look.above, look.below, kin=look.kin)
        for box in run.boxes:
            yield from self.blocks(box)

    def _inline(self, element: etree._Element, run: _Run) -> None:
        run.words.append(_flat(element.text))
        for inner in element:
            name = _name(inner)
            if name in _SIGNS:
                run.words.append(_SIGNS[name])
            elif name == "text:note":
                self._note(inner, run)
            elif name in _BOXES:
                run.boxes.append(inner)
            elif name == "draw:control":
                run.words.append(self._control(inner))
            elif (name and name not in _LEFT_OUT) or fields.is_wrapper(inner):
                self._inline(inner, run)
            else:
                run.words.append(fields.mark(inner))
            run.words.append(_flat(inner.tail))

    def _control(self, element: etree._Element) -> str:
        return self.controls.get(_attribute(element, "control"), "")

    def _note(self, note: etree._Element, run: _Run) -> None:
        body = next((part for part in note if _name(part) == "text:note-body"), None)
        if body is not None:
            self.notes.append((len(self.notes) + 1, body))
            run.words.append(f"[{len(self.notes)}]")


def _flat(words: str | None) -> str:
    """White space is one blank (ODF 1.3 part 3, 6.1.2)."""
    return (words or "").replace("\n", " ").replace("\r", " ").replace("\t", " ")


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows, also those in groups. A row said to be repeated stands once."""
    for element in table:
        if _name(element) == "table:table-row":
            yield element
        elif _name(element).startswith("table:table-") and "row" in _name(element):
            yield from _rows(element)


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row if _name(cell) == "table:table-cell"]
