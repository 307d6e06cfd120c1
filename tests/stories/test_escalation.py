"""Stages of escalation, each a matter of its own: who decided, when, why, and what came of it (GA 3.7)."""

from email import message_from_bytes
from email.policy import default

import pytest

from store.case import State
from tests.office import CITIZEN, HEAD_5, HEAD_6, LEAD_515, LEAD_602, MANAGER, OFFICER, Received, Story
from tests.stories.recorded import answered, asked, at, is_asked_back, recorded, says, the_case


def request_and_record(story: Story) -> Received:
    """Recorded at stage 2; gives the officer's request, to which they may go on answering."""
    request = asked(story)
    says(story, request, "ok")
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")
    return request


def test_a_case_starts_at_stage_two_with_the_team_lead(story: Story) -> None:
    recorded(story)

    (stage,) = the_case(story).stages
    assert (stage.level, stage.by, stage.ended) == (2, OFFICER.id, None)


def test_stage_three_puts_it_to_the_area_head_with_the_reason(story: Story) -> None:
    receipt = says(story, request_and_record(story), "Stufe: 3 Team kommt nicht weiter")

    assert "Stufe: 3. Team kommt nicht weiter" in receipt.text
    assert "Der Vorgang geht jetzt an Rolf Steinhagen." in receipt.text
    assignment = story.letter(HEAD_5, "assignment")
    assert "Stufe 3: Die Bereichsleitung bearbeitet den Vorgang." in assignment.text
    assert "Team kommt nicht weiter" in assignment.text
    second, third = the_case(story).stages
    assert (second.outcome, second.ended is None) == ("Team kommt nicht weiter", False)
    assert (third.level, third.reason, third.ended) == (3, "Team kommt nicht weiter", None)


def test_the_reason_is_never_told_to_the_citizen(story: Story) -> None:
    request = request_and_record(story)
    says(story, request, "Stufe: 3 Team kommt nicht weiter")
    story.letter(HEAD_5, "assignment")

    says(story, request, "Zwischeninformation: 21.12.2026")

    assert "Team kommt" not in story.letter(CITIZEN, "interim_notice").text


def test_at_stage_three_the_area_head_is_reminded_and_answers(story: Story) -> None:
    says(story, request_and_record(story), "Stufe: 3 Grund")
    assignment = story.letter(HEAD_5, "assignment")

    at(story, "2026-12-01 07:30")

    assert "weiter an Geschäftsführung: Grund" in story.letter(HEAD_5, "handling_reminder").text
    answered(story, assignment)


def test_the_area_head_may_propose_the_next_stage(story: Story) -> None:
    says(story, request_and_record(story), "Stufe: 3 Grund")
    assignment = story.letter(HEAD_5, "assignment")
    assert "schon auf Stufe 3" in is_asked_back(story, assignment, "weiter an Bereichsleitung: noch einmal")

    says(story, assignment, "weiter an Geschäftsführung: Entscheidung nötig")

    says(story, story.letter(OFFICER, "proposal"), "ok")
    story.letter(MANAGER, "assignment")
    story.letter(MANAGER, "appointment")
    story.letter(OFFICER, "release_request")


def test_stage_four_is_an_appointment_proposed_to_management_as_ics(story: Story) -> None:
    says(story, request_and_record(story), "Stufe: 4 Bitte um Gespräch")

    story.letter(MANAGER, "assignment")
    appointment = story.letter(MANAGER, "appointment")
    assert "Bitte um Gespräch" in appointment.text
    (attached,) = appointment.mail.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    calendar = message_from_bytes(attached.as_bytes(), policy=default).get_content()
    assert "METHOD:REQUEST" in str(calendar)
    assert "20261130T" in str(calendar)  # the fifth working day
    assert "30.11.2026, 10:00 Uhr" in appointment.text
    story.letter(OFFICER, "release_request")


def test_the_invitation_goes_to_the_citizen_only_after_its_release_and_once(story: Story) -> None:
    says(story, request_and_record(story), "Stufe: 4 Bitte um Gespräch")
    story.letter(MANAGER, "assignment")
    story.letter(MANAGER, "appointment")
    request = story.letter(OFFICER, "release_request")
    assert "Einladung" in request.subject

    receipt = says(story, request, "Freigabe")

    assert "Die Einladung geht jetzt hinaus." in receipt.text
    invitation = story.letter(CITIZEN, "invitation").text
    assert "Montag, 30. November 2026" in invitation
    assert "Bitte um Gespräch" not in invitation
    assert "schon freigegeben" in is_asked_back(story, request, "Freigabe")


def test_an_invitation_to_a_stage_that_ended_is_not_released(story: Story) -> None:
    request = request_and_record(story)
    says(story, request, "Stufe: 4 Bitte um Gespräch")
    story.letter(MANAGER, "assignment")
    story.letter(MANAGER, "appointment")
    invitation = story.letter(OFFICER, "release_request")
    says(story, request, "Stufe: 3 doch nicht")
    story.letter(HEAD_5, "assignment")

    assert "Die Einladung entfällt" in is_asked_back(story, invitation, "Freigabe")


def test_stage_one_gives_it_back_and_the_lead_knows(story: Story) -> None:
    request = request_and_record(story)
    says(story, request, "Stufe: 3 Grund")
    story.letter(HEAD_5, "assignment")

    says(story, request, "Stufe: 1")

    assignment = story.letter(LEAD_515, "assignment")
    assert "Stufe 1: Das Team bearbeitet den Vorgang." in assignment.text
    assert the_case(story).handler == LEAD_515.id


def test_stage_one_from_the_start_is_the_officers_word(story: Story) -> None:
    request = asked(story)

    says(story, request, "ok\nStufe: 1")

    story.letter(CITIZEN, "acknowledgement")
    assert "Stufe 1" in story.letter(LEAD_515, "assignment").text
    assert [s.level for s in the_case(story).stages] == [1]


@pytest.mark.parametrize(
    ("line", "why"),
    [("Stufe: 2", "schon auf Stufe 2"), ("Stufe: 5 Grund", "Stufen 1 bis 4"), ("Stufe: drei", "Stufen 1 bis 4")],
)
def test_a_stage_that_is_none_or_the_same_is_asked_back(story: Story, line: str, why: str) -> None:
    assert why in is_asked_back(story, request_and_record(story), line)


def test_nothing_is_escalated_before_it_is_recorded(story: Story) -> None:
    assert "noch nicht erfasst" in is_asked_back(story, asked(story), "Stufe: 3 Grund")


def test_whoever_had_it_before_the_stage_answers_for_it_no_more(story: Story) -> None:
    request = asked(story)
    says(story, request, "ok")
    story.letter(CITIZEN, "acknowledgement")
    assignment = story.letter(LEAD_515, "assignment")
    says(story, request, "Stufe: 3 Grund")
    story.letter(HEAD_5, "assignment")

    assert "nicht mehr bei Ihnen" in is_asked_back(story, assignment, "übernommen")


def test_passed_on_at_stage_three_it_goes_to_the_other_teams_area_head(story: Story) -> None:
    request = request_and_record(story)
    says(story, request, "Stufe: 3 Grund")
    story.letter(HEAD_5, "assignment")

    says(story, request, "Team: 602")

    story.letter(HEAD_6, "assignment")
    assert LEAD_602.id not in the_case(story).handlers


def test_a_citizen_who_writes_again_after_the_answer_brings_the_proposal_of_the_next_stage(story: Story) -> None:
    says(story, answered(story, recorded(story)), "versandt 23.11.2026")
    at(story, "2026-11-30 09:00")
    story.arrives("Damit bin ich nicht einverstanden.", subject="KRM-2026-0001")
    story.passes()

    says(story, story.letter(OFFICER, "confirmation_request"), "Art: Folgereaktion")

    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")
    proposal = story.letter(OFFICER, "proposal")
    assert "kam eine weitere Nachricht" in " ".join(proposal.text.split())
    says(story, proposal, "ok")
    for words in ("Damit bin ich nicht einverstanden", "zwei Stunden gewartet"):
        story.letter(HEAD_5, "assignment")
        assert words in " ".join(r.new_text for r in the_case(story).reactions)
    assert (the_case(story).stage, the_case(story).state) == (3, State.OPEN)
