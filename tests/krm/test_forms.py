"""The contact form in real files: a PDF's fields or text, a DOCX's controls or characters, an ODT, a mail's table."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO

import pytest
from PIL import Image

from classify.anlage3 import shipped
from classify.contact_form import LINES, ContactForm, boxes
from ingest import reading
from krm.forms import FARTHEST, UNREAD, Handed, Reader, arrived, handed
from notify.contact_form import Heading, blank, filled
from notify.deadlines import BERLIN
from store.case import Form
from tests.ingest.test_documents_office import ODF, RELATIONS, W, zipped
from tests.notify.test_contact_form import OLENA, written_again
from tests.office import KRM, OFFICE

CAME = datetime(2026, 11, 28, 9, 0, tzinfo=BERLIN)
FORM = shipped()
BOXES = boxes(FORM)
COLLEAGUE = "schulz@jobcenter.example"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


def ours(address: str) -> bool:
    return address.endswith("@jobcenter.example")


def mail(text: str, *files: tuple[str, bytes], html: str = "") -> bytes:
    written = EmailMessage(policy=SMTP)
    written["From"], written["To"], written["Subject"] = COLLEAGUE, KRM, "Kontaktformular"
    written["Message-ID"] = "<1@jobcenter.example>"
    if html:
        written.set_content(html, subtype="html")
    else:
        written.set_content(text)
    for name, content in files:
        written.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return written.as_bytes()


def read(raw: bytes, *, drafts: bool = True, ocr: Callable[[bytes], str] | None = None) -> Handed | None:
    message = reading.read(raw, frozenset({KRM}), frozenset())
    return handed(Reader(FORM, OFFICE, CAME, ours, ocr), message, None, raw, drafts=drafts)


def form_of(found: Handed | None) -> ContactForm:
    assert found is not None
    assert found.form is not None
    return found.form.content


# --- rows of a form, as every kind of file sets them ---


def rows(form: ContactForm) -> list[tuple[str, list[tuple[str, bool]]]]:
    """Label, and either the words on the line (one entry, ticked) or its boxes with whether they are ticked."""
    written = [(label, [(getattr(form, name), True)]) for name, label in LINES.items()]
    day = [("Eingangsdatum", [(f"{form.arrived:%d.%m.%Y}", True)])]
    single = (
        ("Geschlecht", BOXES.sexes, form.sex),
        ("Art der Reaktion", BOXES.types, form.type),
        ("Form der Reaktion", BOXES.forms, form.form),
        ("Kundengruppe", BOXES.customer_groups, form.customer_group),
    )
    choices = [(label, [(b.name, b.value == value) for b in found]) for label, found, value in single]
    unit = [("Betroffene Org.-Einheit", [(form.unit, True)]), ("Kategorien", [])]
    groups = [(g.name, [(b.name, b.value in form.categories) for b in g.boxes]) for g in BOXES.categories]
    return [choices[0], *written, *day, *choices[1:], *unit, *groups]


def _is_line(label: str, entries: list[tuple[str, bool]]) -> bool:
    return len(entries) == 1 and label not in {g.name for g in BOXES.categories}


def docx(body: str) -> bytes:
    root = f'xmlns:w="{W}" xmlns:w14="{W14}"'
    title = "<w:p><w:r><w:t>Anlage 3 Anregungen und Beschwerden der Kundinnen und Kunden</w:t></w:r></w:p>"
    return zipped(
        **{
            "[Content_Types].xml": "<Types/>",
            "word__document.xml": f"<w:document {root}><w:body>{title}{body}</w:body></w:document>",
            "word___rels__document.xml.rels": f'<Relationships xmlns="{RELATIONS}"/>',
        }
    )


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def control(words: str) -> str:
    """A text control, with the hint Word shows in an empty one."""
    hint = "" if words else "<w:showingPlcHdr/>"
    shown = words or "Klicken Sie hier, um Text einzugeben."
    return f"<w:sdt><w:sdtPr>{hint}</w:sdtPr><w:sdtContent>{run(shown)}</w:sdtContent></w:sdt>"


def box_control(on: bool) -> str:
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(on)}"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{run('☒' if on else '☐')}</w:sdtContent></w:sdt>"
    )


def old_box(on: bool) -> str:
    state = "<w:checked/>" if on else '<w:default w:val="0"/>'
    data = f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>"
    begin, end = f'<w:fldChar w:fldCharType="begin">{data}</w:fldChar>', '<w:fldChar w:fldCharType="end"/>'
    return f"<w:r>{begin}</w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r>{end}</w:r>"


def symbol(on: bool) -> str:
    return f'<w:r><w:sym w:font="Wingdings" w:char="{"F0FE" if on else "F0A8"}"/></w:r>'


def in_word(form: ContactForm, box: Callable[[bool], str], text: Callable[[str], str] = run) -> bytes:
    """A paragraph a row; behind a label stands one entry, or boxes with their names."""
    lines = []
    for label, entries in rows(form):
        single = _is_line(label, entries)
        behind = text(entries[0][0]) if single else "".join(box(on) + run(f" {name} ") for name, on in entries)
        lines.append(f"<w:p>{run(f'{label} ')}{behind}</w:p>")
    return docx("".join(lines) + f"<w:p>{run('Anliegen in Worten: ')}{run(form.words)}</w:p>")


def inside(label: str, entries: list[tuple[str, bool]], on: str, off: str) -> str:
    """What stands behind a label: the words, or the boxes with their names."""
    if _is_line(label, entries):
        return entries[0][0]
    return " ".join(f"{on if ticked else off} {name}" for name, ticked in entries)


def table_in_word(form: ContactForm) -> bytes:
    lines = []
    for label, entries in rows(form):
        behind = [entries[0][0]] if _is_line(label, entries) else [f"{'☒' if on else '☐'} {n}" for n, on in entries]
        cells = "".join(f"<w:tc><w:p>{run(words)}</w:p></w:tc>" for words in (label, *behind))
        lines.append(f"<w:tr>{cells}</w:tr>")
    return docx(f"<w:tbl>{''.join(lines)}</w:tbl><w:p>{run('Anliegen in Worten: ' + form.words)}</w:p>")


def in_odt(form: ContactForm) -> bytes:
    lines = [f"{label} {inside(label, entries, '☒', '☐')}" for label, entries in rows(form)]
    told = ("Anlage 3 Anregungen und Beschwerden", *lines, f"Anliegen in Worten: {form.words}")
    text = f"<office:text>{''.join(f'<text:p>{line}</text:p>' for line in told)}</office:text>"
    content = f"<office:document-content {ODF}><office:body>{text}</office:body></office:document-content>"
    return zipped(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": content})


def odt_with(form: ContactForm, text: Callable[[str], str], box: Callable[[str, bool], str], forms: str = "") -> bytes:
    """An ODT whose fields are controls: `text` for what is written, `box` for a name and whether it is ticked."""
    lines = []
    for label, entries in rows(form):
        behind = text(entries[0][0]) if _is_line(label, entries) else " ".join(box(name, on) for name, on in entries)
        lines.append(f"<text:p>{label} {behind}</text:p>")
    title = "<text:p>Anlage 3 Anregungen und Beschwerden</text:p>"
    words = f"<text:p>Anliegen in Worten: {text(form.words)}</text:p>"
    body = f"<office:text>{forms}{title}{''.join(lines)}{words}</office:text>"
    content = (
        f"<office:document-content {ODF} {MORE_OF_ODF}><office:body>{body}</office:body></office:document-content>"
    )
    return zipped(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": content})


MORE_OF_ODF = (
    'xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0" '
    'xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0" '
    'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)


def odt_with_controls(form: ContactForm) -> bytes:
    """As LibreOffice Writer saves a form: the paragraph refers to the control, which stands elsewhere."""
    made: list[str] = []

    def put(element: str) -> str:
        made.append(element.replace(" ", f' form:id="control{len(made)}" ', 1))
        return f'<draw:control draw:control="control{len(made) - 1}"/>'

    def text(words: str) -> str:
        return put(f'<form:text form:value="alt" form:current-value="{words}"/>')

    def box(name: str, on: bool) -> str:
        state = ' form:current-state="checked"' if on else ""
        return put(f'<form:checkbox form:label="{name}" form:state="unchecked"{state}/>')

    odt_with(form, text, box)  # the controls stand before the text that refers to them
    forms = f"<office:forms><form:form>{''.join(made)}</form:form></office:forms>"
    made.clear()
    return odt_with(form, text, box, forms)


def odt_with_content_controls(form: ContactForm) -> bytes:
    def text(words: str) -> str:
        hint = "" if words else ' loext:showing-place-holder="true"'
        return f"<loext:content-control{hint}>{words or 'Klicken Sie hier'}</loext:content-control>"

    def box(name: str, on: bool) -> str:
        return f'<loext:content-control loext:checkbox="true">{"☒" if on else "☐"}</loext:content-control> {name}'

    return odt_with(form, text, box)


def odt_from_word(form: ContactForm) -> bytes:
    def box(name: str, on: bool) -> str:
        state = f'<field:param field:name="Checkbox_Checked" field:value="{str(on).lower()}"/>'
        kind = "vnd.oasis.opendocument.field.FORMCHECKBOX"
        return f'<field:fieldmark field:type="{kind}">{state}</field:fieldmark> {name}'

    return odt_with(form, str, box)


def as_html(form: ContactForm) -> str:
    lines = [f"<tr><td>{label}</td><td>{inside(label, entries, '☒', '☐')}</td></tr>" for label, entries in rows(form)]
    table = f"<table>{''.join(lines)}</table>"
    return f"<html><body><h1>Kontaktformular</h1>{table}<p>Anliegen in Worten: {form.words}</p></body></html>"


def in_text(form: ContactForm) -> str:
    lines = [f"{label}: {inside(label, entries, '[x]', '[ ]')}" for label, entries in rows(form)]
    return "\n".join(("Anlage 3 Datenerhebung", *lines, f"Anliegen in Worten: {form.words}"))


CALL = replace(OLENA, words="Sie wartet.")
CARD = ContactForm(
    town="Rostock",
    arrived=date(2026, 11, 20),
    type="lob",
    form="meinungskarte",
    customer_group="sonstige",
    categories=("eingangszone.sonstiges",),
    words="Sehr nettes Team.",
)
FILES: dict[str, Callable[[ContactForm], bytes]] = {
    "a PDF with fields": lambda form: mail("", ("form.pdf", written_again(blank(FORM), form))),
    "a PDF with text": lambda form: mail("", ("form.pdf", filled(form, FORM, Heading("Jobcenter")))),
    "a DOCX with content controls": lambda form: mail("", ("form.docx", in_word(form, box_control, control))),
    "a DOCX with old form fields": lambda form: mail("", ("form.docx", in_word(form, old_box))),
    "a DOCX with signs of a font": lambda form: mail("", ("form.docx", in_word(form, symbol))),
    "a DOCX as a table": lambda form: mail("", ("form.docx", table_in_word(form))),
    "an ODT": lambda form: mail("", ("form.odt", in_odt(form))),
    "an ODT with controls": lambda form: mail("", ("form.odt", odt_with_controls(form))),
    "an ODT with content controls": lambda form: mail("", ("form.odt", odt_with_content_controls(form))),
    "an ODT that was a DOCX": lambda form: mail("", ("form.odt", odt_from_word(form))),
    "a mail's own text": lambda form: mail(in_text(form)),
    "a mail's table": lambda form: mail("", html=as_html(form)),
    "a PDF without a name for its kind": lambda form: mail("", ("scan", written_again(blank(FORM), form))),
}


@pytest.mark.parametrize("form", [CALL, CARD], ids=["a call", "a card"])
@pytest.mark.parametrize("make", FILES.values(), ids=FILES)
def test_a_form_is_read_from_whatever_it_comes_as(make: Callable[[ContactForm], bytes], form: ContactForm) -> None:
    found = read(make(form))

    assert form_of(found) == form
    assert found is not None
    assert found.words == form.words


def test_the_blank_form_itself_is_no_form() -> None:
    assert read(mail("Bitte bestellen Sie davon hundert nach.", ("form.pdf", blank(FORM)))) is None


def test_without_an_account_in_words_the_mail_tells_it_else_what_else_hangs_on_it() -> None:
    form = ("form.docx", in_word(ContactForm(last_name="Petrenko", arrived=date(2026, 11, 20)), symbol))
    letter = ("brief.docx", docx(f"<w:p>{run('Ich warte seit Wochen auf mein Geld, so geht das nicht.')}</w:p>"))

    told = read(mail("Sie hat zwei Stunden gewartet und war sehr aufgebracht.", form, letter))
    silent = read(mail("Viele Grüße\nAnna Schulz", form, letter))

    assert told is not None
    assert told.words.startswith("Sie hat zwei Stunden gewartet")
    assert "auf mein Geld" in told.whole
    assert silent is not None
    assert "auf mein Geld" in silent.words


def test_of_several_forms_the_first_is_taken_and_the_others_are_named() -> None:
    found = read(mail("", ("a.pdf", written_again(blank(FORM), CALL)), ("b.pdf", written_again(blank(FORM), CARD))))

    assert form_of(found) == CALL
    assert found is not None
    assert found.form is not None
    assert found.form.left_out == ("b.pdf",)
    assert any("2 Kontaktformulare" in hint and "b.pdf" in hint for hint in found.hints)


def test_further_forms_are_named_by_file_and_person_whatever_kind_of_file_they_are() -> None:
    second, third = replace(CALL, last_name="Weiß"), replace(CALL, last_name="Öz")
    files = (("a.pdf", written_again(blank(FORM), CALL)), ("b.docx", in_word(second, symbol)), ("c.odt", in_odt(third)))

    found = read(mail("", *files))

    assert form_of(found) == CALL
    assert found is not None
    (hint,) = [h for h in found.hints if "Kontaktformulare" in h]
    assert f"Nicht übernommen: b.docx ({second.name}), c.odt ({third.name})." in hint
    assert "mit einer eigenen Nachricht" in hint


def test_two_cards_of_nobody_that_differ_in_their_words_alone_are_two() -> None:
    other = replace(CARD, words="Leider sehr unfreundlich.")

    found = read(mail("", ("a.pdf", written_again(blank(FORM), CARD)), ("b.pdf", written_again(blank(FORM), other))))

    assert found is not None
    assert found.form is not None
    assert found.form.left_out == ("b.pdf",)


def test_a_file_that_cannot_be_read_is_named_beside_a_form_that_can() -> None:
    found = read(mail("", ("a.pdf", written_again(blank(FORM), CALL)), ("scan.png", picture())))

    assert form_of(found) == CALL
    assert found is not None
    assert UNREAD.format("scan.png") in found.hints


def test_the_same_form_as_file_and_in_words_is_one() -> None:
    found = read(mail(in_text(CALL), ("a.pdf", written_again(blank(FORM), CALL))))

    assert found is not None
    assert not any("Kontaktformulare" in hint for hint in found.hints)


def picture() -> bytes:
    drawn = BytesIO()
    Image.new("L", (40, 40), 255).save(drawn, "PNG")
    return drawn.getvalue()


def test_a_scan_is_read_where_somebody_can() -> None:
    found = read(mail("Anbei.", ("scan.png", picture())), ocr=lambda _: in_text(CALL))

    assert form_of(found) == CALL
    assert found is not None
    assert any("„scan.png“ ist ein Scan" in hint for hint in found.hints)


@pytest.mark.parametrize("ocr", [None, lambda _: ""], ids=["nobody can", "nothing is seen"])
def test_else_it_is_put_before_the_officer_as_unread(ocr: Callable[[bytes], str] | None) -> None:
    found = read(mail("Anbei ein Formular.", ("scan.png", picture())), ocr=ocr)

    assert found is not None
    assert found.form is None
    assert found.hints == (UNREAD.format("scan.png"),)


def test_a_broken_file_costs_nothing_but_a_hint() -> None:
    found = read(mail("Anbei ein Formular.", ("form.pdf", b"%PDF-1.7 broken")))

    assert found is not None
    assert "„form.pdf“ ist nicht gelesen" in found.hints[0]


@pytest.mark.parametrize(
    ("day", "counts", "hint"),
    [
        (date(2026, 11, 12), datetime(2026, 11, 12, 12, 0, tzinfo=BERLIN), ""),
        (date(2026, 11, 28), CAME, ""),
        (date(2026, 12, 12), CAME, "liegt in der Zukunft"),
        (CAME.date() - FARTHEST * 2, CAME, "liegt mehr als ein Jahr zurück"),
        (None, CAME, "Das Eingangsdatum fehlt"),
    ],
)
def test_the_form_s_day_counts_where_it_can_be_true(day: date | None, counts: datetime, hint: str) -> None:
    written = in_text(CALL).replace("12.11.2026", f"{day:%d.%m.%Y}" if day else "")
    found = read(mail(written))

    assert arrived(Form(form_of(found), CAME)) == counts
    assert found is not None
    assert (hint in " ".join(found.hints)) if hint else not any("Eingangsdatum" in h for h in found.hints)


def test_an_address_of_the_house_is_named() -> None:
    found = read(mail(in_text(CALL).replace(OLENA.email, COLLEAGUE)))

    assert found is not None
    assert any("eine des Hauses" in hint for hint in found.hints)


def test_nobody_else_s_words_are_drafted_from() -> None:
    words = "Frau Petrenko war eben hier und beschwert sich über die Wartezeit."

    assert form_of(read(mail(words))).last_name == "Petrenko"
    assert read(mail(words), drafts=False) is None


def test_a_file_that_is_no_document_is_passed_over() -> None:
    assert read(mail("Zur Kenntnis.", ("daten.bin", b"\x00\x01\x02"))) is None
