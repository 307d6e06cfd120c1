"""Letters that the mail server puts off (SMTP 4xx): after a working day somebody is told, and it is tried on."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ingest.office import Person
from krm import checkups
from krm.simulating.servers import FakeSender
from notify.parcels import Deferred, Parcel, Refused, Result
from store.database import Database
from tests.office import CITIZEN, DEPUTY, LEAD_515, MANAGER, OFFICER, Story
from tests.stories.acts import NEIGHBOUR, OTHER, WAITED, answered, asked
from tests.stories.test_digest import section

FULL = (452, "4.2.2")
AWAY = (None, "connection lost before the final dot")


class Unwilling(FakeSender):
    """Does not take letters to some addresses; `why` is the reply, 5xx refuses for good."""

    def __init__(self) -> None:
        super().__init__()
        self.shut: set[str] = set()
        self.why: tuple[int | None, str] = FULL

    def _carry(self, parcel: Parcel, before_data: Callable[[Parcel], None]) -> Result:
        if not self.shut.intersection(parcel.recipients):
            return super()._carry(parcel, before_data)
        code, status = self.why
        return (Refused if code and code >= 500 else Deferred)(parcel.id, code, status)


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    database = Database(f"sqlite:///{tmp_path}/krm.db")
    database.upgrade()
    told = Story(database, post=Unwilling())
    yield told
    database.close()
    told.nothing_went_out()


def shut(story: Story, *addresses: str) -> None:
    story.post.shut = set(addresses)


def tries(story: Story, until: str) -> None:
    """Passes every other hour."""
    end = story.now
    story.until(until)
    end, story.now = story.now, end
    while story.now < end:
        story.passes()
        story.now = min(story.now + timedelta(hours=2), end)
    story.passes()


def smtp(story: Story, tmp_path: Path) -> str:
    """What the doctor says of the letters."""
    found = checkups.database(f"sqlite:///{tmp_path}/krm.db", story.now)
    return " ".join(f.what for f in found if f.area == "smtp")


def put_off_acknowledgement(story: Story) -> None:
    request = asked(story)
    shut(story, CITIZEN)
    answered(story, request)
    story.letter(LEAD_515, "assignment")


def test_a_letter_put_off_for_more_than_a_working_day_is_told_once_and_listed_and_still_goes_out(
    story: Story, tmp_path: Path
) -> None:
    put_off_acknowledgement(story)
    tries(story, "2026-11-24 08:55")
    assert smtp(story, tmp_path) == ""

    tries(story, "2026-11-24 12:00")

    told = story.letter(OFFICER, "undelivered")
    assert "Noch nicht zugestellt: Eingangsbestätigung" in told.subject
    assert f"Nicht erreicht: {CITIZEN}" in told.text
    assert "Postfach voll" in told.text
    assert "(452 4.2.2)" in told.text
    assert "Fristen in einem Bescheid laufen weiter" in " ".join(told.text.split())  # to print
    assert "1 Schreiben nimmt der Mailserver noch nicht an, das erste seit Mo 23.11.2026" in smtp(story, tmp_path)
    story.until("2026-11-25 07:30")
    story.passes()
    for person in (OFFICER, DEPUTY):
        listed = section(story.letter(person, "digest").text, "Noch nicht zugestellt")
        assert "KRM-2026-0001: Eingangsbestätigung\n  Erster Versuch: Mo 23.11.2026" in listed
    shut(story)
    tries(story, "2026-11-25 12:00")
    story.letter(CITIZEN, "acknowledgement")
    assert smtp(story, tmp_path) == ""


def test_over_the_weekend_nobody_is_told(story: Story) -> None:
    story.until("2026-11-27 12:00")
    put_off_acknowledgement(story)

    tries(story, "2026-11-30 11:55")
    story.nothing_went_out()

    tries(story, "2026-11-30 16:00")
    story.letter(OFFICER, "undelivered")


def test_of_a_mailbox_of_the_house_the_oldest_letter_stands_for_all(story: Story) -> None:
    shut(story, LEAD_515.address)
    for body, sender in ((WAITED, CITIZEN), (OTHER, NEIGHBOUR)):
        answered(story, asked(story, body, sender=sender))
        story.letter(sender, "acknowledgement")

    tries(story, "2026-11-24 12:00")

    told = story.letter(OFFICER, "undelivered")
    assert "Zuweisung" in told.subject
    assert "wieder Nachrichten annimmt" in " ".join(told.text.split())
    assert "zwei Stunden" not in told.text


def test_where_the_officers_own_mailbox_takes_nothing_deputy_and_management_are_told(story: Story) -> None:
    shut(story, OFFICER.address)
    story.post.why = AWAY
    story.arrives(WAITED)

    tries(story, "2026-11-24 12:00")

    for person in (DEPUTY, MANAGER):
        told = story.letter(person, "undelivered")
        assert f"Nicht erreicht: {OFFICER.address}" in told.text
        assert "bricht immer wieder ab" in told.text
    story.letter(DEPUTY, "digest")


@pytest.mark.parametrize(
    ("nobody", "told"), [((OFFICER, DEPUTY), MANAGER), ((OFFICER, DEPUTY, MANAGER), None)], ids=["two", "all"]
)
def test_what_officer_and_deputy_refuse_management_is_told_and_else_the_doctor_says_so(
    story: Story, tmp_path: Path, nobody: tuple[Person, ...], told: Person | None
) -> None:
    shut(story, *(p.address for p in nobody))
    story.post.why = (550, "5.1.1")
    story.arrives(WAITED)

    story.passes()

    if told:
        assert "Unbekannte Adresse" in story.letter(told, "undelivered").text
    assert ("niemand weiß davon" in smtp(story, tmp_path)) is (told is None)
    story.wait(days=15)
    assert smtp(story, tmp_path) == ""


def test_what_a_later_word_takes_back_is_not_tried_again(story: Story) -> None:
    request = asked(story)
    shut(story, CITIZEN)
    answered(story, request)
    story.letter(LEAD_515, "assignment")

    answered(story, request, "Kein KRM: Spam")
    shut(story)
    story.wait(hours=2)
    story.passes()

    story.nothing_went_out()
