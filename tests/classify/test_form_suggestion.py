"""The form's boxes over the model's opinion: the form leads, and where the words say otherwise a person is told."""

from dataclasses import replace

import pytest

from classify.anlage3 import shipped
from classify.coding import Scored, Suggestion
from classify.contact_form import ContactForm
from classify.form_suggestion import TICKED_P, from_form
from tests.office import OFFICE, judged

FORM = shipped()
TICKED = ContactForm(
    type="beschwerde", form="telefon", customer_group="ag", unit="Team 514", categories=("kommunal.heizkosten",)
)


def put(form: ContactForm, model: Suggestion) -> tuple[Suggestion, str]:
    found, differs = from_form(form, model, FORM, OFFICE)
    return found, " ".join(differs)


def test_what_is_ticked_stands_in_front() -> None:
    found, _ = put(TICKED, judged("lob", ("mitarbeiter.engagement",)))

    assert (found.type, found.p) == ("beschwerde", TICKED_P)
    assert found.proposed == ("kommunal.heizkosten",)
    assert found.categories[0] == Scored("kommunal.heizkosten", TICKED_P)
    assert (found.customer_group, found.unit, found.form) == ("ag", "514", "telefon")
    assert sum(t.p for t in found.types) == pytest.approx(1.0)
    assert len(found.categories) == len(FORM.categories)
    assert found.model == "", "it is not counted among the model's hits"


def test_what_must_not_wait_stays_the_model_s() -> None:
    model = judged(remedy=True, remedy_p=0.9)

    assert put(TICKED, model)[0].remedy


def test_of_types_that_share_a_box_the_words_choose() -> None:
    assert put(TICKED, judged("fachaufsichtsbeschwerde"))[0].type == "fachaufsichtsbeschwerde"
    assert put(TICKED, judged("fachaufsichtsbeschwerde", sure=False))[0].type == "beschwerde"


def test_without_a_type_nothing_is_sure() -> None:
    found, _ = put(replace(TICKED, type=""), judged("lob"))

    assert found.type == "lob"
    assert not found.sure


def test_of_more_than_three_categories_those_are_proposed_that_fit_the_words() -> None:
    ticked = ("kommunal.heizkosten", "kommunal.darlehen", "organisation.wartezeit", "mitarbeiter.termintreue")
    model = judged(categories=("mitarbeiter.termintreue", "organisation.wartezeit"))

    proposed = put(replace(TICKED, categories=ticked), model)[0].proposed

    assert proposed == ("organisation.wartezeit", "mitarbeiter.termintreue", "kommunal.heizkosten")


DIFFERENCES = {
    "the type": (judged("lob"), "„Art: Beschwerde“. Nach den Worten wäre es eher: Lob"),
    "a type outside": (judged("rechtsbehelf"), "„Art: Beschwerde“. Nach den Worten wäre es eher: Widerspruch"),
    "a category": (judged(), "Nach den Worten passt auch die Kategorie: Organisation: Wartezeit"),
    "the group": (judged(customer_group_p=0.9), "„Kundengruppe: AG“. Nach den Worten wäre es eher: AN"),
    "the unit": (judged(), "„Betroffene Org.-Einheit: Team 514“. Nach den Worten wäre es eher: Team 515"),
}


@pytest.mark.parametrize(("model", "said"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_a_difference_is_named(model: Suggestion, said: str) -> None:
    assert said in put(TICKED, model)[1]


def test_what_the_model_is_not_sure_of_is_no_difference() -> None:
    assert put(TICKED, judged("lob", sure=False))[1] == ""


@pytest.mark.parametrize(
    ("words", "unit"), [("514", "514"), ("Team 514 Leistung", "514"), ("team 514", "514"), ("514/515", ""), ("999", "")]
)
def test_a_unit_is_known_by_its_id_or_its_name(words: str, unit: str) -> None:
    found, differs = put(replace(TICKED, unit=words), judged(unit="602"))

    assert found.unit == (unit or "602")
    assert ("gibt es im Verzeichnis nicht" in differs) is not bool(unit)
