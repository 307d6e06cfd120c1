"""A recorded Case to begin a story with, and the office's ordinary days around it."""

from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid
from pathlib import Path

from ingest.office import Person
from store import cases, which
from store.case import Case
from tests.office import CITIZEN, DEPUTY, KRM, LEAD_515, MANAGER, OFFICER, Received, Story

DOCUMENTS = Path(__file__).parent.parent / "documents"
WAITED = "Guten Tag, ich habe gestern zwei Stunden gewartet. Das geht so nicht."
LETTER = """Sehr geehrte Frau Muster,

es tut uns leid, dass Sie am 22. November zwei Stunden warten mussten.
An diesem Tag waren zwei Kolleginnen krank. Wir haben nun mehr Menschen am Empfang.
Sie müssen nichts weiter tun. Haben Sie Fragen? Rufen Sie bitte Frau Krause an, Telefon 0381 514."""
EVERYDAY = ("digest", "report")
"""Letters of the days that pass, of which a story about one Case says nothing."""


def asked(story: Story, body: str = WAITED, **fields: str) -> Received:
    """A citizen wrote and the officer has the confirmation request."""
    story.arrives(body, **fields)
    story.passes()
    return story.letter(OFFICER, "confirmation_request")


def recorded(
    story: Story, lines: str = "ok", *, to: Person = LEAD_515, citizen: str = CITIZEN, **fields: str
) -> Received:
    """Arrived on Monday 23 November 2026, recorded at once: answer by Monday 7 December. Gives the assignment."""
    story.replies(asked(story, sender=citizen, **fields), lines)
    story.passes()
    story.letter(OFFICER, "receipt")
    story.letter(citizen, "acknowledgement")
    return story.letter(to, "assignment")


def the_case(story: Story) -> Case:
    with story.database.transaction() as connection:
        (case_id,) = which.all_ids(connection, only_open=False)
        return cases.load(connection, [case_id])[case_id]


def at(story: Story, local: str) -> None:
    """The day goes on until then; what the ordinary day brings is laid aside."""
    story.until(local)
    story.passes()
    aside(story, *EVERYDAY)


def aside(story: Story, *duties: str) -> None:
    for person in (OFFICER, DEPUTY, MANAGER):
        for duty in duties:
            with suppress(AssertionError):
                story.letter(person, duty)


def says(story: Story, letter: Received, body: str, *, sender: str = "") -> Received:
    """Somebody of the house answers a letter and gets the receipt."""
    story.replies(letter, body, sender=sender)
    story.passes()
    return story.letter(sender or letter.to, "receipt")


def is_asked_back(story: Story, letter: Received, body: str, *, sender: str = "") -> str:
    """The answer cannot be carried out: nothing changed, and that is said. Gives the words."""
    before = the_case(story)
    story.replies(letter, body, sender=sender)
    story.passes()
    after = the_case(story)
    assert (after.marks, after.stages, after.clocks, after.state) == (
        before.marks,
        before.stages,
        before.clocks,
        before.state,
    )
    return " ".join(story.letter(sender or letter.to, "unclear").text.split())


def hands_in(story: Story, letter: Received, *files: str, body: str = "Antwort", name: str = "") -> None:
    """A reply with documents attached."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = letter.to, KRM, f"AW: {letter.subject}"
    mail["Message-ID"], mail["In-Reply-To"] = make_msgid(domain="house.example"), str(letter.mail["Message-ID"])
    mail.set_content(body)
    for file in files:
        content = (DOCUMENTS / file).read_bytes()
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name or file)
    story.raw_arrives(mail.as_bytes())
    story.passes()


def answered(story: Story, assignment: Received, *, lines: str = "Freigabe") -> Received:
    """The team lead's letter was released and lies printed with the officer; gives that letter."""
    says(story, assignment, f"Antwort\n\n{LETTER}")
    released = story.letter(OFFICER, "release_request")
    says(story, released, lines)
    story.letter(MANAGER, "answer_copy")
    return story.letter(OFFICER, "to_print")
