"""What a letter is about: whose name it is addressed to, and which reaction it speaks of."""

from datetime import date
from typing import Any

import pytest

from ingest.message import Address
from krm.subject import Subject
from store.case import CITIZEN, COLLEAGUE, Delivery
from store.outbox import Outgoing
from tests.store.making import MONDAY, case, reaction

ERIKA, KARL = Address("Erika Beispiel", "erika@mail.example"), Address("Karl Amt", "karl@jobcenter.example")
BROUGHT = case(reaction(1, sender=ERIKA), reaction(2, sender=ERIKA, brought_by=KARL))


def letter(recipient: str, occurrence: str = "2", **told: Any) -> Outgoing:
    return Outgoing(
        id=1,
        subject="E-7K2F",
        duty="handed_in",
        occurrence=occurrence,
        recipient=recipient,
        address="",
        state=Delivery.PLANNED,
        not_before=MONDAY,
        told=told,
        token="",
        key_id="",
        expires=date(2027, 1, 1),
        message_id="",
        content=None,
        tries=0,
        settled=None,
        reply_code="",
    )


@pytest.mark.parametrize(("recipient", "name"), [(COLLEAGUE, KARL.name), (CITIZEN, ERIKA.name)])
def test_a_letter_out_of_the_house_names_the_colleague_who_brought_it_or_else_the_citizen(
    recipient: str, name: str
) -> None:
    assert Subject(letter(recipient), BROUGHT).writers_name == name


@pytest.mark.parametrize(
    ("about", "mail"),
    [
        (letter(CITIZEN, "2"), 2),
        (letter(CITIZEN, "2.1"), 2),
        (letter(CITIZEN, "2 again"), 2),
        (letter(CITIZEN, "closing"), 1),
        (letter(CITIZEN, "1", reaction=2), 2),
    ],
    ids=["its mail", "its mail, once more", "its mail and a word", "the Case as a whole", "kept with the letter"],
)
def test_a_letter_speaks_of_the_reaction_its_occurrence_begins_with(about: Outgoing, mail: int) -> None:
    assert Subject(about, BROUGHT).reaction.mail == mail


def test_a_letter_about_no_case_has_no_id_and_no_reaction() -> None:
    about = Subject(letter(CITIZEN))

    assert about.shown_id == ""
    with pytest.raises(ValueError, match="without Case"):
        _ = about.reaction
