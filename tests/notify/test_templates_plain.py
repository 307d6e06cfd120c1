"""Our own letters keep what we ask of others (GA 3.6, rules.md „Plain language“): read from the golden letters."""

from pathlib import Path

import pytest

from notify.plainness import Findings, Kind, check

GOLDEN = Path(__file__).resolve().parent.parent / "letters"
CITIZEN_LETTERS = ("acknowledgement", "answer", "correction", "hand_over_note", "interim_notice", "invitation")
"""Letters that go to citizens; a new one is added here."""
COVERS = frozenset({"answer-attached"})
"""Go with a letter that says what comes next, and when."""
SHOWING_HINTS = frozenset({"receipt-hints", "release_request-answer"})
"""Quote sentences that are not plain, to better them."""
NOT_ASKED_OF_OFFICE_LETTERS = frozenset({Kind.CONTACT, Kind.TELEPHONE, Kind.NEXT_STEP, Kind.DATE, Kind.ABBREVIATION})
"""Officers know each other, and the short forms they answer with."""

CASES = {path.stem: path for path in sorted(GOLDEN.glob("*.txt"))}
TO_CITIZENS = tuple(case for case in CASES if case.partition("-")[0] in CITIZEN_LETTERS)
TO_OFFICE = tuple(case for case in CASES if case not in TO_CITIZENS)


def found(case: str) -> Findings:
    return check(CASES[case].read_text("utf-8"))


def kinds(findings: Findings) -> set[Kind]:
    return {hint.kind for hint in findings.hints}


def test_every_named_letter_is_there() -> None:
    assert {case.partition("-")[0] for case in TO_CITIZENS} == set(CITIZEN_LETTERS)


@pytest.mark.parametrize("case", TO_CITIZENS)
def test_a_letter_to_citizens_is_plain(case: str) -> None:
    findings = found(case)

    assert findings.figures.exceeded == ()
    assert kinds(findings) - ({Kind.NEXT_STEP, Kind.DATE} if case in COVERS else set()) == set()


@pytest.mark.parametrize("case", TO_OFFICE)
def test_a_letter_to_the_office_is_plain_too(case: str) -> None:
    findings = found(case)

    assert findings.figures.exceeded == ()
    assert case in SHOWING_HINTS or kinds(findings) <= NOT_ASKED_OF_OFFICE_LETTERS
