"""`krm once`, `run`, `retry`: passes on real servers, and what they say when something is away."""

import signal
import threading
from datetime import datetime
from email.message import EmailMessage

import pytest

from krm import handling, sealing, settings
from krm.commands import passes
from notify.deadlines import BERLIN
from store import mails
from store.database import Database
from tests.krm.calling import Krm
from tests.krm.initialised import changed
from tests.krm.offices import office, often
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.smtp import SmtpSink

KEYS = ["fetched", "opened", "related", "automatic", "unreadable", "instructions", "sent", "failed"]
NOTHING = dict.fromkeys(KEYS, 0)
ARRIVAL = datetime(2026, 11, 16, 9, tzinfo=BERLIN)


def complaint() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "erika@mail.example", "krm@jobcenter.example", "Telefon"
    mail["Message-ID"] = "<a@mail.example>"
    mail.set_content("Seit Tagen versuche ich anzurufen, niemand nimmt ab. Nur Warteschleife am Telefon. Grüße, Erika")
    return mail.as_bytes()


@pytest.mark.dovecot
def test_one_pass_fetches_decides_and_sends_and_the_next_has_nothing_to_do(
    krm: Krm, dovecot: Dovecot, smtp: SmtpSink
) -> None:
    mailbox = dovecot.make_user()
    mailbox.append(complaint(), ARRIVAL)
    mailbox.append(b"X-Filler: y\r\n" * 50_000 + b"\r\nHilfe", ARRIVAL)
    office(krm.folder, imap=dovecot.port, smtp=smtp.port, user=mailbox.name, password=PASSWORD)

    said = krm("once", "--json", "--now", "2026-11-16T10:00")

    assert (said.code, said.err) == (0, "")
    assert list(said.object) == KEYS
    assert said.object == NOTHING | {"fetched": 2, "opened": 1, "unreadable": 1, "sent": 1}
    assert [m.recipients for m in smtp.received] == [("weiss@jobcenter.example",)]
    assert len(mailbox.list("Verarbeitet")) == len(mailbox.list("Unlesbar")) == len(mailbox.list("Sent")) == 1
    assert krm("once", "--json", "--now", "2026-11-16T10:01").object == NOTHING

    assert krm("retry", "--json").object == {"retried": 1}
    assert krm("once", "--json", "--now", "2026-11-16T10:02").object == NOTHING | {"unreadable": 1}


@pytest.mark.dovecot
def test_one_mail_that_failed_makes_the_exit_code_one_and_the_others_are_done(
    krm: Krm, dovecot: Dovecot, smtp: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = handling.reading.read

    def brittle(raw: bytes, *rest: frozenset[str]) -> object:
        if b"Gift" in raw:
            raise KeyError("Erika")
        return honest(raw, *rest)

    monkeypatch.setattr(handling.reading, "read", brittle)
    mailbox = dovecot.make_user()
    mailbox.append(b"Subject: Gift\r\n\r\nGift", ARRIVAL)
    mailbox.append(complaint(), ARRIVAL)
    office(krm.folder, imap=dovecot.port, smtp=smtp.port, user=mailbox.name, password=PASSWORD)

    said = krm("once", "--json", "--now", "2026-11-16T10:00")

    assert said.code == 1
    assert said.object == NOTHING | {"fetched": 2, "opened": 1, "unreadable": 1, "sent": 1, "failed": 1}
    assert "Erika" not in said.err


def test_where_the_mailbox_is_away_the_pass_is_told_with_its_failure_and_ends_with_one(krm: Krm) -> None:
    office(krm.folder)

    said = krm("once", "--json")

    assert said.code == 1
    assert said.object == NOTHING | {"failed": 1}
    assert said.err.startswith("krm: 1 failed")


def test_for_people_a_pass_is_shown_line_by_line(krm: Krm) -> None:
    office(krm.folder)

    assert "failed: 1" in krm("once").out.splitlines()


def test_another_time_is_for_drills_on_this_machine(krm: Krm) -> None:
    path = changed(office(krm.folder), 'host = "127.0.0.1"', 'host = "imap.invalid"')
    changed(path, 'tls = "none"', 'tls = "tls"')

    said = krm("once", "--now", "2026-11-16T10:00", "--json")

    assert (said.code, said.out) == (1, "")
    assert "--drill" in said.err
    assert not (krm.folder / "krm.db").exists()


def test_only_one_pass_works_at_a_time(krm: Krm) -> None:
    office(krm.folder)
    database = Database(f"sqlite:///{krm.folder}/krm.db")

    with database.exclusive():
        said = krm("once", "--json")
    database.close()

    assert (said.code, said.out) == (1, "")
    assert "another process of the bot is at work" in said.err


@pytest.mark.parametrize(
    ("url", "why"),
    [
        pytest.param("sqlite:///missing/krm.db", "No such file", id="a folder that is not there"),
        pytest.param("postgresql://krm@127.0.0.1:9/krm", "the database cannot be used", id="no server"),
    ],
)
@pytest.mark.parametrize("name", ["once", "run"])
def test_a_database_that_is_away_is_told_in_one_line(krm: Krm, name: str, url: str, why: str) -> None:
    office(krm.folder)

    said = krm(name, KRM_DATABASE_URL=url)

    assert said.code == 1
    assert why in said.err
    assert len(said.err.splitlines()) == 1


def test_nothing_can_be_retried_before_the_first_pass_and_no_database_is_made_for_it(krm: Krm) -> None:
    office(krm.folder)

    said = krm("retry", "--json")

    assert said.code == 1
    assert "krm once" in said.err
    assert not (krm.folder / "krm.db").exists()


def test_retrying_needs_no_password_of_the_mailbox(krm: Krm) -> None:
    office(krm.folder)
    krm("once")
    (krm.folder / "mailbox.password").unlink()

    assert krm("retry", "--json").object == {"retried": 0}


def test_the_service_lives_on_without_its_mailbox_and_ends_in_order_when_told(krm: Krm) -> None:
    often(office(krm.folder))
    service = krm.start("run")
    assert service.stderr is not None

    said = [service.stderr.readline()]
    while sum("the mailbox cannot be read" in line for line in said) < 2:
        said.append(service.stderr.readline())
        assert service.poll() is None, said
    service.send_signal(signal.SIGTERM)
    out, rest = service.communicate()

    assert service.returncode == 0
    assert rest.endswith("krm: stopped\n")
    assert "Traceback" not in "".join(said) + rest
    assert out == ""
    chosen = settings.load(krm.folder / "krm.toml", {})
    database = sealing.database(chosen.database_url, chosen.keys, encryption=chosen.encryption)
    with database.exclusive(), database.transaction() as connection:  # nothing is held any more
        assert mails.undecided(connection, 1) == ()
    database.close()


@pytest.mark.dovecot
def test_the_service_handles_what_comes_in(krm: Krm, dovecot: Dovecot, smtp: SmtpSink) -> None:
    mailbox = dovecot.make_user()
    mailbox.append(complaint(), ARRIVAL)
    often(office(krm.folder, imap=dovecot.port, smtp=smtp.port, user=mailbox.name, password=PASSWORD))
    service = krm.start("--verbose", "run")
    assert service.stderr is not None

    said = service.stderr.readline()
    while "pass: " not in said:
        assert service.poll() is None, said
        said = service.stderr.readline()
    service.send_signal(signal.SIGINT)
    _, rest = service.communicate()

    assert service.returncode == 0, rest
    assert "opened=1" in said
    assert "Erika" not in said + rest
    assert "mail.example" not in said + rest
    assert len(mailbox.list("Verarbeitet")) == 1


@pytest.mark.parametrize("enabled", [False, True])
def test_the_service_learns_at_night_only_where_the_office_switched_it_on(
    krm: Krm, monkeypatch: pytest.MonkeyPatch, enabled: bool
) -> None:
    path = office(krm.folder)
    if enabled:
        changed(path, "#enabled = false", "enabled = true")
    given: list[object] = []
    monkeypatch.setattr(passes, "keep_time", lambda bot, seconds, stop, nightly: given.append(nightly))
    monkeypatch.setattr(passes, "_stopped_by_signals", threading.Event)

    assert krm("run").code == 0

    assert [night is not None for night in given] == [enabled]


def test_a_night_of_an_office_with_few_confirmations_changes_nothing(krm: Krm, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(office(krm.folder), "#enabled = false", "enabled = true")
    monkeypatch.setattr(passes, "keep_time", lambda bot, seconds, stop, nightly: nightly())
    monkeypatch.setattr(passes, "_stopped_by_signals", threading.Event)

    assert krm("--verbose", "run").code == 0

    assert not (krm.folder / "models").exists()
