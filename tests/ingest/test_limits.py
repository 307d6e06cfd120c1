"""The limits are seen on the raw bytes, wherever in the mail the excess lies."""

import pytest

from ingest.limits import Limits, exceeded

HEAD = b"From: a@example.org\nSubject: Hallo\n"
SMALL = Limits(header_bytes=2_000, field_bytes=300, mime_field_bytes=200, fields=20, parts=10, parameters=5, depth=4)
FILE = b"Content-Type: application/pdf\nContent-Transfer-Encoding: "


def multipart(*parts: bytes, boundary: bytes = b"b", end: bytes = b"\n") -> bytes:
    opening = b"Content-Type: multipart/mixed; boundary=" + boundary + end * 2
    return opening + b"".join(b"--" + boundary + end + part + end for part in parts) + b"--" + boundary + b"--" + end


def nested(levels: int) -> bytes:
    mail = b"Content-Type: text/plain\n\nHallo\n"
    for level in range(levels):
        mail = multipart(mail, boundary=b"b%d" % level)
    return mail


TEXT = b"Content-Type: text/plain\n\nHallo"

PAST = {
    "one long field": (b"Subject: " + b"x" * 400 + b"\n\nHallo", "one header field"),
    "one field over many lines": (b"Subject: x\n" + b" " * 60 + b"\n" + b" x\n" * 100 + b"\n", "one header field"),
    "a long Content-Type": (b"Content-Type: text/plain; name=" + b"x" * 200 + b"\n\n", "one Content field"),
    "many parameters": (b"Content-Type: text/plain" + b";a=b" * 6 + b"\n\n", "parameters"),
    "many fields": (b"X: y\n" * 21 + b"\n", "header fields"),
    "large header": (b"".join(b"X%d: " % n + b"y" * 200 + b"\n" for n in range(12)) + b"\n", "header bytes"),
    "a header that never ends": (b"X: " + b"y" * 5_000, "header"),
    "many parts": (multipart(*[TEXT] * 11), "parts"),
    "many parts without header": (multipart(*[b"\nHallo"] * 11), "parts"),
    "many parts after CRLF": (multipart(*[b"\r\nHallo"] * 11, end=b"\r\n"), "parts"),
    "many parts after bare CR": (multipart(*[b"\rHallo"] * 11, end=b"\r"), "parts"),
    "many parts behind an encoded boundary": (
        b"Content-Type: multipart/mixed; boundary*=utf-8''%62\n\n" + b"--b\n\nHallo\n" * 11,
        "parts",
    ),
    "many parts inside an attached mail": (b"Content-Type: message/rfc822\n\n" + multipart(*[TEXT] * 11), "parts"),
    "many parts in a digest": (
        b"Content-Type: multipart/digest; boundary=b\n\n" + b"--b\n\nSubject: x\n\nHallo\n" * 6,
        "parts",
    ),
    "many groups of a delivery report": (b"Content-Type: message/delivery-status\n\n" + b"A: b\n\n" * 11, "parts"),
    "a long field inside a part": (multipart(b"X-Long: " + b"x" * 400 + b"\n\nHallo"), "one header field"),
    "deep multiparts": (nested(5), "levels"),
    "deep attached mails": (b"Content-Type: message/rfc822\n\n" * 5 + TEXT, "levels"),
}


@pytest.mark.parametrize(("mail", "named"), PAST.values(), ids=PAST.keys())
def test_a_mail_past_a_limit_is_told_with_the_limit(mail: bytes, named: str) -> None:
    assert named in exceeded(HEAD + mail, SMALL)


WITHIN = {
    "nothing": b"",
    "an ordinary mail": HEAD + TEXT,
    "a mail without header": b"Guten Tag,\n\nich warte.",
    "many lines of dashes in a text": HEAD + b"\n" + b"--b\n" * 50,
    "as many parts as are allowed": multipart(*[TEXT] * 9),
    "as deep as is allowed": nested(4),
    "boundaries that begin alike": multipart(multipart(*[TEXT] * 3, boundary=b"bb"), TEXT),
    "levels beside each other": multipart(*[multipart(TEXT, boundary=b"i")] * 4),
    "a broken boundary parameter": HEAD + b"Content-Type: multipart/mixed; boundary*0=a; boundary*=b\n\n--a\n\nx",
    "a boundary that never comes": HEAD + b"Content-Type: multipart/mixed; boundary=b\n\nHallo",
}


@pytest.mark.parametrize("mail", WITHIN.values(), ids=WITHIN.keys())
def test_a_mail_within_the_limits_is_let_through(mail: bytes) -> None:
    assert exceeded(mail, SMALL) == ""


LITTLE = Limits(text_bytes=500)
MUCH = b"JVBERi0\n" * 100


@pytest.mark.parametrize(
    ("mail", "past"),
    [
        pytest.param(HEAD + b"\n" + b"Hallo\n" * 100, True, id="a text"),
        pytest.param(HEAD + b"Content-Transfer-Encoding: base64\n\n" + MUCH, True, id="a text in base64"),
        pytest.param(multipart(TEXT, *[TEXT + b"o" * 100] * 5), True, id="several texts"),
        pytest.param(HEAD + b"Content-Type: message/rfc822\n\n\n" + MUCH, True, id="an attached mail's text"),
        pytest.param(multipart(TEXT) + MUCH, True, id="behind the last part"),
        pytest.param(multipart(TEXT, FILE + b"base64\n\n" + MUCH), False, id="a file"),
        pytest.param(multipart(TEXT, FILE + b"binary\n\n" + MUCH), False, id="a file as it is"),
        pytest.param(HEAD + FILE + b"base64\n\n" + MUCH, False, id="a file that is the whole mail"),
        pytest.param(multipart(TEXT, FILE + b"base64\n\n" + MUCH)[:-8], False, id="a file cut off"),
        pytest.param(multipart(TEXT, FILE.replace(b"application/pdf", b"x") + b"7bit\n\n" + MUCH), True, id="no type"),
    ],
)
def test_text_is_bounded_and_files_are_not(mail: bytes, past: bool) -> None:
    assert bool(exceeded(mail, LITTLE)) is past


def test_the_reason_holds_no_word_of_the_mail() -> None:
    assert exceeded(b"Subject: " + b"Geheimnis " * 10_000 + b"\n\n") == "more than 65536 bytes in one header field"
