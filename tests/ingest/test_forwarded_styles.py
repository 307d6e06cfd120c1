"""A forward in the style of each mail program people here use, as its text arrives."""

import re

import pytest

from ingest.forward_marks import FORWARD_ENDS, FORWARDS
from ingest.forwarded import inline
from ingest.message import Address
from ingest.quotes import Sign, any_of

KARL = Address("Karl Behrend", "karl@example.net")
WORDS = "Guten Tag,\n\nam Empfang wurde ich gefragt.\n\nKarl Behrend"

TEXTS = {
    "Outlook 2010": (
        "Bitte erfassen.\n\n-----Ursprüngliche Nachricht-----\nVon: Karl Behrend [mailto:karl@example.net]\n"
        "Gesendet: Mittwoch, 11. November 2026 17:45\nAn: Poststelle\nBetreff: Datenschutz\nWichtigkeit: Hoch\n\n{}\n"
    ),
    "Outlook 365": (
        "Bitte erfassen.\n\nVon: Karl Behrend <karl@example.net>\nGesendet: Mittwoch, 11. November 2026 17:45\n"
        "An: Poststelle <post@jobcenter.example>; Lorenz, Sabine\n <s.lorenz@jobcenter.example>\n"
        "Cc: Petra Voss <petra@example.org>\nBetreff: Datenschutz\nAnlagen: Bescheid.pdf\n"
        "Vertraulichkeit: Privat\n\n{}\n"
    ),
    "Outlook 365, links written out": (
        "Bitte erfassen.\n\nVon: Karl Behrend <karl@example.net<mailto:karl@example.net>>\n"
        "Gesendet: Mittwoch, 11. November 2026 17:45\n"
        "An: post@jobcenter.example<mailto:post@jobcenter.example>\nBetreff: Datenschutz\n\n{}\n"
    ),
    "Outlook on the web": (
        "Bitte erfassen.\n________________________________\nVon: Karl Behrend <karl@example.net>\n"
        "Gesendet: Mittwoch, 11. November 2026 17:45\nAn: Poststelle <post@jobcenter.example>\n"
        "Betreff: Datenschutz\n\n{}\n"
    ),
    "Outlook for iOS": (
        "Bitte erfassen.\n\nOutlook für iOS<https://aka.ms/o0ukef> beziehen\n________________________________\n"
        "Von: Karl Behrend <karl@example.net>\nGesendet: Wednesday, November 11, 2026 5:45:12 PM\n"
        "An: post@jobcenter.example <post@jobcenter.example>\nBetreff: Datenschutz\n\n{}\n"
    ),
    "Outlook for Mac": (
        "Bitte erfassen.\n\nVon: Karl Behrend <karl@example.net>\nDatum: Mittwoch, 11. November 2026 um 17:45\n"
        "An: Poststelle <post@jobcenter.example>\nBetreff: Datenschutz\n{}\n"
    ),
    "Exchange in English": (
        "Bitte erfassen.\n\nFrom: Karl Behrend <karl@example.net>\nSent: Wednesday, 11 November 2026 17:45\n"
        "To: Poststelle\nCc: Petra Voss\nSubject: Datenschutz\nImportance: High\nSensitivity: Private\n\n{}\n"
    ),
    "Outlook on behalf of another": (
        "Bitte erfassen.\n\nVon: formular@stadt.example <formular@stadt.example> Im Auftrag von Karl Behrend\n"
        " <karl@example.net>\nGesendet: Mittwoch, 11. November 2026 17:45\nAn: KRM\nBetreff: Datenschutz\n\n{}\n"
    ).replace("Behrend\n <", "Behrend <"),
    "Thunderbird": (
        "Bitte erfassen.\n\n-------- Weitergeleitete Nachricht --------\nBetreff: \tDatenschutz\n"
        "Datum: \tWed, 11 Nov 2026 17:45:00 +0100\nVon: \tKarl Behrend <karl@example.net>\n"
        "Antwort an: \tkarl@example.com\nOrganisation: \tprivat\nAn: \tpost@jobcenter.example\n"
        "Kopie (CC): \tpetra@example.org\n\n{}\n"
    ),
    "Thunderbird in English": (
        "Bitte erfassen.\n\n-------- Forwarded Message --------\nSubject: \tDatenschutz\n"
        "Date: \tWed, 11 Nov 2026 17:45:00 +0100\nFrom: \tKarl Behrend <karl@example.net>\n"
        "To: \tpost@jobcenter.example\n\n{}\n"
    ),
    "Apple Mail": (
        "Bitte erfassen.\n\n> Anfang der weitergeleiteten Nachricht:\n> \n> Von: Karl Behrend <karl@example.net>\n"
        "> Betreff: Datenschutz\n> Datum: 11. November 2026 um 17:45:00 MEZ\n> An: post@jobcenter.example\n"
        "> Kopie: petra@example.org\n> Antwort an: karl@example.com\n> \n{}\n"
    ),
    "iOS": (
        "Bitte erfassen.\n\nVon meinem iPhone gesendet\n\nAnfang der weitergeleiteten Nachricht:\n\n"
        "> Von: Karl Behrend <karl@example.net>\n> Datum: 11. November 2026 um 17:45:00 MEZ\n"
        "> An: post@jobcenter.example\n> Betreff: Datenschutz\n> \n{}\n"
    ),
    "iOS in English": (
        "Bitte erfassen.\n\nSent from my iPhone\n\nBegin forwarded message:\n\n"
        "> From: Karl Behrend <karl@example.net>\n"
        "> Date: 11 November 2026 at 17:45:00 CET\n> To: post@jobcenter.example\n> Subject: Datenschutz\n> \n{}\n"
    ),
    "Gmail": (
        "Bitte erfassen.\n\n---------- Forwarded message ---------\nVon: Karl Behrend <karl@example.net>\n"
        "Date: Mi., 11. Nov. 2026 um 17:45 Uhr\nSubject: Datenschutz\nTo: <post@jobcenter.example>\n\n\n{}\n"
    ),
    "Gmail, bold name": (
        "Bitte erfassen.\n\n---------- Forwarded message ---------\nFrom: *Karl Behrend* <karl@example.net>\n"
        "Date: Wed, Nov 11, 2026 at 5:45 PM\nSubject: Datenschutz\nTo: <post@jobcenter.example>\n\n\n{}\n"
    ),
    "Notes": (
        "Bitte erfassen.\n----- Weitergeleitet von Sabine Lorenz/KRM/JC am 12.11.2026 09:14 -----\n\n"
        "Von:        Karl Behrend <karl@example.net>\nAn:        post@jobcenter.example\n"
        "Kopie:        \nDatum:        11.11.2026 17:45\nBetreff:        Datenschutz\n"
        "Gesendet von:        x@example.net\n\n{}\n"
    ),
    "Notes 6, long line": (
        "Bitte erfassen.\n"
        "---------------------- Weitergeleitet von Sabine Lorenz/Beschwerdestelle/KRM/Jobcenter/DE am\n"
        "12.11.2026 09:14 ---------------------------\n\nVon:\tKarl Behrend <karl@example.net>\n"
        "An:\tpost@jobcenter.example\n"
        "Datum:\t11.11.2026 17:45\nBetreff:\tDatenschutz\n\n{}\n"
    ),
    "Notes in English": (
        "Bitte erfassen.\n----- Forwarded by Sabine Lorenz/KRM/JC on 12/11/2026 09:14 -----\n\n"
        "From:        Karl Behrend <karl@example.net>\nTo:        post@jobcenter.example\n"
        "Date:        11/11/2026 17:45\nSubject:        Datenschutz\n\n{}\n"
    ),
    "GMX and Web.de": (
        "Bitte erfassen.\n \n\nGesendet: Mittwoch, 11. November 2026 um 17:45 Uhr\n"
        'Von: "Karl Behrend" <karl@example.net>\nAn: post@jobcenter.example\nBetreff: Datenschutz\n{}\n'
    ),
    "GMX and Web.de on a phone": (
        "Bitte erfassen.\n-- \nDiese Nachricht wurde von meinem Android Mobiltelefon mit GMX Mail gesendet.\n\n"
        "-------- Ursprüngliche Nachricht --------\nVon: Karl Behrend <karl@example.net>\n"
        "Datum: 11.11.26, 17:45\nAn: post@jobcenter.example\nBetreff: Datenschutz\n\n{}\n"
    ),
    "T-Online": (
        "Bitte erfassen.\n\n-----Originalnachricht-----\nBetreff: Datenschutz\nDatum: 2026-11-11T17:45:00+0100\n"
        'Von: "Karl Behrend" <karl@example.net>\nAn: "post@jobcenter.example" <post@jobcenter.example>\n\n{}\n'
    ),
    "Roundcube": (
        "Bitte erfassen.\n\n-------- Originalnachricht --------\nBetreff: Datenschutz\nDatum: 11.11.2026 17:45\n"
        "Von: Karl Behrend <karl@example.net>\nAn: post@jobcenter.example\nKopie: petra@example.org\n\n{}\n"
    ),
    "SOGo": (
        "Bitte erfassen.\n\n-------- Original-Nachricht --------\nBetreff: Datenschutz\n"
        "Datum: Mittwoch, November 11, 2026 17:45 CET\nVon: Karl Behrend <karl@example.net>\n"
        "An: post@jobcenter.example\n\n\n\n{}\n"
    ),
    "Samsung": (
        "Bitte erfassen.\nVon meinem Galaxy gesendet\n\n-------- Ursprüngliche Nachricht --------\n"
        "Von: Karl Behrend <karl@example.net> \nDatum: 11.11.26  17:45  (GMT+01:00) \n"
        "An: post@jobcenter.example \nBetreff: Datenschutz \n\n{}\n"
    ),
    "Open-Xchange": (
        "Bitte erfassen.\n\n---------- Ursprüngliche Nachricht ----------\nVon: Karl Behrend <karl@example.net>\n"
        "An: post@jobcenter.example\nDatum: 11.11.2026 17:45 CET\nBetreff: Datenschutz\n\n\n{}\n"
    ),
    "Zimbra": (
        "Bitte erfassen.\n\n----- Weitergeleitete Nachricht -----\nVon: Karl Behrend <karl@example.net>\n"
        "An: post@jobcenter.example\nGesendet: Mittwoch, 11. November 2026 17:45:00\nBetreff: Datenschutz\n\n{}\n"
    ),
    "eM Client": (
        'Bitte erfassen.\n\n------ Weitergeleitete Nachricht ------\nVon: "Karl Behrend" <karl@example.net>\n'
        "An: post@jobcenter.example\nDatum: 11.11.2026 17:45:00\nBetreff: Datenschutz\n\n{}\n"
    ),
    "KMail": (
        "Bitte erfassen.\n\n----------  Weitergeleitete Nachricht  ----------\n\nBetreff: Datenschutz\n"
        "Datum: Mittwoch, 11. November 2026, 17:45:00 CET\nVon: Karl Behrend <karl@example.net>\n"
        "An: post@jobcenter.example\n\n{}\n"
    ),
    "Horde": (
        "Bitte erfassen.\n\n----- Weitergeleitete Nachricht von karl@example.net -----\n"
        "   Datum: Wed, 11 Nov 2026 17:45:00 +0100\n     Von: Karl Behrend <karl@example.net>\n"
        " Betreff: Datenschutz\n      An: post@jobcenter.example\n\n{}\n\n"
        "----- Ende der weitergeleiteten Nachricht -----\n"
    ),
    "Mutt": (
        "Bitte erfassen.\n\n----- Forwarded message from Karl Behrend <karl@example.net> -----\n\n"
        "Date: Wed, 11 Nov 2026 17:45:00 +0100\nFrom: Karl Behrend <karl@example.net>\nTo: post@jobcenter.example\n"
        "Subject: Datenschutz\n\n{}\n\n----- End forwarded message -----\n\nLorenz\n"
    ),
    "an address wrapped into the next line": (
        "Bitte erfassen.\n\n-------- Weitergeleitete Nachricht --------\nVon: Karl Behrend\n<karl@example.net>\n"
        "Datum: 11.11.2026 17:45\nBetreff: Datenschutz\n\n{}\n"
    ),
}
QUOTED = {"Apple Mail", "iOS", "iOS in English"}


def letter(style: str) -> str:
    return TEXTS[style].format("\n".join(f"> {line}" for line in WORDS.split("\n")) if style in QUOTED else WORDS)


@pytest.mark.parametrize("style", TEXTS)
def test_the_citizens_mail_is_found(style: str) -> None:
    found = inline("WG: Datenschutz", letter(style))
    assert found is not None
    assert (found.sender, found.subject, found.text) == (KARL, "Datenschutz", WORDS)
    assert "11" in found.date
    assert found.above.startswith("Bitte erfassen.")
    assert "____" not in found.above
    assert found.deeper == ()


MARKED = [style for style in TEXTS if any(sign in TEXTS[style] for sign in ("eitergeleitet", "orwarded"))]


@pytest.mark.parametrize("style", MARKED)
def test_a_line_that_only_forwards_have_makes_up_for_a_changed_subject(style: str) -> None:
    found = inline("Beschwerde Behrend", letter(style))
    assert found is not None
    assert found.sender == KARL


SENDERS = {
    "Behrend, Karl <Karl@Example.net>": Address("Behrend, Karl", "karl@example.net"),
    '"Behrend, Karl" <karl@example.net>': Address("Behrend, Karl", "karl@example.net"),
    "karl@example.net": Address("", "karl@example.net"),
    "<karl@example.net>": Address("", "karl@example.net"),
    "karl@example.net <karl@example.net>": Address("", "karl@example.net"),
    "karl@example.net [mailto:karl@example.net]": Address("", "karl@example.net"),
    "mailto:karl@example.net": Address("", "karl@example.net"),
    "Karl Behrend (karl@example.net)": KARL,
    "Karl Behrend <mailto:karl@example.net>": KARL,
    "'Karl Behrend' <karl@example.net>": KARL,
    "Karl Behrend <karl@example.net>; Petra <petra@example.org>": KARL,
    "Karl <@> Behrend": Address("Karl <@> Behrend", ""),
    "Sabine Lorenz/KRM/JC@JC": Address("Sabine Lorenz/KRM/JC@JC", ""),
    "Kröger, Thomas": Address("Kröger, Thomas", ""),
}


@pytest.mark.parametrize(("written", "expected"), SENDERS.items(), ids=SENDERS.keys())
def test_a_sender_is_read_as_programs_write_it(written: str, expected: Address) -> None:
    found = inline("WG: x", f"Von: {written}\nGesendet: heute\n\nText")
    assert found is not None
    assert found.sender == expected


def test_a_letter_that_begins_with_its_own_subject_keeps_it() -> None:
    found = inline("WG: x", "Von: karl@example.net\nGesendet: heute\nBetreff: x\nBetreff: Mein Antrag\n\nText")
    assert found is not None
    assert found.text == "Betreff: Mein Antrag\n\nText"


@pytest.mark.parametrize("sign", [*FORWARDS, *FORWARD_ENDS], ids=lambda sign: f"{sign.client} {sign.language}")
def test_every_sign_matches_its_example(sign: Sign) -> None:
    assert re.fullmatch(any_of((sign,)), sign.example)
