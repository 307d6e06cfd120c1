"""Is a letter plain (GA 3.6, rules.md „Plain language“)? Hints for whoever wrote it; a hint is never a block."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from notify import helpful, wording
from notify.readability import LONGEST_LIMIT, MEAN_LIMIT, Figures, figures, is_long
from notify.sentences import Letter, Passage, read

SHOWN = 8
"""Hints at most: more are not read."""
QUOTED = 160
"""Characters of a sentence that are shown."""
EARLY = 10
"""Sentences, headings or fields from the first on in which date and next step are early in any case."""


class Kind(StrEnum):
    """What a hint is about, the most useful first."""

    INTERNAL = "internal"
    CONTACT = "contact"
    TELEPHONE = "telephone"
    NEXT_STEP = "next step"
    DATE = "date"
    ABBREVIATION = "abbreviation"
    LONG = "long"
    OFFICIALESE = "officialese"
    PARAGRAPH = "paragraph"
    DOUBLE_NEGATION = "double negation"
    PASSIVE = "passive"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Hint:
    """`sentence` as it stands, shortened, or empty where something is missing; `instead` empty where none is known."""

    kind: Kind
    sentence: str
    why: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """At most `SHOWN` hints, the most useful first; `left_off` counts the others."""

    figures: Figures
    hints: tuple[Hint, ...]
    left_off: int = 0

    @property
    def plain(self) -> bool:
        """Nothing to better: every figure within its limit and no hint."""
        return self.figures.within and not self.hints


def check(text: str) -> Findings:
    """Read a letter's plain text, from letterhead to signature."""
    letter = read(text)
    found = figures([passage.words for passage in letter.sentences])
    hints = _ordered(hint for rule in RULES for hint in rule(letter))
    if not found.within and not any(hint.kind in EXPLAIN_FIGURES for hint in hints):
        hints = (*hints, _of_figures(letter, found))
    return Findings(found, hints[:SHOWN], max(0, len(hints) - SHOWN))


def _internal(letter: Letter) -> Iterator[Hint]:
    for line in _everything(letter):
        for program in wording.programs(line):
            why = f"„{program}“ ist ein Programm des Hauses. Bürgerinnen und Bürgern nennen wir es nie."
            yield Hint(Kind.INTERNAL, line, why, "„in unseren Unterlagen“ oder „in unserem Programm“")


def _contact(letter: Letter) -> Iterator[Hint]:
    if not helpful.names_contact(letter):
        why = "Es fehlt der Name der Person, die bei Fragen hilft."
        yield Hint(Kind.CONTACT, "", why, "„Haben Sie Fragen? Rufen Sie … an.“")


def _telephone(letter: Letter) -> Iterator[Hint]:
    if not any(map(helpful.has_telephone, _everything(letter))):
        yield Hint(Kind.TELEPHONE, "", "Es fehlt eine Telefonnummer für Fragen.", "„Telefon: …“")


def _next_step(letter: Letter) -> Iterator[Hint]:
    example = "„Wir zahlen das Geld bis …“, „Bitte schicken Sie uns …“, „Sie müssen nichts weiter tun.“"
    missing = "Es steht nicht da, wie es weitergeht: Was tun Sie? Was soll die Person tun?"
    late = "Wie es weitergeht, steht erst spät im Brief. Schreiben Sie das Wichtigste an den Anfang."
    yield from _early(letter, Kind.NEXT_STEP, helpful.says_next_step, (missing, late), example)


def _date(letter: Letter) -> Iterator[Hint]:
    missing = "Es steht kein Datum da. Bis wann oder ab wann gilt etwas?"
    late = "Das erste Datum steht erst spät im Brief. Schreiben Sie das Wichtigste an den Anfang."
    yield from _early(letter, Kind.DATE, helpful.says_when, (missing, late), "„bis 23. Dezember 2026“")


def _early(
    letter: Letter, kind: Kind, says: Callable[[str], bool], whys: tuple[str, str], instead: str
) -> Iterator[Hint]:
    """Early is the first half of what is said, and always the first ten sentences, headings or fields."""
    missing, late = whys
    passages = letter.passages
    first = next((i for i, passage in enumerate(passages) if says(passage.text)), None)
    if first is None:
        yield Hint(kind, "", missing, instead)
    elif first >= max(EARLY, (len(passages) + 1) // 2):
        yield Hint(kind, passages[first].text, late)


def _abbreviations(letter: Letter) -> Iterator[Hint]:
    whole = "\n".join(_everything(letter))
    said = [passage.text for passage in letter.passages]
    for abbreviation, sentence in wording.unexplained(said, whole):
        full = f"„{abbreviation.words}“"
        meaning = f"{full} (oder „{abbreviation.also}“)" if abbreviation.also else full
        why = f"Die Abkürzung „{abbreviation.short}“ kennt nicht jede Person. Schreiben Sie das Wort aus."
        yield Hint(Kind.ABBREVIATION, sentence, why, meaning)


def _long(letter: Letter) -> Iterator[Hint]:
    over = [passage for passage in letter.sentences if len(passage.words) > LONGEST_LIMIT]
    for passage in sorted(over, key=lambda p: -len(p.words)):
        why = f"Der Satz hat {len(passage.words)} Wörter. Gut sind höchstens {LONGEST_LIMIT}."
        yield Hint(Kind.LONG, passage.text, why, "Machen Sie zwei oder mehr Sätze daraus.")


def _officialese(letter: Letter) -> Iterator[Hint]:
    yield from _worded(letter, Kind.OFFICIALESE, wording.officialese, "Das klingt nach Amtsdeutsch: {}.")


def _double_negation(letter: Letter) -> Iterator[Hint]:
    yield from _worded(letter, Kind.DOUBLE_NEGATION, wording.double_negation, "Das ist doppelt verneint: {}.")


def _worded(letter: Letter, kind: Kind, find: Callable[[str], tuple[tuple[str, str], ...]], why: str) -> Iterator[Hint]:
    """One hint a sentence, with all its phrases; a phrase is told of once."""
    told: set[str] = set()
    for passage in letter.passages:
        pairs = [(said, instead) for said, instead in find(passage.text) if said.lower() not in told]
        if pairs:
            told.update(said.lower() for said, _ in pairs)
            quoted = ", ".join(f"„{said}“" for said, _ in pairs)
            each = "; ".join(f"statt „{said}“: {instead}" for said, instead in pairs)
            better = pairs[0][1] if len(pairs) == 1 else each
            yield Hint(kind, passage.text, why.format(quoted), better)


def _paragraphs(letter: Letter) -> Iterator[Hint]:
    texts = [passage.text for passage in letter.sentences]
    for i, text in enumerate(texts):
        if wording.cites_without_reason(text, around=" ".join(texts[max(0, i - 1) : i + 2])):
            why = (
                "Hier steht ein Paragraf ohne den Grund. Sagen Sie dazu, was das Gesetz regelt und warum es hier gilt."
            )
            yield Hint(Kind.PARAGRAPH, text, why, "„Das Gesetz sagt: … Bei Ihnen ist das so, weil … (§ …)“")


def _passive(letter: Letter) -> Iterator[Hint]:
    for passage in letter.sentences:
        if wording.passive_chain(passage.text):
            why = "Der Satz sagt nicht, wer etwas tut („wurde …“, „worden“)."
            yield Hint(Kind.PASSIVE, passage.text, why, "„Wir haben … geprüft“, „Frau … hat entschieden“")


RULES: tuple[Callable[[Letter], Iterable[Hint]], ...] = (
    _internal,
    _contact,
    _telephone,
    _next_step,
    _date,
    _abbreviations,
    _long,
    _officialese,
    _paragraphs,
    _double_negation,
    _passive,
)
EXPLAIN_FIGURES = {Kind.LONG}
"""Kinds that already say why the figures are bad."""


def _of_figures(letter: Letter, found: Figures) -> Hint:
    """Long on average, or made of long words: the figures alone, where no single sentence is to blame."""
    if "mean" in found.exceeded:
        longest = max(letter.sentences, key=lambda p: len(p.words))
        mean = f"{found.mean:.1f}".replace(".", ",")
        why = f"Ein Satz hat im Durchschnitt {mean} Wörter. Gut sind höchstens {MEAN_LIMIT:.0f}."
        return Hint(Kind.FIGURES, _short(longest.text), why, "Machen Sie aus langen Sätzen zwei kurze.")
    longest_words = _longest_words(letter.sentences)
    why = f"Der Brief hat viele lange Wörter, zum Beispiel: {longest_words}. Kurze Wörter liest man leichter."
    return Hint(Kind.FIGURES, "", why, "Nehmen Sie kürzere Wörter oder sagen Sie es mit einem Verb.")


def _longest_words(sentences: tuple[Passage, ...]) -> str:
    words = dict.fromkeys(word for passage in sentences for word in passage.words if is_long(word))
    return ", ".join(f"„{word}“" for word in sorted(words, key=lambda word: -len(word))[:3])


def _ordered(hints: Iterable[Hint]) -> tuple[Hint, ...]:
    """The first of each kind in the order of kinds, then the second of each, and so on: no kind crowds out another."""
    nth: dict[Kind, int] = defaultdict(int)
    ranked = []
    for hint in hints:
        ranked.append((nth[hint.kind], hint))
        nth[hint.kind] += 1
    order = list(Kind)
    ranked.sort(key=lambda pair: (pair[0], order.index(pair[1].kind)))
    return tuple(Hint(h.kind, _short(h.sentence), h.why, h.instead) for _, h in ranked)


def _short(sentence: str) -> str:
    if len(sentence) <= QUOTED:
        return sentence
    return sentence[:QUOTED].rpartition(" ")[0].rstrip(",;: ") + " …"


def _everything(letter: Letter) -> tuple[str, ...]:
    return (*letter.before, *(passage.text for passage in letter.passages), *letter.after)
