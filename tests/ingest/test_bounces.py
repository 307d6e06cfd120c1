"""What a bounce says, by the server that wrote it: the mails of tests/eml/bounce-*.eml."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import bounces
from ingest.bounces import MAX_IDS, MAX_RECIPIENTS, MAX_SAID, REASONS, UNKNOWN_REASON, Bounce

EML = Path(__file__).parents[1] / "eml"
LETTER = "acknowledgement.7.abcdefghijklmnopqrst@jobcenter.example"
PETRA = "petra.voss@example.org"
LARGE, FULL, SERVER, UNKNOWN, REFUSED = (reason.why for reason in REASONS)


def returned(name: str) -> Bounce | None:
    return bounces.read((EML / f"{name}.eml").read_bytes())


SAID = {
    "bounce-exim": ((PETRA, "erika@example.org"), "5.1.1", UNKNOWN),
    "bounce-exim-report": ((PETRA,), "5.2.2", FULL),
    "bounce-exchange-english-too-large": ((PETRA,), "5.3.4", LARGE),
    "bounce-exchange-german-free-form": ((PETRA,), "5.1.10", UNKNOWN),
    "bounce-exchange-german-old": (("petra.voss@jobcenter.example",), "5.1.1", UNKNOWN),
    "bounce-gmail": ((PETRA,), "5.1.1", UNKNOWN),
    "bounce-gmail-over-quota": ((PETRA,), "4.2.2", FULL),
    "bounce-gmx": ((PETRA,), "5.1.1", UNKNOWN),
    "bounce-icloud": (("petra.voss@icloud.example",), "5.1.1", UNKNOWN),
    "bounce-icloud-free-form": (("petra.voss@icloud.example",), "", FULL),
    "bounce-internationalised": (("jürgen.müller@example.org", "zweite@example.org"), "5.1.1", UNKNOWN),
    "bounce-microsoft-365": ((PETRA,), "5.1.10", UNKNOWN),
    "bounce-microsoft-365-german-rejected": ((PETRA,), "5.7.133", REFUSED),
    "bounce-notes": (("pvoss@notes.example",), "5.1.1", UNKNOWN),
    "bounce-postfix-expired": ((PETRA,), "4.4.1", SERVER),
    "bounce-postfix-host-not-found": (("petra.voss@gmial.example",), "5.4.4", SERVER),
    "bounce-postfix-some-recipients": (("zwei@example.org", "vier@example.org"), "5.7.1", REFUSED),
    "bounce-qmail": ((PETRA,), "5.7.1", REFUSED),
    "bounce-report-coded": ((PETRA,), "5.7.1", REFUSED),
    "bounce-returned-letter-in-base64": ((PETRA,), "5.7.1", REFUSED),
    "bounce-sendmail": ((PETRA,), "5.1.1", UNKNOWN),
    "bounce-sendmail-free-form": (("petra.voss@exmaple.example",), "5.1.2", SERVER),
    "bounce-t-online": (("petra.voss@t-online.example",), "5.0.0", REFUSED),
    "bounce-t-online-quota": (("petra.voss@t-online.example",), "5.2.2", FULL),
    "bounce-webde": (("petra.voss@web.example",), "", FULL),
}


@pytest.mark.parametrize("name", SAID)
def test_a_bounce_says_whom_it_did_not_reach_and_why_and_which_letter_it_was(name: str) -> None:
    recipients, status, why = SAID[name]
    found = returned(name)
    assert found is not None
    assert replace(found, said="") == Bounce(recipients, status, not status.startswith("4"), why, (LETTER,))
    assert 0 < len(found.said) <= MAX_SAID + 2
    assert found.said == " ".join(found.said.split())


NONE = (
    *("bounce-delayed", "bounce-exim-delayed", "bounce-gmail-delayed", "bounce-microsoft-365-delayed"),
    *("bounce-sendmail-warning", "bounce-of-success", "daemon-notice-mailbox-nearly-full"),
    *("bounce-forwarded-by-a-citizen", "read-receipt", "read-receipt-of-a-daemon", "auto-reply-exchange-german"),
    *("own-mail", "empty-file", "header-with-5000-fields", "first-mail-from-an-iphone"),
)


@pytest.mark.parametrize("name", NONE)
def test_a_delay_a_success_a_receipt_and_a_persons_mail_are_no_bounce(name: str) -> None:
    assert returned(name) is None


def test_every_bounce_among_the_odd_mails_is_named_here() -> None:
    known = {*SAID, *NONE, "bounce-exchange-german", "bounce-postfix", "bounce-qmail-free-form"}
    assert {mail.stem for mail in EML.glob("bounce-*.eml")} <= known


HEAD = "Return-Path: <>\nFrom: mailer-daemon@b.example\nTo: krm@jobcenter.example\nMessage-ID: <own@b>\nSubject: x\n"
REPORT = HEAD + (
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nkurz\n--b\n"
    "Content-Type: message/delivery-status\n\nReporting-MTA: dns; b\n\n{}\n--b--\n"
)


def reported(fields: str) -> Bounce | None:
    return bounces.read(REPORT.format(fields).encode())


def free(text: str) -> Bounce | None:
    return bounces.read((HEAD + "\n" + text).encode())


DIAGNOSES = {
    "550 5.7.1 user unknown": UNKNOWN,
    "550 Requested action not taken: mailbox unavailable": UNKNOWN,
    "550 5.2.1 User is inactive": UNKNOWN,
    "550 Unknown local part petra in <petra@web.example>": UNKNOWN,
    "554 delivery error: dd This user doesn't have a yahoo.example account": UNKNOWN,
    "550 Empfänger petra ist unbekannt": UNKNOWN,
    "452 4.2.2 mailbox full": FULL,
    "550 5.2.2 Quota exceeded": FULL,
    "552 5.2.3 Message too large": LARGE,
    "552 Message size exceeds fixed maximum message size": LARGE,
    "550 5.4.1 All relevant MX records point to non-existent hosts": SERVER,
    "retry timeout exceeded": SERVER,
    "554 5.7.1 Message rejected as spam": REFUSED,
    "550 5.7.26 Unauthenticated email is not accepted due to the domain's DMARC policy": REFUSED,
    "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)": UNKNOWN,
    "550 5.9.9 hm": UNKNOWN_REASON,
    "": UNKNOWN_REASON,
}


@pytest.mark.parametrize(("words", "why"), DIAGNOSES.items(), ids=DIAGNOSES.keys())
def test_the_words_of_the_server_say_why(words: str, why: str) -> None:
    found = reported(f"Final-Recipient: rfc822; a@b.example\nAction: failed\nDiagnostic-Code: smtp; {words}")
    assert found is not None
    assert found.why == why


CODES = {"5.1.1": UNKNOWN, "5.2.2": FULL, "5.3.4": LARGE, "4.4.7": SERVER, "5.7.0": REFUSED, "5.0.0": UNKNOWN_REASON}


@pytest.mark.parametrize(("code", "why"), CODES.items())
def test_where_it_has_no_words_the_code_does(code: str, why: str) -> None:
    found = reported(f"Action: failed\nStatus: {code}")
    assert found is not None
    assert (found.status, found.why, found.permanent) == (code, why, code.startswith("5"))
    assert found.recipients == ()


OWN_WORDS = {
    "smtp; 550 5.1.1 no such user": "550 5.1.1 no such user",
    "X-Postfix; Host not found": "Host not found",
    "smtp; 550 see https://evil.example/x?y and (www.evil.example) now": "550 see and now",
    "smtp; 550 a\x07b \u202eturned": "550 ab turned",
    "smtp; " + "lang " * 200: ("lang " * 80).strip() + " …",
}


@pytest.mark.parametrize(("words", "shown"), OWN_WORDS.items(), ids=["code", "kind", "links", "controls", "long"])
def test_the_servers_own_words_are_one_clean_line_without_links(words: str, shown: str) -> None:
    found = reported(f"Action: failed\nStatus: 5.1.1\nDiagnostic-Code: {words}")
    assert found is not None
    assert found.said == shown


def test_of_free_text_the_courtesies_before_the_recipient_are_left_off() -> None:
    found = free("Hi. I'm afraid I wasn't able to deliver your message.\n\n<a@b.example>:\n550 5.1.1 no mailbox here")
    assert found is not None
    assert found.said == "550 5.1.1 no mailbox here"


REPLIES = {
    "550 5.1.1": UNKNOWN,
    "452 4.2.2": FULL,
    "552 5.3.4": LARGE,
    "5.6.3": REFUSED,
    "451": "",
    "550 5.0.0": "",
    "": "",
}


@pytest.mark.parametrize(("reply", "why"), REPLIES.items())
def test_a_reply_of_our_own_server_has_the_same_reasons(reply: str, why: str) -> None:
    assert bounces.reason(reply) == why


def test_every_reason_is_one_german_sentence() -> None:
    assert all(why.endswith(".") and why.count(":") == 1 for why in (*(row.why for row in REASONS), UNKNOWN_REASON))


NO_CODES = {
    "an address": "<a@b.example>: [5.1.1.7] said no",
    "a version": "a@b.example: Exim 4.94.2 said no",
    "a longer number": "a@b.example: 15.1.2507.39 said no",
}


@pytest.mark.parametrize("text", NO_CODES.values(), ids=NO_CODES.keys())
def test_not_every_number_with_dots_is_a_code(text: str) -> None:
    found = free(text)
    assert found is not None
    assert (found.recipients, found.status) == (("a@b.example",), "")


def test_a_reply_code_for_now_is_not_permanent() -> None:
    now, final = free("<a@b.example>: 452 later"), free("<a@b.example>: 552 never")
    assert now is not None
    assert final is not None
    assert (now.permanent, final.permanent) == (False, True)


def test_neither_we_nor_the_server_are_the_recipient() -> None:
    found = free("postmaster@b.example\nkrm@jobcenter.example\nkarl@example.net\n550 5.1.1 unknown")
    assert found is not None
    assert found.recipients == ("karl@example.net",)


def test_the_returned_letters_own_text_is_not_read_as_the_servers() -> None:
    found = free(
        "<a@b.example>:\nno\n\n--- Below this line is a copy of the message.\n\n<c@d.example>: 550 5.2.2 quota"
    )
    assert found is not None
    assert (found.recipients, found.status, found.why) == (("a@b.example",), "", UNKNOWN_REASON)


def test_ids_are_found_folded_and_quoted_and_the_bounces_own_is_none() -> None:
    found = free("> Message-ID:\n <eins@x>\n\nmessage-id: <zwei@x>\nMessage-ID: <own@b>\nx-message-id: <drei@x>\n")
    assert found is not None
    assert found.message_ids == ("eins@x", "zwei@x")


def test_ids_and_recipients_are_limited() -> None:
    ids = free("".join(f"Message-ID: <{n}@x>\n" for n in range(1_000)))
    people = reported("\n".join(f"Final-Recipient: rfc822; {n}@b.example\nAction: failed\n" for n in range(200)))
    assert ids is not None
    assert len(ids.message_ids) == MAX_IDS
    assert people is not None
    assert len(people.recipients) == MAX_RECIPIENTS


SIZE = 1_000_000
JUNK = {
    "letters": "a" * SIZE,
    "addresses": "a@b.example " * (SIZE // 12),
    "at signs": "@" * SIZE,
    "brackets": "<" * SIZE,
    "blanks": " " * SIZE,
    "blank lines": "\n " * (SIZE // 2),
    "dashes": "-" * SIZE,
    "words of refusal": "message mailbox user account recipient domain host " * (SIZE // 52),
    "dots": "5." * (SIZE // 2),
    "ids": "Message-ID: <" * (SIZE // 13),
    "opened ids": "Message-ID:\n" * (SIZE // 12),
    "delays": "zustellung " + "wird " * (SIZE // 5),
    "warnings": "warning: message " * (SIZE // 17),
}


@pytest.mark.parametrize("text", JUNK.values(), ids=JUNK.keys())
def test_a_megabyte_of_junk_is_read_to_its_end(text: str) -> None:
    """No pattern goes back and forth in it; this test would take hours otherwise."""
    free(text)
    reported("Action: failed\nDiagnostic-Code: smtp; " + text[:50_000])
    reported("Action: failed\n\n" + "Final-Recipient: rfc822; " + text[:50_000])


@pytest.mark.parametrize("seed", range(10))
def test_a_damaged_bounce_raises_nothing(seed: int) -> None:
    chance = random.Random(seed)
    for mail in sorted(EML.glob("bounce-*.eml")):
        raw = bytearray(mail.read_bytes())
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(raw))
            raw[at : at + chance.randint(0, 60)] = chance.choice(
                (b"", b"\0", b"\xff\xfe", b"\n\n", b"--=_teil_1\n", b"=?")
            )
        found = bounces.read(bytes(raw))
        assert found is None or not any(
            {"\0", "\n", "\r"} & set(each) for each in (*found.recipients, *found.message_ids)
        )
