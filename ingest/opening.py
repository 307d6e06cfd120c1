"""What every reader of a mail does first: bounds before anything is built, the signature around it taken off."""

from ingest import limits
from ingest.opaque import unwrapped
from ingest.parser import Unreadable
from ingest.unfolding import unfolded


def opened(raw: bytes) -> tuple[bytes, bytes]:
    """The mail to be read (of a signed one what was signed), and the same as the parser gets it.

    Raises:
        Unreadable: the mail, or the one inside its signature, is past a limit.
    """
    examined = _examined(raw)
    inner = unwrapped(raw)
    if inner is not raw:
        examined = _examined(inner)
    return inner, unfolded(inner, examined.files)


def _examined(raw: bytes) -> limits.Examined:
    examined = limits.examined(raw)
    if examined.why:
        raise Unreadable(examined.why)
    return examined
