"""What Outlook packs into a winmail.dat is read like parts of the mail; what cannot be opened is told, never lost."""

import base64
import struct
from collections.abc import Iterable

import pytest

from ingest import documents, winmail
from ingest.reading import read

MESSAGE, FILE = 1, 2  # levels (MS-OXTNEF 2.1.3.2)
BODY, DATA, TITLE, START, PROPERTIES, RECIPIENTS, FILE_PROPERTIES, CODEPAGE = (
    0x800C,
    0x800F,
    0x8010,
    0x9002,
    0x9003,
    0x9004,
    0x9005,
    0x9007,
)
TEXT, BYTES, OBJECT = 0x1F, 0x102, 0x0D  # types of properties (MS-OXCDATA 2.11.1)
PLAIN, HTML, RTF, LONG_NAME, MIME_TYPE, WITHIN = 0x1000, 0x1013, 0x1009, 0x3707, 0x370E, 0x3701
A_MAIL_WITHIN = bytes.fromhex("0703020000000000c000000000000046")
WHATEVER_TYPE = 6


def packed(*attributes: bytes) -> bytes:
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(attributes)


def attribute(level: int, name: int, data: bytes) -> bytes:
    head = struct.pack("<BHHI", level, name, WHATEVER_TYPE, len(data))
    return head + data + struct.pack("<H", sum(data) % 65536)


def properties(level: int, found: dict[tuple[int, int], bytes]) -> bytes:
    rows = b"".join(
        struct.pack("<HHII", kind, name, 1, len(value)) + value + b"\0" * (-len(value) % 4)
        for (kind, name), value in found.items()
    )
    name = PROPERTIES if level == MESSAGE else FILE_PROPERTIES
    return attribute(level, name, struct.pack("<I", len(found)) + rows)


def file(name: str, content: bytes, kind: str = "") -> bytes:
    more = {(TEXT, LONG_NAME): f"{name}\0".encode("utf-16-le")}
    if kind:
        more |= {(TEXT, MIME_TYPE): f"{kind}\0".encode("utf-16-le")}
    short = attribute(FILE, TITLE, b"KURZ~1.DAT\0")
    return attribute(FILE, START, b"\0" * 14) + short + attribute(FILE, DATA, content) + properties(FILE, more)


def rich(text: bytes) -> bytes:
    """RTF, stored as it is (MS-OXRTFCP 2.1.3.1.5)."""
    return struct.pack("<III", len(text) + 12, len(text), 0x414C454D) + b"\0\0\0\0" + text


def hung(data: bytes, text: str = "Anbei der Brief.", kind: str = "application/ms-tnef") -> bytes:
    return (
        b"From: meier@jobcenter.example\r\nSubject: Brief\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        + text.encode()
        + b"\r\n--b\r\nContent-Type: "
        + kind.encode()
        + b'; name="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        + base64.encodebytes(data)
        + b"\r\n--b--\r\n"
    )


def alone(data: bytes) -> bytes:
    return (
        b"From: meier@jobcenter.example\r\nSubject: Brief\r\n"
        b"Content-Type: application/ms-tnef\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(data)
    )


TWO_FILES = packed(file("Bescheid für März.pdf", b"%PDF-1.7"), file("Foto.jpg", b"\xff\xd8\xff", "image/jpeg"))


@pytest.mark.parametrize("kind", ["application/ms-tnef", "application/vnd.ms-tnef", "application/octet-stream"])
def test_the_files_inside_are_files_of_the_mail(kind: str) -> None:
    message = read(hung(TWO_FILES, kind=kind))

    assert message.text == "Anbei der Brief."
    assert [(f.name, f.type, f.size) for f in message.attachments] == [
        ("Bescheid für März.pdf", "application/pdf", 8),
        ("Foto.jpg", "image/jpeg", 3),
    ]
    assert message.defects == ()


def test_a_letter_inside_is_found_like_any_other_file() -> None:
    assert [(f.name, f.content) for f in documents.attachments(hung(TWO_FILES))] == [
        ("Bescheid für März.pdf", b"%PDF-1.7"),
        ("Foto.jpg", b"\xff\xd8\xff"),
    ]


TEXTS: dict[str, Iterable[bytes]] = {
    "as plain text": [properties(MESSAGE, {(TEXT, PLAIN): "Ich wünsche Antwort.\0".encode("utf-16-le")})],
    "as an attribute": [
        attribute(MESSAGE, CODEPAGE, b"\xe4\4\0\0"),
        attribute(MESSAGE, BODY, "Ich wünsche Antwort.\0".encode("cp1252")),
    ],
    "as HTML": [properties(MESSAGE, {(BYTES, HTML): b"<p>Ich w&uuml;nsche <b>Antwort</b>.</p>"})],
    "as RTF": [properties(MESSAGE, {(BYTES, RTF): rich(rb"{\rtf1\ansi\ansicpg1252 Ich w\'fcnsche Antwort.\par}")})],
}


@pytest.mark.parametrize("attributes", TEXTS.values(), ids=TEXTS.keys())
def test_the_letter_inside_is_the_text_of_a_mail_that_has_no_other(attributes: Iterable[bytes]) -> None:
    assert read(alone(packed(*attributes))).text == "Ich wünsche Antwort."
    assert read(hung(packed(*attributes), text=" ")).text == "Ich wünsche Antwort."


@pytest.mark.parametrize("attributes", TEXTS.values(), ids=TEXTS.keys())
def test_beside_a_text_it_is_mostly_the_same_once_more(attributes: Iterable[bytes]) -> None:
    assert read(hung(packed(*attributes), text="Guten Tag,\r\n* Ich wünsche Antwort.")).text.count("Antwort") == 1


@pytest.mark.parametrize("attributes", TEXTS.values(), ids=TEXTS.keys())
def test_beside_a_text_that_says_something_else_it_is_read_too(attributes: Iterable[bytes]) -> None:
    """A scanner's line about viruses must not be all that is left of a Widerspruch."""
    assert read(hung(packed(*attributes))).text == "Anbei der Brief.\n\nIch wünsche Antwort."


NOT_OPENED = {
    "none at all": b"x",
    "empty": packed(),
    "4,294,967,295 recipients": packed(attribute(MESSAGE, RECIPIENTS, b"\xff\xff\xff\xff")),
    "a million objects": packed(attribute(MESSAGE, 0x8006, b"\0")) + attribute(MESSAGE, 0x8006, b"\0") * 500_000,
    "a letter of two gigabytes, it says": packed(
        properties(MESSAGE, {(BYTES, RTF): struct.pack("<IIII", 99, 2**31, 0x75465A4C, 0) + b"\xff" * 500_000})
    ),
    "too large": TWO_FILES + b"\0" * winmail.LARGEST,
}


@pytest.mark.parametrize("data", NOT_OPENED.values(), ids=NOT_OPENED.keys())
def test_what_cannot_be_opened_stays_a_file_and_is_told(data: bytes) -> None:
    message = read(hung(data))

    assert message.text == "Anbei der Brief."
    assert [f.name for f in message.attachments] == ["winmail.dat"]
    assert message.defects == ("tnef",)


IN_PART = {
    "a property nobody knows": packed(properties(MESSAGE, {(0x0999, 0x1234): b""}), file("Brief.pdf", b"%PDF-")),
    "cut off between two": packed(file("Brief.pdf", b"%PDF-"), file("Foto.jpg", b"1"))[:-150],
    "cut off in the last": packed(file("Brief.pdf", b"%PDF-"), attribute(FILE, DATA, b"Inhalt"))[:-4],
    "with something behind": packed(file("Brief.pdf", b"%PDF-")) + b"\0\0",
}


@pytest.mark.parametrize("data", IN_PART.values(), ids=IN_PART.keys())
def test_what_is_opened_in_part_is_told_too(data: bytes) -> None:
    message = read(hung(data))

    assert [(f.name, f.size) for f in message.attachments][1:] == [("winmail.dat", len(data))]
    assert message.defects == ("tnef",)


def test_a_mail_within_is_named_and_told_not_opened() -> None:
    inner = A_MAIL_WITHIN + packed(attribute(MESSAGE, BODY, b"Ich lege Widerspruch ein."))
    within = properties(FILE, {(OBJECT, WITHIN): inner, (TEXT, LONG_NAME): "AW: Bescheid\0".encode("utf-16-le")})

    message = read(hung(packed(attribute(FILE, START, b"\0" * 14), within)))

    assert [(f.name, f.type) for f in message.attachments] == [("AW: Bescheid", "application/ms-tnef")]
    assert message.defects == ("tnef",)


def test_no_name_inside_becomes_a_field_or_a_path() -> None:
    hostile = packed(file('../../etc/x"\r\nFrom: chef@jobcenter.example\r\n\r\nText', b"1"), file("", b"2"))

    message = read(hung(hostile))

    assert [s.address for s in message.senders] == ["meier@jobcenter.example"]
    assert [f.name for f in message.attachments] == ['x" From: chef@jobcenter.example Text', "KURZ~1.DAT"]


@pytest.mark.parametrize("kind", ["multipart/mixed", "message/rfc822", "text/html; x=\r\nFrom: a@b.example", "x"])
def test_no_type_inside_becomes_structure(kind: str) -> None:
    message = read(hung(packed(file("Brief.pdf", b"%PDF-", kind))))

    assert [(f.name, f.type) for f in message.attachments] == [("Brief.pdf", "application/pdf")]


def test_a_file_of_an_unknown_kind_is_just_a_file() -> None:
    message = read(hung(packed(file("messwerte.dat", b"1"), file("liesmich", b"2"))))

    assert {f.type for f in message.attachments} == {"application/octet-stream"}
    assert message.defects == ()


def test_of_many_the_first_few_are_opened() -> None:
    """Every one costs a program of its own."""
    part = hung(TWO_FILES).partition(b"\r\n--b\r\nContent-Type: application")[2].removesuffix(b"\r\n--b--\r\n")
    many = hung(TWO_FILES).removesuffix(b"--b--\r\n") + (b"--b\r\nContent-Type: application" + part + b"\r\n") * 9

    message = read(many + b"--b--\r\n")

    assert [f.name for f in message.attachments].count("Foto.jpg") == winmail.MOST_FILES
    assert [f.name for f in message.attachments].count("winmail.dat") == 10 - winmail.MOST_FILES
