"""`python -m bench.ablation`: what each part of the model brings. One training a row; prints a Markdown table.

Figures in cross-validation within the training part (from the model's own card) and on the test part (with rules).
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from classify import anlage3, embedding, examples, quality, training
from classify.anlage3 import Anlage3
from classify.examples import Example
from classify.suggest import suggest
from classify.training import Dials
from krm.models import SEED


@dataclass(frozen=True, slots=True)
class Row:
    """A way to learn: its dials, and what is changed about the form."""

    name: str
    dials: Dials = field(default_factory=Dials)
    form: Callable[[Anlage3], Anlage3] = lambda form: form


def _wordless(form: Anlage3) -> Anlage3:
    return replace(
        form,
        types=tuple(replace(t, words="") for t in form.types),
        categories=tuple(replace(c, words="") for c in form.categories),
    )


def _meaningless(form: Anlage3) -> Anlage3:
    bare = _wordless(form)
    return replace(bare, categories=tuple(replace(c, means="") for c in bare.categories))


ROWS = (
    Row("as shipped"),
    Row("without the words of the form", form=_wordless),
    Row("without definitions and words", Dials(likeness=0.0), _meaningless),
    Row("without the group before the leaf", Dials(group_share=0.0)),
    Row("rules and form at full weight for all", Dials(form_share=1.0)),
)


def judged(row: Row, learned: tuple[Example, ...], asked: tuple[Example, ...], form: Anlage3) -> str:
    changed = row.form(form)
    model = training.train(learned, changed, SEED, lambda _: None, row.dials)
    card = model.card
    found = quality.measure(asked, suggest([e.text for e in asked], model, changed))
    cells = (
        f"{card.type_accuracy:.3f}",
        f"{card.first_in_three:.3f}",
        f"{found.type_accuracy:.3f}",
        f"{found.first_in_1:.3f}",
        f"{found.first_in_3:.3f}",
        f"{found.first_in_8:.3f}",
    )
    return f"| {row.name} | {' | '.join(cells)} |"


def main() -> None:
    form = anlage3.shipped()
    learned, asked = (examples.read(paths, form) for paths in (examples.shipped(), examples.held_back()))
    with_encoder = " with the extra `embeddings`" if embedding.installed() else ""
    print(f"{len(learned)} mails learned, {len(asked)} asked{with_encoder}", file=sys.stderr)
    print("| | type, folds | first in 3, folds | type, test | first, test | in 3 | in 8 |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for row in ROWS[:1] if with_encoder else ROWS:
        print(judged(row, learned, asked, form), flush=True)


if __name__ == "__main__":
    main()
