"""The fixed German phrases that letters are told: names of letters, states, and sentences a rule chooses."""

from classify.coding import NoticeKind
from ingest.office import Role
from store.case import AREA_HEADS_STAGE, FIRST_STAGE, LAST_STAGE, Delivery, Kind, Said, State

NO_NUMBER_YET = "(Nummer folgt mit der Bestätigung)"

STATES = {
    State.OPEN: "offen",
    State.NOT_KRM: "kein KRM",
    State.JOINED: "gehört zu einem anderen Vorgang",
    State.CLOSED: "abgeschlossen",
}
OUTSIDE = {
    "widerspruch": "Rechtsbehelf",
    "anfrage": "Anfrage",
    "irrlaeufer": "Irrläufer",
    "auskunft": "Auskunft",
    "presse": "Presse",
    "spam": "Spam",
}
"""Why something is not recorded (`Kein KRM: …`)."""
CAME = {Kind.FIRST: "Eingang", Kind.FOLLOW_UP: "weitere Nachricht", Kind.DUPLICATE: "dieselbe Nachricht noch einmal"}
WENT = {
    Delivery.PLANNED: "vorgesehen",
    Delivery.CLAIMED: "vorgesehen",
    Delivery.TRANSMITTING: "wird gesendet",
    Delivery.SENT: "gesendet",
    Delivery.REFUSED: "nicht zugestellt",
    Delivery.UNSURE: "ungewiss",
}
LETTER_NAMES = {
    "confirmation_request": "Bitte um Bestätigung",
    "acknowledgement": "Eingangsbestätigung",
    "assignment": "Zuweisung",
    "hand_over": "Weitergabe",
    "alert": "Alarm",
    "reminder": "Erinnerung",
    "receipt": "Quittung",
    "unclear": "Rückfrage",
    "refused": "Hinweis auf eine abgewiesene Antwort",
    "help": "Hilfe",
    "status": "Auskunft zum Stand",
    "digest": "Tagesübersicht",
    "too_big": "Hinweis auf eine zu große Nachricht",
    "outage": "Hinweis auf eine Störung",
    "undelivered": "Hinweis auf ein nicht zugestelltes Schreiben",
    "need": "Hinweis auf eine Notlage",
    "breach": "Hinweis auf eine mögliche Datenpanne",
    "handling_reminder": "Erinnerung an die Antwort",
    "overdue": "Hinweis auf eine überschrittene Frist",
    "interim_draft": "Entwurf einer Zwischeninformation",
    "interim_alarm": "Entwurf einer Zwischeninformation",
    "interim_notice": "Zwischeninformation",
    "proposal": "Vorschlag",
    "release_request": "Bitte um Freigabe",
    "answer": "Antwortschreiben",
    "to_print": "Schreiben zum Drucken",
    "answer_copy": "Antwortschreiben zur Kenntnis",
    "correction": "Berichtigung",
    "invitation": "Einladung zum Gespräch",
    "appointment": "Terminvorschlag",
    "entry": "Formular an das Vorzimmer (Eintragung)",
    "registration": "Vorgang an das Vorzimmer (Austragung)",
    "hand_over_note": "Abgabenachricht",
    "handed_in": "Eingangshinweis an die Kollegin oder den Kollegen",
    "absence": "Hinweis auf eine Abwesenheit",
    "sensitising": "Jährliche Erinnerung an die Teams",
    "noted": "Hinweis auf einen Vermerk",
    "report": "Auswertung",
    "report_copy": "Auswertung",
    "early_warning": "Frühwarnung",
}
"""What people call our letters."""

STILL_OPEN = "noch offen"
UNKNOWN_FORM = "nicht erkannt, ohne Ihre Angabe gilt „{}“ (bitte „Form: …“)"
STANDS_IN = "Der Vorgang kommt zu Ihnen, weil die Teamleitung abwesend ist."
NOT_THE_LEAD = "Der Vorgang kommt zu Ihnen, weil die Teamleitung ihn nicht selbst bearbeiten soll."
LEGAL = "Die Nachricht enthält möglicherweise einen Rechtsbehelf."
IN_CHARGE = "Die Nachricht gehört in Ihre Zuständigkeit."
DECIDED = "So ist es im Kundenreaktionsmanagement entschieden."
UNCHECKED = "Das hat das Programm erkannt. Geprüft hat es noch niemand."
HANDED_OVER = "Die Nachricht geht sofort an: {}. Ist es kein Rechtsbehelf, antworten Sie „Rechtsbehelf: nein“."
PROBABLY_NOT_KRM = (
    "Die Nachricht ist vermutlich keine Kundenreaktion. Deshalb geht keine Eingangsbestätigung von selbst hinaus."
)

BY_MAIL = "Nach Ihrer Freigabe geht das Schreiben per E-Mail hinaus."
BY_POST = "Nach Ihrer Freigabe kommt das Schreiben zu Ihnen zum Drucken. Danach antworten Sie „versandt“ mit dem Datum."
POST_IS_USUAL = (
    "Antworten mit Sozialdaten gehen per Post. Hat die Person um E-Mail gebeten, schreiben Sie „Antwortweg: E-Mail“."
)
NO_ADDRESS = "Zu dieser Nachricht ist keine E-Mail-Adresse bekannt, an die das Schreiben gehen kann."
CAME_BACK = "Ein Schreiben an diese Person kam als unzustellbar zurück. Deshalb geht nun alles per Post."
BY_PORTAL = (
    "Die Person möchte die Antwort über das Portal. Stellen Sie das Schreiben dann bitte dort ein, statt es zu drucken."
)
PRINTED_LATER = "Nach Ihrer Antwort kommt das Schreiben zu Ihnen zum Drucken."
NEEDS_AUTHORITY = "Die Nachricht kam von jemandem, der für eine andere Person schreibt. Es fehlt noch „Vollmacht: ja“."
STAGES = {
    1: "Stufe 1: Das Team bearbeitet den Vorgang. Die Teamleitung weiß davon.",
    2: "Stufe 2: Die Teamleitung bearbeitet den Vorgang.",
    3: "Stufe 3: Die Bereichsleitung bearbeitet den Vorgang.",
    4: "Stufe 4: Termin bei der Geschäftsführung.",
}
ANLAGE_2 = (
    "Die KRM-Beauftragte oder der KRM-Beauftragte erfasst die Reaktion und entscheidet, wer sie bearbeitet.",
    "Wer geschrieben hat, bekommt innerhalb von drei Arbeitstagen eine Eingangsbestätigung.",
    "Haben Sie schon etwas geklärt, schreiben Sie es bitte in einer Antwort auf diese Nachricht.",
)
"""What happens to a reaction that a colleague handed in (GA Anlage 2)."""
TEAM_KNOWS = "Ihre Teamleitung bekommt Bescheid."
TELL_TEAM = "Bitte informieren Sie Ihre Teamleitung."
UNCONFIRMED = "Die Eingangsbestätigung ist hinaus, erfasst ist die Reaktion noch nicht."
NEXT_STAGE = {FIRST_STAGE: "Teamleitung", AREA_HEADS_STAGE: "Bereichsleitung", LAST_STAGE: "Geschäftsführung"}
"""Who follows, as in `weiter an …`."""
HANDLERS_WORDS = (
    ("Übernommen", "übernommen"),
    ("Antwort …", "Antwort"),
    ("Keine Antwort nötig …", "keine Antwort nötig: "),
    ("Abgeben …", "abgeben an "),
)
SAID = {
    Said.SEEN: "gesehen",
    Said.TAKEN_OVER: "Bearbeitung übernommen",
    Said.PROGRESS: "Zwischenstand gemeldet",
    Said.EXPECTED: "voraussichtlicher Tag genannt",
    Said.ANSWER: "Antwortschreiben eingereicht",
    Said.RELEASED: "Freigabe erteilt",
    Said.POSTED: "per Post versandt",
    Said.CLOSED: "abgeschlossen",
    Said.REOPENED: "wieder geöffnet",
    Said.INTERIM: "Zwischeninformation freigegeben",
    Said.NO_ANSWER: "kein Antwortschreiben nötig",
    Said.DONE: "Abschluss vorgeschlagen",
    Said.OTHER_UNIT: "Abgabe an ein anderes Team vorgeschlagen",
    Said.NEXT_STAGE: "nächste Stufe vorgeschlagen",
    Said.MEASURE: "Maßnahme vereinbart",
    Said.TAKEN_BACK: "Schreiben zurückgenommen",
}
NOTICES = (
    (
        NoticeKind.APPLICATION,
        "Möglicher Antrag",
        "Die Nachricht kann einen Antrag enthalten. Mit „Antrag an …“ geht er an das Team.",
    ),
    (
        NoticeKind.FOR_ANOTHER,
        "Für eine andere Person",
        "Hier schreibt wohl jemand für eine andere Person. Eine Antwort braucht „Vollmacht: ja“.",
    ),
    (
        NoticeKind.BREACH,
        "Mögliche Datenpanne",
        "Die Nachricht kann auf eine Datenpanne hinweisen. Der Datenschutz ist benachrichtigt.",
    ),
    (
        NoticeKind.DENUNCIATION,
        "Hinweis auf eine andere Person",
        "Die Nachricht belastet wohl eine andere Person. Sie wird ohne Wertung weitergegeben.",
    ),
    (
        NoticeKind.DATA_REQUEST,
        "Auskunft über eigene Daten",
        "Das ist wohl ein Auskunftsersuchen: „Kein KRM: Auskunft“.",
    ),
    (NoticeKind.PRESS, "Presse", "Die Nachricht kommt wohl von der Presse: „Kein KRM: Presse“."),
    (
        NoticeKind.MERE_THANKS,
        "Nur ein Dank",
        "Die Nachricht dankt wohl nur. Mit „gesehen“ ist sie vermerkt, es geht nichts hinaus.",
    ),
    (NoticeKind.WITHDRAWAL, "Zurückgezogen", "Die Person zieht ihr Anliegen wohl zurück."),
)
"""(kind of notice, title, sentence): what else the officer must see."""
NAMED = (
    "Eine Person des Hauses ist genannt. Sie bekommt den Vorgang nicht. "
    "Ist jemand anderes gemeint, schreiben Sie „Nicht gemeint: …“ mit dem Namen."
)
NAMED_STAFF = "Genannt ist jemand aus einem Team. Die Teamleitung bearbeitet den Vorgang selbst."
ANSWERED_BEFORE = (
    "Nach dieser Nachricht wurde eine ältere Sicherung eingespielt. Bitte sehen Sie vor Ihrem „ok“ im Ordner der "
    "gesendeten Nachrichten nach, ob schon ein Schreiben hinausging. Von selbst wird nichts geschickt."
)
SEVERAL_UNITS = "Ein Teil gehört wohl zu: {}. Mit „Team: {}“ bekommen alle den Vorgang, das erste Team antwortet."
ROLES = {
    Role.OFFICER: "KRM-Beauftragte/r",
    Role.DEPUTY: "Vertretung",
    Role.TEAM_LEAD: "Teamleitung",
    Role.AREA_HEAD: "Bereichsleitung",
    Role.MANAGEMENT: "Geschäftsführung",
    Role.FRONT_OFFICE: "Vorzimmer",
    Role.LEGAL_OFFICE: "Rechtsbehelfsstelle",
    Role.SECURITY: "Sicherheit",
    Role.DATA_PROTECTION: "Datenschutz",
    Role.SUPERVISING_BODY: "Aufsicht",
    Role.EMPLOYEE: "Beschäftigte/r",
    Role.CITIZEN: "Bürger/in",
    Role.MACHINE: "Programm",
}
JOURNAL = {
    "opened": "Eingang aufgenommen",
    "follow_up": "weitere Nachricht zugeordnet",
    "duplicate": "dieselbe Nachricht noch einmal",
    "numbered": "Nummer vergeben",
    "instructed": "Anweisung ausgeführt",
    "unclear": "Anweisung nicht verstanden, nichts geändert",
    "refused": "abgewiesen",
    "unanswered": "nicht mehr beantwortet, weil dort vielleicht ein Programm antwortet",
    "passed-on": "wegen Abwesenheit weitergegeben",
    "joined": "Nachrichten aus einem anderen Eingang übernommen",
    "read": "angesehen",
    "sent": "Schreiben gesendet",
    "unsure": "Versand ungewiss",
}
"""What an entry of the journal says was done."""
PROMISED = {
    "answer": "Antwort, wie in der Eingangsbestätigung genannt",
    "interim": "Antwort, wie in der Zwischeninformation genannt",
    "superior": "Termin der übergeordneten Stelle",
}
ANSWER_WAYS = {"email": "per E-Mail", "post": "per Post", "portal": "über das Portal"}
A_COLLEAGUE = "Kollegin oder Kollege, von dort kam die Nachricht"
