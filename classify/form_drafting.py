"""A colleague's free note of what a citizen told them ("Frau X war eben hier und …"): a form drafted from it. Pure.

Only what is clearly said is taken: how the reaction came, and the name of whoever it is from. Whoever somebody
complains about stands behind "über" or the like and is never taken for the one who complains.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from classify.contact_form import ContactForm

_BEGINS = re.compile(r"^(?:(?:hallo|guten\s+\w+|liebe\w*|moin|sehr\s+geehrte\w*)\b[^\n]{0,60}\n+)+", re.IGNORECASE)
_STRETCH = 400
"""Characters of the note's beginning in which is said how it came."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A form of reaction (id) and the words that say it."""

    form: str
    said: re.Pattern[str]


def _way(form: str, *words: str) -> _Way:
    return _Way(form, re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE))


WAYS = (
    _way("meinungskarte", r"meinungskarten?", r"karte\s+aus\s+dem\s+(?:kasten|briefkasten)"),
    _way(
        "telefon",
        r"(?:hat|haben|hatte)\s+(?:\w+\s+){0,6}angerufen",
        r"rief\s+(?:\w+\s+){0,4}an",
        r"ruft\s+(?:\w+\s+){0,4}an",
        r"anruf(?:s|e)?(?:\s+(?:von|der|des|einer|eines))?",
        r"telefonat(?:s|e)?",
        r"telefonisch\w*",
        r"am\s+telefon",
        r"angerufen",
    ),
    _way(
        "persoenlich",
        r"(?:war|waren|kam|kamen|ist|steht|sitzt|stand|saß|sprach)\s+(?:\w+\s+){0,6}(?:hier|bei\s+mir|bei\s+uns|vorbei"
        r"|da|am\s+(?:tresen|empfang|schalter)|in\s+der\s+(?:eingangszone|sprechstunde|beratung)|vor|im\s+haus)",
        r"vorsprache",
        r"vorgesprochen",
        r"(?:ist|war)\s+(?:\w+\s+){0,6}vorbeigekommen",
        r"persönlich\s+(?:\w+\s+){0,4}(?:vorgesprochen|beschwert|erschienen|da|hier|vorgetragen|mitgeteilt)",
        r"(?:im|in\s+einem)\s+(?:persönlichen\s+|heutigen\s+)?(?:beratungs)?gespräch",
        r"zur\s+niederschrift",
    ),
    _way(
        "schriftlich",
        r"(?:einen?|der|den|dem|ein|per|mit)\s+(?:brief|fax|schreiben)",
        r"brief\s+von",
        r"schreiben\s+von",
        r"per\s+post",
        r"im\s+(?:haus)?briefkasten",
        r"schriftlich\s+(?:beschwert|eingereicht|eingegangen)",
    ),
)
"""How a reaction came. A card is one wherever it lay; else what stands first in the note decides."""

_WORD = r"[A-ZÄÖÜ][\w'’-]++"
_PARTICLE = r"(?:von(?:\s+de[rmn])?|van(?:\s+de[rn]?)?|de|al|el|zu)"
_NAME = (
    rf"(?P<title>(?:Prof\.|Dr\.)\s+)?(?P<name>{_WORD}(?:\s+(?:{_PARTICLE}\s+)?{_WORD}){{0,3}}+|{_PARTICLE}\s+{_WORD})"
)
_PERSON = rf"(?P<salutation>Frau|Herrn?|Familie|Eheleute)\s+{_NAME}"
_SUBJECT = re.compile(rf"(?<!über )(?<!gegen )(?<!zu )(?<!mit )(?<!von )(?<!bei )(?<!und )\b{_PERSON}(?!\s+und\b)")
_SOURCE = re.compile(
    rf"\b(?:Anruf|Telefonat|Gespräch|Vorsprache|Beschwerde|Brief|Schreiben|Fax|Lob|Rückmeldung|Meinungskarte)"
    rf"\s+(?:von|der|des)\s+{_PERSON}(?!\s+und\b)"
)
_SEX = {"frau": "w", "herr": "m", "herrn": "m"}
_BREAK = re.compile(r"[,;:!?\n]|(?<!\bDr)(?<!\bProf)\.")


def drafted(note: str, staff: Collection[str] = ()) -> ContactForm | None:
    """What of a form is clearly said; None where the note does not say how a reaction came.

    `staff`: surnames of the house; who bears one is not taken for the citizen.
    """
    words = _BEGINS.sub("", note.strip())[:_STRETCH]
    found = [
        (way.form != "meinungskarte", hit.start(), way.form, hit) for way in WAYS if (hit := way.said.search(words))
    ]
    if not found:
        return None
    *_, form, way = min(found, key=lambda each: each[:2])
    blank = ContactForm(form=form, words=note.strip())
    person = _person(words, way)
    if person is None:
        return blank
    first, last = _parted(person["name"])
    if last.casefold() in {name.casefold() for name in staff}:
        return blank
    sex, title = _SEX.get(person["salutation"].casefold(), ""), (person["title"] or "").strip()
    return replace(blank, sex=sex, title=title, first_name=first, last_name=last)


def _person(words: str, way: re.Match[str]) -> re.Match[str] | None:
    """Whom the note says it is from, or who did what says how it came, in one breath; None where that is not clear."""
    sources = list(_SOURCE.finditer(words))
    if sources:
        return sources[0] if len({hit["name"] for hit in sources}) == 1 else None
    near = [hit for hit in _SUBJECT.finditer(words) if hit.start() < way.end() and not _parted_by(words, hit, way)]
    return near[0] if len(near) == 1 else None


def _parted_by(words: str, person: re.Match[str], way: re.Match[str]) -> bool:
    return _BREAK.search(words[person.end() : way.start()]) is not None


def _parted(name: str) -> tuple[str, str]:
    """First name and last name, the latter with its particle; a single word is the last one."""
    hit = re.search(rf"(?:^|\s)({_PARTICLE}\s+{_WORD})$", name)
    if hit:
        return name[: hit.start()].strip(), hit[1]
    first, _, last = name.rpartition(" ")
    return first, last
