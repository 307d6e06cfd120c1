"""Who really sent it: only what the office's own server found out counts (RFC 8601)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.authenticity import Policy, Trust, doubt
from ingest.message import Address, Message

OURS = "mx.jobcenter.example"
STRICT = Trust(Policy.AUTHSERV_ID, OURS)
CLOSED = Trust(Policy.CLOSED_NETWORK)
OFFICER = "meier@jobcenter.example"
PASSED = f"{OURS}; dmarc=pass header.from=jobcenter.example"


def mail(*authentication: str, **fields: Any) -> Message:
    standard: dict[str, Any] = {
        "subject": "AW: Bitte bestätigen",
        "senders": (Address("Sabine Meier", OFFICER),),
        "to": (),
        "cc": (),
        "reply_to": (),
        "message_id": "m@jobcenter.example",
        "in_reply_to": (),
        "references": (),
        "date": None,
        "text": "ok",
        "new_text": "ok",
        "attachments": (),
        "automatic": None,
        "forwarded": None,
        "defects": (),
        "authentication": authentication,
    }
    return Message(**(standard | fields))


@pytest.mark.parametrize("trust", [STRICT, CLOSED])
@pytest.mark.parametrize(
    ("what", "found", "why"),
    [
        ("an ordinary mail", mail(PASSED), ""),
        ("no sender", mail(PASSED, senders=()), "nicht genau einen"),
        ("a sender without address", mail(PASSED, senders=(Address("Sabine Meier", ""),)), "nicht genau einen"),
        (
            "two senders",
            mail(PASSED, senders=(Address("", OFFICER), Address("", "x@evil.example"))),
            "nicht genau einen",
        ),
        ("another address as name", mail(PASSED, senders=(Address("chef@amt.example", OFFICER),)), "andere Adresse"),
        ("its own address as name", mail(PASSED, senders=(Address("Meier@Jobcenter.example", OFFICER),)), ""),
        ("answers to somebody else", mail(PASSED, reply_to=(Address("", "x@evil.example"),)), "Antwortadresse"),
        ("answers to itself", mail(PASSED, reply_to=(Address("Meier", OFFICER),)), ""),
    ],
)
def test_a_sender_that_pretends_is_doubted_under_every_policy(
    what: str, found: Message, why: str, trust: Trust
) -> None:
    said = doubt(found, trust)

    assert why in said
    assert bool(said) is bool(why)
    assert "@" not in said, "a reason quotes nobody"


def test_in_a_closed_network_the_server_lets_only_the_owner_of_an_address_send() -> None:
    assert doubt(mail(), CLOSED) == ""


@pytest.mark.parametrize(
    ("what", "field"),
    [
        ("DMARC", PASSED),
        ("DKIM of the domain", f"{OURS}; dkim=pass header.d=jobcenter.example header.s=s1"),
        ("DKIM with the signer's identity", f"{OURS}; dkim=pass header.i=@jobcenter.example"),
        ("SPF of the same domain", f"{OURS}; spf=pass smtp.mailfrom=bounce@jobcenter.example"),
        ("one of several", f"{OURS}; spf=fail smtp.mailfrom=list.example; dkim=pass header.d=jobcenter.example"),
        ("with the version", f"{OURS} 1; dmarc=pass header.from=jobcenter.example"),
        ("in capitals", f"{OURS.upper()}; DMARC=Pass header.from=JOBCENTER.example"),
        ("with comments", f"{OURS} (our mx); dmarc=pass (p=reject dis=none) header.from=jobcenter.example"),
        ("with blanks", f"  {OURS} ;  dmarc = pass  header.from = jobcenter.example "),
    ],
)
def test_what_the_house_s_server_found_genuine_is_believed(what: str, field: str) -> None:
    assert doubt(mail(field), STRICT) == ""


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("nothing", ()),
        ("nothing by our server", ("mx.evil.example; dmarc=pass header.from=jobcenter.example",)),
        ("a server with a longer name", (f"{OURS}.evil.example; dmarc=pass header.from=jobcenter.example",)),
        ("a server with our name behind its own", (f"evil-{OURS}; dmarc=pass header.from=jobcenter.example",)),
        ("no result", (f"{OURS}; none",)),
        ("failed", (f"{OURS}; dmarc=fail header.from=jobcenter.example",)),
        ("soft fail", (f"{OURS}; spf=softfail smtp.mailfrom=jobcenter.example",)),
        ("none", (f"{OURS}; dkim=none header.d=jobcenter.example",)),
        ("another domain signed", (f"{OURS}; dkim=pass header.d=evil.example",)),
        ("a domain that ends like ours", (f"{OURS}; dkim=pass header.d=notjobcenter.example",)),
        ("a domain below ours", (f"{OURS}; dkim=pass header.d=x.jobcenter.example",)),
        ("the whole top level", (f"{OURS}; dkim=pass header.d=example",)),
        ("a pass within a comment", (f"{OURS}; spf=fail (dmarc=pass header.from=jobcenter.example)",)),
        ("a pass within nested comments", (f"{OURS}; spf=fail (a (dmarc=pass header.from=jobcenter.example) b)",)),
        (
            "a pass within a quoted name",
            (f'{OURS}; spf=fail smtp.mailfrom="x; dmarc=pass header.from=jobcenter.example"@evil.example',),
        ),
        (
            "pass for them, our domain in another part",
            (f"{OURS}; spf=pass smtp.mailfrom=evil.example; dmarc=fail header.from=jobcenter.example",),
        ),
        (
            "a forged field below the real one",
            (f"{OURS}; dmarc=fail header.from=jobcenter.example", PASSED),
        ),
    ],
)
def test_everything_else_is_doubted(what: str, fields: tuple[str, ...]) -> None:
    assert doubt(mail(*fields), STRICT)


@pytest.mark.parametrize("name", ["", " "])
def test_without_an_id_nothing_is_believed(name: str) -> None:
    assert doubt(mail(PASSED, "; dmarc=pass header.from=jobcenter.example"), Trust(Policy.AUTHSERV_ID, name.strip()))


def test_a_sub_domain_is_vouched_for_by_its_domain() -> None:
    found = mail(f"{OURS}; dkim=pass header.d=jobcenter.example", senders=(Address("", "x@team.jobcenter.example"),))

    assert doubt(found, STRICT) == ""


@given(st.lists(st.text(max_size=200), max_size=3))
def test_no_made_up_field_is_believed(fields: list[str]) -> None:
    assert doubt(mail(*fields), STRICT)


@pytest.mark.parametrize("field", ["(" * 60_000, '"' * 60_001, "dkim=pass " * 6_000, ";" * 60_000, "a" * 60_000])
def test_a_field_of_any_length_is_read_in_one_go(field: str) -> None:
    assert doubt(mail(f"{OURS}; {field}"), STRICT)


@pytest.mark.parametrize(
    ("trick", "field"),
    [
        (
            "an escaped quote",
            'spf=fail smtp.mailfrom="a\\" ; dmarc=pass header.from=jobcenter.example ; \\"b"@evil.example',
        ),
        ("an unclosed quote", 'spf=fail smtp.mailfrom="a ; dmarc=pass header.from=jobcenter.example'),
        ("somebody else's DKIM beside our From", "dkim=pass header.d=evil.example header.from=jobcenter.example"),
        ("somebody else's SPF beside our From", "spf=pass smtp.mailfrom=evil.example header.from=jobcenter.example"),
        ("a method that ends like one", "x-dkim=pass header.d=jobcenter.example"),
        ("an escaped bracket", "spf=fail (a\\) ; dmarc=pass header.from=jobcenter.example ; (b) smtp.mailfrom=x"),
        ("a method within a value", "auth=fail smtp.auth=dkim=pass header.d=jobcenter.example"),
        ("nested brackets", "spf=fail ((x) ; dmarc=pass header.from=jobcenter.example ; ) smtp.mailfrom=e"),
    ],
)
def test_words_of_the_senders_choice_prove_nothing(trick: str, field: str) -> None:
    assert doubt(mail(f"{OURS}; {field}"), STRICT), trick
