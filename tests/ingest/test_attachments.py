"""Names and sizes of what hangs on a mail."""

from email import message_from_bytes

import pytest

from ingest.attachments import MAX_NAME, name, of

NAMES = {
    "plain": ('filename="Bescheid.pdf"', "Bescheid.pdf"),
    "a path": (r'filename="C:\\Eigene Dateien\\Bescheid.pdf"', "Bescheid.pdf"),
    "a climbing path": ('filename="../../etc/passwd"', "passwd"),
    "only dots": ('filename=".."', ""),
    "RFC 2231": ("filename*=utf-8''K%C3%BCrzung.pdf", "Kürzung.pdf"),
    "RFC 2231 in pieces": ("filename*0*=utf-8''K%C3%BCr; filename*1=zung.pdf", "Kürzung.pdf"),
    "an encoded word": ('filename="=?utf-8?q?K=C3=BCrzung.pdf?="', "Kürzung.pdf"),
    "a path in an encoded word": ('filename="=?utf-8?q?..=2FK.pdf?="', "K.pdf"),
    "raw UTF-8": ('filename="Kürzung.pdf"', "Kürzung.pdf"),
    "turned around": ('filename="=?utf-8?q?Rechnung=E2=80=AEfdp.exe?="', "Rechnungfdp.exe"),
    "line break and NUL": ('filename="=?utf-8?q?a=0D=0A=00b.pdf?="', "a b.pdf"),
    "pieces with and without number": ("filename*0=a; filename*=b", ""),
    "none": ("size=1", ""),
}


@pytest.mark.parametrize(("parameter", "expected"), NAMES.values(), ids=NAMES.keys())
def test_a_name_is_one_clean_last_part(parameter: str, expected: str) -> None:
    raw = f"Content-Disposition: attachment; {parameter}\n\n".encode()
    assert name(message_from_bytes(raw)) == expected


def test_a_name_in_raw_latin1_keeps_its_letters() -> None:
    assert name(message_from_bytes('Content-Type: x/y; name="Kürzung.pdf"\n\n'.encode("latin-1"))) == "Kürzung.pdf"


def test_a_very_long_name_keeps_its_ending() -> None:
    found = name(message_from_bytes(b"Content-Type: x/y; name=" + b"a" * 300 + b".pdf\n\n"))
    assert found.endswith("a.pdf")
    assert len(found) == MAX_NAME


SIZES = {
    "base64": (b"base64", b"aGFs\nbG8=\n", 5),
    "base64 in CRLF lines": (b"base64", b"aGFs\r\nbG8g\r\n", 6),
    "base64 without padding": (b"base64", b"aGFsbG8", 5),
    "base64 with junk": (b"base64", b"aGFs!!bG8=", 5),
    "quoted-printable": (b"quoted-printable", b"=C3=BC=\n", 2),
    "nothing": (b"base64", b"", 0),
    "8bit": (b"8bit", b"abc", 3),
}


@pytest.mark.parametrize(("encoding", "data", "size"), SIZES.values(), ids=SIZES.keys())
def test_a_size_is_of_the_decoded_bytes(encoding: bytes, data: bytes, size: int) -> None:
    part = message_from_bytes(b"Content-Type: x/y\nContent-Transfer-Encoding: " + encoding + b"\n\n" + data)
    assert of(part, 1).size == size


def test_a_charset_that_breaks_the_parser_breaks_nothing_here() -> None:
    part = message_from_bytes(b'Content-Type: image/png; charset="a\0b"\n\n\xff\xfe')
    assert of(part, 3).name == "anhang-3.png"
    assert of(part, 3).size == 2
