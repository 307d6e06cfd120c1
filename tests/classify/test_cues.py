import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classify import anlage3, coding_steps, danger, examples, need, remedy
from classify.cues import branches, cues
from classify.rules import Rule, speaking, spoken, written_out
from tests.classify.tiny import heard

RULES = (*remedy.RULES, *need.RULES, *danger.RULES, *coding_steps.RULES)

READ: dict[str, tuple[str, list[set[str]]]] = {
    "letters": ("geld", [{"geld"}]),
    "an edge is no letter": (r"\bgeld\b|^cent$", [{"geld", "cent"}]),
    "an optional letter": ("wie?der", [{"der"}, {"wi"}]),
    "a letter that may be repeated": ("gelde{1,2}nde", [{"gelde"}, {"nde"}]),
    "a letter that may be missing": ("konten{0,2}geld*", [{"konte"}, {"gel"}]),
    "alternatives": ("geld|cent", [{"geld", "cent"}]),
    "an alternative without any": (r"geld|\d", []),
    "alternatives with several each": (r"ein\sgeld|kein\scent", [{"geld", "cent"}]),
    "one within another": ("geld|geldbeutel", [{"geld"}]),
    "a sequence, the longest first": (r"ein\s\bbescheid vom", [{"bescheid vom"}, {"ein"}]),
    "a sequence, the fewest first": (
        r"(?:geld|cent|euro)\s(?:kein|ohne)",
        [{"kein", "ohne"}, {"geld", "cent", "euro"}],
    ),
    "a group": ("mein(?:gehalt|konto)", [{"gehalt", "konto"}, {"mein"}]),
    "a group within a group": ("(?:ohne|(?:kein|null)s?)", [{"ohne", "kein", "null"}]),
    "an optional group": ("(?:keinen )?euro", [{"euro"}]),
    "a group that may be repeated": ("(?:kein){1,2}", [{"kein"}]),
    "a class": ("[iı]tiraz[,;]", [{"tiraz"}]),
    "a bracket in a class": (r"[]a)\]]tiraz", [{"tiraz"}]),
    "what must not follow": ("aus(?!geldbeutel)geh", [{"ausgeh"}]),
    "what stands before": ("(?<=langes)wort", [{"wort"}]),
    "dots": (r"a.b\.c", [{"b.c"}, {"a"}]),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("regex", "expected"), READ.values(), ids=READ.keys())
def test_of_each_set_of_cues_one_must_be_there(regex: str, expected: list[set[str]]) -> None:
    assert list(cues(regex)) == expected


def stand_in(text: str, rule: Rule) -> bool:
    return all(any(cue in text for cue in either) for either in cues(written_out(rule.pattern)))


REFUSED = ("(?i)geld", "(?P<name>geld)", r"\(geld", "(geld", "geld)", "a{,3}", "(a)(?(1)b|c)")


@pytest.mark.parametrize("regex", REFUSED)
def test_what_the_rules_do_not_use_is_refused(regex: str) -> None:
    with pytest.raises(ValueError, match=r"character|bracket"):
        cues(regex)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.example)
def test_no_rule_finds_its_example_without_one_of_its_sets_of_cues(rule: Rule) -> None:
    example = heard(rule.example, subject=rule.example).low
    assert cues(written_out(rule.pattern))
    for either in cues(written_out(rule.pattern)):
        left = example
        for cue in either:
            left = left.replace(cue, "\0")
        assert left != example
        assert not re.search(written_out(rule.pattern), left)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.example)
@given(data=st.data())
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_a_rule_finds_has_a_cue_in_it(rule: Rule, data: st.DataObject) -> None:
    regex = re.compile(written_out(rule.pattern))
    match = regex.search(data.draw(st.from_regex(regex)))
    assert match
    assert stand_in(match.group(), rule)


BRANCHES = {
    "none": ("geld", ("geld",)),
    "two": (r"geld\b|cent", (r"geld\b", "cent")),
    "one within brackets": ("(?:geld|cent)s?|(?=euro|mark)", ("(?:geld|cent)s?", "(?=euro|mark)")),
    "no bars": (r"a[|]b\|c", (r"a[|]b\|c",)),
}


@pytest.mark.parametrize(("regex", "expected"), BRANCHES.values(), ids=BRANCHES.keys())
def test_alternatives_outside_brackets_are_told_apart(regex: str, expected: tuple[str, ...]) -> None:
    assert branches(regex) == expected


def test_in_no_mail_of_the_corpus_a_rule_is_missed_that_its_whole_pattern_finds() -> None:
    mails = [spoken(e.text) for e in examples.read(examples.shipped(), anlage3.shipped())][::4]
    unconditional = [rule for rule in RULES if not rule.unless]
    for mail in mails:
        expected = [rule for rule in unconditional if re.search(written_out(rule.pattern), mail.low)]
        assert list(speaking(mail, unconditional)) == expected
