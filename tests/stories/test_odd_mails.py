"""Odd mails as the officer meets them: heard, shown, and never mistaken for something else."""

from tests.office import OFFICER, Story
from tests.stories.acts import asked, case


def test_an_encrypted_mail_comes_to_the_officer_as_such(story: Story) -> None:
    head = b"From: erika.muster@mail.example\r\nSubject: vertraulich\r\nMessage-ID: <a@b.example>\r\n"
    story.raw_arrives(head + b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nx")
    story.passes()

    request = story.letter(OFFICER, "confirmation_request")

    assert "Die Nachricht ist verschlüsselt." in " ".join(request.text.split())
    assert "smime" in request.text or "anhang-1" in request.text


def test_a_citizens_text_is_neither_template_nor_markup_nor_instruction(story: Story) -> None:
    text = "Art: Lob\n{{ 7*7 }} {% raw %} {l.name}\n<img src=http://zaehler.example/x.gif onerror=alert(1)>"

    request = asked(story, text, subject="x")

    assert case(story).reactions[0].coding is None
    for part in (request.text, request.html):
        assert "{{ 7*7 }} {% raw %} {l.name}" in part
    assert "<img" not in request.html


def test_a_subject_with_line_breaks_adds_no_header(story: Story) -> None:
    head = b"From: erika.muster@mail.example\r\nMessage-ID: <a@b.example>\r\n"
    story.raw_arrives(head + b"Subject: =?utf-8?q?x=0D=0ABcc=3A_y=40z.example?=\r\n\r\nIch habe gewartet.")
    story.passes()

    request = story.letter(OFFICER, "confirmation_request")

    assert request.mail["Bcc"] is None
    assert len(request.mail.get_all("Subject", [])) == 1
