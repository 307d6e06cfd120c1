"""What every word of a reply is told, and the small changes of a Case they are made of. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from classify.anlage3 import Anlage3
from classify.coding import Coding, Suggestion
from ingest.message import Instruction
from store.case import Case, Mark, Reaction, Said

DEFAULT_FORM = "email"
NOTED = "gesehen"  # a further mail that was noted and needs nothing
FARTHEST = timedelta(days=366)  # a promise binds once a citizen has it: farther is a slip of the pen


class CannotApply(Exception):  # noqa: N818 - read as a sentence where it is caught
    """The words are clear but do not fit this Case; `str()` is a German sentence for whoever wrote them."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter to the citizen that went by mail and did not come back."""

    letter: str
    of: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """What every row is told.

    `decides`: officer or deputy; what others say of these things is a proposal (GA 3.3). `mail` is the reply, `about`
    the letter it concerns where it answers one ("acknowledgement", "answer", "alert", …). `text` and `file` are the
    answer letter that came with it. `lacks_authority`: the writer acts for another and nobody noted that they may.
    Of a letter to the citizen, `of` is the mail that called for it or brought its draft (0: no certain one). `sent` are
    those that arrived as far as is known, `stopped` those just stopped, as (letter, of).
    `records`: the same reply records the reaction, so that what needs a recorded Case may stand beside it.
    """

    taxonomy: Anlage3
    reaction: int  # its mail
    by: str
    now: datetime
    decides: bool = True
    mail: int = 0
    about: str = ""
    of: int = 0
    text: str = ""
    file: str = ""
    lacks_authority: bool = False
    sent: tuple[Sent, ...] = ()
    stopped: tuple[tuple[str, int], ...] = ()
    records: bool = False


Row = Callable[[Case, Instruction, Step], Case]


def suggested_coding(suggestion: Suggestion) -> Coding:
    """The suggestion as it would be recorded unchanged."""
    return Coding(
        type=suggestion.type,
        categories=suggestion.proposed,
        customer_group=suggestion.customer_group,
        form=suggestion.form or DEFAULT_FORM,
        unit=suggestion.unit,
        remedy=suggestion.remedy,
        urgency=suggestion.urgency,
    )


def coding_of(case: Case, step: Step) -> Coding:
    reaction = case.reaction(step.reaction)
    if reaction.coding:
        return reaction.coding
    if reaction.suggestion is None:
        raise CannotApply("Zu dieser Nachricht gibt es nichts zu bestätigen.")
    return suggested_coding(reaction.suggestion)


def recoded(case: Case, step: Step, **fields: object) -> Case:
    coding = replace(coding_of(case, step), **fields)  # type: ignore[arg-type]
    return with_reaction(case, replace(case.reaction(step.reaction), coding=coding))


def with_reaction(case: Case, reaction: Reaction) -> Case:
    return replace(case, reactions=tuple(reaction if r.mail == reaction.mail else r for r in case.reactions))


def coming(said: Instruction, step: Step) -> date:
    """A day that may be promised."""
    day = said.day
    if day is None or day < step.now.date():
        raise CannotApply(f"Das Datum in „{said.line}“ liegt in der Vergangenheit.")
    if day > step.now.date() + FARTHEST:
        raise CannotApply(f"Das Datum in „{said.line}“ liegt mehr als ein Jahr in der Zukunft.")
    return day


def marked(case: Case, step: Step, what: Said, **fields: Any) -> Case:
    mark = Mark(what, step.now, step.by, step.reaction, step.mail, **fields)
    return replace(case, marks=(*case.marks, mark))
