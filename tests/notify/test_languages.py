"""A paragraph in the writer's own language: only where we are sure of it, and saying no more than the German does."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from notify.languages import PARAGRAPHS, detect, direction, heading, languages, paragraph

ROOT = Path(__file__).parents[2]
SEVEN = ("en", "uk", "ru", "tr", "ar", "pl", "fa")
ISOLATED = re.compile("\u2066[^\u2066\u2069]+\u2069")
MACHINES = {"b-216", "t02-088"}
"""Bounces of foreign mail servers that the corpus counts as German: English, and never answered."""


@dataclass(frozen=True, slots=True)
class Mail:
    id: str
    lang: str
    text: str


def read(file: Path) -> list[Mail]:
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [Mail(r.get("id", str(i)), r["lang"], r.get("text") or r["body"]) for i, r in enumerate(rows, 1)]


WRITTEN = read(Path(__file__).with_name("languages.jsonl"))


@pytest.fixture(scope="module")
def corpus() -> list[Mail]:
    return [mail for file in sorted((ROOT / "classify" / "corpus").glob("*.jsonl")) for mail in read(file)]


def long(text: str) -> bool:
    return len(text.split()) >= 6


def said(language: str, letter: str = "acknowledgement", **known: str) -> str:
    told = {"number": "KRM-2026-0042", "day": "23.12.2026", "telephone": "0381 5550-192"} | known
    return paragraph(language, letter, **told)


def test_the_written_mails_are_enough() -> None:
    count = Counter(mail.lang for mail in WRITTEN)

    assert all(count[language] >= 25 for language in SEVEN)
    assert count["de"] >= 60


@pytest.mark.parametrize("mail", [m for m in WRITTEN if m.lang in SEVEN], ids=lambda m: f"{m.lang}-{m.id}")
def test_a_mail_in_one_of_the_seven_languages_is_recognised(mail: Mail) -> None:
    assert detect(mail.text) == mail.lang


@pytest.mark.parametrize("mail", [m for m in WRITTEN if m.lang == "de"], ids=lambda m: m.id)
def test_a_german_mail_gets_no_paragraph_whatever_stands_around_it(mail: Mail) -> None:
    assert detect(mail.text) == ""


@pytest.mark.parametrize("mail", [m for m in WRITTEN if m.lang == "other"], ids=lambda m: m.id)
def test_a_mixed_mail_and_one_in_a_language_we_do_not_write_get_none(mail: Mail) -> None:
    assert detect(mail.text) == ""


@pytest.mark.parametrize("language", ["en", "uk", "ru", "tr"])
def test_of_the_corpus_nearly_every_foreign_mail_is_recognised(language: str, corpus: list[Mail]) -> None:
    mails = [mail for mail in corpus if mail.lang == language and long(mail.text)]
    missed = [mail.id for mail in mails if detect(mail.text) != language]

    assert len(missed) <= 0.05 * len(mails), missed


def test_of_the_corpus_no_foreign_mail_is_taken_for_another_language(corpus: list[Mail]) -> None:
    assert [m.id for m in corpus if m.lang in SEVEN and detect(m.text) not in {m.lang, ""}] == []


def test_of_the_corpus_no_german_mail_is_taken_for_a_foreign_one(corpus: list[Mail]) -> None:
    assert {mail.id for mail in corpus if mail.lang == "de" and detect(mail.text)} <= MACHINES


@pytest.mark.parametrize("text", ["", "\n", "a" * 100_000, "\n" * 100_000, '"' * 100_000, "\ud800 \x00", "a@" * 50_000])
def test_what_is_no_text_is_no_language(text: str) -> None:
    assert detect(text) == ""


def test_letters_in_parts_and_vowel_signs_make_no_difference() -> None:
    assert detect("Proszę, nie mogę zapłacić, bo wciąż nie ma pieniędzy") == "pl"
    assert detect("أَنَا لَا أَفْهَمُ هٰذَا القَرَارَ مِنْ فَضْلِكُم") == "ar"


def test_seven_languages_are_written() -> None:
    assert languages() == SEVEN


@pytest.mark.parametrize("language", SEVEN)
@pytest.mark.parametrize("letter", sorted(PARAGRAPHS))
def test_a_paragraph_is_two_to_four_sentences_in_its_own_language(language: str, letter: str) -> None:
    text = said(language, letter)

    assert 2 <= len(re.findall(r"\.(?: |$)", text)) <= 4
    assert "\n" not in text
    assert "{" not in text
    assert detect(text) == language


@pytest.mark.parametrize("language", SEVEN)
def test_an_acknowledgement_tells_number_day_and_telephone(language: str) -> None:
    assert all(said(language).count(known) == 1 for known in ("KRM-2026-0042", "23.12.2026", "0381 5550-192"))


@pytest.mark.parametrize("language", SEVEN)
@pytest.mark.parametrize("missing", ["number", "day", "telephone"])
def test_what_is_not_known_is_left_out_and_the_rest_stays(language: str, missing: str) -> None:
    told = {"number": "KRM-2026-0042", "day": "23.12.2026", "telephone": "0381 5550-192"}
    text = said(language, **{missing: ""})

    assert {key for key, value in told.items() if value in text} == told.keys() - {missing}


@pytest.mark.parametrize("language", SEVEN)
def test_where_nothing_is_owed_no_answer_is_promised(language: str) -> None:
    without = said(language, number="", day="", telephone="")

    assert not re.search("answer|відповід|ответ|cevap|ردّ|odpowied|پاسخ", without)
    assert not re.search(r"\d", without)


@pytest.mark.parametrize("language", SEVEN)
def test_a_hand_over_note_names_nothing_but_that_it_was_handed_over(language: str) -> None:
    assert not re.search(r"\d", said(language, "hand_over_note"))


@pytest.mark.parametrize("language", SEVEN)
@pytest.mark.parametrize("letter", sorted(PARAGRAPHS))
def test_deadlines_run_on_and_only_german_binds(language: str, letter: str) -> None:
    german = r"German|німецьк|немецк|Almanca|الألماني|niemiecki|آلمانی"

    assert "Bescheid" in said(language, letter)
    assert re.search(german, said(language, letter))


def test_a_letter_without_such_a_paragraph_is_an_error() -> None:
    with pytest.raises(KeyError):
        said("en", "digest")


def test_without_a_language_there_is_no_paragraph() -> None:
    assert said("") == heading("") == said("de") == ""
    assert direction("") == "ltr"


def test_arabic_and_farsi_run_from_right_to_left() -> None:
    assert [language for language in SEVEN if direction(language) == "rtl"] == ["ar", "fa"]


@pytest.mark.parametrize("letter", sorted(PARAGRAPHS))
@pytest.mark.parametrize("language", ["ar", "fa"])
def test_inside_a_text_from_right_to_left_latin_and_numbers_stand_isolated(language: str, letter: str) -> None:
    text = said(language, letter)

    assert not re.search("[A-Za-z0-9]", ISOLATED.sub("", text))
    assert "\u2066" in text


@pytest.mark.parametrize("language", ["en", "uk", "ru", "tr", "pl"])
def test_a_text_from_left_to_right_needs_no_marks(language: str) -> None:
    assert not re.search("[\u2066-\u2069]", said(language))


def test_each_language_is_headed_by_its_own_name() -> None:
    assert " ".join(heading(language) for language in SEVEN) == "English Українська Русский Türkçe العربية Polski فارسی"


def test_comments_name_the_language_alone() -> None:
    lines = (ROOT / "notify" / "languages.toml").read_text("utf-8").splitlines()

    assert all(re.fullmatch(r"# [^.;:]{3,60}", line) for line in lines if line.startswith("#"))
