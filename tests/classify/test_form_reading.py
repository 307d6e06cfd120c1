"""The contact form as people fill it in (GA Anlage 3): however it is written, every field is read, none guessed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from textwrap import dedent

import pytest

from classify.anlage3 import shipped
from classify.contact_form import ContactForm, boxes
from classify.form_reading import Filled, of_fields, of_text
from ingest.dates import day

TODAY = date(2026, 11, 28)
FORM = shipped()
BOXES = boxes(FORM)
TITLE = "Anlage 3 Anregungen und Beschwerden der Kundinnen und Kunden - Datenerhebung"
HEAD = """\
Geschlecht {m} männlich {w} weiblich
Titel Dr. Vorname Olena
Vorsatzwort von Familienname Petrenko
Straße/Haus-Nr. Am Ort 3
PF 10 01 02 Postleitzahl 18057
Ort Rostock
E-Mail olena@example.org
Telefon Nr. 0381 12345 Telefax Nr. 0381 12346
Eingangsdatum 12.11.2026
"""
PERSON = ContactForm(
    sex="w",
    title="Dr.",
    first_name="Olena",
    particle="von",
    last_name="Petrenko",
    street="Am Ort 3",
    po_box="10 01 02",
    postcode="18057",
    town="Rostock",
    email="olena@example.org",
    phone="0381 12345",
    fax="0381 12346",
    arrived=date(2026, 11, 12),
)
WAITING = replace(
    PERSON,
    type="beschwerde",
    form="telefon",
    customer_group="an",
    unit="Team 514",
    categories=("organisation.wartezeit",),
)


def heard(text: str) -> date | None:
    return day(text, TODAY, past=True)


def read(text: str) -> Filled:
    found = of_text(text, FORM, heard)
    assert found is not None, "not taken for a form"
    return found


def whole(on: str, off: str, *, behind: bool = False, chosen: ContactForm = WAITING) -> str:
    """The form with all its boxes, each with the mark `on` or `off`, before its name or behind it."""

    def tick(name: str, is_on: bool) -> str:
        mark = on if is_on else off
        return " ".join(filter(None, (name, mark) if behind else (mark, name)))

    def row(found: tuple[str, ...], value: str) -> str:
        return " ".join(tick(name, name == value) for name in found)

    groups = []
    for group in BOXES.categories:
        marked = [tick(b.name, b.value in chosen.categories) for b in group.boxes]
        groups.append("\n".join((group.name, *(" ".join(marked[n : n + 2]) for n in range(0, len(marked), 2)))))
    sexes = row(("männlich", "weiblich"), {"m": "männlich", "w": "weiblich", "": ""}[chosen.sex])
    types = row(tuple(b.name for b in BOXES.types), FORM.type(chosen.type).box)
    forms = row(tuple(b.name for b in BOXES.forms), FORM.name(chosen.form))
    customers = row(tuple(b.name for b in BOXES.customer_groups), FORM.name(chosen.customer_group))
    return (
        f"{TITLE}\n\n{HEAD}".replace("Geschlecht {m} männlich {w} weiblich", f"Geschlecht {sexes}")
        + f"\nArt der Reaktion {types}\nForm der Reaktion {forms}\nKundengruppe {customers}\n"
        + f"Betroffene Org.-Einheit {chosen.unit}\n\nKategorien\n"
        + "\n".join(groups)
        + "\nVerfügung: An Vorzimmer Geschäftsführung zur Erfassung mit Vorgang\n"
    )


MARKS = {
    "ballot boxes": ("☒", "☐", False),
    "checked boxes": ("☑", "☐", False),
    "brackets": ("[x]", "[ ]", False),
    "brackets, capital": ("[X]", "[ ]", False),
    "brackets with blanks": ("[ x ]", "[  ]", False),
    "round brackets": ("(x)", "( )", False),
    "a letter beside empty boxes": ("x", "☐", False),
    "full and empty squares": ("■", "□", False),
    "full and empty circles": ("●", "○", False),
    "a tick beside empty boxes": ("✓", "☐", False),
    "a cross beside empty boxes": ("✗", "☐", False),
    "only what is meant, a letter": ("x", "", False),
    "only what is meant, a box": ("☒", "", False),
    "boxes behind their names": ("☒", "☐", True),
    "brackets behind their names": ("[x]", "[ ]", True),
    "underscores in brackets": ("[X]", "[_]", False),
}


@pytest.mark.parametrize(("on", "off", "behind"), MARKS.values(), ids=MARKS)
@pytest.mark.parametrize(
    "chosen",
    [
        WAITING,
        replace(WAITING, type="dienstaufsichtsbeschwerde", form="persoenlich", customer_group="ag", sex="m"),
        replace(
            WAITING,
            type="lob",
            form="meinungskarte",
            customer_group="sonstige",
            categories=("eingangszone.sonstiges", "ausbildungsvermittlung.beratung", "mitarbeiter.sonstiges"),
        ),
    ],
    ids=["a call", "in person", "a card with names that several groups have"],
)
def test_a_whole_form_is_read_however_it_is_marked(on: str, off: str, behind: bool, chosen: ContactForm) -> None:
    found = read(whole(on, off, behind=behind, chosen=chosen))

    assert found.form == chosen
    assert found.problems == ()


BRIEF: Mapping[str, tuple[str, ContactForm]] = {
    "a list in a mail": (
        """\
        Kontaktformular

        Name: Olena Petrenko
        Eingang: 12.11.2026
        Art: Beschwerde
        Form: telefon.
        Kundengruppe: AN
        Team: 514
        Kategorie: Wartezeit in der Dienststelle
        Anliegen: Sie hat zwei Stunden gewartet.
        """,
        ContactForm(
            last_name="Olena Petrenko",
            arrived=date(2026, 11, 12),
            type="beschwerde",
            form="telefon",
            customer_group="an",
            unit="514",
            categories=("organisation.wartezeit",),
            words="Sie hat zwei Stunden gewartet.",
        ),
    ),
    "name and first name under one label": (
        """\
        Kontaktformular
        Name, Vorname: Petrenko, Olena
        PLZ/Ort: 18057 Rostock
        Eingangsdatum: 12.11.2026
        Art der Reaktion: Lob
        Form der Reaktion: persönlich
        Kategorien: Umgangsformen
        """,
        ContactForm(
            first_name="Olena",
            last_name="Petrenko",
            postcode="18057",
            town="Rostock",
            arrived=date(2026, 11, 12),
            type="lob",
            form="persoenlich",
            categories=("mitarbeiter.umgangsformen",),
        ),
    ),
    "half of a name that has a slash": (
        """\
        Kontaktformular
        Name: Petrenko
        Eingangsdatum: 12.11.2026
        Art: Anregung
        Form: E-Mail
        Kategorie: Sofortangebot
        """,
        ContactForm(
            last_name="Petrenko",
            arrived=date(2026, 11, 12),
            type="idee",
            form="email",
            categories=("arbeitsvermittlung.sofortangebot",),
        ),
    ),
    "stars of a pasted table": (
        """\
        Anlage 3
        **Familienname:** Petrenko
        **Eingangsdatum:** 12. November 2026
        **Art der Reaktion:** Idee/Anregung
        **Form der Reaktion:** schriftl.
        **Kategorien:** Kontaktdichte (Arbeitsvermittlung)
        """,
        ContactForm(
            last_name="Petrenko",
            arrived=date(2026, 11, 12),
            type="idee",
            form="schriftlich",
        ),
    ),
    "values beneath their labels": (
        """\
        Kontaktformular
        Familienname
        Petrenko
        Eingangsdatum
        12.11.2026
        Art der Reaktion
        Beschwerde
        Form der Reaktion
        telefon.
        Kategorien
        Rückrufverhalten
        """,
        ContactForm(
            last_name="Petrenko",
            arrived=date(2026, 11, 12),
            type="beschwerde",
            form="telefon",
            categories=("mitarbeiter.rueckruf",),
        ),
    ),
    "a day without its year": (
        "Kontaktformular\nName: Petrenko\nEingang: 12.11.\nArt: Beschwerde\nForm: telefon.\nKategorie: Heizkosten",
        ContactForm(
            last_name="Petrenko",
            arrived=date(2026, 11, 12),
            type="beschwerde",
            form="telefon",
            categories=("kommunal.heizkosten",),
        ),
    ),
    "yesterday": (
        "Kontaktformular\nName: Petrenko\nEingangsdatum: gestern\nArt: Lob\nForm: telefon.\nKategorie: Umzugskosten",
        ContactForm(
            last_name="Petrenko",
            arrived=date(2026, 11, 27),
            type="lob",
            form="telefon",
            categories=("kommunal.umzugskosten",),
        ),
    ),
    "fillers are nothing": (
        """\
        Kontaktformular
        Titel _____ Vorname _____
        Familienname keine
        PF ____ Postleitzahl unbekannt
        Eingangsdatum 12.11.2026
        Art der Reaktion [x] Lob
        Form der Reaktion [x] Meinungskarte
        Kategorien [x] Termintreue
        """,
        ContactForm(
            arrived=date(2026, 11, 12),
            type="lob",
            form="meinungskarte",
            categories=("mitarbeiter.termintreue",),
        ),
    ),
    "a petition in five lines without a title": (
        """\
        Familienname: Petrenko
        Eingangsdatum: 2026-11-12
        Art der Reaktion: Petition
        Form der Reaktion: schriftl.
        Kundengruppe: Institutionen
        Kategorien: Gesetzliche Bestimmungen
        """,
        ContactForm(
            last_name="Petrenko",
            arrived=date(2026, 11, 12),
            type="petition",
            form="schriftlich",
            customer_group="institutionen",
            categories=("sonstiges.gesetz",),
        ),
    ),
    "settled the same day": (
        """\
        Kontaktformular
        Name: Petrenko
        Eingangsdatum: 12.11.2026
        Art: Beschwerde
        Form: persönl.
        Kategorie: Wartezeit in der Dienststelle
        Anliegen in Worten: Sie hat gewartet.
        [x] Am selben Tag geklärt
        """,
        ContactForm(
            last_name="Petrenko",
            arrived=date(2026, 11, 12),
            type="beschwerde",
            form="persoenlich",
            categories=("organisation.wartezeit",),
            words="Sie hat gewartet.",
            settled=True,
        ),
    ),
    "not settled, though the box is there": (
        """\
        Kontaktformular
        Name: Petrenko
        Eingangsdatum: 12.11.2026
        Art: [x] Beschwerde [ ] Lob
        Form: [ ] persönl. [x] telefon.
        Kategorie: [x] Wartezeit in der Dienststelle
        [ ] Am selben Tag geklärt
        """,
        ContactForm(
            last_name="Petrenko",
            arrived=date(2026, 11, 12),
            type="beschwerde",
            form="telefon",
            categories=("organisation.wartezeit",),
        ),
    ),
    "an account of several lines that itself holds labels": (
        """\
        Kontaktformular
        Name: Petrenko
        Eingangsdatum: 12.11.2026
        Art: Beschwerde
        Form: telefon.
        Kategorie: Zuverlässigkeit
        Anliegen in Worten: Sie sagt:
        Name: den nenne ich nicht.

        Art: eine Frechheit.
        """,
        ContactForm(
            last_name="Petrenko",
            arrived=date(2026, 11, 12),
            type="beschwerde",
            form="telefon",
            categories=("mitarbeiter.zuverlaessigkeit",),
            words="Sie sagt:\nName: den nenne ich nicht.\n\nArt: eine Frechheit.",
        ),
    ),
    "cells of a table": (
        """\
        Kontaktformular
        Familienname | Petrenko
        Eingangsdatum | 12.11.2026
        Art der Reaktion | Beschwerde
        Form der Reaktion | telefon.
        Kategorien | Kommunikation
        """,
        ContactForm(
            last_name="Petrenko",
            arrived=date(2026, 11, 12),
            type="beschwerde",
            form="telefon",
            categories=("mitarbeiter.kommunikation",),
        ),
    ),
    "written out forms of reaction": (
        """\
        Kontaktformular
        Name: Petrenko
        Eingangsdatum: 12.11.2026
        Art: Beschwerde
        Form: telefonisch, am Vormittag
        Kategorie: Kommunikation
        """,
        ContactForm(
            last_name="Petrenko",
            arrived=date(2026, 11, 12),
            type="beschwerde",
            form="telefon",
            categories=("mitarbeiter.kommunikation",),
        ),
    ),
}


@pytest.mark.parametrize(("text", "form"), BRIEF.values(), ids=BRIEF)
def test_a_form_written_in_words_is_read(text: str, form: ContactForm) -> None:
    assert read(dedent(text)).form == form


UNCLEAR: Mapping[str, tuple[str, str, str, str]] = {
    "two types": (
        "Art: Beschwerde",
        "Art: [x] Beschwerde [x] Lob",
        "type",
        "Bei „Art der Reaktion“ ist mehr angekreuzt",
    ),
    "no type": ("Art: Beschwerde", "Art:", "type", "Bei „Art der Reaktion“ ist nichts angekreuzt"),
    "a type that is none": ("Art: Beschwerde", "Art: Frechheit", "type", "ist „Frechheit“ nicht zu erkennen"),
    "all types and no mark": (
        "Art: Beschwerde",
        "Art: Lob Beschwerde Idee/Anregung Folgereaktion Petition Dienstaufsichtsbeschwerde",
        "type",
        "nicht zu erkennen, welches Kästchen",
    ),
    "two forms": ("Form: telefon.", "Form: [x] telefon. [x] persönl.", "form", "Bei „Form der Reaktion“ ist mehr"),
    "no form": ("Form: telefon.", "", "form", "Bei „Form der Reaktion“ ist nichts angekreuzt"),
    "both sexes": ("Kundengruppe: AN", "Geschlecht: [x] männlich [x] weiblich", "sex", "Bei „Geschlecht“ ist mehr"),
    "a group that is none": (
        "Kundengruppe: AN",
        "Kundengruppe: Kunde",
        "customer_group",
        "ist „Kunde“ nicht zu erkennen",
    ),
    "no day": ("Eingangsdatum: 12.11.2026", "Eingangsdatum: ____", "arrived", "Das Eingangsdatum fehlt"),
    "a day that is none": ("Eingangsdatum: 12.11.2026", "Eingangsdatum: 31.11.2026", "arrived", "ist nicht lesbar"),
    "no category": (
        "Kategorie: Wartezeit in der Dienststelle",
        "Kategorie:",
        "categories",
        "keine Kategorie angekreuzt",
    ),
    "a category that several groups have": (
        "Kategorie: Wartezeit in der Dienststelle",
        "Kategorie: Beratung",
        "categories",
        "aber nicht zu welcher Gruppe: Arbeitsvermittlung, Ausbildungsvermittlung",
    ),
}
PLAIN = """\
Kontaktformular
Name: Petrenko
Eingangsdatum: 12.11.2026
Art: Beschwerde
Form: telefon.
Kundengruppe: AN
Kategorie: Wartezeit in der Dienststelle
"""


@pytest.mark.parametrize(("line", "instead", "field", "problem"), UNCLEAR.values(), ids=UNCLEAR)
def test_what_cannot_be_read_stays_empty_and_is_named(line: str, instead: str, field: str, problem: str) -> None:
    found = read(PLAIN.replace(line, instead))

    assert not getattr(found.form, field)
    assert problem in " ".join(found.problems)
    assert read(PLAIN).problems == ()


def test_more_than_three_crosses_are_all_read_and_named() -> None:
    found = read(PLAIN.replace("Wartezeit", "Heizkosten, Mietobergrenze, Termintreue, Wartezeit"))

    assert len(found.form.categories) == 4
    assert "höchstens drei" in " ".join(found.problems)


def test_an_address_that_is_none_is_named() -> None:
    found = read(PLAIN.replace("Name: Petrenko", "Name: Petrenko\nE-Mail: olena at example"))

    assert "Die E-Mail-Adresse ist nicht lesbar." in found.problems


@pytest.mark.parametrize(
    "text",
    [
        "Guten Tag, ich warte seit acht Wochen. Name: Petrenko. Ort: Rostock.",
        "Von: Erika Muster\nDatum: 12.11.2026\nBetreff: Beschwerde\n\nSo geht das nicht.",
        "Datum: 12.11.2026\n\nZur Kenntnis.\n\nName: Schulz\nTeam: 514\nTelefon: 0381 514\nFax: 0381 515\nOrt: Rostock",
        "Frau Petrenko war eben hier und beschwert sich über die Wartezeit.",
        "Anbei das Kontaktformular zur weiteren Veranlassung.",
        "Viele Grüße\nAnna Schulz\nTeam 514\nTelefon: 0381 514\nTelefax: 0381 515\nE-Mail: schulz@jobcenter.example",
        "",
    ],
)
def test_an_ordinary_mail_is_no_form(text: str) -> None:
    assert of_text(text, FORM, heard) is None


def test_fields_of_another_pdf_form_are_not_ours() -> None:
    assert of_fields({"Name": "Petrenko", "Datum": "12.11.2026"}, FORM, heard) is None


def test_fields_of_our_form_are_read_and_their_contradictions_named() -> None:
    fields = {"last_name": " Petrenko ", "arrived": "12.11.2026", "words": "Sie wartet.", "art/lob": "/Ja"}
    fields |= {"art/beschwerde": "/Ja", "form/telefon": "/Ja", "form/email": "/Off", "settled": "/Off"}

    found = of_fields(fields, FORM, heard)

    assert found is not None
    assert found.form == ContactForm(
        last_name="Petrenko", arrived=date(2026, 11, 12), form="telefon", words="Sie wartet."
    )
    assert "Bei „Art der Reaktion“ ist mehr angekreuzt: Lob, Beschwerde." in found.problems
