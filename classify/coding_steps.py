"""The steps of the coding manual that facts decide before the model is asked, as rows in the manual's order.

Only addressees, senders and references are facts; whether somebody is content is not, and is left to the model.
"""

from dataclasses import dataclass
from enum import StrEnum

from classify.coding import Text
from classify.rules import Rule, Spoken, finds, hits, spoken

_TOP = 300


class Where(StrEnum):
    """What a step looks at: the display name, subject with greeting (the first 300 characters), or all of it."""

    SENDER = "sender"
    TOP = "top"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Step:
    """`number` is the manual's; `p` how far the fact can be relied on."""

    number: int
    type: str
    where: Where
    p: float
    rule: Rule


@dataclass(frozen=True, slots=True)
class Decision:
    type: str
    p: float
    words: tuple[str, ...]


_AUTHORITY = (
    r"(?:\w{0,12}ministeri\w{1,3}|bmas|bürgerbeauftragte\w{0,2}|staatskanzlei|oberbürgermeister\w{0,4}|landr(?:at|ätin)\w{0,2}|"
    r"abgeordnete\w{0,2}|wahlkreisbüro|bürgerschaft|md[bl]\b|senator\w{0,3}|bürgermeister\w{0,4}|bürgerbüro|minister\w{0,4})"
)
_GREETING = r"\b(?:sehr geehrte\w{0,2}|liebe\w{0,2}|guten tag|hallo)(?: frau| herr\w?)? (?:\w{1,12}\. ){0,2}"

STEPS = (
    Step(
        2,
        "petition",
        Where.SENDER,
        0.97,
        Rule(r"\b(?:petitions\w{0,12}|deutscher bundestag)", "Deutscher Bundestag", "sender"),
    ),
    Step(2, "petition", Where.ALL, 0.97, Rule(r"\bpet [1-4]-\d\d-\d\d", "Pet 4-20-11-8150", "number of a petition")),
    Step(
        2,
        "petition",
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
    Step(2, "eingabe", Where.SENDER, 0.95, Rule(rf"\b{_AUTHORITY}", "Ministerium für Soziales", "sender")),
    Step(
        2,
        "eingabe",
        Where.TOP,
        0.9,
        Rule(rf"{_GREETING}{_AUTHORITY}", "Sehr geehrte Frau Oberbürgermeisterin", "addressee"),
    ),
    Step(
        3,
        "folgereaktion",
        Where.ALL,
        0.9,
        Rule(r"\bkrm[\s-]?(?:nr\.? ?)?20\d\d[\s/-]\d{1,5}\b", "KRM-2026-0042", "number of a Case"),
    ),
)


_REACTION = r"\w{0,18}(?:beschwerde|eingabe|mail|schreiben|anregung|brief|nachricht)"
_MINE = r"(?:mein|unser)\w{0,2} (?:\w{1,12} )?"

HINTS = (
    Rule(rf"\b(?:zu|nach|auf|von|über|mit|wegen|stand) {_MINE}{_REACTION}\b", "zu meiner Beschwerde", "earlier"),
    Rule(rf"\b{_MINE}{_REACTION} (?:vom|von|über|wegen|aus)\b", "meine Beschwerde vom 3.4.", "earlier"),
    Rule(r"\b(?:hatte|habe)\b~\bbeschwert\b", "Ich hatte mich im August beschwert", "earlier"),
    Rule(r"\bihre (?:antwort|eingangsbestätigung|bestätigung|stellungnahme)\b", "Danke für Ihre Antwort", "earlier"),
    Rule(r"\b(?:nachtrag|ergänzung|ergänzend|sachstand)", "Nachtrag", "earlier"),
    Rule(r"\bdienstaufsicht|\bdienst(?:lich|rechtlich)|\bdisziplinar", "dienstrechtliche Schritte", "conduct"),
    Rule(r"\b(?:konsequenzen|abgemahnt|abmahnung|belangt|vorgesetzte)", "verlange Konsequenzen", "conduct"),
    Rule(
        r"\bfachaufsicht|\brechnen sie~neu\b|\b(?:korrig|berichtig|richtig ?stell)", "Bitte rechnen Sie neu", "review"
    ),
    Rule(r"\büberprüf|\bprüfen sie|\bgeprüft\b|\bfalsch~berechnet", "Bitte prüfen Sie die Berechnung", "review"),
    Rule(r"\b(?:vorschlag|schlage~vor|anregung|anregen|idee)\b", "Ich hätte einen Vorschlag", "idea"),
    Rule(r"\b(?:wäre es~möglich|könnte man|wie wäre es|ginge es)\b", "Könnte man nicht", "idea"),
    Rule(r"\b(?:lob|toll\w{0,2}|super|zufrieden|geholfen|spitze|klasse)\b", "Das war spitze", "praise"),
    Rule(r"\bdank(?:e|en|bar)?\b", "Vielen Dank", "thanks"),
    Rule(r"\b(?:anbei|im anhang|krank\w{0,8}|\w{0,12}bescheinigung)\b", "anbei die Bescheinigung", "papers"),
    Rule(r"\b(?:welche unterlagen|wie~beantrag|möchte~beantragen|bitte~termin)", "Bitte um einen Termin", "inquiry"),
    Rule(r"\b(?:newsletter|abmelden|unsubscribe|angebot|rabatt|https?|www)\b", "Newsletter abmelden", "advertising"),
)
"""Words that point to a step of the manual without deciding it; the model weighs them."""


def pointers(heard: Spoken) -> tuple[str, ...]:
    """The examples of the hints found, as names."""
    return tuple(rule.example for rule in HINTS if finds(heard, rule))


def decide(text: Text, heard: Spoken) -> Decision | None:
    """What the first fitting row says of a text and of all of it as `heard`, None if no fact decides."""
    views = {
        Where.SENDER: spoken(Text(text.id, "", "", text.from_name)),
        Where.TOP: spoken(Text(text.id, text.subject, "", text.body[:_TOP])),
        Where.ALL: heard,
    }
    for step in STEPS:
        if words := hits(views[step.where], (step.rule,)):
            return Decision(step.type, step.p, words)
    return None
