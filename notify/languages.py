"""A short paragraph in the writer's own language beside our German letter, and how sure we must be of that language.

A wrong language is worse than none: `detect` weighs words, letters and endings (languages.toml) of the languages we
write against each other, against German and against three dozen others. Codes are the tags of `lang=` too (RFC 5646).
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).with_name("languages.toml")
PARAGRAPHS = {
    "acknowledgement": ("received", "deadlines", "binding", "call"),
    "hand_over_note": ("passed_on", "deadlines", "binding"),
}
"""Letter -> its sentences, in order."""

FEWEST_WORDS = 5
FEWEST_HITS = 3
"""Different words that must speak for the language."""
COVERED = 0.5
"""Part of the language's usual density that the text must reach."""
AHEAD = 3.0
"""How many times more must speak for the language than for any other, German included."""
OPENING = 8
"""Words of the beginning that must not be German: else the rest is a forward, a quotation or a disclaimer."""
LONGEST = 10_000
"""Characters that are looked at."""

SIGNATURE = re.compile(r"^--[ \t]*$.*", re.MULTILINE | re.DOTALL)
QUOTED_LINE = re.compile(r"^>.*$", re.MULTILINE)
HEADER = re.compile(
    r"^[ \t*]{0,9}(from|sent|date|to|cc|subject|von|gesendet|datum|an|betreff|-{3,}.{1,40}-{3,})(:.*|)$",
    re.MULTILINE | re.IGNORECASE,
)
TELEPHONE = re.compile(
    r"^[^\w\n]{0,9}(sent from|gesendet (von|mit)|von meinem|get outlook|отправлено|надіслано|wysłane|أرسلت|ارسال).*$",
    re.MULTILINE | re.IGNORECASE,
)
POLITE = re.compile(
    r"^[ \t]{0,9}(sehr geehrte|liebe[rs]? (damen|frau|herr)|guten (tag|morgen|abend)|mit freundlichen gr)"
    r"[^\n,!.]{0,50}([,!.]|$)",
    re.MULTILINE | re.IGNORECASE,
)
"""German greetings that people learn before they learn German."""
ADDRESS = re.compile(r"[^\s@]{1,99}@\S{1,99}|(?:https?://|www\.)\S+", re.IGNORECASE)
SAID = re.compile(r"[„“\"][^„“”\"\n]{1,300}[“”\"]|«[^«»\n]{1,300}»")
NOT_THEIRS = (SIGNATURE, QUOTED_LINE, HEADER, TELEPHONE, POLITE, ADDRESS, SAID)
"""What stands in a mail and is not its writer's language."""

WORD = re.compile(r"[^\W\d_]+")
MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670]")
"""Accents that stand alone, Arabic vowel signs, the Arabic stroke that lengthens a word."""
VARIANTS = {"ł": "l", "ı": "i", "đ": "d", "ø": "o", "ß": "ss", "ё": "е"} | dict(zip("أإآٱىيك", "ااااییک", strict=True))
LATIN = range(0x00E0, 0x0250)
LEFT_TO_RIGHT, END = "\u2066", "\u2069"
"""LRI and PDI (UAX #9): numbers and dates stay readable inside a text from right to left."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """What we say in a language: sentence -> its wordings, the first that has all it names is used."""

    name: str
    direction: str
    says: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for which languages. `density`: language -> the usual part of a text's words that do."""

    words: Mapping[str, frozenset[str]]
    letters: Mapping[str, frozenset[str]]
    shapes: tuple[tuple[str, re.Pattern[str]], ...]
    density: Mapping[str, float]

    def languages(self, word: str) -> frozenset[str]:
        """The codes of the languages that a word in small letters speaks for."""
        plain = _fold(word)
        by_letter = (self.letters[letter] for letter in set(word) & self.letters.keys())
        by_shape = {code for code, shape in self.shapes if shape.fullmatch(plain)}
        return self.words.get(plain, frozenset()).union(by_shape, *by_letter)


def detect(text: str) -> str:
    """The writer's language: a code of `languages()`, or "" for German, mixed, too short or another."""
    words = _words(text)
    if len(words) < FEWEST_WORDS:
        return ""
    hits = _hits(words)
    best = max(languages(), key=lambda code: _weight(code, hits[code]))
    return best if _sure(best, words, hits) else ""


def paragraph(language: str, letter: str, *, number: str, day: str, telephone: str) -> str:
    """Our short paragraph on one line, "" for a language we do not write; KeyError for a letter that has none.

    `day` as 23.09.2026. An empty `number`, `day` or `telephone` chooses the wording without it.
    """
    sentences = PARAGRAPHS[letter]
    if language not in languages():
        return ""
    tongue = _tongues()[language]
    told = {"number": number, "day": day, "telephone": telephone}
    known = {key: _isolated(tongue, value) for key, value in told.items() if value}
    return " ".join(_worded(tongue.says[sentence], known) for sentence in sentences)


def direction(language: str) -> str:
    """For `dir=`: "rtl" or "ltr"."""
    return _tongues()[language].direction if language in languages() else "ltr"


def heading(language: str) -> str:
    """The language's own name, "" for one we do not write."""
    return _tongues()[language].name if language in languages() else ""


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages we write besides German."""
    return tuple(_tongues())


def _worded(wordings: Sequence[str], known: Mapping[str, str]) -> str:
    fitting = (wording for wording in wordings if set(re.findall(r"\{(\w+)\}", wording)) <= known.keys())
    return next(fitting).format(**known)


def _isolated(tongue: Tongue, value: str) -> str:
    return f"{LEFT_TO_RIGHT}{value}{END}" if tongue.direction == "rtl" else value


def _sure(best: str, words: Sequence[str], hits: Mapping[str, frozenset[int]]) -> bool:
    own = hits[best]
    opening = frozenset(range(OPENING))
    rivals = ((code, other) for code, other in hits.items() if code != best)
    return (
        len({words[i] for i in own}) >= FEWEST_HITS
        and _weight(best, own) >= COVERED * len(words)
        and all(_weight(best, own - other) >= AHEAD * _weight(code, other - own) for code, other in rivals)
        and _weight(best, own & opening) >= _weight("de", hits["de"] & opening)
    )


def _weight(code: str, hits: frozenset[int]) -> float:
    """How many words of the text seem to be of the language."""
    return len(hits) / _evidence().density[code]


def _hits(words: Sequence[str]) -> dict[str, frozenset[int]]:
    """Language -> places of the words that speak for it."""
    places: dict[str, set[int]] = {code: set() for code in _evidence().density}
    for i, word in enumerate(words):
        for code in _spoken(word):
            places[code].add(i)
    return {code: frozenset(found) for code, found in places.items()}


@lru_cache(maxsize=20_000)
def _spoken(word: str) -> frozenset[str]:
    """Most words of a mail stood in another one before."""
    return _evidence().languages(word)


def _words(text: str) -> list[str]:
    """The writer's words in small letters."""
    own = text[:LONGEST]
    for part in NOT_THEIRS:
        own = part.sub(" ", own)
    return WORD.findall(MARKS.sub("", unicodedata.normalize("NFC", own).casefold()))


@cache
def _accents() -> dict[int, str]:
    bare = {code: unicodedata.normalize("NFD", chr(code))[0] for code in LATIN}
    return {code: letter for code, letter in bare.items() if letter.isascii()} | str.maketrans(VARIANTS)


def _fold(text: str) -> str:
    """Small letters as people type them without the accents of Latin and the variants of Arabic keyboards."""
    return text.translate(_accents())


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(SHIPPED.read_text("utf-8"))


@cache
def _tongues() -> dict[str, Tongue]:
    return {
        code: Tongue(row["name"], row["direction"], {key: tuple(says) for key, says in row["says"].items()})
        for code, row in _file()["language"].items()
    }


@cache
def _evidence() -> Evidence:
    rows: dict[str, dict[str, Any]] = _file()["language"] | _file()["rival"]
    words: defaultdict[str, set[str]] = defaultdict(set)
    letters: defaultdict[str, set[str]] = defaultdict(set)
    for code, row in rows.items():
        for word in _words(row["words"]):
            words[_fold(word)].add(code)
        for letter in row.get("letters", ""):
            letters[letter].add(code)
    return Evidence(
        {word: frozenset(codes) for word, codes in words.items()},
        {letter: frozenset(codes) for letter, codes in letters.items()},
        tuple((code, re.compile(_fold(row["shape"]))) for code, row in rows.items() if "shape" in row),
        {code: row["density"] for code, row in rows.items()},
    )
