"""A finished krm.toml of an invented office, as `krm init` writes it, for tests to change."""

from pathlib import Path

from krm import initialise
from krm.initialise import Answers

KEY = "k" * 43

ANSWERS = Answers(
    mailbox_host="imap.jobcenter.example",
    mailbox_user="krm",
    smtp_host="smtp.jobcenter.example",
    smtp_user="krm",
    office_name="Jobcenter Musterstadt",
    address="krm@jobcenter.example",
    officer_name="Frau Weiß",
    officer_address="weiss@jobcenter.example",
    officer_telephone="0381 555-0142",
    deputy_name="Herr Öz",
    deputy_address="oez@jobcenter.example",
    deputy_telephone="0381 555-0143",
    management_name="Frau Ahrens",
    management_address="gf@jobcenter.example",
    front_office_address="vorzimmer@jobcenter.example",
    legal_office_address="widerspruch@jobcenter.example",
    privacy_url="https://jobcenter.example/daten",
    authserv_id="mx.jobcenter.example",
    mailbox_password="geheim-äöü",
    smtp_password="geheim-ß",
)


def written(folder: Path, answers: Answers = ANSWERS) -> Path:
    """The folder's krm.toml."""
    return initialise.write(folder, answers, force=False, make_key=lambda: KEY)[0]


def changed(path: Path, old: str, new: str) -> Path:
    """The same file with one passage changed, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def added(path: Path, text: str) -> Path:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)
    return path
