"""Words of the life of a Case after it is recorded: handling, answer, escalation, closing (GA 3.5.2 to 3.7)."""

from dataclasses import replace
from datetime import datetime, time

from ingest.message import Instruction
from store.case import Case, Clock, Kind, Note, Said, Stage, State
from store.steps import NOTED, CannotApply, Row, Step, coming, marked, recoded, with_reaction

FIRST_STAGE = 2  # GA Anlage 2: the officer passes it to the team lead
LAST_STAGE = 4  # GA 3.7: an appointment with management
SENT_ALREADY = "versandt"
RELEASABLE = frozenset({"answer", "correction", "invitation", "report"})
POSTABLE = frozenset({"acknowledgement", "answer", "interim_notice", "correction", "invitation", "hand_over_note"})


def _open(case: Case, said: Instruction) -> None:
    if case.state is State.CLOSED:
        raise CannotApply(
            f"Der Vorgang ist abgeschlossen. Vor „{said.line}“ öffnen Sie ihn bitte mit „Wieder öffnen: Grund“."
        )
    if not case.concerns:
        raise CannotApply(f"Der Vorgang ist noch nicht erfasst. Vor „{said.line}“ bestätigen Sie ihn bitte mit „ok“.")


def seen(case: Case, _: Instruction, step: Step) -> Case:
    """Danger or need was seen. Of a citizen's further mail it says more: noted, nothing is owed (mere thanks)."""
    case = marked(case, step, Said.SEEN, about=step.about)
    reaction = case.reaction(step.reaction)
    if (
        step.about == "confirmation_request"
        and reaction.kind is Kind.FOLLOW_UP
        and not reaction.settled
        and step.decides
    ):
        noted = replace(reaction, outside=NOTED, confirmed_by=step.by, confirmed_at=step.now)
        return with_reaction(case, noted)
    return case


def interim(case: Case, said: Instruction, step: Step) -> Case:
    """The notice itself is owed by this mark; its day binds from now on (GA 3.5.2, rules.md Time 6)."""
    _open(case, said)
    day = coming(said, step)
    case = replace(case, clocks=(*case.clocks, Clock("interim", day, step.now)))
    return marked(case, step, Said.INTERIM, day=day, text=said.text)


def stage(case: Case, said: Instruction, step: Step) -> Case:
    _open(case, said)
    return _staged(case, int(said.ids[0]), said.text, step)


def _staged(case: Case, level: int, reason: str, step: Step) -> Case:
    """The stage that was ends with what led on; the new one is a matter of its own (GA 3.7)."""
    if level == case.stage:
        raise CannotApply(f"Der Vorgang steht schon auf Stufe {level}.")
    ended = tuple(
        s if s.ended else replace(s, outcome=reason or f"weiter in Stufe {level}", ended=step.now) for s in case.stages
    )
    return replace(case, stages=(*ended, Stage(level, step.now, step.by, reason)))


def release(case: Case, said: Instruction, step: Step) -> Case:
    about = step.about if step.about in RELEASABLE else "answer"
    if about == "answer":
        _open(case, said)
        if case.last(Said.ANSWER) is None:
            raise CannotApply("Es liegt noch kein Antwortschreiben vor.")
        if step.lacks_authority and not case.authority:
            raise CannotApply(
                "Die Nachricht kam von jemandem, der für eine andere Person schreibt. "
                "Liegt die Vollmacht vor, schreiben Sie bitte auch „Vollmacht: ja“."
            )
    return marked(case, step, Said.RELEASED, about=about)


def posted(case: Case, said: Instruction, step: Step) -> Case:
    """The day of posting ends the duty (rules.md: `versandt DATUM`)."""
    day, reaction = said.day, case.reaction(step.reaction)
    if day is None or day > step.now.date():
        raise CannotApply(f"Das Datum in „{said.line}“ liegt in der Zukunft.")
    if day < reaction.arrived.astimezone(step.now.tzinfo).date():
        raise CannotApply(f"Das Datum in „{said.line}“ liegt vor dem Eingang der Nachricht.")
    about = step.about if step.about in POSTABLE else "answer"
    if about == "acknowledgement":
        noon = datetime.combine(day, time(12), tzinfo=step.now.tzinfo)
        case = with_reaction(case, replace(reaction, acknowledged=min(noon, step.now)))
    return marked(case, step, Said.POSTED, day=day, about=about)


def done(case: Case, said: Instruction, step: Step) -> Case:
    """The officer closes (Austragung, GA 3.3); anybody else proposes it."""
    _open(case, said)
    if not step.decides:
        return marked(case, step, Said.DONE, text=said.text)
    stages = tuple(s if s.ended else replace(s, outcome=said.text, ended=step.now) for s in case.stages)
    return marked(replace(case, state=State.CLOSED, stages=stages), step, Said.CLOSED, text=said.text)


def reopen(case: Case, said: Instruction, step: Step) -> Case:
    if case.state is not State.CLOSED:
        raise CannotApply("Der Vorgang ist nicht abgeschlossen.")
    level = case.stage or FIRST_STAGE
    stages = (*case.stages, Stage(level, step.now, step.by, said.text))
    return marked(replace(case, state=State.OPEN, stages=stages), step, Said.REOPENED, text=said.text)


def measure(case: Case, said: Instruction, step: Step) -> Case:
    return marked(case, step, Said.MEASURE, day=said.day, about=said.ids[0], text=said.text)


def not_meant(case: Case, said: Instruction, step: Step) -> Case:
    return marked(case, step, Said.NOT_MEANT, about=said.ids[0])


def undo(case: Case, _: Instruction, step: Step) -> Case:
    """What was held back is taken back; of what went out a correction is drafted."""
    if not step.stopped and not step.sent:
        raise CannotApply("Es gibt kein Schreiben, das zurückgeholt oder berichtigt werden kann.")
    for duty in step.stopped or step.sent[-1:]:
        case = marked(case, step, Said.TAKEN_BACK, about=duty, text="" if step.stopped else SENT_ALREADY)
    if "acknowledgement" in step.stopped:
        reaction = replace(case.reaction(step.reaction), coding=None, confirmed_by="", confirmed_at=None)
        return with_reaction(case, reaction)
    return case


def answer(case: Case, said: Instruction, step: Step) -> Case:
    _open(case, said)
    if not step.text.strip() and not step.file:
        raise CannotApply("Zu „Antwort“ fehlt das Schreiben. Hängen Sie es an oder schreiben Sie es darunter.")
    return marked(case, step, Said.ANSWER, about=step.file[:80], text=step.text)


def only_said(what: Said) -> Row:
    def row(case: Case, said: Instruction, step: Step) -> Case:
        _open(case, said)
        return marked(case, step, what, text=said.text)

    return row


def expected(case: Case, said: Instruction, step: Step) -> Case:
    _open(case, said)
    return marked(case, step, Said.EXPECTED, day=coming(said, step))


def pass_on(case: Case, said: Instruction, step: Step) -> Case:
    _open(case, said)
    if not step.decides:
        return marked(case, step, Said.OTHER_UNIT, about=said.ids[0], text=said.text)
    first = next(r.mail for r in case.reactions if r.kind is Kind.FIRST)
    case = replace(case, notes=(*case.notes, Note(step.now, step.by, said.text)))
    return recoded(case, replace(step, reaction=first), unit=said.ids[0])


def next_stage(case: Case, said: Instruction, step: Step) -> Case:
    _open(case, said)
    if step.decides:
        return _staged(case, min(case.stage + 1, LAST_STAGE), said.text, step)
    return marked(case, step, Said.NEXT_STAGE, about=str(min(case.stage + 1, LAST_STAGE)), text=said.text)
