"""The bench itself: a small run through a real Dovecot gives all its figures, and its check finds what went wrong."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from bench import quick, synthetic
from bench.checking import Records, check
from ingest import reading
from store.case import Kind
from store.mails import MailState

BEGINS = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.usefixtures("dovecot")
def test_thirty_mails_go_the_whole_way_and_none_is_lost_or_doubled(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "results.json"

    assert quick.main(["--mails", "30", "--results", str(results)]) == 0

    told = json.loads(results.read_text("utf-8"))
    assert {"mails_per_s", "floor_mails_per_s", "ratio", "peak_rss_mb", "lost", "doubled"} <= told.keys()
    assert (told["lost"], told["doubled"]) == (0, 0)
    assert told["intakes"] + told["related"] + told["put_aside"] == 30
    assert told["ratio"] == pytest.approx(told["floor_mails_per_s"] / told["mails_per_s"], rel=0.02)
    assert "lost, doubled" in capfd.readouterr().out


def test_every_third_mail_has_html_and_every_tenth_an_attachment_of_300_kb() -> None:
    mails = [message_from_bytes(m.content, policy=default) for m in synthetic.mails(30, BEGINS)]

    with_html = [n for n, mail in enumerate(mails) if mail.get_body(("html",))]
    sizes = [len(a.get_content()) for mail in mails for a in mail.iter_attachments()]
    assert with_html == list(range(0, 30, 3))
    assert sizes == [300_000] * 3


def test_no_two_mails_are_alike_and_each_is_read_without_a_defect() -> None:
    mails = list(synthetic.mails(900, BEGINS))

    read = [reading.read(mail.content) for mail in mails]
    assert len({" ".join(m.new_text.split()) for m in read}) == len(mails)
    assert len({m.sender.address for m in read}) == len(mails)
    assert [m.message_id for m in read] == [mail.message_id for mail in mails]
    assert {m.defects for m in read} == {()}
    assert {m.automatic for m in read} == {None}


def test_the_same_seed_gives_the_same_mails() -> None:
    assert list(synthetic.mails(20, BEGINS)) == list(synthetic.mails(20, BEGINS))


WHOLE = Records(
    rows={"a": [1]}, states={1: MailState.DONE}, kinds={1: [Kind.FIRST]}, requests={1: ["r1"]}, letters={"r1": "x"}
)
FOLDERS = {"INBOX": Counter[str](), "Verarbeitet": Counter("a"), "Sent": Counter(["r1"])}


@pytest.mark.parametrize(
    ("records", "sink", "folders", "lost", "doubled"),
    [
        pytest.param(WHOLE, ["r1"], {}, 0, 0, id="all is well"),
        pytest.param(replace(WHOLE, rows={}), ["r1"], {}, 1, 0, id="no row"),
        pytest.param(replace(WHOLE, states={1: MailState.NEW}), ["r1"], {}, 1, 0, id="never decided"),
        pytest.param(replace(WHOLE, kinds={}), ["r1"], {}, 1, 0, id="no intake"),
        pytest.param(WHOLE, [], {}, 1, 0, id="no request at the sink"),
        pytest.param(WHOLE, ["r1"], {"INBOX": Counter("a"), "Verarbeitet": Counter()}, 1, 0, id="still in the inbox"),
        pytest.param(WHOLE, ["r1"], {"Verarbeitet": Counter()}, 1, 0, id="in no folder"),
        pytest.param(WHOLE, ["r1"], {"Sent": Counter()}, 1, 0, id="no copy of the letter"),
        pytest.param(replace(WHOLE, rows={"a": [1, 2]}), ["r1"], {}, 0, 1, id="two rows"),
        pytest.param(replace(WHOLE, kinds={1: [Kind.FIRST] * 2}), ["r1"], {}, 0, 1, id="two intakes"),
        pytest.param(WHOLE, ["r1", "r1"], {}, 0, 1, id="the request came twice"),
        pytest.param(WHOLE, ["r1"], {"Automatisch": Counter("a")}, 0, 1, id="filed twice"),
        pytest.param(WHOLE, ["r1"], {"Sent": Counter(["r1", "r1"])}, 0, 1, id="copied twice"),
        pytest.param(
            replace(WHOLE, states={1: MailState.QUARANTINE}, kinds={}, requests={}, letters={}),
            [],
            {"Verarbeitet": Counter(), "Quarantäne": Counter("a"), "Sent": Counter()},
            0,
            0,
            id="put aside needs no request",
        ),
    ],
)
def test_the_check_counts_what_is_lost_and_what_is_doubled(
    records: Records, sink: list[str], folders: dict[str, Counter[str]], lost: int, doubled: int
) -> None:
    found = check(["a"], records, Counter(sink), FOLDERS | folders, "Sent")

    assert (found.lost, found.doubled) == (lost, doubled)


def test_without_dovecot_it_says_so(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("tests.servers.dovecot.find", _nothing_is_installed)

    assert quick.main(["--mails", "1"]) == 1
    assert "dovecot is not installed" in capfd.readouterr().err


def _nothing_is_installed(program: str) -> str:
    raise quick.Missing(f"{program} is not installed")
