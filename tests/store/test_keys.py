"""The token of a letter proves this letter to this person, and look-ups outlive a change of keys."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.keys import TOKEN_LENGTH, Bound, KeyRing, tokens_in

BOUND = Bound("E-7K2F", "confirmation_request", "1", "officer", date(2026, 12, 31))
OLD = KeyRing({"k1": b"first"}, "k1")
ROTATED = KeyRing({"k1": b"first", "k2": b"second"}, "k2")
TODAY = date(2026, 11, 23)


def test_a_token_proves_what_it_was_made_for() -> None:
    assert OLD.proves(OLD.token(BOUND), BOUND, "k1", TODAY)


@pytest.mark.parametrize(
    ("what", "other"),
    [
        ("another Case", replace(BOUND, subject="E-7K2G")),
        ("another duty", replace(BOUND, duty="reminder")),
        ("another occurrence", replace(BOUND, occurrence="2")),
        ("another person", replace(BOUND, recipient="deputy")),
        ("a longer time", replace(BOUND, expires=BOUND.expires + timedelta(days=1))),
    ],
)
def test_a_token_is_bound_to_every_field(what: str, other: Bound) -> None:
    assert not OLD.proves(OLD.token(BOUND), other, "k1", TODAY)


@pytest.mark.parametrize(
    ("what", "today", "proven"),
    [
        ("long before", TODAY, True),
        ("on its last day", BOUND.expires, True),
        ("the day after", BOUND.expires + timedelta(days=1), False),
    ],
)
def test_a_token_is_good_to_the_end_of_its_last_day(what: str, today: date, proven: bool) -> None:
    assert OLD.proves(OLD.token(BOUND), BOUND, "k1", today) is proven


def test_after_a_change_of_keys_old_tokens_stay_good_and_new_ones_differ() -> None:
    assert ROTATED.proves(OLD.token(BOUND), BOUND, "k1", TODAY)
    assert ROTATED.token(BOUND) != OLD.token(BOUND)
    assert not ROTATED.proves(ROTATED.token(BOUND), BOUND, "k1", TODAY), "the key's id is bound too"


def test_a_token_of_a_key_nobody_has_any_more_proves_nothing() -> None:
    only_new = KeyRing({"k2": b"second"}, "k2")

    assert not only_new.proves(OLD.token(BOUND), BOUND, "k1", TODAY)


def test_another_office_cannot_make_our_tokens() -> None:
    assert not OLD.proves(KeyRing({"k1": b"theirs"}, "k1").token(BOUND), BOUND, "k1", TODAY)


def test_the_same_person_is_found_after_a_change_of_keys_and_in_any_spelling_of_case() -> None:
    assert ROTATED.address(" Erika.Muster@Mail.example ") == OLD.address("erika.muster@mail.example")
    assert OLD.address("erika.muster@mail.example") != OLD.address("erika.muster@mail.example.org")


def test_a_look_up_tells_nothing_to_who_has_no_key() -> None:
    assert "erika" not in OLD.address("erika@mail.example")
    assert KeyRing({"k1": b"theirs"}, "k1").address("erika@mail.example") != OLD.address("erika@mail.example")


def test_tokens_and_look_ups_never_share_a_value() -> None:
    assert OLD.address("\0".join((BOUND.subject, BOUND.duty))) != OLD.token(BOUND)


@pytest.mark.parametrize(
    ("what", "written"),
    [
        ("in a Message-ID", "E-7K2F.{}@jobcenter.example"),
        ("in our subject", "[E-7K2F {}] Bitte bestätigen"),
        ("in the subject of a reply", "AW: [KRM-2026-0042 {}] Bitte bestätigen"),
        ("in a subject somebody's program wrote in capitals", "RE: [KRM-2026-0042 {}]"),
        ("at the end", "Re: {}"),
    ],
)
def test_a_token_is_found_where_mail_programs_keep_it(what: str, written: str) -> None:
    token = OLD.token(BOUND)

    assert tokens_in((written.format(token),)) == (token,)
    assert tokens_in((written.format(token.upper()),)) == (token,)


@pytest.mark.parametrize("what", ["", "Beschwerde", "a" * 19, "a" * 21, "a" * 4000, "0189" * 5])
def test_what_has_not_the_form_of_a_token_is_none(what: str) -> None:
    assert tokens_in((what,)) == ()


@given(st.lists(st.text()))
def test_any_words_may_be_searched_for_tokens(texts: list[str]) -> None:
    found = tokens_in(tuple(texts))

    assert all(len(t) == TOKEN_LENGTH for t in found)
    assert len(set(found)) == len(found)


@given(st.text(min_size=1), st.text(min_size=1))
def test_different_subjects_and_recipients_have_different_tokens(one: str, other: str) -> None:
    a, b = replace(BOUND, subject=one, recipient=other), replace(BOUND, subject=other, recipient=one)

    assert (OLD.token(a) == OLD.token(b)) is (a == b)
