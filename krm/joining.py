"""`Folge:`: the reactions of an intake move to the Case they belong to, recorded there as its continuation."""

from dataclasses import replace

from sqlalchemy import Connection

from ingest.message import Instruction, Verb
from ingest.office import Person, Role
from krm.assigning import assigned
from krm.bot import Bot
from krm.planning import numbered
from store import cases, conditions, journal
from store.applying import apply
from store.case import Case, Kind, Reaction, State
from store.relating import standing
from store.steps import CannotApply, Step

NOT_THERE = "{} gibt es nicht."
NOT_RECORDED = "{} ist nicht in KRM erfasst. Soll es das werden, antworten Sie zuerst dort, zum Beispiel mit „ok“."
JOINED_AGAIN = "weitere Nachricht"


def aimed(connection: Connection, said: Instruction) -> Instruction:
    """`Folge:` with the Case in which the named one stands today."""
    if said.verb is not Verb.FOLLOW_UP:
        return said
    target = standing(connection, said.ids[0])
    if target is None:
        raise CannotApply(NOT_THERE.format(said.ids[0]))
    if target.state is State.NOT_KRM:
        raise CannotApply(NOT_RECORDED.format(said.ids[0]))
    return replace(said, ids=(target.shown_id,))


def join(connection: Connection, bot: Bot, joined: Case, by: Person, word: int) -> Case:
    """The Case they went to, after what `by` said in the mail `word`. Raises CannotApply where it is gone."""
    target = cases.find(connection, joined.joined_to)
    if target is None:
        raise CannotApply(NOT_THERE.format(joined.joined_to))
    cases.join(connection, joined, target.id)
    before = cases.load(connection, [target.id])[target.id]
    continued = next((t.id for t in bot.taxonomy.types if t.continues), "")
    categories = tuple(c.category for c in before.concerns)
    step = Step(bot.taxonomy, 0, by.id, bot.now())
    after = replace(before, reactions=tuple(_as_before(r, joined) for r in before.reactions))
    if before.state is State.CLOSED:
        reopened = [Instruction(Verb.REOPEN, "", text=JOINED_AGAIN)]
        after = apply(after, reopened, replace(step, reaction=after.reactions[0].mail))
    for moved in (r.mail for r in joined.reactions if r.kind is not Kind.DUPLICATE):
        said = [Instruction(Verb.TYPE, "", (continued,))]
        said += [Instruction(Verb.CATEGORY, "", categories)] if categories else []
        after = apply(after, said, replace(step, reaction=moved))
    after = assigned(bot, replace(after, state=State.OPEN), conditions.absent(connection))
    cases.save(connection, before, after, bot.keys)
    refs = (f"mail:{word}", joined.id)
    journal.write(connection, [journal.Entry(target.id, bot.now(), Role.MACHINE, "joined", refs=refs)])
    return numbered(connection, bot, after)


def _as_before(reaction: Reaction, joined: Case) -> Reaction:
    """The same mail once more stays that in the Case it goes to."""
    doubled = any(r.mail == reaction.mail and r.kind is Kind.DUPLICATE for r in joined.reactions)
    return replace(reaction, kind=Kind.DUPLICATE) if doubled else reaction
