"""Who handles a Case now: asked again whenever something of it changes, since people are away, named or passed over."""

from dataclasses import replace

from ingest.office import Office, Person, Unit
from krm.bot import Bot
from notify.recipients import complained_about, in_charge
from store.case import FIRST_STAGE, Assignment, Case, Kind, State


def assigned(bot: Bot, case: Case, absent: frozenset[str]) -> Case:
    """The Case with whoever handles it and its parts at its stage (GA 3.7); as it was where that still holds."""
    first = next((r for r in case.reactions if r.kind is Kind.FIRST), None)
    coding = first.coding if first else None
    if coding is None or case.state is not State.OPEN:
        return case
    out = complained_about(case, bot.office, bot.taxonomy).people
    whole = bot.office.unit(coding.unit)
    if whole is not None:
        case = _put_to(bot, case, whole, out, absent)
    for unit in filter(None, map(bot.office.unit, coding.parts)):
        case = _part_put_to(bot, case, unit, out, absent)
    return case


def _put_to(bot: Bot, case: Case, unit: Unit, out: frozenset[str], absent: frozenset[str]) -> Case:
    held = case.assignment
    person = in_charge(unit, bot.office, out, level=case.stage or FIRST_STAGE, absent=absent)
    if person is None or (held and not _stale(case, held, unit, person, out | absent)):
        return case
    return _with(case, Assignment(unit.id, person.id, bot.now()))


def _stale(case: Case, held: Assignment, unit: Unit, person: Person, cannot: frozenset[str]) -> bool:
    """Another unit, a stage begun since (each is a matter of its own, a reopening too), or somebody who cannot."""
    begun = bool(case.stages) and case.stages[-1].since > held.since
    return begun or held.unit != unit.id or (held.person in cannot and held.person != person.id)


def _part_put_to(bot: Bot, case: Case, unit: Unit, out: frozenset[str], absent: frozenset[str]) -> Case:
    held = next((a for a in reversed(case.assignments) if a.part and a.unit == unit.id), None)
    person = in_charge(unit, bot.office, out, absent=absent)
    if person is None or (held and held.person not in out | absent):
        return case
    return _with(case, Assignment(unit.id, person.id, bot.now(), part=True))


def _with(case: Case, assignment: Assignment) -> Case:
    return replace(case, assignments=(*case.assignments, assignment))


def still_handles(office: Office, case: Case, person: Person) -> bool:
    """Whether the Case lies with this person, with somebody they stand in for or are above; or with nobody yet."""
    held = [p for key in case.handlers if (p := office.person(key))]
    may = {other.id for p in held for other in office.stand_ins(p)}
    may |= {p.id for key in case.handlers for p in above(office, key)}
    return not case.handlers or person.id in may


def above(office: Office, person: str) -> tuple[Person, ...]:
    """Area heads and management over whoever handles a Case: they may say what the team lead may (conversation.md)."""
    areas = {u.area for u in office.units if person in (u.lead.id, u.deputy.id if u.deputy else "")}
    heads = [p for a in office.areas if a.id in areas or person == a.head.id for p in (a.head, a.deputy) if p]
    return (*heads, *office.management)
