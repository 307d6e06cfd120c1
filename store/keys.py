"""Keyed hashes: the token that a letter carries, and look-ups by address without storing a readable index.

A token is an HMAC-SHA256 over (subject, duty, recipient, expiry, key id), shortened to 100 bits and written in
base32. It stands in Message-ID and subject of every letter to the house from the first on.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

TOKEN_LENGTH = 20
TOKEN = re.compile(r"(?<![a-z2-7])[a-z2-7]{20}(?![a-z2-7])")


@dataclass(frozen=True, slots=True)
class Bound:
    """What a token is bound to: a token for another person, Case or duty, or past `expires`, proves nothing."""

    subject: str
    duty: str
    occurrence: str
    recipient: str
    expires: date


class KeyRing:
    """The office's secret keys by id; `current` makes new tokens, the others stay able to check old ones."""

    def __init__(self, keys: Mapping[str, bytes], current: str) -> None:
        self._keys = dict(keys)
        self.current = current

    def token(self, bound: Bound, key_id: str | None = None) -> str:
        """The token of a letter. Raises KeyError for an unknown key id."""
        key_id = key_id or self.current
        fields = (bound.subject, bound.duty, bound.occurrence, bound.recipient, bound.expires.isoformat(), key_id)
        return self._short("token", key_id, "\0".join(fields))

    def proves(self, token: str, bound: Bound, key_id: str, today: date) -> bool:
        """Whether the token is the one made for `bound` and has not expired."""
        if key_id not in self._keys or today > bound.expires:
            return False
        return hmac.compare_digest(self.token(bound, key_id), token)

    def knows(self, key_id: str) -> bool:
        """Whether a token made with this key can be checked."""
        return key_id in self._keys

    @property
    def ids(self) -> tuple[str, ...]:
        """In order: the first serves look-ups, the last signs."""
        return tuple(self._keys)

    def derived(self, purpose: str) -> dict[str, bytes]:
        """By key id: 256 bits for this purpose alone, the current key last."""
        return {i: hmac.new(key, f"{purpose}\0".encode(), hashlib.sha256).digest() for i, key in self._keys.items()}

    def seal(self) -> bytes:
        """A key derived for sealing files of the bot, such as the model. The first key's for ever, as look-ups are."""
        return hmac.new(self._keys[self.ids[0]], b"seal", hashlib.sha256).digest()

    def address(self, address: str) -> str:
        """The look-up hash of a mail address, the same for every spelling of case. Uses the first key for ever."""
        return self._short("address", self.ids[0], address.strip().casefold())

    def _short(self, purpose: str, key_id: str, text: str) -> str:
        key = self._keys[key_id]
        digest = hmac.new(key, f"{purpose}\0{text}".encode(), hashlib.sha256).digest()
        return base64.b32encode(digest).decode().lower()[:TOKEN_LENGTH]


def tokens_in(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Everything in Message-IDs or a subject that has the form of a token, in order, each once."""
    return tuple(dict.fromkeys(found for text in texts for found in TOKEN.findall(text.lower())))
