"""Labelled mails from JSON Lines: one object a line, each with its writer and language (keys: corpus/README.md)."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classify.anlage3 import Anlage3
from classify.coding import Text, Urgency

CORPUS = Path(__file__).with_name("corpus")

CONFIRMED_WEIGHT = 3.0
MOST_CATEGORIES = 3

TEST_PREFIX = "test-"
"""Files of the corpus that are never trained on begin so."""

_WORDS = ("id", "writer", "lang", "from_name", "subject", "body", "art", "kundengruppe", "dringend")


class CorpusError(Exception):
    """A line cannot be used; the message names file, line and fault, never the text of the mail."""


@dataclass(frozen=True, slots=True)
class Example:
    """A mail and how it is to be coded, in ids of the taxonomy; the most important category first, or none.

    `writer`: mails of one writer, or of one Case, are never learned from in one place and compared in another.
    `confirmed`: by the office that learns from it. Then it weighs more than a mail of the corpus. `follows` is that of
    Text: such a mail tells nothing of the types. `remedy_told`: somebody said whether a remedy is in it.
    `customer_group`: "" where it is not known; then it tells nothing of customer groups.
    """

    id: str
    writer: str
    lang: str
    from_name: str
    subject: str
    body: str
    type: str
    categories: tuple[str, ...]
    customer_group: str
    remedy: bool
    urgency: Urgency
    confirmed: bool = False
    follows: bool = False
    remedy_told: bool = True

    @property
    def weight(self) -> float:
        """How many mails of the corpus it counts for."""
        return CONFIRMED_WEIGHT if self.confirmed else 1.0

    @property
    def text(self) -> Text:
        return Text(self.id, self.subject, self.from_name, self.body, self.follows)


def shipped() -> tuple[Path, ...]:
    """The files of the corpus that comes with the package and may be learned from, by name."""
    return tuple(path for path in sorted(CORPUS.glob("*.jsonl")) if not path.name.startswith(TEST_PREFIX))


def held_back() -> tuple[Path, ...]:
    """The test part of that corpus: other writers, never trained on."""
    return tuple(sorted(CORPUS.glob(f"{TEST_PREFIX}*.jsonl")))


def read(paths: Sequence[Path], taxonomy: Anlage3) -> tuple[Example, ...]:
    """All examples of all files, in order. Raises CorpusError on the first fault; an id may be used once only."""
    examples: list[Example] = []
    seen: dict[str, str] = {}
    for path in paths:
        for place, example in _of_file(path, taxonomy):
            if example.id in seen:
                raise CorpusError(f"{place}: id {example.id!r} is already used in {seen[example.id]}")
            seen[example.id] = place
            examples.append(example)
    return tuple(examples)


def _of_file(path: Path, taxonomy: Anlage3) -> Iterator[tuple[str, Example]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as fault:
        raise CorpusError(f"{path}: {fault.strerror}") from fault
    except UnicodeDecodeError as fault:
        raise CorpusError(f"{path}: not UTF-8 at byte {fault.start}") from fault
    for number, line in enumerate(lines, start=1):
        if line.strip():
            place = f"{path}, line {number}"
            yield place, _example(_object(line, place), taxonomy, place)


def _object(line: str, place: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except json.JSONDecodeError as fault:
        raise CorpusError(f"{place}: no JSON: {fault.msg} (column {fault.colno})") from fault
    except (ValueError, RecursionError) as fault:  # numbers of thousands of digits, brackets thousands deep
        raise CorpusError(f"{place}: no JSON that can be read") from fault
    if not isinstance(found, dict):
        raise CorpusError(f"{place}: not a JSON object")
    return found


def _example(given: dict[str, Any], taxonomy: Anlage3, place: str) -> Example:
    """Labels are needed; what only tells a mail from others may be missing."""
    fields = {"id": place, "writer": "", "lang": "", "from_name": "", "subject": ""} | given
    missing = [key for key in (*_WORDS, "kategorien", "rechtsbehelf") if key not in fields]
    if missing:
        raise CorpusError(f"{place}: missing {', '.join(missing)}")
    _check_kinds(fields, place)
    _check_ids(fields, taxonomy, place)
    return Example(
        id=fields["id"],
        writer=fields["writer"],
        lang=fields["lang"],
        from_name=fields["from_name"],
        subject=fields["subject"],
        body=fields["body"],
        type=fields["art"],
        categories=tuple(fields["kategorien"]),
        customer_group=fields["kundengruppe"],
        remedy=fields["rechtsbehelf"],
        urgency=Urgency(fields["dringend"]),
    )


def _check_kinds(fields: dict[str, Any], place: str) -> None:
    wrong = [key for key in _WORDS if not isinstance(fields[key], str)]
    if not isinstance(fields["kategorien"], list) or not all(isinstance(c, str) for c in fields["kategorien"]):
        wrong.append("kategorien")
    if not isinstance(fields["rechtsbehelf"], bool):
        wrong.append("rechtsbehelf")
    if wrong:
        raise CorpusError(f"{place}: wrong kind of value in {', '.join(wrong)}")


def _check_ids(fields: dict[str, Any], taxonomy: Anlage3, place: str) -> None:
    known = {
        "art": {t.id for t in taxonomy.types},
        "kundengruppe": {g.id for g in taxonomy.groups},
        "dringend": {u.value for u in Urgency},
    }
    for key, ids in known.items():
        if fields[key] not in ids:
            raise CorpusError(f"{place}: {key} has no {fields[key]!r}")
    wanted = fields["kategorien"]
    if len(wanted) > MOST_CATEGORIES or len(set(wanted)) < len(wanted):
        raise CorpusError(f"{place}: kategorien has more than {MOST_CATEGORIES}, or one twice")
    strange = [c for c in fields["kategorien"] if c not in {k.id for k in taxonomy.categories}]
    if strange:
        raise CorpusError(f"{place}: kategorien has no {', '.join(map(repr, strange))}")
