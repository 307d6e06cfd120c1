"""Whoever a complaint is about never gets its Case: no letter, copy, digest, notice, nor as contact (rules.md)."""

from collections.abc import Iterator

import pytest

from classify.coding import Urgency
from ingest.office import Person
from store.case import State
from tests.office import (
    CITIZEN,
    DEPUTY,
    HEAD_5,
    LEAD_514,
    LEAD_602,
    MANAGER,
    OFFICER,
    Received,
    Story,
    judged,
)
from tests.stories.acts import HOUSE, STAND_IN_514, SUPERVISION, answered, aside, asked, case

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


@pytest.mark.parametrize(
    ("about", "body", "goes_to"),
    [
        ("a clerk: their team lead", "Herr Möller hat mich angeschrien.", LEAD_514),
        ("a clerk, spelt out", "Herr Moeller hat mich angeschrien.", LEAD_514),
        ("the team lead: the area head", "Frau Krause hat mich angeschrien.", HEAD_5),
        ("the team lead, with a title", "Frau Dr. Krause hat mich angeschrien.", HEAD_5),
        ("the team lead, only begun", "Frau K. hat mich angeschrien.", HEAD_5),
        ("the area head: management", "Herr Steinhagen hat mich angeschrien.", MANAGER),
        ("the area head, mistyped", "Herr Steinhgen hat mich angeschrien.", MANAGER),
        ("the team's deputy: the lead", "Frau Hagedorn hat mich angeschrien.", LEAD_514),
        ("somebody of another team", "Frau Sommerfeld hat mich angeschrien.", LEAD_514),
        ("management: whoever decides", "Frau Ahrens hat mich angeschrien.", OFFICER),
        ("team lead and area head: management", "Frau Krause und Herr Steinhagen schreien.", MANAGER),
    ],
)
def test_the_case_goes_to_the_first_above_whom_it_is_about(
    story: Story, about: str, body: str, goes_to: Person
) -> None:
    assigned(story, body, goes_to)


def test_a_complaint_about_the_officer_is_the_deputy_s_alone(story: Story) -> None:
    request = asked(story, ABOUT_OFFICER, of=DEPUTY)
    story.until("2026-11-24 18:01")
    story.passes()

    answered(story, request)
    aside(story, "acknowledgement", "assignment", "digest")

    assert everything_to(story, OFFICER) == []


def test_the_officer_may_not_answer_the_deputy_s_request_in_a_case_about_them(story: Story) -> None:
    """The stand-in rule would let each answer the other's letters."""
    request = asked(story, ABOUT_OFFICER, of=DEPUTY)

    story.replies(request, "Kein KRM: Spam", sender=OFFICER.address)
    story.passes()

    assert case(story).open_reaction is not None
    assert "um die es in der Beschwerde geht" in story.letter(DEPUTY, "refused").text


def test_nor_an_old_letter_once_a_further_mail_is_about_them(story: Story) -> None:
    request = asked(story, "Ich warte seit Wochen.")
    answered(story, request)
    acknowledgement = story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_514, "assignment")
    story.replies(acknowledgement, ABOUT_OFFICER)
    story.passes()
    story.letter(DEPUTY, "confirmation_request")

    story.replies(request, "Erledigt: alles gut")
    story.passes()

    assert case(story).state is State.OPEN
    story.letter(DEPUTY, "refused")


def test_an_officer_who_is_threatened_may_say_gesehen_and_nothing_else(story: Story) -> None:
    story.suggestion = judged(urgency=Urgency.DANGER)
    asked(story, "Die Meier steche ich ab.", of=DEPUTY)
    alarm = story.letter(OFFICER, "alert")

    story.replies(alarm, "gesehen\nKein KRM: Spam")
    story.passes()

    assert "Gesehen" in story.letter(OFFICER, "receipt").text
    assert case(story).state is State.OPEN
    story.wait(hours=1)
    story.passes()
    aside(story, "alert")


def test_the_contact_named_to_the_citizen_is_never_the_person(story: Story) -> None:
    request = asked(story, ABOUT_OFFICER, of=DEPUTY)

    answered(story, request, "ok\nAnsprechpartner: Frau Meier")

    acknowledgement = story.letter(CITIZEN, "acknowledgement")
    assert DEPUTY.name in acknowledgement.text
    assert OFFICER.name not in acknowledgement.text
    story.letter(LEAD_514, "assignment")


def test_a_complaint_about_management_names_the_supervising_body_to_whoever_decides(story: Story) -> None:
    text = " ".join(asked(story, "Ihre Frau Ahrens hat mich belogen.").text.split())

    assert f"Darüber entscheidet: {SUPERVISION.name}, {SUPERVISION.address}." in text


def test_and_says_so_where_no_supervising_body_is_set(story: Story) -> None:
    story = Story(story.database)
    story.arrives("Ihre Frau Ahrens hat mich belogen.")
    story.passes()

    assert "Ihre Adresse fehlt noch in den Einstellungen" in " ".join(
        story.letter(OFFICER, "confirmation_request").text.split()
    )


# --- taken back ---


def test_nicht_gemeint_lets_the_lead_have_it(story: Story) -> None:
    assigned(story, "Frau Krause von nebenan sagt, Sie arbeiten nicht.", LEAD_514, "ok\nNicht gemeint: Frau Krause")


def test_nicht_gemeint_later_moves_it_to_the_lead(story: Story) -> None:
    answered(story, request := asked(story, "Frau Krause von nebenan sagt, Sie arbeiten nicht."))
    story.letter(CITIZEN, "acknowledgement")
    story.letter(HEAD_5, "assignment")

    receipt = answered(story, request, "Nicht gemeint: Frau Krause")

    assert "Krause" in receipt.text
    assert case(story).handler in (HEAD_5.id, LEAD_514.id)
    aside(story, "assignment")


def test_nicht_gemeint_of_one_leaves_the_other(story: Story) -> None:
    body = "Frau Krause von nebenan weiß es: Herr Steinhagen schreit."

    assigned(story, body, MANAGER, "ok\nNicht gemeint: Frau Krause")


# --- asked again whenever something changes ---


def test_a_further_mail_that_names_the_lead_takes_the_case_from_them(story: Story) -> None:
    answered(story, asked(story, "Ich warte seit Wochen."))
    acknowledgement = story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_514, "assignment")

    story.replies(acknowledgement, "Es liegt an Frau Krause, sie schreit nur.")
    story.passes()

    story.letter(OFFICER, "confirmation_request")
    assert "Ich warte" in story.letter(HEAD_5, "assignment").text
    before = everything_to(story, LEAD_514)
    for local in ("2026-12-01 07:30", "2026-12-04 07:30", "2026-12-07 12:00", "2026-12-10 07:30"):
        story.until(local)
        story.passes()
    assert everything_to(story, LEAD_514) == before
    aside(story, *{r.duty for r in story._unread})


def test_hand_on_to_the_lead_it_is_about_goes_to_who_is_above(story: Story) -> None:
    answered(story, request := asked(story, "Frau Sommerfeld hat mich angeschrien."))
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_514, "assignment")

    answered(story, request, "Team: 602")

    assert everything_to(story, LEAD_602) == []
    aside(story, "assignment")


def test_escalation_passes_over_the_area_head_it_is_about(story: Story) -> None:
    assigned(story, "Herr Steinhagen hat mich angeschrien.", MANAGER)
    answered(story, asked(story, "Ich warte noch.", subject="Zu KRM-2026-0001"), "Stufe: 3 keine Einigung")

    assert everything_to(story, HEAD_5) == []
    aside(story, "assignment", "acknowledgement", "proposal")


def test_absence_does_not_hand_it_to_whom_it_is_about(story: Story) -> None:
    letter = assigned(story, "Frau Hagedorn hat mich angeschrien.", LEAD_514)

    story.replies(letter, "Bin im Urlaub.", quote=False, Auto_Submitted="auto-replied")
    story.passes()

    story.letter(HEAD_5, "assignment")
    story.letter(OFFICER, "absence")
    assert everything_to(story, STAND_IN_514) == []


def test_late_answers_are_not_told_to_the_area_head_it_is_about(story: Story) -> None:
    assigned(story, "Herr Steinhagen hat mich angeschrien.", MANAGER)
    for local in ("2026-12-01 07:30", "2026-12-03 07:30", "2026-12-08 07:30"):
        story.until(local)
        story.passes()

    assert everything_to(story, HEAD_5) == []
    aside(story, *{r.duty for r in story._unread})
