"""The interim notice: prepared, warned about, released, and binding from then on (GA 3.5.2)."""

from datetime import date, timedelta

import pytest

from krm.bot import Rhythm
from notify.course import Course
from notify.deadlines import BERLIN
from store.case import Said
from tests.office import CITIZEN, DEPUTY, FRONT_OFFICE, HEAD_5, LEAD_515, MANAGER, OFFICER, Received, Story
from tests.stories.recorded import LETTER, answered, aside, asked, at, is_asked_back, recorded, says, the_case


def until_day_ten(story: Story) -> Received:
    """Nobody answered until Thursday 3 December; gives the draft."""
    recorded(story)
    at(story, "2026-12-03 07:30")
    story.letter(LEAD_515, "handling_reminder")
    story.letter(DEPUTY, "interim_alarm")
    story.letter(HEAD_5, "interim_alarm")
    return story.letter(OFFICER, "interim_draft")


def test_on_day_ten_the_officer_gets_the_draft_word_for_word(story: Story) -> None:
    draft = until_day_ten(story)

    assert "Sie bekommen die Antwort bis Montag, 21. Dezember 2026." in draft.text
    assert "Olaf Brandt" in draft.text
    assert "Zwischeninformation: 21.12.2026" in draft.text


def test_the_draft_that_falls_on_a_weekend_comes_on_monday_morning(story: Story) -> None:
    story.until("2026-11-25 09:00")
    recorded(story)
    at(story, "2026-12-05 12:00")  # day 10 is this Saturday
    story.nothing_went_out()

    at(story, "2026-12-07 07:30")

    story.letter(OFFICER, "interim_draft")
    for person, duty in ((DEPUTY, "interim_alarm"), (HEAD_5, "interim_alarm"), (LEAD_515, "handling_reminder")):
        story.letter(person, duty)


def test_at_once_where_the_handler_names_a_later_day(story: Story) -> None:
    receipt = says(story, recorded(story), "Zwischenstand: Die Akte fehlt\nvoraussichtlich 18.12.2026")

    assert "Entwurf einer Zwischeninformation" in receipt.text
    draft = story.letter(OFFICER, "interim_draft")
    assert "bis Freitag, 18. Dezember 2026" in draft.text
    assert "Die Akte fehlt" in draft.text


def test_a_day_within_the_fourteen_days_needs_no_notice(story: Story) -> None:
    says(story, recorded(story), "voraussichtlich 4.12.2026")

    story.nothing_went_out()


def test_the_alarm_goes_to_deputy_and_area_head_two_working_days_before_the_latest_day(story: Story) -> None:
    story.until("2026-09-19 10:00")  # target Friday 2 October, latest Monday 5 October (rules.md)
    recorded(story)
    at(story, "2026-09-28 07:30")
    story.letter(LEAD_515, "handling_reminder")
    at(story, "2026-09-30 07:30")
    story.letter(OFFICER, "interim_draft")
    at(story, "2026-10-01 07:29")
    story.nothing_went_out()

    at(story, "2026-10-01 07:30")

    for person in (DEPUTY, HEAD_5):
        assert "ES IST DRINGEND" in story.letter(person, "interim_alarm").text
    story.letter(LEAD_515, "handling_reminder")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Zwischeninformation: 21.12.2026", "Montag, 21. Dezember 2026"),
        ("Zwischeninformation: 18. Dezember", "Freitag, 18. Dezember 2026"),
    ],
)
def test_the_officers_word_sends_it_with_the_day(story: Story, line: str, day: str) -> None:
    receipt = says(story, until_day_ten(story), line)

    notice = story.letter(CITIZEN, "interim_notice")
    assert day in notice.text
    assert "KRM-2026-0001" in notice.text
    assert "Die Zwischeninformation geht jetzt hinaus." in receipt.text


def test_the_officers_own_words_are_printed_in_it(story: Story) -> None:
    says(story, until_day_ten(story), "Zwischeninformation: 21.12.2026, Wir warten noch auf eine Auskunft.")

    assert "Wir warten noch auf eine Auskunft." in story.letter(CITIZEN, "interim_notice").text


def test_the_deputy_may_release_it_from_the_alarm(story: Story) -> None:
    recorded(story)
    at(story, "2026-12-03 07:30")
    alarm = story.letter(DEPUTY, "interim_alarm")
    aside(story, "interim_draft")
    story.letter(HEAD_5, "interim_alarm")
    story.letter(LEAD_515, "handling_reminder")

    says(story, alarm, "Zwischeninformation: 21.12.2026")

    story.letter(CITIZEN, "interim_notice")


def test_the_promised_day_is_the_new_deadline(story: Story) -> None:
    says(story, until_day_ten(story), "Zwischeninformation: 21.12.2026")
    story.letter(CITIZEN, "interim_notice")
    for day in ("2026-12-04", "2026-12-08", "2026-12-14"):
        at(story, f"{day} 07:30")
    story.nothing_went_out()

    at(story, "2026-12-15 07:30")

    assert "Montag, 21. Dezember 2026" in story.letter(LEAD_515, "handling_reminder").text
    assert the_case(story).day("interim") == date(2026, 12, 21)


def test_a_second_miss_proposes_the_next_stage_to_the_officer(story: Story) -> None:
    says(story, until_day_ten(story), "Zwischeninformation: 21.12.2026")
    story.letter(CITIZEN, "interim_notice")
    at(story, "2026-12-18 07:30")
    story.letter(LEAD_515, "handling_reminder")

    at(story, "2026-12-22 07:30")

    assert "Wir haben sie bis Montag, 21. Dezember 2026 versprochen." in story.letter(LEAD_515, "overdue").text
    for person in (HEAD_5, OFFICER):
        story.letter(person, "overdue")
    proposal = story.letter(OFFICER, "proposal")
    assert "bis 21. Dezember 2026 nicht hinausgegangen" in " ".join(proposal.text.split())

    says(story, proposal, "ok")
    story.letter(HEAD_5, "assignment")
    assert "Zusage bis Mo 21.12.2026 ist nicht gehalten" in story.letter(OFFICER, "interim_draft").text
    assert "schon auf Stufe 3" in is_asked_back(story, proposal, "ok", sender=DEPUTY.address)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Zwischeninformation: 1.12.2026", "liegt in der Vergangenheit"),
        ("Zwischeninformation: 31.11.2026", "kein Datum"),
        ("Zwischeninformation: 21.12.2027", "mehr als ein Jahr"),
        ("Zwischeninformation", "fehlt die Angabe"),
        ("ok", "nicht klar"),
    ],
)
def test_a_bad_word_sends_nothing(story: Story, line: str, why: str) -> None:
    assert why in is_asked_back(story, until_day_ten(story), line)


def test_the_same_notice_goes_out_once_whoever_releases_it_too(story: Story) -> None:
    draft = until_day_ten(story)
    says(story, draft, "Zwischeninformation: 21.12.2026")
    story.letter(CITIZEN, "interim_notice")

    answer = is_asked_back(story, draft, "Zwischeninformation: 21.12.2026", sender=DEPUTY.address)

    assert "schon freigegeben" in answer


def test_nothing_is_promised_before_the_case_is_recorded(story: Story) -> None:
    assert "noch nicht erfasst" in is_asked_back(story, asked(story), "Zwischeninformation: 21.12.2026")


def test_once_the_answer_is_posted_no_notice_fits_any_more(story: Story) -> None:
    printed = answered(story, recorded(story))
    says(story, printed, "versandt 23.11.2026")

    assert "keine Antwort mehr offen" in is_asked_back(story, printed, "Zwischeninformation: 21.12.2026")


def test_a_letter_that_was_released_in_time_needs_no_notice(story: Story) -> None:
    answered(story, recorded(story))

    at(story, "2026-12-03 07:30")

    story.nothing_went_out()


def test_a_letter_that_waits_for_its_release_still_does(story: Story) -> None:
    says(story, recorded(story), f"Antwort\n\n{LETTER}")
    story.letter(OFFICER, "release_request")

    at(story, "2026-12-03 07:30")

    story.letter(OFFICER, "interim_draft")
    story.letter(DEPUTY, "interim_alarm")
    story.letter(HEAD_5, "interim_alarm")


def test_without_an_address_the_notice_is_printed_and_posted(story: Story) -> None:
    request = asked(story, sender="scanner@jobcenter.example")
    says(story, request, "ok")
    story.letter(LEAD_515, "assignment")

    says(story, request, "Zwischeninformation: 21.12.2026")

    printed = story.letter(OFFICER, "to_print")
    assert "Montag, 21. Dezember 2026" in printed.text
    says(story, printed, "versandt 23.11.2026")
    posted = the_case(story).last(Said.POSTED)
    assert posted is not None
    assert posted.about == "interim_notice"


def printed_notice(story: Story) -> Received:
    request = asked(story, sender="scanner@jobcenter.example")
    says(story, request, "ok")
    story.letter(LEAD_515, "assignment")
    says(story, request, "Zwischeninformation: 21.12.2026")
    return story.letter(OFFICER, "to_print")


def test_a_printed_notice_that_is_taken_back_promises_nothing_and_holds_nothing_up(story: Story) -> None:
    printed = printed_notice(story)
    assert "noch nicht versandt: Zwischeninformation" in is_asked_back(story, printed, "Erledigt: angerufen")

    assert "Zurückgenommen: Zwischeninformation" in says(story, printed, "Zurück").text

    course = Course(the_case(story), story.bot.taxonomy, story.bot.teller.workdays)
    assert course.matter is not None
    assert course.matter.promised is None
    says(story, printed, "Erledigt: angerufen")
    story.letter(FRONT_OFFICE, "registration")


def test_a_printed_notice_is_needless_once_the_answer_was_posted(story: Story) -> None:
    says(story, (notice := printed_notice(story)), f"Antwort\n\n{LETTER}")
    says(story, story.letter(OFFICER, "release_request"), "Freigabe")
    story.letter(MANAGER, "answer_copy")
    letter = story.letter(OFFICER, "to_print")
    assert "noch nicht versandt: Zwischeninformation" in is_asked_back(story, notice, "Erledigt: beantwortet")

    says(story, letter, "versandt 23.11.2026\nErledigt: beantwortet")

    story.letter(FRONT_OFFICE, "registration")


def test_a_notice_stopped_in_the_hold_time_promises_nothing(story: Story) -> None:
    told = Story(story.database, rhythm=Rhythm(hold=timedelta(minutes=10)))
    told.replies(asked(told), "ok")
    told.passes()
    told.wait(minutes=11)
    told.passes()
    for to, duty in ((OFFICER, "receipt"), (CITIZEN, "acknowledgement")):
        told.letter(to, duty)
    receipt = says(told, told.letter(LEAD_515, "assignment"), "voraussichtlich 18.12.2026")
    assert "Entwurf" in receipt.text
    draft = told.letter(OFFICER, "interim_draft")

    says(told, draft, "Zwischeninformation: 18.12.2026")
    told.wait(minutes=5)
    says(told, draft, "Zurück")
    told.wait(minutes=20)
    told.passes()
    told.nothing_went_out()

    at(told, "2026-12-01 07:30")
    assert "Montag, 7. Dezember 2026" in told.letter(LEAD_515, "handling_reminder").text
    says(told, draft, "Zwischeninformation: 18.12.2026")
    told.wait(minutes=11)
    told.passes()
    told.letter(CITIZEN, "interim_notice")
    assert told.now.tzinfo is BERLIN
    aside(told, "report")
    assert MANAGER.id not in {m.by for m in the_case(told).marks}
    told.nothing_went_out()
