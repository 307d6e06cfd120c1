"""A citizen's mail that a colleague passes on: the citizen is answered, the first arrival in the house counts."""

from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from tests.office import CITIZEN, DEPUTY, KRM, LEAD_515, OFFICER, Story
from tests.stories.acts import HOUSE, NEIGHBOUR, WAITED, answered, asked, case, confirmed

COLLEAGUE = "kollege@jobcenter.example"
OUTLOOK_DE = f"""Zur Kenntnis und weiteren Veranlassung.

-----Ursprüngliche Nachricht-----
Von: Erika Muster <{CITIZEN}>
Gesendet: Donnerstag, 19. November 2026 08:12
An: Poststelle <poststelle@jobcenter.example>
Betreff: Beschwerde

{WAITED}
"""
OUTLOOK_EN = f"""From: Erika Muster <{CITIZEN}>
Sent: Thursday, November 19, 2026 8:12 AM
To: Poststelle <poststelle@jobcenter.example>
Subject: Beschwerde

{WAITED}
"""
THUNDERBIRD_DE = f"""

-------- Weitergeleitete Nachricht --------
Betreff: \tBeschwerde
Datum: \tThu, 19 Nov 2026 08:12:00 +0100
Von: \tErika Muster <{CITIZEN}>
An: \tpoststelle@jobcenter.example

{WAITED}
"""
GMAIL_EN = f"""

---------- Forwarded message ---------
From: Erika Muster <{CITIZEN}>
Date: Thu, 19 Nov 2026 at 08:12
Subject: Beschwerde
To: <poststelle@jobcenter.example>

{WAITED}
"""
TWICE = f"""

-----Ursprüngliche Nachricht-----
Von: Eingangszone <ez@jobcenter.example>
Gesendet: Freitag, 20. November 2026 10:00
An: Kollege <{COLLEAGUE}>
Betreff: WG: Beschwerde

{OUTLOOK_DE}"""


@pytest.fixture
def story(story: Story) -> Iterator[Story]:
    told = Story(story.database, office=HOUSE)
    yield told
    told.nothing_went_out()


def attached(*received: str, date: str = "Mon, 23 Nov 2026 08:59:00 +0100", beside: str = "Zur Kenntnis.") -> bytes:
    """A forward with the citizen's mail as an attachment."""
    inner = EmailMessage(policy=SMTP)
    for line in received:
        inner["Received"] = line
    inner["From"], inner["To"] = f"Erika Muster <{CITIZEN}>", "poststelle@jobcenter.example"
    inner["Subject"], inner["Date"] = "Beschwerde", "Thu, 19 Nov 2026 08:12:00 +0100"
    inner.set_content(WAITED)
    outer = EmailMessage(policy=SMTP)
    outer["From"], outer["To"], outer["Subject"], outer["Date"] = COLLEAGUE, KRM, "WG: Beschwerde", date
    outer.set_content(beside)
    outer.add_attachment(inner)
    return outer.as_bytes()


@pytest.mark.parametrize(
    ("style", "body", "subject"),
    [
        ("Outlook, German", OUTLOOK_DE, "WG: Beschwerde"),
        ("Outlook, English", OUTLOOK_EN, "FW: Beschwerde"),
        ("Thunderbird, German", THUNDERBIRD_DE, "Fwd: Beschwerde"),
        ("Gmail, English", GMAIL_EN, "Fwd: Beschwerde"),
        ("through two hands", TWICE, "WG: WG: Beschwerde"),
    ],
)
def test_the_citizen_inside_a_forward_is_answered_and_the_colleague_told(
    story: Story, style: str, body: str, subject: str
) -> None:
    request = asked(story, body, sender=COLLEAGUE, subject=subject)
    story.letter(COLLEAGUE, "handed_in")
    assert f"Im Haus eingereicht von {COLLEAGUE}" in request.text
    assert "Zur Kenntnis" not in case(story).reactions[0].new_text

    acknowledgement = confirmed(story, request)

    assert "23. November 2026" in acknowledgement.text


def test_a_date_that_is_merely_written_is_shown_and_the_officer_s_word_counts(story: Story) -> None:
    request = asked(story, OUTLOOK_DE, sender=COLLEAGUE, subject="WG: Beschwerde")
    story.letter(COLLEAGUE, "handed_in")
    assert "Donnerstag, 19. November 2026 08:12" in " ".join(request.text.split())

    acknowledgement = confirmed(story, request, "ok\nEingang: 19.11.2026")

    assert "am 19. November 2026 bei uns eingegangen" in acknowledgement.text
    assert "3. Dezember 2026" in acknowledgement.text


@pytest.mark.parametrize(
    ("what", "received", "day"),
    [
        (
            "proven by our server",
            ("from [203.0.113.7] by mx.jobcenter.example; Thu, 19 Nov 2026 08:13:00 +0100",),
            "19. November 2026",
        ),
        (
            "only by somebody else's",
            ("from mail.example by mx.anderswo.example; Thu, 19 Nov 2026 08:13:00 +0100",),
            "23. November 2026",
        ),
        ("not at all", (), "23. November 2026"),
    ],
)
def test_the_first_arrival_in_the_house_counts_where_our_own_servers_prove_it(
    story: Story, what: str, received: tuple[str, ...], day: str
) -> None:
    story.raw_arrives(attached(*received))
    story.passes()
    story.letter(COLLEAGUE, "handed_in")

    if day.startswith("19"):  # a working day ago: the deputy knows as well
        story.letter(DEPUTY, "confirmation_request")
        for person in (OFFICER, DEPUTY):
            story.letter(person, "digest")
    acknowledgement = confirmed(story, story.letter(OFFICER, "confirmation_request"))

    assert f"am {day} bei uns eingegangen" in acknowledgement.text


def test_what_lay_in_the_house_past_its_day_goes_before_the_deputy_at_once(story: Story) -> None:
    story.raw_arrives(attached("from [203.0.113.7] by mx.jobcenter.example; Mon, 16 Nov 2026 08:13:00 +0100"))
    story.passes()
    story.letter(COLLEAGUE, "handed_in")

    for person in (OFFICER, DEPUTY):
        assert "16.11.2026" in story.letter(person, "confirmation_request").text
        assert "War zu tun bis Do 19.11.2026" in story.letter(person, "digest").text


def test_a_forward_of_what_came_directly_is_the_same_mail(story: Story) -> None:
    asked(story)

    story.arrives(OUTLOOK_DE.partition("\n\n")[2], sender=COLLEAGUE, subject="WG: Beschwerde")
    assert story.passes()["related"] == 1

    assert case(story).shown_id in story.letter(COLLEAGUE, "handed_in").text
    assert len(case(story).reactions) == 2


def test_and_so_is_what_comes_directly_after_a_colleague_was_quicker(story: Story) -> None:
    asked(story, OUTLOOK_DE, sender=COLLEAGUE, subject="WG: Beschwerde")
    story.letter(COLLEAGUE, "handed_in")

    story.arrives(WAITED)

    assert story.passes()["related"] == 1


def test_an_attached_mail_that_came_directly_is_the_same_mail(story: Story) -> None:
    asked(story)
    story.raw_arrives(attached(beside=""))

    assert story.passes()["related"] == 1
    story.letter(COLLEAGUE, "handed_in")


def test_a_colleague_s_own_words_beside_it_go_before_the_officer(story: Story) -> None:
    asked(story)

    request = asked(story, OUTLOOK_DE, sender=COLLEAGUE, subject="WG: Beschwerde")

    assert "Von derselben Adresse gibt es schon" in request.text
    story.letter(COLLEAGUE, "handed_in")


def test_a_citizen_who_passes_on_somebody_else_s_mail_is_heard(story: Story) -> None:
    """Only the house passes on: a citizen's forward is the citizen's own reaction."""
    asked(story)

    request = asked(story, OUTLOOK_DE.partition("\n\n")[2], sender=NEIGHBOUR, subject="WG: Beschwerde")

    assert NEIGHBOUR in request.text
    assert len(case(story).reactions) == 1


def test_a_forward_between_colleagues_is_answered_to_nobody(story: Story) -> None:
    inside = OUTLOOK_DE.replace(CITIZEN, "krause@jobcenter.example").replace("Erika Muster", "Ute Krause")
    request = asked(story, inside, sender=COLLEAGUE, subject="WG: Beschwerde")
    assert "Es fehlt die Adresse" in story.letter(COLLEAGUE, "handed_in").text

    receipt = answered(story, request)

    assert "Die Nachricht nennt keine Adresse." in receipt.text
    story.letter(LEAD_515, "assignment")


def test_a_citizen_s_answer_that_a_colleague_passes_on_is_hinted_at(story: Story) -> None:
    confirmed(story, asked(story))

    request = asked(
        story, OUTLOOK_DE.replace("gestern", "heute wieder"), sender=COLLEAGUE, subject="WG: Beschwerde KRM-2026-0001"
    )

    assert "KRM-2026-0001" in request.text
    story.letter(COLLEAGUE, "handed_in")
