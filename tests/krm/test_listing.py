"""The digest's lists of recorded Cases: pure rows, asked of Cases as they stood at half past seven."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from krm.bot import Bot
from krm.listing import LISTS, Listed, may_see
from notify.course import Course
from notify.owing import MORNING, at_local
from store.case import CITIZEN, Case, Clock, Concern, Delivery, Dispatch, Mark, Said, Source, Stage, State
from store.database import Database
from tests.office import LEGAL_OFFICE, Story
from tests.store.making import MONDAY, case, confirmed, numbered, reaction

NOON = MONDAY + timedelta(hours=3)
ROWS = {title: entries for title, _, entries in LISTS}


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
    course = Course(of, bot.taxonomy, bot.teller.workdays)
    return list(ROWS[title](Listed(of, course, at_local(date.fromisoformat(day), MORNING), bot)))


def sent(duty: str, to: str, at: datetime = NOON, **fields: Any) -> Dispatch:
    return Dispatch(1, "E-7K2F", duty, "1", to, Delivery.SENT, at, **fields)


ANSWER = Mark(Said.ANSWER, NOON, "tl-515", 1, 5, text="Sehr geehrte Frau Muster")
RELEASE = Mark(Said.RELEASED, NOON + timedelta(hours=1), "officer", 1, 6, about="answer")
POSTED = Mark(Said.POSTED, NOON + timedelta(days=1), "officer", 1, 7, day=date(2026, 11, 24), about="answer")
DRAFTED = sent("interim_draft", "officer", at_local(date(2026, 12, 3), MORNING))
DONE = Mark(Said.DONE, NOON, "tl-515", 1, 8, text="geklärt")
TUESDAY, FOURTH, LAST, AFTER = "2026-11-24", "2026-12-04", "2026-12-07", "2026-12-08"


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
        (
            "Überfällig",
            "with a later promise",
            recorded(clocks=(Clock("interim", date(2026, 12, 18), NOON),)),
            AFTER,
            False,
        ),
        ("Zwischeninformation nötig", "once drafted", recorded(dispatches=(DRAFTED,)), FOURTH, True),
        ("Zwischeninformation nötig", "before", recorded(), FOURTH, False),
        (
            "Zwischeninformation nötig",
            "once promised",
            recorded(dispatches=(DRAFTED,), clocks=(Clock("interim", date(2026, 12, 18), NOON),)),
            FOURTH,
            False,
        ),
        ("Wartet auf Ihre Freigabe", "with a letter", recorded(marks=(ANSWER,)), TUESDAY, True),
        ("Wartet auf Ihre Freigabe", "released", recorded(marks=(ANSWER, RELEASE)), TUESDAY, False),
        ("Wartet auf Ihre Freigabe", "a letter of this morning", recorded(marks=(ANSWER,)), "2026-11-23", False),
        ("Zu drucken", "released, by post", recorded(marks=(ANSWER, RELEASE)), TUESDAY, True),
        ("Zu drucken", "released, by mail", recorded(marks=(ANSWER, RELEASE), answer_way="email"), TUESDAY, False),
        ("Zu drucken", "posted", recorded(marks=(ANSWER, RELEASE, POSTED)), "2026-11-25", False),
        ("Vorschläge", "a proposal", recorded(marks=(DONE,)), TUESDAY, True),
        ("Vorschläge", "decided", recorded(marks=(DONE, replace(RELEASE, said=Said.SEEN))), TUESDAY, False),
        ("Vorschläge", "the officer's own word", recorded(marks=(replace(DONE, by="officer"),)), TUESDAY, False),
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
