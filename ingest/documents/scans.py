"""The door to Tesseract, through pytesseract (the extra "ocr"): the words seen in a picture or in a scanned PDF.

Pictures are opened by Pillow within bounds; of a PDF's page only its largest one is looked at. Tesseract runs as a
process of its own, so that a picture that breaks it breaks nothing else.
"""

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from io import BytesIO

from ingest.documents import pdf
from ingest.documents.file import SCAN, TOO_LARGE, Unreadable

LANGUAGE = "deu"
MAX_PICTURES = 10
MAX_PIXELS = 50_000_000
"""Of one picture: a page of A4 at 600 dots an inch has 35 million."""
SECONDS = 120


def reader() -> Callable[[bytes], str] | None:
    """What reads scans on this machine; None where the extra, Tesseract, or its German is not installed."""
    if find_spec("pytesseract") is None:
        return None
    import pytesseract  # noqa: PLC0415 - an extra

    try:
        known = pytesseract.get_languages()
    except (OSError, pytesseract.TesseractNotFoundError):
        return None
    return seen if LANGUAGE in known else None


def seen(content: bytes) -> str:
    """The words in a picture's or a scanned PDF's bytes, a blank line between pages.

    Raises:
        Unreadable: no picture, one past a limit, or Tesseract fails.
    """
    import pytesseract  # noqa: PLC0415 - an extra
    from PIL import Image, ImageSequence  # noqa: PLC0415 - costs a while to load, and few mails need it

    def pages(picture: bytes) -> Iterator[Image.Image]:
        with Image.open(BytesIO(picture)) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise Unreadable(TOO_LARGE)
            yield from ImageSequence.Iterator(opened)

    found: list[str] = []
    try:
        for picture in pdf.pictures(content, MAX_PICTURES) if pdf.known(content) else [content]:
            for page in pages(picture):
                if len(found) == MAX_PICTURES:
                    break
                found.append(pytesseract.image_to_string(page.convert("L"), lang=LANGUAGE, timeout=SECONDS).strip())
    except (Image.DecompressionBombError, OSError, RuntimeError, SyntaxError, ValueError) as fault:
        raise Unreadable(SCAN) from fault  # Tesseract's own and its time-out are RuntimeErrors
    return "\n\n".join(filter(None, found))
