"""Where each field of a TOML file stands: tomllib tells no lines. Only for text that tomllib has read without fault."""

import re
from dataclasses import dataclass

TOKEN = re.compile(
    r"""(?P<skip>[ \t\r]+|\#[^\n]*)
    |(?P<text>\"{3}(?:[^\\]|\\.)*?\"{3,5}|'{3}.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')
    |(?P<sign>[\[\]{},=.\n])
    |(?P<bare>[^\s\#"'\[\]{},=.]+)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    line: int


class Lines:
    """The line of every field by its path: `mailbox.port`, `org.unit#0.lead.name` (the lead of the first unit)."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._next = 0
        self._at: dict[str, int] = {}
        self._lengths: dict[str, int] = {}
        section = ""
        while self._next < len(self._tokens):
            if self._peek() == "\n":
                self._next += 1
            elif self._peek() == "[":
                section = self._head()
            else:
                self._field(section)

    def of(self, path: str) -> int:
        """The field's line, else that of the nearest thing around it, else 0."""
        while path and path not in self._at:
            path = re.sub(r"(^|[.#])[^.#]*$", "", path)
        return self._at.get(path, 0)

    def _peek(self) -> str:
        return self._tokens[self._next].text if self._next < len(self._tokens) else "\n"

    def _take(self) -> _Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _head(self) -> str:
        line, depth = self._take().line, 1
        if self._peek() == "[":
            self._next, depth = self._next + 1, 2
        names = self._key()
        self._next += depth
        section = ""
        for name in names[:-1]:
            section = self._inside(_join(section, name))
            self._at.setdefault(section, line)
        section = _join(section, names[-1])
        if depth == 2:
            self._lengths[section] = self._lengths.get(section, 0) + 1
            self._at.setdefault(section, line)
        section = self._inside(section)
        self._at[section] = line
        return section

    def _inside(self, section: str) -> str:
        """Of a list of tables, the last one so far."""
        return f"{section}#{self._lengths[section] - 1}" if section in self._lengths else section

    def _key(self) -> list[str]:
        """Names parted by dots, up to what follows them."""
        names = [_plain(self._take().text)]
        while self._peek() == ".":
            self._next += 1
            names.append(_plain(self._take().text))
        return names

    def _field(self, section: str) -> None:
        """`key = value`, in a section or in braces."""
        line = self._tokens[self._next].line
        for name in self._key():
            section = _join(section, name)
            self._at.setdefault(section, line)
        self._next += 1
        self._value(section)

    def _value(self, path: str) -> None:
        if self._peek() == "[":
            self._list(path)
        elif self._peek() == "{":
            self._braces(path)
        else:
            while self._peek() not in ("\n", ",", "]", "}"):
                self._next += 1

    def _list(self, path: str) -> None:
        self._next += 1
        count = 0
        while self._peek() != "]":
            if self._peek() in ("\n", ","):
                self._next += 1
                continue
            self._at.setdefault(f"{path}#{count}", self._tokens[self._next].line)
            self._value(f"{path}#{count}")
            count += 1
        self._next += 1

    def _braces(self, path: str) -> None:
        self._next += 1
        while self._peek() != "}":
            if self._peek() in ("\n", ","):
                self._next += 1
            else:
                self._field(path)
        self._next += 1


def _tokens(text: str) -> list[_Token]:
    found, line = [], 1
    for match in TOKEN.finditer(text):
        if match.lastgroup != "skip":
            found.append(_Token(match[0], line))
        line += match[0].count("\n")
    return found


def _plain(name: str) -> str:
    return name[1:-1] if name[0] in "\"'" else name


def _join(section: str, name: str) -> str:
    return f"{section}.{name}".lstrip(".")
