"""What each policy of authenticity means, and what it rests on: sentences for those who choose it."""

from dataclasses import dataclass

from ingest.authenticity import Policy


@dataclass(frozen=True, slots=True)
class Meaning:
    """`means` may name the server ({}); `rests_on` says what must hold and against what it does not protect."""

    means: str
    rests_on: str


_DOMAIN = (
    "Bestätigt wird die Domain, nicht die Person: Vor jemandem, der im Haus unter fremder Adresse sendet oder ein "
    "Postfach übernommen hat, schützt nur der Mailserver des Hauses."
)
_SERVER = (
    "Das setzt voraus, dass dieser Server fremde „Authentication-Results“ mit seinem Namen "
    "aus ankommenden Mails entfernt."
)
_KEYS = (
    "Das setzt eine Namensauskunft (DNS) voraus, der zu trauen ist; antwortet sie nicht, gilt keine Anweisung. "
    "Die Signatur muss From, Subject, Message-ID und Content-Type abdecken."
)

MEANINGS = {
    Policy.CLOSED_NETWORK: Meaning(
        "Geschlossenes Netz: Absendern wird geglaubt, ohne etwas zu prüfen.",
        "Das setzt voraus, dass der Mailserver des Hauses Hausadressen nur von ihren Besitzern annimmt, auch von "
        "außen. Vor einer gefälschten Absenderadresse schützt sonst nur das Kennzeichen in unseren Nachrichten.",
    ),
    Policy.AUTHSERV_ID: Meaning(
        "Absendern wird geglaubt, wenn „{}“ ihre Echtheit in den Mails bestätigt.",
        f"{_SERVER} {_DOMAIN}",
    ),
    Policy.DKIM: Meaning(
        "Absendern wird geglaubt, wenn die Domain ihrer Adresse die Mail gültig signiert hat (DKIM).",
        f"{_KEYS} {_DOMAIN}",
    ),
    Policy.EITHER: Meaning(
        "Absendern wird geglaubt, wenn „{}“ ihre Echtheit in den Mails bestätigt oder ihre Domain die Mail gültig "
        "signiert hat (DKIM).",
        f"{_SERVER} {_KEYS} {_DOMAIN}",
    ),
}
"""What the doctor says of the policy chosen."""
