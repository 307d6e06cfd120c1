"""A button opens a finished reply in any mail program: a short ASCII link with the token in its subject."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.buttons import LONGEST, button, mailto, tag
from store.keys import tokens_in

ADDRESS = "krm@jobcenter.example"
TOKEN = "abcdefghij234567klmn"


def opened(link: str) -> tuple[str, str, str]:
    """Address, subject and body as a mail program reads them (RFC 6068)."""
    parts = urlsplit(link)
    fields = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
    return unquote(parts.path), fields["subject"], fields["body"]


@pytest.mark.parametrize(
    ("what", "body", "written"),
    [
        ("one word", "ok", "ok"),
        ("lines end as RFC 6068 wants", "Art: Lob\nKategorie: 1", "Art: Lob\r\nKategorie: 1"),
        ("umlauts are written out", "Kategorie: Öffnungszeiten, Größe", "Kategorie: Oeffnungszeiten, Groesse"),
        ("a dash and three dots", "a – b …", "a - b "),
        ("other letters are left out", "Art: Lob 😀é", "Art: Lob "),
        ("what a link needs itself", "a&b=c?d#e%f+g", "a&b=c?d#e%f+g"),
        ("nothing", "", ""),
    ],
)
def test_the_finished_reply_is_plain_ascii(what: str, body: str, written: str) -> None:
    link = mailto(ADDRESS, "Re: x", body)

    assert opened(link) == (ADDRESS, "Re: x", written)
    assert link.isascii()
    assert not {" ", "\n", "\r", '"', "<", ">", "+"} & set(link)


def test_a_new_mail_answers_ours_by_the_token_in_its_subject() -> None:
    _, subject, _ = opened(mailto(ADDRESS, f"Re: {tag('KRM-2026-0042', TOKEN)}", "ok"))

    assert subject == f"Re: [KRM-2026-0042 {TOKEN}]"
    assert tokens_in((subject,)) == (TOKEN,)


def test_an_address_with_a_plus_stays_one() -> None:
    assert opened(mailto("krm+test@jobcenter.example", "x", "ok"))[0] == "krm+test@jobcenter.example"


@pytest.mark.parametrize(("length", "possible"), [(1_700, True), (1_801, False), (10_000, False)])
def test_a_link_is_never_longer_than_mail_programs_open(length: int, possible: bool) -> None:
    if possible:
        assert len(mailto(ADDRESS, "x", "a" * length)) < LONGEST
        return
    with pytest.raises(ValueError, match="too long"):
        mailto(ADDRESS, "x", "a" * length)


def test_a_button_has_its_words_and_says_whether_it_is_the_main_one() -> None:
    made = button("Stimmt so", ADDRESS, "x", "ok", primary=True)

    assert (made.label, made.primary) == ("Stimmt so", True)
    assert opened(made.href)[2] == "ok"


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_words_break_a_link(subject: str, body: str) -> None:
    link = mailto(ADDRESS, subject, body)

    address, _, written = opened(link)

    assert address == ADDRESS
    assert "\n" not in written.replace("\r\n", "")
    assert set(parse_qs(urlsplit(link).query, keep_blank_values=True)) == {"subject", "body"}
