"""What happens in stories about retention: Cases come and are closed, nights pass, traces are looked for."""

import re
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from ingest.office import Role
from krm import offering, retaining
from krm.bot import Retention
from krm.retaining import Keeper, Outcome
from notify.deadlines import local_day
from notify.retention import Periods, bound
from store import cases
from store.database import Database
from store.tables import metadata
from tests.office import CITIZEN, OFFICER, Received, Story, judged

SECRETS = ("Erika", "Muster", CITIZEN, "Brandmelder", "Rückenschmerzen", "Warteschlange", "Frau M. war zufrieden")
ERIKA = f"Erika Muster <{CITIZEN}>"
COMPLAINT = "Guten Tag, ich habe mit Rückenschmerzen zwei Stunden unter dem Brandmelder gewartet. Erika Muster"
OTHER = "Guten Tag, niemand hebt bei Ihnen das Telefon ab. Nils Nachbar"


def tidy(database: Database) -> Story:
    """An office that deletes by itself what needs no word. Letters are not what these stories are about."""
    database.upgrade()
    story = Story(database)
    story.bot = replace(story.bot, retention=Retention(Periods(), automatic=True))
    return story


def asked(story: Story, body: str = COMPLAINT, *, sender: str = ERIKA, **fields: str) -> Received:
    story.arrives(body, sender=sender, subject=fields.pop("subject", "Brandmelder, Warteschlange"), **fields)
    story.passes()
    found = story.letter(OFFICER, "confirmation_request")
    story._unread.clear()
    return found


def says(story: Story, letter: Received, words: str) -> Received:
    story.replies(letter, words)
    story.passes()
    receipt = story.letter(OFFICER, "receipt")
    story._unread.clear()
    return receipt


def closed(story: Story, word: str = "Frau M. war zufrieden", **fields: str) -> Received:
    """Recorded and closed at once; gives the last receipt."""
    return says(story, says(story, asked(story, **fields), "ok"), f"Erledigt: {word}")


def night(story: Story, day: str) -> Outcome:
    story.until(f"{day} 01:15")
    return retaining.tonight(story.bot)


def morning(story: Story, day: str) -> None:
    story.until(f"{day} 07:30")
    story.passes()


def offered(story: Story) -> list[str]:
    with story.database.transaction() as connection:
        found = offering.offer(connection, Periods(), (OFFICER.id, Role.OFFICER), story.bot.now())
    return [c.fact.shown for c in found]


def keeper(story: Story) -> Keeper:
    return Keeper(story.database, story.mailbox, story.office, Periods(), story.bot.now)


def begun(story: Story, *keys: str) -> None:
    """The officer's word, noted."""
    with story.database.transaction() as connection:
        known = [found for key in keys if (found := cases.find(connection, key))]
        facts = retaining.facts(connection, known)
        assert [bound(facts[c.id], Periods(), local_day(story.now)) for c in known] == [None] * len(keys)
        chosen = [retaining.Candidate(facts[c.id], c.arrived, c) for c in known]
        retaining.begin(connection, chosen, OFFICER, story.office, story.bot.now())


def deleted(story: Story, *keys: str) -> Outcome:
    begun(story, *keys)
    return retaining.finish(keeper(story))


def bound_to(story: Story, key: str) -> str:
    """Why the Case may not be erased today."""
    with story.database.transaction() as connection:
        found = cases.find(connection, key)
        assert found
        why = bound(retaining.facts(connection, [found])[found.id], Periods(), local_day(story.now))
    return why.reason if why else ""


def there(story: Story, key: str) -> bool:
    with story.database.transaction() as connection:
        return cases.find(connection, key) is not None


def traces(story: Story, *words: str) -> list[str]:
    """Where any of these words stands: in the database (its file, byte by byte, where it is one), in the mailbox."""
    found = [name for name, kept in story.mailbox.folders.items() for k in kept.values() if _holds(k.content, words)]
    if story.database.is_sqlite:
        path = Path(str(story.database.url.database))
        files = [path, path.with_name(f"{path.name}-wal")]
        return found + [f.name for f in files if f.exists() and _holds(f.read_bytes(), words)]
    with story.database.transaction() as connection:
        for table in metadata.sorted_tables:
            rows = connection.scalars(text(f"SELECT t::text FROM {table.name} t"))
            found += [table.name for row in rows if _holds(_unhexed(row), words)]
    return found


def _unhexed(row: str) -> bytes:
    """PostgreSQL shows bytes as \\x…"""
    return row.encode() + b"".join(bytes.fromhex(found) for found in re.findall(r"\\x((?:[0-9a-f]{2})+)", row))


def _holds(content: bytes, words: tuple[str, ...]) -> bool:
    return any(word.encode(code) in content for word in words for code in ("utf-8", "latin-1"))


def advert(story: Story) -> None:
    story.judgements["Angebot"] = judged("fremd", (), sure=True)
    story.judgements["Angebot"] = replace(
        story.judgements["Angebot"], types=(replace(story.judgements["Angebot"].types[0], p=0.99),)
    )
    story.arrives("Kaufen Sie Dachrinnen.", sender="Anton Abzocker <anton@spam.example>", subject="Angebot")
    story.passes()
