"""`python -m bench.ordinary MODEL`: how the model does with what is most ordinary, subjects and short mails.

The first table exchanges the subjects of the first complaints of the test part: what a mail is must not hang on the one
general word above it. The second tells how reliable "sure" is, by length. MODEL is a file of `bench.judge train`.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from classify import anlage3, examples, model
from classify.anlage3 import Anlage3
from classify.coding import Suggestion
from classify.examples import Example
from classify.model import Model
from classify.suggest import ORDINARY, suggest
from store.disposing import put_aside

SUBJECTS = ("Beschwerde", "Beschwerde über Ihr Amt", "Meine Beschwerde!!!", "Unzufriedenheit", "Bescheid", "Frage", "")
LENGTHS = ((0, 14), (15, 39), (40, 89), (90, 10_000))
"""Words of the body, greeting and closing included."""


def swapped(found: Sequence[Example], ours: Model, form: Anlage3) -> list[str]:
    """A row of Markdown for each subject, the mails' own first."""
    first = [e for e in found if e.type == ORDINARY]
    rows = [
        "| subject | right | Folgereaktion | put aside | remedy by mistake | danger by mistake |",
        "| --- |" + " ---: |" * 5,
    ]
    for subject in (None, *SUBJECTS):
        texts = [e.text if subject is None else replace(e.text, subject=subject) for e in first]
        said = suggest(texts, ours, form)
        counts = (
            sum(s.type == ORDINARY for s in said),
            sum(form.type(s.type).continues for s in said),
            sum(put_aside(s, form, rescued=False) for s in said),
            sum(s.remedy and not e.remedy for s, e in zip(said, first, strict=True)),
            sum(s.urgency == "gefahr" != e.urgency for s, e in zip(said, first, strict=True)),
        )
        name = "as it was" if subject is None else subject or "none"
        rows.append(f"| {name} | {' | '.join(f'{count / len(first):.3f}' for count in counts)} |")
    return rows


def lengths(found: Sequence[Example], said: Sequence[Suggestion]) -> list[str]:
    """A row of Markdown for each length."""
    rows = ["| words | mails | type right | sure | wrong and sure |", "| --- | ---: | ---: | ---: | ---: |"]
    for fewest, most in LENGTHS:
        these = [(e, s) for e, s in zip(found, said, strict=True) if fewest <= len(e.body.split()) <= most]
        counts = (
            sum(e.type == s.type for e, s in these),
            sum(s.sure for _, s in these),
            sum(s.sure and e.type != s.type for e, s in these),
        )
        shares = " | ".join(f"{count / max(1, len(these)):.3f}" for count in counts)
        rows.append(f"| {fewest} to {most if most < LENGTHS[-1][1] else 'more'} | {len(these)} | {shares} |")
    return rows


def main(path: str) -> None:
    form, ours = anlage3.shipped(), model.load(Path(path), None, None)
    found = examples.read(examples.held_back(), form)
    print("\n".join([*swapped(found, ours, form), "", *lengths(found, suggest([e.text for e in found], ours, form))]))


if __name__ == "__main__":
    main(*sys.argv[1:])
