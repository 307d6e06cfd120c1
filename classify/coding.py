"""Nouns of coding: the text to judge, the suggestion with its evidence, the coding an officer confirmed."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Text:
    """What is judged: never more than subject, display name and the sender's own words.

    `follows`: the mail is known to answer one of ours or to continue a Case. `earlier`: the unit of the same citizen's
    last Case.
    """

    id: str
    subject: str
    from_name: str
    body: str
    follows: bool = False
    earlier: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """An id of anlage3.toml and its probability, 0 to 1."""

    id: str
    p: float


class Urgency(StrEnum):
    NONE = ""
    NEED = "not"
    DANGER = "gefahr"


class NoticeKind(StrEnum):
    """What else the officer must look at; the value names the warning."""

    APPLICATION = "application"
    FOR_ANOTHER = "for_another"
    BREACH = "breach"
    DENUNCIATION = "denunciation"
    DATA_REQUEST = "data_request"
    PRESS = "press"
    MERE_THANKS = "mere_thanks"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The mail's own words that spoke for `about`: an id, "rechtsbehelf", "not", "gefahr" or a kind of notice."""

    about: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the machine proposes; never a record (GA 3.3).

    `types` has every type with its probability, best first; `categories` at least ten, best first, whatever the
    type. `proposed` are one to three category ids, empty for a type outside KRM. `model` is the id of the model
    ("" where rules alone spoke). `customer_group_p` is 0 where nothing is known of it. `sure` is False where the type
    should not be relied on. `notices` are values of `NoticeKind`.
    `units` are all that a mixed mail concerns, `unit` first. `form` is the form of reaction where it is known not to be
    the mail's own, "" else.
    """

    types: tuple[Scored, ...]
    categories: tuple[Scored, ...]
    proposed: tuple[str, ...]
    customer_group: str
    remedy: bool
    remedy_p: float
    urgency: Urgency
    evidence: tuple[Evidence, ...]
    unit: str = ""
    model: str = ""
    sure: bool = True
    customer_group_p: float = 0.0
    notices: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    form: str = ""

    @property
    def type(self) -> str:
        return self.types[0].id

    @property
    def p(self) -> float:
        return self.types[0].p


@dataclass(frozen=True, slots=True)
class Coding:
    """What the officer confirmed: the fields of Anlage 3 (ids). `unit` and `contact` may be empty.

    `parts` are further units that handle a part of it; `unit` writes the joint answer.
    """

    type: str
    categories: tuple[str, ...]
    customer_group: str
    form: str
    unit: str = ""
    contact: str = ""
    remedy: bool = False
    urgency: Urgency = Urgency.NONE
    parts: tuple[str, ...] = ()
