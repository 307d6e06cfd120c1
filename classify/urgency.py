"""Need or danger in it? Rules that may only raise what the model says."""

from classify import danger, need
from classify.coding import Urgency
from classify.rules import Spoken, hits_of_each

_ROWS = {Urgency.DANGER: danger.RULES, Urgency.NEED: need.RULES}


def found(heard: Spoken) -> tuple[Urgency, tuple[str, ...]]:
    """The highest urgency a rule sees, and the mail's own words for it; danger goes before need."""
    for urgency, words in zip(_ROWS, hits_of_each(heard, _ROWS.values()), strict=True):
        if words:
            return urgency, words
    return Urgency.NONE, ()
