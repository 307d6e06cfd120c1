"""Bytes to Message. The odd mails of tests/eml are read in test_eml.py."""

import random

import pytest

from ingest.message import Address, Automatic, Message
from ingest.reading import Unreadable, read

MAIL = """Return-Path: <petra.voss@example.org>
Authentication-Results: mx.jobcenter.example;
\tdkim=pass header.d=example.org
Authentication-Results: fremd.example; dkim=fail
Received: from b by c; Thu, 12 Nov 2026 09:14:05 +0100
Received: from a
  by b; Thu, 12 Nov 2026 09:14:02 +0100
From: =?utf-8?q?Petra_Vo=C3=9F?= <Petra.Voss@example.org>
To: KRM <krm@jobcenter.example>
Cc: b@example.org, c@example.org
Reply-To: d@example.org
Subject: =?utf-8?q?Beschwerde_=C3=BCber?= die Wartezeit
Message-ID: <m1@example.org>
Date: Thu, 12 Nov 2026 09:14:00 MEZ
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Guten Tag,

am 12.09.2026 schrieb Frau Müller mir:
> es fehle alles

Petra Voß
--b
Content-Type: application/pdf; name="Bescheid.pdf"
Content-Disposition: attachment
Content-Transfer-Encoding: base64

JVBERi0=
--b--
""".encode()

REPLY = MAIL.replace(b"MIME-Version", b"In-Reply-To: <brief.7@jobcenter.example>\nMIME-Version")


def test_a_mail_is_read_whole() -> None:
    message = read(MAIL)
    assert message.subject == "Beschwerde über die Wartezeit"
    assert message.sender == Address("Petra Voß", "petra.voss@example.org")
    assert [person.address for person in message.to] == ["krm@jobcenter.example"]
    assert [person.address for person in message.cc] == ["b@example.org", "c@example.org"]
    assert [person.address for person in message.reply_to] == ["d@example.org"]
    assert message.message_id == "m1@example.org"
    assert message.date is not None
    assert message.date.isoformat() == "2026-11-12T09:14:00+01:00"
    assert message.text.startswith("Guten Tag,\n\nam 12.09.2026")
    assert [(file.name, file.size) for file in message.attachments] == [("Bescheid.pdf", 5)]
    assert message.automatic is None
    assert message.forwarded is None
    assert message.defects == ()


def test_trace_fields_stand_topmost_first_each_on_one_line() -> None:
    message = read(MAIL)
    assert message.authentication[0] == "mx.jobcenter.example; dkim=pass header.d=example.org"
    assert [line.split(";")[0] for line in message.received] == ["from b by c", "from a by b"]


def test_a_first_mail_is_never_cut() -> None:
    message = read(MAIL)
    assert message.new_text == message.text


ANSWERS = {
    "In-Reply-To": (b"In-Reply-To: <a@b>\n", b"Subject: x"),
    "References": (b"References: <a@b>\n", b"Subject: x"),
    "the subject": (b"", b"Subject: AW: x"),
}


@pytest.mark.parametrize(("field", "subject"), ANSWERS.values(), ids=ANSWERS.keys())
def test_a_reply_keeps_its_text_beside_what_is_new(field: bytes, subject: bytes) -> None:
    message = read(field + subject + b"\n\nDanke.\n\n-----Urspr\xc3\xbcngliche Nachricht-----\nVon: KRM\n\nAlt")
    assert message.new_text.strip() == "Danke."
    assert "Alt" in message.text


def test_our_line_makes_a_reply_of_a_mail_without_any_sign() -> None:
    message = read(b"Subject: x\n\nok\n\n> --- Bitte oberhalb dieser Zeile antworten ---\n> Vorschlag: Lob\n")
    assert message.new_text.strip() == "ok"


def test_ids_a_mail_refers_to_are_nearest_first() -> None:
    raw = b"In-Reply-To: <c@x>\nReferences: <a@x> <b@x>\n <c@x>\n\n"
    assert read(raw).answers == ("c@x", "b@x", "a@x")


DEFECTS = {
    "empty": (b"", "empty"),
    "blank lines": (b"\r\n\r\n", "empty"),
    "no header": (b"\nGuten Tag", "no-headers"),
    "no text": (b"Subject: x\n\n", "no-text"),
    "two subjects": (b"Subject: a\nSubject: b\n\nx", "repeated-subject"),
    "two senders": (b"From: a@b\nFrom: c@d\n\nx", "repeated-from"),
    "two ids": (b"Message-ID: <a@b>\nMessage-ID: <c@d>\n\nx", "repeated-message-id"),
    "a lying charset": (b"Content-Type: text/plain; charset=us-ascii\n\nf\xfcr", "charset"),
}


@pytest.mark.parametrize(("raw", "defect"), DEFECTS.values(), ids=DEFECTS.keys())
def test_what_is_odd_is_named(raw: bytes, defect: str) -> None:
    assert defect in read(raw).defects


def test_both_senders_of_two_from_fields_are_told() -> None:
    message = read(b"From: a@b.example\nFrom: c@d.example\n\nx")
    assert [person.address for person in message.senders] == ["a@b.example", "c@d.example"]


def test_a_byte_order_mark_before_the_header_is_passed_over() -> None:
    assert read(b"\xef\xbb\xbfSubject: Hallo\n\nx").subject == "Hallo"


def test_blanks_before_the_colon_of_a_field_are_passed_over() -> None:
    message = read(b"From: a@b.example\r\nSubject : Hallo\r\n\r\nSubject : bleibt")
    assert message.subject == "Hallo"
    assert message.text == "Subject : bleibt"


def test_listed_senders_and_own_addresses_are_handed_in() -> None:
    raw = b"From: Formular@Stadt.example\nSubject: x\n\ny"
    assert read(raw).automatic is None
    assert read(raw, listed=frozenset({"formular@stadt.example"})).automatic is Automatic.GENERATED
    own = b"From: krm@jobcenter.example\nAuto-Submitted: auto-generated\n\nx"
    assert read(own, own=frozenset({"krm@jobcenter.example"})).automatic is Automatic.OWN


def report(kind: bytes) -> bytes:
    return (
        b"From: mailer-daemon@b.example\nSubject: x\nContent-Type: multipart/report; report-type="
        + kind
        + b"; boundary=b\n\n--b\n\nkurz\n--b\nContent-Type: message/rfc822\n\nFrom: k@b.example\n\nInneres\n--b--\n"
    )


def test_the_letter_a_bounce_returns_is_no_forward() -> None:
    message = read(report(b"delivery-status"))
    assert message.automatic is Automatic.BOUNCE
    assert message.forwarded is None
    assert message.text == "kurz"


def test_a_mail_attached_with_hardly_a_word_is_a_forward() -> None:
    raw = report(b"x").replace(b"report; report-type=x", b"mixed").replace(b"mailer-daemon", b"kollegin")
    message = read(raw)
    assert message.forwarded is not None
    assert message.forwarded.sender.address == "k@b.example"
    assert message.forwarded.text == "Inneres"
    assert "Inneres" not in message.text


def test_a_mail_past_a_limit_is_unreadable_and_says_which() -> None:
    with pytest.raises(Unreadable, match="1000 header fields") as refusal:
        read(b"X: y\n" * 2_000 + b"\nGeheimnis")
    assert refusal.value.why == "more than 1000 header fields"


PIECES = (
    *(b"\r\n\r\n", b"--b", b";", b'"', b"=?utf-8?q?", b"?=", b"<", b"(", b"\\", b"\0", b"\xff", b"\xed\xa0\xbd"),
    *(b"charset=", b"utf-7", b"boundary*0=", b"multipart/mixed", b"message/rfc822\n\n", b"base64", b"x-uuencode"),
    *(b"filename*=utf-16''%ff", b"filename*0=", b"message/delivery-status", b"multipart/report; report-type*0*=x"),
    *(b"text/html\n\n<table><li value=9>", b"\nDate: ", b"\nFrom: a <b@c>, ", b"format=flowed; delsp=yes", b"9" * 30),
)


def mutated(raw: bytes, chance: random.Random) -> bytes:
    mail = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(mail) + 1)
        end = min(len(mail), at + chance.randint(0, 40))
        piece = chance.choice((*PIECES, b"", bytes([chance.randrange(256)]), mail[at:end] * 2))
        mail[at : chance.choice((at, end))] = piece
    return bytes(mail)


def unclean(message: Message) -> list[str]:
    people = (*message.senders, *message.to, *message.cc, *message.reply_to)
    values = [message.subject, message.text, message.new_text, message.message_id, *message.answers, *message.received]
    files = message.attachments
    values += [*message.authentication, *message.defects, *map(str, people), *(file.name for file in files)]
    return [
        value for value in values if set(value) & {"\0", "\r"} or value.encode("utf-8", "replace").decode() != value
    ]


@pytest.mark.parametrize("seed", range(20))
def test_whatever_arrives_is_a_clean_message_or_unreadable(seed: int) -> None:
    chance = random.Random(seed)
    for raw in (MAIL, REPLY, report(b"delivery-status"), MAIL.replace(b"text/plain", b"text/html")):
        for _ in range(10):
            try:
                message = read(mutated(raw, chance))
            except Unreadable:
                continue
            assert not unclean(message)
            assert message.date is None or message.date.tzinfo is not None
