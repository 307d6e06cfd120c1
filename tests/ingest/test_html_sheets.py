"""Text hidden by the rules of a `<style>` is left out; in doubt it stays."""

import pytest

from ingest import cascade, sheets
from ingest.html import to_text

WORDS = "<p>vorn</p><div class='x y' id=i><p>geheim</p></div><p>hinten</p>"

HIDDEN = {
    "a class": ".x{display:none}",
    "two classes": ".x.y{display:none}",
    "an id": "#i{visibility:hidden}",
    "a tag": "div{font-size:0}",
    "a tag in capitals": "DIV.x{DISPLAY:NONE}",
    "below an element": "body .x p{display:none}",
    "far below an element": "html .x p{opacity:0}",
    "one of a list": "h1, .x, .z{visibility:collapse}",
    "whatever it costs": ".x{display:none!important}",
    "nought with a unit": ".x{font-size:0.0px}",
    "over a weaker rule that follows": ".x{display:none} div{display:block}",
    "over a rule below another element": ".x{display:none} .z .x{display:block}",
    "over a rule for another element": ".x{display:none} .z{display:block!important}",
    "on every screen": "@media screen{.x{display:none}}",
    "with a condition that shows something weaker": ".x{display:none} @media print{div{display:block}}",
    "between comments of HTML": "<!-- .x{display:none} -->",
    "with comments of CSS": ".x/**/{/**/display:none/**/}",
    "after a rule that is broken": "p{color} a..b{color:red} ]a{}  p{;;} .x{display:none}",
    "never closed": ".x{display:none",
    "beside what would be loaded": "@import url(file:///etc/hosts); .x{display:none; background:url(file:///etc/hosts)}",
}


@pytest.mark.parametrize("css", HIDDEN.values(), ids=HIDDEN.keys())
def test_text_hidden_by_a_rule_is_left_out_and_told(css: str) -> None:
    rendered = to_text(f"<style>{css}</style>{WORDS}")

    assert rendered.text.split() == ["vorn", "hinten"]
    assert rendered.defects == ("hidden-text",)


SEEN = {
    "on paper alone": "@media print{.x{display:none}}",
    "on small screens alone": "@media screen and (max-width:600px){.x{display:none}}",
    "under another condition": "@supports (display:grid){.x{display:none}}",
    "in a layer": "@layer a{.x{display:none}}",
    "under a condition inside one for all": "@media all{@media print{.x{display:none}}}",
    "shown by a later rule": ".x{display:none} .x{display:block}",
    "shown by a stronger rule": "#i{display:block} .x{display:none}",
    "shown by a rule that costs what it may": "div{display:block!important} .x{display:none}",
    "shown below an element": ".x{display:none} body .x{display:block}",
    "shown by a shorthand": ".x{font-size:0} .x{font:12px Arial}",
    "shown by a reset of everything": ".x{display:none} .x{all:unset}",
    "shown on small screens": ".x{display:none} @media (max-width:600px){.x{display:block!important}}",
    "shown on paper": ".x{display:none} @media print{.x{display:block}}",
    "shown when pointed at": ".x{display:none} .x:hover{display:block}",
    "hidden when not pointed at": ".x:not(:hover){display:none}",
    "shown by an attribute": ".x{display:none} div[class]{display:block}",
    "shown beside another": ".x{display:none} p + .x{display:block}",
    "shown inside another": ".x{display:none} body > .x{display:block}",
    "shown by a selector of a selector": ".x{display:none} :is(.x, #j){display:block}",
    "shown for a first letter": ".x{font-size:0} .x::first-letter{font-size:12px}",
    "shown by a nested rule": ".x{display:none; &.y{display:block}}",
    "shown by an animation": ".x{opacity:0; animation:a 1s} @keyframes a{to{opacity:1}}",
    "by a selector among invalid ones": ".x, p:foo({display:none}",
    "by an empty selector in a list": ".x, {display:none}",
    "by half a selector": "> .x{display:none}",
    "by half a class": ".x. {display:none}",
    "of another namespace": "v|div, .x{display:none}",
    "by an invalid value": ".x{display:none none; visibility:hiddenn}",
    "by nought of no unit": ".x{font-size:0foo; opacity:0px}",
    "by a shorthand that is not whole": ".x{font:0} .z{display:none}",
    "only by Outlook's own word": ".x{mso-hide:all}",
    "for another class": ".X{display:none}",
    "not straight below this": "html > .x{display:none}",
    "not in this place": "p .x{display:none}",
    "with a number without end": ".x{display:none; width:" + "1" * 5_000 + "}",
}


@pytest.mark.parametrize("css", SEEN.values(), ids=SEEN.keys())
def test_what_somebody_may_see_stays(css: str) -> None:
    rendered = to_text(f"<style>{css}</style>{WORDS}")

    assert rendered.text.split() == ["vorn", "geheim", "hinten"]
    assert rendered.defects == ()


HIDE, SHOW = ".x{display:none}", ".x{display:block}"

PAGES = {
    "a sheet of two": (f"<style>p{{}}</style><style>{HIDE}</style>", False),
    "a sheet in the body": (f"<body><style>{HIDE}</style>", False),
    "a sheet for screens": (f"<style media=screen>{HIDE}</style>", False),
    "a sheet for paper": (f"<style media=print>{HIDE}</style>", True),
    "a sheet to choose": (f"<style title=a>{HIDE}</style>", True),
    "a sheet in another language": (f"<style type=text/less>{HIDE}</style>", True),
    "a sheet for want of scripts": (f"<noscript><style>{HIDE}</style></noscript>", True),
    "a sheet that is not in use": (f"<template><style>{HIDE}</style></template>", True),
    "a second sheet that shows": (f"<style>{HIDE}</style><style>{SHOW}</style>", True),
    "a second sheet that hides": (f"<style>{SHOW}</style><style>{HIDE}</style>", False),
    "a file of rules": (f"<link rel=stylesheet href='file:///etc/hosts'><style>{HIDE}</style>", False),
    "Outlook hides": (f"<!--[if mso]><style>{HIDE}</style><![endif]-->", True),
    "Outlook hides, beside another sheet": (
        f"<style>p{{}}</style><!--[if mso]><style>{HIDE}</style><![endif]-->",
        True,
    ),
    "Outlook shows": (f"<style>{HIDE}</style><!--[if mso]><style>{SHOW}</style><![endif]-->", True),
    "all but Outlook hide": (f"<!--[if !mso]><!--><style>{HIDE}</style><!--<![endif]-->", True),
    "all but Outlook hide, in the head": (f"<head><![if !mso]><style>{HIDE}</style><![endif]></head>", True),
    "Outlook is past": (f"<!--[if !mso]><!--><b></b><!--<![endif]--><style>{HIDE}</style>", False),
}


@pytest.mark.parametrize(("head", "seen"), PAGES.values(), ids=PAGES.keys())
def test_every_sheet_counts_for_what_it_is(head: str, seen: bool) -> None:
    assert ("geheim" in to_text(head + WORDS).text) is seen


OWN_STYLES = {
    "its own style wins": (HIDE, "style='display:block'", True),
    "its own shorthand wins": (".x{font-size:0}", "style='font:12px Arial'", True),
    "its own style is overruled": (".x{display:none!important}", "style='display:block'", False),
    "its own style is sure": (".x{display:none!important}", "style='display:block!important'", True),
    "shown against its own style": (".x{display:block!important}", "style='display:none; mso-hide:all'", True),
    "shown on small screens": ("@media (max-width:9px){.x{display:block!important}}", "style='display:none'", True),
    "too weak to show": (".x{display:block} .y{font-size:0}", "style='display:none'", False),
    "shown against the attribute": (".x{display:flex} .y{font-size:0}", "hidden", True),
    "shown by a reset": ("b{all:unset}", "hidden", True),
    "nothing said against the attribute": (".x{opacity:1!important}", "hidden", False),
    "shown inside what is without letters": (".x{font-size:12px} div{font-size:0}", "", True),
}


@pytest.mark.parametrize(("css", "own", "seen"), OWN_STYLES.values(), ids=OWN_STYLES.keys())
def test_an_elements_own_style_has_its_rank(css: str, own: str, seen: bool) -> None:
    rendered = to_text(f"<style>{css}</style><p>vorn</p><div><b class=x {own}>da</b></div>")

    assert ("da" in rendered.text) is seen
    assert rendered.defects == (() if seen else ("hidden-text",))


def test_a_rule_shows_again_inside_what_is_invisible_by_its_own_style() -> None:
    rendered = to_text("<style>b{visibility:visible}</style><i style='visibility:hidden'>weg<b>da</b></i>")

    assert rendered.text == "da"
    assert rendered.defects == ("hidden-text",)


def test_an_empty_selector_is_not_one_for_everything() -> None:
    assert (
        to_text("<style>.x, {visibility:hidden} b{visibility:visible}</style>da <b>und dort</b>").text == "da und dort"
    )


def test_a_mail_of_nothing_but_hidden_words_is_read() -> None:
    rendered = to_text("<style>body{display:none}</style><p>Guten Tag</p>")

    assert rendered.text == "Guten Tag"
    assert rendered.defects == ()


def test_what_else_a_style_says_is_kept() -> None:
    rendered = to_text("<style>.x{font-size:0} b{opacity:1}</style><b style='white-space:pre;font-size:9px'>a\nb</b>")

    assert rendered.text == "a\nb"


@pytest.mark.parametrize(
    "html",
    [
        "<style>p.MsoNormal{margin:0cm;font-size:11pt} @page a{}</style><p class=MsoNormal>a<p class=MsoNormal>",
        "<style>@list l0:level1{mso-level-text:-} .h{display:none}</style><p class=MsoNormal>a<p class=MsoNormal>b",
        "<style>.h{display:none}</style><div>a</div><div class=gmail_quote><blockquote>b</blockquote></div>",
        "<style>.h{display:none}</style><table><tr><td>a<p>b<tr>c</table>d",
    ],
    ids=["Outlook", "Outlook with lists", "Gmail", "a broken table"],
)
def test_sheets_that_hide_nothing_here_change_nothing(html: str) -> None:
    assert to_text(html) == to_text(html[html.index("</style>") :])


HOSTILE = {
    "sheets too long": (f"{HIDE} /*{'x' * sheets.MAX_SHEETS}*/", WORDS),
    "many equal rules": (HIDE * 3_000, "<i class=x>geheim</i>" * 5_000),
    "many rules that fit by half": (".x.z{display:none}" * 2_000 + HIDE, "<i class=x>geheim</i>" * 5_000),
    "a long list": (",".join([".x"] * 15_000) + "{display:none}", "<i class=x>geheim</i>" * 5_000),
    "stars in deep elements": (
        "* * * * * * .z .x{display:none}" * 20 + HIDE,
        ("<div class=x>" * 200 + "geheim" + "</div>" * 200) * 20,
    ),
    "a selector of many classes": (
        "".join(f".c{n}" for n in range(5_000)) + " .x{display:none}" + HIDE,
        f"<div class='{' '.join(f'c{n}' for n in range(4_999))}'>" + "<i class=x>geheim</i>" * 5_000,
    ),
    "a long style of its own": (HIDE, f"<i class=x style='{'a:b;' * (cascade.MAX_STEPS // 4)}'>geheim</i>"),
}


@pytest.mark.parametrize(("css", "page"), HOSTILE.values(), ids=HOSTILE.keys())
def test_sheets_that_cost_too_much_do_not_count(css: str, page: str) -> None:
    rendered = to_text(f"<style>{css}</style><p>da</p>{page}")

    assert "geheim" in rendered.text
    assert rendered.defects == ()


def test_a_huge_page_of_hidden_text_is_left_out() -> None:
    rendered = to_text(f"<style>{HIDE}</style><p>da</p>" + "<i class=x>geheim</i>" * 20_000)

    assert rendered.text == "da"


@pytest.mark.parametrize("css", ["(" * 30_000, "@a{" * 15_000, "a{" * 20_000, "\\" * 40_000, ":not(" * 9_000])
def test_brackets_without_end_are_read(css: str) -> None:
    assert to_text(f"<style>{HIDE} {css}</style>{WORDS}").text.split()[0] == "vorn"


@pytest.mark.parametrize("inside", ["<font size=3>da</font>", "<table><tr><td>da</td></tr></table>"])
def test_what_has_a_size_of_its_own_is_seen_within_a_size_of_nought(inside: str) -> None:
    """HTML, Rendering: `<font size>` is absolute, and a page without DOCTYPE gives a table its size anew."""
    assert "da" in to_text(f"<style>.x{{font-size:0}}</style><div class=x>weg{inside}</div><p>vorn</p>").text


def test_comments_without_end_do_not_hide_the_words() -> None:
    assert to_text(f"<style>{HIDE}</style>da" + "<!--[if a]--><!--[if b]><style>" * 5_000).text == "da"
