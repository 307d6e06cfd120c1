"""Whether a new model may take the place of the one in use: not worse on mails that neither has learned from. Pure.

Since a little worse counts as not worse, night after night could take a little away. So on the test part every new
model is also measured against the shipped one, and there nothing may be lost of what must not be missed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from classify import quality
from classify.coding import Suggestion
from classify.examples import Example
from classify.quality import Report

LOWER = 0.01
"""So much lower a share may be and still count as not worse, and one mail where there are fewer than 100 of them."""

MORE_ALARMS = 0.01

_ROUNDING = 1e-9

TEST, CONFIRMED, BASE = "test", "confirmed", "base"


@dataclass(frozen=True, slots=True)
class Contest:
    """Labelled mails neither has learned from, and what both say of them. `part` is TEST, CONFIRMED, or BASE: the test
    part against the shipped model. `strict`: the champion is the shipped model, remedy and danger have no room."""

    part: str
    examples: Sequence[Example]
    champion: Sequence[Suggestion]
    challenger: Sequence[Suggestion]
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A share of `of` mails, 0 to 1, of both; the challenger's may be worse by `allowed`. `falls`: less is better."""

    part: str
    name: str
    german: str
    champion: float
    challenger: float
    of: int
    allowed: float
    falls: bool

    @property
    def worse(self) -> bool:
        lost = self.challenger - self.champion if self.falls else self.champion - self.challenger
        return lost > self.allowed + _ROUNDING

    def __str__(self) -> str:
        """For the journal: no blanks, no words of anybody."""
        return f"{self.part}.{self.name}:{self.champion:.3f}>{self.challenger:.3f}"

    @property
    def complaint(self) -> str:
        """A German sentence, for a figure that is worse."""
        value, before, allowed = (_comma(v) for v in (self.challenger, self.champion, self.allowed))
        return f"{PARTS[self.part]}, {self.of} Mails: {self.german} {value} statt {before} (Spielraum {allowed})."


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reasons` are German sentences."""

    promoted: bool
    figures: tuple[Figure, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A figure that decides: its name, its value, how many mails it counts.

    `parts`: where its labels are somebody's word, not the machine's own. Of need and danger the officer says nothing,
    of a remedy only where the suggestion was wrong. `grave`: nothing of it may be lost in a strict contest.
    """

    name: str
    german: str
    value: Callable[[Report], float]
    of: Callable[[Report, Sequence[Example]], int]
    falls: bool = False
    parts: tuple[str, ...] = (TEST, BASE)
    grave: bool = False


EVERYWHERE = (TEST, CONFIRMED, BASE)

ROWS = (
    _Row("type", "Art richtig", lambda r: r.type_accuracy, lambda r, _: r.examples, parts=EVERYWHERE),
    _Row("first3", "Kategorie unter den ersten drei", lambda r: r.first_in_3, lambda _, e: _coded(e), parts=EVERYWHERE),
    _Row("remedy", "Rechtsbehelf erkannt", lambda r: r.remedy.recall, lambda r, _: r.remedy.yes, grave=True),
    _Row("need", "Not erkannt", lambda r: r.need.recall, lambda r, _: r.need.yes),
    _Row("danger", "Gefahr erkannt", lambda r: r.danger.recall, lambda r, _: r.danger.yes, grave=True),
    _Row(
        "remedy-false", "falscher Rechtsbehelf", lambda r: r.remedy.false_alarms, lambda r, _: r.remedy.no, falls=True
    ),
    _Row("need-false", "falsche Not", lambda r: r.need.false_alarms, lambda r, _: r.need.no, True),
    _Row("danger-false", "falsche Gefahr", lambda r: r.danger.false_alarms, lambda r, _: r.danger.no, True),
)

PARTS = {
    TEST: "Fester Testteil",
    CONFIRMED: "Neueste bestätigte Vorgänge",
    BASE: "Fester Testteil, gegen das mitgelieferte Modell",
}

NOT_WORSE = "Bei keiner Zahl schlechter als das Modell im Gebrauch."
NOTHING = "{}: keine Mails zum Vergleichen."


def judge(contests: Sequence[Contest]) -> Verdict:
    """Promoted where no figure of any contest is worse; never on a contest without mails."""
    figures = tuple(figure for contest in contests if contest.examples for figure in _figures(contest))
    empty = [NOTHING.format(PARTS[c.part]) for c in contests if not c.examples]
    complaints = (*empty, *(f.complaint for f in figures if f.worse))
    return Verdict(not complaints, figures, complaints or (NOT_WORSE,))


def _figures(contest: Contest) -> Iterator[Figure]:
    before = quality.measure(contest.examples, contest.champion)
    after = quality.measure(contest.examples, contest.challenger)
    for row in ROWS:
        of = row.of(before, contest.examples)
        if of and contest.part in row.parts:
            room = max(MORE_ALARMS if row.falls else LOWER, 1 / of)
            allowed = 0.0 if contest.strict and row.grave else room
            yield Figure(
                contest.part, row.name, row.german, row.value(before), row.value(after), of, allowed, row.falls
            )


def _coded(examples: Sequence[Example]) -> int:
    return sum(bool(example.categories) for example in examples)


def _comma(value: float) -> str:
    return f"{value:.3f}".replace(".", ",")
