"""The door to inscriptis: an HTML body as the plain text a reader sees. Nothing is ever loaded.

Quotes keep their `> ` marks, hidden text is left out, a table's row is a line. Tables are not laid out in
columns of blanks: one long cell would then cost its length in every row.
"""

import re
from dataclasses import dataclass
from html import unescape
from itertools import chain, islice, pairwise

from inscriptis.css_profiles import STRICT_CSS_PROFILE
from inscriptis.html_engine import Inscriptis
from inscriptis.html_properties import Display, WhiteSpace
from inscriptis.model.config import ParserConfig
from inscriptis.model.html_element import HtmlElement
from inscriptis.model.tag import CustomHtmlTagHandlerMapping
from lxml import etree

from ingest import cascade
from ingest.hidden import Sight
from ingest.sheets import Sheet

MAX_LENGTH = 1024 * 1024
"""Characters of HTML that are read of one mail; what is past them is left out, with the defect `html-cut`."""

_MAX_LEVELS = 250  # the HTML parser itself stops at 255, and drops what lies deeper
_MAX_ELEMENTS = 50_000  # inscriptis copies a line for every element on it
_MAX_MARKS = 8

_OPEN, _CLOSE = "\ue000", "\ue001"  # stand on lines of their own where a quote begins and ends
_NO_MARKS = str.maketrans("", "", _OPEN + _CLOSE)

_BLOCKS = ("table", "tbody", "thead", "tfoot", "tr", "caption", "dl", "dt", "form", "section", "fieldset", "hr")
_UNSEEN = ("noscript", "template", "textarea", "select", "object", "svg", "title")
_STYLES = {
    **STRICT_CSS_PROFILE,
    **dict.fromkeys(_BLOCKS, HtmlElement(display=Display.block)),
    **dict.fromkeys(("ul", "ol", "dd"), HtmlElement(display=Display.block)),
    **dict.fromkeys(_UNSEEN, HtmlElement(display=Display.none)),
}
_NO_LAYOUT = dict.fromkeys(("table", "tr", "td", "th"))
_BREAKING = ("p", "div", "table", "ul", "ol", "blockquote", "br", "h1", "h2", "h3", "pre")
_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]{0,20})?[^<>]{0,2000}>")


@dataclass(frozen=True, slots=True)
class Rendered:
    """The text, and what was odd: `hidden-text`, `html-cut`, `html-simplified`."""

    text: str
    defects: tuple[str, ...] = ()


def to_text(markup: str, limit: int = MAX_LENGTH) -> Rendered:
    """Plain text of the first `limit` characters of HTML that holds no control characters or surrogates."""
    cut = ("html-cut",) if len(markup) > limit else ()
    markup = markup[:limit]
    root = _tree(markup)
    if root is None:
        return Rendered("", cut)
    sheets = _sheets(root, markup)
    seen = _seen(root, sheets)
    if sheets and seen and not any(map(str.isalnum, seen.text)):
        seen = _seen(_tree(markup), [])  # many programs leave sheets out: better read than nothing
    if seen is None:
        return Rendered(_tidy(_without_tags(markup)), (*cut, "html-simplified"))
    return Rendered(seen.text, (*cut, *seen.defects))


def _tree(markup: str, *, comments: bool = False) -> etree._Element | None:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=not comments, remove_pis=True)
    try:
        return etree.fromstring(markup.encode("utf-8"), parser)
    except etree.XMLSyntaxError:  # nothing in it
        return None


def _sheets(root: etree._Element, markup: str) -> list[Sheet]:
    """The `<style>` sheets, if they could matter; they are read with the comments around them."""
    tree = _tree(markup, comments=True) if cascade.has_sheets(root, markup) else None
    if tree is None:
        return []
    before = reversed(list(tree.itersiblings(etree.Comment, preceding=True)))
    return list(cascade.sheets_of(chain(before, tree.iter("style", etree.Comment))))


def _seen(root: etree._Element, sheets: list[Sheet]) -> Rendered | None:
    """None if the tree is too deep to be whole, or too large."""
    sight = Sight()
    if not _prepare(root, sight, sheets):
        return None
    hidden = ("hidden-text",) if sight.hid_something else ()
    return Rendered(_tidy(_marked(Inscriptis(root, _config()).get_text())), hidden)


def _config() -> ParserConfig:
    config = ParserConfig(
        css=_STYLES, custom_html_tag_handler_mapping=CustomHtmlTagHandlerMapping(_NO_LAYOUT, _NO_LAYOUT)
    )
    config.attribute_handler.attribute_mapping = {"style": _keep_lines}
    return config


def _keep_lines(style: str, element: HtmlElement) -> None:
    """The one style that matters to text: line ends that count. Margins in a sender's hand could fill the memory."""
    if "white-space" in style and "pre" in style:
        element.whitespace = WhiteSpace.pre


def _prepare(root: etree._Element, sight: Sight, sheets: list[Sheet]) -> bool:
    """Take out what is not seen, mark quotes and cells. False if the tree is too deep to be whole, or too large."""
    if next(islice(root.iter(), _MAX_ELEMENTS, None), None) is not None:
        return False
    if sheets:
        cascade.apply(root, sheets)
    waiting = [(root, sight.plain, 1)]
    while waiting:
        element, inherited, level = waiting.pop()
        if level > _MAX_LEVELS:
            return False
        seen = sight.look(element, inherited)
        waiting.extend((child, seen, level + 1) for child in element)
        _reshape(element)
    return True


def _reshape(element: etree._Element) -> None:
    tag = element.tag
    if tag == "blockquote" and _is_quote(element):
        first = etree.Element("div")
        first.text, first.tail, element.text = _OPEN, element.text, None
        element.insert(0, first)
        etree.SubElement(element, "div").text = _CLOSE
    elif tag == "tr":
        _divide([cell for cell in element if cell.tag in ("td", "th")])
    elif tag == "li":
        element.attrib.pop("value", None)  # inscriptis stumbles over numbers such as "²"
    elif tag == "p" and ("Mso" in element.get("class", "") or "margin:0" in element.get("style", "").replace(" ", "")):
        element.tag = "div"  # Outlook writes its empty lines as paragraphs of their own
        if not any(map(str.strip, element.itertext())):
            etree.SubElement(element, "br")


def _is_quote(element: etree._Element) -> bool:
    """Gmail also indents with a blockquote, which has no border."""
    marked = element.get("type") == "cite" or "quote" in element.get("class", "")
    return marked or "border:none" not in element.get("style", "").replace(" ", "")


def _divide(cells: list[etree._Element]) -> None:
    """` | ` between the filled cells of a row, a blank after a label's colon; a cell with lines of its own is left."""
    filled = [cell for cell in cells if _words(cell)] if len(cells) > 1 else []
    for cell in filled:
        if len(cell) == 1 and cell[0].tag in ("p", "div"):
            cell[0].tag = "span"
    whole = [not len(cell) or next(cell.iter(*_BREAKING), None) is None for cell in filled]
    for (cell, one_line), (_, next_too) in pairwise(zip(filled, whole, strict=True)):
        if one_line and next_too:
            cell.tail = " " if _words(cell).endswith(":") else " | "


def _words(cell: etree._Element) -> str:
    """The first words in a cell: enough to know that there are some, and a label's colon."""
    return next(filter(None, map(str.strip, cell.itertext())), "")


def _marked(text: str) -> str:
    """`> ` before the lines between the marks."""
    lines, depth = list[str](), 0
    for line in text.split("\n"):
        mark = line.strip()
        if mark == _OPEN:
            depth += 1
        elif mark == _CLOSE:
            depth = max(depth - 1, 0)
        else:
            lines.append("> " * min(depth, _MAX_MARKS) + line if depth else line)
    return "\n".join(lines).translate(_NO_MARKS) if _OPEN in text or _CLOSE in text else "\n".join(lines)


def _tidy(text: str) -> str:
    """No trailing blanks, never two empty lines in a row."""
    kept: list[str] = []
    for line in map(str.rstrip, text.replace("\xa0", " ").split("\n")):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip("\n")


def _without_tags(markup: str) -> str:
    """What can be had without a tree: tags that break lines as line ends, all others dropped."""
    for name in ("style", "script", "head"):
        markup = _without_element(markup, name)
    return unescape(_TAG.sub(lambda tag: "\n" if (tag[1] or "").strip("/").lower() in _BREAKING else "", markup))


def _without_element(markup: str, name: str) -> str:
    lowered, kept, at = markup.lower(), list[str](), 0
    while (start := lowered.find(f"<{name}", at)) >= 0:
        kept.append(markup[at:start])
        end = lowered.find(f"</{name}", start)
        at = len(markup) if end < 0 else end
    return "".join((*kept, markup[at:])) if len(lowered) == len(markup) else markup
