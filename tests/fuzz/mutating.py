"""One mail and a number give one mutant: the same for ever, on every machine. Pure."""

import base64
import quopri
import random
import re
from collections.abc import Callable, Sequence

LONGEST = 64 * 1024
"""Bytes of a mutant: what is larger proves nothing more and costs the run its number."""
MOST_CHANGES = 6

Chance = random.Random
Change = Callable[[bytes, Chance, Sequence[bytes]], bytes]

_PIECES = (
    *(
        b"\r\n\r\n",
        b"\n",
        b"\r",
        b"\0",
        b"\xff",
        b"\xed\xa0\xbd",
        b"\xef\xbb\xbf",
        b"\x1b$B",
        b"+AOQ-",
        b"=\r\n",
        b"=ZZ",
    ),
    *(
        b"--",
        b";",
        b'"',
        b"=?utf-8?q?",
        b"=?x?b?=?=",
        b"?=",
        b"<",
        b">",
        b"(",
        b"\\",
        b":",
        b",",
        b"@",
        b"%00",
        b"*0*=",
    ),
    *(b"\nFrom: a <b@c>, ", b"\nDate: ", b"\nSubject: =?utf-8?b?AA==?=", b"9" * 30, b"\xe2\x80\xae", b"a" * 5_000),
    *(b"<table><tr><td>", b"<li value=\xc2\xb2>", b"<blockquote>" * 30, b"<style>", b"<!--", b"&#xd800;", b"&#0;"),
    *(b"> " * 40, b"-----Original Message-----\n", b"\n-- \n", b"begin 644 x\n", b"BEGIN:VCALENDAR\nSUMMARY:x\n"),
)
_TYPES = (
    *(b"text/plain", b"text/html", b"text/plain; format=flowed; delsp=yes", b"text/calendar", b"text/", b"/", b""),
    *(b"multipart/mixed", b"multipart/alternative; boundary=x", b"multipart/digest; boundary=x", b"multipart/report"),
    *(b"multipart/encrypted; boundary=x", b"message/rfc822", b"message/partial", b"message/delivery-status"),
    *(b"application/pkcs7-mime; smime-type=signed-data", b"application/ms-tnef", b"application/pdf; name*=utf-16''%ff"),
)
_CHARSETS = (
    *(b"utf-8", b"us-ascii", b"utf-7", b"utf-16", b"utf-16le", b"utf-32", b"iso-2022-jp", b"hz", b"big5", b"idna"),
    *(b"punycode", b"unicode-escape", b"base64", b"rot13", b"zlib", b"cp037", b"x-unknown", b"\0", b'"', b"shift_jis"),
)
_ENCODINGS = (b"base64", b"quoted-printable", b"7bit", b"8bit", b"binary", b"x-uuencode", b"base64 (so)", b"gzip", b"")
_CHARSET = re.compile(rb'charset="?[\w.-]{0,40}"?', re.IGNORECASE)
_ENCODING = re.compile(rb"(?<=transfer-encoding:)[^\r\n]{0,60}", re.IGNORECASE)
_TYPE = re.compile(rb"(?<=content-type:)[^\r\n]{0,80}", re.IGNORECASE)
_BOUNDARY = re.compile(rb'boundary="?([^"\s;]{1,70})', re.IGNORECASE)


def mutant(name: str, seed: int, mails: dict[str, bytes]) -> bytes:
    """The mutant of the mail `name` with this number; `mails` are those it may be spliced with."""
    chance = random.Random(f"{name} {seed}")  # a text as seed: its hash does not change from run to run
    others = list(mails.values())
    mail = mails[name]
    for _ in range(chance.randint(1, MOST_CHANGES)):
        mail = chance.choice(CHANGES)(mail, chance, others)[:LONGEST]
    return mail


def _span(mail: bytes, chance: Chance, most: int = 60) -> tuple[int, int]:
    start = chance.randrange(len(mail) + 1)
    return start, min(len(mail), start + chance.randint(0, most))


def _head(mail: bytes) -> tuple[list[bytes], bytes]:
    """The fields of the first block, each with its further lines, and the rest of the mail."""
    found = re.search(rb"\r?\n\r?\n", mail)
    end = found.start() if found else len(mail)
    return re.split(rb"(?<=\n)(?=[^ \t])", mail[:end] + b"\r\n"), mail[end:]


def _bytes(mail: bytes, chance: Chance, _: Sequence[bytes]) -> bytes:
    changed = bytearray(mail)
    for _each in range(chance.randint(1, 12) if mail else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _piece(mail: bytes, chance: Chance, _: Sequence[bytes]) -> bytes:
    start, end = _span(mail, chance)
    return mail[:start] + chance.choice(_PIECES) * chance.choice((1, 1, 1, 2, 40)) + mail[chance.choice((start, end)) :]


def _cut(mail: bytes, chance: Chance, _: Sequence[bytes]) -> bytes:
    start, end = _span(mail, chance, 2_000)
    return mail[:start] + mail[end:]


def _truncated(mail: bytes, chance: Chance, _: Sequence[bytes]) -> bytes:
    return mail[: chance.randrange(len(mail) + 1)]


def _doubled(mail: bytes, chance: Chance, _: Sequence[bytes]) -> bytes:
    start, end = _span(mail, chance, 2_000)
    return mail[:end] + mail[start:end] * chance.choice((1, 1, 8)) + mail[end:]


def _fields(mail: bytes, chance: Chance, others: Sequence[bytes]) -> bytes:
    """Fields doubled, removed, put in another order, or taken from another mail."""
    fields, rest = _head(mail)
    what = chance.randrange(5)
    if what == 0:
        fields.insert(chance.randrange(len(fields) + 1), chance.choice(fields))
    elif what == 1:
        del fields[chance.randrange(len(fields))]
    elif what == 2:
        chance.shuffle(fields)
    elif what == 3:
        fields += _head(chance.choice(others))[0]
    else:
        fields *= chance.choice((2, 30))
    return b"".join(fields).removesuffix(b"\r\n") + rest


def _replaced(pattern: re.Pattern[bytes], words: Sequence[bytes], before: bytes) -> Change:
    def change(mail: bytes, chance: Chance, _: Sequence[bytes]) -> bytes:
        found = list(pattern.finditer(mail))
        if not found:
            return before + chance.choice(words) + b"\r\n" + mail
        one = chance.choice(found)
        return mail[: one.start()] + before.partition(b":")[2] + chance.choice(words) + mail[one.end() :]

    return change


def _charset(mail: bytes, chance: Chance, _: Sequence[bytes]) -> bytes:
    word = b"charset=" + chance.choice(_CHARSETS)
    return _CHARSET.sub(lambda _found: word, mail, count=chance.randint(1, 3))


def _boundary(mail: bytes, chance: Chance, _: Sequence[bytes]) -> bytes:
    """A boundary that is another, empty, long, or one that stands where none may."""
    found = _BOUNDARY.search(mail)
    if found is None:
        return mail
    mark = found[1]
    other = chance.choice((b"", b"-", mark + b"x", mark[:-1], mark * 30, b"\xff", b"\0", b"--" + mark))
    if chance.random() < 0.5:
        return mail[: found.start(1)] + other + mail[found.end(1) :]
    start, _end = _span(mail, chance)
    return mail[:start] + b"\r\n--" + chance.choice((mark, mark + b"--", other)) + b"\r\n" + mail[start:]


def _spliced(mail: bytes, chance: Chance, others: Sequence[bytes]) -> bytes:
    other = chance.choice(others)
    return mail[: chance.randrange(len(mail) + 1)] + other[chance.randrange(len(other) + 1) :]


def _nested(mail: bytes, chance: Chance, others: Sequence[bytes]) -> bytes:
    """The mail inside another: attached, as a part, many times over, coded."""
    mark = b"n%d" % chance.randrange(1_000)
    what = chance.randrange(4)
    if what == 0:
        return b"Subject: WG: x\r\nContent-Type: message/rfc822\r\n\r\n" * chance.choice((1, 3, 60)) + mail
    if what == 1:
        coded = base64.encodebytes(mail) if chance.random() < 0.5 else quopri.encodestring(mail)
        kind = b"base64" if coded.strip().isalnum() else chance.choice(_ENCODINGS)
        return b"Content-Type: text/html\r\nContent-Transfer-Encoding: " + kind + b"\r\n\r\n" + coded
    parts = [mail, chance.choice(others)] * chance.choice((1, 4))
    head = b"From: x@y.example\r\nContent-Type: multipart/" + chance.choice(
        (b"mixed", b"alternative", b"digest", b"zz")
    )
    inner = b"".join(b"\r\n--" + mark + b"\r\n" + (b"" if what == 2 else b"\r\n") + part for part in parts)
    return (
        head + b"; boundary=" + mark + b"\r\n" + inner + b"\r\n--" + mark + chance.choice((b"--", b"", b"-")) + b"\r\n"
    )


def _line_ends(mail: bytes, chance: Chance, _: Sequence[bytes]) -> bytes:
    plain = mail.replace(b"\r\n", b"\n")
    return plain.replace(b"\n", chance.choice((b"\n", b"\r", b"\r\n", b"\r\r\n", b"\n\r", b"\x0b", b"\x85")))


def _other_encoding(mail: bytes, chance: Chance, _: Sequence[bytes]) -> bytes:
    """The bytes in a charset or coding nobody told."""
    text = mail.decode("utf-8", "replace")
    return text.encode(chance.choice(("utf-16", "utf-7", "cp1252", "utf-32", "iso-2022-jp")), "replace")


CHANGES: tuple[Change, ...] = (
    *(_bytes, _bytes, _piece, _piece, _piece, _cut, _truncated, _doubled),
    *(_fields, _fields, _charset, _boundary, _boundary, _spliced, _nested, _line_ends, _other_encoding),
    _replaced(_ENCODING, _ENCODINGS, b"Content-Transfer-Encoding: "),
    _replaced(_TYPE, _TYPES, b"Content-Type: "),
)
