"""German dates as people write them in a reply: `15.12.2026`, `15.12.`, `15. Dezember`, `Freitag`, `morgen`."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

_WEEKDAYS = {
    **dict.fromkeys(("montag", "mo"), 0),
    **dict.fromkeys(("dienstag", "di"), 1),
    **dict.fromkeys(("mittwoch", "mi"), 2),
    **dict.fromkeys(("donnerstag", "do"), 3),
    **dict.fromkeys(("freitag", "fr"), 4),
    **dict.fromkeys(("samstag", "sonnabend", "sa"), 5),
    **dict.fromkeys(("sonntag", "so"), 6),
}
_MONTHS = {
    **dict.fromkeys(("januar", "jan", "jänner", "jaenner"), 1),
    **dict.fromkeys(("februar", "feb"), 2),
    **dict.fromkeys(("märz", "maerz", "mär", "mrz"), 3),
    **dict.fromkeys(("april", "apr"), 4),
    **dict.fromkeys(("mai",), 5),
    **dict.fromkeys(("juni", "jun"), 6),
    **dict.fromkeys(("juli", "jul"), 7),
    **dict.fromkeys(("august", "aug"), 8),
    **dict.fromkeys(("september", "sept", "sep"), 9),
    **dict.fromkeys(("oktober", "okt"), 10),
    **dict.fromkeys(("november", "nov"), 11),
    **dict.fromkeys(("dezember", "dez"), 12),
}
# letters that match an i or s whatever the case, and are none
_LOOKALIKE = str.maketrans({"İ": "i", "ı": "i", "ſ": "s"})
_RELATIVE = {"vorgestern": -2, "gestern": -1, "heute": 0, "morgen": 1, "übermorgen": 2, "uebermorgen": 2}


def _any(words: Iterator[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _key(word: str) -> str:
    return word.translate(_LOOKALIKE).lower()


_FLAGS = re.IGNORECASE | re.VERBOSE
_LEAD = r"\s* (?:(?:bis|am|zum|vom)\s+){0,2}"
_END = r"(?! \w | \.?\s?[0-9] )"
_WEEKDAY_BEFORE = rf"(?: (?P<weekday>{_any(iter(_WEEKDAYS))})\.?,?\s+ (?:de[nm]\s+)? | den\s+ )?"
_FORMS = (
    r"(?P<y>20[0-9]{2})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})",
    r"(?P<d>[0-9]{1,2})\.\s?(?P<m>[0-9]{1,2})(?:\.(?P<y>\s?20[0-9]{2}|[0-9]{2})?)?",
    rf"(?P<d>[0-9]{{1,2}})\.?\s?(?P<name>{_any(iter(_MONTHS))})\.?(?:\s(?P<y>20[0-9]{{2}}))?",
)
_DATED = tuple(re.compile(_LEAD + _WEEKDAY_BEFORE + form + _END, _FLAGS) for form in _FORMS)
_NAMED = re.compile(rf"{_LEAD}(?P<word>{_any(w for w in (*_WEEKDAYS, *_RELATIVE) if len(w) > 2)}){_END}", _FLAGS)
_MONTH_FORMS = (
    re.compile(r"(?P<y>20[0-9]{2})[-/.](?P<m>[0-9]{1,2})"),
    re.compile(r"(?P<m>[0-9]{1,2})[-/.](?P<y>20[0-9]{2})"),
    re.compile(rf"(?P<name>{_any(iter(_MONTHS))})\.?\s(?P<y>20[0-9]{{2}})", re.IGNORECASE),
)


def day(text: str, today: date, *, past: bool = False) -> date | None:
    """The day that is all of `text`, or None (no date, or one that does not exist, such as 31.11.).

    A day without a year is the next one on or after `today`, a weekday the next one and never today;
    with `past` the last one on or before `today`, and the last such weekday.
    """
    found = leading(text, today, past=past)
    return found[0] if found and not found[1].strip() else None


def leading(text: str, today: date, *, past: bool = False) -> tuple[date, str] | None:
    """The day at the start of `text` and the rest behind it; None as for `day`."""
    for pattern in _DATED:
        if hit := pattern.match(text):
            found = _dated(hit, today, past)
            return (found, text[hit.end() :]) if found else None
    if hit := _NAMED.match(text):
        return _named(_key(hit["word"]), today, past), text[hit.end() :]
    return None


def month(text: str) -> str | None:
    """`2026-10` for `2026-10`, `10/2026`, `10.2026`, `Oktober 2026`; None for anything else."""
    hits = (form.fullmatch(text.strip()) for form in _MONTH_FORMS)
    hit = next((h for h in hits if h), None)
    number = _month_number(hit) if hit else 0
    return f"{hit['y']}-{number:02d}" if hit and 1 <= number <= 12 else None


def _month_number(hit: re.Match[str]) -> int:
    groups = hit.groupdict()
    return _MONTHS[_key(groups["name"])] if groups.get("name") else int(groups["m"])


def _dated(hit: re.Match[str], today: date, past: bool) -> date | None:
    year = (hit["y"] or "").strip()
    years = iter([int(year) if len(year) == 4 else 2000 + int(year)]) if year else _years(today, past)
    days = (_existing(y, _month_number(hit), int(hit["d"])) for y in years)
    fitting = (d for d in days if d and (year or (d <= today if past else d >= today)))
    found = next(fitting, None)
    weekday = hit["weekday"]
    return None if found and weekday and _WEEKDAYS[_key(weekday)] != found.weekday() else found


def _years(today: date, past: bool) -> Iterator[int]:
    """This year and the eight beside it: between two 29 February lie at most eight years."""
    return iter(range(today.year, today.year - 9, -1) if past else range(today.year, today.year + 9))


def _existing(year: int, number: int, day_of_month: int) -> date | None:
    try:
        return date(year, number, day_of_month)
    except ValueError:
        return None


def _named(word: str, today: date, past: bool) -> date:
    if word in _RELATIVE:
        return today + timedelta(days=_RELATIVE[word])
    ahead = (_WEEKDAYS[word] - today.weekday()) % 7
    return today + timedelta(days=(ahead - 7 if past else ahead or 7))
