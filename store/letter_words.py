"""Words about a letter to the citizen: `Freigabe`, `versandt`, `Zurück` (GA 3.5.2, 3.6, conversation.md)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time

from ingest.message import Instruction
from store.case import ANSWER, CORRECTION, INTERIM_NOTICE, INVITATION, LAST_STAGE, Case, Mark, Said, State
from store.life_words import opened, recorded
from store.steps import CannotApply, Step, marked, with_reaction

ACKNOWLEDGEMENT, HAND_OVER_NOTE = "acknowledgement", "hand_over_note"
RELEASABLE = frozenset({ANSWER, CORRECTION, INVITATION})
OF_A_MAIL = frozenset({ACKNOWLEDGEMENT, HAND_OVER_NOTE})
"""Owed to each mail of its own, not to a word of the office."""
POSTABLE = RELEASABLE | OF_A_MAIL | {INTERIM_NOTICE}
SENT_ALREADY = "versandt"
NOTHING_SENT = "Es gibt kein Schreiben, das zurückgeholt oder berichtigt werden kann."
NOT_RELEASED = "Das Schreiben ist noch nicht freigegeben. Ohne Ihre „Freigabe“ geht es nicht hinaus."
BACK_ALREADY = "Das Schreiben ist schon zurückgenommen."
CORRECTED_ALREADY = "Zu diesem Schreiben gibt es schon eine Berichtigung."
NOT_TWICE = "Eine Berichtigung wird nicht noch einmal berichtigt. Bitte schreiben Sie der Person einen neuen Brief."
WHICH_LETTER = "Mehrere Schreiben sind noch zu versenden. Bitte antworten Sie auf die Nachricht mit dem Schreiben."
NEWER = "Es gibt ein neueres Antwortschreiben. Bitte antworten Sie auf die neuere Bitte um Freigabe."


def called_for(case: Case, letter: str, of: int) -> Mark | None:
    """The newest word by which this letter is owed; `of` is the mail of that word, an earlier one or its draft."""
    calls = [m for m in _calls(case) if _letter(m) == letter]
    drafts = {m.of for m in calls if m.mail == of and m.of}
    found = [m for m in calls if of in (m.mail, m.of) or m.of in drafts]
    return found[-1] if found else None


def called_by(case: Case, mail: int) -> tuple[str, int] | None:
    """(letter, of) that this mail called for."""
    return next(((_letter(m), m.mail) for m in _calls(case) if m.mail == mail), None)


def _calls(case: Case) -> tuple[Mark, ...]:
    return case.marked(Said.RELEASED, Said.INTERIM)


def _letter(call: Mark) -> str:
    return INTERIM_NOTICE if call.said is Said.INTERIM else call.about


# --- Freigabe ---


def release(case: Case, said: Instruction, step: Step) -> Case:
    """Once for each draft: what went out goes out no second time."""
    about = step.about if step.about in RELEASABLE else ANSWER
    if about == ANSWER:
        opened(case, said, step)
        if step.lacks_authority and not case.authority:
            raise CannotApply(
                "Die Nachricht kam von jemandem, der für eine andere Person schreibt. "
                "Liegt die Vollmacht vor, schreiben Sie bitte auch „Vollmacht: ja“."
            )
    drafted, of = DRAFTED[about](case, step)
    words = [m for m in case.marked(Said.RELEASED) if m.about == about and m.of in (0, of) and m.at >= drafted]
    if words and not _is_back(case, words[-1]):
        raise CannotApply("Das Schreiben ist schon freigegeben.")
    return marked(case, step, Said.RELEASED, about=about, of=of)


Draft = tuple[datetime, int]
"""When the draft came, and with which mail (0: the program's own)."""


def _answer_drafted(case: Case, step: Step) -> Draft:
    handed = case.marked(Said.ANSWER)
    if not handed:
        raise CannotApply("Es liegt noch kein Antwortschreiben vor.")
    if step.about == ANSWER and step.of in {m.mail for m in handed[:-1]} - {handed[-1].mail}:
        raise CannotApply(NEWER)
    return handed[-1].at, handed[-1].mail


def _correction_drafted(case: Case, step: Step) -> Draft:
    found = [m for m in case.marked(Said.TAKEN_BACK) if m.text and step.of in (0, m.mail)]
    if not found:
        raise CannotApply("Es liegt keine Berichtigung vor.")
    return found[-1].at, found[-1].mail


def _invitation_drafted(case: Case, _: Step) -> Draft:
    found = [s.since for s in case.stages if s.level == LAST_STAGE and s.ended is None]
    if not found:
        raise CannotApply("Der Vorgang steht nicht mehr auf Stufe 4. Die Einladung entfällt.")
    return found[-1], 0


DRAFTED = {ANSWER: _answer_drafted, CORRECTION: _correction_drafted, INVITATION: _invitation_drafted}


# --- versandt ---


def posted(case: Case, said: Instruction, step: Step) -> Case:
    """The day of posting ends the duty (rules.md: `versandt DATUM`)."""
    day, reaction = said.day, case.reaction(step.reaction)
    if day is None or day > step.now.date():
        raise CannotApply(f"Das Datum in „{said.line}“ liegt in der Zukunft.")
    arrived = reaction.arrived if step.about in OF_A_MAIL else min(r.arrived for r in case.reactions)
    if day < arrived.astimezone(step.now.tzinfo).date():
        raise CannotApply(f"Das Datum in „{said.line}“ liegt vor dem Eingang der Nachricht.")
    if step.about == "undelivered":
        raise CannotApply(
            "Das Schreiben, das nicht ankam, war für das Haus bestimmt. Haben Sie einen Brief versandt? "
            "Dann antworten Sie bitte auf die Nachricht, die diesen Brief enthält."
        )
    about, of = _meant(case, step)
    if about == ANSWER:
        recorded(case, said, step)
    if about == "acknowledgement":
        noon = datetime.combine(day, time(12), tzinfo=step.now.tzinfo)
        case = with_reaction(case, replace(reaction, acknowledged=min(noon, step.now)))
    return marked(case, step, Said.POSTED, day=day, about=about, of=of)


def _meant(case: Case, step: Step) -> tuple[str, int]:
    """(letter, of) that was posted: the one answered, else the only one that waits for it, else one of which we know
    nothing."""
    if step.about in OF_A_MAIL:
        return step.about, step.of
    if step.about in POSTABLE:
        call = called_for(case, step.about, step.of)
        if call is None:
            raise CannotApply(NOT_RELEASED)
        return step.about, call.mail
    waiting = [c for c in _calls(case) if not _is_out(case, step, c) and not _is_back(case, c)]
    if len(waiting) > 1:
        raise CannotApply(WHICH_LETTER)
    return (_letter(waiting[0]), waiting[0].mail) if waiting else (ANSWER, 0)


# --- Zurück ---


def undo(case: Case, _: Instruction, step: Step) -> Case:
    """What was held back is taken back; of what went out a correction is drafted, one for each letter.

    It is the letter that was answered, where that is one to the citizen, else the newest.
    """
    if step.stopped:
        for letter, of in step.stopped:
            about = replace(step, reaction=of) if letter in OF_A_MAIL and of else step
            case = marked(case, about, Said.TAKEN_BACK, about=letter, of=of)
        return _unsaid(case, step)
    if step.about in OF_A_MAIL:
        return _corrected(case, step, step.about, step.of)
    call = called_for(case, step.about, step.of)
    if call:
        return _taken_back(case, step, call)
    if step.about == CORRECTION:
        return _given_up(case, step)
    if step.about in POSTABLE:
        raise CannotApply(NOT_RELEASED)
    newest = max(_letters(case, step), key=lambda found: found[0], default=None)
    if newest is None:
        raise CannotApply(NOTHING_SENT)
    letter, of, call = newest[1:]
    return _taken_back(case, step, call) if call else _corrected(case, step, letter, of)


def _letters(case: Case, step: Step) -> Iterator[tuple[datetime, str, int, Mark | None]]:
    """(when, letter, of, what called for it) of what is owed or out; a correction only until it is out."""
    for call in _calls(case):
        if _letter(call) != CORRECTION if _is_out(case, step, call) else not _is_back(case, call):
            yield call.at, _letter(call), call.mail, call
    for at, letter, of in _gone(case, step):
        if letter in OF_A_MAIL:
            yield at, letter, of, None


def _gone(case: Case, step: Step) -> Iterator[tuple[datetime, str, int]]:
    """(when, letter, of) of what went by mail or by post."""
    yield from ((s.at, s.letter, s.of) for s in step.sent)
    yield from ((m.at, m.about, m.of) for m in case.marked(Said.POSTED))


def _taken_back(case: Case, step: Step, call: Mark) -> Case:
    """Printed at most: released anew it may still go."""
    if _is_out(case, step, call):
        return _corrected(case, step, _letter(call), call.mail)
    if _is_back(case, call):
        raise CannotApply(BACK_ALREADY)
    return marked(case, step, Said.TAKEN_BACK, about=_letter(call), of=call.mail)


def _corrected(case: Case, step: Step, letter: str, of: int) -> Case:
    if letter == CORRECTION:
        raise CannotApply(NOT_TWICE)
    if letter in OF_A_MAIL and not any(gone[1:] == (letter, of) for gone in _gone(case, step)):
        raise CannotApply(NOTHING_SENT)
    drafts = [m for m in case.marked(Said.TAKEN_BACK) if m.text and m.about == letter and m.of in (0, of)]
    if any(not case.is_back(CORRECTION, draft) for draft in drafts):
        raise CannotApply(CORRECTED_ALREADY)
    return marked(case, step, Said.TAKEN_BACK, about=letter, of=of, text=SENT_ALREADY)


def _given_up(case: Case, step: Step) -> Case:
    """A correction that was drafted and never released."""
    draft = next((m for m in case.marked(Said.TAKEN_BACK) if m.text and m.mail == step.of), None)
    if draft is None:
        raise CannotApply(NOTHING_SENT)
    if case.is_back(CORRECTION, draft):
        raise CannotApply(BACK_ALREADY)
    return marked(case, step, Said.TAKEN_BACK, about=CORRECTION, of=draft.mail)


def _is_out(case: Case, step: Step, call: Mark) -> bool:
    letter = _letter(call)
    mailed = any((s.letter, s.of) == (letter, call.mail) for s in step.sent)
    return mailed or case.is_posted(letter, call)


def _is_back(case: Case, call: Mark) -> bool:
    return case.is_back(_letter(call), call)


def _unsaid(case: Case, step: Step) -> Case:
    """The decision behind a stopped letter is open again; without this the letter would be owed at once anew."""
    for letter, of in step.stopped:
        reaction = next((r for r in case.reactions if r.mail == of), case.reaction(step.reaction))
        undecided = replace(reaction, coding=None, confirmed_by="", confirmed_at=None)
        if letter == HAND_OVER_NOTE:
            whole = case.state is State.NOT_KRM
            outside, state = ("", State.OPEN) if whole else (case.outside, case.state)
            case = replace(case, outside=outside, state=state, remedy=None, application="")
            case = with_reaction(case, replace(undecided, outside=""))
        if letter == ACKNOWLEDGEMENT:
            case = with_reaction(case, undecided)
    return case
