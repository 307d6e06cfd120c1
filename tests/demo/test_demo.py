"""The synthetic office: its krm.toml is a real one, its page sends as the open account, its example plays."""

import asyncio
import os
import smtplib
import subprocess
import sys
import warnings
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email import message_from_bytes
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web as aiohttp_web
from aiohttp.test_utils import TestClient, TestServer

from classify.anlage3 import shipped
from classify.coding import Text
from classify.units import suggest_unit
from demo import letters, office
from demo.bot import BotEnded
from demo.letters import Draft, NotSendable
from demo.terminal import Terminal
from ingest import reading
from krm import settings

with warnings.catch_warnings():  # the mail server's password library imports a module Python gives up
    warnings.simplefilter("ignore", DeprecationWarning)
    from demo import export, guide, server, web

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ERIKA, OFFICER, KRM = office.ERIKA.address, office.OFFICER.address, office.KRM.address
BUTTON = '<a style="x" href="mailto:krm@jobcenter.example?subject=Re&amp;body=ok">ok</a>'

Client = TestClient[aiohttp_web.Request, aiohttp_web.Application]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where an office is set up, without touching the user's cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def on_page(story: Callable[[Client, server.PostOffice], Awaitable[None]]) -> None:
    """Plays a story against the page over real accounts."""

    async def whole() -> None:
        accounts = [a.address for a in office.ACCOUNTS]
        async with server.running("word", accounts) as post, TestClient(TestServer(web.application(post))) as client:
            await story(client, post)

    asyncio.run(whole())


async def get(client: Client, path: str, **query: str) -> Any:
    answer = await client.get(path, params=query)
    assert answer.status == 200
    return await answer.json()


def mail(subject: str = "Beschwerde", body: str = "Guten Tag", sender: str = ERIKA, to: str = KRM) -> bytes:
    return letters.compose(Draft(to, subject, body), sender, "<1@mail.example>", NOW)


def loaded(folder: Path) -> settings.Settings:
    return settings.load(office.set_up(folder, 1143, 1025, "word"), {})


def test_the_bot_accepts_the_office_as_it_would_a_real_one(folder: Path) -> None:
    read = loaded(folder)

    assert read.on_loopback
    assert (read.poll_seconds, read.rhythm.hold.total_seconds()) == (office.POLL_SECONDS, 0)
    assert len({u.lead for u in read.office.units}) == 3
    assert len({u.area for u in read.office.units}) == 2
    assert {p.address for p in read.office.people()} == {a.address for a in office.HOUSE}
    assert (folder / "krm.key").stat().st_mode & 0o077 == 0


def test_every_category_has_a_unit(folder: Path) -> None:
    directory = loaded(folder).office

    without = [c.id for c in shipped().categories if not suggest_unit([c.id], Text("", "", "", ""), directory)]

    assert (len(shipped().categories), without) == (65, [])


def test_the_key_stays_the_same_so_that_the_model_need_not_be_trained_again(folder: Path) -> None:
    for name in ("first", "second"):
        (folder / name).mkdir()

    assert loaded(folder / "first").keys.seal() == loaded(folder / "second").keys.seal()


def test_a_reply_quotes_threads_and_is_read_as_its_new_words_alone() -> None:
    asked = letters.view(mail("Bitte bestätigen", "Art: Beschwerde\n\nVorschlag", f"KRM <{KRM}>", OFFICER))

    reply = letters.reply(asked)
    read = reading.read(letters.compose(letters.answered(reply, "ok"), OFFICER, "<2@x.example>", NOW))

    assert (reply.to, reply.subject, reply.in_reply_to) == (f"KRM <{KRM}>", "AW: Bitte bestätigen", "<1@mail.example>")
    assert "> Art: Beschwerde" in reply.body
    assert read.new_text.strip() == "ok"
    assert letters.reply(letters.view(mail("AW: schon da"))).subject == "AW: schon da"


@pytest.mark.parametrize("to", ["", "nobody", "a@b@c", "jürgen@mail.example", "x@y.example, nobody"])
def test_a_mail_to_no_proper_address_is_not_sent(to: str) -> None:
    with pytest.raises(NotSendable):
        letters.compose(Draft(to), ERIKA, "<1@x.example>", NOW)


def test_no_field_of_a_draft_can_add_header_lines() -> None:
    draft = Draft(KRM, "Hallo\r\nBcc: x@y.example", "Text", "<a@b>\r\nX-A: b")

    header = message_from_bytes(letters.compose(draft, ERIKA, "<1@x.example>", NOW))

    assert (header["Bcc"], header["X-A"], header["Subject"]) == (None, None, "Hallo Bcc: x@y.example")


def test_buttons_open_the_composer_and_links_a_new_tab() -> None:
    assert 'target="_top" href="/#mailto:krm@jobcenter.example?subject=Re&amp;body=ok"' in letters.for_frame(BUTTON)
    assert letters.for_frame("<a href='https://x.example/'>") == "<a target=\"_blank\" href='https://x.example/'>"


def test_a_mail_with_unknown_charsets_is_shown_as_far_as_it_can_be() -> None:
    shown = letters.view(
        b'Subject: =?x-none?q?a?=\r\nContent-Type: text/plain; charset="x-none"\r\n\r\nGr\xc3\xbc\xc3\x9fe'
    )

    assert (shown.subject, shown.text) == ("=?x-none?q?a?=", "Grüße")


def test_a_mail_written_on_the_page_goes_out_from_the_open_account() -> None:
    async def story(client: Client, post: server.PostOffice) -> None:
        draft = {"account": ERIKA, "to": f"{KRM}, {OFFICER}", "subject": "Größe", "body": "Guten Tag"}
        assert (await client.post("/api/send", json=draft)).status == 200

        state = await get(client, "/api/state", account=OFFICER)
        unread = {a["address"]: a["unread"] for a in state["accounts"] if a["unread"]}
        assert unread == {KRM: 1, OFFICER: 1}
        assert [(m["who"], m["subject"]) for m in state["mails"]] == [("Erika Muster", "Größe")]
        sent = await get(client, "/api/state", account=ERIKA, folder="Gesendet")
        assert [m["own"] for m in sent["mails"]] == [True]

        place = {"account": OFFICER, "folder": "INBOX", "uid": state["mails"][0]["uid"]}
        opened = await get(client, "/api/mail", **{k: str(v) for k, v in place.items()})
        assert (opened["text"], opened["reply"]["to"]) == ("Guten Tag\n", str(office.ERIKA))
        await client.post("/api/seen", json=place)
        assert not any(a["unread"] for a in (await get(client, "/api/state"))["accounts"] if a["address"] == OFFICER)
        assert [m.content for m in await post.mails(OFFICER)] == [m.content for m in await post.mails(KRM)]

    on_page(story)


def test_what_cannot_be_sent_comes_back_with_the_reason() -> None:
    async def story(client: Client, post: server.PostOffice) -> None:
        for account, to in ((ERIKA, "nobody"), (KRM, ERIKA), ("stranger@x.example", KRM)):
            answer = await client.post("/api/send", json={"account": account, "to": to})
            assert answer.status == 400
            assert (await answer.json())["fault"]
        assert await post.mails(KRM) == []

    on_page(story)


def test_the_page_shows_html_without_script_and_gives_the_mail_byte_for_byte() -> None:
    content = b"Subject: x\r\nContent-Type: text/html\r\n\r\n<script>1</script>" + BUTTON.encode() + b"\r\n"

    async def story(client: Client, post: server.PostOffice) -> None:
        await post.deliver([OFFICER], content)
        uid = str((await post.mails(OFFICER))[0].uid)

        html = await client.get("/mail.html", params={"account": OFFICER, "uid": uid})
        policy = html.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert " sandbox " in policy
        assert "allow-scripts" not in policy
        assert "#mailto:" in await html.text()
        raw = await client.get("/mail.eml", params={"account": OFFICER, "uid": uid})
        assert await raw.read() == content
        assert (await client.get("/mail.eml", params={"account": OFFICER, "uid": "7"})).status == 404

    on_page(story)


def test_other_sites_in_the_same_browser_get_nothing() -> None:
    async def story(client: Client, post: server.PostOffice) -> None:
        assert (await client.get("/api/state", headers={"Host": "evil.example"})).status == 403
        assert (await client.post("/api/send", data={"account": ERIKA, "to": KRM})).status == 415
        assert (await client.post("/api/send", data=b"[", headers={"Content-Type": "application/json"})).status == 400
        assert await post.mails(KRM) == []

    on_page(story)


def test_the_page_loads_nothing_from_elsewhere() -> None:
    async def story(client: Client, _post: server.PostOffice) -> None:
        page = await client.get("/")
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        for name in ("app.js", "composer.js", "parts.js", "welcome.js", "style.css", "icon.svg"):
            assert (await client.get(f"/page/{name}")).status == 200

    on_page(story)
    written = [p.read_text(encoding="utf-8") for p in web.FILES.iterdir() if p.suffix != ".svg"]
    assert not any("http://" in text or "https://" in text for text in written)


def test_smtp_delivers_to_the_envelope_byte_for_byte() -> None:
    content = b"To: somebody@else.example\r\nSubject: x\r\n\r\n.dot\r\nGr\xfc\xdfe\r\n"

    async def story(_client: Client, post: server.PostOffice) -> None:
        def send() -> None:
            with smtplib.SMTP("127.0.0.1", post.smtp_port, "localhost") as smtp:
                smtp.sendmail(KRM, [ERIKA, "new@x.example"], content)

        await asyncio.to_thread(send)
        assert [m.content for m in await post.mails(ERIKA)] == [content]
        assert [m.content for m in await post.mails("new@x.example")] == [content]
        assert "somebody@else.example" not in await post.addresses()

    on_page(story)


def test_the_suggestion_is_type_and_proposed_categories_with_percent() -> None:
    text = (
        "Vorschlag: Lob (70 %)\n\nArt: Lob (70 %)\n  Dafür sprechen: Danke\n"
        "\nKategorien:\n  1  Organisation: Telefon (97 %), weil\n"
        "\nWeitere Kategorien zur Auswahl:\n  2  Empfang (3 %)\n"
    )

    assert guide.suggestion(text) == ["Art: Lob (70 %)", "Organisation: Telefon (97 %)"]


class FakeBot:
    """A bot that answers nothing; `ended` if it has stopped by itself."""

    def __init__(self, *, ended: bool) -> None:
        self.ended = ended

    def check(self) -> None:
        if self.ended:
            raise BotEnded("the bot has ended")


@pytest.mark.parametrize(("ended", "fault"), [(False, guide.Stuck), (True, BotEnded)])
def test_the_example_says_when_it_cannot_go_on(ended: bool, fault: type[Exception]) -> None:
    said = StringIO()

    async def story(_client: Client, post: server.PostOffice) -> None:
        with pytest.raises(fault):
            await guide.play(post, FakeBot(ended=ended), Terminal(said), patience=0.3)  # type: ignore[arg-type]

    on_page(story)
    assert "1  Erika Muster writes to krm@jobcenter.example" in said.getvalue()


def test_every_mail_becomes_a_file_with_a_readable_name(tmp_path: Path) -> None:
    (tmp_path / "99-old.eml").touch()
    (tmp_path / "notes.txt").touch()

    async def story(_client: Client, post: server.PostOffice) -> None:
        await post.submit(ERIKA, mail())
        await post.deliver([OFFICER], b"X-KRM-Letter: confirmation_request\r\n\r\n")
        assert await export.write_all(post, tmp_path) == 3

    on_page(story)
    names = ["01-erika-muster-gesendet-mail.eml", "02-krm-mail.eml", "03-sabine-meier-confirmation_request.eml"]
    assert sorted(p.name for p in tmp_path.glob("*.*") if p.is_file()) == [*names, "notes.txt"]


def test_the_whole_demo_plays_its_example_and_leaves_all_mails(tmp_path: Path) -> None:
    rooms = tmp_path / "temporary"
    rooms.mkdir()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(rooms), "PYTHONIOENCODING": "utf-8"}

    ended = subprocess.run(
        [sys.executable, "-m", "demo", "--once"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "5  Sabine Meier gets the receipt" in ended.stdout
    assert "\x1b" not in ended.stdout
    assert list(rooms.iterdir()) == []
    assert (tmp_path / "demo-out" / "03-sabine-meier-confirmation_request.eml").exists()
    kinds = {p.stem.partition("-")[2]: p for p in (tmp_path / "demo-out").glob("*.eml")}
    assert {
        "erika-muster-gesendet-mail",
        "krm-verarbeitet-mail",
        "krm-verarbeitet-reply",
        "sabine-meier-confirmation_request",
        "sabine-meier-gesendet-reply",
        "sabine-meier-receipt",
        "erika-muster-acknowledgement",
    } <= set(kinds)
    assert "KRM-" in letters.view(kinds["erika-muster-acknowledgement"].read_bytes()).text
