"""Words that record a reaction: its coding, its dates, where it belongs (GA 3.1, 3.3; conversation.md)."""

from dataclasses import replace
from datetime import datetime, time

from ingest.message import Instruction
from store.case import Case, Clock, Kind, Note, State
from store.steps import FARTHEST, CannotApply, Row, Step, coding_of, coming, recoded, with_reaction


def type_(case: Case, said: Instruction, step: Step) -> Case:
    coding = coding_of(case, step)
    categories = coding.categories
    reaction = case.reaction(step.reaction)
    if not categories and step.taxonomy.type(said.ids[0]).krm and reaction.suggestion:
        categories = tuple(c.id for c in reaction.suggestion.categories[:1])
    return recoded(case, step, type=said.ids[0], categories=categories)


def categories(case: Case, said: Instruction, step: Step) -> Case:
    return recoded(case, step, categories=said.ids)


def add(case: Case, said: Instruction, step: Step) -> Case:
    together = tuple(dict.fromkeys((*coding_of(case, step).categories, *said.ids)))
    if len(together) > 3:  # GA 3.1: up to three concerns
        raise CannotApply(
            f"Mit „{said.line}“ wären es mehr als drei Kategorien. "
            "Bitte nehmen Sie zugleich eine weg, zum Beispiel mit „-Wartezeit“."
        )
    return recoded(case, step, categories=together)


def drop(case: Case, said: Instruction, step: Step) -> Case:
    coding = coding_of(case, step)
    missing = [i for i in said.ids if i not in coding.categories]
    if missing:
        raise CannotApply(f"Die Kategorie in „{said.line}“ ist nicht eingetragen.")
    return recoded(case, step, categories=tuple(c for c in coding.categories if c not in said.ids))


def field(name: str) -> Row:
    def row(case: Case, said: Instruction, step: Step) -> Case:
        return recoded(case, step, **{name: said.ids[0]})

    return row


def unit(case: Case, said: Instruction, step: Step) -> Case:
    return recoded(case, step, unit=said.ids[0], parts=said.ids[1:])


def promise(kind: str) -> Row:
    def row(case: Case, said: Instruction, step: Step) -> Case:
        return replace(case, clocks=(*case.clocks, Clock(kind, coming(said, step), step.now)))

    return row


def arrived(case: Case, said: Instruction, step: Step) -> Case:
    """The day it came to the house, where the officer knows better than the mail or the form (rules.md, Time 1)."""
    reaction = case.reaction(step.reaction)
    local = reaction.arrived.astimezone(step.now.tzinfo)
    came = reaction.came.astimezone(step.now.tzinfo)
    if said.day is None or said.day > came.date():
        raise CannotApply(f"Das Datum in „{said.line}“ liegt nach dem Eingang im Postfach.")
    if said.day < came.date() - FARTHEST:
        raise CannotApply(f"Das Datum in „{said.line}“ liegt mehr als ein Jahr zurück.")
    if said.day == local.date():
        return case
    moment = came if said.day == came.date() else datetime.combine(said.day, time(12), tzinfo=step.now.tzinfo)
    after = with_reaction(case, replace(reaction, arrived=moment))
    return replace(after, arrived=min(r.arrived for r in after.reactions))


def remedy(case: Case, said: Instruction, _: Step) -> Case:
    return replace(case, remedy=said.ids[0] == "ja")


def application(case: Case, said: Instruction, _: Step) -> Case:
    return replace(case, application=said.ids[0] if said.ids else said.text)


def authority(case: Case, said: Instruction, _: Step) -> Case:
    return replace(case, authority=said.ids[0] == "ja")


def answer_way(case: Case, said: Instruction, _: Step) -> Case:
    return replace(case, answer_way=said.ids[0] if said.ids else said.text)


def follow(case: Case, said: Instruction, _: Step) -> Case:
    if said.ids[0] in (case.id, str(case.number)):
        raise CannotApply(f"{said.ids[0]} ist dieser Vorgang selbst.")
    return replace(case, state=State.JOINED, joined_to=said.ids[0])


def not_krm(case: Case, said: Instruction, step: Step) -> Case:
    """Settles the answered reaction; the whole Case only where nothing else of it is recorded or waits for a word."""
    where = " ".join((*said.ids, said.text)).strip()
    answered = case.reaction(step.reaction)
    settled = replace(answered, outside=where, coding=None, confirmed_by=step.by, confirmed_at=step.now)
    others = [r for r in case.reactions if r.mail != answered.mail and r.kind is not Kind.DUPLICATE]
    if any(r.coding or not r.settled for r in others):
        return with_reaction(case, settled)
    return replace(with_reaction(case, replace(settled, coding=answered.coding)), state=State.NOT_KRM, outside=where)


def note(case: Case, said: Instruction, step: Step) -> Case:
    return replace(case, notes=(*case.notes, Note(step.now, step.by, said.text)))
