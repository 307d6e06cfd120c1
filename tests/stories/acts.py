"""What happens in most stories, and an office with everybody in it. Letters that a step sets off are read there."""

from dataclasses import replace

from ingest.office import Person
from store import cases, which
from store.case import Case
from tests.office import CITIZEN, DEPUTY, LEAD_515, OFFICE, OFFICER, Received, Story

WAITED = "Guten Tag, ich habe gestern zwei Stunden gewartet. Das geht so nicht."
OTHER = "Guten Tag, niemand hebt bei Ihnen das Telefon ab."
NEIGHBOUR = "nachbar@mail.example"
CLERK = "schulz@jobcenter.example"  # of team 514
STAND_IN_514 = Person("tl-514-v", "Nina Hagedorn", "hagedorn@jobcenter.example", "0381 5141")
PRIVACY = Person("dsb", "Datenschutz", "dsb@jobcenter.example", "0381 900")
SUPERVISION = Person("aufsicht", "Trägerversammlung", "traeger@land.example")
UNIT_514, UNIT_515, UNIT_602 = OFFICE.units
HOUSE = replace(
    OFFICE,
    units=(
        replace(UNIT_514, deputy=STAND_IN_514, staff=("Anna Schulz", "Timo Möller")),
        replace(UNIT_515, staff=("Petra Wiechmann",)),
        UNIT_602,
    ),
    data_protection=PRIVACY,
    supervising_body=SUPERVISION,
    servers=("mx.jobcenter.example",),
)
"""Deputies, names of staff, data protection and supervision besides."""


def asked(story: Story, body: str = WAITED, *, of: Person = OFFICER, **fields: str) -> Received:
    """A citizen wrote and the officer has the confirmation request."""
    story.arrives(body, **fields)
    story.passes()
    return story.letter(of, "confirmation_request")


def answered(story: Story, request: Received, words: str = "ok") -> Received:
    """Whoever decides answers and gets a receipt; what else goes out is left to the story."""
    story.replies(request, words)
    story.passes()
    return story.letter(request.to, "receipt")


def confirmed(
    story: Story, request: Received, words: str = "ok", *, to: str = CITIZEN, lead: Person = LEAD_515
) -> Received:
    """The officer's word, with everything it sets off; gives the acknowledgement."""
    answered(story, request, words)
    story.letter(lead, "assignment")
    return story.letter(to, "acknowledgement")


def digests(story: Story, local: str) -> Received:
    """That morning's digest of officer and deputy, the officer's given."""
    story.until(local)
    story.passes()
    story.letter(DEPUTY, "digest")
    return story.letter(OFFICER, "digest")


def case(story: Story, key: str = "") -> Case:
    """The Case of this number or id, or the only one."""
    with story.database.transaction() as connection:
        found = cases.find(connection, key or which.all_ids(connection, only_open=False)[0])
    assert found is not None
    return found


def aside(story: Story, *duties: str) -> int:
    """Letters of these kinds are not what this story is about; gives how many there were."""
    left = [r for r in story._unread if r.duty not in duties]
    count, story._unread = len(story._unread) - len(left), left
    return count
