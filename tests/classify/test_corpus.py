"""The shipped corpus keeps what it promises: enough of everything, no copies, and a test part nobody learns from."""

import re
from collections import Counter, defaultdict
from functools import cache
from itertools import combinations

import pytest

from classify import anlage3, examples
from classify.coding import Urgency
from classify.examples import Example

FORM = anlage3.shipped()
SHINGLE = 8
"""Words in a row. Two mails may share a disclaimer of mail programs or a server's bounce, never more than that."""

MOST_SHARED = 0.3


@cache
def mails() -> tuple[Example, ...]:
    return examples.read([*examples.shipped(), *examples.held_back()], FORM)


def test_it_is_large_enough() -> None:
    assert len(mails()) >= 2_400


@pytest.mark.parametrize("category", [c.id for c in FORM.categories])
def test_every_category_has_enough_mails(category: str) -> None:
    assert sum(category in m.categories for m in mails()) >= 25


@pytest.mark.parametrize("type_id", [t.id for t in FORM.types])
def test_every_type_has_enough_mails(type_id: str) -> None:
    assert sum(m.type == type_id for m in mails()) >= (40 if type_id in {"petition", "eingabe"} else 80)


def test_what_must_not_be_missed_has_enough_mails() -> None:
    assert sum(m.remedy for m in mails()) >= 250
    assert sum(m.urgency is Urgency.NEED for m in mails()) >= 150
    assert sum(m.urgency is Urgency.DANGER for m in mails()) >= 80


def test_the_length_is_that_of_real_mail() -> None:
    lengths = sorted(len(m.body.split()) for m in mails())
    assert 75 <= lengths[len(lengths) // 2] <= 105
    assert lengths[0] < 10
    assert lengths[-1] > 400


def test_several_languages_are_spoken() -> None:
    spoken = Counter(m.lang for m in mails())
    assert all(spoken[lang] >= 100 for lang in ("en", "ru", "uk", "tr"))


def test_categories_are_coded_for_what_is_recorded_and_for_nothing_else() -> None:
    recorded = {t.id for t in FORM.types if t.krm}
    assert [m.id for m in mails() if bool(m.categories) != (m.type in recorded)] == []


def test_a_remedy_as_main_intention_is_one() -> None:
    assert [m.id for m in mails() if m.type == "rechtsbehelf" and not m.remedy] == []


def test_nobody_in_the_test_part_is_learned_from() -> None:
    learned = {m.writer for m in examples.read(examples.shipped(), FORM)}
    assert len(examples.read(examples.held_back(), FORM)) >= 400
    assert not learned & {m.writer for m in examples.read(examples.held_back(), FORM)}


def test_no_mail_is_a_copy_of_another() -> None:
    """Near-duplicates by shingles: the share of the shorter mail's word sequences that stands in the longer one too."""
    where: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    sizes: dict[str, int] = {}
    for mail in mails():
        found = _shingles(mail.body)
        sizes[mail.id] = len(found)
        for shingle in found:
            where[shingle].add(mail.id)
    shared = Counter(pair for ids in where.values() if len(ids) > 1 for pair in combinations(sorted(ids), 2))
    copies = [(*pair, n) for pair, n in shared.items() if n / min(sizes[i] for i in pair) > MOST_SHARED]
    assert copies == []


def test_no_two_short_mails_say_the_same() -> None:
    said = Counter(" ".join(re.findall(r"\w+", f"{m.subject} {m.body}".casefold())) for m in mails())
    assert [text for text, count in said.items() if count > 1] == []


def _shingles(body: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", body.casefold())
    return {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
