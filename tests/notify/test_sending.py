"""The door to SMTP: one contract for the fake and a real server, then what only a real server can show."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from notify.sending import (
    Deferred,
    Parcel,
    PartlyRefused,
    Refused,
    Result,
    Sender,
    Sent,
    SmtpAway,
    SmtpRefused,
    SmtpSettings,
    Unsure,
)
from tests.servers import smtp as sinks
from tests.servers.fakes import FakeSender
from tests.servers.smtp import DROP, SmtpSink

MAIL = b"Subject: Eingang\r\n\r\nGuten Tag\r\n"
LETTER = Parcel(7, "krm@example.org", ("frau@example.org",), MAIL)
COUPLE = replace(LETTER, recipients=("frau@example.org", "herr@example.org", "kind@example.org"))


def settings_of(sink: SmtpSink, **changes: object) -> SmtpSettings:
    plain = SmtpSettings("127.0.0.1", sink.port, tls="none", connect_timeout=20, read_timeout=20, dot_timeout=20)
    return replace(plain, **changes)  # type: ignore[arg-type]


class Post:
    """A sender under test, its server's script, and what got through."""

    def __init__(
        self,
        sender: Sender | FakeSender,
        script: Callable[..., None],
        arrived: Callable[[], list[tuple[str, tuple[str, ...], bytes]]],
    ) -> None:
        self.sender, self.script, self.arrived = sender, script, arrived
        self.announced: list[int] = []

    def send(self, *parcels: Parcel) -> list[Result]:
        return list(self.sender.send(parcels, lambda parcel: self.announced.append(parcel.id)))


IN_ONE_GO = ("PIPELINING",)


@pytest.fixture(params=[(), IN_ONE_GO], ids=["one by one", "in one go"])
def smtp(request: pytest.FixtureRequest) -> Iterator[SmtpSink]:
    """A real server that wants its commands one by one, and one that takes several at once (RFC 2920)."""
    with sinks.running(offered=request.param) as sink:
        yield sink


@pytest.fixture(params=[None, (), IN_ONE_GO], ids=["fake", "one by one", "in one go"])
def post(request: pytest.FixtureRequest) -> Iterator[Post]:
    if request.param is None:
        fake = FakeSender()
        yield Post(fake, fake.script, lambda: [(one.sender, one.recipients, one.content) for one in fake.sent])
        return
    with sinks.running(offered=request.param) as sink:
        sender = Sender(settings_of(sink))
        yield Post(sender, sink.script, lambda: [(one.sender, one.recipients, one.content) for one in sink.received])


def numbered(count: int) -> list[Parcel]:
    return [replace(LETTER, id=number, content=b"Subject: %d\r\n\r\n" % number) for number in range(count)]


class TestAnySender:
    def test_a_letter_reaches_all_its_recipients_at_once(self, post: Post) -> None:
        assert post.send(COUPLE) == [Sent(7, 250, "2.0.0")]
        assert post.arrived() == [("krm@example.org", COUPLE.recipients, MAIL)]
        assert post.announced == [7]

    def test_nothing_to_send_is_nothing_done(self, post: Post) -> None:
        assert post.send() == []

    @pytest.mark.parametrize(
        ("verb", "answer", "expected", "announced"),
        [
            ("MAIL", "451 4.3.0 later", Deferred(7, 451, "4.3.0"), False),
            ("MAIL", "530 5.7.0 who are you", Refused(7, 530, "5.7.0"), False),
            ("RCPT", "450 4.2.1 frau@example.org busy", Deferred(7, 450, "4.2.1"), False),
            ("RCPT", "550 5.1.1 frau@example.org unknown", Refused(7, 550, "5.1.1"), False),
            ("RCPT", "550 unknown", Refused(7, 550, ""), False),
            ("RCPT", "421 4.3.2 closing", Deferred(7, 421, "4.3.2"), False),
            ("RCPT", DROP, Deferred(7, None, "connection lost before the final dot"), False),
            ("DATA", "451 4.3.0 later", Deferred(7, 451, "4.3.0"), True),
            ("DATA", "554 5.7.1 no", Refused(7, 554, "5.7.1"), True),
            ("DATA", DROP, Deferred(7, None, "connection lost before the final dot"), True),
            (".", "452 4.3.1 disk full", Deferred(7, 452, "4.3.1"), True),
            (".", "421 4.3.2 closing", Deferred(7, 421, "4.3.2"), True),
            (".", "552 5.3.4 too big", Refused(7, 552, "5.3.4"), True),
            (".", DROP, Unsure(7, "connection lost after the final dot"), True),
        ],
    )
    def test_the_result_says_who_knows_what(
        self, post: Post, verb: str, answer: str, expected: Result, announced: bool
    ) -> None:
        post.script(verb, answer)
        assert post.send(LETTER) == [expected]
        assert post.arrived() == []
        assert post.announced == ([7] if announced else [])

    @pytest.mark.parametrize(
        ("answers", "expected"),
        [
            pytest.param(("ok", "550 5.1.1 no", "ok"), PartlyRefused(7, 550, "5.1.1", (1,)), id="one for good"),
            pytest.param(
                ("450 4.2.1 later", "ok", "550 5.1.1 no"), PartlyRefused(7, 550, "5.1.1", (2,)), id="and later"
            ),
            pytest.param(("ok", "450 4.2.1 later", "ok"), Deferred(7, 450, "4.2.1"), id="one for now"),
            pytest.param(("550 5.1.1 no", "551 5.1.6 no", "553 no"), Refused(7, 550, "5.1.1"), id="all for good"),
        ],
    )
    def test_nothing_goes_out_unless_all_recipients_are_accepted(
        self, post: Post, answers: tuple[str, ...], expected: Result
    ) -> None:
        post.script("RCPT", *answers)
        assert post.send(COUPLE) == [expected]
        assert post.arrived() == []
        assert post.announced == []

    def test_a_group_goes_on_after_each_kind_of_trouble(self, post: Post) -> None:
        post.script("RCPT", "ok", "550 5.1.1 no")
        post.script(".", "ok", DROP, "451 4.3.0 later")
        kinds = [type(result) for result in post.send(*numbered(6))]
        assert kinds == [Sent, Refused, Unsure, Deferred, Sent, Sent]
        assert [content for _, _, content in post.arrived()] == [
            b"Subject: %d\r\n\r\n" % number for number in (0, 4, 5)
        ]

    def test_each_result_comes_before_the_next_letter_is_begun(self, post: Post) -> None:
        results = post.sender.send(numbered(3), lambda parcel: post.announced.append(parcel.id))
        next(results)
        assert post.announced == [0]
        assert len(post.arrived()) == 1

    def test_a_fault_while_noting_the_transmission_stops_the_letter(self, post: Post) -> None:
        def fault(parcel: Parcel) -> None:
            raise KeyError(parcel.id)

        with pytest.raises(KeyError):
            list(post.sender.send([LETTER], fault))
        assert post.arrived() == []


class TestRealServer:
    def test_a_group_shares_one_connection_and_resets_only_what_was_not_taken_over(self, smtp: SmtpSink) -> None:
        smtp.script("RCPT", "ok", "550 5.1.1 no")
        assert len(list(Sender(settings_of(smtp)).send(numbered(3), lambda _: None))) == 3
        assert smtp.connections == 1
        once = ["MAIL", "RCPT", "DATA", "."]
        assert smtp.verbs == [*once, "MAIL", "RCPT", "RSET", *once, "QUIT"]

    def test_a_connection_dropped_at_the_reset_is_opened_again(self, smtp: SmtpSink) -> None:
        smtp.script("RCPT", "550 5.1.1 no")
        smtp.script("RSET", DROP)
        results = list(Sender(settings_of(smtp)).send(numbered(2), lambda _: None))
        assert [type(result) for result in results] == [Refused, Sent]
        assert smtp.connections == 2

    @pytest.mark.parametrize("verb", ["MAIL", "RCPT"])
    @pytest.mark.parametrize("answer", [DROP, "421 4.7.0 enough for one connection"])
    def test_a_connection_dropped_between_letters_is_opened_again(self, smtp: SmtpSink, verb: str, answer: str) -> None:
        smtp.script(verb, "ok", answer)
        results = list(Sender(settings_of(smtp)).send(numbered(2), lambda _: None))
        assert [type(result) for result in results] == [Sent, Sent]
        assert smtp.connections == 2

    def test_a_server_that_takes_one_letter_a_connection_gets_all_of_them(self, smtp: SmtpSink) -> None:
        smtp.script("MAIL", "ok", *["421 4.7.0 enough for one connection", "ok"] * 5)
        results = list(Sender(settings_of(smtp)).send(numbered(6), lambda _: None))
        assert [type(result) for result in results] == [Sent] * 6
        assert smtp.connections == 6

    def test_a_server_that_drops_every_connection_is_left_alone_soon(self, smtp: SmtpSink) -> None:
        smtp.script("MAIL", *[DROP] * 20)
        results = list(Sender(settings_of(smtp)).send(numbered(10), lambda _: None))
        assert {type(result) for result in results} == {Deferred}
        assert smtp.connections == 3

    @pytest.mark.parametrize(
        ("content", "on_arrival"),
        [
            pytest.param(b"Subject: x\n\na\nb\n", b"Subject: x\r\n\r\na\r\nb\r\n", id="bare LF"),
            pytest.param(b"Subject: x\r\rab\r", b"Subject: x\r\n\r\nab\r\n", id="bare CR"),
            pytest.param(b"Subject: x\r\n\r\nab", b"Subject: x\r\n\r\nab\r\n", id="no end of line"),
            pytest.param(b"S: x\r\n\r\n.\r\n..\r\n.a\r\n", b"S: x\r\n\r\n.\r\n..\r\n.a\r\n", id="dots"),
            pytest.param(b"S: x\n\na\n.\nRSET\n", b"S: x\r\n\r\na\r\n.\r\nRSET\r\n", id="a dot between bare LF"),
            pytest.param(b".S: x\r\n", b".S: x\r\n", id="dot first"),
            pytest.param("Subject: x\r\n\r\nGrüße\r\n".encode(), "Subject: x\r\n\r\nGrüße\r\n".encode(), id="8 bit"),
        ],
    )
    def test_what_arrives_is_what_was_written(self, smtp: SmtpSink, content: bytes, on_arrival: bytes) -> None:
        list(Sender(settings_of(smtp)).send([replace(LETTER, content=content)], lambda _: None))
        assert smtp.received[0].content == on_arrival

    def test_what_follows_a_refused_sender_is_reset_before_the_next_letter(self, smtp: SmtpSink) -> None:
        smtp.script("MAIL", "550 5.1.8 who are you")
        assert [type(r) for r in Sender(settings_of(smtp)).send(numbered(2), lambda _: None)] == [Refused, Sent]
        assert [mail.content for mail in smtp.received] == [b"Subject: 1\r\n\r\n"]

    @pytest.mark.parametrize(
        ("parcel", "options"),
        [
            pytest.param(LETTER, {f"SIZE={len(MAIL)}"}, id="plain"),
            pytest.param(replace(LETTER, content="S: x\r\n\r\nä".encode()), {"SIZE=10", "BODY=8BITMIME"}, id="8 bit"),
            pytest.param(
                replace(LETTER, content="S: ä\r\n\r\n".encode()),
                {"SIZE=9", "BODY=8BITMIME", "SMTPUTF8"},
                id="raw subject",
            ),
            pytest.param(
                replace(LETTER, recipients=("jürgen@example.org",)),
                {f"SIZE={len(MAIL)}", "SMTPUTF8"},
                id="umlaut address",
            ),
        ],
    )
    def test_extensions_are_used_where_needed_and_offered(
        self, smtp: SmtpSink, parcel: Parcel, options: set[str]
    ) -> None:
        assert isinstance(next(Sender(settings_of(smtp)).send([parcel], lambda _: None)), Sent)
        assert set(smtp.received[0].options) == options

    @pytest.mark.parametrize(
        ("parcel", "status"),
        [
            pytest.param(replace(LETTER, content="S: x\r\n\r\nä".encode()), "5.6.3", id="8 bit"),
            pytest.param(replace(LETTER, recipients=("jürgen@example.org",)), "5.6.7", id="umlaut address"),
        ],
    )
    def test_a_server_that_cannot_carry_a_letter_is_not_asked(self, parcel: Parcel, status: str) -> None:
        with sinks.running(hidden=frozenset({"8BITMIME", "SMTPUTF8"}), utf8=False) as sink:
            results = list(Sender(settings_of(sink)).send([parcel, LETTER], lambda _: None))
        assert results == [Refused(7, None, status), Sent(7, 250, "2.0.0")]

    @pytest.mark.parametrize(
        ("parcel", "status"),
        [
            pytest.param(replace(LETTER, recipients=("a@b.de>\r\nDATA",)), "5.1.3", id="command inside an address"),
            pytest.param(
                replace(LETTER, recipients=("a@b.de> SIZE=1 <x@y.de",)), "5.1.3", id="option inside an address"
            ),
            pytest.param(replace(LETTER, recipients=("frau",)), "5.1.3", id="no address"),
            pytest.param(replace(LETTER, recipients=()), "5.1.3", id="nobody"),
            pytest.param(replace(LETTER, sender="krm@b.de\n"), "5.1.7", id="line end in the sender"),
        ],
    )
    def test_an_address_that_is_none_never_reaches_the_server(
        self, smtp: SmtpSink, parcel: Parcel, status: str
    ) -> None:
        assert list(Sender(settings_of(smtp)).send([parcel], lambda _: None)) == [Refused(7, None, status)]
        assert smtp.verbs == ["QUIT"]

    def test_a_bounce_has_no_sender(self, smtp: SmtpSink) -> None:
        list(Sender(settings_of(smtp)).send([replace(LETTER, sender="")], lambda _: None))
        assert smtp.received[0].sender == ""

    @pytest.mark.parametrize("mechanisms", [frozenset(), frozenset({"PLAIN"})], ids=["AUTH PLAIN", "AUTH LOGIN"])
    def test_a_login_may_hold_umlauts(self, mechanisms: frozenset[str]) -> None:
        with sinks.running(password="geheim-äöüß", without_auth=mechanisms) as sink:
            Sender(settings_of(sink, user="jürgen", password="geheim-äöüß")).check()
            assert [user for _, user in sink.logins] == ["jürgen"]

    def test_a_wrong_password_is_refused_without_naming_it(self) -> None:
        with sinks.running(password="richtig") as sink:
            sender = Sender(settings_of(sink, user="krm", password="falsch"))
            with pytest.raises(SmtpRefused, match=r"^login: the server refused \(535 5\.7\.8\)$"):
                list(sender.send([LETTER], lambda _: None))

    def test_a_login_nobody_offers_is_refused(self, smtp: SmtpSink) -> None:
        with pytest.raises(SmtpRefused, match="neither AUTH PLAIN nor AUTH LOGIN"):
            Sender(settings_of(smtp, user="krm", password="geheim")).check()

    def test_encryption_nobody_offers_is_refused(self, smtp: SmtpSink) -> None:
        with pytest.raises(SmtpRefused, match="no STARTTLS"):
            Sender(settings_of(smtp, tls="starttls")).check()

    def test_a_check_names_the_extensions(self, smtp: SmtpSink) -> None:
        assert set(Sender(settings_of(smtp)).check().extensions) >= {"8BITMIME", "SIZE"}
        assert smtp.received == []


class TestEncryption:
    @pytest.fixture(params=["tls", "starttls"])
    def sink(self, request: pytest.FixtureRequest, certificate: tuple[Path, Path]) -> Iterator[tuple[SmtpSink, str]]:
        with sinks.running(certificate=certificate, tls=request.param) as sink:
            yield sink, request.param

    def test_a_trusted_certificate_works(self, sink: tuple[SmtpSink, str], certificate: tuple[Path, Path]) -> None:
        sender = Sender(settings_of(sink[0], tls=sink[1], ca_file=str(certificate[0])))
        assert list(sender.send([LETTER], lambda _: None)) == [Sent(7, 250, "2.0.0")]

    def test_a_certificate_nobody_vouches_for_is_not_trusted(self, sink: tuple[SmtpSink, str]) -> None:
        with pytest.raises(SmtpAway, match="certificate is not trusted"):
            list(Sender(settings_of(sink[0], tls=sink[1])).send([LETTER], lambda _: None))


def test_a_closed_port_is_away() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        sender = Sender(SmtpSettings("127.0.0.1", bound.getsockname()[1]))
        with pytest.raises(SmtpAway, match="Connection refused"):
            list(sender.send([LETTER], lambda _: None))


def test_a_server_that_says_nothing_is_away() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        sender = Sender(SmtpSettings("127.0.0.1", mute.getsockname()[1], connect_timeout=0.2))
        with pytest.raises(SmtpAway, match="the connection was lost"):
            list(sender.send([LETTER], lambda _: None))


def test_settings_and_parcels_do_not_show_secrets_and_texts() -> None:
    assert "geheim" not in repr(SmtpSettings("smtp.example", 587, "krm", "geheim"))
    assert "Guten Tag" not in repr(LETTER)


def test_the_fake_can_be_away_once() -> None:
    fake = FakeSender()
    fake.away.append(SmtpAway("connecting: time-out"))
    with pytest.raises(SmtpAway):
        list(fake.send([LETTER], lambda _: None))
    assert len(list(fake.send([LETTER], lambda _: None))) == 1
