"""Need or danger in it? Rules that may only raise what the model says."""

from classify import danger, need
from classify.coding import Urgency
from classify.rules import Spoken, hits


def found(heard: Spoken) -> tuple[Urgency, tuple[str, ...]]:
    """The highest urgency a rule sees, and the mail's own words for it; danger goes before need."""
    for urgency, rules in ((Urgency.DANGER, danger.RULES), (Urgency.NEED, need.RULES)):
        if words := hits(heard, rules):
            return urgency, words
    return Urgency.NONE, ()
