"""Data: the words of a reply, a row a verb, and names the office uses besides the form's; matching.py compares them."""

from collections.abc import Mapping
from dataclasses import dataclass

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
