"""The door to mail-parser: what it cannot read, the standard library still can."""

import logging

import pytest

from ingest.headers import Headers
from ingest.message import Address
from ingest.parser import addressed, mailboxes, parse

HALLO = b"Subject: Hallo\n"
BROKEN = {
    "a report cut off inside": HALLO
    + b"Content-Type: message/rfc822\n\nContent-Type: multipart/mixed; boundary=b\n\nx",
    "a parameter in odd pieces": HALLO + b"Content-Disposition: attachment; filename*0=a; filename*=b\n\nx",
    "a charset with a NUL": HALLO
    + b'Content-Type: image/png; name=a; charset="a\0b"\nContent-Transfer-Encoding: base64\n\n\xff',
}


@pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN.keys())
def test_a_failure_of_mail_parser_is_a_defect(raw: bytes) -> None:
    parsed = parse(raw)
    assert parsed.message["Subject"] == "Hallo"
    assert parsed.defects[0].startswith("mail-parser: ")


def test_an_ordinary_mail_has_no_defect() -> None:
    assert parse(b"From: a@b.example\nSubject: Hallo\n\nText").defects == ()


def test_the_names_of_defects_are_told() -> None:
    assert "InvalidBase64CharactersDefect" not in parse(b"Subject: x\n\ny").defects
    assert "AddressHeaderDefect" in parse(b"From: a b c\n\nx").defects


FROM = {
    "an address": ("a@B.example", [Address("", "a@b.example")]),
    "a name": ("Petra Voss <p@b.example>", [Address("Petra Voss", "p@b.example")]),
    "an encoded name": ("=?utf-8?q?J=C3=BCrgen?= <j@b.example>", [Address("Jürgen", "j@b.example")]),
    "a name that is the address": ("p@b.example <p@b.example>", [Address("", "p@b.example")]),
    "two": ("a@b.example, c@d.example", [Address("", "a@b.example"), Address("", "c@d.example")]),
    "an encoded name with an address in it": (
        "=?utf-8?q?krm=40jobcenter=2Eexample=3E=2C?= <m@b.example>",
        [Address("krm@jobcenter.example>,", "m@b.example")],
    ),
    "an encoded name with a raw colon": (
        "=?utf-8?Q?Team:_Vo=C3=9F?= <p@b.example>",
        [Address("Team: Voß", "p@b.example")],
    ),
    "an encoded name with a raw comma": (
        "=?utf-8?Q?Voss,_Petra?= <p@b.example>",
        [Address("Voss, Petra", "p@b.example")],
    ),
    "an encoded name with a raw bracket": ("=?utf-8?Q?a<b?= <p@b.example>", [Address("a<b", "p@b.example")]),
    "none": ("", []),
}


@pytest.mark.parametrize(("value", "expected"), FROM.values(), ids=FROM.keys())
def test_addresses_are_read(value: str, expected: list[Address]) -> None:
    parsed = parse(f"From: {value}\n\n".encode())
    headers = Headers(parsed.message)
    assert list(mailboxes(headers, "From")) == expected
    assert list(addressed(parsed, headers)[0]) == expected


def test_what_cannot_be_decoded_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        parse(b"Subject: =?utf-8?b?Geheimnis!?=\nTo: =?shift_jis?b?/////w==?= <x\n\nx")
    assert "Geheimnis" not in caplog.text
