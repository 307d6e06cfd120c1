"""The citizen's mail inside a forward."""

import pytest

from ingest.forwarded import MAX_DEPTH, attaches, citizen, inline
from ingest.message import Address

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
    found = inline(subject, text)
    assert found is not None
    assert (found.sender, found.date, found.text) == (KARL, sent, "am Empfang wurde ich gefragt.")


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
    assert attaches(subject, text) is counts


def test_a_long_signature_beside_an_attached_mail_is_no_letter() -> None:
    signature = "Jobcenter Musterstadt\nAm Ring 1, 12345 Musterstadt\nTelefon: 0381 1234-567\n" * 6
    assert attaches("Beschwerde Behrend", "z. K.\n\n-- \nSabine Lorenz\n" + signature)


def test_subject_and_own_words_above_are_kept_apart() -> None:
    found = inline("WG: Datenschutz", OUTLOOK)
    assert found is not None
    assert (found.subject, found.above) == ("Datenschutz", "Bitte erfassen.")


LORENZ = Address("Lorenz, Sabine", "s.lorenz@jobcenter.example")
FROM_LORENZ = "Von: Lorenz, Sabine <s.lorenz@jobcenter.example>\nGesendet: heute 8:00\nAn: T. Kröger\nBetreff: {}\n\n"
THREE = "Für Sie.\n\nVon: Kröger, Thomas\nGesendet: heute\nAn: KRM\nBetreff: WG: WG: Datenschutz\n\nSiehe unten.\n\n"


def of_house(sender: Address) -> bool:
    return sender.address.endswith("@jobcenter.example") or sender.name == "Kröger, Thomas"


CHAINS = {
    "forwarded once more": ("WG: WG: Datenschutz", FROM_LORENZ.format("WG: Datenschutz") + OUTLOOK, [LORENZ, KARL]),
    "three times": (
        "WG: Datenschutz",
        THREE + FROM_LORENZ.format("WG: Datenschutz") + OUTLOOK,
        [Address("Kröger, Thomas", ""), LORENZ, KARL],
    ),
    "by programs of three makers": (
        "Fwd: Datenschutz",
        THUNDERBIRD.replace("Karl Behrend <karl@example.net>", "Sabine Lorenz <s.lorenz@jobcenter.example>").replace(
            "am Empfang wurde ich gefragt.", GMX
        ),
        [Address("Sabine Lorenz", LORENZ.address), KARL],
    ),
    "quoted in a quote": (
        "Fwd: Datenschutz",
        "> Begin forwarded message:\n>\n> From: Sabine Lorenz <s.lorenz@jobcenter.example>\n"
        "> Subject: Fwd: Datenschutz\n"
        "> Date: 12. November 2026\n>\n" + "".join(f"> {line}\n" for line in APPLE.splitlines()),
        [Address("Sabine Lorenz", LORENZ.address), KARL],
    ),
    "a colleague's answer to the citizen": (
        "WG: AW: Datenschutz",
        FROM_LORENZ.format("AW: Datenschutz") + OUTLOOK.replace("Bitte erfassen.", "Ich sehe nach."),
        [LORENZ, KARL],
    ),
}


@pytest.mark.parametrize(("subject", "text", "senders"), CHAINS.values(), ids=CHAINS.keys())
def test_in_a_forward_of_a_forward_the_first_who_is_not_of_the_house_counts(
    subject: str, text: str, senders: list[Address]
) -> None:
    found = inline(subject, text)
    assert found is not None
    assert [mail.sender for mail in (found, *found.deeper)] == senders
    assert all(mail.deeper == () for mail in found.deeper)
    assert citizen(found, of_house).sender == KARL
    assert citizen(found, of_house).text == "am Empfang wurde ich gefragt."


def test_what_a_citizen_passes_on_stays_inside_the_citizens_mail() -> None:
    landlord = "Von: Vermieter <v@example.com>\nGesendet: gestern\nBetreff: Kündigung\n\nSie müssen raus.\n"
    found = inline("WG: WG: Kündigung", OUTLOOK.replace("Datenschutz", "WG: Kündigung") + "\n" + landlord)
    assert found is not None
    assert citizen(found, of_house).sender == KARL
    assert "Sie müssen raus." in citizen(found, of_house).text


def test_where_all_are_of_the_house_the_innermost_counts() -> None:
    found = inline("WG: x", THREE + FROM_LORENZ.format("x") + "Text")
    assert found is not None
    assert citizen(found, of_house).sender == LORENZ


def test_a_forward_a_hundred_times_over_is_read_to_a_bounded_depth() -> None:
    found = inline("WG: x", FROM_LORENZ.format("WG: x") * 100)
    assert found is not None
    assert len((found, *found.deeper)) == MAX_DEPTH


JUNK = {
    "dashes": "-" * 1_000_000,
    "labels": "Von: a\n" * 150_000,
    "one line": "Von: " + "a" * 1_000_000,
    "marks": "-------- Weitergeleitete Nachricht --------\n" * 20_000,
    "brackets": "Von: " + "<mailto:" * 120_000 + "\nBetreff: x\n",
    "quotes": ">" * 1_000_000,
}


@pytest.mark.parametrize("text", JUNK.values(), ids=JUNK.keys())
def test_a_megabyte_of_junk_is_looked_through_and_no_mail(text: str) -> None:
    found = inline("WG: x", text)
    assert found is None or "@" not in found.sender.address
