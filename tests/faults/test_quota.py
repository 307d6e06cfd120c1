"""A mailbox that is full by Dovecot's own quota: reading and answering go on, somebody is told, room heals it."""

from pathlib import Path

import pytest

from tests.faults.drill import HALF_AN_HOUR, OUTAGE, drilled, mails_arrive
from tests.servers import Missing, dovecot

MOST = 33
PRIVATE = "Privat"


@pytest.mark.dovecot
def test_a_mailbox_that_is_full_loses_nothing_and_is_told(tables: Path, tmp_path: Path) -> None:
    try:
        with dovecot.running(most_mails=MOST) as server, drilled(server, tables, tmp_path) as drill:
            mails_arrive(drill)
            with drill.user.connection() as client:
                client.create_folder(PRIVATE)
                for n in range(MOST - 3):
                    client.append(PRIVATE, f"Subject: {n}\r\n\r\nx\r\n".encode())

            assert drill.passes()["failed"]
            drill.story.now += HALF_AN_HOUR
            for _ in range(2):
                assert drill.passes()["failed"]
            told = [" ".join(text.split()) for text in drill.told(OUTAGE)]
            assert ["vielleicht ist das Postfach voll" in text for text in told] == [True, True]

            with drill.user.connection() as client:
                client.delete_folder(PRIVATE)
            drill.to_rest()

            seen = drill.seen()
            assert seen.rows.total() == 3
            assert (seen.lying.total(), set(seen.lying.values())) == (3, {1})
            assert seen.copies == drill.sent_ids()
            assert len(drill.told(OUTAGE)) == 4
    except Missing as why:
        pytest.skip(str(why))
