"""Who must not get a Case: whoever a complaint is about, as far as a name can tell (rules.md)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classify.anlage3 import shipped
from ingest.office import Office, Person
from notify.recipients import complained_about, contact, deciding, in_charge
from store.case import Kind, Mark, Said
from tests.office import DEPUTY, HEAD_5, LEAD_514, MANAGER, OFFICE, OFFICER, judged
from tests.store.making import MONDAY, case, confirmed, reaction


def office_with(name: str) -> Office:
    """The office, its team 514 led by this person."""
    lead = Person("tl-514", name, "lead@jobcenter.example", "0381 514")
    return replace(OFFICE, units=(replace(OFFICE.units[0], lead=lead), *OFFICE.units[1:]))


def named(text: str, office: Office = OFFICE, subject: str = "Beschwerde") -> set[str]:
    return set(complained_about(case(reaction(text=text, subject=subject)), office, shipped()).people)


@pytest.mark.parametrize(
    ("what", "name", "text", "hit"),
    [
        ("the name", "Ute Krause", "Frau Krause war unfreundlich.", True),
        ("in capitals", "Ute Krause", "FRAU KRAUSE WAR UNFREUNDLICH", True),
        ("in small letters", "Ute Krause", "frau krause war unfreundlich", True),
        ("with a genitive s", "Ute Krause", "Frau Krauses Ton gefiel mir nicht.", True),
        ("with a hyphen behind it", "Ute Krause", "die Krause-Abteilung", True),
        ("an umlaut as written", "Jörg Größer", "Herr Größer war laut.", True),
        ("an umlaut spelt out", "Jörg Größer", "Herr Groesser war laut.", True),
        ("spelt out in the office's list", "Joerg Mueller", "Herr Müller war laut.", True),
        ("with a title", "Dr. Ute Krause", "Frau Dr. Krause war laut.", True),
        ("of nobility", "Karla von der Heide", "Frau von der Heide war laut.", True),
        ("a letter missing in a long name", "Rolf Steinhagen", "Herr Steinhgen war laut.", True),
        ("a letter too many in a long name", "Rolf Steinhagen", "Herr Steinhaagen war laut.", True),
        ("another letter in a long name", "Rolf Steinhagen", "Herr Steinhagan war laut.", True),
        ("a short name exactly", "Jan Koch", "Herr Koch war laut.", True),
        ("a short name, one letter off", "Jan Koch", "Herr Kochs Kollege, Herr Boch, war laut.", True),
        ("a short name, only one letter off", "Jan Koch", "Herr Boch war laut.", False),
        ("a first name alone", "Ute Krause", "Ute war laut.", False),
        ("part of a word", "Jan Koch", "Der Kochtopf stand im Weg.", False),
        ("another name", "Ute Krause", "Frau Krauthammer war laut.", False),
        ("nobody", "Ute Krause", "Ich habe zwei Stunden gewartet.", False),
        ("a title is no name", "Dr. Prof", "Frau Prof. Dr. Sommer war laut.", False),
        ("a post of one word", "Rechtsbehelfsstelle", "Die Rechtsbehelfsstelle antwortet nicht.", False),
    ],
)
def test_a_name_in_a_complaint_is_found(what: str, name: str, text: str, hit: bool) -> None:
    assert ("tl-514" in named(text, office_with(name))) is hit


@pytest.mark.parametrize(
    "line",
    [
        "Sehr geehrte Frau Krause,",
        "sehr geehrter Herr Krause!",
        "  Hallo Frau Krause,",
        "Guten Tag, Frau Krause,",
        "Guten Morgen Frau Krause",
        "Liebe Frau Krause,",
        "Moin Frau Krause,",
        "Werte Frau Krause,",
    ],
)
def test_a_salutation_complains_about_nobody(line: str) -> None:
    assert named(f"{line}\n\nich habe zwei Stunden gewartet.") == set()
    assert named(f"{line}\n\nSie, Frau Krause, waren frech.") == {LEAD_514.id}


def test_the_subject_names_too() -> None:
    assert named("Bitte um Rückruf.", subject="Beschwerde über Frau Krause") == {LEAD_514.id}


def test_several_people_are_all_found_with_the_words_that_named_them() -> None:
    found = complained_about(case(reaction(text="Frau Krauses Ton und Herr Brandt!")), OFFICE, shipped())

    assert found.people == {"tl-514", "tl-515"}
    assert set(found.words) == {"Krauses", "Brandt"}


@pytest.mark.parametrize("type_id", [t.id for t in shipped().types])
def test_only_a_complaint_is_about_somebody(type_id: str) -> None:
    kind = shipped().type(type_id)
    of = case(reaction(text="Frau Krause", suggestion=judged(type_id)))

    assert bool(complained_about(of, OFFICE, shipped()).people) is kind.about_people


def test_the_officer_s_coding_goes_before_the_suggestion() -> None:
    praise = confirmed(reaction(text="Frau Krause", suggestion=judged("beschwerde")), type="lob")

    assert complained_about(case(praise), OFFICE, shipped()).people == frozenset()


def test_what_nobody_judged_is_taken_for_a_complaint() -> None:
    assert complained_about(case(reaction(text="Frau Krause", suggestion=None)), OFFICE, shipped()).people


def test_a_later_complaint_counts_for_the_whole_case() -> None:
    of = case(reaction(1, "Ich warte."), reaction(2, "Frau Krause lacht nur.", kind=Kind.FOLLOW_UP))

    assert complained_about(of, OFFICE, shipped()).people == {LEAD_514.id}


def test_quoted_words_of_ours_complain_about_nobody() -> None:
    quoting = reaction(text="Wann?\n> Ansprechpartner/in: Sabine Meier", new_text="Wann?", kind=Kind.FOLLOW_UP)

    assert complained_about(case(quoting), OFFICE, shipped()).people == frozenset()


UNIT = OFFICE.unit("514")


@pytest.mark.parametrize(
    ("what", "out", "who"),
    [
        ("nobody", set(), LEAD_514),
        ("the team lead", {"tl-514"}, HEAD_5),
        ("the area head, whose subordinate the lead is", {"bl-5"}, MANAGER),
        ("team lead and area head", {"tl-514", "bl-5"}, MANAGER),
        ("all up to management", {"tl-514", "bl-5", "gf"}, OFFICER),
        ("and the officer", {"tl-514", "bl-5", "gf", "officer"}, DEPUTY),
        ("everybody", {"tl-514", "bl-5", "gf", "officer", "deputy"}, None),
        ("the lead of another unit", {"tl-602"}, LEAD_514),
    ],
)
def test_a_unit_s_case_goes_to_the_first_who_is_not_complained_about(
    what: str, out: set[str], who: Person | None
) -> None:
    assert in_charge(UNIT, OFFICE, frozenset(out)) == who


def test_without_a_unit_nobody_is_in_charge() -> None:
    assert in_charge(None, OFFICE, frozenset()) is None


@pytest.mark.parametrize(
    ("what", "out", "who"),
    [
        ("nobody", set(), (OFFICER, DEPUTY)),
        ("the officer", {"officer"}, (DEPUTY,)),
        ("the deputy", {"deputy"}, (OFFICER,)),
        ("both: somebody must decide", {"officer", "deputy"}, (OFFICER, DEPUTY)),
    ],
)
def test_officer_and_deputy_decide_about_each_other(what: str, out: set[str], who: tuple[Person, ...]) -> None:
    assert deciding(OFFICE, frozenset(out)) == who


NO_TELEPHONE = Person("tl-602", "Heike Sommerfeld", "sommerfeld@jobcenter.example")


@pytest.mark.parametrize(
    ("what", "office", "out", "chosen", "who"),
    [
        ("nobody chosen", OFFICE, set(), "", "officer"),
        ("a chosen one", OFFICE, set(), "tl-514", "tl-514"),
        ("a chosen one who is complained about", OFFICE, {"tl-514"}, "tl-514", "officer"),
        ("somebody who left", OFFICE, set(), "tl-999", "officer"),
        ("the officer is complained about", OFFICE, {"officer"}, "", "deputy"),
        (
            "a chosen one without telephone",
            replace(OFFICE, units=(replace(OFFICE.units[2], lead=NO_TELEPHONE),)),
            set(),
            "tl-602",
            "officer",
        ),
        (
            "an officer without telephone",
            replace(OFFICE, officer=replace(OFFICER, telephone="")),
            set(),
            "",
            "deputy",
        ),
    ],
)
def test_the_contact_person_has_a_telephone_and_is_not_complained_about(
    what: str, office: Office, *, out: set[str], chosen: str, who: str
) -> None:
    """GA 3.5.1."""
    assert contact(office, frozenset(out), chosen).id == who


@given(st.text(max_size=300))
def test_any_text_can_be_searched_for_names(text: str) -> None:
    assert named(text) <= {p.id for p in OFFICE.people()}


@pytest.mark.parametrize(
    ("what", "text", "found"),
    [
        ("a sentence behind the greeting", "Hallo, Frau Krause hat mich angeschrien.", {"tl-514"}),
        ("two letters changed places", "Herr Sommerfedl war unverschämt.", {"tl-602"}),
        (
            "two letters of the name changed places",
            "Frau Sommerfeld und Frau Krasue waren frech.",
            {"tl-602", "tl-514"},
        ),
        ("a word that is no name in small letters", "ich habe so krause Gedanken.", set()),
        ("nobody used capitals", "frau krause hat mich angeschrien", {"tl-514"}),
        ("behind a title in small letters", "Gestern hat frau krause mich angeschrien.", {"tl-514"}),
    ],
)
def test_names_are_found_as_people_write_them(what: str, text: str, found: set[str]) -> None:
    assert named(text) == found, what


# --- names that are only begun, and matches taken back ---


@pytest.mark.parametrize(
    ("what", "text", "found"),
    [
        ("an initial", "Frau K. war frech.", {"tl-514"}),
        ("an initial behind a title", "Frau Dr. K. war frech.", {"tl-514"}),
        ("without its full stop", "Herr B war frech.", {"tl-515"}),
        ("in the greeting", "Sehr geehrte Frau K.,\nich warte.", set()),
        ("nobody's initial", "Frau X. war frech.", set()),
        ("no initial but a name", "Frau Xenia war frech.", set()),
    ],
)
def test_a_name_that_is_only_begun_can_be_anybody_s_with_this_letter(what: str, text: str, found: set[str]) -> None:
    assert found <= named(text)
    assert bool(named(text)) is bool(found)


def test_the_officer_s_word_takes_a_match_back_for_this_case_alone() -> None:
    wrong = Mark(Said.NOT_MEANT, MONDAY, "officer", 1, 2, about="tl-514")
    of = case(reaction(text="Frau Krause und Herr Brandt waren frech."), marks=(wrong,))

    assert complained_about(of, OFFICE, shipped()).people == {"tl-515"}
    assert named("Frau Krause war frech.") == {"tl-514"}
