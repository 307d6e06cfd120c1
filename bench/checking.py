"""What became of every mail, asked of the records, the sink and the mailbox: lost, doubled, put aside."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from store.case import Kind
from store.database import Database
from store.mails import MailState
from store.tables import letters, mails, reactions

REQUEST = "confirmation_request"
HANDLED = frozenset({MailState.DONE, MailState.AUTOMATIC, MailState.QUARANTINE})


@dataclass(frozen=True, slots=True)
class Records:
    """What the database says. By Message-ID: rows of mails; by mail: what it became, requests for it."""

    rows: Mapping[str, Sequence[int]]
    states: Mapping[int, MailState]
    kinds: Mapping[int, Sequence[Kind]]
    requests: Mapping[int, Sequence[str]]
    letters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Findings:
    """Counts of mails; `letters` and `copies` count letters sent and copies of them in the folder of sent mail."""

    lost: int
    doubled: int
    intakes: int
    related: int
    put_aside: int
    letters: int
    copies: int


def read(database: Database) -> Records:
    """Everything the check asks of the database."""
    rows, states, kinds = defaultdict(list), {}, defaultdict(list)
    requests, sent = defaultdict(list), {}
    with database.transaction() as connection:
        for mail, message_id, state in connection.execute(select(mails.c.id, mails.c.message_id, mails.c.state)):
            rows[(message_id or "").strip("<>")].append(mail)
            states[mail] = MailState(state)
        for mail, kind in connection.execute(select(reactions.c.mail, reactions.c.kind)):
            kinds[mail].append(Kind(kind))
        for duty, about, letter in connection.execute(
            select(letters.c.duty, letters.c.occurrence, letters.c.message_id)
        ):
            sent[letter] = duty
            if duty == REQUEST:
                requests[int(about)].append(letter)
    return Records(rows, states, kinds, requests, sent)


def check(
    ids: Sequence[str], records: Records, sink: Counter[str], folders: Mapping[str, Counter[str]], sent_folder: str
) -> Findings:
    """`sink`: how often each Message-ID came; `folders`: the Message-IDs that lie in each folder of the mailbox."""
    lie = Counter[str]()
    for name, held in folders.items():
        lie.update(held if name != sent_folder else {})
    copies = folders.get(sent_folder, Counter[str]())
    known = [records.rows[i][0] for i in ids if records.rows.get(i)]
    became = Counter(k for mail in known for k in records.kinds.get(mail, ()))
    return Findings(
        lost=sum(_lost(i, records, sink, lie, folders.get("INBOX", Counter())) for i in ids)
        + sum(not copies[letter] for letter in records.letters),
        doubled=sum(_more(i, records, sink, lie) for i in ids) + sum(max(0, n - 1) for n in copies.values()),
        intakes=became[Kind.FIRST],
        related=became[Kind.FOLLOW_UP] + became[Kind.DUPLICATE],
        put_aside=sum(records.states[mail] is not MailState.DONE for mail in known),
        letters=sink.total(),
        copies=copies.total(),
    )


def _lost(message_id: str, records: Records, sink: Counter[str], lie: Counter[str], inbox: Counter[str]) -> bool:
    """No row, no intake, no request at the sink, or not filed. What is put aside needs a row and its folder."""
    rows = records.rows.get(message_id, ())
    if not rows or inbox[message_id] or not lie[message_id] or records.states[rows[0]] not in HANDLED:
        return True
    if records.states[rows[0]] is not MailState.DONE:
        return False
    kinds = records.kinds.get(rows[0], ())
    if Kind.DUPLICATE in kinds:
        return False
    return not kinds or not any(sink[letter] for letter in records.requests.get(rows[0], ()))


def _more(message_id: str, records: Records, sink: Counter[str], lie: Counter[str]) -> bool:
    """More than one row, intake, request or filed copy."""
    rows = records.rows.get(message_id, ())
    counts = [len(rows), lie[message_id]]
    for row in rows:
        counts += [len(records.kinds.get(row, ())), sum(sink[letter] for letter in records.requests.get(row, ()))]
    return any(count > 1 for count in counts)
