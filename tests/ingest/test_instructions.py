"""Replies read as instructions: the lines of the office's conversation by e-mail, row by row."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classify.anlage3 import shipped
from ingest import instructions, vocabulary
from ingest.message import Instruction, Reading, Term, Unclear, Verb, Vocabulary

TUESDAY = date(2026, 12, 1)
FORM = shipped()
OFFICER = Vocabulary(
    verbs=frozenset(Verb),
    types=tuple(Term(t.id, (t.name,)) for t in FORM.types),
    categories=tuple(Term(c.id, (c.name, c.full_name)) for c in FORM.categories),
    groups=tuple(Term(g.id, (g.name,)) for g in FORM.groups),
    forms=tuple(Term(f.id, (f.name,)) for f in FORM.forms),
    units=(Term("512", ("Leistung Nord",)), Term("514", ("Leistung Süd",)), Term("520", ("Markt und Integration",))),
    people=(
        Term("tl-512", ("Sabine Meier",)),
        Term("tl-514", ("Jan Schmitt",)),
        Term("tl-520", ("Ute Kern",)),
        Term("bl-1", ("Olaf Kern",)),
    ),
    choices=(
        "mitarbeiter.umgangsformen",
        "organisation.wartezeit",
        "kommunal.heizkosten",
        "mitarbeiter.rueckruf",
        "organisation.telefon",
    ),
)


def read(*lines: str, words: Vocabulary = OFFICER) -> Reading:
    return instructions.read(lines, words, TUESDAY)


def only(*lines: str) -> Instruction:
    reading = read(*lines)
    assert reading.clear, reading.unclear
    assert len(reading.instructions) == 1
    return reading.instructions[0]


def puzzle(*lines: str) -> Unclear:
    reading = read(*lines)
    assert not reading.clear
    assert len(reading.unclear) == 1, reading
    return reading.unclear[0]


def said(reading: Reading) -> list[tuple[Verb, tuple[str, ...]]]:
    return [(i.verb, i.ids) for i in reading.instructions]


# --- whole words ---

CONFIRMATIONS = [
    *("ok", "passt", "ja", "stimmt", "bestätigt"),
    *("okay", "Ok", "OK!", "o.k.", "ok.", "passt so", "Passt!", "bestaetigt", "BESTÄTIGT", "in Ordnung"),
    *("„ok“", "*ok*", "`ok`", "  ok  ", "Ja, passt.", "OK, danke", "Danke, passt so!", "ja bitte", "stimmt so"),
    *("👍", "👍🏽", "👍️", "ok 👍"),
]
WORDS = [
    ("Status", Verb.STATUS),
    ("status.", Verb.STATUS),
    ("Hilfe", Verb.HELP),
    ("Hilfe!", Verb.HELP),
    ("Zurück", Verb.UNDO),
    ("Zurueck", Verb.UNDO),
    ("gesehen", Verb.SEEN),
    ("GESEHEN", Verb.SEEN),
    ("Freigabe", Verb.RELEASE),
]


@pytest.mark.parametrize("line", CONFIRMATIONS)
def test_a_word_of_agreement_confirms(line: str) -> None:
    assert only(line).verb is Verb.CONFIRM


@pytest.mark.parametrize(("line", "verb"), WORDS)
def test_a_whole_word_is_an_instruction(line: str, verb: Verb) -> None:
    assert only(line).verb is verb


# --- key and value ---

VALUES: list[tuple[str, Verb, tuple[str, ...]]] = [
    ("Art: Lob", Verb.TYPE, ("lob",)),
    ("ART : lob.", Verb.TYPE, ("lob",)),
    ("*Art:* „Lob“", Verb.TYPE, ("lob",)),
    ("Art: beschwerde", Verb.TYPE, ("beschwerde",)),
    ("Art: DAB", Verb.TYPE, ("dienstaufsichtsbeschwerde",)),
    ("Art: Dienstaufsicht", Verb.TYPE, ("dienstaufsichtsbeschwerde",)),
    ("Art: FAB", Verb.TYPE, ("fachaufsichtsbeschwerde",)),
    ("Art: Idee", Verb.TYPE, ("idee",)),
    ("Art: Anregung", Verb.TYPE, ("idee",)),
    ("Art: Idee/Anregung", Verb.TYPE, ("idee",)),
    ("Art: Beschwrde", Verb.TYPE, ("beschwerde",)),
    ("Art: Widerspruch, Einspruch, Überprüfungsantrag, Klage", Verb.TYPE, ("rechtsbehelf",)),
    ("Kundengruppe: AG", Verb.GROUP, ("ag",)),
    ("Kundengruppe: Arbeitgeber", Verb.GROUP, ("ag",)),
    ("Kundengruppe: an", Verb.GROUP, ("an",)),
    ("Form: Meinungskarte", Verb.FORM, ("meinungskarte",)),
    ("Form: persoenlich", Verb.FORM, ("persoenlich",)),
    ("Form: E-Mail", Verb.FORM, ("email",)),
    ("Team: 514", Verb.UNIT, ("514",)),
    ("Team: Team 514", Verb.UNIT, ("514",)),
    ("Team: Leistung Süd", Verb.UNIT, ("514",)),
    ("Team: Markt und Integration", Verb.UNIT, ("520",)),
    ("Ansprechpartner: Frau Meier", Verb.CONTACT, ("tl-512",)),
    ("Ansprechpartnerin: Sabine Meier", Verb.CONTACT, ("tl-512",)),
    ("Ansprechpartner: tl-514", Verb.CONTACT, ("tl-514",)),
    ("Ansprechpartner: Herr Olaf Kern", Verb.CONTACT, ("bl-1",)),
    ("Folge: KRM-2026-0012", Verb.FOLLOW_UP, ("KRM-2026-0012",)),
    ("Folge: KRM 2026/12", Verb.FOLLOW_UP, ("KRM-2026-0012",)),
    ("Folge: krm 2026-12", Verb.FOLLOW_UP, ("KRM-2026-0012",)),
    ("Folge: 2026-0012", Verb.FOLLOW_UP, ("KRM-2026-0012",)),
    ("Folge: [KRM-2026-12345]", Verb.FOLLOW_UP, ("KRM-2026-12345",)),
    ("Folge: e-7k2f", Verb.FOLLOW_UP, ("E-7K2F",)),
    ("Rechtsbehelf: ja", Verb.REMEDY, ("ja",)),
    ("Rechtsbehelf: Nein.", Verb.REMEDY, ("nein",)),
    ("Antrag an 512", Verb.APPLICATION, ("512",)),
    ("Antrag: Leistung Nord", Verb.APPLICATION, ("512",)),
    ("Vollmacht: ja", Verb.AUTHORITY, ("ja",)),
    ("Antwortweg: E-Mail", Verb.ANSWER_WAY, ("email",)),
    ("Antwortweg: per Post", Verb.ANSWER_WAY, ("post",)),
    ("Antwortweg: Portal", Verb.ANSWER_WAY, ("portal",)),
    ("Bericht: 2026-10", Verb.REPORT, ("2026-10",)),
    ("Bericht: Oktober 2026", Verb.REPORT, ("2026-10",)),
    ("Kein KRM: Widerspruch", Verb.NOT_KRM, ("widerspruch",)),
    ("kein krm: Klage", Verb.NOT_KRM, ("widerspruch",)),
    ("Kein-KRM: Anfrage", Verb.NOT_KRM, ("anfrage",)),
    ("Kein KRM: Anfrage an 512", Verb.NOT_KRM, ("anfrage", "512")),
    ("Anfrage an 512", Verb.NOT_KRM, ("anfrage", "512")),
    ("Anfrage an Markt und Integration", Verb.NOT_KRM, ("anfrage", "520")),
    ("Kein KRM: Auskunft", Verb.NOT_KRM, ("auskunft",)),
    ("Kein KRM: Presse", Verb.NOT_KRM, ("presse",)),
    ("Kein KRM Spam", Verb.NOT_KRM, ("spam",)),
    ("Spam", Verb.NOT_KRM, ("spam",)),
]


@pytest.mark.parametrize(("line", "verb", "ids"), VALUES, ids=[row[0] for row in VALUES])
def test_a_key_and_its_value_are_read(line: str, verb: Verb, ids: tuple[str, ...]) -> None:
    found = only(line)
    assert (found.verb, found.ids) == (verb, ids)


DATED = [
    ("Frist: 15.12.2026", Verb.DEADLINE, date(2026, 12, 15)),
    ("Frist: 15.12.", Verb.DEADLINE, date(2026, 12, 15)),
    ("Frist: 15. Dezember", Verb.DEADLINE, date(2026, 12, 15)),
    ("Frist: Freitag!", Verb.DEADLINE, date(2026, 12, 4)),
    ("Termin: 10.12.2026", Verb.SUPERIOR_DATE, date(2026, 12, 10)),
    ("Termin 10.12.2026", Verb.SUPERIOR_DATE, date(2026, 12, 10)),
    ("versandt 12.12.2026", Verb.POSTED, date(2026, 12, 12)),
    ("Versandt am 30.11.2026.", Verb.POSTED, date(2026, 11, 30)),
    ("versandt: 30.11.", Verb.POSTED, date(2026, 11, 30)),
    ("versandt gestern", Verb.POSTED, date(2026, 11, 30)),
]


@pytest.mark.parametrize(("line", "verb", "day"), DATED, ids=[row[0] for row in DATED])
def test_a_key_and_its_date_are_read(line: str, verb: Verb, day: date) -> None:
    found = only(line)
    assert (found.verb, found.day) == (verb, day)


TEXTS: list[tuple[str, Instruction]] = [
    ("Erledigt: Termin nachgeholt; alles gut", Instruction(Verb.DONE, "", text="Termin nachgeholt; alles gut")),
    ("Wieder öffnen: neuer Brief", Instruction(Verb.REOPEN, "", text="neuer Brief")),
    ("wieder oeffnen: neuer Brief", Instruction(Verb.REOPEN, "", text="neuer Brief")),
    ("Notiz: hat „Danke“ gesagt", Instruction(Verb.NOTE, "", text="hat „Danke“ gesagt")),
    ("Stufe: 3 keine Einigung", Instruction(Verb.STAGE, "", ("3",), text="keine Einigung")),
    ("Stufe: 3: keine Einigung", Instruction(Verb.STAGE, "", ("3",), text="keine Einigung")),
    ("Stufe: 1", Instruction(Verb.STAGE, "", ("1",))),
    ("Zwischeninformation: 20.12.2026", Instruction(Verb.INTERIM, "", day=date(2026, 12, 20))),
    (
        "Zwischeninformation: 20.12.2026, Wir prüfen noch.",
        Instruction(Verb.INTERIM, "", day=date(2026, 12, 20), text="Wir prüfen noch."),
    ),
    (
        "Maßnahme: Aushang bis zur Tür erneuern bis 1.3.2027, Frau Meier",
        Instruction(Verb.MEASURE, "", ("tl-512",), date(2027, 3, 1), "Aushang bis zur Tür erneuern"),
    ),
    ("Massnahme: Schild BIS 1.3.2027 tl-514", Instruction(Verb.MEASURE, "", ("tl-514",), date(2027, 3, 1), "Schild")),
    (
        "Kein KRM: Irrläufer an Sozialamt Schwerin",
        Instruction(Verb.NOT_KRM, "", ("irrlaeufer",), text="Sozialamt Schwerin"),
    ),
    ("Irrlaeufer an das Finanzamt", Instruction(Verb.NOT_KRM, "", ("irrlaeufer",), text="das Finanzamt")),
]


@pytest.mark.parametrize(("line", "expected"), TEXTS, ids=[row[0] for row in TEXTS])
def test_free_words_behind_a_key_are_kept_as_written(line: str, expected: Instruction) -> None:
    found = only(line)
    assert found == Instruction(expected.verb, line, expected.ids, expected.day, expected.text)


# --- categories ---

CATEGORIES: list[tuple[str, tuple[str, ...]]] = [
    ("2, 5", ("organisation.wartezeit", "organisation.telefon")),
    ("2 und 5", ("organisation.wartezeit", "organisation.telefon")),
    ("2 5", ("organisation.wartezeit", "organisation.telefon")),
    ("2; 5", ("organisation.wartezeit", "organisation.telefon")),
    ("Nr. 2", ("organisation.wartezeit",)),
    ("2, 2", ("organisation.wartezeit",)),
    ("Umgangsformen, Wartezeit", ("mitarbeiter.umgangsformen", "organisation.wartezeit")),
    ("Umgangsformen und Wartezeit", ("mitarbeiter.umgangsformen", "organisation.wartezeit")),
    ("Umgangsformen/Wartezeit", ("mitarbeiter.umgangsformen", "organisation.wartezeit")),
    ("Wartezeit, 1", ("organisation.wartezeit", "mitarbeiter.umgangsformen")),
    ("organisation.wartezeit", ("organisation.wartezeit",)),
    ("Umgansformen", ("mitarbeiter.umgangsformen",)),
    ("Zuverlasigkeit", ("mitarbeiter.zuverlaessigkeit",)),
    ("Umgangs formen", ("mitarbeiter.umgangsformen",)),
    ("Arbeitsvermittlung Beratung", ("arbeitsvermittlung.beratung",)),
    ("Ausbildungsvermittlung: Beratung", ("ausbildungsvermittlung.beratung",)),
    ("Arbeitvermittlung Beratng", ("arbeitsvermittlung.beratung",)),
    ("Organisation: Sonstiges", ("organisation.sonstiges",)),
    ("private Arbeitsvermittlung/Vermittlungsgutschein", ("massnahmen.vermittlungsgutschein",)),
    ("Vermittlungsgutschein", ("massnahmen.vermittlungsgutschein",)),
    ("Versagung/Entziehung wegen fehlender Mitwirkung, 2", ("grundsicherung.versagung", "organisation.wartezeit")),
    ("Terminierung (Terminvergabe/Terminabsage)", ("organisation.terminierung",)),
    ("Bildung und Teilhabe", ("kommunal.bildung-teilhabe",)),
    ("Öffnungs- und Servicezeiten; Heizkosten", ("organisation.oeffnungszeiten", "kommunal.heizkosten")),
    ("Oeffnungs- und Servicezeiten", ("organisation.oeffnungszeiten",)),
    ("KdU, BuT", ("kommunal.unterkunft", "kommunal.bildung-teilhabe")),
]


@pytest.mark.parametrize(("value", "ids"), CATEGORIES, ids=[row[0] for row in CATEGORIES])
def test_categories_are_named_by_number_name_or_id(value: str, ids: tuple[str, ...]) -> None:
    found = only(f"Kategorie: {value}")
    assert (found.verb, found.ids) == (Verb.CATEGORY, ids)


@pytest.mark.parametrize("category", FORM.categories, ids=lambda c: c.id)
def test_every_category_answers_to_its_id_and_its_name_with_group(category: object) -> None:
    entry = next(c for c in FORM.categories if c is category)
    assert only(f"Kategorie: {entry.id}").ids == (entry.id,)
    assert only(f"Kategorie: {entry.full_name}").ids == (entry.id,)
    assert only(f"Kategorie: {entry.group} {entry.name}, 2").ids[0] == entry.id


def test_a_name_with_a_comma_in_it_stays_one_name() -> None:
    words = Vocabulary(
        frozenset({Verb.CATEGORY}), categories=(Term("ton", ("Ton, Respekt, Würde",)), Term("zeit", ("Wartezeit",)))
    )
    assert said(read("Kategorie: Wartezeit, Ton, Respekt, Würde", words=words)) == [(Verb.CATEGORY, ("zeit", "ton"))]


def test_plus_and_minus_add_and_drop() -> None:
    added, dropped = (Verb.ADD_CATEGORY, ("organisation.wartezeit",)), (Verb.DROP_CATEGORY, ("kommunal.heizkosten",))
    assert said(read("+Wartezeit", "-Heizkosten")) == [added, dropped]
    assert said(read("+Wartezeit, -Heizkosten")) == [added, dropped]
    assert said(read("+ 2", "–3")) == [added, dropped]


AMBIGUOUS = [
    ("Kategorie: Beratung", ("Arbeitsvermittlung: Beratung", "Ausbildungsvermittlung: Beratung")),
    ("-Beratung", ("Arbeitsvermittlung: Beratung", "Ausbildungsvermittlung: Beratung")),
    ("Kategorie: Beratng", ("Arbeitsvermittlung: Beratung", "Ausbildungsvermittlung: Beratung")),
    ("Kategorie: Sonstiges", ("Organisation: Sonstiges", "Eingangszone: Sonstiges")),
    ("Kategorie: Fachliche Kompetenz", ("Eingangszone: Fachliche Kompetenz", "Fachliche Kompetenz Mitarbeiter")),
    ("Kategorie: Profiling", ("Arbeitsvermittlung: Profiling/Integrationsplanung",)),
    ("Kategorie: Umzug", ("Umzugskosten", "Zustimmung Umzug")),
    ("Kategorie: Wartezeit, Beratung", ("Arbeitsvermittlung: Beratung",)),
    ("Art: Aufsichtsbeschwerde", ("Dienstaufsichtsbeschwerde", "Fachaufsichtsbeschwerde")),
    ("Team: Leistung", ("Leistung Nord", "Leistung Süd")),
    ("Ansprechpartner: Kern", ("Ute Kern", "Olaf Kern")),
]


@pytest.mark.parametrize(("line", "candidates"), AMBIGUOUS, ids=[row[0] for row in AMBIGUOUS])
def test_an_ambiguous_name_is_asked_back_with_its_candidates(line: str, candidates: Sequence[str]) -> None:
    asked = puzzle(line)
    assert set(candidates) <= set(asked.nearest)
    assert all(name in asked.why for name in candidates)


def test_a_slip_is_not_forgiven_where_two_names_are_nearly_as_near() -> None:
    words = Vocabulary(
        frozenset({Verb.CATEGORY}), categories=(Term("a", ("Leistungsabteilung",)), Term("b", ("Leitungsabteilung",)))
    )
    assert said(read("Kategorie: Leistungsabteilng", words=words)) == []
    assert read("Kategorie: Leistngsabteilung", words=words).unclear[0].nearest == (
        "Leistungsabteilung",
        "Leitungsabteilung",
    )


# --- what is no instruction ---

PROSE = [
    *("nicht ok", "ok?", "ok aber die Art stimmt nicht", "ok, aber", "ok 👎", "ok :-(", "nein", "ja, nein", "👎"),
    *("ok" + " " * 500 + "nicht", "Status?", "Status: x", "Freigabe nicht", "versandt", "Erledigt", "Kein KRM", "Art"),
    *("ich hätte gern Art: Lob gehabt", "Bitte Art: Lob", "Art: Lob gehabt", "Art: Lob?", "Art: kein Lob", "Art:"),
    *("Art: Lob 👎", "Art: Lob oder Beschwerde", "Art Lob", "Frist 15.12.2026", "Stufe 3", "Kategrie: 2", "> ok"),
    *(
        "Kategorie: 9",
        "Kategorie: 0",
        "Kategorie: 1,2,3,4",
        "Kategorie: Quatsch",
        "Kategorie: ,",
        "Kategorie: Wartezeit?",
    ),
    *("Kategorie: Wartezeit nicht", "+Quatsch", "- Wartezeit", "--", "+", "-", "Kategorie: ²"),
    *("Kategorie: " + "a," * 5_000, "Kategorie: " + "1" * 5_000, "Kundengruppe: XY", "Form: Rauchzeichen"),
    *("Team: 999", "Team: 514?", "Ansprechpartner: Frau Maier", "Antrag an 999", "Antrag an", "Anfrage an Mond"),
    *("Frist: 31.11.", "Frist: bald", "Frist: 15.12.2026?", "Termin: demnächst", "Termin wurde verschoben"),
    *("versandt 31.11.2026", "versandt 12.12.2026?", "versandt nicht", "Folge: 12", "Folge: KRM", "Folge: E-Mail"),
    *("Rechtsbehelf: vielleicht", "Rechtsbehelf: ja?", "Vollmacht: liegt bei", "Antwortweg: Brieftaube"),
    *("Kein KRM: Quatsch", "Kein KRM: Spam?", "Kein KRM: Spam oder Presse", "Irrläufer an das Amt bitte nicht"),
    *(
        "Widerspruch",
        "Zwischeninformation: bald",
        "Zwischeninformation: 20.12.2026 Wir prüfen",
        "Stufe: 7",
        "Stufe: 3?",
    ),
    *("Maßnahme: Aushang", "Maßnahme: Aushang bis 1.3.2027", "Maßnahme: Aushang bis 1.3.2027, Herr Unbekannt"),
    *("Bericht: 2026-13", "Bericht: letzter Monat", "Notiz:", "Erledigt?", "Um 10:30 Uhr", "Danke für nichts"),
]


@pytest.mark.parametrize("line", PROSE)
def test_anything_else_is_unclear_and_said_so_in_german(line: str) -> None:
    asked = puzzle(line)
    assert asked.line == line.strip()
    assert asked.why.endswith(".")


NEAR = [
    ("nicht ok", "ok"),
    ("ok?", "ok"),
    ("Kategrie: 2", "Kategorie: 2, 5"),
    ("Frist 15.12.2026", "Frist: 15.12.2026"),
    ("Art: Lob?", "Lob"),
    ("Kein KRM", "Kein KRM: Spam"),
    ("Widerspruch", "Kein KRM: Widerspruch"),
    ("Widerspruch", "Rechtsbehelf: ja"),
    ("Erledigt", "Erledigt: Ergebnis"),
    ("Ansprechpartner: Frau Maier", "Sabine Meier"),
    ("Rechtsbehelf: vielleicht", "nein"),
    ("Frist: 31.11.", "15.12.2026"),
]


@pytest.mark.parametrize(("line", "near"), NEAR)
def test_the_nearest_words_are_offered(line: str, near: str) -> None:
    assert near in puzzle(line).nearest


def test_a_staff_name_is_never_guessed_from_a_similar_one() -> None:
    assert puzzle("Ansprechpartner: Herr Schmidt").nearest == ("Jan Schmitt",)
    assert puzzle("Maßnahme: Aushang bis 1.3.2027, Herr Schmidt").nearest == ("Jan Schmitt",)


# --- several lines ---


def test_several_lines_are_read_in_their_order() -> None:
    reading = read("ok", "", "Art: Lob", "Kategorie: 2")
    assert reading.clear
    assert [i.verb for i in reading.instructions] == [Verb.CONFIRM, Verb.TYPE, Verb.CATEGORY]


def test_semicolons_part_instructions() -> None:
    reading = read("ok; Art: Lob; Kategorie: 2; 5; Frist: 15.12.;")
    assert reading.clear
    assert said(reading)[:3] == [
        (Verb.CONFIRM, ()),
        (Verb.TYPE, ("lob",)),
        (Verb.CATEGORY, ("organisation.wartezeit", "organisation.telefon")),
    ]


def test_what_stands_behind_a_semicolon_and_is_no_instruction_makes_the_line_unclear() -> None:
    assert puzzle("ok; aber erst morgen").line == "ok; aber erst morgen"


def test_an_internal_note_behind_a_semicolon_never_becomes_text_for_the_citizen() -> None:
    interim, note = read("Zwischeninformation: 20.12.2026, Wir prüfen; es dauert; Notiz: nur intern").instructions
    assert interim.text == "Wir prüfen; es dauert"
    assert note.text == "nur intern"


def test_a_word_behind_a_semicolon_in_free_words_is_no_instruction() -> None:
    assert only("Erledigt: sie sagte nur; ok").text == "sie sagte nur; ok"
    assert only("Erledigt: war da; Termin 10.12.2026").text == "war da; Termin 10.12.2026"


def test_a_line_not_understood_leaves_the_others_readable_but_the_reply_unclear() -> None:
    reading = read("Art: Lob", "und noch etwas")
    assert not reading.clear
    assert said(reading) == [(Verb.TYPE, ("lob",))]
    assert [u.line for u in reading.unclear] == ["und noch etwas"]


def test_thanks_and_greetings_are_passed_over() -> None:
    assert said(read("Guten Tag", "ok", "Vielen Dank!", "Mit freundlichen Grüßen")) == [(Verb.CONFIRM, ())]
    assert read("Danke") == Reading((), ())


def test_nothing_written_is_neither_clear_nor_unclear() -> None:
    assert read() == Reading((), ())
    assert not read("", "  ").clear


def test_a_note_takes_the_rest_of_its_paragraph() -> None:
    reading = read("Notiz: hat angerufen; müde", "kommt wieder, bitte nicht warten", "", "ok")
    assert reading.instructions[0].text == "hat angerufen; müde\nkommt wieder, bitte nicht warten"
    assert said(reading)[1:] == [(Verb.CONFIRM, ())]


def test_a_note_ends_where_the_next_instruction_begins() -> None:
    reading = read("Notiz:", "hat angerufen", "- will Termin", "Termin wurde verschoben", "Art: Lob")
    assert reading.instructions[0].text == "hat angerufen\n- will Termin\nTermin wurde verschoben"
    assert said(reading)[1:] == [(Verb.TYPE, ("lob",))]


# --- lines against each other ---


def test_the_same_thing_said_twice_counts_once() -> None:
    assert said(read("ok", "ja", "Art: Lob", "art: lob")) == [(Verb.CONFIRM, ()), (Verb.TYPE, ("lob",))]


def test_one_key_with_two_values_is_unclear() -> None:
    assert puzzle("Art: Lob", "Art: Beschwerde").line == "Art: Beschwerde"


@pytest.mark.parametrize("lines", [("+1", "+2"), ("Notiz: a", "", "Notiz: b")])
def test_some_things_may_be_said_more_than_once(lines: Sequence[str]) -> None:
    reading = read(*lines)
    assert reading.clear
    assert len(reading.instructions) == 2


def test_beside_kein_krm_an_ok_says_nothing() -> None:
    assert said(read("ok", "Kein KRM: Spam")) == [(Verb.NOT_KRM, ("spam",))]


@pytest.mark.parametrize("lines", [("Kein KRM: Spam", "Art: Lob"), ("ok", "Zurück"), ("Team: 512", "Anfrage an 512")])
def test_what_cannot_be_done_together_is_unclear(lines: Sequence[str]) -> None:
    assert "gehen nicht zusammen" in puzzle(*lines).why


def test_a_word_this_person_may_not_use_is_answered_as_not_possible_here() -> None:
    employee = Vocabulary(frozenset({Verb.NOTE, Verb.HELP}))
    asked = read("Freigabe", words=employee).unclear[0]
    assert "„Freigabe“" in asked.why
    assert "nicht möglich" in asked.why
    assert "Freigabe" not in asked.nearest


# --- the table ---


def test_each_verb_has_one_row_and_its_words() -> None:
    assert [row.verb for row in instructions.ROWS] == list(Verb)
    assert [row.verb for row in vocabulary.WORDS] == list(Verb)


@pytest.mark.parametrize("row", vocabulary.WORDS, ids=lambda row: row.verb.name)
def test_every_sample_shown_to_people_would_be_understood(row: vocabulary.Words) -> None:
    for sample in row.samples:
        line = sample.replace("-Beratung", "-Wartezeit")  # the one shown to explain what is asked back
        reading = read(line)
        assert reading.clear, reading.unclear
        assert reading.instructions[0].verb in {row.verb, Verb.NOT_KRM}


def test_other_names_belong_to_ids_of_the_form() -> None:
    ids = {
        "types": {t.id for t in FORM.types},
        "categories": {c.id for c in FORM.categories},
        "groups": {g.id for g in FORM.groups},
        "forms": {f.id for f in FORM.forms},
    }
    assert all(set(names) <= ids[kind] for kind, names in vocabulary.ALIASES.items())


# --- for any text ---

LINES = [row[0] for row in (*VALUES, *DATED, *TEXTS)] + [f"Kategorie: {value}" for value, _ in CATEGORIES]
SOMETHING = st.one_of(st.text(), st.sampled_from(LINES), st.sampled_from(PROSE))


@given(st.lists(SOMETHING, max_size=5))
def test_no_text_raises(lines: list[str]) -> None:
    instructions.read(lines, OFFICER, TUESDAY)
    instructions.read(["".join(lines)], OFFICER, TUESDAY)


@given(st.sampled_from(LINES), st.sampled_from(["", " ", "\t", "   ", "\u00a0"]), st.sampled_from(["", " ", "\u00a0 "]))
def test_case_and_blanks_around_change_nothing(line: str, before: str, behind: str) -> None:
    plain = only(line)
    for spelt in (line, line.upper(), line.lower()):
        found = only(before + spelt + behind)
        assert (found.verb, found.ids, found.day) == (plain.verb, plain.ids, plain.day)
        assert found.text.casefold() == plain.text.casefold()


@given(
    st.sampled_from([line for line in LINES if ":" in line]),
    st.sampled_from(["ich hätte gern ", "Sie schrieb ", "Warum nicht ", "Bitte kein "]),
    st.sampled_from(["", " gehabt", " wäre besser", "?"]),
)
def test_an_instruction_within_prose_is_none(line: str, before: str, behind: str) -> None:
    assert read(before + line + behind).instructions == ()


EXACT = [row[0] for row in (*VALUES, *DATED)] + [f"Kategorie: {value}" for value, _ in CATEGORIES]


@given(st.sampled_from(EXACT), st.sampled_from(["?", " gehabt", " nicht", " 👎"]))
def test_words_behind_a_value_leave_nothing_to_carry_out(line: str, behind: str) -> None:
    assert not read(line + behind).clear
