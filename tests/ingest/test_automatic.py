"""Machine mail and people's mail that looks like it."""

import re
from email import message_from_string

import pytest

from ingest.automatic import RULES, automatic, facts
from ingest.headers import Headers
from ingest.message import Automatic

OWN = frozenset({"krm@jobcenter.example"})
LISTED = frozenset({"formular@stadt.example"})


def kind(fields: str, sender: str = "petra.voss@example.org", report: str = "") -> Automatic | None:
    headers = Headers(message_from_string(fields.strip() + "\n\n"))
    return automatic(facts(headers, sender, report, OWN, LISTED))


MACHINES = {
    "our own letter": ("X-KRM-Letter: acknowledgement", "krm@jobcenter.example", Automatic.OWN),
    "our own letter through a list": ("X-KRM-Letter: x\nList-Id: <a.b>", "krm@jobcenter.example", Automatic.OWN),
    "our address, field lost": ("Auto-Submitted: auto-generated", "krm@jobcenter.example", Automatic.OWN),
    "qmail's bounce": ("Return-Path: <>\nSubject: x", "mailer-daemon@example.org", Automatic.BOUNCE),
    "Exim's bounce": ("X-Failed-Recipients: a@b", "noreply@example.org", Automatic.BOUNCE),
    "Postfix' bounce marked as reply": (
        "Return-Path: <>\nAuto-Submitted: auto-replied\nSubject: Undelivered Mail Returned to Sender",
        "MAILER-DAEMON@example.org".lower(),
        Automatic.BOUNCE,
    ),
    "Exchange's bounce": (
        "Return-Path: <>\nSubject: Unzustellbar: Eingang",
        "postmaster@example.org",
        Automatic.BOUNCE,
    ),
    "Exchange's bounce by its field alone": (
        "X-MS-Exchange-Message-Is-Ndr:\nSubject: x",
        "ex@b.example",
        Automatic.BOUNCE,
    ),
    "T-Online's bounce": (
        "Subject: Mail konnte nicht zugestellt werden",
        "mailer-daemon@t-online.example",
        Automatic.BOUNCE,
    ),
    "iCloud's bounce": (
        "Subject: Delivery Notification: Delivery has failed",
        "postmaster@icloud.example",
        Automatic.BOUNCE,
    ),
    "a bounce whose path was lost": ("Subject: Undeliverable: x", "postmaster@example.org", Automatic.BOUNCE),
    "RFC 3834": ("Auto-Submitted: auto-replied (vacation)", "p@example.org", Automatic.AUTO_REPLY),
    "with parameter and capitals": ("Auto-Submitted: Auto-Replied; owner=x", "p@example.org", Automatic.AUTO_REPLY),
    "with comment before": ("Auto-Submitted: (x) auto-replied", "p@example.org", Automatic.AUTO_REPLY),
    "an old responder": ("X-Autoreply: yes", "p@example.org", Automatic.AUTO_REPLY),
    "Precedence": ("Precedence: auto_reply", "p@example.org", Automatic.AUTO_REPLY),
    "Gmail's": ("Precedence: bulk\nAuto-Submitted: auto-replied", "p@gmail.example", Automatic.AUTO_REPLY),
    "Exchange's": (
        "Subject: Automatische Antwort: x\nAuto-Submitted: auto-generated\nX-Auto-Response-Suppress: All",
        "p@example.org",
        Automatic.AUTO_REPLY,
    ),
    "the program's own prefix alone": ("Subject: Automatic reply: x", "p@example.org", Automatic.AUTO_REPLY),
    "an absence and Exchange's field": (
        "Subject: Abwesenheitsnotiz: x\nX-Auto-Response-Suppress: All",
        "p@example.org",
        Automatic.AUTO_REPLY,
    ),
    "an absence without return path": ("Subject: Abwesend\nReturn-Path: <>", "p@example.org", Automatic.AUTO_REPLY),
    "a listed web form": ("Subject: x", "formular@stadt.example", Automatic.GENERATED),
    "a listed form that says bulk": ("List-Id: <x>\nPrecedence: bulk", "formular@stadt.example", Automatic.GENERATED),
    "a list": ("List-Id: <rundbrief.example.org>", "p@example.org", Automatic.LIST),
    "a newsletter": ("List-Unsubscribe: <x>\nPrecedence: bulk", "p@example.org", Automatic.LIST),
    "a scanner": ("Auto-Submitted: auto-generated", "scan@example.org", Automatic.GENERATED),
    "no return path": ("Return-Path: <>\nSubject: Beschwerde", "p@example.org", Automatic.PERHAPS),
    "bulk": ("Precedence: bulk\nSubject: Beschwerde", "p@example.org", Automatic.PERHAPS),
    "junk": ("Precedence: Junk", "p@example.org", Automatic.PERHAPS),
    "list without List-Id": ("Precedence: list", "p@example.org", Automatic.PERHAPS),
    "no return path and more": (
        "Return-Path: <>\nAuto-Submitted: auto-generated",
        "p@example.org",
        Automatic.GENERATED,
    ),
    "a list that says bulk": ("List-Id: <x>\nPrecedence: bulk", "p@example.org", Automatic.LIST),
    "nobody to answer, in bulk": ("Precedence: bulk", "no-reply@example.org", Automatic.GENERATED),
}


@pytest.mark.parametrize(("fields", "sender", "expected"), MACHINES.values(), ids=MACHINES.keys())
def test_a_machine_is_told(fields: str, sender: str, expected: Automatic) -> None:
    assert kind(fields, sender) is expected


PEOPLE = {
    "an ordinary mail": ("Subject: Beschwerde", "p@example.org"),
    "a mail from Exchange": ("Subject: Beschwerde\nX-Auto-Response-Suppress: All", "p@example.org"),
    "an absence announced": ("Subject: Abwesenheit vom 3. bis 9. Mai", "p@example.org"),
    "an absence announced from Exchange": ("Subject: Abwesenheit\nX-Auto-Response-Suppress: DR", "p@example.org"),
    "a notice of absence": ("Subject: Abwesenheitsnotiz: Ortsabwesenheit im Mai", "p@example.org"),
    "a reply to a machine": ("Subject: AW: Automatische Antwort: x", "p@example.org"),
    "a complaint about machines": ("Subject: Automatische Antworten helfen nicht", "p@example.org"),
    "a return path": ("Return-Path: <p@example.org>", "p@example.org"),
    "another precedence": ("Precedence: first-class", "p@example.org"),
    "Auto-Submitted: no": ("Auto-Submitted: no", "p@example.org"),
    "a bounce forwarded": ("Subject: WG: Unzustellbar: x", "p@example.org"),
    "a wish for a receipt": ("Disposition-Notification-To: p@example.org", "p@example.org"),
    "an address without answers alone": ("Subject: x", "no-reply@example.org"),
    "unsubscribing offered alone": ("List-Unsubscribe: <x>", "p@example.org"),
    "the mailbox itself": ("Subject: gescannt", "krm@jobcenter.example"),
    "no fields": ("", ""),
}


@pytest.mark.parametrize(("fields", "sender"), PEOPLE.values(), ids=PEOPLE.keys())
def test_a_person_is_no_machine(fields: str, sender: str) -> None:
    assert kind(fields, sender) is None


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        ("delivery-status", Automatic.BOUNCE),
        ("disposition-notification", Automatic.AUTO_REPLY),
        ("feedback-report", Automatic.GENERATED),
    ],
)
def test_a_report_is_told_by_its_type(report: str, expected: Automatic) -> None:
    assert kind("Subject: x", report=report) is expected


def test_a_read_receipt_of_the_server_itself_is_no_bounce() -> None:
    fields = "Return-Path: <>\nSubject: Gelesen: x"
    assert kind(fields, "postmaster@example.org", "disposition-notification") is Automatic.AUTO_REPLY


def test_every_rule_says_what_it_looks_at_once() -> None:
    assert len({rule.what for rule in RULES}) == len(RULES)
    assert all(re.fullmatch(r"\S.{3,60}", rule.what) for rule in RULES)
