"""From a citizen's mail to the acknowledgement, as the office lives it."""

from tests.office import CITIZEN, LEAD_515, OFFICER, Story


def test_a_complaint_is_confirmed_with_ok_and_acknowledged(story: Story) -> None:
    story.arrives("Guten Tag, ich habe gestern zwei Stunden gewartet. Das geht so nicht.")

    tally = story.passes()

    assert (tally["fetched"], tally["opened"], tally["sent"], tally["failed"]) == (1, 1, 1, 0)
    request = story.letter(OFFICER, "confirmation_request")
    assert "zwei Stunden gewartet" in request.text

    story.replies(request, "ok")
    assert story.passes()["instructions"] == 1

    acknowledgement = story.letter(CITIZEN, "acknowledgement")
    assert "KRM-2026-0001" in acknowledgement.text
    assert "zwei Stunden" not in acknowledgement.text
    receipt = story.letter(OFFICER, "receipt")
    assert "KRM-2026-0001" in receipt.text
    story.letter(LEAD_515, "assignment")
    assert len(story.folder("Verarbeitet")) == 2
    assert story.folder("INBOX") == []
    assert len(story.folder("Sent")) == 4
