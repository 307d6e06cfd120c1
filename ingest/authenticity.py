"""Who really sent it: whether the address in From may be believed under the office's policy. Pure."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from ingest import results
from ingest.message import Message, Oddity, spelled


class Policy(StrEnum):
    """How the office knows a sender."""

    CLOSED_NETWORK = "closed-network"  # its server lets only the owner of an address send
    AUTHSERV_ID = "authserv-id"  # its server writes its findings into Authentication-Results under its own id
    DKIM = "dkim"  # the sender's domain signs (RFC 6376), and we look at that ourselves
    EITHER = "authserv-id-or-dkim"


class Signature(StrEnum):
    """What a look at the signatures of the sender's domain showed, the more telling first."""

    GENUINE = "genuine"
    UNANSWERED = "unanswered"  # the key could not be looked up: neither genuine nor forged
    TOO_MANY = "too-many"
    EXPIRED = "expired"
    PARTIAL = "partial"  # it leaves out something that is read
    UNKNOWN = "unknown"  # by a method that proves nothing (RFC 8301) or that cannot be checked
    BROKEN = "broken"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Trust:
    """The office's policy; `authserv_id` is the id its own server writes."""

    policy: Policy
    authserv_id: str = ""

    @property
    def by_results(self) -> bool:
        return self.policy in (Policy.AUTHSERV_ID, Policy.EITHER)

    @property
    def by_signature(self) -> bool:
        return self.policy in (Policy.DKIM, Policy.EITHER)


def _another_address_in_name(message: Message) -> bool:
    """Full-width and small forms of "@" look like one as well."""
    words = re.split(r"[\s<>()\[\]\"',;:]+", unicodedata.normalize("NFKC", message.sender.name))
    return any("@" in word.strip("@") and spelled(word) != spelled(message.sender.address) for word in words)


PRETENCES: tuple[tuple[str, Callable[[Message], bool]], ...] = (
    (
        "die Nachricht nennt nicht genau einen Absender",
        lambda m: len(m.senders) != 1 or not m.sender.address or Oddity.SEVERAL in m.oddities,
    ),
    ("als Absender steht eine Gruppe", lambda m: Oddity.GROUP in m.oddities),
    ("die Adresse des Absenders ist nicht eindeutig geschrieben", lambda m: Oddity.UNCLEAR in m.oddities),
    ("abgeschickt hat die Nachricht jemand anderes als der Absender", lambda m: Oddity.OTHER_SENDER in m.oddities),
    ("die Nachricht enthält ein Zeichen, das in keiner Mail vorkommen darf", lambda m: Oddity.NUL in m.oddities),
    ("im Kopf der Nachricht steht etwas doppelt, das nur einmal stehen darf", lambda m: Oddity.DOUBLED in m.oddities),
    ("die Zeilen im Kopf der Nachricht sind nicht eindeutig getrennt", lambda m: Oddity.LONE_RETURN in m.oddities),
    ("der angezeigte Name sieht aus wie eine andere Adresse", _another_address_in_name),
    (
        "die Antwortadresse ist eine andere als der Absender",
        lambda m: any(a.address != m.sender.address for a in m.reply_to),
    ),
)
"""What is doubted under every policy, and the German clause for the officer."""

UNSIGNED_ANSWER = (
    "die Signatur (DKIM) deckt nicht ab, welche Nachricht beantwortet wird, und im Betreff fehlt das Kennzeichen; "
    "bitte den Betreff beim Antworten stehen lassen"
)
NOT_LOOKED_AT = "der Mailserver des Hauses hat den Absender nicht geprüft"
NOT_GENUINE = "der Mailserver des Hauses hält den Absender nicht für echt"
FOREIGN_LETTERS = (
    "in der Absenderadresse stehen Buchstaben einer anderen Schrift, die lateinischen ähnlich sehen können"
)
SIGNATURES = {
    Signature.GENUINE: "",
    Signature.UNANSWERED: (
        "ob der Absender echt ist, ließ sich nicht prüfen, weil die Namensauskunft (DNS) nicht antwortete; "
        "eine neue Antwort wird neu geprüft"
    ),
    Signature.TOO_MANY: "die Nachricht trägt zu viele Signaturen (DKIM)",
    Signature.EXPIRED: "die Signatur (DKIM) der Nachricht ist abgelaufen",
    Signature.PARTIAL: "die Signatur (DKIM) deckt nicht alles ab, was an der Nachricht zählt",
    Signature.UNKNOWN: "die Signatur (DKIM) benutzt ein Verfahren, das hier nicht als Nachweis gilt",
    Signature.BROKEN: "die Signatur (DKIM) passt nicht zur Nachricht",
    Signature.NONE: "die Nachricht trägt keine Signatur (DKIM) der Domain des Absenders",
}
"""Why a mail is not believed, as a German clause for the officer."""


def doubt(message: Message, trust: Trust, signature: Signature = Signature.NONE) -> str:
    """ "" if the From address may be believed, else why not, as a German clause for the officer.

    `signature` is what a look at the signatures of the sender's domain showed.
    """
    pretence = next((why for why, holds in PRETENCES if holds(message)), "")
    if pretence or trust.policy is Policy.CLOSED_NETWORK:
        return pretence
    by_results = _doubt_by_results(message, trust.authserv_id) if trust.by_results else NOT_LOOKED_AT
    by_signature = SIGNATURES[signature]
    if trust.policy is Policy.EITHER:
        return by_results and (by_signature and f"{by_results}, und {by_signature}")
    return by_signature if trust.by_signature else by_results


def disowned(message: Message, trust: Trust) -> str:
    """NOT_GENUINE where the office's server says so of whomever; "" where it does not, or is not asked."""
    denied = trust.by_results and results.denied(message.authentication, trust.authserv_id)
    return NOT_GENUINE if denied else ""


def hangs_on_signature(message: Message, trust: Trust) -> bool:
    """Whether only a look at the signatures can tell."""
    return trust.by_signature and not doubt(message, trust, Signature.GENUINE) and bool(doubt(message, trust))


def in_foreign_letters(address: str) -> bool:
    """Whether letters other than Latin ones stand in an address, also behind the ASCII form of a domain."""
    shown = ".".join(map(shown_label, address.replace("@", ".").split(".")))
    return any(c.isalpha() and not unicodedata.name(c, "").startswith("LATIN") for c in shown)


def shown_label(label: str) -> str:
    """A label of a domain with its own letters (RFC 3492); as it stands where it is none of these."""
    if not label.startswith("xn--"):
        return label
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _doubt_by_results(message: Message, authserv_id: str) -> str:
    domain = message.sender.address.rpartition("@")[2]
    found = results.genuine(message.authentication, authserv_id, domain)
    return {None: NOT_LOOKED_AT, False: NOT_GENUINE, True: ""}[found]
