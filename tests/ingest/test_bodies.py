"""Which parts are the text and which hang on the mail."""

import base64
from email import message_from_bytes

import pytest

from ingest.bodies import Body, read
from ingest.message import Attachment

PLAIN = b"Content-Type: text/plain; charset=utf-8\n\nGuten Tag"
HTML = b"Content-Type: text/html; charset=utf-8\n\n<p>Guten <b>Tag</b>, fein"
PDF = b"Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0="
LOGO = b"Content-Type: image/png; name=logo.png\nContent-ID: <l>\nContent-Transfer-Encoding: base64\n\nAAAA"
STATUS = b"Content-Type: message/delivery-status\n\nA: b\n\nC: d\n"
MAIL = b"From: c@example.net\nSubject: Innen\n\nInnerer Text"


def multi(kind: bytes, *parts: bytes) -> bytes:
    boundary = b"b%d" % sum(map(len, parts))
    middle = b"".join(b"--" + boundary + b"\n" + part + b"\n" for part in parts)
    head = b"Content-Type: multipart/" + kind + b"; boundary=" + boundary + b"\n\n"
    return head + middle + b"--" + boundary + b"--\n"


def body(raw: bytes) -> Body:
    return read(message_from_bytes(raw))


def stub(words: str) -> bytes:
    return b"Content-Type: text/plain; charset=utf-8\n\n" + words.encode()


TEXTS = {
    "a plain mail": (PLAIN, "Guten Tag"),
    "an HTML mail": (HTML, "Guten Tag, fein"),
    "both: plain wins": (multi(b"alternative", PLAIN, HTML), "Guten Tag"),
    "both, wrong order": (multi(b"alternative", HTML, PLAIN), "Guten Tag"),
    "plain is empty": (multi(b"alternative", stub(" \n"), HTML), "Guten Tag, fein"),
    "plain is a stub": (
        multi(b"alternative", stub("Ihr E-Mail-Programm kann keine HTML-Nachrichten anzeigen."), HTML),
        "Guten Tag, fein",
    ),
    "plain is a stub in English": (
        multi(b"alternative", stub("Your email client does not support HTML."), HTML),
        "Guten Tag, fein",
    ),
    "a stub is all there is": (multi(b"alternative", stub("View as HTML in a browser")), "View as HTML in a browser"),
    "HTML with pictures": (multi(b"alternative", PLAIN, multi(b"related", HTML, LOGO)), "Guten Tag"),
    "text, picture, text": (multi(b"mixed", PLAIN, LOGO, stub("Ende")), "Guten Tag\n\nEnde"),
    "the same text twice": (multi(b"mixed", PLAIN, b"Content-Type: text/html\n\n<p>Guten Tag"), "Guten Tag"),
    "HTML that says plain": (stub("<html><body>Guten<br>Tag"), "Guten\nTag"),
    "signed": (multi(b"signed; protocol=x", PLAIN, b"Content-Type: application/pkcs7-signature\n\nx"), "Guten Tag"),
    "named, no disposition": (b"Content-Type: text/plain; name=a.txt\n\nGuten Tag", "Guten Tag"),
    "inline": (b"Content-Type: text/plain\nContent-Disposition: inline\n\nGuten Tag", "Guten Tag"),
    "a text file beside the text": (
        multi(b"mixed", PLAIN, b"Content-Type: text/plain; name=a.txt\n\nDatei"),
        "Guten Tag",
    ),
    "an attached text": (
        multi(b"mixed", PLAIN, b"Content-Type: text/plain\nContent-Disposition: attachment\n\nDatei"),
        "Guten Tag",
    ),
    "an attached mail": (multi(b"mixed", PLAIN, b"Content-Type: message/rfc822\n\n" + MAIL), "Guten Tag"),
    "a delivery report": (
        multi(b"report", PLAIN, STATUS, b"Content-Type: message/rfc822\n\n" + MAIL),
        "Guten Tag",
    ),
    "a calendar entry alone": (b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nSUMMARY:Termin\n", "Termin"),
    "a boundary that never comes": (b"Content-Type: multipart/mixed; boundary=b\n\nGuten Tag", "Guten Tag"),
    "no boundary at all": (b"Content-Type: multipart/mixed\n\nGuten Tag", "Guten Tag"),
    "a picture alone": (LOGO, ""),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "text"), TEXTS.values(), ids=TEXTS.keys())
def test_the_text_is_chosen_and_joined(raw: bytes, text: str) -> None:
    assert body(raw).text == text


HANGING = {
    "an unnamed PDF": (multi(b"mixed", PLAIN, PDF), [Attachment("anhang-1.pdf", "application/pdf", 5)]),
    "a PDF as the whole mail": (PDF, [Attachment("anhang-1.pdf", "application/pdf", 5)]),
    "an inline picture": (multi(b"related", HTML, LOGO), [Attachment("logo.png", "image/png", 3)]),
    "both alternatives' files": (
        multi(b"alternative", PLAIN, multi(b"mixed", HTML, PDF)),
        [Attachment("anhang-1.pdf", "application/pdf", 5)],
    ),
    "an attached mail": (
        multi(b"mixed", PLAIN, b"Content-Type: message/rfc822\n\n" + MAIL),
        [Attachment("anhang-1.eml", "message/rfc822", 51)],
    ),
    "a calendar": (
        multi(b"alternative", PLAIN, b"Content-Type: text/calendar\n\nBEGIN"),
        [Attachment("anhang-1.ics", "text/calendar", 5)],
    ),
    "inline text with a name is shown and offered": (
        b"Content-Type: text/plain\nContent-Disposition: inline; filename=a.txt\n\nGuten Tag",
        [Attachment("a.txt", "text/plain", 9)],
    ),
    "none": (multi(b"alternative", PLAIN, HTML), []),
}


@pytest.mark.parametrize(("raw", "expected"), HANGING.values(), ids=HANGING.keys())
def test_what_hangs_on_a_mail_is_listed(raw: bytes, expected: list[Attachment]) -> None:
    assert list(body(raw).attachments) == expected


ODD = {
    "encrypted with PGP": (multi(b"encrypted", b"Content-Type: application/pgp-encrypted\n\nVersion: 1"), "encrypted"),
    "encrypted with S/MIME": (b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nx", "encrypted"),
    "encrypted in the text": (stub("-----BEGIN PGP MESSAGE-----\nxyz"), "encrypted"),
    "wrapped in a signature": (b"Content-Type: application/pkcs7-mime; smime-type=signed-data\n\n", "opaque-signature"),
    "TNEF": (multi(b"mixed", PLAIN, b"Content-Type: application/ms-tnef; name=winmail.dat\n\nx"), "tnef"),
    "hidden text": (b"Content-Type: text/html\n\n<p>da<i style='display:none'>weg", "hidden-text"),
}


@pytest.mark.parametrize(("raw", "defect"), ODD.values(), ids=ODD.keys())
def test_what_a_reader_should_know_is_a_defect(raw: bytes, defect: str) -> None:
    assert defect in body(raw).defects


def test_an_attached_mail_is_handed_on_whole() -> None:
    found = body(multi(b"mixed", PLAIN, b"Content-Type: message/rfc822\n\n" + MAIL)).mails
    assert [mail["Subject"] for mail in found] == ["Innen"]


def test_many_pages_are_read_up_to_one_limit_together() -> None:
    page = b"Content-Type: text/html\n\n<p>" + b"x " * 400_000
    found = body(multi(b"mixed", page, page + b"y", page + b"z"))
    assert "html-cut" in found.defects


def test_a_large_attachment_is_measured() -> None:
    data = bytes(range(256)) * 1_000
    part = b"Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(data)
    assert body(part).attachments[0].size == len(data)
