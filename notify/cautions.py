"""What the officer must see before anything else in a confirmation request, gravest first: a table of rows. Pure."""

from classify.coding import Suggestion, Urgency
from notify.phrases import ANSWERED_BEFORE, HANDED_OVER, NAMED, NAMED_STAFF, NOTICES
from notify.pieces import Warning_
from notify.recipients import Named
from store.case import Reaction, Source


def warnings(reaction: Reaction, suggestion: Suggestion, named: Named, legal_office: str) -> tuple[Warning_, ...]:
    """What the officer must see first, gravest first: rows of (held, title, text, words, grave)."""
    urgency = suggestion.urgency
    rows = (
        (
            urgency is Urgency.DANGER,
            "Mögliche Gefahr",
            "Die Nachricht kann auf eine Gefahr für Menschen hinweisen. Bitte lesen Sie sie sofort.",
            words_for(suggestion, Urgency.DANGER.value),
            True,
        ),
        (
            suggestion.remedy,
            "Möglicher Rechtsbehelf",
            HANDED_OVER.format(legal_office),
            words_for(suggestion, "rechtsbehelf"),
            True,
        ),
        (
            urgency is Urgency.NEED,
            "Mögliche Notlage",
            "Die Nachricht kann auf eine akute Notlage hinweisen.",
            words_for(suggestion, Urgency.NEED.value),
            True,
        ),
        (
            bool(named.people),
            "Genannte Person",
            NAMED,
            tuple(w for w in named.words if w not in named.staff),
            False,
        ),
        (
            bool(named.staff),
            "Genannte Beschäftigte",
            NAMED_STAFF,
            named.staff,
            False,
        ),
        (
            reaction.source is Source.HOUSE,
            "Aus dem Haus",
            "Die Nachricht kam über eine Kollegin oder einen Kollegen.",
            (),
            False,
        ),
        (
            reaction.source is Source.UNSURE,
            "Vielleicht maschinell erzeugt",
            "Die Nachricht trägt Zeichen eines Programms. Sie wird nicht von selbst bestätigt, sondern erst mit „ok“.",
            (),
            False,
        ),
        (
            reaction.source is Source.AGAIN,
            "Vielleicht schon einmal beantwortet",
            ANSWERED_BEFORE,
            (),
            False,
        ),
        (
            reaction.source is Source.MACHINE,
            "Maschinell erzeugt",
            "Die Nachricht kam von einem Formular oder Gerät. Sie wird nicht von selbst bestätigt.",
            (),
            False,
        ),
        *(
            (notice in suggestion.notices, title, text, words_for(suggestion, notice), False)
            for notice, title, text in NOTICES
        ),
    )
    return tuple(Warning_(title, text, words, grave) for held, title, text, words, grave in rows if held)


def words_for(suggestion: Suggestion, about: str) -> tuple[str, ...]:
    """The mail's own words that spoke for it."""
    return tuple(word for e in suggestion.evidence if e.about == about for word in e.words)
