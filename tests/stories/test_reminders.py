"""Who is reminded of an answer, when, and when no more (GA 3.5.2; conversation.md, The team lead)."""

from datetime import date

from tests.office import CITIZEN, HEAD_5, LEAD_515, OFFICER, Story
from tests.stories.recorded import aside, asked, at, recorded, says, the_case


def test_the_lead_is_reminded_four_and_one_working_days_before(story: Story) -> None:
    recorded(story)
    at(story, "2026-12-01 07:29")
    story.nothing_went_out()

    at(story, "2026-12-01 07:30")
    assert "bleiben noch 4 Arbeitstage" in story.letter(LEAD_515, "handling_reminder").text
    at(story, "2026-12-03 12:00")
    aside(story, "interim_draft", "interim_alarm")
    story.letter(HEAD_5, "interim_alarm")
    at(story, "2026-12-04 07:30")

    assert "bleibt noch 1 Arbeitstag" in story.letter(LEAD_515, "handling_reminder").text


def test_a_reminder_that_fell_into_a_standstill_waits_for_the_morning(story: Story) -> None:
    """Quiet hours: what was due on Tuesday and could not go out disturbs nobody on Tuesday night."""
    recorded(story)
    at(story, "2026-12-01 22:00")
    story.nothing_went_out()

    at(story, "2026-12-02 07:30")

    story.letter(LEAD_515, "handling_reminder")


def test_an_answer_that_is_late_is_told_with_copy_to_area_head_and_officer(story: Story) -> None:
    recorded(story)
    at(story, "2026-12-07 17:59")
    aside(story, "interim_draft", "interim_alarm")
    story.letter(LEAD_515, "handling_reminder")
    story.letter(HEAD_5, "interim_alarm")
    at(story, "2026-12-08 07:30")

    assert "Bitte schicken Sie die Antwort heute" in story.letter(LEAD_515, "overdue").text
    for person in (HEAD_5, OFFICER):
        assert "Das ist zu Ihrer Information" in story.letter(person, "overdue").text
    at(story, "2026-12-09 07:30")
    story.nothing_went_out()


def test_once_the_officer_agrees_that_no_answer_is_needed_nobody_is_reminded(story: Story) -> None:
    says(story, recorded(story), "keine Antwort nötig: Telefonisch geklärt")

    receipt = says(story, story.letter(OFFICER, "proposal"), "ok")

    assert "Erledigt: …" in receipt.text
    for day in ("2026-12-01", "2026-12-03", "2026-12-04", "2026-12-08"):
        at(story, f"{day} 07:30")
    story.nothing_went_out()


def test_without_the_officers_word_the_reminders_go_on(story: Story) -> None:
    says(story, recorded(story), "keine Antwort nötig: Telefonisch geklärt")
    story.letter(OFFICER, "proposal")

    at(story, "2026-12-01 07:30")

    story.letter(LEAD_515, "handling_reminder")


def test_the_officer_may_find_an_answer_needless_without_being_asked(story: Story) -> None:
    request = asked(story)
    says(story, request, "ok\nkeine Antwort nötig: Die Person hat am Telefon verzichtet")
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")

    at(story, "2026-12-01 07:30")

    story.nothing_went_out()


def test_a_date_named_by_the_citizen_facing_letter_stays_the_leads_goal(story: Story) -> None:
    recorded(story, "ok\nFrist: 3.12.2026")

    at(story, "2026-11-27 07:30")

    assert "Donnerstag, 3. Dezember 2026" in story.letter(LEAD_515, "handling_reminder").text
    assert the_case(story).day("answer") == date(2026, 12, 3)
