"""Who really sent it: only what the office's own server found out counts (RFC 8601)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.authenticity import SIGNATURES, Policy, Signature, Trust, doubt, hangs_on_signature, in_foreign_letters
from ingest.message import Address, Message, Oddity, spelled

OURS = "mx.jobcenter.example"
STRICT = Trust(Policy.AUTHSERV_ID, OURS)
CLOSED = Trust(Policy.CLOSED_NETWORK)
SIGNED = Trust(Policy.DKIM)
EITHER = Trust(Policy.EITHER, OURS)
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
        ("another address behind its own", mail(PASSED, senders=(Address(f"{OFFICER} a@b.c", OFFICER),)), "andere"),
        ("a name with an at sign", mail(PASSED, senders=(Address("Meier @ Jobcenter", OFFICER),)), ""),
        ("From twice", mail(PASSED, oddities=(Oddity.SEVERAL,)), "nicht genau einen"),
        ("a group", mail(PASSED, oddities=(Oddity.GROUP,)), "eine Gruppe"),
        ("an odd spelling", mail(PASSED, oddities=(Oddity.UNCLEAR,)), "nicht eindeutig"),
        ("sent by another", mail(PASSED, oddities=(Oddity.OTHER_SENDER,)), "jemand anderes"),
        ("a NUL", mail(PASSED, oddities=(Oddity.NUL,)), "ein Zeichen"),
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
        ("with the id in quotes", f'"{OURS}"; dmarc=pass header.from=jobcenter.example'),
        ("behind a comment", f"(checked) {OURS}; dmarc=pass header.from=jobcenter.example"),
        ("with the method's version", f"{OURS}; dkim/1=pass header.d=jobcenter.example"),
        ("with a reason", f'{OURS}; dkim=pass reason="good key" header.d=jobcenter.example'),
        ("under the policy that nothing is done", f"{OURS}; dmarc=pass (p=none) header.from=jobcenter.example"),
        ("with an identity below the domain", f"{OURS}; dkim=pass header.d=jobcenter.example header.i=@x.evil.example"),
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
        ("an unknown version", (f"{OURS} 2; dmarc=pass header.from=jobcenter.example",)),
        ("words before the results", (f"{OURS} x; dmarc=pass header.from=jobcenter.example",)),
        ("no result at all", (OURS,)),
        ("DMARC of a domain above", (f"{OURS}; dmarc=pass header.from=example",)),
        ("two signers in one result", (f"{OURS}; dkim=pass header.d=evil.example header.d=jobcenter.example",)),
        ("our domain as selector", (f"{OURS}; dkim=pass header.s=header.d=jobcenter.example header.d=evil.example",)),
        ("our domain as greeting", (f"{OURS}; spf=pass smtp.helo=smtp.mailfrom=jobcenter.example",)),
        ("a word parted by a comment", (f"{OURS}; dm(x)arc=pass header.from=jobcenter.example",)),
        ("a pass beside what DMARC rejects", (f"{OURS}; dmarc=fail; dkim=pass header.d=jobcenter.example",)),
        ("the real one behind an open comment", (f"(a(b) {OURS}; dmarc=fail", PASSED)),
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


def test_a_field_of_another_server_above_ours_does_not_count() -> None:
    assert doubt(mail(f"{OURS}.evil.example; dmarc=pass header.from=jobcenter.example", PASSED), STRICT) == ""


def test_dmarc_names_the_sender_s_own_domain_and_no_other() -> None:
    found = mail(PASSED, senders=(Address("", "x@team.jobcenter.example"),))

    assert doubt(found, STRICT)


def test_a_domain_with_umlauts_is_the_one_that_dns_knows_by_another_spelling() -> None:
    found = mail(f"{OURS}; dmarc=pass header.from=xn--mller-kva.example", senders=(Address("", "x@müller.example"),))

    assert doubt(found, STRICT) == ""


@pytest.mark.parametrize("found", [s for s in Signature if s is not Signature.GENUINE])
def test_without_a_genuine_signature_the_officer_is_told_what_was_found(found: Signature) -> None:
    assert doubt(mail(PASSED), SIGNED, found) == SIGNATURES[found] != ""
    assert "@" not in SIGNATURES[found]


@pytest.mark.parametrize(
    ("authentication", "signature", "believed"),
    [
        ((PASSED,), Signature.NONE, True),
        ((), Signature.GENUINE, True),
        ((f"{OURS}; dmarc=fail",), Signature.GENUINE, True),
        ((), Signature.NONE, False),
        ((), Signature.UNANSWERED, False),
    ],
)
def test_either_of_both_is_enough(authentication: tuple[str, ...], signature: Signature, believed: bool) -> None:
    assert (doubt(mail(*authentication), EITHER, signature) == "") is believed


@pytest.mark.parametrize("trust", [SIGNED, EITHER])
def test_a_genuine_signature_does_not_mend_a_sender_that_pretends(trust: Trust) -> None:
    assert doubt(mail(PASSED, oddities=(Oddity.GROUP,)), trust, Signature.GENUINE)


@pytest.mark.parametrize(
    ("what", "found", "trust", "hangs"),
    [
        ("where signatures count", mail(), SIGNED, True),
        ("where nothing else vouches", mail(), EITHER, True),
        ("not where something else vouches", mail(PASSED), EITHER, False),
        ("not where they do not count", mail(), STRICT, False),
        ("not in a closed network", mail(), CLOSED, False),
        ("not where the sender pretends", mail(oddities=(Oddity.GROUP,)), SIGNED, False),
    ],
)
def test_a_signature_is_looked_at_only_where_it_decides(what: str, found: Message, trust: Trust, hangs: bool) -> None:
    assert hangs_on_signature(found, trust) is hangs


@pytest.mark.parametrize(
    ("address", "foreign"),
    [
        (OFFICER, False),
        ("jürgen@müller.example", False),
        ("x@xn--mller-kva.example", False),
        ("m\u0435ier@jobcenter.example", True),
        ("meier@j\u043ebcenter.example", True),
        ("meier@" + spelled("x@j\u043ebcenter.example").partition("@")[2], True),
        ("\u03bfmeier@jobcenter.example", True),
        ("x@xn--\u00ff.example", False),
        ("x@xn--.example", False),
        ("", False),
    ],
)
def test_letters_of_another_script_are_noticed_also_in_the_ascii_form(address: str, foreign: bool) -> None:
    assert in_foreign_letters(address) is foreign


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Meier@Jobcenter.example", OFFICER, True),
        ("x@MÜLLER.example", "x@xn--mller-kva.example", True),
        ("x@mu\u0308ller.example", "x@müller.example", True),
        ("x@stra\u00dfe.example", "x@strasse.example", False),
        ("wei\u00df@a.example", "weiss@a.example", False),
        ("x@j\u043ebcenter.example", "x@jobcenter.example", False),
        ("x@jobcenter\u3002example", "x@jobcenter.example", False),
    ],
)
def test_two_spellings_are_one_address_only_if_dns_says_so(one: str, other: str, same: bool) -> None:
    assert (spelled(one) == spelled(other)) is same


@given(st.text(max_size=60))
def test_any_text_has_a_spelling_that_is_its_own(text: str) -> None:
    assert spelled(spelled(text)) == spelled(text)


@given(st.lists(st.text(max_size=200), max_size=3))
def test_no_made_up_field_is_believed(fields: list[str]) -> None:
    assert doubt(mail(*fields), STRICT)


@pytest.mark.parametrize(
    "field",
    [
        "(" * 60_000,
        '"' + '\\"' * 30_000,
        "(" + "\\)" * 30_000,
        " " * 60_000,
        '"' * 60_001,
        "dkim=pass " * 6_000,
        ";" * 60_000,
        "a" * 60_000,
    ],
)
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
