"""What a DOCX's styles and lists say of a paragraph: the space around it, and its label (ECMA-376 17.7, 17.9)."""

from dataclasses import dataclass

from lxml import etree

from ingest.documents.paragraphs import numeral

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",  # strict
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
}
_FORMATS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_MOST_ANCESTORS = 20
_LEVELS = 9
_TWIPS = 20.0  # in a point
_ON = ("1", "true", "on")


def name(element: etree._Element) -> str:
    """ "w:p" and the like, whichever of the two namespaces; "" for what belongs to neither WordprocessingML nor mc."""
    space, _, local = str(element.tag).removeprefix("{").partition("}")
    prefix = _PREFIXES.get(space)
    return f"{prefix}:{local}" if prefix else ""


def child(element: etree._Element, wanted: str) -> etree._Element | None:
    return next((inner for inner in element if name(inner) == wanted), None)


def attribute(element: etree._Element | None, local: str) -> str:
    """The attribute in the element's own namespace; "" if none."""
    if element is None:
        return ""
    space = str(element.tag).partition("}")[0]
    return str(element.get(f"{space}}}{local}", ""))


@dataclass(frozen=True, slots=True)
class Look:
    """Space above and below in points, the list ("" if none) and its level, and `kin` as in `Block`."""

    above: float
    below: float
    list: str
    level: int
    kin: str


@dataclass(frozen=True, slots=True)
class _Said:
    """What one set of paragraph properties says itself, "" where it says nothing."""

    style: str = ""
    above: str = ""
    below: str = ""
    contextual: str = ""
    list: str = ""
    level: str = ""


def _said(properties: etree._Element | None, style: str = "") -> _Said:
    """`style` is the one to look into next where the properties name none."""
    if properties is None:
        return _Said(style)
    marks = {name(mark): mark for mark in properties}
    spacing, numbers, contextual = (marks.get(f"w:{part}") for part in ("spacing", "numPr", "contextualSpacing"))
    return _Said(
        attribute(marks.get("w:pStyle"), "val") or style,
        attribute(spacing, "before"),
        attribute(spacing, "after"),
        "" if contextual is None else attribute(contextual, "val") or "true",
        "" if numbers is None else attribute(child(numbers, "w:numId"), "val"),
        "" if numbers is None else attribute(child(numbers, "w:ilvl"), "val"),
    )


class Styles:
    """The paragraph styles; none where the document has no styles part."""

    __slots__ = ("_default", "_defaults", "_styles")

    def __init__(self, root: etree._Element | None) -> None:
        found = [] if root is None else [style for style in root if name(style) == "w:style"]
        self._styles = {
            attribute(style, "styleId"): _said(child(style, "w:pPr"), attribute(child(style, "w:basedOn"), "val"))
            for style in found
        }
        standing = (attribute(s, "styleId") for s in found if attribute(s, "default") in _ON and _is_paragraphs(s))
        self._default = next(standing, "")
        defaults = None if root is None else root.find("{*}docDefaults/{*}pPrDefault/{*}pPr")
        self._defaults = _said(defaults)

    def look(self, own: etree._Element | None) -> Look:
        """Of a paragraph with these properties: its own come first, then its style's and that one's ancestors'."""
        layers = self._layers(_said(own, self._default))
        above = next((layer.above for layer in layers if layer.above), "")
        below = next((layer.below for layer in layers if layer.below), "")
        contextual = next((layer.contextual for layer in layers if layer.contextual), "")
        ident = next((layer.list for layer in layers if layer.list), "")
        level = next((layer.level for layer in layers if layer.level), "")
        kin = layers[0].style or "-" if contextual in _ON else ""
        return Look(_points(above), _points(below), "" if ident == "0" else ident, _number(level, 0), kin)

    def _layers(self, own: _Said) -> list[_Said]:
        found = [own]
        while found[-1].style in self._styles and len(found) < _MOST_ANCESTORS:  # a style may be its own ancestor
            found.append(self._styles[found[-1].style])
        return [*found, self._defaults]


def _is_paragraphs(style: etree._Element) -> bool:
    return attribute(style, "type") == "paragraph"


def _points(twips: str) -> float:
    return _number(twips, 0) / _TWIPS


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: its format ("bullet", "decimal", ...), its text ("%1."), its first number."""

    format: str
    text: str
    start: int


class Numbering:
    """The lists and how far they have been counted."""

    __slots__ = ("_abstract", "_counts", "_levels", "_restarts", "_seen")

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._seen: set[str] = set()
        for element in () if root is None else root:
            if name(element) == "w:abstractNum":
                levels = {_number(attribute(lvl, "ilvl"), 0): _level(lvl) for lvl in element if name(lvl) == "w:lvl"}
                known = {level: look for level, look in levels.items() if level < _LEVELS}
                self._levels[attribute(element, "abstractNumId")] = known
            elif name(element) == "w:num":
                ident = attribute(element, "numId")
                self._abstract[ident] = attribute(child(element, "w:abstractNumId"), "val")
                self._restarts[ident] = {
                    _number(attribute(over, "ilvl"), 0): _number(attribute(start, "val"), 1)
                    for over in element
                    if name(over) == "w:lvlOverride" and (start := child(over, "w:startOverride")) is not None
                }

    def label(self, ident: str, at: int) -> str:
        """The next item's label in this list; "" if there is no such list or its items have none. Counts on."""
        abstract = self._abstract.get(ident, "")
        levels = self._levels.get(abstract, {})
        if at not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if ident not in self._seen:
            self._seen.add(ident)
            counts.update({level: start - 1 for level, start in self._restarts.get(ident, {}).items()})
        counts[at] = counts.get(at, levels[at].start - 1) + 1
        for deeper in [level for level in counts if level > at]:
            del counts[deeper]
        if levels[at].format == "bullet":
            return "•"
        words = levels[at].text if levels[at].format != "none" else ""
        for level in range(min(at + 1, _LEVELS)):
            if level in levels:
                shown = numeral(counts.get(level, levels[level].start), _FORMATS.get(levels[level].format, "1"))
                words = words.replace(f"%{level + 1}", shown)
        return words.strip()


def _level(element: etree._Element) -> _Level:
    form, words, start = (attribute(child(element, f"w:{part}"), "val") for part in ("numFmt", "lvlText", "start"))
    return _Level(form or "decimal", words, _number(start, 1))


def _number(value: str, otherwise: int) -> int:
    return int(value) if value.isdecimal() and len(value) < 10 else otherwise
