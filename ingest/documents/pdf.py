"""The door to pypdf: a PDF's text layer as lines with their place on the page. No script is run, no picture shown.

pypdf's own limits are set far lower than it has them: a letter needs little, and what is past them is no letter.
"""

import logging
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from struct import error as StructError  # noqa: N812 - an exception, which the library calls so

from pypdf import Configuration, PageObject, PdfReader, apply_configuration, mult
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError

from ingest.documents.file import (
    DAMAGED,
    GARBLED,
    LOCKED,
    MAX_PAGES,
    MAX_TEXT,
    NO_TEXT,
    PROTECTED,
    SCAN,
    TOO_LONG,
    TOO_MANY_PAGES,
    Unreadable,
)
from ingest.documents.lines import Line, flowing
from ingest.documents.pdf_fonts import Costs

# pypdf's warnings quote what they stumble over; what people wrote stays out of our logs.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)

# "Broken PDF files might cause other exceptions" (pypdf.errors): what its reader raised on damaged ones here.
FAULTS = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    StructError,
    TypeError,
    ValueError,
    zlib.error,
)

MAX_OPERATIONS = 200_000
"""Drawing operations of all pages together: a page of text has a few hundred, one with a drawn coat of arms 20,000."""
MAX_FIELDS = 1_000
MAX_FIELD = 20_000
"""Fields of a form, and characters of one: the contact form has a hundred."""
_TOKENS = 400_000  # operations and what they are applied to, of one stream
_STREAM = 10 * 1024 * 1024
_LIMITS = Configuration(
    maximum_declared_stream_length=2 * _STREAM,
    array_based_stream_maximum_output_length=_STREAM,
    lzw_maximum_output_length=_STREAM,
    run_length_maximum_output_length=_STREAM,
    zlib_maximum_output_length=_STREAM,
    zlib_maximum_recovery_input_length=256 * 1024,
    brotli_maximum_output_length=_STREAM,
    stream_decoding_work_maximum_length=4 * _STREAM,
    stream_parsing_work_maximum_count=_TOKENS,
    page_tree_maximum_entries=10 * MAX_PAGES,
    page_tree_maximum_page_entries=100_000,
    page_tree_maximum_depth=50,
    xform_maximum_invocations_per_extraction=500,
    jbig2dec_binary=None,
)
_LEAST_LETTERS = 20  # a scanner's own stamp has fewer
_MOST_GARBLED = 0.1
_EDGE = 0.12  # of the page's height: where headers and footers stand


def text(content: bytes) -> str:
    """Raises Unreadable: a password, damaged, past a limit, no text or nothing but pictures, letters that are none."""
    with apply_configuration(_LIMITS):
        try:
            return _text(PdfReader(BytesIO(content), strict=False))
        except DependencyError as fault:  # AES, which needs a library of its own; whether it has a password is unknown
            raise Unreadable(LOCKED) from fault
        except LimitReachedError as fault:
            raise Unreadable(TOO_LONG) from fault
        except FileNotDecryptedError as fault:
            raise Unreadable(PROTECTED) from fault
        except FAULTS as fault:
            raise Unreadable(DAMAGED) from fault


def fields(content: bytes) -> dict[str, str]:
    """The fields of a form by their full name, boxes with the name of their state; {} if it is no form.

    Raises Unreadable as `text` does.
    """
    with apply_configuration(_LIMITS):
        try:
            reader = PdfReader(BytesIO(content), strict=False)
            if reader.is_encrypted and not reader.decrypt(""):
                raise Unreadable(PROTECTED)
            found = reader.get_fields() or {}
            return {name: str(field.value or "")[:MAX_FIELD] for name, field in list(found.items())[:MAX_FIELDS]}
        except DependencyError as fault:
            raise Unreadable(LOCKED) from fault
        except LimitReachedError as fault:
            raise Unreadable(TOO_LONG) from fault
        except FAULTS as fault:
            raise Unreadable(DAMAGED) from fault


def known(content: bytes) -> bool:
    """Whether it begins as a PDF; the first line may have other bytes before it (PDF 1.7, implementation note 13)."""
    return b"%PDF-" in content[:1024]


def pictures(content: bytes, most: int) -> list[bytes]:
    """The largest picture of each of the first pages, as a file of its kind. Raises Unreadable as `text` does."""
    with apply_configuration(_LIMITS):
        try:
            reader = PdfReader(BytesIO(content), strict=False)
            found = [[image.data for image in page.images] for page in reader.pages[:most]]
        except LimitReachedError as fault:
            raise Unreadable(TOO_LONG) from fault
        except FileNotDecryptedError as fault:
            raise Unreadable(PROTECTED) from fault
        except FAULTS as fault:
            raise Unreadable(DAMAGED) from fault
    return [max(images, key=len) for images in found if images]


def _text(reader: PdfReader) -> str:
    if reader.is_encrypted and not reader.decrypt(""):  # an empty password opens what is only closed to changes
        raise Unreadable(PROTECTED)
    if len(reader.pages) > MAX_PAGES:
        raise Unreadable(TOO_MANY_PAGES)
    seen = _Seen()
    pages = [_lines(page, number, seen) for number, page in enumerate(reader.pages)]
    if not pages:
        raise Unreadable(DAMAGED)
    words = "".join(line.text for lines in pages for line in lines)
    letters = sum(map(str.isalpha, words))
    if letters < _LEAST_LETTERS and any(_has_pictures(page) for page in reader.pages):
        raise Unreadable(SCAN)
    if not letters:
        raise Unreadable(NO_TEXT)
    if sum(map(_is_garbled, words)) > _MOST_GARBLED * len(words):
        raise Unreadable(GARBLED)
    return flowing(_once(pages))


def _is_garbled(sign: str) -> bool:
    """No letter but a glyph's number: without a table to letters (PDF 1.7, 9.10) that is what comes out."""
    return sign == "\ufffd" or sign < " " or "\x7f" <= sign < "\xa0" or "\ue000" <= sign < "\uf000"


def _has_pictures(page: PageObject) -> bool:
    resources = page.get("/Resources")
    return resources is not None and "/XObject" in resources.get_object()


@dataclass(slots=True)
class _Seen:
    """What was met on the way through all pages."""

    operations: int = 0
    characters: int = 0
    fonts: Costs = field(default_factory=Costs)

    def check(self) -> None:
        """Raises Unreadable past a limit."""
        if self.operations > MAX_OPERATIONS or self.characters > MAX_TEXT or self.fonts.exceeded:
            raise Unreadable(TOO_LONG)


@dataclass(slots=True)
class _Page:
    """Gathers the pieces of text that pypdf comes upon, and ends a line where it does."""

    number: int
    height: float
    bottom: float
    lines: list[Line] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    placed: bool = False
    y: float = 0.0
    size: float = 0.0

    def add(self, words: str, matrix: Sequence[float], font_size: float) -> None:
        *ended, last = words.split("\n")
        for part in ended:
            self._put(part, matrix, font_size)
            self.end()
        self._put(last, matrix, font_size)

    def _put(self, words: str, matrix: Sequence[float], font_size: float) -> None:
        if not self.placed and words.strip():
            self.placed = True
            self.y = (matrix[5] - self.bottom) / self.height
            self.size = font_size * (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5
        self.words.append(words)

    def end(self) -> None:
        words = " ".join("".join(self.words).split())
        if words:
            self.lines.append(Line(words, self.number, self.y * self.height, self.size, self._edge()))
        self.words, self.placed = [], False

    def _edge(self) -> int:
        return 1 if self.y > 1 - _EDGE else -1 if self.y < _EDGE else 0


def _lines(page: PageObject, number: int, seen: _Seen) -> list[Line]:
    box = page.mediabox
    gathered = _Page(number, float(box.height) or 1.0, float(box.bottom))

    def operation(operator: bytes, operands: Sequence[object], *_: object) -> None:
        seen.operations += 1
        if operator == b"Do" and operands:
            seen.fonts.draw(operands[0])
        seen.check()

    def piece(words: str, cm: list[float], tm: list[float], _font: object, font_size: float) -> None:
        seen.characters += len(words)
        seen.check()
        gathered.add(words, mult(tm, cm), font_size)

    seen.fonts.page(page)
    seen.check()
    page.extract_text(visitor_operand_before=operation, visitor_text=piece)
    gathered.end()
    seen.check()  # pypdf goes on after a fault within a form
    return gathered.lines


def _once(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """Headers and footers once: what stands at the same edge of several pages, but for numbers, on the first of them.

    Such a footer goes behind everything, else it would stand in the middle of a sentence.
    """
    marks = Counter(mark for lines in pages for mark in {_mark(line) for line in lines if line.edge})
    seen: set[tuple[int, str]] = set()
    heads, body, feet = list[Line](), list[Line](), list[Line]()
    for line in (line for lines in pages for line in lines):
        mark = _mark(line)
        if not line.edge or marks[mark] < 2:
            body.append(line)
        elif mark not in seen:
            (heads if line.edge > 0 else feet).append(line)
            seen.add(mark)
    return [*heads, *body, *feet]


def _mark(line: Line) -> tuple[int, str]:
    return line.edge, "".join("0" if sign.isdigit() else sign for sign in line.text)
