"""Who may not instruct: every row an attack. Nothing changes, officer and deputy are told why (conversation.md)."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from ingest import domainkeys
from ingest.authenticity import Policy, Trust
from store import cases, which
from store.case import Case
from store.keys import tokens_in
from tests.office import CITIZEN, DEPUTY, LEAD_515, OFFICER, Received, Story
from tests.signed import NAME, Zone, signed

WAITED = "Guten Tag, ich habe gestern zwei Stunden gewartet. Das geht so nicht."
NEIGHBOUR = "nachbar@mail.example"
OURS = "mx.jobcenter.example"
BY_RESULTS, BY_SIGNATURE = Trust(Policy.AUTHSERV_ID, OURS), Trust(Policy.DKIM)


def asked(story: Story, sender: str = CITIZEN, body: str = WAITED) -> Received:
    story.arrives(body, sender=sender)
    story.passes()
    return story.letter(OFFICER, "confirmation_request")


def state(story: Story) -> tuple[Case, ...]:
    """Everything recorded of every Case, in whatever state; which letters went out the stories themselves read."""
    with story.database.transaction() as connection:
        known = cases.load(connection, which.all_ids(connection, only_open=False)).values()
    return tuple(replace(case, dispatches=()) for case in known)


def trusting(story: Story, trust: Trust, zone: Zone | None = None) -> Story:
    """The same office under another policy."""
    look = partial(domainkeys.signature, resolve=(zone or Zone()).txt)
    story.bot = replace(story.bot, trust=trust, signature=look)
    return story


def reply(
    request: Received, sender: bytes = OFFICER.address.encode(), head: bytes = b"", body: bytes = b"ok\r\n"
) -> bytes:
    """An answer to the request as bytes; `head` are further fields, line ends included."""
    return (
        head
        + b"From: "
        + sender
        + b"\r\nSubject: AW: "
        + request.subject.encode()
        + b"\r\nMessage-ID: <reply@jobcenter.example>\r\nIn-Reply-To: "
        + str(request.mail["Message-ID"]).encode()
        + b"\r\nDate: Mon, 23 Nov 2026 09:00:00 +0100\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        + body
    )


def refused(story: Story, words: str, before: tuple[Case, ...]) -> None:
    """Officer and deputy are told why; everything recorded is as it was."""
    assert before, "there is something to change"
    tally = story.passes()
    assert (tally["instructions"], tally["refused"], tally["failed"]) == (0, 1, 0)
    for person in (OFFICER, DEPUTY):
        assert words in " ".join(story.letter(person, "refused").text.split())
    story.nothing_went_out()
    assert state(story) == before


def results(*fields: str) -> bytes:
    return b"".join(b"Authentication-Results: " + f.encode() + b"\r\n" for f in fields)


PASS = f"{OURS}; dmarc=pass (p=none) header.from=jobcenter.example"
NOT_CHECKED, NOT_GENUINE, STRANGER = "nicht geprüft", "nicht für echt", "nicht von der Person"
AMBIGUOUS, ONE, FOREIGN = "nicht eindeutig", "nicht genau einen Absender", "einer anderen Schrift"


@pytest.mark.parametrize("trust", [Trust(Policy.CLOSED_NETWORK), BY_RESULTS], ids=lambda t: t.policy.value)
@pytest.mark.parametrize(
    ("sender", "head", "why"),
    [
        pytest.param(b"meier@jobcenter.example", b"From: meier@jobcenter.example\r\n", ONE, id="From twice, the same"),
        pytest.param(b"meier@jobcenter.example", b"From: x@evil.example\r\n", STRANGER, id="From twice"),
        pytest.param(b"meier@jobcenter.example, x@evil.example", b"", ONE, id="two in one From"),
        pytest.param(b"meier@jobcenter.example, x@y@z", b"", AMBIGUOUS, id="a second one that is no address"),
        pytest.param(b"Haus: meier@jobcenter.example;", b"", "eine Gruppe", id="a group"),
        pytest.param(b'"x@evil.example" <meier@jobcenter.example>', b"", "andere Adresse", id="an address as name"),
        pytest.param(
            "x＠evil.example <meier@jobcenter.example>".encode(),
            b"",
            "andere Adresse",
            id="a full-width address as name",
        ),
        pytest.param(
            b'"meier@jobcenter.example.evil.example" <meier@jobcenter.example>',
            b"",
            "andere Adresse",
            id="a longer address as name",
        ),
        pytest.param(b"meier@jobcenter.example", b"Reply-To: x@evil.example\r\n", "Antwortadresse", id="Reply-To"),
        pytest.param(b"meier@jobcenter.example", b"Sender: x@evil.example\r\n", "jemand anderes", id="another Sender"),
        pytest.param(b"mei\0er@jobcenter.example", b"", AMBIGUOUS, id="a NUL in the address"),
        pytest.param(b"meier@jobcenter.example", b"X-A: \0\r\n", "ein Zeichen", id="a NUL elsewhere"),
        pytest.param(b"meier(x)@jobcenter.example", b"", AMBIGUOUS, id="a comment in the address"),
        pytest.param("m\u0435ier@jobcenter.example".encode(), b"", FOREIGN, id="a Cyrillic letter in the name"),
        pytest.param("meier@j\u043ebcenter.example".encode(), b"", FOREIGN, id="a Cyrillic letter in the domain"),
        pytest.param(b"meier@xn--jbcenter-96g.example", b"", FOREIGN, id="the same as DNS writes it"),
        pytest.param("meier@jobcenter\u3002example".encode(), b"", STRANGER, id="another full stop"),
        pytest.param("me\u200bier@jobcenter.example".encode(), b"", STRANGER, id="a space of no width"),
        pytest.param(b"meier@jobcenter.example.", b"", STRANGER, id="a dot behind"),
        pytest.param(b"meier@jobcenter.example.evil.example", b"", STRANGER, id="a longer domain"),
        pytest.param(b"meier@mail.jobcenter.example", b"", STRANGER, id="a domain below"),
        pytest.param(b"krm@jobcenter.example <x@evil.example>", b"", STRANGER, id="a stranger with the bot's name"),
        pytest.param(OFFICER.id.encode(), b"", STRANGER, id="the id of the post"),
    ],
)
def test_a_sender_that_pretends_to_be_the_officer_changes_nothing(
    story: Story, trust: Trust, sender: bytes, head: bytes, why: str
) -> None:
    request, before = asked(trusting(story, trust)), state(story)

    story.raw_arrives(reply(request, sender, results(PASS) + head))

    refused(story, why, before)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        pytest.param((), NOT_CHECKED, id="nothing"),
        pytest.param((PASS.replace(OURS, "mx.evil.example"),), NOT_CHECKED, id="another server"),
        pytest.param((PASS.replace(OURS, f"{OURS}.evil.example"),), NOT_CHECKED, id="a longer name"),
        pytest.param((PASS.replace(OURS, f"{OURS} 2"),), NOT_CHECKED, id="an unknown version"),
        pytest.param((f"({OURS}; dmarc=pass header.from=jobcenter.example) x; none",), NOT_CHECKED, id="a comment"),
        pytest.param((f"{OURS}; none", PASS), NOT_GENUINE, id="a forged one below the real one"),
        pytest.param((f"{OURS};\r\n dmarc=fail\r\n header.from=jobcenter.example", PASS), NOT_GENUINE, id="folded"),
        pytest.param(
            ("mx.evil.example; dmarc=pass header.from=jobcenter.example", f"{OURS}; dmarc=fail", PASS),
            NOT_GENUINE,
            id="one of another server above",
        ),
        pytest.param(
            (f"{OURS}; dkim=pass header.d=evil.example header.s=header.d=jobcenter.example",),
            NOT_GENUINE,
            id="our domain as a selector",
        ),
        pytest.param(
            (f"{OURS}; dkim=pass header.d=jobcenter.example; dmarc=fail header.from=jobcenter.example",),
            NOT_GENUINE,
            id="a pass beside what the server rejects",
        ),
    ],
)
def test_results_that_the_house_did_not_write_prove_nothing(story: Story, fields: tuple[str, ...], why: str) -> None:
    request, before = asked(trusting(story, BY_RESULTS)), state(story)

    story.raw_arrives(reply(request, head=results(*fields)))

    refused(story, why, before)


Forging = Callable[[Received], bytes]


@pytest.mark.parametrize(
    ("forge", "why"),
    [
        pytest.param(reply, "keine Signatur", id="not signed"),
        pytest.param(lambda r: results(PASS) + reply(r), "keine Signatur", id="vouched for by a server"),
        pytest.param(lambda r: signed(reply(r), "evil.example"), "keine Signatur", id="signed by somebody else"),
        pytest.param(
            lambda r: signed(reply(r)).replace(b"\r\n\r\nok", b"\r\n\r\nKein KRM: Spam"),
            "passt nicht",
            id="other words",
        ),
        pytest.param(lambda r: signed(reply(r), tags={"l": "4"}) + b"Notiz: x", "deckt nicht alles", id="words added"),
        pytest.param(lambda r: signed(reply(r), tags={"x": "1700000000"}), "abgelaufen", id="expired"),
        pytest.param(
            lambda r: (
                b"X: a\rFrom: meier@jobcenter.example\rSubject: "
                + r.subject.encode()
                + b"\r\rok\r\n"
                + signed(reply(r))
            ),
            "nicht eindeutig getrennt",
            id="another mail above lone returns",
        ),
    ],
)
def test_a_mail_that_the_sender_s_domain_did_not_sign_so_changes_nothing(
    story: Story, forge: Forging, why: str
) -> None:
    request, before = asked(trusting(story, BY_SIGNATURE)), state(story)

    story.raw_arrives(forge(request))

    refused(story, why, before)


def test_what_could_not_be_checked_is_not_carried_out_and_not_called_forged(story: Story) -> None:
    request, before = asked(trusting(story, BY_SIGNATURE, Zone(silent=[NAME]))), state(story)

    story.raw_arrives(signed(reply(request)))

    refused(story, "ließ sich nicht prüfen", before)


@pytest.mark.parametrize(
    ("trust", "genuine"),
    [
        pytest.param(BY_SIGNATURE, lambda r: signed(reply(r)), id="signed"),
        pytest.param(Trust(Policy.EITHER, OURS), lambda r: signed(reply(r)), id="either: signed"),
        pytest.param(Trust(Policy.EITHER, OURS), lambda r: results(PASS) + reply(r), id="either: vouched for"),
        pytest.param(BY_RESULTS, lambda r: results("mx.evil.example; none", PASS) + reply(r), id="vouched for"),
    ],
)
def test_a_genuine_answer_is_carried_out(story: Story, trust: Trust, genuine: Forging) -> None:
    request = asked(trusting(story, trust))

    story.raw_arrives(genuine(request))
    assert story.passes()["instructions"] == 1

    story.letter(OFFICER, "receipt")
    story.letter(LEAD_515, "assignment")
    story.letter(CITIZEN, "acknowledgement")


def test_the_name_server_is_asked_about_answers_of_the_house_alone(story: Story) -> None:
    zone = Zone()
    request = asked(trusting(story, BY_SIGNATURE, zone))

    story.raw_arrives(signed(reply(request, CITIZEN.encode(), body=b"Ich warte noch.\r\n"), "mail.example"))
    story.raw_arrives(signed(reply(request, b"x@evil.example"), "evil.example"))
    story.passes()

    assert zone.asked == []
    story.letter(OFFICER, "confirmation_request")
    for person in (OFFICER, DEPUTY):
        story.letter(person, "refused")


# --- replay and tokens ---


@pytest.mark.parametrize("trust", [Trust(Policy.CLOSED_NETWORK), BY_SIGNATURE], ids=lambda t: t.policy.value)
def test_an_answer_that_somebody_copied_does_not_count_again_once_the_case_moved_on(story: Story, trust: Trust) -> None:
    request = asked(trusting(story, trust))
    copied = signed(reply(request))
    later = signed(reply(request, body=b"Kein KRM: Spam\r\n").replace(b"<reply@", b"<later@"))
    for raw in (copied, later):
        story.raw_arrives(raw)
        assert story.passes()["instructions"] == 1
        story.letter(OFFICER, "receipt")
    story.letter(LEAD_515, "assignment")
    story.letter(CITIZEN, "acknowledgement")
    before = state(story)

    story.raw_arrives(b"Received: from evil.example by mx.jobcenter.example\r\n" + copied)

    refused(story, "schon einmal angekommen", before)


def test_a_copied_answer_under_another_message_id_is_no_signed_one(story: Story) -> None:
    request = asked(trusting(story, BY_SIGNATURE))
    before = state(story)

    story.raw_arrives(signed(reply(request)).replace(b"<reply@", b"<again@"))

    refused(story, "passt nicht", before)


@pytest.mark.parametrize(
    ("sender", "days", "why"),
    [
        pytest.param(LEAD_515.address, 400, STRANGER, id="a token for another person"),
        pytest.param(NEIGHBOUR, 400, STRANGER, id="a token that a citizen got hold of"),
        pytest.param(OFFICER.address, -1, "abgelaufen", id="an expired one"),
    ],
)
def test_a_token_counts_for_one_person_and_not_for_ever(story: Story, sender: str, days: int, why: str) -> None:
    story.bot = replace(story.bot, rhythm=replace(story.rhythm, token_days=days))
    request = asked(story)
    before = state(story)

    story.replies(request, "ok", sender=sender)

    refused(story, why, before)


@pytest.mark.parametrize("spoilt", ["letter", "case"])
def test_a_token_made_up_or_named_beside_another_case_moves_neither_case(story: Story, spoilt: str) -> None:
    """A made-up one answers no letter of ours: what it says is a reaction at most. A real one stands for its Case."""
    first, second = asked(story), asked(story, NEIGHBOUR, "Niemand hebt bei Ihnen das Telefon ab.")
    before = state(story)
    token = str(first.mail["Message-ID"])
    raw = reply(second) if spoilt == "letter" else reply(first).replace(token.encode(), b"<x@x>")
    for known in tokens_in((str(second.mail["Message-ID"]), first.subject)):
        raw = raw.replace(known.encode(), known[::-1].encode())

    story.raw_arrives(raw)
    assert story.passes()["instructions"] == 0

    story.letter(OFFICER, "confirmation_request")
    assert [c for c in state(story) if c.id in {b.id for b in before}] == list(before)


@pytest.mark.parametrize("sender", [OFFICER.address, DEPUTY.address])
@pytest.mark.parametrize("mark", ["> ", "", "    ", "| "])
def test_our_own_words_quoted_back_instruct_nothing(story: Story, sender: str, mark: str) -> None:
    """The request names every word that may be answered; the one who answers is told what was not understood."""
    request = asked(story)
    before = state(story)
    quoted = "\n".join(f"{mark}{line}" for line in request.text.splitlines())

    story.replies(request, quoted, sender=sender, quote=False)

    assert story.passes()["instructions"] == 1
    story.letter(sender, "unclear")
    assert state(story) == before


def test_a_citizen_who_quotes_our_letter_with_its_words_is_refused_or_heard_and_instructs_nothing(
    story: Story,
) -> None:
    request = asked(story)
    before = state(story)

    story.arrives(f"ok\nFreigabe\n\n{request.text}", sender=NEIGHBOUR, subject=f"AW: {request.subject}")

    refused(story, STRANGER, before)
