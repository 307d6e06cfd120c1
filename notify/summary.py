"""A Case in a few words: where it stands, what happened, the fields of its form. Pure."""

from collections.abc import Iterable
from datetime import datetime

from classify.anlage3 import Anlage3
from classify.coding import Coding
from ingest.office import Office
from notify.deadlines import local_day
from notify.letters import moment, short_day
from notify.phrases import CAME, LETTER_NAMES, SAID, STATES, WENT
from store.case import Case, Kind

TALK = frozenset({"receipt", "unclear", "help", "status", "refused"})
"""Letters that only answer a reply: they say nothing of the Case."""


def facts(case: Case, office: Office, taxonomy: Anlage3) -> tuple[tuple[str, str], ...]:
    """Where a Case stands, as rows (field, value)."""
    reaction = case.reactions[0]
    coding = reaction.coding
    person = office.person(case.handler)
    name = taxonomy.name
    rows = (
        ("Nummer", str(case.number) if case.number else "noch keine"),
        ("Stand", STATES[case.state]),
        ("Art", name(coding.type) if coding else "noch nicht bestätigt"),
        ("Kategorien", "; ".join(name(c.category) for c in case.concerns)),
        ("Zuständig", person.name if person else ""),
        ("Stufe", str(case.stages[-1].level) if case.stages else ""),
        ("Zugesagte Antwort", short_day(answer) if (answer := case.day("answer")) else ""),
        ("Eingangsbestätigung", moment(reaction.acknowledged) if reaction.acknowledged else "noch nicht"),
    )
    return tuple((field, value) for field, value in rows if value)


def history(case: Case) -> tuple[tuple[datetime, str], ...]:
    """What happened, oldest first: arrivals and letters."""
    came = [(r.arrived, CAME[r.kind]) for r in case.reactions]
    kept = [d for d in case.dispatches if d.duty not in TALK]
    went = [(d.at, f"{LETTER_NAMES.get(d.duty, d.duty)}: {WENT[d.state]}") for d in kept if d.at]
    said = [(m.at, SAID[m.said]) for m in case.marks if m.said in SAID]
    stages = [(s.since, f"Stufe {s.level}") for s in case.stages]
    return tuple(sorted(came + went + said + stages))


def codings(case: Case) -> tuple[Coding, ...]:
    """What is recorded of its reactions, the first one's first: the form of a Case has all of it."""
    reactions = sorted(case.reactions, key=lambda r: r.kind is not Kind.FIRST)
    return tuple(r.coding for r in reactions if r.coding and not r.outside and r.kind is not Kind.DUPLICATE)


def form(case: Case, office: Office, taxonomy: Anlage3) -> tuple[tuple[str, str], ...]:
    """The fields of Anlage 3 in the form's order, as recorded; empty ones left out."""
    reaction, known = case.reactions[0], codings(case)
    if not known:
        return ()
    given = reaction.form.content if reaction.form else None

    def named(ids: Iterable[str]) -> str:
        return "; ".join(dict.fromkeys(taxonomy.name(i) for i in ids if i))

    rows = (
        ("Name", given.name if given and given.name else reaction.sender.name),
        ("Anschrift", ", ".join(given.postal[1:]) if given and given.name else ""),
        ("E-Mail", reaction.sender.address),
        ("Telefon", given.phone if given else ""),
        ("Eingangsdatum", short_day(local_day(reaction.arrived))),
        ("Eingang bei", str(reaction.brought_by) if reaction.brought_by else ""),
        ("Art der Reaktion", named(c.type for c in known)),
        ("Form der Reaktion", named(c.form for c in known)),
        ("Kundengruppe", named(c.customer_group for c in known)),
        ("Betroffene Org.-Einheit", "; ".join(units(known, office))),
        ("Kategorien", named(category for c in known for category in c.categories)),
    )
    return tuple((field, value) for field, value in rows if value)


def units(known: Iterable[Coding], office: Office) -> tuple[str, ...]:
    """The names of the units these concern, each once."""
    found = (office.unit(key) for c in known for key in (c.unit, *c.parts))
    return tuple(dict.fromkeys(u.name for u in found if u))
