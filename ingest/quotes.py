"""Data: how mail programs mark quoted mail.

One row is one form: who writes it, in which language, the pattern and an example line that it matches.
Patterns are bounded so that they stay linear; they are tried on single lines (attributions: on up to
three joined lines), never on a whole mail. Nothing in here decides anything; cutting.py does. What only a forward has
is in forward_marks.py.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sign:
    """A form of quoting or signing; `pattern` matches `example`."""

    client: str
    language: str
    pattern: str
    example: str


@dataclass(frozen=True, slots=True)
class Headers:
    """The words of a quoted header block in one language, and one such block on one line."""

    language: str
    sender: tuple[str, ...]
    sent: tuple[str, ...]
    recipient: tuple[str, ...]
    subject: tuple[str, ...]
    example: str


def any_of(signs: tuple[Sign, ...]) -> str:
    """All rows of a table as one group."""
    return "(?:" + "|".join(f"(?:{sign.pattern})" for sign in signs) + ")"


_GAP = r"[\s>|*]{1,24}"
OUR_WORDS = re.compile(_GAP.join(("bitte", "oberhalb", "dieser", "zeile", "antworten")), re.IGNORECASE)

QUOTED = re.compile(r"\s{0,3}>")
RULE = re.compile(r"\s{0,3}[-_=*–—]{3,200}\s{0,3}")
CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d\d(?!\d)")
ADDRESS = re.compile(r"(?<![^\s<\[(:\"'])[^\s@<>\[\]()\"':]{1,64}@[^\s@<>\[\]()\"':]{2,120}")

# An attribution line counts if it names a clock time or an address, or if only quoted text follows it.
ATTRIBUTIONS = (
    Sign(
        "Gmail, Apple Mail, Thunderbird, K-9, GMX app",
        "de",
        r"Am .{4,180} schrieb .{1,180}:",
        "Am Mo., 23. Nov. 2026 um 10:12 Uhr schrieb Kundenreaktionen <krm@jobcenter.example>:",
    ),
    Sign(
        "Yahoo",
        "de",
        r"Am .{4,180} Folgendes geschrieben:",
        "Am Montag, 23. November 2026 um 10:12:13 MEZ hat KRM <krm@jobcenter.example> Folgendes geschrieben:",
    ),
    Sign(
        "Open-Xchange",
        "de",
        r"\S.{0,120} hat am \d.{4,40} geschrieben:",
        "KRM <krm@jobcenter.example> hat am 23.11.2026 10:12 CET geschrieben:",
    ),
    Sign("Notes", "de", r"\S.{0,120} schrieb am .{4,50}:", "Petra Meier/KRM/JC schrieb am 23.11.2026 10:12:13:"),
    Sign("Gnus, Mutt", "de", r"\S.{0,100}<\S{3,120}> schrieb:", "Petra Meier <p.meier@jobcenter.example> schrieb:"),
    Sign(
        "Gmail, Apple Mail, Thunderbird",
        "en",
        r"On .{4,300} wrote:",
        "On Mon, Nov 23, 2026 at 10:12 AM KRM <krm@jobcenter.example> wrote:",
    ),
    Sign("Notes", "en", r"\S.{0,120} wrote on .{4,50}:", "Petra Meier/KRM/JC wrote on 23/11/2026 10:12:13:"),
    Sign("Gnus, Mutt", "en", r"\S.{0,100}<\S{3,120}> wrote:", "Petra Meier <p.meier@jobcenter.example> wrote:"),
    Sign(
        "Gmail, Apple Mail, Thunderbird",
        "fr",
        r"Le .{4,300} a écrit ?:",
        "Le lun. 23 nov. 2026 à 10:12, KRM <krm@jobcenter.example> a écrit :",
    ),
    Sign(
        "Gmail, Apple Mail, Thunderbird",
        "nl",
        r"Op .{4,180} (?:schreef .{1,180}|het volgende geschreven):",
        "Op ma 23 nov 2026 om 10:12 schreef KRM <krm@jobcenter.example>:",
    ),
    Sign(
        "Gmail, Apple Mail, Thunderbird",
        "it",
        r"Il (?:giorno )?.{4,300} ha scritto ?:",
        "Il giorno lun 23 nov 2026 alle ore 10:12 KRM <krm@jobcenter.example> ha scritto:",
    ),
    Sign(
        "Thunderbird, Onet, WP",
        "pl",
        r"(?:W dniu|Dnia) .{4,300} (?:napisał(?:\(a\)|a)?|pisze):",
        "W dniu 23.11.2026 o 10:12, KRM pisze:",
    ),
    Sign(
        "Gmail",
        "pl",
        r"(?:pon|wt|śr|czw|pt|sob|niedz)\.?, \d.{4,300} napisał(?:\(a\)|a)?:",
        "pon., 23 lis 2026 o 10:12 KRM <krm@jobcenter.example> napisał(a):",
    ),
    Sign(
        "Apple Mail",
        "pl",
        r"Wiadomość napisana przez .{4,300}:",
        "Wiadomość napisana przez KRM <krm@jobcenter.example> w dniu 23.11.2026, o godz. 10:12:",
    ),
    Sign(
        "Thunderbird", "ru", r"(?:\w{2,11}, )?\d.{4,300} (?:пишет|написал(?:\(а\)|а)?):", "23.11.2026 10:12, KRM пишет:"
    ),
    Sign(
        "Gmail, Yandex, Mail.ru",
        "ru",
        r"(?:\w{2,11}, )?\d{1,2}[ .].{4,60}\d:\d\d.{1,120}<\s?\S{3,120}>:",
        "пн, 23 нояб. 2026 г. в 10:12, KRM <krm@jobcenter.example>:",
    ),
    Sign(
        "Gmail, Thunderbird, Apple Mail",
        "uk",
        r"(?:\w{2,11}, )?\d.{4,300} (?:пише|написав(?:\(-ла\)|\(ла\))?|написала):",
        "пн, 23 лист. 2026 р. о 10:12 KRM <krm@jobcenter.example> пише:",
    ),
    Sign(
        "Gmail",
        "tr",
        r"\S.{0,120}@.{1,120}\d.{4,60} tarihinde şun(?:u|ları) yazdı:",
        "KRM <krm@jobcenter.example>, 23 Kas 2026 Pzt, 10:12 tarihinde şunu yazdı:",
    ),
    Sign("Thunderbird", "tr", r"\d.{4,60} tarihinde .{1,180} yazdı:", "23.11.2026 10:12 tarihinde KRM yazdı:"),
    Sign(
        "Apple Mail",
        "tr",
        r"\S.{0,160} şun(?:u|ları) yazdı \(.{4,60}\):",
        "KRM <krm@jobcenter.example> şunları yazdı (23 Kas 2026 10:12):",
    ),
)

# Words by which a person tells what somebody wrote; no program writes them into an attribution line.
TELLING = re.compile(
    r"\b(?:mir|mich|uns|ich|wir|man|to me|to us|I wrote|m'a|nous a|mij|ons|ik|mi ha|ci ha|do mnie|mi|mnie"
    r"|мне|нам|мені|bana|bize)\b"
)
HONORIFIC = re.compile(r"\b(?:Frau|Herrn?|Mrs?|Ms|Mme|Mevrouw|Pani?|der|die|das|Ihre?|the|your)\b")

SEPARATORS = (
    Sign(
        "Outlook, Samsung, GMX",
        "de",
        r"-{3,20} ?(?:Ursprüngliche|Original)[- ]?Nachricht ?-{3,20}",
        "-----Ursprüngliche Nachricht-----",
    ),
    Sign("T-Online", "de", r"-{3,20} ?Originalnachricht ?-{3,20}", "-----Originalnachricht-----"),
    Sign("Notes", "de", r"-{3,20} ?\S.{0,120} schrieb ?: ?-{3,20}", "-----Petra Meier/KRM/JC schrieb: -----"),
    Sign("Notes", "en", r"-{3,20} ?\S.{0,120} wrote ?: ?-{3,20}", "-----Petra Meier/KRM/JC wrote: -----"),
    Sign("Outlook, Samsung", "en", r"-{3,20} ?Original [Mm]essage ?-{3,20}", "-------- Original message --------"),
    Sign("Outlook, Samsung", "fr", r"-{3,20} ?Message d['’]origine ?-{3,20}", "-----Message d'origine-----"),
    Sign("Outlook, Samsung", "nl", r"-{3,20} ?Oorspronkelijk bericht ?-{3,20}", "-----Oorspronkelijk bericht-----"),
    Sign("Outlook, Samsung", "it", r"-{3,20} ?Messaggio originale ?-{3,20}", "-----Messaggio originale-----"),
    Sign(
        "Outlook, Samsung",
        "pl",
        r"-{3,20} ?(?:Oryginalna wiadomość|Wiadomość oryginalna) ?-{3,20}",
        "-------- Oryginalna wiadomość --------",
    ),
    Sign("Outlook, Samsung", "ru", r"-{3,20} ?Исходное сообщение ?-{3,20}", "-------- Исходное сообщение --------"),
    Sign(
        "Outlook, Samsung",
        "uk",
        r"-{3,20} ?(?:Вихідне|Початкове|Оригінальне) повідомлення ?-{3,20}",
        "-------- Вихідне повідомлення --------",
    ),
    Sign(
        "Outlook, Samsung", "tr", r"-{3,20} ?(?:Özgün|Orijinal) (?:İleti|ileti|mesaj) ?-{3,20}", "-----Özgün İleti-----"
    ),
)

# A header block counts if it has sender, time sent (with a clock) and recipient or subject in one language.
HEADERS = (
    Headers(
        "de",
        ("Von", "Absender"),
        ("Gesendet", "Gesendet am", "Datum"),
        ("An", "Empfänger"),
        ("Betreff", "Thema"),
        "Gesendet: Montag, 23. November 2026 um 10:12 Uhr Von: KRM An: P. Meier Betreff: E-7K2F",
    ),
    Headers(
        "en",
        ("From",),
        ("Sent", "Date"),
        ("To",),
        ("Subject",),
        "From: KRM Sent: Monday, 23 November 2026 10:12 To: P Subject: E",
    ),
    Headers(
        "fr",
        ("De",),
        ("Envoyé", "Date"),
        ("À", "A"),
        ("Objet",),
        "De : KRM Envoyé : lundi 23 novembre 2026 10:12 À : P Objet : E",
    ),
    Headers(
        "nl",
        ("Van",),
        ("Verzonden", "Datum"),
        ("Aan",),
        ("Onderwerp",),
        "Van: KRM Verzonden: maandag 23 november 2026 10:12 Aan: P",
    ),
    Headers(
        "it",
        ("Da",),
        ("Inviato", "Data"),
        ("A",),
        ("Oggetto",),
        "Da: KRM Inviato: lunedì 23 novembre 2026 10:12 A: P Oggetto: E",
    ),
    Headers(
        "pl",
        ("Od",),
        ("Wysłano", "Wysłane", "Data"),
        ("Do",),
        ("Temat",),
        "Od: KRM Wysłano: 23 listopada 2026 10:12 Do: P Temat: E",
    ),
    Headers(
        "ru",
        ("От",),
        ("Отправлено", "Дата"),
        ("Кому",),
        ("Тема",),
        "От: KRM Отправлено: 23 ноября 2026 г. 10:12 Кому: P Тема: E",
    ),
    Headers(
        "uk",
        ("Від",),
        ("Надіслано", "Дата"),
        ("Кому",),
        ("Тема",),
        "Від: KRM Надіслано: 23 листопада 2026 р. 10:12 Кому: P Тема: E",
    ),
    Headers(
        "tr",
        ("Kimden", "Gönderen"),
        ("Gönderme", "Gönderildi", "Gönderme Tarihi", "Tarih"),
        ("Kime",),
        ("Konu",),
        "Kimden: KRM Gönderme: 23 Kasım 2026 Pazartesi 10:12 Kime: P Konu: E",
    ),
)
