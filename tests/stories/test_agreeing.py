"""`ok` to letters that do not show the suggestion records nothing; it is asked back with what to do instead."""

from collections.abc import Callable

import pytest

from classify.coding import Urgency
from ingest.office import Person
from store.case import State
from tests.office import (
    CITIZEN,
    DEPUTY,
    FRONT_OFFICE,
    LEAD_514,
    LEAD_515,
    MANAGER,
    OFFICER,
    SECURITY,
    Received,
    Story,
    judged,
)
from tests.stories.acts import digests
from tests.stories.recorded import WAITED, aside, asked, recorded, says, the_case
from tests.stories.recorded import answered as answered_by_post

Prepare = Callable[[Story], Received]


def a_refused_forgery(story: Story) -> Received:
    story.replies(asked(story), "ok", sender="x@evil.example")
    story.passes()
    story.letter(DEPUTY, "refused")
    return story.letter(OFFICER, "refused")


def answered(words: str, duty: str) -> Prepare:
    def prepared(story: Story) -> Received:
        story.replies(asked(story), words)
        story.passes()
        return story.letter(OFFICER, duty)

    return prepared


def not_to_be_recorded(story: Story) -> Received:
    story.suggestion = judged("anfrage", ())
    return asked(story)


def closed(story: Story) -> Received:
    request = asked(story)
    says(story, request, "ok\nErledigt: geklärt")
    for to, duty in ((CITIZEN, "acknowledgement"), (FRONT_OFFICE, "registration")):
        story.letter(to, duty)
    return request


def judged_urgent(urgency: Urgency, duty: str, *others: Person) -> Prepare:
    def prepared(story: Story) -> Received:
        story.suggestion = judged(urgency=urgency)
        asked(story)
        for person in others:
            story.letter(person, duty)
        return story.letter(OFFICER, duty)

    return prepared


def unclear_to(prepare: Prepare) -> Prepare:
    def prepared(story: Story) -> Received:
        story.replies(prepare(story), "Vielleicht.")
        story.passes()
        return story.letter(OFFICER, "unclear")

    return prepared


NOT_SHOWN, NOT_CERTAIN = "zeigt den Vorschlag nicht", "nicht klar, was geschehen soll"


@pytest.mark.parametrize(
    ("prepare", "why"),
    [
        pytest.param(a_refused_forgery, NOT_SHOWN, id="a forgery was refused, which anybody can bring about"),
        pytest.param(answered("Status", "status"), NOT_SHOWN, id="status"),
        pytest.param(answered("Hilfe", "help"), NOT_SHOWN, id="help"),
        pytest.param(answered("Notiz: Frau M. weiß davon.", "receipt"), NOT_SHOWN, id="receipt of a note"),
        pytest.param(answered("Kein KRM: Spam", "receipt"), NOT_SHOWN, id="receipt of Kein KRM"),
        pytest.param(judged_urgent(Urgency.DANGER, "alert", DEPUTY, MANAGER, SECURITY), NOT_CERTAIN, id="alert"),
        pytest.param(judged_urgent(Urgency.NEED, "need", LEAD_515), NOT_CERTAIN, id="need"),
        pytest.param(unclear_to(a_refused_forgery), NOT_SHOWN, id="asked back about a refused forgery"),
        pytest.param(unclear_to(unclear_to(answered("Status", "status"))), NOT_SHOWN, id="asked back twice"),
    ],
)
@pytest.mark.parametrize("words", ["ok", "passt, danke", "ok\nNotiz: erledigt"])
def test_ok_without_the_suggestion_in_view_records_nothing(
    story: Story, prepare: Prepare, why: str, words: str
) -> None:
    letter = prepare(story)
    state = the_case(story).state
    aside(story, "confirmation_request")

    story.replies(letter, words)
    story.passes()

    told = story.letter(OFFICER, "unclear")
    assert why in " ".join(told.text.split())
    assert (told.buttons(), "„ok“ oder" in told.text) == ({}, False), "what was just refused is not offered again"
    case = the_case(story)
    assert (case.number, case.state, [r.coding for r in case.reactions]) == (None, state, [None])


def test_where_the_request_itself_was_answered_unclearly_ok_still_records(story: Story) -> None:
    unclear = unclear_to(unclear_to(asked))(story)

    says(story, unclear, "ok")

    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")


@pytest.mark.parametrize(
    ("prepare", "examples"),
    [
        pytest.param(asked, "„ok“, „Art: Lob“ oder „Kategorie: 2, 5“", id="the request"),
        pytest.param(unclear_to(asked), "„ok“, „Art: Lob“ oder „Kategorie: 2, 5“", id="asked back about the request"),
        pytest.param(a_refused_forgery, "„Status“ oder „Notiz: …“", id="a refused forgery"),
        pytest.param(answered("Notiz: Frau M. weiß davon.", "receipt"), "„Status“ oder „Notiz: …“", id="receipt"),
        pytest.param(
            judged_urgent(Urgency.DANGER, "alert", DEPUTY, MANAGER, SECURITY),
            "„gesehen“, „Status“ oder „Notiz: …“",
            id="alert",
        ),
        pytest.param(not_to_be_recorded, "„Art: Beschwerde“, „Kein KRM: Spam“ oder „Status“", id="probably not KRM"),
        pytest.param(closed, "„Status“ oder „Notiz: …“", id="closed"),
    ],
)
def test_a_line_not_understood_is_answered_with_lines_that_can_be_carried_out_there(
    story: Story, prepare: Prepare, examples: str
) -> None:
    letter = prepare(story)
    aside(story, "confirmation_request")

    story.replies(letter, "Kategorie: gibt es nicht")
    story.passes()

    told = story.letter(OFFICER, "unclear")
    assert examples in " ".join(told.text.split())
    assert ("Stimmt so" in told.buttons()) is examples.startswith("„ok“")


@pytest.mark.parametrize(
    ("lines", "person", "duty", "examples"),
    [
        ("ok", LEAD_515, "assignment", "„übernommen“, „Zwischenstand: …“ oder „Antwort“"),
        ("ok\nTeam: 514", LEAD_514, "assignment", "„übernommen“, „Zwischenstand: …“ oder „Antwort“"),
        ("ok\nErledigt: geklärt", FRONT_OFFICE, "registration", "„Status“ oder „Notiz: …“"),
    ],
)
def test_nor_is_anybody_else_shown_what_they_may_not_write(
    story: Story, lines: str, person: Person, duty: str, examples: str
) -> None:
    says(story, asked(story), lines)
    letter = story.letter(person, duty)
    story._unread.clear()

    story.replies(letter, "Kategorie: Wartezeit")
    story.passes()

    assert examples in " ".join(story.letter(person, "unclear").text.split())


def test_a_line_that_was_just_refused_is_not_an_example(story: Story) -> None:
    """`ok` to the proposal to close, over a letter nobody posted."""
    assignment = recorded(story)
    answered_by_post(story, assignment)
    says(story, assignment, "erledigt: angerufen", sender=LEAD_515.address)

    story.replies(story.letter(OFFICER, "proposal"), "ok")
    story.passes()

    told = " ".join(story.letter(OFFICER, "unclear").text.split())
    assert "noch nicht versandt: Antwortschreiben" in told
    assert "zum Beispiel mit „gesehen“" in told


def test_a_letter_about_no_case_is_to_be_answered_itself(story: Story) -> None:
    asked(story)
    digest = digests(story, "2026-11-24 07:30")

    story.replies(digest, "Art: Lob")
    story.passes()

    told = story.letter(OFFICER, "unclear")
    assert "Antworten Sie bitte noch einmal auf die Nachricht, um die es geht." in " ".join(told.text.split())
    assert "„Status“" not in told.text


def test_the_reminder_shows_the_suggestion_that_ok_records(story: Story) -> None:
    asked(story)
    aside(story, "confirmation_request")
    for day in (24, 25, 26, 27):
        digests(story, f"2026-11-{day} 07:30")
        aside(story, "confirmation_request")
    story.letter(CITIZEN, "acknowledgement")
    story.letter(DEPUTY, "reminder")
    reminder = story.letter(OFFICER, "reminder")
    shown = " ".join(reminder.text.split())

    says(story, reminder, "ok")

    (reaction,) = the_case(story).reactions
    assert reaction.coding
    names = [story.bot.taxonomy.name(key) for key in (reaction.coding.type, *reaction.coding.categories)]
    assert [name for name in (*names, "Team 515") if name not in shown] == []
    story.letter(LEAD_515, "assignment")


def test_gesehen_to_what_asked_back_about_an_alert_ends_the_alarm(story: Story) -> None:
    alert = judged_urgent(Urgency.DANGER, "alert", DEPUTY, MANAGER, SECURITY)(story)
    story.replies(alert, "ok")
    story.passes()
    unclear = story.letter(OFFICER, "unclear")
    assert "gesehen" in unclear.text

    says(story, unclear, "gesehen")

    for _ in range(4):
        story.wait(minutes=31)
        story.passes()
        story.nothing_went_out()


def test_ok_to_a_receipt_repeats_what_is_recorded(story: Story) -> None:
    request = asked(story, WAITED)
    receipt = says(story, request, "Art: Anregung")
    aside(story, "acknowledgement")
    before = the_case(story)
    story._unread.clear()

    says(story, receipt, "ok, danke")

    after = the_case(story)
    assert [(r.coding, r.confirmed_at) for r in after.reactions] == [
        (r.coding, r.confirmed_at) for r in before.reactions
    ]
    assert after.state is State.OPEN


def test_asked_back_about_a_proposal_ok_is_still_what_it_proposes(story: Story) -> None:
    assignment = recorded(story)
    says(story, assignment, "keine Antwort nötig: Am Telefon geklärt.", sender=LEAD_515.address)
    unclear = unclear_to(lambda told: told.letter(OFFICER, "proposal"))(story)

    receipt = says(story, unclear, "ok")

    assert "Keine Antwort nötig" in receipt.text
