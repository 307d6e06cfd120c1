"""From a Case to what the letters after the acknowledgement are told. Pure: everything looked up is handed in."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from classify.coding import NoticeKind
from notify import contexts_later as later
from notify import drafts
from notify.cautions import words_for
from notify.course import by_mail, came_back
from notify.deadlines import local_day
from notify.foreign import foreign
from notify.letters import text_of
from notify.phrases import (
    ANLAGE_2,
    BY_MAIL,
    BY_PORTAL,
    BY_POST,
    CAME_BACK,
    HANDLERS_WORDS,
    LETTER_NAMES,
    NEEDS_AUTHORITY,
    NO_ADDRESS,
    POST_IS_USUAL,
    PRINTED_LATER,
    TEAM_KNOWS,
    TELL_TEAM,
)
from notify.pieces import Hint
from notify.proposals import Proposed, proposed
from notify.recipients import kept_back, leads_of
from notify.summary import form, history
from notify.telling import addressed
from notify.told import Told
from store.case import COLLEAGUE, Case, Mark, Said

INTERIM_FOR = 10  # working days a drafted interim notice asks for
BREACH_HOURS = 72  # Art. 33 DSGVO
TAKEN_OVER, ANSWER, NONE_NEEDED, _ = HANDLERS_WORDS


def handling_reminder(t: Told) -> later.HandlingReminder:
    left = _working_days(t, local_day(t.now), t.matter.answer_by)
    return later.HandlingReminder(
        number=t.case.shown_id,
        arrived=t.matter.begun,
        answer_by=t.matter.answer_by,
        working_days_left=left,
        type_name=t.type_name,
        unit_name=t.unit_name,
        buttons=t.buttons([ANSWER, TAKEN_OVER, NONE_NEEDED]),
        name=t.to.name,
        next_stage=t.teller.next_stage(t.case),
    )


def _working_days(t: Told, start: date, end: date) -> int:
    workdays, count = t.teller.workdays, 0
    while start < end:
        start += timedelta(days=1)
        count += workdays.working(start)
    return count


def overdue(t: Told) -> later.Overdue:
    handles = t.to.id in t.case.handlers
    return later.Overdue(
        number=t.case.shown_id,
        arrived=t.matter.begun,
        answer_by=t.matter.late_after,
        handler_name=t.person(t.case.handler).name,
        unit_name=t.unit_name,
        copy=not handles,
        promised=t.matter.promised is not None,
        buttons=t.buttons([ANSWER, NONE_NEEDED]) if handles else (),
        name=t.to.name,
        next_stage=t.teller.next_stage(t.case),
    )


def interim_draft(t: Told, *, alarm: bool = False) -> later.InterimDraft:
    expected = t.course.expected
    day = expected if expected and expected > t.matter.days.latest else _proposed_day(t)
    why = "" if by_mail(t.case) else f"{CAME_BACK if came_back(t.case) else NO_ADDRESS} {PRINTED_LATER}"
    progress = [(m.at, m.text) for m in t.case.marked(Said.PROGRESS) if m.at >= t.matter.begun]
    may, line = t.to in t.teller.office.officers(), f"Zwischeninformation: {day:%d.%m.%Y}"
    return later.InterimDraft(
        number=t.case.shown_id,
        arrived=t.matter.begun,
        deadlines=t.matter.days,
        proposed=day,
        handler_name=t.person(t.case.handler).name,
        expected=expected,
        progress=tuple(progress),
        will_send="" if why or not may else text_of(drafts.interim(t, day, "")),
        why_not_sent=why,
        missed=_missed(t),
        alarm=alarm,
        may_release=may,
        officer_name=t.teller.office.officer.name,
        buttons=t.buttons([(line, line)]) if may else (),
        name=t.to.name,
    )


def _missed(t: Told) -> date | None:
    """The day that was over when the stage began which the matter stands in now."""
    given = [c.day for c in t.case.clocks if c.kind == "interim" and c.set_at < t.matter.begun]
    return given[-1] if t.matter.staged and given else None


def interim_alarm(t: Told) -> later.InterimDraft:
    return interim_draft(t, alarm=True)


def _proposed_day(t: Told) -> date:
    if t.matter.staged:
        return t.matter.answer_by
    return t.teller.workdays.after(t.matter.days.latest, INTERIM_FOR)


# --- the answer letter (GA 3.6) ---


def letter_for(case: Case, occurrence: str) -> Mark | None:
    """The answer letter a release request, a copy or the answer itself is about; None for other occurrences."""
    about, _, mail = occurrence.partition(" ")
    if about != "answer":
        return None
    handed = case.marked(Said.ANSWER)
    by_mail = next((m for m in handed if str(m.mail) == mail), None)
    released = next((m for m in case.marked(Said.RELEASED) if str(m.mail) == mail), None)
    return by_mail or next((m for m in reversed(handed) if released and m.at <= released.at), None)


def release_request(
    t: Told, hints: Sequence[Hint] = (), more: int = 0, files: tuple[str, ...] = ()
) -> later.ReleaseRequest:
    about = t.occurrence.partition(" ")[0]
    letter = letter_for(t.case, t.occurrence)
    text = letter.text if letter else text_of(drafts.DRAFTS[about](t))
    acts = t.reaction.suggestion is not None and NoticeKind.FOR_ANOTHER in t.reaction.suggestion.notices
    return later.ReleaseRequest(
        id=t.case.shown_id,
        what=LETTER_NAMES[about],
        author_name=t.person(letter.by).name if letter else "",
        text=text,
        attachments=files,
        hints=tuple(hints),
        more_hints=more,
        way=_way(t, about),
        warnings=(NEEDS_AUTHORITY,) if letter and acts and not t.case.authority else (),
        buttons=t.buttons([("Freigabe", "Freigabe")]),
        name=t.to.name,
    )


def _way(t: Told, about: str) -> str:
    if about == "answer" and t.case.answer_way != "email":
        return BY_POST + " " + POST_IS_USUAL
    return BY_MAIL if by_mail(t.case) else BY_POST


def answer(t: Told, files: tuple[str, ...] = ()) -> later.Answer:
    letter = letter_for(t.case, t.occurrence)
    return later.Answer(
        number=t.case.shown_id,
        text="" if letter is None or letter.about else letter.text,
        attachments=files,
        contact_name=t.contact.name,
        contact_telephone=t.contact.telephone,
        office_name=t.teller.office.name,
        privacy_url=t.teller.office.privacy_url,
    )


def to_print(t: Told, files: tuple[str, ...] = ()) -> later.ToPrint:
    about = t.occurrence.partition(" ")[0]
    letter = letter_for(t.case, t.occurrence)
    today = f"versandt {local_day(t.now):%d.%m.%Y}"
    return later.ToPrint(
        id=t.case.shown_id,
        what=LETTER_NAMES[about],
        why=_why_printed(t, letter is not None),
        text=letter.text if letter else addressed(text_of(drafts.DRAFTS[about](t)), t.reaction),
        attachments=files,
        buttons=t.buttons([("Heute versandt", today)]),
        name=t.to.name,
    )


def _why_printed(t: Told, answers: bool) -> str:
    """Rows of (held, reason): why a letter goes by post, the first that holds."""
    rows = (
        (answers and t.case.answer_way == "portal", BY_PORTAL),
        (came_back(t.case), CAME_BACK),
        (answers and by_mail(t.case), POST_IS_USUAL),
    )
    return next((why for held, why in rows if held), NO_ADDRESS)


def answer_copy(t: Told, files: tuple[str, ...] = ()) -> later.AnswerCopy:
    letter = letter_for(t.case, t.occurrence)
    officer = t.teller.office.officer
    return later.AnswerCopy(
        number=t.case.shown_id,
        type_name=t.type_name,
        unit_name=t.unit_name,
        text=letter.text if letter else "",
        attachments=files,
        officer_name=officer.name,
        officer_telephone=officer.telephone,
        name=t.to.name,
    )


def proposal(t: Told) -> later.Proposal:
    made: Proposed = proposed(t.case, t.occurrence, t.teller.office)
    return later.Proposal(
        number=t.case.shown_id,
        who=t.person(made.by).name,
        what=made.what,
        reason=made.reason,
        carries_out=made.line,
        buttons=t.buttons([("Einverstanden", "ok"), ("Ändern …", made.line)]),
        name=t.to.name,
    )


# --- escalation, correction, closing ---


def appointment(t: Told, at: datetime, minutes: int) -> later.Appointment:
    officer, taxonomy = t.teller.office.officer, t.teller.taxonomy
    return later.Appointment(
        number=t.case.shown_id,
        at=at,
        minutes=minutes,
        type_name=t.type_name,
        category_names=tuple(taxonomy.name(c.category) for c in t.case.concerns),
        reason=t.case.stages[-1].reason if t.case.stages else "",
        history=history(t.case),
        officer_name=officer.name,
        officer_telephone=officer.telephone,
        name=t.to.name,
    )


OF_NOBODY = frozenset({"Eingangsdatum", "Art der Reaktion", "Form der Reaktion", "Kundengruppe"})
"""Fields of the form that say nothing of a person."""


def registration(t: Told, files: tuple[str, ...] = (), missing: tuple[str, ...] = ()) -> later.Registration:
    closed = t.case.last(Said.CLOSED) if t.occurrence.startswith("closing") else None
    back = kept_back(t.teller.office, t.out)
    fields = form(t.case, t.teller.office, t.teller.taxonomy)
    first = next((r for r in t.case.reactions if r.confirmed_by), t.reaction)
    return later.Registration(
        number=t.case.shown_id,
        closing=closed is not None,
        reference=t.teller.office.file_reference,
        fields=tuple(row for row in fields if not back or row[0] in OF_NOBODY),
        history=history(t.case) if closed else (),
        outcome=closed.text if closed and not back else "",
        files=files,
        missing=missing,
        officer_name=t.person(closed.by if closed else first.confirmed_by).name,
        name=t.to.name,
    )


def hand_over_note(t: Told) -> later.HandOverNote:
    reason, _, where = t.reaction.outside.partition(" ")
    return later.HandOverNote(
        number=str(t.case.number) if t.case.number else "",
        arrived=local_day(t.reaction.arrived),
        office_in_charge=_office_in_charge(t, reason, where),
        whole=bool(reason),
        contact_name=t.contact.name,
        contact_telephone=t.contact.telephone,
        office_name=t.teller.office.name,
        privacy_url=t.teller.office.privacy_url,
        foreign=foreign("hand_over_note", t.reaction, t.case, None, t.contact.telephone),
    )


def _office_in_charge(t: Told, reason: str, where: str) -> str:
    office = t.teller.office
    unit = office.unit(where or t.case.application)
    if reason == "auskunft" and office.data_protection:
        return office.data_protection.name
    if unit is not None:
        return unit.name
    return where or office.legal_office.name


def _team_knows(t: Told) -> bool:
    brought = t.reaction.brought_by
    return brought is not None and bool(leads_of(t.teller.office, brought, t.out, frozenset()))


def handed_in(t: Told) -> later.HandedIn:
    officer, brought, colleague = t.teller.office.officer, t.reaction.brought_by, t.to.id == COLLEAGUE
    return later.HandedIn(
        id=t.case.shown_id,
        arrived=t.reaction.arrived,
        citizen_found=bool(t.reaction.sender.address) or not colleague,
        steps=(*ANLAGE_2, TEAM_KNOWS if _team_knows(t) else TELL_TEAM) if colleague else (),
        colleague_name="" if colleague or brought is None else brought.name or brought.address,
        officer_name=officer.name,
        officer_telephone=officer.telephone,
        name=t.to.name,
        left_out=t.reaction.form.left_out if colleague and t.reaction.form else (),
    )


def breach(t: Told) -> later.Breach:
    suggestion = t.reaction.suggestion
    words = words_for(suggestion, NoticeKind.BREACH) if suggestion else ()
    until = t.reaction.arrived + timedelta(hours=BREACH_HOURS)
    return later.Breach(t.case.shown_id, t.reaction.arrived, until, words, t.to.name)
