"""The one entrance: texts in, suggestions with evidence out. The model proposes, facts and rules may overrule it."""

from collections.abc import Sequence

from classify import concerns, needed
from classify.anlage3 import Anlage3
from classify.coding import Evidence, NoticeKind, Scored, Suggestion, Text, Urgency
from classify.coding_steps import Decision
from classify.features import Row
from classify.model import Model
from classify.notices import Notice, notices
from classify.rules import spoken
from classify.scoring import CATEGORY, DANGER, NEED, REMEDY, TYPE, Prediction
from classify.signs import read
from classify.terms import passage
from classify.units import suggest_unit, suggest_units
from ingest.office import Office

RULE_P = 0.97
"""Probability given to what a rule found."""

FEWEST_WORDS = 4
"""With fewer words, greeting and closing apart, nothing is relied on."""

BRIEF = 15
BRIEF_SURE = 0.8
"""With fewer words than these a type is relied on from this probability on: in cross-validation about one in three of
what was said of such mails with less was wrong."""

UNLIKELY = 0.02
"""What is left of the probability of a type that nothing in the mail points to."""

WORTH_ASKING = 0.01
"""Below this probability nobody asks whether anything points to a type."""

LONGEST_EVIDENCE = 120
"""Characters of the mail's own words shown at a time."""

MOST_PROPOSED = 3

ORDINARY = "beschwerde"
"""The type put first where nothing is known: the one that obliges the office to most."""

NO_MODEL = "ohne Modell: nur Regeln, kein Vorschlag"


def suggest(
    texts: Sequence[Text], model: Model | None, taxonomy: Anlage3, office: Office | None = None
) -> tuple[Suggestion, ...]:
    """A suggestion for each text, in order; a group costs less than its texts one by one.

    Without a model only rules speak: types and categories are all alike, and `sure` is False.
    """
    if model is None:
        return tuple(_by_rules(text, taxonomy, office) for text in texts)
    both = zip(texts, model.predict(texts), strict=True)
    return tuple(_suggestion(text, said, model, taxonomy, office) for text, said in both)


def _suggestion(
    text: Text, prediction: Prediction, model: Model, taxonomy: Anlage3, office: Office | None
) -> Suggestion:
    limits = model.limits
    lodged, step = prediction.row.signs.lodged, prediction.row.signs.step
    types = _overruled(_pointed_to(prediction, text), step)
    proposed = _proposed(types[0].id, prediction.categories, limits.category, taxonomy)
    level, cries = _urgency(prediction, model)
    remedied = bool(lodged) or prediction.remedy >= limits.remedy
    reasons = [
        Evidence(types[0].id, step.words if step else model.reasons(prediction.row, TYPE + types[0].id)),
        *(Evidence(c, model.reasons(prediction.row, CATEGORY + c)) for c in proposed),
        Evidence(REMEDY, (lodged or model.reasons(prediction.row, REMEDY)) if remedied else ()),
        Evidence(level.value, cries),
    ]
    seen = _noticed(text, grave=remedied or level is not Urgency.NONE)
    return Suggestion(
        types=types,
        categories=prediction.categories,
        proposed=proposed,
        customer_group=prediction.groups[0].id,
        remedy=remedied,
        remedy_p=max(prediction.remedy, RULE_P if lodged else 0.0),
        urgency=level,
        evidence=(*_spoken(reasons, text), *(Evidence(n.kind.value, n.words) for n in seen)),
        unit=suggest_unit(proposed, text, office, text.earlier) if office and proposed else "",
        model=model.id,
        sure=_sure(text, types[0], prediction.row, model, taxonomy),
        customer_group_p=prediction.groups[0].p,
        notices=tuple(n.kind.value for n in seen),
        units=suggest_units(proposed, text, office) if office and len(proposed) > 1 else (),
    )


def _noticed(text: Text, *, grave: bool) -> tuple[Notice, ...]:
    """What else to look at. Mere thanks only in a further mail that holds nothing grave."""
    seen = notices(text.subject, text.body)
    return tuple(n for n in seen if n.kind is not NoticeKind.MERE_THANKS or (text.follows and not grave))


def _pointed_to(prediction: Prediction, text: Text) -> tuple[Scored, ...]:
    """The types again, those behind that nothing in the mail points to (classify/needed.py)."""
    lacking = needed.missing([t.id for t in prediction.types if t.p >= WORTH_ASKING], text)
    left = [Scored(t.id, t.p * UNLIKELY if t.id in lacking else t.p) for t in prediction.types]
    whole = sum(t.p for t in left)
    return tuple(sorted((Scored(t.id, t.p / whole) for t in left), key=lambda t: -t.p))


def _sure(text: Text, best: Scored, row: Row, model: Model, taxonomy: Anlage3) -> bool:
    """Whether the type may be relied on. What would be put aside must be of some length and not hint at the office."""
    words = sum(word.folded[0].isalnum() for word in row.words)
    if words < FEWEST_WORDS or row.known < model.limits.known:
        return False
    if taxonomy.type(best.id).aside and (words < BRIEF or concerns.found(spoken(text))):
        return False
    return best.p >= (BRIEF_SURE if words < BRIEF else model.limits.sure)


def _overruled(types: Sequence[Scored], step: Decision | None) -> tuple[Scored, ...]:
    """The fact's type first with the fact's probability; the others share the rest as before."""
    before = next((t.p for t in types if step and t.id == step.type), 1.0)  # a form may lack the type
    if step is None or before >= step.p:
        return tuple(types)
    shrink = (1 - step.p) / max(1e-9, 1 - before)
    return (Scored(step.type, step.p), *(Scored(t.id, t.p * shrink) for t in types if t.id != step.type))


def _proposed(type_id: str, categories: Sequence[Scored], limit: float, taxonomy: Anlage3) -> tuple[str, ...]:
    """The best category, and a second and third that are likely enough; none outside KRM."""
    if not taxonomy.type(type_id).krm:
        return ()
    return tuple(c.id for place, c in enumerate(categories[:MOST_PROPOSED]) if place == 0 or c.p >= limit)


def _urgency(prediction: Prediction, model: Model) -> tuple[Urgency, tuple[str, ...]]:
    """The higher of what rules and model say, and the words that said it."""
    level, words = prediction.row.signs.urgency, prediction.row.signs.cries
    if level is not Urgency.DANGER and prediction.danger >= model.limits.danger:
        return Urgency.DANGER, model.reasons(prediction.row, DANGER)
    if level is Urgency.NONE and prediction.need >= model.limits.need:
        return Urgency.NEED, model.reasons(prediction.row, NEED)
    return level, words


def _spoken(reasons: Sequence[Evidence], text: Text) -> tuple[Evidence, ...]:
    """Evidence with words in it. For the type, which comes first, the text's beginning where nothing weighed."""
    kind, *others = reasons
    if not kind.words and (begins := " ".join(passage(text).split(maxsplit=6)[:6])):
        kind = Evidence(kind.about, (begins,))
    shown = (Evidence(e.about, tuple(map(_short, e.words))) for e in (kind, *others))
    return tuple(e for e in shown if e.words and e.about)


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_EVIDENCE else f"{words[: LONGEST_EVIDENCE - 1]}…"


def _by_rules(text: Text, taxonomy: Anlage3, office: Office | None) -> Suggestion:
    """What can be said without a model."""
    signs = read(text)
    even = 1 / len(taxonomy.types)
    alike = [Scored(t.id, even) for t in sorted(taxonomy.types, key=lambda t: t.id != ORDINARY)]
    types = _overruled(alike, signs.step)
    reasons = [
        Evidence(types[0].id, signs.step.words if signs.step else ()),
        Evidence(REMEDY, signs.lodged),
        Evidence(signs.urgency.value, signs.cries),
    ]
    seen = _noticed(text, grave=bool(signs.lodged) or signs.urgency is not Urgency.NONE)
    return Suggestion(
        types=types,
        categories=tuple(Scored(c.id, 1 / len(taxonomy.categories)) for c in taxonomy.categories),
        proposed=(),
        customer_group=taxonomy.groups[0].id,
        remedy=bool(signs.lodged),
        remedy_p=RULE_P if signs.lodged else 0.0,
        urgency=signs.urgency,
        evidence=(
            Evidence("", (NO_MODEL,)),
            *_spoken(reasons, text),
            *(Evidence(n.kind.value, n.words) for n in seen),
        ),
        unit=suggest_unit((), text, office, text.earlier) if office else "",
        sure=False,
        notices=tuple(n.kind.value for n in seen),
    )
