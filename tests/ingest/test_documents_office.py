"""What is read of the peculiarities of DOCX (ECMA-376) and ODT (ODF 1.3): what a reader of the page sees."""

import zipfile
from io import BytesIO

import pytest

from ingest.documents import File, text_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
    )
)


def zipped(**members: str) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/"), content)
    return written.getvalue()


def docx(body: str, space: str = W, **parts: str) -> str:
    """The text of a DOCX with this body and further parts, by kind ("styles", "header", ...)."""
    root = f'xmlns:w="{space}" xmlns:mc="{MC}" xmlns:r="{R}"'
    rows = "".join(f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{kind}.xml"/>' for kind in parts)
    content = zipped(
        **{
            "[Content_Types].xml": "<Types/>",
            "word__document.xml": f"<w:document {root}><w:body>{body}</w:body></w:document>",
            "word___rels__document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{rows}</Relationships>',
            **{f"word__{kind}.xml": f"<w:x {root}>{content}</w:x>" for kind, content in parts.items()},
        }
    )
    return text_of(File("", "", content))


def p(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def r(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def tbl(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


SPACE = '<w:spacing w:before="0" w:after="160"/>'
BOX = f"<w:drawing><w:txbxContent>{p('Im Kasten')}</w:txbxContent></w:drawing>"
CHOICE = f"<mc:Choice>{BOX}</mc:Choice>"
DOCX = {
    "runs of one word": (r("<w:r><w:t>Ant</w:t></w:r><w:r><w:t>wort</w:t></w:r>"), "Antwort"),
    "a tab and a line break": (r("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>"), "a b\nc"),
    "hyphens hard and soft": (
        r("<w:r><w:t>E</w:t><w:noBreakHyphen/><w:t>Mail Be</w:t><w:softHyphen/><w:t>scheid</w:t></w:r>"),
        "E-Mail Bescheid",
    ),
    "inserted and deleted words": (
        r(
            "<w:del><w:r><w:delText>alt</w:delText><w:br/></w:r></w:del><w:ins><w:r><w:t>neu</w:t></w:r></w:ins>"
        ).replace("<w:p>", "<w:p><w:r><w:t>ganz </w:t></w:r>"),
        "ganz neu",
    ),
    "moved words": (
        r("<w:moveFrom><w:r><w:t>hin</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>her</w:t></w:r></w:moveTo>"),
        "her",
    ),
    "hidden words": (r("<w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r><w:r><w:t>offen</w:t></w:r>"), "offen"),
    "words hidden by mistake": (r('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>offen</w:t></w:r>'), "offen"),
    "a field's code": (r("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>3</w:t></w:r>"), "3"),
    "a link": (r("<w:hyperlink><w:r><w:t>jobcenter.de</w:t></w:r></w:hyperlink>"), "jobcenter.de"),
    "a content control": (f"<w:sdt><w:sdtContent>{p('Feld')}</w:sdtContent></w:sdt>", "Feld"),
    "a text box, once": (
        r(f"<w:r><mc:AlternateContent>{CHOICE}<mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r>"),
        "Im Kasten",
    ),
    "paragraphs with room": (p("a", SPACE) + p("b", SPACE), "a\n\nb"),
    "paragraphs without room": (p("a") + p("b"), "a\nb"),
    "an empty paragraph": (p("a") + p("") + p("") + p("b"), "a\n\nb"),
    "room but for neighbours of one style": (
        p("a", SPACE + "<w:contextualSpacing/>") + p("b", SPACE + "<w:contextualSpacing/>"),
        "a\nb",
    ),
    "a table": (
        tbl((p("Tag:"), p("Montag"), p("8 Uhr")), (p(""), p("Dienstag"))),
        "Tag: Montag | 8 Uhr\nDienstag",
    ),
    "a table as layout": (tbl((p("Frau") + p("Muster"), p("Jobcenter"))), "Frau\nMuster\n\nJobcenter"),
    "a table in a table": (tbl((tbl((p("innen"),)),)), "innen"),
    "a ligature": (p("ﬁnden"), "finden"),
    "a forbidden sign": (p("a\u2028b\ufeff"), "a\u2028b"),
}


@pytest.mark.parametrize(("body", "text"), DOCX.values(), ids=DOCX.keys())
@pytest.mark.parametrize("space", [W, STRICT], ids=["transitional", "strict"])
def test_a_docx_says_what_its_page_shows(body: str, text: str, space: str) -> None:
    assert docx(body, space) == text


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
)


def item(words: str, number: int, level: int) -> str:
    return p(words, f'{SPACE}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_items_of_a_docx_carry_the_labels_the_page_shows() -> None:
    rows = (("a", 1, 0), ("b", 1, 1), ("c", 1, 1), ("d", 1, 0), ("e", 1, 1), ("f", 2, 0), ("g", 3, 0), ("h", 3, 0))
    body = "".join(item(words, number, level) for words, number, level in rows)

    labels = ("1. a", "1.a) b", "1.b) c", "2. d", "2.a) e", "• f", "7. g", "8. h")
    assert docx(body, numbering=NUMBERING) == "\n".join(labels)


def test_a_style_and_its_ancestors_say_what_a_paragraph_does_not() -> None:
    styles = (
        f'<w:style w:type="paragraph" w:styleId="A"><w:pPr>{SPACE}</w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="C"><w:basedOn w:val="C"/>'
        '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    body = p("a", '<w:pStyle w:val="B"/>') + p("b") + p("c", '<w:pStyle w:val="C"/>')

    assert docx(body, styles=styles, numbering=NUMBERING) == "a\n\nb\n• c"


def test_headers_notes_and_footers_of_a_docx_stand_once_around_the_body() -> None:
    section = '<w:sectPr><w:{0}Reference w:type="default" r:id="{0}"/></w:sectPr>'
    body = (
        r('<w:r><w:t>Text</w:t><w:footnoteReference w:id="2"/></w:r>')
        + (section.format("header") + section.format("footer")) * 2
    )
    notes = f'<w:footnote w:id="1">{p("Strich")}</w:footnote><w:footnote w:id="2">{p("Fußnote")}</w:footnote>'

    assert docx(body, header=p("Kopf"), footer=p("Fuß"), footnotes=notes) == "Kopf\n\nText[1]\n\n[1] Fußnote\n\nFuß"


def test_a_first_page_header_counts_only_where_the_document_has_one() -> None:
    section = '<w:sectPr><w:headerReference w:type="first" r:id="header"/>{}</w:sectPr>'

    assert docx(p("Text") + section.format(""), header=p("Kopf")) == "Text"
    assert docx(p("Text") + section.format("<w:titlePg/>"), header=p("Kopf")) == "Kopf\n\nText"


def odt(body: str, automatic: str = "", master: str = "") -> str:
    """The text of an ODT with this body, these automatic styles and master pages."""
    styles = f"<office:automatic-styles>{automatic}</office:automatic-styles>"
    masters = f"<office:master-styles>{master}</office:master-styles>"
    shown = f"<office:body><office:text>{body}</office:text></office:body>"
    content = zipped(
        **{
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document {ODF}>{styles}{shown}</office:document>",
            "styles.xml": f"<office:document {ODF}>{masters}</office:document>",
        }
    )
    return text_of(File("", "", content))


def t(words: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def ol(*items: str, style: str = "L", more: str = "") -> str:
    rows = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f'<text:list text:style-name="{style}" {more}>{rows}</text:list>'


def tr(*cells: str, more: str = "") -> str:
    inside = "".join(f"<table:table-cell>{cell}</table:table-cell><table:covered-table-cell/>" for cell in cells)
    return f"<table:table-row {more}>{inside}</table:table-row>"


STYLES = (
    '<style:style style:name="Weit" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.3cm"/>'
    '</style:style><style:style style:name="Kind" style:family="paragraph" style:parent-style-name="Weit"/>'
    '<style:style style:name="Kreis" style:family="paragraph" style:parent-style-name="Kreis"/>'
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-suffix="." '
    'style:num-format="1"/><text:list-level-style-number text:level="2" style:num-prefix="(" style:num-suffix=")" '
    'style:num-format="i"/></text:list-style>'
    '<text:list-style style:name="M"><text:list-level-style-bullet text:level="1"/></text:list-style>'
)
ODT = {
    "white space and tabs": (t("a\n  b<text:tab/>c<text:s text:c='999999999'/>d<text:line-break/>e"), "a b c d\ne"),
    "spans and links": (t("<text:span>Ant</text:span>wort <text:a>hier</text:a>!"), "Antwort hier!"),
    "deleted words": (f"<text:tracked-changes>{t('alt')}</text:tracked-changes>" + t("neu"), "neu"),
    "a comment": (t(f"offen<office:annotation>{t('intern')}</office:annotation>"), "offen"),
    "hidden words": (t("offen<text:hidden-text>geheim</text:hidden-text>"), "offen"),
    "a note": (t(f"a<text:note><text:note-body>{t('Fußnote')}</text:note-body></text:note>"), "a[1]\n\n[1] Fußnote"),
    "a text box": (t(f"a<draw:frame><draw:text-box>{t('Im Kasten')}</draw:text-box></draw:frame>"), "a\nIm Kasten"),
    "paragraphs with room": (t("a", "Kind") + t("b"), "a\n\nb"),
    "paragraphs without room": (t("a", "Kreis") + t("b", "fehlt"), "a\nb"),
    "a section": (f"<text:section>{t('a')}</text:section>" + t("b"), "a\nb"),
    "a list in a list": (ol(t("a") + ol(t("b"), t("c"), style=""), t("d")), "1. a\n(i) b\n(ii) c\n2. d"),
    "a list begun anew": ((ol(t("a")) + t("x")) * 2, "1. a\nx\n1. a\nx"),
    "a list that goes on": (ol(t("a")) + ol(t("b"), more='text:continue-numbering="true"'), "1. a\n2. b"),
    "an item of two paragraphs": (ol(t("a") + t("b"), style="M"), "• a\nb"),
    "a table": (
        f"<table:table><table:table-header-rows>{tr(t('Tag'), t('Zeit'))}</table:table-header-rows>"
        + tr(t("Mo"), t("8"), more='table:number-rows-repeated="1000000"')
        + "</table:table>",
        "Tag | Zeit\nMo | 8",
    ),
}


@pytest.mark.parametrize(("body", "text"), ODT.values(), ids=ODT.keys())
def test_an_odt_says_what_its_page_shows(body: str, text: str) -> None:
    assert odt(body, STYLES) == text


def test_headers_and_footers_of_an_odt_stand_once_around_the_body() -> None:
    page = f"<style:header>{t('Kopf')}</style:header><style:footer>{t('Fuß')}</style:footer>"
    unused = f'<style:header style:display="false">{t("alter Kopf")}</style:header>'
    master = "".join(f"<style:master-page>{inside}</style:master-page>" for inside in (page, page, unused))

    assert odt(t("Text"), master=master) == "Kopf\n\nText\n\nFuß"
