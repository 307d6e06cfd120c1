"""The door to pikepdf: a PDF whose links name fields becomes a form that can be filled in (PDF 1.7, 12.7).

A template draws each field's frame as a link `krm:NAME`, so that Typst puts it in its place on the page and in the
order of reading; here the link becomes the field. What a field is called aloud stays its alternative text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

SCHEME = "krm:"
ON = "/Ja"
_MULTILINE = 1 << 12  # PDF 1.7, table 228
_PRINT = 4  # PDF 1.7, table 165
_LETTERS = "/Helv 9 Tf 0 g"


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its spoken name; `box` to be ticked or a line to be written on, `several` lines of it."""

    name: str
    box: bool = False
    several: bool = False


def fillable(pdf: bytes, fields: Mapping[str, Field]) -> bytes:
    """The same PDF with a field in place of every link `krm:NAME`. Raises KeyError for a link without a field."""
    with Pdf.open(BytesIO(pdf)) as document:
        form = document.make_indirect(_form(document))
        for page in document.pages:
            for link in page.obj.get(Name.Annots, ()):
                name = _named(link)
                if name:
                    _make(document, link, name, fields[name])
                    form.Fields.append(link)
            page.obj.Tabs = Name.S  # tab follows the structure
        document.Root.AcroForm = form
        _retag(document.Root.StructTreeRoot)
        written = BytesIO()
        document.save(written, deterministic_id=True)
        return written.getvalue()


def _form(document: Pdf) -> Dictionary:
    fonts = Dictionary(
        Helv=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding),
        ZaDb=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats),
    )
    return Dictionary(
        Fields=document.make_indirect(Array()),
        DR=Dictionary(Font=fonts),
        DA=String(_LETTERS),
        NeedAppearances=True,
    )


def _named(link: Object) -> str:
    if link.get(Name.Subtype) != Name.Link or Name.A not in link:
        return ""
    target = str(link.A.get(Name.URI, ""))
    return target[len(SCHEME) :] if target.startswith(SCHEME) else ""


def _make(document: Pdf, link: Object, name: str, field: Field) -> None:
    del link.A, link.Border
    link.Subtype = Name.Widget
    link.T, link.TU, link.Contents, link.F = String(name), String(field.name), String(field.name), _PRINT
    if field.box:
        link.FT, link.V, link.AS = Name.Btn, Name.Off, Name.Off
        link.AP = Dictionary(N=Dictionary({ON: _cross(document, link.Rect), "/Off": _nothing(document, link.Rect)}))
        return
    link.FT, link.V, link.DA = Name.Tx, String(""), String(_LETTERS)
    link.AP = Dictionary(N=_nothing(document, link.Rect))
    if field.several:
        link.Ff = _MULTILINE


def _cross(document: Pdf, rect: Object) -> Object:
    width, height = _size(rect)
    return _drawn(
        document, rect, f"1.2 w 2 2 m {width - 2:.2f} {height - 2:.2f} l 2 {height - 2:.2f} m {width - 2:.2f} 2 l S"
    )


def _nothing(document: Pdf, rect: Object) -> Object:
    return _drawn(document, rect, "")


def _drawn(document: Pdf, rect: Object, strokes: str) -> Object:
    box = Array([0, 0, *(round(n, 2) for n in _size(rect))])
    return document.make_stream(
        strokes.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=box, Resources=Dictionary()
    )


def _size(rect: Object) -> tuple[float, float]:
    left, low, right, high = (float(n) for n in rect)
    return right - left, high - low


def _retag(element: Object) -> None:
    """A tag "Link" around a field is a tag "Form" (ISO 32000-1 14.8.4.5)."""
    kids = element.get(Name.K)
    within = [] if kids is None else list(kids) if isinstance(kids, Array) else [kids]
    for kid in within:
        if not isinstance(kid, Dictionary):
            continue
        if kid.get(Name.Type) == Name.OBJR:
            if kid.Obj.get(Name.Subtype) == Name.Widget:
                element.S = Name.Form
        else:
            _retag(kid)
