"""`krm person`: what is stored about somebody, for themselves (Art. 15 and 17 GDPR, § 83 SGB X)."""

import json
import os
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from classify.anlage3 import shipped
from ingest.office import Person, Role
from krm import person_erasing, person_record, retaining
from krm.assembly import clock
from krm.choosing import alone
from krm.commands.common import AS, CONFIG, JSON, Fault, Json, example, progress, prose, say
from krm.commands.figures import table
from krm.commands.keeping import BY_HAND, MAY, finished, keeping
from krm.commands.opening import Shelf, opened
from krm.measuring import role_name
from krm.person_erasing import Verdict
from krm.person_record import House
from krm.persons import Candidate, Search, masked, merged
from krm.records import NotAllowed, allowed, os_user
from krm.retaining import Outcome
from krm.roles import role_of
from notify.person_file import PersonFile
from notify.telling import Teller
from store import journal
from store.case import OFFICE
from store.keys import KeyRing

NO_KEY = "the office's key cannot be read by this user; people are found by it"
NOT_TO_READ = "only officer, deputy and data protection look up a person (Art. 15 GDPR)"
NOT_THEIRS = "only officer and deputy erase (GA 3.3)"
AFTERWARDS = (
    "Backups made before, inboxes of colleagues and printed letters still hold copies; digests that name the mail go "
    "by themselves. What a model took from it is gone once its file is: krm model use shipped, then delete the files."
)
MOST_NOTED = 15  # look-up hashes that have room in one entry
NOBODY = "nothing is stored about this address, id or name"
CHOOSE = (
    "several may be meant, and nothing was done; call again with the id of one,\n"
    "or say that some are one person (--also ID)"
)
UNSURE = "only a part of the name is the same, and nothing was done;\nif it is this person, call again with the id"
SHARED = "one address, several people ({}): what all of them wrote is meant; by name it is one of them alone"
NAMED_IN = "merely named there, by somebody else; neither told nor erased, look at each yourself: {}"
ALSO = click.option("--also", multiple=True, metavar="ID", help="An id of the list that is the same person.")


@click.group(epilog=example('krm person export "Erika Muster" --out Auskunft'))
def person() -> None:
    """What is stored about somebody: to be given to them, erased where nothing binds it.

    Art. 15 and 17 GDPR, § 83 SGB X.
    """


@person.command(
    short_help="Write what is stored about a person, as PDF and JSON.",
    epilog=example('krm person export erika@mail.example --out Auskunft\nkrm person export "Muster, Erika"'),
)
@click.argument("who", metavar="ADDRESS|NAME|ID")
@ALSO
@click.option(
    "--out",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The folder to write into (default: this one).",
)
@AS
@JSON
@CONFIG
def export(who: str, also: tuple[str, ...], out: Path, person: str | None, as_json: bool) -> None:
    """Write everything stored about a person as a readable PDF and as JSON, for your eyes only (mode 0600).

    Passages that may be about other people are marked in both: look at each before you hand anything out. What somebody
    else wrote and merely names the person is listed here by number and day, for you to look at. Officer, deputy and
    data protection may do this; it is in the journal.
    """
    with opened() as shelf:
        asked = _asking(shelf, person, MAY | {Role.DATA_PROTECTION})
        chosen = asked.chosen(who, also, as_json=as_json)
        found = asked.file(chosen)
    paths = _written(out, f"Auskunft-{chosen.id[:8]}-{found.drawn:%Y-%m-%d}", found)
    told: Json = {"id": chosen.id, "cases": len(found.cases), "to_check": found.marks} | _others(chosen)
    say(told | {"files": [str(p) for p in paths]} if as_json else "\n".join(map(str, paths)))
    if not as_json:
        progress(f"Cases: {len(found.cases)}; passages to check before anything is handed out: {found.marks}")
        _tell_others(chosen)


@person.command(
    short_help="Erase it; tell of what must be kept why and until when.",
    epilog=example("krm person erase erika@mail.example"),
)
@click.argument("who", metavar="ADDRESS|NAME|ID")
@ALSO
@click.option("--yes", is_flag=True, help="Do not ask again.")
@AS
@JSON
@CONFIG
def erase(who: str, also: tuple[str, ...], yes: bool, person: str | None, as_json: bool) -> None:
    """Erase what is stored about a person and bound by nothing; tell of the rest why and until when (Art. 17 GDPR).

    Officer and deputy alone; it is in the journal. The command fails where anything is left. JSON: {id, erased:
    [subject], kept: [{what, class, earliest, clause, law, reason}], remaining: [{folder, uid}], named_in: [{what,
    day}], shared: [name]}; what remains must be deleted in the mailbox by hand.
    """
    with opened() as shelf:
        asked = _asking(shelf, person, MAY)
        chosen = asked.chosen(who, also, as_json=as_json)
        with shelf.database.snapshot() as connection:
            found = person_erasing.verdicts(connection, chosen, shelf.retention.periods, clock())
        if not as_json:
            _tell_others(chosen)
        gone = _erased(asked, (who, *also), found, yes=yes)
    bound = [v for v in found if v.binds]
    kept = [_kept(v) for v in bound]
    if as_json:
        erased = {"id": chosen.id, "erased": [d.subject for d in gone.deleted], "kept": kept}
        say(erased | {"remaining": _by_hand(gone)} | _others(chosen))
    else:
        say("\n".join((f"erased: {len(gone.deleted)}", *([prose(AFTERWARDS)] if gone.deleted else []))))
    left = [f"{prose(k['reason'])}\n  {k['law']}. Frühester Tag: {_day(v)}." for k, v in zip(kept, bound, strict=True)]
    left += [BY_HAND, *(f"  {r['folder']}, UID {r['uid']}" for r in _by_hand(gone))] if gone.remaining else []
    if left:
        raise Fault("\n".join(("not everything may be erased:", *left)))


def _others(who: Candidate) -> Json:
    """Where others come in: what they wrote and names the person, and who shares the address."""
    named_in = [{"what": what, "day": day.isoformat()} for what, day in who.named_in.items()]
    return {"named_in": named_in, "shared": list(who.shared)}


def _tell_others(who: Candidate) -> None:
    if who.shared:
        progress(prose(SHARED.format("; ".join(who.shared))))
    if who.named_in:
        progress(prose(NAMED_IN.format(", ".join(f"{what} ({day})" for what, day in who.named_in.items()))))


def _by_hand(gone: Outcome) -> list[Json]:
    return [{"folder": r.folder, "uid": r.uid} for r in gone.remaining]


def _day(v: Verdict) -> str:
    """German, as the reason beside it."""
    return f"{v.earliest:%d.%m.%Y}" if v.earliest else "noch offen"


def _kept(v: Verdict) -> Json:
    binds = v.binds
    if binds is None:
        raise ValueError("nothing binds it")
    return {
        "what": v.shown,
        "class": binds.kept_as,
        "earliest": v.earliest.isoformat() if v.earliest else None,
        "clause": binds.clause,
        "law": v.law,
        "reason": binds.reason,
    }


def _erased(asked: "_Asked", who: Sequence[str], found: Sequence[Verdict], *, yes: bool) -> Outcome:
    """Raises Fault where the mailbox is away; what was begun stays so."""
    free = [v.shown for v in found if v.binds is None]
    if not free:
        return Outcome()
    if not yes:
        click.confirm(f"Erase {len(free)} for ever ({', '.join(free)})?", abort=True, err=True)
    with keeping(asked.reader.id) as (keeper, reader):
        with alone(keeper.database, time.sleep):
            with keeper.database.transaction() as connection:
                again = merged([asked.search(one).candidates(connection)[0] for one in who])
                now = person_erasing.verdicts(connection, again, keeper.periods, clock())
                going = [v.what for v in now if v.what and v.binds is None and v.shown in free]
                retaining.begin(connection, going, reader, keeper.office, clock())
            outcome = finished(keeper)
        keeper.database.shrink()
    return outcome


@dataclass(frozen=True, slots=True)
class _Asked:
    """Somebody of the house who asks about a person."""

    shelf: Shelf
    reader: Person
    keys: KeyRing

    def chosen(self, who: str, also: Sequence[str], *, as_json: bool) -> Candidate:
        """The one who is meant; raises Fault where that is nobody or not clear. The search is in the journal."""
        with self.shelf.database.snapshot() as connection:
            searches = [self.search(one).candidates(connection) for one in (who, *also)]
        self._note("person-searched", [c.id for found in searches for c in found])
        if not all(searches):
            raise Fault(NOBODY)
        if any(len(found) > 1 for found in searches) or not all(found[0].whole for found in searches):
            found = [c for one in searches for c in one]
            _list(found, as_json=as_json)
            raise Fault(CHOOSE if len(found) > 1 else UNSURE)
        return merged([found[0] for found in searches])

    def search(self, who: str) -> Search:
        return Search(who, self.keys, self.shelf.office, shipped())

    def file(self, who: Candidate) -> PersonFile:
        office, now = self.shelf.office, clock()
        teller = Teller(office, shipped(), self.shelf.workdays)
        house = House(office, teller, self.keys, now, role_name(self.reader.id, office), self.shelf.retention.periods)
        with self.shelf.database.snapshot() as connection:
            found = person_record.told(connection, house, who)
        self._note("person-exported", who.keys, [case.id for case in found.cases])
        return found

    def _note(self, action: str, ids: Sequence[str], cases: Sequence[str] = ()) -> None:
        """In the office's chain by the look-up hashes, in each Case as a reading."""
        role, now = role_of(self.shelf.office, self.reader), clock()
        refs = tuple(f"person:{i}" for i in ids[:MOST_NOTED])
        entries = [journal.Entry(OFFICE, now, role, action, self.reader.id, refs)]
        entries += [journal.Entry(case, now, role, "read", self.reader.id) for case in cases]
        with self.shelf.database.transaction() as connection:
            journal.write(connection, entries)


def _asking(shelf: Shelf, person: str | None, may: Collection[Role]) -> _Asked:
    """Raises Fault for anybody in none of these roles."""
    try:
        reader = allowed(shelf.office, os_user(), person)
    except NotAllowed as fault:
        raise Fault(str(fault)) from fault
    role = Role.DATA_PROTECTION if reader == shelf.office.data_protection else role_of(shelf.office, reader)
    if role not in may:
        raise Fault(NOT_THEIRS if may == MAY else NOT_TO_READ)
    if shelf.keys is None:
        raise Fault(NO_KEY)
    return _Asked(shelf, reader, shelf.keys)


def _list(found: Sequence[Candidate], *, as_json: bool) -> None:
    """Enough to choose by, addresses masked."""
    if not as_json:
        cells = [(c.id, "; ".join(c.names), _addresses(c) or "no address", str(c.count)) for c in found]
        say(table([("id", "name", "address", "mails"), *cells]))
        return
    for c in found:
        told: Json = {"id": c.id, "names": list(c.names), "addresses": list(map(masked, c.addresses))}
        say(told | {"mails": c.count, "shared": list(c.shared)})


def _addresses(candidate: Candidate) -> str:
    shared = f" (shared: {'; '.join(candidate.shared)})" if candidate.shared else ""
    return ", ".join(map(masked, candidate.addresses)) + shared


def _written(out: Path, name: str, found: PersonFile) -> tuple[Path, Path]:
    """PDF and JSON, each whole or not at all. Raises Fault."""
    from notify import person_paper  # noqa: PLC0415 - what makes a PDF is loaded where one is made
    from notify.papers import BrokenPaper  # noqa: PLC0415

    try:
        content = json.dumps(found.json(), ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")
        return _put(out / f"{name}.pdf", person_paper.pdf(found)), _put(out / f"{name}.json", content)
    except BrokenPaper as fault:
        raise Fault(str(fault)) from fault
    except OSError as fault:
        raise Fault(f"{out}: {fault.strerror}") from fault


def _put(path: Path, content: bytes) -> Path:
    """Readable for its owner only; one of the same name is replaced."""
    half = path.with_name(f".{path.name}.part")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    return half.replace(path)
