"""The contact form as paper (GA Anlage 3): empty with fields to fill in, and filled; both tagged, both read again."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classify.anlage3 import shipped
from classify.contact_form import LINES, ContactForm, boxes
from classify.form_reading import of_fields, of_text
from ingest.dates import day
from ingest.documents import File, fields_of, text_of
from notify.contact_form import Heading, blank, filled

TODAY = date(2026, 11, 28)
FORM = shipped()
BOXES = boxes(FORM)
OLENA = ContactForm(
    sex="w",
    title="Dr.",
    first_name="Olena",
    particle="von",
    last_name="Petrenko-Müller",
    street="Am Ort 3",
    po_box="10 01 02",
    postcode="18057",
    town="Rostock",
    email="olena.petrenko@example.org",
    phone="0381 12345",
    fax="0381 12346",
    arrived=date(2026, 11, 12),
    type="beschwerde",
    form="telefon",
    customer_group="an",
    unit="Team 514",
    categories=("mitarbeiter.umgangsformen", "organisation.sonstiges"),
    words="Sie wartet seit acht Wochen.\n\n„Art: Lob“ hat sie nicht gesagt, und #sys.inputs auch nicht.",
)


@pytest.fixture(scope="module")
def empty() -> bytes:
    return blank(FORM)


def written_again(paper: bytes, form: ContactForm) -> bytes:
    """What a colleague's PDF program saves: the blank with values in its fields."""
    values = {name: getattr(form, name) for name in (*LINES, "unit", "words")}
    values["arrived"] = f"{form.arrived:%d.%m.%Y}" if form.arrived else ""
    single = (*BOXES.sexes, *BOXES.types, *BOXES.forms, *BOXES.customer_groups)
    chosen = {form.sex, form.type, form.form, form.customer_group, *form.categories}
    ticked = {b.id for b in (*single, *(b for g in BOXES.categories for b in g.boxes)) if b.value in chosen}
    ticked |= {"settled"} if form.settled else set()
    with pikepdf.open(BytesIO(paper)) as document:
        for field in document.Root.AcroForm.Fields:
            name = str(field.T)
            if name in ticked:
                field.V = field.AS = pikepdf.Name("/Ja")
            elif values.get(name):
                field.V = pikepdf.String(values[name])
        saved = BytesIO()
        document.save(saved)
    return saved.getvalue()


def pdf(content: bytes) -> File:
    return File("form.pdf", "application/pdf", content)


def heard(text: str) -> date | None:
    return day(text, TODAY, past=True)


def test_the_blank_has_a_field_for_every_line_and_every_box(empty: bytes) -> None:
    found = fields_of(pdf(empty))

    categories = {b.id for group in BOXES.categories for b in group.boxes}
    assert len(categories) == len(FORM.categories) == 65
    assert categories | {*LINES, "arrived", "unit", "words", "settled"} <= set(found)
    assert set(found.values()) <= {"", "/Off"}


def test_its_fields_stand_in_the_order_of_the_form(empty: bytes) -> None:
    names = list(fields_of(pdf(empty)))

    assert [n for n in names if n in LINES] == list(LINES)
    assert [n for n in names if n.startswith("kategorie/")] == [b.id for g in BOXES.categories for b in g.boxes]


def test_a_filled_blank_is_read_again(empty: bytes) -> None:
    read = of_fields(fields_of(pdf(written_again(empty, OLENA))), FORM, heard)

    assert read is not None
    assert read.form == OLENA
    assert read.problems == ()


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_whatever_is_filled_in_is_read_again(data: st.DataObject) -> None:
    words = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=12)
    form = ContactForm(
        **{name: data.draw(words, name) + "x" for name in LINES if name != "email"},
        arrived=data.draw(st.dates(date(2026, 1, 1), TODAY)),
        type=data.draw(st.sampled_from([b.value for b in BOXES.types])),
        form=data.draw(st.sampled_from([b.value for b in BOXES.forms])),
        customer_group=data.draw(st.sampled_from([b.value for b in BOXES.customer_groups])),
        unit=data.draw(words) + "x",
        categories=tuple(c.id for c in FORM.categories if c.id in data.draw(CATEGORIES)),
        settled=data.draw(st.booleans()),
    )

    read = of_fields(fields_of(pdf(written_again(blank(FORM), form))), FORM, heard)

    assert read is not None
    assert read.form == form


CATEGORIES = st.sets(st.sampled_from([c.id for c in FORM.categories]), min_size=1, max_size=3)


def test_every_single_box_is_read_again(empty: bytes) -> None:
    """A box at a time would hide one that ticks its neighbour: so all at once, and each by itself from the text."""
    everything = ContactForm(arrived=TODAY, categories=tuple(c.id for c in FORM.categories))
    read = of_fields(fields_of(pdf(written_again(empty, everything))), FORM, heard)

    assert read is not None
    assert read.form.categories == everything.categories


def test_the_filled_form_says_what_is_recorded_and_is_read_again() -> None:
    paper = filled(OLENA, FORM, Heading("Hanse-Jobcenter Rostock", "KRM-2026-0042", "II-1004", "A5VZ"))
    text = text_of(pdf(paper))

    assert "KRM-2026-0042" in text
    assert "II-1004" in text
    assert "An Vorzimmer Geschäftsführung A5VZ zur Erfassung mit Vorgang" in " ".join(text.split())
    read = of_text(text, FORM, heard)
    assert read is not None
    assert read.form.categories == OLENA.categories
    assert (read.form.type, read.form.form, read.form.arrived) == ("beschwerde", "telefon", OLENA.arrived)
    assert read.form.last_name == OLENA.last_name
    assert "#sys.inputs" in read.form.words


def test_whatever_a_person_is_called_the_form_is_made_and_nothing_is_cut_off() -> None:
    street = "Am Ort 3, Hinterhaus, dritter Aufgang links, bei Familie Petrenko-Müller, zweite Klingel von oben"
    form = replace(OLENA, last_name="Müller ✨ \x00", street=street, email="o" * 90 + "@mail.example")

    words = " ".join(text_of(pdf(filled(form, FORM, Heading(number="KRM-2026-0042")))).split())

    assert "Müller □" in words
    assert street in words
    assert "Aktenzeichen" not in words


def test_a_type_without_a_box_of_its_own_stands_in_the_box_the_form_has_for_it() -> None:
    paper = filled(ContactForm(type="fachaufsichtsbeschwerde", arrived=TODAY), FORM, Heading())

    assert "☒ Beschwerde" in text_of(pdf(paper))


@pytest.mark.parametrize("kind", ["blank", "filled"])
def test_the_papers_are_tagged(kind: str, empty: bytes) -> None:
    """PDF/UA-1: marked, a language, a title shown; each field is a tag "Form" and says aloud what it is."""
    paper = empty if kind == "blank" else filled(OLENA, FORM, Heading())
    with pikepdf.open(BytesIO(paper)) as document:
        root = document.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang).startswith("de")
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert document.check_pdf_syntax() == []
        assert not {"/CreationDate", "/ModDate"} & set(document.docinfo)  # the same words give the same bytes
        fields = list(root.AcroForm.Fields) if kind == "blank" else []
        assert all(str(field.TU) for field in fields)
        assert len(fields) == sum(tag == "/Form" for tag in tags(root.StructTreeRoot))


def tags(element: pikepdf.Object) -> list[str]:
    kids = element.get("/K")
    within = [] if kids is None else list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    own = [str(element.S)] if "/S" in element else []
    return own + [t for kid in within if isinstance(kid, pikepdf.Dictionary) and "/Obj" not in kid for t in tags(kid)]
