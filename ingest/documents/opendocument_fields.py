"""What controls of a form in an ODT show (ODF 1.3 part 3, 13): boxes with their names, what is written or chosen."""

from collections.abc import Callable

from lxml import etree

_FORM = "{urn:oasis:names:tc:opendocument:xmlns:form:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def controls(content: etree._Element) -> dict[str, str]:
    """By id, what each control shows that a paragraph refers to (`draw:control`)."""
    found = {}
    for element in content.iter(f"{_FORM}*"):
        shown = _SHOWN.get(str(element.tag).removeprefix(_FORM))
        key = element.get(f"{_FORM}id") or element.get(_XML_ID)
        if shown and key:
            found[str(key)] = shown(element)
    return found


def mark(field: etree._Element) -> str:
    """The box of a field that came from Word; "" for any other."""
    if field.tag != f"{_FIELD}fieldmark" or not str(field.get(f"{_FIELD}type", "")).endswith("FORMCHECKBOX"):
        return ""
    values = {p.get(f"{_FIELD}name"): p.get(f"{_FIELD}value") for p in field.iterfind(f"{_FIELD}param")}
    return _box(values.get("Checkbox_Checked") == "true")


def is_wrapper(element: etree._Element) -> bool:
    """Whether what it holds is text of the document: a content control with something in it, not with a hint alone."""
    hint = str(element.get(f"{_LOEXT}showing-place-holder", ""))
    return str(element.tag) == f"{_LOEXT}content-control" and hint != "true"


def _of(element: etree._Element, *names: str) -> str:
    """The first of these that is said: what stands there now, before what stood there at first."""
    return next((str(value) for name in names if (value := element.get(f"{_FORM}{name}")) is not None), "")


def _box(on: bool) -> str:
    return "☒" if on else "☐"


def _named(on: bool, element: etree._Element) -> str:
    return f"{_box(on)} {_of(element, 'label')}".strip()


def _written(element: etree._Element) -> str:
    lines = ["".join(map(str, line.itertext())) for line in element.iterfind(f"{_TEXT}p")]
    return "\n".join(lines) if lines else _of(element, "current-value", "value")


def _chosen(element: etree._Element) -> str:
    options = element.iterfind(f"{_FORM}option")
    return ", ".join(_of(o, "label", "value") for o in options if _of(o, "current-selected", "selected") == "true")


_SHOWN: dict[str, Callable[[etree._Element], str]] = {
    "checkbox": lambda e: _named(_of(e, "current-state", "state") == "checked", e),
    "radio": lambda e: _named(_of(e, "current-selected", "selected") == "true", e),
    "fixed-text": lambda e: _of(e, "label"),
    "listbox": _chosen,
    **dict.fromkeys(("text", "textarea", "formatted-text", "date", "time", "number", "combobox"), _written),
}
