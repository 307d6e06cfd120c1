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
        ("a subject twice", "From: krause@a.example\r\nSubject: y", Oddity.DOUBLED),
        ("a Message-ID twice", "From: krause@a.example\r\nMessage-ID: <1@a>\r\nmessage-id: <2@a>", Oddity.DOUBLED),
        ("a lone return", "X-A: b\rFrom: krause@a.example", Oddity.LONE_RETURN),
        ("a lone return at the end", "From: krause@a.example\r\nX-A: b\r\r\nX-C: d", Oddity.LONE_RETURN),
    ],
)
def test_an_odd_sender_is_noticed(what: str, fields: str, oddity: Oddity) -> None:
    assert oddity in found(fields)


@pytest.mark.parametrize("sign", ['"', "(", "<", '\\"', "=?x?q?", "@", ":", "a"])
def test_a_field_of_any_content_is_read_in_one_go(sign: str) -> None:
    found(b"From: " + (sign * (60_000 // len(sign))).encode())


@pytest.mark.parametrize("field", ["Message-ID: <1@a>", "In-Reply-To: <1@a>", "Content-Type: text/plain", "Subject: x"])
def test_a_field_that_stands_twice_and_says_the_same_is_nothing_odd(field: str) -> None:
    assert found(f"From: krause@a.example\r\n{field}\r\n{field}") == set()


def test_a_lone_return_in_the_text_is_nothing_odd() -> None:
    assert read(b"From: krause@a.example\r\nSubject: x\r\n\r\nok\rja\r\n").oddities == ()


ANSWER, SIGNED = "In-Reply-To: <1@b.example>\r\n", "DKIM-Signature: v=1; d={}; h=From:Subject{}; b=x\r\n"


@pytest.mark.parametrize(
    ("what", "fields", "odd"),
    [
        ("signed without it", ANSWER + SIGNED.format("a.example", ""), True),
        ("in other letters", ANSWER + SIGNED.format("A.example", ""), True),
        ("signed by the domain above", ANSWER + SIGNED.format("example.org", ""), False),
        ("signed with it", ANSWER + SIGNED.format("a.example", ":\r\n in-reply-to"), False),
        (
            "one that has it and one that has not",
            ANSWER + SIGNED.format("a.example", ":In-Reply-To") + SIGNED.format("a.example", ""),
            True,
        ),
        ("references too", f"References: <2@b.example>\r\n{ANSWER}" + SIGNED.format("a.example", ":In-Reply-To"), True),
        ("signed by somebody else", ANSWER + SIGNED.format("b.example", ""), False),
        ("nothing answered", SIGNED.format("a.example", ""), False),
        ("not signed", ANSWER, False),
    ],
)
def test_what_a_mail_answers_may_be_left_out_of_its_signature(what: str, fields: str, odd: bool) -> None:
    assert (Oddity.UNSIGNED_ANSWER in found(f"{fields}From: krause@a.example")) is odd
