"""When the house first took a mail that a colleague passes on (rules of the office, Time 1)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ingest.arrival import first_in_house
from ingest.message import Message
from ingest.reading import read

SERVERS = frozenset({"mx1.jobcenter.example", "ex01.intern.example", "ex02.intern.example"})
CARRIER = read(
    b"Received: from ex02.intern.example (10.0.0.2) by ex01.intern.example (10.0.0.1);\n"
    b" Thu, 12 Nov 2026 09:14:00 +0100\n"
    b"From: s.lorenz@jobcenter.example\nDate: Thu, 12 Nov 2026 09:13:58 +0100\nSubject: WG: Miete\n\nz. K.\n"
)
ENTERED = datetime(2026, 11, 9, 22, 59, tzinfo=UTC)

INSIDE = (
    "from ex01.intern.example (10.0.0.1) by ex02.intern.example (10.0.0.2) with Microsoft SMTP Server"
    " (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.1.2507.39; Tue, 10 Nov 2026 00:00:09 +0100"
)
GATEWAY = (
    "from mx1.jobcenter.example (192.168.7.2) by ex01.intern.example (10.0.0.1) with Microsoft SMTP Server"
    " id 15.1.2507.39 via Frontend Transport; Tue, 10 Nov 2026 00:00:05 +0100"
)
DOOR = (
    "from mail.example.net (mail.example.net [203.0.113.7]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384"
    ' (256/256 bits) key-exchange X25519) (Client CN "mail.example.net", Issuer "by mx9" (not verified))'
    " by mx1.jobcenter.example (Postfix) with ESMTPS id 4D1xyz for <post@jobcenter.example>;"
    " Mon, 9 Nov 2026 23:59:00 +0100 (CET)"
)
FOREIGN = "from laptop ([198.51.100.4]) by mail.example.net with ESMTPSA; Sun, 1 Nov 2026 08:00:00 +0100"
FORGED = (
    "from mail.example.net (mail.example.net [203.0.113.7]) by mx1.jobcenter.example; Thu, 1 Oct 2026 08:00:00 +0200"
)
WAY = (INSIDE, GATEWAY, DOOR, FOREIGN)


def test_the_oldest_line_of_our_own_servers_counts() -> None:
    assert first_in_house(CARRIER, WAY, SERVERS) == ENTERED


def test_names_of_servers_may_be_written_in_capitals() -> None:
    assert first_in_house(CARRIER, WAY, frozenset(name.upper() for name in SERVERS)) == ENTERED


def test_a_line_below_a_foreign_server_proves_nothing() -> None:
    assert first_in_house(CARRIER, (*WAY, FORGED), SERVERS) == ENTERED
    assert first_in_house(CARRIER, (FOREIGN, DOOR), SERVERS) is None


FORGERIES = {
    "below the door": (DOOR, FORGED),
    "the sender calls itself our server": (
        DOOR.replace("from mail.example.net", "from mx1.jobcenter.example"),
        FORGED,
    ),
    "the sender has no name and calls itself our server": (
        DOOR.replace("from mail.example.net (mail.example.net [", "from mx1.jobcenter.example (unknown ["),
        FORGED,
    ),
    "the sender calls itself our server, by IPv6": (
        DOOR.replace(
            "from mail.example.net (mail.example.net [203.0.113.7", "from mx1.jobcenter.example ([IPv6:2001:db8::7"
        ),
        FORGED,
    ),
    "the sender calls itself by an address of ours": (
        DOOR.replace("from mail.example.net (mail.example.net [", "from [10.0.0.1] (unknown ["),
        FORGED,
    ),
}


@pytest.mark.parametrize("lines", FORGERIES.values(), ids=FORGERIES.keys())
def test_a_forged_line_of_our_own_server_does_not_count(lines: tuple[str, ...]) -> None:
    assert first_in_house(CARRIER, lines, SERVERS) == ENTERED


HANDED_ON = {
    "from a filter on the same machine": "from localhost (localhost [127.0.0.1]) by mx1.jobcenter.example (Postfix)",
    "from the queue, by a user of the machine": "by mx1.jobcenter.example (Postfix, from userid 1001) id 4D1",
    "by its address": "from [10.0.0.9] by ex01.intern.example with ESMTP",
    "by its address of the house's network, IPv6": "from mx1.jobcenter.example ([IPv6:fd00::2]) by ex01.intern.example",
    "without a word about it": "from mx1.jobcenter.example by ex01.intern.example with ESMTP",
    "with a dot at the end": "from mx1.jobcenter.example by ex01.intern.example. with ESMTP",
}


@pytest.mark.parametrize("line", HANDED_ON.values(), ids=HANDED_ON.keys())
def test_our_own_servers_are_followed_where_they_hand_a_mail_on(line: str) -> None:
    later = f"{line}; Tue, 10 Nov 2026 00:00:01 +0100"
    assert first_in_house(CARRIER, (later, DOOR, FOREIGN), SERVERS) == ENTERED


def dated(date: str) -> tuple[str, ...]:
    return (f"from a.example.net by mx1.jobcenter.example; {date}",)


DATES = {
    "a comment": ("Mon, 9 Nov 2026 23:59:00 +0100 (CET (winter; MEZ))", ENTERED),
    "no weekday": ("9 Nov 2026 23:59:00 +0100", ENTERED),
    "no seconds": ("Mon, 9 Nov 2026 23:59 +0100", ENTERED),
    "GMT": ("Mon, 9 Nov 2026 22:59:00 GMT", ENTERED),
    "no zone known of": ("Mon, 9 Nov 2026 22:59:00 -0000", ENTERED),
    "MEZ": ("Mon, 9 Nov 2026 23:59:00 MEZ", ENTERED),
    "another part of the world": ("Tue, 10 Nov 2026 04:29:00 +0530", ENTERED),
    "a zone that nobody knows": ("Mon, 9 Nov 2026 23:59:00 XYZ", None),
    "an impossible zone": ("Mon, 9 Nov 2026 23:59:00 +9999", None),
    "a zone beyond the earth": ("Mon, 9 Nov 2026 23:59:00 +1500", None),
    "minutes past the hour in a zone": ("Mon, 9 Nov 2026 23:59:00 +0175", None),
    "no zone": ("Mon, 9 Nov 2026 23:59:00", None),
    "nothing": ("", None),
    "words": ("gestern", None),
    "an impossible day": ("Mon, 31 Nov 2026 23:59:00 +0100", None),
    "year 9999": ("Fri, 31 Dec 9999 23:59:59 -1200", None),
    "year 1": ("Mon, 1 Jan 0001 00:00:00 +0100", None),
    "a clock that was reset": ("Thu, 1 Jan 1970 00:00:00 +0000", None),
    "later than the mail that brought it": ("Thu, 12 Nov 2026 10:14:00 +0100", None),
}


@pytest.mark.parametrize(("date", "expected"), DATES.values(), ids=DATES.keys())
def test_a_date_counts_only_where_it_can_be_read_for_certain(date: str, expected: datetime | None) -> None:
    assert first_in_house(CARRIER, dated(date), SERVERS) == expected


ODD = {
    "no line": (),
    "an empty line": ("",),
    "no host": ("from a by; Mon, 9 Nov 2026 23:59:00 +0100",),
    "ours only in a comment": ("from a (by mx1.jobcenter.example) by fremd.example; Mon, 9 Nov 2026 23:59:00 +0100",),
    "ours only in quotes": ('from "x by mx1.jobcenter.example" by fremd.example; Mon, 9 Nov 2026 23:59:00 +0100',),
    "ours only as recipient": ("from a by fremd.example for by mx1.jobcenter.example; Mon, 9 Nov 2026 23:59:00 +0100",),
    "qmail without hosts": ("(qmail 12345 invoked by uid 89); 9 Nov 2026 22:59:00 -0000",),
    "no semicolon": ("from a by mx1.jobcenter.example Mon, 9 Nov 2026 23:59:00 +0100",),
    "a bracket never closed": ("from a by mx1.jobcenter.example (x; Mon, 9 Nov 2026 23:59:00 +0100",),
    "endless": ("from a by mx1.jobcenter.example " + "(" * 1_000_000 + "; Mon, 9 Nov 2026 23:59:00 +0100",),
    "endless quotes": ('from "' + '\\"' * 500_000 + " by mx1.jobcenter.example; Mon, 9 Nov 2026 23:59:00 +0100",),
}


@pytest.mark.parametrize("lines", ODD.values(), ids=ODD.keys())
def test_an_odd_line_proves_nothing(lines: tuple[str, ...]) -> None:
    assert first_in_house(CARRIER, lines, SERVERS) is None


def test_without_servers_in_the_settings_nothing_is_proven() -> None:
    assert first_in_house(CARRIER, WAY, frozenset()) is None


def test_without_a_trace_of_its_own_the_carrier_is_dated_by_its_date() -> None:
    untraced = replace(CARRIER, received=())
    assert first_in_house(untraced, WAY, SERVERS) == ENTERED
    assert first_in_house(untraced, dated("Thu, 12 Nov 2026 10:14:00 +0100"), SERVERS) is None
    assert first_in_house(replace(untraced, date=None), WAY, SERVERS) is None


def test_the_lines_of_an_attached_mail_are_its_own() -> None:
    raw = (
        b"From: s.lorenz@jobcenter.example\nReceived: from a by ex01.intern.example; Thu, 12 Nov 2026 09:14:00 +0100\n"
        b"Subject: WG: Miete\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nz. K.\n--b\n"
        b"Content-Type: message/rfc822\n\nReceived: " + DOOR.replace(" by mx1", "\n\tby mx1").encode() + b"\n"
        b"From: Karl Behrend <karl@example.net>\nSubject: Miete\n\nIch warte.\n--b--\n"
    )
    message: Message = read(raw)
    assert message.forwarded is not None
    assert first_in_house(message, message.forwarded.received, SERVERS) == ENTERED
