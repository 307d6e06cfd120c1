"""The paragraph in the writer's own language under a German letter; the German text stays binding."""

from datetime import date
from functools import lru_cache

from notify.languages import detect, direction, heading, paragraph
from notify.pieces import Foreign
from store.case import Case, Reaction


def foreign(letter: str, reaction: Reaction, case: Case, day: date | None, telephone: str) -> Foreign | None:
    """None for German, and wherever the language is not certain. `letter` as in languages.paragraph."""
    language = _language(reaction.new_text)
    number = str(case.number) if case.number else ""
    shown = f"{day:%d.%m.%Y}" if day else ""
    text = paragraph(language, letter, number=number, day=shown, telephone=telephone) if language else ""
    return Foreign(language, direction(language), heading(language), text) if text else None


@lru_cache(maxsize=512)
def _language(text: str) -> str:
    """Asked several times of a mail: when it is shown, when it is confirmed, when it is written."""
    return detect(text)
