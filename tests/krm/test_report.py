"""The month in figures (GA 3.9): what counts where, what is in time, and that small groups are not shown singly."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from classify.anlage3 import shipped
from krm.report import Period, Stock, Worked, hit_rate, kinds, tables, worked
from notify.deadlines import BERLIN
from notify.evaluation import FEW, HIDDEN, Hits, Line, following
from notify.kept import Share
from notify.workdays import Workdays
from store.arrivals import Arrival
from store.case import CITIZEN, Case, Clock, Concern, Delivery, Dispatch, Mark, Said, Stage, State
from tests.krm.evaluated import NOVEMBER, arrival, stock
from tests.office import judged
from tests.store.making import MONDAY, case, confirmed, reaction

LATEST = date(2026, 12, 7)


def november(*known: Case, today: date = LATEST + timedelta(days=1)) -> Worked:
    return worked(NOVEMBER, known, shipped(), Workdays(), today)


def recorded(**fields: object) -> Case:
    """A complaint of 23 November, recorded and acknowledged the same day."""
    one = confirmed(reaction(acknowledged=MONDAY + timedelta(hours=2)))
    made = replace(case(one), concerns=(Concern(0, "organisation.wartezeit"),))
    return replace(made, **fields)  # type: ignore[arg-type]


def test_what_nobody_recorded_does_not_count() -> None:
    """GA 3.3: a suggestion is never a record."""
    found = november(case())

    assert (found.acknowledged, found.answered) == (Share(0, 0), Share(0, 0))


def test_a_case_counts_in_the_month_of_its_arrival() -> None:
    later = worked(Period(date(2026, 12, 1)), [recorded()], shipped(), Workdays(), LATEST)

    assert (november(recorded()).acknowledged, later.acknowledged) == (Share(1, 1), Share(0, 0))


def test_an_acknowledgement_is_in_time_until_the_end_of_the_third_working_day() -> None:
    late = recorded()
    late = replace(
        late, reactions=(replace(late.reactions[0], acknowledged=datetime(2026, 11, 27, 0, 1, tzinfo=BERLIN)),)
    )

    assert november(recorded(), late).acknowledged == Share(1, 2)


def posted(day: date) -> Case:
    said = datetime.combine(day, time(16), tzinfo=BERLIN)
    return recorded(marks=(Mark(Said.POSTED, said, "officer", 1, 2, day, "answer"),))


def test_an_answer_is_in_time_by_the_latest_day_or_the_promised_one() -> None:
    """GA 3.5.2: 14 days, or the day an interim notice named."""
    in_time, late = posted(LATEST), posted(LATEST + timedelta(days=1))
    promised = replace(late, clocks=(Clock("interim", LATEST + timedelta(days=3), MONDAY),))

    assert november(in_time).answered == Share(1, 1)
    assert november(late).answered == Share(0, 1)
    assert november(promised).answered == Share(1, 1)


def test_an_answer_by_mail_counts_as_well_and_what_is_not_over_is_not_counted() -> None:
    sent = Dispatch(1, "E-7K2F", "answer", "answer 2", CITIZEN, Delivery.SENT, MONDAY + timedelta(days=2))

    assert november(recorded(dispatches=(sent,))).answered == Share(1, 1)
    assert november(recorded(dispatches=(replace(sent, returned=True),))).answered == Share(0, 1)
    assert november(recorded(), today=LATEST).answered == Share(0, 0)


def test_half_of_the_answers_came_within_so_many_days() -> None:
    found = november(*(posted(MONDAY.date() + timedelta(days=n)) for n in (2, 9, 30)), recorded())

    assert found.median_days == 9
    assert november(recorded()).median_days is None


def test_a_stage_counts_once_a_case() -> None:
    stages = (Stage(2, MONDAY, "officer"), Stage(3, MONDAY, "officer"), Stage(3, MONDAY, "officer"))

    assert november(recorded(stages=stages)).stages == ((1, 0), (2, 1), (3, 1), (4, 0))


# --- groups ---

FORM = shipped()
OCTOBER_2025 = date(2025, 10, 1)


def table(made: Stock, title: str) -> dict[str, Line]:
    _, groups = tables(made, kinds(FORM, str))
    return {line.name: line for line in next(g for g in groups if g.title == title).lines}


def each_month(count: int, months: int = 13, **fields: str) -> list[Arrival]:
    """So many in each month before November 2026."""
    firsts = [following(NOVEMBER.first, -back) for back in range(1, months + 1)]
    return [arrival(first.replace(day=1 + n), **fields) for first in firsts for n in range(count)]


def this_month(count: int, **fields: str) -> list[Arrival]:
    return [arrival(date(2026, 11, 1 + n % 30), **fields) for n in range(count)]


def test_every_division_counts_every_arrival_by_its_german_name() -> None:
    total, groups = tables(stock(this_month(7)), kinds(FORM, lambda unit: f"Team {unit}"))

    assert total.now == 7
    assert {g.title: [(x.name, x.now) for x in g.lines] for g in groups} == {
        "Art": [("Beschwerde", 7)],
        "Kategoriengruppe": [("Organisation", 7)],
        "Org.-Einheit": [("Team 515", 7)],
        "Kundengruppe": [("AN", 7)],
        "Form": [("E-Mail", 7)],
    }


def test_a_month_stands_beside_the_twelve_before_and_the_same_month_last_year() -> None:
    last_year = [arrival(date(2025, 11, 5)) for _ in range(9)]
    line = table(stock([*each_month(6, 11), *last_year, *this_month(8)], began=OCTOBER_2025), "Art")["Beschwerde"]

    assert (line.now, line.before, line.last_year) == (8, round((11 * 6 + 9) / 12), 9)


def test_months_before_the_records_began_are_not_taken_for_quiet_ones() -> None:
    found = stock([*each_month(8, 3), *this_month(8)], began=date(2026, 8, 1))

    assert [p.first.month for p in found.before] == [10, 9, 8]
    assert table(found, "Art")["Beschwerde"].before == 8
    assert table(found, "Art")["Beschwerde"].last_year == "–"


def test_a_single_month_before_is_hidden_as_in_its_own_report() -> None:
    """Ten in all, eight and two: without the eight hidden as well, the two could be worked out."""
    before = [*each_month(8, 1), *each_month(2, 1, type="lob")]
    lines = table(stock([*before, *this_month(9), *this_month(6, type="lob")], began=date(2026, 10, 1)), "Art")

    assert {name: line.before for name, line in lines.items()} == {"Beschwerde": HIDDEN, "Lob": FEW}


def test_a_rise_is_said_to_be_more_than_chance_or_not() -> None:
    """Thirty against a mean of six is; eight is not; a fall is no rise."""
    found = [*each_month(6), *each_month(6, type="lob"), *each_month(20, type="idee")]
    found += [*this_month(30), *this_month(8, type="lob"), *this_month(10, type="idee")]
    lines = table(stock(found, began=OCTOBER_2025), "Art")

    assert lines["Beschwerde"].verdict == "mehr als Zufall"
    assert lines["Lob"].verdict == "kann Zufall sein"
    assert lines["Idee/Anregung"].verdict == ""


def test_of_many_groups_one_that_rises_a_little_may_be_chance() -> None:
    """Fifteen against a mean of six is rare by itself, not among forty."""
    units = [x for n in range(40) for x in (*each_month(6, unit=f"u{n}"), *this_month(6, unit=f"u{n}"))]
    alone = [*each_month(6, unit="x"), *this_month(15, unit="x")]
    among = table(stock([*units, *alone], began=OCTOBER_2025), "Org.-Einheit")

    assert among["x"].verdict == "kann Zufall sein"
    assert table(stock(alone, began=OCTOBER_2025), "Org.-Einheit")["x"].verdict == "mehr als Zufall"


def test_small_groups_stand_without_number_and_without_verdict() -> None:
    found = [*this_month(9), *this_month(3, type="lob"), *this_month(2, type="idee")]
    lines = table(stock(found, began=OCTOBER_2025), "Art")

    assert [(x.name, x.now) for x in lines.values()] == [("Beschwerde", 9), ("Idee/Anregung", FEW), ("Lob", FEW)]
    assert lines["Lob"].verdict == ""


def test_a_month_that_is_not_over_is_compared_by_its_days() -> None:
    """Ten in ten days against thirty a month are as many as ever."""
    half = stock([*each_month(28), *this_month(10)], began=OCTOBER_2025, today=date(2026, 11, 10))
    late = stock([*each_month(28), *this_month(28)], began=OCTOBER_2025, today=date(2026, 11, 10))

    assert table(half, "Art")["Beschwerde"].verdict in ("", "kann Zufall sein")
    assert table(late, "Art")["Beschwerde"].verdict == "mehr als Zufall"


def test_a_year_stands_beside_the_year_before() -> None:
    year = Period(date(2026, 1, 1), 12)
    found = stock([*each_month(6, 22), *this_month(6)], year, began=date(2025, 1, 1))

    assert [p.first.year for p in found.before] == [2025]
    assert (table(found, "Art")["Beschwerde"].now, table(found, "Art")["Beschwerde"].before) == (66, 72)


# --- what the program suggested ---


def test_the_programs_suggestions_are_held_against_the_most_frequent_type() -> None:
    praise = judged("lob")
    taken = [recorded() for _ in range(6)]
    wrong = replace(recorded(), reactions=(confirmed(reaction(suggestion=praise), type="beschwerde"),))
    aside = replace(case(reaction(outside="spam")), state=State.NOT_KRM)
    _, (types, *_) = tables(stock(this_month(7)), kinds(FORM, str))

    found = hit_rate(NOVEMBER, [*taken, wrong, aside], FORM, types)
    assert found == Hits(of=8, type_right=6, unchanged=6, ordinary=7)


def test_and_not_where_that_would_tell_a_hidden_number() -> None:
    _, (types, *_) = tables(stock(this_month(2)), kinds(FORM, str))

    assert hit_rate(NOVEMBER, [recorded(), recorded()], FORM, types).ordinary == HIDDEN


def test_a_category_of_an_older_form_is_counted_too() -> None:
    found = [*this_month(7), *this_month(6, category="formerly.known")]

    assert [(x.name, x.now) for x in table(stock(found), "Kategoriengruppe").values()] == [
        ("Organisation", 7),
        ("formerly.known", 6),
    ]
