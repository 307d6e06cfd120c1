"""The three weeks that are played: who writes or replies what, when, and which letters must come of it. Data alone.

What people reply stands in the words the office uses; a letter is named as its folder in `templates/`.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from demo.examples import Example
from demo.office import (
    ACCOUNTS,
    BAKERY,
    DEPUTY,
    ERIKA,
    FRONT_OFFICE,
    HEAD_6,
    JUSUF,
    LEAD_514,
    LEAD_601,
    LEAD_602,
    LEGAL_OFFICE,
    MANAGER,
    OFFICER,
    SECURITY,
    Account,
)
from demo.written import BIRGIT, HOLGER, LETTER, NAMED, OBJECTED, PRAISED, THREATENED, WAITED
from notify.deadlines import BERLIN

MONDAY = date(2026, 9, 21)
"""Three weeks without a holiday on a working day; fixed, so that they are the same whenever they are played."""
LAST_DAY = 21
NEWCOMERS = (BIRGIT, HOLGER)
"""Citizens of these weeks alone."""
PEOPLE = {a.address: a for a in (*ACCOUNTS, *NEWCOMERS)}


@dataclass(frozen=True, slots=True)
class Answered:
    """Which letter somebody replies to: the newest of this kind in their mailbox that holds these words."""

    kind: str
    holds: str


@dataclass(frozen=True, slots=True)
class Scene:
    """`at`: when. Somebody writes (`mail`) or replies (`to`, `words`); with neither, time alone brings something.

    `why` says what to look at; `brings` are letters that must come of it, as (kind, who gets it).
    """

    at: datetime
    why: str = ""
    who: Account | None = None
    mail: Example | None = None
    to: Answered | None = None
    words: str = ""
    brings: tuple[tuple[str, Account], ...] = ()


def _written(day: int) -> str:
    """A day as people write it in a reply."""
    found = MONDAY + timedelta(days=day)
    return f"{found.day}.{found.month}.{found.year}"


def at(day: int, clock: str) -> datetime:
    """A moment of the played weeks; day 0 is the first Monday."""
    return datetime.combine(MONDAY + timedelta(days=day), time.fromisoformat(clock), tzinfo=BERLIN)


_FIRST, _PRAISE, _THREAT, _SECOND = (f"KRM-2026-{n:04}" for n in range(1, 5))
_ASKED = "confirmation_request"

STORY = (
    # --- first week ---
    Scene(
        at(0, "08:55"),
        "Eine Beschwerde kommt an. Die Beauftragte wird gefragt, mit Vorschlag und Fristen.",
        ERIKA,
        WAITED,
        brings=((_ASKED, OFFICER),),
    ),
    Scene(at(0, "09:20"), "Auch Lob wird erfasst.", JUSUF, PRAISED, brings=((_ASKED, OFFICER),)),
    Scene(
        at(0, "09:40"),
        "Ein Wort genügt: erfasst, bestätigt, an das Team gegeben.",
        OFFICER,
        to=Answered(_ASKED, "zwei Stunden"),
        words="ok",
        brings=(("acknowledgement", ERIKA), ("assignment", LEAD_601)),
    ),
    Scene(
        at(0, "09:44"),
        "Eine Zeile berichtigt den Vorschlag, der Rest gilt.",
        OFFICER,
        to=Answered(_ASKED, "Ein großes Lob"),
        words="Kategorie: Umgangsformen",
        brings=(("acknowledgement", JUSUF), ("assignment", LEAD_602)),
    ),
    Scene(at(0, "10:15"), "", LEAD_601, to=Answered("assignment", _FIRST), words="übernommen"),
    Scene(
        at(1, "11:30"),
        "Nennt sich Beschwerde, ist aber ein Widerspruch: noch am selben Tag, ohne auf jemanden zu warten.",
        BIRGIT,
        OBJECTED,
        brings=(("hand_over", LEGAL_OFFICE), (_ASKED, OFFICER)),
    ),
    Scene(
        at(1, "13:05"),
        "Die Beauftragte entscheidet: kein Vorgang, keine Nummer. Die Bürgerin erfährt es.",
        OFFICER,
        to=Answered(_ASKED, "Heizkosten"),
        words="Kein KRM: Widerspruch",
        brings=(("hand_over_note", BIRGIT),),
    ),
    Scene(
        at(2, "22:41"),
        "Nachts: Gefahr wird sofort gemeldet.",
        HOLGER,
        THREATENED,
        brings=tuple(("alert", who) for who in (OFFICER, DEPUTY, MANAGER, SECURITY)),
    ),
    Scene(
        at(2, "23:13"),
        "Eine halbe Stunde lang hat niemand geantwortet: Der Nächste wird gerufen.",
        brings=(("alert", DEPUTY),),
    ),
    Scene(
        at(2, "23:20"),
        "Jemand kümmert sich. Danach bleibt es still.",
        DEPUTY,
        to=Answered("alert", ""),
        words="gesehen",
    ),
    Scene(
        at(3, "08:10"),
        "",
        OFFICER,
        to=Answered(_ASKED, "Messer"),
        words="Team: 514\nNotiz: Sicherheitsdienst und Polizei sind informiert",
        brings=(("acknowledgement", HOLGER), ("assignment", LEAD_514)),
    ),
    Scene(
        at(3, "10:05"),
        "Die Beschwerde nennt eine Teamleiterin.",
        BAKERY,
        NAMED,
        brings=((_ASKED, OFFICER),),
    ),
    Scene(
        at(3, "10:30"),
        "Der Vorgang geht an der Teamleiterin vorbei zur Bereichsleitung.",
        OFFICER,
        to=Answered(_ASKED, "Sommerfeld"),
        words="Kundengruppe: AG\nKategorie: Umgangsformen\nTeam: 602",
        brings=(("acknowledgement", BAKERY), ("assignment", HEAD_6)),
    ),
    Scene(at(3, "11:15"), "", HEAD_6, to=Answered("assignment", _SECOND), words="übernommen"),
    Scene(
        at(4, "09:10"),
        "Wer bearbeitet, schlägt vor. Die Beauftragte entscheidet.",
        LEAD_514,
        to=Answered("assignment", _THREAT),
        words="erledigt: Gespräch mit Herrn Thiel geführt, Zahlung veranlasst",
        brings=(("proposal", OFFICER),),
    ),
    Scene(
        at(4, "09:30"),
        "",
        OFFICER,
        to=Answered("proposal", _THREAT),
        words="ok",
        brings=(("registration", FRONT_OFFICE),),
    ),
    Scene(
        at(4, "10:00"),
        "",
        OFFICER,
        to=Answered("receipt", _PRAISE),
        words="Erledigt: Lob an das Team weitergegeben",
        brings=(("registration", FRONT_OFFICE),),
    ),
    # --- second week ---
    Scene(at(8, "07:30"), "Vier Arbeitstage vor der Frist.", brings=(("handling_reminder", LEAD_601),)),
    Scene(
        at(8, "10:20"),
        "Das Antwortschreiben: Die Teamleitung bekommt Hinweise zur Sprache, die Beauftragte gibt frei.",
        LEAD_601,
        to=Answered("handling_reminder", _FIRST),
        words=LETTER,
        brings=(("release_request", OFFICER),),
    ),
    Scene(
        at(8, "11:00"),
        "Antworten gehen mit der Post, wenn nichts anderes gewünscht ist. Die Geschäftsführung bekommt eine Kopie.",
        OFFICER,
        to=Answered("release_request", _FIRST),
        words="Freigabe",
        brings=(("to_print", OFFICER), ("answer_copy", MANAGER)),
    ),
    Scene(
        at(8, "14:40"),
        "Zwei Zeilen in einer Antwort: Die Frist ist eingehalten, der Vorgang geht zum Vorzimmer.",
        OFFICER,
        to=Answered("to_print", _FIRST),
        words=f"versandt {_written(8)}\nErledigt: Dritter Schalter ab November",
        brings=(("registration", FRONT_OFFICE),),
    ),
    Scene(
        at(10, "07:30"),
        "Am ersten Arbeitstag des Monats liegt die Auswertung bereit.",
        brings=(("report", OFFICER),),
    ),
    Scene(
        at(10, "09:00"),
        "",
        OFFICER,
        to=Answered("report", ""),
        words="Freigabe",
        brings=(("report_copy", MANAGER),),
    ),
    Scene(at(11, "07:30"), "Vier Arbeitstage vor der Frist.", brings=(("handling_reminder", HEAD_6),)),
    Scene(
        at(11, "09:00"),
        "",
        HEAD_6,
        to=Answered("handling_reminder", _SECOND),
        words="Zwischenstand: Gespräch mit dem Betrieb steht noch aus",
    ),
    # --- third week ---
    Scene(
        at(14, "07:30"),
        "Der zehnte Tag lag am Wochenende: Der Entwurf einer Zwischeninformation liegt bereit.",
        brings=(("interim_draft", OFFICER),),
    ),
    Scene(
        at(14, "09:15"),
        "Ab jetzt gilt der zugesagte Tag.",
        OFFICER,
        to=Answered("interim_draft", _SECOND),
        words=f"Zwischeninformation: {_written(18)}, Wir möchten noch mit Ihnen sprechen.",
        brings=(("interim_notice", BAKERY),),
    ),
    Scene(
        at(15, "10:40"),
        "Auch eine Antwort des Betriebs kommt zur Beauftragten, verbunden mit dem Vorgang.",
        BAKERY,
        to=Answered("interim_notice", _SECOND),
        words="Vielen Dank für die Nachricht.\n\nViele Grüße\nJana Möwe",
        brings=((_ASKED, OFFICER),),
    ),
    Scene(
        at(15, "11:00"),
        "Nur ein Dank: gesehen, mehr ist nicht zu tun.",
        OFFICER,
        to=Answered(_ASKED, _SECOND),
        words="gesehen",
    ),
    Scene(at(17, "07:30"), "Einen Arbeitstag vor dem zugesagten Tag.", brings=(("handling_reminder", HEAD_6),)),
    Scene(
        at(17, "09:10"),
        "",
        HEAD_6,
        to=Answered("handling_reminder", _SECOND),
        words="Zwischenstand: Das Gespräch mit dem Betrieb musste verschoben werden",
    ),
    Scene(
        at(21, "07:30"),
        "Der zugesagte Tag ist verstrichen: Die nächste Stufe wird vorgeschlagen.",
        brings=(("overdue", HEAD_6), ("proposal", OFFICER)),
    ),
    Scene(
        at(21, "08:30"),
        "Die Beauftragte stimmt zu: Termin mit der Geschäftsführung.",
        OFFICER,
        to=Answered("proposal", _SECOND),
        words="ok",
        brings=(("appointment", MANAGER), ("release_request", OFFICER)),
    ),
    Scene(
        at(21, "08:50"),
        "",
        OFFICER,
        to=Answered("release_request", _SECOND),
        words="Freigabe",
        brings=(("invitation", BAKERY),),
    ),
)
