"""The HTML parts: for screen readers, Outlook and phones, and harmless whatever a citizen wrote."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from notify.letters import END, GRAVE_WORD, MARK, signed, write
from tests.notify.reading_letters import CASES, LETTERS, SAMPLES, TURNS, body, plain, tree
from tests.notify.samples import HOSTILE, LONG


def _style(element: Any, name: str) -> str:
    pairs = (p.partition(":") for p in element.get("style", "").split(";"))
    return next((v.strip() for k, _, v in pairs if k.strip() == name), "")


def _light(colour: str) -> float:
    """Relative luminance (WCAG 2.1) of #rrggbb."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


def _nearest(element: Any, name: str, default: str) -> str:
    return next((v for e in (element, *element.iterancestors()) if (v := _style(e, name))), default)


class TestHtml:
    @pytest.mark.parametrize("case", CASES)
    def test_it_says_that_it_is_german_and_fits_a_phone(self, case: str) -> None:
        page = tree(LETTERS[case])
        assert page.get("lang") == "de"
        assert page.find("head/meta[@charset]").get("charset") == "utf-8"
        assert "width=device-width" in page.find("head/meta[@name='viewport']").get("content")
        assert page.findtext("head/title").strip()

    @pytest.mark.parametrize("case", CASES)
    def test_headings_begin_with_one_h1_and_skip_no_level(self, case: str) -> None:
        levels = [int(h.tag[1]) for h in body(LETTERS[case]).iter("h1", "h2", "h3", "h4")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))

    @pytest.mark.parametrize("case", CASES)
    def test_lists_are_lists_and_tables_are_layout_or_have_row_heads(self, case: str) -> None:
        inner = body(LETTERS[case])
        assert all(item.getparent().tag in ("ul", "ol") for item in inner.iter("li"))
        for table in inner.iter("table"):
            layout = table.get("role") == "presentation"
            assert layout != any(th.get("scope") == "row" for th in table.iterfind("./tr/th"))

    @pytest.mark.parametrize("case", CASES)
    def test_nothing_is_loaded_and_nothing_runs(self, case: str) -> None:
        page = tree(LETTERS[case])
        assert not list(page.iter("script", "link", "iframe", "form", "object", "embed", "video", "svg"))
        assert not re.search(r"url\(|@import|\bsrc=\"(?!cid:)|\bon\w+=", re.sub(r"&lt;.*?&gt;", "", LETTERS[case].html))
        hrefs = [a.get("href") for a in page.iter("a")]
        assert all(h.startswith("mailto:") or h.endswith("/datenschutz") for h in hrefs)

    @pytest.mark.parametrize("case", CASES)
    def test_a_picture_comes_with_the_mail_and_both_parts_say_what_it_shows(self, case: str) -> None:
        told = tuple((p.name, p.words) for p in getattr(SAMPLES[case], "pictures", ()))
        shown = tuple((i.get("src"), i.get("alt")) for i in tree(LETTERS[case]).iter("img"))
        assert shown == tuple((f"cid:{name}@krm", words) for name, words in told)
        assert all(words in LETTERS[case].text for _, words in told)

    @pytest.mark.parametrize("case", CASES)
    def test_words_stand_out_from_their_ground(self, case: str) -> None:
        """WCAG 2.1 AA: 4.5 to 1, whatever the size."""
        for element in body(LETTERS[case]).iter():
            if not isinstance(element.tag, str) or not (element.text or "").strip():
                continue
            ink, ground = _nearest(element, "color", "#000000"), _nearest(element, "background", "#ffffff")
            assert _contrast(ink, ground) >= 4.5, (element.tag, ink, ground)

    @pytest.mark.parametrize("case", CASES)
    def test_buttons_are_large_enough_for_a_thumb(self, case: str) -> None:
        """44 pixels: line height, padding twice, border twice."""
        for link in body(LETTERS[case]).iterfind(".//table[@class='button']//a"):
            border = int(_style(link.getparent(), "border").split("px")[0])
            padding = int(_style(link, "padding").split("px")[0])
            assert int(_style(link, "line-height").removesuffix("px")) + 2 * (padding + border) >= 44

    def test_the_longest_letter_is_not_clipped(self) -> None:
        """Gmail cuts at 102 kB; the caller shortens text and earlier text to 12,000 characters each."""
        told: Any = SAMPLES["confirmation_request-danger"]
        assert len(write(replace(told, text=LONG, earlier_text=LONG)).html.encode()) < 100_000


TWISTED = {
    "a tag": ("<b>fett</b>", ("<b>", "fett")),
    "an entity": ("A &amp; B &lt;", ("amp", "&amp;", "lt")),
    "words of our own tags": ("mark style class span br", ("mark", "style", "class", "span")),
    "words within words": ("Wartezeit und Warten", ("Wartezeit", "Warte", "zeit")),
    "words that overlap": ("lange warten lassen", ("lange warten", "warten lassen")),
    "private signs": ("vor \ue000\ue002 nach \ue001", ("nach",)),
    "lines": ("eins\nzwei\n\ndrei", ("eins\nzwei", "drei")),
    "no words": ("", ()),
}


class TestForeignWords:
    @pytest.mark.parametrize("case", ["confirmation_request-hostile", "confirmation_request-complaint"])
    def test_a_hostile_text_stays_text(self, case: str) -> None:
        letter = write(replace(SAMPLES[case], text=HOSTILE, earlier_text=HOSTILE))  # type: ignore[arg-type]
        assert "{{ 7*7 }}" in letter.text
        assert "{{ 7*7 }}" in letter.html
        assert not list(tree(letter).iter("script", "img"))
        assert [h.text_content() for h in tree(letter).iter("h1")] == [f"{_id(case)}: Beschwerde (76\u00a0%)"]

    def test_no_mark_that_turns_the_direction_gets_through(self) -> None:
        letter = LETTERS["confirmation_request-hostile"]
        assert not set(TURNS) & set(letter.text + letter.html)

    def test_a_forged_cut_line_is_quoted(self) -> None:
        lines = LETTERS["confirmation_request-hostile"].text.splitlines()
        assert [n for n, line in enumerate(lines) if line == MARK] == [0]
        assert f"> {MARK}" in lines

    @pytest.mark.parametrize(("text", "words"), TWISTED.values(), ids=TWISTED)
    def test_marking_evidence_changes_no_letter(self, text: str, words: tuple[str, ...]) -> None:
        told: Any = SAMPLES["confirmation_request-complaint"]
        letter = write(replace(told, text=text, type_words=words, options=(), warnings=()))
        box = body(letter).find(".//td[@class='box'][@dir='auto']")
        assert plain(box.text_content()) == plain(text or "(kein Text)")
        assert {e.tag for e in box.iter()} <= {"td", "mark", "br"}

    def test_evidence_is_marked_and_grave_words_most(self) -> None:
        marks = {m.text: m.get("class") for m in body(LETTERS["confirmation_request-danger"]).iter("mark")}
        assert marks["keiner hört zu"] == "word"
        assert marks["mache ich Schluss"] == "cry"


def _id(case: str) -> str:
    told: Any = SAMPLES[case]
    return str(told.id)


def test_a_clause_is_marked_where_it_goes_over_the_end_of_a_line() -> None:
    marked = signed("Wenn ich nicht\nmehr da bin, nimmt wer die Katze?", (), ("ich nicht mehr da bin",))
    assert marked == f"Wenn {GRAVE_WORD}ich nicht\nmehr da bin{END}, nimmt wer die Katze?"
