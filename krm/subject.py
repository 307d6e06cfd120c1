"""What a letter is about, looked up; who tells it asks nobody else."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from ingest.office import Person
from krm.bot import Bot
from notify.case_file import Kept
from notify.composing import Enclosure
from notify.contexts_office import Digest
from notify.letters import AnyContext
from store.case import COLLEAGUE, Case, Reaction
from store.outbox import Outgoing


@dataclass(frozen=True, slots=True)
class Subject:
    """What a letter is about, looked up: the Case, the reaction, the raw mail where it is to be attached."""

    letter: Outgoing
    case: Case | None = None
    raw: bytes | None = None
    digest: Digest | None = None
    files: tuple[Enclosure, ...] = ()  # of the answer letter, or what is filed of the Case
    missing: tuple[str, ...] = ()  # German sentences about files that are not among them
    kept: Kept | None = None  # where the Case is filed: what is kept beside it

    @property
    def known(self) -> Case:
        if self.case is None:
            raise ValueError("a letter about a Case without Case")
        return self.case

    @property
    def reaction(self) -> Reaction:
        """The one the letter is about: its occurrence begins with the mail, or it is about the Case as a whole."""
        about = str(self.letter.told.get("reaction", re.split(r"[. ]", self.letter.occurrence)[0]))
        return next((r for r in self.known.reactions if str(r.mail) == about), self.known.reactions[0])

    @property
    def shown_id(self) -> str:
        """Empty where it is about no Case."""
        return self.case.shown_id if self.case else ""

    @property
    def writers_name(self) -> str:
        """Of a recipient whom the office does not list: the colleague who brought the reaction, else the citizen."""
        if self.case is None:
            return str(self.letter.told.get("name", ""))
        brought = self.reaction.brought_by if self.letter.recipient == COLLEAGUE else None
        return brought.name if brought else self.reaction.sender.name

    @property
    def file_names(self) -> tuple[str, ...]:
        return tuple(file.name for file in self.files)


Tell = Callable[[Bot, Subject, Person], AnyContext]
"""From what a letter is about, and to whom it goes, to what it is told."""
