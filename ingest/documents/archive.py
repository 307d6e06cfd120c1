"""The door to zipped XML (DOCX, ODT): members unpacked within bounds, XML without entities and not too deep.

zipfile and lxml rather than a library for either format: odfpy rests since 2020; python-docx unpacks every member
whole, and neither numbers lists nor reads text boxes.
"""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from lxml import etree

from ingest.documents.file import DAMAGED, PROTECTED, TOO_LARGE, TOO_LONG, Unreadable

MAX_MEMBERS = 5_000
MAX_UNPACKED = 50 * 1024 * 1024
"""Bytes that may be unpacked of one file, all members that are read together."""
MAX_ELEMENTS = 400_000
MAX_LEVELS = 100
"""Levels of XML: a table in a text box in a table has about 30. The walks call themselves once or twice a level."""

# What zipfile raises on odd archives beside its own: sizes that lie (EOFError, zlib, struct), unknown methods.
FAULTS = (
    BadZipFile,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
_ENCRYPTED = 0x1


class Members:
    """An archive's members by name; counts what is unpacked."""

    __slots__ = ("_left", "_zip", "names")

    def __init__(self, file: ZipFile) -> None:
        self._zip = file
        self._left = MAX_UNPACKED
        self.names = frozenset(file.namelist())

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes:
        """The member unpacked. Raises Unreadable: too large, encrypted, damaged, or not there."""
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & _ENCRYPTED:
                raise Unreadable(PROTECTED)
            if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise Unreadable(DAMAGED)
            with self._zip.open(info) as member:
                data = member.read(self._left + 1)
        except FAULTS as fault:
            raise Unreadable(DAMAGED) from fault
        self._left -= len(data)
        if self._left < 0:
            raise Unreadable(TOO_LARGE)
        return data

    def xml(self, name: str) -> etree._Element:
        """The member's root element. Raises Unreadable as `read`, and for XML that is none, has a DTD, is too deep."""
        return parsed(self.read(name))


@contextmanager
def opened(content: bytes) -> Iterator[Members]:
    """Raises Unreadable: no archive, or one of too many members."""
    try:
        file = ZipFile(BytesIO(content))
    except FAULTS as fault:
        raise Unreadable(DAMAGED) from fault
    with file:
        if len(file.infolist()) > MAX_MEMBERS:
            raise Unreadable(TOO_LARGE)
        yield Members(file)


def parsed(data: bytes) -> etree._Element:
    """The root element; neither format knows DTDs (ECMA-376 part 2 8.1.4), so nobody misses the entities."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise Unreadable(DAMAGED) from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(DAMAGED)
    _bounded(root)
    return root


def _bounded(root: etree._Element) -> None:
    level = count = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        count += event == "start"
        if level > MAX_LEVELS or count > MAX_ELEMENTS:
            raise Unreadable(TOO_LONG)
