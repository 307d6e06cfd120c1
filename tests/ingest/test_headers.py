"""Header fields: unfolded, decoded, ids and dates."""

from email import message_from_bytes

import pytest

from ingest.headers import Headers, date, words

WORDS = {
    "plain": ("Beschwerde", "Beschwerde"),
    "quoted-printable": ("=?utf-8?Q?Gr=C3=BC=C3=9Fe_an_Sie?=", "Grüße an Sie"),
    "base64": ("=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"),
    "base64 without padding": ("=?UTF-8?B?R3LDvMOfZQ?=", "Grüße"),
    "words beside each other": ("=?utf-8?q?Gr=C3=BC?= =?utf-8?q?=C3=9Fe?=", "Grüße"),
    "cut inside a letter": ("=?utf-8?q?M=C3?= =?utf-8?q?=BCller?=", "Müller"),
    "two charsets": ("=?utf-8?q?=C3=BC?= =?iso-8859-1?q?=FC?=", "üü"),
    "text before and behind": ("AW: =?utf-8?q?=C3=BCber?= alles", "AW: über alles"),
    "windows bytes as iso-8859-1": ("=?iso-8859-1?q?563_=80?=", "563 €"),
    "unknown charset": ("=?x-none?q?Hallo?=", "Hallo"),
    "with language": ("=?utf-8*de?q?f=C3=BCr?=", "für"),
    "blanks inside": ("=?utf-8?q?gr=C3=BCn und gut?=", "grün und gut"),
    "question mark inside": ("=?utf-8?q?Wie geht es??=", "Wie geht es?"),
    "line break inside": ("=?utf-8?q?Hallo=0D=0ABcc:_x?=", "Hallo Bcc: x"),
    "never closed": ("=?utf-8?q?Hallo", "=?utf-8?q?Hallo"),
}


@pytest.mark.parametrize(("value", "expected"), WORDS.values(), ids=WORDS.keys())
def test_encoded_words_are_decoded(value: str, expected: str) -> None:
    assert words(value) == expected


def headers(raw: bytes) -> Headers:
    return Headers(message_from_bytes(raw))


def test_a_folded_field_is_one_line() -> None:
    assert headers(b"Received: from a\r\n\tby b;\r\n  Mon\r\n\r\n").all("received") == ("from a by b; Mon",)


def test_repeated_fields_stand_topmost_first() -> None:
    assert headers(b"Received: neu\nReceived: alt\n\n").all("Received") == ("neu", "alt")


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "cp1252"])
def test_raw_bytes_in_a_subject_are_read(encoding: str) -> None:
    assert headers("Subject: Grüße\n\n".encode(encoding)).text("Subject") == "Grüße"


def test_an_empty_subject_before_a_second_one_is_passed_over() -> None:
    assert headers(b"Subject:\nSubject: Hallo\n\n").text("subject") == "Hallo"


IDS = {
    "one": ("<a@b>", ("a@b",)),
    "several, folded and doubled": ("<a@b>\n <c@d> <a@b>", ("a@b", "c@d")),
    "without blanks": ("<a@b><c@d>", ("a@b", "c@d")),
    "without brackets": ("a@b", ("a@b",)),
    "with words of a program": ("Message of Monday <a@b>", ("a@b",)),
    "half an id": ("<a@b> <c@", ("a@b",)),
    "brackets that never close": ("<a@b<c", ("a@bc",)),
    "none": ("", ()),
}


@pytest.mark.parametrize(("value", "expected"), IDS.values(), ids=IDS.keys())
def test_message_ids_are_found(value: str, expected: tuple[str, ...]) -> None:
    assert headers(b"References: " + value.encode() + b"\n\n").ids("References") == expected


DATES = {
    "RFC 5322": ("Thu, 12 Nov 2026 09:14:00 +0100", "2026-11-12T09:14:00+01:00"),
    "MEZ": ("Thu, 12 Nov 2026 09:14:00 MEZ", "2026-11-12T09:14:00+01:00"),
    "MESZ": ("Wed, 12 Aug 2026 09:14:00 MESZ", "2026-08-12T09:14:00+02:00"),
    "CEST": ("Wed, 12 Aug 2026 09:14:00 CEST", "2026-08-12T09:14:00+02:00"),
    "German words": ("Do, 15 Okt 2026 09:14:00 +0200", "2026-10-15T09:14:00+02:00"),
    "with comment": ("Thu, 12 Nov 2026 09:14:00 +0100 (Mitteleuropäische Zeit)", "2026-11-12T09:14:00+01:00"),
    "unknown local zone": ("Thu, 12 Nov 2026 09:14:00 -0000", "2026-11-12T09:14:00+00:00"),
    "without weekday": ("12 Nov 2026 09:14:00 GMT", "2026-11-12T09:14:00+00:00"),
}


@pytest.mark.parametrize(("value", "expected"), DATES.values(), ids=DATES.keys())
def test_a_date_is_aware(value: str, expected: str) -> None:
    found = date(value)
    assert found is not None
    assert found.isoformat() == expected


@pytest.mark.parametrize(
    "value", ["", "(", "gestern", "99 Nov 2026 09:14:00 +0100", "Fri, 31 Dec 9999 23:59:59 -2300", "1 Jan 1 0:0 +9999"]
)
def test_what_is_no_date_is_none(value: str) -> None:
    assert date(value) is None
