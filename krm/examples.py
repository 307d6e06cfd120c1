"""Lines shown as an example where a reply was not clear: only such as can be carried out there. Pure."""

from classify.anlage3 import Anlage3
from ingest.office import Office, Person, Role
from krm.agreeing import OWN_WORD, SHOWS_SUGGESTION
from krm.assigning import still_handles
from krm.roles import role_of
from krm.wording import DECIDING, EVERYBODYS_WORDS, HANDLERS, MAY
from store.case import Case, Reaction, State

SUGGESTED = ("ok", "Art: Lob", "Kategorie: 2, 5")
WITHOUT_CATEGORY = ("Art: Lob", "Kategorie: 2, 5")
NOT_RECORDED = ("Art: Beschwerde", "Kein KRM: Spam")
PROPOSED = ("ok", "gesehen")
HANDLED = ("übernommen", "Zwischenstand: …", "Antwort")
ALWAYS = ("Status", "Notiz: …")


def examples(asked: str, about: tuple[Case, Reaction], to: Person, office: Office, form: Anlage3) -> tuple[str, ...]:
    """What `to` may answer, by the kind of letter that asked, likeliest first.

    Never empty: how things stand can be asked, and a note written, by anybody at any time.
    """
    case, reaction = about
    role = role_of(office, to)
    found = _deciders(asked, case, reaction, form) if role in DECIDING else _others(asked, case, role, to, office)
    return tuple(dict.fromkeys((*found, *ALWAYS)))


def _deciders(asked: str, case: Case, reaction: Reaction, form: Anlage3) -> tuple[str, ...]:
    if asked in OWN_WORD:
        return (OWN_WORD[asked],)
    if asked == "proposal" and case.state is State.OPEN:
        return PROPOSED
    undecided = case.state is State.OPEN or not reaction.settled
    return _recordable(reaction, form) if asked in SHOWS_SUGGESTION and undecided else ()


def _recordable(reaction: Reaction, form: Anlage3) -> tuple[str, ...]:
    """Lines that decide about the suggestion; `ok` only where it is complete."""
    suggestion = reaction.suggestion
    if suggestion is None:
        return ()
    if not form.type(suggestion.type).krm:
        return NOT_RECORDED
    return SUGGESTED if suggestion.proposed else WITHOUT_CATEGORY


def _others(asked: str, case: Case, role: Role, to: Person, office: Office) -> tuple[str, ...]:
    own = OWN_WORD.get(asked, "")
    if own in EVERYBODYS_WORDS:
        return (own,)
    handles = MAY.get(role) is HANDLERS and case.state is State.OPEN and still_handles(office, case, to)
    return HANDLED if handles else ()
