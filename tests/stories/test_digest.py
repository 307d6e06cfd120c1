"""The digest of the morning: what is due, late, unread and undecided, and where every mail went (conversation.md)."""

import re

import pytest

from tests.office import CITIZEN, DEPUTY, FRONT_OFFICE, LEAD_515, LEGAL_OFFICE, MANAGER, OFFICER, Story, judged
from tests.servers.fakes import SETTINGS
from tests.stories import recorded
from tests.stories.acts import NEIGHBOUR, OTHER, WAITED, answered, aside, asked, confirmed, digests
from tests.stories.test_bounces import comes_back

LATER = ("interim_draft", "interim_alarm", "handling_reminder", "overdue")


def section(text: str, title: str) -> str:
    """The lines under a heading."""
    ends = r"(?=^[A-ZÄÖÜ ]{5,}(?: \(\d+\))?$|\Z)"
    found = re.search(rf"^{re.escape(title.upper())} \(\d+\)\n(.*?){ends}", text, re.DOTALL | re.MULTILINE)
    assert found is not None, f"no {title} in {text}"
    return found[1]


def reckoning(text: str) -> str:
    found = re.search(r"^\d+ eingegangen = .*$", text, re.MULTILINE)
    return found[0] if found else ""


def sums_up(line: str) -> bool:
    total, *parts = (int(n) for n in re.findall(r"\d+", line))
    return total == sum(parts)


# --- when ---


@pytest.mark.parametrize("local", ["2026-11-24 07:30", "2026-11-24 12:00", "2026-11-24 17:59"])
def test_it_comes_once_on_a_working_day_from_half_past_seven_on(story: Story, local: str) -> None:
    asked(story)
    digests(story, local)
    story.wait(seconds=50)
    story.passes()


@pytest.mark.parametrize("local", ["2026-11-24 07:29", "2026-11-24 18:00", "2026-11-28 09:00", "2026-12-25 09:00"])
def test_it_disturbs_nobody_at_night_on_weekends_and_holidays(story: Story, local: str) -> None:
    story.suggestion = judged("petition")
    asked(story)
    story.until(local)
    story.passes()

    aside(story, "confirmation_request", "reminder")  # whoever else is told


def test_nothing_to_list_sends_nothing(story: Story) -> None:
    story.until("2026-11-24 07:30")
    story.passes()


def test_what_happens_after_half_past_seven_stands_in_tomorrow_s(story: Story) -> None:
    asked(story)
    digests(story, "2026-11-24 07:30")
    story.until("2026-11-24 10:00")
    asked(story, OTHER, sender=NEIGHBOUR)

    text = digests(story, "2026-11-25 07:30").text

    assert "NOCH NICHT ENTSCHIEDEN (2)" in text
    story.letter(DEPUTY, "confirmation_request")


# --- the lists ---


def test_undecided_mail_is_listed_with_its_day(story: Story) -> None:
    asked(story)

    listed = section(digests(story, "2026-11-24 07:30").text, "Noch nicht entschieden")

    assert "vermutlich Beschwerde" in listed
    assert "Zu tun bis Do 26.11." in listed


def test_an_answer_that_is_due_today_and_one_that_is_late(story: Story) -> None:
    confirmed(story, asked(story))
    story.until("2026-12-07 07:00")
    story.passes()
    aside(story, *LATER)

    assert "KRM-2026-0001" in section(digests(story, "2026-12-07 07:30").text, "Heute fällig")
    aside(story, *LATER)
    assert "KRM-2026-0001" in section(digests(story, "2026-12-08 07:30").text, "Überfällig")
    aside(story, *LATER)


def test_unreadable_too_big_quarantine_and_automatic_mail(story: Story) -> None:
    story.mailbox.settings = type(SETTINGS)("imap.example", 993, "krm", "geheim", max_bytes=400_000)
    story.raw_arrives(b"Subject: x\r\n" + b"X-Filler: y\r\n" * 20_000 + b"\r\nHilfe")
    story.raw_arrives(b"Subject: riesig\r\n\r\n" + b"x" * 500_000)
    story.arrives("Bin im Urlaub.", subject="Abwesend", Auto_Submitted="auto-replied")
    story.passes()
    story.letter(OFFICER, "too_big")

    text = digests(story, "2026-11-24 07:30").text

    for title, folder in (
        ("Unlesbar", "Unlesbar"),
        ("Zu groß", "Zu groß"),
        ("Automatische Nachrichten", "Automatisch"),
    ):
        assert f"„{folder}“" in section(text, title)
    assert reckoning(text) == "3 eingegangen = 1 automatisch + 2 unlesbar"
    story.until("2026-11-25 07:30")
    story.passes()


def test_hand_overs_of_the_last_working_day_are_listed_once(story: Story) -> None:
    story.suggestion = judged(remedy=True)
    story.until("2026-11-20 15:00")
    request = asked(story)
    story.letter(LEGAL_OFFICE, "hand_over")
    answered(story, request, "Kein KRM: Widerspruch")
    story.letter(CITIZEN, "hand_over_note")

    text = digests(story, "2026-11-23 07:30").text
    assert LEGAL_OFFICE.name in section(text, "Weitergegeben")

    story.until("2026-11-24 07:30")
    story.passes()


def test_what_waits_for_release_and_what_is_to_be_posted(story: Story) -> None:
    answered(story, asked(story))
    story.letter(CITIZEN, "acknowledgement")
    assignment = story.letter(LEAD_515, "assignment")
    story.replies(
        assignment, "Antwort\nSehr geehrte Frau Muster, es tut uns leid. Wir haben jetzt mehr Schalter offen."
    )
    story.passes()
    story.letter(LEAD_515, "receipt")
    request = story.letter(OFFICER, "release_request")
    assert "KRM-2026-0001" in section(digests(story, "2026-11-24 07:30").text, "Wartet auf Ihre Freigabe")

    answered(story, request, "Freigabe")
    printed = story.letter(OFFICER, "to_print")
    story.letter(MANAGER, "answer_copy")
    assert "Antwortschreiben drucken" in section(digests(story, "2026-11-25 07:30").text, "Zu drucken")

    answered(story, printed, "versandt 25.11.2026")
    text = digests(story, "2026-11-26 07:30").text
    assert "beantwortet am Mi 25.11.2026" in section(text, "Beantwortet, noch nicht abgeschlossen")
    assert "ZU DRUCKEN" not in text

    answered(story, printed, "Erledigt: beantwortet")
    story.letter(FRONT_OFFICE, "registration")
    story.until("2026-11-27 07:30")
    story.passes()


def test_a_proposal_waits_until_the_officer_answers(story: Story) -> None:
    answered(story, asked(story))
    story.letter(CITIZEN, "acknowledgement")
    story.replies(story.letter(LEAD_515, "assignment"), "erledigt: telefonisch geklärt")
    story.passes()
    story.letter(LEAD_515, "receipt")
    proposal = story.letter(OFFICER, "proposal")
    assert "KRM-2026-0001" in section(digests(story, "2026-11-24 07:30").text, "Vorschläge")

    answered(story, proposal)
    story.letter(FRONT_OFFICE, "registration")
    story.until("2026-11-25 07:30")
    story.passes()


def test_a_proposal_that_was_only_seen_is_declined(story: Story) -> None:
    answered(story, asked(story))
    story.letter(CITIZEN, "acknowledgement")
    story.replies(story.letter(LEAD_515, "assignment"), "erledigt: telefonisch geklärt")
    story.passes()
    story.letter(LEAD_515, "receipt")

    answered(story, story.letter(OFFICER, "proposal"), "gesehen")

    story.until("2026-11-24 07:30")
    story.passes()


# --- who reads what ---


def test_nobody_reads_of_a_case_that_is_about_them(story: Story) -> None:
    asked(story, "Frau Meier vom Beschwerdemanagement hat mich ausgelacht.", of=DEPUTY)
    story.until("2026-11-24 07:30")
    story.passes()

    story.letter(DEPUTY, "digest")


def test_both_read_of_what_is_about_both(story: Story) -> None:
    asked(story, "Frau Meier und Herr Petersen haben mich ausgelacht.")

    assert "NOCH NICHT ENTSCHIEDEN (1)" in digests(story, "2026-11-24 07:30").text


# --- the reconciliation ---


def test_every_mail_since_the_last_digest_is_counted_once(story: Story) -> None:
    story.until("2026-11-20 10:00")
    confirmed(story, asked(story))
    story.arrives(WAITED, message_id="<kopie@mail.example>")
    story.arrives("Neues aus der Branche", List_Id="<news.example>", Precedence="bulk")
    asked(story, OTHER, sender=NEIGHBOUR)
    story.until("2026-11-22 20:00")
    asked(story, "Noch eine Frage.", subject="Zu KRM-2026-0001")

    line = reckoning(digests(story, "2026-11-23 07:30").text)

    assert line == (
        "6 eingegangen = 1 Vorgang + 1 weitere Nachricht + 1 automatisch + 1 noch offen "
        "+ 1 Antwort aus dem Haus + 1 doppelt"
    )
    assert sums_up(line)


def test_mail_of_a_day_without_digest_is_counted_in_the_next(story: Story) -> None:
    confirmed(story, asked(story))  # Monday, decided: nothing to list on Tuesday
    story.until("2026-11-24 07:30")
    story.passes()
    story.wait(hours=1)
    asked(story, OTHER, sender=NEIGHBOUR)

    line = reckoning(digests(story, "2026-11-25 07:30").text)

    assert line == "3 eingegangen = 1 Vorgang + 1 noch offen + 1 Antwort aus dem Haus"


def test_nothing_is_counted_in_two_digests(story: Story) -> None:
    asked(story)
    assert reckoning(digests(story, "2026-11-24 07:30").text) == "1 eingegangen = 1 noch offen"

    assert reckoning(digests(story, "2026-11-25 07:30").text) == ""
    story.letter(DEPUTY, "confirmation_request")


def test_a_correction_of_a_closed_case_stays_in_the_list_until_it_is_released(story: Story) -> None:
    request = asked(story)
    recorded.says(story, request, "ok")
    for person, duty in ((CITIZEN, "acknowledgement"), (LEAD_515, "assignment")):
        story.letter(person, duty)
    recorded.says(story, request, "Erledigt: geklärt")
    story.letter(FRONT_OFFICE, "registration")
    recorded.says(story, request, "Zurück")
    draft = story.letter(OFFICER, "release_request")
    assert "Berichtigung liegt vor" in section(digests(story, "2026-11-24 07:30").text, "Wartet auf Ihre Freigabe")

    recorded.says(story, draft, "Freigabe")
    story.letter(CITIZEN, "correction")
    recorded.at(story, "2026-11-25 07:30")
    story.nothing_went_out()


def test_an_acknowledgement_that_came_back_stays_in_the_list_though_the_case_was_closed(story: Story) -> None:
    request = asked(story)
    recorded.says(story, request, "ok")
    story.letter(LEAD_515, "assignment")
    comes_back(story, story.letter(CITIZEN, "acknowledgement"))
    notice = story.letter(OFFICER, "undelivered")
    recorded.says(story, request, "Erledigt: geklärt")
    story.letter(FRONT_OFFICE, "registration")
    assert "Eingangsbestätigung drucken" in section(digests(story, "2026-11-24 07:30").text, "Zu drucken")

    recorded.says(story, notice, "versandt 24.11.2026")
    recorded.at(story, "2026-11-25 07:30")
    story.nothing_went_out()
