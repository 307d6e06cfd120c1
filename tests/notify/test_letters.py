"""Every letter as people get it: whole, as it was, and the same in both parts; subjects that tell nobody anything."""

import os
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from jinja2 import TemplateError, UndefinedError

from notify import letters
from notify.contexts import Context
from notify.contexts_later import LaterContext
from notify.deadlines import Deadlines
from notify.letters import MARK, TEMPLATES, day, long_day, moment, percent, short_day, write
from notify.pieces import Button
from tests.notify.reading_letters import CASES, CITIZENS, LETTERS, SAMPLES, body, ours, plain, seen

GOLDEN = Path(__file__).resolve().parent.parent / "letters"
PARTS = ("subject", "text", "html")
SUFFIX = {"subject": "subject", "text": "txt", "html": "html"}
ANSWERED = frozenset(
    {
        *("confirmation_request", "receipt", "unclear", "help", "status", "assignment", "alert", "reminder"),
        *("handling_reminder", "overdue", "interim_draft", "release_request", "to_print", "proposal", "report"),
        "undelivered",
    }
)


class TestFolders:
    def test_every_letter_has_a_folder_and_every_folder_a_letter(self) -> None:
        assert {kind.LETTER for kind in (*get_args(Context), *get_args(LaterContext))} == set(letters.names())

    @pytest.mark.parametrize("name", letters.names())
    def test_a_folder_holds_subject_text_and_html(self, name: str) -> None:
        assert {p.name for p in (TEMPLATES / name).iterdir()} == {"subject.txt", "body.txt", "body.html"}

    def test_every_letter_has_a_sample(self) -> None:
        assert {told.LETTER for told in SAMPLES.values()} == set(letters.names())
        assert all(name.startswith(f"{told.LETTER}-") for name, told in SAMPLES.items())

    def test_a_letter_that_asks_for_what_it_is_not_told_fails(self) -> None:
        for environment in letters._environments():
            with pytest.raises(UndefinedError):
                environment.from_string("{{ l.nothing }}").render(l=SAMPLES["help-officer"])

    @pytest.mark.parametrize(
        "reaching",
        [
            "{{ l.__class__.__mro__[1].__subclasses__() }}",
            "{{ l.__init__.__globals__ }}",
            "{{ l.examples.__getattribute__('append') }}",
            "{{ '{0.__class__}'.format(l) }}",
            "{% set l.name = 'x' %}",
        ],
    )
    def test_a_letter_that_an_office_changed_reaches_nothing_behind_what_it_is_told(self, reaching: str) -> None:
        for environment in letters._environments():
            with pytest.raises(TemplateError):
                environment.from_string(reaching).render(l=SAMPLES["help-officer"])


class TestGolden:
    @pytest.mark.parametrize("part", PARTS)
    @pytest.mark.parametrize("case", CASES)
    def test_a_letter_reads_as_it_did(self, case: str, part: str) -> None:
        """`KRM_GOLDEN=write` accepts the letters as they are now."""
        golden = GOLDEN / f"{case}.{SUFFIX[part]}"
        now = getattr(LETTERS[case], part)
        now = f"{now}\n" if part == "subject" else now
        if os.environ.get("KRM_GOLDEN") == "write":
            golden.write_text(now, encoding="utf-8", newline="\n")
        assert golden.read_bytes().decode() == now

    def test_no_golden_file_is_left_over(self) -> None:
        wanted = {f"{case}.{suffix}" for case in CASES for suffix in SUFFIX.values()}
        assert {p.name for p in GOLDEN.iterdir()} == wanted


UNSAID = {
    "acknowledgement-thanks": {"answer_way"},  # no answer comes
    "assignment": {"acknowledge_by"},  # the officer's duty
    "assignment-thanks": {"deadlines"},  # no answer is owed
    "hand_over": {"name"},  # goes to posts: no greeting by name
    "alert": {"name"},
    "registration": {"name"},
    "acknowledgement": {"language", "direction"},  # attributes, not words
    "hand_over_note": {"language", "direction"},
    "receipt": {"more_hints"},  # nothing is said about none
    "release_request": {"more_hints"},
    "interim_draft": {"acknowledge_by"},  # long done
    "report": {"pictures"},  # seen, or read out: see test_letters_html
    "report_copy": {"pictures"},
}
"""Fields, by letter or case, that only choose words or do not concern whoever gets it."""


def _unsaid(case: str) -> set[str]:
    return {"day14", *UNSAID.get(case, ()), *UNSAID.get(SAMPLES[case].LETTER, ())}


def _atoms(value: Any, unsaid: set[str]) -> Iterator[tuple[str, ...]]:
    """What must be said: for each a choice of spellings."""
    match value:
        case bool() | None | "":
            return
        case datetime():
            yield (moment(value), f"{short_day(value.date())} {value:%H:%M} Uhr", f"{day(value)}, {value:%H:%M} Uhr")
        case date():
            yield (short_day(value), day(value), long_day(value))
        case Button():
            if not value.label.endswith("…"):
                yield (value.label,)
        case str() | int():
            yield (str(value),)
        case float():
            yield (percent(value), str(value).replace(".", ","))
        case tuple():
            yield from (a for one in value for a in _atoms(one, unsaid))
        case Deadlines():
            yield from _fields(value, unsaid | {"arrived"})
        case _:
            yield from _fields(value, unsaid)


def _fields(value: Any, unsaid: set[str]) -> Iterator[tuple[str, ...]]:
    return (a for f in fields(value) if f.name not in unsaid for a in _atoms(getattr(value, f.name), unsaid))


HANDLER = (
    *("übernommen", "Zwischenstand: …", "voraussichtlich 20.12.2026", "Antwort", "keine Antwort nötig: Grund"),
    *("erledigt: …", "abgeben an 512: Grund"),
)
"""What whoever handles a Case may answer (conversation.md, The team lead)."""

STATED = {
    "confirmation_request-complaint": ("von selbst hinaus", "Kategorie: 2, 5", "Kein KRM: Widerspruch", "Hilfe"),
    "confirmation_request-unsure": ("unsicher", "wählen Sie selbst"),
    "confirmation_request-generated": ("Es geht keine Eingangsbestätigung hinaus",),
    "confirmation_request-danger": ("(ohne Betreff)", "In der Nachricht steht"),
    "confirmation_request-follow-up": ("eine weitere Nachricht", "frühere Schriftwechsel"),
    "acknowledgement-answer-owed": ("112", "116 117", "116 123", "entscheidet nichts", "technischer Hilfe"),
    "acknowledgement-thanks": ("Sie müssen nichts weiter tun",),
    "receipt-to-print": ("schicken Sie es per Post", "Art: Lob"),
    "unclear-several": ("Es wurde nichts geändert", "noch einmal mit", "Kategorie: 2, 5"),
    "refused-stranger": ("Es wurde nichts geändert",),
    "alert-danger": ("Rufen Sie sofort 112 an", "Geprüft hat es noch niemand", "gesehen"),
    "hand_over-legal": ("hängt vollständig an", "Die Entscheidung liegt bei Ihnen"),
    "digest-usual": ("War zu tun bis",),
    "digest-nothing": ("Es ist nichts offen",),
    "outage-lasts": ("Die Fristen laufen aber weiter",),
    "undelivered-unsure": ("nicht von selbst noch einmal",),
    "undelivered-put-off": ("versucht es weiter", "per Post", "doppelt"),
    "undelivered-put-off-in-the-house": ("versucht es weiter", "wieder Nachrichten annimmt"),
    "too_big-usual": ("Die Fristen laufen auch für diese E-Mail",),
    "assignment-lead": (*HANDLER, "weiter an Bereichsleitung: Grund", "Von dort geht sie hinaus", "Notiz: …"),
    "reminder-undecided": ("Kein KRM: Spam",),
    "acknowledgement-english": ("English", "Freundliche Grüße"),
    "receipt-hints": ("Dazu kommt 1 weiterer Hinweis", "Was Sie davon übernehmen, entscheiden Sie"),
    "assignment-stage-3": ("weiter an Geschäftsführung: Grund", "Es gibt eine gemeinsame Antwort"),
    "handling_reminder-4-days": (*HANDLER, "bleiben noch 4 Arbeitstage", "weiter an Bereichsleitung: Grund"),
    "handling_reminder-1-day": (*HANDLER, "bleibt noch 1 Arbeitstag"),
    "overdue-handler": (*HANDLER, "Bitte schicken Sie die Antwort heute"),
    "overdue-copy": ("Sie müssen nicht antworten", "versprochen"),
    "interim_draft-usual": ("Zwischeninformation: 15.01.2027, Text", "Ohne Ihre Antwort geht nichts hinaus"),
    "interim_draft-alarm": ("Es ist dringend", "noch niemand"),
    "release_request-answer": ("Freigabe", "Dazu kommen 2 weitere Hinweise", "Ohne Ihre Freigabe geht nichts hinaus"),
    "to_print-answer": ("versandt 12.12.2026",),
    "proposal-other-team": ("Ohne Ihre Antwort ändert sich nichts",),
    "absence-nobody": ("Niemand ist als Vertretung eingetragen", "kein Vorgang offen"),
    "handed_in-no-address": ("Es fehlt die Adresse",),
    "handed_in-several-forms": ("Nicht aufgenommen: Formular Müller.docx", "mit einer eigenen Nachricht"),
    "sensitising-few": ("von keiner Art fünf Vorgänge",),
    "breach-usual": ("Geprüft hat es noch niemand", "72 Stunden"),
    "invitation-usual": ("Das Gespräch ist freiwillig", "entscheidet nichts"),
}


class TestBothParts:
    @pytest.mark.parametrize("case", CASES)
    def test_everything_told_stands_in_text_and_html(self, case: str) -> None:
        text, shown = plain(LETTERS[case].text), seen(LETTERS[case])
        for spellings in _atoms(SAMPLES[case], _unsaid(case)):
            assert any(plain(s) in text for s in spellings), spellings
            assert any(plain(s) in shown for s in spellings), spellings

    @pytest.mark.parametrize(("case", "words"), STATED.items())
    def test_what_the_letter_itself_says_stands_in_both(self, case: str, words: tuple[str, ...]) -> None:
        text, shown = plain(LETTERS[case].text), seen(LETTERS[case])
        for said in words:
            assert plain(said) in text
            assert plain(said) in shown

    @pytest.mark.parametrize("case", CASES)
    def test_the_cut_line_comes_first_where_a_reply_is_expected(self, case: str) -> None:
        letter = LETTERS[case]
        answered = SAMPLES[case].LETTER in ANSWERED
        assert (letter.text.splitlines()[0] == MARK) == answered
        first = next(s.strip() for s in body(letter).itertext() if isinstance(s, str) and s.strip())
        assert (first == MARK) == answered

    @pytest.mark.parametrize("case", CASES)
    def test_nobody_is_addressed_as_man_or_woman(self, case: str) -> None:
        assert not re.search(r"geehrte|Guten Tag (Frau|Herr)\b", ours(LETTERS[case]))


WITH_CITIZENS = tuple(case for case in CASES if SAMPLES[case].LETTER != "help")


class TestSubjects:
    @pytest.mark.parametrize("case", WITH_CITIZENS)
    def test_a_subject_never_repeats_who_writes_or_what(self, case: str) -> None:
        told: Any = SAMPLES[case]
        mine = {f.name for f in fields(told)} & set(CITIZENS)
        odd = {name: ("Xyzzy",) if isinstance(getattr(told, name), tuple) else "Xyzzy Plugh" for name in mine}
        subject = write(replace(told, **odd)).subject
        assert subject == LETTERS[case].subject
        assert "Xyzzy" not in subject

    @pytest.mark.parametrize("case", CASES)
    def test_a_subject_is_one_short_line_without_token(self, case: str) -> None:
        subject = LETTERS[case].subject
        assert subject == " ".join(subject.split())
        assert "[" not in subject
        assert 5 < len(subject) <= 140

    def test_the_confirmation_request_names_type_certainty_and_limit(self) -> None:
        subject = LETTERS["confirmation_request-complaint"].subject
        assert subject == "Bitte bestätigen: Beschwerde (76 %), Frist 16.12."

    def test_the_confirmation_request_names_grave_warnings(self) -> None:
        assert "Mögliche Gefahr" in LETTERS["confirmation_request-danger"].subject

    def test_an_unsure_suggestion_is_no_subject(self) -> None:
        assert LETTERS["confirmation_request-unsure"].subject == "Bitte bestätigen: Art noch unsicher, Frist 16.12."
