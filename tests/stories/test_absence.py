"""Somebody is away: their Cases go to whoever stands in for them, never to whom the complaint is about."""

from collections.abc import Iterator

import pytest

from ingest.office import Person
from tests.office import CITIZEN, DEPUTY, HEAD_5, LEAD_514, LEAD_515, OFFICER, Received, Story, judged
from tests.stories.acts import HOUSE, OTHER, STAND_IN_514, WAITED, answered, asked, case, digests

RUDE = "Ein Mitarbeiter hat mich angeschrien."


@pytest.fixture
def story(story: Story) -> Iterator[Story]:
    told = Story(story.database, office=HOUSE)
    told.suggestion = judged(categories=("kommunal.unterkunft",), unit="514")
    yield told
    told.nothing_went_out()


def assigned(story: Story, body: str = WAITED, to: Person = LEAD_514) -> Received:
    """A Case of team 514 lies with this person."""
    answered(story, asked(story, body))
    story.letter(CITIZEN, "acknowledgement")
    return story.letter(to, "assignment")


def goes_away(story: Story, letter: Received, words: str = "Ich bin bis Freitag nicht im Haus.") -> None:
    story.replies(letter, words, quote=False, Auto_Submitted="auto-replied")
    assert story.passes()["automatic"] == 1


def test_a_lead_s_out_of_office_hands_the_case_to_the_deputy_and_tells_the_officer(story: Story) -> None:
    goes_away(story, assigned(story))

    assert "zwei Stunden gewartet" in story.letter(STAND_IN_514, "assignment").text
    told = story.letter(OFFICER, "absence")
    assert LEAD_514.name in told.text
    assert STAND_IN_514.name in told.text
    assert "KRM-2026-0001" in told.text


def test_every_open_case_goes_and_the_officer_is_told_once(story: Story) -> None:
    first = assigned(story)
    assigned(story, OTHER)

    goes_away(story, first)

    for _ in range(2):
        story.letter(STAND_IN_514, "assignment")
    told = story.letter(OFFICER, "absence")
    assert "KRM-2026-0001" in told.text
    assert "KRM-2026-0002" in told.text


def test_a_second_out_of_office_moves_nothing_again(story: Story) -> None:
    letter = assigned(story)
    for _ in range(2):
        goes_away(story, letter)

    story.letter(STAND_IN_514, "assignment")
    story.letter(OFFICER, "absence")


def test_what_is_confirmed_meanwhile_goes_to_the_deputy_at_once(story: Story) -> None:
    goes_away(story, assigned(story))
    story.letter(STAND_IN_514, "assignment")
    story.letter(OFFICER, "absence")

    assigned(story, OTHER, to=STAND_IN_514)


def test_where_nobody_is_named_as_deputy_the_area_head_gets_it(story: Story) -> None:
    story.suggestion = judged()
    goes_away(story, assigned(story, to=LEAD_515))

    story.letter(HEAD_5, "assignment")
    assert HEAD_5.name in story.letter(OFFICER, "absence").text


def test_a_deputy_whom_the_complaint_is_about_does_not_get_it(story: Story) -> None:
    goes_away(story, assigned(story, "Frau Hagedorn hat mich angeschrien."))

    story.letter(HEAD_5, "assignment")
    story.letter(OFFICER, "absence")


def test_the_officer_does_not_hear_of_an_absence_in_a_case_that_is_about_them(story: Story) -> None:
    request = asked(story, "Frau Meier vom Beschwerdemanagement hat mich ausgelacht.", of=DEPUTY)
    answered(story, request)
    story.letter(CITIZEN, "acknowledgement")

    goes_away(story, story.letter(LEAD_514, "assignment"))

    story.letter(STAND_IN_514, "assignment")
    story.letter(DEPUTY, "absence")


def test_while_the_officer_is_away_the_deputy_is_asked_and_told(story: Story) -> None:
    request = asked(story)
    goes_away(story, request)
    copy = story.letter(DEPUTY, "confirmation_request")
    answered(story, copy)
    story.letter(CITIZEN, "acknowledgement")

    goes_away(story, story.letter(LEAD_514, "assignment"))

    story.letter(STAND_IN_514, "assignment")
    story.letter(DEPUTY, "absence")


def test_whoever_answers_a_letter_is_back(story: Story) -> None:
    request = asked(story)
    goes_away(story, request)
    story.letter(DEPUTY, "confirmation_request")

    answered(story, request, "Notiz: bin wieder da")

    asked(story, OTHER)


def test_whoever_hands_something_in_is_back(story: Story) -> None:
    goes_away(story, assigned(story))
    story.letter(STAND_IN_514, "assignment")
    story.letter(OFFICER, "absence")

    asked(story, RUDE, sender=LEAD_514.address)
    story.letter(LEAD_514, "handed_in")

    assigned(story, OTHER, to=LEAD_514)


@pytest.mark.parametrize(("days", "to"), [(13, STAND_IN_514), (19, LEAD_514)])
def test_nobody_is_away_for_ever_who_gets_nothing_to_answer(story: Story, days: int, to: Person) -> None:
    request = asked(story)
    answered(story, request, "Kein KRM: Anfrage an 514")
    story.letter(CITIZEN, "hand_over_note")
    goes_away(story, story.letter(LEAD_514, "hand_over"))

    story.wait(days=days)

    assigned(story, OTHER, to=to)


@pytest.mark.parametrize("sender", [CITIZEN, "fremder@anderswo.example"])
def test_a_stranger_s_out_of_office_takes_nobody_away(story: Story, sender: str) -> None:
    letter = assigned(story)

    story.replies(letter, "Ich bin nicht da.", quote=False, Auto_Submitted="auto-replied", sender=sender)
    story.passes()

    assert case(story).handler == LEAD_514.id


def test_the_handler_s_reminder_goes_to_whoever_has_it_now(story: Story) -> None:
    goes_away(story, assigned(story))
    story.letter(STAND_IN_514, "assignment")
    story.letter(OFFICER, "absence")

    digests(story, "2026-12-01 07:30")  # four working days before 7 December

    story.letter(STAND_IN_514, "handling_reminder")
