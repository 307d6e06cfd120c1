"""Seals what is about people before it is stored: AES-256 in Galois/Counter mode (NIST SP 800-38D), random nonces.

A sealed value begins with its key's mark: the key's id and eight characters that only who has the key can make, so that
no text somebody sends can look sealed. The place (table and column) is authenticated with it: a value moved into
another column does not open. Moved within its column it does, since a row's id is not known when it is written.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from store.keys import KeyRing

NONCE = 12
LONGEST_MARK = 26
PROBE = "seals.probe"


class Unopened(Exception):  # noqa: N818
    """A stored value cannot be opened: changed, moved, or sealed with a key that is not at hand. Names no content."""


class Vault:
    """Opens with every key of the ring, seals with the current one. `chance` gives that many random bytes.

    While `strict`, a value that is not sealed is one that somebody put there: it is refused. `whole`: everything stored
    is sealed with the current key.
    """

    def __init__(self, keys: KeyRing, chance: Callable[[int], bytes]) -> None:
        derived = keys.derived("at rest")
        self.current = keys.current
        self.strict = self.whole = False
        self._chance = chance
        self._ciphers = {_mark(i, key): AESGCM(key) for i, key in derived.items()}
        self._marks = {i: _mark(i, key) for i, key in derived.items()}
        self.mark = self._marks[keys.current]
        self._cipher = self._ciphers[self.mark]

    def seal(self, plain: bytes, place: str) -> bytes:
        nonce = self._chance(NONCE)
        return self.mark + nonce + self._cipher.encrypt(nonce, plain, place.encode())

    def open(self, stored: bytes, place: str) -> bytes:
        """Raises Unopened."""
        mark = stored[: stored.find(b":", 0, LONGEST_MARK) + 1]
        cipher = self._ciphers.get(mark)
        if cipher is None:
            if self.strict:
                raise Unopened(f"a value in {place} is not sealed with a key of this office")
            return stored
        start = len(mark) + NONCE
        try:
            return cipher.decrypt(stored[len(mark) : start], stored[start:], place.encode())
        except (InvalidTag, ValueError) as fault:
            raise Unopened(f"a sealed value in {place} was changed or moved") from fault

    def open_sealed(self, stored: bytes, place: str) -> bytes:
        """The same for what is certainly sealed. Raises Unopened."""
        if stored[: stored.find(b":", 0, LONGEST_MARK) + 1] not in self._ciphers:
            raise Unopened(f"{place} is not sealed with a key of this office")
        return self.open(stored, place)

    def knows(self, key_id: str) -> bool:
        return key_id in self._marks

    def seal_text(self, plain: str, place: str) -> str:
        sealed = self.seal(plain.encode("utf-8", "surrogatepass"), place)[len(self.mark) :]
        return self.mark.decode("ascii") + base64.b64encode(sealed).decode("ascii")

    def open_text(self, stored: str, place: str) -> str:
        """Raises Unopened."""
        head, _, rest = stored[:LONGEST_MARK].partition(":")
        mark = f"{head}:".encode("utf-8", "surrogatepass") if rest else b""
        if mark not in self._ciphers and not self.strict:
            return stored
        try:
            sealed = base64.b64decode(stored[len(mark) :])
        except ValueError as fault:
            raise Unopened(f"a sealed value in {place} was changed") from fault
        return self.open(mark + sealed, place).decode("utf-8", "surrogatepass")

    def probe(self) -> str:
        """To be stored: shows later that the current key is still the one it was."""
        return self.seal_text(self.current, PROBE)

    def fits(self, key_id: str, probe: str) -> bool:
        """Whether the key of this id is here, and the same one."""
        mark = self._marks.get(key_id)
        return mark is not None and probe.startswith(mark.decode("ascii")) and self._opens(key_id, probe)

    def _opens(self, key_id: str, probe: str) -> bool:
        try:
            return self.open_text(probe, PROBE) == key_id
        except Unopened:
            return False


def _mark(key_id: str, key: bytes) -> bytes:
    tag = hmac.new(key, b"mark", hashlib.sha256).digest()
    return f"{key_id}.".encode() + base64.urlsafe_b64encode(tag)[:8] + b":"
