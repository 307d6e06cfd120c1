"""What belongs to another office goes there the same day, and the citizen is told where that helps (GA 3.1.6, 3.4)."""

from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from ingest.office import Person
from store.case import State
from tests.office import CITIZEN, DEPUTY, LEAD_514, LEAD_515, LEGAL_OFFICE, MANAGER, OFFICER, Received, Story, judged
from tests.stories.acts import HOUSE, PRIVACY, answered, asked, case, digests

OBJECTION = "Gegen Ihren Bescheid vom 02.11. lege ich Widerspruch ein."


@pytest.fixture
def story(story: Story) -> Iterator[Story]:
    told = Story(story.database, office=HOUSE)
    yield told
    told.nothing_went_out()


def raw_inside(letter: Received) -> bytes:
    """The mail as it came, attached."""
    (part,) = letter.mail.iter_attachments()
    inner = part.get_content()
    return inner.as_bytes() if isinstance(inner, EmailMessage) else bytes(inner)


@pytest.mark.parametrize("local", ["2026-11-23 09:00", "2026-11-23 23:58", "2026-11-21 03:00"])
def test_a_possible_remedy_is_with_the_legal_office_within_the_same_pass_whatever_the_hour(
    story: Story, local: str
) -> None:
    story.until(local)
    story.suggestion = judged(remedy=True, remedy_p=0.9)

    asked(story, OBJECTION)

    handed = story.letter(LEGAL_OFFICE, "hand_over")
    assert OBJECTION.encode() in raw_inside(handed)
    assert f"{story.now:%d.%m.%Y, %H:%M} Uhr" in handed.text
    assert "Geprüft hat es noch niemand." in " ".join(handed.text.split())


def test_the_citizen_hears_nothing_of_it_before_the_officer_said_so(story: Story) -> None:
    story.suggestion = judged(remedy=True, remedy_p=0.9)
    request = asked(story, OBJECTION)
    story.letter(LEGAL_OFFICE, "hand_over")

    answered(story, request, "Rechtsbehelf: ja\nok")

    note = story.letter(CITIZEN, "hand_over_note")
    assert LEGAL_OFFICE.name in note.text
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")


@pytest.mark.parametrize("word", ["zulässig", "verspätet", "Frist versäumt", "wirksam", "Form", "unzulässig", "gültig"])
def test_the_note_says_nothing_of_form_or_validity(story: Story, word: str) -> None:
    story.suggestion = judged(remedy=True, remedy_p=0.9)
    request = asked(story, OBJECTION)
    story.letter(LEGAL_OFFICE, "hand_over")
    answered(story, request, "Kein KRM: Widerspruch")

    note = story.letter(CITIZEN, "hand_over_note")
    assert word.casefold() not in note.text.casefold()
    assert OBJECTION not in note.text


def test_a_false_alarm_is_taken_back_and_no_note_goes_out(story: Story) -> None:
    story.suggestion = judged(remedy=True, remedy_p=0.9)
    request = asked(story, "Ich widerspreche der Aussage, dass ich unfreundlich war.")
    story.letter(LEGAL_OFFICE, "hand_over")

    answered(story, request, "Rechtsbehelf: nein\nok")

    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")
    assert case(story).remedy is False


@pytest.mark.parametrize(
    ("line", "to", "told"),
    [
        ("Kein KRM: Widerspruch", LEGAL_OFFICE, LEGAL_OFFICE.name),
        ("Kein KRM: Anfrage an 514", LEAD_514, "Team 514 Leistung"),
        ("Kein KRM: Auskunft", PRIVACY, PRIVACY.name),
        ("Kein KRM: Irrläufer an Arbeitsagentur", None, "Arbeitsagentur"),
        ("Kein KRM: Presse", MANAGER, None),
        ("Kein KRM: Spam", None, None),
    ],
)
def test_not_krm_goes_to_whom_it_belongs_at_the_officer_s_word(
    story: Story, line: str, to: Person | None, told: str | None
) -> None:
    story.suggestion = judged("anfrage")
    request = asked(story, "Wann ist mein Termin?")

    answered(story, request, line)

    if to is not None:
        handed = story.letter(to, "hand_over")
        assert b"Wann ist mein Termin?" in raw_inside(handed)
    if told is not None:
        assert told in story.letter(CITIZEN, "hand_over_note").text
    assert (case(story).state, case(story).number) == (State.NOT_KRM, None)


def test_a_hidden_application_is_handed_over_and_the_rest_stays_a_case(story: Story) -> None:
    request = asked(story, "Ich warte seit Wochen. Außerdem beantrage ich die Erstausstattung.")

    answered(story, request, "ok\nAntrag an 514")

    assert b"Erstausstattung" in raw_inside(story.letter(LEAD_514, "hand_over"))
    note = story.letter(CITIZEN, "hand_over_note")
    assert "einen Teil davon" in note.text
    assert "Team 514 Leistung" in note.text
    assert "KRM-2026-0001" in story.letter(CITIZEN, "acknowledgement").text
    story.letter(LEAD_515, "assignment")


def test_a_unit_that_does_not_exist_is_asked_back_and_nothing_goes_anywhere(story: Story) -> None:
    story.suggestion = judged("anfrage")
    request = asked(story)

    story.replies(request, "Kein KRM: Anfrage an 999")
    story.passes()

    story.letter(OFFICER, "unclear")
    assert case(story).state is State.OPEN


def test_without_the_officer_s_word_both_are_alarmed_on_the_second_working_day(story: Story) -> None:
    story.suggestion = judged("anfrage")
    story.until("2026-11-20 16:00")
    asked(story, "Wann ist mein Termin?")
    digests(story, "2026-11-23 07:30")
    story.until("2026-11-23 18:01")
    story.passes()
    story.letter(DEPUTY, "confirmation_request")

    digests(story, "2026-11-24 07:30")

    for person in (OFFICER, DEPUTY):
        assert "vermutlich keine Kundenreaktion" in story.letter(person, "reminder").text


def test_a_petition_follows_the_date_of_the_superior_body(story: Story) -> None:
    story.suggestion = judged("petition")
    request = asked(story, "Der Petitionsausschuss bittet um Stellungnahme.")

    answered(story, request, "ok\nTermin: 04.12.2026")

    assert "4. Dezember 2026" in story.letter(CITIZEN, "acknowledgement").text
    story.letter(LEAD_515, "assignment")


def test_a_note_to_somebody_without_address_is_not_sent(story: Story) -> None:
    request = asked(story, "Frau Muster fragte am Telefon nach ihrem Termin.", sender="neu@jobcenter.example")
    story.letter("neu@jobcenter.example", "handed_in")

    answered(story, request, "Kein KRM: Anfrage an 514")

    story.letter(LEAD_514, "hand_over")


def test_a_possible_breach_warns_officer_and_data_protection_at_once(story: Story) -> None:
    story.until("2026-11-21 03:00")
    story.suggestion = judged(notices=("breach",))
    asked(story, "In meinem Umschlag lag der Bescheid von jemand anderem.")

    for person in (OFFICER, PRIVACY):
        assert "jemand anderem" not in story.letter(person, "breach").text
