"""What people, programs and bad luck do to the loop, and that it holds."""

import re
from datetime import timedelta

from krm.bot import Rhythm
from store import cases
from store.case import Case, Kind, State
from tests.office import CITIZEN, LEAD_515, LEGAL_OFFICE, OFFICER, Received, Story, judged

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
