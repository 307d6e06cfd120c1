"""How hard a German text is to read: sentence length, LIX, first Wiener Sachtextformel, Amstad (rules.md, GA 3.6)."""

from collections.abc import Sequence
from dataclasses import dataclass

from notify.syllables import syllables

MEAN_LIMIT = 14.0
"""Words per sentence, on average at most."""
LONGEST_LIMIT = 20
"""Words in any one sentence at most."""
LIX_LIMIT = 48.0
VIENNA_LIMIT = 10.0
AMSTAD_LEAST = 45.0
LONG_WORD = 6
"""Letters; a word with more is long (LIX, IW)."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All 0 for a text without sentences. `mean` and `longest` count words; of `amstad` more is better."""

    sentences: int
    words: int
    mean: float
    longest: int
    lix: float
    vienna: float
    amstad: float

    @property
    def within(self) -> bool:
        """Does the text keep every limit? A text without sentences does."""
        return not self.exceeded

    @property
    def exceeded(self) -> tuple[str, ...]:
        """The names of the figures beyond their limit."""
        beyond = {
            "mean": self.mean > MEAN_LIMIT,
            "longest": self.longest > LONGEST_LIMIT,
            "lix": self.lix > LIX_LIMIT,
            "vienna": self.vienna > VIENNA_LIMIT,
            "amstad": self.sentences > 0 and self.amstad < AMSTAD_LEAST,
        }
        return tuple(name for name, is_beyond in beyond.items() if is_beyond)


NOTHING = Figures(0, 0, 0.0, 0, 0.0, 0.0, 0.0)


def figures(sentences: Sequence[Sequence[str]]) -> Figures:
    """The figures of sentences, each given as its words."""
    lengths = [len(sentence) for sentence in sentences if sentence]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return NOTHING
    spoken = [syllables(word) for word in words]
    hundredth = len(words) / 100
    mean = len(words) / len(lengths)
    long_words = sum(map(is_long, words)) / hundredth
    three_or_more = sum(n >= 3 for n in spoken) / hundredth
    single = spoken.count(1) / hundredth
    return Figures(
        sentences=len(lengths),
        words=len(words),
        mean=mean,
        longest=max(lengths),
        lix=mean + long_words,
        vienna=0.1935 * three_or_more + 0.1672 * mean + 0.1297 * long_words - 0.0327 * single - 0.875,
        amstad=180 - mean - 58.5 * sum(spoken) / len(words),
    )


def is_long(word: str) -> bool:
    return sum(map(str.isalpha, word)) > LONG_WORD
