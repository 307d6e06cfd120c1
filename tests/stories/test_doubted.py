"""Mails of the house that the house does not vouch for, and signed ones that somebody added to (RFC 6376 8.15)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from ingest.authenticity import Policy, Trust
from notify.deadlines import local_day
from store import cases, which
from store.case import Case
from tests.office import OFFICER, Received, Story
from tests.signed import signed
from tests.stories.acts import HOUSE, WAITED, asked
from tests.stories.test_forgeries import BY_RESULTS, BY_SIGNATURE, OURS, PASS, reply, results, trusting

FORGED = results(f"{OURS}; spf=fail smtp.mailfrom=x.example; dmarc=fail header.from=jobcenter.example")
NEIGHBOURS = "Guten Tag, niemand hebt ab."
LUNCH = (
    b"From: meier@jobcenter.example\r\nTo: kollege@jobcenter.example\r\nSubject: Re: Mittag\r\n"
    b"Message-ID: <lunch@jobcenter.example>\r\nContent-Type: text/plain\r\n\r\nPasst.\r\n"
)


def everything(story: Story) -> tuple[Case, ...]:
    with story.database.transaction() as connection:
        found = cases.load(connection, which.all_ids(connection, only_open=False)).values()
        return tuple(replace(case, dispatches=()) for case in found)  # letters to whoever is told are no change


# --- added to what was signed: the signature holds, and so does what the office's server found ---


def _with(field: str) -> Callable[[Received, Received], bytes]:
    def forged(first: Received, second: Received) -> bytes:
        value = {"Subject": f"AW: {second.subject}", "Message-ID": "<new@x.example>"}.get(field)
        return f"{field}: {value or second.mail['Message-ID']}\r\n".encode() + signed(reply(first))

    return forged


def _lunch(field: str) -> Callable[[Received, Received], bytes]:
    return lambda first, _: f"{field}: {first.mail['Message-ID']}\r\n".encode() + signed(LUNCH)


def _above_lone_returns(first: Received, _: Received) -> bytes:
    head = f"X: a\rFrom: meier@jobcenter.example\rSubject: AW: {first.subject}\rMessage-ID: <n@x.example>\r\r"
    return head.encode() + b"ok\r\n" + signed(LUNCH)


def _turned(first: Received, second: Received) -> bytes:
    there, other = (str(r.mail["Message-ID"]).encode() for r in (first, second))
    return signed(reply(first)).replace(there, other)


ADDED = {
    "a second subject": _with("Subject"),
    "a second Message-ID": _with("Message-ID"),
    "a second In-Reply-To": _with("In-Reply-To"),
    "In-Reply-To above a mail about lunch": _lunch("In-Reply-To"),
    "References above a mail about lunch": _lunch("References"),
    "lines above lone returns": _above_lone_returns,
    "another Case in In-Reply-To": _turned,
}


@pytest.mark.parametrize("trust", [BY_RESULTS, BY_SIGNATURE, Trust(Policy.EITHER, OURS)], ids=lambda t: t.policy.value)
@pytest.mark.parametrize("forge", ADDED.values(), ids=ADDED)
def test_what_was_added_to_a_signed_mail_makes_no_instruction_of_it(
    story: Story, forge: Callable[[Received, Received], bytes], trust: Trust
) -> None:
    first, second = asked(story), asked(story, NEIGHBOURS, sender="nachbar@mail.example")
    before = everything(trusting(story, trust))

    story.raw_arrives((results(PASS) if trust.by_results else b"") + forge(first, second))
    tally = story.passes()

    assert (tally["instructions"], tally["refused"]) == (0, 1)
    assert everything(story) == before
    story.rest()


def test_a_signed_answer_counts_by_its_subject(story: Story) -> None:
    """Exchange Online does not sign In-Reply-To; the subject is always signed."""
    request = asked(trusting(story, BY_SIGNATURE))

    story.raw_arrives(signed(reply(request)))

    assert story.passes()["instructions"] == 1
    story.rest()


# --- handed in under an address of the house ---


def handed_in(story: Story, head: bytes, sender: str = "kollege@jobcenter.example") -> str:
    story.raw_arrives(
        head + f"From: {sender}\r\nSubject: Beschwerde\r\nMessage-ID: <a@x.example>\r\n\r\n".encode() + WAITED.encode()
    )
    story.passes()
    text = story.letter(OFFICER, "confirmation_request").text
    story.rest()
    return " ".join(text.split())


DOUBTED = "Bitte prüfen Sie, ob diese Nachricht wirklich von {} kommt"


@pytest.mark.parametrize(
    ("what", "head", "sender", "warned"),
    [
        ("a colleague, found forged", FORGED, "kollege@jobcenter.example", True),
        ("a colleague, not looked at", b"", "kollege@jobcenter.example", True),
        ("a colleague, found genuine", results(PASS), "kollege@jobcenter.example", False),
        ("a citizen, found forged", results(f"{OURS}; dmarc=fail header.from=mail.example"), "a@mail.example", True),
        ("a citizen, not looked at", b"", "a@mail.example", False),
        ("a citizen whose domain says nothing", results(f"{OURS}; dmarc=none"), "a@mail.example", False),
    ],
)
def test_the_request_says_that_the_sender_is_doubtful(
    story: Story, what: str, head: bytes, sender: str, warned: bool
) -> None:
    text = handed_in(trusting(story, BY_RESULTS), head, sender)

    assert (DOUBTED.format(sender) in text) is warned


def test_no_warning_where_the_network_is_closed(story: Story) -> None:
    assert "Bitte prüfen Sie, ob" not in handed_in(story, FORGED)


FORWARD = (
    b"From: kollege@jobcenter.example\r\nSubject: WG: Beschwerde\r\nMessage-ID: <a@x.example>\r\n"
    b"Date: Mon, 23 Nov 2026 08:30:00 +0100\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
    b"Received: from x by mx.jobcenter.example; Mon, 2 Nov 2026 08:00:00 +0100\r\nFrom: erika.muster@mail.example\r\n"
    b"Subject: Beschwerde\r\nMessage-ID: <i@mail.example>\r\n\r\nIch habe gewartet.\r\n--b--\r\n"
)


@pytest.mark.parametrize(("head", "day"), [(results(PASS), date(2026, 11, 2)), (FORGED, date(2026, 11, 23))])
def test_when_the_house_took_a_mail_is_believed_of_the_house_alone(story: Story, head: bytes, day: date) -> None:
    """Else whoever forges a forward makes a Case late before anybody saw it."""
    story.office = HOUSE
    story.__post_init__()
    trusting(story, BY_RESULTS)

    story.raw_arrives(head + FORWARD)
    story.passes()
    story.rest()

    assert [local_day(c.arrived) for c in everything(story)] == [day]
