"""The acknowledgement: what it must and must not contain (rules.md, Data protection and law), in plain language."""

import re
from dataclasses import fields, replace
from datetime import date

import pytest

from classify import anlage3
from notify.contexts import Acknowledgement
from notify.letters import write
from tests.notify.reading_letters import CASES, CITIZENS, LETTERS, SAMPLES, ours, plain, seen

ACKNOWLEDGEMENTS = tuple(case for case in CASES if SAMPLES[case].LETTER == "acknowledgement")
OWED = "acknowledgement-answer-owed"
MUST = {
    "date of arrival": "11. Dezember 2026",
    "Case number": "KRM-2026-0042",
    "date of the answer": "Mittwoch, 23. Dezember 2026",
    "contact person": "Sabine Meier",
    "telephone": "0381 555-0142",
    "way of the answer": "per Post",
    "no decision": "Diese Bestätigung entscheidet nichts; Fristen in einem Bescheid laufen weiter.",
    "emergency call": "112",
    "doctor on call": "116 117",
    "first helpline": "0800 111 0 111",
    "second helpline": "0800 111 0 222",
    "third helpline": "116 123",
    "machine's share": "mit technischer Hilfe erstellt",
    "privacy notice": "https://jobcenter-musterstadt.example/datenschutz",
}
NEVER = ("BG-Nummer", "Kundennummer", "Geburts", "Leistung", "Krank", "berechtigt", "bedauern", "Entschuldigung")


class TestAcknowledgement:
    @pytest.mark.parametrize(("what", "words"), MUST.items())
    def test_it_contains_what_the_rules_demand(self, what: str, words: str) -> None:
        assert plain(words) in plain(LETTERS[OWED].text), what
        assert plain(words) in seen(LETTERS[OWED]), what

    @pytest.mark.parametrize("case", ACKNOWLEDGEMENTS)
    def test_its_subject_is_neutral(self, case: str) -> None:
        told = SAMPLES[case]
        assert isinstance(told, Acknowledgement)
        assert LETTERS[case].subject == f"Eingangsbestätigung {told.number}"

    @pytest.mark.parametrize("case", ACKNOWLEDGEMENTS)
    def test_it_names_no_type_and_no_category(self, case: str) -> None:
        form = anlage3.load()
        names = {n.name for n in (*form.types, *form.categories)}
        for part in (LETTERS[case].text, seen(LETTERS[case])):
            assert not [n for n in names if re.search(rf"\b{re.escape(n)}\b", part, re.IGNORECASE)]

    @pytest.mark.parametrize("case", ACKNOWLEDGEMENTS)
    @pytest.mark.parametrize("words", NEVER)
    def test_it_contains_none_of_what_the_rules_forbid(self, case: str, words: str) -> None:
        assert words.casefold() not in seen(LETTERS[case])
        assert words.casefold() not in LETTERS[case].text.casefold()

    def test_it_cannot_hold_a_citizens_words(self) -> None:
        assert not {f.name for f in fields(Acknowledgement)} & set(CITIZENS)

    def test_praise_is_thanked_for_and_owed_no_answer(self) -> None:
        text = LETTERS["acknowledgement-thanks"].text
        assert "vielen Dank, dass Sie uns geschrieben haben" in text
        assert "bekommen eine Antwort" not in text
        assert "Die Antwort kommt" not in text

    def test_praise_the_officer_answers_names_the_day(self) -> None:
        told = SAMPLES["acknowledgement-thanks"]
        assert isinstance(told, Acknowledgement)
        letter = write(replace(told, answer_by=date(2026, 12, 18)))
        assert "bis Freitag, 18. Dezember 2026" in letter.text


ABBREVIATIONS = (
    *("BG", "KdU", "eLb", "EGV", "EinV", "AGH", "AVGS", "WBA", "HA", "VM", "RB", "MB", "BuT", "VB", "FbW", "ESG"),
    *("AuE", "SB", "pAp", "TL", "BL", "GF", "gE", "SGB", "SGG", "OWi", "AU", "ÄD", "OAW", "AG", "AN", "KRM"),
)
OFFICIALESE = (
    *("bezugnehmend", "hinsichtlich", "seitens", "anheimstell", "in Abrede", "zur Kenntnis", "Obliegenheit"),
    *("dergestalt", "mithin", "obig", "ALLEGRO", "VerBIS", "eAkte", "ADITO"),
)
WORD = re.compile(r"[^\W\d_]+(?:/[^\W\d_]+)?")


def _sentences(text: str) -> list[list[str]]:
    """Lines that end in no stop are sentences of their own; a stop behind a number is none."""
    lines = [re.sub(r"(\d)\.", r"\1", line) for line in text.splitlines()]
    parts = [s for line in lines for s in re.split(r"[.!?]+(?:\s|$)", line)]
    return [words for words in map(WORD.findall, parts) if words]


class TestPlainLanguage:
    @pytest.mark.parametrize("case", ACKNOWLEDGEMENTS)
    def test_sentences_are_short(self, case: str) -> None:
        lengths = [len(s) for s in _sentences(LETTERS[case].text)]
        assert max(lengths) <= 20
        assert sum(lengths) / len(lengths) <= 14

    @pytest.mark.parametrize("case", ACKNOWLEDGEMENTS)
    def test_the_lix_is_at_most_48(self, case: str) -> None:
        """LIX = words a sentence + percent of words over six letters; names of office and officer left out."""
        letter, _, _ = LETTERS[case].text.partition("Freundliche Grüße")
        sentences = _sentences(letter)
        words = [w for s in sentences for w in s]
        assert len(words) / len(sentences) + 100 * sum(len(w) > 6 for w in words) / len(words) <= 48

    @pytest.mark.parametrize("case", ACKNOWLEDGEMENTS)
    def test_no_abbreviation_stays_unexplained(self, case: str) -> None:
        text = LETTERS[case].text
        used = [a for a in ABBREVIATIONS if re.search(rf"\b{a}\b(?!-\d)", text)]
        assert [a for a in used if f"({a})" not in text] == []

    @pytest.mark.parametrize("case", CASES)
    def test_no_letter_speaks_officialese(self, case: str) -> None:
        said = ours(LETTERS[case])
        assert [w for w in OFFICIALESE if re.search(rf"\b{w}", said, re.IGNORECASE)] == []
