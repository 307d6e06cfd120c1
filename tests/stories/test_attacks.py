"""What people, programs and bad luck do to the loop, and that it holds."""

import re
from datetime import timedelta

import pytest

from krm.bot import Rhythm
from store import cases, journal
from store.case import Case, Kind, State
from tests.office import CITIZEN, DEPUTY, KRM, LEAD_515, LEGAL_OFFICE, OFFICER, Received, Story, judged

WAITED = "Guten Tag, ich habe gestern zwei Stunden gewartet. Das geht so nicht."
OTHER = "Guten Tag, niemand hebt bei Ihnen das Telefon ab."
NEIGHBOUR = "nachbar@mail.example"


def asked(story: Story, body: str = WAITED, **fields: str) -> Received:
    """A citizen wrote and the officer has the confirmation request."""
    story.arrives(body, **fields)
    story.passes()
    return story.letter(OFFICER, "confirmation_request")


def confirmed(story: Story, request: Received) -> Received:
    """The officer's ok, with everything it sets off; gives the acknowledgement."""
    to = re.search(r"\S+@mail\.example", request.text)
    story.replies(request, "ok")
    story.passes()
    story.letter(OFFICER, "receipt")
    story.letter(LEAD_515, "assignment")
    return story.letter(to[0] if to else CITIZEN, "acknowledgement")


def id_of(request: Received) -> str:
    found = re.search(r"E-[0-9A-Z]{4}|KRM-\d{4}-\d{4}", request.subject)
    assert found is not None
    return found[0]


def case(story: Story, key: str) -> Case:
    with story.database.transaction() as connection:
        found = cases.find(connection, key)
    assert found is not None
    return found


def kinds(story: Story, key: str) -> list[Kind]:
    return [r.kind for r in case(story, key).reactions]


# --- `Folge:` ---


def test_a_reply_to_the_request_of_a_joined_intake_goes_where_its_mail_went(story: Story) -> None:
    confirmed(story, asked(story))
    second = asked(story, OTHER, sender=NEIGHBOUR)
    story.replies(second, "Folge: KRM-2026-0001")
    story.passes()
    story.letter(OFFICER, "receipt")
    story.letter(LEAD_515, "assignment")
    story.letter(NEIGHBOUR, "acknowledgement")

    story.replies(second, "Kategorie: Umgangsformen")
    tally = story.passes()

    assert (tally["instructions"], tally["unreadable"]) == (1, 0)
    assert "KRM-2026-0001" in story.letter(OFFICER, "receipt").text
    assert case(story, id_of(second)).state is State.JOINED


def test_joining_takes_the_same_mail_sent_again_along_as_that(story: Story) -> None:
    confirmed(story, asked(story))
    story.arrives(OTHER, sender=NEIGHBOUR)
    story.arrives(OTHER, sender=NEIGHBOUR, Cc="poststelle@jobcenter.example")
    story.passes()

    story.replies(story.letter(OFFICER, "confirmation_request"), "Folge: KRM-2026-0001")
    story.passes()

    assert kinds(story, "KRM-2026-0001") == [Kind.FIRST, Kind.FOLLOW_UP, Kind.DUPLICATE]
    story.letter(OFFICER, "receipt")
    story.letter(LEAD_515, "assignment")
    story.letter(NEIGHBOUR, "acknowledgement")


def test_a_case_joined_after_its_acknowledgement_is_not_acknowledged_or_handed_over_again(story: Story) -> None:
    confirmed(story, asked(story))
    story.judgements["Widerspruch"] = judged(remedy=True)
    second = asked(story, OTHER, sender=NEIGHBOUR, subject="Widerspruch")
    story.letter(LEGAL_OFFICE, "hand_over")
    confirmed(story, second)

    story.replies(second, "Folge: KRM-2026-0001")
    story.passes()
    story.wait(days=1)
    story.passes()

    story.letter(OFFICER, "receipt")
    story.letter(LEAD_515, "assignment")
    for person in (OFFICER, DEPUTY):
        assert "Rechtsbehelfsstelle" in story.letter(person, "digest").text


def test_a_held_acknowledgement_goes_out_with_the_number_of_the_case_joined_meanwhile(story: Story) -> None:
    object.__setattr__(story.bot, "rhythm", Rhythm(hold=timedelta(minutes=10)))
    first, second = asked(story), asked(story, OTHER, sender=NEIGHBOUR)
    for request in (first, second):
        story.replies(request, "ok")
        story.passes()
        story.letter(OFFICER, "receipt")
        story.letter(LEAD_515, "assignment")
    story.replies(second, "Folge: KRM-2026-0001")
    story.passes()
    story.letter(OFFICER, "receipt")
    story.letter(LEAD_515, "assignment")

    story.wait(minutes=11)
    story.passes()

    story.letter(CITIZEN, "acknowledgement")
    assert "KRM-2026-0001" in story.letter(NEIGHBOUR, "acknowledgement").text


def test_a_chain_of_folge_ends_at_the_case_that_stands(story: Story) -> None:
    first, second, third = (asked(story, f"{WAITED} {n}.", sender=f"b{n}@mail.example") for n in range(3))
    confirmed(story, third)
    for request, target in ((second, "KRM-2026-0001"), (first, id_of(second))):
        story.replies(request, f"Folge: {target}")
        story.passes()
        story.letter(OFFICER, "receipt")
        story.letter(LEAD_515, "assignment")
    story.letter("b0@mail.example", "acknowledgement")
    story.letter("b1@mail.example", "acknowledgement")

    assert len(kinds(story, "KRM-2026-0001")) == 3
    assert case(story, id_of(first)).joined_to == "KRM-2026-0001"


def test_a_circle_of_folge_is_refused_and_changes_nothing(story: Story) -> None:
    first, second = asked(story), asked(story, OTHER, sender=NEIGHBOUR)
    story.replies(first, f"Folge: {id_of(second)}")
    story.passes()
    story.letter(OFFICER, "receipt")
    story.letter(LEAD_515, "assignment")
    story.letter(CITIZEN, "acknowledgement")

    for request, target in ((second, id_of(first)), (first, id_of(first)), (second, id_of(second))):
        story.replies(request, f"Folge: {target}")
        story.passes()
        assert "dieser Vorgang selbst" in story.letter(OFFICER, "unclear").text

    assert len(kinds(story, id_of(second))) == 2


def test_folge_to_what_is_not_krm_is_asked_back(story: Story) -> None:
    spam = asked(story)
    story.replies(spam, "Kein KRM: Spam")
    story.passes()
    story.letter(OFFICER, "receipt")
    second = asked(story, OTHER, sender=NEIGHBOUR)

    story.replies(second, f"Folge: {id_of(spam)}\nNotiz: gehört zusammen")
    story.passes()

    assert "nicht in KRM erfasst" in story.letter(OFFICER, "unclear").text
    assert (case(story, id_of(second)).state, case(story, id_of(second)).notes) == (State.OPEN, ())


def test_a_citizens_answer_to_a_joined_mail_is_known_where_it_went(story: Story) -> None:
    confirmed(story, asked(story))
    second = asked(story, OTHER, sender=NEIGHBOUR)
    acknowledgement = confirmed(story, second)
    story.replies(second, "Folge: KRM-2026-0001")
    story.passes()
    story.letter(OFFICER, "receipt")
    story.letter(LEAD_515, "assignment")

    story.replies(acknowledgement, "Ich warte noch.")
    assert story.passes()["related"] == 1

    assert kinds(story, "KRM-2026-0001") == [Kind.FIRST, Kind.FOLLOW_UP, Kind.FOLLOW_UP]
    story.letter(OFFICER, "confirmation_request")


# --- words that take back ---


def test_a_held_acknowledgement_stays_here_when_the_officer_takes_it_back(story: Story) -> None:
    object.__setattr__(story.bot, "rhythm", Rhythm(hold=timedelta(minutes=10)))
    request = asked(story)
    story.replies(request, "ok")
    story.passes()
    story.letter(OFFICER, "receipt")
    story.letter(LEAD_515, "assignment")
    story.replies(request, "Kein KRM: Spam")
    story.passes()
    story.letter(OFFICER, "receipt")

    story.wait(days=1, minutes=-60)
    story.passes()
    story.nothing_went_out()

    story.replies(request, "ok")
    story.passes()
    story.wait(hours=1)
    story.passes()
    story.letter(OFFICER, "receipt")
    story.letter(CITIZEN, "acknowledgement")


def test_officer_and_deputy_contradict_each_other_and_the_later_word_stands(story: Story) -> None:
    request = asked(story)
    story.replies(request, "ok")
    story.replies(request, "Kein KRM: Spam", sender=DEPUTY.address)

    story.passes()

    story.letter(OFFICER, "receipt")
    story.letter(DEPUTY, "receipt")
    assert (case(story, "KRM-2026-0001").state, case(story, "KRM-2026-0001").outside) == (State.NOT_KRM, "spam")


def test_a_promise_far_in_the_future_is_asked_back(story: Story) -> None:
    story.replies(asked(story), "Frist: 15.12.2062")
    story.passes()

    assert "mehr als ein Jahr" in story.letter(OFFICER, "unclear").text


def test_a_reply_of_200_notes_fits_into_the_journal(story: Story) -> None:
    request = asked(story)
    story.replies(request, "\n\n".join(f"Notiz: {n}" for n in range(200)))

    assert story.passes()["instructions"] == 1

    story.letter(OFFICER, "receipt")
    with story.database.transaction() as connection:
        entries = journal.read(connection, id_of(request))
    assert all(len(" ".join(e.refs)) < 500 for e in entries)


# --- tokens ---


def test_a_citizen_of_the_case_who_was_shown_our_letter_is_heard_and_instructs_nothing(story: Story) -> None:
    request = asked(story)

    story.arrives("ok\nIch lege außerdem Widerspruch ein.", subject=f"AW: {request.subject}")
    tally = story.passes()

    assert (tally["related"], tally["instructions"]) == (1, 0)
    assert "Widerspruch" in story.letter(OFFICER, "confirmation_request").text
    assert case(story, id_of(request)).number is None


# --- time ---


def test_a_mail_from_the_future_is_asked_about_at_once(story: Story) -> None:
    story.mailbox.put(b"From: a@mail.example\r\nSubject: x\r\n\r\n" + WAITED.encode(), story.now + timedelta(days=4000))

    story.passes()

    assert "Mo 23.11.2026, 09:00 Uhr" in story.letter(OFFICER, "confirmation_request").text


# --- who answers ---


@pytest.mark.parametrize(
    "sender",
    [
        pytest.param("sabine.meier@privat.example", id="a second address"),
        pytest.param('"meier@jobcenter.example" <x@evil.example>', id="the address as a name"),
        pytest.param("Sabine Meier <x@evil.example>", id="the right name"),
        pytest.param("meier@jobcenter.example.evil.example", id="a longer domain"),
        pytest.param("meier@jobcenter.example, x@evil.example", id="two senders"),
    ],
)
def test_an_ok_from_anybody_but_the_officer_changes_nothing(story: Story, sender: str) -> None:
    request = asked(story)
    raw = f"From: {sender}\r\nSubject: AW: {request.subject}\r\nMessage-ID: <a@b.example>\r\n\r\nok"

    story.raw_arrives(raw.encode())

    assert story.passes()["instructions"] == 0
    for person in (OFFICER, DEPUTY):
        story.letter(person, "refused")
    assert case(story, id_of(request)).number is None


def test_an_answer_to_somebody_elses_letter_does_not_count_through_an_own_one_further_back(story: Story) -> None:
    first, second = asked(story), asked(story, OTHER, sender=NEIGHBOUR)
    story.replies(first, "ok")
    story.passes()
    assignment = story.letter(LEAD_515, "assignment")
    story.letter(OFFICER, "receipt")
    story.letter(CITIZEN, "acknowledgement")

    nearest, further = str(assignment.mail["Message-ID"]), str(second.mail["Message-ID"])
    story.arrives("ok", sender=OFFICER.address, In_Reply_To=nearest, References=f"{further} {nearest}")
    story.passes()

    for person in (OFFICER, DEPUTY):
        story.letter(person, "refused")
    assert case(story, id_of(second)).number is None


@pytest.mark.parametrize(
    "whole",
    [
        pytest.param("{quote}<div>ok</div>", id="below an unmarked quote"),
        pytest.param("{quote}", id="nothing but an unmarked quote"),
        pytest.param("<p>Guten Tag,</p>{quote}", id="a greeting above an unmarked quote"),
    ],
)
def test_the_words_of_our_own_letter_are_never_an_instruction(story: Story, whole: str) -> None:
    request = asked(story)
    body = re.search(r"<body[^>]*>(.*)</body>", request.html, re.DOTALL)
    assert body is not None

    story.arrives("", html=whole.format(quote=body[1]), sender=OFFICER.address, subject=f"AW: {request.subject}")
    story.passes()

    story.letter(OFFICER, "unclear")
    assert case(story, id_of(request)).number is None


# --- machines and colleagues ---

REPORT = (
    "From: {sender}\r\nReturn-Path: <>\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/report; report-type={kind}; boundary=b\r\n\r\n"
    "--b\r\nContent-Type: text/plain\r\n\r\nok\r\n--b\r\nContent-Type: message/{kind}\r\n\r\n{fields}\r\n"
    "--b\r\nContent-Type: message/rfc822\r\n\r\n"
)


def report(letter: Received, kind: str, fields: str, sender: str = "mailer-daemon@mail.example") -> bytes:
    head = REPORT.format(sender=sender, subject=f"Bericht: {letter.subject}", kind=kind, fields=fields)
    return head.encode() + letter.content + b"\r\n--b--\r\n"


def test_an_acknowledgement_that_bounces_comes_to_the_officer_ready_to_print_once(story: Story) -> None:
    acknowledgement = confirmed(story, asked(story))

    for recipient in ("one", "two"):
        fields = f"Final-Recipient: rfc822; {recipient}@mail.example\r\nAction: failed\r\nStatus: 5.1.1"
        story.raw_arrives(report(acknowledgement, "delivery-status", fields))
    assert story.passes()["automatic"] == 2

    told = story.letter(OFFICER, "undelivered").text
    assert "Fristen in einem Bescheid laufen weiter" in " ".join(told.split())


def test_a_request_that_bounces_comes_to_the_deputy(story: Story) -> None:
    request = asked(story)

    story.raw_arrives(report(request, "delivery-status", "Action: failed"))
    story.passes()

    assert id_of(request) in story.letter(DEPUTY, "undelivered").text


def test_a_report_of_mere_delay_disturbs_nobody(story: Story) -> None:
    story.raw_arrives(report(asked(story), "delivery-status", "Action: delayed"))

    assert story.passes()["automatic"] == 1


def test_a_read_receipt_is_no_absence(story: Story) -> None:
    request = asked(story)
    story.raw_arrives(report(request, "disposition-notification", "Disposition: x; displayed", OFFICER.address))
    story.passes()

    asked(story, OTHER)


@pytest.mark.parametrize("sender", [OFFICER.address, "kollege@jobcenter.example", KRM])
def test_nobody_of_the_house_is_acknowledged_as_a_citizen(story: Story, sender: str) -> None:
    request = asked(story, "Herr Muster rief an und beschwert sich über die Wartezeit.", sender=sender)
    assert f"Im Haus eingereicht von {sender}" in request.text
    if sender == "kollege@jobcenter.example":  # officer and bot need not be told what happens next
        story.letter(sender, "handed_in")

    story.replies(request, "ok")
    story.passes()

    assert "Die Nachricht nennt keine Adresse." in story.letter(OFFICER, "receipt").text
    story.letter(LEAD_515, "assignment")


def test_a_case_without_a_team_is_said_to_go_to_nobody(story: Story) -> None:
    story.suggestion = judged(unit="gibt-es-nicht")
    story.replies(asked(story), "ok")
    story.passes()

    assert "an kein Team" in story.letter(OFFICER, "receipt").text
    story.letter(CITIZEN, "acknowledgement")


# --- odd senders ---


@pytest.mark.parametrize(
    "sender",
    [
        pytest.param(b"=?utf-8?q?Erika=0D=0ABcc=3A_x=40evil.example?= <erika@mail.example>", id="a line break"),
        pytest.param(b'"<script>alert(1)</script>{{ 7*7 }}{% raw %}" <erika@mail.example>', id="a template"),
        pytest.param(b"A" * 300 + b" <erika@mail.example>", id="300 letters"),
        pytest.param(b'"Erika \\"Chefin\\" Muster, Dr." <erika@mail.example>', id="quotes"),
        pytest.param(b"Eri\x00ka \xed\xa0\x80 <erika@mail.example>", id="NUL and a lone surrogate"),
        pytest.param("\u202e😀 <erika@mail.example>".encode(), id="turned round"),
        pytest.param("Jürgen <jürgen@müller.example>".encode(), id="SMTPUTF8"),
        pytest.param(b"x" * 1000 + b"@mail.example", id="an address of 1,000 letters"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"<>", id="an empty path"),
        pytest.param(b"officer", id="the id of a post"),
        pytest.param(b"a@b@mail.example", id="two at signs"),
        pytest.param(b"undisclosed-recipients:;", id="a group"),
    ],
)
def test_whoever_writes_is_heard_and_no_name_breaks_a_letter(story: Story, sender: bytes) -> None:
    story.raw_arrives(b"From: " + sender + b"\r\nSubject: x\r\nMessage-ID: <a@b.example>\r\n\r\n" + WAITED.encode())
    assert story.passes()["opened"] == 1
    request = story.letter(OFFICER, "confirmation_request")
    assert "<script>" not in request.html
    assert "49" not in request.text

    story.replies(request, "ok")
    assert story.passes()["failed"] == 0

    story.letter(OFFICER, "receipt")
    story.letter(LEAD_515, "assignment")
    for letter in story.post.sent:
        mail = Received("", letter.content).mail
        assert (mail["Bcc"], len(mail.get_all("To", []))) == (None, 1)
        if mail["X-KRM-Letter"] == "acknowledgement":
            story.letter(letter.recipients[0], "acknowledgement")
