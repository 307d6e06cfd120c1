"""Words of the life of a Case after it is recorded: handling, answer, escalation, closing (GA 3.5.2 to 3.7)."""

from dataclasses import replace

from ingest.message import Instruction
from store.case import (
    AREA_HEADS_STAGE,
    DECIDED,
    FIRST_STAGE,
    LAST_STAGE,
    PROPOSALS,
    Case,
    Clock,
    Kind,
    Note,
    Said,
    Stage,
    State,
)
from store.steps import NOTED, CannotApply, Row, Step, coming, marked, recoded, with_reaction

STAGES = frozenset("1234")


def opened(case: Case, said: Instruction, step: Step) -> None:
    if case.state is State.CLOSED:
        raise CannotApply(
            f"Der Vorgang ist abgeschlossen. Vor „{said.line}“ öffnen Sie ihn bitte mit „Wieder öffnen: Grund“."
        )
    if case.state is State.NOT_KRM and not step.records:
        raise CannotApply("Die Nachricht ist als „kein KRM“ vermerkt. Soll sie erfasst werden, schreiben Sie „ok“.")
    recorded(case, said, step)


def recorded(case: Case, said: Instruction, step: Step) -> None:
    if not case.concerns and not step.records:
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
    opened(case, said, step)
    day, before = coming(said, step), case.last(Said.INTERIM, Said.TAKEN_BACK)
    if before and (before.said, before.day, before.text) == (Said.INTERIM, day, said.text):
        raise CannotApply("Diese Zwischeninformation ist schon freigegeben.")
    case = replace(case, clocks=(*case.clocks, Clock("interim", day, step.now)))
    return marked(case, step, Said.INTERIM, day=day, text=said.text)


def stage(case: Case, said: Instruction, step: Step) -> Case:
    opened(case, said, step)
    if said.ids[0] not in STAGES:
        raise CannotApply("Es gibt die Stufen 1 bis 4.")
    return _staged(case, int(said.ids[0]), said.text, step)


def _staged(case: Case, level: int, reason: str, step: Step) -> Case:
    """The stage that was ends with what led on; the new one is a matter of its own (GA 3.7)."""
    if level == case.stage:
        raise CannotApply(f"Der Vorgang steht schon auf Stufe {level}.")
    ended = tuple(
        s if s.ended else replace(s, outcome=reason or f"weiter in Stufe {level}", ended=step.now) for s in case.stages
    )
    return replace(case, stages=(*ended, Stage(level, step.now, step.by, reason)))


def done(case: Case, said: Instruction, step: Step) -> Case:
    """The officer closes (Austragung, GA 3.3); anybody else proposes it."""
    opened(case, said, step)
    if not step.decides:
        return marked(case, step, Said.DONE, text=said.text)
    undecided = [r for r in case.reactions if not r.settled and not (step.records and r.mail == step.reaction)]
    if undecided:
        day = undecided[0].arrived.astimezone(step.now.tzinfo)
        raise CannotApply(
            f"Eine weitere Nachricht vom {day:%d.%m.%Y} ist noch nicht entschieden. Bitte antworten Sie zuerst auf "
            "die Bitte um Bestätigung dazu, zum Beispiel mit „ok“ oder „gesehen“."
        )
    lasting = case.stages or (Stage(FIRST_STAGE, step.now, step.by),)  # recorded and closed in one reply
    stages = tuple(s if s.ended else replace(s, outcome=said.text, ended=step.now) for s in lasting)
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


def answer(case: Case, said: Instruction, step: Step) -> Case:
    opened(case, said, step)
    if not step.text.strip() and not step.file:
        raise CannotApply("Zu „Antwort“ fehlt das Schreiben. Hängen Sie es an oder schreiben Sie es darunter.")
    return marked(case, step, Said.ANSWER, about=step.file[:80], text=step.text)


def only_said(what: Said) -> Row:
    def row(case: Case, said: Instruction, step: Step) -> Case:
        opened(case, said, step)
        decided = DECIDED if step.decides and what in PROPOSALS else ""
        return marked(case, step, what, about=decided, text=said.text)

    return row


def expected(case: Case, said: Instruction, step: Step) -> Case:
    opened(case, said, step)
    return marked(case, step, Said.EXPECTED, day=coming(said, step))


def pass_on(case: Case, said: Instruction, step: Step) -> Case:
    opened(case, said, step)
    first = next(r for r in case.reactions if r.kind is Kind.FIRST)
    if first.coding and (first.coding.unit, first.coding.parts) == (said.ids[0], ()):
        raise CannotApply("Der Vorgang liegt schon bei diesem Team.")
    if not step.decides:
        return marked(case, step, Said.OTHER_UNIT, about=said.ids[0], text=said.text)
    case = replace(case, notes=(*case.notes, Note(step.now, step.by, said.text)))
    return recoded(case, replace(step, reaction=first.mail), unit=said.ids[0])


def next_stage(case: Case, said: Instruction, step: Step) -> Case:
    """To whom the words say: the area head is stage 3, management stage 4 (GA 3.7)."""
    opened(case, said, step)
    level = LAST_STAGE if "geschäftsführung" in said.line.partition(":")[0].casefold() else AREA_HEADS_STAGE
    if level <= case.stage:
        raise CannotApply(f"Der Vorgang steht schon auf Stufe {case.stage}.")
    if step.decides:
        return _staged(case, level, said.text, step)
    return marked(case, step, Said.NEXT_STAGE, about=str(level), text=said.text)
