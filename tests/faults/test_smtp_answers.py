"""A server that says no, not now, or nothing, at each verb: what people are told, and that the next passes heal it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import select

from krm import checkups
from krm.bot import Rhythm
from notify.parcels import SmtpSettings
from notify.sending import Sender
from store import outbox
from store.case import Delivery
from store.database import Database
from store.tables import letters
from tests.office import CITIZEN, OFFICER, Received, Story
from tests.servers import smtp as sinks
from tests.servers.smtp import DROP, MUTE, SmtpSink

WAITED = "Guten Tag, ich habe gestern zwei Stunden gewartet. Das geht so nicht."
RUDE = "Die Kollegin am Telefon war sehr unfreundlich."
NOTICE = "undelivered"
REACHED = "gelungen"
CLOSED = "421 4.3.2 shutting down"
NOT_NOW = "450 4.2.0 try later"
NEVER = "550 5.7.1 no"


@dataclass(frozen=True, slots=True)
class Row:
    """A fault at one verb of one letter, or at the door, and what comes of it.

    `told`: what the officer reads of it ("": nobody is disturbed). `doctor`: what `krm doctor` says while it lasts.
    `fate`: of the letter it hit.
    """

    verb: str
    answers: tuple[str, ...]
    told: str = ""
    doctor: str = REACHED
    fate: Delivery = Delivery.SENT

    @property
    def patience(self) -> float:
        """Seconds: short only where nobody answers."""
        return 1.0 if MUTE in self.answers else 20.0


REFUSED, UNSURE = Delivery.REFUSED, Delivery.UNSURE
NOT_TAKEN = "Der Mailserver hat das Schreiben abgelehnt"
NOT_CERTAIN = "es ist nicht sicher, ob ein Schreiben hinausging"
CANNOT_BE_REACHED, ANSWERS_WRONGLY = "nicht erreichbar", "antwortet nicht, wie es sein soll"
BEFORE_THE_DOT = ("MAIL", "RCPT", "DATA")

ROWS = {
    "421 at the door": Row("connect", (CLOSED,) * 2, doctor=CANNOT_BE_REACHED),
    "554 at the door": Row("connect", ("554 5.7.1 no",) * 2, doctor=CANNOT_BE_REACHED),
    "nobody answers at the door": Row("connect", (MUTE,) * 2, doctor=CANNOT_BE_REACHED),
    "lost at the door": Row("connect", (DROP,) * 2, doctor=CANNOT_BE_REACHED),
    "421 at EHLO": Row("EHLO", (CLOSED,) * 2, doctor=ANSWERS_WRONGLY),
    "450 at EHLO, HELO will do": Row("EHLO", (NOT_NOW,) * 2),
    "550 at EHLO, HELO will do": Row("EHLO", (NEVER,) * 2),
    **{f"421 at {verb}": Row(verb, (CLOSED,)) for verb in (*BEFORE_THE_DOT, ".")},
    **{f"450 at {verb}": Row(verb, (NOT_NOW,)) for verb in (*BEFORE_THE_DOT, ".")},
    **{f"550 at {verb}": Row(verb, (NEVER,), NOT_TAKEN, fate=REFUSED) for verb in (*BEFORE_THE_DOT, ".")},
    **{f"nobody answers at {verb}": Row(verb, (MUTE,)) for verb in BEFORE_THE_DOT},
    **{f"lost at {verb}": Row(verb, (DROP,)) for verb in BEFORE_THE_DOT},
    "nobody answers after the final dot": Row(".", (MUTE,), NOT_CERTAIN, fate=UNSURE),
    "lost after the final dot": Row(".", (DROP,), NOT_CERTAIN, fate=UNSURE),
    "greylisting": Row("RCPT", ("450 4.7.1 greylisted",) * 3),
    "too big": Row("MAIL", ("552 5.3.4 too big",), NOT_TAKEN, fate=REFUSED),
    "one of several recipients refused": Row("RCPT", ("ok", "550 5.1.1 unknown", "ok"), NOT_TAKEN, fate=REFUSED),
    "421 at QUIT": Row("QUIT", (CLOSED,)),
    "550 at QUIT": Row("QUIT", (NEVER,)),
    "lost at QUIT": Row("QUIT", (DROP,)),
}


@contextmanager
def office(tables: Path, folder: Path, sink: SmtpSink, patience: float, **rhythm: int) -> Iterator[Story]:
    """A story whose letters go out by real SMTP."""
    file = folder / "krm.db"
    file.write_bytes(tables.read_bytes())
    database = Database(f"sqlite:///{file}")
    times = {"connect_timeout": patience, "read_timeout": patience, "dot_timeout": patience}
    post = Sender(SmtpSettings("127.0.0.1", sink.port, tls="none", **times))
    received = lambda: [(m.recipients, m.content) for m in sink.received]  # noqa: E731 - as the story wants it
    yield Story(database, post=post, sent=received, rhythm=replace(Rhythm(), **rhythm))
    database.close()


def to_rest(story: Story) -> None:
    for minutes in (1, 2, 4, 8, 16, 32):
        story.wait(minutes=minutes)
        story.passes()


def fates(story: Story) -> dict[str, str]:
    """Message-ID -> what became of each letter."""
    with story.database.transaction() as connection:
        return {r.message_id: r.state for r in connection.execute(select(letters))}


def nothing_went_twice(story: Story, sink: SmtpSink) -> None:
    """And what is noted as sent has gone, as its copy says too."""
    went = Counter(_id(m.content) for m in sink.received)
    sent = {message_id for message_id, state in fates(story).items() if state == Delivery.SENT}
    assert set(went.values()) <= {1}
    assert sent <= set(went)
    assert Counter(_id(copy) for copy in story.folder("Sent")) == Counter(sent)


@pytest.mark.parametrize("name", ROWS)
def test_the_next_passes_heal_what_a_server_says_and_nothing_is_lost_or_doubled(
    name: str, tables: Path, tmp_path: Path, smtp: SmtpSink
) -> None:
    row = ROWS[name]
    with office(tables, tmp_path, smtp, row.patience) as story:
        story.arrives(WAITED)
        story.passes()
        story.replies(story.letter(OFFICER, "confirmation_request"), "ok")
        story.arrives(RUDE, sender="hans@mail.example", subject="Telefon")
        smtp.script(row.verb, *row.answers)

        tally = story.passes()

        assert (tally["instructions"], tally["opened"]) == (1, 1)
        assert story.folder("INBOX") == []  # nothing but the letter waits
        (finding,) = checkups.smtp(story.post._settings)
        assert (finding.ok, row.doctor in finding.what) == (row.doctor == REACHED, True), finding

        smtp.forget()
        to_rest(story)
        came = Counter(fates(story).values())
        hit = Counter([row.fate]) if row.fate is not Delivery.SENT else Counter[str]()
        assert came - Counter({Delivery.SENT: came[Delivery.SENT]}) == hit
        nothing_went_twice(story, smtp)
        duties = Counter(Received(m.recipients[0], m.content).duty for m in smtp.received)
        assert duties[NOTICE] == bool(row.told)
        if row.told:
            assert row.told in " ".join(story.letter(OFFICER, NOTICE).text.split())
        else:
            story.letter(CITIZEN, "acknowledgement")


def test_where_no_letter_is_small_enough_the_doctor_says_that_nobody_could_be_told(
    tables: Path, tmp_path: Path
) -> None:
    with sinks.running(most_bytes=500) as sink, office(tables, tmp_path, sink, 20) as story:
        story.arrives(WAITED)
        to_rest(story)

        assert sink.received == []
        assert set(fates(story).values()) == {Delivery.REFUSED}
        findings = [f.what for f in checkups.database(str(story.database.url), story.now)]
        assert [what for what in findings if "Schreiben" in what] != []


@pytest.mark.parametrize(("verb", "answer"), [("RCPT", NOT_NOW), ("MAIL", CLOSED), ("MAIL", DROP), ("connect", CLOSED)])
def test_a_server_that_puts_off_everything_delays_nothing_else(
    verb: str, answer: str, tables: Path, tmp_path: Path, smtp: SmtpSink
) -> None:
    """Thirty complaints in groups of five: all are taken in, decided and filed; no letter is tried twice in a pass."""
    with office(tables, tmp_path, smtp, 20, group_mails=5) as story:
        for number in range(30):
            story.arrives(f"{WAITED} Es war am {number + 1}. Schalter.", sender=f"c{number}@mail.example")
        smtp.script(verb, *[answer] * 1000)

        tally = story.passes()

        assert (tally["opened"], story.folder("INBOX")) == (30, [])
        tries = smtp.verbs.count("MAIL")
        assert tries == 30 if answer == NOT_NOW else tries <= 3
        story.wait(seconds=30)
        story.passes()
        assert smtp.verbs.count("MAIL") <= max(30, tries + 3)

        smtp.forget()
        to_rest(story)
        assert set(fates(story).values()) == {Delivery.SENT}
        nothing_went_twice(story, smtp)
        with story.database.transaction() as connection:
            assert outbox.waiting(connection) == ()


def _id(content: bytes) -> str:
    return str(Received("", content).mail["Message-ID"]).strip("<>")
