"""What the officer may write, word for word, and what then stands in the record (conversation.md)."""

from datetime import date

import pytest

from classify.coding import Coding
from store import cases, which
from store.case import Case, State
from tests.office import CITIZEN, DEPUTY, LEAD_514, LEAD_515, LEAD_602, LEGAL_OFFICE, OFFICER, Received, Story, judged

WAITED = "Guten Tag, ich habe gestern zwei Stunden gewartet. Das geht so nicht."


def asked(story: Story) -> Received:
    story.arrives(WAITED)
    story.passes()
    return story.letter(OFFICER, "confirmation_request")


def the_case(story: Story) -> Case:
    with story.database.transaction() as connection:
        (case_id,) = which.all_ids(connection, only_open=False)
        return cases.load(connection, [case_id])[case_id]


def recorded(story: Story) -> Coding:
    coding = the_case(story).reactions[0].coding
    assert coding is not None
    return coding


def drain(story: Story) -> None:
    """The letters of a confirmation are not what this story is about."""
    story.letter(CITIZEN, "acknowledgement")
    story.letter(OFFICER, "receipt")


@pytest.mark.parametrize("word", ["ok", "passt", "ja", "stimmt", "bestätigt", "OK.", "Okay!", "Ja, danke"])
def test_these_words_confirm(story: Story, word: str) -> None:
    request = asked(story)

    story.replies(request, word)
    story.passes()

    drain(story)
    story.letter(LEAD_515, "assignment")
    assert recorded(story).type == "beschwerde"


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Art: Dienstaufsichtsbeschwerde", "type", "dienstaufsichtsbeschwerde"),
        ("Kategorie: 1", "categories", ("organisation.wartezeit",)),
        ("Kategorie: Umgangsformen, Wartezeit", "categories", ("mitarbeiter.umgangsformen", "organisation.wartezeit")),
        ("+Umgangsformen", "categories", ("organisation.wartezeit", "mitarbeiter.umgangsformen")),
        ("-Wartezeit\n+Umgangsformen", "categories", ("mitarbeiter.umgangsformen",)),
        ("Kundengruppe: AG", "customer_group", "ag"),
        ("Form: Meinungskarte", "form", "meinungskarte"),
        ("Ansprechpartner: Jan Petersen", "contact", "deputy"),
    ],
)
def test_a_line_corrects_a_field_of_the_form(story: Story, line: str, field: str, value: object) -> None:
    request = asked(story)

    story.replies(request, line)
    story.passes()

    drain(story)
    story.letter(LEAD_515, "assignment")
    assert getattr(recorded(story), field) == value


def test_another_team_gets_the_case(story: Story) -> None:
    request = asked(story)

    story.replies(request, "Team: 602")
    story.passes()

    drain(story)
    story.letter(LEAD_602, "assignment")


def test_frist_is_the_date_in_the_acknowledgement(story: Story) -> None:
    request = asked(story)

    story.replies(request, "ok\nFrist: 15.12.2026")
    story.passes()

    assert "15. Dezember 2026" in story.letter(CITIZEN, "acknowledgement").text
    story.letter(OFFICER, "receipt")
    story.letter(LEAD_515, "assignment")
    assert the_case(story).day("answer") == date(2026, 12, 15)


def test_the_chosen_contact_person_stands_in_the_acknowledgement(story: Story) -> None:
    request = asked(story)

    story.replies(request, "Ansprechpartner: Jan Petersen")
    story.passes()

    acknowledgement = story.letter(CITIZEN, "acknowledgement").text
    assert "Jan Petersen" in acknowledgement
    assert DEPUTY.telephone in acknowledgement
    story.letter(OFFICER, "receipt")
    story.letter(LEAD_515, "assignment")


def test_kein_krm_anfrage_goes_to_the_unit_with_the_raw_mail(story: Story) -> None:
    request = asked(story)

    story.replies(request, "Kein KRM: Anfrage an 514")
    story.passes()

    story.letter(OFFICER, "receipt")
    handed = story.letter(LEAD_514, "hand_over")
    assert "Team 514 Leistung" in story.letter(CITIZEN, "hand_over_note").text
    assert [part.get_filename() for part in handed.mail.iter_attachments()] == ["Nachricht.eml"]
    assert the_case(story).state is State.NOT_KRM


def test_kein_krm_spam_goes_to_nobody(story: Story) -> None:
    request = asked(story)

    story.replies(request, "Kein KRM: Spam")
    story.passes()

    story.letter(OFFICER, "receipt")
    assert the_case(story).outside == "spam"


def test_kein_krm_after_the_number_keeps_the_entry_in_the_register(story: Story) -> None:
    request = asked(story)
    story.replies(request, "ok")
    story.passes()
    drain(story)
    story.letter(LEAD_515, "assignment")

    story.replies(request, "Kein KRM: Irrläufer an Arbeitsagentur")
    story.passes()

    story.letter(OFFICER, "receipt")
    assert "Arbeitsagentur" in story.letter(CITIZEN, "hand_over_note").text
    assert (str(the_case(story).number), the_case(story).state) == ("KRM-2026-0001", State.NOT_KRM)


def test_rechtsbehelf_ja_hands_over_and_the_case_stays(story: Story) -> None:
    request = asked(story)

    story.replies(request, "ok\nRechtsbehelf: ja")
    story.passes()

    drain(story)
    story.letter(LEAD_515, "assignment")
    story.letter(LEGAL_OFFICE, "hand_over")
    assert "einen Teil davon" in story.letter(CITIZEN, "hand_over_note").text


def test_rechtsbehelf_nein_takes_a_false_alarm_back(story: Story) -> None:
    story.suggestion = judged(remedy=True)
    request = asked(story)
    story.letter(LEGAL_OFFICE, "hand_over")

    story.replies(request, "Rechtsbehelf: nein\nok")
    story.passes()

    drain(story)
    story.letter(LEAD_515, "assignment")
    assert the_case(story).remedy is False


@pytest.mark.parametrize(
    "reply",
    [
        "nicht ok",
        "ok?",
        "Ja, aber die Kategorie stimmt nicht",
        "Art: Quatsch",
        "Kategorie: Beratung",
        "Kategorie: 99",
        "Frist: 31.11.2026",
        "Frist: 1.1.2020",
        "Kein KRM",
        "Team: 999",
        "Kategorie: 1, 2, 3, 4",
        "-Umgangsformen",
        "Folge: KRM-2026-0099",
        "Art: Anfrage",
        "",
        "Bitte rufen Sie mich an.",
    ],
)
def test_an_unclear_reply_changes_nothing(story: Story, reply: str) -> None:
    request = asked(story)

    story.replies(request, f"ok\n{reply}" if reply.startswith(("Frist", "-")) else reply)
    story.passes()

    story.letter(OFFICER, "unclear")
    case = the_case(story)
    assert case.number is None
    assert case.reactions[0].coding is None
    assert case.state is State.OPEN


def test_the_same_category_named_by_number_counts_as_the_mail_showed_it(story: Story) -> None:
    story.suggestion = judged(categories=("kommunal.unterkunft", "kommunal.heizkosten"), unit="514")
    request = asked(story)
    assert "2" in request.text

    story.replies(request, "Kategorie: 2")
    story.passes()

    drain(story)
    story.letter(LEAD_514, "assignment")
    assert recorded(story).categories == ("kommunal.heizkosten",)


def test_ok_above_the_own_name_is_ok(story: Story) -> None:
    request = asked(story)

    story.replies(request, "ok\n\nMeier")
    story.passes()

    drain(story)
    story.letter(LEAD_515, "assignment")


def test_kein_krm_on_a_further_mail_leaves_the_case_as_it_is(story: Story) -> None:
    story.replies(asked(story), "ok")
    story.passes()
    story.letter(LEAD_515, "assignment")
    acknowledgement = story.letter(CITIZEN, "acknowledgement")
    story.letter(OFFICER, "receipt")
    story.replies(acknowledgement, "Wann hat das Team 514 Sprechstunde?")
    story.passes()

    story.replies(story.letter(OFFICER, "confirmation_request"), "Kein KRM: Anfrage an 514")
    story.passes()

    story.letter(OFFICER, "receipt")
    story.letter(LEAD_514, "hand_over")
    story.letter(CITIZEN, "hand_over_note")
    case = the_case(story)
    assert (case.state, str(case.number), case.reactions[1].outside) == (State.OPEN, "KRM-2026-0001", "anfrage 514")
    assert case.open_reaction is None


def test_an_old_mailbox_taken_over_acknowledges_nothing_by_itself(story: Story) -> None:
    story.now = story.now.replace(year=2025)
    story.arrives(WAITED)
    story.now = story.now.replace(year=2026)
    story.passes()
    story.letter(OFFICER, "confirmation_request")
    story.letter(DEPUTY, "confirmation_request")

    for _ in range(5):  # Monday to Friday
        for person in (OFFICER, DEPUTY):
            story.letter(person, "digest")
        story.wait(days=1)
        story.passes()
