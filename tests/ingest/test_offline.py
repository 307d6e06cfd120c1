"""Reading loads nothing: no picture, no sheet, no entity, whatever a mail asks for. It would tell who reads."""

import socket
from pathlib import Path

import pytest

from ingest.html import to_text
from ingest.reading import Unreadable, read

EML = sorted((Path(__file__).parents[1] / "eml").glob("*.eml"))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        pytest.fail("somebody was called")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refused)


def test_no_odd_mail_makes_us_call_anybody() -> None:
    read_whole = 0
    for path in EML:
        try:
            read(path.read_bytes())
        except Unreadable:
            continue
        read_whole += 1

    assert read_whole > len(EML) // 2


@pytest.mark.parametrize(
    "asking",
    [
        '<img src="{0}">',
        '<link rel=stylesheet href="{0}">',
        "<style>@import url({0}); p{{background:url({0});display:none}} p{{display:block}}</style>",
        '<iframe src="{0}"></iframe>',
        '<object data="{0}"></object>',
        '<!DOCTYPE html SYSTEM "{0}"><p>x</p>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "{0}">]><p>&e;</p>',
        '<base href="{0}"><img src="x.png">',
        '<video poster="{0}"><source src="{0}"></video>',
        '<meta http-equiv=refresh content="0;url={0}">',
    ],
)
def test_nothing_a_page_asks_for_is_fetched(asking: str, tmp_path: Path) -> None:
    """Neither from the network nor from the disk: what lies in the file would stand in the text."""
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim")
    for address in ("http://127.0.0.1:9/x", secret.as_uri()):
        assert "geheim" not in to_text(f"<p>da</p>{asking.format(address)}").text
