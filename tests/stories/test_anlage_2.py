"""Anlage 2 of the GA, row by row: with whom a reaction comes in, who is told, who decides, who records."""

from collections.abc import Iterator

import pytest

from tests.office import CITIZEN, DEPUTY, HEAD_5, LEAD_514, LEAD_515, MANAGER, OFFICER, Story, judged
from tests.stories.acts import CLERK, HOUSE, STAND_IN_514, answered, case, confirmed

FORWARD = """

-----Ursprüngliche Nachricht-----
Von: Erika Muster <erika.muster@mail.example>
Gesendet: Montag, 23. November 2026 08:12
An: Poststelle <poststelle@jobcenter.example>
Betreff: Beschwerde

Guten Tag, ich habe gestern zwei Stunden gewartet. Das geht so nicht.
"""


@pytest.fixture
def story(story: Story) -> Iterator[Story]:
    told = Story(story.database, office=HOUSE)
    yield told
    told.nothing_went_out()


def hands_in(story: Story, sender: str, body: str = FORWARD, subject: str = "WG: Beschwerde") -> None:
    story.arrives(body, sender=sender, subject=subject)
    story.passes()


ROWS = [
    ("Mitarbeiter/in", "Anna Schulz <schulz@jobcenter.example>", [CLERK, LEAD_514.address]),
    ("Mitarbeiter/in auf keiner Liste", "Kim Neu <neu@jobcenter.example>", ["neu@jobcenter.example"]),
    ("Teamleitung", f"Ute Krause <{LEAD_514.address}>", [LEAD_514.address]),
    ("Bereichsleitung", f"Rolf Steinhagen <{HEAD_5.address}>", [HEAD_5.address]),
    ("Geschäftsführung", f"Karin Ahrens <{MANAGER.address}>", [MANAGER.address]),
    ("KRM-Beauftragte/r", f"Sabine Meier <{OFFICER.address}>", []),
    ("Vertretung", f"Jan Petersen <{DEPUTY.address}>", []),
]


@pytest.mark.parametrize(("receiver", "sender", "told"), ROWS, ids=[r[0] for r in ROWS])
def test_whoever_takes_it_in_is_told_what_happens_and_the_officer_decides_and_records(
    story: Story, receiver: str, sender: str, told: list[str]
) -> None:
    hands_in(story, sender)

    for person in told:
        story.letter(person, "handed_in")
    request = story.letter(OFFICER, "confirmation_request")
    assert "zwei Stunden gewartet" in request.text
    story.nothing_went_out()

    acknowledgement = confirmed(story, request)
    assert "KRM-2026-0001" in acknowledgement.text
    brought = case(story).reactions[0].brought_by
    assert brought is not None
    assert brought.address in sender
    assert case(story).reactions[0].confirmed_by == OFFICER.id


def test_the_colleague_reads_what_anlage_2_says(story: Story) -> None:
    hands_in(story, "kollege@jobcenter.example")

    letter = story.letter("kollege@jobcenter.example", "handed_in")
    assert "KRM-Beauftragte" in letter.text
    assert "drei Arbeitstagen" in letter.text
    story.letter(OFFICER, "confirmation_request")


@pytest.mark.parametrize(
    "sender",
    [
        "Anna Schulz <as@jobcenter.example>",
        '"Schulz, Anna (514)" <as@jobcenter.example>',
        "anna.schulz@jobcenter.example",
    ],
)
def test_the_lead_of_whoever_handed_it_in_is_found_by_the_name_in_the_list_of_staff(story: Story, sender: str) -> None:
    hands_in(story, sender)

    story.letter(LEAD_514, "handed_in")
    story.letter("as@jobcenter.example" if "as@" in sender else "anna.schulz@jobcenter.example", "handed_in")
    story.letter(OFFICER, "confirmation_request")


def test_the_lead_is_not_told_of_a_complaint_about_the_lead(story: Story) -> None:
    hands_in(story, f"Anna Schulz <{CLERK}>", FORWARD + "Frau Krause hat mich angeschrien.")

    story.letter(CLERK, "handed_in")
    story.letter(OFFICER, "confirmation_request")


def test_while_the_lead_is_away_their_deputy_is_told(story: Story) -> None:
    story.suggestion = judged(unit="514")
    hands_in(story, "kollege@jobcenter.example")
    story.letter("kollege@jobcenter.example", "handed_in")
    answered(story, story.letter(OFFICER, "confirmation_request"))
    story.letter(CITIZEN, "acknowledgement")
    assignment = story.letter(LEAD_514, "assignment")
    story.replies(assignment, "Bin bis Freitag weg.", quote=False, Auto_Submitted="auto-replied")
    story.passes()
    story.letter(STAND_IN_514, "assignment")
    story.letter(OFFICER, "absence")

    hands_in(story, f"Anna Schulz <{CLERK}>", FORWARD.replace("gestern", "heute"))

    story.letter(CLERK, "handed_in")
    story.letter(STAND_IN_514, "handed_in")
    story.letter(OFFICER, "confirmation_request")


def test_a_colleague_s_free_text_opens_a_case_and_nobody_is_written_to_unasked(story: Story) -> None:
    """GA 3.2.3, 3.2.4: told by telephone, so that there is no address yet."""
    hands_in(story, f"Anna Schulz <{CLERK}>", "Herr Muster rief an, er hat zwei Stunden gewartet.", "Anruf")
    story.letter(CLERK, "handed_in")
    story.letter(LEAD_514, "handed_in")
    request = story.letter(OFFICER, "confirmation_request")

    receipt = answered(story, request)

    story.letter(LEAD_515, "assignment")
    assert "Die Nachricht nennt keine Adresse." in receipt.text


def test_what_the_program_or_a_scanner_sends_is_handed_in_by_nobody(story: Story) -> None:
    for sender in (HOUSE.address, "scanner@jobcenter.example"):
        story.arrives(f"Brief über {sender}", sender=sender)
    story.passes()

    for _ in range(2):
        story.letter(OFFICER, "confirmation_request")


def test_a_team_lead_s_further_words_go_to_their_case_and_are_recorded_by_the_officer_alone(story: Story) -> None:
    """Teamleitung informiert KRM-Beauftragte/n: what a lead says is a note or a proposal (GA 3.3)."""
    hands_in(story, f"Ute Krause <{LEAD_514.address}>")
    story.letter(LEAD_514, "handed_in")
    request = story.letter(OFFICER, "confirmation_request")

    story.replies(request, "ok", sender=LEAD_514.address)
    story.passes()

    for person in (OFFICER, DEPUTY):
        story.letter(person, "refused")
    assert case(story).number is None
