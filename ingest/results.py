"""Authentication-Results, read strictly: whether one server found the sender's domain genuine (RFC 8601). Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.message import spelled

_QUOTED = r'"(?:[^"\\]|\\.)*'  # a backslash takes the meaning from the next sign (RFC 5322 3.2.4)
_COMMENT = r"\((?:[^()\\]|\\.)*"
_ASIDE = re.compile(f'{_QUOTED}("?)|{_COMMENT}(\\)?)')  # they can hold words of the sender's choice
_WRITER = re.compile(rf'(?:\s|{_COMMENT}\))*(?:"([^"\\]*)"|([^\s;()"\\]+))')
_VERSIONS = ("", "1")
VOUCHES = {"dmarc": ("header.from",), "dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",)}
"""What a method has looked at, the first that is named counts; any other property proves nothing (RFC 8601 2.7)."""


@dataclass(frozen=True, slots=True)
class Result:
    """One finding of a server: `shown` are (property, value) in the order they stand."""

    method: str
    result: str
    shown: tuple[tuple[str, str], ...]


def genuine(fields: Sequence[str], authserv_id: str, domain: str) -> bool | None:
    """Whether the server of this id vouches for `domain`; None where it wrote nothing that can be read safely.

    `fields` stand topmost first. Only the topmost field of this server counts: lower ones came with the mail and may be
    forged; those of other servers count nowhere.
    """
    found = _found(fields, authserv_id)
    if found is None:
        return None
    if denied(fields, authserv_id):
        return False
    return any(r.result == "pass" and _vouches(r, spelled(domain)) for r in found)


def denied(fields: Sequence[str], authserv_id: str) -> bool:
    """Whether this server says that the sender's domain disowns the mail (DMARC, RFC 7489 6.6.2)."""
    return any(r.method == "dmarc" and r.result == "fail" for r in _found(fields, authserv_id) or ())


def aligned(domain: str, signer: str) -> bool:
    """Whether `signer` answers for the domain of a sender: the same one or one above it, never a top level alone."""
    return domain == signer or ("." in signer and domain.endswith("." + signer))


def _found(fields: Sequence[str], authserv_id: str) -> tuple[Result, ...] | None:
    """The results in the topmost field of this server; None where there is none or it is not well-formed."""
    ours = spelled(authserv_id.strip())
    for field in fields if ours else ():
        writer = _WRITER.match(field)
        if writer is None and ours in field.lower():
            return None  # perhaps ours, and whatever stands below is older
        if writer and spelled(writer[1] or writer[2] or "") == ours:
            return _results(field[writer.end() :])
    return None


def _results(field: str) -> tuple[Result, ...] | None:
    plain = _ASIDE.sub(lambda m: "_" if m[1] else " " if m[2] else m[0], field)  # what is not closed is refused below
    version, *parts = plain.split(";")
    if set(plain) & set('"()\\') or version.strip() not in _VERSIONS or not parts:
        return None
    return tuple(_result(part) for part in parts)


def _result(part: str) -> Result:
    """`method=result property=value …`; a value ends at a blank, so nothing inside one is taken for a property."""
    words = " ".join(part.split()).replace(" =", "=").replace("= ", "=").split()
    pairs = [(name.lower(), value) for name, _, value in (word.partition("=") for word in words)]
    method, result = pairs[0] if pairs else ("", "")
    return Result(method.partition("/")[0], result.lower(), tuple(pairs[1:]))


def _vouches(found: Result, domain: str) -> bool:
    """Whether what was looked at is the sender's domain; all values of one property must be, should it stand twice."""
    for name in VOUCHES.get(found.method, ()):
        shown = [spelled(value.rpartition("@")[2]) for key, value in found.shown if key == name]
        if shown:
            exactly = found.method == "dmarc"  # header.from is the sender's domain itself
            return all(signer == domain if exactly else aligned(domain, signer) for signer in shown)
    return False
