"""What the sender wrote now: replies of many mail programs in nine languages, and the traps in prose."""

import re
from pathlib import Path

import pytest

from ingest import quotes, signing
from ingest.newtext import instruction_text, new_text, without_courtesies

REPLIES = Path(__file__).parent.parent / "replies"
NAMES = sorted(path.stem for path in REPLIES.glob("*.txt") if "." not in path.stem)


def read(name: str) -> str:
    return (REPLIES / name).read_text(encoding="utf-8").removesuffix("\n")


@pytest.mark.parametrize("name", NAMES)
def test_the_new_text_of_a_reply_is_what_was_written_now(name: str) -> None:
    assert new_text(read(f"{name}.txt")) == read(f"{name}.expected.txt")


@pytest.mark.parametrize("name", NAMES)
def test_instructions_are_read_above_our_line_or_below_a_marked_quote(name: str) -> None:
    own = f"{name}.instruction.txt"
    expected = read(own if (REPLIES / own).exists() else f"{name}.expected.txt")
    assert instruction_text(read(f"{name}.txt")) == expected


@pytest.mark.parametrize("name", NAMES)
def test_new_text_of_new_text_is_the_same(name: str) -> None:
    once = new_text(read(f"{name}.txt"))
    assert new_text(once) == once


@pytest.mark.parametrize("name", NAMES)
def test_line_ends_of_any_system_make_no_difference(name: str) -> None:
    text = read(f"{name}.txt")
    assert new_text(text.replace("\n", "\r\n")) == new_text(text)
    assert instruction_text(text.replace("\n", "\r\n")) == instruction_text(text)


def test_there_are_at_least_seventy_replies_and_each_has_its_expectation() -> None:
    expectations = {path.name.split(".")[0] for path in REPLIES.glob("*.expected.txt")}
    assert expectations == set(NAMES)
    assert len(NAMES) >= 70


@pytest.mark.parametrize("language", ["de", "en", "fr", "nl", "it", "pl", "ru", "uk", "tr"])
def test_every_language_has_gmail_iphone_thunderbird_and_outlook(language: str) -> None:
    clients = {name.split("-")[0] for name in NAMES if name.endswith(f"-{language}")}
    assert {"gmail", "iphone", "thunderbird", "outlook", "samsung"} <= clients


SIGNS = (
    *quotes.ATTRIBUTIONS,
    *quotes.SEPARATORS,
    *signing.ADVERTS,
    *signing.GREETINGS,
    *signing.THANKS,
    *signing.CLOSINGS,
)


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: f"{sign.language}: {sign.example}")
def test_the_pattern_of_a_form_matches_its_example(sign: quotes.Sign) -> None:
    assert re.fullmatch(sign.pattern, sign.example)


@pytest.mark.parametrize("sign", signing.DISCLAIMERS, ids=lambda sign: sign.example)
def test_a_disclaimer_is_known_by_its_first_words(sign: quotes.Sign) -> None:
    assert re.match(sign.pattern, sign.example)


@pytest.mark.parametrize("headers", quotes.HEADERS, ids=lambda headers: headers.language)
def test_a_header_block_on_one_line_ends_the_new_text(headers: quotes.Headers) -> None:
    assert new_text(f"ok\n\n{headers.example}\nold words") == "ok"


@pytest.mark.parametrize("headers", quotes.HEADERS, ids=lambda headers: headers.language)
def test_a_header_block_without_a_clock_is_somebody_s_own_words(headers: quotes.Headers) -> None:
    own = f"ok\n\n{headers.example.replace('10:12', '')}\nmore words"
    assert new_text(own) == own


# --- instructions ---

QUOTE = "> --- Bitte oberhalb dieser Zeile antworten ---\n> ok"

LINES = {
    "as sent": ("ok\n--- Bitte oberhalb dieser Zeile antworten ---\nArt: Lob", "ok"),
    "quoted": (f"ok\n{QUOTE}", "ok"),
    "quoted twice": ("ok\n> > --- Bitte oberhalb dieser Zeile antworten ---\n> > Art: Lob", "ok"),
    "with other dashes": ("ok\n––– Bitte oberhalb dieser Zeile antworten –––\nArt: Lob", "ok"),
    "without dashes": ("ok\nBitte oberhalb dieser Zeile antworten\nArt: Lob", "ok"),
    "in capitals": ("ok\n--- BITTE OBERHALB DIESER ZEILE ANTWORTEN ---\nArt: Lob", "ok"),
    "wrapped": ("ok\n--- Bitte oberhalb dieser Zeile\nantworten ---\nArt: Lob", "ok"),
    "wrapped in a quote": ("ok\n> --- Bitte oberhalb\n> dieser Zeile antworten ---\n> Art: Lob", "ok"),
    "dashes on a line of their own": ("ok\n>\n> ---\n> Bitte oberhalb dieser Zeile antworten\n> Art: Lob", "ok"),
    "spoken of": (
        "Was heißt bitte oberhalb dieser Zeile antworten?",
        "Was heißt bitte oberhalb dieser Zeile antworten?",
    ),
    "nothing above, quote unmarked": ("--- Bitte oberhalb dieser Zeile antworten ---\nSo geht es:\nok", ""),
    "nothing above, answer below a marked quote": (f"{QUOTE}\n\npasst", "passt"),
    "nothing at all": (QUOTE, ""),
    "told attribution above a marked quote": (f"KRM am 23.11.2026:\n{QUOTE}\n\nok", "KRM am 23.11.2026:"),
    "attribution without a clock": (f"ok\n\nAm 23.11.2026 schrieb KRM:\n{QUOTE}", "ok"),
    "attribution swallows no line above it": ("Kein KRM: Spam\nKRM <krm@a.example> schrieb:\n> q\n", "Kein KRM: Spam"),
    "no line of ours, answer above": ("ok\n\n> Art: Lob", "ok"),
    "no line of ours, answer below": ("> Art: Lob\n\nok", "ok"),
    "no line of ours, only a quote": ("> ok", ""),
    "empty": ("", ""),
}


@pytest.mark.parametrize(("text", "expected"), LINES.values(), ids=LINES)
def test_our_line_cuts_however_it_comes_back(text: str, expected: str) -> None:
    assert instruction_text(text) == expected


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_a_quoted_line_is_ever_an_instruction(name: str) -> None:
    marked = "\n".join(f"{line} GEHEIM" if line.startswith(">") else line for line in read(f"{name}.txt").split("\n"))
    assert "GEHEIM" not in instruction_text(marked)
    assert "GEHEIM" not in new_text(marked)


# --- courtesies ---

COURTESIES: dict[str, tuple[str, ...]] = {
    "Hallo": (),
    "Guten Morgen zusammen": (),
    "Guten Morgen, liebe Kolleginnen und Kollegen,\nok": ("ok",),
    "Sehr geehrte Damen und Herren,\n\nok": ("ok",),
    "Hallo Frau Dr. Meier-Schulz!\nArt: Lob": ("Art: Lob",),
    "Danke!": (),
    "Vielen Dank für die schnelle Bearbeitung!": (),
    "Vielen Dank und Gruß": (),
    "Danke & Gruß, Meier": (),
    "i. A. Müller": (),
    "LG": (),
    "VG": (),
    "MfG": (),
    "ok": ("ok",),
    "ok danke": ("ok",),
    "ok - vielen Dank!": ("ok",),
    "Hallo, ok": ("ok",),
    "Hallo ok": ("ok",),
    "Hallo Kein KRM": ("Kein KRM",),
    "Liebe Petra, passt": ("passt",),
    "Danke, passt.": ("passt.",),
    "ok, viele Grüße Meier": ("ok",),
    "ok VG Meier\nTeam 514": ("ok",),
    "ok. Danke und viele Grüße aus Rostock\nPetra": ("ok",),
    "Kategorie: 2, danke": ("Kategorie: 2",),
    "Kategorie: 2\n+Wartezeit\n-Beratung": ("Kategorie: 2", "+Wartezeit", "-Beratung"),
    "Notiz: Er sagte, danke": ("Notiz: Er sagte, danke",),
    "Danke, aber das stimmt nicht": ("Danke, aber das stimmt nicht",),
    "Danke für die Mail, die Kategorie ist falsch": ("Danke für die Mail, die Kategorie ist falsch",),
    "Guten Tag das stimmt nicht": ("Guten Tag das stimmt nicht",),
    "Viele Grüße, aber nicht ok": ("Viele Grüße, aber nicht ok",),
    "Lieber Wartezeit": ("Lieber Wartezeit",),
    "ok?": ("ok?",),
    "nicht ok": ("nicht ok",),
    "ok\nMit freundlichen Grüßen\nPetra Meier\nTeamleiterin\nAm Markt 1\n18055 Rostock\nTel. 0381 1234": ("ok",),
    "ok\n\nPetra Meier\nTel. 0381 1234-56": ("ok",),
    "ok\n\nTeam: 514\nAnsprechpartner: Frau Meier": ("ok", "Team: 514", "Ansprechpartner: Frau Meier"),
    "ok\n-- \nPetra": ("ok",),
    "ok\nVG\nP\nPS: nicht sicher": ("ok", "PS: nicht sicher"),
    "ok\n\nDiese E-Mail enthält vertrauliche Informationen.\nNicht weitergeben.": ("ok",),
    "ok\n\nBitte denken Sie an die Umwelt, bevor Sie drucken.": ("ok",),
    "ok\n\nGesendet von Outlook für Android": ("ok",),
    "ok\n\n[cid:image001.png@01DC5C00.12345678]": ("ok",),
    "ok\n--\nnicht ok, sondern eine Anfrage, die wir weitergeben müssen.": (
        "ok",
        "nicht ok, sondern eine Anfrage, die wir weitergeben müssen.",
    ),
    "Hello Petra,\nok\nKind regards\nJan": ("ok",),
    "Bonjour,\nok\nCordialement\nJean": ("ok",),
    "Beste Petra,\nok\nMet vriendelijke groet,\nJan": ("ok",),
    "Buongiorno,\nok\nCordiali saluti\nMaria": ("ok",),
    "Dzień dobry,\nok\nPozdrawiam\nMaria": ("ok",),
    "Добрый день!\nok\nС уважением,\nИрина": ("ok",),
    "Добрий день!\nok\nЗ повагою,\nОлена": ("ok",),
    "Merhaba,\nok\nSaygılarımla\nEmre": ("ok",),
    "": (),
}


@pytest.mark.parametrize(("text", "lines"), COURTESIES.items(), ids=COURTESIES)
def test_only_lines_that_carry_meaning_remain(text: str, lines: tuple[str, ...]) -> None:
    assert without_courtesies(text) == lines
