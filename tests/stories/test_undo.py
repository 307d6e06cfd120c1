"""`Zurück`: within the hold time a letter is stopped, after that a correction is drafted (conversation.md)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from krm.bot import Rhythm
from store.case import State
from tests.office import CITIZEN, DEPUTY, LEAD_514, LEAD_515, MANAGER, OFFICER, Received, Story
from tests.stories.recorded import LETTER, answered, aside, asked, is_asked_back, recorded, says, the_case


@pytest.fixture
def held(story: Story) -> Iterator[Story]:
    """An office that holds letters to citizens for ten minutes."""
    told = Story(story.database, rhythm=Rhythm(hold=timedelta(minutes=10)))
    yield told
    told.nothing_went_out()


def goes_on(story: Story, minutes: int = 11) -> None:
    story.wait(minutes=minutes)
    story.passes()


def recorded_at_once(story: Story) -> Received:
    request = asked(story)
    says(story, request, "ok")
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")
    return request


def test_within_the_hold_time_nothing_reaches_the_citizen(held: Story) -> None:
    request = asked(held)
    assert "In den nächsten 10 Minuten" in says(held, request, "ok").text
    held.letter(LEAD_515, "assignment")

    held.wait(minutes=9)
    receipt = says(held, request, "Zurück")
    goes_on(held)

    assert "Zurückgenommen: Eingangsbestätigung" in receipt.text
    assert the_case(held).reactions[0].confirmed_at is None


def test_after_it_was_stopped_the_officer_decides_anew(held: Story) -> None:
    request = asked(held)
    says(held, request, "ok")
    held.letter(LEAD_515, "assignment")
    says(held, request, "Zurück")

    says(held, request, "Art: Lob")
    goes_on(held)

    assert "Dank" in held.letter(CITIZEN, "acknowledgement").text
    assert str(the_case(held).number) == "KRM-2026-0001"


def test_nothing_waits_any_more_once_the_hold_time_is_over(held: Story) -> None:
    request = asked(held)
    says(held, request, "ok")
    held.letter(LEAD_515, "assignment")
    goes_on(held)
    held.letter(CITIZEN, "acknowledgement")

    receipt = says(held, request, "Zurück")

    assert "zur Freigabe" in receipt.text
    assert "Berichtigung" in held.letter(OFFICER, "release_request").subject


def test_a_correction_is_drafted_and_goes_out_after_its_release(story: Story) -> None:
    request = recorded_at_once(story)

    receipt = says(story, request, "Zurück")

    assert "Zu berichtigen: Eingangsbestätigung" in receipt.text
    assert "Sabine Meier zur Freigabe" in receipt.text
    draft = story.letter(OFFICER, "release_request")
    assert "Das war ein Irrtum von uns." in draft.text
    story.nothing_went_out()
    says(story, draft, "Freigabe")
    correction = story.letter(CITIZEN, "correction")
    assert "am 23. November 2026 haben wir Ihnen ein Schreiben geschickt: Eingangsbestätigung." in correction.text


def test_a_correction_goes_out_once_and_is_drafted_once(story: Story) -> None:
    request = recorded_at_once(story)
    says(story, request, "Zurück")
    draft = story.letter(OFFICER, "release_request")
    assert "schon eine Berichtigung" in is_asked_back(story, request, "Zurück")
    says(story, draft, "Freigabe")
    story.letter(CITIZEN, "correction")

    assert "schon freigegeben" in is_asked_back(story, draft, "Freigabe", sender=DEPUTY.address)
    assert "schon eine Berichtigung" in is_asked_back(story, request, "Zurück")


def test_there_is_nothing_to_take_back_before_anything_went_out(story: Story) -> None:
    assert "kein Schreiben" in is_asked_back(story, asked(story), "Zurück")


def test_zurueck_stands_alone(story: Story) -> None:
    assert "nicht zusammen" in is_asked_back(story, recorded_at_once(story), "Zurück\nErledigt: fertig")


def test_an_answer_stopped_in_the_hold_time_may_be_released_again(held: Story) -> None:
    request = asked(held)
    says(held, request, "ok\nAntwortweg: E-Mail")
    goes_on(held)
    held.letter(CITIZEN, "acknowledgement")
    says(held, held.letter(LEAD_515, "assignment"), f"Antwort\n\n{LETTER}")
    letter = held.letter(OFFICER, "release_request")
    says(held, letter, "Freigabe")
    held.letter(MANAGER, "answer_copy")

    says(held, letter, "Zurück")
    goes_on(held)
    held.nothing_went_out()
    says(held, letter, "Freigabe")
    goes_on(held)

    held.letter(CITIZEN, "answer")
    held.letter(MANAGER, "answer_copy")


def test_a_hand_over_note_stopped_leaves_the_mail_undecided(held: Story) -> None:
    request = asked(held)
    says(held, request, "Kein KRM: Anfrage an 514")
    held.letter(LEAD_514, "hand_over")

    says(held, request, "Zurück")
    goes_on(held)

    case = the_case(held)
    assert (case.state, case.outside, case.reactions[0].settled) == (State.OPEN, "", False)


def test_zurueck_after_ok_stops_what_the_last_word_set_off_only(held: Story) -> None:
    request = asked(held)
    says(held, request, "ok")
    held.letter(LEAD_515, "assignment")
    goes_on(held)
    held.letter(CITIZEN, "acknowledgement")
    says(held, request, "Zwischeninformation: 21.12.2026")

    says(held, request, "Zurück")
    goes_on(held)

    case = the_case(held)
    assert case.reactions[0].confirmed_at is not None
    assert case.marks[-1].about == "interim_notice"


def test_a_printed_letter_is_taken_back_until_it_is_posted_and_corrected_after(story: Story) -> None:
    printed = answered(story, recorded(story))

    assert "Zurückgenommen: Antwortschreiben" in says(story, printed, "Zurück").text
    says(story, printed, "Freigabe")
    again = story.letter(OFFICER, "to_print")
    story.letter(MANAGER, "answer_copy")
    story.wait(hours=30)
    says(story, again, "versandt 23.11.2026")
    aside(story, "digest")

    assert "Zu berichtigen: Antwortschreiben" in says(story, again, "Zurück").text
    draft = story.letter(OFFICER, "release_request").text
    assert "am 23. November 2026 haben wir Ihnen ein Schreiben geschickt: Antwortschreiben." in draft


def test_what_the_second_word_of_one_pass_makes_needless_does_not_go_out(story: Story) -> None:
    """Released and said to be posted before the bot looked: nobody is asked to print it once more."""
    says(story, recorded(story), f"Antwort\n\n{LETTER}")
    draft = story.letter(OFFICER, "release_request")

    story.replies(draft, "Freigabe")
    story.replies(draft, "versandt 23.11.2026")
    story.passes()

    assert [m.said for m in the_case(story).marks[-2:]] == ["released", "posted"]
    story.letter(MANAGER, "answer_copy")
    for _ in range(2):
        story.letter(OFFICER, "receipt")
    story.nothing_went_out()


def test_an_answer_by_mail_said_to_be_posted_in_the_same_pass_does_not_go_out_as_well(story: Story) -> None:
    says(story, recorded(story, "ok\nAntwortweg: E-Mail"), f"Antwort\n\n{LETTER}")
    draft = story.letter(OFFICER, "release_request")

    story.replies(draft, "Freigabe")
    story.replies(draft, "versandt 23.11.2026")
    story.passes()

    story.letter(MANAGER, "answer_copy")
    for _ in range(2):
        story.letter(OFFICER, "receipt")
    story.nothing_went_out()


@pytest.mark.parametrize("ahead", [timedelta(minutes=10), timedelta(days=3)])
def test_a_clock_that_is_set_back_takes_no_letter_back(held: Story, ahead: timedelta) -> None:
    says(held, asked(held), "ok\nAntwortweg: E-Mail")
    goes_on(held)
    held.letter(CITIZEN, "acknowledgement")
    says(held, held.letter(LEAD_515, "assignment"), f"Antwort\n\n{LETTER}")
    draft = held.letter(OFFICER, "release_request")
    right = held.now

    held.now += ahead
    says(held, draft, "Freigabe")
    held.letter(MANAGER, "answer_copy")
    held.now = right + min(ahead, timedelta(hours=1)) + timedelta(minutes=11)
    held.passes()

    held.letter(CITIZEN, "answer")
    aside(held, "digest")


def test_what_was_released_before_the_case_went_to_another_goes_out_all_the_same(held: Story) -> None:
    says(held, asked(held), "ok")
    held.letter(LEAD_515, "assignment")
    goes_on(held)
    held.letter(CITIZEN, "acknowledgement")
    other = asked(held, "Die Heizung war kalt.", sender="nachbar@mail.example")
    says(held, other, "ok\nAntwortweg: E-Mail")
    goes_on(held)
    held.letter("nachbar@mail.example", "acknowledgement")
    says(held, held.letter(LEAD_515, "assignment"), f"Antwort\n\n{LETTER}")
    draft = held.letter(OFFICER, "release_request")

    says(held, draft, "Freigabe")
    held.letter(MANAGER, "answer_copy")
    says(held, draft, "Folge: KRM-2026-0001")
    goes_on(held)

    held.letter("nachbar@mail.example", "answer")
    held.rest()
