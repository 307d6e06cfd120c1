"""HTML as the text a reader sees."""

import pytest

from ingest.html import MAX_LENGTH, to_text

OUTLOOK_HEAD = (
    "<p class=MsoNormal>ok<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
    "<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>"
    "<p class=MsoNormal><b>Von:</b> KRM &lt;krm@jobcenter.example&gt; <br>"
    "<b>Gesendet:</b> Montag<br><b>An:</b> Meier</p></div>"
)

SEEN = {
    "breaks and paragraphs": ("<p>Guten Tag,<br>danke</p><p>Ende</p>", "Guten Tag,\ndanke\n\nEnde"),
    "blocks": ("<div>eins</div><div>zwei</div>", "eins\nzwei"),
    "line ends in the source are blanks": ("<p>eins\r\nzwei</p>", "eins zwei"),
    "entities": ("<p>f&uuml;r &amp; &euro; &#8222;x&#8220;</p>", "für & € „x“"),
    "a link's text": ("<a href='https://example.org'>hier</a>", "hier"),
    "no markup": ("nur Text", "nur Text"),
    "style, script, title and comment": ("<title>T</title><style>p{}</style><script>x()</script><!-- k -->da", "da"),
    "a list": ("<ul><li>eins<li>zwei</ul>", "* eins\n* zwei"),
    "a numbered list": ("<ol><li>eins<li>zwei</ol>", "1. eins\n2. zwei"),
    "a strange number in a list": ("<ol><li value='²'>eins</ol>", "1. eins"),
    "a table's rows": ("<table><tr><td>Mai<td>563 €<tr><td>Juni<td>0 €</table>", "Mai | 563 €\nJuni | 0 €"),
    "labels in a table": ("<table><tr><th>Betreff: </th><td>Miete</td></tr></table>", "Betreff: Miete"),
    "paragraphs in cells": ("<table><tr><td><p>Mai</p></td><td><p>0 €</p></td></tr></table>", "Mai | 0 €"),
    "a table for layout": ("<table><tr><td><div>a<br>b</div></td><td></td></tr></table>", "a\nb"),
    "a quote": ("neu<blockquote type=cite>alt<br>älter</blockquote>", "neu\n> alt\n> älter"),
    "a quote in a quote": ("<blockquote>a<blockquote>b</blockquote>c</blockquote>", "> a\n> > b\n> c"),
    "an indent by Gmail": ('<blockquote style="margin:0 0 0 40px;border:none;padding:0">Zitat</blockquote>', "Zitat"),
    "Gmail's reply": (
        '<div>ok</div><div class="gmail_quote"><div>Am Mo schrieb KRM:<br></div><blockquote>Frage</blockquote></div>',
        "ok\nAm Mo schrieb KRM:\n> Frage",
    ),
    "Outlook's reply": (OUTLOOK_HEAD, "ok\n\nVon: KRM <krm@jobcenter.example>\nGesendet: Montag\nAn: Meier"),
    "text with line ends that count": ('<div style="white-space:pre-wrap">a\nb</div>', "a\nb"),
    "nothing": ("", ""),
    "a comment alone": ("<!-- -->", ""),
    "never closed": ("<html><body><div><p>Guten Tag<b>!", "Guten Tag!"),
}


@pytest.mark.parametrize(("markup", "expected"), SEEN.values(), ids=SEEN.keys())
def test_the_text_is_what_a_reader_sees(markup: str, expected: str) -> None:
    assert to_text(markup).text == expected
    assert to_text(markup).defects == ()


HIDDEN = {
    "display": "<span style='display: NONE !important'>geheim</span>",
    "visibility": "<span style='visibility:hidden'>geheim</span>",
    "font size": "<span style='font-size:0px'>geheim</span>",
    "opacity": "<span style='opacity:0'>geheim</span>",
    "no height": "<div style='max-height:0;overflow:hidden'>geheim</div>",
    "the attribute": "<span hidden>geheim</span>",
    "inside a hidden one": "<div style='display:none'><p>geheim</p></div>",
    "behind a child": "<span style='font-size:0'><b></b>geheim</span>",
}


@pytest.mark.parametrize("markup", HIDDEN.values(), ids=HIDDEN.keys())
def test_hidden_text_is_left_out_and_told(markup: str) -> None:
    rendered = to_text(f"<p>vorn {markup} hinten</p>")
    assert "geheim" not in rendered.text
    assert "vorn" in rendered.text
    assert "hinten" in rendered.text
    assert rendered.defects == ("hidden-text",)


SEEN_AGAIN = {
    "a font size": "<td style='font-size:0px'> <div style='font-size:13px'>da</div></td>",
    "a font": "<td style='font-size:0px'> <div style='font:13px Arial'>da</div></td>",
    "a font that is none": "<p style='font:0'>da</p>",
    "the attribute": "<p hidden style='display:block'>da</p>",
}


@pytest.mark.parametrize("markup", SEEN_AGAIN.values(), ids=SEEN_AGAIN.keys())
def test_what_is_made_visible_again_is_seen(markup: str) -> None:
    rendered = to_text(markup)
    assert rendered.text == "da"
    assert rendered.defects == ()


def test_deep_nesting_keeps_the_words() -> None:
    rendered = to_text("<style>p{}</style>" + "<div>" * 3_000 + "ganz&nbsp;unten<br>Ende")
    assert rendered.text == "ganz unten\nEnde"
    assert rendered.defects == ("html-simplified",)


def test_very_many_elements_keep_the_words() -> None:
    rendered = to_text("<b>x</b>" * 60_000)
    assert rendered.text == "x" * 60_000
    assert rendered.defects == ("html-simplified",)


def test_a_huge_page_is_cut_and_told() -> None:
    rendered = to_text("x" * (MAX_LENGTH + 1))
    assert len(rendered.text) == MAX_LENGTH
    assert rendered.defects == ("html-cut",)


def test_a_wide_cell_costs_its_length_once() -> None:
    assert len(to_text("<table><tr><td>" + "x" * 1_000 + "<tr><td>y<td>z" * 1_000 + "</table>").text) < 10_000


def test_a_style_cannot_ask_for_a_million_blank_lines() -> None:
    assert to_text("<p style='margin-top:99999em;padding-left:99999em'>a</p>").text == "a"
