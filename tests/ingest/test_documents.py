"""A letter read out of an attachment: which file it is, what it says, and what is told where it cannot be read."""

import base64
import re
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from ingest import limits, parser, reading
from ingest.documents import File, Unreadable, archive, attachments, letter_in, pdf, pdf_fonts, text_of
from ingest.documents import file as said

DOCUMENTS = Path(__file__).parent.parent / "documents"
MAILS = sorted((Path(__file__).parent.parent / "eml").glob("*.eml"))


def sample(name: str, called: str = "") -> File:
    return File(called or name, "application/octet-stream", (DOCUMENTS / name).read_bytes())


def zipped(members: Mapping[str, bytes]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return written.getvalue()


def changed(name: str, members: Mapping[str, bytes]) -> bytes:
    """A sample with other or further members."""
    with zipfile.ZipFile(DOCUMENTS / name) as file:
        return zipped({**{member: file.read(member) for member in file.namelist()}, **members})


def why(content: bytes) -> str:
    with pytest.raises(Unreadable) as told:
        text_of(File("Antwort.pdf", "application/pdf", content))
    return str(told.value)


WHOLE = {
    "letter.docx": "letter.txt",
    "letter.odt": "letter.txt",
    "letter.pdf": "letter.pdf.txt",
    "browser.pdf": "browser.pdf.txt",
    "no-changes.pdf": "browser.pdf.txt",
}


@pytest.mark.parametrize(("name", "text"), WHOLE.items())
def test_a_letter_is_read_with_its_paragraphs_lists_tables_and_once_its_header_and_footer(name: str, text: str) -> None:
    assert text_of(sample(name)) + "\n" == (DOCUMENTS / text).read_text("utf-8")


def test_the_formats_of_one_letter_say_the_same() -> None:
    """But for numbers (a note's mark, a footer's page), signs between cells, and where on the pages the note stands."""
    pdf, docx, odt = (
        sorted(re.findall(r"[^\W\d]+", text_of(sample(f"letter.{kind}")))) for kind in ("pdf", "docx", "odt")
    )

    assert pdf == docx == odt


def test_what_a_file_is_its_content_says_and_not_its_name() -> None:
    assert text_of(sample("letter.pdf", "Antwort.docx")) == text_of(sample("letter.pdf"))


BAD = {
    "empty": (b"", said.EMPTY),
    "nothing but zeros": (b"\0" * 100, said.EMPTY),
    "old Word": ((DOCUMENTS / "letter.doc").read_bytes(), said.OLD_WORD),
    "Word with a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        said.PROTECTED,
    ),
    "RTF": (rb"{\rtf1\ansi Guten Tag}", said.FORMAT),
    "flat ODT": ((DOCUMENTS / "letter.fodt").read_bytes(), said.FORMAT),
    "plain text": (b"Guten Tag", said.FORMAT),
    "a spreadsheet": (zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}), said.FORMAT),
    "an ODF spreadsheet": (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), said.FORMAT),
    "an empty archive": (zipped({}), said.DAMAGED),
    "macros by type": (changed("letter.docx", {"[Content_Types].xml": b"<a b='macroEnabled'/>"}), said.MACROS),
    "macros by member": (changed("letter.docx", {"word/vbaProject.bin": b"x"}), said.MACROS),
    "macros in ODT": (changed("letter.odt", {"Basic/Standard/Modul.xml": b"<a/>"}), said.MACROS),
    "ODT with a password": (
        changed("letter.odt", {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
        said.PROTECTED,
    ),
    "PDF with a password": ((DOCUMENTS / "password.pdf").read_bytes(), said.PROTECTED),
    "PDF of pictures": ((DOCUMENTS / "scan.pdf").read_bytes(), said.SCAN),
    "PDF of an empty page": ((DOCUMENTS / "empty-page.pdf").read_bytes(), said.NO_TEXT),
    "PDF of glyphs without letters": ((DOCUMENTS / "no-letters.pdf").read_bytes(), said.GARBLED),
    "a photograph": (b"\xff\xd8\xff\xe0 JFIF", said.SCAN),
    "DOCX of a picture": (
        changed("letter.docx", {"word/document.xml": b"<a/>", "word/media/image1.png": b"x"}),
        said.SCAN,
    ),
    "DOCX without words": (changed("letter.docx", {"word/document.xml": b"<a/>"}), said.NO_TEXT),
    "ODT of a picture": (changed("letter.odt", {"content.xml": b"<a/>", "Pictures/1.png": b"x"}), said.SCAN),
    "ODT without words": (changed("letter.odt", {"content.xml": b"<a/>"}), said.NO_TEXT),
    "a document that is no XML": (changed("letter.docx", {"word/document.xml": b"Guten Tag"}), said.DAMAGED),
}


@pytest.mark.parametrize(("content", "sentence"), BAD.values(), ids=BAD.keys())
def test_whoever_sent_what_cannot_be_read_is_told_why(content: bytes, sentence: str) -> None:
    assert why(content) == sentence


@pytest.mark.parametrize("name", ["letter.docx", "letter.odt", "letter.pdf", "browser.pdf"])
def test_a_file_cut_off_anywhere_is_damaged(name: str) -> None:
    whole = (DOCUMENTS / name).read_bytes()

    for part in range(1, 20):
        assert why(whole[: len(whole) * part // 20]) == said.DAMAGED


@pytest.mark.parametrize("name", ["letter.docx", "letter.odt", "letter.pdf", "browser.pdf"])
def test_a_damaged_file_is_read_or_refused_and_nothing_else(name: str) -> None:
    whole = (DOCUMENTS / name).read_bytes()

    for at in range(0, len(whole), len(whole) // 30):
        with suppress(Unreadable):
            text_of(File(name, "", whole[:at] + b"\xff" + whole[at + 1 :]))


def test_a_file_over_the_limit_is_not_opened() -> None:
    assert why(b"%PDF-1.7" + b" " * said.MAX_FILE) == said.TOO_LARGE


ATTRIBUTES = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10 if n else b"ha") for n in range(12))
LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
HOSTILE = {
    "a member that unpacks to too much": ({"word/document.xml": b" " * (archive.MAX_UNPACKED + 1)}, said.TOO_LARGE),
    "entities in entities": ({"word/document.xml": LAUGHS}, said.DAMAGED),
    "entities in an attribute": ({"word/document.xml": b'<!DOCTYPE a [%s]><a b="&e11;"/>' % ATTRIBUTES}, said.DAMAGED),
    "entities in UTF-16": ({"word/document.xml": LAUGHS.decode().encode("utf-16")}, said.DAMAGED),
    "an entity from outside": (
        {"word/document.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'},
        said.DAMAGED,
    ),
    "deep XML": ({"word/document.xml": b"<a>" * 150 + b"</a>" * 150}, said.TOO_LONG),
    "very deep XML": ({"word/document.xml": b"<a>" * 100_000}, said.DAMAGED),
    "very many elements": (
        {"word/document.xml": b"<a>" + b"<b/>" * (archive.MAX_ELEMENTS + 1) + b"</a>"},
        said.TOO_LONG,
    ),
    "very many members": ({f"word/{number}": b"" for number in range(archive.MAX_MEMBERS)}, said.TOO_LARGE),
}


@pytest.mark.parametrize(("members", "sentence"), HOSTILE.values(), ids=HOSTILE.keys())
def test_an_archive_past_a_bound_is_refused(members: Mapping[str, bytes], sentence: str) -> None:
    assert why(changed("letter.docx", members)) == sentence


def test_what_is_unpacked_counts_together(monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(DOCUMENTS / "letter.docx") as file:
        sizes = [info.file_size for info in file.infolist()]
    monkeypatch.setattr(archive, "MAX_UNPACKED", max(sizes) + 1)

    assert why((DOCUMENTS / "letter.docx").read_bytes()) == said.TOO_LARGE


def test_an_entity_reveals_no_file_of_this_machine(tmp_path: Path) -> None:
    secret = tmp_path / "geheim"
    secret.write_text("geheim")
    entity = f'<!DOCTYPE a [<!ENTITY b SYSTEM "{secret.as_uri()}">]><a>&b;</a>'

    with pytest.raises(Unreadable):
        archive.parsed(entity.encode("utf-16"))


TEXT = b"BT /F1 12 Tf (Guten Tag, hier ist die Antwort auf Ihre Frage.) Tj ET\n"


def drawn(content: bytes, pages: int = 1, table: bytes = b"begincmap\nendcmap", form: bytes = b"") -> bytes:
    """A PDF whose pages share one content, one font with this table to letters, and one form `/X` with the same."""
    writer = PdfWriter()

    def stream(data: bytes) -> StreamObject:
        made = StreamObject()
        made.set_data(data)
        return made

    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    entry = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    entry[NameObject("/ToUnicode")] = writer._add_object(stream(table).flate_encode())
    resources = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(entry)})}
    )
    drawing = stream(form)
    drawing[NameObject("/Subtype")] = NameObject("/Form")
    drawing[NameObject("/Resources")] = resources
    forms = DictionaryObject({NameObject("/X"): writer._add_object(drawing)})
    shared = writer._add_object(stream(content).flate_encode())
    for _ in range(pages):
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Resources")] = DictionaryObject({**resources, NameObject("/XObject"): forms})
        page[NameObject("/Contents")] = shared
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def test_a_made_pdf_is_read() -> None:
    """So that what the next tests refuse is refused for its size."""
    assert text_of(File("", "", drawn(TEXT))) == "Guten Tag, hier ist die Antwort auf Ihre Frage."


TABLE = b"begincmap\n100 beginbfchar\n" + b"<0041> <0042>\n" * 3_000 + b"endbfchar\nendcmap"
ENDLESS = {
    "too many pages": (drawn(TEXT, pages=201), said.TOO_MANY_PAGES),
    "a page that unpacks to too much": (drawn(TEXT + b" " * 11_000_000), said.TOO_LONG),
    "a page of very many operations": (drawn(b"n " * (pdf.MAX_OPERATIONS + 1)), said.TOO_LONG),
    "pages of very many operations together": (
        drawn(TEXT + b"n " * (pdf.MAX_OPERATIONS // 10), pages=11),
        said.TOO_LONG,
    ),
    "very much text": (drawn(b"BT /F1 12 Tf (" + b"Antwort " * 10_000 + b") Tj ET", pages=10), said.TOO_LONG),
}


@pytest.mark.parametrize(("content", "sentence"), ENDLESS.values(), ids=ENDLESS.keys())
def test_a_pdf_past_a_bound_is_refused(content: bytes, sentence: str) -> None:
    assert why(content) == sentence


COSTLY = {
    "on every page": drawn(TEXT, pages=6, table=TABLE),
    "in a form that is drawn often": drawn(TEXT + b"/X Do " * 5, table=TABLE, form=b" "),
}


@pytest.mark.parametrize("content", COSTLY.values(), ids=COSTLY.keys())
def test_a_large_font_counts_as_often_as_it_is_read(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_fonts, "MAX_TABLES", 7 * len(TABLE))
    assert text_of(File("", "", content)).startswith("Guten Tag")

    monkeypatch.setattr(pdf_fonts, "MAX_TABLES", 5 * len(TABLE))
    assert why(content) == said.TOO_LONG


def mail(*parts: bytes) -> bytes:
    joined = b"".join(b"--b\n" + part + b"\n" for part in (b"Content-Type: text/plain\n\nAntwort", *parts))
    return b"Subject: AW: Vorgang\nContent-Type: multipart/mixed; boundary=b\n\n" + joined + b"--b--\n"


def part(content: bytes, name: str, kind: str = "application/pdf", more: str = "") -> bytes:
    fields = f'Content-Type: {kind}; name="{name}"\nContent-Transfer-Encoding: base64\n{more}\n'
    return fields.encode() + base64.encodebytes(content)


LOGO = part(b"\x89PNG", "logo.png", "image/png", "Content-ID: <logo>\nContent-Disposition: inline\n")
PDF = (DOCUMENTS / "letter.pdf").read_bytes()


def test_a_file_comes_out_of_the_mail_byte_for_byte() -> None:
    found = attachments(mail(part(PDF, "Antwort.pdf"), part(b"abc", "Foto.jpg", "image/jpeg")))

    assert found == (File("Antwort.pdf", "application/pdf", PDF), File("Foto.jpg", "image/jpeg", b"abc"))


def test_an_attached_mail_is_one_file_and_its_files_are_not_ours() -> None:
    ours, theirs = (b'Content-Type: application/pdf; name="Antwort.pdf"\n\n' + words for words in (b"ours", b"them"))
    inner = mail(theirs).replace(b"=b\n", b"=c\n").replace(b"--b", b"--c")
    found = attachments(mail(b"Content-Type: message/rfc822\n\n" + inner, ours))

    assert [file.type for file in found] == ["message/rfc822", "application/pdf"]
    assert b"Antwort.pdf" in found[0].content
    assert found[1].content == b"ours"


def test_the_picture_of_a_signature_is_marked() -> None:
    assert [file.inline for file in attachments(mail(LOGO, part(b"x", "Scan.png", "image/png")))] == [True, False]


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_the_files_of_a_mail_are_those_its_reading_shows(path: Path) -> None:
    raw = path.read_bytes()
    if limits.exceeded(raw):
        with pytest.raises(parser.Unreadable):
            attachments(raw)
        return

    shown = [(found.name, found.type) for found in reading.read(raw).attachments]
    assert [(found.name, found.type) for found in attachments(raw)] == shown


LETTER, OTHER = sample("letter.pdf", "Schreiben.pdf"), sample("letter.docx", "Notizen.docx")
ANSWER, SCAN = sample("letter.odt", "Antwort Frau Muster.odt"), sample("scan.pdf", "Antwort.pdf")
CHOICES = {
    "the only one": ((LETTER,), LETTER),
    "the only one that can be read": ((SCAN, LETTER), LETTER),
    "the only one named so": ((LETTER, ANSWER, OTHER), ANSWER),
    "two, none named so": ((LETTER, OTHER), None),
    "two named so": ((ANSWER, sample("letter.pdf", "ANTWORT.pdf")), None),
    "none that can be read": ((SCAN,), None),
    "none": ((), None),
    "a signature's picture": ((File("Antwort.png", "image/png", PDF, inline=True),), None),
}


@pytest.mark.parametrize(("files", "letter"), CHOICES.values(), ids=CHOICES.keys())
def test_the_letter_is_the_only_file_that_can_be_one(files: tuple[File, ...], letter: File | None) -> None:
    assert letter_in(files) == letter


def test_a_file_keeps_its_content_out_of_what_is_printed() -> None:
    assert "PDF" not in repr(File("a", "b", b"%PDF-"))
