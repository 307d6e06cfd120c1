"""What a reply changes, word by word (conversation.md); all lines together or none."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classify.anlage3 import shipped
from classify.coding import Coding
from ingest.message import Instruction, Verb
from store.applying import CONFIRMING, ROWS, apply
from store.case import Case, Clock, Concern, Kind, Note, Stage, State
from store.steps import CannotApply
from tests.office import judged
from tests.store.making import MONDAY, TODAY, case, confirmed, numbered, reaction, said, step

AT = MONDAY + timedelta(hours=1)
LATER = MONDAY + timedelta(days=1)
WAITING, TONE, ADVICE = "organisation.wartezeit", "mitarbeiter.umgangsformen", "eingangszone.beratung"
FIVE = tuple(c.id for c in shipped().categories[:5])
OK = said(Verb.CONFIRM)


def coding(of: Case, mail: int = 1) -> Coding:
    found = of.reaction(mail).coding
    assert found is not None
    return found


def test_ok_records_the_suggestion_who_and_when_and_starts_at_stage_two() -> None:
    """GA 3.3: only the officer records. Anlage 2: it starts with the team lead."""
    after = apply(case(), [OK], step(by="deputy"))

    recorded = after.reaction(1)
    assert (recorded.confirmed_by, recorded.confirmed_at) == ("deputy", AT)
    assert coding(after).type == "beschwerde"
    assert after.concerns == (Concern(0, WAITING),)
    assert after.stages == (Stage(2, AT, "deputy"),)
    assert after.state is State.OPEN


@pytest.mark.parametrize(
    ("verb", "ids", "field", "value"),
    [
        (Verb.TYPE, ("lob",), "type", "lob"),
        (Verb.CATEGORY, FIVE[:3], "categories", FIVE[:3]),
        (Verb.ADD_CATEGORY, (TONE,), "categories", (WAITING, TONE)),
        (Verb.ADD_CATEGORY, (WAITING,), "categories", (WAITING,)),
        (Verb.GROUP, ("ag",), "customer_group", "ag"),
        (Verb.FORM, ("meinungskarte",), "form", "meinungskarte"),
        (Verb.UNIT, ("514",), "unit", "514"),
        (Verb.CONTACT, ("deputy",), "contact", "deputy"),
    ],
)
def test_a_correction_changes_its_field_and_confirms_the_rest(
    verb: Verb, ids: tuple[str, ...], field: str, value: object
) -> None:
    after = apply(case(), [said(verb, *ids)], step())

    unchanged = coding(apply(case(), [OK], step()))
    assert coding(after) == replace(unchanged, **{field: value})  # type: ignore[arg-type]
    assert after.reaction(1).confirmed_by == "officer"


@pytest.mark.parametrize(("verb", "kind"), [(Verb.DEADLINE, "answer"), (Verb.SUPERIOR_DATE, "superior")])
def test_a_date_is_a_promise_and_confirms(verb: Verb, kind: str) -> None:
    after = apply(case(), [said(verb, day=date(2026, 12, 15))], step())

    assert after.clocks == (Clock(kind, date(2026, 12, 15), AT),)
    assert after.day(kind) == date(2026, 12, 15)
    assert after.reaction(1).confirmed_at == AT


@pytest.mark.parametrize(
    ("what", "day", "possible"),
    [("yesterday", TODAY - timedelta(days=1), False), ("today", TODAY, True), ("none", None, False)],
)
def test_nothing_is_promised_for_a_day_that_is_over(what: str, day: date | None, possible: bool) -> None:
    if possible:
        assert apply(case(), [said(Verb.DEADLINE, day=day)], step()).day("answer") == day
        return
    with pytest.raises(CannotApply, match="Vergangenheit"):
        apply(case(), [said(Verb.DEADLINE, day=day)], step())


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        (said(Verb.REMEDY, "ja"), "remedy", True),
        (said(Verb.REMEDY, "nein"), "remedy", False),
        (said(Verb.APPLICATION, "514"), "application", "514"),
        (said(Verb.AUTHORITY, "ja"), "authority", True),
        (said(Verb.ANSWER_WAY, "email"), "answer_way", "email"),
        (said(Verb.NOTE, text="rief an"), "notes", (Note(AT, "officer", "rief an"),)),
    ],
)
def test_facts_of_the_case_change_their_field_and_confirm_nothing(line: Instruction, field: str, value: object) -> None:
    assert apply(case(), [line], step()) == replace(case(), **{field: value})  # type: ignore[arg-type]


@pytest.mark.parametrize("verb", [Verb.STATUS, Verb.HELP])
def test_a_question_changes_nothing(verb: Verb) -> None:
    assert apply(case(), [said(verb)], step()) == case()


@pytest.mark.parametrize(
    ("line", "outside", "remedy"),
    [
        (said(Verb.NOT_KRM, "spam"), "spam", None),
        (said(Verb.NOT_KRM, "anfrage", "512"), "anfrage 512", None),
        (said(Verb.NOT_KRM, "irrlaeufer", text="Finanzamt"), "irrlaeufer Finanzamt", None),
        (said(Verb.NOT_KRM, "widerspruch"), "widerspruch", None),
    ],
)
def test_not_krm_is_decided_with_its_reason_and_codes_nothing(
    line: Instruction, outside: str, remedy: bool | None
) -> None:
    after = apply(case(), [line], step())

    assert (after.state, after.outside, after.remedy) == (State.NOT_KRM, outside, remedy)
    assert after.reaction(1).outside == outside
    assert (after.reaction(1).coding, after.reaction(1).confirmed_at) == (None, AT)
    assert after.concerns == ()


def test_not_krm_on_a_numbered_case_keeps_its_number() -> None:
    before = numbered(apply(case(), [OK], step()))

    after = apply(before, [said(Verb.NOT_KRM, "anfrage")], step(at=LATER))

    assert (after.number, after.state, after.outside) == (before.number, State.NOT_KRM, "anfrage")


@pytest.mark.parametrize(
    ("kind", "state"), [(Kind.FOLLOW_UP, State.OPEN), (Kind.DUPLICATE, State.NOT_KRM)], ids=["further", "sent again"]
)
def test_not_krm_about_one_mail_leaves_the_case_open_while_another_waits_for_a_word(kind: Kind, state: State) -> None:
    before = case(reaction(), reaction(2, "Noch etwas.", kind=kind))

    after = apply(before, [said(Verb.NOT_KRM, "spam")], step())

    assert (after.state, after.reaction(1).outside) == (state, "spam")
    assert apply(after, [said(Verb.NOT_KRM, "spam")], step(2)).state is State.NOT_KRM


@pytest.mark.parametrize("line", [OK, said(Verb.TYPE, "lob"), said(Verb.ADD_CATEGORY, TONE)])
def test_a_word_that_confirms_reopens_what_was_not_krm(line: Instruction) -> None:
    outside = apply(case(), [said(Verb.NOT_KRM, "spam")], step())

    after = apply(outside, [line], step(at=LATER))

    assert (after.state, after.outside) == (State.OPEN, "")
    assert coding(after)
    assert after.concerns


def test_a_follow_up_is_named_by_the_case_it_belongs_to() -> None:
    after = apply(case(), [said(Verb.FOLLOW_UP, "KRM-2026-0012")], step())

    assert (after.state, after.joined_to) == (State.JOINED, "KRM-2026-0012")


@pytest.mark.parametrize(
    ("what", "before", "lines", "why"),
    [
        ("a fourth category", case(), [said(Verb.ADD_CATEGORY, *FIVE[:3])], "mehr als drei"),
        ("one that is not there", case(), [said(Verb.DROP_CATEGORY, TONE)], "nicht eingetragen"),
        ("none left", case(), [said(Verb.DROP_CATEGORY, WAITING)], "keine Kategorie"),
        ("a type that is not recorded", case(), [said(Verb.TYPE, "anfrage")], "Kein KRM"),
        ("ok to one", case(reaction(suggestion=judged("fremd"))), [OK], "Kein KRM"),
        ("a mail nobody judged", case(reaction(suggestion=None)), [OK], "nichts zu bestätigen"),
        ("itself", case(), [said(Verb.FOLLOW_UP, "E-7K2F")], "selbst"),
        ("itself by number", numbered(case()), [said(Verb.FOLLOW_UP, "KRM-2026-0001")], "selbst"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_reason(
    what: str, before: Case, lines: Sequence[Instruction], why: str
) -> None:
    with pytest.raises(CannotApply, match=why):
        apply(before, lines, step())


def test_all_lines_together_or_none() -> None:
    lines = [said(Verb.TYPE, "lob"), said(Verb.NOTE, text="x"), said(Verb.ADD_CATEGORY, *FIVE[:3])]
    before = case()

    with pytest.raises(CannotApply):
        apply(before, lines, step())

    assert before == case()


@pytest.mark.parametrize("turned", [False, True])
def test_the_order_of_the_lines_does_not_matter(turned: bool) -> None:
    lines = [said(Verb.ADD_CATEGORY, *FIVE[3:5]), said(Verb.CATEGORY, *FIVE[:3]), said(Verb.DROP_CATEGORY, *FIVE[:2])]

    after = apply(case(), lines[::-1] if turned else lines, step())

    assert coding(after).categories == (FIVE[2], *FIVE[3:5])


def test_a_type_within_krm_brings_the_likeliest_category_where_none_was_suggested() -> None:
    outside = case(reaction(suggestion=judged("anfrage", categories=(ADVICE,))))

    after = apply(outside, [said(Verb.TYPE, "beschwerde")], step())

    assert coding(after).categories == (ADVICE,)


def test_a_later_reply_is_a_correction_and_keeps_what_it_does_not_name() -> None:
    first = apply(case(), [said(Verb.UNIT, "514"), said(Verb.GROUP, "ag")], step())

    after = apply(first, [said(Verb.TYPE, "dienstaufsichtsbeschwerde")], step(by="deputy", at=LATER))

    assert coding(after) == replace(coding(first), type="dienstaufsichtsbeschwerde")
    assert (after.reaction(1).confirmed_by, after.reaction(1).confirmed_at) == ("deputy", LATER)
    assert after.stages == first.stages


def test_ok_again_changes_nothing_that_is_recorded() -> None:
    first = apply(case(), [said(Verb.GROUP, "ag")], step())

    assert apply(first, [OK], step(by="deputy", at=LATER)) == first
    assert apply(first, [said(Verb.GROUP, "ag")], step(by="deputy", at=LATER)) == first


def test_who_reopens_a_case_is_recorded_as_who_confirmed_it() -> None:
    outside = apply(apply(case(), [OK], step()), [said(Verb.NOT_KRM, "spam")], step(at=LATER))

    after = apply(outside, [OK], step(by="deputy", at=LATER + timedelta(hours=1)))

    assert (after.reaction(1).confirmed_by, after.reaction(1).confirmed_at) == ("deputy", LATER + timedelta(hours=1))


def test_a_follow_up_gets_its_own_record_and_leaves_the_case_s_concerns() -> None:
    both = case(confirmed(reaction(1)), reaction(2, kind=Kind.FOLLOW_UP, suggestion=judged(categories=(TONE,))))
    before = replace(both, concerns=(Concern(0, WAITING),))

    after = apply(before, [OK], step(2))

    assert after.concerns == before.concerns
    assert coding(after, 2).categories == (TONE,)
    assert after.reaction(1) == before.reaction(1)


def test_every_word_that_confirms_is_a_row() -> None:
    assert set(ROWS) >= CONFIRMING


CATEGORIES = st.lists(st.sampled_from(FIVE), min_size=1, max_size=3, unique=True)
LINES: dict[Verb, st.SearchStrategy[Any]] = {
    Verb.TYPE: st.sampled_from([t.id for t in shipped().types]).map(lambda i: (i,)),
    Verb.CATEGORY: CATEGORIES.map(tuple),
    Verb.ADD_CATEGORY: CATEGORIES.map(tuple),
    Verb.DROP_CATEGORY: CATEGORIES.map(tuple),
    Verb.REMEDY: st.sampled_from([("ja",), ("nein",)]),
    Verb.AUTHORITY: st.sampled_from([("ja",), ("nein",)]),
    Verb.NOT_KRM: st.sampled_from([("spam",), ("widerspruch",), ("anfrage", "514")]),
    Verb.FOLLOW_UP: st.just(("KRM-2026-0099",)),
}


@st.composite
def replies(draw: st.DrawFn) -> list[Instruction]:
    """Any words that can be carried out, in any order."""
    verbs = draw(st.lists(st.sampled_from(list(ROWS)), min_size=1, max_size=4))
    lines = []
    for verb in verbs:
        ids = draw(LINES.get(verb, st.just(("x",))))
        day = (
            draw(st.dates(date(2026, 11, 1), date(2027, 1, 1)))
            if "DATE" in verb.name or verb is Verb.DEADLINE
            else None
        )
        lines.append(said(verb, *ids, day=day))
    return lines


STARTS = st.sampled_from(
    [
        case(),
        numbered(case(confirmed(reaction(1)), reaction(2, kind=Kind.FOLLOW_UP))),
        case(reaction(suggestion=judged("fremd"))),
        case(reaction(suggestion=judged(categories=FIVE[:3]))),
    ]
)


@given(STARTS, st.lists(replies(), max_size=5))
def test_no_order_of_replies_breaks_a_case(start: Case, conversation: list[list[Instruction]]) -> None:
    now = start
    mail = start.reactions[-1].mail
    for n, reply in enumerate(conversation):
        before = now
        with suppress(CannotApply):
            now = apply(before, reply, step(mail, at=AT + timedelta(minutes=n)))
        _still_holds(before, now, mail)


def _decided(stage: Stage) -> tuple[object, ...]:
    """What of a stage never changes; its outcome comes later."""
    return (stage.level, stage.since, stage.by, stage.reason)


def _still_holds(before: Case, now: Case, mail: int) -> None:
    """What is true of any Case after any reply."""
    assert len(now.concerns) <= 3, "GA 3.1: up to three concerns"
    assert [c.position for c in now.concerns] == list(range(len(now.concerns)))
    assert (now.id, now.number, now.arrived) == (before.id, before.number, before.arrived)
    assert [r.mail for r in now.reactions] == [r.mail for r in before.reactions]
    assert all(r == now.reaction(r.mail) for r in before.reactions if r.mail != mail), "only the answered one"
    for grown, shorter in (
        (now.clocks, before.clocks),
        ([_decided(s) for s in now.stages], [_decided(s) for s in before.stages]),
        (now.marks, before.marks),
        (now.notes, before.notes),
        (now.assignments, before.assignments),
    ):
        assert grown[: len(shorter)] == shorter, "facts are added, never taken away"
    answered = now.reaction(mail)
    assert (answered.suggestion, answered.text) == (before.reaction(mail).suggestion, before.reaction(mail).text)
    if answered.coding and answered.confirmed_at and now.state is State.OPEN:
        assert shipped().type(answered.coding.type).krm, "only what is KRM is recorded"
        assert answered.coding.categories
