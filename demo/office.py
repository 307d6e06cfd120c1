"""The invented office: who has an account, who sits where, and its folder with krm.toml as the bot reads it."""

import getpass
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

NAME = "Jobcenter Musterhafen"
POLL_SECONDS = 1
RHYTHM: Mapping[str, int] = {"poll_seconds": POLL_SECONDS, "hold_minutes": 0}
PLAYED = {**RHYTHM, "tell_of_gap_minutes": 0}
"""Where the clock jumps, nobody is told that the program stood still."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody with a mailbox. `role` is a word who it is, in German; `id` and `telephone` for people of the house."""

    name: str
    address: str
    role: str
    id: str = ""
    telephone: str = ""

    @property
    def citizen(self) -> bool:
        return not self.id

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>"


def _house(person_id: str, name: str, local: str, telephone: str, role: str) -> Account:
    return Account(name, f"{local}@jobcenter.example", role, person_id, f"03999 555-{telephone}")


KRM = _house("krm", "Kundenreaktionen", "krm", "0", "Postfach des Programms")
ERIKA = Account("Erika Muster", "erika.muster@mail.example", "Bürgerin")
JUSUF = Account("Jusuf Yılmaz", "jusuf.yilmaz@mail.example", "Bürger")
BAKERY = Account("Bäckerei Möwe", "kontakt@baeckerei-moewe.example", "Arbeitgeberin")
OFFICER = _house("officer", "Sabine Meier", "sabine.meier", "11", "KRM-Beauftragte")
DEPUTY = _house("deputy", "Tarek Aydın", "tarek.aydin", "12", "Vertretung der KRM-Beauftragten")
LEAD_514 = _house("tl-514", "Ute Krause", "ute.krause", "514", "Teamleitung 514 Leistung")
LEAD_601 = _house("tl-601", "Olaf Brandt", "olaf.brandt", "601", "Teamleitung 601 Eingangszone")
LEAD_602 = _house("tl-602", "Heike Sommerfeld", "heike.sommerfeld", "602", "Teamleitung 602 Vermittlung")
HEAD_5 = _house("bl-5", "Rolf Steinhagen", "rolf.steinhagen", "500", "Bereichsleitung Leistung")
HEAD_6 = _house("bl-6", "Ines Vogelsang", "ines.vogelsang", "600", "Bereichsleitung Markt und Integration")
MANAGER = _house("gf", "Karin Ahrens", "karin.ahrens", "100", "Geschäftsführung")
FRONT_OFFICE = _house("vorzimmer", "Vorzimmer", "vorzimmer", "101", "Vorzimmer der Geschäftsführung")
LEGAL_OFFICE = _house("rechtsbehelf", "Rechtsbehelfsstelle", "rechtsbehelf", "700", "Widersprüche und Klagen")
SECURITY = _house("sicherheit", "Sicherheitsdienst", "sicherheit", "110", "Sicherheit im Haus")

CITIZENS = (ERIKA, JUSUF, BAKERY)
HOUSE = (OFFICER, DEPUTY, LEAD_514, LEAD_601, LEAD_602, HEAD_5, HEAD_6, MANAGER, FRONT_OFFICE, LEGAL_OFFICE, SECURITY)
ACCOUNTS = (*CITIZENS, *HOUSE, KRM)

AREAS = (("leistung", "Leistung", HEAD_5), ("markt", "Markt und Integration", HEAD_6))
UNITS = (
    ("514", "Team 514 Leistung", "leistung", LEAD_514, ("grundsicherung.", "kommunal.", "rechtsschutz.", "sonstiges.")),
    ("601", "Team 601 Eingangszone", "markt", LEAD_601, ("eingangszone.", "organisation.")),
    (
        "602",
        "Team 602 Vermittlung",
        "markt",
        LEAD_602,
        ("arbeitsvermittlung.", "ausbildungsvermittlung.", "massnahmen.", "eingliederung.", "mitarbeiter."),
    ),
)


def account(address: str) -> Account | None:
    """Whose account it is; None for an address the office did not make up."""
    return next((a for a in ACCOUNTS if a.address == address.casefold()), None)


def set_up(folder: Path, imap_port: int, smtp_port: int, password: str, rhythm: Mapping[str, int] = RHYTHM) -> Path:
    """Writes krm.toml and its secrets into an empty folder, as an administrator would; gives the path of krm.toml."""
    for name, secret in (("krm.key", f"demo:{_key()}"), ("mailbox.password", password)):
        _write_secret(folder / name, secret)
    config = folder / "krm.toml"
    config.write_text("\n".join(_lines(imap_port, smtp_port, rhythm)) + "\n", encoding="utf-8")
    return config


def _lines(imap_port: int, smtp_port: int, rhythm: Mapping[str, int]) -> list[str]:
    person = {"officer": OFFICER, "deputy": DEPUTY, "front_office": FRONT_OFFICE}
    person |= {"legal_office": LEGAL_OFFICE, "security": SECURITY}
    org = {
        "name": NAME,
        "address": KRM.address,
        "domains": ["jobcenter.example"],
        "privacy_url": "https://jobcenter.example/datenschutz",
        "postal_address": "Speicherstraße 1, 00000 Musterhafen",
    }
    lines = _table(
        "[mailbox]", {"host": "127.0.0.1", "port": imap_port, "tls": "none", "user": KRM.address}
    )  # a closed network of one machine
    lines += _table("[smtp]", {"host": "127.0.0.1", "port": smtp_port, "tls": "none"})
    lines += _table("[trust]", {"policy": "closed-network"})
    lines += _table("[rhythm]", rhythm)
    lines += _table("[org]", org)
    for name, who in person.items():
        lines += _table(f"[org.{name}]", _person(who))
    lines += _table("[[org.management]]", _person(MANAGER))
    for area_id, name, head in AREAS:
        lines += _table("[[org.area]]", {"id": area_id, "name": name, "head": _person(head)})
    for unit_id, name, area_id, lead, categories in UNITS:
        values = {"id": unit_id, "name": name, "area": area_id, "lead": _person(lead), "categories": list(categories)}
        lines += _table("[[org.unit]]", values)
    return lines + _table("[[org.access]]", {"user": getpass.getuser(), "person": OFFICER.id})


def _person(who: Account) -> dict[str, str]:
    return {"id": who.id, "name": who.name, "address": who.address, "telephone": who.telephone}


def _table(head: str, values: Mapping[str, Any]) -> list[str]:
    return ["", head, *(f"{key} = {_toml(value)}" for key, value in values.items())]


def _toml(value: Any) -> str:
    """JSON's strings, numbers and lists are TOML; a table stands inline."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(inner)}" for key, inner in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def _key() -> str:
    """The demo's own key, the same each time: the cached model is sealed with it and need not be trained again."""
    path = user_cache_path("krm-bot") / "demo.key"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_secret(path, secrets.token_urlsafe(32))
        return path.read_text(encoding="ascii").strip()


def _write_secret(path: Path, secret: str) -> None:
    path.touch(mode=0o600)
    path.write_text(secret + "\n", encoding="utf-8")
