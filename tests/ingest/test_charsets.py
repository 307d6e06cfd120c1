"""Declared charset, UTF-8, windows-1252, Latin-1: no letter is lost where it can be told."""

import pytest

from ingest.charsets import clean, decode, line, of_html

WINDOWS = "563 € – „Bescheid“ für Sie"

LADDER = {
    "declared and true": ("für".encode(), "utf-8", "für", True),
    "declared under a common alias": ("für".encode(), "UTF8", "für", True),
    "declared in quotes": ("für".encode(), "'utf-8'", "für", True),
    "plain ASCII under anything": (b"Hallo", "x-unknown", "Hallo", True),
    "windows bytes as iso-8859-1": (WINDOWS.encode("cp1252"), "iso-8859-1", WINDOWS, True),
    "windows bytes as us-ascii": (WINDOWS.encode("cp1252"), "us-ascii", WINDOWS, False),
    "windows bytes undeclared": (WINDOWS.encode("cp1252"), "", WINDOWS, False),
    "UTF-8 undeclared": (WINDOWS.encode(), "", WINDOWS, True),
    "UTF-8 as iso-8859-1": (WINDOWS.encode(), "iso-8859-1", WINDOWS, False),
    "UTF-8 under an unknown name": (WINDOWS.encode(), "x-none", WINDOWS, False),
    "Latin-1 as UTF-8": ("Grüße".encode("latin-1"), "utf-8", "Grüße", False),
    "bytes windows-1252 does not know": (b"gr\xfcn\x81", "iso-8859-1", "grün\x81", True),
    "UTF-8 cut inside a letter": ("für Grüße, grün".encode()[:-2], "utf-8", "für Grüße, gr\ufffd", False),
    "Cyrillic": ("Жалоба".encode("koi8-r"), "koi8-r", "Жалоба", True),
    "Chinese under the old name": ("您好".encode("gb18030"), "gb2312", "您好", True),
    "Japanese with escapes": ("お礼".encode("iso-2022-jp"), "iso-2022-jp", "お礼", True),
    "UTF-7": ("für".encode("utf-7"), "utf-7", "für", True),
    "UTF-16": ("für".encode("utf-16"), "utf-16", "für", True),
    "ASCII that claims to be UTF-16": (b"Hallo!", "utf-16", "Hallo!", True),
    "a codec that is no charset": (b"Hallo \xfc", "rot13", "Hallo ü", False),
    "a codec that takes quadratic time": ("für".encode(), "punycode", "für", False),
    "a name with a NUL": ("für".encode(), "utf\x008", "für", False),
}


@pytest.mark.parametrize(("data", "declared", "text", "held"), LADDER.values(), ids=LADDER.keys())
def test_bytes_are_read_as_what_they_are(data: bytes, declared: str, text: str, held: bool) -> None:
    assert decode(data, declared) == (text, held)


CLEAN = {
    "NUL": ("a\0b", "ab"),
    "line ends": ("a\r\nb\rc\nd", "a\nb\nc\nd"),
    "half an emoji": ("a\ud83db", "a\ufffdb"),
    "byte order mark": ("\ufeffok", "ok"),
    "escape and bell": ("a\x1b\x07b", "ab"),
    "tab and emoji stay": ("a\t👍🏽", "a\t👍🏽"),
}


@pytest.mark.parametrize(("text", "expected"), CLEAN.values(), ids=CLEAN.keys())
def test_a_text_is_cleaned_of_what_breaks_a_database(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_a_line_shows_its_letters_in_the_order_they_stand() -> None:
    assert line("Rechnung\u202efdp.exe\r\nBcc: x") == "Rechnungfdp.exe Bcc: x"


def test_a_page_names_its_own_charset() -> None:
    assert of_html(b'<html><head><meta http-equiv=x content="text/html; charset=windows-1252">') == "windows-1252"
    assert of_html(b"<p>Hallo</p>") == ""
