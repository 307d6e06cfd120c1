"""What the records know about an arrived mail: which letter it answers, which Case it names, whether it came before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Row, select

from ingest import hanging
from ingest.message import Message
from store import cases, outbox, tables, which
from store import mails as stored_mails
from store.case import CITIZEN, Case, CaseNumber, State
from store.keys import KeyRing, tokens_in
from store.outbox import Outgoing
from store.tables import letters, mails, reactions

CARRIED_OUT = "reply-of-the-house"
"""The rule that reads a mail as a reply of the house (store/disposing.py), as it is kept with the mail."""

RESENT_WITHIN = timedelta(days=3)
"""How long the same words of the same sender count as one mail sent several times."""

NEAREST = 100
"""So many Message-IDs and tokens of a mail are looked up, the nearest first: a mail may name thousands."""

NOT_KNOWN_THERE = (
    "Die Nachricht bezieht sich auf {0}, kommt aber von einer Adresse, die dort nicht bekannt ist. "
    "Gehört sie dazu, antworten Sie mit „Folge: {0}“."
)


@dataclass(frozen=True, slots=True)
class Relation:
    """What was looked up for one mail; everything None or "" where there is nothing.

    `letter` is the letter whose token the mail carries, `proven` whether the token is genuine and not expired,
    `in_subject` whether the subject carries it too.
    `repeats`: a reply of the house under the same Message-ID was read already.
    `same_as` is the Case in which the same words of the same sender stand already, `brings` the one in which those of
    the mail that this one merely passes on do (which counts from the house alone). `follows` is the Case this mail
    belongs to for certain, `by` how that is known. `hint` is a German sentence where a link is only claimed.
    """

    letter: Outgoing | None = None
    proven: bool = False
    in_subject: bool = False
    repeats: bool = False
    same_as: str = ""
    brings: str = ""
    follows: str = ""
    by: str = ""
    hint: str = ""


def relate(
    connection: Connection, messages: Sequence[tuple[int, datetime, Message]], keys: KeyRing, today: date
) -> dict[int, Relation]:
    """By mail id, for a group of (mail id, arrival, message)."""
    answerable = _letters(connection, [m for _, _, m in messages])
    twins = _twins(connection, messages, keys)
    earlier = _earlier(connection, [m for _, _, m in messages], keys)
    carried_out = _carried_out(connection, [m for _, _, m in messages], keys) if answerable else frozenset()
    found = {}
    for mail, arrived, message in messages:
        letter, proven = _best(answerable, message, keys, today)
        sender = _hash(keys, message)
        own = next((earlier[i, sender] for i in _answered(keys, message) if (i, sender) in earlier), "")
        answered = letter.subject if letter and proven and letter.recipient == CITIZEN else ""
        shown = letter.subject if letter and letter.recipient != CITIZEN else ""
        claims = (("our-letter", answered), ("own-mail", own), ("letter-to-the-house", shown))
        found[mail] = replace(
            _follows(connection, claims, message, sender),
            letter=letter,
            proven=proven,
            in_subject=letter is not None and letter.token in tokens_in((message.subject,)),
            repeats=_hash_of(keys, message.message_id) in carried_out,
            same_as=_twin(
                connection, twins, _Copy(mail, arrived, sender, _words(keys, message.new_text)), message, keys
            ),
            brings=_twin(connection, twins, inner, message, keys)
            if (inner := _inner(keys, mail, arrived, message))
            else "",
        )
    return found


def standing(connection: Connection, key: str) -> Case | None:
    """The Case of this id or number, or the one its reactions went to since (`Folge:`), however often."""
    case_id = cases.standing_id(connection, key)
    return cases.load(connection, [case_id]).get(case_id)


def letters_before_joining(
    connection: Connection, about: Sequence[int], duties: frozenset[str]
) -> frozenset[tuple[str, str, str]]:
    """(duty, mail as text, recipient) of the letters about these mails from the time they were a Case of their own."""
    wanted = (tables.cases.c.state == State.JOINED) & letters.c.duty.in_(duties)
    chosen = select(letters.c.duty, letters.c.occurrence, letters.c.recipient).join(
        tables.cases, tables.cases.c.id == letters.c.subject
    )
    mails_about = {str(mail) for mail in about}
    return frozenset((d, o, r) for d, o, r in connection.execute(chosen.where(wanted)) if o in mails_about)


def _follows(connection: Connection, claims: Sequence[tuple[str, str]], message: Message, sender: str) -> Relation:
    """The Case this mail continues. A claim counts only from somebody who wrote in that Case before (rules.md)."""
    number = CaseNumber.search(message.subject)
    named = [(by, cases.standing_id(connection, key)) for by, key in (*claims, ("number", str(number or ""))) if key]
    known = [(by, case_id) for by, case_id in named if case_id]
    for by, case_id in known:
        if sender and sender in which.senders(connection, case_id):
            return Relation(follows=case_id, by=by)
    doubtful = next((case_id for _, case_id in known), "")
    return Relation(hint=NOT_KNOWN_THERE.format(number or doubtful) if doubtful else "")


def _candidates(message: Message) -> tuple[str, ...]:
    return (*tokens_in(message.answers)[:NEAREST], *tokens_in((message.subject,))[:NEAREST])


def _letters(connection: Connection, messages: Sequence[Message]) -> dict[str, Outgoing]:
    wanted = sorted({t for m in messages for t in _candidates(m)})
    return {letter.token: letter for letter in outbox.by_tokens(connection, wanted)}


def _best(known: dict[str, Outgoing], message: Message, keys: KeyRing, today: date) -> tuple[Outgoing | None, bool]:
    """The nearest letter answered; of its Case a genuine token before an expired one.

    A subject that names a letter of another Case proves nothing: whoever wrote it had that one before their eyes.
    """
    answered = [(known[t], t) for t in _candidates(message) if t in known]
    if not answered:
        return None, False
    nearest = answered[0][0]
    shown = {known[t].subject for t in tokens_in((message.subject,))[:NEAREST] if t in known}
    if shown and nearest.subject not in shown:
        return nearest, False
    alike = ((lt, t) for lt, t in answered if lt.subject == nearest.subject)
    proven = next((lt for lt, t in alike if keys.proves(t, lt.bound, lt.key_id, today)), None)
    return (proven or nearest), proven is not None


def _hash(keys: KeyRing, message: Message) -> str:
    return keys.address(message.sender.address) if message.sender.address else ""


def _hash_of(keys: KeyRing, message_id: str) -> str:
    return keys.address(message_id) if message_id else ""


def _carried_out(connection: Connection, messages: Sequence[Message], keys: KeyRing) -> frozenset[str]:
    """The hashes of those Message-IDs under which a mail was read as a reply of the house."""
    wanted = {_hash_of(keys, m.message_id) for m in messages} - {""}
    chosen = select(mails.c.message_id_hash).where(mails.c.message_id_hash.in_(wanted))
    return frozenset(connection.scalars(chosen.where(mails.c.reason == CARRIED_OUT)))


def _words(keys: KeyRing, text: str) -> str:
    return keys.address(" ".join(text.split()))


def _answered(keys: KeyRing, message: Message) -> tuple[str, ...]:
    return tuple(keys.address(i) for i in message.answers[:NEAREST])


@dataclass(frozen=True, slots=True)
class _Copy:
    """What tells a mail that came before: hashes of whose words they are and of the words."""

    mail: int
    arrived: datetime
    sender: str
    words: str
    passed_on: bool = False


def _inner(keys: KeyRing, mail: int, arrived: datetime, message: Message) -> _Copy | None:
    """The innermost mail that this one passes on without a word of its own; None where there is none."""
    found = message.forwarded
    chain = (found, *found.deeper) if found else ()
    if not chain or any(each.above.strip() for each in chain):
        return None
    inner = chain[-1]
    sender = keys.address(inner.sender.address) if inner.sender.address else ""
    return _Copy(mail, arrived, sender, _words(keys, inner.text), passed_on=True) if inner.text.strip() else None


def _twins(
    connection: Connection, messages: Sequence[tuple[int, datetime, Message]], keys: KeyRing
) -> list[Row[tuple[object, ...]]]:
    texts = {_words(keys, m.new_text) for _, _, m in messages if m.new_text.strip() or m.attachments}
    texts |= {inner.words for n, at, m in messages if (inner := _inner(keys, n, at, m))}
    columns = (reactions.c.case_id, reactions.c.mail, reactions.c.arrived, reactions.c.sender_hash)
    chosen = select(*columns, reactions.c.text_hash, mails.c.message_id_hash)
    joined = chosen.join(mails, mails.c.id == reactions.c.mail).order_by(reactions.c.mail)
    return list(connection.execute(joined.where(reactions.c.text_hash.in_(texts))))


def _twin(
    connection: Connection, rows: Sequence[Row[tuple[object, ...]]], copy: _Copy, message: Message, keys: KeyRing
) -> str:
    """The Case of the same words by the same sender within a few days, or under the same Message-ID.

    What hangs on the mail must have hung on the other, byte for byte. A Message-ID alone proves nothing: some repeat.
    """
    own_id = keys.address(message.message_id) if message.message_id else ""
    for row in rows:
        same = row.sender_hash == copy.sender and row.text_hash == copy.words and row.mail != copy.mail
        near = abs(copy.arrived - row.arrived) <= RESENT_WITHIN or (own_id and row.message_id_hash == own_id)
        if copy.sender and same and near and _same_files(connection, copy, int(row.mail), message):
            return str(row.case_id)
    return ""


def _same_files(connection: Connection, copy: _Copy, earlier: int, message: Message) -> bool:
    inner = any(f.attachments for f in (message.forwarded, *message.forwarded.deeper)) if message.forwarded else False
    if not message.attachments and not inner:
        return bool(message.new_text.strip())
    here, there = (stored_mails.get(connection, mail).content or b"" for mail in (copy.mail, earlier))
    return hanging.checksums(here, passed_on=copy.passed_on) == hanging.checksums(there)


def _earlier(connection: Connection, messages: Sequence[Message], keys: KeyRing) -> dict[tuple[str, str], str]:
    """(hash of Message-ID, hash of sender) -> Case, for mails that these messages answer."""
    wanted = {h for m in messages for h in _answered(keys, m)}
    if not wanted:
        return {}
    joined = select(mails.c.message_id_hash, reactions.c.sender_hash, reactions.c.case_id).join(
        reactions, reactions.c.mail == mails.c.id
    )
    rows = connection.execute(joined.where(mails.c.message_id_hash.in_(wanted)))
    return {(row.message_id_hash, row.sender_hash): row.case_id for row in rows}
