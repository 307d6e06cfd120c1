"""The monthly report: drafted for the officer, released by reply, then with management (GA 3.9)."""

import os
import stat
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from lxml import html as markup
from pypdf import PdfReader

from krm.filing import Filing
from tests.office import CITIZEN, DEPUTY, LEAD_515, MANAGER, OFFICER, Received, Story, judged
from tests.stories.acts import answered, aside, asked


def recorded(story: Story) -> None:
    """A praise: nothing else is owed of it."""
    story.reports = True
    story.suggestion = judged("lob")
    story.arrives("Danke, das war sehr freundlich.")
    story.passes()
    story.replies(story.letter(OFFICER, "confirmation_request"), "ok")
    story.passes()
    for person, duty in ((OFFICER, "receipt"), (CITIZEN, "acknowledgement"), (LEAD_515, "assignment")):
        story.letter(person, duty)


FILES = ["Auswertung-2026-11.pdf", "Auswertung-2026-11-Sitzung.pdf", "Auswertung-2026-11.xlsx"]


def attached(letter: Received) -> list[str]:
    return [str(part.get_filename()) for part in letter.mail.iter_attachments()]


def released(story: Story) -> None:
    """November's report goes out."""
    recorded(story)
    story.until("2026-12-01 08:00")
    story.passes()
    story.letter(DEPUTY, "report")
    story.replies(story.letter(OFFICER, "report"), "Freigabe")
    story.passes()


def filing(story: Story, where: Filing) -> None:
    story.bot = replace(story.bot, filing=where)


def test_the_report_is_drafted_on_the_first_working_day_and_waits_for_the_officer(story: Story) -> None:
    recorded(story)
    story.until("2026-12-01 07:00")
    story.passes()
    story.nothing_went_out()

    story.until("2026-12-01 07:31")
    story.passes()
    for person in (OFFICER, DEPUTY):
        draft = story.letter(person, "report")
        assert "November 2026" in draft.subject
        assert "Erfasste Reaktionen: 1" in draft.text
        assert "Erika" not in draft.text
        assert attached(draft) == FILES
    story.passes()


def test_a_release_sends_it_to_management_once(story: Story) -> None:
    recorded(story)
    story.until("2026-12-01 08:00")
    story.passes()
    draft = story.letter(OFFICER, "report")
    other = story.letter(DEPUTY, "report")

    story.replies(draft, "Freigabe")
    story.passes()
    copy = story.letter(MANAGER, "report_copy")
    assert "November 2026" in copy.subject
    assert attached(copy) == FILES
    assert "Auswertung 2026-11" in story.letter(OFFICER, "receipt").text

    story.replies(other, "Freigabe", sender=DEPUTY.address)
    story.passes()
    assert "schon freigegeben" in story.letter(DEPUTY, "receipt").text
    story.nothing_went_out()


def test_what_was_released_is_what_stood_in_the_draft(story: Story) -> None:
    """What is recorded in the meantime stands in whatever is asked for next."""
    recorded(story)
    request = asked(story, "Auch von mir ein Lob.", sender="otto@mail.example")
    story.until("2026-12-01 08:00")
    story.passes()
    draft = story.letter(OFFICER, "report")
    assert "Erfasste Reaktionen: 1" in draft.text
    story.replies(request, "ok")
    story.passes()
    aside(story, *{x.duty for x in story._unread})
    story.replies(draft, "Bericht: 2026-11")
    story.passes()
    assert "Erfasste Reaktionen: 2" in story.letter(OFFICER, "report_copy").text
    story.letter(OFFICER, "receipt")

    story.replies(draft, "Freigabe")
    story.passes()
    story.letter(OFFICER, "receipt")
    assert "Erfasste Reaktionen: 1" in story.letter(MANAGER, "report_copy").text


def test_until_the_fifteenth_the_officer_is_reminded(story: Story) -> None:
    recorded(story)
    story.until("2026-12-14 09:00")
    story.passes()
    reminders = [x for x in story._unread if x.duty == "report" and x.to == OFFICER.address]
    assert len(reminders) == 2, "the draft itself and the reminder of the day"
    story._unread.clear()

    story.until("2026-12-16 09:00")
    story.passes()
    assert [x for x in story._unread if x.duty == "report"] == []
    story._unread.clear()


def test_officer_and_deputy_may_ask_for_a_month_by_reply(story: Story) -> None:
    """GA 3.9: they alone evaluate."""
    story.reports = True
    story.arrives("Ich habe zwei Stunden gewartet.")
    story.passes()
    request = story.letter(OFFICER, "confirmation_request")

    story.replies(request, "Bericht: 2026-10")
    story.passes()
    assert "Oktober 2026" in story.letter(OFFICER, "report_copy").subject


def test_a_team_lead_may_not(story: Story) -> None:
    story.reports = True
    story.arrives("Ich habe zwei Stunden gewartet.")
    story.passes()
    story.replies(story.letter(OFFICER, "confirmation_request"), "ok")
    story.passes()
    story.letter(OFFICER, "receipt")
    story.letter(CITIZEN, "acknowledgement")

    story.replies(story.letter(LEAD_515, "assignment"), "Bericht: 2026-10")
    story.passes()
    assert "nicht möglich" in story.letter(LEAD_515, "unclear").text


def test_the_charts_stand_in_the_mail_and_come_with_it(story: Story) -> None:
    """RFC 2387, 2392: what the HTML part calls by its Content-ID is beside it."""
    released(story)
    story.letter(OFFICER, "receipt")
    mail = story.letter(MANAGER, "report_copy")

    called = [image.get("src") for image in markup.fromstring(mail.html).iter("img")]
    there = [p for p in mail.mail.walk() if p.get_content_type() == "image/png"]
    assert called == [f"cid:{str(p['Content-ID']).strip('<>')}" for p in there] != []
    assert all(p.get_payload(decode=True)[:4] == b"\x89PNG" for p in there)
    pdf = next(p for p in mail.mail.iter_attachments() if p.get_filename() == FILES[0])
    assert "November 2026" in PdfReader(BytesIO(pdf.get_payload(decode=True))).pages[0].extract_text()


def test_a_released_report_is_kept_in_the_managers_folder_and_sent_to_its_address(story: Story, tmp_path: Path) -> None:
    folder = tmp_path / "Berichte"
    folder.mkdir()
    filing(story, Filing(folder, "ablage@jobcenter.example"))
    released(story)

    assert sorted(file.name for file in folder.iterdir()) == sorted(FILES)
    assert (folder / FILES[0]).read_bytes().startswith(b"%PDF")
    assert attached(story.letter("ablage@jobcenter.example", "report_copy")) == FILES
    story.letter(MANAGER, "report_copy")
    assert "Ordner" not in story.letter(OFFICER, "receipt").text


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_in_the_managers_folder_its_group_reads_and_nobody_else(story: Story, tmp_path: Path, umask: int) -> None:
    """Whoever shares the folder is its group, or on its access list, which the mode of a file limits."""
    folder = tmp_path / "Berichte"
    folder.mkdir()
    folder.chmod(0o2770)
    filing(story, Filing(folder))
    before = os.umask(umask)
    try:
        released(story)
    finally:
        os.umask(before)

    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o640}
    assert {file.stat().st_gid for file in folder.iterdir()} == {folder.stat().st_gid}
    story.letter(MANAGER, "report_copy")
    story.letter(OFFICER, "receipt")


def test_a_folder_that_cannot_be_written_is_told_and_the_files_come_by_mail(story: Story, tmp_path: Path) -> None:
    filing(story, Filing(tmp_path / "fehlt"))
    released(story)

    receipt = story.letter(OFFICER, "receipt").text
    assert "lässt sich nicht beschreiben" in receipt
    assert str(tmp_path / "fehlt") in receipt
    assert "Es gibt ihn nicht" in receipt
    assert attached(story.letter(OFFICER, "report_copy")) == FILES
    story.letter(MANAGER, "report_copy")


# --- the early warning ---


def complaints(story: Story, day: str, count: int) -> None:
    story.until(f"{day} 10:00")
    for n in range(count):
        answered(story, asked(story, f"Ich habe lange gewartet, {day} {n}.", sender=f"nachbar{n}@mail.example"))
    aside(story, *{x.duty for x in story._unread})


def test_a_sudden_rise_is_told_to_officer_and_deputy_once_a_month(story: Story) -> None:
    story.suggestion = judged("lob")
    complaints(story, "2026-08-03", 1)
    complaints(story, "2026-10-20", 1)
    story.passes()
    complaints(story, "2026-11-24", 9)
    story.until("2026-11-25 08:00")
    story.passes()

    warning = story.letter(OFFICER, "early_warning")
    assert warning.subject.startswith("Frühwarnung: mehr Reaktionen zu „Organisation“")
    assert "Mi 11.11.2026 bis Di 24.11.2026: 9" in warning.text
    story.letter(DEPUTY, "early_warning")
    aside(story, *{x.duty for x in story._unread})
    for _ in range(3):
        story.now += timedelta(days=1)
        story.passes()
    assert not [x for x in story._unread if x.duty == "early_warning"]
    story._unread.clear()


def test_a_few_more_are_no_warning(story: Story) -> None:
    story.suggestion = judged("lob")
    complaints(story, "2026-08-03", 3)
    complaints(story, "2026-10-20", 3)
    complaints(story, "2026-11-24", 4)
    story.until("2026-11-25 08:00")
    story.passes()

    assert not [x for x in story._unread if x.duty == "early_warning"]
    story._unread.clear()
