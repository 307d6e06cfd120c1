"""Three weeks of the office in a minute: the real bot by a played clock, told so that a newcomer can follow."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import warnings
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from classify.anlage3 import shipped
from classify.coding import Coding
from demo import letters, office, weeks
from demo.office import DEPUTY, KRM, OFFICER
from demo.outcome import outcome
from demo.terminal import Line, Terminal
from ingest.message import Address
from notify.deadlines import BERLIN
from notify.kept import Kept
from notify.owing import View
from notify.workdays import Workdays
from store.case import Case, CaseNumber, Clock, Kind, Mark, Reaction, Said, Source, Stage, State
from tests.office import OFFICE

with warnings.catch_warnings():  # the mail server's password library imports a module Python gives up
    warnings.simplefilter("ignore", DeprecationWarning)
    from demo import guide, server, timelapse, told
    from demo.told import Letter

ROOT = Path(__file__).resolve().parents[2]
MONDAY = datetime(2026, 9, 21, 9, 0, tzinfo=BERLIN)
CALL = [sys.executable, "-m", "demo", "--timelapse", "--pace"]


def environment(folder: Path) -> dict[str, str]:
    (folder / "temporary").mkdir()
    more = {"PYTHONPATH": str(ROOT), "TMPDIR": str(folder / "temporary"), "PYTHONIOENCODING": "utf-8"}
    return os.environ | more | {"PYTHONUNBUFFERED": "1"}


def letter(kind: str, subject: str, who: office.Account = OFFICER, text: str = "", html: str = "") -> Letter:
    view = letters.View(str(KRM), str(who), subject, "", kind, "<1@x.example>", "", text, html, ())
    return Letter(who.name, who.address, view)


# --- the whole of it ---


def test_three_weeks_play_to_their_end_and_leave_all_mails(tmp_path: Path) -> None:
    ended = subprocess.run(
        [*CALL, "0"],
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "\x1b" not in ended.stdout
    story = (
        "Bitte bestätigen: Beschwerde",
        "Sabine Meier antwortet: „ok“",
        "Eingangsbestätigung KRM-2026-0001",
        "Olaf Brandt antwortet: „übernommen“",
        "Rechtsbehelfsstelle (Widersprüche und Klagen): Weitergabe einer Nachricht",
        "22:42  → Sabine Meier, Tarek Aydın, Karin Ahrens (Geschäftsführung)",
        "23:13  → Tarek Aydın: Sofort ansehen: mögliche Gefahr",
        "Tarek Aydın antwortet: „gesehen“",
        "Neuer Vorgang KRM-2026-0004",
        "Wochenende bis 27.09.: Niemand wird gestört.",
        "Hinweis zur Sprache:",
        "Bitte ausdrucken: Antwortschreiben KRM-2026-0001",
        "Austragung KRM-2026-0001",
        "Zwischeninformation KRM-2026-0004",
        "Antwort überfällig: KRM-2026-0004",
        "Die Beauftragte stimmt zu: Termin mit der Geschäftsführung.",
        "Einladung zu einem Gespräch KRM-2026-0004",
        "4 von 4",
        "2 von 3",
    )
    places = [ended.stdout.find(line) for line in story]
    assert -1 not in places, story[places.index(-1)]
    assert places == sorted(places)
    assert list((tmp_path / "temporary").iterdir()) == []
    assert list((tmp_path / "demo-out").glob("*-baeckerei-moewe*")) or list((tmp_path / "demo-out").glob("*kontakt-*"))


def test_ctrl_c_ends_them_in_order(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*CALL, "600"],
        cwd=tmp_path,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as running:
        assert running.stdout is not None
        assert any("Montag" in line for line in running.stdout)
        running.send_signal(signal.SIGINT)
        said, faults = running.communicate(timeout=60)

    assert running.returncode == 0, faults
    assert "Angehalten." in said
    assert faults == ""
    assert list((tmp_path / "temporary").iterdir()) == []


# --- the story ---


def test_the_scenes_stand_in_the_order_of_time_and_nobody_works_at_the_weekend() -> None:
    moments = [scene.at for scene in weeks.STORY]

    assert moments == sorted(moments)
    assert moments[-1].date() == weeks.MONDAY + timedelta(days=weeks.LAST_DAY)
    assert all(Workdays().working(m.date()) for m in moments)


def test_whoever_takes_part_has_a_mailbox() -> None:
    taking_part = {s.who for s in weeks.STORY if s.who} | {who for s in weeks.STORY for _, who in s.brings}

    assert {who.address for who in taking_part} <= set(weeks.PEOPLE)


def test_the_server_takes_a_mail_at_the_played_moment() -> None:
    clock = timelapse.Clock(MONDAY)

    async def story() -> list[datetime]:
        async with server.running("word", [KRM.address], clock) as post:
            await post.deliver([KRM.address], b"Subject: a\r\n\r\n")
            clock.set(MONDAY + timedelta(days=3))
            await post.deliver([KRM.address], b"Subject: b\r\n\r\n")
            return [mail.arrived for mail in await post.mails(KRM.address)]

    assert [moment.astimezone(BERLIN).day for moment in asyncio.run(story())] == [21, 24]


def test_a_letter_that_must_come_and_does_not_stops_the_story() -> None:
    clock, said = timelapse.Clock(MONDAY), StringIO()

    async def nothing() -> None: ...

    async def story() -> None:
        async with server.running("word", list(weeks.PEOPLE), clock) as post:
            await timelapse.Weeks(post, clock, nothing, Terminal(said), nothing).play()

    with pytest.raises(guide.Stuck, match="no confirmation_request to sabine"):
        asyncio.run(story())


# --- what is told ---


def test_one_letter_to_several_is_one_line_without_its_token() -> None:
    both = [letter("alert", f"Sofort ansehen [E-NJ59 {t}]", who) for t, who in (("abc", OFFICER), ("xyz", DEPUTY))]

    assert told.lines(both) == [Line("alert", "Sabine Meier, Tarek Aydın", "Sofort ansehen")]


def test_a_receipt_is_told_only_for_its_hint_on_plain_language() -> None:
    hint = "- „bezugnehmend auf Ihren Brief“\n  Das klingt nach Amtsdeutsch.\n"
    came = [letter("receipt", "Übernommen"), letter("receipt", "Übernommen", DEPUTY, hint)]

    assert [(line.to, line.detail) for line in told.lines(came)] == [
        ("Tarek Aydın", "Hinweis zur Sprache: „bezugnehmend auf Ihren Brief“ Das klingt nach Amtsdeutsch.")
    ]


def test_a_digest_is_told_by_what_it_lists() -> None:
    html = '<h2 style="x">Heute fällig (1)</h2><h2>Noch nicht entschieden (12)</h2>'

    (line,) = told.lines([letter("digest", "Übersicht für Montag [KRM abc]", html=html)])

    assert line.subject == "Tagesübersicht, Heute fällig: 1, Noch nicht entschieden: 12"


def test_a_request_is_told_with_the_likelier_categories() -> None:
    text = "Art: Lob (99 %)\n\nKategorien:\n  1  Organisation: Telefon (97 %)\n  2  Organisation: Empfang (3 %)\n"

    (line,) = told.lines([letter("confirmation_request", "Bitte bestätigen: Lob (99 %)", text=f"\n{text}")])

    assert line.detail == "Organisation: Telefon (97 %)"


@pytest.mark.parametrize("kind", sorted(set(told.DETAILS) - {told.DIGEST}))
def test_a_letter_that_says_nothing_known_is_told_without_detail(kind: str) -> None:
    assert told.detail(letter(kind, "x", text="Guten Tag").view) == ""


# --- the table ---


def promised_and_missed() -> Case:
    coding = Coding("beschwerde", ("mitarbeiter.umgangsformen",), "an", "email", "602", "")
    reaction = Reaction(1, MONDAY, Kind.FIRST, Source.CITIZEN, Address("", "x@mail.example"), "", "", "", coding=coding)
    return Case(
        "E-NJ59",
        CaseNumber(2026, 4),
        State.OPEN,
        MONDAY,
        (replace(reaction, confirmed_at=MONDAY, acknowledged=MONDAY),),
        clocks=(Clock("interim", date(2026, 10, 9), MONDAY),),
        stages=(Stage(2, MONDAY, "officer"), Stage(4, MONDAY, "officer")),
        marks=(Mark(Said.INTERIM, MONDAY, "officer", day=date(2026, 10, 9)),),
    )


def test_what_was_promised_in_an_interim_notice_binds_in_the_table() -> None:
    row = outcome(promised_and_missed(), View(OFFICE, shipped(), Workdays(), MONDAY))

    assert (row.id, row.what, row.stage, row.interim_notices) == ("KRM-2026-0004", "Beschwerde", 4, 1)
    assert row.acknowledged == Kept(date(2026, 9, 24), date(2026, 9, 21))
    assert row.answered == Kept(date(2026, 10, 9), None)


def test_what_is_no_case_owes_nothing_in_the_table() -> None:
    case = replace(promised_and_missed(), state=State.NOT_KRM)

    row = outcome(case, View(OFFICE, shipped(), Workdays(), MONDAY))

    assert (row.acknowledged, row.answered) == (None, None)


def test_the_table_fits_a_terminal_of_eighty_columns() -> None:
    said = StringIO()
    rows = [outcome(promised_and_missed(), View(OFFICE, shipped(), Workdays(), MONDAY))]

    Terminal(said).outcome(rows, date(2026, 10, 12))

    table = said.getvalue()
    assert "✗ 09.10." in table
    assert "…" not in table
    assert re.search(r"1 Vorgänge +1 offen +1 von 1 +0 von 1", table)
