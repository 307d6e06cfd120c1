"""What the team lead may write, what comes of it, and what may not be said (conversation.md, The team lead)."""

from dataclasses import replace

import pytest

from ingest.office import Person
from store.case import Said, State
from tests.office import (
    CITIZEN,
    HEAD_5,
    LEAD_514,
    LEAD_515,
    LEAD_602,
    OFFICE,
    OFFICER,
    Story,
    judged,
)
from tests.stories.recorded import aside, asked, is_asked_back, recorded, says, the_case


def test_the_assignment_says_until_when_and_how_to_answer(story: Story) -> None:
    assignment = recorded(story)

    for words in ("Montag, 7. Dezember 2026", "zwei Stunden gewartet", "keine Antwort nötig: Grund", "0381 111"):
        assert words in assignment.text
    assert CITIZEN not in assignment.text


@pytest.mark.parametrize(
    ("line", "said", "in_receipt"),
    [
        ("übernommen", Said.TAKEN_OVER, "Übernommen: "),
        ("Ich übernehme", Said.TAKEN_OVER, "Übernommen: "),
        ("Zwischenstand: Akte liegt vor", Said.PROGRESS, "Zwischenstand: Akte liegt vor"),
        ("voraussichtlich 4.12.2026", Said.EXPECTED, "Voraussichtlich: Fr 04.12.2026"),
    ],
)
def test_what_the_lead_reports_is_noted_and_nothing_goes_out(
    story: Story, line: str, said: Said, in_receipt: str
) -> None:
    receipt = says(story, recorded(story), line)

    assert in_receipt in receipt.text
    assert "Es geht nichts hinaus." in receipt.text
    (mark,) = the_case(story).marked(said)
    assert mark.by == LEAD_515.id


@pytest.mark.parametrize(
    ("line", "carries_out"),
    [
        ("abgeben an 602: Es geht um Vermittlung", "Team: 602"),
        ("weiter an Bereichsleitung: Das Team kann es nicht lösen", "Stufe: 3 Das Team kann es nicht lösen"),
        ("weiter an Geschäftsführung: Presse fragt nach", "Stufe: 4 Presse fragt nach"),
        ("keine Antwort nötig: Telefonisch geklärt", "keine Antwort nötig: Telefonisch geklärt"),
        ("erledigt: Frau Muster hat einen Termin", "Erledigt: Frau Muster hat einen Termin"),
    ],
)
def test_what_the_officer_decides_is_only_proposed(story: Story, line: str, carries_out: str) -> None:
    """GA 3.3: a team lead's word is never a record."""
    before = recorded(story)

    receipt = says(story, before, line)

    assert "Vorgeschlagen: " in receipt.text
    assert "Sabine Meier zur Entscheidung" in receipt.text
    proposal = story.letter(OFFICER, "proposal")
    assert f"„{carries_out}“" in " ".join(proposal.text.split())
    assert "Olaf Brandt" in proposal.text
    case = the_case(story)
    assert (case.state, case.stage, case.handler) == (State.OPEN, 2, LEAD_515.id)


def test_ok_to_passing_on_puts_the_case_to_the_other_team(story: Story) -> None:
    says(story, recorded(story), "abgeben an 602: Es geht um Vermittlung")

    receipt = says(story, story.letter(OFFICER, "proposal"), "ok")

    assert "Team: Team 602 Vermittlung" in receipt.text
    assert "Der Vorgang geht jetzt an Heike Sommerfeld." in receipt.text
    story.letter(LEAD_602, "assignment")
    assert the_case(story).handler == LEAD_602.id


def test_ok_to_a_proposal_never_decides_a_further_mail_nobody_looked_at(story: Story) -> None:
    assignment = recorded(story)
    story.arrives("Und noch etwas: die Toilette war kaputt.", subject="KRM-2026-0001")
    story.passes()
    story.letter(OFFICER, "confirmation_request")

    says(story, assignment, "abgeben an 602: Es geht um Vermittlung")
    says(story, story.letter(OFFICER, "proposal"), "ok")

    story.letter(LEAD_602, "assignment")
    first, further = the_case(story).reactions
    assert first.coding is not None
    assert first.coding.unit == "602"
    assert further.coding is None


def test_whoever_the_case_was_taken_from_answers_for_it_no_more_but_may_leave_a_note(story: Story) -> None:
    assignment = recorded(story)
    says(story, assignment, "abgeben an 602: Es geht um Vermittlung")
    says(story, story.letter(OFFICER, "proposal"), "ok")
    story.letter(LEAD_602, "assignment")

    assert "nicht mehr bei Ihnen" in is_asked_back(story, assignment, "erledigt: war nichts")
    says(story, assignment, "Notiz: Frau Muster ruft noch an")

    assert the_case(story).notes[-1].text == "Frau Muster ruft noch an"


def test_the_lead_of_another_team_instructs_nothing(story: Story) -> None:
    story.replies(recorded(story), "übernommen", sender=LEAD_602.address)
    story.passes()

    assert the_case(story).marks == ()
    for person in OFFICE.officers():
        assert "nicht von der Person" in " ".join(story.letter(person, "refused").text.split())


def test_a_deputy_of_the_team_answers_for_it(story: Story) -> None:
    second = Person("tv-515", "Ina Vogt", "vogt@jobcenter.example", "0381 516")
    units = tuple(replace(u, deputy=second) if u.id == "515" else u for u in OFFICE.units)
    told = Story(story.database, office=replace(OFFICE, units=units))
    assignment = recorded(told)

    told.replies(assignment, "übernommen", sender=second.address)
    told.passes()

    told.letter(second, "receipt")
    assert the_case(told).marks[-1].by == second.id
    told.nothing_went_out()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("abgeben an 999: falsches Team", "nicht bekannt"),
        ("abgeben an 602", "gehört der Grund"),
        ("abgeben an 515: falsch hier", "schon bei diesem Team"),
        ("voraussichtlich 1.11.2026", "liegt in der Vergangenheit"),
        ("voraussichtlich 31.11.2026", "kein Datum"),
        ("weiter an Bereichsleitung", "fehlt die Angabe"),
        ("keine Antwort nötig", "fehlt die Angabe"),
        ("Antwort", "fehlt das Schreiben"),
        ("Freigabe", "nicht möglich"),
        ("Stufe: 3 Grund", "nicht möglich"),
        ("Zwischeninformation: 20.12.2026", "nicht möglich"),
        ("versandt 23.11.2026", "nicht möglich"),
        ("ok", "nicht möglich"),
        ("Ich kümmere mich morgen darum.", "keine Anweisung"),
    ],
)
def test_a_bad_line_changes_nothing_and_the_answer_says_why(story: Story, line: str, why: str) -> None:
    assert why in is_asked_back(story, recorded(story), line)


def test_one_bad_line_keeps_the_good_one_back(story: Story) -> None:
    """conversation.md: together or not at all."""
    answer = is_asked_back(story, recorded(story), "übernommen\nabgeben an 602")

    assert "übernommen" in answer


@pytest.mark.parametrize("line", ["übernommen", "erledigt: fertig", "abgeben an 602: Grund", "Zwischenstand: …"])
def test_nothing_is_handled_any_more_once_the_case_is_closed(story: Story, line: str) -> None:
    assignment = recorded(story)
    says(story, assignment, "erledigt: alles geklärt")
    says(story, story.letter(OFFICER, "proposal"), "ok")
    aside(story)
    story.letter(OFFICE.front_office, "registration")

    assert "abgeschlossen" in is_asked_back(story, assignment, line)


def test_a_lead_who_is_complained_about_never_gets_the_case_and_cannot_speak_for_it(story: Story) -> None:
    story.suggestion = judged("beschwerde", ("mitarbeiter.umgangsformen",), unit="514")
    request = asked(story, "Frau Krause war sehr unhöflich zu mir.")
    says(story, request, "ok")
    story.letter(CITIZEN, "acknowledgement")
    assignment = story.letter(HEAD_5, "assignment")

    says(story, assignment, "übernommen")
    assert the_case(story).handler == HEAD_5.id
    story.replies(assignment, "erledigt: war nichts", sender=LEAD_514.address)
    story.passes()

    for person in OFFICE.officers():
        story.letter(person, "refused")
    assert the_case(story).marked(Said.DONE) == ()


def test_status_and_help_are_answered_in_letters_of_their_own(story: Story) -> None:
    assignment = recorded(story)

    story.replies(assignment, "Status")
    story.passes()
    assert "KRM-2026-0001" in story.letter(LEAD_515, "status").text
    story.replies(assignment, "Hilfe")
    story.passes()

    story.letter(LEAD_515, "help")
    assert the_case(story).marks == ()
