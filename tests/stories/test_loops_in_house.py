"""A mailbox of the house that answers by itself: after the first exchange it gets nothing more, and nothing is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from notify.loop_guard import MOST_ABOUT_A_CASE, MOST_ALIKE, MOST_TO_ONE, Small, has_enough
from store import which
from tests.office import CITIZEN, DEPUTY, LEAD_515, LEGAL_OFFICE, MONDAY, OFFICER, Person, Received, Story
from tests.stories.acts import WAITED, answered, asked, case, confirmed, digests

HOTLINE = "hotline@jobcenter.example"
STRANGER = "fremd@anderswo.example"
CALLED = "Herr Muster rief an und beschwert sich."

Words = Callable[[int, Received], str]


def ticket(n: int, _: Received) -> str:
    return f"Ihre Nachricht ist eingegangen. Ticket {n}."


def passed_back(_: int, letter: Received) -> str:
    return (
        "-----Ursprüngliche Nachricht-----\nVon: KRM <krm@jobcenter.example>\n"
        f"Gesendet: Montag, 23. November 2026 08:00\nAn: Meier\nBetreff: x\n\n{letter.text}"
    )


def went(story: Story, to: str) -> list[Received]:
    return [Received(to, p.content) for p in story.post.sent if to in p.recipients]


def answers_itself(story: Story, to: str, words: Words = ticket, *, passes: int = 12, **fields: str) -> int:
    """A program there answers every letter of ours within a minute; gives how many letters it got."""
    seen = 0
    for n in range(passes):
        story.wait(minutes=1)
        letters = went(story, to)
        for letter in letters[seen:]:
            answers = str(letter.mail["Message-ID"])
            subject = f"Eingang [Ticket#{n}] {letter.subject}"
            story.arrives(words(n, letter), sender=to, subject=subject, In_Reply_To=answers, **fields)
        seen = len(letters)
        story.passes()
        story.rest()
    return len(went(story, to))


def intakes(story: Story) -> int:
    with story.database.transaction() as connection:
        return len(which.all_ids(connection, only_open=False))


@pytest.mark.parametrize("words", [ticket, passed_back])
@pytest.mark.parametrize("fields", [{}, {"Precedence": "bulk"}, {"Return_Path": "<>"}], ids=str)
def test_a_team_lead_s_mailbox_gets_two_answers_to_the_same_words(
    story: Story, words: Words, fields: dict[str, str]
) -> None:
    confirmed(story, asked(story))

    assert answers_itself(story, LEAD_515.address, words, **fields) == 1 + MOST_ALIKE

    assert intakes(story) == 1


def test_the_legal_office_s_mailbox_gets_two_answers_to_the_same_words(story: Story) -> None:
    answered(story, asked(story), "Kein KRM: Widerspruch")
    story.rest()

    assert answers_itself(story, LEGAL_OFFICE.address) == 1 + MOST_ALIKE


def test_the_officer_s_own_mailbox_that_marks_what_it_answers_gets_no_answer_at_all(story: Story) -> None:
    asked(story)

    assert answers_itself(story, OFFICER.address, Auto_Submitted="auto-generated") == 1

    assert intakes(story) == 1


def test_a_mailbox_that_is_nobody_of_the_directory_answers_into_the_one_intake(story: Story) -> None:
    story.arrives(CALLED, sender=HOTLINE)
    story.passes()
    story.rest()

    assert answers_itself(story, HOTLINE) == MOST_ALIKE

    assert intakes(story) == 1
    assert [r.new_text.strip() for r in case(story).reactions] == [CALLED, ticket(0, None), ticket(1, None)]  # type: ignore[arg-type]


def test_a_mailbox_that_says_something_else_each_time_is_answered_six_times(story: Story) -> None:
    confirmed(story, asked(story))

    assert answers_itself(story, LEAD_515.address, lambda n, _: f"Eingang {'x' * n}") == 1 + MOST_ABOUT_A_CASE


def test_after_an_hour_there_are_answers_again(story: Story) -> None:
    confirmed(story, asked(story))
    answers_itself(story, LEAD_515.address)
    (first, *_), count = went(story, LEAD_515.address), len(went(story, LEAD_515.address))

    story.wait(hours=1)
    story.replies(first, "Ihre Nachricht ist eingegangen.")
    story.passes()

    assert len(went(story, LEAD_515.address)) == count + 1
    story.rest()


def test_what_was_understood_is_carried_out_and_receipted_however_much_was_not(story: Story) -> None:
    assignment = confirmed_assignment(story)
    answers_itself(story, LEAD_515.address)

    for words in ("übernommen", "Notiz: sehe ich mir an", "Notiz: sehe ich mir an", "Zwischenstand: liegt im Team"):
        answered(story, assignment, words)


def test_people_who_try_and_fail_are_answered_each_time_they_say_something_else(story: Story) -> None:
    request = asked(story)

    for words in ("Art: Lopp", "Kategorie: Xyz", "Kategorie: Xyzzy", "Frist: bald", "Team: Blau"):
        story.replies(request, words)
        story.passes()
        story.letter(OFFICER, "unclear")


def test_what_got_no_answer_is_kept_and_stands_in_the_next_digest_and_in_no_other(story: Story) -> None:
    confirmed(story, asked(story))
    for n in range(6):
        story.arrives(f"Eingang {n}", sender=LEAD_515.address, subject=went(story, LEAD_515.address)[0].subject)
    story.passes()
    story.rest()

    listed = digests(story, "2026-11-24 07:30").text.partition("NICHT MEHR BEANTWORTET")[2]

    assert f"KRM-2026-0001: Rückfrage ({LEAD_515.name}), 4-mal nicht gesendet" in listed
    assert [n.text for n in case(story).notes] == [f"Eingang {n}" for n in range(6)]
    asked(story, "Niemand hebt ab.")  # so that there is something to list
    assert "NICHT MEHR BEANTWORTET" not in digests(story, "2026-11-25 07:30").text


@pytest.mark.parametrize("people", [lambda _: STRANGER, lambda n: f"fremd{n}{'x' * n}@anderswo.example"])
def test_a_stranger_with_an_officer_s_letter_is_told_of_a_few_times(story: Story, people: Callable[[int], str]) -> None:
    """Officer and deputy are told of the first ones, and in the digest how many more there were."""
    request = asked(story)
    for n in range(30):
        story.arrives(f"Kein KRM: Spam {n}", sender=people(n), subject=f"AW: {request.subject}")
    story.passes()

    told = [r.to for r in story.rest()]
    assert set(told) == {OFFICER.address, DEPUTY.address}
    assert told.count(OFFICER.address) == told.count(DEPUTY.address)
    assert told.count(OFFICER.address) in (MOST_ALIKE, MOST_ABOUT_A_CASE)
    listed = " ".join(digests(story, "2026-11-24 07:30").text.split())
    for person in (OFFICER, DEPUTY):
        left = 30 - told.count(person.address)
        assert f"Hinweis auf eine abgewiesene Antwort ({person.name}), {left}-mal nicht gesendet" in listed


def test_a_colleague_who_adds_to_what_they_handed_in_adds_to_that_intake(story: Story) -> None:
    story.arrives(CALLED, sender=HOTLINE)
    story.passes()
    story.letter(OFFICER, "confirmation_request")

    story.replies(story.letter(HOTLINE, "handed_in"), "Nachtrag: Herr Muster bittet um Rückruf.", quote=False)
    story.passes()

    assert "bittet um Rückruf" in story.letter(OFFICER, "confirmation_request").text
    story.letter(HOTLINE, "handed_in")
    assert intakes(story) == 1


PASSED_ON = f"""-----Ursprüngliche Nachricht-----
Von: Erika Muster <{CITIZEN}>
Gesendet: Montag, 23. November 2026 08:00
An: Hotline
Betreff: Beschwerde

{WAITED}"""


@pytest.mark.parametrize(
    ("sender", "subject", "body"),
    [
        pytest.param("kasse@jobcenter.example", "AW: Angekommen", "Nachtrag: Rückruf erbeten.", id="somebody else's"),
        pytest.param(HOTLINE, "WG: Beschwerde", PASSED_ON, id="a citizen's mail passed on"),
    ],
)
def test_an_answer_to_a_receipt_that_is_a_matter_of_its_own_is_an_intake(
    story: Story, sender: str, subject: str, body: str
) -> None:
    story.arrives(CALLED, sender=HOTLINE)
    story.passes()
    receipt = story.letter(HOTLINE, "handed_in")

    story.arrives(body, sender=sender, subject=subject, In_Reply_To=str(receipt.mail["Message-ID"]))
    story.passes()

    assert intakes(story) == 2
    story.rest()


def confirmed_assignment(story: Story, lead: Person = LEAD_515) -> Received:
    answered(story, asked(story))
    assignment = story.letter(lead, "assignment")
    story.rest()
    return assignment


def small(subject: str = "E-1", said: str = "x", minutes: int = 0, duty: str = "unclear") -> Small:
    return Small(duty, subject, said, MONDAY - timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("what", "before", "enough"),
    [
        ("nothing before", [], False),
        ("the same words once", [small()], False),
        ("the same words twice", [small()] * MOST_ALIKE, True),
        ("the same words of another Case", [small("E-2")] * MOST_ALIKE, False),
        ("the same words, another letter", [small(duty="refused")] * MOST_ALIKE, False),
        ("the same words, an hour ago", [small(minutes=60)] * MOST_ALIKE, False),
        ("the same words, within the hour", [small(minutes=59)] * MOST_ALIKE, True),
        ("planned by a clock that was ahead", [small(minutes=-5)] * MOST_ALIKE, False),
        ("other words, five times", [small(said=str(n)) for n in range(MOST_ABOUT_A_CASE - 1)], False),
        ("other words, six times", [small(said=str(n)) for n in range(MOST_ABOUT_A_CASE)], True),
        ("many Cases", [small(str(n)) for n in range(MOST_TO_ONE - 1)], False),
        ("too many Cases", [small(str(n)) for n in range(MOST_TO_ONE)], True),
    ],
)
def test_when_somebody_has_enough_small_letters(what: str, before: list[Small], enough: bool) -> None:
    assert has_enough(before, small()) is enough, what


def test_letters_about_no_case_are_no_more_alike_than_their_words() -> None:
    assert not has_enough([small("", str(n)) for n in range(MOST_ABOUT_A_CASE)], small(""))


def test_whoever_tries_in_earnest_is_answered_each_time(story: Story) -> None:
    """What is a word to us and cannot be carried out is another matter with every date."""
    request = asked(story)
    for day in (1, 2, 20):
        story.replies(request, f"ok\nFrist: {day}.11.2026")
        story.passes()
        assert "liegt in der Vergangenheit" in story.letter(OFFICER, "unclear").text


def test_a_whole_pile_handed_in_at_once_is_receipted(story: Story) -> None:
    for n in range(MOST_ABOUT_A_CASE * 4):
        story.arrives(f"{CALLED} Es geht um Zimmer {n}.", sender="schulz@jobcenter.example", subject=f"Anruf {n}")
    story.passes()

    assert len([r for r in story.rest() if r.duty == "handed_in"]) == MOST_ABOUT_A_CASE * 4
