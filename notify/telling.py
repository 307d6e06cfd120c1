"""From a Case to what each letter is told. Pure: everything looked up is handed in."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from classify.anlage3 import Anlage3
from classify.coding import Coding, Suggestion, Urgency
from ingest.office import Office, Person
from notify.buttons import button, opened, tag
from notify.cautions import warnings, words_for
from notify.contexts import Acknowledgement, Alert, Assignment, ConfirmationRequest, HandOver, Reminder
from notify.course import Course
from notify.deadlines import Deadlines, deadlines, local_day
from notify.foreign import foreign
from notify.letters import percent, text_of
from notify.phrases import (
    DECIDED,
    HANDLERS_WORDS,
    IN_CHARGE,
    LEGAL,
    NEXT_STAGE,
    NO_NUMBER_YET,
    NOT_THE_LEAD,
    PROBABLY_NOT_KRM,
    SEVERAL_UNITS,
    STAGES,
    STANDS_IN,
    STILL_OPEN,
    UNCHECKED,
    UNCONFIRMED,
    UNKNOWN_FORM,
)
from notify.pieces import Button, Option
from notify.recipients import complained_about, contact, deciding, next_level, rung
from notify.workdays import Workdays
from store.case import FIRST_STAGE, Case, Kind, Reaction, Source
from store.steps import suggested_coding

TEXT_SHOWN = 12_000  # Gmail clips a mail at 102 kB, and the citizen's words stand in it twice
ALTERNATIVES = 5  # conversation.md: the next five, numbered
UNSURE_ALTERNATIVES = 9
NO_PERSON = Person("", "", "")


@dataclass(frozen=True, slots=True)
class Teller:
    """What all letters of one office need besides the Case."""

    office: Office
    taxonomy: Anlage3
    workdays: Workdays
    acknowledge_unasked: bool = True

    def days(self, reaction: Reaction) -> Deadlines:
        return deadlines(reaction.arrived, self.workdays)

    def confirmation_request(self, case: Case, reaction: Reaction, to: Person, token: str) -> ConfirmationRequest:
        """For officer or deputy. Raises ValueError where the reaction was never judged."""
        suggestion = _judged(reaction)
        named = complained_about(case, self.office, self.taxonomy)
        why_not_sent = self.why_not_sent(reaction)
        acknowledged = "" if why_not_sent else _printed(self._acknowledgement(case, reaction, named.people))
        unit = self.office.unit(suggestion.unit)
        known = reaction.kind is Kind.FOLLOW_UP
        return ConfirmationRequest(
            id=case.shown_id,
            follow_up_to=case.shown_id if known else "",
            arrived=reaction.arrived,
            deadlines=self.days(reaction),
            sender_name=reaction.sender.name,
            sender_address=reaction.sender.address,
            subject=reaction.subject,
            text=_shortened(reaction.new_text),
            earlier_text=_shortened(_earlier(reaction)),
            attachments=reaction.attachments,
            warnings=warnings(reaction, suggestion, named, self.office.legal_office.name),
            sure=suggestion.sure,
            type_name=self.taxonomy.name(suggestion.type),
            type_p=suggestion.p,
            type_words=words_for(suggestion, suggestion.type),
            other_types=tuple(self.taxonomy.name(t.id) for t in suggestion.types[1:4]),
            options=self._options(suggestion),
            group_name=self._group(suggestion),
            unit_name=unit.name if unit else "",
            contact_name=contact(self.office, named.people, "").name,
            hints=(*reaction.hints, *self._several(suggestion)),
            will_send=acknowledged,
            why_not_sent=why_not_sent,
            sends_itself_on=self._sends_itself_on(reaction, suggestion),
            buttons=self.buttons(case, reaction, token),
            officer_name=to.name,
            form_name=self._form_name(reaction, suggestion),
        )

    def choices(self, suggestion: Suggestion) -> tuple[str, ...]:
        """The category ids in the order in which the confirmation request numbers them, from 1."""
        proposed = suggestion.proposed
        more = UNSURE_ALTERNATIVES if not suggestion.sure else ALTERNATIVES
        others = [c.id for c in suggestion.categories if c.id not in proposed]
        return (*proposed, *others[:more])

    def acknowledgement(self, case: Case, reaction: Reaction) -> Acknowledgement:
        """For whoever wrote (GA 3.5.1): nothing in it that rules.md forbids."""
        return self._acknowledgement(case, reaction, complained_about(case, self.office, self.taxonomy).people)

    def _acknowledgement(self, case: Case, reaction: Reaction, out: frozenset[str]) -> Acknowledgement:
        coding = self._coding(reaction)
        person = contact(self.office, out, coding.contact)
        kind = self.taxonomy.type(coding.type)
        return Acknowledgement(
            number=str(case.number) if case.number else NO_NUMBER_YET,
            arrived=local_day(reaction.arrived),
            answer_by=self.answer_by(case, reaction),
            thanks=kind.thanks,
            contact_name=person.name,
            contact_telephone=person.telephone,
            answer_way="per E-Mail" if case.answer_way == "email" else "per Post",
            office_name=self.office.name,
            privacy_url=self.office.privacy_url,
            postal_address=self.office.postal_address,
            foreign=foreign("acknowledgement", reaction, case, self.answer_by(case, reaction), person.telephone),
        )

    def answer_by(self, case: Case, reaction: Reaction) -> date | None:
        """The day named to the citizen: a superior body's, else the officer's, else the target; None for thanks."""
        promised = case.day("superior") or case.day("answer", since=reaction.arrived)
        thanks = self.taxonomy.type(self._coding(reaction).type).thanks
        return promised or (None if thanks else self.days(reaction).target)

    def acknowledgement_text(self, case: Case, reaction: Reaction) -> str:
        """What will be sent if confirmed, word for word; "" if nothing can be or need be."""
        if self.why_not_sent(reaction):
            return ""
        return self.printable(case, reaction)

    def why_not_sent(self, reaction: Reaction) -> str:
        """Rows of (held, reason); the first that holds keeps the acknowledgement back."""
        kind = self.taxonomy.type(self._coding(reaction).type)
        rows = (
            (not kind.krm, f"„{kind.name}“ wird nicht in KRM erfasst."),
            (reaction.source is Source.MACHINE, "Die Nachricht kam von einem Formular oder Gerät des Hauses."),
            (not reaction.sender.address, "Die Nachricht nennt keine Adresse."),
        )
        return next((why for held, why in rows if held), "")

    def printable(self, case: Case, reaction: Reaction) -> str:
        """The acknowledgement's text, to print and post where it cannot go by mail."""
        return addressed(_printed(self.acknowledgement(case, reaction)), reaction)

    def assignment(self, case: Case, reaction: Reaction, to: Person, token: str) -> Assignment:
        """For the team lead or whoever stands in for them; without the sender's address."""
        coding = self._coding(reaction)
        unit = self.office.unit(coding.unit)
        matter = Course(case, self.taxonomy, self.workdays).matter
        return Assignment(
            number=case.shown_id,
            arrived=reaction.arrived,
            deadlines=matter.days if matter and matter.staged else self.days(reaction),
            answer_by=matter.answer_by if matter and matter.staged else self.answer_by(case, reaction),
            type_name=self.taxonomy.name(coding.type),
            category_names=tuple(self.taxonomy.name(c) for c in coding.categories),
            unit_name=unit.name if unit else "",
            sender_name=reaction.sender.name or "Name nicht angegeben",
            text=_shortened(reaction.new_text),
            attachments=reaction.attachments,
            why_you=self._why_you(case, coding, to),
            officer_name=self.office.officer.name,
            officer_telephone=self.office.officer.telephone,
            name=to.name,
            stage=STAGES.get(case.stage, "") if case.stage != FIRST_STAGE else "",
            also_units=tuple(u.name for u in map(self.office.unit, coding.parts) if u),
            others_words=case.stages[-1].reason if case.stages else "",
            buttons=self._handlers_buttons(case, token),
            next_stage=self.next_stage(case),
        )

    def _why_you(self, case: Case, coding: Coding, to: Person) -> str:
        """Why it comes to somebody else than the lead; a stage speaks for itself."""
        units = [u for u in map(self.office.unit, (coding.unit, *coding.parts)) if u]
        if any(to.id == u.lead.id for u in units) or case.stage > FIRST_STAGE:
            return ""
        return STANDS_IN if any(u.deputy and to.id == u.deputy.id for u in units) else NOT_THE_LEAD

    def next_stage(self, case: Case) -> str:
        """Who follows, as in `weiter an …`; "" where nobody does."""
        level = next_level(case, self.office)
        return NEXT_STAGE[level] if level > max(case.stage, rung(self.office, case.handler)) else ""

    def _handlers_buttons(self, case: Case, token: str) -> tuple[Button, ...]:
        """What whoever handles a Case answers most often (conversation.md, The team lead)."""
        subject, after = f"Re: {tag(case.shown_id, token)}", self.next_stage(case)
        rows = (*HANDLERS_WORDS, *(((f"Weiter an {after} …", f"weiter an {after}: "),) if after else ()))
        return tuple(
            opened(label, self.office.address, subject, line, primary=n == 0) for n, (label, line) in enumerate(rows)
        )

    def hand_over(self, case: Case, reaction: Reaction, to: Person) -> HandOver:
        """For the legal office or the unit in charge."""
        legal = to.id == self.office.legal_office.id
        suggestion = reaction.suggestion
        decided = case.remedy is True or bool(reaction.outside)
        return HandOver(
            id=case.shown_id,
            arrived=reaction.arrived,
            why=" ".join((LEGAL if legal else IN_CHARGE, DECIDED if decided else UNCHECKED)),
            words=words_for(suggestion, "rechtsbehelf") if suggestion and legal else (),
            officer_name=self.office.officer.name,
            officer_telephone=self.office.officer.telephone,
            name=to.name,
        )

    def alert(self, case: Case, reaction: Reaction, to: Person, token: str) -> Alert:
        """For everybody who must know of danger; only officer and deputy get the text."""
        suggestion = _judged(reaction)
        inside = to in deciding(self.office, complained_about(case, self.office, self.taxonomy).people)
        subject = f"{tag(case.shown_id, token)} gesehen"
        return Alert(
            id=case.shown_id,
            arrived=reaction.arrived,
            danger=suggestion.urgency is Urgency.DANGER,
            words=words_for(suggestion, suggestion.urgency.value),
            text=_shortened(reaction.new_text) if inside else "",
            sender_name=reaction.sender.name,
            officer_name=self.office.officer.name,
            officer_telephone=self.office.officer.telephone,
            name=to.name,
            buttons=(button("Gesehen", self.office.address, subject, "gesehen", primary=True),),
        )

    def reminder(self, case: Case, reaction: Reaction, to: Person, token: str) -> Reminder:
        """For officer and deputy: what to know before `ok`, but for the text. Management sees that it waits."""
        suggestion, decides = _judged(reaction), to in self.office.officers()
        named = complained_about(case, self.office, self.taxonomy)
        return Reminder(
            id=case.shown_id,
            arrived=reaction.arrived,
            deadlines=self.days(reaction),
            why=UNCONFIRMED if reaction.acknowledged else PROBABLY_NOT_KRM,
            subject=reaction.subject,
            sure=suggestion.sure,
            warnings=warnings(reaction, suggestion, named, self.office.legal_office.name),
            suggested=self._suggested(suggestion),
            words=words_for(suggestion, suggestion.type),
            decides=decides,
            buttons=self.buttons(case, reaction, token) if decides else (),
            name=to.name,
        )

    def _coding(self, reaction: Reaction) -> Coding:
        return reaction.coding or suggested_coding(_judged(reaction))

    def _sends_itself_on(self, reaction: Reaction, suggestion: Suggestion) -> date | None:
        unasked = self.acknowledge_unasked and self.taxonomy.type(suggestion.type).unasked
        if self.why_not_sent(reaction) or not unasked or reaction.source is not Source.CITIZEN:
            return None
        return self.days(reaction).acknowledge_by

    def _form_name(self, reaction: Reaction, suggestion: Suggestion) -> str:
        if reaction.form is None:
            return ""
        name = self.taxonomy.name(suggested_coding(suggestion).form)
        return name if suggestion.form else UNKNOWN_FORM.format(name)

    def _group(self, suggestion: Suggestion) -> str:
        name, p = self.taxonomy.name(suggestion.customer_group), suggestion.customer_group_p
        return f"{name} ({percent(p)})" if p else name

    def _several(self, suggestion: Suggestion) -> tuple[str, ...]:
        """A mixed mail: which other teams a part belongs to, and the line that gives it to all (rules.md, 3.1)."""
        units = [u for u in map(self.office.unit, suggestion.units) if u]
        if len(units) < 2:
            return ()
        names = ", ".join(u.name for u in units[1:])
        return (SEVERAL_UNITS.format(names, ", ".join(u.id for u in units)),)

    def _suggested(self, suggestion: Suggestion) -> tuple[tuple[str, str], ...]:
        """What `ok` would record, field by field."""
        unit = self.office.unit(suggestion.unit)
        proposed = (f"{o.name} ({percent(o.p)})" for o in self._options(suggestion) if o.proposed)
        return (
            ("Art", f"{self.taxonomy.name(suggestion.type)} ({percent(suggestion.p)})"),
            ("Kategorie", "; ".join(proposed) or STILL_OPEN),
            ("Kundengruppe", self._group(suggestion)),
            ("Team", unit.name if unit else STILL_OPEN),
        )

    def _options(self, suggestion: Suggestion) -> tuple[Option, ...]:
        p = {c.id: c.p for c in suggestion.categories}
        return tuple(
            Option(n, self.taxonomy.name(c), p.get(c, 0.0), c in suggestion.proposed, words_for(suggestion, c))
            for n, c in enumerate(self.choices(suggestion), 1)
        )

    def buttons(self, case: Case, reaction: Reaction, token: str) -> tuple[Button, ...]:
        """One click each: the suggestion as it is, other types, the ways out of KRM."""
        suggestion = _judged(reaction)
        to, krm = self.office.address, self.taxonomy.type(suggestion.type).krm
        subject = f"Re: {tag(case.shown_id, token)}"
        others = [self.taxonomy.type(t.id) for t in suggestion.types[1:]]
        rows = [("Stimmt so", "ok", suggestion.sure)] if krm and suggestion.proposed else []
        rows += [(f"Art: {t.name}", f"Art: {t.name}", False) for t in others if t.krm][:2]
        rows += [("Gesehen, nichts zu tun", "gesehen", False)] if reaction.kind is Kind.FOLLOW_UP else []
        rows += [(words, words, False) for words in ("Kein KRM: Widerspruch", "Kein KRM: Spam")]
        rows += [("Ändern …", self._form(suggestion), False)]
        return tuple(button(label, to, subject, body, primary=primary) for label, body, primary in rows)

    def _form(self, suggestion: Suggestion) -> str:
        """A filled reply to change by hand: the lines as suggested."""
        names = ", ".join(str(n) for n, _ in enumerate(suggestion.proposed, 1)) or "1"
        group = self.taxonomy.name(suggestion.customer_group)
        lines = [f"Art: {self.taxonomy.name(suggestion.type)}", f"Kategorie: {names}", f"Kundengruppe: {group}"]
        return "\n".join([*lines, *([f"Team: {suggestion.unit}"] if suggestion.unit else [])])


def addressed(letter: str, reaction: Reaction) -> str:
    """A letter to be printed, with the postal address above it where the contact form gives one."""
    lines = reaction.form.content.postal if reaction.form else ()
    return "\n".join((*lines, "", letter)) if lines else letter


def _judged(reaction: Reaction) -> Suggestion:
    if reaction.suggestion is None:
        raise ValueError("the reaction was never judged")
    return reaction.suggestion


@lru_cache(maxsize=256)
def _printed(told: Acknowledgement) -> str:
    """Before there is a number, the mails of a day get the same words."""
    return text_of(told)


def _earlier(reaction: Reaction) -> str:
    """What stands in a reply besides the new words."""
    if reaction.text.strip() == reaction.new_text.strip():
        return ""
    return reaction.text.replace(reaction.new_text.strip(), "", 1).strip()


def _shortened(text: str) -> str:
    if len(text) <= TEXT_SHOWN:
        return text.strip()
    return text[:TEXT_SHOWN].rstrip() + "\n\n[… gekürzt, die ganze Nachricht liegt im Postfach]"
