"""Who gets a letter of a Case, and who must not: whoever a complaint is about is taken out (rules.md)."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from classify.anlage3 import Anlage3
from ingest.message import Address
from ingest.office import Office, Person, Unit
from store.case import AREA_HEADS_STAGE, FIRST_STAGE, LAST_STAGE, Case, Kind, Reaction, Said

SALUTATION = re.compile(
    r"\s*(?:sehr\s+geehrte|hallo|guten\s+(?:tag|morgen|abend)|liebe|moin|werte)[^,!]{0,120}"
    r"(?:[,!]\s*(?:frau|herrn?)(?:\s+(?:dr\.|prof\.)){0,2}(?:\s+[\w-]{1,40}){1,2}(?=[,!]|\s*$))?",
    re.IGNORECASE,
)
"""A greeting complains about nobody. It ends at its comma, or at the name behind it; a sentence behind it counts."""
WORD = re.compile(r"[^\W\d_]{2,}")
TITLES = frozenset({"frau", "fr", "herr", "herrn", "hr"})
NO_NAMES = TITLES | {"team", "teamleitung", "dr", "prof", "von", "der", "geschaeftsfuehrung"}
LONG_NAME = 6
ONE_LETTER = 1


@dataclass(frozen=True, slots=True)
class Named:
    """People of the house whom a complaint names. Never shown to anybody but officer and deputy."""

    people: frozenset[str]
    words: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()  # names of staff who get no letters anyway; their team lead handles it


def complained_about(case: Case, office: Office, taxonomy: Anlage3) -> Named:
    """Whom the Case's complaints name outside salutations; nobody for praise and ideas."""
    complaints = [r for r in case.reactions if _is_complaint(r, taxonomy)]
    people, words, staff = _named_in(complaints, office, frozenset(m.about for m in case.marked(Said.NOT_MEANT)))
    return Named(frozenset(people), words, staff)


def _named_in(
    reactions: Iterable[Reaction], office: Office, wrong: frozenset[str]
) -> tuple[dict[str, str], tuple[str, ...], tuple[str, ...]]:
    """Person ids with the word that named them, all such words, and the staff among them."""
    words, initials = _maybe_names(tuple(f"{r.subject}\n{r.new_text}" for r in reactions))
    found: dict[str, str] = {}
    for person in office.people():
        hit = next((h for name in _surnames(person.name) if (h := _hit(name, words) or initials.get(name[0], ""))), "")
        if hit and person.id not in wrong:
            found[person.id] = hit
    staff = dict.fromkeys(s for s in _staff(office) if any(_hit(name, words) for name in _surnames(s)))
    return found, tuple(dict.fromkeys((*found.values(), *staff))), tuple(staff)


def in_charge(
    unit: Unit | None,
    office: Office,
    out: frozenset[str],
    *,
    level: int = FIRST_STAGE,
    absent: frozenset[str] = frozenset(),
) -> Person | None:
    """Who handles a unit's Case at this stage: its lead (1, 2), the area head (3), management (4), as GA 3.7 has it.

    Never at or below a rung somebody stands on who is complained about; in place of who is away their deputy. Where
    nobody is left, officer or deputy, who turn to the supervising body (rules.md, Who must not get a Case).
    """
    if unit is None:
        return None
    area = office.area(unit.area)
    rungs: list[tuple[int, tuple[Person | None, ...]]] = [(FIRST_STAGE, (unit.lead, unit.deputy))]
    rungs += [(AREA_HEADS_STAGE, (area.head, area.deputy))] if area else []
    rungs += [(LAST_STAGE, (manager,)) for manager in office.management]
    above = max((n for n, (_, people) in enumerate(rungs, 1) if people[0] and people[0].id in out), default=0)
    left = [p for rung, people in rungs[above:] if rung >= level for p in people if p is not None]
    left = [p for p in (*left, *office.officers()) if p.id not in out]
    return next((p for p in left if p.id not in absent), left[0] if left else None)


def rung(office: Office, person: str) -> int:
    """The stage at which this person handles Cases (GA 3.7): 2 team lead, 3 area head, 4 management."""
    if any(person == p.id for p in office.management):
        return LAST_STAGE
    heads = any(person in (a.head.id, a.deputy.id if a.deputy else "") for a in office.areas)
    return AREA_HEADS_STAGE if heads else FIRST_STAGE


def next_level(case: Case, office: Office) -> int:
    """The stage after this one: a Case that stands with the area head already goes on to management."""
    return min(max(case.stage, rung(office, case.handler)) + 1, LAST_STAGE)


def superior(unit: Unit | None, office: Office, out: frozenset[str]) -> Person | None:
    """The area head above a unit, else management; never who is complained about."""
    return in_charge(unit, office, out, level=AREA_HEADS_STAGE)


def without(people: Iterable[Person | None], out: frozenset[str]) -> tuple[Person, ...]:
    """These people, each once, without whom the complaint is about."""
    return tuple(dict.fromkeys(p for p in people if p is not None and p.id not in out))


def deciding(office: Office, out: frozenset[str]) -> tuple[Person, ...]:
    """Officer and deputy, without whom the complaint is about; both where it is about both."""
    left = tuple(p for p in office.officers() if p.id not in out)
    return left or office.officers()


def contact(office: Office, out: frozenset[str], chosen: str) -> Person:
    """The contact person of the acknowledgement (GA 3.5.1): the chosen one, else the officer; never who is named."""
    person = office.person(chosen) if chosen else None
    if person is not None and person.telephone and person.id not in out:
        return person
    return next((p for p in deciding(office, out) if p.telephone), deciding(office, out)[0])


def kept_back(office: Office, out: Collection[str]) -> bool:
    """Whether the complaint is about management: then their front office gets number and kind of the Case alone."""
    return any(manager.id in out for manager in office.management)


def superiors(case: Case, office: Office) -> tuple[Person, ...]:
    """Whoever leads those a mail names, whatever it is: of staff the team lead, then area head, then management."""
    people, _, staff = _named_in(case.reactions, office, frozenset())
    found: list[Person] = []
    for unit in office.units:
        area = office.area(unit.area)
        found += [unit.lead] if any(s in staff for s in unit.staff) else []
        found += [area.head] if area and {p.id for p in (unit.lead, unit.deputy) if p} & people.keys() else []
    heads = {p.id for a in office.areas for p in (a.head, a.deputy) if p}
    return tuple(dict.fromkeys((*found, *(office.management if heads & people.keys() else ()))))


def leads_of(office: Office, who: Address, out: frozenset[str], absent: frozenset[str]) -> tuple[Person, ...]:
    """The lead of the one team in whose list of staff this colleague stands; never whom the complaint is about."""
    words = set(map(_plain, WORD.findall(who.name))) or set(map(_plain, WORD.findall(who.address.partition("@")[0])))
    units = [u for u in office.units if any(words >= set(map(_plain, WORD.findall(s))) for s in u.staff if s.strip())]
    if len(units) != 1 or units[0].lead.id in out:
        return ()
    people = [p for p in (units[0].lead, units[0].deputy) if p and p.id not in out and p.address != who.address]
    return tuple([p for p in people if p.id not in absent][:1] or people[:1])


def _is_complaint(reaction: Reaction, taxonomy: Anlage3) -> bool:
    if reaction.kind is Kind.DUPLICATE:
        return False
    judged = reaction.coding or reaction.suggestion
    return judged is None or taxonomy.type(judged.type).about_people


@lru_cache(maxsize=256)
def _maybe_names(texts: tuple[str, ...]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Words and initials that may name somebody, as they are written: asked of a Case for each of its letters."""
    words = {w: shown for text in texts for w, shown in _names_in(text)}
    return words, {i: shown for text in texts for i, shown in _initials_in(text)}


def _names_in(text: str) -> Iterator[tuple[str, str]]:
    """Words that may be names: written with a capital, behind a title, or anything where nobody used capitals."""
    anything = not any(c.isupper() for c in text)
    for line in text.splitlines():
        begin = SALUTATION.match(line)
        before = ""
        for word in WORD.findall(line[begin.end() :] if begin else line):
            plain = _plain(word)
            if anything or word[0].isupper() or before in TITLES:
                yield plain, word
            before = plain


INITIAL = re.compile(r"\b(?:frau|fr\.|herrn?|hr\.)\s+(?:dr\.\s+)?([a-zäöü])\.?(?![\w-])", re.IGNORECASE)


def _initials_in(text: str) -> Iterator[tuple[str, str]]:
    """`Frau M.`: a name that is only begun can be anybody's with this letter."""
    for line in text.splitlines():
        begin = SALUTATION.match(line)
        for found in INITIAL.finditer(line, begin.end() if begin else 0):
            yield _plain(found[1])[0], found[0].strip()


@lru_cache(maxsize=8)
def _staff(office: Office) -> tuple[str, ...]:
    return (*office.staff, *(s for unit in office.units for s in unit.staff))


@lru_cache(maxsize=1024)
def _surnames(name: str) -> tuple[str, ...]:
    """The parts of the last name; nothing for a post of one word such as "Widerspruchsstelle"."""
    parts = name.split()
    last = WORD.findall(parts[-1]) if len(parts) > 1 else []
    return tuple(p for w in last if (p := _plain(w)) not in NO_NAMES)


def _plain(word: str) -> str:
    folded = word.casefold()
    if folded.isascii():
        return folded
    for umlaut, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        folded = folded.replace(umlaut, written)
    return folded


def _hit(name: str, words: Mapping[str, str]) -> str:
    """The word that is this name: equal, with a genitive s, or one letter off in a long name; "" if none."""
    exact = words.get(name) or words.get(name + "s")
    if exact or len(name) < LONG_NAME:
        return exact or ""
    near = process.extractOne(name, words.keys(), scorer=OSA.distance, score_cutoff=ONE_LETTER)
    return words[near[0]] if near else ""
