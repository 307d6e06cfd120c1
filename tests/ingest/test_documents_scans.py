"""Scans: what Tesseract is shown, and what happens where it is not there or fails."""

import sys
from io import BytesIO
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from PIL import Image

from ingest.documents import Unreadable, pdf, scans

SCAN = (Path(__file__).parent.parent / "documents" / "scan.pdf").read_bytes()


class Tesseract(ModuleType):
    """What pytesseract offers, without the program behind it: says how many pixels it was shown."""

    class TesseractNotFoundError(OSError):
        pass

    def __init__(self, languages: tuple[str, ...] = ("deu", "eng"), fails: bool = False) -> None:
        super().__init__("pytesseract")
        self.__spec__ = SimpleNamespace()  # type: ignore[assignment]
        self.languages, self.fails = languages, fails

    def get_languages(self) -> tuple[str, ...]:
        if self.fails:
            raise self.TesseractNotFoundError
        return self.languages

    def image_to_string(self, page: Image.Image, *, lang: str, timeout: int) -> str:
        if self.fails:
            raise RuntimeError("Tesseract process timeout")
        return f"{lang} {page.width}x{page.height}\n"


@pytest.fixture
def tesseract(monkeypatch: pytest.MonkeyPatch) -> Tesseract:
    there = Tesseract()
    monkeypatch.setitem(sys.modules, "pytesseract", there)
    return there


def picture(kind: str = "PNG", *, pages: int = 1) -> bytes:
    drawn = BytesIO()
    page = Image.new("RGB", (30, 20), "white")
    page.save(drawn, kind, **({"save_all": True, "append_images": [page] * (pages - 1)} if pages > 1 else {}))
    return drawn.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "GIF"])
def test_a_picture_is_shown_to_it(tesseract: Tesseract, kind: str) -> None:
    assert scans.seen(picture(kind)) == "deu 30x20"


def test_every_page_of_a_fax_is_shown_to_it_up_to_a_limit(tesseract: Tesseract) -> None:
    assert scans.seen(picture("TIFF", pages=3)) == "\n\n".join(["deu 30x20"] * 3)
    assert scans.seen(picture("TIFF", pages=14)).count("deu") == scans.MAX_PICTURES


def test_of_a_scanned_pdf_the_picture_of_the_page_is_shown_to_it(tesseract: Tesseract) -> None:
    assert scans.seen(SCAN).startswith("deu ")
    assert len(pdf.pictures(SCAN, 10)) == 1


@pytest.mark.parametrize("content", [b"", b"no picture", picture()[:60], b"%PDF-1.7 broken"])
def test_what_is_no_picture_is_unreadable(tesseract: Tesseract, content: bytes) -> None:
    with pytest.raises(Unreadable):
        scans.seen(content)


def test_a_picture_past_the_limit_is_not_opened(tesseract: Tesseract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "MAX_PIXELS", 100)
    with pytest.raises(Unreadable):
        scans.seen(picture())


def test_a_failure_of_the_program_is_one_of_reading(tesseract: Tesseract) -> None:
    tesseract.fails = True
    with pytest.raises(Unreadable):
        scans.seen(picture())


def test_it_is_used_where_it_is_there_with_its_german(tesseract: Tesseract) -> None:
    assert scans.reader() is scans.seen
    tesseract.languages = ("eng",)
    assert scans.reader() is None
    tesseract.fails = True
    assert scans.reader() is None


def test_without_the_extra_nobody_reads_scans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "find_spec", lambda _: None)
    assert scans.reader() is None
