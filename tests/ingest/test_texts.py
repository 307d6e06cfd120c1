"""One text part: what stands in it, whatever its fields claim."""

import base64
from email import message_from_bytes

import pytest

from ingest.texts import content, of_calendar

CODED = base64.encodebytes("Für Sie: Grüße aus der Hafenstraße, wie immer mit freundlichen Worten am Ende.\n".encode())

PARTS = {
    "8bit": (b"Content-Transfer-Encoding: 8bit", "für".encode(), "für", ()),
    "7bit that is 8bit": (b"Content-Transfer-Encoding: 7bit", "für".encode(), "für", ()),
    "quoted-printable": (b"Content-Transfer-Encoding: quoted-printable", b"f=C3=BCr =\nSie", "für Sie", ()),
    "with comment and capitals": (b"Content-Transfer-Encoding: Quoted-Printable (x)", b"f=C3=BCr", "für", ()),
    "in quotes": (b'Content-Transfer-Encoding: "base64"', b"ZsO8cg==", "für", ()),
    "unknown": (b"Content-Transfer-Encoding: x-none", "für".encode(), "für", ("transfer-encoding",)),
    "base64 that is plain": (
        b"Content-Transfer-Encoding: base64",
        b"Guten Tag, ich warte noch.",
        "Guten Tag, ich warte noch.",
        ("transfer-encoding",),
    ),
    "base64 without padding": (b"Content-Transfer-Encoding: base64", b"ZsO8cg", "für", ("transfer-encoding",)),
    "unknown charset": (b"Content-Type: text/plain; charset=x-none", "für".encode(), "für", ("charset",)),
    "charset in a page": (
        b"Content-Type: text/html",
        '<meta charset="windows-1252"><p>für 5 €'.encode("cp1252"),
        '<meta charset="windows-1252"><p>für 5 €',
        (),
    ),
    "flowed": (b"Content-Type: text/plain; format=flowed", b"a \nb", "a b", ()),
    "flowed in capitals with delsp": (b"Content-Type: text/plain; format=Flowed; delsp=YES", b"a \nb", "ab", ()),
    "flowed claimed by HTML": (b"Content-Type: text/html; format=flowed", b"a \nb", "a \nb", ()),
    "NUL and CRLF": (b"Content-Type: text/plain", b"a\0b\r\nc", "ab\nc", ()),
}


@pytest.mark.parametrize(("fields", "data", "text", "defects"), PARTS.values(), ids=PARTS.keys())
def test_a_part_is_read(fields: bytes, data: bytes, text: str, defects: tuple[str, ...]) -> None:
    assert content(message_from_bytes(fields + b"\n\n" + data)) == (text, defects)


def test_a_footer_hung_below_base64_does_not_harm_it() -> None:
    part = message_from_bytes(b"Content-Transfer-Encoding: base64\n\n" + CODED + b"-- \nListe der Betreuer im Kreis\n")
    text, defects = content(part)
    assert "Grüße aus der Hafenstraße" in text
    assert "Liste der Betreuer" in text
    assert defects == ("transfer-encoding",)


def test_a_calendar_entry_is_told_in_words() -> None:
    said = "SUMMARY:Gespräch\\, Raum 2\nDESCRIPTION;LANGUAGE=de:Bitte\n  pünktlich\\nDanke\n"
    entry = f"BEGIN:VEVENT\nDTSTART:20261120T100000Z\n{said}"
    assert of_calendar(entry) == "Gespräch, Raum 2\nBitte pünktlich\nDanke"
