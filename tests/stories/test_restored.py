"""After an older backup is restored: mail that is moved back into the inbox may have been answered before."""

import os
from pathlib import Path

from store import archive
from store.vault import Vault
from tests.office import CITIZEN, LEAD_515, OFFICER, Received, Story
from tests.stories.acts import NEIGHBOUR, OTHER, digests
from tests.stories.recorded import WAITED, aside, asked, says, the_case

WARNED = "Vielleicht schon einmal beantwortet"


def restored_after(story: Story, folder: Path) -> Received:
    """Backed up on Monday morning, a complaint answered, restored an hour later and its mail moved back."""
    vault = Vault(story.bot.keys, os.urandom)
    archive.write(story.database, vault, folder / "b", story.now)
    story.wait(minutes=30)
    says(story, asked(story, WAITED), "ok")
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")
    letter, *_ = story.mailbox.folders["Verarbeitet"].values()
    story.wait(minutes=30)
    archive.restore(story.database, vault, folder / "b", story.now, replace=True)
    story.wait(minutes=5)
    story.mailbox.put(letter.content, letter.when)
    story.passes()
    return story.letter(OFFICER, "confirmation_request")


def test_the_officer_is_told_to_look_before_the_word(story: Story, tmp_path: Path) -> None:
    request = restored_after(story, tmp_path)

    assert WARNED.upper() in request.text.upper()
    says(story, request, "ok")
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")
    assert the_case(story).number is not None


def test_nothing_goes_to_the_citizen_unasked(story: Story, tmp_path: Path) -> None:
    restored_after(story, tmp_path)

    for day in (24, 25, 26, 27):
        digests(story, f"2026-11-{day} 07:30")
        aside(story, "confirmation_request", "reminder")
    story.nothing_went_out()


def test_mail_that_comes_after_the_restoring_is_as_ever(story: Story, tmp_path: Path) -> None:
    restored_after(story, tmp_path)

    request = asked(story, OTHER, sender=NEIGHBOUR)

    assert WARNED.upper() not in request.text.upper()
