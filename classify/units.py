"""Which units a reaction is about: by the person named, by the site named, by what the categories belong to."""

import re
from collections.abc import Collection, Iterable, Sequence

from classify.coding import Text
from classify.terms import passage
from ingest.office import Office, Unit

MOST_UNITS = 3


def suggest_unit(categories: Sequence[str], text: Text, office: Office, earlier: str = "") -> str:
    """The id of the unit that fits best, "" if none does. Named staff say more than a site or category.

    `earlier` is the unit of a former Case of the same citizen: of units that fit alike it is taken.
    """
    whole = passage(text).casefold()
    return _best(office.units, categories, whole, (earlier,))


def suggest_units(categories: Sequence[str], text: Text, office: Office) -> tuple[str, ...]:
    """All units that a mixed mail concerns, at most three: that of the first category first, then whose staff is named.

    A category goes to one unit, of those that fit alike to one that is concerned already.
    """
    whole = passage(text).casefold()
    found: dict[str, None] = {}
    for category in categories:
        answering = [unit for unit in office.units if answers_for(unit.categories, category)]
        found[_best(answering, (category,), whole, found)] = None
    found[suggest_unit(categories, text, office)] = None
    return tuple(filter(None, found))[:MOST_UNITS]


def _best(units: Sequence[Unit], categories: Sequence[str], whole: str, rather: Collection[str]) -> str:
    """Of units that fit alike one of `rather`, then the first in the directory; "" if none fits."""
    fits = [(_fit(unit, categories, whole), unit.id in rather, -place, unit.id) for place, unit in enumerate(units)]
    best = max(fits, default=((0, 0, 0), False, 0, ""))
    return best[3] if any(best[0]) else ""


def _fit(unit: Unit, categories: Sequence[str], whole: str) -> tuple[int, int, int]:
    """Staff named; then the category's place (the first counts most) with the site; then the site alone."""
    answers = max((len(categories) - i for i, c in enumerate(categories) if answers_for(unit.categories, c)), default=0)
    site = int(any(_names(whole, s) for s in unit.sites))
    return (sum(_names(whole, _surname(s)) for s in unit.staff), 2 * answers + site if answers else 0, site)


def answers_for(own: Iterable[str], category: str) -> bool:
    """Whether a unit with these `categories` (ids, or beginnings that end with a dot) answers for one."""
    return any(category.startswith(o) if o.endswith(".") else category == o for o in own)


def _surname(name: str) -> str:
    """What citizens write: "Frau Dr. Eva Krüger" is Krüger to them."""
    return name.split(",", maxsplit=1)[0].rsplit(maxsplit=1)[-1] if name.split() else ""


def _names(whole: str, name: str) -> bool:
    """Whether a name stands in the text as a word of its own, the genitive s allowed."""
    return bool(name) and re.search(rf"(?<!\w){re.escape(name.casefold())}s?(?!\w)", whole) is not None
