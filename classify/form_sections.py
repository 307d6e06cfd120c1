"""The labels of a contact form (GA Anlage 3) as people write them, and what stands behind each. Pure."""

import re
from collections.abc import Sequence

from classify.contact_form import SETTLED, WORDS
from classify.form_marks import EMPTY, TICKED

_TITLE = re.compile(
    r"anregungen\s+und\s+beschwerden\s+der\s+kundinnen\s+und\s+kunden|\bdatenerhebung\b|\banlage\s+3\b|\bkontaktformular\b",
    re.IGNORECASE,
)
SETTLED_LABELS = (SETTLED, "Am gleichen Tag geklärt", "Sofort geklärt", "Am selben Tag erledigt")
_FEWEST = {True: 2, False: 5}
_NEEDED = {True: {"type", "arrived", "last_name"}, False: {"type"}}
"""So many labels make a text a form, with and without its title, and one of these: a signature has labels, too."""

LABELS: dict[str, tuple[str, ...]] = {
    "sex": ("Geschlecht",),
    "title": ("Titel",),
    "first_name": ("Vorname", "Vornamen"),
    "particle": ("Vorsatzwort",),
    "last_name": ("Familienname", "Nachname", "Name"),
    "street": ("Straße/Haus-Nr.", "Straße/Hausnr.", "Straße, Hausnummer", "Straße/Hausnummer", "Straße", "Strasse"),
    "po_box": ("PF", "Postfach"),
    "postcode": ("Postleitzahl", "PLZ"),
    "town": ("Ort", "Wohnort"),
    "email": ("E-Mail-Adresse", "E-Mail", "Email", "Mail"),
    "phone": ("Telefon Nr.", "Telefon-Nr.", "Telefonnummer", "Telefon", "Tel."),
    "fax": ("Telefax Nr.", "Telefax-Nr.", "Telefax", "Fax"),
    "arrived": ("Eingangsdatum", "Eingang am", "Eingang", "Datum"),
    "type": ("Art der Reaktion", "Art der Kundenreaktion", "Art"),
    "form": ("Form der Reaktion", "Form der Kundenreaktion", "Form"),
    "customer_group": ("Kundengruppe",),
    "unit": (
        "Betroffene Org.-Einheit",
        "Betroffene Organisationseinheit",
        "Org.-Einheit",
        "Organisationseinheit",
        "Team",
    ),
    "categories": ("Kategorien", "Kategorie"),
    "order": ("Verfügung",),
    "words": (WORDS, "Anliegen", "Sachverhalt", "Schilderung", "Bemerkungen", "Bemerkung"),
}
"""Field -> how its label is written; the form's own wording first."""
_SECOND = ("first_name", "last_name", "postcode", "fax", "phone")
"""Fields that may stand second on a line."""
_APART = ("town", "email")
"""Fields that stand second only behind a slash, a comma or a gap: their words stand in values too."""
_PLAIN = ("type", "form", "customer_group", "unit")
"""Fields whose label, in the form's own wording, may stand anywhere on a line: readers of files join lines."""
_SEVERAL_LINES = ("sex", "type", "form", "customer_group", "categories", "words")
_FILLERS = re.compile(r"_{2,}|\.{3,}|…|Tag der Reaktion, TT\.MM\.JJJJ")
_NOTHING = re.compile(r"[\s_.:·\-–—/]*|keine?|unbekannt|nicht bekannt|entfällt|k\.\s?a\.", re.IGNORECASE)
_SETTLED = re.compile(
    rf"(?P<before>{TICKED})?\s{{0,9}}(?:{EMPTY})?\s{{0,9}}(?P<label>{'|'.join(SETTLED_LABELS)})\s{{0,9}}:?\s{{0,9}}"
    rf"(?P<after>ja\b|{TICKED})?",
    re.IGNORECASE,
)


def sections(text: str) -> dict[str, str]:
    """Field -> what stands behind its label, up to the next one; {} if the text is no contact form.

    The first place of a label counts; behind the account in words none does. `settled` is "ja" or "".
    """
    settled = _SETTLED.search(text)
    form = text[: settled.start()] if settled else text
    hits = [(hit.start(), hit.end(), field) for field, label in _PATTERNS.items() if (hit := label.search(form))]
    account = next((start for start, _, field in hits if field == "words"), len(form))
    hits = sorted(h for h in hits if h[0] <= account)
    titled = bool(_TITLE.search(text))
    if len(hits) < _FEWEST[titled] or not _NEEDED[titled] & {h[2] for h in hits}:
        return {}
    ends = [*(start for start, *_ in hits[1:]), len(form)]
    found = {
        field: form[begin:end] if field in _SEVERAL_LINES else _line(form[begin:end])
        for (_, begin, field), end in zip(hits, ends, strict=True)
    }
    found["settled"] = "ja" if settled and (settled["before"] or settled["after"]) else ""
    return _parted(found)


def value(text: str) -> str:
    """What was written on a line; fillers such as "_____" or "keine" are nothing."""
    line = " ".join(_FILLERS.sub(" ", text).split()).strip(" :;,|")
    return "" if _NOTHING.fullmatch(line) else line


def _line(text: str) -> str:
    """What stands beside the label, else beneath it."""
    return next((line for line in text.split("\n") if value(line)), "")


def _parted(found: dict[str, str]) -> dict[str, str]:
    """Two fields on one line under one label: "PLZ/Ort: 18057 Rostock", "Name, Vorname: Petrenko, Olena"."""
    place = re.fullmatch(r"\s*(\d{5})\s+(\D.*)", found.get("town", ""))
    if place and not value(found.get("postcode", "")):
        found = {**found, "postcode": place[1], "town": place[2]}
    last, comma, first = found.get("first_name", "").partition(",")
    if comma and not value(found.get("last_name", "")):
        found = {**found, "last_name": last, "first_name": first}
    return found


def _pattern(field: str, labels: Sequence[str]) -> re.Pattern[str]:
    words = "|".join(r"\s+".join(map(re.escape, w.split())) for w in sorted(labels, key=len, reverse=True))
    beside = {**dict.fromkeys(_SECOND, r"|(?<=[ \t_/,])"), **dict.fromkeys(_APART, r"|(?<=[/,_\t])[ ]?|(?<=  )")}
    start = rf"(?:^[ \t*#>•|\-]*|(?<=[|][ ]){beside.get(field, '')})"
    plain = rf"|(?<=[ ]){re.escape(next(iter(labels)))}" if field in _PLAIN else ""
    return re.compile(
        rf"(?:{start}(?:{words}){plain})(?=[\s:_*,/|☐☒☑□\[(]|$)[ \t*]*[:|]?[ \t*]*", re.IGNORECASE | re.MULTILINE
    )


_PATTERNS = {field: _pattern(field, labels) for field, labels in LABELS.items()}
