"""What a reply changes: (Case, reaction, instructions, who, now) -> Case. Pure; one row per word of conversation.md."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.message import Instruction, Verb
from store import coding_words, letter_words, life_words
from store.case import FIRST_STAGE, Case, Concern, Kind, Said, Stage, State
from store.steps import CannotApply, Row, Step, coding_of, with_reaction

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
        Verb.ARRIVED,
    }
)
"""Words that record the suggestion as corrected by them; a correction confirms the rest."""


def apply(case: Case, instructions: Sequence[Instruction], step: Step) -> Case:
    """The Case after the reply: all lines together or, raising CannotApply, none (conversation.md)."""
    after = case
    for instruction in sorted(instructions, key=_order):
        after = ROWS[instruction.verb](after, instruction, step)
    if any(i.verb in CONFIRMING for i in instructions):
        after = _record(after, step, case)
    return after


def _order(instruction: Instruction) -> int:
    return list(ROWS).index(instruction.verb)


def _record(case: Case, step: Step, before: Case) -> Case:
    """The confirmation itself: who and when, concerns, state (GA 3.3). The same word once more records nobody else."""
    coding = coding_of(case, step)
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
    case = with_reaction(case, reaction)
    state = State.OPEN if case.state is State.NOT_KRM else case.state
    if reaction.kind is Kind.FIRST:
        concerns = tuple(Concern(n, c) for n, c in enumerate(coding.categories))
        stages = case.stages or (Stage(FIRST_STAGE, step.now, step.by),)
        return replace(case, concerns=concerns, stages=stages, state=state, outside="")
    return replace(case, state=state)


def _nothing(case: Case, _: Instruction, __: Step) -> Case:
    return case


ROWS: dict[Verb, Row] = {
    Verb.CONFIRM: _nothing,
    Verb.NOT_MEANT: life_words.not_meant,  # before anybody is chosen
    Verb.REOPEN: life_words.reopen,
    Verb.ARRIVED: coding_words.arrived,
    Verb.TYPE: coding_words.type_,
    Verb.CATEGORY: coding_words.categories,
    Verb.DROP_CATEGORY: coding_words.drop,  # before adding: room is made first
    Verb.ADD_CATEGORY: coding_words.add,
    Verb.GROUP: coding_words.field("customer_group"),
    Verb.FORM: coding_words.field("form"),
    Verb.UNIT: coding_words.unit,
    Verb.CONTACT: coding_words.field("contact"),
    Verb.DEADLINE: coding_words.promise("answer"),
    Verb.SUPERIOR_DATE: coding_words.promise("superior"),
    Verb.REMEDY: coding_words.remedy,
    Verb.APPLICATION: coding_words.application,
    Verb.AUTHORITY: coding_words.authority,  # before a release that needs it
    Verb.ANSWER_WAY: coding_words.answer_way,
    Verb.FOLLOW_UP: coding_words.follow,
    Verb.NOT_KRM: coding_words.not_krm,
    Verb.TAKEN_OVER: life_words.only_said(Said.TAKEN_OVER),
    Verb.PROGRESS: life_words.only_said(Said.PROGRESS),
    Verb.EXPECTED: life_words.expected,
    Verb.ANSWER: life_words.answer,
    Verb.NO_ANSWER: life_words.only_said(Said.NO_ANSWER),
    Verb.HAND_ON: life_words.pass_on,
    Verb.NEXT_STAGE: life_words.next_stage,
    Verb.STAGE: life_words.stage,
    Verb.INTERIM: life_words.interim,
    Verb.RELEASE: letter_words.release,
    Verb.POSTED: letter_words.posted,
    Verb.MEASURE: life_words.measure,
    Verb.NOTE: coding_words.note,
    Verb.UNDO: letter_words.undo,
    Verb.SEEN: life_words.seen,
    Verb.REPORT: _nothing,
    Verb.STATUS: _nothing,
    Verb.HELP: _nothing,
    Verb.DONE: life_words.done,  # last: it closes
}
"""In the order they take effect, whatever the order of the lines."""
