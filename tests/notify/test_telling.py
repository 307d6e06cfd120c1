"""What each letter is told: everything its reader needs, and nothing its reader must not see (rules.md)."""

from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

import pytest

from classify.anlage3 import shipped
from classify.coding import Evidence, Urgency
from ingest.message import Address
from notify.letters import write
from notify.summary import facts, history
from notify.telling import TEXT_SHOWN, Teller
from notify.workdays import Workdays
from store.case import Case, Clock, Delivery, Dispatch, Kind, Reaction, Source, Stage
from tests.office import CITIZEN as ERIKA
from tests.office import DEPUTY, HEAD_5, LEAD_514, LEGAL_OFFICE, OFFICE, OFFICER, SECURITY, judged
from tests.store.making import MONDAY, case, confirmed, numbered, reaction

TELLER = Teller(OFFICE, shipped(), Workdays())
TOKEN = "abcdefghij234567klmn"
SECRET = "Meine BG-Nummer ist 12345//0000001."
FIVE = tuple(c.id for c in shipped().categories[:5])
TARGET = date(2026, 12, 7)


def request(of: Case, teller: Teller = TELLER) -> Any:
    return teller.confirmation_request(of, of.reactions[0], OFFICER, TOKEN)


def acknowledged(of: Case, teller: Teller = TELLER) -> Any:
    return teller.acknowledgement(of, of.reactions[0])


def about(**fields: Any) -> Case:
    return case(reaction(**fields))


# --- the request ---


def test_the_request_shows_who_wrote_what_and_both_deadlines() -> None:
    told = request(about(text="Ich warte.", attachments=("Bescheid.pdf (120 kB)",), hints=("Ein Hinweis.",)))

    assert (told.id, told.sender_name, told.sender_address) == ("E-7K2F", "Erika Muster", ERIKA)
    assert (told.subject, told.text, told.earlier_text) == ("Beschwerde", "Ich warte.", "")
    assert (told.deadlines.acknowledge_by, told.deadlines.target) == (date(2026, 11, 26), TARGET)
    assert (told.attachments, told.hints) == (("Bescheid.pdf (120 kB)",), ("Ein Hinweis.",))
    assert told.officer_name == OFFICER.name


def test_the_suggestion_says_why() -> None:
    told = request(case())

    assert (told.type_name, told.type_words) == ("Beschwerde", ("zwei Stunden",))
    assert told.options[0].words == ("gewartet",)


@pytest.mark.parametrize(("sure", "more"), [(True, 5), (False, 9)])
def test_the_proposed_categories_come_first_and_the_next_are_numbered_on(sure: bool, more: int) -> None:
    suggestion = judged(categories=FIVE[:2], sure=sure)
    told = request(about(suggestion=suggestion))

    assert [o.number for o in told.options] == list(range(1, 3 + more))
    assert [o.proposed for o in told.options] == [True, True] + [False] * more
    assert TELLER.choices(suggestion)[:2] == FIVE[:2]
    assert len(set(TELLER.choices(suggestion))) == 2 + more


def test_the_request_prints_the_acknowledgement_word_for_word() -> None:
    of = case()
    told = request(of)

    later = case(confirmed(of.reactions[0]))
    assert told.will_send == write(acknowledged(later)).text
    assert told.sends_itself_on == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("what", "of", "why"),
    [
        ("not KRM", about(suggestion=judged("anfrage")), "nicht in KRM"),
        ("a web form", about(source=Source.MACHINE), "Formular oder Gerät"),
        ("no address", about(sender=Address("Anonym", "")), "keine Adresse"),
    ],
)
def test_where_nothing_is_sent_the_request_says_why(what: str, of: Case, why: str) -> None:
    told = request(of)

    assert (told.will_send, told.sends_itself_on) == ("", None)
    assert why in told.why_not_sent


@pytest.mark.parametrize(
    ("what", "of", "unasked"),
    [
        ("a complaint", case(), True),
        ("a petition", about(suggestion=judged("petition")), False),
        ("an Eingabe", about(suggestion=judged("eingabe")), False),
        ("a colleague's forward", about(source=Source.HOUSE), False),
    ],
)
def test_the_request_says_whether_the_acknowledgement_goes_out_by_itself(what: str, of: Case, unasked: bool) -> None:
    assert bool(request(of).sends_itself_on) is unasked
    assert request(of, replace(TELLER, acknowledge_unasked=False)).sends_itself_on is None


WARNED = (Evidence("gefahr", ("ich bringe",)), Evidence("not", ("Strom",)), Evidence("rechtsbehelf", ("Widerspruch",)))


@pytest.mark.parametrize(
    ("what", "of", "titles"),
    [
        ("nothing", case(), []),
        ("danger", about(suggestion=judged(urgency=Urgency.DANGER, evidence=WARNED)), ["Mögliche Gefahr"]),
        ("need", about(suggestion=judged(urgency=Urgency.NEED, evidence=WARNED)), ["Mögliche Notlage"]),
        ("a remedy", about(suggestion=judged(remedy=True, evidence=WARNED)), ["Möglicher Rechtsbehelf"]),
        ("a name", about(text="Frau Krause war frech."), ["Genannte Person"]),
        ("a colleague", about(source=Source.HOUSE), ["Aus dem Haus"]),
        ("a machine", about(source=Source.MACHINE), ["Maschinell erzeugt"]),
        (
            "danger before a remedy before a name",
            about(text="Frau Krause", suggestion=judged(urgency=Urgency.DANGER, remedy=True, evidence=WARNED)),
            ["Mögliche Gefahr", "Möglicher Rechtsbehelf", "Genannte Person"],
        ),
    ],
)
def test_what_the_officer_must_see_first_stands_first(what: str, of: Case, titles: list[str]) -> None:
    warnings = request(of).warnings

    assert [w.title for w in warnings] == titles
    assert all(w.words for w in warnings if w.grave), "a grave warning shows the words that led to it"


def test_the_officer_sees_old_words_apart_from_new_ones() -> None:
    told = request(about(text="Wann denn?\n> Ich warte.", new_text="Wann denn?", kind=Kind.FOLLOW_UP))

    assert (told.text, told.earlier_text, told.follow_up_to) == ("Wann denn?", "> Ich warte.", "E-7K2F")


def test_a_very_long_mail_is_shortened_and_that_is_said() -> None:
    text = request(about(text="x" * (TEXT_SHOWN + 1))).text

    assert len(text) < TEXT_SHOWN + 200
    assert "gekürzt" in text


def test_a_mail_nobody_judged_cannot_be_asked_about() -> None:
    with pytest.raises(ValueError, match="judged"):
        request(about(suggestion=None))


@pytest.mark.parametrize(
    ("what", "type_id", "labels"),
    [
        (
            "KRM",
            "beschwerde",
            [
                "Stimmt so",
                "Art: Lob",
                "Art: Dienstaufsichtsbeschwerde",
                "Kein KRM: Widerspruch",
                "Kein KRM: Spam",
                "Ändern …",
            ],
        ),
        (
            "not KRM: nothing to say ok to",
            "anfrage",
            ["Art: Lob", "Art: Beschwerde", "Kein KRM: Widerspruch", "Kein KRM: Spam", "Ändern …"],
        ),
    ],
)
def test_one_click_does_what_is_wanted_most(what: str, type_id: str, labels: list[str]) -> None:
    buttons = request(about(suggestion=judged(type_id))).buttons

    assert [b.label for b in buttons] == labels
    assert all(TOKEN in b.href for b in buttons)


# --- the acknowledgement (GA 3.5.1) ---


@pytest.mark.parametrize("type_id", [t.id for t in shipped().types if t.krm])
def test_the_acknowledgement_holds_nothing_that_rules_forbid(type_id: str) -> None:
    """rules.md: no text, subject, number of theirs, category, rating, and no other name."""
    of = numbered(
        case(
            confirmed(
                reaction(
                    text=SECRET + " Herr Steinhagen war frech.",
                    subject="Betreff mit Krankheit",
                    suggestion=judged(type_id, categories=FIVE[:3]),
                )
            )
        )
    )
    letter = write(acknowledged(of))
    whole = f"{letter.subject}\n{letter.text}\n{letter.html}"

    forbidden = ["BG-Nummer", "12345", "Krankheit", "Steinhagen", "Erika", ERIKA, "Krause"]
    forbidden += [shipped().name(c) for c in FIVE[:3]]
    assert [words for words in forbidden if words in whole] == []
    assert "KRM-2026-0001" in letter.text
    assert "Diese Bestätigung entscheidet nichts; Fristen in einem Bescheid laufen weiter." in letter.text


@pytest.mark.parametrize(
    ("what", "of", "day"),
    [
        ("a complaint: the target", case(confirmed(reaction())), TARGET),
        ("praise: none", case(confirmed(reaction(suggestion=judged("lob")))), None),
        (
            "the officer's date",
            case(confirmed(reaction()), clocks=(Clock("answer", date(2026, 12, 15), MONDAY),)),
            date(2026, 12, 15),
        ),
        (
            "the last one she named",
            case(
                confirmed(reaction()),
                clocks=(Clock("answer", date(2026, 12, 15), MONDAY), Clock("answer", date(2026, 12, 17), MONDAY)),
            ),
            date(2026, 12, 17),
        ),
        (
            "a superior body's goes first",
            case(
                confirmed(reaction(suggestion=judged("petition"))),
                clocks=(Clock("superior", date(2026, 12, 1), MONDAY), Clock("answer", date(2026, 12, 15), MONDAY)),
            ),
            date(2026, 12, 1),
        ),
        (
            "praise the officer will answer",
            case(confirmed(reaction(suggestion=judged("lob"))), clocks=(Clock("answer", TARGET, MONDAY),)),
            TARGET,
        ),
    ],
)
def test_the_acknowledgement_names_the_day_of_the_answer(what: str, of: Case, day: date | None) -> None:
    assert acknowledged(of).answer_by == day


@pytest.mark.parametrize(
    ("what", "of", "who"),
    [
        ("the officer", case(confirmed(reaction())), OFFICER),
        ("whom she named", case(confirmed(reaction(), contact="tl-514")), LEAD_514),
        ("the deputy where it is about her", case(confirmed(reaction(text="Frau Meier war frech."))), DEPUTY),
    ],
)
def test_the_acknowledgement_names_a_contact_person_with_telephone(what: str, of: Case, who: Any) -> None:
    told = acknowledged(of)

    assert (told.contact_name, told.contact_telephone) == (who.name, who.telephone)


@pytest.mark.parametrize(("way", "words"), [("", "per Post"), ("email", "per E-Mail"), ("post", "per Post")])
def test_the_answer_comes_by_post_unless_asked_otherwise(way: str, words: str) -> None:
    assert acknowledged(case(confirmed(reaction()), answer_way=way)).answer_way == words


def test_before_it_has_a_number_the_request_shows_one_is_coming() -> None:
    assert "Nummer folgt" in request(case()).will_send


# --- letters of the house ---


def test_the_team_lead_gets_the_case_without_the_sender_s_address() -> None:
    of = numbered(case(confirmed(reaction(text="Ich warte."), unit="514")))

    told = TELLER.assignment(of, of.reactions[0], LEAD_514, TOKEN)

    assert ERIKA not in str(asdict(told))
    assert (told.sender_name, told.text, told.unit_name, told.why_you) == (
        "Erika Muster",
        "Ich warte.",
        "Team 514 Leistung",
        "",
    )
    assert told.answer_by == TARGET


def test_whoever_gets_it_in_the_lead_s_place_reads_why() -> None:
    of = case(confirmed(reaction(text="Frau Krause war frech."), unit="514"))

    assert "nicht selbst" in TELLER.assignment(of, of.reactions[0], HEAD_5, TOKEN).why_you


@pytest.mark.parametrize(
    ("what", "of", "to", "words", "decided"),
    [
        (
            "a possible remedy",
            about(suggestion=judged(remedy=True, evidence=WARNED)),
            LEGAL_OFFICE,
            ("Widerspruch",),
            False,
        ),
        ("one the officer found", case(remedy=True), LEGAL_OFFICE, (), True),
        ("an inquiry", case(reaction(outside="anfrage 514")), LEAD_514, (), True),
    ],
)
def test_a_hand_over_says_whether_anybody_checked_it(
    what: str, of: Case, to: Any, *, words: tuple[str, ...], decided: bool
) -> None:
    told = TELLER.hand_over(of, of.reactions[0], to)

    assert told.words == words
    assert ("Geprüft hat es noch niemand" in told.why) is not decided
    assert "ungültig" not in told.why, "the bot never says that a remedy is invalid (GA 3.1.6)"


@pytest.mark.parametrize(("to", "reads"), [(OFFICER, True), (DEPUTY, True), (SECURITY, False), (HEAD_5, False)])
def test_an_alert_shows_the_text_to_officer_and_deputy_only(to: Any, reads: bool) -> None:
    of = about(text="Ich bringe jemanden um.", suggestion=judged(urgency=Urgency.DANGER, evidence=WARNED))

    told = TELLER.alert(of, of.reactions[0], to, TOKEN)

    assert bool(told.text) is reads
    assert [b.label for b in told.buttons] == ["Gesehen"]


# --- where a Case stands ---


def test_the_facts_of_a_case_are_those_that_are_known() -> None:
    of = replace(
        numbered(case(replace(confirmed(reaction()), acknowledged=MONDAY + timedelta(hours=2)))),
        stages=(Stage(2, MONDAY, "officer"),),
        clocks=(Clock("answer", TARGET, MONDAY),),
    )

    assert dict(facts(of, OFFICE, shipped())) == {
        "Nummer": "KRM-2026-0001",
        "Stand": "offen",
        "Art": "Beschwerde",
        "Stufe": "2",
        "Zugesagte Antwort": "Mo 07.12.2026",
        "Eingangsbestätigung": "Mo 23.11.2026, 11:00 Uhr",
    }
    assert dict(facts(case(), OFFICE, shipped()))["Art"] == "noch nicht bestätigt"


def test_the_history_is_told_oldest_first_and_only_what_happened() -> None:
    def sent(n: int, duty: str, state: Delivery, hours: int | None) -> Dispatch:
        at = MONDAY + timedelta(hours=hours) if hours is not None else None
        return Dispatch(n, "E-7K2F", duty, "1", "officer", state, at)

    again: Reaction = reaction(2, kind=Kind.DUPLICATE, arrived=MONDAY + timedelta(hours=2))
    of = replace(
        case(reaction(1), again),
        dispatches=(
            sent(1, "acknowledgement", Delivery.REFUSED, 3),
            sent(2, "confirmation_request", Delivery.SENT, 1),
            sent(3, "assignment", Delivery.PLANNED, None),
        ),
    )

    assert [words for _, words in history(of)] == [
        "Eingang",
        "Bitte um Bestätigung: gesendet",
        "dieselbe Nachricht noch einmal",
        "Eingangsbestätigung: nicht zugestellt",
    ]


# --- what rules noticed ---


def test_a_mixed_mail_names_the_other_teams_and_the_line_that_gives_it_to_all() -> None:
    told = request(about(suggestion=judged(unit="515", units=("515", "602"))))

    assert any("Team 602 Vermittlung" in h and "„Team: 515, 602“" in h for h in told.hints)
    assert not any("Team:" in h for h in request(about()).hints)


def test_a_notice_is_a_warning_with_the_mail_s_own_words() -> None:
    evidence = (*judged().evidence, Evidence("for_another", ("im Namen meiner Mutter",)))
    told = request(about(suggestion=judged(notices=("for_another",), evidence=evidence)))

    warning = next(w for w in told.warnings if w.title == "Für eine andere Person")
    assert warning.words == ("im Namen meiner Mutter",)
    assert not warning.grave
