"""The ten steps of the coding manual as rows in its order; what a fact decides goes before what the model says.

Only addressees, senders and references are facts; whether somebody is content is not, and is left to the model.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from classify.coding import Text
from classify.rules import Rule, Spoken, hits_of_each, speaking, spoken

_TOP = 300
FOLLOWS_P = 0.9


class Where(StrEnum):
    """What a step looks at: the display name, subject with greeting (the first 300 characters), or all of it."""

    SENDER = "sender"
    TOP = "top"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Fact:
    """`p`: how far it can be relied on."""

    where: Where
    p: float
    rule: Rule


@dataclass(frozen=True, slots=True)
class Step:
    """`number` and `asks` are the manual's. The first step with a fact that holds decides; `hints` only point to it.

    `follows`: that a mail is known to answer one of ours, or to continue a Case, is a fact for this step.
    """

    number: int
    type: str
    asks: str
    facts: tuple[Fact, ...] = ()
    hints: tuple[Rule, ...] = ()
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    type: str
    p: float
    words: tuple[str, ...]


_AUTHORITY = (
    r"(?:\w{0,12}ministeri\w{1,3}|bmas|bürgerbeauftragte\w{0,2}|staatskanzlei|oberbürgermeister\w{0,4}|landr(?:at|ätin)\w{0,2}|"
    r"abgeordnete\w{0,2}|wahlkreisbüro|bürgerschaft|md[bl]\b|senator\w{0,3}|bürgermeister\w{0,4}|bürgerbüro|minister\w{0,4})"
)
_HOUSE = (
    r"(?:\w{0,12}ministeri\w{1,3}|bmas|bürgerbeauftragte\w{0,2}|staatskanzlei|abgeordnete\w{0,2}|wahlkreisbüro|bürgerschaft|"
    r"md[bl]\b|bürgerbüro|oberbürgermeister\w{0,4}|(?:bürgermeister|minister|senator)in\b|landrätin|senatsverwaltung)"
)
_TITLE = r"(?:bürgermeisters?|landrat\w{0,2}|senators?|ministers?)\b"  # surnames too: Karl Bürgermeister, Eva Senator
_GREETING = r"\b(?:sehr geehrte\w{0,2}|liebe\w{0,2}|guten tag|hallo)(?: frau| herr\w?)? (?:\w{1,12}\. ){0,2}"

_REACTION = r"\w{0,18}(?:beschwerde|eingabe|mail|schreiben|anregung|brief|nachricht)"
_MINE = r"(?:mein|unser)\w{0,2} (?:\w{1,12} )?"

_PETITION = (
    Fact(Where.SENDER, 0.97, Rule(r"\b(?:petitions\w{0,12}|deutscher bundestag)", "Deutscher Bundestag", "sender")),
    Fact(Where.ALL, 0.97, Rule(r"\bpet [1-4]-\d\d-\d\d", "Pet 4-20-11-8150", "number of a petition")),
    Fact(
        Where.TOP,
        0.9,
        Rule(
            r"(?:! an den (?:deutschen bundestag|petitionsausschuss)|\bpetition an den|\babschrift (?:meiner|"
            r"der) petition|"
            r"\b(?:mitglieder|herren) des petitionsausschuss\w{0,3})",
            "An den Petitionsausschuss des Deutschen Bundestages",
            "addressee",
        ),
    ),
)
_SUBMISSION = (
    Fact(Where.SENDER, 0.95, Rule(rf"\b{_HOUSE}", "Ministerium für Soziales", "sender")),
    Fact(
        Where.SENDER,
        0.95,
        Rule(
            rf"\b(?:der|des|dem|herr|büro|vorzimmer|referat) {_TITLE}|\b{_TITLE} (?:der|des|für)\b",
            "Büro des Bürgermeisters",
            "sender",
        ),
    ),
    Fact(Where.TOP, 0.9, Rule(rf"{_GREETING}{_AUTHORITY}", "Sehr geehrte Frau Oberbürgermeisterin", "addressee")),
)
_EARLIER = Fact(
    Where.ALL, 0.9, Rule(r"\bkrm[\s-]?(?:nr\.? ?)?20\d\d[\s/-]\d{1,5}\b", "KRM-2026-0042", "number of a Case")
)

STEPS = (
    # machine mail of every kind is recognised by its headers and never comes so far (ingest/automatic.py)
    Step(
        1,
        "fremd",
        "Maschinell, Werbung, Irrläufer, Presse, interne Rundmail",
        hints=(
            Rule(
                r"\b(?:newsletter|abmelden|unsubscribe|angebot|rabatt|https?|www)\b",
                "Newsletter abmelden",
                "advertising",
            ),
        ),
    ),
    Step(2, "petition", "An den Bundestag gerichtet oder von dort", _PETITION),
    Step(2, "eingabe", "An eine andere staatliche Stelle gerichtet oder von dort", _SUBMISSION),
    Step(
        3,
        "folgereaktion",
        "Bezug auf eine schon eingereichte Kundenreaktion",
        (_EARLIER,),
        (
            Rule(
                rf"\b(?:zu|nach|auf|von|über|mit|wegen|stand) {_MINE}{_REACTION}\b", "zu meiner Beschwerde", "earlier"
            ),
            Rule(rf"\b{_MINE}{_REACTION} (?:vom|von|über|wegen|aus)\b", "meine Beschwerde vom 3.4.", "earlier"),
            Rule(r"\b(?:hatte|habe)\b~\bbeschwert\b", "Ich hatte mich im August beschwert", "earlier"),
            Rule(
                r"\bihre (?:antwort|eingangsbestätigung|bestätigung|stellungnahme)\b",
                "Danke für Ihre Antwort",
                "earlier",
            ),
            Rule(r"\b(?:nachtrag|ergänzung|ergänzend|sachstand)", "Nachtrag", "earlier"),
        ),
        follows=True,
    ),
    Step(4, "rechtsbehelf", "Förmlicher Rechtsbehelf als Hauptabsicht"),  # its words: classify/remedy.py
    Step(
        5,
        "anfrage",
        "Reiner Antrag, Frage, Unterlage, Krankmeldung, Terminwunsch ohne Wertung",
        hints=(
            Rule(r"\b(?:anbei|im anhang|krank\w{0,8}|\w{0,12}bescheinigung)\b", "anbei die Bescheinigung", "papers"),
            Rule(
                r"\b(?:welche unterlagen|wie~beantrag|möchte~beantragen|bitte~termin)",
                "Bitte um einen Termin",
                "inquiry",
            ),
        ),
    ),
    Step(
        6,
        "lob",
        "Überwiegend gezielte Zufriedenheit",
        hints=(
            Rule(r"\b(?:lob|toll\w{0,2}|super|zufrieden|geholfen|spitze|klasse)\b", "Das war spitze", "praise"),
            Rule(r"\bdank(?:e|en|bar)?\b", "Vielen Dank", "thanks"),
        ),
    ),
    Step(
        7,
        "idee",
        "Vorschlag ohne Unzufriedenheit",
        hints=(
            Rule(r"\b(?:vorschlag|schlage~vor|anregung|anregen|idee)\b", "Ich hätte einen Vorschlag", "idea"),
            Rule(r"\b(?:wäre es~möglich|könnte man|wie wäre es|ginge es)\b", "Könnte man nicht", "idea"),
        ),
    ),
    Step(
        8,
        "dienstaufsichtsbeschwerde",
        "Persönliches Fehlverhalten einer Person, dienstliche Prüfung verlangt oder schwerwiegend",
        hints=(
            Rule(r"\bdienstaufsicht|\bdienst(?:lich|rechtlich)|\bdisziplinar", "dienstrechtliche Schritte", "conduct"),
            Rule(r"\b(?:konsequenzen|abgemahnt|abmahnung|belangt|vorgesetzte)", "verlange Konsequenzen", "conduct"),
        ),
    ),
    Step(
        9,
        "fachaufsichtsbeschwerde",
        "Fachlicher Inhalt in eigener Sache beanstandet, Korrektur verlangt, ohne Rechtsbehelf",
        hints=(
            Rule(
                r"\bfachaufsicht|\brechnen sie~neu\b|\b(?:korrig|berichtig|richtig ?stell)",
                "Bitte rechnen Sie neu",
                "review",
            ),
            Rule(
                r"\büberprüf|\bprüfen sie|\bgeprüft\b|\bfalsch~berechnet", "Bitte prüfen Sie die Berechnung", "review"
            ),
        ),
    ),
    Step(10, "beschwerde", "Sonst"),
)
"""The manual's ten steps. In 4 to 10 no fact decides: there the model does, and hints help it."""


RULES = tuple(rule for step in STEPS for rule in (*(fact.rule for fact in step.facts), *step.hints))
"""Every rule of every step."""

_FACTS = {where: tuple(f for step in STEPS for f in step.facts if f.where is where) for where in Where}
_HINTS = tuple(hint for step in STEPS for hint in step.hints)


def pointers(heard: Spoken) -> tuple[str, ...]:
    """The examples of the hints found, as names."""
    return tuple(hint.example for hint in speaking(heard, _HINTS))


def decide(text: Text, heard: Spoken) -> Decision | None:
    """What the first step with a fact says of a text and of all of it as `heard`, None if no fact decides."""
    views = {
        Where.SENDER: spoken(Text(text.id, "", "", text.from_name)),
        Where.TOP: spoken(Text(text.id, text.subject, "", text.body[:_TOP])),
        Where.ALL: heard,
    }
    said = {fact: words for where, view in views.items() for fact, words in _said(view, _FACTS[where])}
    for step in STEPS:
        for fact in step.facts:
            if words := said[fact]:
                return Decision(step.type, fact.p, words)
        if step.follows and text.follows:
            return Decision(step.type, FOLLOWS_P, (text.subject,) if text.subject else ())
    return None


def _said(view: Spoken, facts: Sequence[Fact]) -> Iterator[tuple[Fact, tuple[str, ...]]]:
    return zip(facts, hits_of_each(view, [(fact.rule,) for fact in facts]), strict=True)
