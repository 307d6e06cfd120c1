"""krm.toml: every fault with its line and its remedy, all at once; secrets from where they may be."""

import sys
import types
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from krm import settings
from krm.filing import Filing
from krm.settings import SettingsError
from tests.krm.initialised import ANSWERS, KEY, added, changed, written

AREA = """
[[org.area]]
id = "leistung"
name = "Leistung"
head = { id = "bl", name = "Frau Leitung", address = "bl@jobcenter.example" }
"""
UNIT = """
[[org.unit]]
id = "514"
name = "Team 514"
area = "leistung"
[org.unit.lead]
id = "tl-514"
name = "Frau Yıldız"
address = "TL-514@Jobcenter.example"
"""

FAULTY = {
    # old, new, words of the fault, words of its line
    "an unknown section": ("[workdays]", "[workday]", "„workday“ in der Datei ist unbekannt", "[workday]"),
    "an unknown field": ("[rhythm]", "[rhythm]\npol_seconds = 3", "„pol_seconds“ in [rhythm] ist unbekannt", "pol_"),
    "an unknown field beside days off": ("[workdays]", '[workdays]\noff = []\nof = ""', "„of“ in [workdays]", "of ="),
    "an unknown folder": ("#[mailbox.folders]", '[mailbox.folders]\nspam = "X"', "„spam“", "spam ="),
    "a person's unknown field": ('id = "gf"', 'id = "gf"\nfax = "1"', "„fax“ in [org.management]", "fax ="),
    "a number as text": ("#port = 993", 'port = "993"', "„port“ in [mailbox] ist keine ganze Zahl", "port ="),
    "a number with a comma": ("#poll_seconds = 60", "poll_seconds = 60.5", "keine ganze Zahl", "poll_seconds"),
    "a truth as number": ("#poll_seconds = 60", "poll_seconds = true", "keine ganze Zahl", "poll_seconds"),
    "a number as truth": ("#acknowledge_unasked = true", "acknowledge_unasked = 1", "weder true", "acknowledge"),
    "a number too high": ("#port = 993", "port = 70000", "„port“ in [mailbox] ist 70000", "port ="),
    "a number too low": ("#max_megabytes = 40", "max_megabytes = 0", "ist 0", "max_megabytes"),
    "a file reference too long": ('#file_reference = ""', f'file_reference = "{"7" * 41}"', "brauchbaren", "file_ref"),
    "no address of the report": ('#address = ""', 'address = "Ablage"', "„address“ in [report]", "address"),
    "learning as text": ("#enabled = false", 'enabled = "ja"', "„enabled“ in [learning] ist weder true", "enabled"),
    "an unknown field of learning": ("[learning]", "[learning]\nnightly = 1", "„nightly“ in [learning]", "nightly"),
    "a text as list": ("name = ", "name = [1] #", "„name“ in [org] ist kein Text", "name = [1]"),
    "a host as list": ('host = "imap', 'host = ["imap"] # "', "„host“ in [mailbox] ist kein Text", "host ="),
    "a host with port": ("imap.jobcenter.example", "imap.example/x", "„host“ in [mailbox]", "host ="),
    "a text of blanks": ('"Frau Weiß"', '"  "', "„name“ in [org.officer] ist leer", "name ="),
    "a text with a line break": ('"Frau Weiß"', '"Frau\\nWeiß"', "keine einfache Zeile", "name ="),
    "a list with a number in it": ("#sites = []", 'sites = ["A", 1]', "keine Liste von Texten", "sites ="),
    "a domain with @": ('["jobcenter.example"]', '["@jobcenter.example"]', "an 1. Stelle", "domains"),
    "an address without @": ("weiss@jobcenter.example", "weiss", "„address“ in [org.officer]", '"weiss"'),
    "an address with a name": ("oez@jobcenter.example", "Öz <oez@x.example>", "„address“ in [org.deputy]", "<oez"),
    "a listed address that is none": ("#listed = []", 'listed = [\n"a@b",\n"c"]', "an 2. Stelle", '"c"'),
    "an id with capitals": ('id = "gf"', 'id = "GF"', "„id“ in [org.management]", '"GF"'),
    "an id for citizens": ('id = "gf"', 'id = "citizen"', "kann keine id", '"citizen"'),
    "no telephone of the officer": (
        'telephone = "0381 555-0142"\n',
        "",
        "„telephone“ in [org.officer] fehlt",
        "[org.o",
    ),
    "no TLS to elsewhere": ('#tls = "tls"', 'tls = "none"', "„tls“ in [mailbox] ist „none“", "tls ="),
    "no TLS to elsewhere when sending": ('#tls = "starttls"', 'tls = "none"', "„tls“ in [smtp] ist", "tls ="),
    "an unknown kind of TLS": ('#tls = "tls"', 'tls = "ssl"', "„tls“ in [mailbox] ist „ssl“", "tls ="),
    "an unknown policy": ('#policy = "authserv-id"', 'policy = "none"', "„policy“ in [trust] ist „none“", "policy ="),
    "no name of the trusted server": (
        'authserv_id = "mx.jobcenter.example"',
        "",
        "„authserv_id“ in [trust]",
        "[trust]",
    ),
    "no name of the trusted server for either": (
        'authserv_id = "mx.jobcenter.example"',
        'policy = "authserv-id-or-dkim"',
        "„authserv_id“ in [trust]",
        "[trust]",
    ),
    "filing into the inbox": ("#[mailbox.folders]", '[mailbox.folders]\ndone = "inbox"', "gelesen wird", "done ="),
    "a database nobody knows": ("#url = ", 'url = "mysql://x/y" #', "Datenbank-URL", "url ="),
    "a database port that is none": ("#url = ", 'url = "postgresql://x:yz/y" #', "Datenbank-URL", "url ="),
    "a day off that never comes": ("#off = ", 'off = ["24.12.",\n"31.2."] #', "„31.2.“ ist kein Tag", "31.2."),
    "a day off in English": ("#off = ", 'off = ["12/24"] #', "„12/24“ ist kein Tag", "off ="),
    "a privacy page that is none": ("https://jobcenter.example/daten", "siehe Aushang", "„privacy_url“", "privacy_url"),
    "no management": (
        '[[org.management]]\nid = "gf"',
        '[org.security]\nid = "gf"',
        "Die Geschäftsführung fehlt",
        "[org]",
    ),
    "one management only, no list": (
        "\n[[org.management]]\n",
        "\n[org.management]\n",
        "keine Liste von Tabellen",
        "[org.man",
    ),
    "officer and deputy the same": ('"krm-vertretung"', '"krm"', "Vertretung sind dieselbe", "[org.deputy]"),
    "a deputy at the officer's address": ("oez@", "weiss@", "Vertretung sind dieselbe", "[org.deputy]"),
    "the management's address is the mailbox": ("gf@", "KRM@", "Adresse des Postfachs", '"KRM@'),
    "one id for two people": ('id = "vorzimmer"', 'id = "krm"', "„krm“ steht mit anderen Angaben", 'id = "krm"'),
}


@pytest.mark.parametrize(("old", "new", "words", "place"), FAULTY.values(), ids=FAULTY.keys())
def test_a_fault_is_told_with_its_line(tmp_path: Path, old: str, new: str, words: str, place: str) -> None:
    path = changed(written(tmp_path), old, new)

    (fault,) = [f for f in faults_of(path) if words in f.what]

    lines = path.read_text(encoding="utf-8").splitlines()
    assert fault.line
    assert place in lines[fault.line - 1]
    assert fault.remedy.endswith((".", '"', "…", "]", "0", "true"))


FAULTY_PEOPLE = {
    "a lead's address is the mailbox": (
        AREA + UNIT.replace("TL-514@", "krm@"),
        "Adresse des Postfachs",
        'address = "krm@',
    ),
    "a head's address is the mailbox": (AREA.replace("bl@", "krm@"), "Adresse des Postfachs", "head ="),
    "a unit of no area": (UNIT, "Den Bereich „leistung“ gibt es nicht", "area ="),
    "the second unit's area": (
        AREA + UNIT + UNIT.replace("514", "515").replace('"leistung"', '"x"'),
        "„x“ gibt",
        'area = "x"',
    ),
    "two units of one id": (
        AREA + UNIT + UNIT.replace("Team 514", "Team 515"),
        "Die id „514“ gibt es zweimal",
        'id = "514"',
    ),
    "two areas of one id": (AREA + AREA, "Die id „leistung“ gibt es zweimal", 'id = "leistung"'),
    "a lead that is somebody else": (
        AREA + UNIT.replace("tl-514", "bl"),
        "„bl“ steht mit anderen Angaben schon in Zeile",
        'id = "bl"',
    ),
    "access of nobody": ('[[org.access]]\nuser = "x"\nperson = "niemand"\n', "„niemand“ gibt es nicht", "person ="),
    "the second access": (
        '[[org.access]]\nuser = "x"\nperson = "gf"\n[[org.access]]\nuser = "x"\n',
        "„person“ in [org.access] fehlt",
        "[[org.access]]",
    ),
    "an inline unit without a name": (
        AREA + "unit = 1\n",
        "„unit“ in [org.area] ist unbekannt",
        "unit = 1",
    ),
    "the lead's lead": (AREA + UNIT + 'lead = ""\n', "„lead“ in [org.unit.lead] ist unbekannt", 'lead = ""'),
}


@pytest.mark.parametrize(("text", "words", "place"), FAULTY_PEOPLE.values(), ids=FAULTY_PEOPLE.keys())
def test_what_does_not_fit_together_is_told_with_its_line(tmp_path: Path, text: str, words: str, place: str) -> None:
    path = added(written(tmp_path), text)

    (fault,) = [f for f in faults_of(path) if words in f.what]

    assert place in path.read_text(encoding="utf-8").splitlines()[fault.line - 1]


ODD_TOML = {
    "inline tables over several lines": (
        'management = [\n  { id = "gf", name = "A", address = "a@x.example" },\n  { id = "gf2", name = "" },\n]\n',
        "„name“ in [org.management] ist leer",
        3,
    ),
    "dotted keys": ('officer.id = "krm"\nofficer.name = 5\n', "„name“ in [org.officer] ist kein Text", 2),
    "quoted keys": ('"name" = 5\n', "„name“ in [org] ist kein Text", 1),
    "blanks around the dots of a head": ("[ org . officer ]\nname = 5\n", "„name“ in [org.officer] ist kein", 2),
    "a multi-line string before it": (
        'postal_address = """\n[org.officer]\nname = 1\n"""\nname = 5\n',
        "„name“ in [org]",
        5,
    ),
    "a multi-line string with quotes at its end": ('postal_address = """a\n""b"""""\nname = 5\n', "„name“ in [org]", 3),
    "a literal multi-line string": ("postal_address = '''\n[x]\n\\'''\nname = 5\n", "„name“ in [org] ist kein", 4),
    "a comment with a head": ("# [org.officer]\n#name = 1\nname = 5 # name = 6\n", "„name“ in [org] ist kein Text", 3),
    "a hash in a text": ('postal_address = "Haus # 5, \\"[x]\\""\nname = 5\n', "„name“ in [org] ist kein Text", 2),
    "a list in a list": ("sites = [\n [1], [\n2]]\nname = 5\n", "„name“ in [org] ist kein Text", 4),
    "a date": ("name = 2026-11-22T10:00:00.5Z\n", "„name“ in [org] ist kein Text", 1),
}


@pytest.mark.parametrize(("text", "words", "line"), ODD_TOML.values(), ids=ODD_TOML.keys())
def test_lines_are_right_however_the_toml_is_written(tmp_path: Path, text: str, words: str, line: int) -> None:
    path = tmp_path / "krm.toml"
    path.write_text("[org]\n" + text, encoding="utf-8")

    assert [f.line - 1 for f in faults_of(path) if words in f.what] == [line]


NO_TOML = {
    "a line without a value": ("[mailbox]\nhost\n", 2, "fehlt das Gleichheitszeichen"),
    "a text without end": ('[mailbox]\nhost = "imap\nuser = "x"\n', 2, "verbotenes Zeichen"),
    "a text without end at the end": ('[mailbox]\nhost = "imap', 2, "fehlt das Ende"),
    "typographic quotes": ("[mailbox]\nhost = „imap“\n", 2, "Ein Wert ist nicht lesbar"),
    "a backslash": ('[mailbox]\nca_file = "C:\\certs"\n', 2, "ein einzelner \\"),
    "a name twice": ("[mailbox]\nport = 1\nport = 2\n", 3, "Ein Name steht zweimal"),
    "a section twice": ("[mailbox]\n[smtp]\n[mailbox]\n", 3, "Ein Abschnitt steht zweimal"),
    "a head without its bracket": ("[mailbox]\n[smtp\n", 2, "fehlt die Klammer"),
    "words behind the value": ("[mailbox]\nport = 993 tls\n", 2, "Hinter dem Wert"),
    "a list without end": ('[org]\nsites = ["A"\n', 2, "Eine Liste hat kein Ende"),
    "brackets without end": ("x = " + "[" * 5000, 0, "zu tief verschachtelt"),
}


@pytest.mark.parametrize(("text", "line", "words"), NO_TOML.values(), ids=NO_TOML.keys())
def test_a_file_that_is_no_toml_is_told_in_german_with_its_line(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    path = tmp_path / "krm.toml"
    path.write_text(text, encoding="utf-8")

    (fault,) = faults_of(path)

    assert fault.line == line
    assert words in fault.what


def test_a_missing_file_points_to_init(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path / "krm.toml")

    assert "gibt es nicht" in fault.what
    assert "krm init" in fault.remedy


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path)

    assert "IsADirectoryError" in fault.what


def test_a_file_in_an_old_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "krm.toml"
    path.write_bytes("[org]\nname = „Müller“\n".encode("cp1252"))

    (fault,) = faults_of(path)

    assert (fault.line, "UTF-8" in fault.what) == (2, True)


@pytest.mark.parametrize(
    "change", [lambda t: t.replace("\n", "\r\n"), lambda t: "\ufeff" + t], ids=["line ends", "mark"]
)
def test_a_file_saved_on_windows_is_read(tmp_path: Path, change: Callable[[str], str]) -> None:
    path = written(tmp_path)
    path.write_bytes(change(path.read_text(encoding="utf-8")).encode())

    assert settings.load(path, {}).office.name == "Jobcenter Musterstadt"


def test_a_value_in_the_place_of_a_section_is_told_once(tmp_path: Path) -> None:
    path = written(tmp_path)
    text = path.read_text(encoding="utf-8").replace("[rhythm]\n", "").replace("# Eins", "rhythm = 3\n# Eins", 1)
    path.write_text(text, encoding="utf-8")

    assert [(f.line, f.what) for f in faults_of(path)] == [(1, "„rhythm“ ist keine Tabelle.")]


def test_all_faults_come_at_once_by_line_and_each_once(tmp_path: Path) -> None:
    path = written(tmp_path)
    for old, new in [
        ("#port = 993", "port = 0"),
        ('id = "gf"', 'id = "G"'),
        ("#hold_minutes = 10", "hold_minutes = -1"),
    ]:
        changed(path, old, new)
    (tmp_path / "krm.key").unlink()
    (tmp_path / "smtp.password").unlink()

    faults = faults_of(path)

    assert [f.line == 0 for f in faults] == [True, True, False, False, False]
    assert [f.line for f in faults] == sorted(f.line for f in faults)
    assert len(set(faults)) == 5


def test_an_empty_file_names_each_missing_section_once(tmp_path: Path) -> None:
    path = tmp_path / "krm.toml"
    path.write_text("", encoding="utf-8")

    told = [f.what for f in faults_of(path)]

    assert [w for w in told if w.startswith("[")] == [
        "[mailbox] fehlt.",
        "[org] fehlt.",
        "[smtp] fehlt.",
        "[trust] fehlt.",
    ]
    assert len(told) == 6  # and two secrets


def test_the_other_parts_can_be_used_where_one_is_faulty(tmp_path: Path) -> None:
    draft = settings.read(changed(written(tmp_path), "#port = 993", "port = 0"), {})

    assert draft.mailbox is None
    assert draft.smtp
    assert draft.office
    assert draft.keys


def test_addresses_are_in_small_letters_and_keep_their_sharp_s(tmp_path: Path) -> None:
    path = written(tmp_path, replace(ANSWERS, officer_address="Weiß@Jobcenter.example"))

    assert settings.load(path, {}).office.officer.address == "weiß@jobcenter.example"


def test_the_same_person_may_sit_in_two_places(tmp_path: Path) -> None:
    lead = '{ id = "bl", name = "Frau Leitung", address = "bl@jobcenter.example" }'
    unit = f'[[org.unit]]\nid = "1"\nname = "T"\narea = "leistung"\nlead = {lead}\n'

    office = settings.load(added(written(tmp_path), AREA + unit), {}).office

    assert office.units[0].lead == office.areas[0].head


@pytest.mark.parametrize(
    ("tls", "imap", "smtp"), [("tls", 993, 465), ("starttls", 143, 587), ("none", 143, 25)], ids=str
)
def test_ports_follow_the_kind_of_encryption(tmp_path: Path, tls: str, imap: int, smtp: int) -> None:
    here = replace(ANSWERS, mailbox_host="localhost", smtp_host="::1", mailbox_tls=tls, smtp_tls=tls)

    loaded = settings.load(written(tmp_path, here), {})

    assert (loaded.mailbox.port, loaded.smtp.port) == (imap, smtp)
    assert loaded.on_loopback


URLS = {
    "SQLite beside the file": ("sqlite:///krm.db", "sqlite:///{0}/krm.db"),
    "SQLite in a folder": ("sqlite:///daten/krm.db", "sqlite:///{0}/daten/krm.db"),
    "SQLite by its whole way": ("sqlite:////var/krm.db", "sqlite:////var/krm.db"),
    "PostgreSQL": ("postgresql://krm@db/krm", "postgresql+psycopg://krm@db/krm"),
    "PostgreSQL with driver": ("postgresql+psycopg:///krm", "postgresql+psycopg:///krm"),
}


@pytest.mark.parametrize(("url", "expected"), URLS.values(), ids=URLS.keys())
def test_a_database_url_is_made_whole(tmp_path: Path, url: str, expected: str) -> None:
    loaded = settings.load(written(tmp_path, replace(ANSWERS, database_url=url)), {})

    assert loaded.database_url == expected.format(tmp_path.resolve())


def test_the_database_url_of_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, replace(ANSWERS, database_url="sqlite:///krm.db"))

    assert settings.load(path, {"KRM_DATABASE_URL": "sqlite:////x.db"}).database_url == "sqlite:////x.db"


def test_certificates_are_looked_for_from_the_folder_of_the_file(tmp_path: Path) -> None:
    loaded = settings.load(written(tmp_path, replace(ANSWERS, ca_file="haus.pem")), {})

    assert loaded.mailbox.ca_file == loaded.smtp.ca_file == str(tmp_path.resolve() / "haus.pem")


KEYS = {
    "too short": ("k1:kurz", "zu kurz"),
    "without its id": (KEY, "unvollständig"),
    "the id twice": (f"k1:{KEY} k1:{KEY[1:]}x", "dieselbe Kennung"),
    "the second one too short": (f"k1:{KEY}\nk2:kurz", "zu kurz"),
}


@pytest.mark.parametrize(("key", "words"), KEYS.values(), ids=KEYS.keys())
def test_a_key_that_protects_nothing_is_a_fault_and_not_told(tmp_path: Path, key: str, words: str) -> None:
    path = written(tmp_path)

    with pytest.raises(SettingsError) as caught:
        settings.load(path, {"KRM_KEY": key})

    assert words in str(caught.value)
    assert KEY[1:] not in str(caught.value)
    assert "kurz:" not in str(caught.value)


def test_the_last_key_makes_new_tokens(tmp_path: Path) -> None:
    loaded = settings.load(written(tmp_path), {"KRM_KEY": f"k1:{KEY}\nk2:{KEY}"})

    assert loaded.keys.current == "k2"


def test_a_secret_is_taken_from_the_first_place_that_has_it(tmp_path: Path) -> None:
    path, credentials, elsewhere = written(tmp_path), tmp_path / "cred", tmp_path / "elsewhere"
    credentials.mkdir()
    (credentials / "mailbox_password").write_text("credential\n", encoding="utf-8")
    elsewhere.write_text("named", encoding="utf-8")
    environ = {
        "KRM_MAILBOX_PASSWORD": "variable",
        "KRM_MAILBOX_PASSWORD_FILE": str(elsewhere),
        "CREDENTIALS_DIRECTORY": str(credentials),
    }
    found = []
    for name in (*environ, ""):
        found.append(settings.load(path, environ).mailbox.password)
        environ.pop(name, None)

    assert found == ["variable", "named", "credential", "geheim-äöü"]


def test_a_password_keeps_its_blanks_and_loses_only_the_line_end(tmp_path: Path) -> None:
    path = written(tmp_path)
    (tmp_path / "mailbox.password").write_bytes(b"\xef\xbb\xbf geheim \r\n")

    assert settings.load(path, {}).mailbox.password == " geheim "


SECRET_FAULTS = {
    "named but not there": ({"KRM_KEY_FILE": "/nowhere/krm.key"}, "KRM_KEY_FILE nennt eine Datei"),
    "named and no file": ({"KRM_KEY_FILE": "/"}, "/ ist nicht lesbar (IsADirectoryError)"),
}


@pytest.mark.parametrize(("environ", "words"), SECRET_FAULTS.values(), ids=SECRET_FAULTS.keys())
def test_a_wrong_way_to_a_secret_is_a_fault_although_another_place_has_it(
    tmp_path: Path, environ: dict[str, str], words: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        settings.load(written(tmp_path), environ)

    assert words in str(caught.value)


def test_a_password_in_an_old_encoding_is_a_fault_without_the_password(tmp_path: Path) -> None:
    path = written(tmp_path)
    (tmp_path / "mailbox.password").write_bytes("geheim-ß".encode("latin-1"))

    told = "\n".join(map(str, faults_of(path)))

    assert "mailbox.password ist nicht lesbar (UnicodeDecodeError)" in told
    assert "geheim" not in told


def test_a_secret_may_lie_in_the_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path)
    (tmp_path / "mailbox.password").unlink()
    monkeypatch.setitem(sys.modules, "keyring", _keyring({("krm-bot", "mailbox_password"): "ring"}))

    assert settings.load(path, {}).mailbox.password == "ring"


def test_a_keyring_without_a_place_to_look_is_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path)
    (tmp_path / "mailbox.password").unlink()
    monkeypatch.setitem(sys.modules, "keyring", _keyring(None))

    assert ["„mailbox_password“ fehlt" in f.what for f in faults_of(path)] == [True]


def _keyring(held: dict[tuple[str, str], str] | None) -> types.ModuleType:
    """A module like keyring; None: without a backend."""
    module = types.ModuleType("keyring")
    errors = types.SimpleNamespace(KeyringError=type("KeyringError", (Exception,), {}))

    def get_password(service: str, name: str) -> str | None:
        if held is None:
            raise errors.KeyringError
        return held.get((service, name))

    vars(module).update(errors=errors, get_password=get_password)
    return module


def test_without_login_no_password_for_sending_is_needed(tmp_path: Path) -> None:
    path = written(tmp_path, replace(ANSWERS, smtp_user="", smtp_password=""))

    assert settings.load(path, {}).smtp.password == ""


@pytest.mark.parametrize(
    ("given", "folder"),
    [(None, "models"), ("gelernt/modelle", "gelernt/modelle"), ("/var/lib/krm", "/var/lib/krm"), ("", "models")],
)
def test_learning_is_off_and_its_models_lie_beside_the_settings_unless_they_say_otherwise(
    tmp_path: Path, given: str | None, folder: str
) -> None:
    path = written(tmp_path)
    if given is not None:
        changed(path, '#folder = "models"', f'folder = "{given}"')

    loaded = settings.load(path, {})

    assert not loaded.learning.enabled
    assert loaded.learning.folder == tmp_path.resolve() / folder


def test_a_report_is_kept_nowhere_unless_the_settings_say_where(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert settings.load(path, {}).filing == Filing()

    changed(path, '#folder = ""', 'folder = "Berichte"')
    changed(path, '#address = ""', 'address = "ablage@jobcenter.example"')
    assert settings.load(path, {}).filing == Filing(tmp_path.resolve() / "Berichte", "ablage@jobcenter.example")


def test_what_the_front_office_gets_has_a_file_reference_and_a_size(tmp_path: Path) -> None:
    path = written(tmp_path)
    standard = settings.load(path, {})
    assert (standard.office.file_reference, standard.rhythm.max_letter_bytes) == ("", 20_000_000)

    changed(path, '#file_reference = ""', 'file_reference = "II-1300/4"')
    changed(path, "#max_megabytes = 20", "max_megabytes = 10")

    loaded = settings.load(path, {})
    assert (loaded.office.file_reference, loaded.rhythm.max_letter_bytes) == ("II-1300/4", 10_000_000)
    assert loaded.rhythm.max_bytes == loaded.mailbox.max_bytes


def test_no_secret_shows_in_the_settings(tmp_path: Path) -> None:
    shown = repr(settings.load(written(tmp_path), {}))

    assert "geheim" not in shown
    assert KEY not in shown


def test_the_file_is_found_by_option_then_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert settings.find("a.toml", {"KRM_CONFIG": "b.toml"}) == Path("a.toml")
    assert settings.find(None, {"KRM_CONFIG": "b.toml"}) == Path("b.toml")
    assert settings.find(None, {}) == Path("krm.toml")


def faults_of(path: Path) -> tuple[settings.Fault, ...]:
    with pytest.raises(SettingsError) as caught:
        settings.load(path, {})
    return caught.value.faults
