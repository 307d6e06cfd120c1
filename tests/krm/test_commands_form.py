"""`krm form blank`: the empty contact form, with which an office can begin (GA Anlage 3)."""

from pathlib import Path

from classify.anlage3 import shipped
from classify.contact_form import boxes
from ingest.documents import File, fields_of
from tests.classify.test_other_forms import FORM
from tests.krm.calling import Krm


def written(file: Path) -> list[str]:
    return list(fields_of(File("", "", file.read_bytes())))


def test_it_writes_the_form_with_all_its_boxes_in_the_form_s_order(krm: Krm, tmp_path: Path) -> None:
    out = tmp_path / "form.pdf"

    said = krm("form", "blank", "--out", out)

    assert said.code == 0
    assert "65 categories" in said.err
    names = written(out)
    known = boxes(shipped())
    assert [n for n in names if n.startswith("art/")] == [b.id for b in known.types]
    assert [b.name for b in known.types] == [
        *("Lob", "Beschwerde", "Idee/Anregung", "Folgereaktion", "Petition", "Dienstaufsichtsbeschwerde")
    ]
    assert [b.name for b in known.customer_groups] == ["AG", "AN", "Institutionen", "Sonstige"]
    assert [n for n in names if n.startswith("kundengruppe/")] == [b.id for b in known.customer_groups]


def test_another_office_s_form_has_its_own_boxes_in_the_order_it_names(krm: Krm, tmp_path: Path) -> None:
    taxonomy, out = tmp_path / "form.toml", tmp_path / "form.pdf"
    boxed = FORM.replace('name = "Tadel"', 'name = "Tadel"\nanlage3 = "T"').replace(
        'name = "Dank"', 'name = "Dank"\nanlage3 = "D"'
    )
    taxonomy.write_text(f'art_kaestchen = ["D", "T"]\n{boxed}', encoding="utf-8")

    assert krm("form", "blank", "--out", out, "--taxonomy", taxonomy).code == 0

    names = written(out)
    assert [n for n in names if n.startswith(("art/", "kategorie/"))] == [
        *("art/dank", "art/tadel", "kategorie/parken", "kategorie/buch")
    ]


def test_a_form_that_somebody_may_have_filled_in_is_not_written_over(krm: Krm, tmp_path: Path) -> None:
    out = tmp_path / "form.pdf"
    out.write_bytes(b"filled in")

    said = krm("form", "blank", "--out", out)

    assert said.code == 1
    assert "is there already" in said.err
    assert out.read_bytes() == b"filled in"


def test_a_form_that_cannot_be_used_is_named(krm: Krm, tmp_path: Path) -> None:
    taxonomy = tmp_path / "form.toml"
    taxonomy.write_text("art_kaestchen = 3", encoding="utf-8")

    said = krm("form", "blank", "--out", tmp_path / "form.pdf", "--taxonomy", taxonomy)

    assert (said.code, "art" in said.err) == (1, True)
    assert not (tmp_path / "form.pdf").exists()
