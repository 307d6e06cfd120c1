"""Invented contexts for the letters after the acknowledgement, and for what they added to the earlier ones."""

from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from notify.buttons import button, tag
from notify.contexts_later import (
    Answer,
    AnswerCopy,
    Appointment,
    Breach,
    Correction,
    HandedIn,
    HandlingReminder,
    HandOverNote,
    InterimDraft,
    InterimNotice,
    Invitation,
    Overdue,
    Proposal,
    Registration,
    ReleaseRequest,
    ToPrint,
)
from notify.contexts_office import Absence, EarlyWarning, Noted, Report, ReportCopy, Sensitising
from notify.deadlines import BERLIN
from notify.letters import text_of
from notify.pieces import Button, Foreign, Hint, Picture
from tests.notify.samples import ACKNOWLEDGEMENT, ADDRESS, ARRIVED, ASSIGNMENT, DAYS, OFFICER, RECEIPT, TELEPHONE, TOKEN

NUMBER = "KRM-2026-0042"
LEAD = "Thomas Brandt"
UNIT = "Team 514 Leistung"
MANAGEMENT = "Dr. Ruth Sander"
LATER = date(2027, 1, 15)
PRIVACY = ACKNOWLEDGEMENT.privacy_url
OFFICE = ACKNOWLEDGEMENT.office_name
TALK = datetime(2027, 1, 13, 10, 0, tzinfo=BERLIN)

ANSWER_TEXT = """\
Guten Tag Karla Brinkmann,

Sie haben uns am 11. Dezember 2026 geschrieben. Vielen Dank dafür.

Am 8. Dezember war der Empfang nur mit einer Person besetzt. Deshalb mussten Sie lange warten.
Seit dieser Woche arbeiten dort wieder zwei Personen.

So erreichen Sie uns am besten:
- morgens zwischen 8 und 10 Uhr unter 0381 555-0100
- über das Kontaktformular, dann rufen wir Sie zurück

Haben Sie noch Fragen? Rufen Sie mich gern an: 0381 555-0151.

Freundliche Grüße
Thomas Brandt"""

ENGLISH = Foreign(
    language="en",
    direction="ltr",
    heading="English",
    text="We have received your message (number KRM-2026-0042), "
    "and you will get an answer by 23.12.2026 at the latest. "
    "Deadlines in an official decision (Bescheid) keep running. "
    "This text is only meant to help you; the German text is the only one that is legally binding. "
    "If you have questions, please call 0381 555-0142; you may bring someone who translates for you.",
)
ARABIC = Foreign(
    language="ar",
    direction="rtl",
    heading="العربية",
    text="لقد أحلنا رسالتكم إلى الجهة المختصة. "
    "المُهَل المحدَّدة في القرار الرسمي (\u2066Bescheid\u2069) تبقى سارية ولا تتوقف. "
    "هذا النص للمساعدة فقط، والنص الألماني وحده هو المُلزِم قانونًا.",
)
HINTS = (
    Hint(
        "Zwecks Klärung teile ich Ihnen mit, dass die Bearbeitung Ihres Schreibens nunmehr erfolgt ist.",
        "„zwecks“ und „nunmehr“ klingen nach Amt.",
        "Wir haben Ihr Schreiben bearbeitet.",
    ),
    Hint("Die KdU wurden neu berechnet.", "Die Abkürzung KdU ist nicht erklärt.", "Kosten der Unterkunft (KdU)"),
    Hint("Der Termin wurde verschoben.", "Wer hat das getan? Das sagt der Satz nicht."),
)
PROGRESS = (
    (datetime(2026, 12, 15, 9, 20, tzinfo=BERLIN), "Wir klären die Besetzung am Empfang."),
    (datetime(2026, 12, 18, 14, 5, tzinfo=BERLIN), "Die Teamleitung Empfang ist bis Januar im Urlaub."),
)
HISTORY = (
    (ARRIVED, "Nachricht ist eingegangen."),
    (datetime(2026, 12, 14, 8, 5, tzinfo=BERLIN), "Vorschlag bestätigt."),
    (datetime(2026, 12, 22, 11, 40, tzinfo=BERLIN), "Antwortschreiben ist hinausgegangen."),
)


def _button(label: str, body: str, *, primary: bool = False, key: str = NUMBER) -> Button:
    return button(label, ADDRESS, f"Re: {tag(key, TOKEN)}", body, primary=primary)


def _handling(next_stage: str = "Bereichsleitung") -> tuple[Button, ...]:
    return (
        _button("Übernommen", "übernommen", primary=True),
        _button("Voraussichtlich …", "voraussichtlich \n"),
        _button("Antwort …", "Antwort\n\n"),
        _button("Keine Antwort nötig …", "keine Antwort nötig: \n"),
        _button("Abgeben …", "abgeben an : \n"),
        _button(f"An {next_stage} …", f"weiter an {next_stage}: \n"),
    )


ASSIGNED = replace(ASSIGNMENT, buttons=_handling())
REMINDER = HandlingReminder(
    number=NUMBER,
    arrived=ARRIVED,
    answer_by=DAYS.target,
    working_days_left=4,
    type_name="Beschwerde",
    unit_name=UNIT,
    buttons=_handling(),
    name=LEAD,
)
OVERDUE = Overdue(
    number=NUMBER,
    arrived=ARRIVED,
    answer_by=DAYS.latest,
    handler_name=LEAD,
    unit_name=UNIT,
    copy=False,
    promised=False,
    buttons=_handling(),
    name=LEAD,
)
NOTICE = InterimNotice(
    number=NUMBER,
    arrived=DAYS.arrived,
    answer_by=LATER,
    text="",
    contact_name=OFFICER,
    contact_telephone=TELEPHONE,
    office_name=OFFICE,
    privacy_url=PRIVACY,
)
DRAFT = InterimDraft(
    number=NUMBER,
    arrived=ARRIVED,
    deadlines=DAYS,
    proposed=LATER,
    handler_name=LEAD,
    expected=date(2027, 1, 13),
    progress=PROGRESS,
    will_send=text_of(NOTICE),
    why_not_sent="",
    missed=None,
    alarm=False,
    may_release=True,
    officer_name=OFFICER,
    buttons=(
        _button("Zwischeninformation: 15.01.2027", "Zwischeninformation: 15.01.2027", primary=True),
        _button("Anderer Tag …", "Zwischeninformation: \n"),
    ),
    name=OFFICER,
)
RELEASE = ReleaseRequest(
    id=NUMBER,
    what="Antwortschreiben",
    author_name=LEAD,
    text=ANSWER_TEXT,
    attachments=("Antwort.docx (0,1 MB)",),
    hints=HINTS,
    more_hints=2,
    way="Das Schreiben geht per Post hinaus. Sie bekommen es zum Ausdrucken.",
    warnings=("Die Nachricht schrieb jemand für eine andere Person. Es fehlt die Zeile „Vollmacht: ja“.",),
    buttons=(_button("Freigabe", "Freigabe", primary=True),),
    name=OFFICER,
)
PRINT = ToPrint(
    id=NUMBER,
    what="Antwortschreiben",
    why="Antworten gehen per Post, wenn niemand etwas anderes gewünscht hat.",
    text=ANSWER_TEXT,
    attachments=(),
    buttons=(_button("Versandt …", "versandt \n"),),
    name=OFFICER,
)
ANSWER = Answer(
    number=NUMBER,
    text=ANSWER_TEXT,
    attachments=(),
    contact_name=OFFICER,
    contact_telephone=TELEPHONE,
    office_name=OFFICE,
    privacy_url=PRIVACY,
)
PROPOSAL = Proposal(
    number=NUMBER,
    who=LEAD,
    what="Der Vorgang soll an Team 512 gehen.",
    reason="Der Empfang gehört seit Oktober zu Team 512.",
    carries_out="Team: 512",
    buttons=(_button("ok", "ok", primary=True),),
    name=OFFICER,
)
REGISTRATION = Registration(
    number=NUMBER,
    closing=False,
    reference="II-1300",
    fields=(
        ("Vorname", "Karla"),
        ("Familienname", "Brinkmann"),
        ("E-Mail", "karla.brinkmann@mail.example"),
        ("Eingangsdatum", "11.12.2026"),
        ("Art der Reaktion", "Beschwerde"),
        ("Form der Reaktion", "E-Mail"),
        ("Kundengruppe", "AN"),
        ("Betroffene Org.-Einheit", UNIT),
        ("Kategorien", "Wartezeit in der Dienststelle; Umgangsformen"),
    ),
    history=(),
    outcome="",
    files=("II-1300_KRM-2026-0042_Formular.pdf",),
    missing=(),
    officer_name=OFFICER,
    name="Vorzimmer Geschäftsführung",
)
HANDED_OVER = HandOverNote(
    number="",
    arrived=DAYS.arrived,
    office_in_charge="Rechtsbehelfsstelle, Jobcenter Musterstadt",
    whole=True,
    contact_name=OFFICER,
    contact_telephone=TELEPHONE,
    office_name=OFFICE,
    privacy_url=PRIVACY,
)
ABSENCE = Absence(away_name=LEAD, stand_in_name="Petra Sommer", numbers=(NUMBER, "KRM-2026-0039"), name=OFFICER)
HANDED_IN = HandedIn(
    id="E-7K2F",
    arrived=ARRIVED,
    citizen_found=True,
    steps=(
        "Ihre Teamleitung weiß Bescheid.",
        "Sabine Meier entscheidet, wer den Vorgang bearbeitet.",
        "Die Eingangsbestätigung geht von hier hinaus.",
    ),
    colleague_name="",
    officer_name=OFFICER,
    officer_telephone=TELEPHONE,
    name="Lena Vogt",
)
REPORT_COPY = ReportCopy(
    period="November 2026",
    tiles=(
        ("Erfasste Reaktionen", "79", "Ø 12 Monate davor: 61"),
        ("Rechtzeitig bestätigt", "61 von 63", "davor 58 von 58"),
        ("Rechtzeitig beantwortet", "55 von 59", "davor 50 von 55"),
        ("Tage bis zur Antwort", "9", "davor 11"),
    ),
    noticed=(
        "Kategoriengruppe „Organisation“: 37 statt im Mittel 6 – mehr als Zufall.",
        "8 weitere Anstiege können Zufall sein.",
        "2 Eingangsbestätigungen kamen zu spät.",
    ),
    pictures=(
        Picture("verlauf", "Liniendiagramm: erfasste Reaktionen je Monat. Oktober 2026: 66, November 2026: 79."),
        Picture("gruppen", "Balkendiagramm: Kategoriengruppen. Organisation 37 (Ø 12 Monate davor: 6)."),
    ),
    measures=(
        (
            "Zweiter Schalter am Vormittag (bis 30. Juni 2026, Teamleitung Team 515): seltener, mehr als Zufall "
            "(Organisation im Monat: vorher 14, danach 9)"
        ),
    ),
    reckoned="159 eingegangen = 85 Vorgänge + 40 weitere Nachrichten + 31 automatisch + 3 noch offen",
    hits="Das Programm hat die Art in 74 von 88 Fällen richtig vorgeschlagen. Immer die häufigste Art zu nennen, wäre "
    "52 Mal richtig gewesen. In 60 Fällen blieb der ganze Vorschlag, wie er war.",
    files=("Auswertung-2026-11.pdf", "Auswertung-2026-11-Sitzung.pdf", "Auswertung-2026-11.xlsx"),
    name=MANAGEMENT,
)
REPORT = Report(
    **{f.name: getattr(REPORT_COPY, f.name) for f in fields(REPORT_COPY) if f.name != "name"},
    name=OFFICER,
    until=date(2026, 12, 15),
    buttons=(
        Button("Freigabe", "mailto:krm@jobcenter.example?subject=Re&body=Freigabe", primary=True, words="Freigabe"),
    ),
)
SENSITISING = Sensitising(
    year=2026,
    unit_name=UNIT,
    figures=(("Beschwerde", 14), ("Lob", 6)),
    officer_name=OFFICER,
    officer_telephone=TELEPHONE,
    name=LEAD,
)

SAMPLES: dict[str, Any] = {
    "acknowledgement-english": replace(ACKNOWLEDGEMENT, foreign=ENGLISH),
    "receipt-hints": replace(
        RECEIPT,
        recorded=("Antwortschreiben: liegt vor", "Von: Thomas Brandt"),
        happens=("Sabine Meier bekommt das Schreiben zur Freigabe.",),
        deadlines=None,
        hints=HINTS,
        more_hints=1,
        example="Zwischenstand: …",
        name=LEAD,
    ),
    "assignment-stage-3": replace(
        ASSIGNED,
        stage="Stufe 3: Die Bereichsleitung bearbeitet den Vorgang.",
        others_words="Die Antwort hat nicht geholfen. Frau Brinkmann wartet noch immer auf einen Rückruf.",
        also_units=("Team 512 Empfang", "Team 520 Vermittlung"),
        buttons=_handling("Geschäftsführung"),
        next_stage="Geschäftsführung",
        name="Petra Sommer",
    ),
    "assignment-thanks": replace(
        ASSIGNED,
        answer_by=None,
        type_name="Lob",
        buttons=_handling()[:1],
        text="Danke an das ganze Team!",
        next_stage="",
    ),
    "handling_reminder-4-days": REMINDER,
    "handling_reminder-1-day": replace(REMINDER, working_days_left=1, next_stage="", buttons=_handling()[:5]),
    "overdue-handler": OVERDUE,
    "overdue-copy": replace(OVERDUE, copy=True, promised=True, buttons=(), name="Petra Sommer", next_stage=""),
    "interim_draft-usual": DRAFT,
    "interim_draft-promise-missed": replace(DRAFT, missed=date(2026, 12, 21)),
    "interim_draft-only-to-know": replace(
        DRAFT, alarm=True, may_release=False, will_send="", buttons=(), name="Rolf Steinhagen"
    ),
    "interim_draft-alarm": replace(
        DRAFT,
        alarm=True,
        handler_name="",
        expected=None,
        progress=(),
        will_send="",
        why_not_sent="Es ist keine E-Mail-Adresse bekannt. Sie bekommen das Schreiben zum Ausdrucken.",
    ),
    "interim_notice-usual": NOTICE,
    "interim_notice-own-words": replace(
        NOTICE, text="Die zuständige Person ist erst im Januar wieder da.\nDann klären wir Ihre Frage."
    ),
    "release_request-answer": RELEASE,
    "release_request-draft": replace(
        RELEASE,
        what="Richtigstellung",
        author_name="",
        text="Guten Tag,\n\nunser Schreiben vom 16. Dezember 2026 war ein Irrtum.",
        attachments=(),
        hints=(),
        more_hints=0,
        warnings=(),
        way="Das Schreiben geht per E-Mail hinaus.",
    ),
    "answer-by-mail": ANSWER,
    "answer-attached": replace(ANSWER, text="", attachments=("Antwort.pdf",)),
    "to_print-answer": PRINT,
    "to_print-attached": replace(PRINT, text="", attachments=("Antwort.docx",)),
    "answer_copy-usual": AnswerCopy(
        number=NUMBER,
        type_name="Beschwerde",
        unit_name=UNIT,
        text=ANSWER_TEXT,
        attachments=("Antwort.docx (0,1 MB)",),
        officer_name=OFFICER,
        officer_telephone=TELEPHONE,
        name=MANAGEMENT,
    ),
    "proposal-other-team": PROPOSAL,
    "proposal-by-program": replace(
        PROPOSAL,
        who="",
        what="Der Vorgang soll in die nächste Stufe.",
        reason="Die Antwort ist seit fünf Arbeitstagen überfällig.",
        carries_out="Stufe: 3 überfällig",
    ),
    "absence-stand-in": ABSENCE,
    "absence-nobody": replace(ABSENCE, stand_in_name="", numbers=()),
    "registration-opening": REGISTRATION,
    "registration-closing": replace(
        REGISTRATION,
        closing=True,
        history=HISTORY,
        outcome="Frau Brinkmann hat eine Erklärung bekommen.",
        files=(*REGISTRATION.files, "II-1300_KRM-2026-0042_Vorgang.pdf"),
        missing=("II-1300_KRM-2026-0042_Nachricht-1.eml (23,0 MB) ist zu groß für diese E-Mail.",),
    ),
    "registration-kept-back": replace(
        REGISTRATION,
        reference="",
        fields=REGISTRATION.fields[3:7],
        files=(),
        missing=("Die Unterlagen bleiben bei Sabine Meier. Sie hängen dieser E-Mail nicht an.",),
        officer_name="",
    ),
    "hand_over_note-whole": replace(HANDED_OVER, foreign=ARABIC),
    "hand_over_note-part": replace(HANDED_OVER, number=NUMBER, whole=False, office_in_charge="Familienkasse Nord"),
    "appointment-stage-4": Appointment(
        number=NUMBER,
        at=TALK,
        minutes=45,
        type_name="Beschwerde",
        category_names=("Wartezeit in der Dienststelle", "Umgangsformen"),
        reason="Auch die Antwort der Bereichsleitung hat nicht geholfen.",
        history=HISTORY,
        officer_name=OFFICER,
        officer_telephone=TELEPHONE,
        name=MANAGEMENT,
    ),
    "invitation-usual": Invitation(
        number=NUMBER,
        at=TALK,
        minutes=45,
        place="Beispielstraße 1, Raum 4.12",
        contact_name=OFFICER,
        contact_telephone=TELEPHONE,
        office_name=OFFICE,
        privacy_url=PRIVACY,
    ),
    "correction-usual": Correction(
        number=NUMBER,
        sent_on=date(2026, 12, 16),
        what="Eingangsbestätigung",
        contact_name=OFFICER,
        contact_telephone=TELEPHONE,
        office_name=OFFICE,
        privacy_url=PRIVACY,
    ),
    "handed_in-usual": HANDED_IN,
    "handed_in-to-the-lead": replace(HANDED_IN, steps=(), colleague_name="Tarek Aydın", name=LEAD),
    "handed_in-no-address": replace(HANDED_IN, citizen_found=False),
    "handed_in-several-forms": replace(HANDED_IN, left_out=("Formular Müller.docx", "im Text der Nachricht")),
    "noted-usual": Noted(arrived=ARRIVED, officer_name=OFFICER, officer_telephone=TELEPHONE, name="Lena Vogt"),
    "sensitising-figures": SENSITISING,
    "sensitising-few": replace(SENSITISING, figures=()),
    "report-november": REPORT,
    "report_copy-november": REPORT_COPY,
    "report_copy-first-month": replace(REPORT_COPY, pictures=REPORT_COPY.pictures[:1], measures=(), reckoned=""),
    "early_warning-usual": EarlyWarning(
        "Organisation", 9, "unter 5", date(2026, 11, 9), date(2026, 11, 22), 26, OFFICER
    ),
    "breach-usual": Breach(
        id="E-7K2F",
        arrived=ARRIVED,
        until=datetime(2026, 12, 14, 10, 32, tzinfo=BERLIN),
        words=("Bescheid einer fremden Person im Umschlag",),
        name=OFFICER,
        officer_name=OFFICER,
        officer_telephone=TELEPHONE,
    ),
}
"""As in samples.py: a case's name is `<letter>-<what is particular>`."""
