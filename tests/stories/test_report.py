"""The monthly report: drafted for the officer, released by reply, then with management (GA 3.9)."""

from tests.office import CITIZEN, DEPUTY, LEAD_515, MANAGER, OFFICER, Story, judged


def recorded(story: Story) -> None:
    """A praise: nothing else is owed of it."""
    story.reports = True
    story.suggestion = judged("lob")
    story.arrives("Danke, das war sehr freundlich.")
    story.passes()
    story.replies(story.letter(OFFICER, "confirmation_request"), "ok")
    story.passes()
    for person, duty in ((OFFICER, "receipt"), (CITIZEN, "acknowledgement"), (LEAD_515, "assignment")):
        story.letter(person, duty)


def test_the_report_is_drafted_on_the_first_working_day_and_waits_for_the_officer(story: Story) -> None:
    recorded(story)
    story.until("2026-12-01 07:00")
    story.passes()
    story.nothing_went_out()

    story.until("2026-12-01 07:31")
    story.passes()
    for person in (OFFICER, DEPUTY):
        draft = story.letter(person, "report")
        assert "November 2026" in draft.subject
        assert "Erfasste Reaktionen: 1" in draft.text
        assert "Erika" not in draft.text
    story.passes()


def test_a_release_sends_it_to_management_once(story: Story) -> None:
    recorded(story)
    story.until("2026-12-01 08:00")
    story.passes()
    draft = story.letter(OFFICER, "report")
    other = story.letter(DEPUTY, "report")

    story.replies(draft, "Freigabe")
    story.passes()
    assert "November 2026" in story.letter(MANAGER, "report_copy").subject
    assert "Auswertung 2026-11" in story.letter(OFFICER, "receipt").text

    story.replies(other, "Freigabe", sender=DEPUTY.address)
    story.passes()
    story.letter(DEPUTY, "receipt")
    story.nothing_went_out()


def test_until_the_fifteenth_the_officer_is_reminded(story: Story) -> None:
    recorded(story)
    story.until("2026-12-14 09:00")
    story.passes()
    reminders = [x for x in story._unread if x.duty == "report" and x.to == OFFICER.address]
    assert len(reminders) == 2, "the draft itself and the reminder of the day"
    story._unread.clear()

    story.until("2026-12-16 09:00")
    story.passes()
    assert [x for x in story._unread if x.duty == "report"] == []
    story._unread.clear()


def test_officer_and_deputy_may_ask_for_a_month_by_reply(story: Story) -> None:
    """GA 3.9: they alone evaluate."""
    story.reports = True
    story.arrives("Ich habe zwei Stunden gewartet.")
    story.passes()
    request = story.letter(OFFICER, "confirmation_request")

    story.replies(request, "Bericht: 2026-10")
    story.passes()
    assert "Oktober 2026" in story.letter(OFFICER, "report_copy").subject


def test_a_team_lead_may_not(story: Story) -> None:
    story.reports = True
    story.arrives("Ich habe zwei Stunden gewartet.")
    story.passes()
    story.replies(story.letter(OFFICER, "confirmation_request"), "ok")
    story.passes()
    story.letter(OFFICER, "receipt")
    story.letter(CITIZEN, "acknowledgement")

    story.replies(story.letter(LEAD_515, "assignment"), "Bericht: 2026-10")
    story.passes()
    assert "nicht möglich" in story.letter(LEAD_515, "unclear").text
