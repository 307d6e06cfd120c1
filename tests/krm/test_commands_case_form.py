"""`krm case NUMBER --form`: what is filed of a Case, as files for whoever is on the access list (GA 3.3, Anlage 3)."""

import stat
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from pathlib import Path

import pytest

from ingest.documents import File, text_of
from krm import records
from notify import papers
from notify.papers import BrokenPaper
from store.database import Database
from tests.krm.calling import Krm
from tests.krm.initialised import changed
from tests.krm.offices import office
from tests.office import KRM, Story
from tests.stories.test_contact_forms import CALL, paper

KEY = "KRM-2026-0001"
NAMES = [f"II-1300_{KEY}_{n}" for n in ("Formular.pdf", "Vorgang.pdf", "Nachricht-1.eml")]


@cache
def handed_in() -> bytes:
    """A colleague's mail with a filled form."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = "Anna Schulz <schulz@jobcenter.example>", KRM, "Kontaktformular"
    mail["Message-ID"] = "<1@jobcenter.example>"
    mail.set_content("anbei ein Kontaktformular.")
    mail.add_attachment(paper(CALL), maintype="application", subtype="pdf", filename="form.pdf")
    return mail.as_bytes()


@pytest.fixture
def kept(krm: Krm) -> Krm:
    """A recorded Case that came as a contact form; an intake that was joined to it."""
    changed(office(krm.folder), '#file_reference = ""', 'file_reference = "II-1300"')
    database = Database(f"sqlite:///{krm.folder}/krm.db")
    database.upgrade()
    story = Story(database)
    story.raw_arrives(handed_in())
    story.passes()
    story.replies(story.letter("meier@jobcenter.example", "confirmation_request"), "ok")
    story.passes()
    story.arrives("Noch etwas zu der Sache.", sender="otto@mail.example")
    story.passes()
    story.replies(story.letter("meier@jobcenter.example", "confirmation_request"), f"Folge: {KEY}")
    story.passes()
    database.close()
    return krm


def out(krm: Krm) -> Path:
    folder = krm.folder / "Ablage"
    folder.mkdir(exist_ok=True)
    return folder


def words(path: Path) -> str:
    return " ".join(text_of(File(path.name, "application/pdf", path.read_bytes())).split())


def test_form_case_and_mails_are_written_and_their_paths_printed(kept: Krm) -> None:
    folder = out(kept)

    said = kept("case", KEY, "--form", "--out", folder)

    names = [*NAMES, f"II-1300_{KEY}_Nachricht-2.eml"]
    assert (said.code, said.out.splitlines()) == (0, [str(folder / name) for name in names])
    assert sorted(p.name for p in folder.iterdir()) == sorted(names)
    assert "☒ Beschwerde" in words(folder / names[0])
    assert "zwei Stunden gewartet und wurde dann weggeschickt" in words(folder / names[1])
    assert (folder / names[2]).read_bytes() == handed_in()


def test_they_are_for_their_owner_alone(kept: Krm) -> None:
    kept("case", KEY, "--form", "--out", out(kept))

    assert {stat.S_IMODE(p.stat().st_mode) for p in out(kept).iterdir()} == {0o600}


def test_a_second_time_they_are_replaced_and_nothing_is_written_through_a_link(kept: Krm) -> None:
    folder, elsewhere = out(kept), kept.folder / "elsewhere"
    elsewhere.write_text("mine", encoding="utf-8")
    (folder / NAMES[0]).symlink_to(elsewhere)

    for _ in range(2):
        assert kept("case", KEY, "--form", "--out", folder).code == 0

    assert elsewhere.read_text("utf-8") == "mine"
    assert len(list(folder.iterdir())) == 4


def test_for_machines_a_path_is_a_line(kept: Krm) -> None:
    said = kept("case", KEY, "--form", "--out", out(kept), "--json")

    assert [Path(o["path"]).name for o in said.objects][:3] == NAMES


def test_without_a_folder_it_is_this_one(kept: Krm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(out(kept))

    assert kept("case", KEY, "--form", "--config", kept.folder / "krm.toml").out.splitlines()[:3] == NAMES


def test_the_reading_is_in_the_journal(kept: Krm) -> None:
    kept("case", KEY, "--form", "--out", out(kept))

    found = kept("case", KEY, "--json").object["journal"]
    assert [(e["action"], e["person"]) for e in found][-2:] == [("read", "krm")] * 2


def test_who_is_not_on_the_access_list_gets_no_file(kept: Krm) -> None:
    changed(kept.folder / "krm.toml", f'user = "{records.os_user()}"', 'user = "somebody-else"')

    said = kept("case", KEY, "--form", "--out", out(kept))

    assert (said.code, said.out, list(out(kept).iterdir())) == (1, "", [])
    assert "[[org.access]]" in said.err


def test_a_case_whose_mails_went_to_another_says_where(kept: Krm) -> None:
    joined = next(o["id"] for o in kept("cases", "--json").objects if o["state"] == "joined")

    said = kept("case", joined, "--form", "--out", out(kept))

    assert (said.code, list(out(kept).iterdir())) == (1, [])
    assert f"its mails went to {KEY}" in said.err


def test_a_paper_that_cannot_be_made_is_said_and_the_rest_is_there(kept: Krm, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str, told: object) -> bytes:
        raise BrokenPaper(f"{name}: expected comma")

    monkeypatch.setattr(papers, "pdf", broken)

    said = kept("case", KEY, "--form", "--out", out(kept))

    assert said.code == 1
    assert all(f"{name} konnte nicht erstellt werden" in said.err for name in NAMES[:2])
    assert [p.suffix for p in out(kept).iterdir()] == [".eml", ".eml"]


def test_a_folder_alone_means_nothing(kept: Krm) -> None:
    said = kept("case", KEY, "--out", out(kept))

    assert said.code == 2
    assert "--form" in said.err


def test_the_address_on_the_form_is_shown_with_the_case(kept: Krm) -> None:
    first, second = kept("case", KEY, "--json").object["reactions"]

    assert first["postal_address"] == ["Olena Petrenko", "Am Ort 3", "18057 Rostock"]
    assert second["postal_address"] is None
