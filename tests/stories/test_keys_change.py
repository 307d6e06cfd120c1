"""A key is changed while requests are open; or it is lost, and nobody is left without an answer."""

from store.keys import KeyRing
from tests.office import CITIZEN, DEPUTY, LEAD_515, OFFICER, Received, Story

OLD = b"a key for stories, of no use elsewhere"
ROTATED = KeyRing({"k1": OLD, "k2": b"another key for stories"}, "k2")
ONLY_NEW = KeyRing({"k2": b"another key for stories"}, "k2")
WAITED = "Guten Tag, ich habe gestern zwei Stunden gewartet. Das geht so nicht."


def restarted_with(story: Story, keys: KeyRing) -> None:
    object.__setattr__(story.bot, "keys", keys)


def asked(story: Story) -> Received:
    story.arrives(WAITED)
    story.passes()
    return story.letter(OFFICER, "confirmation_request")


def recorded(story: Story) -> None:
    story.letter(OFFICER, "receipt")
    story.letter(LEAD_515, "assignment")
    story.letter(CITIZEN, "acknowledgement")


def token_of(letter: Received) -> str:
    return str(letter.mail["Message-ID"]).partition(".")[2].partition("@")[0]


def test_a_request_from_before_the_key_was_changed_is_answered_as_ever(story: Story) -> None:
    request = asked(story)
    restarted_with(story, ROTATED)

    story.replies(request, "ok")
    assert story.passes()["instructions"] == 1

    recorded(story)


def test_what_goes_out_after_the_change_is_signed_with_the_new_key_and_counts(story: Story) -> None:
    restarted_with(story, ROTATED)
    request = asked(story)
    restarted_with(story, ONLY_NEW)

    story.replies(request, "ok")
    assert story.passes()["instructions"] == 1

    recorded(story)


def test_where_the_key_of_a_request_is_lost_nothing_changes_and_the_officer_gets_it_again(story: Story) -> None:
    request = asked(story)
    restarted_with(story, ONLY_NEW)

    story.replies(request, "ok")
    assert story.passes()["instructions"] == 0

    for person in (OFFICER, DEPUTY):
        assert "noch einmal hinaus" in story.letter(person, "refused").text
    again = story.letter(OFFICER, "confirmation_request")
    assert token_of(again) != token_of(request)
    assert WAITED.splitlines()[0] in again.text
    story.replies(again, "ok")
    assert story.passes()["instructions"] == 1
    recorded(story)


def test_an_old_request_answered_once_more_is_not_sent_a_third_time(story: Story) -> None:
    request = asked(story)
    restarted_with(story, ONLY_NEW)
    for words in ("ok", "Art: Lob"):
        story.replies(request, words)
        story.passes()
        for person in (OFFICER, DEPUTY):
            story.letter(person, "refused")

    story.letter(OFFICER, "confirmation_request")
