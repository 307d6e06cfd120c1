"""Regular expressions are linear: four times the text costs about four times the time, whatever stands in it."""

import os
import re
import subprocess
import sys

from tests.fuzz.nearly import units
from tests.fuzz.patterns import CAPPED, Found, patterns, slow

FULL = ["--full"] if os.environ.get("KRM_FULL") == "1" else []


def test_every_pattern_of_the_product_is_linear_on_what_is_hostile_to_it() -> None:
    command = [sys.executable, "-m", "tests.fuzz.patterns", *FULL]
    told = subprocess.run(command, check=False, capture_output=True, text=True)

    assert told.returncode == 0, told.stdout + told.stderr


def test_the_run_finds_patterns_wherever_they_lie() -> None:
    names = {name for found in patterns() for name in found.where}

    assert {"ingest.dates._DATED", "ingest.oddities._ASIDE", "ingest.texts.re.match"} <= names
    assert len(patterns()) > 400
    assert set(CAPPED) <= names


def test_it_would_see_one_that_is_not() -> None:
    bad = re.compile(r"(?:a|b)*c\s*d")

    assert [each.method for each in slow(Found(bad, ("x.BAD",), frozenset({"search"})))] == ["finditer"]
    assert not list(slow(Found(re.compile(r"a\s{0,9}d"), ("x.GOOD",), frozenset({"search"}))))


def test_texts_are_made_of_what_the_pattern_takes() -> None:
    assert "Von: a" in units(re.compile(r"Von: \w{1,9}"))
