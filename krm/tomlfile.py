"""A krm.toml, read strictly: every fault with its line, all at once, each with its remedy."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from krm.tomllines import Lines

T = TypeVar("T")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where (line 0: the whole file), and what to do."""

    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        place = f"Zeile {self.line}: " if self.line else ""
        return f"{place}{self.what} {self.remedy}"


class SettingsError(Exception):
    """The settings cannot be used; `faults` are all that were found."""

    def __init__(self, path: str, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(f"{path}: {fault}" for fault in faults))
        self.path, self.faults = path, tuple(faults)


@dataclass(slots=True)
class Table:
    """One table of the file. Reading a field notes faults instead of raising; unread fields are faults in the end.

    `name` is its path, with a place in every list: `org.unit#0.lead`.
    """

    name: str
    values: Mapping[str, Any]
    lines: Lines
    faults: list[Fault]
    read: set[str] = field(default_factory=set)

    @property
    def label(self) -> str:
        """The table as people see it in the file."""
        return "[" + re.sub(r"#\d+", "", self.name) + "]" if self.name else "der Datei"

    def fault(self, key: str, what: str, remedy: str) -> None:
        """Note a fault of a field; `key` "" means the table itself."""
        self.faults.append(Fault(self.lines.of(self._path(key) if key else self.name), what, remedy))

    def text(
        self, key: str, default: str | None = None, *, pattern: str = "", remedy: str = "", lines: bool = False
    ) -> str:
        """A string without control characters (`lines`: line breaks may be); `default` None: needed, and not empty.

        `pattern` must match it whole; `remedy` says what would.
        """
        value = self._get(key, default, str).strip()
        if not value:
            if default is None and isinstance(self.values.get(key), str):
                self.fault(key, f"„{key}“ in {self.label} ist leer.", "Bitte ausfüllen.")
        elif CONTROL.search(value.replace("\n", "") if lines else value):
            self.fault(key, f"„{key}“ in {self.label} ist keine einfache Zeile.", "Bitte Steuerzeichen entfernen.")
        elif pattern and not re.fullmatch(pattern, value):
            self.fault(key, f"„{key}“ in {self.label} hat keinen brauchbaren Wert.", remedy)
        return value

    def number(self, key: str, default: int, low: int, high: int) -> int:
        value = self._get(key, default, int)
        if not low <= value <= high:
            self.fault(key, f"„{key}“ in {self.label} ist {value}.", f"Erlaubt ist {low} bis {high}.")
        return value

    def flag(self, key: str, default: bool) -> bool:
        return self._get(key, default, bool)

    def choice(self, key: str, default: str, allowed: Sequence[str]) -> str:
        value = self._get(key, default, str)
        if value not in allowed:
            self.fault(key, f"„{key}“ in {self.label} ist „{value[:40]}“.", f"Erlaubt ist: {', '.join(allowed)}.")
            return default
        return value

    def texts(self, key: str, *, pattern: str = "", remedy: str = "") -> tuple[str, ...]:
        """A list of strings; each must match `pattern` whole."""
        values = self._get(key, [], list)
        if not all(isinstance(v, str) for v in values):
            self.fault(key, f"„{key}“ in {self.label} ist keine Liste von Texten.", 'Beispiel: ["eins", "zwei"].')
            return ()
        for n, value in enumerate(values):
            if not value.strip() or CONTROL.search(value) or (pattern and not re.fullmatch(pattern, value.strip())):
                what = f"„{key}“ in {self.label} hat an {n + 1}. Stelle keinen brauchbaren Wert."
                self.fault(f"{key}#{n}", what, remedy or "Bitte ausfüllen oder entfernen.")
        return tuple(v.strip() for v in values)

    def table(self, key: str, *, needed: bool = True) -> "Table | None":
        """An inner table (inline or its own section); None where it is missing."""
        self.read.add(key)
        value = self.values.get(key)
        if isinstance(value, dict):
            return Table(self._path(key), value, self.lines, self.faults)
        if value is not None:
            self.fault(key, f"„{key}“ ist keine Tabelle.", f"Bitte [{self._shown(key)}] darüber schreiben.")
        elif needed:
            self.fault(key, f"[{self._shown(key)}] fehlt.", "Bitte ergänzen.")
        return None

    def tables(self, key: str) -> Iterator["Table"]:
        """A list of tables (`[[name]]`, or inline)."""
        self.read.add(key)
        values = self.values.get(key, [])
        if not isinstance(values, list) or not all(isinstance(v, dict) for v in values):
            remedy = f"Bitte jeden Eintrag mit [[{self._shown(key)}]] beginnen."
            self.fault(key, f"„{key}“ in {self.label} ist keine Liste von Tabellen.", remedy)
            return
        for n, value in enumerate(values):
            yield Table(self._path(f"{key}#{n}"), value, self.lines, self.faults)

    def done(self) -> None:
        """Everything in it was read; what was not is a misspelling or of another version."""
        for key in self.values:
            if key not in self.read:
                self.fault(key, f"„{key}“ in {self.label} ist unbekannt.", "Bitte löschen oder richtig schreiben.")

    def _path(self, key: str) -> str:
        return f"{self.name}.{key}".lstrip(".")

    def _shown(self, key: str) -> str:
        return re.sub(r"#\d+", "", self._path(key))

    def _get(self, key: str, default: T | None, kind: type[T]) -> T:
        self.read.add(key)
        value = self.values.get(key, default)
        if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
            return value
        if value is None:
            self.fault(key, f"„{key}“ in {self.label} fehlt.", "Bitte ergänzen.")
        else:
            name, example = KINDS[kind]
            self.fault(key, f"„{key}“ in {self.label} ist {name}.", f"Beispiel: {key} = {example}")
        return default if default is not None else kind()


KINDS: Mapping[type[Any], tuple[str, str]] = {
    str: ("kein Text in Anführungszeichen", '"…"'),
    int: ("keine ganze Zahl", "60"),
    bool: ("weder true noch false", "true"),
    list: ("keine Liste", '["…", "…"]'),
}

TOML_FAULTS: tuple[tuple[str, str, str], ...] = (
    ("Cannot overwrite", "Ein Name steht zweimal.", "Bitte einen davon löschen."),
    ("Duplicate", "Ein Name steht zweimal.", "Bitte einen davon löschen."),
    ("Cannot ", "Ein Abschnitt steht zweimal.", "Bitte zusammenfassen; Listen brauchen [[doppelte Klammern]]."),
    ("Unterminated string", "Einem Text fehlt das Ende.", "Bitte das Anführungszeichen ergänzen."),
    ("Illegal character", "In einem Text steht ein verbotenes Zeichen.", 'Ein Text endet in seiner Zeile mit ".'),
    ("Unescaped", "In einem Text steht ein einzelner \\.", "Bitte \\\\ schreiben."),
    ("Unclosed array", "Eine Liste hat kein Ende.", "Bitte die Klammer ] oder ein Komma ergänzen."),
    ("Unclosed inline", "Eine Tabelle hat kein Ende.", "Bitte die Klammer } oder ein Komma ergänzen."),
    ("Expected ']", "Einer Überschrift fehlt die Klammer.", "Bitte so schreiben: [name] oder [[name]]."),
    ("Expected '='", "Nach einem Namen fehlt das Gleichheitszeichen.", "Bitte so schreiben: name = wert."),
    ("Expected newline", "Hinter dem Wert steht noch etwas.", 'Bitte eine Zeile für jede Angabe; Texte in "…".'),
    ("Invalid value", "Ein Wert ist nicht lesbar.", 'Texte gehören in gerade Anführungszeichen: "…".'),
    ("Invalid ", "Diese Zeile ist nicht lesbar.", "Bitte so schreiben: name = wert."),
    ("", "Das ist kein gültiges TOML.", "Bitte die Zeile berichtigen."),
)
"""Words of tomllib's message, and what to tell people."""


def parse(path: Path) -> Table:
    """The file as a table. Raises SettingsError where it is missing or no TOML."""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
        return Table("", tomllib.loads(text), Lines(text), [])
    except FileNotFoundError:
        fault = Fault(0, "Die Datei gibt es nicht.", "„krm init“ legt sie an.")
    except OSError as problem:
        fault = Fault(0, f"Die Datei ist nicht lesbar ({type(problem).__name__}).", "Bitte die Rechte prüfen.")
    except UnicodeDecodeError as problem:
        line = problem.object[: problem.start].count(b"\n") + 1
        fault = Fault(line, "Die Datei ist nicht in UTF-8 geschrieben.", "Bitte als UTF-8 speichern.")
    except tomllib.TOMLDecodeError as problem:
        fault = _broken(str(problem), text)
    except RecursionError:
        fault = Fault(0, "Die Datei ist zu tief verschachtelt.", "Bitte die Klammern prüfen.")
    raise SettingsError(str(path), [fault])


def _broken(problem: str, text: str) -> Fault:
    at = re.search(r"\(at line (\d+)", problem)
    what, remedy = next((what, remedy) for words, what, remedy in TOML_FAULTS if words in problem)
    return Fault(int(at[1]) if at else max(len(text.splitlines()), 1), what, remedy)
