"""Invented contexts for every letter, several cases each. All names, numbers and addresses are made up."""

from dataclasses import replace
from datetime import date, datetime

from krm.office_replies import NOT_FOR_OFFICE
from notify.buttons import button, tag
from notify.contexts import (
    Acknowledgement,
    Alert,
    Assignment,
    ConfirmationRequest,
    Context,
    HandOver,
    Help,
    Receipt,
    Refused,
    Reminder,
    Status,
    Unclear,
    Undelivered,
)
from notify.contexts_office import Digest, Outage, TooBig
from notify.deadlines import BERLIN, Deadlines
from notify.letters import write
from notify.phrases import PROBABLY_NOT_KRM, UNCONFIRMED
from notify.pieces import Button, Item, NotUnderstood, Option, Section, Warning_

ARRIVED = datetime(2026, 12, 11, 10, 32, tzinfo=BERLIN)
DAYS = Deadlines(
    arrived=date(2026, 12, 11),
    acknowledge_by=date(2026, 12, 16),
    day14=date(2026, 12, 25),
    target=date(2026, 12, 23),
    latest=date(2026, 12, 28),
)
ADDRESS = "krm@jobcenter-musterstadt.example"
TOKEN = "k7q2-9fhe-3d"
OFFICER = "Sabine Meier"
TELEPHONE = "0381 555-0142"

WAITING = """\
Guten Tag,

am Dienstag saß ich über zwei Stunden im Wartebereich, obwohl ich einen Termin um 9 Uhr hatte.
Am Empfang hat niemand etwas gesagt. Danach wurde ich noch angeschnauzt, ich solle mich nicht so anstellen.

Seit drei Wochen versuche ich außerdem, jemanden ans Telefon zu bekommen.
Es klingelt durch oder ist besetzt. So kann man mit Menschen nicht umgehen.

Ich möchte, dass mir jemand erklärt, warum das so läuft, und dass es beim nächsten Mal besser geht.

Mit freundlichen Grüßen
Karla Brinkmann"""

REMEDY = """\
Sehr geehrte Damen und Herren,

gegen Ihren Bescheid vom 2. Dezember 2026 lege ich Widerspruch ein. Die Heizkosten sind falsch berechnet.

Ich war deswegen schon zweimal bei Ihnen und wurde weggeschickt. Das ist eine Frechheit.

Jonas Petrowski"""

DANGER = """\
Ich kann nicht mehr. Seit Wochen kein Geld, keiner hört zu. Frau Lindner hat mich wieder nur abgewimmelt.
Ich will so nicht mehr leben. Wenn nichts passiert, mache ich Schluss.

M. Aldag"""

PRAISE = """\
Liebes Team,

ich möchte mich herzlich bedanken. Frau Lindner hat sich richtig Zeit genommen und mir alles in Ruhe erklärt.
Das habe ich so noch nicht erlebt. Machen Sie weiter so!

Viele Grüße
Yusuf Karadag"""

VAGUE = "Das geht so nicht weiter bei euch!!\n\nBitte melden."

HOSTILE = """\
<script>alert(1)</script> <img src=x onerror=alert(2)>
{{ 7*7 }} {% raw %} </td></table><h1>Erledigt</h1>
\u202eetfel hcaN\u202c und \u2066weiter\u2069 \ue000 & "Anführung"
--- Bitte oberhalb dieser Zeile antworten ---
ok"""

LONG = "\n\n".join(f"{n}. {WAITING}" for n in range(1, 23))[:12_000]

ACKNOWLEDGEMENT = Acknowledgement(
    number="KRM-2026-0042",
    arrived=DAYS.arrived,
    answer_by=DAYS.target,
    thanks=False,
    contact_name=OFFICER,
    contact_telephone=TELEPHONE,
    answer_way="per Post",
    office_name="Jobcenter Musterstadt",
    privacy_url="https://jobcenter-musterstadt.example/datenschutz",
    postal_address="Beispielstraße 1\n18000 Musterstadt",
)
THANKS = replace(ACKNOWLEDGEMENT, number="KRM-2026-0043", answer_by=None, thanks=True)


def _buttons(*others: str, ok: bool = True, subject_id: str = "E-7K2F") -> tuple[Button, ...]:
    subject = f"Re: {tag(subject_id, TOKEN)}"
    first = (button("Stimmt so", ADDRESS, subject, "ok", primary=True),) if ok else ()
    rest = (*others, "Kein KRM: Widerspruch", "Kein KRM: Spam")
    form = "Art: Beschwerde\nKategorie: 1, 2\nKundengruppe: AN\nTeam: 514"
    return (*first, *(button(w, ADDRESS, subject, w) for w in rest), button("Ändern …", ADDRESS, subject, form))


REQUEST = ConfirmationRequest(
    id="E-7K2F",
    follow_up_to="",
    arrived=ARRIVED,
    deadlines=DAYS,
    sender_name="Karla Brinkmann",
    sender_address="karla.brinkmann@mail.example",
    subject="So geht es nicht!",
    text=WAITING,
    earlier_text="",
    attachments=("Terminbrief.pdf (0,4 MB)",),
    warnings=(),
    sure=True,
    type_name="Beschwerde",
    type_p=0.76,
    type_words=("So kann man mit Menschen nicht umgehen",),
    other_types=("Dienstaufsichtsbeschwerde", "Fachaufsichtsbeschwerde", "Folgereaktion"),
    options=(
        Option(1, "Wartezeit in der Dienststelle", 0.81, True, ("zwei Stunden", "Wartebereich")),
        Option(2, "Telefonische Erreichbarkeit (nicht SC)", 0.64, True, ("ans Telefon", "besetzt")),
        Option(3, "Umgangsformen", 0.47, True, ("angeschnauzt",)),
        Option(4, "Terminierung (Terminvergabe/Terminabsage)", 0.21, False),
        Option(5, "Gestaltung Empfang und Wartebereiche/Leitsystem", 0.14, False),
        Option(6, "Kommunikation", 0.12, False),
        Option(7, "Rückrufverhalten", 0.09, False),
        Option(8, "Kundensteuerung/Zuständigkeit", 0.06, False),
    ),
    group_name="AN",
    unit_name="Team 514 Leistung",
    contact_name=OFFICER,
    hints=(),
    will_send=write(ACKNOWLEDGEMENT).text,
    why_not_sent="",
    sends_itself_on=DAYS.acknowledge_by,
    buttons=_buttons("Art: Dienstaufsichtsbeschwerde", "Art: Fachaufsichtsbeschwerde"),
    officer_name=OFFICER,
)

NAMED = Warning_("Genannte Person", "Eine Person des Hauses ist genannt. Sie bekommt den Vorgang nicht.", ("Lindner",))
POSSIBLE_REMEDY = Warning_(
    "Möglicher Rechtsbehelf",
    "Rechtsbehelfsstelle bekommt die Nachricht sofort. Ist es kein Rechtsbehelf, antworten Sie „Rechtsbehelf: nein“.",
    ("lege ich Widerspruch ein",),
    grave=True,
)
POSSIBLE_DANGER = Warning_(
    "Mögliche Gefahr",
    "Die Nachricht kann auf eine Gefahr für Menschen hinweisen. Bitte lesen Sie sie sofort.",
    ("Ich will so nicht mehr leben", "mache ich Schluss"),
    grave=True,
)

_REMEDY_REQUEST = replace(
    REQUEST,
    id="E-M4QD",
    sender_name="Jonas Petrowski",
    sender_address="jonas.petrowski@mail.example",
    subject="Bescheid vom 2.12.",
    text=REMEDY,
    attachments=("Bescheid.pdf (0,4 MB)", "Heizkostenabrechnung 2025.pdf (1,2 MB)"),
    warnings=(POSSIBLE_REMEDY,),
    type_name="Widerspruch, Einspruch, Überprüfungsantrag, Klage",
    type_p=0.93,
    type_words=("lege ich Widerspruch ein",),
    other_types=("Beschwerde", "Fachaufsichtsbeschwerde"),
    options=tuple(
        Option(n, name, p, proposed=False)
        for n, (name, p) in enumerate((("Heizkosten", 0.55), ("Kosten der Unterkunft allgemein", 0.31)), 1)
    ),
    unit_name="",
    will_send="",
    why_not_sent="„Widerspruch, Einspruch, Überprüfungsantrag, Klage“ wird nicht in KRM erfasst.",
    sends_itself_on=None,
    buttons=_buttons("Art: Beschwerde", ok=False),
)
_DANGER_REQUEST = replace(
    REQUEST,
    id="E-X9TA",
    sender_name="M. Aldag",
    sender_address="m.aldag@mail.example",
    subject="",
    text=DANGER,
    attachments=(),
    warnings=(POSSIBLE_DANGER, NAMED),
    type_p=0.61,
    type_words=("keiner hört zu",),
    options=(
        Option(1, "Umgangsformen", 0.52, True, ("abgewimmelt",)),
        Option(2, "Gewährung der Regelbedarfe", 0.48, True, ("kein Geld",)),
        Option(3, "Kommunikation", 0.17, False),
        Option(4, "Einsatzbereitschaft/Bemühen/Engagement", 0.09, False),
    ),
    hints=("Dieselbe Adresse hat am 04.12.2026 schon geschrieben (KRM-2026-0039).",),
)
_UNSURE_REQUEST = replace(
    REQUEST,
    id="E-P3HN",
    sender_name="",
    sender_address="anonym81@mail.example",
    subject="",
    text=VAGUE,
    attachments=(),
    sure=False,
    type_p=0.34,
    type_words=("Das geht so nicht weiter",),
    other_types=("Folgereaktion", "Anfrage", "Fachaufsichtsbeschwerde"),
    options=(
        Option(1, "Kommunikation", 0.19, True, ("Bitte melden",)),
        *(
            Option(n, name, 0.11 - n / 100, proposed=False)
            for n, name in enumerate(
                (
                    "Sonstiges (Organisation)",
                    "Rückrufverhalten",
                    "Telefonische Erreichbarkeit (nicht SC)",
                    "Wartezeit in der Dienststelle",
                    "Umgangsformen",
                    "Gewährung der Regelbedarfe",
                    "Terminierung (Terminvergabe/Terminabsage)",
                    "Kundensteuerung/Zuständigkeit",
                    "Politische Diskussionen",
                ),
                2,
            )
        ),
    ),
    unit_name="",
)
_PRAISE_REQUEST = replace(
    REQUEST,
    id="E-W8RC",
    sender_name="Yusuf Karadag",
    sender_address="y.karadag@mail.example",
    subject="Danke",
    text=PRAISE,
    attachments=(),
    type_name="Lob",
    type_p=0.97,
    type_words=("herzlich bedanken", "Machen Sie weiter so"),
    other_types=("Idee/Anregung", "Beschwerde"),
    options=(
        Option(1, "Einsatzbereitschaft/Bemühen/Engagement", 0.72, True, ("richtig Zeit genommen",)),
        Option(2, "Umgangsformen", 0.38, False),
        Option(3, "Kommunikation", 0.22, False),
    ),
    will_send=write(THANKS).text,
    buttons=_buttons("Art: Idee/Anregung"),
)
_FOLLOW_UP_REQUEST = replace(
    REQUEST,
    id="KRM-2026-0012",
    follow_up_to="KRM-2026-0012",
    subject="AW: Eingangsbestätigung KRM-2026-0012",
    text="Guten Tag,\n\nich habe immer noch keine Antwort. Wann kommt sie?\n\nKarla Brinkmann",
    earlier_text="Am 20.11.2026 schrieb Jobcenter Musterstadt:\n> vielen Dank für Ihre Nachricht.",
    attachments=(),
    type_name="Folgereaktion",
    type_p=0.9,
    type_words=("immer noch keine Antwort",),
    other_types=(),
    options=(
        Option(1, "Zuverlässigkeit", 0.58, True, ("keine Antwort",)),
        Option(2, "Kommunikation", 0.24, False),
        Option(3, "Rückrufverhalten", 0.11, False),
    ),
    hints=("Zu diesem Vorgang ist seit dem 20.11.2026 eine Antwort bis zum 04.12.2026 zugesagt.",),
)
_GENERATED_REQUEST = replace(
    REQUEST,
    id="E-C2VK",
    sender_name="Kontaktformular",
    sender_address="formular@jobcenter-musterstadt.example",
    subject="Kontaktformular",
    warnings=(
        Warning_(
            "Maschinell erzeugt",
            "Die Nachricht kam von einem Formular oder Gerät. Sie wird nicht von selbst bestätigt.",
        ),
    ),
    will_send="",
    why_not_sent="Die Nachricht kam von einem Formular oder Gerät des Hauses.",
    sends_itself_on=None,
)
_HOSTILE_REQUEST = replace(
    REQUEST,
    id="E-Z6BG",
    sender_name="<b>Amt</b> \u202egnutieL",
    subject="<script>alert(3)</script> {{ 7*7 }} \u202ekcurd",
    text=HOSTILE,
    attachments=("<i>x</i>.pdf (0,1 MB)",),
    type_words=("script", "mark", "<h1>Erledigt</h1>", "amp"),
)

RECEIPT = Receipt(
    id="KRM-2026-0042",
    number="KRM-2026-0042",
    recorded=(
        "Nummer: KRM-2026-0042",
        "Art: Beschwerde",
        "Kategorie: Wartezeit in der Dienststelle; Umgangsformen",
        "Kundengruppe: AN",
        "Form: E-Mail",
        "Team: Team 514 Leistung",
    ),
    happens=("Die Eingangsbestätigung geht jetzt hinaus.", "Der Vorgang geht jetzt an Team 514, Teamleitung."),
    deadlines=DAYS,
    printable="",
    buttons=(),
    name=OFFICER,
)
ASSIGNMENT = Assignment(
    number="KRM-2026-0042",
    arrived=ARRIVED,
    deadlines=DAYS,
    answer_by=DAYS.target,
    type_name="Beschwerde",
    category_names=("Wartezeit in der Dienststelle", "Umgangsformen"),
    unit_name="Team 514 Leistung",
    sender_name="Karla Brinkmann",
    text=WAITING,
    attachments=("Terminbrief.pdf (0,4 MB)",),
    why_you="",
    officer_name=OFFICER,
    officer_telephone=TELEPHONE,
    name="Thomas Brandt",
)
ALERT = Alert(
    id="E-X9TA",
    arrived=ARRIVED,
    danger=True,
    words=("Ich will so nicht mehr leben", "mache ich Schluss"),
    text=DANGER,
    sender_name="M. Aldag",
    officer_name=OFFICER,
    officer_telephone=TELEPHONE,
    name=OFFICER,
    buttons=(button("Gesehen", ADDRESS, f"{tag('E-X9TA', TOKEN)} gesehen", "gesehen", primary=True),),
)
UNDELIVERED = Undelivered(
    id="KRM-2026-0042",
    what="Eingangsbestätigung",
    unsure=False,
    message_id="k.7f3a.0042@jobcenter-musterstadt.example",
    why="Unbekannte Adresse: Es gibt sie nicht oder nicht mehr. Das Schreiben kam als unzustellbar zurück (5.1.1).",
    printable=write(ACKNOWLEDGEMENT).text,
    name=OFFICER,
    to=("karla.brinkmann@post.example",),
    said="550 5.1.1 <karla.brinkmann@post.example>: Recipient address rejected: User unknown",
    postable=True,
)
OUTAGE = Outage(
    since=ARRIVED,
    over_at=None,
    what="Der Mailserver nimmt die Anmeldung nicht an.",
    remedy="Bitte lassen Sie das Kennwort des Postfachs prüfen.",
    name=OFFICER,
)
_REMINDED = Warning_(
    "Möglicher Rechtsbehelf", "Die Nachricht liegt der Rechtsbehelfsstelle vor.", ("Widerspruch",), True
)
REMINDER = Reminder(
    id="E-K5DS",
    arrived=ARRIVED,
    deadlines=DAYS,
    why=PROBABLY_NOT_KRM,
    subject="Frage zu meinem Termin",
    sure=False,
    suggested=(
        ("Art", "Anfrage (48 %)"),
        ("Kategorie", "noch offen"),
        ("Kundengruppe", "Arbeitnehmerkundin oder Arbeitnehmerkunde"),
        ("Team", "Team 515"),
    ),
    warnings=(),
    words=(),
    decides=True,
    buttons=_buttons("Art: Beschwerde", ok=False),
    name=OFFICER,
)
UNCLEAR = Unclear(
    id="E-7K2F",
    not_understood=(
        NotUnderstood("Katgorie: Beratung", "Diesen Namen gibt es zweimal.", ("Kategorie: 3", "Kategorie: 6")),
    ),
    understood=(),
    buttons=_buttons(),
    name=OFFICER,
)


def _items(*rows: tuple[str, str, date | None, bool]) -> tuple[Item, ...]:
    return tuple(Item(key, ARRIVED, what, due, late) for key, what, due, late in rows)


DIGEST = Digest(
    day=date(2026, 12, 14),
    sections=(
        Section(
            "Überfällig",
            "Hier ist die zugesagte Frist vorbei.",
            _items(
                (
                    "KRM-2026-0039",
                    "Antwort fehlt, der Vorgang liegt bei: Team 515 Eingangszone",
                    date(2026, 12, 11),
                    True,
                )
            ),
        ),
        Section(
            "Wartet auf Ihre Freigabe",
            "Bitte antworten Sie auf das Schreiben mit „Freigabe“.",
            _items(
                ("KRM-2026-0040", "Antwortschreiben liegt vor", date(2026, 12, 15), False),
                ("KRM-2026-0031", "Einladung zum Gespräch liegt vor", None, False),
            ),
        ),
        Section(
            "Vorschläge",
            "Bitte antworten Sie auf den Vorschlag: mit „ok“, oder mit „gesehen“, wenn alles bleiben soll, wie es ist.",
            _items(("KRM-2026-0036", "Der Vorgang soll abgeschlossen werden.", None, False)),
        ),
        Section(
            "Noch nicht entschieden",
            "Bitte antworten Sie auf die Anfrage zu jedem Eingang, zum Beispiel mit „ok“.",
            _items(
                ("E-7K2F", "vermutlich Beschwerde", date(2026, 12, 16), False),
                ("E-W8RC", "vermutlich Lob", date(2026, 12, 16), False),
            ),
        ),
        Section(
            "Noch nicht zugestellt",
            "Der Mailserver nimmt diese Schreiben noch nicht an. Das Programm versucht es weiter.",
            _items(("KRM-2026-0033", "Zuweisung an Petra Wiechmann", None, False)),
            "Erster Versuch",
        ),
        Section(
            "Beantwortet, noch nicht abgeschlossen",
            "Ist alles geklärt? Dann antworten Sie bitte auf ein Schreiben zum Vorgang mit „Erledigt:“ "
            "und dem Ergebnis.",
            _items(("KRM-2026-0028", "beantwortet am Do 10.12.2026", None, False)),
        ),
        Section("Unlesbar", "Bitte im Ordner „Unlesbar“ ansehen.", _items(("E-Q5LM", "kaputte E-Mail", None, False))),
    ),
    counts=(("eingegangen", 12), ("geöffnet", 9), ("automatische Nachrichten", 2), ("unlesbar", 1)),
    name=OFFICER,
)

SAMPLES: dict[str, Context] = {
    "confirmation_request-complaint": REQUEST,
    "confirmation_request-remedy": _REMEDY_REQUEST,
    "confirmation_request-danger": _DANGER_REQUEST,
    "confirmation_request-unsure": _UNSURE_REQUEST,
    "confirmation_request-on-a-form": replace(
        REQUEST,
        form_name="telefon.",
        type_words=("☒ Beschwerde",),
        hints=("Die Angaben stammen aus dem Kontaktformular „form.pdf“. Bitte prüfen Sie sie.",),
        sends_itself_on=None,
    ),
    "confirmation_request-praise": _PRAISE_REQUEST,
    "confirmation_request-follow-up": _FOLLOW_UP_REQUEST,
    "confirmation_request-generated": _GENERATED_REQUEST,
    "confirmation_request-long": replace(REQUEST, id="E-L7FT", text=LONG),
    "confirmation_request-hostile": _HOSTILE_REQUEST,
    "acknowledgement-answer-owed": ACKNOWLEDGEMENT,
    "acknowledgement-thanks": THANKS,
    "acknowledgement-by-mail": replace(ACKNOWLEDGEMENT, answer_way="per E-Mail", postal_address=""),
    "receipt-confirmed": RECEIPT,
    "receipt-not-krm": replace(
        RECEIPT,
        id="E-M4QD",
        number="",
        recorded=("Kein KRM: Rechtsbehelf",),
        happens=("Die Nachricht geht jetzt an Rechtsbehelfsstelle.",),
        deadlines=None,
    ),
    "receipt-to-print": replace(
        RECEIPT,
        happens=("Die Nachricht nennt keine Adresse. Die Eingangsbestätigung geht deshalb nicht per E-Mail hinaus.",),
        printable=write(ACKNOWLEDGEMENT).text,
    ),
    "unclear-one-line": UNCLEAR,
    "unclear-several": replace(
        UNCLEAR,
        not_understood=(
            *UNCLEAR.not_understood,
            NotUnderstood("Frist: morgen oder so", "Das Datum ist nicht eindeutig.", ("Frist: 15.12.2026",)),
            NotUnderstood("", "In der Antwort steht keine Anweisung.", ()),
        ),
        understood=("Art: Lob", "Team: 514"),
    ),
    "refused-stranger": Refused(
        id="E-7K2F",
        arrived=ARRIVED,
        sender_address="fremd@mail.example",
        why="Die Adresse gehört zu niemandem, der das darf.",
        text="ok",
        name=OFFICER,
    ),
    "help-officer": Help(
        id="E-7K2F",
        words=(
            ("ok", "Der Vorschlag stimmt. Er wird erfasst, die Eingangsbestätigung geht hinaus."),
            ("Art: Lob", "Eine andere Art der Reaktion."),
            ("Kategorie: 2, 5", "Andere Kategorien, mit Nummer oder Namen."),
            ("Frist: 15.12.2026", "Der Tag, bis zu dem wir eine Antwort zusagen."),
            ("Kein KRM: Anfrage an 512", "Nicht erfassen. Auch: Widerspruch, Irrläufer an …, Auskunft, Presse, Spam."),
        ),
        name=OFFICER,
    ),
    "status-open": Status(
        id="KRM-2026-0042",
        facts=(
            ("Art", "Beschwerde"),
            ("Kategorie", "Wartezeit in der Dienststelle"),
            ("Team", "Team 514 Leistung"),
            ("Stufe", "2"),
        ),
        deadlines=DAYS,
        history=(
            (ARRIVED, "Nachricht ist eingegangen."),
            (datetime(2026, 12, 14, 8, 5, tzinfo=BERLIN), "Vorschlag bestätigt."),
            (datetime(2026, 12, 14, 8, 6, tzinfo=BERLIN), "Eingangsbestätigung ist hinausgegangen."),
        ),
        name=OFFICER,
    ),
    "assignment-lead": ASSIGNMENT,
    "assignment-area-head": replace(
        ASSIGNMENT,
        why_you="Der Vorgang kommt zu Ihnen, weil die Teamleitung ihn nicht selbst bearbeiten soll.",
        attachments=(),
        category_names=(),
        unit_name="",
        name="Petra Sommer",
    ),
    "hand_over-legal": HandOver(
        id="E-M4QD",
        arrived=ARRIVED,
        why="Die Nachricht enthält möglicherweise einen Rechtsbehelf. "
        "Das hat das Programm erkannt. Geprüft hat es noch niemand.",
        words=("lege ich Widerspruch ein",),
        officer_name=OFFICER,
        officer_telephone=TELEPHONE,
        name="Rechtsbehelfsstelle",
    ),
    "hand_over-unit": HandOver(
        id="E-K5DS",
        arrived=ARRIVED,
        why="Die Nachricht gehört in Ihre Zuständigkeit. So ist es im Kundenreaktionsmanagement entschieden.",
        words=(),
        officer_name=OFFICER,
        officer_telephone=TELEPHONE,
        name="Thomas Brandt",
    ),
    "alert-danger": ALERT,
    "alert-danger-without-file": replace(ALERT, text="", name="Sicherheitsdienst"),
    "alert-need": replace(
        ALERT,
        danger=False,
        words=("nichts zu essen",),
        text="Meine Kinder und ich haben nichts zu essen. Bitte helfen Sie.",
    ),
    "digest-usual": DIGEST,
    "digest-nothing": replace(DIGEST, sections=(), counts=(("eingegangen", 0),)),
    "reminder-undecided": REMINDER,
    "reminder-unconfirmed": replace(
        REMINDER,
        why=UNCONFIRMED,
        subject="Mein Antrag liegt seit 8 Wochen!!",
        sure=True,
        suggested=(
            ("Art", "Beschwerde (93 %)"),
            ("Kategorie", "Bearbeitungsdauer (81 %); Erreichbarkeit (46 %)"),
            ("Kundengruppe", "Arbeitnehmerkundin oder Arbeitnehmerkunde (88 %)"),
            ("Team", "noch offen"),
        ),
        warnings=(_REMINDED,),
        words=("seit 8 Wochen", "keine Antwort"),
        buttons=_buttons(),
    ),
    "reminder-management": replace(REMINDER, why=UNCONFIRMED, decides=False, buttons=()),
    "unclear-about-no-case": replace(
        UNCLEAR, id="", not_understood=(NotUnderstood("Art: Lob", NOT_FOR_OFFICE, ()),), buttons=(), examples=()
    ),
    "too_big-usual": TooBig(arrived=ARRIVED, megabytes=48.3, limit_megabytes=40.0, folder="Zu groß", name=OFFICER),
    "outage-lasts": OUTAGE,
    "outage-over": replace(OUTAGE, over_at=datetime(2026, 12, 11, 12, 4, tzinfo=BERLIN)),
    "outage-program-stood-still": replace(
        OUTAGE, over_at=datetime(2026, 12, 11, 12, 4, tzinfo=BERLIN), what="", remedy="", stood_still=True
    ),
    "outage-mailbox-full": replace(
        OUTAGE, full=True, what="Der Mailserver nimmt nichts mehr in die Ordner auf; vielleicht ist das Postfach voll."
    ),
    "outage-mailbox-has-room-again": replace(
        OUTAGE, full=True, over_at=datetime(2026, 12, 11, 12, 4, tzinfo=BERLIN), what="", remedy=""
    ),
    "undelivered-refused": UNDELIVERED,
    "undelivered-unsure": replace(
        UNDELIVERED,
        unsure=True,
        why="Die Verbindung brach beim Abschicken ab.",
        said="",
    ),
    "undelivered-put-off": replace(
        UNDELIVERED,
        since=ARRIVED,
        why="Postfach voll: Es nimmt zurzeit keine Nachrichten an. "
        "Der Mailserver nimmt das Schreiben noch nicht an (452 4.2.2).",
        said="",
    ),
    "undelivered-put-off-in-the-house": replace(
        UNDELIVERED,
        id="KRM-2026-0039",
        what="Zuweisung",
        since=ARRIVED,
        why="Die Verbindung zum Mailserver bricht immer wieder ab.",
        printable="",
        to=("wiechmann@jobcenter-musterstadt.example",),
        said="",
        postable=False,
    ),
    "undelivered-refused-in-the-house": replace(
        UNDELIVERED,
        what="Zuweisung",
        why="Das Schreiben kam als unzustellbar zurück (5.1.1).",
        printable="Guten Tag Petra Wiechmann,\n\nbitte bearbeiten Sie diese Kundenreaktion.",
        to=("wiechmann@jobcenter-musterstadt.example",),
        said="",
        postable=False,
    ),
}
"""A case's name is `<letter>-<what is particular>`, and so are its golden files in tests/letters/."""
