"""The letters to citizens after the acknowledgement: only what rules.md allows, in plain words."""

import re
from dataclasses import fields, replace
from typing import Any

import pytest

from classify import anlage3
from notify.contexts_later import Answer, Correction, HandOverNote, InterimNotice, Invitation
from notify.letters import write
from tests.notify.reading_letters import CASES, CITIZENS, LETTERS, SAMPLES, body, plain, seen
from tests.notify.test_acknowledgement import _sentences

KINDS = {kind.LETTER: kind for kind in (InterimNotice, Answer, HandOverNote, Invitation, Correction)}
TO_CITIZENS = tuple(case for case in CASES if SAMPLES[case].LETTER in KINDS)
OUR_WORDS = tuple(case for case in TO_CITIZENS if SAMPLES[case].LETTER != "answer")
"""An answer decides, and its words are the team lead's."""
NEVER = ("BG-Nummer", "Kundennummer", "Geburts", "Leistung", "Krank", "berechtigt", "bedauern", "Entschuldigung")
ON_VALIDITY = ("verspätet", "unzulässig", "Form", "fristgerecht", "wirksam", "gültig", "Widerspruch", "noch einmal")
"""What a hand-over note keeps silent about, "you need not send it again" included (GA 3.1.6)."""


def _told(case: str) -> Any:
    return SAMPLES[case]


class TestWhatTheyHold:
    @pytest.mark.parametrize("case", TO_CITIZENS)
    def test_each_names_the_contact_the_privacy_notice_and_the_machines_share(self, case: str) -> None:
        told = _told(case)
        for said in (told.contact_name, told.contact_telephone, told.privacy_url, "mit technischer Hilfe erstellt"):
            assert plain(said) in plain(LETTERS[case].text)
            assert plain(said) in seen(LETTERS[case])

    @pytest.mark.parametrize("case", OUR_WORDS)
    def test_each_says_that_it_decides_nothing(self, case: str) -> None:
        words = r"Diese \w+ entscheidet nichts; Fristen in einem Bescheid laufen weiter\."
        assert re.search(words, LETTERS[case].text)
        assert re.search(words, body(LETTERS[case]).text_content())

    @pytest.mark.parametrize("case", TO_CITIZENS)
    def test_the_subject_says_what_it_is_and_the_number_alone(self, case: str) -> None:
        names = {
            "interim_notice": "Zwischeninformation",
            "answer": "Antwort auf Ihre Nachricht",
            "hand_over_note": "Weitergabe Ihrer Nachricht",
            "invitation": "Einladung zu einem Gespräch",
            "correction": "Richtigstellung",
        }
        told = _told(case)
        assert LETTERS[case].subject == f"{names[told.LETTER]} {told.number}".strip()

    @pytest.mark.parametrize("case", OUR_WORDS)
    def test_none_names_a_type_or_a_category_or_what_the_rules_forbid(self, case: str) -> None:
        form = anlage3.load()
        names = (*(n.name for n in (*form.types, *form.categories)), *NEVER)
        said = LETTERS[case].text + seen(LETTERS[case])
        assert not [n for n in names if re.search(rf"\b{re.escape(n)}\b", said, re.IGNORECASE)]

    @pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
    def test_none_can_hold_a_citizens_words(self, kind: type[Any]) -> None:
        """`text` is the officer's or the team lead's."""
        assert not {f.name for f in fields(kind)} & (set(CITIZENS) - {"text"})

    @pytest.mark.parametrize("case", [c for c in TO_CITIZENS if c.startswith("hand_over_note")])
    def test_a_hand_over_note_says_nothing_on_form_or_validity(self, case: str) -> None:
        letter = write(replace(_told(case), foreign=None))
        for said in (letter.text, seen(letter)):
            assert not [w for w in ON_VALIDITY if re.search(rf"\b{w}", said, re.IGNORECASE)]


class TestTheAnswer:
    def test_its_words_are_printed_as_written(self) -> None:
        assert LETTERS["answer-by-mail"].text.startswith(_told("answer-by-mail").text)

    def test_attached_it_is_only_pointed_to(self) -> None:
        assert "hängt an dieser E-Mail: Antwort.pdf" in LETTERS["answer-attached"].text


class TestTheWritersLanguage:
    def test_it_comes_after_the_german_letter_with_its_language_and_direction(self) -> None:
        letter = LETTERS["hand_over_note-whole"]
        part = body(letter).find(".//div[@lang='ar']")
        assert part.get("dir") == "rtl"
        assert letter.text.index("Freundliche Grüße") < letter.text.index("العربية")

    @pytest.mark.parametrize("case", ["acknowledgement-answer-owed", "hand_over_note-part"])
    def test_german_is_written_without_it(self, case: str) -> None:
        assert body(LETTERS[case]).find(".//div[@lang]") is None
        assert "-----" not in LETTERS[case].text


class TestPlainWords:
    @pytest.mark.parametrize("case", OUR_WORDS)
    def test_sentences_are_short(self, case: str) -> None:
        told = _told(case)
        letter = write(replace(told, foreign=None)) if hasattr(told, "foreign") else LETTERS[case]
        lengths = [len(s) for s in _sentences(letter.text)]
        assert max(lengths) <= 20
        assert sum(lengths) / len(lengths) <= 14
