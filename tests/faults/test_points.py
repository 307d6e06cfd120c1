"""Killed at a step, the bot makes up for it: every few points here, each of them with `make test-faults`."""

from tests.faults.drilling import Plan, SettleIn, drilled, right

EVERY, FROM = 23, 3


def test_the_story_takes_every_door(expected: Plan) -> None:
    steps = {point.step for point in expected.points}

    assert {"before commit", "after commit", "before IMAP UID MOVE", "after IMAP APPEND"} <= steps
    verbs = ("EHLO", "MAIL", "RCPT", "DATA", "end of data", "QUIT")
    assert {f"{when} SMTP {verb}" for verb in verbs for when in ("before", "after")} <= steps
    assert any(point.window for point in expected.points)
    assert expected.undisturbed.numbers == ("KRM-2026-0001", "KRM-2026-0002")
    assert not expected.undisturbed.unsure


def test_killed_at_any_step_nothing_is_lost_and_nothing_doubled(expected: Plan, settle_in: SettleIn) -> None:
    chosen = expected.points[FROM::EVERY]

    verdicts = {point: drilled(point, expected, settle_in) for point in chosen}

    assert {point: verdict for point, verdict in verdicts.items() if not right(point, verdict)} == {}


def test_of_a_letter_that_the_server_had_and_of_one_it_had_not_the_officer_is_asked(
    expected: Plan, settle_in: SettleIn
) -> None:
    """The window's two ends: DATA not said yet, and the reply to the dot heard but not noted."""
    inside = [point for point in expected.points if point.window]
    before = next(point for point in inside if point.step == "before SMTP DATA")
    after = next(point for point in inside if point.step == "after SMTP end of data")

    found = [drilled(point, expected, settle_in) for point in (before, after)]

    assert [(v.asked, v.arrived, v.faultless) for v in found] == [(1, 0, True), (1, 1, True)]
