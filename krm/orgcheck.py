"""What the doctor thinks of the org directory: who cannot be reached, which categories nobody answers for."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from classify.anlage3 import Anlage3
from classify.units import answers_for
from ingest.office import Office, Person, Unit
from krm.findings import Findings, ill, note, well

DIGITS = 3
"""Fewer than these make no telephone number (an extension is the shortest)."""


def org(office: Office, taxonomy: Anlage3) -> Findings:
    """One finding for each kind of gap; the directory itself last."""
    yield from _telephones(office)
    yield from _domains(office)
    yield from _shared_addresses(office)
    yield from _categories(office, taxonomy)
    yield from _stand_ins(office)
    if not office.security:
        yield note("org", "Bei Gefahr für Menschen ist keine Stelle für Sicherheit genannt ([org.security]).")
    if not office.access:
        yield note("org", "Niemand darf auf diesem Rechner Inhalte ansehen ([[org.access]] fehlt).")
    if not office.file_reference:
        what = "Es ist kein Aktenzeichen genannt: Formular und Vorgang tragen nur die KRM-Nummer."
        yield note("org", what, "Falls die Ablage eines hat, bitte bei „file_reference“ in [org] eintragen.")
    people, units = len(office.people()), len(office.units)
    yield well("org", f"Verzeichnis: {people} Personen und Stellen, {units} Teams, {len(office.areas)} Bereiche.")


def _telephones(office: Office) -> Findings:
    """The acknowledgement names a telephone number (GA 3.5.1)."""
    for person in office.officers():
        if sum(c.isdigit() for c in person.telephone) < DIGITS:
            what = f"„{person.id}“ hat keine Telefonnummer, die man wählen kann."
            yield ill("org", what, "Sie steht auf jeder Eingangsbestätigung: bitte bei „telephone“ eintragen.")


def _domains(office: Office) -> Findings:
    if not office.domains:
        what = "Es ist keine Mail-Domain des Hauses genannt."
        yield ill("org", what, "Bitte „domains“ in [org] ausfüllen: Daran erkennt krm-bot Post aus dem Haus.")
        return
    guests = [p.id for p in (office.security, office.data_protection, office.supervising_body) if p]
    outside = [p.id for p in office.people() if p.address.rpartition("@")[2] not in office.domains]
    if staff := [i for i in outside if i not in guests]:
        what = f"Die Adressen dieser Personen liegen in keiner Domain des Hauses: {', '.join(staff)}."
        yield ill("org", what, "Bitte die Adressen berichtigen oder „domains“ in [org] ergänzen.")
    if others := [i for i in outside if i in guests]:
        yield note("org", f"Diese Stellen bekommen Post außerhalb des Hauses: {', '.join(others)}.")


def _shared_addresses(office: Office) -> Findings:
    by_address: defaultdict[str, list[str]] = defaultdict(list)
    for person in office.people():
        by_address[person.address].append(person.id)
    for ids in by_address.values():
        if len(ids) > 1:
            what = f"Dieselbe Adresse haben {', '.join(ids)}; Antworten von dort gelten als von „{ids[0]}“."
            yield note("org", what, "Ist es dieselbe Person, bitte überall dieselbe id verwenden.")


def _categories(office: Office, taxonomy: Anlage3) -> Findings:
    known = [c.id for c in taxonomy.categories]
    for unit in office.units:
        if strangers := [own for own in unit.categories if not any(answers_for([own], c) for c in known)]:
            what = f"Team {unit.id}: Diese Kategorien gibt es im Kontaktformular nicht: {', '.join(strangers)}."
            yield ill("org", what, "Bitte berichtigen; ein Anfang wie „eingangszone.“ endet mit einem Punkt.")
    if not office.units:
        yield note("org", "Es ist noch kein Team genannt ([[org.unit]]); krm-bot kann keines vorschlagen.")
        return
    open_ones = [c for c in known if not any(answers_for(u.categories, c) for u in office.units)]
    if open_ones:
        what = f"Für diese Kategorien ist kein Team zuständig: {', '.join(_grouped(open_ones, known))}."
        yield note("org", what, "Bitte bei „categories“ eines Teams ergänzen; sonst wählt die beauftragte Person.")


def _grouped(some: list[str], known: list[str]) -> list[str]:
    """Ids, but `kommunal.` where the whole group is among them."""
    missing, whole = Counter(map(_group, some)), Counter(map(_group, known))
    return list(dict.fromkeys(_group(c) if missing[_group(c)] == whole[_group(c)] else c for c in some))


def _group(category: str) -> str:
    return category.partition(".")[0] + "."


def _stand_ins(office: Office) -> Findings:
    for kind, alone in (("Teams", _alone(office.units)), ("Bereiche", [a.id for a in office.areas if not a.deputy])):
        if alone:
            yield note("org", f"Diese {kind} haben eine Leitung ohne Vertretung: {', '.join(alone)}.")
    for unit in office.units:
        if _one(unit.lead, unit.deputy):
            yield ill("org", f"Team {unit.id}: Leitung und Vertretung sind dieselbe Person.", "Bitte berichtigen.")


def _alone(units: Iterable[Unit]) -> list[str]:
    return [u.id for u in units if not u.deputy]


def _one(lead: Person, deputy: Person | None) -> bool:
    return deputy is not None and (lead.id == deputy.id or lead.address == deputy.address)
