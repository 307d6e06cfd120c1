"""Eintragung and Austragung: the filled form at confirmation, the Case with it at closing (GA 3.3, Anlage 3)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from classify.anlage3 import shipped
from classify.contact_form import ContactForm
from classify.form_reading import of_text
from ingest.dates import day
from ingest.documents import File, text_of
from ingest.office import Office
from krm.bot import Rhythm
from notify import papers
from notify.papers import BrokenPaper
from store import journal
from store.case import Delivery, State
from tests.office import (
    CITIZEN,
    DEPUTY,
    FRONT_OFFICE,
    HEAD_5,
    KRM,
    LEAD_514,
    LEAD_515,
    MANAGER,
    OFFICE,
    OFFICER,
    Received,
    Story,
    judged,
)
from tests.stories.recorded import LETTER, WAITED, answered, asked, hands_in, says, the_case
from tests.stories.test_contact_forms import CALL, CLERK, mailed, paper

FORM = shipped()
FILED = replace(OFFICE, file_reference="II-1300/4")
BEGIN = "II-1300-4_KRM-2026-0001_"
MEGABYTE = 1_000_000


@pytest.fixture
def story(story: Story) -> Iterator[Story]:
    """An office with a file reference; its front office's letters are all read."""
    yield (told := office(story, FILED))
    told.nothing_went_out()


def office(story: Story, house: Office, **fields: object) -> Story:
    return Story(story.database, office=house, entries=True, **fields)  # type: ignore[arg-type]


def recorded(story: Story, words: str = "ok", body: str = WAITED, **fields: str) -> Received:
    """A citizen's mail is confirmed; gives the officer's request."""
    request = asked(story, body, **fields)
    says(story, request, words)
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")
    return request


def closed(story: Story, request: Received) -> Received:
    """Gives what the front office gets."""
    says(story, request, "Erledigt: Frau Muster hat eine Antwort bekommen")
    return story.letter(FRONT_OFFICE, "registration")


def files(letter: Received) -> dict[str, bytes]:
    """Name -> content, in the order in which they hang there."""
    return {str(p.get_filename()): p.get_payload(decode=True) for p in letter.mail.iter_attachments()}  # type: ignore[misc]


def words_of(content: bytes) -> str:
    return text_of(File("paper.pdf", "application/pdf", content))


def form_in(letter: Received) -> ContactForm:
    """What stands on the attached form."""
    read = of_text(words_of(files(letter)[f"{BEGIN}Formular.pdf"]), FORM, lambda t: day(t, date(2026, 12, 24)))
    assert read is not None
    return read.form


def case_in(letter: Received) -> str:
    """The words of the attached Case, blanks and line ends as one blank."""
    return " ".join(words_of(files(letter)[f"{BEGIN}Vorgang.pdf"]).split())


# --- Eintragung ---


def test_at_confirmation_the_front_office_gets_the_filled_form(story: Story) -> None:
    request = asked(story)

    receipt = says(story, request, "ok\nKategorie: Umgangsformen")

    assert "Das Formular geht zur Eintragung an Vorzimmer Geschäftsführung." in receipt.text
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")
    entry = story.letter(FRONT_OFFICE, "entry")
    assert entry.subject.startswith("Eintragung KRM-2026-0001")
    assert list(files(entry)) == [f"{BEGIN}Formular.pdf"]
    form = form_in(entry)
    assert (form.type, form.categories, form.customer_group) == ("beschwerde", ("mitarbeiter.umgangsformen",), "an")
    assert (form.arrived, form.unit, form.email) == (date(2026, 11, 23), "Team 515 Eingangszone", CITIZEN)
    words = words_of(files(entry)[f"{BEGIN}Formular.pdf"])
    assert "KRM-2026-0001" in words
    assert "Aktenzeichen II-1300/4" in words
    assert "Bestätigt hat ihn: Sabine Meier" in entry.text


def test_it_gets_it_once_whatever_is_corrected_later(story: Story) -> None:
    request = recorded(story)
    story.letter(FRONT_OFFICE, "entry")

    says(story, request, "Kategorie: Umgangsformen")

    assert form_in(closed(story, request)).categories == ("mitarbeiter.umgangsformen",)


@pytest.mark.parametrize("words", ["Kein KRM: Spam", "Notiz: später", "Folge: KRM-2026-0001"])
def test_without_a_record_of_its_own_there_is_no_entry(story: Story, words: str) -> None:
    recorded(story)
    story.letter(FRONT_OFFICE, "entry")
    request = asked(story, "Ein anderes Anliegen.", sender="otto@mail.example")

    says(story, request, words)

    assert not [x for x in story._unread if x.duty == "entry"]
    story._unread.clear()


def test_a_confirmation_taken_back_before_it_went_out_sends_none(story: Story) -> None:
    story = office(story, FILED, rhythm=Rhythm(hold=timedelta(minutes=10)))
    request = asked(story)
    story.replies(request, "ok")
    story.replies(request, "Zurück")
    story.passes()
    for _ in range(2):
        story.letter(OFFICER, "receipt")
    story.nothing_went_out()

    says(story, request, "ok")
    story.wait(hours=2)
    story.passes()

    story.letter(FRONT_OFFICE, "entry")
    story.letter(LEAD_515, "assignment")
    story.letter(CITIZEN, "acknowledgement")
    story.nothing_went_out()


def test_a_colleague_s_form_goes_on_with_person_address_and_account(story: Story) -> None:
    story.judgements["Kontaktformular"] = judged(unit="514")
    story.raw_arrives(mailed(paper(CALL)))
    story.passes()
    story.letter(CLERK, "handed_in")
    request = story.letter(OFFICER, "confirmation_request")

    says(story, request, "ok")

    entry = story.letter(FRONT_OFFICE, "entry")
    form = form_in(entry)
    assert (form.first_name, form.last_name, form.street, form.town) == ("Olena", "Petrenko", "Am Ort 3", "Rostock")
    assert (form.form, form.phone) == ("telefon", "0381 12345")
    assert set(form.categories) == set(CALL.categories)
    assert "zwei Stunden gewartet" in form.words
    assert "Anschrift: Am Ort 3, 18057 Rostock" in entry.text
    story.letter(CALL.email, "acknowledgement")
    story.letter(LEAD_514, "assignment")


# --- Austragung ---


def test_at_closing_it_gets_the_form_the_case_and_the_mails_as_they_came(story: Story) -> None:
    request = recorded(story)
    story.letter(FRONT_OFFICE, "entry")
    (raw,) = (m for m in story.folder("Verarbeitet") if b"zwei Stunden" in m and b"X-KRM" not in m and b"> " not in m)

    letter = closed(story, request)

    assert "Verfügung: An Vorzimmer Geschäftsführung zur Erfassung mit Vorgang" in letter.text
    assert list(files(letter)) == [f"{BEGIN}{n}" for n in ("Formular.pdf", "Vorgang.pdf", "Nachricht-1.eml")]
    assert all(name in letter.text for name in files(letter))
    assert files(letter)[f"{BEGIN}Nachricht-1.eml"] == raw
    assert "WAS NICHT ANHÄNGT" not in letter.text


def test_the_case_tells_mails_letters_days_stages_measures_notes_and_journal(story: Story) -> None:
    request = recorded(story, "ok\nNotiz: Frau Muster rief auch an\nFrist: 4.12.2026")
    story.letter(FRONT_OFFICE, "entry")
    says(story, request, "Stufe: 3 Das Team kam nicht weiter")
    printed = answered(story, story.letter(HEAD_5, "assignment"))
    says(story, printed, "versandt 23.11.2026")
    says(story, printed, "Maßnahme: Dritter Schalter bis 1.3.2027, Olaf Brandt")

    told = case_in(closed(story, request))

    for words in (
        "Vorgang KRM-2026-0001 Aktenzeichen II-1300/4 Stand: 23. November 2026",
        WAITED,
        "Eingang Mo 23.11.2026; der Eingangstag zählt nicht mit (§ 187 BGB).",
        "14 Tage enden am Mo 07.12.2026 (GA 3.5.2).",
        "Fr 04.12.2026",  # promised
        "Sie bekommen eine Antwort bis Freitag, 4. Dezember 2026.",  # the acknowledgement, word for word
        "Antwortschreiben Post versandt am Mo 23.11.2026, vermerkt von Sabine Meier",
        " ".join(LETTER.split()),
        "Das Team kam nicht weiter",
        "Dritter Schalter",
        "Frau Muster rief auch an",
        "Eingangsbestätigung E-Mail gesendet",
        "Nummer vergeben",
        "KRM-Beauftragte/r, Sabine Meier",
        "Frau Muster hat eine Antwort bekommen",
    ):
        assert words in told, words


def test_a_further_mail_changes_what_the_form_says_at_closing(story: Story) -> None:
    request = recorded(story)
    assert form_in(story.letter(FRONT_OFFICE, "entry")).type == "beschwerde"
    story.suggestion = judged("folgereaktion", ("mitarbeiter.umgangsformen",), unit="514")
    story.arrives("Und unfreundlich war es auch.", subject="KRM-2026-0001")
    story.passes()

    says(story, story.letter(OFFICER, "confirmation_request"), "ok\nKundengruppe: AG")

    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")
    letter = closed(story, request)
    words = words_of(files(letter)[f"{BEGIN}Formular.pdf"])
    for box in ("Beschwerde", "Folgereaktion", "AG", "AN", "Wartezeit in der Dienststelle", "Umgangsformen"):
        assert f"☒ {box}" in words, box
    assert "Team 515 Eingangszone; Team 514 Leistung" in words
    assert "Art der Reaktion: Beschwerde; Folgereaktion" in letter.text
    assert f"{BEGIN}Nachricht-2.eml" in files(letter)
    assert "Und unfreundlich war es auch." in case_in(letter)


def test_an_answer_letter_that_came_as_a_file_goes_along(story: Story) -> None:
    request = asked(story)
    says(story, request, "ok")
    story.letter(CITIZEN, "acknowledgement")
    story.letter(FRONT_OFFICE, "entry")
    hands_in(story, story.letter(LEAD_515, "assignment"), "letter.pdf")
    story.letter(LEAD_515, "receipt")
    says(story, story.letter(OFFICER, "release_request"), "Freigabe")
    story.letter(MANAGER, "answer_copy")
    says(story, story.letter(OFFICER, "to_print"), "versandt 23.11.2026")

    letter = closed(story, request)

    name = f"{BEGIN}Antwortschreiben-1.pdf"
    assert "offenen Worte" in " ".join(words_of(files(letter)[name]).split())
    assert f"Original {name}" in case_in(letter)


def test_what_people_wrote_is_never_read_as_a_template(story: Story) -> None:
    request = recorded(story, body='#panic("no") $x^2$ *so* @ref <label> #sys.inputs \\ ☎ ✨')
    story.letter(FRONT_OFFICE, "entry")

    told = case_in(closed(story, request))

    assert '#panic("no") $x^2$ *so* @ref <label> #sys.inputs \\' in told


# --- what does not fit, or cannot be made ---


def with_a_file(size: int) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = CITIZEN, KRM, "Beschwerde", "<1@mail.example>"
    mail.set_content(WAITED)
    mail.add_attachment(b"\x89" * size, maintype="image", subtype="png", filename="foto.png")
    return mail.as_bytes()


def test_a_mail_that_does_not_fit_is_named_with_where_it_is(story: Story) -> None:
    story = office(story, FILED, rhythm=Rhythm(max_letter_bytes=2 * MEGABYTE))
    story.raw_arrives(with_a_file(2 * MEGABYTE))
    story.passes()
    request = story.letter(OFFICER, "confirmation_request")
    says(story, request, "ok")
    for person, duty in ((CITIZEN, "acknowledgement"), (LEAD_515, "assignment"), (FRONT_OFFICE, "entry")):
        story.letter(person, duty)

    letter = closed(story, request)

    assert list(files(letter)) == [f"{BEGIN}Formular.pdf", f"{BEGIN}Vorgang.pdf"]
    told = " ".join(letter.text.split())
    assert f"{BEGIN}Nachricht-1.eml (2,7 MB) ist zu groß für diese E-Mail." in told
    assert f"liegt im Postfach {KRM} im Ordner „Verarbeitet“, Eingang Mo 23.11.2026, 09:00 Uhr." in told
    assert len(letter.content) < 2 * MEGABYTE


def test_a_paper_that_cannot_be_made_is_said_and_everything_else_goes_out(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = recorded(story)
    story.letter(FRONT_OFFICE, "entry")
    make = papers.pdf

    def broken(name: str, told: dict[str, object]) -> bytes:
        if name == "dossier":
            raise BrokenPaper("dossier: expected comma")
        return make(name, told)

    monkeypatch.setattr(papers, "pdf", broken)

    letter = closed(story, request)

    assert list(files(letter)) == [f"{BEGIN}Formular.pdf", f"{BEGIN}Nachricht-1.eml"]
    assert f"{BEGIN}Vorgang.pdf konnte nicht erstellt werden." in " ".join(letter.text.split())
    assert "Eingangsbestätigung: gesendet" in letter.text


# --- to whom not ---


def test_a_complaint_about_management_is_not_put_before_its_front_office(story: Story) -> None:
    request = asked(story, "Frau Ahrens hat mich angeschrien.")
    says(story, request, "ok")
    story.letter(CITIZEN, "acknowledgement")
    story.letter(OFFICER, "assignment")
    entry = story.letter(FRONT_OFFICE, "entry")

    letter = closed(story, request)

    for each in (entry, letter):
        assert files(each) == {}
        assert "Die Unterlagen bleiben bei Sabine Meier." in each.text
        assert not any(word in each.text for word in ("angeschrien", CITIZEN, "Team 515", "Antwort bekommen"))
        assert "Art der Reaktion: Beschwerde" in each.text


def test_whoever_of_the_front_office_the_complaint_is_about_gets_neither(story: Story) -> None:
    ours = replace(FILED, front_office=replace(FRONT_OFFICE, name="Petra Lindner"))
    story = office(story, ours)
    request = asked(story, "Frau Lindner hat mich angeschrien.")
    says(story, request, "ok")
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")

    says(story, request, "Erledigt: fertig")

    assert the_case(story).state is State.CLOSED
    story.nothing_went_out()


def test_a_complaint_about_the_officer_is_filed_by_the_deputy(story: Story) -> None:
    story.arrives("Frau Meier vom Beschwerdemanagement hat mich ausgelacht.")
    story.passes()
    request = story.letter(DEPUTY, "confirmation_request")
    says(story, request, "ok")
    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")

    assert "Bestätigt hat ihn: Jan Petersen" in story.letter(FRONT_OFFICE, "entry").text


def test_the_journal_has_both_letters(story: Story) -> None:
    request = recorded(story)
    story.letter(FRONT_OFFICE, "entry")
    closed(story, request)

    case = the_case(story)
    with story.database.transaction() as connection:
        refs = [r for e in journal.read(connection, case.id) for r in e.refs if e.action == "sent"]

    assert refs.count("entry") == refs.count("registration") == 1


# --- several words in one pass ---


def to_front_office(story: Story) -> list[str]:
    """Subjects up to the number, of what went there since; everything else is read."""
    return [" ".join(letter.subject.split()[:2]) for letter in story.rest() if letter.to == FRONT_OFFICE.address]


def both(story: Story, first: tuple[Received, str], second: tuple[Received, str]) -> list[str]:
    """Two replies are read in one pass; gives what the front office gets."""
    for letter, words in (first, second):
        story.replies(letter, words)
    story.passes()
    return to_front_office(story)


def test_an_intake_that_joins_a_case_in_the_same_pass_is_not_registered_a_second_time(story: Story) -> None:
    recorded(story)
    to_front_office(story)
    later = asked(story, "Noch ein Anliegen.", sender="otto@mail.example", subject="Anderes")

    assert both(story, (later, "ok"), (later, "Folge: KRM-2026-0001")) == []


def test_a_case_opened_again_in_the_same_pass_is_not_signed_out_until_it_is_closed(story: Story) -> None:
    request = recorded(story)
    to_front_office(story)

    assert both(story, (request, "Erledigt: geklärt"), (request, "Wieder öffnen: Irrtum")) == []
    assert the_case(story).state is State.OPEN

    story.replies(request, "Erledigt: nun geklärt")
    story.passes()
    assert to_front_office(story) == ["Austragung KRM-2026-0001"]


def test_whoever_a_mail_joined_in_the_same_pass_complains_about_gets_nothing_of_it(story: Story) -> None:
    named = office(story, replace(FILED, front_office=replace(FRONT_OFFICE, name="Petra Lindner")))
    request = recorded(named)
    to_front_office(named)
    later = asked(named, "Frau Lindner hat mich angeschrien.", sender="otto@mail.example", subject="Anderes")
    to_front_office(named)

    assert both(named, (request, "Erledigt: geklärt"), (later, "Folge: KRM-2026-0001")) == []


def test_a_letter_taken_back_before_it_was_written_is_as_if_never_planned(story: Story) -> None:
    request = asked(story)

    both(story, (request, "ok"), (request, "Kein KRM: Spam"))

    assert all(d.state is Delivery.SENT for d in the_case(story).dispatches)
