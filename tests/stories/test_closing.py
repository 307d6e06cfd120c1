"""Closing with the filled form to the front office, and opening again (GA 3.3, 3.7, Anlage 3)."""

import pytest

from store.case import State
from tests.office import CITIZEN, FRONT_OFFICE, LEAD_515, OFFICE, OFFICER, Received, Story
from tests.stories.recorded import LETTER, answered, asked, at, is_asked_back, recorded, says, the_case


def closed(story: Story) -> Received:
    """Recorded and closed the same day; gives the officer's request."""
    request = asked(story)
    says(story, request, "ok")
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")
    says(story, request, "Erledigt: Termin vereinbart")
    story.letter(FRONT_OFFICE, "registration")
    return request


def test_closing_sends_the_filled_form_with_the_case_to_the_front_office(story: Story) -> None:
    printed = answered(story, recorded(story))
    says(story, printed, "versandt 23.11.2026")

    receipt = says(story, printed, "Erledigt: Frau Muster hat eine Antwort bekommen")

    assert "Der Vorgang geht zur Ablage an Vorzimmer Geschäftsführung." in receipt.text
    form = story.letter(FRONT_OFFICE, "registration")
    assert form.subject.startswith("Austragung KRM-2026-0001")
    for words in (
        "Art der Reaktion: Beschwerde",
        "Form der Reaktion: E-Mail",
        "Kundengruppe: AN",
        "Betroffene Org.-Einheit: Team 515 Eingangszone",
        "Frau Muster hat eine Antwort bekommen",
        "per Post versandt",
    ):
        assert words in " ".join(form.text.split())
    case = the_case(story)
    assert (case.state, case.stages[-1].outcome) == (State.CLOSED, "Frau Muster hat eine Antwort bekommen")


def test_nobody_is_reminded_of_a_closed_case(story: Story) -> None:
    closed(story)

    for day in ("2026-12-01", "2026-12-03", "2026-12-04", "2026-12-08"):
        at(story, f"{day} 07:30")

    story.nothing_went_out()


@pytest.mark.parametrize(
    "line", ["Erledigt: noch einmal", "Stufe: 3 Grund", "Zwischeninformation: 21.12.2026", "Freigabe"]
)
def test_what_needs_an_open_case_says_how_to_open_it(story: Story, line: str) -> None:
    assert "„Wieder öffnen: Grund“" in is_asked_back(story, closed(story), line)


@pytest.mark.parametrize("line", ["Notiz: Frau Muster dankt", "Maßnahme: Mehr Personal bis 1.3.2027, Ute Krause"])
def test_what_belongs_to_the_file_may_still_be_written(story: Story, line: str) -> None:
    receipt = says(story, closed(story), line)

    assert "Frau Muster dankt" in receipt.text or "Mehr Personal, bis Mo 01.03.2027, Ute Krause" in receipt.text


def test_a_case_nobody_recorded_is_not_closed(story: Story) -> None:
    assert "noch nicht erfasst" in is_asked_back(story, asked(story), "Erledigt: ja")


def test_recording_and_closing_in_one_reply(story: Story) -> None:
    receipt = says(story, asked(story), "ok\nErledigt: am Telefon geklärt")

    assert "KRM-2026-0001" in receipt.text
    story.letter(CITIZEN, "acknowledgement")
    story.letter(FRONT_OFFICE, "registration")
    assert the_case(story).state is State.CLOSED


def test_it_is_not_closed_over_a_further_mail_nobody_decided(story: Story) -> None:
    request = asked(story)
    says(story, request, "ok")
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")
    story.arrives("Danke, das war nett.", subject="KRM-2026-0001")
    story.passes()
    further = story.letter(OFFICER, "confirmation_request")

    assert "noch nicht entschieden" in is_asked_back(story, request, "Erledigt: fertig")
    says(story, further, "gesehen")
    says(story, request, "Erledigt: fertig")

    story.letter(FRONT_OFFICE, "registration")


def test_a_reopened_case_has_its_own_dates_and_its_handler_knows(story: Story) -> None:
    request = closed(story)
    at(story, "2026-12-09 09:00")

    receipt = says(story, request, "Wieder öffnen: Es war doch nicht geklärt")

    assert "Der Vorgang geht jetzt an Olaf Brandt." in receipt.text
    assert "Es war doch nicht geklärt" in story.letter(LEAD_515, "assignment").text
    at(story, "2026-12-17 07:30")  # four working days before Wednesday 23 December
    assert "Mittwoch, 23. Dezember 2026" in story.letter(LEAD_515, "handling_reminder").text
    assert the_case(story).state is State.OPEN


def test_a_reopened_case_can_be_closed_again_with_a_form_of_its_own(story: Story) -> None:
    request = closed(story)
    says(story, request, "Wieder öffnen: Grund")
    story.letter(LEAD_515, "assignment")

    says(story, request, "Erledigt: jetzt wirklich")

    assert "jetzt wirklich" in story.letter(FRONT_OFFICE, "registration").text
    assert [s.outcome for s in the_case(story).stages] == ["Termin vereinbart", "jetzt wirklich"]


def test_an_open_case_is_not_opened_again(story: Story) -> None:
    request = asked(story)
    says(story, request, "ok")
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")

    assert "nicht abgeschlossen" in is_asked_back(story, request, "Wieder öffnen: Grund")


STAYS = "noch nicht versandt: Antwortschreiben"


def test_nothing_is_closed_over_a_letter_that_nobody_posted(story: Story) -> None:
    """A letter forgotten on a desk is the answer that a citizen never gets (GA 3.5.2, 3.6)."""
    printed = answered(story, recorded(story))

    assert STAYS in is_asked_back(story, printed, "Erledigt: beantwortet")
    assert the_case(story).state is State.OPEN

    says(story, printed, "versandt 23.11.2026\nErledigt: beantwortet")
    story.letter(FRONT_OFFICE, "registration")
    assert the_case(story).state is State.CLOSED


def test_released_and_closed_in_one_reply_is_neither(story: Story) -> None:
    says(story, recorded(story), f"Antwort\n\n{LETTER}")
    request = story.letter(OFFICER, "release_request")

    assert STAYS in is_asked_back(story, request, "Freigabe\nErledigt: beantwortet")

    says(story, request, "Freigabe")
    story.letter(OFFICER, "to_print")
    story.letter(OFFICE.management[0], "answer_copy")


def test_it_is_closed_once_the_letter_is_taken_back(story: Story) -> None:
    printed = answered(story, recorded(story))
    says(story, printed, "Zurück")

    says(story, printed, "Erledigt: Frau Muster hat angerufen, alles ist geklärt")

    story.letter(FRONT_OFFICE, "registration")
    assert the_case(story).state is State.CLOSED


@pytest.mark.parametrize(("word", "others"), [("Freigabe", ((CITIZEN, "correction"),)), ("Zurück", ())])
def test_a_correction_goes_out_or_is_given_up_before_the_closing(
    story: Story, word: str, others: tuple[tuple[str, str], ...]
) -> None:
    request = asked(story)
    says(story, request, "ok")
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")
    says(story, request, "Zurück")
    draft = story.letter(OFFICER, "release_request")
    assert "Noch nicht freigegeben: Berichtigung" in is_asked_back(story, request, "Erledigt: geklärt")

    says(story, draft, word)
    for to, duty in others:
        story.letter(to, duty)
    says(story, request, "Erledigt: geklärt")

    story.letter(FRONT_OFFICE, "registration")
    assert the_case(story).state is State.CLOSED


def test_a_draft_that_nobody_released_is_the_officers_to_drop(story: Story) -> None:
    says(story, recorded(story), f"Antwort\n\n{LETTER}")
    request = story.letter(OFFICER, "release_request")

    says(story, request, "Erledigt: am Telefon geklärt")

    story.letter(FRONT_OFFICE, "registration")
