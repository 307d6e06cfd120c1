"""Makes docs/ga.md: which clause of the Geschäftsanweisung is kept where, and which tests show it.

Read from the code and the tests: a file belongs to a clause where it names it ("GA 3.5.1", or a row of a table with
that clause), a test where its own text or its file's first lines do. `python -m tests.ga` writes the page anew.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "ga.md"
CODE = ("ingest", "classify", "store", "notify", "krm")
KINDS = ("*.py", "*.toml")
SHOWN = 6

CLAUSES: tuple[tuple[str, str], ...] = (
    ("3.1", "A reaction may hold several concerns: one Case, one to three categories."),
    (
        "3.1.1.2",
        "Dienstaufsichtsbeschwerde: personal conduct; a wrong decision alone is none, whatever it calls itself.",
    ),
    ("3.1.1.3", "Fachaufsichtsbeschwerde: what was decided and how, told apart from formal remedies."),
    ("3.1.2", "Praise goes beyond politeness; it is thanked."),
    ("3.1.3", "Ideas come without dissatisfaction."),
    ("3.1.4", "Petitions are never acknowledged automatically; the superior body's date goes first."),
    ("3.1.5", "Eingaben to other bodies, as petitions."),
    ("3.1.6", "Widerspruch, Einspruch, § 44 SGB X and Klage are not recorded; handed over the same day."),
    ("3.2", "Staff are sensitised once a year by their superiors."),
    ("3.2.1", "Officer and deputy."),
    ("3.2.2", "What cannot be settled within a day, or needs superiors, is reported to the officer."),
    ("3.2.3", "Oral reactions come from staff; the team lead informs the officer."),
    ("3.2.4", "Telephone reactions likewise."),
    ("3.2.5", "Written reactions reach the officer without delay."),
    ("3.2.6", "Opinion cards; anonymous ones have no acknowledgement."),
    ("3.3", "Only the officer records; access is limited to listed people."),
    ("3.4", "Inquiries are not KRM's work; counter-measures are followed up."),
    ("3.5.1", "Acknowledgement within three working days, with a time frame and a contact person."),
    ("3.5.2", "Written reactions are handled within 14 days, else an interim notice."),
    ("3.6", "Answer letter: clear, no officialese; by the team lead, to the officer, copy to management."),
    ("3.7", "Handled where it arose; four stages, each a matter of its own; the next only after failure."),
    ("3.8", "Archived by running number."),
    ("3.9", "Evaluation by officer and deputy; management informed by the 15th of the month."),
    ("Anlage 2", "Who receives, who informs whom, who decides."),
    ("Anlage 3", "The contact form; to the front office at recording and, with the whole Case, at closing."),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a clause demands, the files that keep it, and the tests that show it (`file::name`)."""

    clause: str
    demand: str
    code: tuple[str, ...]
    tests: tuple[str, ...]


def rows() -> tuple[Kept, ...]:
    """One row a clause, in the order of the Geschäftsanweisung."""
    code = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in _files(CODE)}
    tests = dict(_tests())
    return tuple(Kept(c, demand, _naming(code, c), _naming(tests, c)) for c, demand in CLAUSES)


def _naming(texts: dict[str, str], clause: str) -> tuple[str, ...]:
    """The keys of the texts that name the clause, and not merely one below it."""
    words = re.escape(clause)
    spoken = rf"GA (?:[0-9., ]*\b)?{words}(?![.0-9])" if clause[0].isdigit() else rf"{words}(?![.0-9])"
    row = rf'"[^"\n]*(?<![.0-9]){words}(?![.0-9])[^"\n]*"'
    wanted = re.compile(rf"{spoken}|{row}" if clause.count(".") > 1 else rf"{spoken}|\(\s*\w*\"?{words}\"|, {row}")
    return tuple(key for key, text in texts.items() if wanted.search(text))


def _files(packages: tuple[str, ...]) -> Iterator[Path]:
    for package in packages:
        found = sorted(p for kind in KINDS for p in (ROOT / package).rglob(kind))
        yield from (p for p in found if "/migrations/" not in p.as_posix())


def _tests() -> Iterator[tuple[str, str]]:
    """(`file::test`, its source with the file's first docstring where that names few clauses)."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        if path.name == "test_ga.py":
            continue
        text = path.read_text("utf-8")
        tree = ast.parse(text)
        head = ast.get_docstring(tree) or ""
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                own = ast.get_source_segment(text, node) or ""
                marks = "\n".join(ast.get_source_segment(text, d) or "" for d in node.decorator_list)
                yield f"{path.relative_to(ROOT).as_posix()}::{node.name}", f"{head}\n{marks}\n{own}"


def page() -> str:
    """The page as it should stand."""
    lines = [
        "# The Geschäftsanweisung, clause by clause",
        "",
        "Made from the code and the tests by `python -m tests.ga`; a stale page fails `tests/test_ga.py`. A file",
        "stands in a row where it names the clause, a test where its words or its file's first lines do.",
        "",
        "| clause | demand | kept in | shown by |",
        "| --- | --- | --- | --- |",
    ]
    for row in rows():
        code = "<br>".join(f"`{name}`" for name in row.code[:SHOWN]) + _more(row.code)
        tests = "<br>".join(f"`{name.removeprefix('tests/')}`" for name in row.tests[:SHOWN]) + _more(row.tests)
        lines.append(f"| {row.clause} | {row.demand} | {code} | {tests} |")
    return "\n".join(lines) + "\n"


def _more(names: tuple[str, ...]) -> str:
    return f"<br>and {len(names) - SHOWN} more" if len(names) > SHOWN else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
