"""What happens to a mail: the first rule that holds, row by row (conversation.md, Who may what)."""

from dataclasses import replace
from typing import Any

import pytest

from classify.anlage3 import shipped
from classify.coding import Scored, Suggestion, Urgency
from classify.contact_form import ContactForm
from ingest.authenticity import Policy, Signature, Trust
from ingest.message import Address, Attachment, Automatic, Oddity
from store.case import CITIZEN, Delivery, Form
from store.disposing import RULES, Arrived, Disposition, dispose, put_aside, settled_at_once
from store.outbox import Outgoing
from store.relating import Relation
from tests.office import CITIZEN as ERIKA
from tests.office import DEPUTY, LEAD_514, OFFICE, OFFICER, judged
from tests.store.making import MONDAY, TODAY, message

CLOSED = Trust(Policy.CLOSED_NETWORK)
STRICT = Trust(Policy.AUTHSERV_ID, "mx.jobcenter.example")
SIGNED = Trust(Policy.DKIM)


def letter(to: str) -> Outgoing:
    return Outgoing(
        id=1,
        subject="E-7K2F",
        duty="confirmation_request",
        occurrence="1",
        recipient=to,
        address="",
        state=Delivery.SENT,
        not_before=MONDAY,
        told={},
        token="t" * 20,
        key_id="k1",
        expires=TODAY,
        message_id="m",
        content=None,
        tries=1,
        settled=MONDAY,
        reply_code="250",
    )


TO_OFFICER = Relation(letter("officer"), proven=True)
TO_LEAD = Relation(letter("tl-514"), proven=True)
TO_CITIZEN = Relation(letter(CITIZEN), proven=True, follows="E-7K2F", by="our-letter")
AGAIN = Relation(letter("officer"), proven=True, repeats=True)
EXPIRED = Relation(letter("officer"), proven=False)
GONE = Relation(letter("somebody-who-left"), proven=True)
TWIN = Relation(same_as="E-7K2F")
OWN_MAIL = Relation(follows="E-7K2F", by="own-mail")
NAMED_BY_STRANGER = Relation(hint="Die Nachricht bezieht sich auf KRM-2026-0001, …")

AUTOMATIC, INSTRUCTION, REFUSED = Disposition.AUTOMATIC, Disposition.INSTRUCTION, Disposition.REFUSED
FOLLOW_UP, DUPLICATE, INTAKE = Disposition.FOLLOW_UP, Disposition.DUPLICATE, Disposition.INTAKE


def arrived(
    sender: str = ERIKA,
    relation: Relation = Relation(),  # noqa: B008 - a frozen value
    *,
    trust: Trust = CLOSED,
    rescued: bool = False,
    **fields: Any,
) -> Arrived:
    return Arrived(message(sender=sender, **fields), relation, OFFICE, trust, rescued)


FILED = (AUTOMATIC, "auto-reply")
RECEIPT = Attachment("", "message/disposition-notification", 1)
NOT_BELIEVED: tuple[tuple[str, str, Relation, dict[str, Any]], ...] = (
    ("with the token of a citizen's letter", OFFICER.address, TO_CITIZEN, {}),
    ("to somebody else's letter", LEAD_514.address, TO_OFFICER, {}),
    ("of the deputy to the officer's letter", DEPUTY.address, TO_OFFICER, {}),
    ("with an expired or foreign token", OFFICER.address, EXPIRED, {}),
    ("to no letter of ours", OFFICER.address, Relation(), {}),
    ("nobody vouches for", OFFICER.address, TO_OFFICER, {"trust": STRICT}),
    ("without a signature", OFFICER.address, TO_OFFICER, {"trust": SIGNED}),
    ("that shows another address", OFFICER.address, TO_OFFICER, {"reply_to": (Address("", "wer@mail.example"),)}),
    ("that is a read receipt", OFFICER.address, TO_OFFICER, {"attachments": (RECEIPT,)}),
)


@pytest.mark.parametrize(
    ("what", "mail", "then", "rule"),
    [
        ("a first mail", arrived(), INTAKE, "new"),
        ("our own mail come back", arrived(automatic=Automatic.OWN), AUTOMATIC, "own"),
        ("a bounce of our letter", arrived(relation=TO_CITIZEN, automatic=Automatic.BOUNCE), AUTOMATIC, "bounce"),
        ("an out-of-office of a citizen", arrived(automatic=Automatic.AUTO_REPLY), AUTOMATIC, "auto-reply"),
        (
            "the officer's out-of-office to our letter",
            arrived(OFFICER.address, TO_OFFICER, automatic=Automatic.AUTO_REPLY),
            AUTOMATIC,
            "out-of-office",
        ),
        *(
            (f"an out-of-office {what}", arrived(sender, relation, automatic=Automatic.AUTO_REPLY, **fields), *FILED)
            for what, sender, relation, fields in NOT_BELIEVED
        ),
        (
            "a program of the house that answers our letter",
            arrived(OFFICER.address, TO_OFFICER, automatic=Automatic.GENERATED),
            AUTOMATIC,
            "answers-by-itself",
        ),
        (
            "the officer's reply without return path",
            arrived(OFFICER.address, TO_OFFICER, automatic=Automatic.PERHAPS),
            INSTRUCTION,
            "reply-of-the-house",
        ),
        ("a mail without return path", arrived(automatic=Automatic.PERHAPS), INTAKE, "new"),
        ("a newsletter", arrived(automatic=Automatic.LIST), AUTOMATIC, "list"),
        ("a web form", arrived(automatic=Automatic.GENERATED), INTAKE, "new"),
        ("the officer's reply", arrived(OFFICER.address, TO_OFFICER), INSTRUCTION, "reply-of-the-house"),
        ("the deputy for the officer", arrived(DEPUTY.address, TO_OFFICER), INSTRUCTION, "reply-of-the-house"),
        ("the team lead's reply", arrived(LEAD_514.address, TO_LEAD), INSTRUCTION, "reply-of-the-house"),
        ("a team lead for the officer", arrived(LEAD_514.address, TO_OFFICER), REFUSED, "not-allowed"),
        ("the officer for a team lead", arrived(OFFICER.address, TO_LEAD), REFUSED, "not-allowed"),
        ("a stranger with a token", arrived("wer@mail.example", TO_OFFICER), REFUSED, "not-allowed"),
        ("an expired or foreign token", arrived(OFFICER.address, EXPIRED), REFUSED, "not-allowed"),
        ("a letter to somebody who left", arrived(OFFICER.address, GONE), REFUSED, "not-allowed"),
        ("a reply nobody vouches for", arrived(OFFICER.address, TO_OFFICER, trust=STRICT), REFUSED, "not-allowed"),
        (
            "a reply that shows another address",
            arrived(OFFICER.address, TO_OFFICER, reply_to=(Address("", "wer@mail.example"),)),
            REFUSED,
            "not-allowed",
        ),
        (
            "two senders",
            arrived(relation=TO_OFFICER, senders=(Address("", OFFICER.address), Address("", "wer@mail.example"))),
            REFUSED,
            "not-allowed",
        ),
        ("an answer read before", arrived(OFFICER.address, AGAIN), REFUSED, "answered-before"),
        ("an answer read before, by another", arrived("wer@mail.example", AGAIN), REFUSED, "not-allowed"),
        (
            "a reply from a group",
            arrived(OFFICER.address, TO_OFFICER, oddities=(Oddity.GROUP,)),
            REFUSED,
            "not-allowed",
        ),
        ("a reply not signed", arrived(OFFICER.address, TO_OFFICER, trust=SIGNED), REFUSED, "not-allowed"),
        (
            "a signed reply",
            replace(arrived(OFFICER.address, TO_OFFICER, trust=SIGNED), signature=Signature.GENUINE),
            INSTRUCTION,
            "reply-of-the-house",
        ),
        ("the officer's mail to no letter", arrived(OFFICER.address), INTAKE, "new"),
        ("the same words again", arrived(relation=TWIN), DUPLICATE, "sent-again"),
        ("a citizen's answer to our letter", arrived(relation=TO_CITIZEN), FOLLOW_UP, "belongs-to-a-case"),
        ("a citizen's answer to their own mail", arrived(relation=OWN_MAIL), FOLLOW_UP, "belongs-to-a-case"),
        ("a number named by a stranger", arrived(relation=NAMED_BY_STRANGER), INTAKE, "new"),
        ("a rescued newsletter", arrived(automatic=Automatic.LIST, rescued=True), INTAKE, "new"),
        ("a rescued bounce", arrived(automatic=Automatic.BOUNCE, rescued=True), INTAKE, "new"),
        (
            "a rescued out-of-office to our letter instructs nobody",
            arrived(OFFICER.address, TO_OFFICER, automatic=Automatic.AUTO_REPLY, rescued=True),
            INTAKE,
            "new",
        ),
        (
            "a rescued program's answer to our letter instructs nobody",
            arrived(OFFICER.address, TO_OFFICER, automatic=Automatic.GENERATED, rescued=True),
            INTAKE,
            "new",
        ),
        ("a rescued mail that came twice", arrived(relation=TWIN, rescued=True), INTAKE, "new"),
    ],
)
def test_the_first_rule_that_holds_decides(what: str, mail: Arrived, then: Disposition, rule: str) -> None:
    found = dispose(mail)

    assert (found.what, found.rule) == (then, rule)


@pytest.mark.parametrize(
    ("what", "mail", "words"),
    [
        ("expired", arrived(OFFICER.address, EXPIRED), "abgelaufen"),
        ("a stranger", arrived("wer@mail.example", TO_OFFICER), "nicht von der Person"),
        ("not authentic", arrived(OFFICER.address, TO_OFFICER, trust=STRICT), "nicht geprüft"),
        ("a look-alike", arrived("m\u0435ier@jobcenter.example", TO_OFFICER), "einer anderen Schrift"),
        ("read before", arrived(OFFICER.address, AGAIN), "schon einmal"),
    ],
)
def test_a_refusal_tells_the_officer_why_and_quotes_nobody(what: str, mail: Arrived, words: str) -> None:
    why = dispose(mail).why

    assert words in why
    assert "@" not in why


@pytest.mark.parametrize(
    ("what", "mail", "hangs"),
    [
        ("the officer's reply", arrived(OFFICER.address, TO_OFFICER, trust=SIGNED), True),
        ("the same where signatures do not count", arrived(OFFICER.address, TO_OFFICER), False),
        ("a stranger's reply", arrived("wer@mail.example", TO_OFFICER, trust=SIGNED), False),
        ("an out-of-office", arrived(OFFICER.address, TO_OFFICER, trust=SIGNED, automatic=Automatic.AUTO_REPLY), True),
        ("a colleague's mail", arrived("kollege@jobcenter.example", trust=SIGNED), True),
        ("a citizen's first mail", arrived(trust=SIGNED), False),
        ("a citizen's answer", arrived(relation=TO_CITIZEN, trust=SIGNED), False),
    ],
)
def test_a_signature_is_asked_for_of_what_claims_to_come_from_the_house(what: str, mail: Arrived, hangs: bool) -> None:
    assert mail.hangs_on_signature is hangs


def test_an_address_is_compared_as_dns_spells_it_and_never_by_likeness() -> None:
    officer = replace(OFFICE.officer, address="Weiß@Straße.example")
    office = replace(OFFICE, officer=officer)

    def answers(sender: str) -> bool:
        return replace(arrived(sender, TO_OFFICER), office=office).may_answer

    assert answers("weiß@straße.example")
    assert answers("weiß@xn--strae-oqa.example")
    assert not answers("weiss@strasse.example")
    assert office.person("weiß@xn--strae-oqa.example") == officer


def test_every_rule_has_a_name_of_its_own_and_the_last_always_holds() -> None:
    assert len({r.name for r in RULES}) == len(RULES)
    assert RULES[-1].check(arrived()) is not None


FREMD = judged("fremd")
CLEAR = judged("fremd", types=(Scored("fremd", 0.95), *FREMD.types[1:]))


@pytest.mark.parametrize(
    ("what", "suggestion", "rescued", "aside"),
    [
        ("clearly not for us", CLEAR, False, True),
        ("just below clear", judged("fremd", types=(Scored("fremd", 0.94), *FREMD.types[1:])), False, False),
        ("clear but unsure", judged("fremd", sure=False), False, False),
        ("clear with a possible remedy", judged("fremd", remedy=True), False, False),
        ("clear with need", judged("fremd", urgency=Urgency.NEED), False, False),
        ("clear with danger", judged("fremd", urgency=Urgency.DANGER), False, False),
        ("clear but rescued by a person", CLEAR, True, False),
        ("an inquiry", judged("anfrage"), False, False),
        ("a remedy", judged("rechtsbehelf"), False, False),
        ("a complaint", judged(), False, False),
    ],
)
def test_only_what_is_clearly_not_for_the_office_is_put_aside(
    what: str, suggestion: Suggestion, rescued: bool, aside: bool
) -> None:
    assert put_aside(suggestion, shipped(), rescued) is aside


ORALLY = ContactForm(form="telefon", settled=True)


@pytest.mark.parametrize(
    ("what", "form", "suggestion", "rescued", "noted"),
    [
        ("a call", Form(ORALLY, MONDAY), judged(), False, True),
        ("in person", Form(replace(ORALLY, form="persoenlich"), MONDAY), judged(), False, True),
        ("not settled", Form(replace(ORALLY, settled=False), MONDAY), judged(), False, False),
        ("a letter", Form(replace(ORALLY, form="schriftlich"), MONDAY), judged(), False, False),
        ("a card", Form(replace(ORALLY, form="meinungskarte"), MONDAY), judged(), False, False),
        ("how it came cannot be read", Form(replace(ORALLY, form=""), MONDAY), judged(), False, False),
        ("with a possible remedy", Form(ORALLY, MONDAY), judged(remedy=True), False, False),
        ("with need", Form(ORALLY, MONDAY), judged(urgency=Urgency.NEED), False, False),
        ("with danger", Form(ORALLY, MONDAY), judged(urgency=Urgency.DANGER), False, False),
        ("moved back by a person", Form(ORALLY, MONDAY), judged(), True, False),
        ("nobody filled it in", Form(ORALLY, MONDAY, written=False), judged(), False, False),
    ],
)
def test_only_what_is_oral_and_settled_the_same_day_is_a_note(
    what: str, form: Form, suggestion: Suggestion, rescued: bool, noted: bool
) -> None:
    assert settled_at_once(form, suggestion, rescued) is noted
