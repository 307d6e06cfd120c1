"""What every reader of a mail does first: bounds before anything is built, what the parts are wrapped in taken off."""

from ingest import limits, winmail
from ingest.opaque import unwrapped
from ingest.parser import Unreadable
from ingest.unfolding import unfolded


def opened(raw: bytes) -> tuple[bytes, bytes]:
    """The mail to be read (of a signed one what was signed); the same as the parser gets it, Outlook's files opened.

    Raises:
        Unreadable: the mail, or the one inside its signature, is past a limit.
    """
    examined = _examined(raw)
    inner = unwrapped(raw)
    if inner is not raw:
        examined = _examined(inner)
    return inner, _spread(inner, examined)


def _spread(raw: bytes, examined: limits.Examined) -> bytes:
    """With what Outlook packed into its files as parts of the mail, unless the mail would be past a limit by that."""
    opened = winmail.unpacked(raw, examined.outlook)
    again = limits.examined(opened) if opened is not raw else examined
    return unfolded(raw, examined.files) if again.why else unfolded(opened, again.files)


def _examined(raw: bytes) -> limits.Examined:
    examined = limits.examined(raw)
    if examined.why:
        raise Unreadable(examined.why)
    return examined
