"""Greeting and closing are told from what a mail says: a short formal mail is judged like the sentence in it."""

import pytest

from classify import formalities, terms
from classify.terms import Folds
from tests.classify.tiny import text

SAYS = "Niemand nimmt ab."

FORMAL = (
    f"Sehr geehrte Damen und Herren,\n\n{SAYS}\n\nMit freundlichen Grüßen\nKarin Albrecht",
    f"Guten Tag Frau Dr. Behnke,\n{SAYS}\nMfG\nK. A.",
    f"Hallo, {SAYS}\n\nViele Grüße, Karin",
    f"Moin\n{SAYS}\nLG Karin",
    f"Liebes Team!\n{SAYS}\nHochachtungsvoll\nKarin Albrecht",
    f"Dear Sir or Madam,\n{SAYS}\nKind regards\nKarin",
    f"Здравствуйте,\n{SAYS}\nС уважением\nКарин",
    f"Добрий день!\n{SAYS}\nЗ повагою\nКарін",
    f"Merhaba,\n{SAYS}\nSaygılarımla\nKarin",
)


@pytest.mark.parametrize("body", FORMAL)
def test_greeting_and_closing_are_left_out_and_nothing_else(body: str) -> None:
    left = terms.taken_apart(text(body, "Frage"), Folds())

    assert [left.passage[w.start : w.end].strip(".") for w in left.words] == ["Frage", "Niemand", "nimmt", "ab"]
    assert left.begins == 1


PLAIN = (
    "hallo also den bescheid vom fünften hab ich nicht bekommen",
    "Grüße kommen keine mehr, seit Frau Meier weg ist, und das ist schade für alle im Haus",
    "Ich bekomme nie liebe Grüße, nur Ablehnungen, seit drei Jahren, immer dasselbe, ich kann nicht mehr davon lesen.",
    "",
)


@pytest.mark.parametrize("body", PLAIN)
def test_what_only_sounds_like_a_greeting_stays(body: str) -> None:
    assert formalities.spans(body) == ()


@pytest.mark.parametrize("piece", ["Hallo ", "mit freundlichen ", "Grüße\n", "\n\t ", "LG ", "sehr geehrte "])
def test_a_hostile_text_is_got_through(piece: str) -> None:
    formalities.spans(piece * 10_000)
