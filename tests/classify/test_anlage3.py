"""A form of another office is read or refused with a word on what is wrong, never half."""

import ast
from pathlib import Path

import pytest

from classify import anlage3
from classify.anlage3 import TaxonomyError
from classify.scoring import REMEDY

FORM = """
[[art]]
id = "lob"
name = "Lob"
[[kategorie]]
id = "haus.telefon"
gruppe = "Haus"
name = "Telefon"
[[form]]
id = "email"
name = "E-Mail"
[[kundengruppe]]
id = "an"
name = "Arbeitnehmer"
"""


def test_a_small_form_is_read(tmp_path: Path) -> None:
    path = tmp_path / "form.toml"
    path.write_text(FORM, encoding="utf-8")

    found = anlage3.load(path)

    assert [t.id for t in found.types] == ["lob"]
    assert found.types[0].krm
    assert found.categories[0].full_name == "Haus: Telefon"


WRONG = {
    "no types": ('[[art]]\nid = "lob"\nname = "Lob"', 'art = "x"', r"\[\[art\]\] must stand in it at least once"),
    "a list of numbers": ('[[art]]\nid = "lob"\nname = "Lob"', "art = [1]", "at least once"),
    "no categories": (
        '[[kategorie]]\nid = "haus.telefon"\ngruppe = "Haus"\nname = "Telefon"',
        "kategorie = []",
        "once",
    ),
    "a name missing": ('name = "Lob"', "", "field 'name' is missing"),
    "a name that is a number": ('name = "Lob"', "name = 5", "name must be words"),
    "a meaning that is a number": ('name = "Lob"', 'name = "Lob"\nmeint = 5', "meint must be words"),
    "yes and no in words": ('name = "Lob"', 'name = "Lob"\nkrm = "nein"', "krm must be true or false"),
    "reasons that are a number": ('name = "Lob"', 'name = "Lob"\ngruende = 5', "gruende must be a list"),
    "the same id twice": ('name = "Lob"', 'name = "Lob"\n[[art]]\nid = "lob"\nname = "Lob"', "id 'lob' twice"),
    "no TOML": ("[[art]]", "[[art", "not readable as TOML"),
}


@pytest.mark.parametrize(("part", "instead", "why"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_in_a_form_is_said(tmp_path: Path, part: str, instead: str, why: str) -> None:
    path = tmp_path / "form.toml"
    path.write_text(FORM.replace(part, instead, 1), encoding="utf-8")

    with pytest.raises(TaxonomyError, match=why) as fault:
        anlage3.load(path)
    assert "form.toml" in str(fault.value)


def test_only_steps_and_fallback_name_a_type_and_nothing_a_category() -> None:
    form = anlage3.shipped()
    named = {
        (path.name, node.value)
        for path in Path(anlage3.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    assert not [pair for pair in named if pair[1] in {c.id for c in form.categories}]
    ids = {t.id for t in form.types} - {REMEDY}  # also the name of a field, and of what must not be missed
    types = {name for name, value in named if value in ids}
    assert types == {"coding_steps.py", "needed.py", "suggest.py"}


@pytest.mark.parametrize("kind", ["type", "category"])
def test_an_id_the_form_does_not_have_is_said(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "form.toml"
    path.write_text(FORM, encoding="utf-8")

    with pytest.raises(LookupError, match="'gartenbau'"):
        getattr(anlage3.load(path), kind)("gartenbau")
