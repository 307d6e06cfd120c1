"""In what capacity somebody of the house acts; what they may say follows from it (conversation.md, Who may what)."""

from ingest.office import Office, Person, Role


def role_of(office: Office, person: Person) -> Role:
    """In what capacity somebody of the house acts: rows in order, the first that holds."""
    rows = (
        (person == office.officer, Role.OFFICER),
        (person == office.deputy, Role.DEPUTY),
        (person in office.management, Role.MANAGEMENT),
        (any(person in (a.head, a.deputy) for a in office.areas), Role.AREA_HEAD),
        (any(person in (u.lead, u.deputy) for u in office.units), Role.TEAM_LEAD),
        (person == office.legal_office, Role.LEGAL_OFFICE),
        (person == office.front_office, Role.FRONT_OFFICE),
    )
    return next((role for held, role in rows if held), Role.EMPLOYEE)
