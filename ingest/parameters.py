"""Parameters of the Content-* fields (RFC 2045 5.1, RFC 2231); a broken one counts as absent."""

from email.message import Message
from email.utils import collapse_rfc2231_value


def parameter(part: Message, name: str, field: str = "Content-Type") -> str:
    """The value as text, "" if there is none or the standard library stumbles over it."""
    if name not in str(part.get(field, "")).lower():
        return ""  # asked of every part, and mostly not there: the field need not be taken apart
    try:
        return collapse_rfc2231_value(part.get_param(name, "", header=field)).strip(" \t\r\n")
    except (TypeError, LookupError, ValueError):  # pieces with and without number, a charset with a NUL
        return ""
