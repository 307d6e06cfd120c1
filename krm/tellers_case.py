"""Letters told from the Case as it stands when they are written: their row in writing.TELLERS is made here."""

from collections.abc import Callable

from ingest.office import Person
from krm.bot import Bot
from krm.roles import role_of
from krm.subject import Subject, Tell
from krm.wording import help_for
from notify import drafts
from notify import telling_later as later
from notify.contexts import Acknowledgement, HandOver, Help, Status
from notify.contexts_later import Appointment, ReleaseRequest
from notify.letters import AnyContext
from notify.pieces import Hint
from notify.plainness import check
from notify.summary import facts, history
from notify.telling import Teller
from notify.told import Told
from store.case import COLLEAGUE, Case, Reaction


def asking(tell: Callable[[Teller, Case, Reaction, Person, str], AnyContext]) -> Tell:
    """A letter with buttons, up to the acknowledgement: they carry its token."""
    return lambda bot, about, to: tell(bot.teller, about.known, about.reaction, to, about.letter.token)


def later_on(tell: Callable[[Told], AnyContext]) -> Tell:
    """A letter after the acknowledgement."""
    return lambda bot, about, to: tell(told_of(bot, about, to))


def with_files(tell: Callable[[Told, tuple[str, ...]], AnyContext]) -> Tell:
    """A letter after the acknowledgement that names the files of the answer letter."""
    return lambda bot, about, to: tell(told_of(bot, about, to), about.file_names)


def told_of(bot: Bot, about: Subject, to: Person) -> Told:
    """What every letter after the acknowledgement is told."""
    letter = about.letter
    person = Person(COLLEAGUE, about.writers_name, letter.address) if letter.recipient == COLLEAGUE else to
    return Told(bot.teller, about.known, about.reaction, person, letter.token, letter.occurrence, bot.now())


def acknowledgement(bot: Bot, about: Subject, _: Person) -> Acknowledgement:
    return bot.teller.acknowledgement(about.known, about.reaction)


def hand_over(bot: Bot, about: Subject, to: Person) -> HandOver:
    return bot.teller.hand_over(about.known, about.reaction, to)


def help_(bot: Bot, about: Subject, to: Person) -> Help:
    return Help(id=about.known.shown_id, words=help_for(role_of(bot.office, to)), name=to.name)


def status(bot: Bot, about: Subject, to: Person) -> Status:
    case = about.known
    return Status(
        id=case.shown_id,
        facts=facts(case, bot.office, bot.taxonomy),
        deadlines=bot.teller.days(about.reaction),
        history=history(case),
        name=to.name,
    )


def release_request(bot: Bot, about: Subject, to: Person) -> ReleaseRequest:
    told = told_of(bot, about, to)
    letter = later.letter_for(told.case, told.occurrence)
    found = check(letter.text) if letter else None
    hints = tuple(Hint(h.sentence, h.why, h.instead) for h in (found.hints if found else ()))
    return later.release_request(told, hints, found.left_off if found else 0, about.file_names)


def appointment(bot: Bot, about: Subject, to: Person) -> Appointment:
    told = told_of(bot, about, to)
    return later.appointment(told, drafts.meeting(told), drafts.MEETING_MINUTES)
