"""`krm key`: the office's keys: which there are, what they are good for, and a new one."""

import os
import re
import secrets as chance
import time

import click

from krm import sections, settings
from krm.assembly import clock
from krm.choosing import alone
from krm.commands.common import CONFIG, JSON, Fault, Json, config, example, progress, prose, say
from krm.commands.figures import table
from krm.commands.opening import opened
from krm.secrets import Secrets, put
from notify.deadlines import local_day
from store import resealing, tokens
from store.keys import KeyRing
from store.tokens import Signed

AFTERWARDS = (
    "Restart the service now: until then it cannot check what the new key signs. Keep the old keys in the file: open "
    "requests stay answerable through them. Put a copy of the file where the backups are not."
)

USES = (("signs", "signing"), ("looks_up", "look-ups (keep it)"), ("seals", "stored data"))


@click.group(epilog=example("krm key list\nkrm key rotate"))
def key() -> None:
    """The office's keys: which there are, and a new one."""


@key.command("list", short_help="Which keys there are, and what for.", epilog=example("krm key list --json"))
@JSON
@CONFIG
def list_(as_json: bool) -> None:
    """Which keys there are, what each is good for, until when letters need it."""
    with opened() as shelf:
        if shelf.keys is None:
            raise Fault("the office's key cannot be read by this user")
        with shelf.database.transaction() as connection:
            signed = tokens.answerable(connection, local_day(clock()))
            seals = resealing.keys_of(connection)
    rows = [row | {"seals": row["id"] in seals} for row in _rows(shelf.keys, signed)]
    if as_json:
        for row in rows:
            say(row)
    else:
        say(table([("key", "is for", "open letters", "until"), *(_cells(row) for row in rows)]))


def _rows(keys: KeyRing, signed: tuple[Signed, ...]) -> list[Json]:
    """Those there are in their order, then those that letters name and nobody has."""
    of = {s.key_id: s for s in signed}
    return [
        {
            "id": i,
            "known": keys.knows(i),
            "signs": i == keys.current,
            "looks_up": i == keys.ids[0],
            "letters": of[i].letters if i in of else 0,
            "until": of[i].until.isoformat() if i in of else None,
        }
        for i in (*keys.ids, *(i for i in of if not keys.knows(i)))
    ]


def _cells(row: Json) -> tuple[str, str, str, str]:
    uses = [words for name, words in USES if row[name]]
    if not row["known"]:
        uses = ["LOST: who answers such a letter gets it once more"]
    return row["id"], ", ".join(uses) or "checking", str(row["letters"]), row["until"] or "–"


@key.command(
    short_help="Make a new key; the old ones stay good.", epilog=example("krm key rotate\nkrm key rotate --show")
)
@click.option("--show", is_flag=True, help="Write nothing; print all keys with the new one, for another place.")
@CONFIG
def rotate(show: bool) -> None:
    """Make a new key; what was signed or sealed with the old ones stays good.

    A key in a file is written there. One that comes from the environment, a credential or a keyring is yours to put
    there: --show prints it.
    """
    held = Secrets(settings.find(config()).parent, os.environ, [])
    keys = sections.keys(held)
    if held.faults:
        raise Fault("\n".join(f"{f.what} {f.remedy}" for f in held.faults))
    new = f"{_next(keys)}:{chance.token_urlsafe(32)}"
    whole = f"{held.get('key').strip()}\n{new}\n"
    if show:
        say(whole.rstrip())
        return
    place = held.place("key")
    if place is None or not os.access(place, os.W_OK):
        raise Fault("the key is in no file this user may write; --show prints what to put there instead")
    try:
        put(place, whole)
    except OSError as fault:
        raise Fault(f"{place}: {fault.strerror}") from fault
    say(f"{new.partition(':')[0]} is in {place}.\n{prose(AFTERWARDS)}")


def _next(keys: KeyRing) -> str:
    numbers = [int(found[1]) for i in keys.ids if (found := re.fullmatch(r"k(\d{1,9})", i))]
    return f"k{max(numbers, default=0) + 1}"


@key.command(short_help="Encrypt what is stored plainly, or with an older key.", epilog=example("krm key encrypt"))
@CONFIG
def encrypt() -> None:
    """Encrypt what is stored plainly or with an older key, a few rows at a time.

    The service may run meanwhile, if it was restarted since the key or „encryption“ changed. Broken off, it goes on
    where it was when called again.
    """
    with opened() as shelf:
        vault = shelf.database.vault
        if vault is None:
            raise Fault("[database] encryption is off in krm.toml, or this user cannot read the key")
        alone(shelf.database, time.sleep).close()  # notes the key: a service that does not know it stops here
        count = resealing.reseal(shelf.database, vault, lambda table, done: progress(f"{table}: {done}"))
    say(f"{count} rows were sealed with the key {vault.current}; everything stored is now")
