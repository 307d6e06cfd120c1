"""Lines of a page back to text: a line end that was meant stays, one that the page's width made goes."""

import pytest

from ingest.documents.lines import Line, flowing
from ingest.documents.paragraphs import numeral

FULL = "Dieses Schreiben hat eine Zeile, die bis an den Rand des Blattes reicht"


def page(*lines: str | float, number: int = 0, size: float = 11) -> list[Line]:
    """Lines 13 points apart; a number between two is further space in points."""
    found: list[Line] = []
    y = 700.0
    for line in lines:
        if isinstance(line, str):
            found.append(Line(line, number, y, size))
            y -= 13
        else:
            y -= line
    return found


JOINED = {
    "a full line": ((FULL, "und weiter."), f"{FULL} und weiter."),
    "more space": ((FULL, 8, "und weiter."), f"{FULL}\n\nund weiter."),
    "a line that ends early": ((FULL, "Frau", "Erika Muster"), f"{FULL} Frau\nErika Muster"),
    "a word parted": ((FULL + " Bear-", "beitung dauert."), f"{FULL} Bearbeitung dauert."),
    "a word parted by a soft hyphen": ((FULL + " Bear\xad", "beitung dauert."), f"{FULL} Bearbeitung dauert."),
    "a hyphen that waits for its second half": (
        (FULL + " Vor-", "und Nachmittag."),
        f"{FULL} Vor- und Nachmittag.",
    ),
    "a hyphen before a name": ((FULL + " Jobcenter-", "Leitung hilft."), f"{FULL} Jobcenter-Leitung hilft."),
    "a number parted": ((FULL + " KRM-2026-", "0042 an."), f"{FULL} KRM-2026-0042 an."),
    "a dash at the end": ((FULL + " –", "und weiter."), f"{FULL} – und weiter."),
    "bullets": ((FULL, "• eins", "• zwei"), f"{FULL}\n• eins\n• zwei"),
    "numbers after a full stop": ((FULL + ":", "1. eins", "2. zwei"), f"{FULL}:\n1. eins\n2. zwei"),
    "a date in the middle of a sentence": ((FULL + " am", "1. Dezember 2026."), f"{FULL} am 1. Dezember 2026."),
    "a ligature": ((FULL, "ﬁndet ﬂeißig"), f"{FULL} findet fleißig"),
    "a column beside": (
        ("Telefon", -26.0, "Frau"),
        "Telefon\n\nFrau",
    ),
}


@pytest.mark.parametrize(("lines", "text"), JOINED.values(), ids=JOINED.keys())
def test_two_lines_are_joined_as_they_were_written(lines: tuple[str | float, ...], text: str) -> None:
    assert flowing(page(*lines, 30, FULL, FULL)) == f"{text}\n\n{FULL} {FULL}"


def test_a_sentence_goes_on_over_the_page() -> None:
    first, second = page(FULL, FULL), page("und so geht es weiter bis hierher.", number=1)

    assert flowing(first + second) == f"{FULL} {FULL} und so geht es weiter bis hierher."


def test_a_sentence_that_ended_on_its_page_ends_its_paragraph() -> None:
    assert flowing(page(FULL + ".") + page("Weiter.", number=1)) == f"{FULL}.\n\nWeiter."


def test_a_heading_in_larger_type_is_a_paragraph() -> None:
    assert flowing(page(FULL, size=16) + page(FULL)) == f"{FULL}\n\n{FULL}"


def test_no_lines_are_no_text() -> None:
    assert flowing([]) == ""


def test_a_letter_in_double_spacing_keeps_its_paragraphs_whole() -> None:
    lines = [Line(FULL, 0, 700 - 26.0 * at, 11) for at in range(4)]

    assert flowing(lines) == " ".join([FULL] * 4)


@pytest.mark.parametrize(
    ("number", "style", "text"),
    [
        (3, "1", "3"),
        (3, "a", "c"),
        (26, "A", "Z"),
        (27, "a", "27"),
        (4, "i", "iv"),
        (39, "I", "XXXIX"),
        (40, "i", "40"),
    ],
)
def test_an_item_is_numbered_as_its_list_wants(number: int, style: str, text: str) -> None:
    assert numeral(number, style) == text
