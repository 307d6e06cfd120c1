"""After an older backup is restored: mail that is moved back into the inbox may have been answered before."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from store import archive, conditions
from store.vault import Vault
from tests.office import CITIZEN, DEPUTY, LEAD_515, MANAGER, OFFICER, Received, Story
from tests.stories.acts import NEIGHBOUR, OTHER, digests
from tests.stories.recorded import LETTER, WAITED, aside, asked, recorded, says, the_case

WARNED = "Vielleicht schon einmal beantwortet"


def backed_up(story: Story, folder: Path, name: str = "b") -> Callable[[], None]:
    """A backup of now; calling what it gives restores it."""
    vault = Vault(story.bot.keys, os.urandom)
    archive.write(story.database, vault, folder / name, story.now)

    def restore() -> None:
        archive.restore(story.database, vault, folder / name, story.now, replace=True)
        story.wait(minutes=5)

    return restore


def moves_back(story: Story) -> None:
    """The administrator does as the command says: all that lies in the folders."""
    for folder, mails in story.mailbox.folders.items():
        for mail in list(mails.values()) if folder not in ("INBOX", "Sent") else ():
            story.mailbox.put(mail.content, mail.when)


def acknowledged(story: Story) -> None:
    says(story, asked(story, WAITED), "ok")
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")


def is_warned(story: Story) -> bool:
    return WARNED in " ".join(story.letter(OFFICER, "confirmation_request").text.split())


def days_pass(story: Story) -> None:
    for day in (24, 25, 26, 27):
        digests(story, f"2026-11-{day} 07:30")
        aside(story, "confirmation_request", "reminder", "refused")


def restored_after(story: Story, folder: Path) -> Received:
    """Backed up on Monday morning, a complaint acknowledged, restored an hour later and its mail moved back."""
    restore = backed_up(story, folder)
    story.wait(minutes=30)
    acknowledged(story)
    letter, *_ = story.mailbox.folders["Verarbeitet"].values()
    story.wait(minutes=30)
    restore()
    story.mailbox.put(letter.content, letter.when)
    story.passes()
    return story.letter(OFFICER, "confirmation_request")


def test_the_officer_is_told_to_look_before_the_word(story: Story, tmp_path: Path) -> None:
    request = restored_after(story, tmp_path)

    assert WARNED in " ".join(request.text.split())
    says(story, request, "ok")
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")
    assert the_case(story).number is not None


def test_nothing_goes_to_the_citizen_unasked(story: Story, tmp_path: Path) -> None:
    restored_after(story, tmp_path)

    days_pass(story)

    story.nothing_went_out()


def test_nor_of_what_the_backup_knew_as_undecided(story: Story, tmp_path: Path) -> None:
    """Backed up with its request out, acknowledged on the officer's word of the next day, which the backup lacks."""
    request = asked(story)
    restore = backed_up(story, tmp_path)
    story.wait(minutes=30)
    says(story, request, "ok")
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")
    restore()

    days_pass(story)

    story.nothing_went_out()


def test_nor_of_what_had_arrived_and_was_not_read_yet_when_it_was_backed_up(story: Story, tmp_path: Path) -> None:
    story.arrives(WAITED)
    restore = backed_up(story, tmp_path)
    story.passes()
    says(story, story.letter(OFFICER, "confirmation_request"), "ok")
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")
    restore()
    letter, *_ = story.mailbox.folders["Verarbeitet"].values()
    story.mailbox.put(letter.content, letter.when)
    story.passes()

    assert is_warned(story)
    days_pass(story)
    story.nothing_went_out()


def test_what_the_office_wrote_before_is_not_carried_out_again(story: Story, tmp_path: Path) -> None:
    """`Freigabe` moved back with all the rest would send the answer a second time."""
    assignment = recorded(story, "ok\nAntwortweg: E-Mail")
    says(story, assignment, f"Antwort\n\n{LETTER}")
    request = story.letter(OFFICER, "release_request")
    restore = backed_up(story, tmp_path)
    story.wait(minutes=5)
    says(story, request, "Freigabe")
    for person, duty in ((CITIZEN, "answer"), (MANAGER, "answer_copy")):
        story.letter(person, duty)
    released = list(story.mailbox.folders["Verarbeitet"].values())[-1]
    restore()
    story.mailbox.put(released.content, released.when)
    story.passes()

    for person in (OFFICER, DEPUTY):
        told = story.letter(person, "refused")
        assert "bevor eine ältere Sicherung eingespielt wurde" in " ".join(told.text.split())
    says(story, request, "Freigabe")
    for person, duty in ((CITIZEN, "answer"), (MANAGER, "answer_copy")):
        story.letter(person, duty)


def test_nobody_is_away_for_an_out_of_office_of_then(story: Story, tmp_path: Path) -> None:
    """They came back before the restoring, in a reply that is not carried out again."""
    assignment = recorded(story)
    restore = backed_up(story, tmp_path)
    named = str(assignment.mail["Message-ID"])
    story.arrives("Ich bin nicht da.", sender=LEAD_515.address, Auto_Submitted="auto-replied", In_Reply_To=named)
    story.passes()
    story._unread.clear()
    says(story, assignment, "Notiz: bin wieder da")
    restore()

    moves_back(story)
    story.passes()

    with story.database.transaction() as connection:
        assert conditions.absent(connection) == frozenset()
    story._unread.clear()


def test_restored_a_second_time_mail_of_both_gaps_is_asked_about(story: Story, tmp_path: Path) -> None:
    restore = backed_up(story, tmp_path)
    story.wait(minutes=30)
    acknowledged(story)
    letter, *_ = story.mailbox.folders["Verarbeitet"].values()
    restore()
    again = backed_up(story, tmp_path, "of the restored records")
    story.wait(minutes=30)
    again()

    story.mailbox.put(letter.content, letter.when)
    story.passes()

    assert is_warned(story)


@pytest.mark.parametrize("how", ["from a colleague", "with signs of a machine"])
def test_it_is_said_of_mail_that_nobody_answers_unasked_anyway(story: Story, tmp_path: Path, how: str) -> None:
    restore = backed_up(story, tmp_path)
    if how == "from a colleague":
        story.arrives(f"Zur Erfassung: {WAITED}", sender="schulz@jobcenter.example", subject="Anruf")
    else:
        story.arrives(WAITED, Precedence="bulk")
    story.passes()
    story._unread.clear()
    restore()
    moves_back(story)
    story.passes()

    request = story.letter(OFFICER, "confirmation_request")
    aside(story, "refused")
    story._unread.clear()
    assert "wurde eine ältere Sicherung eingespielt" in " ".join(request.text.split())


def test_mail_that_comes_after_the_restoring_is_as_ever(story: Story, tmp_path: Path) -> None:
    restored_after(story, tmp_path)

    request = asked(story, OTHER, sender=NEIGHBOUR)

    assert WARNED not in " ".join(request.text.split())
