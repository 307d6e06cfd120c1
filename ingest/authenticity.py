"""Who really sent it: what the office's own server found out (RFC 8601), read strictly. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum

from ingest.message import Message

RESULT = re.compile(r"\s*(dmarc|dkim|spf)\s*=\s*([a-z]+)(?![\w.-])", re.IGNORECASE)
QUOTED = r'"(?:[^"\\]|\\.)*"'  # a backslash takes the meaning from the next sign (RFC 5322 3.2.4)
COMMENT = r"\((?:[^()\\]|\\.)*\)"
ASIDE = re.compile(f"{QUOTED}|{COMMENT}")  # they can hold words of the sender's choice
PROPERTY = re.compile(r"(?<![\w.-])(header\.from|header\.d|header\.i|smtp\.mailfrom)\s*=\s*([^\s;]+)", re.IGNORECASE)
VOUCHES = {"dmarc": {"header.from"}, "dkim": {"header.d", "header.i"}, "spf": {"smtp.mailfrom"}}
"""What a method has looked at; any other property beside it proves nothing (RFC 8601 2.7)."""


class Policy(StrEnum):
    """How the office knows a sender: its server lets only the owner of an address send (closed network),
    or it writes its findings into Authentication-Results under its own id."""

    CLOSED_NETWORK = "closed-network"
    AUTHSERV_ID = "authserv-id"


@dataclass(frozen=True, slots=True)
class Trust:
    """The office's policy; `authserv_id` is the id its own server writes."""

    policy: Policy
    authserv_id: str = ""


def doubt(message: Message, trust: Trust) -> str:
    """ "" if the From address may be believed, else why not, as a German clause for the officer."""
    if len(message.senders) != 1 or not message.sender.address:
        return "die Nachricht nennt nicht genau einen Absender"
    if "@" in message.sender.name and message.sender.address not in message.sender.name.lower():
        return "der angezeigte Name sieht aus wie eine andere Adresse"
    if any(a.address != message.sender.address for a in message.reply_to):
        return "die Antwortadresse ist eine andere als der Absender"
    if trust.policy is Policy.CLOSED_NETWORK:
        return ""
    return _doubt_by_results(message, trust.authserv_id)


def _doubt_by_results(message: Message, authserv_id: str) -> str:
    """Only the topmost field of the trusted server counts: lower ones came with the mail and may be forged."""
    ours = [f for f in message.authentication if f.strip().lower().startswith(authserv_id.lower())]
    found = ASIDE.sub("", ours[0]) if ours and authserv_id else ""
    if (
        not found
        or set(found) & set('"()\\')
        or not re.match(re.escape(authserv_id) + r"\s*(1\s*)?;", found.strip(), re.IGNORECASE)
    ):
        return "der Mailserver des Hauses hat den Absender nicht geprüft"
    domain = message.sender.address.rpartition("@")[2]
    passed = [part for part in found.split(";")[1:] if _passes(part, domain)]
    return "" if passed else "der Mailserver des Hauses hält den Absender nicht für echt"


def _passes(part: str, domain: str) -> bool:
    method = RESULT.match(part)
    if method is None or method[2].lower() != "pass":
        return False
    looked_at = VOUCHES[method[1].lower()]
    shown = {value.rpartition("@")[2].lower() for name, value in PROPERTY.findall(part) if name.lower() in looked_at}
    return domain in shown or any(domain.endswith("." + d) for d in shown if d.count("."))
