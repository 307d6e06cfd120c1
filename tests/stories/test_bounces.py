"""Our letters that come back: what they fulfilled is owed again, and somebody is asked to post them (RFC 3464)."""

import pytest

from store import which
from store.case import Said
from tests.office import CITIZEN, DEPUTY, FRONT_OFFICE, KRM, LEAD_515, MANAGER, OFFICER, Received, Story
from tests.stories import recorded
from tests.stories.acts import WAITED, answered, asked, case, confirmed, digests

REPORT = """From: MAILER-DAEMON@mail.example
To: {krm}
Subject: Undelivered Mail Returned to Sender
Return-Path: <>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; {to}
Action: failed
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

{headers}
--b--
"""
QMAIL = """From: MAILER-DAEMON@mail.example
To: {krm}
Subject: failure notice
Return-Path: <>

Hi. This is the qmail-send program at mail.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{to}>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <{krm}>
{headers}
"""
EXCHANGE = """From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@jobcenter.example>
To: {krm}
Subject: Unzustellbar: Eingangsbestätigung
Return-Path: <>
X-MS-Exchange-Message-Is-Ndr:
Content-Type: text/plain; charset=utf-8

Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:

{to}
Die eingegebene E-Mail-Adresse konnte nicht gefunden werden.

Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound'

Ursprüngliche Nachrichtenkopfzeilen:

{headers}
"""
FORMS = [("RFC 3464", REPORT), ("qmail", QMAIL), ("Exchange", EXCHANGE)]


FULL = """From: MAILER-DAEMON@mail.example
To: {krm}
Subject: Undelivered Mail Returned to Sender
Return-Path: <>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; zwei@jobcenter.example
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp; 552 5.2.2 Mailbox full, see https://mail.example/quota

Final-Recipient: rfc822; drei@jobcenter.example
Action: delivered
Status: 2.0.0

--b
Content-Type: text/rfc822-headers

{headers}
--b--
"""


def comes_back(story: Story, letter: Received, form: str = REPORT) -> None:
    headers = f"From: {KRM}\nTo: {letter.to}\nMessage-ID: {letter.mail['Message-ID']}\nSubject: x"
    story.raw_arrives(form.format(krm=KRM, to=letter.to, headers=headers).encode().replace(b"\n", b"\r\n"))
    assert story.passes()["automatic"] == 1


@pytest.mark.parametrize(("what", "form"), FORMS, ids=[f[0] for f in FORMS])
def test_a_bounced_acknowledgement_is_owed_again_and_comes_ready_to_print(story: Story, what: str, form: str) -> None:
    acknowledgement = confirmed(story, asked(story))

    comes_back(story, acknowledgement, form)

    told = story.letter(OFFICER, "undelivered")
    assert "KRM-2026-0001" in told.text
    assert "Fristen in einem Bescheid laufen weiter" in " ".join(told.text.split())
    assert case(story).reactions[0].acknowledged is None


def test_versandt_with_the_day_fulfils_it(story: Story) -> None:
    comes_back(story, confirmed(story, asked(story)))
    told = story.letter(OFFICER, "undelivered")
    assert "Eingangsbestätigung drucken" in digests(story, "2026-11-24 07:30").text

    story.until("2026-11-24 11:00")
    answered(story, told, "versandt 24.11.2026")

    acknowledged = case(story).reactions[0].acknowledged
    assert acknowledged is not None
    assert acknowledged.date().isoformat() == "2026-11-24"
    story.until("2026-11-25 07:30")
    story.passes()


def test_what_comes_back_after_half_past_seven_stands_in_the_digest_of_the_next_day(story: Story) -> None:
    acknowledgement = confirmed(story, asked(story))
    story.until("2026-11-24 07:30")
    story.passes()
    story.wait(hours=2)

    comes_back(story, acknowledgement)

    story.letter(OFFICER, "undelivered")
    assert "Eingangsbestätigung drucken" in digests(story, "2026-11-25 07:30").text


@pytest.mark.parametrize("words", ["versandt 25.11.2026", "versandt 20.11.2026"])
def test_a_day_that_cannot_be_is_asked_back_and_it_stays_owed(story: Story, words: str) -> None:
    comes_back(story, confirmed(story, asked(story)))
    told = story.letter(OFFICER, "undelivered")

    story.replies(told, words)
    story.passes()

    story.letter(OFFICER, "unclear")
    assert case(story).reactions[0].acknowledged is None


def test_it_is_not_sent_to_the_same_address_again(story: Story) -> None:
    comes_back(story, confirmed(story, asked(story)))
    story.letter(OFFICER, "undelivered")

    story.until("2026-11-26 12:00")
    story.passes()

    assert [p for p in story.post.sent if CITIZEN in p.recipients][1:] == []
    for person in (OFFICER, DEPUTY):
        assert "Zu drucken".upper() in story.letter(person, "digest").text


def test_a_bounced_assignment_comes_to_the_officer(story: Story) -> None:
    answered(story, asked(story))
    story.letter(CITIZEN, "acknowledgement")

    comes_back(story, story.letter(LEAD_515, "assignment"))

    assert "Zuweisung" in story.letter(OFFICER, "undelivered").text


def test_versandt_about_a_letter_to_the_house_says_nothing_of_the_answer(story: Story) -> None:
    """The answer waits for the officer: a notice about the assignment is no place to say that it was posted."""
    answered(story, asked(story))
    story.letter(CITIZEN, "acknowledgement")
    comes_back(story, story.letter(LEAD_515, "assignment"))

    story.replies(story.letter(OFFICER, "undelivered"), "versandt 23.11.2026")
    story.passes()

    told = " ".join(story.letter(OFFICER, "unclear").text.split())
    assert "war für das Haus bestimmt" in told
    assert case(story).marks == ()


def test_versandt_about_a_letter_to_be_printed_means_what_is_to_be_posted(story: Story) -> None:
    printed = recorded.answered(story, recorded.recorded(story))
    comes_back(story, printed)

    answered(story, story.letter(DEPUTY, "undelivered"), "versandt 23.11.2026")

    assert [(m.said, m.about) for m in case(story).marks][-1] == (Said.POSTED, "answer")


def test_the_officer_reads_why_for_whom_and_the_servers_own_words(
    story: Story, caplog: pytest.LogCaptureFixture
) -> None:
    answered(story, asked(story))
    story.letter(CITIZEN, "acknowledgement")

    comes_back(story, story.letter(LEAD_515, "assignment"), FULL)

    told = " ".join(story.letter(OFFICER, "undelivered").text.split())
    assert "Grund: Postfach voll: Es nimmt zurzeit keine Nachrichten an." in told
    assert "Worte des Mailservers: 552 5.2.2 Mailbox full, see Kennung" in told  # without the link
    assert "Nicht erreicht: zwei@jobcenter.example Grund" in told
    assert "Mailbox full" not in caplog.text


def test_a_notice_that_comes_back_goes_to_the_next_person_until_nobody_is_left(story: Story) -> None:
    comes_back(story, asked(story))
    comes_back(story, story.letter(DEPUTY, "undelivered"))

    told = story.letter(MANAGER, "undelivered")

    assert "Bitte um Bestätigung" in told.text
    comes_back(story, told)


def test_a_forged_bounce_without_our_token_changes_nothing(story: Story) -> None:
    acknowledgement = confirmed(story, asked(story))
    forged = Received(acknowledgement.to, acknowledgement.content.replace(b"Message-ID: <", b"Message-ID: <x"))
    identity = str(forged.mail["Message-ID"])
    broken = REPORT.format(krm=KRM, to=CITIZEN, headers=f"Message-ID: {identity[:12]}{'a' * 20}@jobcenter.example>")

    story.raw_arrives(broken.encode())
    story.passes()

    assert case(story).reactions[0].acknowledged is not None


def undecided(story: Story) -> int:
    with story.database.transaction() as connection:
        return len(which.undecided_ids(connection))


def test_where_officer_and_deputy_cannot_be_reached_management_is_told(story: Story) -> None:
    story.post.script("RCPT", "550 5.1.1 no such user", "550 5.1.1 no such user")
    story.arrives(WAITED)

    story.passes()

    told = story.letter(MANAGER, "undelivered")
    assert "550" in told.text
    assert "zwei Stunden" in told.text
    assert undecided(story) == 1


def test_where_nobody_can_be_reached_nothing_is_sent_for_ever(story: Story) -> None:
    story.post.script("RCPT", *["550 5.1.1 no such user"] * 3)
    story.arrives(WAITED)

    story.passes()
    story.passes()

    assert story.post.sent == []
    assert undecided(story) == 1


def test_a_request_that_bounced_from_the_officer_is_answered_by_the_deputy(story: Story) -> None:
    story.post.script("RCPT", "550 5.1.1 no such user")
    story.arrives(WAITED)
    story.passes()
    told = story.letter(DEPUTY, "undelivered")

    answered(story, told)

    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")


def test_an_answer_that_comes_back_after_the_closing_stands_in_the_list_until_it_is_posted(story: Story) -> None:
    """Whoever closed in good faith must not be the reason that a citizen never gets the answer."""
    assignment = recorded.recorded(story, "ok\nAntwortweg: E-Mail")
    recorded.says(story, assignment, f"Antwort\n\n{recorded.LETTER}")
    request = story.letter(OFFICER, "release_request")
    recorded.says(story, request, "Freigabe\nErledigt: beantwortet")
    answer = story.letter(CITIZEN, "answer")
    for person, duty in ((MANAGER, "answer_copy"), (FRONT_OFFICE, "registration")):
        story.letter(person, duty)

    comes_back(story, answer)
    printed = story.letter(OFFICER, "undelivered")
    assert "Antwortschreiben drucken" in digests(story, "2026-11-24 07:30").text

    story.until("2026-11-24 11:00")
    recorded.says(story, printed, "versandt 24.11.2026")
    recorded.at(story, "2026-11-25 07:30")
    story.nothing_went_out()
