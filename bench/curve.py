"""`python -m bench.curve`: what the confirmations of one office bring, simulated with writers held back.

An office whose mail is spread otherwise than the corpus: a third of the corpus's writers are kept away from the
model and drawn from so that a few groups of categories and the other languages come four times as often. 50, 200 and
1,000 of them are then confirmed and learned as `krm learn` does, without names and numbers; 300 others of the same
office are asked as they are.
"""

import random
from collections.abc import Sequence
from dataclasses import replace

from classify import anlage3, examples, quality, training
from classify.examples import Example
from classify.pseudonyms import Acquainted, pseudonymised
from classify.suggest import suggest
from krm.models import SEED
from krm.teaching import SOMEBODY

STEPS = (0, 50, 200, 1000)
ASKED = 300
HELD_BACK = 0.35
FAVOURED = ("kommunal.", "organisation.", "rechtsschutz.")
MORE_OFTEN = 4


def office(found: Sequence[Example], draw: random.Random) -> tuple[list[Example], list[Example]]:
    """What stays in the corpus, and the office's mails in the order in which they arrive."""
    writers = sorted({e.writer for e in found})
    away = set(draw.sample(writers, int(HELD_BACK * len(writers))))
    stays = [e for e in found if e.writer not in away]
    theirs = [e for e in found if e.writer in away]
    often = [MORE_OFTEN if _favoured(e) else 1 for e in theirs]
    order = sorted(range(len(theirs)), key=lambda at: draw.random() ** (1 / often[at]), reverse=True)
    return stays, [theirs[at] for at in order[: STEPS[-1] + ASKED]]


def _favoured(example: Example) -> bool:
    return example.lang != "de" or any(c.startswith(FAVOURED) for c in example.categories)


def _learned(example: Example) -> Example:
    """A confirmed mail as it is learned from: the officer said "ok", which tells nothing of a remedy."""
    text = pseudonymised(example.text, Acquainted((example.from_name,), ()))
    name = SOMEBODY if example.from_name.strip() else ""
    return replace(example, confirmed=True, remedy_told=False, subject=text.subject, body=text.body, from_name=name)


def main() -> None:
    form = anlage3.shipped()
    stays, theirs = office(examples.read(examples.shipped(), form), random.Random(SEED))
    draw = random.Random(SEED)
    draw.shuffle(theirs)
    asked, arriving = theirs[:ASKED], theirs[ASKED:]
    print("| confirmed | type | first category | in three | in eight |")
    print("| --- | --- | --- | --- | --- |")
    for step in STEPS:
        confirmed = [_learned(e) for e in arriving[:step]]
        model = training.train([*stays, *confirmed], form, SEED, lambda _: None)
        found = quality.measure(asked, suggest([e.text for e in asked], model, form))
        cells = (found.type_accuracy, found.first_in_1, found.first_in_3, found.first_in_8)
        print(f"| {len(confirmed)} | {' | '.join(f'{cell:.3f}' for cell in cells)} |", flush=True)


if __name__ == "__main__":
    main()
