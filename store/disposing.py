"""What happens to a mail: one row per rule in the order they are asked, the first that holds decides. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from classify.anlage3 import Anlage3
from classify.coding import Suggestion, Urgency
from classify.contact_form import ORAL
from ingest.authenticity import (
    FOREIGN_LETTERS,
    UNSIGNED_ANSWER,
    Policy,
    Signature,
    Trust,
    disowned,
    doubt,
    hangs_on_signature,
    in_foreign_letters,
)
from ingest.message import Automatic, Message, Oddity, spelled
from ingest.office import Office
from store.case import CITIZEN, COLLEAGUE, Form
from store.relating import CARRIED_OUT, Relation

CLEAR_FINDING = 0.95
"""From this probability on a mail that is probably not meant for the office is put aside without a request."""


OUT_OF_OFFICE = "out-of-office"
"""The rule that believes an automatic reply of the house: whoever it comes from is away."""
READ_RECEIPT = "message/disposition-notification"  # RFC 8098: whoever sends one is there


class Disposition(StrEnum):
    """What is done with a mail."""

    AUTOMATIC = "automatic"  # filed and listed, never answered
    INSTRUCTION = "instruction"  # read as a reply of the house and carried out
    REFUSED = "refused"  # somebody instructs who may not: nothing changes, the officer is told
    FOLLOW_UP = "follow_up"  # a reaction of its own, linked to its Case
    DUPLICATE = "duplicate"  # the same mail once more: linked, nothing owed
    INTAKE = "intake"  # a new reaction
    QUARANTINE = "quarantine"  # put aside and listed
    NOTED = "noted"  # an oral reaction settled the same day: listed, no Case


@dataclass(frozen=True, slots=True)
class Arrived:
    """Everything the rules look at; `signature` once it was looked at, which is done where `hangs_on_signature`."""

    message: Message
    relation: Relation
    office: Office
    trust: Trust
    rescued: bool
    signature: Signature = Signature.NONE

    @property
    def hangs_on_signature(self) -> bool:
        """Whether a look at the signature of the sender's domain tells if somebody of the house wrote this."""
        return self.of_the_house and hangs_on_signature(self.message, self.trust)

    @property
    def doubt(self) -> str:
        """Why the sender is not believed, as a German clause for the officer; "" if there is no reason."""
        return doubt(self.message, self.trust, self.signature)

    @property
    def to_house(self) -> bool:
        """A person answers a letter that went to somebody of the house; a machine's mail is content at most.

        So is the mail of a citizen of the Case to whom such a letter was passed on: a reaction, whatever it says.
        """
        letter = self.relation.letter
        passed_on = bool(self.relation.follows) and not self.of_the_house
        to_person = letter is not None and letter.recipient not in (CITIZEN, COLLEAGUE)
        return to_person and self.message.automatic in (None, Automatic.PERHAPS) and not passed_on

    @property
    def may_answer(self) -> bool:
        """The sender is the person we wrote to, or stands in for them (conversation.md, b)."""
        letter = self.relation.letter
        person = self.office.person(letter.recipient) if letter else None
        if person is None:
            return False
        sender = spelled(self.message.sender.address)
        return any(spelled(p.address) == sender for p in self.office.stand_ins(person))

    @property
    def warning(self) -> str:
        """What the officer is told of the sender: of anybody but the house, only that they are not genuine."""
        return self.doubt if self.of_the_house else disowned(self.message, self.trust)

    @property
    def answers_unsigned(self) -> bool:
        """What it answers may have been put above a signed mail by others: only the subject is always covered."""
        loose = Oddity.UNSIGNED_ANSWER in self.message.oddities and not self.relation.in_subject
        return loose and self.trust.policy is not Policy.CLOSED_NETWORK

    @property
    def answers_by_itself(self) -> bool:
        """A program of the house answers our letter: were it content, our request for it would be answered too."""
        letter = self.relation.letter
        ours = letter is not None and letter.recipient != CITIZEN and self.of_the_house
        return ours and self.message.automatic is Automatic.GENERATED and not self.rescued

    @property
    def says_absent(self) -> bool:
        """An automatic reply of the very person the answered letter went to, believed as an instruction would be.

        What it says moves Cases and requests to others.
        """
        letter = self.relation.letter if self.relation.proven else None
        person = self.office.person(letter.recipient) if letter else None
        to = person.address if person else letter.address if letter and letter.recipient == COLLEAGUE else ""
        theirs = bool(to) and spelled(to) == spelled(self.message.sender.address)
        read = any(a.type == READ_RECEIPT for a in self.message.attachments)
        away = self.message.automatic is Automatic.AUTO_REPLY and not read and not self.rescued
        return away and theirs and not self.doubt and not self.answers_unsigned

    @property
    def is_replay(self) -> bool:
        """An answer that was read before, once more: by somebody who copied it, or by a server that sent it twice."""
        return self.to_house and self.relation.repeats and self.may_answer

    @property
    def of_the_house(self) -> bool:
        address = self.message.sender.address
        return self.office.person(address) is not None or address.rpartition("@")[2] in self.office.domains


@dataclass(frozen=True, slots=True)
class Disposed:
    """The disposition and the name of the rule that decided; `why` is German where the officer is told."""

    what: Disposition
    rule: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """`check` gives None where the rule says nothing, else the reason for the officer ("" if there is none)."""

    name: str
    then: Disposition
    check: Callable[[Arrived], str | None]


def _when(held: bool) -> str | None:
    return "" if held else None


def _machine(kind: Automatic) -> Callable[[Arrived], str | None]:
    return lambda a: _when(a.message.automatic is kind and not a.rescued)


STRANGER = "die Antwort kommt nicht von der Person, an die wir geschrieben haben, und nicht von ihrer Vertretung"
SENT_AGAIN = "diese Antwort ist schon einmal angekommen und gilt nur einmal"


def _not_allowed(a: Arrived) -> str | None:
    if not a.to_house:
        return None
    if not a.relation.proven:
        return "das Kennzeichen der beantworteten Nachricht ist abgelaufen oder gehört nicht zu ihr"
    if not a.may_answer:
        return f"{STRANGER}; {FOREIGN_LETTERS}" if in_foreign_letters(a.message.sender.address) else STRANGER
    return a.doubt or (UNSIGNED_ANSWER if a.answers_unsigned else None)


RULES = (
    # Machines first: nothing they write may ever count as an instruction or be answered (RFC 3834).
    Rule("own", Disposition.AUTOMATIC, _machine(Automatic.OWN)),
    Rule("bounce", Disposition.AUTOMATIC, _machine(Automatic.BOUNCE)),
    Rule(OUT_OF_OFFICE, Disposition.AUTOMATIC, lambda a: _when(a.says_absent)),
    Rule("auto-reply", Disposition.AUTOMATIC, _machine(Automatic.AUTO_REPLY)),
    Rule("list", Disposition.AUTOMATIC, _machine(Automatic.LIST)),
    Rule("answers-by-itself", Disposition.AUTOMATIC, lambda a: _when(a.answers_by_itself)),
    # An answer to a letter of the house instructs or is refused; it is never a citizen's reaction.
    Rule("answered-before", Disposition.REFUSED, lambda a: SENT_AGAIN if a.is_replay else None),
    Rule("not-allowed", Disposition.REFUSED, _not_allowed),
    Rule(CARRIED_OUT, Disposition.INSTRUCTION, lambda a: _when(a.to_house)),
    # The same words once more before anything that would open or link something.
    Rule("sent-again", Disposition.DUPLICATE, lambda a: _when(bool(a.relation.same_as) and not a.rescued)),
    Rule("handed-in-again", Disposition.DUPLICATE, lambda a: _when(bool(a.relation.brings) and a.of_the_house)),
    # A citizen's answer to our letter, to their own mail, or with the number of a Case they wrote in.
    Rule("belongs-to-a-case", Disposition.FOLLOW_UP, lambda a: _when(bool(a.relation.follows))),
    # Everything else is new, however it looks; what may be put aside is decided once it was judged.
    Rule("new", Disposition.INTAKE, lambda _: ""),
)


def dispose(arrived: Arrived) -> Disposed:
    """The first rule that holds."""
    for rule in RULES:
        why = rule.check(arrived)
        if why is not None:
            return Disposed(rule.then, rule.name, why)
    raise AssertionError("the last rule always holds")


def put_aside(suggestion: Suggestion, taxonomy: Anlage3, rescued: bool) -> bool:
    """Whether a new mail goes to quarantine: clearly not meant for the office, nothing in it that must not wait.

    A suggestion is never `sure` of that where the mail is short or hints at the office (classify/suggest.py).
    """
    clear = taxonomy.type(suggestion.type).aside and suggestion.sure and suggestion.p >= CLEAR_FINDING
    return clear and not _grave(suggestion) and not rescued


def settled_at_once(form: Form, suggestion: Suggestion, rescued: bool) -> bool:
    """Whether a form is a note alone (GA 3.2.2): oral, settled the same day, nothing in it that must not wait.

    Written reactions always open a Case (Anlage 2), and so does what a person moved back into the inbox. A mail with
    further forms is put before the officer, who else would hear nothing of them.
    """
    content, alone = form.content, form.written and not form.left_out
    return content.settled and content.form in ORAL and alone and not _grave(suggestion) and not rescued


def _grave(suggestion: Suggestion) -> bool:
    return suggestion.remedy or suggestion.urgency is not Urgency.NONE
