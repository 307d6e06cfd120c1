"""Once a year each team lead is asked to speak with the team about customer reactions, with its figures (GA 3.2)."""

from datetime import date, timedelta

import pytest

from tests.office import LEAD_514, LEAD_515, LEAD_602, Received, Story, judged
from tests.stories.acts import NEIGHBOUR, WAITED, answered, aside, asked

LEADS = (LEAD_514, LEAD_515, LEAD_602)
FIRST_WORKING_DAY = "2026-11-02 07:30"  # the first was a Sunday


def reminded(story: Story) -> list[Received]:
    return [story.letter(lead, "sensitising") for lead in LEADS]


def recorded(story: Story, count: int, type_id: str = "beschwerde") -> None:
    """So many Cases of team 515 in October."""
    story.suggestion = judged(type_id)
    for n in range(count):
        answered(story, asked(story, f"{WAITED} {type_id} {n}.", sender=NEIGHBOUR))
    aside(story, "acknowledgement", "assignment", "confirmation_request")


def october(story: Story) -> None:
    story.until("2026-10-30 10:00")


def test_every_lead_is_asked_on_the_first_working_day_of_november(story: Story) -> None:
    story.until("2026-11-01 12:00")
    story.passes()
    story.nothing_went_out()
    story.until("2026-11-02 07:29")
    story.passes()
    story.nothing_went_out()
    story.until(FIRST_WORKING_DAY)
    story.passes()

    assert all("2026" in letter.subject for letter in reminded(story))


def test_once_a_year(story: Story) -> None:
    story.until(FIRST_WORKING_DAY)
    story.passes()
    reminded(story)

    day = date(2026, 11, 3)
    while day < date(2026, 12, 1):
        story.until(f"{day} 09:00")
        story.passes()
        day += timedelta(days=1)


def test_and_again_the_year_after(story: Story) -> None:
    for local in (FIRST_WORKING_DAY, "2027-11-02 08:00"):
        story.until(local)
        story.passes()
        reminded(story)


def test_a_program_that_stood_still_makes_up_for_it_within_the_fortnight(story: Story) -> None:
    story.until("2026-11-13 09:00")
    story.passes()

    reminded(story)


@pytest.mark.parametrize("local", ["2026-10-30 09:00", "2026-12-01 09:00", "2026-05-04 09:00"])
def test_in_no_other_month(story: Story, local: str) -> None:
    story.until(local)
    story.passes()


def test_five_of_a_kind_are_shown(story: Story) -> None:
    october(story)
    recorded(story, 5)
    story.until(FIRST_WORKING_DAY)
    story.passes()
    aside(story, "digest")

    letters = dict(zip((lead.id for lead in LEADS), reminded(story), strict=True))

    assert "Beschwerde: 5" in letters["tl-515"].text
    assert "Beschwerde" not in letters["tl-514"].text


def test_a_group_of_fewer_than_five_is_not_shown(story: Story) -> None:
    """rules.md: groups with fewer than five Cases are not shown singly."""
    october(story)
    recorded(story, 5)
    recorded(story, 1, "lob")
    story.until(FIRST_WORKING_DAY)
    story.passes()
    aside(story, "digest")

    letters = reminded(story)
    assert all("Lob" not in letter.text.partition("DIE ZAHLEN")[2] for letter in letters)
    assert "Beschwerde: 5" in letters[1].text


def test_nobody_of_the_team_is_named(story: Story) -> None:
    october(story)
    recorded(story, 5)
    story.until(FIRST_WORKING_DAY)
    story.passes()
    aside(story, "digest")

    for letter in reminded(story):
        assert NEIGHBOUR not in letter.text
        assert "zwei Stunden" not in letter.text
