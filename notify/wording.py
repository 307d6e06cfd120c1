"""What a sentence of a letter holds: phrases, abbreviations, citations. Rather a miss than a false alarm."""

import re
from collections.abc import Iterable, Iterator

from notify.officialese import ABBREVIATIONS, DOUBLE_NEGATION, INTERNAL, OFFICIALESE, Abbreviation, Phrase

PROGRAM = re.compile(INTERNAL)


def programs(line: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(PROGRAM.findall(line)))


def _compiled(phrases: Iterable[Phrase]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each spelling on its own: a pattern that begins with fixed letters is found fast."""
    return tuple(
        (re.compile(rf"{spelling}(?!\w)"), phrase.instead)
        for phrase in phrases
        for spelling in _spellings(phrase.pattern)
    )


def _spellings(pattern: str) -> Iterator[str]:
    """The alternatives of the pattern that stand outside brackets."""
    depth, start = 0, 0
    for i, sign in enumerate(pattern):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            yield pattern[start:i]
            start = i + 1
    yield pattern[start:]


_OFFICIALESE = _compiled(OFFICIALESE)
_DOUBLE_NEGATION = _compiled(DOUBLE_NEGATION)


def officialese(sentence: str) -> tuple[tuple[str, str], ...]:
    """(as it stands, what to write instead), in the order of the sentence."""
    return _phrases(sentence, _OFFICIALESE)


def double_negation(sentence: str) -> tuple[tuple[str, str], ...]:
    return _phrases(sentence, _DOUBLE_NEGATION)


def _phrases(sentence: str, patterns: tuple[tuple[re.Pattern[str], str], ...]) -> tuple[tuple[str, str], ...]:
    low = sentence.lower()
    shown = sentence if len(low) == len(sentence) else low
    hits = sorted(
        (
            (hit.start(), -hit.end(), shown[hit.start() : hit.end()], instead)
            for pattern, instead in patterns
            for hit in pattern.finditer(low)
            if not low[hit.start() - 1 : hit.start()].isalnum()
        )
    )
    found, reached = {}, -1
    for start, end, said, instead in hits:
        if start >= reached:
            found[said] = instead
            reached = -end
    return tuple(found.items())


_WORDS = {a.short: a for a in ABBREVIATIONS}
_SHORTS = "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True))
SHORT = re.compile(rf"(?<![\w/-])({_SHORTS})s?(?![\w/]|-\d|-[A-Z]{{2}}| ?\d{{3}})")
"""A short form before a number is a reference, not a word: BG 0300, KRM-2026."""
NOT_HERE = {
    "MB": re.compile(r"\d $"),  # 5 MB
    "AG": re.compile(r"(?s)^(?!.*\b(?:de[rsnm]|vom|beim|zum|[Ii]hr\w*|ein\w*|und|oder) $)"),  # Muster AG
    "VM": re.compile(r"\bAnlage $"),  # the form's own name
}
"""What stands before a short form where it means something else."""
EXPLAINS = "|".join(
    (
        r"[^\W\d_]{{4}},? \((?:kurz:? |abgekürzt:? )?{0}s?(?:[ -][\w-]{{1,12}})?\)",  # Bedarfsgemeinschaft (BG)
        r"\b{0}s?(?: [IVX]+)? \([^()\d]{{0,40}}[^\W\d_]{{4}}",  # BG (Bedarfsgemeinschaft)
        r"[–-] ?{0}(?: [IVX]+)? ?[–-] ",  # Sozialgesetzbuch – SGB II –
        r"\b{0} (?:heißt|bedeutet|steht für)\b|\b{0} =|= {0}\b",
    )
)


def unexplained(said: Iterable[str], whole: str) -> Iterator[tuple[Abbreviation, str]]:
    """Each abbreviation that `whole` explains nowhere, with the first text that uses it; headings in capitals aside."""
    told: set[str] = set()
    for text in said:
        for hit in () if text.isupper() else SHORT.finditer(text):
            short = hit[1]
            elsewhere = NOT_HERE.get(short)
            if short in told or (elsewhere and elsewhere.search(text[: hit.start()])):
                continue
            told.add(short)
            if not re.search(EXPLAINS.format(re.escape(short)), whole):
                yield _WORDS[short], text


CITATION = re.compile(
    r"§§?|\b(?:Abs|Nr|Nrn|Ziff|Art|Alt|Hs|Buchst|i\. ?V\. ?m|i\. ?S\. ?d)\.|\b[IVX]+\b|\d+\w?"
    r"|\b(?:Absatz|Satz|Nummer|Artikel|Halbsatz|und|oder|ff?|Zweite[ns]?|Zehnte[ns]?|Erste[ns]?|Dritte[ns]?)\b"
    r"|\b(?:SGB|SGG|VwVfG|VwGO|BGB|GG|BDSG|DSGVO|Sozialgesetzbuch\w*|Buch\w*|Gesetz\w*)\b"
)
_AROUND = (
    "rechtsgrundlage rechtsgrundlagen grundlage gesetzliche rechtliche die der das dies diese dieser des den dem ist "
    "sind hierfür dafür hierzu dazu entscheidung bescheid beruht beruhen ergibt ergeben sich folgt stützt auf aus nach "
    "gemäß gem aufgrund siehe vgl vergleiche in verbindung mit im sinne von hier er sie es unsere unser meine ihr "
    "ihre"
)
BOILERPLATE = frozenset(_AROUND.split())
"""Words around a citation that give no reason."""
REFUSAL = re.compile(
    r"(?i)\b(?:abgelehnt|ablehnen|lehnen|aufgehoben|heben|versagt|versagen|gemindert|mindern|zurückgefordert|fordern"
    r"|eingestellt|entzogen|entziehen|zurückgewiesen|erstatten|zurückzahlen|angerechnet)\b"
)
REASON = re.compile(
    r"(?i)\b(?:weil|denn|deshalb|darum|daher|deswegen|nämlich|bedeutet|grund dafür|der grund|das heißt|d\. ?h\.|regelt"
    r"|besagt|steht|sagt|verlangt|erlaubt|wenn|sobald|solange|damit|wegen|obwohl|müssen|muss|darf|dürfen|gilt)\b"
    r"|(?:^|[,.:] )da\b"
)


def cites_without_reason(sentence: str, *, around: str) -> bool:
    """A § with nothing beside it, or that refuses something, and no reason in it or in its neighbours."""
    if "§" not in sentence or REASON.search(around):
        return False
    rest = [w for w in re.findall(r"[^\W\d_]+", CITATION.sub(" ", sentence)) if w.lower() not in BOILERPLATE]
    return len(rest) <= 1 or REFUSAL.search(sentence) is not None


_PARTICIPLE = r"[^\W\d_]{0,20}(?:ge[^\W\d_]{2,20}(?:t|en)|iert|(?:be|ver|er|ent|über|unter)[^\W\d_]{2,20}t)"
PASSIVE = re.compile(
    rf"(?i)\bworden\b|\b{_PARTICIPLE} (?:wurden?|wird)\b"
    rf"|\b(?:wurden?|wird)\b[^.,;:]{{1,80}}?\b{_PARTICIPLE}\b(?! worden)"
)


def passive_chain(sentence: str) -> bool:
    """Two passives or more in one sentence."""
    return sum(1 for _ in PASSIVE.finditer(sentence)) >= 2
