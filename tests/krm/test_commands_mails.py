"""`krm parse` and `krm due`: results as the contract writes them."""

import json
import os
from pathlib import Path

import pytest

from krm.commands import mails
from tests.krm.calling import ROOT, Krm

KEYS = [
    "file",
    "subject",
    "from",
    "to",
    "message_id",
    "date",
    "text",
    "new_text",
    "attachments",
    "automatic",
    "forwarded",
    "defects",
    "unreadable",
]
LETTER = b"""From: Erika M\xc3\xbcller <erika@mail.example>
To: krm@jobcenter.example, KRM <k@jobcenter.example>
Subject: =?utf-8?q?Stra=C3=9Fe?=
Date: Fri, 11 Dec 2026 10:00:00 +0100
Message-ID: <a@mail.example>
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8

Gr\xc3\xbc\xc3\x9fe \xe2\x80\x93 Erika
--b
Content-Type: application/pdf; name=x.pdf
Content-Disposition: attachment; filename=x.pdf
Content-Transfer-Encoding: base64

JVBERi0=
--b--
"""


def mail(folder: Path, content: bytes, name: str = "mail.eml") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_mail_is_shown_with_the_keys_of_the_contract_in_their_order(krm: Krm) -> None:
    said = krm("parse", mail(krm.folder, LETTER), "--json")

    assert said.code == 0
    assert said.err == ""
    assert list(said.object) == KEYS
    assert said.object | {"defects": []} == {
        "file": str(krm.folder / "mail.eml"),
        "subject": "Straße",
        "from": "Erika Müller <erika@mail.example>",
        "to": ["krm@jobcenter.example", "KRM <k@jobcenter.example>"],
        "message_id": "a@mail.example",
        "date": "2026-12-11T10:00:00+01:00",
        "text": "Grüße – Erika",
        "new_text": "Grüße – Erika",
        "attachments": [{"name": "x.pdf", "type": "application/pdf", "size": 5}],
        "automatic": None,
        "forwarded": None,
        "defects": [],
        "unreadable": None,
    }


def test_every_odd_mail_is_one_line_with_all_keys_and_its_exit_code_is_nought(krm: Krm) -> None:
    paths = sorted((ROOT / "tests" / "eml").glob("*.eml"))

    said = krm("parse", *paths, "--json")

    assert said.code == 0
    assert [o["file"] for o in said.objects] == [str(p) for p in paths]
    assert all(list(o) == KEYS for o in said.objects)
    assert any(o["unreadable"] for o in said.objects)
    kinds = {o["automatic"] for o in said.objects}
    assert kinds == {None, "auto-reply", "bounce", "list", "own", "generated"}
    forwards = [o["forwarded"] for o in said.objects if o["forwarded"]]
    assert forwards
    assert all(list(f) == ["from", "date", "text"] for f in forwards)


@pytest.mark.parametrize(
    ("content", "defect"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"\r\n\r\n", "empty", id="only line ends"),
        pytest.param(b"Guten Tag, ich warte.", "no-headers", id="no header at all"),
        pytest.param(bytes(range(256)) * 400, "no-headers", id="binary"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(5000), "no-headers", id="a picture"),
        pytest.param(b"\0" * 100_000, "no-headers", id="nothing but zeros"),
    ],
)
def test_what_is_hardly_a_mail_is_one_with_defects(krm: Krm, content: bytes, defect: str) -> None:
    said = krm("parse", mail(krm.folder, content), "--json")

    assert said.code == 0
    assert said.object["unreadable"] is None
    assert defect in said.object["defects"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"X-Filler: y\r\n" * 50_000 + b"\r\nHilfe", id="a header without end"),
        pytest.param(
            b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(99)),
            id="99 levels",
        ),
    ],
)
def test_a_mail_past_a_limit_is_unreadable_which_is_a_result(krm: Krm, content: bytes) -> None:
    said = krm("parse", mail(krm.folder, content), "--json")

    assert said.code == 0
    assert list(said.object) == KEYS
    assert said.object["unreadable"]
    assert said.object["text"] == ""


def test_a_mail_over_forty_megabytes_is_not_read_on(krm: Krm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mails, "LARGEST", 100)

    said = krm("parse", mail(krm.folder, LETTER), "--json")

    assert said.code == 0
    assert said.object["unreadable"] == "larger than 100 bytes"


def test_a_parser_that_breaks_costs_one_mail_and_quotes_nothing_of_it(
    krm: Krm, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = mails.reading.read

    def brittle(raw: bytes) -> object:
        if b"Gift" in raw:
            raise KeyError("Erika")
        return honest(raw)

    monkeypatch.setattr(mails.reading, "read", brittle)

    said = krm("parse", mail(krm.folder, b"Gift", "a.eml"), mail(krm.folder, LETTER, "b.eml"), "--json")

    assert said.code == 0
    assert said.objects[0]["unreadable"].startswith("KeyError at ")
    assert "Erika" not in said.objects[0]["unreadable"]
    assert said.objects[1]["subject"] == "Straße"


def test_for_people_a_mail_is_shown_field_by_field(krm: Krm) -> None:
    said = krm("parse", mail(krm.folder, LETTER))

    assert said.code == 0
    assert "subject: Straße" in said.out.splitlines()
    assert "  - name: x.pdf, type: application/pdf, size: 5" in said.out.splitlines()


def test_a_mail_cannot_steer_the_terminal_of_who_looks_at_it(krm: Krm) -> None:
    said = krm("parse", mail(krm.folder, b"Subject: a\x1b]0;b\x07\n\nc\x1b[2J\x9b2Jd\r \xe2\x80\xaee"))

    assert said.code == 0
    assert not set(said.out) & {"\x1b", "\x07", "\x9b", "\r", "\u202e"}
    assert "2J" in said.out


def test_a_file_name_may_be_no_text(krm: Krm) -> None:
    path = krm.folder / os.fsdecode(b"m\xfcll.eml")
    path.write_bytes(LETTER)

    assert json.loads(krm("parse", path, "--json").out)["file"] == str(path)
    assert krm("parse", path).code == 0


CHRISTMAS = {"acknowledge_by": "2026-12-16", "day14": "2026-12-25", "target": "2026-12-23", "latest": "2026-12-28"}


@pytest.mark.parametrize(
    ("arrival", "expected"),
    [
        pytest.param("2026-12-11", CHRISTMAS, id="a day"),
        pytest.param("2026-12-11T10:00", CHRISTMAS, id="without a zone it is Berlin's"),
        pytest.param("2026-12-11T23:59:59", CHRISTMAS, id="the day's last second"),
        pytest.param("2026-12-11T23:30+01:00", CHRISTMAS, id="with Berlin's offset"),
        pytest.param("2026-12-10T23:30Z", CHRISTMAS, id="past midnight in Berlin"),
        pytest.param("2026-12-11T22:59:59+00:00", CHRISTMAS, id="still the day in Berlin"),
        pytest.param("20261211T100000", CHRISTMAS, id="the short way to write it"),
        pytest.param("2026-12-11 10:00", CHRISTMAS, id="with a blank"),
    ],
)
def test_the_days_that_bind_are_counted_from_the_day_in_berlin(
    krm: Krm, arrival: str, expected: dict[str, str]
) -> None:
    said = krm("due", "--arrival", arrival, "--json")

    assert said.code == 0
    assert list(said.object) == list(expected)
    assert said.object == expected


def test_several_arrivals_give_a_line_each_in_their_order(krm: Krm) -> None:
    said = krm("due", "--arrival", "2026-12-11", "--arrival", "2026-11-23", "--json")

    assert [o["day14"] for o in said.objects] == ["2026-12-25", "2026-12-07"]


def test_one_wrong_arrival_among_several_gives_no_half_answer(krm: Krm) -> None:
    said = krm("due", "--arrival", "2026-12-11", "--arrival", "x", "--json")

    assert (said.code, said.out) == (2, "")


def test_for_people_the_days_come_with_their_calculation_and_its_clauses(krm: Krm) -> None:
    said = krm("due", "--arrival", "2026-12-11")

    assert said.code == 0
    for words in ("16.12.2026", "25.12.2026", "23.12.2026", "28.12.2026", "GA 3.5.1", "GA 3.5.2", "§ 187 BGB"):
        assert words in said.out
