"""The same mail once more is no second reaction: linked to its Case, nothing is owed for it (rules.md, Sizes)."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from tests.office import CITIZEN, DEPUTY, KRM, OFFICER, Story
from tests.stories.acts import NEIGHBOUR, WAITED, asked

SAME_ADDRESS = "Von derselben Adresse gibt es schon"


def with_files(*files: tuple[str, bytes], to: str = KRM, body: str = WAITED) -> bytes:
    """A citizen's mail with files, as it comes to one of several addresses."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = CITIZEN, to, "Beschwerde"
    mail["Message-ID"] = f"<{to}@mail.example>"
    mail.set_content(body)
    for name, content in files:
        mail.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("what", "second", "opened"),
    [
        ("the same paper", [("brief.pdf", b"%PDF eins")], 0),
        ("the same paper under another name", [("Brief (1).pdf", b"%PDF eins")], 0),
        ("another paper", [("brief.pdf", b"%PDF zwei")], 1),
        ("one paper more", [("brief.pdf", b"%PDF eins"), ("mehr.pdf", b"%PDF zwei")], 1),
    ],
)
def test_the_same_words_to_another_address_are_one_case_if_the_same_hangs_on_them(
    story: Story, what: str, second: list[tuple[str, bytes]], opened: int
) -> None:
    story.raw_arrives(with_files(("brief.pdf", b"%PDF eins")))
    story.passes()
    story.letter(OFFICER, "confirmation_request")

    story.raw_arrives(with_files(*second, to="poststelle@jobcenter.example"))
    tally = story.passes()

    assert (tally["opened"], tally["related"]) == (opened, 1 - opened)
    if opened:
        assert SAME_ADDRESS in story.letter(OFFICER, "confirmation_request").text


def test_a_photograph_without_a_word_sent_twice_is_one_case(story: Story) -> None:
    for to in (KRM, "poststelle@jobcenter.example"):
        story.raw_arrives(with_files(("foto.pdf", b"Bild"), to=to, body=""))
    assert story.passes()["related"] == 1

    story.letter(OFFICER, "confirmation_request")


@pytest.mark.parametrize(("hours", "opened"), [(72, 0), (73, 1)])
def test_the_same_words_count_as_one_mail_for_three_days(story: Story, hours: int, opened: int) -> None:
    asked(story)
    story.wait(hours=hours)
    story.arrives(WAITED, message_id="<noch-einmal@mail.example>")

    assert story.passes()["opened"] == opened

    for person in (OFFICER, DEPUTY):
        story.letter(person, "digest")
    story.letter(DEPUTY, "confirmation_request")
    story.letter(CITIZEN, "acknowledgement")
    if opened:
        assert SAME_ADDRESS in story.letter(OFFICER, "confirmation_request").text


def test_a_copy_that_a_slow_server_brings_a_week_later_is_known_by_its_message_id(story: Story) -> None:
    story.arrives(WAITED, message_id="<eins@mail.example>")
    story.passes()
    story.letter(OFFICER, "confirmation_request")
    story.wait(days=7)
    story.arrives(WAITED, message_id="<eins@mail.example>", Received="by slow.example; Mon, 30 Nov 2026 09:00:00 +0100")

    assert story.passes()["related"] == 1

    story.letter(CITIZEN, "acknowledgement")
    story.letter(DEPUTY, "confirmation_request")
    for person in (OFFICER, DEPUTY):
        story.letter(person, "digest")


def test_the_same_words_of_somebody_else_are_a_case_of_their_own(story: Story) -> None:
    asked(story)

    assert SAME_ADDRESS not in asked(story, sender=NEIGHBOUR).text


def test_two_mails_that_pass_on_different_letters_in_the_same_words_are_two(story: Story) -> None:
    for words in ("Ihr Schreiben vom Montag", "Ihr Schreiben vom Dienstag"):
        inner = EmailMessage(policy=SMTP)
        inner["From"], inner["Subject"] = "wohngeld@amt.example", "Bescheid"
        inner.set_content(words)
        outer = EmailMessage(policy=SMTP)
        outer["From"], outer["To"], outer["Subject"] = CITIZEN, KRM, "Beschwerde"
        outer.set_content(WAITED)
        outer.add_attachment(inner)
        story.raw_arrives(outer.as_bytes())
        story.passes()

    for _ in range(2):
        story.letter(OFFICER, "confirmation_request")
