"""A mailbox in which nothing arrives, a program that stands still: silence is no good news, so somebody is told."""

from dataclasses import replace
from datetime import timedelta

from krm.bot import Rhythm
from tests.office import DEPUTY, OFFICER, Story
from tests.stories.acts import asked, confirmed, digests


def test_a_mailbox_in_which_nothing_arrives_is_told(story: Story) -> None:
    story.bot = replace(story.bot, rhythm=Rhythm(silence_days=3))
    confirmed(story, asked(story))
    story.until("2026-11-26 07:30")
    story.passes()

    text = digests(story, "2026-11-27 07:30").text

    assert "seit 3 Arbeitstagen keine Nachricht" in text.partition("STILLE IM POSTFACH")[2]


def test_without_that_choice_silence_is_no_matter(story: Story) -> None:
    confirmed(story, asked(story))
    story.until("2026-11-27 07:30")
    story.passes()


def test_a_program_that_stood_still_says_so_when_it_works_again(story: Story) -> None:
    story.bot = replace(story.bot, rhythm=Rhythm(tell_of_gap=timedelta(hours=2)))
    for hours in (0, 1, 3):
        story.wait(hours=hours)
        story.passes()

    for person in (OFFICER, DEPUTY):
        assert "Stand still seit" in story.letter(person, "outage").text
