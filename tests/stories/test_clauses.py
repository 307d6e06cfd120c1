"""Clause by clause, what no other story is about: one short story each, named by its clause."""

import pytest

from classify.anlage3 import shipped
from store import cases, which
from tests.office import CITIZEN, DEPUTY, FRONT_OFFICE, LEAD_514, LEAD_515, OFFICER, Received, Story, judged

KNOWN = "zu den Unterlagen"


def asked(story: Story, body: str = "Ich habe zwei Stunden gewartet.", **fields: str) -> Received:
    story.arrives(body, **fields)
    story.passes()
    return story.letter(OFFICER, "confirmation_request")


def recorded(story: Story, *lines: str) -> Received:
    """Confirmed by these lines; gives the officer's receipt."""
    story.replies(asked(story), "\n".join(lines) or "ok")
    story.passes()
    return story.letter(OFFICER, "receipt")


def looked_at(story: Story, *letters: tuple[object, str]) -> list[Received]:
    return [story.letter(to, duty) for to, duty in letters]  # type: ignore[arg-type]


def test_a_reaction_with_several_concerns_is_one_case_with_up_to_three_categories(story: Story) -> None:
    """GA 3.1: several concerns, one number."""
    story.suggestion = judged(categories=("organisation.wartezeit", "mitarbeiter.umgangsformen"))
    receipt = recorded(story)

    assert "Wartezeit" in receipt.text
    assert "Umgangsformen" in receipt.text
    looked_at(story, (CITIZEN, "acknowledgement"), (LEAD_515, "assignment"))
    with story.database.transaction() as connection:
        case = cases.find(connection, "KRM-2026-0001")
    assert case is not None
    assert [c.category for c in case.concerns] == ["organisation.wartezeit", "mitarbeiter.umgangsformen"]


@pytest.mark.parametrize(
    ("type_id", "clause"),
    [
        ("dienstaufsichtsbeschwerde", "GA 3.1.1.2"),
        ("fachaufsichtsbeschwerde", "GA 3.1.1.3"),
        ("lob", "GA 3.1.2"),
        ("idee", "GA 3.1.3"),
    ],
)
def test_the_officer_s_type_is_what_is_recorded_whatever_the_mail_calls_itself(
    story: Story, type_id: str, clause: str
) -> None:
    """GA 3.1.1.2, GA 3.1.1.3, GA 3.1.2, GA 3.1.3: a suggestion is one, the officer records."""
    assert clause.removeprefix("GA ") in {t.ga for t in shipped().types if t.id == type_id}
    name = shipped().name(type_id)

    receipt = recorded(story, f"Art: {name}")

    assert f"Art: {name}" in receipt.text
    looked_at(story, (CITIZEN, "acknowledgement"), (LEAD_515, "assignment"))


@pytest.mark.parametrize(("type_id", "clause"), [("petition", "3.1.4"), ("eingabe", "3.1.5")])
def test_a_petition_is_never_acknowledged_unasked_and_follows_the_superior_s_date(
    story: Story, type_id: str, clause: str
) -> None:
    """GA 3.1.4, GA 3.1.5: the superior body's date goes first."""
    assert shipped().type(type_id).ga == clause
    story.suggestion = judged(type_id)
    request = asked(story)
    story.until("2026-11-26 08:00")
    story.passes()
    for person in (OFFICER, DEPUTY):
        story.letter(person, "digest")
    story.letter(DEPUTY, "confirmation_request")
    story.nothing_went_out()

    story.replies(request, "ok\nTermin: 10.12.2026")
    story.passes()

    assert "10. Dezember 2026" in story.letter(CITIZEN, "acknowledgement").text
    assert "Do 10.12.2026" in story.letter(LEAD_515, "assignment").text
    story.letter(OFFICER, "receipt")


def test_officer_and_deputy_may_do_the_same_and_the_first_reply_wins(story: Story) -> None:
    """GA 3.2.1: one officer, one deputy."""
    request = asked(story)

    story.replies(request, "ok", sender=DEPUTY.address)
    story.passes()

    assert "KRM-2026-0001" in story.letter(DEPUTY, "receipt").text
    looked_at(story, (CITIZEN, "acknowledgement"), (LEAD_515, "assignment"))


@pytest.mark.parametrize(
    ("form", "shown"),
    [("persönlich", "pers"), ("telefonisch", "telefon"), ("Meinungskarte", "Meinungskarte")],
)
def test_what_staff_hand_in_becomes_a_case_of_its_form(story: Story, form: str, shown: str) -> None:
    """GA 3.2.2, GA 3.2.3, GA 3.2.4, GA 3.2.6: oral, telephone and card reactions come from the house.

    Nobody of the house is acknowledged as a citizen; without an address the reason is said.
    """
    story.arrives(f"Eine Kundin war hier und fragte {KNOWN}.", sender=LEAD_514.address, subject="Kundin war hier")
    story.passes()
    story.letter(LEAD_514, "handed_in")

    story.replies(story.letter(OFFICER, "confirmation_request"), f"ok\nForm: {form}")
    story.passes()

    receipt = story.letter(OFFICER, "receipt")
    assert shown in receipt.text
    assert "keine Adresse" in receipt.text
    story.letter(LEAD_515, "assignment")


def test_a_measure_is_kept_with_its_owner_and_date(story: Story) -> None:
    """GA 3.4: counter-measures are initiated and followed up."""
    receipt = recorded(story)
    looked_at(story, (CITIZEN, "acknowledgement"), (LEAD_515, "assignment"))

    story.replies(receipt, "Maßnahme: Wartemarken auch online bis 1.3.2027, Ute Krause")
    story.passes()

    told = story.letter(OFFICER, "receipt").text
    assert "Wartemarken auch online" in told
    assert "Ute Krause" in told


def test_numbers_run_without_a_gap_through_the_year(story: Story) -> None:
    """GA 3.8: kept by running number; what is not recorded takes none."""
    for number, words in enumerate(("ok", "Kein KRM: Spam", "ok"), 1):
        story.replies(asked(story, f"Mail {number}: ich habe lange gewartet.", subject=f"Mail {number}"), words)
        story.passes()
    story._unread.clear()

    with story.database.transaction() as connection:
        found = sorted(
            str(c.number) for c in cases.load(connection, which.all_ids(connection, only_open=False)).values()
        )
    assert found == ["KRM-2026-0001", "KRM-2026-0002", "None"]


def test_the_form_goes_to_the_front_office_when_the_case_is_closed(story: Story) -> None:
    """Anlage 3, last line: an Vorzimmer Geschäftsführung zur Erfassung mit Vorgang; Anlage 2: the officer watches."""
    receipt = recorded(story)
    looked_at(story, (CITIZEN, "acknowledgement"), (LEAD_515, "assignment"))

    story.replies(receipt, "Erledigt: Gespräch geführt, Person ist zufrieden.")
    story.passes()

    form = story.letter(FRONT_OFFICE, "registration").text
    assert "KRM-2026-0001" in form
    assert "Wartezeit" in form
    assert "Gespräch geführt" in form
    story.letter(OFFICER, "receipt")
