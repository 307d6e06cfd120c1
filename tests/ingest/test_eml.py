"""Odd mails: `tests/eml/<what-is-odd>.eml`, each with a sibling `.json` that says what must hold and why.

A sibling names only what matters for its mail; CHECKS lists the words it may use. What must hold of every mail that
can be read (no NUL, no lone surrogate, one-line header values) is checked for all of them.
"""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.message import Address, Attachment, Forwarded, Message
from ingest.reading import Unreadable, read

EML = Path(__file__).parents[1] / "eml"
MAILS = sorted(EML.glob("*.eml"))
LEAST_MAILS = 60
COMMENTS = {"why"}


def missing(text: str, wanted: list[str]) -> list[str]:
    return [piece for piece in wanted if piece not in text]


def found(text: str, unwanted: list[str]) -> list[str]:
    return [piece for piece in unwanted if piece in text]


def addresses(people: tuple[Address, ...]) -> list[str]:
    return [person.address for person in people]


def differs(got: object, expected: object) -> str:
    return "" if got == expected else f"got {got!r}, expected {expected!r}"


def attachments_differ(got: tuple[Attachment, ...], expected: list[dict[str, Any]]) -> str:
    """Same number and order; of each only the named facts are compared."""
    same = len(got) == len(expected) and all(
        getattr(attachment, fact) == value
        for attachment, facts in zip(got, expected, strict=True)
        for fact, value in facts.items()
    )
    return "" if same else f"got {got!r}, expected {expected!r}"


def date_differs(got: datetime | None, expected: str | None) -> str:
    return differs(got, None if expected is None else datetime.fromisoformat(expected))


def forwarded_differs(got: Forwarded | None, expected: dict[str, Any] | None) -> str:
    if got is None or expected is None:
        return differs(got, expected)
    wrong = {
        "from": differs(got.sender.address, expected["from"]),
        "date_contains": missing(got.date, [expected.get("date_contains", "")]),
        "text_contains": missing(got.text, expected.get("text_contains", [])),
        "text_lacks": found(got.text, expected.get("text_lacks", [])),
    }
    unknown = expected.keys() - wrong.keys()
    return "; ".join(f"{key}: {what}" for key, what in wrong.items() if what) or " ".join(unknown)


CHECKS: dict[str, Callable[[Message, Any], object]] = {
    "subject": lambda m, x: differs(m.subject, x),
    "subject_contains": lambda m, x: missing(m.subject, x),
    "subject_lacks": lambda m, x: found(m.subject, x),
    "from": lambda m, x: differs(m.sender.address, x),
    "from_name": lambda m, x: differs(m.sender.name, x),
    "senders": lambda m, x: differs(addresses(m.senders), x),
    "reply_to": lambda m, x: differs(addresses(m.reply_to), [x]),
    "to_count": lambda m, x: differs(len(m.to), x),
    "message_id": lambda m, x: differs(m.message_id, x),
    "answers_contain": lambda m, x: missing("\n".join(m.answers), x),
    "date": lambda m, x: date_differs(m.date, x),
    "text": lambda m, x: differs(m.text, x),
    "text_contains": lambda m, x: missing(m.text, x),
    "text_lacks": lambda m, x: found(m.text, x),
    "text_once": lambda m, x: differs(m.text.count(x), 1),
    "text_min": lambda m, x: differs(len(m.text) >= x, True),
    "new_text": lambda m, x: differs(m.new_text.strip(), x),
    "new_text_contains": lambda m, x: missing(m.new_text, x),
    "new_text_lacks": lambda m, x: found(m.new_text, x),
    "cut": lambda m, x: differs(m.new_text != m.text, x),
    "attachments": lambda m, x: attachments_differ(m.attachments, x),
    "automatic": lambda m, x: differs(m.automatic and m.automatic.value, x),
    "forwarded": lambda m, x: forwarded_differs(m.forwarded, x),
    "defects": lambda m, x: differs(bool(m.defects), x),
}


def expectation(mail: Path) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads(mail.with_suffix(".json").read_text(encoding="utf-8"))
    return expected


def faults(message: Message, expected: dict[str, Any]) -> list[str]:
    """One line per key of the expectation that does not hold."""
    wrong = {key: CHECKS[key](message, value) for key, value in expected.items() if key not in COMMENTS}
    return [f"{key}: {what}; text is {message.text[:300]!r}" for key, what in wrong.items() if what]


def one_line_values(message: Message) -> list[str]:
    people = (*message.senders, *message.to, *message.cc, *message.reply_to)
    return [
        message.subject,
        message.message_id,
        *message.answers,
        *(value for person in people for value in (person.name, person.address)),
        *(value for attachment in message.attachments for value in (attachment.name, attachment.type)),
        *message.authentication,
        *message.received,
    ]


def dirt(message: Message) -> list[str]:
    """What no message may hold, whatever the mail (the docstring of Message)."""
    lines = one_line_values(message)
    texts = [message.text, message.new_text, message.forwarded.text if message.forwarded else "", *message.defects]
    return [repr(value[:200]) for value in lines if found(value, ["\r", "\n"])] + [
        repr(value[:200])
        for value in (*lines, *texts)
        if found(value, ["\0", "\r"]) or value.encode("utf-8", "ignore").decode() != value
    ]


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.stem)
def test_an_odd_mail_is_read_as_its_sibling_says(mail: Path) -> None:
    expected = expectation(mail)
    if "unreadable" in expected:
        with pytest.raises(Unreadable) as refusal:
            read(mail.read_bytes())
        assert expected["unreadable"] in str(refusal.value), expected["why"]
        return
    message = read(mail.read_bytes())
    wrong = [*faults(message, expected), *(f"unclean: {value}" for value in dirt(message))]
    assert not wrong, "\n".join([expected["why"], *wrong])


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.stem)
def test_a_sibling_says_why_and_uses_known_words_only(mail: Path) -> None:
    expected = expectation(mail)
    assert expected["why"].endswith(".")
    assert not expected.keys() - CHECKS.keys() - COMMENTS - {"unreadable"}
    assert len(expected) > 1, "nothing is expected of this mail"


def test_every_mail_has_its_sibling_and_the_other_way_round() -> None:
    assert {mail.stem for mail in MAILS} == {sibling.stem for sibling in EML.glob("*.json")}


def test_there_are_enough_odd_mails() -> None:
    assert len(MAILS) >= LEAST_MAILS


def test_the_mails_kept_their_line_ends() -> None:
    """A checkout that turns CRLF into LF, or back, would make these tests mean nothing."""
    assert b"\r\n" in (EML / "html-only.eml").read_bytes()
    assert b"\r" not in (EML / "lf-line-ends.eml").read_bytes()
    assert b"\n" not in (EML / "cr-line-ends.eml").read_bytes()
