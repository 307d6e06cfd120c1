"""Somebody asks what is stored about them (Art. 15 GDPR, § 83 SGB X): all of it, and nobody else's data unmarked."""

from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO

import pikepdf
import pytest

from classify.anlage3 import shipped
from classify.coding import Scored
from ingest.documents import File, text_of
from ingest.message import Message
from ingest.reading import Unreadable, read
from krm.person_erasing import verdicts
from krm.person_naming import stands_in
from krm.person_record import House, told
from krm.persons import Candidate, Search, masked, merged
from notify import person_paper
from notify.person_file import CaseFile, PersonFile
from notify.retention import Periods
from store.database import Database
from store.keys import TOKEN
from tests.notify.test_contact_form import tags
from tests.office import DEPUTY, KRM, LEAD_514, LEAD_515, OFFICER, Story, judged
from tests.stories.acts import CLERK, HOUSE, answered, aside, digests
from tests.stories.test_contact_forms import CALL, mailed, paper

ERIKA = "erika.muster@mail.example"
FROM_ERIKA = f"Erika Muster <{ERIKA}>"
WORDS = (
    "Guten Tag,\n\nich habe gestern zwei Stunden gewartet. Frau Krause hat mich weggeschickt. Mein Nachbar Ali Kaya "
    "(ali.kaya@mail.example) kann das bezeugen.\n\nMit freundlichen Grüßen\nErika Muster"
)
EVERYTHING = ("assignment", "acknowledgement", "handed_in", "confirmation_request", "receipt", "entry", "status")


@pytest.fixture
def story(story: Story) -> Story:
    return Story(story.database, office=HOUSE)


def complains(story: Story, words: str = WORDS, *, sender: str = FROM_ERIKA, subject: str = "Wartezeit") -> None:
    """Erika Muster wrote, and the officer agreed with the program."""
    story.arrives(words, sender=sender, subject=subject)
    story.passes()
    answered(story, story.letter(OFFICER, "confirmation_request"), "ok\nNotiz: Frau Krause ist informiert.")
    aside(story, *EVERYTHING)


def calls(story: Story, **fields: str) -> None:
    """A colleague took down a call of hers on the form, without an e-mail address."""
    form = replace(CALL, first_name="Erika", last_name="Muster", email="", arrived=date(2026, 11, 23))
    story.raw_arrives(mailed(paper(replace(form, **fields))))
    story.passes()
    aside(story, *EVERYTHING)


def advertises(story: Story) -> None:
    story.judgements["Gewinn"] = judged("fremd", (), types=(Scored("fremd", 0.99), Scored("lob", 0.01)))
    story.arrives("Sie haben gewonnen.", sender=FROM_ERIKA, subject="Gewinn")
    story.passes()


def meant(story: Story, who: str) -> tuple[Candidate, ...]:
    with story.database.snapshot() as connection:
        return Search(who, story.bot.keys, HOUSE, shipped()).candidates(connection)


def asked(story: Story, *who: str) -> PersonFile:
    """The answer for one person, called by each of these."""
    found = merged([meant(story, one)[0] for one in who])
    with story.database.snapshot() as connection:
        return told(connection, House(HOUSE, story.bot.teller, story.bot.keys, story.now, "KRM", Periods()), found)


def only_case(found: PersonFile) -> CaseFile:
    (case,) = found.cases
    return case


# --- who is meant ---


@pytest.mark.parametrize(
    "name", ["Erika Muster", "muster, erika", "ERIKA MUSTER", "Frau Dr. Erika Muster", "  Erika   Muster "]
)
def test_a_name_is_found_in_any_case_and_order_with_titles_or_without(story: Story, name: str) -> None:
    complains(story)

    (found,) = meant(story, name)

    assert (list(found.names), list(found.addresses), found.whole) == (["Erika Muster"], [ERIKA], True)


@pytest.mark.parametrize("name", ["Jürgen Weiß", "Juergen Weiss", "JURGEN WEISS", "weiß jürgen"])
def test_umlauts_may_be_written_in_any_way(story: Story, name: str) -> None:
    complains(story, sender="Jürgen Weiß <jw@mail.example>")

    assert [c.whole for c in meant(story, name)] == [True]


@pytest.mark.parametrize("name", ["Muster", "Erika Anna Muster"])
def test_a_part_of_a_name_is_only_a_perhaps(story: Story, name: str) -> None:
    complains(story)

    assert [c.whole for c in meant(story, name)] == [False]


def test_a_name_may_mean_several_and_a_call_without_an_address_is_one_of_them(story: Story) -> None:
    complains(story)
    complains(story, "Niemand hebt ab.", sender="Erika Muster <em@other.example>", subject="Telefon")
    calls(story)

    found = meant(story, "Erika Muster")

    assert sorted((list(c.addresses), len(c.reactions)) for c in found) == [
        ([], 1),
        (["em@other.example"], 1),
        ([ERIKA], 1),
    ]
    assert len({c.id for c in found}) == 3
    assert all(TOKEN.fullmatch(c.id) for c in found)
    for one in found:
        (again,) = meant(story, one.id)
        assert (again.reactions, list(again.names), again.whole) == (one.reactions, list(one.names), True)


@pytest.mark.parametrize("who", [ERIKA, ERIKA.upper(), f" {ERIKA} "])
def test_an_address_is_found_exactly(story: Story, who: str) -> None:
    complains(story)

    assert len(meant(story, who)) == 1
    assert meant(story, f"x{ERIKA}") == ()


def test_a_colleague_is_found_by_what_they_handed_in(story: Story) -> None:
    calls(story)

    (found,) = meant(story, CLERK)

    assert (len(found.brought), found.reactions) == (1, {})
    assert [b.mail for b in asked(story, CLERK).brought] == list(found.brought)


def scanned(story: Story, words: str) -> None:
    """A web form or a scanned letter, sent by a device of the house."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = "scanner@jobcenter.example", KRM, "Formular"
    mail["Message-ID"] = "<web@jobcenter.example>"
    mail.set_content(words)
    story.raw_arrives(mail.as_bytes())
    story.passes()
    aside(story, *EVERYTHING)


@pytest.mark.parametrize("who", [ERIKA, "Erika Muster"])
def test_of_a_web_form_whoever_stands_on_its_lines_is_meant(story: Story, who: str) -> None:
    scanned(story, f"Name: Erika Muster\nE-Mail: {ERIKA}\n\nIch habe zwei Stunden gewartet.")

    assert len(asked(story, who).cases) == 1
    assert meant(story, "otto@mail.example") == ()


def test_a_form_that_a_scanner_sent_is_found_by_its_fields(story: Story) -> None:
    story.raw_arrives(mailed(paper(CALL)).replace(CLERK.encode(), b"scanner@jobcenter.example"))
    story.passes()
    aside(story, *EVERYTHING)

    assert [len(c.reactions) for who in (CALL.name, CALL.email) for c in meant(story, who)] == [1, 1]


@pytest.mark.parametrize("who", [ERIKA, "Erika Muster"])
def test_being_named_in_what_somebody_else_wrote_is_not_having_written_it(story: Story, who: str) -> None:
    complains(story)
    scanned(story, "Name: Otto Bruhn\nE-Mail: otto@mail.example\n\nMein Geheimnis. Erika Muster schickt mich.")
    told_by = {"sender": "Otto Bruhn <otto@mail.example>", "subject": "Abwesend", "Auto_Submitted": "auto-replied"}
    story.arrives(f"Mein Geheimnis. Mich vertritt {ERIKA}. Erika Muster ist da.", **told_by)
    story.passes()

    (found,) = meant(story, who)
    answer = asked(story, who)
    with story.database.snapshot() as connection:
        bound = verdicts(connection, found, Periods(), story.now)

    assert "Geheimnis" not in str(answer.json())
    (case,) = answer.cases
    assert [v.shown for v in bound] == [case.number]
    assert sorted(found.named_in.values()) == [date(2026, 11, 23)] * 2
    assert set(found.named_in).isdisjoint({case.id, case.number})


def test_somebody_who_is_named_and_wrote_nothing_is_told_where(story: Story) -> None:
    scanned(story, "Name: Otto Bruhn\n\nErika Muster schickt mich.")

    for who in ("Erika Muster", "Muster, Erika"):
        (found,) = meant(story, who)
        assert (found.count, len(found.named_in), asked(story, who).cases) == (0, 1, ())


def test_a_similar_address_is_somebody_else_s(story: Story) -> None:
    scanned(story, "Name: Johanna Gross\nE-Mail: johanna@mail.example\n\nIch warte. Antwort an anna@mail.example.de")

    assert meant(story, "anna@mail.example") == ()


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("An anna@mail.example.", True),
        ("<Anna@mail.example>, danke", True),
        ("johanna@mail.example", False),
        ("jo.anna@mail.example", False),
        ("jo-anna@mail.example", False),
        ("anna@mail.example.de", False),
        ("anna@mail.example-stadt.de", False),
    ],
)
def test_an_address_stands_there_whole(text: str, there: bool) -> None:
    assert stands_in(text, (), ("anna@mail.example",)) is there


@pytest.mark.parametrize(
    "other", [{"town": "Güstrow"}, {"phone": "0381 9"}, {"town": "", "phone": ""}], ids=["town", "phone", "neither"]
)
def test_two_callers_of_one_name_are_asked_about(story: Story, other: dict[str, str]) -> None:
    calls(story)
    story.wait(days=4)
    calls(story, **other)

    found = meant(story, "Erika Muster")

    assert [len(c.reactions) for c in found] == [1, 1]
    assert [meant(story, c.id)[0].reactions for c in found] == [c.reactions for c in found]


def test_of_two_people_with_one_address_a_name_means_one_and_says_that_it_is_shared(story: Story) -> None:
    complains(story, sender="Erika Muster <familie@mail.example>")
    complains(story, "Mein Geheimnis.", sender="Otto Muster <familie@mail.example>", subject="Auch")

    (by_name,), (by_address,) = meant(story, "Erika Muster"), meant(story, "familie@mail.example")

    assert (len(by_name.reactions), len(by_address.reactions)) == (1, 2)
    assert by_name.shared == by_address.shared == ("Erika Muster", "Otto Muster")
    assert "Geheimnis" not in str(asked(story, "Erika Muster").json())


def test_a_mail_that_was_put_aside_is_found_by_address_and_name(story: Story) -> None:
    advertises(story)

    for who in (ERIKA, "Muster Erika"):
        (found,) = asked(story, who).aside
        assert (found.subject.text, found.why) == ("Gewinn", "Sie haben sie geschrieben")
        assert "beiseitegelegt" in found.state


def test_a_note_of_a_talk_that_opened_no_case_is_found_by_the_name_on_its_form(story: Story) -> None:
    complains(story)
    calls(story, settled=True, form="persoenlich")  # type: ignore[arg-type]
    aside(story, "noted")
    _, caller = sorted(meant(story, "Erika Muster"), key=lambda c: len(c.strays))

    (found,) = asked(story, caller.id).aside

    assert found.why == "Sie werden darin genannt"
    assert "vermerkt" in found.state
    assert ("Familienname", "Muster") in found.form
    assert CALL.words in found.text.text
    assert list(meant(story, ERIKA)[0].named_in) == [f"Nr. {found.mail}"]


@pytest.mark.parametrize("fault", [Unreadable("past a limit"), RecursionError(), ValueError()])
def test_a_mail_nobody_can_read_is_told_as_such(
    story: Story, fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(raw: bytes) -> Message:
        if raw:
            raise fault
        return read(raw)

    advertises(story)
    monkeypatch.setattr("krm.persons.reading.read", breaks)

    for who in (ERIKA, "Erika Muster"):
        (found,) = asked(story, who).aside
        assert found.text.text.startswith("Die Nachricht lässt sich nicht lesen.")


def test_an_address_is_shown_so_that_only_its_owner_knows_it() -> None:
    assert [masked(a) for a in ("erika.muster@mail.example", "em@x.example", "")] == [
        "e…r@mail.example",
        "e…@x.example",
        "…",
    ]


# --- what they are told ---


def test_the_answer_has_the_message_what_was_suggested_how_sure_and_who_decided(story: Story) -> None:
    complains(story)

    case = only_case(asked(story, ERIKA))
    (received,) = case.received

    assert case.number == "KRM-2026-0001"
    assert (received.subject.text, received.sender) == ("Wartezeit", FROM_ERIKA)
    assert WORDS in received.text.text.replace("\r", "")
    assert received.suggested is not None
    first = received.suggested.types[0]
    assert (first.id, first.name, first.p) == ("beschwerde", "Beschwerde", 0.81)
    assert ("Beschwerde", ("zwei Stunden",)) in [(s.about, s.words) for s in received.suggested.evidence]
    assert received.decided is not None
    assert (received.decided.by, received.decided.type) == ("KRM-beauftragte Person", "Beschwerde")
    assert received.acknowledged is not None
    assert len(received.checksum) == 64
    assert f"{received.days.target}" == "2026-12-07"


def test_it_has_the_letters_to_her_and_about_her_the_notes_and_the_journal(story: Story) -> None:
    complains(story)

    case = only_case(asked(story, ERIKA))

    assert [x.what for x in case.letters if x.yours] == ["Eingangsbestätigung"]
    assert {"Bitte um Bestätigung", "Zuweisung"} <= {x.what for x in case.letters if not x.yours}
    assert any(x.letter == 0 and "Frau Krause ist informiert" in x.text.text for x in case.letters), "the reply itself"
    assert any(e.what == "Notiz" and "Frau Krause" in e.text.text for e in case.events)
    assert {"opened", "instructed", "numbered", "sent"} <= {e.action for e in case.journal}


def test_it_has_the_digests_that_name_her_but_only_those_lines(story: Story) -> None:
    complains(story)
    story.arrives("Ich warte auch.", sender="otto@mail.example", subject="Auch")
    story.passes()
    digests(story, "2026-12-08 07:30")
    case = only_case(asked(story, ERIKA))

    mentions = asked(story, ERIKA).mentions

    assert mentions
    assert all(case.number in line for m in mentions for line in m.text.text.splitlines())


def test_it_has_what_may_be_learned_from_her_without_names(story: Story) -> None:
    complains(story)

    (learned,) = asked(story, ERIKA).learned

    assert "zwei Stunden gewartet" in learned.text
    assert not any(name in learned.text for name in ("Muster", "Krause", "Kaya", "@"))


def test_a_call_taken_down_on_the_form_is_told_with_the_form(story: Story) -> None:
    calls(story)

    (received,) = only_case(asked(story, "Erika Muster")).received

    assert {("Familienname", "Muster"), ("Ort", "Rostock"), ("Form der Reaktion", "telefon.")} <= set(received.form)
    assert received.handed_in


def test_several_addresses_of_one_person_are_one_answer(story: Story) -> None:
    complains(story)
    calls(story)
    with_call = [c.id for c in meant(story, "Erika Muster")]

    found = asked(story, *with_call)

    assert len(found.cases) == 2
    assert sorted(found.keys) == sorted(with_call)


def test_an_intake_that_was_joined_to_another_case_is_told_with_its_letters(story: Story) -> None:
    complains(story)
    story.arrives("Es ist schon wieder passiert.", sender="Erika Muster <em@other.example>", subject="Wieder")
    story.passes()
    answered(story, story.letter(OFFICER, "confirmation_request"), "Folge: KRM-2026-0001")
    aside(story, *EVERYTHING)

    found = asked(story, "em@other.example")

    assert sorted(case.state for case in found.cases) == ["gehört zu einem anderen Vorgang", "offen"]
    (target,) = [c for c in found.cases if c.state == "offen"]
    assert (len(target.received), target.others) == (1, 1)


@pytest.mark.postgres
def test_on_postgresql_it_is_the_same(postgres_url: str) -> None:
    """Rows come a few at a time there too, while others are asked for."""
    database = Database(postgres_url)
    database.upgrade()
    told_story = Story(database, office=HOUSE)
    complains(told_story)
    advertises(told_story)
    digests(told_story, "2026-11-24 07:30")

    found = asked(told_story, "Muster, Erika")

    assert (len(found.cases), len(found.aside), len(found.learned)) == (1, 1, 1)
    assert found.mentions
    assert any(x.letter == 0 for x in only_case(found).letters)
    database.close()


# --- other people ---


def test_what_somebody_else_wrote_in_the_same_case_is_not_told(story: Story) -> None:
    complains(story)
    story.arrives("Mein Geheimnis ist dies.", sender="Otto Bruhn <otto@mail.example>", subject="Auch")
    story.passes()
    answered(story, story.letter(OFFICER, "confirmation_request"), "Folge: KRM-2026-0001")
    aside(story, *EVERYTHING)

    found = asked(story, ERIKA)

    assert only_case(found).others == 1
    told_of = str(found.json())
    assert "Geheimnis" not in told_of
    assert "otto@mail.example" not in told_of


def test_what_a_stranger_wrote_in_answer_to_a_letter_of_her_case_is_not_told(story: Story) -> None:
    story.arrives(WORDS, sender=FROM_ERIKA, subject="Wartezeit")
    story.passes()
    request = story.letter(OFFICER, "confirmation_request")
    story.replies(request, "ok, und mein Geheimnis ist dies", sender="fremd@mail.example")
    story.passes()
    aside(story, "refused")
    answered(story, request)
    aside(story, *EVERYTHING)

    case = only_case(asked(story, ERIKA))

    assert "refused" in {e.action for e in case.journal}
    assert "Hinweis auf eine abgewiesene Antwort" in {x.what for x in case.letters}
    assert "Geheimnis" not in str(asked(story, ERIKA).json())


def test_others_are_marked_and_she_herself_is_not(story: Story) -> None:
    complains(story)

    case = only_case(asked(story, ERIKA))
    (received,) = case.received

    marked = [received.text.text[slice(*span)] for span in received.text.check]
    assert marked == ["Krause", "Ali Kaya", "ali.kaya@mail.example"]
    letter = next(x for x in case.letters if x.what == "Zuweisung")
    named = {letter.text.text[slice(*span)] for span in letter.text.check}
    assert {LEAD_515.name, OFFICER.name, "Krause", "Ali Kaya"} <= named
    assert not {"Erika Muster", "Kategorie", "Hanse"} & named


def test_no_token_that_would_prove_a_reply_is_told(story: Story) -> None:
    complains(story)

    found = asked(story, ERIKA)

    secret = {t for case in found.cases for x in case.letters for t in TOKEN.findall(x.subject.text + x.text.text)}
    assert secret == set()
    assert "…]" in next(x for x in only_case(found).letters if x.what == "Bitte um Bestätigung").subject.text


def test_staff_are_called_by_what_they_are(story: Story) -> None:
    complains(story)

    case = only_case(asked(story, ERIKA))

    said = " ".join((*(e.by for e in case.events), *(e.by for e in case.journal), *(x.to for x in case.letters)))
    assert not any(person.name in said for person in HOUSE.people())


# --- the paper ---


@pytest.fixture
def page(story: Story) -> bytes:
    complains(story)
    advertises(story)
    calls(story)
    return person_paper.pdf(asked(story, *(c.id for c in meant(story, "Erika Muster"))))


def test_the_paper_says_in_plain_german_what_is_stored(page: bytes) -> None:
    text = " ".join(text_of(File("", "", page)).split())

    for passage in (
        "Auskunft über gespeicherte Daten",
        "Vor der Herausgabe prüfen.",
        "Wie lange: Vorgänge zehn Jahre ab Abschluss.",
        "ich habe gestern zwei Stunden gewartet. Frau [[prüfen: Krause]]",
        "Was das Programm vorgeschlagen hat",
        "81 %",
        "Entschieden hat KRM-beauftragte Person",
        "der Eingangstag zählt nicht mit",
        "Nachrichten ohne Vorgang",
        "Was das Programm lernen kann",
        "Das Kontaktformular dazu",
    ):
        assert passage in text


def test_its_contents_stand_on_the_first_page(page: bytes) -> None:
    with pikepdf.open(BytesIO(page)) as document:
        first = pikepdf.Pdf.new()
        first.pages.append(document.pages[0])
        written = BytesIO()
        first.save(written)
    text = text_of(File("", "", written.getvalue()))

    assert "Inhalt" in text
    assert "Vorgang KRM-2026-0001: Schreiben an Sie" in " ".join(text.split())
    assert "Suchschlüssel und Zugriffe" in text


def test_it_is_tagged(page: bytes) -> None:
    """PDF/UA-1: marked, a language, a title shown, headings, tables with heads, lists."""
    with pikepdf.open(BytesIO(page)) as document:
        root = document.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang).startswith("de")
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert document.check_pdf_syntax() == []
        assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/TOC"} <= set(tags(root.StructTreeRoot))


def test_without_anything_to_check_it_says_nothing_of_checking(story: Story) -> None:
    advertises(story)

    text = text_of(File("", "", person_paper.pdf(asked(story, ERIKA))))

    assert "Vor der Herausgabe" not in text


@pytest.mark.parametrize("person", [DEPUTY, LEAD_514])
def test_a_colleague_without_anything_is_nobody(story: Story, person: object) -> None:
    complains(story)

    assert meant(story, getattr(person, "address", "")) == ()
