"""The hit rate: what the officer made of suggestions, and what saying always the same would have brought."""

from dataclasses import replace

from classify import hits
from classify.hits import Confusion, Decided, Hits
from tests.office import judged

WAITING = ("organisation.wartezeit",)


def decided(suggested: str, recorded: str, *categories: str, model: str = "test") -> Decided:
    return Decided(judged(suggested, model=model), recorded, categories)


def test_every_suggestion_was_accepted_or_corrected_in_its_categories_or_in_its_type() -> None:
    found = hits.count(
        [
            decided("beschwerde", "beschwerde", *WAITING),
            decided("beschwerde", "beschwerde", "organisation.telefon"),
            decided("beschwerde", "beschwerde", *WAITING, "organisation.telefon"),
            decided("anfrage", "anfrage"),
            decided("lob", "beschwerde", *WAITING),
        ]
    )

    assert (found.n, found.unchanged, found.type_right, found.categories_changed) == (5, 2, 4, 2)


def test_confused_pairs_are_counted_by_direction_the_most_frequent_first() -> None:
    pairs = [("lob", "beschwerde"), ("anfrage", "beschwerde"), ("lob", "beschwerde"), ("beschwerde", "lob")]

    found = hits.count([decided(*pair, *WAITING) for pair in pairs])

    assert found.confusions == (
        Confusion("lob", "beschwerde", 2),
        Confusion("anfrage", "beschwerde", 1),
        Confusion("beschwerde", "lob", 1),
    )


def test_the_ordinary_type_is_the_one_recorded_most_often() -> None:
    found = hits.count([decided("lob", kind, *WAITING) for kind in ("lob", "beschwerde", "beschwerde", "idee")])

    assert (found.ordinary, found.ordinary_right) == ("beschwerde", 2)


def test_where_rules_alone_spoke_nothing_was_suggested() -> None:
    found = hits.count([decided("beschwerde", "lob", model=""), decided("lob", "lob", *WAITING)])

    assert (found.n, found.unchanged, found.confusions) == (1, 1, ())


def test_of_nothing_there_is_nothing_to_count() -> None:
    assert hits.count([]) == Hits(0, 0, 0, 0, (), "", 0)


def test_the_order_of_categories_says_which_team_it_goes_to() -> None:
    both = (*WAITING, "organisation.telefon")
    turned = replace(decided("beschwerde", "beschwerde", *both[::-1]), suggestion=judged(categories=both))

    assert hits.count([turned]).categories_changed == 1
