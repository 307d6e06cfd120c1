"""Which letter to the citizen a reply means: what its words stop, release, post or correct (conversation.md)."""

from sqlalchemy import Connection

from krm.agreeing import question
from store.case import CITIZEN, INVITATION, Case, Delivery, Dispatch, mail_of
from store.letter_words import POSTABLE, called_by, called_for
from store.outbox import Outgoing


def letter_meant(connection: Connection, case: Case, letter: Outgoing) -> tuple[str, int]:
    """(letter, mail that called for it or brought its draft) that `Freigabe`, `versandt` or `Zurück` is about.

    It is what the answered letter asks about; through a question of ours or a notice that a letter did not arrive, what
    that one asked about; through a receipt, what its words called for. Of anything else: (its duty, 0).
    """
    duty, occurrence = question(connection, case, letter)
    lost = occurrence.partition(" ")[0] if duty == "undelivered" else ""
    duty, occurrence = next(((d.duty, d.occurrence) for d in case.dispatches if str(d.id) == lost), (duty, occurrence))
    if duty in ("release_request", "to_print"):
        about = occurrence.partition(" ")[0]
        by_stage = duty == "release_request" and about == INVITATION
        return about, 0 if by_stage else mail_of(occurrence)
    if duty in POSTABLE:
        return duty, mail_of(occurrence)
    call = called_by(case, mail_of(occurrence)) if duty == "receipt" else None
    if call:
        return call
    return str(letter.told.get("about") or (letter.told["duty"] if letter.duty == "undelivered" else duty)), 0


def stopped_alone(case: Case, letter: str, of: int) -> frozenset[tuple[str, int]] | None:
    """(letter, mail that called for it) which `Zurück` stops where one is meant; None: it stops whatever waits."""
    if letter not in POSTABLE:
        return None
    call = called_for(case, letter, of)
    return frozenset({(letter, call.mail if call else of)})


def arrived(d: Dispatch) -> bool:
    """Whether the citizen has this letter, or may have it."""
    return d.recipient == CITIZEN and d.state in (Delivery.SENT, Delivery.UNSURE) and not d.returned
