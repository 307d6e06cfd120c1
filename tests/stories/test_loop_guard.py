"""Two programs never answer each other for ever: one acknowledgement a reaction, few letters to one address."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from store.database import Database
from tests.office import CITIZEN, KRM, LEAD_515, OFFICE, OFFICER, Received, Story
from tests.stories.acts import WAITED, aside, asked, digests

ELSEWHERE = "krm@anderswo.example"
NEIGHBOUR = "nachbar@mail.example"
TO_THE_HOUSE = ("confirmation_request", "receipt", "assignment", "reminder", "digest", "handling_reminder")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Story]:
    """A second office with the same program, in another town."""
    database = Database(f"sqlite:///{tmp_path}/elsewhere.db")
    database.upgrade()
    yield Story(database, office=replace(OFFICE, address=ELSEWHERE, domains=("anderswo.example",)))
    database.close()


def went(story: Story, to: str = CITIZEN) -> list[Received]:
    """Everything that was ever sent to this address, oldest first."""
    return [Received(to, parcel.content) for parcel in story.post.sent if to in parcel.recipients]


def unmarked(letter: Received, *fields: str) -> bytes:
    mail = letter.mail
    for field in fields:
        del mail[field]
    return mail.as_bytes()


def test_two_bots_stop_after_the_first_exchange(story: Story, elsewhere: Story) -> None:
    """Somebody writes there in our name, and their officer confirms it unsuspecting."""
    request = asked(elsewhere, WAITED, sender=KRM)
    elsewhere.replies(request, "ok")
    elsewhere.passes()
    (acknowledgement,) = went(elsewhere, KRM)

    story.raw_arrives(acknowledgement.content)
    tally = story.passes()

    assert (tally["automatic"], tally["opened"]) == (1, 0)
    story.nothing_went_out()


def test_a_letter_of_another_program_that_only_says_so_is_never_answered_by_itself(
    story: Story, elsewhere: Story
) -> None:
    """Its words may be somebody's: the officer sees them (RFC 3834 2)."""
    request = asked(elsewhere, WAITED, sender=KRM)
    elsewhere.replies(request, "ok")
    elsewhere.passes()
    (acknowledgement,) = went(elsewhere, KRM)

    story.raw_arrives(unmarked(acknowledgement, "X-KRM-Letter"))
    story.passes()
    for day in ("2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-12-04"):
        story.until(f"{day} 08:00")
        story.passes()

    assert went(story, ELSEWHERE) == []
    aside(story, *TO_THE_HOUSE)


def test_a_bot_that_marks_nothing_gets_three_letters_a_day_and_no_more(story: Story) -> None:
    """Nobody confirms anything, and it answers every letter at once."""
    for number in range(8):
        story.arrives(f"{WAITED} Das war am Schalter {number}.")
    story.passes()
    answered, days = 0, {}
    for day in ("2026-11-26", "2026-11-27", "2026-11-28", "2026-11-30", "2026-12-01", "2026-12-02"):
        for time in ("07:31", "12:00", "17:00"):
            story.until(f"{day} {time}")
            story.passes()
            for letter in went(story)[answered:]:
                story.arrives(f"Ihre Nachricht {answered} haben wir erhalten.", In_Reply_To=letter.mail["Message-ID"])
                answered += 1
        days[day] = len(went(story)) - sum(days.values())

    assert max(days.values()) == 3
    assert len({letter.mail["Message-ID"] for letter in went(story)}) == len(went(story))
    aside(story, "acknowledgement", *TO_THE_HOUSE, "overdue")


def test_the_officer_reads_which_letters_wait_and_why(story: Story) -> None:
    for number in range(5):
        story.arrives(f"{WAITED} Das war am Schalter {number}.")
    story.passes()
    story.until("2026-11-26 07:31")
    story.passes()
    assert len(went(story)) == 3
    aside(story, "acknowledgement", *TO_THE_HOUSE)

    listed = digests(story, "2026-11-27 07:30").html

    assert "Zurückgehaltene Schreiben" in listed
    assert listed.count("Eingangsbestätigung") >= 2
    assert len(went(story)) == 3
    story.until("2026-11-27 08:32")
    story.passes()
    assert len(went(story)) == 5
    aside(story, "acknowledgement", *TO_THE_HOUSE)


@pytest.mark.parametrize("sign", ["Return-Path: <>", "Precedence: bulk", "Precedence: junk", "Precedence: list"])
def test_what_may_be_a_program_s_mail_is_acknowledged_once_the_officer_says_so(story: Story, sign: str) -> None:
    """No automatic response goes to a null return path or a bulk mail (RFC 3834 2); no complaint gets lost."""
    mail = f"{sign}\r\nFrom: {CITIZEN}\r\nSubject: Beschwerde\r\nMessage-ID: <a@b.example>\r\n\r\n{WAITED}\r\n"
    story.raw_arrives(mail.encode())
    story.passes()
    request = story.letter(OFFICER, "confirmation_request")
    assert "Zeichen eines Programms" in " ".join(request.text.split())
    for day in ("2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"):
        story.until(f"{day} 08:00")
        story.passes()
    assert went(story) == []

    story.replies(request, "ok")
    story.passes()

    assert len(went(story)) == 1
    aside(story, "acknowledgement", *TO_THE_HOUSE)


IN_TWO_WAYS = ("erika@müller.example", "erika@xn--mller-kva.example")


@pytest.mark.parametrize("addresses", [IN_TWO_WAYS, IN_TWO_WAYS[::-1]])
def test_two_spellings_of_one_domain_are_one_address(story: Story, addresses: tuple[str, str]) -> None:
    for day, address in zip((23, 24), addresses, strict=True):
        story.until(f"2026-11-{day} 09:00")
        for number in range(2):
            head = f"From: {address}\r\nSubject: x\r\nMessage-ID: <{day}.{number}@b.example>\r\n\r\n"
            story.raw_arrives(f"{head}{WAITED} {day} {number}\r\n".encode())
        story.passes()

    for moment in ("2026-11-26 07:31", "2026-11-27 07:30"):  # their last days of acknowledgement
        story.until(moment)
        story.passes()

    assert [len(went(story, address)) for address in addresses] == [2, 1]
    aside(story, "acknowledgement", *TO_THE_HOUSE)


def test_others_are_acknowledged_as_ever_meanwhile(story: Story) -> None:
    for number in range(5):
        story.arrives(f"{WAITED} Das war am Schalter {number}.")
    story.arrives(WAITED, sender=NEIGHBOUR)
    story.passes()
    story.until("2026-11-26 07:31")
    story.passes()

    assert (len(went(story)), len(went(story, NEIGHBOUR))) == (3, 1)
    aside(story, "acknowledgement", *TO_THE_HOUSE)


def test_what_the_officer_confirmed_goes_out_up_to_ten_in_three_hours(story: Story) -> None:
    for number in range(12):
        story.arrives(f"{WAITED} Das war am Schalter {number}.")
    story.passes()
    for _ in range(12):
        story.replies(story.letter(OFFICER, "confirmation_request"), "ok")
    story.passes()
    assert len(went(story)) == 10

    story.wait(hours=2, minutes=59)
    story.passes()
    assert len(went(story)) == 10
    story.wait(hours=1)
    story.passes()

    assert len(went(story)) == 12
    assert len(went(story, OFFICER.address)) >= 24, "people of the office are never limited"
    assert len(went(story, LEAD_515.address)) == 12
    aside(story, "acknowledgement", *TO_THE_HOUSE)


def test_a_reaction_is_acknowledged_once_whatever_is_said_of_it(story: Story) -> None:
    request = asked(story)
    for words in ("ok", "Art: Lob", "ok"):
        story.replies(request, words)
        story.passes()
        story.wait(hours=5)
    story.until("2026-11-26 07:31")
    story.passes()

    assert len(went(story)) == 1
    aside(story, "acknowledgement", "correction", "unclear", "proposal", *TO_THE_HOUSE)
