from dataclasses import replace

import numpy as np
import pytest

from classify import anlage3
from classify import suggest as suggesting
from classify.coding import Suggestion, Urgency
from classify.model import Model
from classify.suggest import NO_MODEL, suggest
from tests.classify.test_units import OFFICE
from tests.classify.tiny import text

TAXONOMY = anlage3.shipped()
COMPLAINT = "Seit Tagen rufe ich an, niemand nimmt ab, nur die Warteschleife am Telefon. Das ist unerträglich."


def _one(model: Model | None, body: str, subject: str = "", from_name: str = "") -> Suggestion:
    (found,) = suggest([text(body, subject, from_name)], model, TAXONOMY, OFFICE)
    return found


def test_a_complaint_gets_type_category_and_the_words_that_spoke_for_them(model: Model) -> None:
    found = _one(model, COMPLAINT)
    assert (found.type, found.proposed[0], found.model) == ("beschwerde", "organisation.telefon", model.id)
    assert [e.about for e in found.evidence][:2] == ["beschwerde", "organisation.telefon"]
    said = found.evidence[1].words
    assert 1 <= len(said) <= 5
    assert all(words in COMPLAINT for words in said)
    assert any("Warteschleife" in words or "Telefon" in words for words in said)


def test_probabilities_are_sorted_and_complete(model: Model) -> None:
    found = _one(model, COMPLAINT)
    assert {t.id for t in found.types} == {t.id for t in TAXONOMY.types}
    assert sum(t.p for t in found.types) == pytest.approx(1, abs=1e-5)
    assert len(found.categories) == len(TAXONOMY.categories)
    for ranked in (found.types, found.categories):
        assert [s.p for s in ranked] == sorted((s.p for s in ranked), reverse=True)
        assert all(0 <= s.p <= 1 for s in ranked)


def test_one_to_three_categories_are_proposed_but_none_outside_krm(model: Model) -> None:
    assert 1 <= len(_one(model, COMPLAINT).proposed) <= 3
    remedy = _one(model, "Hiermit lege ich Widerspruch gegen den Bescheid vom 4. Mai ein.")
    assert (remedy.type, remedy.proposed, remedy.unit) == ("rechtsbehelf", (), "")


def test_rules_raise_what_the_model_does_not_see(model: Model) -> None:
    found = _one(model, COMPLAINT + " Bu karara itiraz ediyorum. Artık yaşamak istemiyorum.")
    assert found.remedy
    assert found.remedy_p >= 0.97
    assert found.urgency is Urgency.DANGER
    assert {"rechtsbehelf", "gefahr"} <= {e.about for e in found.evidence}


def test_a_fact_goes_before_the_model_and_is_the_evidence(model: Model) -> None:
    found = _one(model, COMPLAINT, from_name="Petitionsausschuss")
    assert found.type == "petition"
    assert found.p == pytest.approx(0.97)
    assert found.evidence[0].words == ("Petitionsausschuss",)
    assert sum(t.p for t in found.types) == pytest.approx(1, abs=1e-5)


UNSURE = {
    "nothing at all": "",
    "one word": "Telefon",
    "a language it does not know": "Nie mogę się do nikogo dodzwonić, to jest skandal i nikt nie odpowiada",
    "no language": "asdf qwer zxcv hjkl uiop vbnm",
}


@pytest.mark.parametrize("body", UNSURE.values(), ids=UNSURE.keys())
def test_it_says_when_it_does_not_know(model: Model, body: str) -> None:
    assert not _one(model, body).sure


@pytest.mark.parametrize("body", ["?", "Telefon", "asdf qwer", "1234", COMPLAINT], ids=lambda b: b[:9])
def test_evidence_is_never_empty_for_a_text(model: Model, body: str) -> None:
    found = _one(model, body)
    assert found.evidence[0].about == found.type
    assert all(e.words and all(e.words) for e in found.evidence)


def test_no_text_no_evidence(model: Model) -> None:
    assert _one(model, " ").evidence == ()


def test_a_group_is_judged_like_its_texts_one_by_one(model: Model) -> None:
    texts = [text(COMPLAINT), text(""), text("Herzlichen Dank an Frau Sommer")]
    assert suggest(texts, model, TAXONOMY) == tuple(suggest([t], model, TAXONOMY)[0] for t in texts)
    assert suggest([], model, TAXONOMY) == ()


def test_the_unit_comes_from_what_is_proposed(model: Model) -> None:
    assert _one(model, "Mein Lohn wurde falsch angerechnet, der Freibetrag fehlt. Bitte neu rechnen.").unit == "bg-1"


def test_without_a_model_only_rules_speak_and_say_so() -> None:
    found = _one(None, "Ich lege hiermit Widerspruch ein. Der Kühlschrank ist leer.")
    assert (found.type, found.proposed, found.sure, found.model) == ("beschwerde", (), False, "")
    assert found.p < 0.2
    assert (found.remedy, found.urgency) == (True, Urgency.NEED)
    assert found.evidence[0].words == (NO_MODEL,)
    assert len(found.categories) == len(TAXONOMY.categories)


def test_without_a_model_facts_still_decide() -> None:
    assert _one(None, "Bitte um Stellungnahme", from_name="Petitionsausschuss").type == "petition"


def test_words_that_said_nothing_are_no_evidence(model: Model) -> None:
    found = _one(model, "Telefon zzxqk wwvpq Warteschleife")
    assert not any("zzxqk" in words or "wwvpq" in words for e in found.evidence for words in e.words)


def _leaning(model: Model, kind: str) -> Model:
    """It takes nearly everything for this type."""
    kinds = [label.removeprefix("art:") for label in model.labels if label.startswith("art:")]
    return replace(model, leaning=model.leaning + np.float32([12.0 * (k == kind) for k in kinds]))


@pytest.mark.parametrize("kind", ["folgereaktion", "petition", "eingabe"])
@pytest.mark.parametrize("subject", ["Beschwerde", "Beschwerde über Ihr Amt", "Meine Beschwerde"])
def test_a_first_complaint_is_no_further_one_and_no_petition_whatever_the_model_makes_of_it(
    model: Model, kind: str, subject: str
) -> None:
    leaning = _leaning(model, kind)
    (alone,) = leaning.predict([text(COMPLAINT, subject)])
    found = _one(leaning, COMPLAINT, subject)
    assert alone.types[0].id == kind
    assert found.type == "beschwerde"
    assert sum(t.p for t in found.types) == pytest.approx(1, abs=1e-5)


def test_a_further_one_stays_one(model: Model) -> None:
    asked = "Zu meiner Beschwerde vom 3. März habe ich keine Antwort, wie ist der Stand?"
    assert _one(model, asked).type == "folgereaktion"


def test_greeting_and_closing_change_nothing(model: Model) -> None:
    plain = "Am Telefon nimmt seit Tagen niemand ab."
    formal = f"Sehr geehrte Damen und Herren,\n\n{plain}\n\nMit freundlichen Grüßen\nKarin Albrecht"
    assert _one(model, plain).types == _one(model, formal).types


@pytest.mark.parametrize("body", ["a ! ! !", "€ € € € €", "Telefon, Telefon!", "§ § § 5"])
def test_signs_are_no_words_to_rely_on(model: Model, body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesting, "BRIEF_SURE", 0.0)
    assert not _one(_lax(model), body).sure
    assert _one(_lax(model), "Telefon nimmt niemand ab").sure


def _lax(model: Model) -> Model:
    """It relies on every type, and on any language."""
    return replace(model, limits=replace(model.limits, sure=0.0, known=0.0))


def test_of_a_short_mail_more_is_asked_before_it_is_relied_on(model: Model) -> None:
    long = COMPLAINT + " Seit Wochen geht das so, jeden Morgen rufe ich an und bleibe in der Warteschleife hängen."
    short = "Telefon Empfang Lob Idee Miete"
    assert _one(model, short).p < suggesting.BRIEF_SURE
    assert not _one(_lax(model), short).sure
    assert _one(_lax(model), long).sure


ADVERTISING = (
    "Newsletter: jetzt Angebote sichern, 20 Prozent Rabatt auf Büromöbel. Abmelden unter diesem Link. Unser Angebot "
    "gilt jederzeit, Newsletter abmelden möglich, Rabatt auf Büromöbel sichern."
)


@pytest.mark.parametrize(
    ("subject", "body", "sure"),
    [
        ("", ADVERTISING, True),
        ("Beschwerde", ADVERTISING, False),
        ("", f"{ADVERTISING} Ich bin unzufrieden.", False),
        ("", f"{ADVERTISING} Für Ihr Jobcenter!", False),
        ("", "Newsletter abmelden, Rabatt auf Büromöbel, Angebote sichern", False),
    ],
    ids=["long and of nothing else", "a complaint", "not content", "the office is named", "short"],
)
def test_what_would_be_put_aside_is_relied_on_only_where_nothing_hints_at_the_office(
    model: Model, subject: str, body: str, sure: bool
) -> None:
    found = _one(_lax(model), body, subject)
    assert (found.type, found.sure) == ("fremd", sure)


@pytest.mark.parametrize("body", ["x" * 20_000, "!" * 20_000, "我" * 20_000, "Widerspruch" + "x" * 20_000])
@pytest.mark.parametrize("without", [False, True])
def test_evidence_is_short_whatever_the_mail(model: Model, body: str, without: bool) -> None:
    found = _one(None if without else model, body)
    assert found.evidence
    assert all(len(words) <= 120 for e in found.evidence for words in e.words)


def test_what_rules_notice_stands_beside_the_suggestion_with_and_without_a_model(model: Model) -> None:
    body = "Ich schreibe im Namen meiner Mutter, sie hat zwei Stunden gewartet."

    for found in (_one(model, body), _one(None, body)):
        assert "for_another" in found.notices
        assert any(e.about == "for_another" and "meiner Mutter" in " ".join(e.words) for e in found.evidence)


def test_mere_thanks_are_noticed_in_a_further_mail_only(model: Model) -> None:
    thanks = text("Vielen Dank für Ihre schnelle Antwort.")

    assert "mere_thanks" in suggest([replace(thanks, follows=True)], model, anlage3.load())[0].notices
    assert "mere_thanks" not in suggest([thanks], model, anlage3.load())[0].notices
