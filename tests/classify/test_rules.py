import pytest

from classify import coding_steps, danger, need, remedy
from classify.rules import LONGEST, Rule, hits, hits_of_each, spoken
from tests.classify.tiny import heard, text

WRITTEN = {
    "umlaut": ("räumung", "Räumung"),
    "umlaut written out": ("räumung", "Raeumung"),
    "umlaut missing": ("räumung", "Raumung"),
    "decomposed umlaut": ("räumung", "Ra\u0308umung"),
    "sharp s as ss": ("straße", "Strasse"),
    "line end": ("auf der straße", "auf\nder  Straße"),
    "comma for space": ("ja bitte", "ja, bitte"),
    "emphasis": ("ja bitte", "*ja* bitte"),
    "words between": ("ja~bitte", "ja, gern und bitte"),
}


@pytest.mark.parametrize(("pattern", "body"), WRITTEN.values(), ids=WRITTEN.keys())
def test_a_pattern_finds_words_however_they_are_written(pattern: str, body: str) -> None:
    assert hits(heard(body), [Rule(pattern, "", "")])


def test_a_gap_ends_with_the_sentence_and_after_forty_characters() -> None:
    rule = Rule("ja~bitte", "", "")
    assert not hits(heard("ja! bitte"), [rule])
    assert not hits(heard("ja " + "x" * 41 + " bitte"), [rule])


def test_words_before_can_take_a_hit_back_and_a_later_one_still_counts() -> None:
    rule = Rule("hunger", "", "", unless=r"\bkein")
    assert not hits(heard("kein Hunger"), [rule])
    assert hits(heard("kein Hunger. " + "x" * 80 + " Hunger"), [rule]) == ("Hunger",)


ALTERNATIVES = {
    "the one that stands first": ("geld|cent", "ein Cent, kein Geld", "Cent"),
    "of those that begin alike the first": ("geld|geld weg", "das Geld weg", "Geld"),
    "of two characters": ("ab|geld", "Geld ab", "Geld"),
    "of one character": ("€|geld", "5€ Geld", "5€"),
    "no word of theirs": ("geld|cent", "Gel und Cen", None),
}


@pytest.mark.parametrize(("pattern", "body", "words"), ALTERNATIVES.values(), ids=ALTERNATIVES.keys())
def test_of_a_patterns_alternatives_one_counts(pattern: str, body: str, words: str | None) -> None:
    assert hits(heard(body), [Rule(pattern, "", "")]) == ((words,) if words else ())


def test_an_alternative_taken_back_leaves_the_word_to_a_later_one() -> None:
    rule = Rule("geld|cent", "", "", unless=r"\bkein")
    assert hits(heard("kein Geld. " + "x" * 80 + " Cent"), [rule]) == ("Cent",)


def test_several_tables_are_asked_at_once_as_one_by_one() -> None:
    body, tables = (
        heard("kein Geld, kein Cent"),
        ((Rule("geld", "", ""),), (Rule("euro", "", ""), Rule("cent", "", ""))),
    )
    assert hits_of_each(body, tables) == (("Geld",), ("Cent",))
    assert hits_of_each(body, ((),)) == ((),)


def test_only_so_much_of_a_text_is_searched() -> None:
    assert len(spoken(text("x " * LONGEST)).whole) <= LONGEST


HOSTILE = (
    "widerspruch ",
    "nicht einverstanden bescheid ",
    "lege ",
    "ich ",
    "   ",
    "kein geld ",
    "\n \n",
    "§ 44 ",
    "a" * 50,
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_is_got_through(piece: str) -> None:
    body = heard(piece * (LONGEST // len(piece)))
    hits(body, (*remedy.RULES, *need.RULES, *danger.RULES, *coding_steps.RULES))
