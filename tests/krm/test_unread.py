"""What the program could not read of a mail is said to the officer, beside what it could."""

import pytest

from ingest.reading import read
from krm.unread import ENCRYPTED, FILES_ALONE, HIDDEN, OUTLOOK, SIGNED, unread

HEAD = b"From: erika@mail.example\nSubject: x\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nIch warte.\n--b\n"
SMIME = b"Content-Type: application/pkcs7-mime; smime-type="
PICTURE = b"Content-Type: image/jpeg; name=brief.jpg\nContent-Transfer-Encoding: base64\n\nAAAA"


@pytest.mark.parametrize(
    ("raw", "hints"),
    [
        pytest.param(HEAD + b"\nIch warte.", (), id="an ordinary mail"),
        pytest.param(HEAD + SMIME + b"enveloped-data\n\nx", (ENCRYPTED,), id="encrypted, S/MIME"),
        pytest.param(
            HEAD + b"Content-Type: multipart/encrypted; boundary=b\n\n--b\n\nVersion: 1", (ENCRYPTED,), id="PGP/MIME"
        ),
        pytest.param(HEAD + b"\n-----BEGIN PGP MESSAGE-----\nxyz", (ENCRYPTED,), id="PGP in the text"),
        pytest.param(MIXED + SMIME + b"signed-data\n\nx\n--b--", (SIGNED,), id="a signature inside another part"),
        pytest.param(MIXED + b"Content-Type: application/ms-tnef\n\nx\n--b--", (OUTLOOK,), id="winmail.dat"),
        pytest.param(
            HEAD + b"Content-Type: text/html\n\n<p>Ich warte<i hidden>Lob</i>", (HIDDEN,), id="text that nobody sees"
        ),
        pytest.param(HEAD + PICTURE, (FILES_ALONE,), id="a picture alone"),
        pytest.param(MIXED + PICTURE + b"\n--b--", (), id="a picture beside a text"),
        pytest.param(HEAD + b"\n", (), id="nothing at all"),
    ],
)
def test_what_could_not_be_read_is_said(raw: bytes, hints: tuple[str, ...]) -> None:
    assert unread(read(raw)) == hints
