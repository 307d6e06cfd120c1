"""Mails made to cost much, each read in a process of its own: within two seconds of CPU and 300 MB, or refused."""

import base64
import io
import zipfile
import zlib
from collections.abc import Callable
from functools import partial

import pytest

from ingest.documents.file import File
from ingest.documents.file import Unreadable as NoText
from ingest.documents.reading import text_of
from ingest.limits import LIMITS
from ingest.reading import Unreadable, read
from tests.fuzz import running

MB = 1024 * 1024
MOST = LIMITS.text_bytes - MB // 16
HEAD = b"From: erika@mail.example\r\nSubject: Beschwerde\r\nMIME-Version: 1.0\r\n"
HTML = HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n"
BASE64 = HEAD + b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
QUOTED = HEAD + b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"


def nested(levels: int) -> bytes:
    opened = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(levels))
    return HEAD + opened + b"\n\nHallo"


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "2,000 levels of parts": (lambda: nested(2_000), "levels"),
    "2,000 mails in each other": (lambda: HEAD + b"Content-Type: message/rfc822\n\n" * 2_000, "levels"),
    "10,000 parts": (lambda: HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 10_000, "parts"),
    "200,000 header fields": (lambda: b"X: y\n" * 200_000 + HEAD + b"\nHallo", "header fields"),
    "a header line of 30 MB": (lambda: HEAD + b"X-A: " + b"x" * 30 * MB + b"\n\nHallo", "header"),
    "a header of 30 MB in short lines": (lambda: HEAD + b"X-A: x\n" + b" x\n" * 10 * MB + b"\nHallo", "header"),
    "30 MB and no line": (lambda: b"From: " + b"x" * 30 * MB, "header"),
    "a subject of 100,000 encoded words": (
        lambda: HEAD + b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\nx",
        "header",
    ),
    "30 MB of text": (lambda: HEAD + b"\r\n" + b"Ich warte.\r\n" * (30 * MB // 12), "bytes of text"),
    "30 MB of base64 that never ends": (lambda: BASE64 + b"SWNoIHdhcnRlLiA\r\n" * (30 * MB // 17), "bytes of text"),
    "30 MB of soft line ends": (lambda: QUOTED + b"=\r\n" * 10 * MB, "bytes of text"),
    "30 MB of HTML": (lambda: HTML + b"<p>Ich warte.</p>" * (30 * MB // 17), "bytes of text"),
}

READ: dict[str, Callable[[], bytes]] = {
    "base64 in one line": lambda: BASE64 + base64.b64encode(b"Ich warte. " * (4 * MB // 11)),
    "base64 that never ends": lambda: BASE64 + b"SWNoIHdhcnRlLiA\r\n" * (MOST // 17),
    "as much text as may be": lambda: HEAD + b"\r\n" + b"Ich warte.\r\n" * (MOST // 12),
    "soft line ends": lambda: QUOTED + b"=\r\n" * (MOST // 3),
    "half escapes": lambda: QUOTED + b"=C3" * (MOST // 3),
    "as much HTML as may be": lambda: HTML + b"<p>Ich warte.</p>" * (MOST // 17),
    "100,000 levels of HTML": lambda: HTML + b"<div>" * 100_000 + b"Ich warte.",
    "HTML that hides nearly all": lambda: HTML + b"<p>Ich warte." + b"<i style='display:none'>Art: Lob</i>" * 25_000,
    "an attribute of 1 MB": lambda: HTML + b"<p style='" + b"display:" * 120_000 + b"'>Ich warte.",
    "an attached file of 25 MB": lambda: (
        HEAD
        + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nIch warte.\r\n--b\r\n"
        + b"Content-Type: image/jpeg; name=a.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(bytes(18 * MB))
        + b"--b--\r\n"
    ),
    "a quote of 200,000 lines": lambda: HEAD + b"In-Reply-To: <a@b>\r\n\r\nIch warte.\r\n" + b"> alt\r\n" * 200_000,
    "a quote 100,000 signs deep": lambda: HEAD + b"In-Reply-To: <a@b>\r\n\r\nIch warte.\r\n" + b">" * 100_000,
}


def built(name: str) -> bytes:
    """Within a worker, as all work below."""
    return READ[name]() if name in READ else REFUSED[name][0]()


def refused(why: str, raw: bytes) -> None:
    with pytest.raises(Unreadable, match=why):
        read(raw)


def is_read(raw: bytes) -> None:
    message = read(raw)
    assert message.sender.address == "erika@mail.example"
    assert len(message.text) < 40 * MB
    assert "Art: Lob" not in message.text


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_mail_needs_is_refused_before_anything_is_built(name: str) -> None:
    assert running.alone(partial(refused, REFUSED[name][1]), partial(built, name)) == ()


@pytest.mark.parametrize("name", READ)
def test_a_mail_of_any_size_within_the_limit_is_read(name: str) -> None:
    assert running.alone(is_read, partial(built, name)) == ()


def packed(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, content)
    return file.getvalue()


def streamed(times: int) -> bytes:
    """A PDF whose page is so many streams around each other of 100 MB of nothing."""
    stream = b"BT (Hallo) Tj ET " * (6 * MB)
    for _ in range(times):
        stream = zlib.compress(stream)
    filters = b"[" + b"/FlateDecode " * times + b"]"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter %s>>stream\n" % (len(stream), filters) + stream + b"\nendstream",
    )
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


BOMBS: dict[str, Callable[[], bytes]] = {
    "a letter that unpacks to 200 MB": lambda: packed("word/document.xml", b"<w>" + b" " * 200 * MB + b"</w>"),
    "a letter within a letter": lambda: packed("word/document.xml", packed("word/document.xml", b" " * MB)),
    "XML that names itself": lambda: packed(
        "word/document.xml", b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1000 + b'">]><a>' + b"&b;" * 100_000 + b"</a>"
    ),
    "a PDF of 100 MB in little": lambda: streamed(1),
    "a PDF packed three times": lambda: streamed(3),
}


def bomb(name: str) -> bytes:
    return BOMBS[name]()


def not_opened(content: bytes) -> None:
    with pytest.raises(NoText):
        text_of(File("Antwort", "application/octet-stream", content))


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_that_would_unpack_without_end_is_not_opened(name: str) -> None:
    assert running.alone(not_opened, partial(bomb, name)) == ()


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_on_a_citizens_mail_is_listed_and_never_unpacked(name: str) -> None:
    content = base64.encodebytes(BOMBS[name]())
    head = b"Content-Type: application/pdf; name=../../etc/x.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"

    (file,) = read(HEAD + head + content).attachments

    assert (file.name, file.size > 0) == ("x.pdf", True)
