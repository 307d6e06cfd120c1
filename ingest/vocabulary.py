"""Data: the words of a reply, a row a verb; names the office uses besides the form's; and how words are compared.

The only place that measures how alike two words are (rapidfuzz).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from ingest.message import Term, Verb


@dataclass(frozen=True, slots=True)
class Words:
    """How people write a verb. `samples` are lines that would be understood, the usual one first."""

    verb: Verb
    words: tuple[str, ...]
    samples: tuple[str, ...]


_NOT_KRM_SAMPLES = (
    *("Kein KRM: Widerspruch", "Kein KRM: Anfrage an 512", "Kein KRM: Irrläufer an …"),
    *("Kein KRM: Auskunft", "Kein KRM: Presse", "Kein KRM: Spam"),
)
_OK = ("ok", "okay", "okey", "o.k.", "passt", "passt so", "ja", "ja passt", "ja ok", "ja bitte", "stimmt", "ja stimmt")
_YES = (
    "stimmt so",
    "ok passt",
    "bestätigt",
    "bestätige",
    "bestätige ich",
    "in Ordnung",
    "alles in Ordnung",
    "einverstanden",
    "korrekt",
    "👍",
)
WORDS = (
    Words(Verb.CONFIRM, (*_OK, *_YES, "ok 👍"), ("ok",)),
    Words(Verb.TYPE, ("Art", "Art der Reaktion"), ("Art: Lob",)),
    Words(Verb.CATEGORY, ("Kategorie", "Kategorien"), ("Kategorie: 2, 5", "Kategorie: Umgangsformen, Wartezeit")),
    Words(Verb.ADD_CATEGORY, ("+",), ("+Wartezeit",)),
    Words(Verb.DROP_CATEGORY, ("-", "−", "–"), ("-Beratung",)),
    Words(Verb.GROUP, ("Kundengruppe",), ("Kundengruppe: AG",)),
    Words(Verb.FORM, ("Form", "Form der Reaktion"), ("Form: Meinungskarte",)),
    Words(Verb.UNIT, ("Team", "Org.-Einheit", "Betroffene Org.-Einheit", "Organisationseinheit"), ("Team: 514",)),
    Words(
        Verb.CONTACT,
        ("Ansprechpartner", "Ansprechpartnerin", "Ansprechpartner/in", "Ansprechperson"),
        ("Ansprechpartner: Frau Meier",),
    ),
    Words(Verb.DEADLINE, ("Frist",), ("Frist: 15.12.2026",)),
    Words(Verb.SUPERIOR_DATE, ("Termin",), ("Termin: 10.12.2026",)),
    Words(Verb.ARRIVED, ("Eingang", "Eingangsdatum", "Eingegangen am"), ("Eingang: 12.12.2026",)),
    Words(Verb.FOLLOW_UP, ("Folge", "Folgereaktion"), ("Folge: KRM-2026-0012",)),
    Words(
        Verb.REMEDY,
        ("Rechtsbehelf", "Widerspruch"),
        ("Rechtsbehelf: ja", "Rechtsbehelf: nein", "Kein KRM: Widerspruch"),
    ),
    Words(Verb.APPLICATION, ("Antrag", "Antrag an"), ("Antrag an 512",)),
    Words(Verb.AUTHORITY, ("Vollmacht",), ("Vollmacht: ja",)),
    Words(Verb.NOT_KRM, ("Kein KRM",), _NOT_KRM_SAMPLES),
    Words(
        Verb.INTERIM,
        ("Zwischeninformation", "Zwischeninfo", "Zwischennachricht"),
        ("Zwischeninformation: 20.12.2026", "Zwischeninformation: 20.12.2026, Text"),
    ),
    Words(Verb.STAGE, ("Stufe", "Eskalationsstufe"), ("Stufe: 3 Grund", "Stufe: 1")),
    Words(Verb.ANSWER_WAY, ("Antwortweg",), ("Antwortweg: E-Mail", "Antwortweg: Post", "Antwortweg: Portal")),
    Words(Verb.RELEASE, ("Freigabe", "freigegeben"), ("Freigabe",)),
    Words(Verb.POSTED, ("versandt", "versendet", "verschickt", "abgeschickt"), ("versandt 12.12.2026",)),
    Words(Verb.DONE, ("Erledigt",), ("Erledigt: Ergebnis",)),
    Words(Verb.REOPEN, ("Wieder öffnen", "Wiederöffnen"), ("Wieder öffnen: Grund",)),
    Words(Verb.NOTE, ("Notiz",), ("Notiz: …",)),
    Words(Verb.MEASURE, ("Maßnahme",), ("Maßnahme: … bis 1.3.2027, Frau Meier",)),
    Words(Verb.REPORT, ("Bericht",), ("Bericht: 2026-10",)),
    Words(Verb.STATUS, ("Status",), ("Status",)),
    Words(Verb.HELP, ("Hilfe",), ("Hilfe",)),
    Words(Verb.UNDO, ("Zurück",), ("Zurück",)),
    Words(Verb.SEEN, ("gesehen", "habe ich gesehen", "zur Kenntnis genommen"), ("gesehen",)),
    Words(Verb.NOT_MEANT, ("Nicht gemeint", "Nicht die Person"), ("Nicht gemeint: Frau Meier",)),
    Words(
        Verb.TAKEN_OVER,
        ("übernommen", "übernehme", "übernehme ich", "ich übernehme", "wird übernommen"),
        ("übernommen",),
    ),
    Words(Verb.PROGRESS, ("Zwischenstand", "Sachstand"), ("Zwischenstand: …",)),
    Words(
        Verb.EXPECTED, ("voraussichtlich", "voraussichtlich am", "voraussichtlich bis"), ("voraussichtlich 20.12.2026",)
    ),
    Words(Verb.ANSWER, ("Antwort", "Antwort anbei", "Antwort im Anhang", "Antwort siehe Anhang"), ("Antwort",)),
    Words(Verb.NO_ANSWER, ("keine Antwort nötig", "keine Antwort erforderlich"), ("keine Antwort nötig: Grund",)),
    Words(Verb.HAND_ON, ("abgeben", "abgeben an"), ("abgeben an 512: Grund",)),
    Words(
        Verb.NEXT_STAGE,
        (
            "weiter an Bereichsleitung",
            "weiter an Bereichsleiter",
            "weiter an Bereichsleiterin",
            "weiter an Geschäftsführung",
        ),
        ("weiter an Bereichsleitung: Grund",),
    ),
)

REASONS = (
    Term("widerspruch", ("Widerspruch", "Rechtsbehelf", "Einspruch", "Überprüfungsantrag", "Klage")),
    Term("anfrage", ("Anfrage", "Antrag")),
    Term("irrlaeufer", ("Irrläufer",)),
    Term("auskunft", ("Auskunft", "Auskunftsersuchen", "Datenauskunft")),
    Term("presse", ("Presse", "Presseanfrage")),
    Term("spam", ("Spam", "Werbung", "Newsletter")),
)
REASON_WORDS = ("Auskunft", "Presse", "Spam")
"""Reasons that say all as a line of their own; `Widerspruch` alone could as well mean `Rechtsbehelf: ja`."""
REASON_STARTS = ("Anfrage an", "Irrläufer an")
COLON_MAY_MISS = (
    *("Kein KRM", "Termin", "Antrag an", "versandt", "versendet", "verschickt", "abgeschickt"),
    *("voraussichtlich", "voraussichtlich am", "voraussichtlich bis", "abgeben an", "Nicht gemeint"),
)

YES_NO = (Term("ja", ("ja",)), Term("nein", ("nein",)))
ANSWER_WAYS = (
    Term("email", ("E-Mail", "Mail", "per E-Mail", "per Mail")),
    Term("post", ("Post", "Brief", "per Post", "per Brief", "Briefpost")),
    Term("portal", ("Portal", "online", "jobcenter.digital")),
)

COURTESIES = (
    *("danke im voraus", "vielen dank im voraus", "danke", "vielen dank", "besten dank", "herzlichen dank"),
    *("dankeschön", "danke schön", "mit freundlichen grüßen", "freundliche grüße", "viele grüße", "gruß", "mfg"),
    *("hallo", "guten tag", "guten morgen"),
)

ALIASES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "types": {
        "dienstaufsichtsbeschwerde": ("DAB",),
        "fachaufsichtsbeschwerde": ("FAB",),
        "idee": ("Vorschlag",),
        "folgereaktion": ("Folge", "Nachtrag"),
        "rechtsbehelf": ("Rechtsbehelf",),
    },
    "groups": {
        "ag": ("Arbeitgeber", "Arbeitgeberin", "Betrieb", "Firma", "Unternehmen"),
        "an": ("Arbeitnehmer", "Arbeitnehmerin", "Arbeitnehmende", "Arbeitsuchende", "Leistungsberechtigte"),
        "institutionen": ("Institution", "Behörde", "Träger", "Kanzlei", "Beratungsstelle"),
        "sonstige": ("Sonstiges", "Sonstiger", "Andere"),
    },
    "forms": {
        "persoenlich": ("persönlich", "mündlich", "Vorsprache"),
        "schriftlich": ("schriftlich", "Brief", "Post", "Fax"),
        "email": ("Mail",),
        "telefon": ("telefonisch", "Anruf", "Telefonat"),
        "meinungskarte": ("Karte",),
    },
    "categories": {
        "arbeitsvermittlung.eingliederungsvereinbarung": ("Kooperationsplan", "EGV"),
        "massnahmen.vermittlungsgutschein": ("AVGS",),
        "massnahmen.weiterbildung": ("Bildungsgutschein", "Umschulung"),
        "eingliederung.arbeitsgelegenheiten": ("Ein-Euro-Job", "AGH"),
        "eingliederung.arbeitsverhaeltnisse": ("sozialer Arbeitsmarkt",),
        "grundsicherung.regelbedarf": ("Bürgergeld", "Hartz IV", "ALG II", "Grundsicherungsgeld", "Regelbedarf"),
        "grundsicherung.versagung": ("Leistungsminderung", "Sanktion"),
        "kommunal.unterkunft": ("KdU",),
        "kommunal.bildung-teilhabe": ("BuT", "Bildungskarte"),
    },
}

_LITTLE = frozenset(
    (
        *("und", "der", "die", "das", "in", "im", "fuer", "von", "vom", "zu", "zur", "zum", "bei", "am", "an"),
        *("frau", "herr", "herrn", "hr", "fr", "dr", "team", "nr", "nummer"),
    )
)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff"))
_SHADES = dict.fromkeys(map(ord, "\ufe0e\ufe0f🏻🏼🏽🏾🏿"))
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
# Marks between words say nothing; any other sign (a question mark, an emoji) is a word of its own that nothing matches.
_TOKENS = re.compile(r"[^\W_]+|[^\w\s.,:;!/()\[\]–−&+§#\"'„“”‚‘’»«*`-]")
_FORGIVEN_FROM = 5  # letters; a slip in a shorter word makes another word
_CONTAINED_FROM = 4
_ALIKE = 85
_MARGIN = 8  # how far the runner-up must stay behind
_SUGGESTED = 60
_FEW = 6
_LONGEST = 200  # letters; no name is longer


def visible(text: str) -> str:
    """The text with letters composed (NFC), without signs nobody sees and blanks around it."""
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE).strip()


def fold(text: str) -> str:
    """The text as it is compared: small letters, umlauts written out, invisible signs gone, blanks single."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(visible(composed).translate(_UMLAUTS).translate(_SHADES).split())


def tokens(text: str) -> list[str]:
    return _TOKENS.findall(fold(text))


def squeeze(text: str) -> str:
    """The words of `text` without blanks and marks: `Kein-KRM` and `kein krm` are one."""
    return "".join(tokens(text))


@dataclass(frozen=True, slots=True)
class Match:
    """Who a name can be: one term, several (ambiguous), or none; `near` are the names that come close then."""

    terms: tuple[Term, ...]
    near: tuple[str, ...] = ()


def exact(name: str, terms: Iterable[Term], extra: Mapping[str, tuple[str, ...]] | None = None) -> list[Term]:
    """The terms whose id or name it is, whatever case, umlaut spelling and marks."""
    wanted = tokens(name)
    return [t for t in terms if wanted and any(_same(wanted, n) for n in (t.id, *_names(t, extra)))]


def find(
    name: str, terms: Sequence[Term], extra: Mapping[str, tuple[str, ...]] | None = None, *, forgiving: bool
) -> Match:
    """Look a name up: the whole name, else part of one, else (`forgiving`) one with a slip of the pen.

    A slip is forgiven only where the next best name stays clearly behind.
    """
    if len(name) > _LONGEST:
        return Match(())
    query = [word for word in tokens(name) if word not in _LITTLE] or tokens(name)
    whole = exact(name, terms, extra) or exact(" ".join(query), terms, extra)
    if len(whole) == 1:
        return Match(tuple(whole))
    scores = [(max((_score(query, n, forgiving) for n in _names(t, extra)), default=0.0), t) for t in terms]
    best = max((score for score, _ in scores), default=0.0)
    if not query or best < _ALIKE:
        return Match((), tuple(label(t, terms) for t in _closest(query, terms, extra)))
    floor = best if best == 100 else best - _MARGIN
    found = tuple(t for score, t in scores if score >= floor)
    return Match(found, tuple(label(t, terms) for t in found))


def label(term: Term, terms: Iterable[Term]) -> str:
    """The first of its names that no other term has, else its id."""
    others = {squeeze(n) for t in terms if t.id != term.id for n in t.names}
    return next((n for n in term.names if squeeze(n) not in others), term.id)


def nearest(text: str, words: Mapping[str, str], limit: int = 3) -> tuple[str, ...]:
    """The samples of the words most like the line's beginning, best first (`words`: squeezed word to sample)."""
    head, colon, _ = text[:80].partition(":")
    parts = [head] if colon else []
    queries = [squeeze(part).strip("?") for part in (*parts, *text[:80].split()[:6])]
    found: dict[str, float] = {}
    for query in (q for q in queries if len(q) > 1):
        for word, score, _ in process.extract(query, tuple(words), scorer=fuzz.ratio, score_cutoff=75, limit=limit):
            found[words[word]] = max(score, found.get(words[word], 0.0))
    return tuple(sorted(found, key=lambda sample: -found[sample])[:limit])


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name of the vocabulary; it is looked at again and again."""
    return tuple(tokens(name))


def _same(wanted: Sequence[str], name: str) -> bool:
    return "".join(wanted) == "".join(_words(name))


def _names(term: Term, extra: Mapping[str, tuple[str, ...]] | None) -> tuple[str, ...]:
    return (*term.names, *(extra or {}).get(term.id, ()))


def _score(query: Sequence[str], name: str, forgiving: bool) -> float:
    """0 to 100: how well the worst-fitting word of the query fits some word of the name."""
    words = _words(name)
    by_word = min((max((_alike(q, w, forgiving) for w in words), default=0.0) for q in query), default=0.0)
    written_apart = len(query) > 1 and "".join(query) in "".join(words)
    return 100.0 if written_apart else by_word


def _alike(asked: str, word: str, forgiving: bool) -> float:
    if asked == word or (len(asked) >= _CONTAINED_FROM and asked in word):
        return 100.0
    return fuzz.ratio(asked, word) if forgiving and len(asked) >= _FORGIVEN_FROM else 0.0


def _closest(query: Sequence[str], terms: Sequence[Term], extra: Mapping[str, tuple[str, ...]] | None) -> list[Term]:
    """At most three that come near; all of them where they are few and none does."""
    near = {
        t.id: max((fuzz.ratio(q, w) for n in _names(t, extra) for q in query for w in _words(n)), default=0.0)
        for t in terms
    }
    best = sorted((t for t in terms if near[t.id] >= _SUGGESTED), key=lambda t: -near[t.id])
    return best[:3] or list(terms if len(terms) <= _FEW else ())
