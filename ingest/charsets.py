"""Bytes to text: the declared charset where it holds, then what mail programs really send."""

import codecs
import re

# Names seen in mail that Python does not know, or whose meaning in mail is wider than the standard's.
_ALIASES = {
    "ansi": "cp1252",
    "cp-850": "cp850",
    "cp-1252": "cp1252",
    "windows1252": "cp1252",
    "x-ansi": "cp1252",
    "x-cp1252": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "ks_c_5601-1987": "cp949",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "utf-8-mac": "utf-8",
    "x-mac-roman": "mac-roman",
    "x-sjis": "shift_jis",
    "x-utf-8": "utf-8",
}
# Declared, but in truth often windows bytes or UTF-8: the ladder below reads what they claim to be, and more.
_WESTERN = frozenset({"ascii", "iso8859-1", "cp1252"})
_UTF8 = frozenset({"utf-8", "utf-8-sig"})
# Codecs that are not charsets, or cost more than linear time.
_REFUSED = frozenset({"idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})
_WIDE = ("utf-16", "utf-32")

_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f\ufffd]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)


def decode(data: bytes, declared: str = "") -> tuple[str, bool]:
    """Text of `data`, and whether the declared charset held. Never fails: UTF-8, cp1252 and Latin-1 end the ladder."""
    if data.isascii() and b"\x1b" not in data and b"+" not in data and not declared.lower().startswith(_WIDE):
        return data.decode("ascii"), True
    name = _codec(declared)
    if name and name not in _WESTERN and not (name.startswith(_WIDE) and b"\x00" not in data):
        try:
            return data.decode(name), True
        except (UnicodeError, LookupError):
            pass  # not what it claims to be: the ladder decides, and the caller is told
    if _nearly_utf8(data):
        return data.decode("utf-8", "replace"), False
    for rung in ("utf-8", "cp1252"):
        try:
            return data.decode(rung), _holds(declared, name, rung, data)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), name == "iso8859-1"


def _nearly_utf8(data: bytes) -> bool:
    """Damaged in a few places: more of what is beyond ASCII is whole than not, as no other charset's text ever is."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return 0 < broken <= len(_BEYOND_ASCII.findall(text))


def _holds(declared: str, name: str, rung: str, data: bytes) -> bool:
    if data.isascii():
        return True
    return name in ("iso8859-1", "cp1252") if rung == "cp1252" else not declared


def _codec(declared: str) -> str:
    """Python's name of a declared charset; "" for none, an unknown one, or one that is no charset."""
    wanted = declared.strip(" \t\r\n\"'").lower()
    wanted = _ALIASES.get(wanted, wanted)
    if not wanted or not wanted.isascii() or "\x00" in wanted:
        return ""
    try:
        name = codecs.lookup(wanted).name
    except (LookupError, ValueError):
        return ""
    return "" if name.replace("_", "-") in _REFUSED else name


def of_html(data: bytes) -> str:
    """The charset an HTML document names itself in its first kilobyte; "" if none."""
    match = _META.search(data[:1024])
    return match[1].decode("ascii") if match else ""


def clean(text: str) -> str:
    r"""No NUL or other control character but tab, no lone surrogate, no byte order mark; `\n` line ends."""
    if text.replace("\n", "").isprintable():
        return text  # the usual case: nothing below is printable but the line end
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWANTED.sub(_replacement, text)


def line(text: str) -> str:
    """One clean line for a header value or a name: no line break, and no mark that shows letters in another order."""
    if not (text.isascii() and text.isprintable()):
        text = _TURNING.sub("", clean(text))
    return " ".join(text.split())


def _replacement(match: re.Match[str]) -> str:
    return "\ufffd" if "\ud800" <= match[0] <= "\udfff" else ""
