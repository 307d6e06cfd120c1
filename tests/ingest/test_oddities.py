"""What makes it doubtful who wrote a mail: told from the fields as they came."""

import pytest

from ingest.message import Oddity
from ingest.reading import read

SEVERAL, GROUP, UNCLEAR = Oddity.SEVERAL, Oddity.GROUP, Oddity.UNCLEAR


def found(fields: str | bytes) -> set[Oddity]:
    raw = fields.encode() if isinstance(fields, str) else fields
    return set(read(raw + b"\r\nSubject: x\r\n\r\nok\r\n").oddities)


@pytest.mark.parametrize(
    "fields",
    [
        "From: krause@a.example",
        "From: Ute Krause <Krause@A.example>",
        "From: <krause@a.example>",
        'From: "Krause, Ute (514): Team; a <b@c.example>" <krause@a.example>',
        "From: =?utf-8?q?M=C3=BCller=3A_Team?= <krause@a.example>",
        "From: =?utf-8?b?S3JhdXNlLCBVdGU=?=\r\n <krause@a.example>",
        "From: krause@a.example <krause@a.example>",
        "From: krause@a.example (Ute: 514)",
        "From: Jürgen <jürgen@müller.example>",
        "From: krause@a.example\r\nSender: Ute <KRAUSE@a.example>",
    ],
)
def test_an_ordinary_sender_is_nothing_odd(fields: str) -> None:
    assert found(fields) == set()


@pytest.mark.parametrize(
    ("what", "fields", "oddity"),
    [
        ("From twice", "From: krause@a.example\r\nFrom: krause@a.example", SEVERAL),
        ("From twice, in other letters", "From: krause@a.example\r\nfrom: x@b.example", SEVERAL),
        ("a group", "From: Team: krause@a.example;", GROUP),
        ("a group without members", "From: Team:;", GROUP),
        ("a group behind an open quote", 'From: "Team: krause@a.example;', GROUP),
        ("a Kelvin sign", "From: \u212arause@a.example", UNCLEAR),
        ("a NUL", "From: kr\0ause@a.example", UNCLEAR),
        ("a second address that is none", "From: krause@a.example, x@y@z", UNCLEAR),
        ("a second address in brackets", "From: <x@b.example> <krause@a.example>", UNCLEAR),
        ("another one as bare name", "From: x@b.example <krause@a.example>", UNCLEAR),
        ("a comment inside", "From: krause(x)@a.example", UNCLEAR),
        ("a name in quotes", 'From: "krause"@a.example', UNCLEAR),
        ("folded inside", "From: krause@\r\n a.example", UNCLEAR),
        ("another Sender", "From: krause@a.example\r\nSender: x@b.example", Oddity.OTHER_SENDER),
        ("Sender twice", "From: krause@a.example" + "\r\nSender: krause@a.example" * 2, Oddity.OTHER_SENDER),
        ("a NUL elsewhere", "From: krause@a.example\r\nX-A: \0", Oddity.NUL),
    ],
)
def test_an_odd_sender_is_noticed(what: str, fields: str, oddity: Oddity) -> None:
    assert oddity in found(fields)


@pytest.mark.parametrize("sign", ['"', "(", "<", '\\"', "=?x?q?", "@", ":", "a"])
def test_a_field_of_any_content_is_read_in_one_go(sign: str) -> None:
    found(b"From: " + (sign * (60_000 // len(sign))).encode())
