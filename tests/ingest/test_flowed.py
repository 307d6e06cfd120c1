"""format=flowed, RFC 3676."""

import pytest

from ingest.flowed import unflow

CASES = {
    "soft lines are joined": ("eins \nzwei\ndrei", False, "eins zwei\ndrei"),
    "delsp drops the blank": ("Bedarfs \ngemeinschaft", True, "Bedarfsgemeinschaft"),
    "stuffing is removed": (" >kein Zitat\n From hier", False, ">kein Zitat\nFrom hier"),
    "the signature mark is never joined": ("Gruß \n-- \nPetra", False, "Gruß \n-- \nPetra"),
    "quotes are joined at their depth": ("> eins \n> zwei\n>> drei \ndanach", False, "> eins zwei\n> > drei \ndanach"),
    "an empty line ends a paragraph": ("eins \n\nzwei", False, "eins \nzwei"),
}


@pytest.mark.parametrize(("text", "delsp", "expected"), CASES.values(), ids=CASES.keys())
def test_lines_are_joined_as_the_writer_saw_them(text: str, delsp: bool, expected: str) -> None:
    assert unflow(text, delsp) == expected
