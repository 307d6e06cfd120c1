"""What the officer decided becomes labelled mails: in the words of the form, without the people."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from classify.anlage3 import shipped
from classify.coding import Coding, Text, Urgency
from ingest.message import Address
from ingest.vocabulary import REASONS
from krm import teaching
from krm.teaching import Taught
from store.lessons import Lesson
from tests.office import MONDAY, OFFICE, judged

CODING = Coding("beschwerde", ("organisation.wartezeit",), "ag", "email", "515", "", False, Urgency.NEED)


def lesson(mail: int = 7, at: datetime = MONDAY, **fields: object) -> Lesson:
    standard = Lesson(
        mail=mail,
        ids=(f"E-7K{mail}", "KRM-2026-0042"),
        confirmed_at=at,
        sender=Address("Hildegard Zwetschgenbaum", "hilde@mail.example"),
        writer=f"keyedhash{mail}",
        subject="Beschwerde von Frau Zwetschgenbaum",
        text="Ich habe zwei Stunden gewartet.",
        follows=False,
        suggestion=judged(),
        coding=CODING,
        reason="",
        remedy=None,
    )
    return replace(standard, **fields)  # type: ignore[arg-type]


def taught(*lessons: Lesson) -> tuple[Taught, ...]:
    return teaching.taught(lessons, shipped())


def test_a_coding_labels_the_mail_as_it_was_judged() -> None:
    (found,) = taught(lesson())

    example = found.example
    assert (example.id, example.writer, example.confirmed) == ("c-7", "keyedhash7", True)
    assert (example.from_name, example.subject) == ("Hildegard Zwetschgenbaum", "Beschwerde von Frau Zwetschgenbaum")
    assert (example.type, example.categories) == ("beschwerde", ("organisation.wartezeit",))
    assert (example.customer_group, example.remedy, example.urgency) == ("ag", False, Urgency.NEED)


@pytest.mark.parametrize("reason", [term.id for term in REASONS])
def test_every_reason_of_the_vocabulary_says_a_type_that_is_not_recorded(reason: str) -> None:
    (found,) = taught(lesson(coding=None, reason=reason))

    assert not shipped().type(found.example.type).krm
    assert found.example.categories == ()
    assert found.example.remedy == (reason == "widerspruch")


def test_every_reason_that_says_a_type_is_one_of_the_vocabulary() -> None:
    said = [reason for kind in shipped().types for reason in kind.reasons]

    assert sorted(said) == sorted(term.id for term in REASONS)


REMEDY = {
    "recorded as suggested": (replace(CODING, remedy=True), "", None, True),
    "the officer says no": (replace(CODING, remedy=True), "", False, False),
    "the officer says yes": (CODING, "", True, True),
    "it is an objection": (None, "widerspruch", None, True),
    "a question, suggested as a remedy": (None, "anfrage", None, False),
    "a question that holds a remedy": (None, "anfrage", True, True),
}


@pytest.mark.parametrize(("coding", "reason", "said", "remedy"), REMEDY.values(), ids=REMEDY.keys())
def test_a_remedy_is_what_the_officer_said_else_what_was_recorded(
    coding: Coding | None, reason: str, said: bool | None, remedy: bool
) -> None:
    (found,) = taught(lesson(coding=coding, reason=reason, remedy=said, suggestion=judged(remedy=True)))

    assert found.example.remedy == remedy
    assert found.example.remedy_told == (said is not None or bool(reason))


def test_a_model_is_asked_what_the_one_before_was_asked() -> None:
    first, later = taught(lesson(), lesson(8, follows=True))

    assert first.text == Text(
        "c-7", "Beschwerde von Frau Zwetschgenbaum", "Hildegard Zwetschgenbaum", "Ich habe zwei Stunden gewartet."
    )
    assert later.text.follows


STRANGE = {
    "a type of another form": {"coding": replace(CODING, type="nachricht")},
    "only categories of another form": {"coding": replace(CODING, categories=("haus.telefon",))},
    "a reason nobody knows": {"coding": None, "reason": "sonstwas"},
}


@pytest.mark.parametrize("fields", STRANGE.values(), ids=STRANGE.keys())
def test_what_this_form_has_no_word_for_is_left_out(fields: dict[str, object]) -> None:
    assert taught(lesson(**fields)) == ()


def test_of_several_categories_those_of_this_form_stay_in_order() -> None:
    mixed = replace(CODING, categories=("haus.telefon", "organisation.telefon", "organisation.wartezeit"))

    (found,) = taught(lesson(coding=mixed, suggestion=None))

    assert found.example.categories == ("organisation.telefon", "organisation.wartezeit")


def test_a_customer_group_of_another_form_is_not_known() -> None:
    (found,) = taught(lesson(coding=replace(CODING, customer_group="rentner")))

    assert found.example.customer_group == ""


def test_a_mail_without_coding_and_suggestion_has_no_customer_group() -> None:
    (found,) = taught(lesson(suggestion=None, coding=None, reason="anfrage"))

    assert found.example.customer_group == ""


def test_without_a_sender_a_mail_is_a_writer_of_its_own() -> None:
    found = taught(lesson(1, writer=""), lesson(2, writer=""))

    assert [t.example.writer for t in found] == ["c-1", "c-2"]


def test_what_is_learned_from_names_nobody() -> None:
    text = (
        "Ich, H. Zwetschgenbaum, warte seit drei Wochen auf Frau Krause aus Team 514. Mein Vorgang KRM-2026-0042 liegt "
        "bei Ute Krause, Telefon 0381 514. Antwort an hilde@mail.example. Gruß, Hildegard"
    )
    (found,) = taught(lesson(text=text))

    learned = teaching.unnamed(found, teaching.house(OFFICE))

    told = f"{learned.from_name} {learned.subject} {learned.body}"
    for word in ("Zwetschgenbaum", "Hildegard", "Krause", "0042", "hilde@", "0381"):
        assert word not in told
    assert "drei Wochen" in told
    assert "Team 514" in told
    assert (learned.id, learned.type, learned.confirmed) == ("c-7", "beschwerde", True)


def test_whether_there_was_a_name_stays_to_be_seen() -> None:
    house = teaching.house(OFFICE)
    named, nameless = taught(lesson(), lesson(sender=Address("", "x@y.example")))

    assert teaching.unnamed(named, house).from_name == teaching.SOMEBODY
    assert teaching.unnamed(nameless, house).from_name == ""


def test_everybody_of_the_house_is_known_by_name() -> None:
    office = replace(OFFICE, staff=("Herr Ziegenbein",), units=(replace(OFFICE.units[0], staff=("Frau Dorn",)),))

    known = teaching.house(office)

    assert {p.name for p in office.people()} | {"Herr Ziegenbein", "Frau Dorn"} == set(known.names)
    assert {"krause@jobcenter.example", "0381 514"} <= set(known.words)
    assert "" not in known.words


APART = {
    # confirmed, of them after the model was made (None: there was none), compared
    "few: ten": (30, None, 10),
    "a fifth": (200, None, 40),
    "at most a hundred": (2000, None, 100),
    "only what the model has not seen": (200, 15, 15),
    "of much it has not seen a fifth": (200, 90, 40),
    "too little it has not seen": (200, 9, 40),
}


@pytest.mark.parametrize(("count", "fresh", "compared"), APART.values(), ids=APART.keys())
def test_the_newest_are_kept_for_the_comparison(count: int, fresh: int | None, compared: int) -> None:
    lessons = taught(*(lesson(n, MONDAY + timedelta(hours=n)) for n in range(count)))
    made = None if fresh is None else MONDAY + timedelta(hours=count - fresh, minutes=-1)

    found = teaching.apart(lessons, made)

    assert len(found.compared) == compared
    assert (*found.learned, *found.compared) == lessons


def test_of_very_many_the_newest_are_learned_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(teaching, "MOST_LEARNED", 20)
    lessons = taught(*(lesson(n) for n in range(60)))

    found = teaching.apart(lessons, None)

    assert (*found.learned, *found.compared) == lessons[-32:]


def test_mails_of_one_person_or_one_case_are_of_one_writer() -> None:
    case = ("E-1", "KRM-2026-0001")
    first, other, same_case, same_person, stranger = taught(
        lesson(1, writer="ada", ids=case),
        lesson(2, writer="ben", ids=("E-2",)),
        lesson(3, writer="cem", ids=case),
        lesson(4, writer="cem", ids=("E-4",)),
        lesson(5, writer="dan", ids=("E-5",)),
    )

    assert first.example.writer == same_case.example.writer == same_person.example.writer
    assert len({t.example.writer for t in (first, other, stranger)}) == 3


def test_who_writes_by_a_web_form_is_not_taken_for_one_person() -> None:
    form = Address("Kontaktformular", "Form@jobcenter.example")
    lessons = [lesson(n, writer="form", sender=form) for n in (1, 2)]

    found = teaching.taught(lessons, shipped(), ["form@jobcenter.example"])

    assert [t.example.writer for t in found] == ["c-1", "c-2"]


def test_nobody_is_learned_from_and_compared() -> None:
    """Every third mail is of a writer who wrote before: those are learned from, however new they are."""
    lessons = taught(*(lesson(n, writer=f"w{n if n % 3 else n % 2}") for n in range(100)))

    found = teaching.apart(lessons, None)

    assert len(found.compared) >= 20
    assert {t.example.writer for t in found.compared}.isdisjoint(t.example.writer for t in found.learned)
    assert {t.example.id for t in (*found.learned, *found.compared)} == {t.example.id for t in lessons}


def test_one_writer_alone_leaves_nothing_to_compare() -> None:
    lessons = taught(*(lesson(n, writer="ada") for n in range(60)))

    assert teaching.apart(lessons, None).compared == ()
