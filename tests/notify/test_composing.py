"""A letter as bytes: what every mail program, and every machine, must find in it."""

from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.composing import Envelope, compose
from notify.deadlines import BERLIN
from notify.letters import Letter

ENVELOPE = Envelope(
    letter="confirmation_request",
    sender_name="Hanse-Jobcenter Rostock",
    sender_address="krm@jobcenter.example",
    recipient_name="Sabine Meier",
    recipient_address="meier@jobcenter.example",
    message_id="E-7K2F.abcdefghijklmnop2345@jobcenter.example",
    at=datetime(2026, 11, 23, 9, 0, tzinfo=BERLIN),
)
LETTER = Letter("Bitte bestätigen: Beschwerde", "Guten Tag,\n\nGrüße\n", "<p>Guten Tag,</p>\n<p>Grüße</p>\n")

WORDS = {
    "umlauts": "Ärger über Öffnungszeiten, Straße\n",
    "no line end": "ohne Zeilenende",
    "empty": "",
    "a dot alone": "oben\n.\nunten\n",
    "blanks at the end of a line": "-- \nJobcenter \t\n",
    "a line of ten thousand letters": "ä" * 10_000 + "\n",
    "equals signs": "a=b =C3=A4 ==\n",
    "what looks like a border": "--=_krm-alternative--\n--=_krm-alternative\n",
    "Mac line ends": "eins\rzwei\r",
    "separators that are no line ends": "eins\u2028zwei\x0bdrei\x85vier\n",
    "another script": "Доброго дня 🙂\n",
}


def read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=default)  # type: ignore[return-value]


def words_of(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def expected(words: str) -> str:
    """The words with one kind of line end, the last line ended."""
    return "".join(line.decode() + "\n" for line in words.encode().splitlines())


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_text_and_html_arrive_as_they_were_written(words: str) -> None:
    mail = read(compose(replace(LETTER, text=words, html=words), ENVELOPE))

    assert (words_of(mail, "plain"), words_of(mail, "html")) == (expected(words), expected(words))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_is_changed_or_breaks_the_mail(words: str) -> None:
    raw = compose(replace(LETTER, text=words), ENVELOPE)

    assert words_of(read(raw), "plain") == expected(words)
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78


def test_the_text_part_comes_first_and_says_it_is_german() -> None:
    mail = read(compose(LETTER, ENVELOPE))

    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert [part["Content-Language"] for part in mail.iter_parts()] == ["de", "de"]
    assert not any(part.defects for part in mail.walk())


def test_machines_are_told_to_keep_quiet() -> None:
    mail = read(compose(LETTER, ENVELOPE))

    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-generated", "All")
    assert mail["X-KRM-Letter"] == "confirmation_request"


def test_the_fields_are_those_of_the_envelope() -> None:
    mail = read(compose(LETTER, replace(ENVELOPE, in_reply_to="frage@mail.example")))

    assert mail["From"] == "Hanse-Jobcenter Rostock <krm@jobcenter.example>"
    assert mail["To"] == "Sabine Meier <meier@jobcenter.example>"
    assert mail["Message-ID"] == "<E-7K2F.abcdefghijklmnop2345@jobcenter.example>"
    assert mail["Date"].datetime == ENVELOPE.at
    assert (mail["In-Reply-To"], mail["References"]) == ("<frage@mail.example>", "<frage@mail.example>")


@pytest.mark.parametrize(
    "subject",
    [
        "Bitte bestätigen",
        "Kurz",
        "Ä" * 200,
        "[KRM E-7K2F abcdefghijklmnop2345] " + "Öffnungszeiten, " * 9 + "Ende",
        "a" * 150,
        "",
    ],
)
def test_a_subject_arrives_whole_however_long_it_is(subject: str) -> None:
    raw = compose(replace(LETTER, subject=subject), ENVELOPE)

    assert read(raw)["Subject"] == subject
    assert raw.isascii()


@pytest.mark.parametrize(
    "name", ["Öztürk, Ayşe", 'Hans "Hanni" Meier', "", "meier@jobcenter.example", " zwei\n Zeilen "]
)
def test_a_name_never_becomes_an_address(name: str) -> None:
    mail = read(compose(LETTER, replace(ENVELOPE, recipient_name=name)))

    (address,) = mail["To"].addresses
    assert (address.display_name, address.addr_spec) == (" ".join(name.split()), "meier@jobcenter.example")


@pytest.mark.parametrize("field", ["letter", "message_id", "recipient_address"])
def test_a_line_break_in_a_field_is_refused(field: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        compose(LETTER, replace(ENVELOPE, **{field: "a@b.example\r\nBcc: wer@anders.example"}))


def test_the_raw_mail_hangs_on_it_byte_for_byte() -> None:
    raw_mail = b"From: wer@mail.example\n\n\xff\xfe\x00 =_krm-mixed\r\n.\r\n" * 100

    mail = read(compose(LETTER, replace(ENVELOPE, raw_mail=raw_mail)))

    (file,) = mail.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("Nachricht.eml", raw_mail)
    assert words_of(mail, "plain") == LETTER.text


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert compose(LETTER, ENVELOPE) == compose(LETTER, ENVELOPE)
