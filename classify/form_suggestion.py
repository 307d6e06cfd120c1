"""A contact form's boxes over what the model thinks of its words: the form leads, where they differ is named. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from classify.anlage3 import Anlage3
from classify.coding import Evidence, Scored, Suggestion
from classify.contact_form import UNIT, ContactForm
from classify.form_reading import MOST_CATEGORIES
from ingest.office import Office

TICKED_P = 0.97
"""Probability given to what is ticked: people tick the wrong box, too."""
SURE_GROUP = 0.8
TICKED = "☒ {}"
DIFFERS = "Im Formular steht „{}: {}“. Nach den Worten wäre es eher: {}."
ALSO = "Nach den Worten passt auch die Kategorie: {}."
NO_SUCH_UNIT = f"Die {UNIT} „{{}}“ gibt es im Verzeichnis nicht."


@dataclass(frozen=True, slots=True)
class _Both:
    """What the form says beside what the model says of its words."""

    form: ContactForm
    model: Suggestion
    taxonomy: Anlage3
    office: Office
    unit: str

    def box(self, type_id: str) -> str:
        return self.taxonomy.type(type_id).box


def from_form(
    form: ContactForm, suggestion: Suggestion, taxonomy: Anlage3, office: Office
) -> tuple[Suggestion, tuple[str, ...]]:
    """The suggestion with what the form says in its place, and German sentences on what does not fit together."""
    both = _Both(form, suggestion, taxonomy, office, _unit(form.unit, office))
    kind = _type(both)
    categories = _most_important(form.categories, suggestion)
    proposed = categories or suggestion.proposed
    ticked = [*([(kind, both.box(kind))] if kind else []), *((c, taxonomy.category(c).name) for c in categories)]
    told = {about for about, _ in ticked}
    after = replace(
        suggestion,
        types=_only(suggestion.types, kind) if kind else suggestion.types,
        categories=(*(Scored(c, TICKED_P) for c in categories), *_without(suggestion.categories, categories)),
        proposed=proposed if kind or taxonomy.type(suggestion.type).krm else (),
        customer_group=form.customer_group or suggestion.customer_group,
        customer_group_p=0.0 if form.customer_group else suggestion.customer_group_p,
        evidence=(
            *(Evidence(about, (TICKED.format(name),)) for about, name in ticked),
            *(e for e in suggestion.evidence if e.about not in told),
        ),
        unit=both.unit or suggestion.unit,
        units=() if both.unit else suggestion.units,
        model="" if kind else suggestion.model,  # no merit and no fault of the model's
        sure=bool(kind),
        form=form.form,
    )
    return after, tuple(words for row in ROWS if (words := row(both)))


def _type(both: _Both) -> str:
    """The type of the ticked box; where several share it, the one that the words are surely of."""
    form, model = both.form, both.model
    if not form.type:
        return ""
    return model.type if model.sure and both.box(model.type) == both.box(form.type) else form.type


def _most_important(categories: Sequence[str], model: Suggestion) -> tuple[str, ...]:
    """At most three, what fits the words best first (GA 3.1): crosses have no order."""
    p = {scored.id: scored.p for scored in model.categories}
    return tuple(sorted(categories, key=lambda c: -p.get(c, 0.0))[:MOST_CATEGORIES])


def _only(types: Sequence[Scored], kind: str) -> tuple[Scored, ...]:
    """The form's type in front; the others share of the probability what is left, as before."""
    others = _without(types, (kind,))
    shrink = (1 - TICKED_P) / max(1e-9, sum(s.p for s in others))
    return (Scored(kind, TICKED_P), *(replace(s, p=s.p * min(1.0, shrink)) for s in others))


def _without(scored: Sequence[Scored], ids: Sequence[str]) -> list[Scored]:
    return [s for s in scored if s.id not in ids]


def _unit(words: str, office: Office) -> str:
    """The unit that is meant by id or name; "" if none or several are."""
    key = " ".join(words.casefold().split())
    exact = [u.id for u in office.units if key in (u.id.casefold(), u.name.casefold())]
    named = [u.id for u in office.units if re.search(rf"(?<!\w){re.escape(u.id.casefold())}(?!\w)", key)]
    found = exact or named
    return found[0] if len(found) == 1 else ""


def _other_type(both: _Both) -> str:
    form, model, taxonomy = both.form, both.model, both.taxonomy
    if not (form.type and model.sure) or both.box(form.type) == both.box(model.type):
        return ""
    return DIFFERS.format("Art", both.box(form.type), taxonomy.name(model.type))


def _other_category(both: _Both) -> str:
    form, model = both.form, both.model
    if not (form.categories and model.sure and model.proposed) or model.proposed[0] in form.categories:
        return ""
    return ALSO.format(both.taxonomy.name(model.proposed[0]))


def _other_group(both: _Both) -> str:
    form, model, name = both.form, both.model, both.taxonomy.name
    if not form.customer_group or form.customer_group == model.customer_group or model.customer_group_p < SURE_GROUP:
        return ""
    return DIFFERS.format("Kundengruppe", name(form.customer_group), name(model.customer_group))


def _other_unit(both: _Both) -> str:
    if not both.form.unit:
        return ""
    if not both.unit:
        return NO_SUCH_UNIT.format(both.form.unit)
    theirs = both.office.unit(both.model.unit)
    if not (theirs and both.model.sure) or theirs.id == both.unit:
        return ""
    return DIFFERS.format(UNIT, both.form.unit, theirs.name)


ROWS: tuple[Callable[[_Both], str], ...] = (_other_type, _other_category, _other_group, _other_unit)
"""What may differ, in the form's order; "" where it does not."""
