"""Every regular expression of the product, found where it lies, and how long it takes on what is hostile to it.

`python -m tests.fuzz.patterns` prints one line for every pattern whose work grows faster than its input.
"""

import ast
import importlib
import pkgutil
import re
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fuzz.nearly import units
from tests.fuzz.running import TooSlow, too_slow

ROOT = Path(__file__).parents[2]
PACKAGES = ("ingest", "classify", "notify", "store", "krm")
SHORT, LONG = 4_000, 16_000
PER_SIGN = 0.5e-6
"""Seconds of CPU for a character: whoever needs less on `SHORT` does not grow with the square."""
TIMES, GROWTH = 4, 8.0
"""So many times the text may take so many times as long: linear work takes 4, quadratic 16."""
WORST = 3
"""So many of the texts that cost most are looked at closely."""
LIMIT, FULL_LIMIT = 2.0, 60.0
FULL = 1_000_000

LEAST = 0.005
"""Seconds below which a growth cannot be told."""

CAPPED = {
    "ingest.cutting._ATTRIBUTION": 400,  # three lines joined, `_ATTRIBUTION_LENGTH`
    "ingest.values._PARTED_BY": 400,
    "ingest.values.re.split": 400,  # a value of an instruction, `LONGEST`
    "classify.cues._TOKEN": 400,  # reads our own patterns, never a mail
}
"""Patterns that only ever see so many characters: their callers cut what is longer."""

CALLED = {"ingest.dates._DATED": {"match"}}
"""How the patterns of a table are called."""


@dataclass(frozen=True, slots=True)
class Found:
    """A compiled pattern, the names it has, and the methods by which the product calls it."""

    pattern: re.Pattern[Any]
    where: tuple[str, ...]
    methods: frozenset[str]

    @property
    def cap(self) -> int:
        """The longest text it may see."""
        return min((CAPPED[name] for name in self.where if name in CAPPED), default=FULL)


@dataclass(frozen=True, slots=True)
class Slow:
    """A pattern that took too long, on which unit repeated, and how many times as long on `TIMES` the text."""

    name: str
    method: str
    unit: str
    seconds: float
    growth: float

    def __str__(self) -> str:
        told = f"{self.seconds:.2f} s, {self.growth:.1f} times that on four times the text"
        return f"{self.name} ({self.method}) on {self.unit[:40]!r}: {told}"


def patterns() -> tuple[Found, ...]:
    """All, each once: those with a name, those in tables, rules and closures, and those written where they are used."""
    named: dict[re.Pattern[Any], set[str]] = defaultdict(set)
    for name in _modules():
        module = importlib.import_module(name)
        for key, value in vars(module).items():
            if not key.startswith("__"):
                for pattern in _inside(value, set()):
                    named[pattern].add(f"{name}.{key}")
    methods = _methods()
    for name, pattern in _written_in_place():
        named[pattern].add(name)
    return tuple(
        Found(pattern, tuple(sorted(names)), _called(names, methods))
        for pattern, names in sorted(named.items(), key=lambda row: sorted(row[1]))
    )


def _called(names: set[str], methods: dict[str, set[str]]) -> frozenset[str]:
    in_place = {name.rpartition(".")[2] for name in names if ".re." in name}
    by_name = [name for name in names if ".re." not in name]
    told = (CALLED.get(name, methods[name] | methods[name.rpartition(".")[2]]) for name in by_name)
    return frozenset(in_place).union(*told)


def slow(found: Found, full: bool = False) -> Iterator[Slow]:
    """What is not linear in it; with `full`, each way of calling it also reads a million characters."""
    for method in sorted(_ways(found)):
        short = min(SHORT, found.cap)
        spent = sorted(((_cost(found, method, unit, short), unit) for unit in units(found.pattern)), reverse=True)
        for seconds, unit in spent[:WORST]:
            if seconds <= short * PER_SIGN or found.cap <= LONG:
                break
            once = _cost(found, method, unit, LONG)
            more = _cost(found, method, unit, TIMES * LONG, 2 * GROWTH * once + LEAST) if once < LIMIT else 0.0
            growth = more / once
            if once >= LIMIT or (growth > GROWTH and once > LEAST):
                yield Slow(found.where[0], method, unit, once, growth)
                return
        if full and (longest := _cost(found, method, spent[0][1], found.cap, FULL_LIMIT)) >= FULL_LIMIT:
            yield Slow(found.where[0], method, spent[0][1], longest, 0.0)


def _ways(found: Found) -> set[str]:
    """`match` and `fullmatch` begin once; whatever else there is begins everywhere, as do patterns in tables."""
    return {m if m in ("match", "fullmatch") else "finditer" for m in found.methods} or {"finditer"}


def _cost(found: Found, method: str, unit: str, size: int, limit: float = LIMIT) -> float:
    """CPU seconds, the better of two where it seems slow."""
    text: Any = (unit * (size // len(unit) + 1))[:size]
    if isinstance(found.pattern.pattern, bytes):
        text = text.encode("latin-1", "replace")
    spent = _once(getattr(found.pattern, method), text, limit)
    return min(spent, _once(getattr(found.pattern, method), text, limit)) if 0.001 < spent < limit else spent


def _once(call: Any, text: Any, limit: float) -> float:
    before = time.process_time()
    signal.signal(signal.SIGPROF, too_slow)
    signal.setitimer(signal.ITIMER_PROF, limit)
    try:
        for _ in call(text) if call.__name__ == "finditer" else (call(text),):
            pass
    except TooSlow:
        return limit
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - before


def _modules() -> Iterator[str]:
    for package in PACKAGES:
        path = importlib.import_module(package).__path__
        for module in pkgutil.walk_packages(path, f"{package}."):
            if "migrations" not in module.name and not module.name.endswith("__main__"):
                yield module.name


def _inside(value: Any, seen: set[int]) -> Iterator[re.Pattern[Any]]:
    """Every pattern within tables, dataclasses, slots, closures and cached functions of the product's own."""
    if isinstance(value, re.Pattern):
        yield value
    if isinstance(value, (str, bytes, int, float, re.Pattern, type(None))) or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, dict):
        inner = [*value.keys(), *value.values()]
    elif isinstance(value, (tuple, list, set, frozenset)):
        inner = list(value)
    elif type(value).__module__.partition(".")[0] in PACKAGES:
        names = [*getattr(value, "__dataclass_fields__", ()), *getattr(type(value), "__slots__", ())]
        inner = [getattr(value, name, None) for name in names] + list(getattr(value, "__dict__", {}).values())
    else:
        inner = [cell.cell_contents for cell in getattr(value, "__closure__", None) or ()]
    for one in inner:
        yield from _inside(one, seen)


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            yield name, ast.parse(file.read_text("utf-8"))


def _methods() -> dict[str, set[str]]:
    """Name of a constant -> the methods that are called on it: anywhere, on a private one (whole name) in its file."""
    found: dict[str, set[str]] = defaultdict(set)
    for module, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in dir(re.Pattern):
                name = getattr(node.value, "id", "") or getattr(node.value, "attr", "")
                found[f"{module}.{name}" if name.startswith("_") else name].add(node.attr)
    return found


def _written_in_place() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """(name, pattern) of `re.search("…", text)` and the like; what is compiled first has a name of its own."""
    for module, tree in _trees():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            called, first = node.func, node.args[0]
            of_re = isinstance(called.value, ast.Name) and called.value.id == "re" and called.attr in dir(re.Pattern)
            if of_re and isinstance(first, ast.Constant):
                yield f"{module}.re.{called.attr}", re.compile(first.value)


def main() -> int:
    full = "--full" in sys.argv
    every = patterns()
    many = 0
    for one in every:
        for each in slow(one, full):
            many += 1
            sys.stdout.write(f"{each}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(every)} patterns, {many} not linear\n")
    return bool(many)


if __name__ == "__main__":
    sys.exit(main())
