"""A letter's text -> its sentences. Greeting, closing, address, headings, fields and quoted mail are not sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MONTHS = "januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
LONG_FRAGMENT = 8
"""Words from which a line without a full stop is a sentence all the same; below it is a heading or field."""
SHORT_QUESTION = 6
"""Words up to which a question alone in its line is a heading: „Wie geht es weiter?“."""
WRAPPED = 60
"""Characters a line and the next line's first word need together to look wrapped by a mail program."""

GREETING = re.compile(
    r"(?i)(?:sehr geehrte[rs]?\b|guten (?:tag|morgen|abend)\b|liebe[rs]?\b(?! gr)(?=[^.?]{1,60}[,!]$)|hallo\b|moin\b)"
    r"[^,.!?:;]{0,80}(?:[,!]|$)\s*"
)
CLOSING = re.compile(
    r"(?i)^(?:mit \w+(?: und \w+)? gr(?:ü|ue|u)(?:ß|ss)(?:en)?\b|(?:viele|freundliche|beste|herzliche|liebe|schöne) "
    r"gr(?:ü|ue|u)(?:ß|ss)e\b|hochachtungsvoll|im auftrag\b|i\. ?[av]\.|es grüßt)[^.!?]{0,60}$"
)
BULLET = re.compile(r"^[-*•·▪]\s+(?=\S)")
NUMBERED = re.compile(rf"(?i)^(?:–\s+|\(?(?:\d{{1,2}}|[a-z])[.)]\s+(?!(?:{MONTHS})\b|\d))(?=\S)")
WORD = re.compile(r"[^\W\d_]+(?:[-’'*:/][^\W\d_]+)*")
"""A word has letters only; a hyphen joins. Numbers, dates and signs are no words."""
LOOK_BACK = 80
"""Characters before a point that tell what it belongs to."""
COLUMNS = re.compile(r"(?<=\S)[^\S\n]{3,}|\t+")
"""A gap between the columns of a table."""
ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S{1,64}@\S+")

_POINTED = (
    "abs anl art aufl az bd bl bspw bzgl bzw ca co dgl dipl dr einschl etc evtl ff fr geb gem ggf gez hj hr incl inkl "
    "jh kap lfd lit lt max min mind mio mrd mtl nr nrn p prof rd rn s sog st std str tel u urt usw verf vgl v z ziff "
    "zit zt zzgl zzt"
)
SHORT = frozenset(_POINTED.split())
"""Lower-case words that end in a point without ending a sentence, wherever the next one begins."""
LAST = frozenset({"usw", "etc", "dgl", "ff"})
"""Those after which a capital nevertheless begins a new sentence."""
BEFORE_NUMBER = frozenset({"art", "bl", "s"})
"""Those that are words of their own where no number follows."""
ORDINAL_BEFORE = frozenset("am vom zum der des dem den die das im bis ab seit ihr ihre mein unser".split())  # noqa: SIM905
END = re.compile(r"(?<![.!?…])[.!?…]++[“”\"»«’)\]]*+(?=\s+[„“\"»«(\[]*[A-ZÄÖÜ0-9§])")


@dataclass(frozen=True, slots=True)
class Passage:
    """Text between two deliberate breaks, one line. `sentence` is False for headings, fields, short items of a list."""

    text: str
    words: tuple[str, ...]
    sentence: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """`before` the greeting and `after` from the closing on are lines; `passages` are what is said, in order."""

    before: tuple[str, ...]
    passages: tuple[Passage, ...]
    after: tuple[str, ...]

    @property
    def sentences(self) -> tuple[Passage, ...]:
        return tuple(p for p in self.passages if p.sentence)


def read(text: str) -> Letter:
    """Take a letter's plain text apart. Lines beginning with `>` are somebody else's."""
    ours = (line.strip() for line in text.splitlines() if not line.lstrip().startswith(">"))
    lines = [_tidy(column) for line in ours for column in COLUMNS.split(line)]
    greeted = next((i for i, line in enumerate(lines) if GREETING.match(line)), 0)
    closed = next((i for i, line in enumerate(lines) if i > greeted and CLOSING.match(line)), len(lines))
    body = [GREETING.sub("", line, count=1) if GREETING.match(line) else line for line in lines[greeted:closed]]
    passages = tuple(passage for piece, item in _pieces(body) for passage in _passages(piece, item=item))
    return Letter(_kept(lines[:greeted]), passages, _kept(lines[closed:]))


def words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(ADDRESS.sub(" ", text)))


def split(text: str) -> Iterator[str]:
    """The sentences of one line of text, in order."""
    start = 0
    for end in END.finditer(text):
        if end[0][0] != "." or not _goes_on(
            text[max(start, end.start() - LOOK_BACK) : end.start()], text[end.end() :].lstrip()
        ):
            yield text[start : end.end()].strip()
            start = end.end()
    if rest := text[start:].strip():
        yield rest


def _goes_on(before: str, after: str) -> bool:
    """Does the point belong to an abbreviation, an initial or an ordinal number?"""
    tokens = before.split()
    last = tokens[-1].lstrip("(„\"'") if tokens else ""
    bare = last.rpartition(".")[2].lower()
    if bare.isdigit():
        month = re.match(rf"(?i)(?:{MONTHS})\b", after) is not None
        ordinal = len(tokens) > 1 and tokens[-2].lower() in ORDINAL_BEFORE
        return "." not in last and len(bare) <= 2 and (month or ordinal or len(tokens) == 1)
    if bare in BEFORE_NUMBER:
        return after[:1].isdigit()
    if bare in LAST:
        return not after[:1].isupper()
    book = last in {"I", "V", "X"} and len(tokens) > 1 and tokens[-2].isupper()  # SGB X
    return bare in SHORT or bare.endswith("str") or (len(bare) == 1 and bare.isalpha() and not book)


def _tidy(line: str) -> str:
    """One blank between words, no soft hyphens; a number before a gap is the number of an item."""
    return " ".join(re.sub(r"^(\d{1,2})[^\S\n]{2,}", r"\1. ", line.replace("\u00ad", "")).split())


def _kept(lines: list[str]) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _pieces(lines: list[str]) -> Iterator[tuple[str, bool]]:
    """(text, is it an item of a list): lines joined where a mail program wrapped them."""
    piece, item = "", False
    last = ""
    for line in lines:
        runs_on = bool(last) and not re.search(r"[.!?:;…]$", last)
        full = len(last) + 1 + len(line.partition(" ")[0]) >= WRAPPED
        marked = BULLET.match(line) or (None if runs_on and full else NUMBERED.match(line))
        if runs_on and line and not marked and (full or line[0].islower()):
            piece = f"{piece} {line}"
        else:
            if piece:
                yield piece, item
            item = marked is not None
            piece = line[marked.end() :] if marked else line
        last = line
    if piece:
        yield piece, item


def _passages(piece: str, *, item: bool) -> Iterator[Passage]:
    found = list(split(piece))
    for text in found:
        said = words(text)
        if said or any(map(str.isdigit, text)):
            yield Passage(text, said, _is_sentence(text, len(said), alone=len(found) == 1, item=item))


def _is_sentence(text: str, count: int, *, alone: bool, item: bool) -> bool:
    ended = re.search(r"[.!?…:][“”\"»«’)\]]{0,3}$", text)
    if text.isupper() or not count:
        return False
    if not ended:
        return not alone or count >= LONG_FRAGMENT
    if alone and text.endswith("?"):
        return count > SHORT_QUESTION
    if text.endswith(":"):
        return count > 3
    return not item or count > 3
