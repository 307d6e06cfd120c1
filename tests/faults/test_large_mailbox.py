"""A folder that was never cleared: only what is new is fetched. `KRM_MAILS=100000` measures as many mails."""

import os
import resource
import time
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from store.tables import mails, sightings
from tests.faults.drill import Drill, drilled, mails_arrive
from tests.servers import Unprivileged
from tests.servers.dovecot import Dovecot

COUNT = int(os.environ.get("KRM_MAILS", "5000"))
OLD = b"From: a@mail.example\r\nSubject: alt\r\n\r\nErledigt.\r\n"


def filled(drill: Drill, count: int) -> None:
    """So many old mails lie in the inbox, put there as files."""
    drill.user.uidvalidity()  # the server makes the folder
    home = drill.user.server.home / "mail" / drill.user.name / "cur"
    for number in range(count):
        (home / f"{1_700_000_000 + number}.M{number:06}P1.old:2,S").write_bytes(OLD)
    Unprivileged().own(*home.iterdir())


def known(drill: Drill, uids: range) -> None:
    """All of them were taken in once and stayed."""
    at = drill.story.now
    old = {"checksum": "0" * 64, "size": 1, "arrived": at, "taken_in": at, "state": "done", "reason": "", "tries": 1}
    place = {
        "folder": "INBOX",
        "uidvalidity": drill.user.uidvalidity(),
        "seen": at,
        "target": "Verarbeitet",
        "filed": at,
    }
    with drill.story.database.transaction() as connection:
        mail = connection.execute(insert(mails).values(**old)).inserted_primary_key[0]  # type: ignore[index]
        connection.execute(insert(sightings), [place | {"uid": uid, "mail": mail} for uid in uids])


@pytest.mark.dovecot
def test_of_a_large_folder_only_new_mail_is_fetched(dovecot: Dovecot, tables: Path, tmp_path: Path) -> None:
    with drilled(dovecot, tables, tmp_path) as drill:
        mails_arrive(drill)
        drill.to_rest()  # loads everything once
        filled(drill, COUNT)
        with drill.user.connection() as client:
            client.select_folder("INBOX", readonly=True)
            first, *_, last = client.search()
        assert last - first == COUNT - 1
        known(drill, range(first, last + 1))
        drill.story.arrives("Neu.", subject="Neu", message_id="<neu@mail.example>")
        before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        drill.proxy.counted_anew()

        tally = drill.passes()

        spent = time.process_time() - begun
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        print(f"{COUNT} mails in the inbox: {spent:.2f} s of CPU, peak {grown:+.0f} MB")  # noqa: T201
        fetched = {line.split()[3] for line in drill.proxy.heard if b" FETCH " in line}
        assert fetched == {b"%d" % (last + 1)}
        assert (tally["fetched"], tally["opened"], tally["failed"]) == (1, 1, 0)
        with drill.story.database.transaction() as connection:
            assert connection.scalar(select(func.count()).select_from(mails)) == 5
