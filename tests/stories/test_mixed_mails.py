"""A mail with concerns for several units: one Case, one number, several who see to it, one joint answer (GA 3.1)."""

import pytest

from ingest.office import Person
from tests.office import CITIZEN, HEAD_6, LEAD_514, LEAD_515, LEAD_602, OFFICER, Received, Story
from tests.stories.acts import answered, aside, asked, case, digests

BOTH = "Die Miete fehlt seit Wochen, und niemand vermittelt mich."
LETTER = "Antwort\nSehr geehrte Frau Muster,\ndie Miete ist überwiesen. Ein Termin folgt am Montag."


def parted(story: Story, words: str = "ok\nTeam: 514, 602") -> dict[str, Received]:
    """The Case lies with both; their letters by id."""
    answered(story, asked(story, BOTH), words)
    story.letter(CITIZEN, "acknowledgement")
    return {p.id: story.letter(p, "assignment") for p in (LEAD_514, LEAD_602)}


def test_both_units_get_it_under_one_number(story: Story) -> None:
    letters = parted(story)

    assert {str(case(story).number)} == {"KRM-2026-0001"}
    assert all("KRM-2026-0001" in letter.text for letter in letters.values())
    assert [(a.unit, a.part) for a in case(story).assignments] == [("514", False), ("602", True)]


def test_each_reads_that_the_other_has_it_too(story: Story) -> None:
    assert "Team 602 Vermittlung" in parted(story)["tl-514"].text


def test_the_citizen_gets_one_acknowledgement(story: Story) -> None:
    parted(story)

    assert len([p for p in story.post.sent if CITIZEN in p.recipients]) == 1


def test_the_first_writes_the_joint_answer(story: Story) -> None:
    story.replies(parted(story)["tl-514"], LETTER)
    story.passes()

    story.letter(LEAD_514, "receipt")
    assert "die Miete ist überwiesen" in story.letter(OFFICER, "release_request").text


@pytest.mark.parametrize("words", ["Zwischenstand: Termin ist vereinbart", "übernommen", "Notiz: Termin am Montag"])
def test_the_other_adds_what_they_know(story: Story, words: str) -> None:
    story.replies(parted(story)["tl-602"], words)
    story.passes()

    story.letter(LEAD_602, "receipt")


def test_the_order_of_the_units_says_who_writes(story: Story) -> None:
    answered(story, asked(story, BOTH), "ok\nTeam: 602, 514")
    aside(story, "acknowledgement", "assignment")

    assert case(story).handler == LEAD_602.id
    assert set(case(story).handlers) == {LEAD_514.id, LEAD_602.id}


def test_both_are_reminded(story: Story) -> None:
    parted(story)
    story.until("2026-12-01 07:30")
    story.passes()

    for person in (LEAD_514, LEAD_602):
        story.letter(person, "handling_reminder")


def test_when_the_other_is_away_their_part_goes_to_who_is_above(story: Story) -> None:
    story.replies(parted(story)["tl-602"], "Bin im Urlaub.", quote=False, Auto_Submitted="auto-replied")
    story.passes()

    story.letter(HEAD_6, "assignment")
    assert HEAD_6.name in story.letter(OFFICER, "absence").text
    assert case(story).handler == LEAD_514.id


def test_a_part_added_later_goes_out_as_well(story: Story) -> None:
    answered(story, request := asked(story, BOTH))
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")

    answered(story, request, "Team: 515, 602")

    story.letter(LEAD_602, "assignment")
    assert case(story).handler == LEAD_515.id


@pytest.mark.parametrize(("line", "nobody"), [("Team: 514, 999", LEAD_514), ("Team: 514 602", LEAD_602)])
def test_a_unit_that_is_not_understood_assigns_nobody(story: Story, line: str, nobody: Person) -> None:
    request = asked(story, BOTH)

    story.replies(request, f"ok\n{line}")
    story.passes()

    story.letter(OFFICER, "unclear")
    assert case(story).assignments == ()
    assert nobody.id not in case(story).handlers


def test_the_digest_lists_it_once(story: Story) -> None:
    parted(story)
    story.until("2026-12-04 12:00")
    story.passes()
    aside(story, "handling_reminder", "interim_draft", "interim_alarm", "digest")

    text = digests(story, "2026-12-07 07:30").text

    assert text.count("KRM-2026-0001: Antwort fehlt") == 1
    aside(story, "handling_reminder", "interim_draft", "interim_alarm")
