"""The answer letter: handed in, checked for plain language, released, posted or sent (GA 3.6)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from krm.bot import Rhythm
from store.case import Said
from tests.office import CITIZEN, DEPUTY, HEAD_5, LEAD_515, MANAGER, OFFICER, Received, Story, judged
from tests.stories.recorded import (
    LETTER,
    answered,
    aside,
    asked,
    at,
    is_asked_back,
    recorded,
    says,
    the_case,
)


def handed_in(story: Story, assignment: Received, letter: str = LETTER) -> Received:
    """The letter stands below the word; gives the request to release it."""
    says(story, assignment, f"Antwort\n\n{letter}")
    return story.letter(OFFICER, "release_request")


def test_a_letter_below_the_word_goes_to_the_officer_word_for_word(story: Story) -> None:
    receipt = says(story, recorded(story), f"Antwort\n\n{LETTER}")

    assert "Antwortschreiben eingereicht" in receipt.text
    assert "Sabine Meier zur Freigabe" in receipt.text
    request = story.letter(OFFICER, "release_request")
    assert "An diesem Tag waren zwei Kolleginnen krank." in request.text
    assert "Olaf Brandt" in request.text
    assert "gehen per Post" in request.text


def test_hints_on_plain_language_go_to_the_lead_and_the_officer_and_block_nothing(story: Story) -> None:
    officialese = LETTER + "\n\nBezugnehmend auf Ihr Schreiben wurde hinsichtlich der BG Ihre Obliegenheit geprüft."

    receipt = says(story, recorded(story), f"Antwort\n\n{officialese}")

    request = story.letter(OFFICER, "release_request")
    for letter in (receipt, request):
        assert "HINWEISE ZUR VERSTÄNDLICHEN SPRACHE" in letter.text
        assert "Bedarfsgemeinschaft" in letter.text
    says(story, request, "Freigabe")
    story.letter(OFFICER, "to_print")
    story.letter(MANAGER, "answer_copy")


def test_a_plain_letter_gets_no_hint(story: Story) -> None:
    assert "HINWEISE" not in handed_in(story, recorded(story)).text


def test_released_it_is_printed_by_default_with_a_copy_to_management(story: Story) -> None:
    request = handed_in(story, recorded(story))

    receipt = says(story, request, "Freigabe")

    assert "Das Schreiben kommt zum Drucken zu Sabine Meier." in receipt.text
    assert "zwei Kolleginnen krank" in story.letter(OFFICER, "to_print").text
    copy = story.letter(MANAGER, "answer_copy").text
    assert "zwei Kolleginnen krank" in copy
    assert "Team 515" in copy


def test_versandt_ends_the_clock(story: Story) -> None:
    printed = answered(story, recorded(story))

    receipt = says(story, printed, "versandt 23.11.2026")

    assert "Versandt: Mo 23.11.2026" in receipt.text
    assert "Erledigt: …" in receipt.text
    for day in ("2026-12-01", "2026-12-03", "2026-12-04", "2026-12-08"):
        at(story, f"{day} 07:30")
    story.nothing_went_out()


def test_by_e_mail_only_where_the_citizen_asked_for_it(story: Story) -> None:
    request = handed_in(story, recorded(story, "ok\nAntwortweg: E-Mail"))

    receipt = says(story, request, "Freigabe")

    assert "per E-Mail hinaus" in receipt.text
    answer = story.letter(CITIZEN, "answer")
    assert "zwei Kolleginnen krank" in answer.text
    assert "KRM-2026-0001" in answer.subject
    story.letter(MANAGER, "answer_copy")
    at(story, "2026-12-08 07:30")
    story.nothing_went_out()


def test_the_way_chosen_after_the_release_does_not_send_what_was_posted(story: Story) -> None:
    printed = answered(story, recorded(story))
    says(story, printed, "versandt 23.11.2026")

    says(story, printed, "Antwortweg: E-Mail")

    story.nothing_went_out()


def test_released_twice_it_goes_out_once(story: Story) -> None:
    request = handed_in(story, recorded(story, "ok\nAntwortweg: E-Mail"))
    says(story, request, "Freigabe")
    story.letter(CITIZEN, "answer")
    story.letter(MANAGER, "answer_copy")

    assert "schon freigegeben" in is_asked_back(story, request, "Freigabe")
    assert "schon freigegeben" in is_asked_back(story, request, "Freigabe", sender=DEPUTY.address)


def test_ok_to_a_letter_that_waits_for_its_release_is_asked_back(story: Story) -> None:
    request = handed_in(story, recorded(story))

    assert "Freigabe" in is_asked_back(story, request, "ok")
    says(story, request, "ok\nFreigabe")

    story.letter(OFFICER, "to_print")
    story.letter(MANAGER, "answer_copy")


def test_nothing_is_released_where_no_letter_lies(story: Story) -> None:
    request = asked(story)
    says(story, request, "ok")
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")

    assert "noch kein Antwortschreiben" in is_asked_back(story, request, "Freigabe")


@pytest.mark.parametrize(
    ("line", "why"),
    [("versandt 24.11.2026", "in der Zukunft"), ("versandt 20.11.2026", "vor dem Eingang"), ("versandt", "fehlt")],
)
def test_an_impossible_day_of_posting_is_asked_back(story: Story, line: str, why: str) -> None:
    assert why in is_asked_back(story, answered(story, recorded(story)), line)


def test_an_answer_to_somebody_who_writes_for_another_needs_their_authority(story: Story) -> None:
    story.suggestion = replace(judged(), notices=("for_another",))
    request = handed_in(story, recorded(story))
    assert "Vollmacht: ja" in request.text

    assert "Vollmacht" in is_asked_back(story, request, "Freigabe")
    says(story, request, "Vollmacht: ja\nFreigabe")

    story.letter(OFFICER, "to_print")
    story.letter(MANAGER, "answer_copy")


def test_a_better_letter_takes_the_place_of_the_first(story: Story) -> None:
    assignment = recorded(story)
    handed_in(story, assignment)
    better = handed_in(story, assignment, LETTER.replace("zwei Kolleginnen", "drei Kolleginnen"))

    says(story, better, "Freigabe")

    assert "drei Kolleginnen" in story.letter(OFFICER, "to_print").text
    story.letter(MANAGER, "answer_copy")


def test_what_a_citizen_writes_after_the_release_is_not_answered_by_that_letter(story: Story) -> None:
    printed = answered(story, recorded(story))
    story.wait(days=1)
    story.arrives("Bitte antworten Sie auch zur Heizung.", subject="KRM-2026-0001")
    story.passes()
    at(story, "2026-11-25 09:00")
    says(story, story.letter(OFFICER, "confirmation_request"), "Art: Folgereaktion")
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")
    says(story, printed, "versandt 25.11.2026")

    at(story, "2026-12-02 07:30")

    assert "Di 08.12.2026" in story.letter(LEAD_515, "handling_reminder").text


def test_whoever_has_no_address_gets_everything_on_paper(story: Story) -> None:
    request = asked(story, sender="scanner@jobcenter.example")
    receipt = says(story, request, "ok")
    story.letter(LEAD_515, "assignment")
    says(story, receipt, "versandt 23.11.2026")
    assert the_case(story).reactions[0].acknowledged is not None

    at(story, "2026-12-03 07:30")
    for person, duty in ((LEAD_515, "handling_reminder"), (DEPUTY, "interim_alarm"), (HEAD_5, "interim_alarm")):
        story.letter(person, duty)
    draft = story.letter(OFFICER, "interim_draft")
    assert "zu Ihnen zum Drucken" in " ".join(draft.text.split())


def test_in_the_hold_time_the_receipt_says_how_long_the_answer_can_be_stopped(story: Story) -> None:
    told = Story(story.database, rhythm=Rhythm(hold=timedelta(minutes=10)))
    request = asked(told)

    assert "In den nächsten 10 Minuten" in says(told, request, "ok\nAntwortweg: E-Mail").text
    told.letter(LEAD_515, "assignment")
    told.wait(minutes=11)
    told.passes()

    told.letter(CITIZEN, "acknowledgement")
    told.nothing_went_out()


def test_the_day_of_posting_stands_in_the_record(story: Story) -> None:
    printed = answered(story, recorded(story))
    story.wait(days=2)

    says(story, printed, "versandt 24.11.")

    posted = the_case(story).last(Said.POSTED)
    assert posted is not None
    assert (posted.day, posted.about) == (date(2026, 11, 24), "answer")
    aside(story, "digest")  # answered, to be closed


def test_a_wish_for_the_portal_is_said_with_the_letter(story: Story) -> None:
    request = handed_in(story, recorded(story, "ok\nAntwortweg: Portal"))

    says(story, request, "Freigabe")

    assert "über das Portal" in story.letter(OFFICER, "to_print").text
    story.letter(MANAGER, "answer_copy")
