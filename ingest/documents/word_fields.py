"""What fields of a form in a DOCX show: boxes, chosen entries, signs of a font of signs; and which are still empty."""

from lxml import etree

from ingest.documents.word_styles import attribute, child

OFF = ("0", "false", "off", "none")
_WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x72: "❒",
    0x78: "☒",
    0xA8: "☐",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
"""Boxes and ticks by their place in the font Wingdings, the low byte of `w:char` (ECMA-376 17.3.3.30)."""


def sign(symbol: etree._Element) -> str:
    """A sign set by its place in a font of signs; "" for one that is no box and no tick."""
    place = attribute(symbol, "char")
    known = attribute(symbol, "font").casefold().startswith("wingdings") and place.isalnum() and place.isascii()
    try:
        return _WINGDINGS.get(int(place, 16) & 0xFF, "") if known else ""
    except ValueError:
        return ""


def shown(field: etree._Element) -> str:
    """What an old form field shows that is no text of the document: its box, or its chosen entry (17.16.17)."""
    data = child(field, "w:ffData")
    if data is None:
        return ""
    box, entries = child(data, "w:checkBox"), child(data, "w:ddList")
    if box is not None:
        return "☒" if _is_checked(box) else "☐"
    return _chosen(entries) if entries is not None else ""


def _is_checked(box: etree._Element) -> bool:
    mark = child(box, "w:checked")
    mark = child(box, "w:default") if mark is None else mark
    return mark is not None and attribute(mark, "val") not in OFF


def _chosen(entries: etree._Element) -> str:
    texts = [attribute(entry, "val") for entry in entries if str(entry.tag).endswith("}listEntry")]
    place = attribute(child(entries, "w:result"), "val") or attribute(child(entries, "w:default"), "val") or "0"
    return texts[int(place)] if place.isdecimal() and int(place) < len(texts) else ""


def is_empty(control: etree._Element) -> bool:
    """Whether a content control only shows what to fill in there (17.5.2.39)."""
    properties = child(control, "w:sdtPr")
    mark = None if properties is None else child(properties, "w:showingPlcHdr")
    return mark is not None and attribute(mark, "val") not in OFF
