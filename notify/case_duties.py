"""What a Case owes as a whole once it is recorded: reminders, interim notice, answer, escalation, closing.

One row per duty with its clause, as in duties.py; the rows there are about one reaction, these about the matter.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from ingest.office import Person
from notify.course import Course
from notify.deadlines import local_day
from notify.owing import MORNING, Owed, View, at_local, by_day
from notify.recipients import deciding, next_level, without
from notify.whole import CaseDuty, Moment, Whole
from store.case import (
    ANSWER,
    CITIZEN,
    CORRECTION,
    INTERIM_NOTICE,
    INVITATION,
    LAST_STAGE,
    PROPOSALS,
    Case,
    Kind,
    Mark,
    Said,
    State,
)

REMIND = (4, 1)  # working days before the day (conversation.md, The team lead)
WARN_AFTER = timedelta(days=10)  # GA 3.5.2: an interim notice is prepared from day 10 on
ALARM_BEFORE = 2  # working days before the latest day (conversation.md, Rhythm)


def _morning(day: date) -> datetime:
    return at_local(day, MORNING)


def _reminders(w: Whole) -> Iterator[Moment]:
    """Only what lies ahead of the assignment, and not the earlier one where the later is due as well."""
    matter, held = w.waiting, w.case.assignment
    if matter is None or held is None:
        return
    days = [_morning(w.view.workdays.before(matter.answer_by, n)) for n in REMIND]
    since = max((held.since, *(c.set_at for c in w.case.clocks)))  # a day just named needs no reminder at once
    past = [d for d in days if since < d <= w.view.now]
    for at in past[-1:]:
        yield Moment(at, f"{matter.key} {local_day(at)}")


def _overdue(w: Whole) -> Iterator[Moment]:
    matter = w.waiting
    if matter is not None and w.case.concerns:
        yield Moment(_morning(matter.late_after + timedelta(days=1)), f"{matter.key} {matter.late_after}")


def _told_of_delay(w: Whole) -> tuple[Person, ...]:
    """The handlers, with copy to area head and officer; nobody who got the Case when it was late already."""
    missed = w.matter.late_after + timedelta(days=1) if w.matter else local_day(w.view.now)
    late = {a.person for a in w.case.assignments if a.since >= _morning(missed)}
    told = (*w.handlers, *w.area_head, *w.officer)
    return tuple(p for p in dict.fromkeys(told) if p.id not in late)


def _interim_draft(w: Whole) -> Iterator[Moment]:
    """From day 10 on, and at once where the handler names a day after the latest (GA 3.5.2)."""
    matter = w.matter
    if matter is None or matter.promised or matter.superior or w.course.release or not w.case.concerns:
        return
    if matter.staged:
        yield Moment(matter.begun, f"{matter.key} staged")
    expected = w.course.expected
    if expected and expected > matter.days.latest:
        yield Moment(w.case.marked(Said.EXPECTED)[-1].at, f"{matter.key} {expected}")
    yield Moment(_morning(matter.days.arrived + WARN_AFTER), matter.key)


def _interim_alarm(w: Whole) -> Iterator[Moment]:
    matter = w.matter
    if matter is None or matter.promised or matter.superior or w.course.release or not w.case.concerns:
        return
    yield Moment(_morning(w.view.workdays.before(matter.days.latest, ALARM_BEFORE)), matter.key)


def _deputy_and_head(w: Whole) -> tuple[Person, ...]:
    """Management where neither is there: of a complaint about the officer that lies with no unit."""
    others = tuple(dict.fromkeys((*deciding(w.view.office, w.out)[1:], *w.area_head)))
    return others or _management(w)


def _interim_notice(w: Whole) -> Iterator[Moment]:
    if w.by_mail:
        yield from (Moment(m.at, str(m.mail)) for m in _interims(w) if not w.posted_since(m, INTERIM_NOTICE))


def _interims(w: Whole) -> Iterator[Mark]:
    yield from (m for m in w.case.marked(Said.INTERIM) if not w.taken_back(m, INTERIM_NOTICE))


def _proposals(w: Whole) -> Iterator[Moment]:
    """What a handler proposes and the officer decides (GA 3.3)."""
    deciders = {p.id for p in w.view.office.officers()}
    for mark in w.case.marked(*PROPOSALS):
        if mark.by not in deciders and w.case.state is State.OPEN and not _decided(w.case, mark, deciders):
            yield Moment(mark.at, f"{mark.mail} {mark.said}")


def _decided(case: Case, proposal: Mark, deciders: set[str]) -> bool:
    """Somebody who decides did something of the kind since: it need not be put before anybody else."""
    moved = (*(a.since for a in case.assignments), *(s.since for s in case.stages))
    said = (m.at for m in case.marks if m.by in deciders and m.said in PROPOSALS)
    return _declined(case, proposal.at) or any(at > proposal.at for at in (*moved, *said))


def _declined(case: Case, since: datetime) -> bool:
    """A proposal was answered with `gesehen`: it stays as it is."""
    return any(m.about == "proposal" and m.at > since for m in case.marked(Said.SEEN))


def _next_stage(w: Whole) -> Iterator[Moment]:
    """A second miss, or a renewed reaction after an answer: the next stage is proposed (GA 3.7)."""
    matter = w.matter
    level = next_level(w.case, w.view.office)
    if matter is None or w.case.stage >= level or not w.case.stages:
        return
    begun = w.case.stages[-1].since
    missed = _morning(matter.promised + timedelta(days=1)) if matter.promised and w.waiting else None
    if missed and begun < missed and not _declined(w.case, missed):
        yield Moment(missed, f"missed {matter.promised} {level}")
    renewed = matter.reaction.confirmed_at
    if matter.again and renewed and begun < matter.begun and not _declined(w.case, renewed):
        yield Moment(renewed, f"renewed {matter.key} {level}")


def _release_requests(w: Whole) -> Iterator[Moment]:
    """A letter that waits for the officer's `Freigabe`."""
    draft = w.course.draft
    if draft and w.course.release is None and w.case.state is State.OPEN:
        yield Moment(draft.at, f"answer {draft.mail}")
    for mark in w.case.marked(Said.TAKEN_BACK):
        released = any(m.is_about(CORRECTION, mark) for m in w.case.marked(Said.RELEASED))
        if mark.text and not released and not w.taken_back(mark, CORRECTION):
            yield Moment(mark.at, f"correction {mark.mail}")
    for moment in _appointment(w):
        if not _released_since(w.case, INVITATION, moment.at):
            yield Moment(moment.at, f"invitation {moment.key}")


def _released_since(case: Case, about: str, at: datetime) -> bool:
    return any(m.about == about and m.at > at for m in case.marked(Said.RELEASED))


def _released(w: Whole, about: str) -> Iterator[Mark]:
    for mark in w.case.marked(Said.RELEASED):
        if mark.about == about and not w.taken_back(mark, about):
            yield mark


def _answer_by_mail(w: Whole) -> bool:
    """Answers go by post unless the citizen asked for e-mail and the officer noted it (rules.md)."""
    return w.case.answer_way == "email" and w.by_mail


def _answer(w: Whole) -> Iterator[Moment]:
    if _answer_by_mail(w):
        yield from (Moment(m.at, f"answer {m.mail}") for m in _released(w, ANSWER) if not w.posted_since(m))


def _to_print(w: Whole) -> Iterator[Moment]:
    """Released, and to be posted: the answer by default, everything where the citizen has no address.

    What went by mail is not posted as well, whatever way is chosen since; what came back or was refused is.
    """
    for mark in _released(w, ANSWER):
        if _by_hand(w, mark, ANSWER, f"answer {mark.mail}", by_mail=_answer_by_mail(w)):
            yield Moment(mark.at, f"answer {mark.mail}")
    for mark in _interims(w):
        answered = any(covered > mark.at for _, covered in w.course.out)  # the answer itself is there
        if not answered and _by_hand(w, mark, INTERIM_NOTICE, str(mark.mail), by_mail=w.by_mail):
            yield Moment(mark.at, f"interim_notice {mark.mail}")
    for about in (CORRECTION, INVITATION):
        for mark in _released(w, about):
            if _by_hand(w, mark, about, f"{about} {mark.mail}", by_mail=w.by_mail):
                yield Moment(mark.at, f"{about} {mark.mail}")


def _by_hand(w: Whole, mark: Mark, letter: str, key: str, *, by_mail: bool) -> bool:
    if w.posted_since(mark, letter):
        return False
    mailed = w.mailed(letter, key)
    return mailed.returned if mailed else not by_mail or w.refused(letter, key)


def _answer_copy(w: Whole) -> Iterator[Moment]:
    yield from (Moment(m.at, f"answer {m.mail}") for m in _released(w, ANSWER))


def _by_mail_after_release(about: str) -> Callable[[Whole], Iterator[Moment]]:
    def when(w: Whole) -> Iterator[Moment]:
        if w.by_mail:
            yield from (Moment(m.at, f"{about} {m.mail}") for m in _released(w, about) if not w.posted_since(m, about))

    return when


def _appointment(w: Whole) -> Iterator[Moment]:
    """Stage 4 while it lasts; a reopened Case stands there again without a second appointment."""
    reopened = {m.at for m in w.case.marked(Said.REOPENED)}
    for number, stage in enumerate(w.case.stages):
        if stage.level == LAST_STAGE and stage.ended is None and stage.since not in reopened:
            yield Moment(stage.since, str(number))


def _recording(w: Whole) -> Iterator[Moment]:
    """Once, whatever is corrected or added later: the form at closing has it (GA Anlage 3)."""
    first = next((r for r in w.case.reactions if r.kind is Kind.FIRST), None)
    recorded = first.confirmed_at if first and first.coding and not first.outside else None
    if recorded and w.case.state in (State.OPEN, State.CLOSED):
        yield Moment(recorded, "opening")


def _closing(w: Whole) -> Iterator[Moment]:
    closed = w.case.marked(Said.CLOSED)
    if closed and w.case.state is State.CLOSED:
        yield Moment(closed[-1].at, f"closing {len(closed)}")


def _management(w: Whole) -> tuple[Person, ...]:
    return without(w.view.office.management, w.out)


def _front_office(w: Whole) -> tuple[Person, ...]:
    return without((w.view.office.front_office,), w.out)


def _officer(w: Whole) -> tuple[Person, ...]:
    return w.officer


CASE_DUTIES = (
    CaseDuty("handling_reminder", "3.5.2, 3.7", _reminders, lambda w: w.handlers, quiet=True),
    CaseDuty("overdue", "3.5.2", _overdue, _told_of_delay, quiet=True),
    CaseDuty("interim_draft", "3.5.2", _interim_draft, _officer, quiet=True),
    CaseDuty("interim_alarm", "3.5.2", _interim_alarm, _deputy_and_head, quiet=True),
    CaseDuty(INTERIM_NOTICE, "3.5.2", _interim_notice, None),
    CaseDuty("proposal", "3.3", _proposals, _officer),
    CaseDuty("proposal", "3.7", _next_stage, _officer, quiet=True),
    CaseDuty("release_request", "3.6, 3.7", _release_requests, _officer),
    CaseDuty(ANSWER, "3.6", _answer, None),
    CaseDuty("to_print", "3.6", _to_print, _officer),
    CaseDuty("answer_copy", "3.6", _answer_copy, _management),
    CaseDuty(CORRECTION, "3.5.1", _by_mail_after_release(CORRECTION), None),
    CaseDuty(INVITATION, "3.7", _by_mail_after_release(INVITATION), None),
    CaseDuty("appointment", "3.7", _appointment, _management),
    CaseDuty("entry", "3.3, Anlage 3", _recording, _front_office),
    CaseDuty("registration", "3.3, Anlage 3", _closing, _front_office),
)


def due_of_case(case: Case, view: View, out: frozenset[str]) -> Iterator[Owed]:
    """What the Case as a whole owes, now or later."""
    whole = Whole(case, view, out, Course(case, view.taxonomy, view.workdays))
    for duty, moment in occurrences(whole):
        at = by_day(moment.at, view) if duty.quiet else moment.at
        if duty.who is None:
            yield Owed(case.id, duty.name, moment.key, CITIZEN, whole.citizen.sender.address, at)
        else:
            yield from (Owed(case.id, duty.name, moment.key, p.id, p.address, at) for p in duty.who(whole))


def outlasts(duty: str, key: str) -> bool:
    """Whether it stays owed when the Case is closed: a letter to be posted, a correction of what is out already.

    An answer that nobody released is the officer's own to drop.
    """
    return duty == "to_print" or (duty == "release_request" and key.startswith("correction "))


def left_behind(whole: Whole) -> tuple[tuple[str, str], ...]:
    """(duty, letter) of what nobody would send any more if the Case were closed now."""
    owed = ((duty.name, moment.key) for duty, moment in occurrences(whole))
    return tuple(dict.fromkeys((name, key.partition(" ")[0]) for name, key in owed if outlasts(name, key)))


def occurrences(whole: Whole) -> Iterator[tuple[CaseDuty, Moment]]:
    """Every row that holds, now or later, whoever is told of it; none before anything of the Case is recorded.

    Nor of one whose reactions went to another Case.
    """
    if whole.case.reactions and (whole.case.concerns or whole.case.marks):
        yield from ((duty, moment) for duty in CASE_DUTIES for moment in duty.when(whole))
