"""Notices, copies and parts of a Case never reach whom it is about; praise and greetings keep nobody out."""

from collections.abc import Iterator

import pytest

from ingest.office import Person
from tests.office import (
    CITIZEN,
    DEPUTY,
    HEAD_5,
    LEAD_514,
    LEAD_515,
    LEGAL_OFFICE,
    MANAGER,
    Received,
    Story,
    judged,
)
from tests.stories.acts import HOUSE, answered, asked

ABOUT_OFFICER = "Frau Meier vom Beschwerdemanagement hat mich ausgelacht."


@pytest.fixture
def story(story: Story) -> Iterator[Story]:
    told = Story(story.database, office=HOUSE)
    told.suggestion = judged(categories=("kommunal.unterkunft",), unit="514")
    yield told
    told.nothing_went_out()


def everything_to(story: Story, person: Person) -> list[str]:
    """The kinds of all letters that ever went to somebody."""
    found = [Received(person.address, p.content) for p in story.post.sent if person.address in p.recipients]
    return [r.duty for r in found]


def assigned(story: Story, body: str, to: Person, words: str = "ok") -> Received:
    """The complaint is confirmed and lies with this person."""
    answered(story, asked(story, body), words)
    story.letter(CITIZEN, "acknowledgement")
    return story.letter(to, "assignment")


def test_a_forged_instruction_in_their_case_is_told_to_the_other_alone(story: Story) -> None:
    request = asked(story, ABOUT_OFFICER, of=DEPUTY)

    story.replies(request, "ok", sender="fremd@anderswo.example")
    story.passes()

    story.letter(DEPUTY, "refused")


def test_a_letter_that_was_not_delivered_is_told_to_the_other_alone(story: Story) -> None:
    story.arrives(ABOUT_OFFICER)
    story.post.script("RCPT", "550 5.1.1 no such user")
    story.passes()

    story.letter(MANAGER, "undelivered")


def test_a_possible_remedy_in_it_is_handed_over_all_the_same(story: Story) -> None:
    story.suggestion = judged(remedy=True)

    asked(story, f"{ABOUT_OFFICER} Gegen den Bescheid lege ich Widerspruch ein.", of=DEPUTY)

    story.letter(LEGAL_OFFICE, "hand_over")


def test_praise_is_held_back_from_nobody(story: Story) -> None:
    story.suggestion = judged("lob", unit="514")

    assigned(story, "Frau Krause war großartig!", LEAD_514)


def test_a_greeting_is_no_complaint(story: Story) -> None:
    assigned(story, "Sehr geehrte Frau Krause,\n\nich habe zwei Stunden gewartet.", LEAD_514)


def test_the_lead_of_the_other_unit_is_left_out_of_a_part(story: Story) -> None:
    answered(story, asked(story, "Herr Brandt schreit, und die Miete fehlt."), "ok\nTeam: 514, 515")
    story.letter(CITIZEN, "acknowledgement")

    story.letter(LEAD_514, "assignment")
    story.letter(HEAD_5, "assignment")
    assert everything_to(story, LEAD_515) == []
