"""The invented office, its working hours, and who of it is away when."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ingest.office import Area, Office, Person, Unit
from notify.owing import at_local
from notify.workdays import Workdays

HOUSE = "jobcenter.example"
OPENS, CLOSES = time(8), time(16)
WEEK = timedelta(days=7)


def _person(key: str, name: str, telephone: str) -> Person:
    return Person(key, name, f"{key}@{HOUSE}", f"03999 555-{telephone}")


OFFICER = _person("officer", "Sabine Meier", "11")
DEPUTY = _person("deputy", "Tarek Aydin", "12")
MANAGER = _person("gf", "Karin Ahrenshoop", "100")
FRONT_OFFICE = _person("vorzimmer", "Vorzimmer Geschäftsführung", "101")
LEGAL_OFFICE = _person("rechtsbehelf", "Rechtsbehelfsstelle", "700")
SECURITY = _person("sicherheit", "Sicherheitsdienst", "110")
PRIVACY = _person("datenschutz", "Datenschutzstelle", "120")
HEAD_5 = _person("bl-5", "Rolf Steinhagen", "500")
HEAD_6 = _person("bl-6", "Ines Vogelsang", "600")
COLLEAGUES = ("jana.timm@jobcenter.example", "frank.odebrecht@jobcenter.example")

OFFICE = Office(
    name="Jobcenter Musterhafen",
    address=f"krm@{HOUSE}",
    officer=OFFICER,
    deputy=DEPUTY,
    management=(MANAGER,),
    front_office=FRONT_OFFICE,
    legal_office=LEGAL_OFFICE,
    security=SECURITY,
    data_protection=PRIVACY,
    areas=(Area("5", "Leistung", HEAD_5), Area("6", "Markt und Integration", HEAD_6)),
    units=(
        Unit(
            "514",
            "Team 514 Leistung",
            "5",
            _person("tl-514", "Ute Krausnick", "514"),
            _person("tl-514-v", "Bernd Mallow", "524"),
            categories=("grundsicherung.", "kommunal.", "rechtsschutz."),
        ),
        Unit(
            "601",
            "Team 601 Eingangszone",
            "6",
            _person("tl-601", "Olaf Brandenburger", "601"),
            categories=("eingangszone.", "organisation."),
        ),
        Unit(
            "602",
            "Team 602 Vermittlung",
            "6",
            _person("tl-602", "Heike Sommerfeld", "602"),
            _person("tl-602-v", "Dirk Lewerenz", "612"),
            categories=("arbeitsvermittlung.", "ausbildungsvermittlung.", "massnahmen.", "eingliederung."),
        ),
    ),
    domains=(HOUSE,),
    listed=(f"scanner@{HOUSE}",),
    privacy_url=f"https://{HOUSE}/datenschutz",
    postal_address="Speicherstraße 1, 00000 Musterhafen",
)


def post_of(person: Person) -> str:
    """The row of habits a person lives by."""
    leads = {p.id for u in OFFICE.units for p in (u.lead, u.deputy) if p}
    rows = (
        (person.id == OFFICER.id, "officer"),
        (person.id == DEPUTY.id, "deputy"),
        (person.id in (HEAD_5.id, HEAD_6.id), "area_head"),
        (person.id in leads, "lead"),
        (person.id == MANAGER.id, "management"),
        (person.id == SECURITY.id, "security"),
    )
    return next((post for held, post in rows if held), "silent")


def at_work(moment: datetime, hours: float, workdays: Workdays) -> datetime:
    """So many working hours after this moment."""
    left = timedelta(hours=hours)
    while True:
        day = moment.date()
        begin, end = at_local(day, OPENS), at_local(day, CLOSES)
        if workdays.working(day) and moment < end:
            moment = max(moment, begin)
            if moment + left < end:
                return moment + left
            left -= end - moment
        moment = at_local(day + timedelta(days=1), OPENS)


@dataclass(frozen=True, slots=True)
class Leaves:
    """Weeks in which somebody is away, as (first day, first day back) by person id."""

    of: Mapping[str, tuple[tuple[date, date], ...]]

    def back(self, person: str, moment: datetime) -> datetime | None:
        """The morning somebody who is away at this moment comes back; None for whoever is there."""
        ends = [e for b, e in self.of.get(person, ()) if b <= moment.date() < e]
        return at_local(max(ends), OPENS) if ends else None


AWAY = ((3, ("officer", "deputy", "lead", "area_head")),)
"""Weeks a year and who takes them; officer and deputy never together."""


def leaves(begin: date, until: date, chance: random.Random) -> Leaves:
    """Everybody's weeks of leave, Monday to Monday."""
    monday = begin - timedelta(days=begin.weekday())
    weeks = [monday + n * WEEK for n in range(1, max(2, (until - begin) // WEEK))]
    taken: dict[str, tuple[tuple[date, date], ...]] = {}
    for count, posts in AWAY:
        for person in OFFICE.people():
            if post_of(person) not in posts:
                continue
            free = [w for w in weeks if person.id != DEPUTY.id or (w, w + WEEK) not in taken[OFFICER.id]]
            chosen = chance.sample(free, min(len(free), max(1, round(count * len(weeks) / 52))))
            taken[person.id] = tuple((w, w + WEEK) for w in sorted(chosen))
    return Leaves(taken)
