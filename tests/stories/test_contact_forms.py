"""Reactions that staff take down on the contact form (GA 3.2.2 to 3.2.6, Anlage 3): from the form to the letter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from classify.anlage3 import shipped
from classify.coding import Urgency
from classify.contact_form import ContactForm
from classify.form_reading import of_text
from ingest.dates import day
from ingest.documents import File, text_of
from notify.contact_form import Heading, blank, filled
from store import cases, journal, which
from store.case import OFFICE as THE_OFFICE
from store.case import Case
from tests.notify.test_contact_form import written_again
from tests.office import DEPUTY, KRM, LEAD_514, LEAD_515, OFFICER, Received, Story, judged
from tests.stories.acts import CLERK, HOUSE, answered, aside, case, digests

FORM = shipped()
OLENA = "olena.petrenko@mail.example"
CALL = ContactForm(
    first_name="Olena",
    last_name="Petrenko",
    street="Am Ort 3",
    postcode="18057",
    town="Rostock",
    email=OLENA,
    phone="0381 12345",
    arrived=date(2026, 11, 20),
    type="beschwerde",
    form="telefon",
    customer_group="ag",
    unit="Team 514",
    categories=("organisation.wartezeit", "mitarbeiter.umgangsformen"),
    words="Sie hat am Donnerstag zwei Stunden gewartet und wurde dann weggeschickt.",
)
SCAN = Path(__file__).parent.parent / "documents" / "scan.pdf"
CAME_BY_MAIL = "anbei ein Kontaktformular."


@pytest.fixture
def story(story: Story) -> Iterator[Story]:
    """Monday, 23 November 2026, nine o'clock; Anna Schulz of team 514 mails."""
    told = Story(story.database, office=HOUSE)
    yield told
    told.nothing_went_out()


def mailed(*forms: bytes, text: str = CAME_BY_MAIL, sender: str = f"Anna Schulz <{CLERK}>") -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, KRM, "Kontaktformular"
    mail["Message-ID"] = "<1@jobcenter.example>"
    mail.set_content(text)
    for number, form in enumerate(forms, 1):
        mail.add_attachment(form, maintype="application", subtype="pdf", filename=f"form-{number}.pdf")
    return mail.as_bytes()


def paper(form: ContactForm) -> bytes:
    """The office's own form, filled in on the screen."""
    return written_again(blank(FORM), form)


def handed_in(story: Story, form: ContactForm, **fields: str) -> Received:
    """A colleague mails a filled form: the request to the officer; colleague and team lead are told it came."""
    story.raw_arrives(mailed(paper(form), **fields))
    story.passes()
    story.letter(CLERK, "handed_in")
    story.letter(LEAD_514, "handed_in")
    return story.letter(OFFICER, "confirmation_request")


def the_form_on(request: Received) -> ContactForm:
    """The form attached to the request, read again."""
    (attached,) = [p for p in request.mail.iter_attachments() if p.get_content_type() == "application/pdf"]
    content = attached.get_content()
    found = of_text(text_of(File("", "", content)), FORM, lambda text: day(text, date(2026, 11, 23), past=True))
    assert found is not None
    return found.form


def no_case(story: Story) -> None:
    with story.database.transaction() as connection:
        assert which.all_ids(connection, only_open=False) == ()


def all_cases(story: Story) -> list[Case]:
    with story.database.transaction() as connection:
        return list(cases.load(connection, which.all_ids(connection, only_open=False)).values())


def test_a_call_on_the_form_is_confirmed_as_it_stands_there_and_acknowledged(story: Story) -> None:
    request = handed_in(story, CALL)
    words = " ".join(request.text.split())
    assert "Von: Olena Petrenko, olena.petrenko@mail.example" in words
    assert "Im Haus eingereicht von Anna Schulz" in words
    assert "Die Angaben stammen aus dem Kontaktformular „form-1.pdf“" in words
    assert "Form der Reaktion: telefon." in words
    assert "Eingang: Fr 20.11.2026" in words
    assert "Im Formular steht „Betroffene Org.-Einheit: Team 514“. Nach den Worten wäre es eher: Team 515" in words
    assert CALL.words in words

    answered(story, request)

    coding = case(story).reactions[0].coding
    assert coding is not None
    assert (coding.type, coding.form, coding.customer_group, coding.unit) == ("beschwerde", "telefon", "ag", "514")
    assert coding.categories == CALL.categories
    acknowledgement = story.letter(OLENA, "acknowledgement")
    assert "Sie ist am 20. November 2026 bei uns eingegangen" in acknowledgement.text
    assert "4. Dezember 2026" in acknowledgement.text, "fourteen days from the form's day"
    assert CALL.words in story.letter(LEAD_514, "assignment").text


def test_the_officer_gets_the_form_as_it_was_understood(story: Story) -> None:
    request = handed_in(story, CALL)

    form = the_form_on(request)

    assert set(form.categories) == set(CALL.categories)
    assert replace(form, unit="", words="", categories=()) == replace(CALL, unit="", words="", categories=())
    assert form.unit == "Team 514 Leistung"
    assert CALL.words in " ".join(form.words.split())


def test_without_an_e_mail_address_the_acknowledgement_comes_to_the_officer_to_print(story: Story) -> None:
    request = handed_in(story, replace(CALL, email=""))
    assert "Es geht keine Eingangsbestätigung hinaus. Die Nachricht nennt keine Adresse." in request.text

    receipt = answered(story, request)

    assert "Olena Petrenko\nAm Ort 3\n18057 Rostock" in receipt.text
    assert "am 20. November 2026 bei uns eingegangen" in receipt.text
    story.letter(LEAD_514, "assignment")


def test_a_form_that_is_late_already_is_late_from_its_day_on(story: Story) -> None:
    request = handed_in(story, replace(CALL, arrived=date(2026, 11, 2)))
    assert "Eingangsbestätigung bis: Do 05.11.2026" in request.text
    assert "Antwort bis: Mo 16.11.2026" in request.text

    answered(story, request, "ok\nFrist: 1.12.2026")

    assert "1. Dezember 2026" in story.letter(OLENA, "acknowledgement").text
    story.letter(LEAD_514, "assignment")
    story.letter(OFFICER, "interim_draft")


def test_a_day_in_the_future_does_not_count_and_is_named(story: Story) -> None:
    request = handed_in(story, replace(CALL, arrived=date(2026, 12, 20)))

    assert "Das Eingangsdatum 20.12.2026 liegt in der Zukunft" in " ".join(request.text.split())
    assert "Eingang: Mo 23.11.2026, 09:00 Uhr" in request.text


@pytest.mark.parametrize(("line", "day_counts"), [("12.11.2026", "12. November"), ("23.11.2026", "23. November")])
def test_the_officer_corrects_the_day_backwards_and_forwards(story: Story, line: str, day_counts: str) -> None:
    request = handed_in(story, CALL)

    answered(story, request, f"ok\nEingang: {line}")

    assert f"am {day_counts} 2026 bei uns eingegangen" in story.letter(OLENA, "acknowledgement").text
    story.letter(LEAD_514, "assignment")
    aside(story, "interim_draft")  # ten days after the twelfth
    assert case(story).arrived == case(story).reactions[0].arrived


def test_a_day_after_the_mail_came_is_refused(story: Story) -> None:
    request = handed_in(story, CALL)
    story.wait(days=1)
    story.replies(request, "ok\nEingang: 24.11.2026")
    story.passes()

    assert "liegt nach dem Eingang im Postfach" in story.letter(OFFICER, "unclear").text
    story.letter(OFFICER, "digest")
    story.letter(DEPUTY, "digest")


def test_what_is_contradictory_is_named_and_left_to_the_officer(story: Story) -> None:
    """Whoever filled it in ticked two types: nothing is guessed, and nothing offers to confirm it as it stands."""
    form = paper(replace(CALL, arrived=date(2026, 11, 23)))
    twice = filled_with(form, "art/lob")
    story.raw_arrives(mailed(twice))
    story.passes()
    story.letter(CLERK, "handed_in")
    story.letter(LEAD_514, "handed_in")
    request = story.letter(OFFICER, "confirmation_request")

    assert "Bei „Art der Reaktion“ ist mehr angekreuzt: Lob, Beschwerde." in " ".join(request.text.split())
    assert "Der Vorschlag ist unsicher" in request.text


def filled_with(pdf: bytes, box: str) -> bytes:
    """One box more is ticked."""
    with pikepdf.open(BytesIO(pdf)) as document:
        for field in document.Root.AcroForm.Fields:
            if str(field.T) == box:
                field.V = field.AS = pikepdf.Name("/Ja")
        saved = BytesIO()
        document.save(saved)
    return saved.getvalue()


def test_what_the_words_say_otherwise_is_named(story: Story) -> None:
    story.suggestion = judged("lob", ("mitarbeiter.engagement",), unit="514")

    request = handed_in(story, replace(CALL, arrived=date(2026, 11, 23)))

    words = " ".join(request.text.split())
    assert "Im Formular steht „Art: Beschwerde“. Nach den Worten wäre es eher: Lob." in words
    assert "Nach den Worten passt auch die Kategorie: Mitarbeiterverhalten: Einsatzbereitschaft" in words
    assert "Art: Beschwerde (97 %)" in words


def test_danger_in_the_words_of_a_form_is_an_alarm(story: Story) -> None:
    story.suggestion = judged(urgency=Urgency.DANGER)

    handed_in(story, replace(CALL, arrived=date(2026, 11, 23), settled=True))

    for person in (OFFICER, DEPUTY, *HOUSE.management, HOUSE.security):
        assert person is not None
        story.letter(person, "alert")
    assert len(all_cases(story)) == 1, "settled or not"


def test_a_second_form_in_the_same_mail_is_not_lost_silently(story: Story) -> None:
    today = replace(CALL, arrived=date(2026, 11, 23))
    story.raw_arrives(mailed(paper(today), paper(replace(today, last_name="Muster", email=""))))
    story.passes()

    colleague = " ".join(story.letter(CLERK, "handed_in").text.split())
    assert "Nicht aufgenommen: form-2.pdf. Bitte schicken Sie jedes davon noch einmal" in colleague
    assert "Nicht aufgenommen" not in story.letter(LEAD_514, "handed_in").text
    request = " ".join(story.letter(OFFICER, "confirmation_request").text.split())
    assert "In der Nachricht sind 2 Kontaktformulare" in request
    assert "Nicht übernommen: form-2.pdf (Olena Muster)" in request
    assert [r.sender.name for r in case(story).reactions] == ["Olena Petrenko"]
    assert case(story).reactions[0].form.left_out == ("form-2.pdf",)  # type: ignore[union-attr]


def test_a_second_form_behind_one_that_would_be_a_note_comes_before_the_officer(story: Story) -> None:
    """Else nobody but the digest would hear of the mail."""
    settled = replace(CALL, form="persoenlich", settled=True, arrived=date(2026, 11, 23))
    story.raw_arrives(mailed(paper(settled), paper(replace(settled, last_name="Muster", settled=False))))

    assert story.passes()["noted"] == 0

    assert "form-2.pdf" in story.letter(OFFICER, "confirmation_request").text
    assert "form-2.pdf" in story.letter(CLERK, "handed_in").text
    story.letter(LEAD_514, "handed_in")


def test_a_form_that_is_sent_again_by_itself_is_taken_up(story: Story) -> None:
    today = replace(CALL, arrived=date(2026, 11, 23))
    second = replace(today, last_name="Muster", email="")
    story.raw_arrives(mailed(paper(today), paper(second)))
    story.passes()
    story.raw_arrives(mailed(paper(second)).replace(b"<1@", b"<2@"))
    story.passes()
    aside(story, "handed_in", "confirmation_request")

    assert sorted(c.reactions[0].sender.name for c in all_cases(story)) == ["Olena Muster", "Olena Petrenko"]


def test_two_colleagues_forms_are_two_cases(story: Story) -> None:
    """The same words beside another file are another form."""
    story.raw_arrives(mailed(paper(replace(CALL, arrived=date(2026, 11, 23)))))
    other = replace(CALL, arrived=date(2026, 11, 23), last_name="Muster", email="", words="Er ist zufrieden.")
    story.raw_arrives(mailed(paper(other)).replace(b"<1@", b"<2@"))
    while story.passes()["opened"]:
        pass
    for _ in range(2):
        story.letter(CLERK, "handed_in")
        story.letter(LEAD_514, "handed_in")
        story.letter(OFFICER, "confirmation_request")

    assert {c.reactions[0].sender.name for c in all_cases(story)} == {"Olena Petrenko", "Olena Muster"}


SETTLED = replace(CALL, form="persoenlich", settled=True, arrived=date(2026, 11, 23))


def test_an_oral_reaction_settled_the_same_day_is_a_note(story: Story) -> None:
    story.raw_arrives(mailed(paper(SETTLED)))
    assert story.passes()["noted"] == 1

    note = story.letter(CLERK, "noted")
    assert note.mail["To"] == f"Anna Schulz <{CLERK}>"
    assert "Es gibt keinen Vorgang" in note.text
    assert "Petrenko" not in note.text
    no_case(story)
    with story.database.transaction() as connection:
        assert "noted" in [e.action for e in journal.read(connection, THE_OFFICE)]

    digest = digests(story, "2026-11-24 07:30")
    assert "MÜNDLICH UND AM SELBEN TAG GEKLÄRT (1)" in digest.text
    assert "1 eingegangen = 1 mündlich geklärt" in " ".join(digest.text.split())
    story.until("2026-12-24 07:30")
    story.passes()
    no_case(story)


def test_moved_back_into_the_inbox_it_becomes_a_case(story: Story) -> None:
    raw = mailed(paper(SETTLED))
    story.raw_arrives(raw)
    story.passes()
    story.letter(CLERK, "noted")

    story.raw_arrives(raw)
    story.passes()

    story.letter(OFFICER, "confirmation_request")
    story.letter(CLERK, "handed_in")
    story.letter(LEAD_514, "handed_in")
    assert len(all_cases(story)) == 1


@pytest.mark.parametrize("form", ["schriftlich", "meinungskarte", "email"])
def test_a_written_one_always_opens_a_case(story: Story, form: str) -> None:
    request = handed_in(story, replace(SETTLED, form=form))

    assert "Nur mündliche und telefonische Reaktionen brauchen dann keinen Vorgang" in " ".join(request.text.split())


NOTES = {
    "in person": (
        "Hallo, Frau Petrenko war eben hier und beschwert sich über Frau Wiechmann. Sie hat zwei Stunden gewartet.",
        "persoenlich",
        "Petrenko",
    ),
    "by telephone": (
        "Anruf von Herrn Dr. Ali Demir: er wartet seit acht Wochen auf Antwort.",
        "telefon",
        "Dr. Ali Demir",
    ),
    "a letter": ("Im Briefkasten lag ein Brief von Frau Muster, sie lobt das Team.", "schriftlich", "Muster"),
    "a card": ("Im Kasten lag eine Meinungskarte ohne Namen: zu wenig Stühle.", "meinungskarte", ""),
}


@pytest.mark.parametrize(("note", "form", "name"), NOTES.values(), ids=NOTES)
def test_a_colleague_s_free_note_comes_back_as_a_filled_form(story: Story, note: str, form: str, name: str) -> None:
    story.arrives(note, sender=f"Anna Schulz <{CLERK}>", subject="Beschwerde")
    story.passes()
    story.letter(CLERK, "handed_in")
    story.letter(LEAD_514, "handed_in")
    request = story.letter(OFFICER, "confirmation_request")
    assert "Das Kontaktformular im Anhang hat das Programm aus der Nachricht ausgefüllt" in " ".join(
        request.text.split()
    )
    attached = the_form_on(request)
    assert (attached.form, attached.name) == (form, name)
    assert attached.arrived == date(2026, 11, 23)

    answered(story, request)

    coding = case(story).reactions[0].coding
    assert coding is not None
    assert coding.form == form
    assert case(story).reactions[0].sender.name == name
    story.letter(LEAD_515, "assignment")


def test_the_form_of_reaction_is_corrected_by_reply(story: Story) -> None:
    story.arrives(
        "Frau Petrenko war eben hier, zwei Stunden Wartezeit.", sender=f"Anna Schulz <{CLERK}>", subject="Beschwerde"
    )
    story.passes()
    story.letter(CLERK, "handed_in")
    story.letter(LEAD_514, "handed_in")

    answered(story, story.letter(OFFICER, "confirmation_request"), "ok\nForm: telefon.")

    coding = case(story).reactions[0].coding
    assert coding is not None
    assert coding.form == "telefon"
    story.letter(LEAD_515, "assignment")


def test_a_form_from_a_citizen_is_content_like_any_mail(story: Story) -> None:
    """Nobody outside says by a form what is recorded, or that nothing is."""
    story.raw_arrives(mailed(paper(SETTLED), text="Guten Tag, ich habe gewartet.", sender=OLENA))
    story.passes()

    request = story.letter(OFFICER, "confirmation_request")

    assert "form-1.pdf" in request.text
    assert "Kontaktformular „" not in request.text
    assert [p.get_content_type() for p in request.mail.iter_attachments()] == []
    assert "Art: Beschwerde (81 %)" in request.text


def test_a_scan_that_nobody_can_read_is_put_before_the_officer_as_unread(story: Story) -> None:
    story.raw_arrives(mailed(SCAN.read_bytes()))
    story.passes()
    story.letter(CLERK, "handed_in")
    story.letter(LEAD_514, "handed_in")

    request = story.letter(OFFICER, "confirmation_request")

    assert "Der Anhang „form-1.pdf“ ist nicht gelesen" in " ".join(request.text.split())


def test_a_scan_is_read_by_whoever_can(story: Story) -> None:
    seen = text_of(File("", "", filled(replace(CALL, arrived=date(2026, 11, 23)), FORM, Heading())))
    story.bot = replace(story.bot, ocr=lambda _: seen)
    story.raw_arrives(mailed(SCAN.read_bytes()))
    story.passes()
    story.letter(CLERK, "handed_in")
    story.letter(LEAD_514, "handed_in")

    request = story.letter(OFFICER, "confirmation_request")

    assert "Von: Olena Petrenko" in request.text
    assert "„form-1.pdf“ ist ein Scan" in " ".join(request.text.split())
