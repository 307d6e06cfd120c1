import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classify import anlage3, coding_steps, danger, examples, need, remedy
from classify.cues import cues
from classify.rules import Rule, cues_of, spoken, written_out

RULES = (*remedy.RULES, *need.RULES, *danger.RULES, *(s.rule for s in coding_steps.STEPS), *coding_steps.HINTS)

READ = {
    "letters": ("geld", {"geld"}),
    "an edge is no letter": (r"\bgeld\b|^cent$", {"geld", "cent"}),
    "an optional letter": ("wie?der", {"der"}),
    "a letter that may be repeated": ("gelde{1,2}nde", {"gelde"}),
    "a letter that may be missing": ("konten{0,2}geld*", {"konte"}),
    "alternatives": ("geld|cent", {"geld", "cent"}),
    "an alternative without any": (r"geld|\d", {""}),
    "one within another": ("geld|geldbeutel", {"geld"}),
    "the longest of a sequence": (r"ein\s\bbescheid vom", {"bescheid vom"}),
    "the fewest of a sequence": (r"(?:kein|ohne)\s(?:geld|cent|euro)", {"kein", "ohne"}),
    "a group": ("mein(?:gehalt|konto)", {"gehalt", "konto"}),
    "a group within a group": ("(?:ohne|(?:kein|null)s?)", {"ohne", "kein", "null"}),
    "an optional group": ("(?:keinen )?euro", {"euro"}),
    "a class": ("[iı]tiraz[,;]", {"tiraz"}),
    "a bracket in a class": (r"[]a)\]]tiraz", {"tiraz"}),
    "what must not follow": ("aus(?!geldbeutel)geh", {"ausgeh"}),
    "what stands before": ("(?<=langes)wort", {"wort"}),
    "dots": (r"a.b\.c", {"b.c"}),
    "nothing": ("", {""}),
}


@pytest.mark.parametrize(("regex", "expected"), READ.values(), ids=READ.keys())
def test_one_of_the_cues_must_be_there(regex: str, expected: set[str]) -> None:
    assert cues(regex) == expected


REFUSED = ("(?i)geld", "(?P<name>geld)", r"\(geld", "(geld", "geld)", "a{,3}", "(a)(?(1)b|c)")


@pytest.mark.parametrize("regex", REFUSED)
def test_what_the_rules_do_not_use_is_refused(regex: str) -> None:
    with pytest.raises(ValueError, match=r"character|bracket"):
        cues(regex)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.example)
def test_every_rule_has_cues_without_which_its_example_is_not_found(rule: Rule) -> None:
    left = rule.example.lower()
    assert "" not in cues_of(rule.pattern)
    for cue in cues_of(rule.pattern):
        left = left.replace(cue, "\0")
    assert left != rule.example.lower()
    assert not re.search(written_out(rule.pattern), left)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.example)
@given(data=st.data())
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_a_rule_finds_has_a_cue_in_it(rule: Rule, data: st.DataObject) -> None:
    regex = re.compile(written_out(rule.pattern))
    match = regex.search(data.draw(st.from_regex(regex)))
    assert match
    assert any(cue in match.group() for cue in cues_of(rule.pattern))


def test_in_no_mail_of_the_corpus_a_rule_finds_something_without_a_cue() -> None:
    mails = [spoken(e.text).low for e in examples.read(examples.shipped(), anlage3.shipped())]
    hidden = {
        (rule.example, mail)
        for rule in RULES
        for mail in mails
        if not any(cue in mail for cue in cues_of(rule.pattern)) and re.search(written_out(rule.pattern), mail)
    }
    assert hidden == set()
