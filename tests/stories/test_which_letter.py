"""Of several letters in one Case a word means the one whose message it answers (conversation.md; GA 3.5.2, 3.6)."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from krm.bot import Rhythm
from krm.listing import listed
from notify.course import Course
from store.case import Said, State
from store.tables import marks
from tests.office import CITIZEN, FRONT_OFFICE, LEAD_515, MANAGER, OFFICER, Received, Story
from tests.stories.recorded import LETTER, answered, asked, is_asked_back, recorded, says, the_case
from tests.stories.test_bounces import comes_back

NEW_LETTER = f"Zweites Schreiben.\n\n{LETTER}"


def taken_back(story: Story) -> list[tuple[str, str]]:
    """(letter, "" or that it was out) of each `Zurück`."""
    return [(m.about, m.text) for m in the_case(story).marked(Said.TAKEN_BACK)]


def owed(story: Story) -> set[str]:
    """What the digest of now would list: duties with the letter they are about."""
    seen = listed(the_case(story), story.bot.view())
    return {f"{duty} {key.partition(' ')[0]}" for duty, key in seen.owed}


def writes_again(story: Story) -> Received:
    """The citizen's further question, acknowledged; gives its request."""
    story.wait(hours=1)
    request = asked(story, "Ich warte noch immer auf die Nachzahlung.", subject="AW: KRM-2026-0001")
    says(story, request, "ok")
    story._unread.clear()
    story.wait(hours=1)
    return request


def hands_over(story: Story, assignment: Received, text: str) -> Received:
    """An answer handed in and released; gives the request for the release."""
    says(story, assignment, f"Antwort\n\n{text}")
    request = story.letter(OFFICER, "release_request")
    says(story, request, "Freigabe")
    story.letter(MANAGER, "answer_copy")
    return request


def first_by_mail_second_printed(story: Story) -> tuple[Received, Received, Received]:
    """The requests for both releases, and the print of the second answer."""
    assignment = recorded(story, "ok\nAntwortweg: E-Mail")
    first = hands_over(story, assignment, LETTER)
    story.letter(CITIZEN, "answer")
    says(story, writes_again(story), "Antwortweg: Post")
    second = hands_over(story, assignment, NEW_LETTER)
    return first, second, story.letter(OFFICER, "to_print")


def by_post(story: Story) -> Received:
    """Recorded; the acknowledgement came back and was posted, so that all else is."""
    request = asked(story)
    says(story, request, "ok")
    comes_back(story, story.letter(CITIZEN, "acknowledgement"))
    says(story, story.letter(OFFICER, "undelivered"), "versandt 23.11.2026")
    story.letter(LEAD_515, "assignment")
    return request


# --- versandt ---


def test_the_posted_first_answer_does_not_stand_for_the_second(story: Story) -> None:
    assignment = recorded(story)
    first = answered(story, assignment)
    request = writes_again(story)
    hands_over(story, assignment, NEW_LETTER)
    second = story.letter(OFFICER, "to_print")
    story.wait(hours=1)

    says(story, first, "versandt 23.11.2026")

    assert "to_print answer" in owed(story)
    assert "noch nicht versandt: Antwortschreiben" in is_asked_back(story, request, "Erledigt: beantwortet")
    says(story, second, "versandt 23.11.2026\nErledigt: beantwortet")
    story.letter(FRONT_OFFICE, "registration")


def test_nor_does_it_answer_what_came_after_it_was_released(story: Story) -> None:
    """The notice about the newer question is still to be posted, and its day binds."""
    request = by_post(story)
    hands_over(story, request, LETTER)
    printed = story.letter(OFFICER, "to_print")
    newer = writes_again(story)
    says(story, newer, "Zwischeninformation: 21.12.2026")
    story.letter(OFFICER, "to_print")
    story.wait(hours=1)

    says(story, printed, "versandt 23.11.2026")

    matter = Course(the_case(story), story.bot.taxonomy, story.bot.teller.workdays).matter
    assert matter is not None
    assert matter.promised is not None
    assert "to_print interim_notice" in owed(story)


# --- Zurück ---


def test_the_print_of_the_second_answer_is_taken_back_though_the_first_went_by_mail(story: Story) -> None:
    _, _, printed = first_by_mail_second_printed(story)

    says(story, printed, "Zurück")

    assert taken_back(story) == [("answer", "")]
    says(story, printed, "Erledigt: angerufen")
    story.letter(FRONT_OFFICE, "registration")


def test_correcting_the_mailed_answer_leaves_the_printed_one(story: Story) -> None:
    first, _, printed = first_by_mail_second_printed(story)

    says(story, first, "Zurück")
    draft = story.letter(OFFICER, "release_request")
    assert taken_back(story) == [("answer", "versandt")]
    assert "geschickt: Antwortschreiben" in draft.text
    says(story, draft, "Freigabe")
    story.letter(CITIZEN, "correction")

    assert "to_print answer" in owed(story)
    assert "noch nicht versandt: Antwortschreiben" in is_asked_back(story, printed, "Erledigt: beantwortet")


def test_the_later_notice_is_taken_back_and_the_earlier_one_is_still_to_be_posted(story: Story) -> None:
    request = by_post(story)
    says(story, request, "Zwischeninformation: 21.12.2026")
    story.letter(OFFICER, "to_print")
    story.wait(hours=1)
    says(story, request, "Zwischeninformation: 23.12.2026")
    later = story.letter(OFFICER, "to_print")
    story.wait(hours=1)

    says(story, later, "Zurück")

    matter = Course(the_case(story), story.bot.taxonomy, story.bot.teller.workdays).matter
    assert matter is not None
    assert matter.promised is not None
    assert matter.promised.isoformat() == "2026-12-21"
    assert "to_print interim_notice" in owed(story)


@pytest.mark.parametrize("again", [False, True], ids=["a draft nobody released", "a print taken back already"])
def test_no_other_letter_is_corrected_in_its_place(story: Story, again: bool) -> None:
    assignment = recorded(story)
    says(story, assignment, f"Antwort\n\n{LETTER}")
    letter = story.letter(OFFICER, "release_request")
    if again:
        says(story, letter, "Freigabe")
        story.letter(MANAGER, "answer_copy")
        letter = story.letter(OFFICER, "to_print")
        says(story, letter, "Zurück")
    before = taken_back(story)

    assert ("schon zurückgenommen" if again else "noch nicht freigegeben") in is_asked_back(story, letter, "Zurück")

    assert taken_back(story) == before


def test_nor_in_place_of_one_that_came_back(story: Story) -> None:
    assignment = recorded(story, "ok\nAntwortweg: E-Mail")
    hands_over(story, assignment, LETTER)
    story.letter(CITIZEN, "answer")
    story.wait(hours=1)
    request = asked(story, "Ich warte noch immer auf die Nachzahlung.", subject="AW: KRM-2026-0001")
    says(story, request, "ok")
    comes_back(story, story.letter(CITIZEN, "acknowledgement"))
    notice = story.letter(OFFICER, "undelivered")
    story._unread.clear()

    assert "kein Schreiben" in is_asked_back(story, notice, "Zurück")

    assert taken_back(story) == []


def test_a_waiting_acknowledgement_is_not_stopped_in_place_of_the_print(story: Story) -> None:
    """The citizen's server puts off (4xx) the acknowledgement of the further question meanwhile."""
    printed = answered(story, recorded(story))
    story.wait(hours=1)
    request = asked(story, "Ich warte noch immer auf die Nachzahlung.", subject="AW: KRM-2026-0001")
    story.post.script("RCPT", "250 ok", "451 4.7.1 greylisted")
    story.post.script("RCPT", *["451 4.7.1 greylisted"] * 4)
    story.replies(request, "ok")
    story.passes()
    story._unread.clear()

    story.replies(printed, "Zurück")
    story.passes()
    story._unread.clear()

    assert taken_back(story) == [("answer", "")]
    assert [r.coding is not None for r in the_case(story).reactions] == [True, True]


# --- corrections ---


def two_corrections(story: Story) -> tuple[Received, Received]:
    """Drafts of corrections of both acknowledgements."""
    drafts = []
    request = asked(story)
    says(story, request, "ok")
    for person, duty in ((CITIZEN, "acknowledgement"), (LEAD_515, "assignment")):
        story.letter(person, duty)
    for each in (request, None):
        says(story, each or writes_again(story), "Zurück")
        drafts.append(story.letter(OFFICER, "release_request"))
        story.wait(hours=1)
    return drafts[0], drafts[1]


def test_each_correction_is_released_for_itself(story: Story) -> None:
    first, second = two_corrections(story)

    for draft in (second, first):
        says(story, draft, "Freigabe")
        story.letter(CITIZEN, "correction")

    assert owed(story).isdisjoint({"release_request correction"})


def test_one_is_given_up_and_the_other_still_waits(story: Story) -> None:
    first, second = two_corrections(story)

    says(story, second, "Zurück")
    assert "Noch nicht freigegeben: Berichtigung" in is_asked_back(story, second, "Erledigt: geklärt")

    says(story, first, "Zurück")
    says(story, first, "Erledigt: geklärt")
    story.letter(FRONT_OFFICE, "registration")


def test_of_a_correction_that_is_out_there_is_no_correction(story: Story) -> None:
    first, second = two_corrections(story)
    says(story, first, "Freigabe")
    story.letter(CITIZEN, "correction")

    assert "nicht noch einmal berichtigt" in is_asked_back(story, first, "Zurück")

    says(story, second, "Zurück")
    says(story, second, "Erledigt: geklärt")
    story.letter(FRONT_OFFICE, "registration")


# --- Freigabe ---


def test_a_request_that_a_newer_letter_overtook_releases_nothing_unseen(story: Story) -> None:
    assignment = recorded(story)
    says(story, assignment, f"Antwort\n\n{LETTER}")
    old = story.letter(OFFICER, "release_request")
    story.wait(hours=1)
    says(story, assignment, f"Antwort\n\n{NEW_LETTER}")
    new = story.letter(OFFICER, "release_request")

    assert "neueres Antwortschreiben" in is_asked_back(story, old, "Freigabe")

    says(story, new, "Freigabe")
    story.letter(MANAGER, "answer_copy")
    assert "Zweites Schreiben" in story.letter(OFFICER, "to_print").text


# --- what the server refuses, what ends a Case otherwise ---


def test_an_answer_that_the_server_refused_is_to_be_posted_before_the_closing(story: Story) -> None:
    assignment = recorded(story, "ok\nAntwortweg: E-Mail")
    says(story, assignment, f"Antwort\n\n{LETTER}")
    request = story.letter(OFFICER, "release_request")
    story.post.script("RCPT", "550 5.1.1 no such user")
    story.replies(request, "Freigabe")
    story.passes()
    notice = story.letter(OFFICER, "undelivered")
    story._unread.clear()
    story.until("2026-11-24 07:30")
    story.passes()
    assert story.letter(OFFICER, "digest").text.count("Antwortschreiben") == 1
    story._unread.clear()

    assert "noch nicht versandt: Antwortschreiben" in is_asked_back(story, request, "Erledigt: beantwortet")

    says(story, notice, "versandt 23.11.2026\nErledigt: beantwortet")
    assert the_case(story).state is State.CLOSED
    story._unread.clear()


def test_a_correction_that_came_back_is_to_be_posted(story: Story) -> None:
    first, _ = two_corrections(story)
    says(story, first, "Freigabe")
    comes_back(story, story.letter(CITIZEN, "correction"))
    story.letter(OFFICER, "undelivered")
    story._unread.clear()

    assert "to_print correction" in owed(story)


def test_kein_krm_does_not_end_a_case_over_a_letter_that_nobody_posted(story: Story) -> None:
    request = asked(story)
    says(story, request, "ok")
    story.letter(CITIZEN, "acknowledgement")
    answered(story, story.letter(LEAD_515, "assignment"))

    assert "noch nicht versandt: Antwortschreiben" in is_asked_back(story, request, "Kein KRM: Spam")

    assert the_case(story).state is State.OPEN


# --- through a receipt, a question, a notice ---


def test_versandt_to_the_receipt_of_a_notice_means_the_notice(story: Story) -> None:
    request = by_post(story)
    receipt = says(story, request, "Zwischeninformation: 21.12.2026")
    story.letter(OFFICER, "to_print")
    story.wait(hours=1)

    says(story, receipt, "versandt 23.11.2026")

    posted = the_case(story).marked(Said.POSTED)[-1]
    assert posted.about == "interim_notice"
    assert Course(the_case(story), story.bot.taxonomy, story.bot.teller.workdays).matter is not None


def test_what_answers_our_question_means_the_letter_that_was_asked_about(story: Story) -> None:
    """An answer and a correction wait; the reply about the correction was not clear at first."""
    request = asked(story)
    says(story, request, "ok")
    story.letter(CITIZEN, "acknowledgement")
    assignment = story.letter(LEAD_515, "assignment")
    says(story, request, "Zurück")
    correction = story.letter(OFFICER, "release_request")
    says(story, assignment, f"Antwort\n\n{LETTER}")
    story.letter(OFFICER, "release_request")
    story.replies(correction, "Kaffee ist alle")
    story.passes()

    says(story, story.letter(OFFICER, "unclear"), "Freigabe")

    story.letter(CITIZEN, "correction")


def test_nothing_is_taken_back_for_a_draft_through_our_question(story: Story) -> None:
    says(story, recorded(story), f"Antwort\n\n{LETTER}")
    story.replies(story.letter(OFFICER, "release_request"), "Kaffee ist alle")
    story.passes()

    assert "noch nicht freigegeben" in is_asked_back(story, story.letter(OFFICER, "unclear"), "Zurück")

    assert taken_back(story) == []


# --- more than one word at a time ---


def test_released_posted_and_closed_in_one_reply(story: Story) -> None:
    says(story, recorded(story), f"Antwort\n\n{LETTER}")
    request = story.letter(OFFICER, "release_request")

    says(story, request, "Freigabe\nversandt 23.11.2026\nErledigt: beantwortet")

    for person, duty in ((MANAGER, "answer_copy"), (FRONT_OFFICE, "registration")):
        story.letter(person, duty)
    assert the_case(story).state is State.CLOSED


def test_what_went_out_is_not_released_a_second_time_while_it_is_corrected(story: Story) -> None:
    assignment = recorded(story, "ok\nAntwortweg: E-Mail")
    request = hands_over(story, assignment, LETTER)
    story.letter(CITIZEN, "answer")
    says(story, request, "Zurück")
    story.letter(OFFICER, "release_request")

    assert "schon freigegeben" in is_asked_back(story, request, "Freigabe")


def test_released_anew_the_older_print_is_the_same_letter(story: Story) -> None:
    printed = answered(story, recorded(story))
    says(story, printed, "Zurück")
    says(story, printed, "Freigabe")
    story.letter(OFFICER, "to_print")
    story.letter(MANAGER, "answer_copy")
    story.wait(hours=1)

    says(story, printed, "versandt 23.11.2026\nErledigt: beantwortet")

    story.letter(FRONT_OFFICE, "registration")


# --- Cases that were put together ---


def test_within_the_hold_time_a_letter_is_stopped_though_its_case_was_joined_meanwhile(story: Story) -> None:
    held = Story(story.database, rhythm=Rhythm(hold=timedelta(minutes=10)))
    requests = []
    for sender in (CITIZEN, "zweite@mail.example"):
        requests.append(asked(held, f"{LETTER} {sender}", sender=sender))
        says(held, requests[-1], "ok\nAntwortweg: E-Mail")
        held.wait(minutes=11)
        held.passes()
    assignment = [r for r in held._unread if r.duty == "assignment"][-1]
    held._unread.clear()
    says(held, assignment, f"Antwort\n\n{LETTER}", sender=LEAD_515.address)
    letter = held.letter(OFFICER, "release_request")
    says(held, letter, "Freigabe")
    says(held, requests[-1], "Folge: KRM-2026-0001")

    says(held, letter, "Zurück")
    held._unread.clear()
    held.wait(minutes=11)
    held.passes()

    assert "answer" not in [r.duty for r in held._unread]
    held._unread.clear()


# --- marks of before it was noted which letter a word means ---


def test_old_marks_mean_what_was_before_them(story: Story) -> None:
    first, second = two_corrections(story)
    forget_which(story)

    says(story, first, "Freigabe")
    assert "geschickt: Eingangsbestätigung" in " ".join(story.letter(CITIZEN, "correction").text.split())
    says(story, second, "Freigabe")
    story.letter(CITIZEN, "correction")

    says(story, second, "Erledigt: geklärt")
    story.letter(FRONT_OFFICE, "registration")


def test_a_letter_printed_then_is_posted_and_the_case_closed(story: Story) -> None:
    printed = answered(story, recorded(story))
    forget_which(story)
    story.wait(hours=1)
    assert "to_print answer" in owed(story)

    says(story, printed, "versandt 23.11.2026\nErledigt: beantwortet")

    story.letter(FRONT_OFFICE, "registration")


def forget_which(story: Story) -> None:
    with story.database.transaction() as connection:
        connection.execute(update(marks).values(of=0))
