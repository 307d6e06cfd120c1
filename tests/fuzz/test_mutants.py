"""Whatever arrives is a clean Message or Unreadable, within its time and its memory."""

import os
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.reading import read
from tests.fuzz import running
from tests.fuzz.checking import broken
from tests.fuzz.mutating import CHANGES, mutant
from tests.fuzz.running import each, mails, numbers, run, within

MUTANTS = 20_000 if os.environ.get("KRM_FULL") == "1" else 4_000


def test_mutants_of_every_odd_mail_are_read_or_refused() -> None:
    told = run(MUTANTS)

    assert not told.failed, each(told.failed)
    assert told.read + told.refused == MUTANTS
    assert told.refused < MUTANTS / 10, "a run in which most mails are refused proves little"


def test_a_mutant_is_the_same_for_ever() -> None:
    assert mutant("html-only", 7, mails()) == mutant("html-only", 7, mails())
    assert mutant("html-only", 7, mails()) != mutant("html-only", 8, mails())


def test_every_file_has_its_turn() -> None:
    assert {name for name, _ in numbers(len(mails()))} == set(mails())
    assert len(mails()) > 200


def test_most_changes_change_something() -> None:
    changed = sum(mutant(name, seed, mails()) != mails()[name] for name, seed in numbers(1_000))
    assert changed > 950
    assert len(CHANGES) > 15


def never_ends(_: bytes) -> None:
    while True:
        pass


def takes_much(_: bytes) -> None:
    bytearray(400 * 1024 * 1024)


def is_wrong(_: bytes) -> None:
    raise KeyError("x")


@pytest.mark.parametrize(
    ("work", "why"), [(never_ends, "too slow"), (takes_much, "MemoryError: "), (is_wrong, "KeyError: 'x'")]
)
def test_the_run_would_see_it(work: Callable[[bytes], None], why: str) -> None:
    assert running.alone(work) == (why,)


NAMES = (  # noqa: SIM905
    "From To Cc Reply-To Sender Subject Date Message-ID In-Reply-To References X-A Content-Type Received Return-Path "
    "Content-Transfer-Encoding Content-Disposition Auto-Submitted"
).split()
PIECES = (
    *("=?utf-8?q?", "=?utf-8?b?", "?=", "<a@b.example>", '"', "(", ";", "charset=", "boundary=b", "multipart/mixed"),
    *("message/rfc822", "text/html", "base64", "quoted-printable", "name*0=", "\r\n ", "\n", "\0", ":", ",", "@"),
)
SIGNS = st.text(st.characters(), max_size=60)  # every code point, lone surrogates too
WORDS = st.lists(st.one_of(SIGNS, st.sampled_from(PIECES)), max_size=8).map("".join)
FIELDS = st.lists(st.tuples(st.sampled_from(NAMES), WORDS), max_size=12)
BODIES = st.one_of(st.binary(max_size=400), WORDS.map(lambda text: text.encode("utf-8", "surrogatepass")))


@st.composite
def raw_mails(draw: st.DrawFn) -> bytes:
    """Fields of any content before any body, parts within parts."""
    head = "".join(f"{name}: {value}\r\n" for name, value in draw(FIELDS)).encode("utf-8", "surrogatepass")
    parts = b"".join(b"\r\n--b\r\n" + part for part in draw(st.lists(BODIES, max_size=4)))
    return head + draw(st.sampled_from([b"\r\n", b"\n", b""])) + draw(BODIES) + parts + draw(BODIES)


@settings(max_examples=500, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(raw=raw_mails())
def test_whatever_hypothesis_builds_is_a_clean_message_or_unreadable(raw: bytes) -> None:
    message, why, _ = within(lambda: read(raw), seconds=10)

    assert not why
    assert message is None or not broken(message)


PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn"]), max_size=200)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(subject=PLAIN, body=PLAIN, name=PLAIN)
def test_what_people_write_comes_out_as_they_wrote_it(subject: str, body: str, name: str) -> None:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "a@b.example"
    mail["Subject"] = " ".join(subject.split())
    mail.set_content(body)
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename=" ".join(name.split()))

    message = read(mail.as_bytes())

    assert message.subject == " ".join(subject.split())
    assert "".join(message.text.split()) == "".join(body.split())
