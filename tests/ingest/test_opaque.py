"""A mail inside its own signature (S/MIME, RFC 8551 3.5.2) is read; the signature is believed nothing."""

import base64

import pytest

from ingest import documents
from ingest.message import Oddity
from ingest.opaque import unwrapped
from ingest.reading import Unreadable, read

SIGNED_DATA, DATA, ENVELOPED = (bytes.fromhex(f"2a864886f70d0107{n}") for n in ("02", "01", "03"))
MAIL = b"Content-Type: text/plain; charset=utf-8\r\n\r\nIch habe gewartet."
END = b"\0\0"


def der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    many = (size.bit_length() + 7) // 8
    return bytes((tag, 0x80 | many)) + size.to_bytes(many, "big") + content


def ber(tag: int, content: bytes) -> bytes:
    """Of a length nobody told (X.690 8.1.3.6), as OpenSSL and Apple's Mail write."""
    return bytes((tag, 0x80)) + content + END


def cms(octets: bytes, kind: bytes = SIGNED_DATA, put: object = der) -> bytes:
    put = ber if put is ber else der
    inside = put(0x30, der(0x06, DATA) + put(0xA0, octets))
    digests = put(0x31, put(0x30, der(0x06, b"\x60\x86") + b"\x05\0"))
    return put(0x30, der(0x06, kind) + put(0xA0, put(0x30, b"\x02\x01\x01" + digests + inside + der(0x31, b""))))


def sent(content: bytes, kind: bytes = b"application/pkcs7-mime; smime-type=signed-data; name=smime.p7m") -> bytes:
    head = b"From: erika@mail.example\r\nSubject: Beschwerde\r\nMIME-Version: 1.0\r\nContent-Type: " + kind
    return head + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(content)


def pieces(content: bytes, size: int) -> bytes:
    return b"".join(der(0x04, content[at : at + size]) for at in range(0, len(content), size))


WRAPPED = {
    "whole": cms(der(0x04, MAIL)),
    "of untold lengths": cms(der(0x04, MAIL), put=ber),
    "in pieces": cms(ber(0x24, pieces(MAIL, 7)), put=ber),
    "in pieces of a told length": cms(der(0x24, pieces(MAIL, 7))),
    "in pieces of pieces": cms(ber(0x24, ber(0x24, pieces(MAIL, 7)))),
    "signed twice": cms(der(0x04, sent(cms(der(0x04, MAIL))))),
}


@pytest.mark.parametrize("content", WRAPPED.values(), ids=WRAPPED.keys())
def test_what_was_signed_is_read(content: bytes) -> None:
    message = read(sent(content))

    assert message.text == "Ich habe gewartet."
    assert message.subject == "Beschwerde"
    assert message.attachments == ()
    assert "signature-taken-off" in message.defects


NOT_READ = {
    "encrypted": cms(der(0x04, MAIL), kind=ENVELOPED),
    "a signature alone": cms(b""),
    "cut off": cms(der(0x04, MAIL))[:-40],
    "a length past the end": b"\x30\x84\xff\xff\xff\xff",
    "nothing": b"",
    "one level that never ends": cms(b"\x24\x80" * 100_000),
}


@pytest.mark.parametrize("content", NOT_READ.values(), ids=NOT_READ.keys())
def test_anything_else_stays_a_file_that_nobody_opened(content: bytes) -> None:
    message = read(sent(content))

    assert message.text == ""
    assert [file.name for file in message.attachments] == ["smime.p7m"]
    assert "signature-taken-off" not in message.defects


def test_files_inside_the_signature_are_files_of_the_mail() -> None:
    mixed = (
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nAnbei\r\n--b\r\n"
        b"Content-Type: application/pdf; name=Antwort.pdf\r\n\r\n%PDF-\r\n--b--\r\n"
    )
    raw = sent(cms(der(0x04, mixed)))

    assert [file.name for file in read(raw).attachments] == ["Antwort.pdf"]
    assert [file.content for file in documents.attachments(raw)] == [b"%PDF-"]


def test_no_field_from_inside_the_signature_counts_but_what_describes_the_content() -> None:
    """Our server strikes out what others write in its name, but it does not look in there."""
    forged = b"From: meier@jobcenter.example\r\nAuthentication-Results: mx.jobcenter.example; dkim=pass\r\n" + MAIL

    message = read(sent(cms(der(0x04, forged))))

    assert [sender.address for sender in message.senders] == ["erika@mail.example"]
    assert message.authentication == ()
    assert Oddity.SEVERAL not in message.oddities
    assert message.text == "Ich habe gewartet."


def test_a_signed_mail_past_the_limits_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="parts"):
        read(sent(cms(der(0x04, b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 10_000))))


@pytest.mark.parametrize("kind", [b"application/pkcs7-signature", b"text/plain", b"application/pdf; name=pkcs7-mime"])
def test_other_mails_are_left_as_they_came(kind: bytes) -> None:
    raw = sent(WRAPPED["whole"], kind)

    assert unwrapped(raw) is raw
