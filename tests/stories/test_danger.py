"""Danger and need: at once, day and night, one person after the other until somebody answers (conversation.md)."""

from collections.abc import Iterator

import pytest

from classify.coding import Urgency
from ingest.office import Person
from tests.office import (
    CITIZEN,
    DEPUTY,
    HEAD_5,
    LEAD_514,
    LEAD_515,
    MANAGER,
    OFFICER,
    SECURITY,
    Received,
    Story,
    judged,
)
from tests.stories.acts import HOUSE, asked, confirmed

THREAT = "Ich komme morgen mit dem Messer vorbei, wartet nur ab."
LIST = (OFFICER, DEPUTY, MANAGER, SECURITY)
NIGHT = "2026-11-22 02:10"  # a Sunday


@pytest.fixture
def story(story: Story) -> Iterator[Story]:
    told = Story(story.database, office=HOUSE)
    told.suggestion = judged(urgency=Urgency.DANGER)
    told.until(NIGHT)
    yield told
    told.nothing_went_out()


def alarmed(story: Story, body: str = THREAT, people: tuple[Person, ...] = LIST) -> dict[str, Received]:
    """A threat came in; what everybody on the list got, by id."""
    asked(story, body)
    return {p.id: story.letter(p, "alert") for p in people}


def test_everybody_on_the_list_is_alarmed_on_a_sunday_night(story: Story) -> None:
    letters = alarmed(story)

    assert "Messer" in letters["officer"].text
    assert "Messer" not in letters["sicherheit"].text
    assert not list(letters["sicherheit"].mail.iter_attachments())


def test_without_an_answer_the_next_person_is_called_every_half_hour(story: Story) -> None:
    alarmed(story)

    for person in (DEPUTY, MANAGER, SECURITY, OFFICER, DEPUTY):
        story.wait(minutes=29)
        story.passes()
        story.nothing_went_out()
        story.wait(minutes=1, seconds=1)
        story.passes()
        story.letter(person, "alert")


@pytest.mark.parametrize("who", LIST, ids=lambda p: p.id)
def test_anybody_s_gesehen_ends_it(story: Story, who: Person) -> None:
    letters = alarmed(story)

    story.replies(letters[who.id], "gesehen")
    story.passes()
    story.letter(who, "receipt")

    for _ in range(4):
        story.wait(minutes=31)
        story.passes()


def test_the_button_is_enough(story: Story) -> None:
    letters = alarmed(story)

    story.presses(letters["gf"], "Gesehen")
    story.passes()
    story.letter(MANAGER, "receipt")

    story.wait(hours=3)
    story.passes()


def test_a_stranger_s_gesehen_ends_nothing(story: Story) -> None:
    letters = alarmed(story)
    story.replies(letters["officer"], "gesehen", sender=CITIZEN)
    story.passes()
    story.letter(OFFICER, "confirmation_request")  # a citizen of the Case wrote: a reaction like any other
    for person in LIST:
        story.letter(person, "alert")

    story.wait(minutes=31)
    story.passes()

    for _ in range(2):
        story.letter(DEPUTY, "alert")


def test_it_goes_on_for_days(story: Story) -> None:
    alarmed(story)

    for n in range(1, 61):
        story.wait(minutes=30, seconds=1)
        story.passes()
        story.letter(LIST[n % 4], "alert")

    for person in (OFFICER, DEPUTY):
        story.letter(person, "digest")


def test_a_decision_of_the_officer_is_an_answer_too(story: Story) -> None:
    request = asked(story, THREAT)
    for person in LIST:
        story.letter(person, "alert")
    story.replies(request, "ok")
    story.passes()
    for to, duty in ((OFFICER, "receipt"), (LEAD_515, "assignment"), (CITIZEN, "acknowledgement")):
        story.letter(to, duty)

    story.wait(hours=1)
    story.passes()


@pytest.mark.parametrize(
    ("what", "body", "superior"),
    [
        ("a clerk", "Den Möller steche ich ab.", LEAD_514),
        ("a team lead", "Die Krause steche ich ab.", HEAD_5),
        ("an area head", "Den Steinhagen steche ich ab.", None),  # management is on the list
    ],
)
def test_the_superior_of_whoever_is_threatened_is_alarmed_without_the_file(
    story: Story, what: str, body: str, superior: Person | None
) -> None:
    asked(story, body)

    for person in LIST:
        story.letter(person, "alert")
    if superior:
        alarm = story.letter(superior, "alert")
        assert "steche" not in alarm.text
        assert not list(alarm.mail.iter_attachments())


def test_a_threat_is_not_held_back_from_the_officer_it_is_about(story: Story) -> None:
    story.arrives("Die Meier steche ich ab.")
    story.passes()

    for person in LIST:
        story.letter(person, "alert")
    story.letter(DEPUTY, "confirmation_request")


def test_need_goes_to_the_officer_and_the_unit_at_once_and_is_not_repeated(story: Story) -> None:
    story.suggestion = judged(urgency=Urgency.NEED, unit="514")
    asked(story, "Ich habe seit drei Tagen nichts zu essen.")

    for person in (OFFICER, LEAD_514):
        story.letter(person, "need")
    story.wait(hours=2)
    story.passes()


def test_need_does_not_go_to_the_lead_the_complaint_is_about(story: Story) -> None:
    story.suggestion = judged(urgency=Urgency.NEED, unit="514")
    asked(story, "Frau Krause gibt mir nichts, ich habe seit drei Tagen nichts zu essen.")

    for person in (OFFICER, HEAD_5):
        story.letter(person, "need")


def test_the_citizen_reads_nothing_of_it(story: Story) -> None:
    request = asked(story, THREAT)
    for person in LIST:
        story.letter(person, "alert")

    acknowledgement = confirmed(story, request)

    for word in ("Gefahr", "Messer", "Sicherheit", "Polizei"):
        assert word not in acknowledgement.text
