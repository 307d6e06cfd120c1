"""The story of learning: what was confirmed becomes a challenger, which takes over only if it is not worse."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from classify import examples, promotion
from classify.anlage3 import Anlage3
from classify.coding import Suggestion, Text
from classify.examples import CorpusError, Example
from classify.model import Model
from classify.promotion import BASE, CONFIRMED, TEST, Contest, Figure, Verdict
from classify.suggest import suggest
from ingest.office import Office, Role
from krm import models, teaching
from krm.choosing import alone
from krm.models import Untrainable
from krm.stock import Standing, Stock, before
from krm.teaching import Apart, Taught
from store import journal, lessons, uses
from store.case import OFFICE
from store.database import Database
from store.journal import Entry
from store.uses import SHIPPED, Use

log = logging.getLogger(__name__)

FEWEST = 30
NEWS = 10
LATEST_USED = 5
"""So many models are kept to go back to."""

MOST_TOLD = 4

PROMOTED, REFUSED = "model-promoted", "model-refused"

TOO_FEW = "Erst {} bestätigte Vorgänge, nötig sind {}."
NOTHING_NEW = "Seit dem letzten Lernen wurden erst {} Vorgänge bestätigt, nötig sind {}."
NO_TEST = "Der feste Testteil fehlt (classify/corpus/test-*.jsonl): Ohne ihn ist kein Modell zu prüfen."
OVERTAKEN = "Währenddessen wurde ein anderes Modell in Gebrauch genommen."


Asked = tuple[Example, Text]
"""A labelled mail and what a model is asked about it."""


class CannotLearn(Exception):  # noqa: N818
    """Something is wrong with the corpus or with the folder of the models; the message says what, and names nobody."""


class GivenUp(Exception):  # noqa: N818
    """Raised by `progress` to end a training under way; nothing was changed."""


@dataclass(frozen=True, slots=True)
class School:
    """What learning needs. `exam` is the fixed test part, which nothing is ever learned from."""

    database: Database
    office: Office
    taxonomy: Anlage3
    stock: Stock
    now: Callable[[], datetime]
    sleep: Callable[[float], object]
    exam: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`confirmed` could be learned from; `model` is the one in use now, by its id or as SHIPPED, "" for none."""

    confirmed: int
    model: str
    reasons: tuple[str, ...]
    trained_on: int = 0
    compared: int = 0
    promoted: bool = False
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """What stands in the records as learning begins: lessons, what was in use, what came of the last training."""

    taught: tuple[Taught, ...]
    uses: tuple[Use, ...]
    last: Entry | None

    @property
    def named(self) -> str:
        return self.uses[-1].model if self.uses else SHIPPED

    @property
    def fresh(self) -> int:
        """So many were confirmed since then."""
        return sum(self.last is None or one.lesson.confirmed_at > self.last.at for one in self.taught)

    def refused_against(self, name: str) -> bool:
        """Whether a training from the same confirmations was refused against this model."""
        refused = self.last is not None and self.last.action == REFUSED and f"from:{name or 'none'}" in self.last.refs
        return refused and not self.fresh

    def made(self, name: str) -> datetime | None:
        """When a model the office made was first used; None for the shipped one."""
        return next((use.at for use in self.uses if use.model == name != SHIPPED), None)


def learn(school: School, progress: Callable[[str], None]) -> Outcome:
    """Train outside the lock, write within it. Raises CannotLearn, DatabaseBusy, DatabaseAway."""
    known = _known(school)
    confirmed = len(known.taught)
    if confirmed < FEWEST:
        return Outcome(confirmed, known.named, (TOO_FEW.format(confirmed, FEWEST),))
    champion = school.stock.standing(known.named, before(known.uses))
    why = _not_now(school, known, champion)
    if why:
        return Outcome(confirmed, champion.name, (why,))
    apart = teaching.apart(known.taught, known.made(champion.name))
    exam, learned = _material(school, apart)
    challenger = _trained(school, learned, progress)
    compared = [(t.example, t.text) for t in apart.compared]
    verdict = promotion.judge(
        [
            _contest(school, TEST, exam, champion, challenger),
            _contest(school, CONFIRMED, compared, champion, challenger),
            *_against_shipped(school, exam, champion, challenger),
        ]
    )
    sizes = (f"confirmed:{confirmed}", f"trained:{len(learned)}", f"compared:{len(apart.compared)}")
    refs = (f"model:{challenger.id}", f"from:{champion.name or 'none'}", *sizes)
    verdict = _recorded(school, known, challenger, verdict, refs)
    return Outcome(
        confirmed=confirmed,
        model=challenger.id if verdict.promoted else champion.name,
        reasons=verdict.reasons,
        trained_on=len(learned),
        compared=len(apart.compared),
        promoted=verdict.promoted,
        figures=verdict.figures,
    )


def tonight(school: School, progress: Callable[[str], None]) -> None:
    """As a nightly job: what came of it is logged, in figures."""
    try:
        found = learn(school, progress)
    except CannotLearn as fault:
        log.error("nothing can be learned: %s", fault)
    except GivenUp:
        log.info("learning was given up")
    else:
        log.info("learning: promoted=%s model=%s %s", found.promoted, found.model, " ".join(map(str, found.figures)))


def _known(school: School) -> _Known:
    with school.database.transaction() as connection:
        found = lessons.read(connection)
        history = uses.history(connection)
        tried = journal.last(connection, OFFICE, (PROMOTED, REFUSED))
    return _Known(teaching.taught(found, school.taxonomy, school.office.listed), history, tried)


def _not_now(school: School, known: _Known, champion: Standing) -> str:
    """Why nothing is trained, in German. A model that cannot be used any more is learned anew, once."""
    lost = champion.name != known.named and not known.refused_against(champion.name)
    if known.fresh < NEWS and not lost:
        return NOTHING_NEW.format(known.fresh, NEWS)
    return "" if school.exam else NO_TEST


def _material(school: School, apart: Apart) -> tuple[Sequence[Asked], Sequence[Example]]:
    """The fixed test part, and all that is learned from: what was confirmed without the people in it."""
    try:
        exam = examples.read(school.exam, school.taxonomy)
        corpus = examples.read(school.stock.recipe.paths, school.taxonomy)
    except CorpusError as fault:
        raise CannotLearn(str(fault)) from fault
    house = teaching.house(school.office)
    return [(mail, mail.text) for mail in exam], (*corpus, *(teaching.unnamed(t, house) for t in apart.learned))


def _trained(school: School, learned: Sequence[Example], progress: Callable[[str], None]) -> Model:
    try:
        return models.train(learned, school.taxonomy, progress)
    except Untrainable as fault:
        raise CannotLearn(str(fault)) from fault


def _contest(school: School, part: str, mails: Sequence[Asked], champion: Standing, challenger: Model) -> Contest:
    """The confirmed ones are judged with the words they came with, as every mail is."""

    def said(model: Model | None) -> Sequence[Suggestion]:
        return suggest([text for _, text in mails], model, school.taxonomy)

    strict = champion.name == SHIPPED and part != CONFIRMED
    return Contest(part, [example for example, _ in mails], said(champion.model), said(challenger), strict)


def _against_shipped(
    school: School, exam: Sequence[Asked], champion: Standing, challenger: Model
) -> tuple[Contest, ...]:
    """The same test part against the shipped model, where another one is in use and there is a shipped one."""
    shipped = champion if champion.name == SHIPPED else school.stock.standing(SHIPPED)
    if shipped is champion or shipped.name != SHIPPED:
        return ()
    return (_contest(school, BASE, exam, shipped, challenger),)


def _recorded(school: School, known: _Known, challenger: Model, verdict: Verdict, refs: tuple[str, ...]) -> Verdict:
    """Promotion or refusal, in the journal with its figures."""
    with alone(school.database, school.sleep):
        now = school.now()
        with school.database.transaction() as connection:
            newest = uses.newest(connection)
        if newest != (known.uses[-1] if known.uses else None):
            return Verdict(False, verdict.figures, (OVERTAKEN,))
        if verdict.promoted:
            _keep(school.stock, challenger)
        with school.database.transaction() as connection:
            if verdict.promoted:
                uses.note(connection, Use(challenger.id, now))
            action = PROMOTED if verdict.promoted else REFUSED
            said = (*refs, *map(str, _told(verdict)))
            journal.write(connection, [Entry(OFFICE, now, Role.MACHINE, action, refs=said)])
            latest = [use.model for use in uses.history(connection)]
        school.stock.clear(list(dict.fromkeys(reversed(latest)))[:LATEST_USED])
    return verdict


def _told(verdict: Verdict) -> tuple[Figure, ...]:
    """The figures for the journal, which takes 500 characters: against the shipped model only some that are worse."""
    base = [figure for figure in verdict.figures if figure.part == BASE and figure.worse]
    return (*(figure for figure in verdict.figures if figure.part != BASE), *base[:MOST_TOLD])


def _keep(stock: Stock, challenger: Model) -> None:
    try:
        stock.save(challenger)
    except OSError as fault:
        raise CannotLearn(f"{stock.folder}: {fault.strerror}") from fault
