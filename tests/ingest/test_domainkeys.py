"""Whether the sender's domain signed a mail: dkimpy verifies, the door asks what that is worth (RFC 6376, 8301)."""

import logging
import re
from datetime import UTC, datetime

import pytest

from ingest.authenticity import Signature
from ingest.domainkeys import MOST, signature
from tests.signed import DOMAIN, HEADERS, NAME, Zone, private, record, signed

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
MAIL = (
    b"From: Sabine Meier <meier@jobcenter.example>\r\nTo: krm@jobcenter.example\r\nSubject: AW: Bitte\r\n"
    b"Message-ID: <a@jobcenter.example>\r\nDate: Mon, 23 Nov 2026 09:00:00 +0100\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\nok\r\n"
)
SIGNED = signed(MAIL)
OLD, LATER = str(int(AT.timestamp()) - 1), str(int(AT.timestamp()) + 60 * 60 * 24 * 365 * 20)


def looked(raw: bytes, domain: str = DOMAIN, zone: Zone | None = None) -> Signature:
    return signature(raw, domain, AT, (zone or Zone()).txt)


def without(name: str) -> tuple[str, ...]:
    return tuple(h for h in HEADERS if h != name)


@pytest.mark.parametrize(
    ("what", "raw", "domain"),
    [
        ("as it was signed", SIGNED, DOMAIN),
        ("with plain line ends", SIGNED.replace(b"\r\n", b"\n"), DOMAIN),
        ("canonicalised simply", signed(MAIL, tags={"c": "simple/simple"}), DOMAIN),
        ("with fields of the servers above it", b"Received: from a by b; x\r\n" + SIGNED, DOMAIN),
        ("signed by a list as well", signed(SIGNED, "list.example"), DOMAIN),
        ("signed below by somebody whose key is gone", signed(signed(MAIL, tags={"s": "gone"})), DOMAIN),
        ("of a domain below the one that signed", SIGNED, f"team.{DOMAIN}"),
        ("with the domain in capitals", signed(MAIL, "JobCenter.example"), DOMAIN),
        ("expiring some day", signed(MAIL, tags={"x": LATER}), DOMAIN),
        ("with fields signed once more than they stand", signed(MAIL, headers=("from", *HEADERS)), DOMAIN),
        ("with the identity below the domain", signed(MAIL, tags={"i": f"@team.{DOMAIN}"}), DOMAIN),
    ],
)
def test_a_signature_of_the_sender_s_domain_is_genuine(what: str, raw: bytes, domain: str) -> None:
    assert looked(raw, domain) is Signature.GENUINE


def test_a_domain_with_umlauts_is_known_by_the_name_it_has_in_dns() -> None:
    zone = Zone({"s1._domainkey.xn--mller-kva.example": record()})

    assert looked(signed(MAIL, "xn--mller-kva.example"), "müller.example", zone) is Signature.GENUINE


NONE, BROKEN, PARTIAL, UNKNOWN = Signature.NONE, Signature.BROKEN, Signature.PARTIAL, Signature.UNKNOWN


@pytest.mark.parametrize(
    ("what", "raw", "found"),
    [
        ("not signed", MAIL, NONE),
        ("signed by somebody else", signed(MAIL, "evil.example"), NONE),
        ("signed by a domain that ends like it", signed(MAIL, f"not{DOMAIN}"), NONE),
        ("signed by a domain below it", signed(MAIL, f"team.{DOMAIN}"), NONE),
        ("signed by the whole top level", signed(MAIL, "example"), NONE),
        ("signed in Cyrillic letters that look the same", signed(MAIL, "xn--jbcenter-nzg.example"), NONE),
        ("another text", SIGNED.replace(b"\r\n\r\nok", b"\r\n\r\nKein KRM: Spam"), BROKEN),
        ("a word more below", SIGNED + b"Notiz: x\r\n", BROKEN),
        ("another subject", SIGNED.replace(b"AW: Bitte", b"AW: Danke"), BROKEN),
        ("another sender", SIGNED.replace(b"meier@", b"petersen@"), BROKEN),
        ("another sender above the signed one", b"From: x@jobcenter.example\r\n" + SIGNED, BROKEN),
        ("the same sender twice", b"From: meier@jobcenter.example\r\n" + SIGNED, BROKEN),
        ("another subject above the signed one", b"Subject: AW: x\r\n" + SIGNED, BROKEN),
        ("another type of content above the signed one", b"Content-Type: text/html\r\n" + SIGNED, BROKEN),
        ("two letters answered", b"In-Reply-To: <x@y>\r\nIn-Reply-To: <z@y>\r\n" + SIGNED, BROKEN),
        ("a whole mail hidden behind lone returns", b"X: a\rSubject: b\r\rKein KRM: Spam\r\n" + SIGNED, BROKEN),
        ("words hidden in an envelope line", SIGNED.replace(b"To:", b"From x\r\nArt: Lob\r\nTo:"), BROKEN),
        ("a NUL", SIGNED.replace(b"ok\r\n", b"ok\0\r\n"), BROKEN),
        ("a line that is no field", b"no field\r\n" + SIGNED, BROKEN),
        ("a field that begins with a blank", b" x\r\n" + SIGNED, BROKEN),
        ("a signature by another key", signed(MAIL, key=private(seed=8)), BROKEN),
        ("a signature by a key too short", signed(MAIL, tags={"s": "short"}, key=private(512)), BROKEN),
        ("a key that was taken back", signed(MAIL, tags={"s": "revoked"}), BROKEN),
        ("a key that is none", signed(MAIL, tags={"s": "nonsense"}), BROKEN),
        ("a key for something else", signed(MAIL, tags={"s": "empty"}), BROKEN),
        ("no key", signed(MAIL, tags={"s": "gone"}), BROKEN),
        ("a selector that is no name", signed(MAIL, tags={"s": "a b"}), BROKEN),
        ("an expiry that is no time", signed(MAIL, tags={"x": "soon"}), BROKEN),
        ("an unknown way to look up the key", signed(MAIL, tags={"q": "dns/other"}), BROKEN),
        ("an unknown version", signed(MAIL, tags={"v": "2"}), BROKEN),
        ("a signature with nothing in it", re.sub(rb"(\sb=)[^\r]*", rb"\1", SIGNED, count=1), BROKEN),
        ("a length of the body", signed(MAIL, tags={"l": "4"}), PARTIAL),
        ("the sender left out", signed(MAIL, headers=without("from")), PARTIAL),
        ("the subject with the token left out", signed(MAIL, headers=without("subject")), PARTIAL),
        ("the Message-ID left out", signed(MAIL, headers=without("message-id")), PARTIAL),
        ("the type of content left out", signed(MAIL, headers=without("content-type")), PARTIAL),
        ("no Message-ID", signed(MAIL.replace(b"Message-ID: <a@jobcenter.example>\r\n", b"")), PARTIAL),
        ("expired when it arrived", signed(MAIL, tags={"x": OLD}), Signature.EXPIRED),
        ("signed with SHA-1", signed(MAIL, tags={"a": "rsa-sha1"}), UNKNOWN),
        ("signed by a method not known here", SIGNED.replace(b"a=rsa-sha256", b"a=ed25519-sha256"), UNKNOWN),
    ],
)
def test_everything_else_proves_nothing(what: str, raw: bytes, found: Signature) -> None:
    keys = {NAME: record()}
    for selector, shown in {
        "short": record(512),
        "revoked": b"v=DKIM1; p=",
        "nonsense": b"v=DKIM1; p=AAAA",
        "empty": b"v=spf1 -all",
    }.items():
        keys[f"{selector}._domainkey.{DOMAIN}"] = shown

    assert looked(raw, zone=Zone(keys)) is found


def test_a_name_server_that_does_not_answer_says_nothing_about_the_signature() -> None:
    assert looked(SIGNED, zone=Zone(silent=[NAME])) is Signature.UNANSWERED


def test_one_genuine_signature_is_enough_whatever_becomes_of_the_others() -> None:
    silent = f"slow._domainkey.{DOMAIN}"

    assert looked(signed(SIGNED, tags={"s": "slow"}), zone=Zone(silent=[silent])) is Signature.GENUINE


def test_a_signature_that_cannot_be_checked_weighs_more_than_one_that_is_broken() -> None:
    silent = f"slow._domainkey.{DOMAIN}"
    raw = signed(signed(MAIL, tags={"s": "gone"}), tags={"s": "slow"})

    assert looked(raw, zone=Zone(silent=[silent])) is Signature.UNANSWERED


def test_the_name_server_is_asked_for_keys_of_the_sender_s_domain_alone() -> None:
    zone = Zone()
    raw = signed(signed(signed(SIGNED, "evil.example"), tags={"l": "2"}), tags={"s": "a b"})

    looked(raw, zone=zone)

    assert zone.asked == [NAME]


def test_many_signatures_are_not_tried_one_by_one() -> None:
    raw, zone = MAIL, Zone()
    for _ in range(MOST + 1):
        raw = signed(raw, tags={"s": "gone"})

    assert looked(raw, zone=zone) is Signature.TOO_MANY
    assert zone.asked == []


def test_a_huge_signature_is_not_read() -> None:
    huge = SIGNED.replace(b"\r\n h=", b"\r\n " * 20_000 + b"h=", 1)

    assert huge != SIGNED
    assert looked(huge) is NONE


def test_nothing_of_a_mail_goes_into_a_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        looked(signed(MAIL, tags={"s": "nonsense"}), zone=Zone({f"nonsense._domainkey.{DOMAIN}": b"p=AAAA"}))

    assert caplog.records == []
