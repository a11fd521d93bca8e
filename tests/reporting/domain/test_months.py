"""Months as reporting counts them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from services.reporting.domain.months import (
    cut_off,
    first_open,
    has_settled,
    is_open,
    month_end,
    months_between,
    plus_months,
    release_days,
    rolling_year,
)
from shared.kernel.errors import InvalidError


def test_a_month_moves_over_years_both_ways() -> None:
    assert plus_months("2026-11", 2) == "2027-01"
    assert plus_months("2026-01", -13) == "2024-12"


def test_months_between_are_none_when_the_last_is_before_the_first() -> None:
    assert list(months_between("2026-12", "2027-02")) == ["2026-12", "2027-01", "2027-02"]
    assert list(months_between("2026-12", "2026-11")) == []


def test_the_rolling_year_is_the_twelve_months_that_end_with_the_month() -> None:
    assert rolling_year("2026-02") == [f"2025-{month:02d}" for month in range(3, 13)] + ["2026-01", "2026-02"]


def test_a_month_ends_on_its_last_day_in_leap_years_too() -> None:
    assert month_end("2028-02") == date(2028, 2, 29)
    assert month_end("2026-11") == date(2026, 11, 30)


def test_a_return_is_open_from_the_months_first_day_for_thirteen_months_after_it() -> None:
    today = date(2026, 11, 1)
    assert first_open(today) == "2025-10"
    assert is_open("2025-10", today)
    assert is_open("2026-11", today)
    assert not is_open("2025-09", today)
    assert not is_open("2026-12", today)


def test_a_month_settles_a_day_after_its_last_days_leave_could_be_recorded() -> None:
    assert not has_settled("2026-11", date(2026, 11, 30))
    assert not has_settled("2026-11", date(2026, 12, 1))
    assert has_settled("2026-11", date(2026, 12, 2))


@pytest.mark.parametrize(
    ("month", "first"),
    [
        ("2026-10", date(2027, 2, 1)),
        ("2026-11", date(2027, 2, 1)),
        ("2026-12", date(2027, 2, 1)),
        ("2027-01", date(2027, 5, 1)),
        ("2027-03", date(2027, 5, 1)),
    ],
)
def test_a_month_is_released_a_month_after_its_quarter_ends(month: str, first: date) -> None:
    assert next(release_days(month, date(2030, 1, 1))) == first
    assert not list(release_days(month, date.fromordinal(first.toordinal() - 1)))


def test_releases_come_at_most_quarterly() -> None:
    days = list(release_days("2026-11", date(2028, 1, 1)))
    assert days == [date(2027, 2, 1), date(2027, 5, 1), date(2027, 8, 1), date(2027, 11, 1)]


def test_a_release_is_cut_off_at_midnight_in_london() -> None:
    assert cut_off(date(2027, 5, 1)) == datetime(2027, 4, 30, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "2026-13", "2026-1", "26-01", "2026-01-01", "2026-0１"])
def test_text_of_another_form_is_no_month(text: str) -> None:
    with pytest.raises(InvalidError):
        plus_months(text, 1)
