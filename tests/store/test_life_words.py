"""The words after the recording, one by one and in any order: what they change in a Case, and what they refuse."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.message import Instruction, Verb
from store.applying import CONFIRMING, apply
from store.case import DECIDED, PROPOSALS, Case, Dispatch, Kind, Mark, Said, Stage, State
from store.steps import CannotApply, Sent, Step
from tests.store.making import MONDAY, case, confirmed, numbered, reaction, said, step

LATER = MONDAY + timedelta(days=1)
CHRISTMAS = date(2026, 12, 21)


def recorded() -> Case:
    return apply(numbered(case()), [said(Verb.CONFIRM)], step())


def told(now: datetime = LATER, **fields: Any) -> Step:
    return replace(step(at=now), mail=7, **fields)


LEAD: dict[str, Any] = {"by": "tl-515", "decides": False}
LETTER: dict[str, Any] = {"text": "Sehr geehrte Frau Muster, es tut uns leid."}
INTERIM = said(Verb.INTERIM, day=CHRISTMAS)


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        (said(Verb.DONE, text="fertig"), Said.DONE),
        (said(Verb.NO_ANSWER, text="geklärt"), Said.NO_ANSWER),
        (said(Verb.HAND_ON, "602", text="Vermittlung"), Said.OTHER_UNIT),
        (said(Verb.NEXT_STAGE, text="geht nicht"), Said.NEXT_STAGE),
    ],
)
def test_a_handlers_word_is_a_proposal_and_changes_nothing_else(line: Instruction, mark: Said) -> None:
    before = recorded()

    after = apply(before, [line], told(**LEAD))

    assert after.marks[-1].said is mark
    assert mark in PROPOSALS
    assert after.marks[-1].about != DECIDED
    assert replace(after, marks=before.marks) == before


def test_the_officer_closes_passes_on_escalates_and_finds_an_answer_needless() -> None:
    before = recorded()

    assert apply(before, [said(Verb.DONE, text="fertig")], told()).state is State.CLOSED
    assert apply(before, [said(Verb.NO_ANSWER, text="geklärt")], told()).marks[-1].about == DECIDED
    coding = apply(before, [said(Verb.HAND_ON, "602", text="Vermittlung")], told()).reactions[0].coding
    assert coding is not None
    assert coding.unit == "602"
    assert apply(before, [said(Verb.NEXT_STAGE, text="geht nicht")], told()).stage == 3


def test_a_stage_ends_with_what_led_on_and_the_next_begins_with_it() -> None:
    after = apply(recorded(), [said(Verb.STAGE, "3", text="kommt nicht weiter")], told())

    second, third = after.stages
    assert (second.outcome, second.ended) == ("kommt nicht weiter", LATER)
    assert third == Stage(3, LATER, "officer", "kommt nicht weiter")


def test_a_promise_in_an_interim_notice_is_a_clock_and_a_mark() -> None:
    after = apply(recorded(), [replace(INTERIM, text="Wir warten.")], told())

    assert after.day("interim") == CHRISTMAS
    assert after.marks[-1] == Mark(Said.INTERIM, LATER, "officer", 1, 7, day=CHRISTMAS, text="Wir warten.")


@pytest.mark.parametrize(
    ("lines", "fields", "why"),
    [
        ([INTERIM, INTERIM], {}, "schon freigegeben"),
        ([said(Verb.INTERIM, day=date(2026, 11, 1))], {}, "in der Vergangenheit"),
        ([said(Verb.STAGE, "2")], {}, "schon auf Stufe 2"),
        ([said(Verb.RELEASE)], {}, "noch kein Antwortschreiben"),
        ([said(Verb.RELEASE)], {"about": "correction"}, "keine Berichtigung"),
        ([said(Verb.RELEASE)], {"about": "invitation"}, "Stufe 4"),
        ([said(Verb.ANSWER)], {}, "fehlt das Schreiben"),
        ([said(Verb.ANSWER), said(Verb.RELEASE)], {**LETTER, "lacks_authority": True}, "Vollmacht"),
        ([said(Verb.POSTED, day=date(2026, 11, 25))], {}, "in der Zukunft"),
        ([said(Verb.POSTED, day=date(2026, 11, 22))], {}, "vor dem Eingang"),
        ([said(Verb.REOPEN, text="Grund")], {}, "nicht abgeschlossen"),
        ([said(Verb.UNDO)], {}, "kein Schreiben"),
        ([said(Verb.HAND_ON, "515", text="Grund")], LEAD, "schon bei diesem Team"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(
    lines: Sequence[Instruction], fields: dict[str, Any], why: str
) -> None:
    *earlier, last = lines
    standing = recorded()
    for line in earlier:
        standing = apply(standing, [line], told(LATER - timedelta(hours=1), **{**fields, "lacks_authority": False}))

    with pytest.raises(CannotApply, match=why):
        apply(standing, [last], told(**fields))


def test_a_letter_handed_in_and_released_in_one_reply_is_released_once() -> None:
    after = apply(recorded(), [said(Verb.RELEASE), said(Verb.ANSWER)], told(**LETTER))
    assert [m.said for m in after.marks] == [Said.ANSWER, Said.RELEASED]

    with pytest.raises(CannotApply, match="schon freigegeben"):
        apply(after, [said(Verb.RELEASE)], told(LATER + timedelta(hours=1)))


def test_a_further_mail_that_was_seen_is_settled_and_nothing_is_recorded_of_it() -> None:
    thanks = reaction(2, "Danke!", kind=Kind.FOLLOW_UP)
    standing = replace(recorded(), reactions=(*recorded().reactions, thanks))
    request = replace(told(about="confirmation_request"), reaction=2)

    seen = apply(standing, [said(Verb.SEEN)], request)

    assert (seen.reactions[1].outside, seen.reactions[1].coding) == ("gesehen", None)
    by_lead = apply(standing, [said(Verb.SEEN)], replace(request, decides=False))
    assert not by_lead.reactions[1].settled


POSTED = said(Verb.POSTED, day=MONDAY.date())


@pytest.mark.parametrize("about", ["receipt", "assignment", "confirmation_request"])
def test_versandt_is_about_an_answer_that_we_know_nothing_of_unless_a_letter_waits(about: str) -> None:
    after = apply(recorded(), [POSTED], told(about=about))
    assert (after.marks[-1].about, after.marks[-1].of, after.marks[-1].day) == ("answer", 0, MONDAY.date())

    noticed = apply(recorded(), [INTERIM], told())
    after = apply(noticed, [POSTED], told(about=about))
    assert (after.marks[-1].about, after.marks[-1].of) == ("interim_notice", 7)


def test_versandt_asks_back_which_letter_where_several_wait() -> None:
    two = apply(apply(recorded(), [said(Verb.ANSWER)], told(**LETTER)), [INTERIM], told(LATER + timedelta(hours=1)))
    two = apply(two, [said(Verb.RELEASE)], replace(told(LATER + timedelta(hours=2), about="answer", of=7), mail=8))

    with pytest.raises(CannotApply, match="Mehrere Schreiben"):
        apply(two, [POSTED], told(about="receipt"))
    assert apply(two, [POSTED], told(about="answer", of=8)).marks[-1].of == 8


def test_what_nobody_released_was_not_posted() -> None:
    drafted = apply(recorded(), [said(Verb.ANSWER)], told(**LETTER))

    with pytest.raises(CannotApply, match="noch nicht freigegeben"):
        apply(drafted, [POSTED], told(about="answer", of=7))


def test_a_posted_acknowledgement_fulfils_its_duty() -> None:
    after = apply(recorded(), [said(Verb.POSTED, day=MONDAY.date())], told(about="acknowledgement"))

    assert after.reactions[0].acknowledged is not None
    assert after.marks[-1].about == "acknowledgement"


def test_a_letter_is_taken_back_before_it_went_out_and_corrected_after() -> None:
    stopped = apply(recorded(), [said(Verb.UNDO)], told(stopped=(("acknowledgement", 1),)))
    assert (stopped.marks[-1].about, stopped.marks[-1].text) == ("acknowledgement", "")
    assert stopped.reactions[0].coding is None

    noticed = apply(recorded(), [INTERIM], told())
    mailed = (Sent("acknowledgement", 1, MONDAY), Sent("interim_notice", 7, LATER))
    sent = apply(noticed, [said(Verb.UNDO)], told(sent=mailed))
    assert (sent.marks[-1].about, sent.marks[-1].of, sent.marks[-1].text) == ("interim_notice", 7, "versandt")
    assert sent.reactions == noticed.reactions
    with pytest.raises(CannotApply, match="schon eine Berichtigung"):
        apply(sent, [said(Verb.UNDO)], told(LATER + timedelta(hours=1), sent=mailed))


@pytest.mark.parametrize("about", ["answer", "interim_notice", "correction", "invitation"])
def test_the_letter_that_was_answered_is_meant_and_no_other(about: str) -> None:
    """Nothing of it was released: whatever else went out stays as it is."""
    mailed = (Sent("acknowledgement", 1, MONDAY),)

    with pytest.raises(CannotApply):
        apply(recorded(), [said(Verb.UNDO)], told(about=about, of=99, sent=mailed))


# --- any order of replies ---

WORDS = st.sampled_from(
    [
        said(Verb.CONFIRM),
        said(Verb.UNIT, "602"),
        said(Verb.STAGE, "1"),
        said(Verb.STAGE, "3", text="Grund"),
        said(Verb.STAGE, "4", text="Grund"),
        INTERIM,
        said(Verb.RELEASE),
        said(Verb.POSTED, day=MONDAY.date()),
        said(Verb.DONE, text="fertig"),
        said(Verb.REOPEN, text="doch nicht"),
        said(Verb.UNDO),
        said(Verb.ANSWER),
        said(Verb.NO_ANSWER, text="geklärt"),
        said(Verb.EXPECTED, day=CHRISTMAS),
        said(Verb.HAND_ON, "514", text="Grund"),
        said(Verb.NEXT_STAGE, text="Grund"),
        said(Verb.TAKEN_OVER),
        said(Verb.SEEN),
        said(Verb.NOT_KRM, "spam"),
        said(Verb.NOTE, text="Notiz"),
        said(Verb.AUTHORITY, "ja"),
    ]
)
REPLIES = st.lists(
    st.tuples(
        st.lists(WORDS, min_size=1, max_size=3, unique_by=lambda i: i.verb),
        st.sampled_from([("officer", True), ("tl-515", False)]),
        st.sampled_from(["answer", "correction", "invitation", "confirmation_request", "acknowledgement"]),
        st.sampled_from([(), ("acknowledgement",), ("interim_notice",)]),
    ),
    max_size=12,
)


LEADS_WORDS = frozenset(
    {Verb.ANSWER, Verb.NO_ANSWER, Verb.EXPECTED, Verb.HAND_ON, Verb.NEXT_STAGE, Verb.TAKEN_OVER, Verb.DONE, Verb.NOTE}
)


@settings(deadline=None)
@given(REPLIES)
def test_no_order_of_replies_breaks_what_a_case_promises(
    replies: Sequence[tuple[list[Instruction], tuple[str, bool], str, tuple[str, ...]]],
) -> None:
    """Facts only grow, the number stays, one stage lasts at a time, no letter is released twice."""
    standing = numbered(case())
    for number, (said_, (by, decides), about, letters) in enumerate(replies, 1):
        before, now = standing, LATER + timedelta(minutes=number)
        lines = [line for line in said_ if decides or line.verb in LEADS_WORDS]
        confirms = any(line.verb in CONFIRMING for line in lines)
        of = [m.mail for m in standing.marked(Said.RELEASED, Said.INTERIM)][-1:] or [1]
        letter: dict[str, Any] = {"stopped": tuple((name, of[0]) for name in letters)}
        if number % 2 == 0:
            letter = {"of": of[0], "sent": tuple(Sent(name, of[0], now) for name in letters)}
        how = replace(step(at=now), by=by, decides=decides, mail=100 + number, about=about, text="Brief", **letter)
        with suppress(CannotApply):
            standing = apply(before, lines, replace(how, records=confirms))
        grows(before, standing)
        holds(standing)
        if not decides:
            assert (standing.state, standing.stages) == (before.state, before.stages)


def grows(before: Case, after: Case) -> None:
    for facts in ("marks", "notes", "clocks"):
        assert getattr(after, facts)[: len(getattr(before, facts))] == getattr(before, facts)
    assert [s.level for s in after.stages[: len(before.stages)]] == [s.level for s in before.stages]
    assert after.number == before.number


def holds(of: Case) -> None:
    lasting = [s for s in of.stages if s.ended is None]
    assert len(lasting) <= 1
    assert lasting == list(of.stages[len(of.stages) - len(lasting) :])
    assert not (of.state is State.CLOSED and lasting)
    released = [m for m in of.marks if (m.said, m.about) == (Said.RELEASED, "answer")]
    drafts = [m for m in of.marks if m.said is Said.ANSWER or (m.said, m.about) == (Said.TAKEN_BACK, "answer")]
    assert len(released) <= len(drafts)


def test_a_dispatch_is_no_part_of_what_words_change() -> None:
    letter = Dispatch(1, "E-7K2F", "answer", "answer 7", "citizen", "sent", LATER)  # type: ignore[arg-type]
    before = replace(recorded(), dispatches=(letter,))

    assert apply(before, [said(Verb.TAKEN_OVER)], told(**LEAD)).dispatches == (letter,)
    assert confirmed(reaction()).coding is not None
