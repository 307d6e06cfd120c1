"""Who writes what from outside, day by day: rows with shares, bodies from the corpus, writers invented."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random

from classify.coding import Urgency
from classify.examples import Example
from krm.simulating.judge import Truth, truth_of
from krm.simulating.office import COLLEAGUES, OFFICE, OFFICER

NAMED = 0.08  # of complaints carry a name of somebody who gets letters
BOUNCES = 0.04  # of writers have an address that takes no mail
COMPLAINTS = ("beschwerde", "fachaufsichtsbeschwerde", "dienstaufsichtsbeschwerde")


@dataclass(frozen=True, slots=True)
class Writer:
    name: str
    address: str
    bounces: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """Something that arrives. `how` is the row it came by."""

    how: str
    writer: Writer
    subject: str
    body: str
    truth: Truth


@dataclass(frozen=True)
class Town:
    """The corpus by type, and chance."""

    examples: Sequence[Example]
    chance: Random

    @cached_property
    def _by_type(self) -> Mapping[tuple[str, Urgency], Sequence[Example]]:
        found: dict[tuple[str, Urgency], list[Example]] = {}
        for example in self.examples:
            if len(example.body) > 60:
                found.setdefault((example.type, example.urgency), []).append(example)
        return found

    def writes(self, how: str, kinds: Sequence[str], number: int) -> Letter:
        """A mail of one of these types; `number` makes its writer another one each time."""
        kind = self.chance.choice(kinds)
        urgency = self.chance.choices((Urgency.NONE, Urgency.NEED, Urgency.DANGER), (95, 3, 2))[0]
        pool = self._by_type.get((kind, urgency)) or self._by_type[kind, Urgency.NONE]
        example = self.chance.choice(pool)
        bounces = self.chance.random() < BOUNCES
        address = f"w{number}@{'gibt-es-nicht' if bounces else 'mail'}.example"
        writer = Writer(" ".join(example.from_name.replace('"', "").split()) or "Unbekannt", address, bounces)
        letter = Letter(how, writer, example.subject or "Ohne Betreff", example.body, truth_of(example))
        named = kind in COMPLAINTS and self.chance.random() < NAMED
        return self._with_name(letter) if named else letter

    def _with_name(self, letter: Letter) -> Letter:
        heads = [p for a in OFFICE.areas for p in (a.head,)]
        leads = [p for u in OFFICE.units for p in (u.lead, u.deputy) if p]
        person = self.chance.choice((*leads, *leads, *leads, *heads, OFFICER))
        surname = person.name.rpartition(" ")[2]
        body = f"Es geht mir um {surname} in Ihrem Haus, so wird man hier behandelt.\n\n{letter.body}"
        return replace(letter, body=body, truth=replace(letter.truth, names=frozenset({person.id})))


ROWS: tuple[tuple[float, str, tuple[str, ...]], ...] = (
    (0.07, "citizen", ("beschwerde", "beschwerde", "fachaufsichtsbeschwerde", "dienstaufsichtsbeschwerde")),
    (0.015, "citizen", ("lob", "idee")),
    (0.005, "citizen", ("petition", "eingabe")),
    (0.01, "forward", COMPLAINTS),
    (0.005, "scanner", COMPLAINTS),
    (0.03, "citizen", ("rechtsbehelf",)),
    (0.25, "citizen", ("anfrage",)),
    (0.40, "citizen", ("fremd",)),
    (0.12, "list", ("fremd",)),
    (0.05, "automatic", ("anfrage",)),
)
"""(share, way, types): with the house's replies 10 to 40 mails a working day, 100 to 250 recorded
reactions a year (rules.md, Sizes)."""
TWICE = 0.08  # to several addresses: the same words come once more


def row(chance: Random) -> tuple[str, tuple[str, ...]]:
    """One row by its share; what is left over is a citizen's inquiry."""
    at = chance.random()
    for share, how, kinds in ROWS:
        if at < share:
            return how, kinds
        at -= share
    return "citizen", ("anfrage",)


@dataclass(frozen=True, slots=True)
class Answered:
    """With this chance a letter of ours is answered, after so many hours of the clock."""

    chance: float
    hours: tuple[float, float]
    thanks: bool = False


ANSWERED: Mapping[str, tuple[Answered, ...]] = {
    "acknowledgement": (Answered(0.06, (2, 150)), Answered(0.05, (0.2, 40), thanks=True)),
    "interim_notice": (Answered(0.1, (1, 60)),),
    "answer": (Answered(0.15, (3, 120)), Answered(0.15, (0.5, 40), thanks=True)),
    "hand_over_note": (Answered(0.05, (1, 90)), Answered(0.05, (0.2, 40), thanks=True)),
    "posted": (Answered(0.15, (60, 170)),),
}
"""What citizens do with a letter of ours; `posted`: one that came by post, answered to the acknowledgement."""


def thanking(number: int, categories: tuple[str, ...]) -> tuple[str, Truth]:
    """Mere thanks to a letter."""
    body = f"Vielen Dank für Ihre Nachricht Nummer {number}, damit hat sich alles erledigt."
    return body, Truth("folgereaktion", categories, thanks=True)


__all__ = ["ANSWERED", "COLLEAGUES", "TWICE", "Answered", "Letter", "Town", "Writer", "row", "thanking"]
