"""A krm.toml, read strictly: every fault with its line, all at once, each with its remedy."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


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
    """One table of the file. Reading a field notes faults instead of raising; unread fields are faults in the end."""

    name: str
    values: Mapping[str, Any]
    lines: "Lines"
    faults: list[Fault]
    read: set[str] = field(default_factory=set)

    def fault(self, key: str, what: str, remedy: str) -> None:
        self.faults.append(Fault(self.lines.of(self.name, key), what, remedy))

    def text(self, key: str, default: str | None = None, *, pattern: str = "", remedy: str = "") -> str:
        """A string; `default` None means the field is needed; `pattern` must match it whole."""
        value = self._get(key, default, str)
        if pattern and value and not re.fullmatch(pattern, value):
            self.fault(key, f"„{key}“ in [{self.name}] hat keinen brauchbaren Wert.", remedy)
        return value

    def number(self, key: str, default: int, low: int, high: int) -> int:
        value = self._get(key, default, int)
        if not low <= value <= high:
            self.fault(key, f"„{key}“ in [{self.name}] ist {value}.", f"Erlaubt ist {low} bis {high}.")
        return value

    def flag(self, key: str, default: bool) -> bool:
        return self._get(key, default, bool)

    def choice(self, key: str, default: str, allowed: Sequence[str]) -> str:
        value = self._get(key, default, str)
        if value not in allowed:
            self.fault(key, f"„{key}“ in [{self.name}] ist „{value}“.", f"Erlaubt ist: {', '.join(allowed)}.")
            return default
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values = self._get(key, [], list)
        if not all(isinstance(v, str) for v in values):
            self.fault(key, f"„{key}“ in [{self.name}] ist keine Liste von Texten.", 'Beispiel: ["eins", "zwei"].')
            return ()
        return tuple(values)

    def table(self, key: str, *, needed: bool = True) -> "Table | None":
        """An inner table (inline or its own section); None where it is missing."""
        value = self.values.get(key)
        self.read.add(key)
        if isinstance(value, dict):
            return Table(f"{self.name}.{key}".lstrip("."), value, self.lines, self.faults)
        if value is not None or needed:
            self.fault(key, f"[{f'{self.name}.{key}'.lstrip('.')}] fehlt oder ist keine Tabelle.", "Bitte ergänzen.")
        return None

    def tables(self, key: str) -> Iterator["Table"]:
        """A list of tables (`[[name]]`, or inline)."""
        for n, value in enumerate(self._get(key, [], list)):
            if isinstance(value, dict):
                yield Table(f"{self.name}.{key}#{n}", value, self.lines, self.faults)
            else:
                self.fault(key, f"„{key}“ in [{self.name}] ist keine Liste von Tabellen.", "Bitte [[…]] verwenden.")

    def done(self) -> None:
        """Everything in it was read; what was not is a misspelling or of another version."""
        for key in self.values:
            if key not in self.read:
                self.fault(key, f"„{key}“ in [{self.name}] ist unbekannt.", "Bitte löschen oder richtig schreiben.")

    def _get(self, key: str, default: T | None, kind: type[T]) -> T:
        self.read.add(key)
        value = self.values.get(key, default)
        if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
            return value
        if value is None:
            self.fault(key, f"„{key}“ in [{self.name}] fehlt.", "Bitte ergänzen.")
        else:
            self.fault(key, f"„{key}“ in [{self.name}] ist nicht vom Typ {KINDS[kind]}.", "Bitte berichtigen.")
        return default if default is not None else kind()


KINDS: dict[Callable[..., Any], str] = {
    str: "Text (in Anführungszeichen)",
    int: "Zahl",
    bool: "true/false",
    list: "Liste",
}


class Lines:
    """Where a field stands: found by reading the text along its section heads, since tomllib tells no lines."""

    def __init__(self, text: str) -> None:
        self._at: dict[tuple[str, str], int] = {}
        self._heads: dict[str, int] = {}
        section, counted = "", dict[str, int]()
        for number, line in enumerate(text.splitlines(), 1):
            if head := re.match(r"\s*(\[\[?)\s*([\w.\-]+)\s*\]\]?", line):
                section = head[2]
                if head[1] == "[[":
                    n = counted.get(section, 0)
                    counted[section] = n + 1
                    section = f"{section}#{n}"
                self._heads.setdefault(section, number)
            elif key := re.match(r"\s*([\w\-]+)\s*=", line):
                self._at.setdefault((section, key[1]), number)

    def of(self, section: str, key: str) -> int:
        """The field's line, else that of the nearest thing around it, else 0."""
        if (section, key) in self._at:
            return self._at[section, key]
        outer, _, last = section.rpartition(".")
        last = last.partition("#")[0]
        return self._heads.get(section) or self._at.get((outer, last), 0) or self._heads.get(outer, 0)


def parse(path: Path) -> Table:
    """The file as a table. Raises SettingsError where it is missing or no TOML."""
    try:
        text = path.read_text(encoding="utf-8")
        values = tomllib.loads(text)
    except FileNotFoundError:
        fault = Fault(0, "Die Datei gibt es nicht.", "„krm init“ legt sie an.")
        raise SettingsError(str(path), [fault]) from None
    except (OSError, UnicodeDecodeError) as problem:
        fault = Fault(
            0, f"Die Datei ist nicht lesbar ({type(problem).__name__}).", "Bitte Rechte und Kodierung prüfen."
        )
        raise SettingsError(str(path), [fault]) from None
    except tomllib.TOMLDecodeError as problem:
        at = re.search(r"line (\d+)", str(problem))
        fault = Fault(int(at[1]) if at else 0, f"Das ist kein gültiges TOML ({problem}).", "Bitte berichtigen.")
        raise SettingsError(str(path), [fault]) from None
    return Table("", values, Lines(text), [])
