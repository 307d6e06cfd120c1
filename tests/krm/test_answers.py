"""Which words of a reply are the instruction and which the answer letter (conversation.md, The team lead)."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from krm.answers import NOTHING, Handed, handed_in, hints_on, letter_of, parted
from store.case import Mark, Said
from store.steps import CannotApply
from tests.store.making import MONDAY, case

DOCUMENTS = Path(__file__).parent.parent / "documents"
LETTER = "Sehr geehrte Frau Muster,\n\nes tut uns leid, dass Sie warten mussten."


def mail(*files: str, **named: str) -> bytes:
    message = EmailMessage()
    message.set_content("Antwort")
    for name, file in {**{f: f for f in files}, **named}.items():
        content = (DOCUMENTS / file).read_bytes()
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


@pytest.mark.parametrize(
    "begin",
    ["Antwort\n\n", "Antwort:\n", "antwort\n", "Antwortschreiben:\n", "Antwort unten:\n", "Antwort: ", "  Antwort  \n"],
)
def test_the_letter_begins_below_the_word(begin: str) -> None:
    assert parted(f"übernommen\n{begin}{LETTER}") == ("übernommen\nAntwort", LETTER)


@pytest.mark.parametrize(
    "text",
    [
        "Antwortweg: E-Mail",
        "keine Antwort nötig: geklärt",
        "Notiz: Die Antwort kommt morgen.",
        "Antwort kommt morgen",
        "übernommen",
        "",
    ],
)
def test_other_lines_with_the_word_begin_no_letter(text: str) -> None:
    assert parted(text) == (text, "")


def test_only_the_first_word_parts_the_letter() -> None:
    letter = f"{LETTER}\n\nAntwort\n\nBitte rufen Sie an."

    assert parted(f"Antwort\n{letter}") == ("Antwort", letter)


def test_the_text_is_the_letter_where_no_file_is() -> None:
    assert handed_in(LETTER, mail()) == Handed(LETTER, "")


@pytest.mark.parametrize("file", ["letter.pdf", "letter.docx", "letter.odt"])
def test_the_file_is_the_letter_before_the_text(file: str) -> None:
    found = handed_in("Hier ist der Brief, bitte schauen Sie darüber.", mail(file))

    assert found.file == file
    assert "vielen Dank für Ihre offenen Worte" in " ".join(found.text.split())


def test_of_several_files_the_one_named_so_is_the_letter() -> None:
    raw = mail(**{"Antwort Muster.docx": "letter.docx", "Anlage.odt": "letter.odt"})

    assert handed_in("", raw).file == "Antwort Muster.docx"


@pytest.mark.parametrize(
    ("text", "files", "why"),
    [
        ("", (), "fehlt das Schreiben"),
        ("Bitte freigeben", (), "fehlt das Schreiben"),
        ("Mit freundlichen Grüßen\nOlaf Brandt\nTeamleitung", (), "fehlt das Schreiben"),
        ("", ("scan.pdf",), "Scan"),
        ("", ("password.pdf",), "Kennwort"),
        ("", ("letter.doc",), "DOC"),
        ("", ("letter.docx", "letter.pdf"), "Welche Datei"),
        ("x" * 100_001, (), "zu lang"),
    ],
)
def test_where_no_letter_can_be_read_the_reason_is_said(text: str, files: tuple[str, ...], why: str) -> None:
    with pytest.raises(CannotApply, match=why):
        handed_in(text, mail(*files))


def test_a_letter_in_the_text_counts_beside_a_scan() -> None:
    assert handed_in(LETTER, mail("scan.pdf")) == Handed(LETTER, "")


def test_hints_are_on_the_letter_of_that_mail() -> None:
    plain = Mark(
        Said.ANSWER, MONDAY, "tl-515", 1, 7, text="Hinsichtlich Ihrer Anfrage wurde seitens der BG entschieden."
    )
    of = case(marks=(plain, Mark(Said.ANSWER, MONDAY, "tl-515", 1, 8, text=LETTER)))

    assert letter_of(of, 7) == plain
    assert any("Hinsichtlich" in h["sentence"] and h["better"] for h in hints_on(of, 7))
    assert not any("Hinsichtlich" in h["sentence"] for h in hints_on(of, 8))
    assert hints_on(of, 9) == []


def test_without_the_word_there_is_nothing() -> None:
    assert Handed("", "") == NOTHING
