"""What is filed of a Case (GA Anlage 3, last line): its form, the Case as one paper, the originals of its mails.

Looked up (`kept`), made into files (`papers`), and for the front office only as much as a mail may carry.
"""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import PurePath

from sqlalchemy import Connection

from ingest import documents
from ingest.office import Office, Person
from krm.bot import Bot
from krm.subject import Subject
from krm.tellers_case import told_of
from notify import case_file, dossier
from notify import telling_later as later
from notify.case_file import Kept, Logged, Original
from notify.composing import Enclosure
from notify.contexts_later import Registration
from notify.deadlines import local_day
from notify.letters import moment
from notify.recipients import complained_about, deciding, kept_back
from notify.telling import Teller
from store import journal, mails, outbox
from store.case import CITIZEN, Case, Said
from store.outbox import Outgoing

log = logging.getLogger(__name__)

ENTRY, REGISTRATION = "entry", "registration"
TO_FRONT_OFFICE = frozenset({ENTRY, REGISTRATION})
PDF, RAW = "application/pdf", "application/octet-stream"
UNSAFE = re.compile(r"[^\w.,+-]+")
WORDS_OF_A_LETTER = 300_000
"""Bytes left for what a mail says itself."""
ENCODED = 78 / 57
"""Bytes of base64 with line ends, for each byte (RFC 2045 6.8)."""

NOT_MADE = "{} konnte nicht erstellt werden. Bitte sagen Sie der Administration Bescheid. Es geht nichts verloren."
KEPT_BACK = "Die Unterlagen bleiben bei {}. Sie hängen dieser E-Mail nicht an."
TOO_LARGE = "{} ({}) ist zu groß für diese E-Mail. {}"
IN_THE_MAILBOX = "Die Nachricht liegt im Postfach {} im Ordner „{}“, Eingang {}."
ON_REQUEST = "Die Datei gibt es bei {}."


@dataclass(frozen=True, slots=True)
class Papers:
    """The files, and a German sentence about each that is missing."""

    files: tuple[Enclosure, ...] = ()
    missing: tuple[str, ...] = ()

    def __add__(self, other: "Papers") -> "Papers":
        return Papers(self.files + other.files, self.missing + other.missing)


def stem(case: Case, office: Office) -> str:
    """How the names of its files begin: file reference (Aktenzeichen) and number."""
    parts = (office.file_reference, case.shown_id)
    return "_".join(UNSAFE.sub("-", part).strip("-.") for part in parts if part)


def kept(connection: Connection, case: Case, office: Office) -> Kept:
    """Everything that is kept of the Case beside it."""
    entries = tuple(Logged(e.at, e.role, e.action, e.person, e.refs) for e in journal.read(connection, case.id))
    letters = {x.id: _words(x) for x in outbox.of_subject(connection, case.id) if x.recipient == CITIZEN}
    begin = stem(case, office)
    return Kept(entries, letters, (*_mails(connection, case, begin), *_answers(connection, case, begin)))


def _mails(connection: Connection, case: Case, begin: str) -> Iterator[Original]:
    for n, r in enumerate(case.reactions, 1):
        content = mails.get(connection, r.mail).content
        if content is not None:
            yield Original(r.mail, Enclosure(f"{begin}_Nachricht-{n}.eml", RAW, content), r.arrived)


def _answers(connection: Connection, case: Case, begin: str) -> Iterator[Original]:
    """The files that answer letters were handed in as, out of the mails that brought them."""
    for n, m in enumerate((m for m in case.marked(Said.ANSWER) if m.about), 1):
        files = documents.attachments(mails.get(connection, m.mail).content or b"")
        found = next((f for f in files if f.name[:80] == m.about), None)
        if found:
            name = f"{begin}_Antwortschreiben-{n}{PurePath(m.about).suffix[:10]}"
            yield Original(m.mail, Enclosure(name, found.type, found.content), m.at)


def _words(letter: Outgoing) -> str:
    part = message_from_bytes(letter.content or b"", policy=default).get_body(("plain",))
    return str(part.get_content()) if part else ""


def form(case: Case, teller: Teller) -> Papers:
    """The contact form as PDF, as recorded by now."""
    from notify import contact_form  # noqa: PLC0415 - what makes a PDF is loaded where one is made

    return _made(case, teller, "Formular", lambda: contact_form.of_case(case, teller.taxonomy, teller.office))


def paper(case: Case, found: Kept, teller: Teller, day: date) -> Papers:
    """The Case as PDF, as it stands on this day."""
    return _made(case, teller, "Vorgang", lambda: dossier.pdf(case_file.of_case(case, found, teller, day)))


def _made(case: Case, teller: Teller, what: str, make: Callable[[], bytes]) -> Papers:
    """What cannot be made is said and logged: the rest goes out without it."""
    from notify.papers import BrokenPaper  # noqa: PLC0415 - as above

    name = f"{stem(case, teller.office)}_{what}.pdf"
    try:
        return Papers((Enclosure(name, PDF, make()),))
    except BrokenPaper as fault:
        log.error("%s: a paper cannot be made: %s", case.shown_id, fault)
        return Papers(missing=(NOT_MADE.format(name),))


# --- to the front office ---


def with_papers(bot: Bot, about: Subject) -> Subject:
    """A letter to the front office with its files: at recording the form, at closing the Case with it."""
    case, out = about.known, complained_about(about.known, bot.office, bot.taxonomy).people
    decides = deciding(bot.office, out)[0].name
    if kept_back(bot.office, out):
        return replace(about, missing=(KEPT_BACK.format(decides),))
    made = form(case, bot.teller)
    places = [(file, ON_REQUEST.format(decides)) for file in made.files]
    if about.kept is not None:
        whole = paper(case, about.kept, bot.teller, local_day(bot.now()))
        made += whole
        places += [(file, ON_REQUEST.format(decides)) for file in whole.files]
        places += [(o.file, _place(bot, o)) for o in about.kept.originals]
    fit = _fitting(places, bot.rhythm.max_letter_bytes - WORDS_OF_A_LETTER)
    return replace(about, files=fit.files, missing=made.missing + fit.missing)


def _place(bot: Bot, original: Original) -> str:
    return IN_THE_MAILBOX.format(bot.office.address, bot.folders.done, moment(original.at))


def _fitting(files: Iterable[tuple[Enclosure, str]], room: float) -> Papers:
    """In this order, each that still fits; of the others it is said where they are."""
    found = Papers()
    for file, where in files:
        size = len(file.content) * ENCODED
        if size <= room:
            room -= size
            found += Papers((file,))
        else:
            found += Papers(missing=(TOO_LARGE.format(file.name, _megabytes(len(file.content)), where),))
    return found


def _megabytes(size: int) -> str:
    return f"{max(size / 1_000_000, 0.1):.1f} MB".replace(".", ",")


def registration(bot: Bot, about: Subject, to: Person) -> Registration:
    """What the front office is told, the files of its mail by name."""
    return later.registration(told_of(bot, about, to), about.file_names, about.missing)
