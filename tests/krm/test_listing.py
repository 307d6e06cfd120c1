"""The digest's lists of recorded Cases: pure rows, asked of Cases as they stood at half past seven."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from krm import listing
from krm.bot import Bot
from krm.listing import LATER, LISTS, may_see
from notify.duties import due
from notify.owing import MORNING, at_local
from store.case import CITIZEN, DECIDED, Case, Clock, Concern, Delivery, Dispatch, Mark, Said, Source, Stage, State
from store.database import Database
from tests.office import LEGAL_OFFICE, Story
from tests.store.making import MONDAY, case, confirmed, numbered, reaction

NOON = MONDAY + timedelta(hours=3)
ROWS = {title: entries for title, _, entries in (*LISTS, *LATER)}


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    database = Database(f"sqlite:///{tmp_path}/krm.db")
    yield Story(database).bot
    database.close()


def recorded(**fields: Any) -> Case:
    """A complaint of Monday, recorded and acknowledged that morning."""
    first = confirmed(reaction(acknowledged=MONDAY + timedelta(hours=1)))
    whole = case(first, concerns=(Concern(0, "organisation.wartezeit"),), stages=(Stage(2, MONDAY, "officer"),))
    return numbered(replace(whole, **fields))


def listed(bot: Bot, of: Case, day: str, title: str) -> list[tuple[str, date | None]]:
    view = replace(bot.view(), now=at_local(date.fromisoformat(day), MORNING))
    return list(ROWS[title](listing.listed(of, view)))


def sent(duty: str, to: str, at: datetime = NOON, **fields: Any) -> Dispatch:
    return Dispatch(1, "E-7K2F", duty, "1", to, Delivery.SENT, at, **fields)


def unsure(duty: str) -> Dispatch:
    return replace(sent(duty, CITIZEN), state=Delivery.UNSURE)


ANSWER = Mark(Said.ANSWER, NOON, "tl-515", 1, 5, text="Sehr geehrte Frau Muster")
RELEASE = Mark(Said.RELEASED, NOON + timedelta(hours=1), "officer", 1, 6, about="answer")
POSTED = Mark(Said.POSTED, NOON + timedelta(days=1), "officer", 1, 7, day=date(2026, 11, 24), about="answer")
DONE = Mark(Said.DONE, NOON, "tl-515", 1, 8, text="geklärt")
SEEN = Mark(Said.SEEN, NOON + timedelta(hours=1), "officer", 1, 9, about="proposal")
NEEDLESS = Mark(Said.NO_ANSWER, NOON, "officer", 1, 8, about=DECIDED, text="telefonisch geklärt")
BACK = Mark(Said.TAKEN_BACK, NOON + timedelta(hours=2), "officer", 1, 10, about="acknowledgement", text="versandt")
STAGE_4 = Stage(4, NOON, "officer")
PROMISED = Clock("interim", date(2026, 12, 18), NOON)
NO_ADDRESS = (confirmed(reaction(acknowledged=MONDAY, sender=replace(reaction().sender, address=""))),)
TUESDAY, WEDNESDAY, TENTH, LAST, AFTER = "2026-11-24", "2026-11-25", "2026-12-03", "2026-12-07", "2026-12-08"
FOURTH = "2026-12-04"
UNCERTAIN = "Nicht sicher angekommen"
TO_CLOSE = "Beantwortet, noch nicht abgeschlossen"


@pytest.mark.parametrize(
    ("title", "what", "of", "day", "found"),
    [
        ("Heute fällig", "on the day of the answer", recorded(), LAST, True),
        ("Heute fällig", "before", recorded(), FOURTH, False),
        ("Heute fällig", "after", recorded(), AFTER, False),
        (
            "Heute fällig",
            "on the agreed day",
            recorded(clocks=(Clock("answer", date(2026, 12, 4), NOON),)),
            FOURTH,
            True,
        ),
        ("Überfällig", "the day after", recorded(), AFTER, True),
        ("Überfällig", "on the day itself", recorded(), LAST, False),
        ("Überfällig", "once closed", recorded(state=State.CLOSED), AFTER, False),
        ("Überfällig", "once answered", recorded(marks=(ANSWER, RELEASE, POSTED)), AFTER, False),
        ("Überfällig", "with a later promise", recorded(clocks=(PROMISED,)), AFTER, False),
        ("Überfällig", "a letter waits for release", recorded(marks=(ANSWER,)), AFTER, False),
        ("Heute fällig", "a letter waits for release", recorded(marks=(ANSWER,)), LAST, False),
        ("Zwischeninformation nötig", "from day 10 on", recorded(), TENTH, True),
        ("Zwischeninformation nötig", "before", recorded(), "2026-12-02", False),
        ("Zwischeninformation nötig", "once promised", recorded(clocks=(PROMISED,)), TENTH, False),
        ("Zwischeninformation nötig", "once released", recorded(marks=(ANSWER, RELEASE)), TENTH, False),
        ("Wartet auf Ihre Freigabe", "with a letter", recorded(marks=(ANSWER,)), TUESDAY, True),
        ("Wartet auf Ihre Freigabe", "released", recorded(marks=(ANSWER, RELEASE)), TUESDAY, False),
        ("Wartet auf Ihre Freigabe", "a letter of this morning", recorded(marks=(ANSWER,)), "2026-11-23", False),
        ("Wartet auf Ihre Freigabe", "a correction", recorded(marks=(BACK,)), TUESDAY, True),
        ("Wartet auf Ihre Freigabe", "an invitation", recorded(stages=(STAGE_4,)), TUESDAY, True),
        ("Zu drucken", "released, by post", recorded(marks=(ANSWER, RELEASE)), TUESDAY, True),
        ("Zu drucken", "released, by mail", recorded(marks=(ANSWER, RELEASE), answer_way="email"), TUESDAY, False),
        ("Zu drucken", "posted", recorded(marks=(ANSWER, RELEASE, POSTED)), WEDNESDAY, False),
        (
            "Zu drucken",
            "an interim notice to nobody's address",
            recorded(reactions=NO_ADDRESS, marks=(Mark(Said.INTERIM, NOON, "officer", 1, 6, day=PROMISED.day),)),
            TUESDAY,
            True,
        ),
        (UNCERTAIN, "an answer", recorded(dispatches=(unsure("answer"),)), TUESDAY, True),
        (
            UNCERTAIN,
            "refused",
            recorded(dispatches=(replace(unsure("answer"), state=Delivery.REFUSED),)),
            TUESDAY,
            True,
        ),
        (UNCERTAIN, "an answer that went", recorded(dispatches=(sent("answer", CITIZEN),)), TUESDAY, False),
        (UNCERTAIN, "posted since", recorded(dispatches=(unsure("answer"),), marks=(POSTED,)), WEDNESDAY, False),
        (
            UNCERTAIN,
            "another went since",
            recorded(dispatches=(unsure("answer"), sent("answer", CITIZEN, NOON + timedelta(hours=1)))),
            TUESDAY,
            False,
        ),
        (UNCERTAIN, "closed", recorded(dispatches=(unsure("answer"),), state=State.CLOSED), TUESDAY, False),
        (UNCERTAIN, "to the house", recorded(dispatches=(replace(unsure("answer"), recipient="gf"),)), TUESDAY, False),
        (UNCERTAIN, "acknowledged since", recorded(dispatches=(unsure("acknowledgement"),)), TUESDAY, False),
        (
            UNCERTAIN,
            "not acknowledged yet",
            recorded(reactions=(confirmed(reaction()),), dispatches=(unsure("acknowledgement"),)),
            TUESDAY,
            True,
        ),
        ("Vorschläge", "a proposal", recorded(marks=(DONE,)), TUESDAY, True),
        ("Vorschläge", "declined", recorded(marks=(DONE, SEEN)), TUESDAY, False),
        ("Vorschläge", "another word of the officer", recorded(marks=(DONE, replace(SEEN, about=""))), TUESDAY, True),
        ("Vorschläge", "decided otherwise", recorded(marks=(DONE, replace(NEEDLESS, at=SEEN.at))), TUESDAY, False),
        ("Vorschläge", "the program's, of a missed promise", recorded(clocks=(PROMISED,)), "2026-12-21", True),
        (
            "Vorschläge",
            "the program's, declined",
            recorded(clocks=(PROMISED,), marks=(replace(SEEN, at=at_local(date(2026, 12, 21), time(9))),)),
            "2026-12-22",
            False,
        ),
        ("Vorschläge", "the officer's own word", recorded(marks=(replace(DONE, by="officer"),)), TUESDAY, False),
        (TO_CLOSE, "posted", recorded(marks=(ANSWER, RELEASE, POSTED)), "2026-11-25", True),
        (TO_CLOSE, "not posted yet", recorded(marks=(ANSWER, RELEASE)), WEDNESDAY, False),
        (TO_CLOSE, "posted after half past seven", recorded(marks=(ANSWER, RELEASE, POSTED)), TUESDAY, False),
        (TO_CLOSE, "closed", recorded(marks=(ANSWER, RELEASE, POSTED), state=State.CLOSED), WEDNESDAY, False),
        (TO_CLOSE, "no answer is needed", recorded(marks=(NEEDLESS,)), TUESDAY, True),
        (TO_CLOSE, "nothing was answered", recorded(), WEDNESDAY, False),
        ("Weitergegeben", "yesterday", recorded(dispatches=(sent("hand_over", "widerspruch"),)), TUESDAY, True),
        (
            "Weitergegeben",
            "this morning",
            recorded(dispatches=(sent("hand_over", "widerspruch"),)),
            "2026-11-23",
            False,
        ),
        (
            "Weitergegeben",
            "two days ago",
            recorded(dispatches=(sent("hand_over", "widerspruch"),)),
            "2026-11-25",
            False,
        ),
    ],
)
def test_a_case_stands_in_a_list(bot: Bot, title: str, what: str, of: Case, day: str, found: bool) -> None:
    assert bool(listed(bot, of, day, title)) is found


OF_DUTIES = (
    ("Überfällig", "overdue"),
    ("Zwischeninformation nötig", "interim_draft"),
    ("Wartet auf Ihre Freigabe", "release_request"),
    ("Zu drucken", "to_print"),
    ("Vorschläge", "proposal"),
)
SAID = ((), (ANSWER,), (ANSWER, RELEASE), (ANSWER, RELEASE, POSTED), (DONE,), (DONE, SEEN), (BACK,), (NEEDLESS,))


@pytest.mark.parametrize(("title", "duty"), OF_DUTIES)
def test_digest_and_duties_never_disagree(bot: Bot, title: str, duty: str) -> None:
    found = set()
    for day in (TUESDAY, WEDNESDAY, TENTH, FOURTH, LAST, AFTER, "2026-12-21"):
        view = replace(bot.view(), now=at_local(date.fromisoformat(day), MORNING))
        for marks in SAID:
            for clocks in ((), (PROMISED,)):
                of = recorded(marks=marks, clocks=clocks)
                owed = any(o.duty == duty for o in due(of, view))
                assert bool(listed(bot, of, day, title)) is owed, (day, marks, clocks)
                found.add(owed)
    assert found == {True, False}


def test_what_went_over_the_weekend_is_listed_on_monday(bot: Bot) -> None:
    saturday = datetime(2026, 11, 21, 3, 0, tzinfo=MONDAY.tzinfo)

    (what, _), *_ = listed(
        bot, recorded(dispatches=(sent("hand_over", "widerspruch", saturday),)), "2026-11-23", "Weitergegeben"
    )

    assert what == f"weitergegeben an {LEGAL_OFFICE.name}"


@pytest.mark.parametrize(
    ("what", "fields", "found"),
    [
        ("nobody's address", {"sender": replace(reaction().sender, address="")}, True),
        ("it came back", {}, True),
        ("posted since", {"acknowledged": NOON}, False),
        ("a scanner's", {"source": Source.MACHINE, "sender": replace(reaction().sender, address="")}, True),
    ],
)
def test_an_acknowledgement_that_must_be_posted_is_listed(
    bot: Bot, what: str, fields: dict[str, Any], found: bool
) -> None:
    back = sent("acknowledgement", CITIZEN, returned=what == "it came back")
    of = recorded(reactions=(confirmed(reaction(**fields)),), dispatches=(back,))

    assert bool(listed(bot, of, TUESDAY, "Zu drucken")) is found


@pytest.mark.parametrize(
    ("about", "officer", "deputy"),
    [
        ("Ich warte.", True, True),
        ("Frau Meier lacht nur.", False, True),
        ("Herr Petersen lacht nur.", True, False),
        ("Frau Meier und Herr Petersen lachen nur.", True, True),
    ],
)
def test_nobody_sees_what_is_about_them_unless_nobody_else_is_left(
    bot: Bot, about: str, officer: bool, deputy: bool
) -> None:
    of = case(reaction(text=about))

    assert (may_see(bot, of, "officer"), may_see(bot, of, "deputy")) == (officer, deputy)
