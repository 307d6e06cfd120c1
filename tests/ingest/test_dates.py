"""German dates in replies: what is a date, which day it is, and what is none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import dates

TUESDAY = date(2026, 12, 1)

READ = [
    ("day, month, year", "15.12.2026", date(2026, 12, 15)),
    ("one-digit day and month", "1.3.2027", date(2027, 3, 1)),
    ("leading noughts", "01.03.2027", date(2027, 3, 1)),
    ("two-digit year", "15.12.26", date(2026, 12, 15)),
    ("blanks behind the dots", "15. 12. 2026", date(2026, 12, 15)),
    ("without year, still to come", "15.12.", date(2026, 12, 15)),
    ("without year and last dot", "15.12", date(2026, 12, 15)),
    ("without year, today itself", "1.12.", date(2026, 12, 1)),
    ("without year, gone by, so next year's", "30.11.", date(2027, 11, 30)),
    ("29 February without year, so the next leap year", "29.2.", date(2028, 2, 29)),
    ("month as a word", "15. Dezember", date(2026, 12, 15)),
    ("month as a word, with year", "15. Dezember 2026", date(2026, 12, 15)),
    ("month cut short", "15. Dez. 2026", date(2026, 12, 15)),
    ("month cut short, no blank", "15.Dez", date(2026, 12, 15)),
    ("month with umlaut", "1. März", date(2027, 3, 1)),
    ("month with umlaut written out", "1. maerz 2027", date(2027, 3, 1)),
    ("ISO", "2026-12-15", date(2026, 12, 15)),
    ("weekday", "Freitag", date(2026, 12, 4)),
    ("weekday that is today means next week", "Dienstag", date(2026, 12, 8)),
    ("weekday of yesterday means next week", "Montag", date(2026, 12, 7)),
    ("northern Saturday", "Sonnabend", date(2026, 12, 5)),
    ("tomorrow", "morgen", date(2026, 12, 2)),
    ("the day after", "Übermorgen", date(2026, 12, 3)),
    ("the day after, umlaut written out", "uebermorgen", date(2026, 12, 3)),
    ("today", "heute", date(2026, 12, 1)),
    ("little words before it", "bis zum 15.12.2026", date(2026, 12, 15)),
    ("'am' before a weekday", "am Freitag", date(2026, 12, 4)),
    ("its weekday before it", "Dienstag, 15.12.2026", date(2026, 12, 15)),
    ("its weekday cut short", "Di., den 15.12.", date(2026, 12, 15)),
    ("a dotted capital I", "DİENSTAG", date(2026, 12, 8)),
    ("a dotless i", "1. aprıl", date(2027, 4, 1)),
    ("a long s", "ſamstag", date(2026, 12, 5)),
    ("blanks around", "  15.12.2026 ", date(2026, 12, 15)),
    ("capitals", "15. DEZEMBER 2026", date(2026, 12, 15)),
]
NONE = [
    ("30 days has November", "31.11."),
    ("30 days has November, with year", "31.11.2026"),
    ("no leap year", "29.2.2027"),
    ("month thirteen", "1.13.2026"),
    ("day nought", "0.12.2026"),
    ("a weekday that is not that day's", "Freitag, 15.12.2026"),
    ("three-digit year", "15.12.202"),
    ("five-digit year", "15.12.20266"),
    ("another century", "15.12.1926"),
    ("a question", "15.12.2026?"),
    ("a time behind it", "15.12. 14 Uhr"),
    ("words behind it", "15.12.2026 vielleicht"),
    ("part of the day", "Freitagabend"),
    ("weekday cut short, alone", "So"),
    ("nothing", ""),
    ("prose", "so bald wie möglich"),
    ("only a day", "15."),
    ("English order", "12/15/2026"),
    ("superscript digits", "1⁵.12.2026"),
]
PAST = [
    ("gone by this year", "30.11.", date(2026, 11, 30)),
    ("today itself", "1.12.", date(2026, 12, 1)),
    ("still to come, so last year's", "15.12.", date(2025, 12, 15)),
    ("weekday", "Freitag", date(2026, 11, 27)),
    ("weekday that is today means last week", "Dienstag", date(2026, 11, 24)),
    ("yesterday", "gestern", date(2026, 11, 30)),
    ("a year given is kept", "15.12.2026", date(2026, 12, 15)),
]
MONTHS = [
    ("2026-10", "2026-10"),
    ("2026-9", "2026-09"),
    ("10/2026", "2026-10"),
    ("10.2026", "2026-10"),
    ("Oktober 2026", "2026-10"),
    ("Okt. 2026", "2026-10"),
    ("märz 2027", "2027-03"),
    ("2026-13", None),
    ("2026-00", None),
    ("Oktober", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_a_date_is_read_as_people_write_it(text: str, expected: date) -> None:
    assert dates.day(text, TUESDAY) == expected


@pytest.mark.parametrize("text", [row[1] for row in NONE], ids=[row[0] for row in NONE])
def test_what_is_no_day_of_the_calendar_is_no_date(text: str) -> None:
    assert dates.day(text, TUESDAY) is None


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in PAST], ids=[row[0] for row in PAST])
def test_a_day_gone_by_is_looked_for_backwards(text: str, expected: date) -> None:
    assert dates.day(text, TUESDAY, past=True) == expected


@pytest.mark.parametrize(("text", "expected"), MONTHS)
def test_a_month_is_read(text: str, expected: str | None) -> None:
    assert dates.month(text) == expected


def test_words_behind_a_date_are_handed_back() -> None:
    assert dates.leading("20.12.2026, wir prüfen noch", TUESDAY) == (date(2026, 12, 20), ", wir prüfen noch")
    assert dates.leading("Freitag, wir prüfen noch", TUESDAY) == (date(2026, 12, 4), ", wir prüfen noch")


@given(st.text(), st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.booleans())
def test_no_text_raises(text: str, today: date, past: bool) -> None:
    dates.leading(text, today, past=past)
    dates.month(text)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_of_the_century_is_read_back(written: date, today: date) -> None:
    assert dates.day(f"{written:%d.%m.%Y}", today) == written
    assert dates.day(written.isoformat(), today) == written


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_a_day_without_year_is_the_nearest_on_its_side(written: date, today: date) -> None:
    ahead = dates.day(f"{written:%d.%m.}", today)
    behind = dates.day(f"{written:%d.%m.}", today, past=True)
    assert ahead is not None
    assert behind is not None
    assert behind <= today <= ahead
    assert (ahead.day, ahead.month) == (behind.day, behind.month) == (written.day, written.month)
