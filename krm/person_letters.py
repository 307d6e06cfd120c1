"""The letters a person is told of (Art. 15 GDPR): to them, about them in the house, and where a digest names them."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection

from ingest import reading
from ingest.message import Message
from krm.marking import Marker, name_keys
from krm.measuring import role_name
from krm.person_words import Words
from krm.persons import Candidate, message_of
from krm.subject import Subject
from notify.person_file import Written
from notify.phrases import LETTER_NAMES, WENT
from store import mails, outbox, persons
from store.case import CITIZEN, Case
from store.journal import Entry as Noted
from store.keys import KeyRing
from store.outbox import Outgoing

EMPTY = b"X-Empty: yes\n\n"
MAIL = re.compile(r"mail:(\d{1,18})")
NOT_READ = "Die Nachricht lässt sich nicht lesen. Sie ist im Original aufbewahrt."


@dataclass(frozen=True, slots=True)
class Letters:
    """Of one person; each is opened by itself."""

    _connection: Connection
    _keys: KeyRing
    _who: Candidate
    _marker: Marker
    _words: Words

    def of_case(self, case: Case, said: Iterable[Noted]) -> tuple[Written, ...]:
        """Its letters and, as its journal names them, the replies of the house, in the order they went."""
        return tuple(sorted((*self._sent(case), *self._replies(said)), key=_went))

    def _sent(self, case: Case) -> Iterator[Written]:
        """Of what is about somebody else's message in the Case only that it was written."""
        for letter in outbox.of_subject(self._connection, case.id):
            yours = letter.recipient == CITIZEN and self._keys.address(letter.address) in self._who.keys
            about = Subject(letter, case).reaction.mail if case.reactions else 0
            shown = yours or (about in (0, *self._who.reactions) and not self._quotes_a_stranger(letter))
            message = told_in(letter.content if shown and letter.content else EMPTY)
            yield Written(
                letter=letter.id,
                mail=0,
                what=LETTER_NAMES.get(letter.duty, letter.duty),
                to=self._recipient(letter, yours=yours),
                yours=yours,
                at=letter.settled,
                state=WENT[letter.state],
                subject=self._marker.letter(message.subject),
                text=self._marker.letter(message.text),
                attachments=tuple(a.name for a in message.attachments),
            )

    def _quotes_a_stranger(self, letter: Outgoing) -> bool:
        """What the office is told of a mail that was refused has that mail's words."""
        sender = str(letter.told.get("sender", "")) if letter.duty == "refused" else ""
        ours = self._words.office.person(sender) or sender.rpartition("@")[2] in self._words.office.domains
        return bool(sender) and not ours and self._keys.address(sender) not in self._who.keys

    def _recipient(self, letter: Outgoing, *, yours: bool) -> str:
        return "Sie" if yours else self._words.recipient(letter.recipient)

    def _replies(self, said: Iterable[Noted]) -> Iterator[Written]:
        """What people of the house wrote to the program about the Case."""
        for mail in persons.replies(self._connection, _mails_in(said)):
            found = mails.get(self._connection, mail)
            message = told_in(found.content)
            by = role_name(message.sender.address, self._words.office)
            yield Written(
                letter=0,
                mail=mail,
                what=f"Nachricht von: {by}",
                to="das Programm",
                yours=False,
                at=found.arrived,
                state="eingegangen",
                subject=self._marker.letter(message.subject),
                text=self._marker.letter(message.new_text),
                attachments=tuple(a.name for a in message.attachments),
            )

    def mentions(self, known: Collection[Case]) -> Iterator[Written]:
        """Of the letters that belong to no Case the lines in which the person or one of their Cases stands."""
        wanted = self._needles(known)
        for kept in persons.office_letters(self._connection):
            message = told_in(kept.content)
            lines = [line for line in message.text.splitlines() if wanted.search(line)]
            if lines:
                yield Written(
                    letter=kept.id,
                    mail=0,
                    what=LETTER_NAMES.get(kept.duty, kept.duty),
                    to=self._words.recipient(kept.recipient),
                    yours=False,
                    at=kept.settled,
                    state=WENT[kept.state],
                    subject=self._marker.letter(message.subject),
                    text=self._marker.letter("\n".join(lines)),
                )

    def _needles(self, known: Collection[Case]) -> re.Pattern[str]:
        ids = {i for case in known for i in (case.id, case.shown_id)}
        numbers = {f"Nr. {mail}" for mail in self._who.strays}
        names = {name for name in self._who.names if len(name_keys(name)) > 1}
        either = "|".join(map(re.escape, sorted({*ids, *numbers, *names, *self._who.addresses})))
        return re.compile(rf"(?<![\w-])(?:{either or '(?!)'})(?![\w-])", re.IGNORECASE)


def told_in(content: bytes | None) -> Message:
    """What a mail says; one that cannot be read says so."""
    return message_of(content) or replace(reading.read(b""), text=NOT_READ, new_text=NOT_READ)


def _went(one: Written) -> tuple[bool, datetime]:
    """What is not sent yet comes last."""
    return one.at is None, one.at or datetime.max.replace(tzinfo=UTC)


def _mails_in(said: Iterable[Noted]) -> set[int]:
    return {int(found[1]) for entry in said for ref in entry.refs if (found := MAIL.fullmatch(ref))}
