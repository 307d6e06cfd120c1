"""`krm doctor`: each area on its own, against real servers, with a remedy for each fault and no secret told."""

import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from classify import anlage3
from classify.units import answers_for
from ingest.authenticity import Policy, Trust
from ingest.mailbox import Mailbox
from ingest.office import Area, Office, Person, Role, Unit
from krm import checkups, doctor, models, settings
from krm.doctor import Finding
from krm.initialise import Answers
from krm.models import Recipe
from krm.orgcheck import org
from notify import letters
from notify.deadlines import BERLIN
from store import journal
from store.database import Database
from tests.krm.initialised import ANSWERS, KEY, changed, written
from tests.servers import free_ports
from tests.servers import smtp as sinks
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.signed import Zone
from tests.store.making import unguarded

NOW = datetime(2026, 12, 11, 10, 32, tzinfo=BERLIN)
AREAS = ("settings", "secrets", "imap", "smtp", "database", "model", "templates", "clock", "org", "authenticity")
SECRETS = (PASSWORD, "geheim", KEY)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own, without a model."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def unreachable() -> Answers:
    """Answers whose servers are on this machine, where nobody listens: the doctor is told at once."""
    imap, smtp = free_ports(2)
    return replace(ANSWERS, mailbox_host="127.0.0.1", mailbox_port=imap, smtp_host="127.0.0.1", smtp_port=smtp)


def examined(path: Path, environ: dict[str, str] | None = None, now: datetime = NOW) -> tuple[Finding, ...]:
    """All findings, of which none holds a secret and each fault has a remedy."""
    found = doctor.examine(path, environ or {}, now)
    for finding in found:
        assert finding.remedy or finding.ok, finding.what
        assert finding.ok or not finding.info
        assert not any(secret in finding.what + finding.remedy for secret in SECRETS)
    return found


def of(area: str, found: tuple[Finding, ...]) -> str:
    return " ".join(f.what for f in found if f.area == area)


def ill(found: tuple[Finding, ...]) -> set[str]:
    return {f.area for f in found if not f.ok}


@pytest.mark.dovecot
def test_a_sound_office_has_no_fault(tmp_path: Path, dovecot: Dovecot, certificate: tuple[Path, Path]) -> None:
    with sinks.running(certificate=certificate, tls="starttls", password="geheim-ß") as sink:
        path = written(tmp_path / "krm", _answers(dovecot, sink.port))
        for own in (dovecot.ca_file, certificate[0]):  # of [mailbox], then of [smtp]
            changed(path, '#ca_file = ""', f'ca_file = "{own}"')
        found = examined(path)

    assert ill(found) == set()
    assert tuple(dict.fromkeys(f.area for f in found)) == AREAS
    assert "Anmeldung bei 127.0.0.1 gelungen, verschlüsselt (tls)" in of("imap", found)
    assert "Anmeldung bei 127.0.0.1 gelungen, verschlüsselt (starttls)" in of("smtp", found)
    assert "werden beim ersten Durchgang angelegt: Verarbeitet, Automatisch, Quarantäne" in of("imap", found)
    assert not (tmp_path / "krm" / "krm.db").exists()


def _answers(dovecot: Dovecot, smtp_port: int) -> Answers:
    return replace(
        ANSWERS,
        mailbox_host="127.0.0.1",
        mailbox_port=dovecot.tls_port,
        mailbox_user=dovecot.make_user().name,
        mailbox_password=PASSWORD,
        smtp_host="127.0.0.1",
        smtp_port=smtp_port,
    )


@pytest.mark.dovecot
def test_nothing_is_changed_in_the_mailbox(tmp_path: Path, dovecot: Dovecot, smtp: sinks.SmtpSink) -> None:
    user = dovecot.make_user()
    user.append(b"Subject: eins\r\n\r\nText\r\n", NOW)
    path = written(tmp_path, replace(_plain(dovecot, smtp.port), mailbox_user=user.name))

    found = examined(path)

    assert "Im Eingang liegen 1 Mails." in of("imap", found)
    assert user.folders() == {"INBOX"}
    assert smtp.received == []
    assert "Verbindung ohne Anmeldung zu 127.0.0.1 gelungen, ohne Verschlüsselung" in of("smtp", found)


def _plain(dovecot: Dovecot, smtp_port: int) -> Answers:
    """Without TLS, as a drill on one machine."""
    return replace(
        _answers(dovecot, smtp_port),
        mailbox_port=dovecot.port,
        mailbox_tls="none",
        smtp_tls="none",
        smtp_user="",
    )


IMAP_FAULTS = {
    "a wrong password": ({"mailbox_password": "geheim-falsch"}, "hat die Anmeldung abgelehnt", "Kennwort"),
    "a certificate of nobody known": ({"mailbox_tls": "starttls"}, "Zertifikat von 127.0.0.1", "ca_file"),
    "a file of certificates that is missing": (
        {"mailbox_tls": "starttls", "ca_file": "keine.pem"},
        "Die Datei „ca_file“ aus [mailbox]",
        "PEM",
    ),
    "TLS on a port without": ({"mailbox_tls": "tls"}, "nicht die eingestellte Verschlüsselung", "„tls“ und „port“"),
}


@pytest.mark.dovecot
@pytest.mark.parametrize("case", IMAP_FAULTS.values(), ids=IMAP_FAULTS.keys())
def test_a_fault_of_the_mailbox_is_told_with_its_remedy(
    tmp_path: Path, dovecot: Dovecot, smtp: sinks.SmtpSink, case: tuple[dict[str, Any], str, str]
) -> None:
    change, what, remedy = case
    found = examined(written(tmp_path, replace(_plain(dovecot, smtp.port), **change)))

    (fault,) = [f for f in found if f.area == "imap"]
    assert what in fault.what
    assert remedy in fault.remedy


@pytest.mark.dovecot
def test_an_inbox_that_is_not_there_is_told(tmp_path: Path, dovecot: Dovecot, smtp: sinks.SmtpSink) -> None:
    path = changed(written(tmp_path, _plain(dovecot, smtp.port)), '#inbox = "INBOX"', 'inbox = "Eingang"')

    (fault,) = [f for f in examined(path) if f.area == "imap"]

    assert "Der Ordner des Eingangs lässt sich nicht öffnen" in fault.what
    assert "„inbox“" in fault.remedy


@pytest.mark.dovecot
def test_folders_that_are_there_are_well(tmp_path: Path, dovecot: Dovecot, smtp: sinks.SmtpSink) -> None:
    answers = _plain(dovecot, smtp.port)
    path = written(tmp_path, answers)
    loaded = settings.load(path, {})
    with Mailbox(loaded.mailbox).session() as session:
        session.prepare()

    assert "Alle Ordner für die Ablage sind da." in of("imap", examined(path))


def test_a_refused_login_of_the_sending_server_is_told(tmp_path: Path, unreachable: Answers) -> None:
    with sinks.running(password="anders") as sink:
        answers = replace(unreachable, smtp_port=sink.port, smtp_tls="none")
        (fault,) = [f for f in examined(written(tmp_path, answers)) if f.area == "smtp"]

    assert "hat die Anmeldung abgelehnt" in fault.what
    assert "„user“ in [smtp]" in fault.remedy


def test_a_sending_server_without_starttls_is_told(tmp_path: Path, unreachable: Answers, smtp: sinks.SmtpSink) -> None:
    (fault,) = [f for f in examined(written(tmp_path, replace(unreachable, smtp_port=smtp.port))) if f.area == "smtp"]

    assert "kein STARTTLS" in fault.what


def test_servers_where_nobody_listens_are_told(tmp_path: Path, unreachable: Answers) -> None:
    found = examined(written(tmp_path, unreachable))

    assert ill(found) == {"imap", "smtp"}
    assert "nicht erreichbar" in of("imap", found)
    assert "nicht erreichbar" in of("smtp", found)


def test_everything_broken_at_once_is_told_area_by_area(
    tmp_path: Path, unreachable: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    _break_a_template(tmp_path, monkeypatch)
    path = written(tmp_path, replace(unreachable, database_url="sqlite:///nirgends/krm.db"))
    changed(path, "0381 555-0142", "Zentrale")
    changed(path, "gf@jobcenter.example", "gf@elsewhere.example")
    changed(path, "#poll_seconds = 60", "poll_seconds = 0")
    changed(path, 'policy = "authserv-id"', 'policy = "sure"')
    changed(path, "#policy", "policy")
    (tmp_path / "krm.key").chmod(0o644)
    path.chmod(0o666)

    found = examined(path, now=NOW.replace(year=1970))

    assert ill(found) == set(AREAS) - {"model"}
    assert "Zeile" in of("settings", found)
    assert "kann von anderen geändert werden (0666)" in of("settings", found)
    assert "krm.key ist für andere lesbar oder änderbar (0644)" in of("secrets", found)
    assert "kann dort nicht angelegt werden" in of("database", found)
    assert "digest/body.html ist fehlerhaft (TemplateSyntaxError, line 2)" in of("templates", found)
    assert "1970" in of("clock", found)
    assert "„krm“ hat keine Telefonnummer" in of("org", found)
    assert "in keiner Domain des Hauses: gf." in of("org", found)
    assert "Nicht geprüft, weil [trust] Fehler hat." in of("authenticity", found)


def _break_a_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "templates"
    shutil.copytree(letters.TEMPLATES, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "digest" / "body.html").write_text("<p>\n{% if %}", encoding="utf-8")
    monkeypatch.setattr(letters, "TEMPLATES", copy)
    environments = letters._environments.__wrapped__()
    monkeypatch.setattr(letters, "_environments", lambda: environments)


def test_a_file_that_is_no_toml_leaves_the_rest_to_be_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "krm.toml"
    path.write_text("[mailbox\n", encoding="utf-8")

    found = examined(path)

    assert tuple(dict.fromkeys(f.area for f in found)) == AREAS
    assert {f.area for f in found if f.ok} == {"model", "templates", "clock"}
    assert "Zeile 1" in of("settings", found)
    assert "„key“ fehlt" in of("secrets", found)
    assert of("imap", found) == "Nicht geprüft, weil krm.toml nicht lesbar ist."


def test_a_fault_in_one_section_leaves_the_others_to_be_looked_at(tmp_path: Path, unreachable: Answers) -> None:
    path = changed(written(tmp_path, replace(unreachable, mailbox_port=70000)), 'id = "gf"', 'id = "GF"')

    found = examined(path)

    assert "Nicht geprüft" in of("imap", found)
    assert "Nicht geprüft" in of("org", found)
    assert "nicht erreichbar" in of("smtp", found)
    assert "bestätigt" in of("authenticity", found)


def test_missing_secrets_are_told_in_their_area(tmp_path: Path, unreachable: Answers) -> None:
    path = written(tmp_path, unreachable)
    (tmp_path / "krm.key").unlink()
    (tmp_path / "mailbox.password").unlink()

    found = examined(path)

    assert ill(found) == {"secrets", "imap", "smtp"}
    assert "Nicht geprüft, weil [mailbox] oder sein Kennwort" in of("imap", found)
    assert "nicht erreichbar" in of("smtp", found)


def test_a_secret_the_group_may_read_is_well(tmp_path: Path, unreachable: Answers) -> None:
    path = written(tmp_path, unreachable)
    (tmp_path / "krm.key").chmod(0o640)

    assert "secrets" not in ill(examined(path))


def test_a_host_that_cannot_be_one_is_a_finding_and_no_crash(tmp_path: Path, unreachable: Answers) -> None:
    found = examined(written(tmp_path, replace(unreachable, mailbox_host="imap..example", smtp_host="x" * 70 + ".de")))

    assert {"imap", "smtp"} <= ill(found)
    assert tuple(dict.fromkeys(f.area for f in found)) == AREAS


def test_a_database_made_by_the_bot_is_reachable_and_current(tmp_path: Path, unreachable: Answers) -> None:
    path = written(tmp_path, unreachable)
    _upgrade(path)

    found = examined(path)

    assert f"erreichbar und beschreibbar, Tabellen in Version {Database.newest()}" in of("database", found)
    assert "database" not in ill(found)


def _upgrade(path: Path) -> Database:
    database = Database(settings.load(path, {}).database_url)
    database.upgrade()
    database.close()
    return database


def test_the_journal_is_looked_at_since_its_newest_anchor(tmp_path: Path, unreachable: Answers) -> None:
    path = written(tmp_path, unreachable)
    database = _upgrade(path)
    assert "noch keinen Tagesanker" in of("database", examined(path))
    day = NOW.date() - timedelta(days=1)
    with database.transaction() as connection:
        at = NOW - timedelta(days=1)
        journal.write(connection, [journal.Entry("E-7K2F", at, Role.MACHINE, "opened")])
        journal.anchor(connection, day, NOW.replace(hour=0))
    assert "letzten Tagesanker (10.12.2026) unversehrt" in of("database", examined(path))

    with database.transaction() as connection:
        unguarded(connection)
        connection.exec_driver_sql("DELETE FROM journal")
    database.close()

    found = examined(path)
    assert "Das Protokoll ist nicht unversehrt" in of("database", found)
    assert "krm journal verify" in next(f.remedy for f in found if f.area == "database" and not f.ok)


def test_a_clock_behind_what_was_stored_is_told(tmp_path: Path, unreachable: Answers) -> None:
    path = written(tmp_path, unreachable)
    database = _upgrade(path)
    with database.transaction() as connection:
        journal.write(connection, [journal.Entry("E-7K2F", NOW + timedelta(hours=2), Role.MACHINE, "opened")])
    database.close()

    found = examined(path)

    assert "der letzte Eintrag im Protokoll ist von Fr 11.12.2026, 12:32 Uhr" in of("clock", found)
    assert "clock" not in ill(examined(path, now=NOW + timedelta(hours=2)))


DATABASE_FILES = {
    "no database at all": (b"Das ist keine Datenbank, sondern ein Brief." * 100, "ist beschädigt (SQLITE_NOTADB)"),
    "empty": (b"", "leer; beim ersten Start"),
}


@pytest.mark.parametrize(("content", "words"), DATABASE_FILES.values(), ids=DATABASE_FILES.keys())
def test_a_file_in_the_place_of_the_database_is_told(
    tmp_path: Path, unreachable: Answers, content: bytes, words: str
) -> None:
    path = written(tmp_path, unreachable)
    (tmp_path / "krm.db").write_bytes(content)
    (tmp_path / "krm.db").chmod(0o600)

    assert words in of("database", examined(path))


@pytest.mark.parametrize(
    ("version", "ok", "words"),
    [
        ("0000", True, f"werden beim nächsten Start auf {Database.newest()} gebracht"),
        ("9999", False, "haben Version 9999"),
    ],
    ids=["older", "newer"],
)
def test_tables_of_another_version_are_told(
    tmp_path: Path, unreachable: Answers, version: str, ok: bool, words: str
) -> None:
    path = written(tmp_path, unreachable)
    database = _upgrade(path)
    with database.transaction() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{version}'")
    database.close()

    found = examined(path)

    assert words in of("database", found)
    assert ("database" not in ill(found)) == ok


def test_a_database_open_to_everybody_is_told(tmp_path: Path, unreachable: Answers) -> None:
    path = written(tmp_path, unreachable)
    _upgrade(path)
    (tmp_path / "krm.db").chmod(0o644)

    found = examined(path)

    assert "steht allen Benutzern dieses Rechners offen (0644)" in of("database", found)
    assert "beschreibbar" in of("database", found)


@pytest.mark.parametrize(
    ("name", "mode", "words"),
    [
        ("krm.db", 0o640, "steht einer Gruppe offen (0640)"),
        ("krm.db-wal", 0o604, "steht allen Benutzern dieses Rechners offen (0604)"),
        (".", 0o770, "können auch andere schreiben (0770)"),
    ],
)
def test_what_stands_open_beside_the_database_is_told_too(
    tmp_path: Path, unreachable: Answers, name: str, mode: int, words: str
) -> None:
    path = written(tmp_path / "office", unreachable)
    assert path.parent.stat().st_mode & 0o777 == 0o700
    _upgrade(path)
    place = path.parent / name
    place.touch()
    place.chmod(mode)

    found = [f for f in examined(path) if f.area == "database" and not f.ok]

    assert [words in f.what for f in found] == [True]
    assert "chmod" in found[0].remedy


def test_records_stored_plainly_are_told(tmp_path: Path, unreachable: Answers) -> None:
    path = changed(written(tmp_path, unreachable), "encryption = true", "encryption = false")
    _upgrade(path)

    assert "nicht verschlüsselt" in of("database", examined(path))


def test_a_postgresql_that_is_away_is_told_without_its_password(tmp_path: Path, unreachable: Answers) -> None:
    (port,) = free_ports(1)
    path = written(tmp_path, replace(unreachable, database_url=f"postgresql://krm:geheim@127.0.0.1:{port}/krm"))

    found = examined(path)

    assert "nicht benutzbar" in of("database", found)
    assert "besser steht sie in KRM_DATABASE_URL" in of("settings", found)


@pytest.mark.postgres
def test_a_real_postgresql_is_looked_at(tmp_path: Path, unreachable: Answers, postgres_url: str) -> None:
    path = written(tmp_path, unreachable)

    assert "erreichbar und leer" in of("database", examined(path, {"KRM_DATABASE_URL": postgres_url}))
    database = Database(postgres_url)
    database.upgrade()
    database.close()
    assert "erreichbar und beschreibbar" in of("database", examined(path, {"KRM_DATABASE_URL": postgres_url}))


@pytest.mark.postgres
def test_a_database_that_may_only_be_read_is_told(tmp_path: Path, unreachable: Answers, postgres_url: str) -> None:
    path = written(tmp_path, unreachable)
    database = Database(postgres_url)
    database.upgrade()
    database.close()
    reading = "options=-c%20default_transaction_read_only%3Don"
    url = f"{postgres_url}{'&' if '?' in postgres_url else '?'}{reading}"

    found = examined(path, {"KRM_DATABASE_URL": url})

    assert "darf nicht geschrieben werden (ReadOnlySqlTransaction)" in of("database", found)


def test_a_damaged_form_is_told_and_the_other_areas_are_looked_at(
    tmp_path: Path, unreachable: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = tmp_path / "anlage3.toml"
    damaged.write_text("[[art]\n", encoding="utf-8")
    monkeypatch.setattr(anlage3, "shipped", lambda: anlage3.load(damaged))

    found = examined(written(tmp_path, unreachable))

    (told,) = (f for f in found if f.area == "org" and not f.ok)
    assert str(damaged) in told.what
    assert {f.area for f in found} == set(AREAS)


def test_a_model_is_told_as_missing_and_trains_nothing(tmp_path: Path, unreachable: Answers, cache: Path) -> None:
    found = examined(written(tmp_path, unreachable))

    assert "wird beim ersten Start trainiert" in of("model", found)
    assert not cache.exists()


def test_a_model_in_the_cache_is_told(tmp_path: Path, unreachable: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, unreachable)
    expected = Recipe(key=settings.load(path, {}).keys.seal())
    monkeypatch.setattr(models, "kept", lambda recipe: recipe == expected)

    assert of("model", examined(path)).startswith("Ein passendes Modell liegt bereit.")


def test_learning_is_told_as_switched_off_unless_it_is_on(tmp_path: Path, unreachable: Answers) -> None:
    path = written(tmp_path, unreachable)
    assert "Lernen aus bestätigten Vorgängen ist ausgeschaltet" in of("model", examined(path))

    changed(path, "#enabled = false", "enabled = true")
    found = examined(path)

    assert f"die Modelle liegen in {tmp_path / 'models'}" in of("model", found)
    assert "model" not in ill(found)
    assert not (tmp_path / "models").exists()


def test_a_folder_of_models_that_cannot_be_used_is_told(tmp_path: Path, unreachable: Answers) -> None:
    path = changed(written(tmp_path, unreachable), "#enabled = false", "enabled = true")
    (tmp_path / "models").write_text("")
    assert "können nicht in" in of("model", examined(path))

    (tmp_path / "models").unlink()
    (tmp_path / "models").mkdir(mode=0o777)
    (tmp_path / "models").chmod(0o777)
    found = examined(path)

    assert "können auch andere schreiben" in of("model", found)
    assert "model" in ill(found)


def test_a_folder_for_reports_that_is_not_there_is_told_before_the_first_report(
    tmp_path: Path, unreachable: Answers
) -> None:
    path = changed(written(tmp_path, unreachable), "[report]\n", '[report]\nfolder = "Auswertungen"\n')
    found = examined(path)
    assert f"Ordner für die Auswertungen ({tmp_path / 'Auswertungen'}) gibt es nicht" in of("settings", found)
    assert "settings" in ill(found)

    (tmp_path / "Auswertungen").mkdir()

    assert "Auswertungen" not in of("settings", examined(path))


def test_the_policy_of_a_closed_network_says_what_it_rests_on(tmp_path: Path, unreachable: Answers) -> None:
    path = written(tmp_path, replace(unreachable, policy="closed-network"))

    (finding,) = [f for f in examined(path) if f.area == "authenticity"]

    assert finding.info
    assert "Geschlossenes Netz" in finding.what


@pytest.mark.parametrize("policy", list(Policy))
def test_every_policy_is_shown_with_what_it_rests_on(tmp_path: Path, unreachable: Answers, policy: Policy) -> None:
    path = written(tmp_path, replace(unreachable, policy=policy.value))

    first, *others = [f for f in examined(path) if f.area == "authenticity"]

    assert first.info
    assert first.remedy.startswith("Das setzt")
    assert "schützt" in first.remedy
    assert ("mx.jobcenter.example" in first.what) is Trust(policy).by_results
    assert bool(others) is Trust(policy).by_signature
    assert all("DNS" in f.what for f in others)


def test_whether_the_name_server_answers_is_shown() -> None:
    zone = Zone(silent=["_dmarc.jobcenter.example"])

    silent = checkups.nameserver("jobcenter.example", zone.txt)
    known = checkups.nameserver("other.example", zone.txt)

    assert not silent.ok
    assert "antwortet nicht" in silent.what
    assert silent.remedy
    assert known.ok


def test_a_finding_as_json_has_the_four_keys() -> None:
    finding = Finding("imap", True, "gut", "", info=True)

    assert finding.as_dict() == {"area": "imap", "ok": True, "what": "gut", "remedy": ""}


TAXONOMY = anlage3.shipped()
ALL = tuple(dict.fromkeys(c.id.partition(".")[0] + "." for c in TAXONOMY.categories))


def person(some_id: str, domain: str = "jobcenter.example") -> Person:
    return Person(some_id, some_id.upper(), f"{some_id}@{domain}", "0381 555-0100")


LEAD, SECOND = person("tl-1"), person("tl-2")
SOUND = Office(
    name="Jobcenter",
    address="krm@jobcenter.example",
    officer=person("krm-1"),
    deputy=person("krm-2"),
    management=(person("gf"),),
    front_office=person("vz"),
    legal_office=person("rb"),
    areas=(Area("b", "Bereich", person("bl"), person("bl-v")),),
    units=(Unit("1", "Team 1", "b", LEAD, SECOND, ALL),),
    security=person("sich", "wache.example"),
    domains=("jobcenter.example",),
)

ORG = {
    "no telephone of the deputy": (
        {"deputy": Person("krm-2", "X", "krm-2@jobcenter.example", "–")},
        False,
        "„krm-2“ hat keine Telefonnummer",
    ),
    "no domains": ({"domains": ()}, False, "keine Mail-Domain"),
    "a lead outside": (
        {"units": (Unit("1", "T", "b", person("tl-9", "web.example"), SECOND, ALL),)},
        False,
        "keiner Domain des Hauses: tl-9.",
    ),
    "security outside": ({}, True, "außerhalb des Hauses: sich."),
    "one address of two": (
        {"front_office": Person("vz", "V", "gf@jobcenter.example")},
        True,
        "Dieselbe Adresse haben gf, vz",
    ),
    "no unit": ({"units": ()}, True, "noch kein Team"),
    "categories of nobody": (
        {"units": (Unit("1", "T", "b", LEAD, SECOND, (*ALL[1:], TAXONOMY.categories[0].id)),)},
        True,
        f"kein Team zuständig: {TAXONOMY.categories[1].id}, ",
    ),
    "a whole group of nobody": (
        {"units": (Unit("1", "T", "b", LEAD, SECOND, ALL[1:]),)},
        True,
        f"kein Team zuständig: {ALL[0]}.",
    ),
    "categories there are not": (
        {"units": (Unit("1", "T", "b", LEAD, SECOND, (*ALL, "kommunal", "komunal.")),)},
        False,
        "Team 1: Diese Kategorien gibt es im Kontaktformular nicht: kommunal, komunal.",
    ),
    "a lead without deputy": (
        {"units": (Unit("1", "T", "b", LEAD, None, ALL),)},
        True,
        "Teams haben eine Leitung ohne",
    ),
    "a head without deputy": ({"areas": (Area("b", "B", person("bl")),)}, True, "Diese Bereiche haben eine Leitung"),
    "a lead as own deputy": ({"units": (Unit("1", "T", "b", LEAD, LEAD, ALL),)}, False, "sind dieselbe Person"),
    "no security": ({"security": None}, True, "[org.security]"),
    "no file reference": ({}, True, "kein Aktenzeichen genannt"),
    "no access list": ({}, True, "[[org.access]] fehlt"),
}


@pytest.mark.parametrize(("change", "ok", "words"), ORG.values(), ids=ORG.keys())
def test_a_gap_in_the_org_directory_is_told(change: dict[str, object], ok: bool, words: str) -> None:
    found = tuple(org(replace(SOUND, **change), TAXONOMY))  # type: ignore[arg-type]

    (finding,) = [f for f in found if words in f.what]
    assert finding.ok == ok
    assert all(f.remedy for f in found if not f.ok)
    assert [f for f in found if not f.ok] == ([] if ok else [finding])


def test_the_org_directory_is_told_without_names_and_addresses() -> None:
    told = " ".join(f.what for f in org(replace(SOUND, domains=("x",)), TAXONOMY))

    assert "TL-1" not in told
    assert "@" not in told


@pytest.mark.parametrize(
    ("own", "category", "expected"),
    [
        ("kommunal.", "kommunal.darlehen", True),
        ("kommunal.darlehen", "kommunal.darlehen", True),
        ("kommunal", "kommunal.darlehen", False),
        ("kommunal.dar", "kommunal.darlehen", False),
    ],
)
def test_a_unit_answers_for_ids_and_for_beginnings_with_a_dot(own: str, category: str, expected: bool) -> None:
    assert answers_for([own], category) == expected
