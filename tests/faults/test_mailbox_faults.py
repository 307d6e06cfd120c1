"""A mailbox that misbehaves: what is seen of it, that the next pass heals it, nothing lost, nothing twice.

`ROWS` is the table of docs/reliability.md. `KRM_FULL=1` cuts the connection at every line instead of at every few.
"""

import os
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import select

from krm import checkups
from store.tables import mails
from tests.faults.drill import HALF_AN_HOUR, OUTAGE, REQUEST, Act, Drill, Seen, drilled, mails_arrive
from tests.faults.proxy import Side
from tests.office import OFFICER
from tests.servers.dovecot import PASSWORD, Dovecot

pytestmark = pytest.mark.dovecot
EVERY = 1 if os.environ.get("KRM_FULL") == "1" else 151
SILENCE = 0.3
"""Seconds the bot waits for a mute server here; in an office they are 120."""


def nothing(_: Drill) -> None:
    """Nobody has to do anything."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One row: what goes wrong, what the pass says, the doctor, the letter after half an hour; and who heals it.

    `rows`, `lying`, `asked`: stored mails, mails in the mailbox, requests to the officer in the end.
    """

    breaks: Act
    heals: Act = nothing
    fails: bool | None = False  # the exit code of `krm once`; None: it depends on where the server notices
    doctor: str = ""
    letter: str = ""
    rows: int = 3
    lying: int = 3
    asked: int = 2


def refuses(*words: bytes, answer: bytes) -> Act:
    return lambda drill: drill.proxy.refused.update(dict.fromkeys(words, answer))


def meanwhile(word: bytes, what: Act) -> Act:
    """Just before the server gets to hear this word."""
    return lambda drill: drill.proxy.meanwhile.update({word: lambda: what(drill)})


def sets(name: str, value: object) -> Act:
    return lambda drill: setattr(drill.proxy, name, value)


def accepts(drill: Drill) -> None:
    drill.proxy.refused.clear()


def renames(old: str, new: str) -> Act:
    def rename(drill: Drill) -> None:
        with drill.user.connection() as client:
            client.rename_folder(old, new)

    return rename


def numbers_anew(drill: Drill) -> None:
    """As after a restored backup: the same mails under another UIDVALIDITY."""
    before = drill.user.uidvalidity()
    home = drill.user.server.home / "mail" / drill.user.name
    for file in (*home.glob("dovecot-uidlist"), *home.glob("dovecot.index*")):
        file.unlink()
    assert drill.user.uidvalidity() != before


def person(what: str) -> Act:
    """Somebody opens the inbox in their mail program: `moves` or `deletes` the first complaint, or `flags` all."""

    def act(drill: Drill) -> None:
        with drill.user.connection() as client:
            client.select_folder("INBOX")
            if what == "flags":
                client.add_flags(client.search(), [b"\\Seen", b"\\Flagged", b"$Wichtig"])
                return
            chosen = client.search(["SUBJECT", "Warten"])
            if what == "moves":
                client.create_folder("Privat")
                client.move(chosen, "Privat")
            else:
                client.delete_messages(chosen)
                client.expunge(chosen)

    return act


def one_more_arrives(drill: Drill) -> None:
    drill.story.arrives("Noch eine Beschwerde.", subject="Noch eine", message_id="<4@mail.example>")


def dated_ahead(drill: Drill) -> None:
    """The server's clock is ten days ahead."""
    before, drill.story.now = drill.story.now, drill.story.now + timedelta(days=10)
    one_more_arrives(drill)
    drill.story.now = before


def inbox_is(name: str) -> Act:
    """The office's mail comes into a folder of this name."""

    def act(drill: Drill) -> None:
        with drill.user.connection() as client:
            client.create_folder(name)
            client.select_folder("INBOX")
            client.move(client.search(), name)
        drill.uses(inbox=name)

    return act


def both(one: Act, other: Act) -> Act:
    def act(drill: Drill) -> None:
        one(drill)
        other(drill)

    return act


def shows(certificate: str) -> Act:
    """The office trusts this certificate, and its server has it."""

    def act(drill: Drill) -> None:
        drill.uses(tls="tls", ca_file=str(drill.user.server.home / certificate), port=drill.ports[certificate])

    return act


def plain_again(drill: Drill) -> None:
    drill.uses(tls="none", ca_file=None, port=drill.proxy.port, password=PASSWORD, connect_timeout=15, read_timeout=20)


EXPIRED, ANOTHER = "expired.pem", "another.pem"
AWAY = "nicht erreichbar"
FULL = "vielleicht ist das Postfach voll"
QUOTA = b"NO [OVERQUOTA] Quota exceeded"

ROWS = {
    "connection refused": Fault(sets("closed", True), sets("closed", False), True, "ist auf Port", AWAY),
    "mute server": Fault(
        both(sets("mute", True), lambda drill: drill.uses(connect_timeout=SILENCE, read_timeout=SILENCE)),
        both(sets("mute", False), plain_again),
        True,
        "time-out",
        AWAY,
    ),
    "login refused": Fault(
        lambda drill: drill.uses(password="falsch"),
        plain_again,
        True,
        "hat die Anmeldung abgelehnt",
        "weist die Anmeldung oder den Zugriff ab",
    ),
    "certificate of nobody we know": Fault(
        lambda drill: drill.uses(tls="tls", port=drill.user.server.tls_port),
        plain_again,
        True,
        "wird nicht vertraut",
        AWAY,
    ),
    "certificate expired": Fault(shows(EXPIRED), plain_again, True, "certificate has expired", AWAY),
    "certificate of another host": Fault(shows(ANOTHER), plain_again, True, "IP address mismatch", AWAY),
    "inbox renamed": Fault(
        both(inbox_is("KRM"), renames("KRM", "Alt")),
        renames("Alt", "KRM"),
        True,
        "Der Ordner des Eingangs lässt sich nicht öffnen",
        "weist die Anmeldung oder den Zugriff ab",
    ),
    "a folder for filing renamed": Fault(
        lambda drill: (drill.user.create("Verarbeitet"), renames("Verarbeitet", "Archiv")(drill)),
    ),
    "mailbox full: filing refused": Fault(
        refuses(b"MOVE", answer=QUOTA), accepts, True, "liegen noch im Eingang", FULL
    ),
    "mailbox full: copies of sent mail refused": Fault(refuses(b"APPEND", answer=QUOTA), accepts, True, "", FULL),
    "server refuses for now [UNAVAILABLE]": Fault(
        refuses(b"EXAMINE", answer=b"NO [UNAVAILABLE] later"), accepts, True, "UNAVAILABLE", AWAY
    ),
    "no MOVE": Fault(sets("hidden", (b"MOVE",))),
    "no UIDPLUS": Fault(sets("hidden", (b"UIDPLUS",)), doctor="kein UIDPLUS"),
    "no MOVE and no UIDPLUS": Fault(sets("hidden", (b"MOVE", b"UIDPLUS")), doctor="weder MOVE noch UIDPLUS"),
    "UIDVALIDITY changes between search and fetch": Fault(meanwhile(b"FETCH", numbers_anew), fails=None),
    "UIDVALIDITY changes before filing": Fault(meanwhile(b"SELECT", numbers_anew)),
    "UIDVALIDITY changes while filing": Fault(meanwhile(b"MOVE", numbers_anew), fails=None),
    "a person moves a mail between search and fetch": Fault(
        meanwhile(b"FETCH", person("moves")), rows=2, lying=3, asked=1
    ),
    "a person moves a mail before filing": Fault(meanwhile(b"MOVE", person("moves"))),
    "a person deletes a mail between search and fetch": Fault(
        meanwhile(b"FETCH", person("deletes")), rows=2, lying=2, asked=1
    ),
    "a person deletes a mail before filing": Fault(meanwhile(b"MOVE", person("deletes")), lying=2),
    "people change flags": Fault(both(person("flags"), meanwhile(b"FETCH", person("flags")))),
    "a mail arrives during the pass": Fault(meanwhile(b"FETCH", one_more_arrives), rows=4, lying=4, asked=3),
    "a mail dated in the future": Fault(dated_ahead, rows=4, lying=4, asked=3),
}


@pytest.fixture
def drill(dovecot: Dovecot, tables: Path, tmp_path: Path) -> Iterator[Drill]:
    with drilled(dovecot, tables, tmp_path) as made, odd_servers(dovecot.home) as ports:
        made.ports = ports
        yield made


@pytest.mark.parametrize("name", ROWS)
def test_a_fault_of_the_mailbox_is_told_and_healed(name: str, drill: Drill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkups, "PATIENCE", 1.0)
    row = ROWS[name]
    mails_arrive(drill)
    row.breaks(drill)

    failed = bool(drill.passes()["failed"])
    assert row.fails is None or failed == row.fails
    drill.story.now += HALF_AN_HOUR
    said = " ".join(f"{f.what} {f.remedy}" for f in drill.findings())
    assert row.doctor in said
    for _ in range(2 if row.letter else 0):
        assert drill.passes()["failed"]
    told = drill.told(OUTAGE)
    assert [row.letter in " ".join(t.split()) for t in told] == [True, True] if row.letter else not told

    row.heals(drill)
    drill.to_rest()

    seen = drill.seen()
    assert seen.rows.total() == row.rows
    assert seen.lying.total() == row.lying
    assert set(seen.lying.values()) == {1}
    assert seen.letters == {(REQUEST, OFFICER.address): row.asked}
    assert set(seen.reactions.values()) == {1}
    assert seen.copies == drill.sent_ids()
    assert not seen.broken
    assert len(drill.told(OUTAGE)) == 2 * len(told)  # and once more when it is over, to officer and deputy


def test_a_mail_from_the_future_arrived_now(drill: Drill) -> None:
    dated_ahead(drill)
    drill.passes()

    with drill.story.database.transaction() as connection:
        (arrived,) = connection.scalars(select(mails.c.arrived))
    assert arrived <= drill.story.now + timedelta(seconds=1)


def test_flags_stay_as_people_left_them(drill: Drill) -> None:
    mails_arrive(drill)
    person("flags")(drill)
    drill.to_rest()

    assert {h.flags for h in drill.user.list("Verarbeitet")} == {frozenset({b"\\Seen", b"\\Flagged", b"$Wichtig"})}


SERVERS = {"MOVE": (), "COPY and UID EXPUNGE": (b"MOVE",), "COPY alone": (b"MOVE", b"UIDPLUS")}


@pytest.mark.parametrize("hidden", SERVERS.values(), ids=SERVERS)
def test_the_connection_is_cut_at_every_line(
    hidden: tuple[bytes, ...], dovecot: Dovecot, tables: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Lost before the server heard a line of the bot, or after it did and before the bot heard the answer."""

    def told(cut: tuple[Side, int] | None) -> tuple[Drill, Seen]:
        with drilled(dovecot, tables, tmp_path_factory.mktemp("cut")) as drill:
            drill.proxy.hidden = hidden
            mails_arrive(drill)
            drill.proxy.counted_anew()
            drill.proxy.cut_at = cut
            drill.passes()
            lines = dict(drill.proxy.lines)
            drill.to_rest()
            drill.proxy.lines = lines
            return drill, drill.seen()

    undisturbed, expected = told(None)
    points = [(side, n) for side in Side for n in range(1, undisturbed.proxy.lines[side] + 1)]
    off = []
    for point in points[::EVERY]:
        drill, seen = told(point)
        ids = drill.sent_ids()
        if replace(seen, copies=expected.copies) != expected or seen.copies != ids or set(ids.values()) != {1}:
            off.append((point, seen, ids))
    print(f"cut at {len(points[::EVERY])} of {len(points)} lines: lost or doubled {len(off)}")  # noqa: T201
    assert not off


@contextmanager
def odd_servers(home: Path) -> Iterator[dict[str, int]]:
    """Ports of a server whose certificate was good until yesterday, and of one with that of another host."""
    with secured(home / EXPIRED, "127.0.0.1", -1) as expired, secured(home / ANOTHER, "192.0.2.1", 1) as another:
        yield {EXPIRED: expired, ANOTHER: another}


@contextmanager
def secured(file: Path, host: str, days: int) -> Iterator[int]:
    """A server whose certificate, in `file`, is for that address and good for so many days from now."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=9)).not_valid_after(now + timedelta(days=days))
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))])
    signed = made.add_extension(names, critical=False).sign(key, hashes.SHA256())
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + secret)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)

    def serve(listener: socket.socket) -> None:
        while True:
            try:
                with listener.accept()[0] as door, context.wrap_socket(door, server_side=True):
                    pass
            except ssl.SSLError:
                continue
            except OSError:
                return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(20)
