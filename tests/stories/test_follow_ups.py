"""What a citizen writes again: an answer, the same once more, the same in other words, thanks, after the end."""

from dataclasses import replace

from classify.coding import Urgency
from store.case import Kind, Said, State
from tests.office import (
    CITIZEN,
    DEPUTY,
    HEAD_5,
    LEAD_515,
    LEGAL_OFFICE,
    MANAGER,
    OFFICE,
    OFFICER,
    SECURITY,
    Story,
    judged,
)
from tests.stories.acts import NEIGHBOUR, OTHER, WAITED, answered, asked, case, confirmed

SAME_ADDRESS = "Von derselben Adresse gibt es schon"


def joined(text: str) -> str:
    return " ".join(text.split())


# --- the same in other words ---


def test_other_words_of_the_same_address_are_suggested_as_a_continuation_and_joined_by_nobody(story: Story) -> None:
    confirmed(story, asked(story))

    request = asked(story, OTHER)

    assert f"{SAME_ADDRESS} KRM-2026-0001. Mit „Folge: KRM-2026-0001“ verbinden Sie beide." in joined(request.text)
    assert len(case(story, "KRM-2026-0001").reactions) == 1


def test_the_officer_s_folge_joins_what_was_suggested(story: Story) -> None:
    confirmed(story, asked(story))

    confirmed(story, asked(story, OTHER), "Folge: KRM-2026-0001")

    assert [r.kind for r in case(story, "KRM-2026-0001").reactions] == [Kind.FIRST, Kind.FOLLOW_UP]


def test_the_newest_three_open_cases_are_named_and_no_closed_one(story: Story) -> None:
    for n in range(5):
        request = asked(story, f"{WAITED} Fall {n}.")
        confirmed(story, request)
        story.wait(minutes=5)
        if n == 4:
            answered(story, request, "Erledigt: geklärt")
            story.letter("vorzimmer@jobcenter.example", "registration")

    text = joined(asked(story, OTHER).text)

    assert f"{SAME_ADDRESS} KRM-2026-0004, KRM-2026-0003, KRM-2026-0002." in text
    assert "KRM-2026-0005" not in text


def test_two_mails_that_come_together_name_each_other_once(story: Story) -> None:
    story.arrives(WAITED)
    story.arrives(OTHER)
    story.passes()

    first, second = (story.letter(OFFICER, "confirmation_request") for _ in range(2))

    assert SAME_ADDRESS not in first.text
    assert f"{SAME_ADDRESS} E-" in joined(second.text)


def test_what_a_web_form_sends_is_not_taken_for_one_citizen_s(story: Story) -> None:
    story = Story(story.database, office=replace(OFFICE, listed=("formular@web.example",)))
    for words in (WAITED, OTHER):
        story.arrives(words, sender="formular@web.example", Auto_Submitted="auto-generated")
    story.passes()

    for _ in range(2):
        assert SAME_ADDRESS not in story.letter(OFFICER, "confirmation_request").text


def test_an_officer_s_hint_does_not_name_a_case_that_is_about_them(story: Story) -> None:
    asked(story, "Frau Meier vom Beschwerdemanagement hat mich ausgelacht.", of=DEPUTY)

    assert SAME_ADDRESS not in asked(story, OTHER).text


# --- answers and numbers ---


def test_a_number_in_the_subject_counts_from_whoever_wrote_in_that_case(story: Story) -> None:
    confirmed(story, asked(story))

    story.arrives("Ich warte noch immer.", subject="Zu KRM-2026-0001")

    assert story.passes()["related"] == 1
    assert "KRM-2026-0001" in story.letter(OFFICER, "confirmation_request").subject


def test_from_anybody_else_it_is_a_new_case_with_a_hint(story: Story) -> None:
    confirmed(story, asked(story))

    request = asked(story, "Ich bin der Sohn.", sender=NEIGHBOUR, subject="Zu KRM-2026-0001")

    assert "antworten Sie mit „Folge: KRM-2026-0001“" in joined(request.text)
    assert len(case(story, "KRM-2026-0001").reactions) == 1


def test_a_further_mail_is_checked_like_a_first_one(story: Story) -> None:
    acknowledgement = confirmed(story, asked(story))
    story.judgements[f"AW: {acknowledgement.subject}"] = judged(remedy=True, urgency=Urgency.DANGER)

    story.replies(acknowledgement, "Gegen den Bescheid lege ich Widerspruch ein. Sonst passiert etwas!")
    story.passes()

    story.letter(LEGAL_OFFICE, "hand_over")
    for person in (OFFICER, DEPUTY, MANAGER, SECURITY):
        story.letter(person, "alert")
    story.letter(OFFICER, "confirmation_request")


def test_mere_thanks_are_noted_with_one_word_and_nothing_goes_out(story: Story) -> None:
    acknowledgement = confirmed(story, asked(story))
    story.replies(acknowledgement, "Vielen Dank!")
    story.passes()

    answered(story, story.letter(OFFICER, "confirmation_request"), "gesehen")
    story.until("2026-11-27 12:00")
    story.passes()

    assert case(story).open_reaction is None


# --- after the end ---


def closed(story: Story) -> None:
    """A Case recorded and closed on Monday, and what the citizen wrote on Wednesday."""
    request = asked(story)
    acknowledgement = confirmed(story, request)
    answered(story, request, "Erledigt: geklärt")
    story.letter("vorzimmer@jobcenter.example", "registration")
    story.until("2026-11-25 10:00")
    story.replies(acknowledgement, "Nichts ist geklärt.")
    story.passes()


def test_an_answer_to_a_closed_case_proposes_to_open_it_again(story: Story) -> None:
    closed(story)

    text = joined(story.letter(OFFICER, "confirmation_request").text)

    assert "Mit „Folge: KRM-2026-0001“ öffnen Sie ihn wieder. Mit „ok“ wird es ein neuer Vorgang." in text


def test_folge_opens_it_again_with_dates_of_its_own(story: Story) -> None:
    closed(story)

    acknowledgement = confirmed(story, story.letter(OFFICER, "confirmation_request"), "Folge: KRM-2026-0001")

    reopened = case(story, "KRM-2026-0001")
    assert (reopened.state, len(reopened.reactions)) == (State.OPEN, 2)
    assert "KRM-2026-0001" in acknowledgement.text
    assert "9. Dezember 2026" in acknowledgement.text  # fourteen days from Wednesday 25 November
    assert reopened.marks[-1].said is Said.REOPENED
    story.until("2026-12-08 07:30")  # one working day before
    story.passes()
    assert "9. Dezember 2026" in story.letter(LEAD_515, "handling_reminder").text
    for person, duty in ((OFFICER, "interim_draft"), (DEPUTY, "interim_alarm"), (HEAD_5, "interim_alarm")):
        story.letter(person, duty)
    for person in (OFFICER, DEPUTY):
        assert "ZWISCHENINFORMATION NÖTIG (1)" in story.letter(person, "digest").text


def test_ok_makes_it_a_new_case(story: Story) -> None:
    closed(story)

    acknowledgement = confirmed(story, story.letter(OFFICER, "confirmation_request"))

    assert "KRM-2026-0002" in acknowledgement.text
    assert case(story, "KRM-2026-0001").state is State.CLOSED


def test_kein_krm_about_the_first_mail_does_not_lose_the_one_that_came_meanwhile(story: Story) -> None:
    own = story.arrives(WAITED)
    story.passes()
    first = story.letter(OFFICER, "confirmation_request")
    asked(story, OTHER, In_Reply_To=own)

    assert "Kein KRM: Spam" in joined(answered(story, first, "Kein KRM: Spam").text)

    assert case(story).state is State.OPEN
    story.until("2026-11-24 18:00")
    story.passes()
    assert OTHER in joined(story.letter(DEPUTY, "confirmation_request").text)


def test_an_answer_about_what_was_not_krm_is_not_told_to_be_joined(story: Story) -> None:
    answered(story, asked(story), "Kein KRM: Auskunft")
    story.wait(hours=1)
    note = story.letter(CITIZEN, "hand_over_note")
    story.replies(note, "Ich wollte mich aber beschweren.")
    story.passes()

    request = story.letter(OFFICER, "confirmation_request")

    assert "Das wurde nicht in KRM erfasst." in joined(request.text)
    assert "öffnen" not in request.text
