"""Somebody is away: their Cases go to whoever stands in for them, never to whom the complaint is about."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pytest

from ingest import domainkeys
from ingest.authenticity import Policy, Trust
from ingest.office import Person
from store import conditions
from tests.office import CITIZEN, DEPUTY, HEAD_5, LEAD_514, LEAD_515, OFFICER, Received, Story, judged
from tests.signed import Zone, signed
from tests.stories.acts import HOUSE, OTHER, STAND_IN_514, WAITED, answered, asked, case, digests

RUDE = "Ein Mitarbeiter hat mich angeschrien."
OURS = "mx.jobcenter.example"
PASS, FAIL = (f"{OURS}; dmarc={found} header.from=jobcenter.example" for found in ("pass", "fail"))
CLOSED, BY_RESULTS = Trust(Policy.CLOSED_NETWORK), Trust(Policy.AUTHSERV_ID, OURS)


@pytest.fixture
def story(story: Story) -> Iterator[Story]:
    told = Story(story.database, office=HOUSE)
    told.suggestion = judged(categories=("kommunal.unterkunft",), unit="514")
    yield told
    told.nothing_went_out()


def assigned(story: Story, body: str = WAITED, to: Person = LEAD_514) -> Received:
    """A Case of team 514 lies with this person."""
    answered(story, asked(story, body))
    story.letter(CITIZEN, "acknowledgement")
    return story.letter(to, "assignment")


def goes_away(story: Story, letter: Received, words: str = "Ich bin bis Freitag nicht im Haus.") -> None:
    story.replies(letter, words, quote=False, Auto_Submitted="auto-replied")
    assert story.passes()["automatic"] == 1


def test_a_lead_s_out_of_office_hands_the_case_to_the_deputy_and_tells_the_officer(story: Story) -> None:
    goes_away(story, assigned(story))

    assert "zwei Stunden gewartet" in story.letter(STAND_IN_514, "assignment").text
    told = story.letter(OFFICER, "absence")
    assert LEAD_514.name in told.text
    assert STAND_IN_514.name in told.text
    assert "KRM-2026-0001" in told.text


def test_every_open_case_goes_and_the_officer_is_told_once(story: Story) -> None:
    first = assigned(story)
    assigned(story, OTHER)

    goes_away(story, first)

    for _ in range(2):
        story.letter(STAND_IN_514, "assignment")
    told = story.letter(OFFICER, "absence")
    assert "KRM-2026-0001" in told.text
    assert "KRM-2026-0002" in told.text


def test_a_second_out_of_office_moves_nothing_again(story: Story) -> None:
    letter = assigned(story)
    for _ in range(2):
        goes_away(story, letter)

    story.letter(STAND_IN_514, "assignment")
    story.letter(OFFICER, "absence")


def test_what_is_confirmed_meanwhile_goes_to_the_deputy_at_once(story: Story) -> None:
    goes_away(story, assigned(story))
    story.letter(STAND_IN_514, "assignment")
    story.letter(OFFICER, "absence")

    assigned(story, OTHER, to=STAND_IN_514)


def test_where_nobody_is_named_as_deputy_the_area_head_gets_it(story: Story) -> None:
    story.suggestion = judged()
    goes_away(story, assigned(story, to=LEAD_515))

    story.letter(HEAD_5, "assignment")
    assert HEAD_5.name in story.letter(OFFICER, "absence").text


def test_a_deputy_whom_the_complaint_is_about_does_not_get_it(story: Story) -> None:
    goes_away(story, assigned(story, "Frau Hagedorn hat mich angeschrien."))

    story.letter(HEAD_5, "assignment")
    story.letter(OFFICER, "absence")


def test_the_officer_does_not_hear_of_an_absence_in_a_case_that_is_about_them(story: Story) -> None:
    request = asked(story, "Frau Meier vom Beschwerdemanagement hat mich ausgelacht.", of=DEPUTY)
    answered(story, request)
    story.letter(CITIZEN, "acknowledgement")

    goes_away(story, story.letter(LEAD_514, "assignment"))

    story.letter(STAND_IN_514, "assignment")
    story.letter(DEPUTY, "absence")


def test_while_the_officer_is_away_the_deputy_is_asked_and_told(story: Story) -> None:
    request = asked(story)
    goes_away(story, request)
    copy = story.letter(DEPUTY, "confirmation_request")
    answered(story, copy)
    story.letter(CITIZEN, "acknowledgement")

    goes_away(story, story.letter(LEAD_514, "assignment"))

    story.letter(STAND_IN_514, "assignment")
    story.letter(DEPUTY, "absence")


def test_whoever_answers_a_letter_is_back(story: Story) -> None:
    request = asked(story)
    goes_away(story, request)
    story.letter(DEPUTY, "confirmation_request")

    answered(story, request, "Notiz: bin wieder da")

    asked(story, OTHER)


def test_whoever_hands_something_in_is_back(story: Story) -> None:
    goes_away(story, assigned(story))
    story.letter(STAND_IN_514, "assignment")
    story.letter(OFFICER, "absence")

    asked(story, RUDE, sender=LEAD_514.address)
    story.letter(LEAD_514, "handed_in")

    assigned(story, OTHER, to=LEAD_514)


@pytest.mark.parametrize(("days", "to"), [(13, STAND_IN_514), (19, LEAD_514)])
def test_nobody_is_away_for_ever_who_gets_nothing_to_answer(story: Story, days: int, to: Person) -> None:
    request = asked(story)
    answered(story, request, "Kein KRM: Anfrage an 514")
    story.letter(CITIZEN, "hand_over_note")
    goes_away(story, story.letter(LEAD_514, "hand_over"))

    story.wait(days=days)

    assigned(story, OTHER, to=to)


EXCHANGE = """Return-Path: <>
From: Ute Krause <{sender}>
To: KRM <krm@jobcenter.example>
Subject: Automatische Antwort: {subject}
Message-ID: <ooo@jobcenter.example>
In-Reply-To: {answers}
Date: Mon, 23 Nov 2026 09:00:00 +0100
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Ich bin bis Freitag nicht im Haus.
"""


def out_of_office(letter: Received, sender: str = LEAD_514.address, subject: str = "") -> bytes:
    text = EXCHANGE.format(sender=sender, answers=letter.mail["Message-ID"], subject=subject or letter.subject)
    return text.replace("\n", "\r\n").encode()


def found(result: str) -> bytes:
    return f"Authentication-Results: {result}\r\n".encode()


def trusting(story: Story, trust: Trust) -> None:
    look = partial(domainkeys.signature, resolve=Zone().txt)
    story.bot = replace(story.bot, trust=trust, signature=look)


@pytest.mark.parametrize(
    ("trust", "made"),
    [
        pytest.param(CLOSED, out_of_office, id="closed network"),
        pytest.param(BY_RESULTS, lambda r: found(PASS) + out_of_office(r), id="the server vouches"),
        pytest.param(Trust(Policy.DKIM), lambda r: signed(out_of_office(r)), id="signed"),
    ],
)
def test_an_out_of_office_of_exchange_counts_where_a_reply_would(
    story: Story, trust: Trust, made: Callable[[Received], bytes]
) -> None:
    letter = assigned(story)
    trusting(story, trust)

    story.raw_arrives(made(letter))
    story.passes()

    assert case(story).handler == STAND_IN_514.id
    story.letter(STAND_IN_514, "assignment")
    story.letter(OFFICER, "absence")


@pytest.mark.parametrize(
    ("trust", "made"),
    [
        pytest.param(BY_RESULTS, out_of_office, id="nobody vouches"),
        pytest.param(BY_RESULTS, lambda r: found(FAIL) + out_of_office(r), id="the server says forged"),
        pytest.param(BY_RESULTS, lambda r: found(FAIL) + found(PASS) + out_of_office(r), id="a forged finding"),
        pytest.param(Trust(Policy.DKIM), out_of_office, id="unsigned"),
        pytest.param(Trust(Policy.DKIM), lambda r: signed(out_of_office(r), "evil.example"), id="signed by others"),
        pytest.param(Trust(Policy.DKIM), lambda r: signed(out_of_office(r, subject="x")), id="answer not signed"),
        pytest.param(
            CLOSED, lambda r: b"Reply-To: x@evil.example\r\n" + out_of_office(r), id="to be answered elsewhere"
        ),
    ],
)
def test_a_forged_out_of_office_takes_nobody_away(
    story: Story, trust: Trust, made: Callable[[Received], bytes]
) -> None:
    letter = assigned(story)
    trusting(story, trust)

    story.raw_arrives(made(letter))

    assert story.passes()["automatic"] == 1
    assert case(story).handler == LEAD_514.id


@pytest.mark.parametrize("trust", [CLOSED, BY_RESULTS, Trust(Policy.DKIM)], ids=lambda t: str(t.policy))
@pytest.mark.parametrize("person", [OFFICER, LEAD_514], ids=lambda p: p.id)
def test_a_citizen_s_own_letter_takes_nobody_of_the_house_away(story: Story, trust: Trust, person: Person) -> None:
    """Its token is genuine, but nobody of the house was written to."""
    answered(story, asked(story))
    story.letter(LEAD_514, "assignment")
    acknowledgement = story.letter(CITIZEN, "acknowledgement")
    trusting(story, trust)

    story.raw_arrives(out_of_office(acknowledgement, person.address))
    story.passes()

    assert case(story).handler == LEAD_514.id
    trusting(story, CLOSED)
    asked(story, OTHER)


def test_an_out_of_office_in_answer_to_a_receipt_counts_too(story: Story) -> None:
    """Many programs answer a sender once per absence: the first letter may be the receipt of what they handed in."""
    story.arrives("Herr Muster rief an und beschwert sich.", sender=LEAD_514.address)
    story.passes()
    receipt = story.letter(LEAD_514, "handed_in")
    story.rest()

    goes_away(story, receipt)

    with story.database.transaction() as connection:
        assert conditions.absent(connection) == {LEAD_514.id}
    story.rest()


def test_a_letter_whose_token_has_expired_takes_nobody_away(story: Story) -> None:
    story.bot = replace(story.bot, rhythm=replace(story.rhythm, token_days=-1))
    story.arrives(WAITED)
    story.passes()

    story.raw_arrives(out_of_office(story.letter(OFFICER, "confirmation_request"), OFFICER.address))
    story.passes()

    asked(story, OTHER)


@pytest.mark.parametrize(
    ("trust", "head", "back"),
    [(CLOSED, b"", True), (BY_RESULTS, found(PASS), True), (BY_RESULTS, found(FAIL), False), (BY_RESULTS, b"", False)],
)
def test_only_a_mail_that_is_believed_ends_an_absence(story: Story, trust: Trust, head: bytes, back: bool) -> None:
    goes_away(story, assigned(story))
    trusting(story, trust)

    mail = f"From: {LEAD_514.address}\r\nSubject: x\r\nMessage-ID: <m@evil.example>\r\n\r\n{RUDE}\r\n"
    story.raw_arrives(head + mail.encode())
    story.passes()
    story.rest()

    trusting(story, CLOSED)
    assigned(story, OTHER, to=LEAD_514 if back else STAND_IN_514)


@pytest.mark.parametrize("sender", [CITIZEN, "fremder@anderswo.example"])
def test_a_stranger_s_out_of_office_takes_nobody_away(story: Story, sender: str) -> None:
    letter = assigned(story)

    story.replies(letter, "Ich bin nicht da.", quote=False, Auto_Submitted="auto-replied", sender=sender)
    story.passes()

    assert case(story).handler == LEAD_514.id


def test_the_handler_s_reminder_goes_to_whoever_has_it_now(story: Story) -> None:
    goes_away(story, assigned(story))
    story.letter(STAND_IN_514, "assignment")
    story.letter(OFFICER, "absence")

    digests(story, "2026-12-01 07:30")  # four working days before 7 December

    story.letter(STAND_IN_514, "handling_reminder")
