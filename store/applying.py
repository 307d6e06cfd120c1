"""What a reply changes: (Case, reaction, instructions, who, now) -> Case. Pure; one row per word of conversation.md."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from classify.anlage3 import Anlage3
from classify.coding import Coding, Suggestion
from ingest.message import Instruction, Verb
from store.case import Case, Clock, Concern, Kind, Note, Reaction, Stage, State

DEFAULT_FORM = "email"
FIRST_STAGE = 2  # GA Anlage 2: the officer passes it to the team lead
FARTHEST = timedelta(days=366)  # a promise binds once a citizen has it: farther is a slip of the pen
CONFIRMING = frozenset(
    {
        Verb.CONFIRM,
        Verb.TYPE,
        Verb.CATEGORY,
        Verb.ADD_CATEGORY,
        Verb.DROP_CATEGORY,
        Verb.GROUP,
        Verb.FORM,
        Verb.UNIT,
        Verb.CONTACT,
        Verb.DEADLINE,
        Verb.SUPERIOR_DATE,
    }
)
"""Words that record the suggestion as corrected by them; a correction confirms the rest."""


class CannotApply(Exception):  # noqa: N818 - read as a sentence where it is caught
    """The words are clear but do not fit this Case; `str()` is a German sentence for whoever wrote them."""


@dataclass(frozen=True, slots=True)
class Step:
    """What every row is told."""

    taxonomy: Anlage3
    reaction: int  # its mail
    by: str
    now: datetime


Row = Callable[[Case, Instruction, Step], Case]


def apply(case: Case, instructions: Sequence[Instruction], step: Step) -> Case:
    """The Case after the reply: all lines together or, raising CannotApply, none (conversation.md)."""
    after = case
    for instruction in sorted(instructions, key=_order):
        after = ROWS[instruction.verb](after, instruction, step)
    if any(i.verb in CONFIRMING for i in instructions):
        after = _record(after, step, case)
    return after


def suggested_coding(suggestion: Suggestion) -> Coding:
    """The suggestion as it would be recorded unchanged."""
    return Coding(
        type=suggestion.type,
        categories=suggestion.proposed,
        customer_group=suggestion.customer_group,
        form=DEFAULT_FORM,
        unit=suggestion.unit,
        remedy=suggestion.remedy,
        urgency=suggestion.urgency,
    )


def _order(instruction: Instruction) -> int:
    return list(ROWS).index(instruction.verb)


def _coding(case: Case, step: Step) -> Coding:
    reaction = case.reaction(step.reaction)
    if reaction.coding:
        return reaction.coding
    if reaction.suggestion is None:
        raise CannotApply("Zu dieser Nachricht gibt es nichts zu bestätigen.")
    return suggested_coding(reaction.suggestion)


def _recoded(case: Case, step: Step, **fields: object) -> Case:
    coding = replace(_coding(case, step), **fields)  # type: ignore[arg-type]
    return _with(case, replace(case.reaction(step.reaction), coding=coding))


def _with(case: Case, reaction: Reaction) -> Case:
    return replace(case, reactions=tuple(reaction if r.mail == reaction.mail else r for r in case.reactions))


def _record(case: Case, step: Step, before: Case) -> Case:
    """The confirmation itself: who and when, concerns, state (GA 3.3). The same word once more records nobody else."""
    coding = _coding(case, step)
    kind = step.taxonomy.type(coding.type)
    if not kind.krm:
        raise CannotApply(
            f"„{kind.name}“ wird nicht in KRM erfasst. Bitte schreiben Sie „Kein KRM: …“ mit dem Grund "
            "oder „Art: …“ mit einer Art, die erfasst wird."
        )
    if not coding.categories:
        raise CannotApply("Es ist noch keine Kategorie bestimmt. Bitte schreiben Sie zum Beispiel „Kategorie: 1“.")
    was = before.reaction(step.reaction)
    again = was.coding == coding and was.confirmed_at is not None and not was.outside
    by, at = (was.confirmed_by, was.confirmed_at) if again else (step.by, step.now)
    reaction = replace(case.reaction(step.reaction), coding=coding, confirmed_by=by, confirmed_at=at, outside="")
    case = _with(case, reaction)
    state = State.OPEN if case.state is State.NOT_KRM else case.state
    if reaction.kind is Kind.FIRST:
        concerns = tuple(Concern(n, c) for n, c in enumerate(coding.categories))
        stages = case.stages or (Stage(FIRST_STAGE, step.now, step.by),)
        return replace(case, concerns=concerns, stages=stages, state=state, outside="")
    return replace(case, state=state)


def _nothing(case: Case, _: Instruction, __: Step) -> Case:
    return case


def _type(case: Case, said: Instruction, step: Step) -> Case:
    coding = _coding(case, step)
    categories = coding.categories
    reaction = case.reaction(step.reaction)
    if not categories and step.taxonomy.type(said.ids[0]).krm and reaction.suggestion:
        categories = tuple(c.id for c in reaction.suggestion.categories[:1])
    return _recoded(case, step, type=said.ids[0], categories=categories)


def _categories(case: Case, said: Instruction, step: Step) -> Case:
    return _recoded(case, step, categories=said.ids)


def _add(case: Case, said: Instruction, step: Step) -> Case:
    together = tuple(dict.fromkeys((*_coding(case, step).categories, *said.ids)))
    if len(together) > 3:  # GA 3.1: up to three concerns
        raise CannotApply(
            f"Mit „{said.line}“ wären es mehr als drei Kategorien. "
            "Bitte nehmen Sie zugleich eine weg, zum Beispiel mit „-Wartezeit“."
        )
    return _recoded(case, step, categories=together)


def _drop(case: Case, said: Instruction, step: Step) -> Case:
    coding = _coding(case, step)
    missing = [i for i in said.ids if i not in coding.categories]
    if missing:
        raise CannotApply(f"Die Kategorie in „{said.line}“ ist nicht eingetragen.")
    return _recoded(case, step, categories=tuple(c for c in coding.categories if c not in said.ids))


def _field(name: str) -> Row:
    def row(case: Case, said: Instruction, step: Step) -> Case:
        return _recoded(case, step, **{name: said.ids[0]})

    return row


def _promise(kind: str) -> Row:
    def row(case: Case, said: Instruction, step: Step) -> Case:
        day = said.day
        if day is None or day < step.now.date():
            raise CannotApply(f"Das Datum in „{said.line}“ liegt in der Vergangenheit.")
        if day > step.now.date() + FARTHEST:
            raise CannotApply(f"Das Datum in „{said.line}“ liegt mehr als ein Jahr in der Zukunft.")
        return replace(case, clocks=(*case.clocks, Clock(kind, day, step.now)))

    return row


def _remedy(case: Case, said: Instruction, _: Step) -> Case:
    return replace(case, remedy=said.ids[0] == "ja")


def _application(case: Case, said: Instruction, _: Step) -> Case:
    return replace(case, application=said.ids[0] if said.ids else said.text)


def _authority(case: Case, said: Instruction, _: Step) -> Case:
    return replace(case, authority=said.ids[0] == "ja")


def _answer_way(case: Case, said: Instruction, _: Step) -> Case:
    return replace(case, answer_way=said.ids[0] if said.ids else said.text)


def _follow(case: Case, said: Instruction, _: Step) -> Case:
    if said.ids[0] in (case.id, str(case.number)):
        raise CannotApply(f"{said.ids[0]} ist dieser Vorgang selbst.")
    return replace(case, state=State.JOINED, joined_to=said.ids[0])


def _not_krm(case: Case, said: Instruction, step: Step) -> Case:
    """Settles the answered reaction; the whole Case only where nothing else of it is recorded."""
    where = " ".join((*said.ids, said.text)).strip()
    answered = case.reaction(step.reaction)
    settled = replace(answered, outside=where, coding=None, confirmed_by=step.by, confirmed_at=step.now)
    if any(r.coding for r in case.reactions if r.mail != answered.mail):
        return _with(case, settled)
    return replace(_with(case, replace(settled, coding=answered.coding)), state=State.NOT_KRM, outside=where)


def _note(case: Case, said: Instruction, step: Step) -> Case:
    return replace(case, notes=(*case.notes, Note(step.now, step.by, said.text)))


ROWS: dict[Verb, Row] = {
    Verb.CONFIRM: _nothing,
    Verb.TYPE: _type,
    Verb.CATEGORY: _categories,
    Verb.DROP_CATEGORY: _drop,  # before adding: room is made first
    Verb.ADD_CATEGORY: _add,
    Verb.GROUP: _field("customer_group"),
    Verb.FORM: _field("form"),
    Verb.UNIT: _field("unit"),
    Verb.CONTACT: _field("contact"),
    Verb.DEADLINE: _promise("answer"),
    Verb.SUPERIOR_DATE: _promise("superior"),
    Verb.REMEDY: _remedy,
    Verb.APPLICATION: _application,
    Verb.AUTHORITY: _authority,
    Verb.ANSWER_WAY: _answer_way,
    Verb.FOLLOW_UP: _follow,
    Verb.NOT_KRM: _not_krm,
    Verb.NOTE: _note,
    Verb.STATUS: _nothing,
    Verb.HELP: _nothing,
    Verb.SEEN: _nothing,
}
"""In the order they take effect, whatever the order of the lines."""
