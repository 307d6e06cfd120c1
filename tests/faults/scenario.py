"""The drill's story: a dozen mails and an hour's wait, in three acts; each mail takes a way of its own."""

from datetime import timedelta

from sqlalchemy import select

from store import outbox
from store.tables import letters
from tests.faults.world import Ended, World
from tests.office import Received

WAITED = "Guten Tag, ich habe gestern zwei Stunden am Schalter gewartet. Das geht so nicht."
RUDE = "Die Kollegin am Telefon war sehr unfreundlich und hat mich angeschrien. Ich beschwere mich."
PRAISE = (
    "Guten Tag, ich möchte mich bei Frau Sommer bedanken. Sie war sehr freundlich und hat mir geholfen. Großes Lob!"
)
OBJECTION = (
    "Sehr geehrte Damen und Herren, am Telefon war man unhöflich. Gegen den Bescheid vom 2. November lege ich hiermit "
    "Widerspruch ein."
)
AGAIN = "Guten Tag, ich warte noch immer auf eine Antwort zu meiner Beschwerde."
AWAY = "Ich bin bis zum 30. November nicht im Büro."
UNREADABLE = b"Subject: x\r\n" + b"X-Filler: y\r\n" * 20_000 + b"\r\nHilfe"
ERIKA, HANS, MARIA, KARL = (f"{name}@mail.example" for name in ("erika", "hans", "maria", "karl"))
ACTS = 3


def act(world: World, number: int) -> None:
    """What arrives before the passes of this act."""
    (_arrivals, _answers, _held_back)[number](world)


def _arrivals(world: World) -> None:
    """First complaints, one of them sent again and one brought twice by the server; praise, a remedy, two oddities."""
    world.arrives(WAITED, sender=ERIKA, subject="Warten")
    world.arrives(WAITED, sender=ERIKA, subject="Warten", To="poststelle@jobcenter.example")
    world.arrives(RUDE, sender=HANS, subject="Telefon")
    world.arrives_raw(world.put[-1])
    world.arrives(PRAISE, sender=MARIA, subject="Danke")
    world.arrives(OBJECTION, sender=KARL, subject="So geht das nicht")
    world.arrives(AWAY, sender=MARIA, subject="Abwesend", Auto_Submitted="auto-replied")
    world.arrives_raw(UNREADABLE)


def _answers(world: World) -> None:
    """The officer confirms two, answers one with nonsense; a citizen writes again."""
    world.replies(request(world, "zwei Stunden am Schalter"), "ok")
    world.replies(request(world, "unfreundlich und hat mich"), "ok")
    world.replies(request(world, "Frau Sommer"), "Kaffee ist alle")
    world.arrives(AGAIN, sender=ERIKA, subject="AW: Warten")


def _held_back(world: World) -> None:
    """Time passes until the acknowledgements go out."""
    world.now += timedelta(hours=1)


def told(world: World, in_act: int, at: int) -> Ended:
    """The whole story, its first pass of one act killed at step `at` (0: never); gives that pass."""
    for number in range(ACTS):
        act(world, number)
        done = world.passes(at if number == in_act else 0)
        if number == in_act:
            disturbed = done
        if number == in_act or number == ACTS - 1:
            world.to_rest()
    return disturbed


def request(world: World, words: str) -> Received:
    """The officer's request about these words, from the outbox: one whose fate is unsure may have come all the same."""
    database = world.database()
    asked = select(letters.c.token).where(letters.c.duty == "confirmation_request", letters.c.recipient == "krm")
    with database.transaction() as connection:
        found = outbox.by_tokens(connection, connection.scalars(asked.order_by(letters.c.id)).all())
    database.close()
    received = [Received(letter.address, letter.content or b"") for letter in found]
    return next(letter for letter in received if words in " ".join(letter.text.replace("\n> ", " ").split()))
