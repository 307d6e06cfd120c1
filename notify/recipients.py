"""Who gets a letter of a Case, and who must not: whoever a complaint is about is taken out (rules.md)."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from classify.anlage3 import Anlage3
from ingest.office import Office, Person, Unit
from store.case import Case, Reaction

SALUTATION = re.compile(r"^\s*(sehr\s+geehrte|hallo|guten\s+(tag|morgen|abend)|liebe|moin|werte)", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]{3,}")
LONG_NAME = 6
SAME_NAME = 90  # of 100: one letter off in a long name, umlauts written out
TITLES = frozenset({"frau", "herr", "herrn", "team", "teamleitung", "dr", "prof", "von", "der", "geschäftsführung"})


@dataclass(frozen=True, slots=True)
class Named:
    """People of the house whom a complaint names. Never shown to anybody but officer and deputy."""

    people: frozenset[str]
    words: tuple[str, ...] = ()


def complained_about(case: Case, office: Office, taxonomy: Anlage3) -> Named:
    """Whom the Case's complaints name outside salutations; nobody for praise and ideas."""
    texts = [f"{r.subject}\n{r.new_text}" for r in case.reactions if _is_complaint(r, taxonomy)]
    words = {_plain(w): w for text in texts for line in text.splitlines() for w in _words(line)}
    found: dict[str, str] = {}
    for person in office.people():
        hit = _hit(_surname(person.name), words)
        if hit:
            found[person.id] = hit
    return Named(frozenset(found), tuple(dict.fromkeys(found.values())))


def in_charge(unit: Unit | None, office: Office, out: frozenset[str]) -> Person | None:
    """Who handles a unit's Case: its lead, else the area head, else management (GA 3.7, rules.md)."""
    if unit is None:
        return None
    area = office.area(unit.area)
    ladder = (unit.lead, area.head if area else None, *office.management, *office.officers())
    return next((p for p in ladder if p is not None and p.id not in out), None)


def deciding(office: Office, out: frozenset[str]) -> tuple[Person, ...]:
    """Officer and deputy, without whom the complaint is about; both where it is about both."""
    left = tuple(p for p in office.officers() if p.id not in out)
    return left or office.officers()


def contact(office: Office, out: frozenset[str], chosen: str) -> Person:
    """The contact person of the acknowledgement (GA 3.5.1): the chosen one, else the officer; never who is named."""
    person = office.person(chosen) if chosen else None
    if person is not None and person.telephone and person.id not in out:
        return person
    return next((p for p in deciding(office, out) if p.telephone), office.officer)


def _is_complaint(reaction: Reaction, taxonomy: Anlage3) -> bool:
    judged = reaction.coding or reaction.suggestion
    return judged is None or taxonomy.type(judged.type).about_people


def _words(line: str) -> list[str]:
    return [] if SALUTATION.match(line) else WORD.findall(line)


def _surname(name: str) -> str:
    """The last word of a name, "" for a post of one word such as "Widerspruchsstelle"."""
    parts = [_plain(w) for w in WORD.findall(name)]
    return parts[-1] if len(parts) > 1 and parts[-1] not in TITLES else ""


def _plain(word: str) -> str:
    folded = word.casefold()
    for umlaut, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        folded = folded.replace(umlaut, written)
    return folded


def _hit(name: str, words: dict[str, str]) -> str:
    """The word that is this name: equal, with a genitive s, or one letter off in a long name; "" if none."""
    exact = words.get(name) or words.get(name + "s")
    if exact or len(name) < LONG_NAME:
        return exact or ""
    near = process.extractOne(name, words.keys(), scorer=fuzz.ratio, score_cutoff=SAME_NAME)
    return words[near[0]] if near and len(near[0]) >= LONG_NAME else ""
