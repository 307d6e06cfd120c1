"""Nouns of the office: who sits where and who stands in for whom (settled in krm.toml, section [org])."""

from dataclasses import dataclass
from enum import StrEnum

from ingest.message import spelled


class Role(StrEnum):
    """In what capacity somebody acts; the value goes into the journal."""

    OFFICER = "officer"
    DEPUTY = "deputy"
    TEAM_LEAD = "team_lead"
    AREA_HEAD = "area_head"
    MANAGEMENT = "management"
    FRONT_OFFICE = "front_office"
    LEGAL_OFFICE = "legal_office"
    SECURITY = "security"
    DATA_PROTECTION = "data_protection"
    SUPERVISING_BODY = "supervising_body"
    EMPLOYEE = "employee"
    CITIZEN = "citizen"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, or a post, of the office. `id` is stable and names nobody (e.g. "tl-514"): it goes into the journal."""

    id: str
    name: str
    address: str
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    id: str
    name: str
    head: Person
    deputy: Person | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A team: `categories` (ids, or a prefix such as "kommunal.") and `sites` it answers for, names of its `staff`."""

    id: str
    name: str
    area: str
    lead: Person
    deputy: Person | None = None
    categories: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Access:
    """Who may read content on the command line: an OS user and the person behind it (GA 3.3)."""

    user: str
    person: str


@dataclass(frozen=True, slots=True)
class Office:
    """The whole org directory.

    `address` is the bot's mailbox. `domains` are the house's mail domains; `listed` addresses of web forms and
    scanners whose mail is content and whose address is never answered; `servers` are the names of the house's own mail
    servers, whose Received lines prove a first arrival; `privacy_url` is printed on acknowledgements, `file_reference`
    (Aktenzeichen) on what is filed.
    """

    name: str
    address: str
    officer: Person
    deputy: Person
    management: tuple[Person, ...]
    front_office: Person
    legal_office: Person
    areas: tuple[Area, ...] = ()
    units: tuple[Unit, ...] = ()
    security: Person | None = None
    data_protection: Person | None = None
    supervising_body: Person | None = None
    domains: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    access: tuple[Access, ...] = ()
    servers: tuple[str, ...] = ()
    privacy_url: str = ""
    postal_address: str = ""
    file_reference: str = ""

    def unit(self, unit_id: str) -> Unit | None:
        return next((u for u in self.units if u.id == unit_id), None)

    def area(self, area_id: str) -> Area | None:
        return next((a for a in self.areas if a.id == area_id), None)

    def officers(self) -> tuple[Person, Person]:
        return (self.officer, self.deputy)

    def people(self) -> tuple[Person, ...]:
        """Everybody the bot may write to in the house, each once, officer and deputy first."""
        found: dict[str, Person] = {}
        seats = (self.officer, self.deputy, *self.management, self.front_office, self.legal_office)
        posts = (self.security, self.data_protection, self.supervising_body)
        heads = tuple(p for a in self.areas for p in (a.head, a.deputy))
        leads = tuple(p for u in self.units for p in (u.lead, u.deputy))
        for person in (*seats, *heads, *leads, *posts):
            if person is not None:
                found.setdefault(person.id, person)
        return tuple(found.values())

    def person(self, key: str) -> Person | None:
        """By id or address; None if nobody."""
        wanted = spelled(key)
        return next((p for p in self.people() if wanted in (p.id.lower(), spelled(p.address))), None)

    def stand_ins(self, person: Person) -> tuple[Person, ...]:
        """Who may answer in `person`'s place, the person included (conversation.md): each other's deputies."""
        if person.id in (self.officer.id, self.deputy.id):
            return self.officers()
        pairs = [(u.lead, u.deputy) for u in self.units] + [(a.head, a.deputy) for a in self.areas]
        others = [other for pair in pairs if person in pair for other in pair if other is not None]
        return tuple(dict.fromkeys((person, *others)))
