"""The fixed German phrases that letters are told: names of letters, states, and sentences a rule chooses."""

from store.case import Delivery, Kind, State

NO_NUMBER_YET = "(Nummer folgt mit der Bestätigung)"

STATES = {
    State.OPEN: "offen",
    State.NOT_KRM: "kein KRM",
    State.JOINED: "gehört zu einem anderen Vorgang",
    State.CLOSED: "abgeschlossen",
}
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
}
"""What people call our letters."""

NOT_THE_LEAD = "Der Vorgang kommt zu Ihnen, weil die Teamleitung ihn nicht selbst bearbeiten soll."
LEGAL = "Die Nachricht enthält möglicherweise einen Rechtsbehelf."
IN_CHARGE = "Die Nachricht gehört in Ihre Zuständigkeit."
DECIDED = "So ist es im Kundenreaktionsmanagement entschieden."
UNCHECKED = "Das hat das Programm erkannt. Geprüft hat es noch niemand."
HANDED_OVER = "Die Nachricht geht sofort an: {}. Ist es kein Rechtsbehelf, antworten Sie „Rechtsbehelf: nein“."
PROBABLY_NOT_KRM = (
    "Die Nachricht ist vermutlich keine Kundenreaktion. "
    "Deshalb geht keine Eingangsbestätigung von selbst hinaus. Bitte entscheiden Sie."
)
