"""Large base64 files reach the parser in one line; what may be read as text, or is no clean base64, as it stands."""

import base64

import pytest

from ingest.limits import examined
from ingest.message import Attachment
from ingest.reading import read
from ingest.unfolding import LEAST, unfolded

BYTES = bytes(range(256)) * 100
LINES = base64.encodebytes(BYTES).replace(b"\n", b"\r\n")
FIELDS = b"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n"


def mail(content: bytes, fields: bytes = FIELDS, boundary: bytes = b"--b") -> bytes:
    head = b"From: a@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHallo\r\n--b\r\n"
    return head + fields + b"\r\n" + content + b"\r\n" + boundary + b"--\r\n"


def joined(raw: bytes) -> bytes:
    return unfolded(raw, examined(raw).files)


def test_a_large_file_in_base64_comes_in_one_line() -> None:
    assert joined(mail(LINES)) == mail(LINES.replace(b"\r\n", b""))


def test_every_large_file_of_a_mail_comes_in_one_line() -> None:
    second = b"\r\n--b\r\n" + FIELDS + b"\r\n"
    one_line = LINES.replace(b"\r\n", b"")
    assert joined(mail(LINES + second + LINES)) == mail(one_line + second + one_line)


def test_its_size_is_the_same() -> None:
    assert read(mail(LINES)).attachments == (Attachment("a.pdf", "application/pdf", len(BYTES)),)


def test_line_ends_without_return_are_kept_before_the_boundary() -> None:
    raw = mail(LINES).replace(b"\r\n", b"\n")
    assert joined(raw) == mail(LINES.replace(b"\r\n", b"")).replace(b"\r\n", b"\n")


LEFT = {
    "a small file": mail(LINES[: LEAST // 2]),
    "a text": mail(LINES, FIELDS.replace(b"application/pdf", b"text/plain")),
    "a calendar": mail(LINES, FIELDS.replace(b"application/pdf", b"text/calendar")),
    "an attached mail": mail(LINES, FIELDS.replace(b"application/pdf", b"message/rfc822")),
    "a type that is none": mail(LINES, FIELDS.replace(b"application/pdf", b"application/x/y")),
    "no type": mail(LINES, b"Content-Transfer-Encoding: base64\r\n"),
    "another encoding": mail(LINES, FIELDS.replace(b"base64", b"7bit")),
    "the first of two encodings is another": mail(LINES, b"Content-Transfer-Encoding: 7bit\r\n" + FIELDS),
    "a blank inside": mail(LINES + b" "),
    "words below": mail(LINES + b"\r\nViele Gr\xfc\xdfe"),
    "no boundary behind it": mail(LINES, boundary=b"=="),
    "a mail that is the file": FIELDS + b"\r\n" + LINES,
}


@pytest.mark.parametrize("raw", LEFT.values(), ids=LEFT.keys())
def test_anything_else_stays_as_it_is(raw: bytes) -> None:
    assert joined(raw) == raw
