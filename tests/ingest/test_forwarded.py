"""The citizen's mail inside a forward."""

import pytest

from ingest.forwarded import attached, inline
from ingest.message import Address, Forwarded

KARL = Address("Karl Behrend", "karl@example.net")

OUTLOOK = """Bitte erfassen.

Von: Karl Behrend <karl@example.net>
Gesendet: Mittwoch, 11. November 2026 17:45
An: post@jobcenter.example
Betreff: Datenschutz

am Empfang wurde ich gefragt.
"""
THUNDERBIRD = """zur Kenntnis

-------- Weitergeleitete Nachricht --------
Betreff: \tDatenschutz
Datum: \tWed, 11 Nov 2026 17:45:00 +0100
Von: \tKarl Behrend <karl@example.net>
An: \tpost@jobcenter.example

am Empfang wurde ich gefragt.
"""
GMAIL = """---------- Forwarded message ---------
Von: Karl Behrend <karl@example.net>
Date: Mi., 11. Nov. 2026 um 17:45 Uhr
Subject: Datenschutz
To: <post@jobcenter.example>


am Empfang wurde ich gefragt.
"""
APPLE = """> Anfang der weitergeleiteten Nachricht:
>
> Von: Karl Behrend <karl@example.net>
> Betreff: Datenschutz
> Datum: 11. November 2026 um 17:45:00 MEZ
> An: post@jobcenter.example
>
> am Empfang wurde ich gefragt.
"""
GMX = """Gesendet: Mittwoch, 11. November 2026 um 17:45 Uhr
Von: "Karl Behrend" <karl@example.net>
An: post@jobcenter.example
Betreff: Datenschutz
am Empfang wurde ich gefragt.
"""
ENGLISH = """-----Original Message-----
From: Karl Behrend [mailto:karl@example.net]
Sent: Wednesday, November 11, 2026 5:45 PM
To: a@jobcenter.example; b@jobcenter.example;
 c@jobcenter.example
Subject: Datenschutz

am Empfang wurde ich gefragt.
"""
BOLD = """*Von:* Karl Behrend <karl@example.net>
*Gesendet:* Mittwoch, 11. November 2026 17:45
*An:* post@jobcenter.example
*Betreff:* Datenschutz

am Empfang wurde ich gefragt.
"""

FORWARDS = {
    "Outlook": ("WG: Datenschutz", OUTLOOK, "Mittwoch, 11. November 2026 17:45"),
    "Thunderbird": ("Fwd: Datenschutz", THUNDERBIRD, "Wed, 11 Nov 2026 17:45:00 +0100"),
    "Thunderbird without prefix": ("Datenschutz", THUNDERBIRD, "Wed, 11 Nov 2026 17:45:00 +0100"),
    "Gmail": ("Fwd: Datenschutz", GMAIL, "Mi., 11. Nov. 2026 um 17:45 Uhr"),
    "Apple Mail": ("Fwd: Datenschutz", APPLE, "11. November 2026 um 17:45:00 MEZ"),
    "GMX": ("Fw: Datenschutz", GMX, "Mittwoch, 11. November 2026 um 17:45 Uhr"),
    "an older Outlook in English": ("FW: Datenschutz", ENGLISH, "Wednesday, November 11, 2026 5:45 PM"),
    "bold words of a phone": ("WG: Datenschutz", BOLD, "Mittwoch, 11. November 2026 17:45"),
}


@pytest.mark.parametrize(("subject", "text", "sent"), FORWARDS.values(), ids=FORWARDS.keys())
def test_the_mail_inside_is_found(subject: str, text: str, sent: str) -> None:
    assert inline(subject, text) == Forwarded(KARL, sent, "am Empfang wurde ich gefragt.")


def test_a_name_without_address_is_kept() -> None:
    found = inline("WG: x", "Von: Kröger, Thomas\nGesendet: heute\n\nText")
    assert found is not None
    assert found.sender == Address("Kröger, Thomas", "")


NONE = {
    "a first mail with a copied head": ("Beschwerde", OUTLOOK),
    "a reply that quotes a mail": ("AW: Datenschutz", OUTLOOK),
    "a reply that quotes a forward": ("AW: WG: Datenschutz", THUNDERBIRD),
    "a forwarding subject without a mail": ("WG: Datenschutz", "Siehe unten.\nVon: wem?\n"),
    "one labelled line": ("WG: x", "Betreff: Miete\nich warte"),
    "nothing": ("WG: x", ""),
}


@pytest.mark.parametrize(("subject", "text"), NONE.values(), ids=NONE.keys())
def test_without_a_sign_of_forwarding_there_is_none(subject: str, text: str) -> None:
    assert inline(subject, text) is None


def test_a_false_start_does_not_hide_the_mail() -> None:
    found = inline("WG: x", "Betreff: siehe unten\n\n" + OUTLOOK)
    assert found is not None
    assert found.sender == KARL


ATTACHED = {
    "with a forwarding subject": ("WG: x", "Bitte erfassen. " * 50, True),
    "with hardly a word": ("Datenschutz", "z. K.", True),
    "with a letter of one's own": ("Beschwerde", "Ich beschwere mich. " * 50, False),
    "to a reply": ("AW: x", "anbei", False),
}


@pytest.mark.parametrize(("subject", "text", "counts"), ATTACHED.values(), ids=ATTACHED.keys())
def test_an_attached_mail_counts(subject: str, text: str, counts: bool) -> None:
    found = attached(subject, text, KARL, "heute", "Inneres")
    assert found == (Forwarded(KARL, "heute", "Inneres") if counts else None)
