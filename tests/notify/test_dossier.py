"""A file on paper: chapters as they are told, and the tagged PDF they become; people's words are data, never markup."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from classify.anlage3 import shipped
from ingest.documents import File, text_of
from ingest.office import Role
from notify.case_file import Kept, Logged, Original, of_case
from notify.composing import Enclosure
from notify.dossier import CUT, LONGEST, Chapter, Dossier, Facts, Note, Part, Points, Table, Words, pdf, told
from notify.telling import Teller
from notify.workdays import Workdays
from store.case import CITIZEN, Assignment, Clock, Delivery, Dispatch, Kind, Mark, Said, Stage, State
from store.case import Note as Noted
from tests.notify.test_contact_form import tags
from tests.office import LEAD_515, OFFICE, OFFICER
from tests.store.making import MONDAY, case, confirmed, reaction

LAST = date(2026, 12, 14)
ARABIC = "مرحبا، اسمي محمد علي."


def file(*parts: Part) -> Dossier:
    return Dossier("Vorgang KRM-2026-0042", OFFICE.name, ("Aktenzeichen II-1300",), (Chapter("Nachrichten", parts),))


def printed(*parts: Part) -> str:
    return text_of(File("paper.pdf", "application/pdf", pdf(file(*parts))))


def blocks(text: str) -> list[tuple[bool, list[str]]]:
    """What the template is told of somebody's words: (from right to left, lines)."""
    ((only,),) = (c["parts"] for c in told(file(Words(text)))["chapters"])
    return [(b["rtl"], b["lines"]) for b in only["blocks"]]


def test_everything_stands_on_the_paper() -> None:
    words = printed(
        Facts((("Von", "Ольга Петренко"), ("Leer", ""))),
        Table(("Zeit", "Was"), (("23.11.2026", "angekommen"),), (1, 3)),
        Points(("Eins", "Zwei")),
        Words("Guten Tag\n  eingerückt"),
        Note("Ein Satz des Programms."),
    )

    for each in ("Aktenzeichen II-1300", "Ольга Петренко", "Zeit", "angekommen", "Zwei", "eingerückt", "Ein Satz des"):
        assert each in words
    assert "Leer" not in words


@pytest.mark.parametrize("words", ['#panic("x")', "*a* _b_ $c^2$", "= Kopf", "@ref <label>", "\\ // /* */", "#[", "]"])
@pytest.mark.parametrize("part", [Words, Note, lambda t: Points((t,)), lambda t: Facts(((t, t),))])
def test_words_are_printed_as_they_stand_and_never_read_as_a_template(words: str, part: Any) -> None:
    assert words in printed(part(words))


@pytest.mark.parametrize(
    "sign",
    ["\x00", "\x07", "\x7f", "\ud800", "✨", "1\u20e3", "👍🏽", "ስምዖን", "李", "न\u0951", "\u202e", "\ufdd0", "\ue000"],
)
def test_no_sign_keeps_a_paper_from_being_made(sign: str) -> None:
    assert "Vorher" in (words := printed(Words(f"Vorher {sign} nachher ä Я"), Facts(((sign, sign),))))
    assert "nachher ä Я" in words


def test_a_long_mail_goes_on_over_as_many_pages_as_it_needs() -> None:
    lines = [f"Zeile {n}" for n in range(300)]

    assert blocks("\n".join(lines)) == [(False, lines)]
    with pikepdf.open(BytesIO(pdf(file(Words("\n".join(lines)))))) as document:
        assert len(document.pages) > 3


def test_a_long_word_may_be_broken_and_is_read_again_whole() -> None:
    url = "https://mail.example/" + "a" * 200

    ((_, (line,)),) = blocks(url)

    assert line.replace("\u200b", "") == url
    assert max(map(len, line.split("\u200b"))) <= 25


def test_each_line_runs_as_its_first_letter_does() -> None:
    assert blocks(f"Guten Tag\n{ARABIC}\n(14)\nKRM {ARABIC}\n123") == [
        (False, ["Guten Tag"]),
        (True, [ARABIC, "(14)"]),
        (False, [f"KRM {ARABIC}", "123"]),
    ]


def test_what_is_very_long_is_cut_and_that_is_said() -> None:
    whole = told(file(Words("x " * LONGEST)))["chapters"][0]["parts"][0]

    assert sum(len(line.replace("\u200b", "")) for b in whole["blocks"] for line in b["lines"]) == LONGEST
    assert whole["cut"] == CUT


def elements(paper: bytes) -> Iterator[str]:
    with pikepdf.open(BytesIO(paper)) as document:
        yield from tags(document.Root.StructTreeRoot)


def test_the_paper_is_tagged() -> None:
    """PDF/UA-1: marked, a language, a title shown; headings, lists and tables are what they are."""
    paper = pdf(file(Points(("Eins",)), Table(("Zeit",), (("heute",),), (1,)), Words(ARABIC)))

    with pikepdf.open(BytesIO(paper)) as document:
        root = document.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang).startswith("de")
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(document.docinfo.Title) == "Vorgang KRM-2026-0042"
        assert str(root.Outlines.First.Title) == "Vorgang KRM-2026-0042"
        assert not {"/CreationDate", "/ModDate"} & set(document.docinfo)  # the same words give the same bytes
        assert document.check_pdf_syntax() == []
    assert {"/H1", "/H2", "/L", "/LI", "/Table", "/TH", "/TD", "/P"} <= set(elements(paper))


# --- a Case ---

TELLER = Teller(replace(OFFICE, file_reference="II-1300"), shipped(), Workdays())
RECORDED = case(
    replace(confirmed(reaction(1, "Ich habe gewartet."), unit="515"), acknowledged=MONDAY + timedelta(hours=3)),
    reaction(2, "Ich habe gewartet.", kind=Kind.DUPLICATE),
    state=State.CLOSED,
    assignments=(Assignment("515", LEAD_515.id, MONDAY), Assignment("999", "gone", MONDAY, part=True)),
    clocks=(Clock("superior", date(2026, 12, 10), MONDAY),),
    stages=(Stage(2, MONDAY, OFFICER.id),),
    notes=(Noted(MONDAY, OFFICER.id, "rief an"),),
    marks=(
        Mark(Said.NOT_MEANT, MONDAY, OFFICER.id, 1, 3, about=LEAD_515.id),
        Mark(Said.POSTED, MONDAY, OFFICER.id, 1, 4, day=MONDAY.date(), about="interim_notice"),
        Mark(Said.CLOSED, MONDAY, OFFICER.id, 1, 5, text="fertig"),
    ),
    dispatches=(
        Dispatch(1, "E-7K2F", "acknowledgement", "1", CITIZEN, Delivery.SENT, MONDAY, returned=True),
        Dispatch(2, "E-7K2F", "receipt", "3", OFFICER.id, Delivery.SENT, MONDAY),
        Dispatch(3, "E-7K2F", "assignment", "1", LEAD_515.id, Delivery.SENT, MONDAY),
        Dispatch(4, "E-7K2F", "registration", "closing 1", OFFICE.front_office.id, Delivery.PLANNED),
    ),
)
KEPT = Kept(
    (
        Logged(MONDAY, Role.MACHINE, "opened", refs=("mail:1",)),
        Logged(MONDAY, Role.OFFICER, "something-new", "officer"),
    ),
    {1: "Vielen Dank für Ihre Nachricht."},
    (Original(1, Enclosure("Nachricht-1.eml", "application/octet-stream", b""), MONDAY),),
)


def chapter(title: str, of: Dossier) -> Chapter:
    return next(c for c in of.chapters if c.title.startswith(title))


def rows(title: str, of: Dossier) -> tuple[tuple[str, ...], ...]:
    (table,) = (p for p in chapter(title, of).parts if isinstance(p, Table))
    return table.rows


WHOLE = of_case(RECORDED, KEPT, TELLER, LAST)


def test_a_case_begins_with_its_number_reference_and_day() -> None:
    assert (WHOLE.title, WHOLE.office) == (f"Vorgang {RECORDED.shown_id}", OFFICE.name)
    assert WHOLE.lines == ("Aktenzeichen II-1300", "Stand: 14. Dezember 2026")


def test_a_duplicate_is_named_and_its_words_are_not_printed_twice() -> None:
    words = [p.text for c in WHOLE.chapters for p in c.parts if isinstance(p, Words)]

    assert words.count("Ich habe gewartet.") == 1
    assert chapter("2. dieselbe Nachricht noch einmal", WHOLE)


def test_letters_to_the_citizen_have_their_way_and_what_became_of_them() -> None:
    assert [r[1:] for r in rows("Schreiben an die", WHOLE)] == [
        ("Eingangsbestätigung", "E-Mail", "kam zurück"),
        ("Zwischeninformation", "Post", f"versandt am Mo 23.11.2026, vermerkt von {OFFICER.name}"),
    ]
    assert chapter("Eingangsbestätigung, ", WHOLE).parts == (Words("Vielen Dank für Ihre Nachricht."),)


def test_letters_in_the_house_are_those_that_went_without_the_talk_of_replies() -> None:
    assert [r[1:] for r in rows("Schreiben im Haus", WHOLE)] == [("Zuweisung", LEAD_515.name, "gesendet")]


def test_whoever_left_and_what_is_unknown_is_shown_as_it_is_kept() -> None:
    assert rows("Wer es bearbeitete", WHOLE)[1][1:] == ("999", "gone", "ein Teil des Anliegens")
    assert [r[1:3] for r in rows("Protokoll", WHOLE)] == [
        ("Programm", "Eingang aufgenommen"),
        (f"KRM-Beauftragte/r, {OFFICER.name}", "something-new"),
    ]


def test_whom_a_complaint_is_thought_to_name_is_nowhere() -> None:
    said = rows("Was im Haus geschah", WHOLE)

    assert [r[2].partition(",")[0].partition(":")[0] for r in said] == ["per Post versandt", "abgeschlossen"]


def test_an_intake_nobody_decided_is_a_file_too() -> None:
    bare = of_case(case(reaction(1, "Ich warte.")), Kept(), TELLER, LAST)

    assert [c.title for c in bare.chapters if not c.within] == ["Überblick", "Nachrichten", "Fristen"]
    assert pdf(bare)
