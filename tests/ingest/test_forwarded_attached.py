"""A mail attached to a forward: what is known of it, and of those inside it."""

from email import message_from_bytes
from pathlib import Path

import pytest

from ingest.forwarded import MAX_DEPTH, attached, citizen
from ingest.message import Address, Forwarded
from ingest.reading import read

EML = Path(__file__).parents[1] / "eml"
WORDS = "am Empfang wurde ich vor allen Leuten nach meiner Krankheit gefragt."
KARL = "karl.behrend@example.net"
KROEGER = "t.kroeger@jobcenter.example"


def passed_on(name: str) -> Forwarded:
    found = read((EML / f"{name}.eml").read_bytes()).forwarded
    assert found is not None
    return found


def of_house(sender: Address) -> bool:
    return sender.address.endswith("@jobcenter.example")


def test_subject_files_and_the_words_above_are_known() -> None:
    found = passed_on("forward-attached-with-a-file")
    assert found.subject == "Datenschutz"
    assert found.above == "Bitte erfassen."
    assert [(file.name, file.size) for file in found.attachments] == [("Bescheid.pdf", 9)]
    assert WORDS in found.text


def test_the_files_of_the_mail_around_are_listed_as_before() -> None:
    message = read((EML / "forward-eml-as-octet-stream.eml").read_bytes())
    assert [file.name for file in message.attachments] == ["Datenschutz.eml"]


@pytest.mark.parametrize("name", ["forward-of-a-forward-attached", "forward-attached-twice-over"])
def test_inside_an_attached_forward_the_citizen_is_found(name: str) -> None:
    found = passed_on(name)
    assert [mail.sender.address for mail in (found, *found.deeper)] == [KROEGER, KARL]
    assert [mail.above for mail in (found, *found.deeper)] == ["Bitte erfassen.", "Gehört zu Ihnen."]
    assert citizen(found, of_house).sender.address == KARL
    assert citizen(found, of_house).text.endswith(WORDS)


def test_a_citizens_mail_attached_to_a_mail_forwarded_in_the_text_is_the_deeper_one() -> None:
    head = "Von: T. Kröger <t.kroeger@jobcenter.example>\nGesendet: heute\nBetreff: Datenschutz\n\nAnbei."
    raw = (EML / "forward-attached.eml").read_bytes().replace(b"Gru\xc3\x9f, Lorenz", b"\n\n" + head.encode())
    found = read(raw).forwarded
    assert found is not None
    assert [mail.sender.address for mail in (found, *found.deeper)] == [KROEGER, KARL]


def test_received_lines_of_each_mail_are_its_own() -> None:
    inner = b"Received: from c by d; x\nReceived: from a\n by b; y\nFrom: k@b.example\nSubject: x\n\nInneres\n"
    raw = b"Received: from e by f\nSubject: WG: x\nContent-Type: message/rfc822\n\n" + inner
    message = read(raw)
    assert message.received == ("from e by f",)
    assert message.forwarded is not None
    assert message.forwarded.received == ("from c by d; x", "from a by b; y")


def nested(levels: int) -> bytes:
    mail = b"From: k@b.example\nSubject: x\n\nInneres\n"
    for _ in range(levels):
        mail = b"From: a@b.example\nSubject: WG: x\nContent-Type: message/rfc822\n\n" + mail
    return mail


def test_mails_in_mails_are_read_to_a_bounded_depth() -> None:
    message = read(nested(40))
    assert message.forwarded is not None
    assert len((message.forwarded, *message.forwarded.deeper)) == MAX_DEPTH


def test_what_is_found_is_a_copy() -> None:
    """Reading a body takes transfer encodings off; the mail around measures its attachments afterwards."""
    tree = message_from_bytes((EML / "forward-attached-body-in-base64.eml").read_bytes())
    found = attached(tree)
    assert found is not None
    del found["Content-Transfer-Encoding"]
    assert "base64" in str(tree)


def test_of_several_attached_mails_the_first_with_a_sender_counts() -> None:
    part = "\n--b\nContent-Type: message/rfc822\n\n{}Subject: x\n\n{}\n"
    head = "Subject: WG: x\nContent-Type: multipart/mixed; boundary=b\n"
    raw = (
        head
        + part.format("", "keiner")
        + part.format("From: k@b.example\n", "eins")
        + part.format("From: c@d\n", "zwei")
    )
    found = read((raw + "--b--\n").encode()).forwarded
    assert found is not None
    assert (found.sender.address, found.text) == ("k@b.example", "eins")
