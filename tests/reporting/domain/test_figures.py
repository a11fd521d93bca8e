"""Figures, against counting the slow way and by example."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.reporting.domain.catalogue import figures_json, parse_figures
from services.reporting.domain.facts import DayFact, EmploymentFact, Spell, spells
from services.reporting.domain.figures import Figures, Flow
from services.reporting.domain.leave_taken import leave_taken, paid_share, uptake, volume
from tests.reporting.domain.histories import ORGANISATIONS, Event, History, histories, slow_figures

WORKS, RIVERS = ORGANISATIONS


def employment_facts(workforce: Iterable[Event]) -> list[EmploymentFact]:
    """Workforce's statements as facts."""
    return [
        EmploymentFact(
            event["data"]["employment"],
            event["subject"],
            event["organisation"],
            _day(event["data"].get("effective_from")),
            _day(event["data"].get("starts")),
            _day(event["data"]["ends"]),
            Fraction(event["data"].get("fte", 0)),
            event["data"].get("status", ""),
            event["position"],
        )
        for event in workforce
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def day_facts(leave: Iterable[Event], organisation: str) -> list[DayFact]:
    """The last word on each day of the organisation's leave."""
    last = {(event["data"]["notice"], event["data"]["date"]): event for event in leave}
    return [
        DayFact(
            event["subject"],
            date.fromisoformat(event["data"]["date"]),
            *(Fraction(event["data"][name]) for name in ("minutes", "paid_minutes", "full_time_minutes")),
        )
        for event in last.values()
        if event["organisation"] == organisation
    ]


@settings(deadline=None, max_examples=60)
@given(histories(), st.sampled_from(ORGANISATIONS), st.randoms())
def test_figures_equal_those_counted_day_by_day_in_whatever_order_the_facts_come(
    history: History, organisation: str, random: Any
) -> None:
    months = ["2025-11", "2026-02", "2026-12"]
    employments = employment_facts(history.workforce)
    days = day_facts(history.leave, organisation)
    random.shuffle(employments)
    random.shuffle(days)
    figures = leave_taken(months, spells(employments, organisation), days)
    for month in months:
        counted = slow_figures(history, organisation, month)
        assert asdict(figures[month]) == counted | {"measures": {}}, month


@settings(deadline=None, max_examples=60)
@given(histories(), st.sampled_from(ORGANISATIONS))
def test_a_months_figures_are_the_same_computed_alone_or_with_others(history: History, organisation: str) -> None:
    held = list(spells(employment_facts(history.workforce), organisation))
    days = day_facts(history.leave, organisation)
    together = leave_taken(["2026-03", "2026-11"], held, days)
    assert leave_taken(["2026-11"], held, days)["2026-11"] == together["2026-11"]


@settings(deadline=None, max_examples=60)
@given(histories(), st.sampled_from(ORGANISATIONS))
def test_figures_survive_their_json(history: History, organisation: str) -> None:
    figures = leave_taken(
        ["2026-06"],
        spells(employment_facts(history.workforce), organisation),
        day_facts(history.leave, organisation),
    )["2026-06"]
    assert parse_figures(figures_json(figures)) == figures


def person(name: str, first: date, last: date | None = None, fte: str = "1/1") -> Spell:
    return Spell(name, first, last, Fraction(fte))


def day(who: str, on: date, minutes: int = 444, paid: int = 0, week: int = 2220) -> DayFact:
    return DayFact(who, on, Fraction(minutes), Fraction(paid), Fraction(week))


def november(spells_: list[Spell], days: list[DayFact]) -> Figures:
    return leave_taken(["2026-11"], spells_, days)["2026-11"]


def test_no_facts_make_a_return_of_zeros() -> None:
    assert november([], []) == Figures(Flow(), Flow())


def test_a_person_with_two_posts_is_one_person_and_two_ftes() -> None:
    month = november([person("a", date(2026, 1, 1), fte="3/5"), person("a", date(2026, 1, 1), fte="2/5")], []).month
    assert (month.headcount, month.fte) == (1, 1)


def test_somebody_whose_last_day_is_the_months_last_is_counted_and_one_who_starts_next_day_is_not() -> None:
    figures = november([person("a", date(2026, 1, 1), date(2026, 11, 30)), person("b", date(2026, 12, 1))], [])
    assert figures.month.headcount == 1


def test_the_years_headcount_is_the_mean_of_its_twelve_month_ends() -> None:
    figures = november([person("a", date(2020, 1, 1)), person("b", date(2026, 9, 15))], [])
    assert figures.year.headcount == Fraction(12 + 3, 12)


def test_months_before_an_organisation_had_anybody_do_not_thin_out_its_mean() -> None:
    figures = november([person("a", date(2026, 9, 15)), person("b", date(2026, 11, 2))], [])
    assert figures.year.headcount == Fraction(1 + 1 + 2, 3)


def test_months_after_everybody_left_count_as_empty() -> None:
    figures = november([person("a", date(2020, 1, 1), date(2026, 8, 31))], [])
    assert (figures.month.headcount, figures.year.headcount) == (0, Fraction(9, 12))


def test_a_day_is_a_fifth_of_the_full_time_week_whatever_the_pattern() -> None:
    figures = november([], [day("a", date(2026, 11, 9), minutes=555)])
    assert figures.month.days == Fraction(555, 444)


def test_half_a_day_is_half_a_day() -> None:
    assert november([], [day("a", date(2026, 11, 9), minutes=222)]).month.days == Fraction(1, 2)


def test_a_person_with_leave_in_two_months_is_counted_once_over_the_year() -> None:
    figures = november([], [day("a", date(2026, 10, 30)), day("a", date(2026, 11, 2)), day("b", date(2025, 12, 1))])
    assert (figures.month.people, figures.year.people) == (1, 2)
    assert (figures.month.days, figures.year.days) == (1, 3)


def test_a_day_thirteen_months_ago_is_outside_the_rolling_year() -> None:
    assert november([], [day("a", date(2025, 11, 30))]).year.people == 0


def test_a_day_corrected_to_nothing_counts_nobody() -> None:
    assert november([], [day("a", date(2026, 11, 9), minutes=0)]).month == Flow()


def test_paid_and_unpaid_minutes_of_one_day_are_told_apart() -> None:
    month = november([], [day("a", date(2026, 11, 9), paid=111), day("b", date(2026, 11, 9), paid=444)]).month
    assert (month.paid_days, month.unpaid_days) == (Fraction(5, 4), Fraction(3, 4))
    assert (month.paid_people, month.unpaid_people) == (2, 1)
    assert (month.largest, month.largest_paid, month.largest_unpaid) == (1, 1, Fraction(3, 4))


def test_rates_divide_each_by_its_own_denominator() -> None:
    flow = Flow(headcount=Fraction(200), fte=Fraction(160), people=10, days=Fraction(40), paid_days=Fraction(10))
    assert uptake(flow).value == Fraction(1, 20)
    assert volume(flow).value == Fraction(1, 4)
    assert paid_share(flow).value == Fraction(1, 4)


def test_a_rate_over_nothing_is_not_applicable() -> None:
    assert paid_share(Flow()).value is None


def test_a_move_to_another_organisation_ends_the_spell_here_on_the_day_before() -> None:
    facts = [
        employment("2026-01-01", WORKS, position=2),
        employment("2026-06-10", RIVERS, position=4),
    ]
    assert [(spell.first, spell.last) for spell in spells(facts, WORKS)] == [(date(2026, 1, 1), date(2026, 6, 9))]
    assert [(spell.first, spell.last) for spell in spells(facts, RIVERS)] == [(date(2026, 6, 10), None)]


def test_an_end_said_before_its_employment_began_leaves_no_spell() -> None:
    facts = [employment("2026-03-01", WORKS, position=2), employment("", WORKS, ends="2026-02-01", position=4)]
    assert list(spells(facts, WORKS)) == []


def test_an_end_is_taken_back_by_a_later_statement_without_one() -> None:
    facts = [
        employment("2026-01-01", WORKS, position=2),
        employment("", WORKS, ends="2026-02-01", position=4),
        employment("2026-01-15", WORKS, position=6),
    ]
    assert [spell.last for spell in spells(facts, WORKS)] == [date(2026, 1, 14), None]


@pytest.mark.parametrize(("status", "counted"), [("employee", 1), ("worker", 1), ("agency", 0), ("volunteer", 0)])
def test_headcount_is_of_those_on_the_organisations_payroll(status: str, counted: int) -> None:
    assert len(list(spells([employment("2026-01-01", WORKS, status=status, position=2)], WORKS))) == counted


def employment(
    effective: str, organisation: str, *, position: int, ends: str = "", status: str = "employee"
) -> EmploymentFact:
    start = _day(effective)
    return EmploymentFact("e", "a", organisation, start, start, _day(ends), Fraction(1), status, position)
