"""Measures that were agreed (GA 3.4, 3.9) and what came of them: their category group before and after. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from classify.anlage3 import Anlage3
from classify.coding import Text
from classify.pseudonyms import Acquainted, pseudonymised
from ingest.office import Office, Role
from krm.chance import LEVEL, Counted, fallen, holm
from krm.hiding import cell
from krm.report import Period, Stock, category_group
from krm.roles import role_of
from notify.deadlines import local_day
from notify.evaluation import BEYOND, NONE, PERHAPS, Cell, Measure, days_of, following
from store.case import Case, Mark, Said

MOST_MONTHS = 6
"""So many months before and after are looked at."""
RUNS, TOO_EARLY = "läuft noch", "noch kein ganzer Monat danach"
FEWER, NOT_FEWER = "seltener, {}", "nicht seltener"
SOMEBODY = "…"
PLACEHOLDER = "[NAME]"
ROLES = {
    Role.OFFICER: "KRM-beauftragte Person",
    Role.DEPUTY: "Vertretung im KRM",
    Role.MANAGEMENT: "Geschäftsführung",
    Role.LEGAL_OFFICE: "Rechtsbehelfsstelle",
    Role.FRONT_OFFICE: "Vorzimmer der Geschäftsführung",
}


@dataclass(frozen=True, slots=True)
class _Effect:
    before: Cell
    after: Cell
    verdict: str  # with a place for what the test says
    p: float | None = None


def measures(known: Iterable[Case], stock: Stock, taxonomy: Anlage3, office: Office) -> list[Measure]:
    """Of these Cases, by the day they are to be done."""
    agreed = [(c, m) for c in known if c.concerns for m in c.marked(Said.MEASURE)]
    agreed = [(c, m) for c, m in agreed if local_day(m.at) < stock.period.ends]
    rows = sorted(((m.day or local_day(m.at), n, c, m) for n, (c, m) in enumerate(agreed)), key=lambda row: row[:2])
    named = {category.id: category.group for category in taxonomy.categories}
    groups = [named.get(key := c.concerns[0].category, key) for _, _, c, _ in rows]
    effects = [
        _Looked(stock, taxonomy, group).effect(m, until) for (until, _, _, m), group in zip(rows, groups, strict=True)
    ]
    corrected = iter(holm([e.p for e in effects if e.p is not None]))
    found = []
    for (until, _, case, mark), group, e in zip(rows, groups, effects, strict=True):
        chance = "" if e.p is None else BEYOND if next(corrected) < LEVEL else PERHAPS
        owner = role_name(mark.about, office)
        said = e.verdict.format(chance)
        found.append(Measure(nameless(mark.text, case, office), owner, until, group, e.before, e.after, said))
    return found


@dataclass(frozen=True, slots=True)
class _Looked:
    """One category group, month by month."""

    stock: Stock
    taxonomy: Anlage3
    group: str

    def effect(self, mark: Mark, until: date) -> _Effect:
        """Whole months before it was agreed, against whole months after it was to be done."""
        agreed, began = Period(local_day(mark.at).replace(day=1)), self.stock.began
        before = [p for n in range(1, MOST_MONTHS + 1) if began and (p := agreed.earlier(n)).first >= began]
        over = min(self.stock.period.ends, self.stock.today)
        after = [Period(following(until.replace(day=1), n)) for n in range(1, MOST_MONTHS + 1)]
        after = [p for p in after if p.ends <= over]
        was, since = self._count(before), self._count(after)
        means = _mean(was, before), _mean(since, after)
        if until >= over:
            return _Effect(*means, RUNS)
        if not before or not after:
            return _Effect(*means, NONE if after else TOO_EARLY)
        if since.count * was.days >= was.count * since.days:
            return _Effect(*means, NOT_FEWER)
        return _Effect(*means, FEWER, fallen(since, was))

    def _count(self, months: Sequence[Period]) -> Counted:
        of = category_group(self.taxonomy)
        found = sum(of(a) == self.group for p in months for a in self.stock.of(p))
        return Counted(found, sum(days_of(p.first) for p in months))


def _mean(counted: Counted, months: Sequence[Period]) -> Cell:
    return cell(round(counted.count / len(months))) if months else NONE


def role_name(person_id: str, office: Office) -> str:
    """A person as the report names them: by what they are, never by name."""
    person = office.person(person_id)
    for unit in office.units:
        if person in (unit.lead, unit.deputy):
            return f"Teamleitung {unit.name}"
    for area in office.areas:
        if person in (area.head, area.deputy):
            return f"Bereichsleitung {area.name}"
    return ROLES.get(role_of(office, person), "eine Stelle im Haus") if person else "eine Stelle im Haus"


def nameless(text: str, case: Case, office: Office) -> str:
    """Words of the house without the names that are known or look like names."""
    staff = (*office.staff, *(n for u in office.units for n in u.staff), *(p.name for p in office.people()))
    names = (*staff, *(r.sender.name for r in case.reactions if r.sender.name))
    clean = pseudonymised(Text("", "", "", " ".join(text.split())), Acquainted(names)).body
    return clean.replace(PLACEHOLDER, SOMEBODY)
