"""`krm init`: writes a commented krm.toml, the key and, where given, the files of the passwords."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from krm.secrets import FILES, put

TEMPLATE = Path(__file__).with_name("krm.toml.in")
NAME = "krm.toml"

Value = str | int | tuple[str, ...]
Place = tuple[str, str]
"""A section and a key in it."""


class AlreadyThere(Exception):  # noqa: N818
    """Files that would be overwritten stand there; nothing was written."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        super().__init__(", ".join(str(path) for path in paths))
        self.paths = paths


@dataclass(frozen=True, slots=True)
class Answers:
    """What `krm init` was told. Left empty: the default, or, where there is none, a blank to be filled in by hand.

    `mailbox_tls`, `smtp_tls`: tls, starttls, none. `os_user` may read content as the officer. Of the office's posts
    each has a name and an address; the telephone of officer and deputy is needed to run.
    """

    mailbox_host: str = ""
    mailbox_user: str = ""
    smtp_host: str = ""
    office_name: str = ""
    address: str = ""
    officer_name: str = ""
    officer_address: str = ""
    officer_telephone: str = ""
    deputy_name: str = ""
    deputy_address: str = ""
    deputy_telephone: str = ""
    management_name: str = ""
    management_address: str = ""
    front_office_name: str = "Vorzimmer der Geschäftsführung"
    front_office_address: str = ""
    legal_office_name: str = "Rechtsbehelfsstelle"
    legal_office_address: str = ""
    privacy_url: str = ""
    postal_address: str = ""
    domains: tuple[str, ...] = ()
    mailbox_port: int | None = None
    mailbox_tls: str = ""
    smtp_port: int | None = None
    smtp_user: str = ""
    smtp_tls: str = ""
    ca_file: str = ""
    database_url: str = ""
    policy: str = ""
    authserv_id: str = ""
    os_user: str = ""
    mailbox_password: str = field(default="", repr=False)
    smtp_password: str = field(default="", repr=False)


PLACES: tuple[tuple[str, str, str], ...] = (
    ("mailbox_host", "mailbox", "host"),
    ("mailbox_user", "mailbox", "user"),
    ("mailbox_tls", "mailbox", "tls"),
    ("mailbox_port", "mailbox", "port"),
    ("ca_file", "mailbox", "ca_file"),
    ("smtp_host", "smtp", "host"),
    ("smtp_user", "smtp", "user"),
    ("smtp_tls", "smtp", "tls"),
    ("smtp_port", "smtp", "port"),
    ("ca_file", "smtp", "ca_file"),
    ("database_url", "database", "url"),
    ("policy", "trust", "policy"),
    ("authserv_id", "trust", "authserv_id"),
    ("office_name", "org", "name"),
    ("address", "org", "address"),
    ("domains", "org", "domains"),
    ("privacy_url", "org", "privacy_url"),
    ("postal_address", "org", "postal_address"),
    ("officer_name", "org.officer", "name"),
    ("officer_address", "org.officer", "address"),
    ("officer_telephone", "org.officer", "telephone"),
    ("deputy_name", "org.deputy", "name"),
    ("deputy_address", "org.deputy", "address"),
    ("deputy_telephone", "org.deputy", "telephone"),
    ("management_name", "org.management", "name"),
    ("management_address", "org.management", "address"),
    ("front_office_name", "org.front_office", "name"),
    ("front_office_address", "org.front_office", "address"),
    ("legal_office_name", "org.legal_office", "name"),
    ("legal_office_address", "org.legal_office", "address"),
    ("os_user", "org.access", "user"),
)
"""Where each answer stands in krm.toml."""


def write(folder: Path, answers: Answers, *, force: bool, make_key: Callable[[], str]) -> tuple[Path, ...]:
    """Write krm.toml, krm.key and the passwords given; the paths written, krm.toml first.

    An existing key is never overwritten: all look-ups and tokens hang on it. `force` overwrites the rest. `make_key`
    gives 43 url-safe characters or more. Raises AlreadyThere, and OSError where the folder cannot be written.
    """
    files = {NAME: text(answers)} | {
        FILES[name]: password + "\n"
        for name, password in (
            ("mailbox_password", answers.mailbox_password),
            ("smtp_password", answers.smtp_password),
        )
        if password
    }
    there = tuple(folder / name for name in files if (folder / name).exists())
    if there and not force:
        raise AlreadyThere(there)
    key = folder / FILES["key"]
    if not key.exists():
        files[key.name] = f"k1:{make_key()}\n"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return tuple(put(folder / name, content) for name, content in files.items())


def text(answers: Answers) -> str:
    """The commented krm.toml with the answers in it."""
    given: dict[Place, Value] = {
        (section, key): getattr(answers, name) for name, section, key in PLACES if getattr(answers, name)
    }
    if "@" in answers.address:
        given.setdefault(("org", "domains"), (answers.address.rpartition("@")[2],))
    return filled(TEMPLATE.read_text(encoding="utf-8"), given)


def filled(template: str, given: Mapping[Place, Value]) -> str:
    """The template with these values. A commented section that gets one is a comment no longer, as a whole."""
    opened = {section for section, _ in given}
    section, waking, lines = "", False, []
    for line in template.splitlines():
        if head := re.fullmatch(r"(#?)\[{1,2}([\w.]+)\]{1,2}", line):
            section = head[2]
            waking = bool(head[1]) and section in opened
        found = re.match(r"#?(\w+) = ", line)
        if found and (section, found[1]) in given:
            lines.append(f"{found[1]} = {toml(given[section, found[1]])}")
        else:
            lines.append(line[1:] if waking and (head or found) else line)
    return "\n".join(lines) + "\n"


def toml(value: Value) -> str:
    """A value as TOML writes it (basic strings, one line)."""
    if isinstance(value, str):
        return '"' + re.sub(r'[\x00-\x1f\x7f"\\]', _escaped, value) + '"'
    if isinstance(value, int):
        return str(value)
    return "[" + ", ".join(toml(item) for item in value) + "]"


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[0]}" if found[0] in '"\\' else f"\\u{ord(found[0]):04X}"
