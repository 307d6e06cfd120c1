"""What an ODT's styles say of a paragraph and of lists: the space around it, the label of an item (ODF 1.3 part 3)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from ingest.documents.paragraphs import numeral

_PREFIXES = {
    f"urn:oasis:names:tc:opendocument:xmlns:{long}:1.0": short
    for long, short in (
        ("text", "text"),
        ("table", "table"),
        ("office", "office"),
        ("style", "style"),
        ("drawing", "draw"),
    )
}
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,9})?)(cm|mm|in|pt|pc|px)")
_POINTS = {"cm": 28.3465, "mm": 2.83465, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}
_MOST_ANCESTORS = 20


def name(element: etree._Element) -> str:
    """ "text:p" and the like; "" for what belongs to none of the parts that hold text."""
    space, _, local = str(element.tag).removeprefix("{").partition("}")
    prefix = _PREFIXES.get(space)
    return f"{prefix}:{local}" if prefix else ""


def attribute(element: etree._Element, local: str) -> str:
    """The attribute in the element's own namespace; "" if none."""
    space = str(element.tag).partition("}")[0]
    return str(element.get(f"{space}}}{local}", ""))


@dataclass(frozen=True, slots=True)
class Look:
    """Space above and below in points, and `kin` as in `Block`."""

    above: float
    below: float
    kin: str


@dataclass(frozen=True, slots=True)
class _Style:
    """What one style says itself, "" where it says nothing."""

    parent: str = ""
    above: str = ""
    below: str = ""
    contextual: str = ""


class Styles:
    """The paragraph styles of styles.xml and content.xml; of two of one name the later root's holds."""

    __slots__ = ("_default", "_styles")

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._styles: dict[str, _Style] = {}
        self._default = _Style()
        for style in (element for root in roots for element in root.iter("{*}style", "{*}default-style")):
            if attribute(style, "family") != "paragraph":
                continue
            if name(style) == "style:default-style":
                self._default = _said(style)
            else:
                self._styles[attribute(style, "name")] = _said(style)

    def look(self, style: str) -> Look:
        layers = self._layers(style)
        above = next((layer.above for layer in layers if layer.above), "")
        below = next((layer.below for layer in layers if layer.below), "")
        contextual = next((layer.contextual for layer in layers if layer.contextual), "")
        return Look(_points(above), _points(below), (layers[0].parent or style) if contextual == "true" else "")

    def _layers(self, style: str) -> list[_Style]:
        """The styles that hold, the nearest first."""
        found: list[_Style] = []
        while style in self._styles and len(found) < _MOST_ANCESTORS:  # a style may be its own ancestor
            found.append(self._styles[style])
            style = found[-1].parent
        return [*found, self._default]


def _said(style: etree._Element) -> _Style:
    properties = next((part for part in style if name(part) == "style:paragraph-properties"), None)
    if properties is None:
        return _Style(attribute(style, "parent-style-name"))
    above, below = (
        properties.get(f"{_FO}margin-{side}") or properties.get(f"{_FO}margin") for side in ("top", "bottom")
    )
    contextual = attribute(properties, "contextual-spacing")
    return _Style(attribute(style, "parent-style-name"), str(above or ""), str(below or ""), contextual)


def _points(length: str) -> float:
    match = _LENGTH.fullmatch(length)
    return float(match[1]) * _POINTS[match[2]] if match else 0.0


class Lists:
    """The list styles and how far their items have been counted."""

    __slots__ = ("_counts", "_levels")

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._levels = {
            (style.get(f"{_STYLE}name", ""), attribute(level, "level")): level
            for root in roots
            for style in root.iter("{*}list-style")
            for level in style
        }
        self._counts: dict[str, dict[int, int]] = {}

    def begin(self, style: str) -> None:
        """A new list of this style: counted from the start."""
        self._counts.pop(style, None)

    def label(self, style: str, at: int) -> str:
        """The next item's label; "" if its level has none. Counts on."""
        level = self._levels.get((style, str(at)))
        if level is None:
            return ""
        if name(level) != "text:list-level-style-number":
            return "•"
        start = attribute(level, "start-value")
        before = int(start) - 1 if start.isdecimal() and len(start) < 10 else 0
        counts = self._counts.setdefault(style, {})
        number = counts[at] = counts.get(at, before) + 1
        for deeper in [level for level in counts if level > at]:
            del counts[deeper]
        form, prefix, suffix = (level.get(f"{_STYLE}num-{part}", "") for part in ("format", "prefix", "suffix"))
        return f"{prefix}{numeral(number, form)}{suffix}".strip() if form else ""
