"""Mails signed with DKIM by a key made for the test, and the zone that shows it."""

import base64
import random
from collections.abc import Mapping, Sequence
from functools import cache

import dkim
from dkim.canonicalization import CanonicalizationPolicy
from dkim.crypto import HASH_ALGORITHMS

from ingest.nameserver import Unanswered

DOMAIN, SELECTOR = "jobcenter.example", "s1"
NAME = f"{SELECTOR}._domainkey.{DOMAIN}"
HEADERS = ("from", "subject", "message-id", "date", "mime-version", "content-type")
"""As Exchange Online signs; what is not there is left out."""
RSA = bytes.fromhex("300d06092a864886f70d0101010500")  # the algorithm's name (RFC 8017 A.1)


def _is_prime(n: int, chance: random.Random) -> bool:
    odd, twos = n - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for _ in range(20):  # Miller and Rabin
        x = pow(chance.randrange(2, n - 1), odd, n)
        if x not in (1, n - 1) and not any((x := pow(x, 2, n)) == n - 1 for _ in range(twos - 1)):
            return False
    return True


@cache
def _numbers(bits: int, seed: int) -> tuple[int, ...]:
    """Modulus, public and private exponent, both primes and their three helpers (RFC 8017 A.1.2)."""
    chance, e, primes = random.Random(seed), 65537, []
    while len(primes) < 2:
        n = chance.getrandbits(bits // 2) | 1 | 3 << (bits // 2 - 2)
        if n % e != 1 and all(n % small for small in (3, 5, 7, 11, 13)) and _is_prime(n, chance):
            primes.append(n)
    p, q = primes
    d = pow(e, -1, (p - 1) * (q - 1))
    return p * q, e, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p)


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 128 + len(length)]) + length + content


def _sequence(*numbers: int) -> bytes:
    return _der(0x30, b"".join(_der(0x02, n.to_bytes(n.bit_length() // 8 + 1, "big")) for n in numbers))


def private(bits: int = 1024, seed: int = 7) -> bytes:
    der = _sequence(0, *_numbers(bits, seed))
    return b"-----BEGIN RSA PRIVATE KEY-----\n" + base64.encodebytes(der) + b"-----END RSA PRIVATE KEY-----\n"


def record(bits: int = 1024, seed: int = 7) -> bytes:
    """What stands in the zone (RFC 6376 3.6.1)."""
    key = _sequence(*_numbers(bits, seed)[:2])
    return b"v=DKIM1; k=rsa; p=" + base64.b64encode(_der(0x30, RSA + _der(0x03, b"\0" + key)))


def signed(
    raw: bytes,
    domain: str = DOMAIN,
    *,
    headers: Sequence[str] = HEADERS,
    tags: Mapping[str, str] | None = None,
    key: bytes = b"",
) -> bytes:
    """The mail with a signature above it; `tags` replace or add some of the signature's own."""
    mail = dkim.DKIM(raw)
    there = {name.lower() for name, _ in mail.headers}
    covered = [name.encode() for name in headers if name.encode() in there or name in ("from", "subject", "message-id")]
    chosen = {
        "v": "1",
        "a": "rsa-sha256",
        "c": "relaxed/relaxed",
        "d": domain,
        "s": SELECTOR,
        "h": b":".join(covered).decode(),
        **(tags or {}),
    }
    policy = CanonicalizationPolicy.from_c_value(chosen["c"].encode())
    body = policy.canonicalize_body(mail.body)[: int(chosen.get("l", len(raw)))]
    mail.hasher = HASH_ALGORITHMS[chosen["a"].encode()]
    mail.signature_algorithm = chosen["a"].encode()
    chosen["bh"] = base64.b64encode(mail.hasher(body).digest()).decode()
    fields = [*((n.encode(), v.encode()) for n, v in chosen.items()), (b"b", b"0" * 60)]
    pem = dkim.crypto.parse_pem_private_key(key or private())
    value = mail.gen_header(
        fields, [h.lower() for h in chosen["h"].encode().split(b":")], policy, b"DKIM-Signature", pem
    )
    return b"DKIM-Signature: " + value + raw


class Zone:
    """A name server that knows these names, is silent about `silent`, and remembers what it was asked."""

    def __init__(self, records: Mapping[str, bytes] | None = None, *, silent: Sequence[str] = ()) -> None:
        self.records = {NAME: record()} if records is None else dict(records)
        self.silent = frozenset(silent)
        self.asked: list[str] = []

    def txt(self, domain: str) -> bytes | None:
        self.asked.append(domain)
        if domain in self.silent:
            raise Unanswered("LifetimeTimeout")
        return self.records.get(domain)
