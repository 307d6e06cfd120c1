"""An answer letter that hangs on the reply as a document: read, shown, and passed on as it is (GA 3.6)."""

import pytest

from store.case import Said
from tests.office import CITIZEN, LEAD_515, MANAGER, OFFICER, Story
from tests.stories.recorded import hands_in, recorded, says, the_case


@pytest.mark.parametrize("file", ["letter.docx", "letter.odt", "letter.pdf"])
def test_an_attached_letter_is_read_and_goes_along_as_it_is(story: Story, file: str) -> None:
    hands_in(story, recorded(story), file)

    story.letter(LEAD_515, "receipt")
    request = story.letter(OFFICER, "release_request")
    assert "offenen Worte" in " ".join(request.text.split())
    (attached,) = request.mail.iter_attachments()
    assert attached.get_filename() == file


@pytest.mark.parametrize(
    ("files", "body", "why"),
    [
        ((), "Antwort", "fehlt das Schreiben"),
        ((), "Antwort\n\nMit freundlichen Grüßen\nOlaf Brandt\nTeamleitung 515", "fehlt das Schreiben"),
        (("scan.pdf",), "Antwort", "Scan"),
        (("password.pdf",), "Antwort anbei", "Kennwort"),
        (("letter.doc",), "Antwort", "DOCX"),
        (("letter.docx", "letter.odt"), "Antwort", "Welche Datei das Schreiben ist"),
    ],
)
def test_a_letter_that_is_missing_or_cannot_be_read_is_asked_for(
    story: Story, files: tuple[str, ...], body: str, why: str
) -> None:
    hands_in(story, recorded(story), *files, body=body)

    assert why in " ".join(story.letter(LEAD_515, "unclear").text.split())
    assert the_case(story).last(Said.ANSWER) is None


def test_an_attached_letter_is_sent_as_the_file(story: Story) -> None:
    hands_in(story, recorded(story, "ok\nAntwortweg: E-Mail"), "letter.pdf")
    story.letter(LEAD_515, "receipt")

    says(story, story.letter(OFFICER, "release_request"), "Freigabe")

    answer = story.letter(CITIZEN, "answer")
    assert [a.get_filename() for a in answer.mail.iter_attachments()] == ["letter.pdf"]
    assert [a.get_filename() for a in story.letter(MANAGER, "answer_copy").mail.iter_attachments()] == ["letter.pdf"]
