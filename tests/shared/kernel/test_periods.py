"""Calendar months, spans and the rolling window."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.errors import InvalidError
from shared.kernel.periods import Span, add_months, leaves_window_on, month_of, month_span, rolling_window

DAYS = st.dates(min_value=date(1910, 1, 1), max_value=date(2190, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), -12, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 3, 31), 0, date(2026, 3, 31)),
    ],
)
def test_months_are_added_on_the_calendar_and_clamped_to_the_months_end(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(DAYS, st.integers(min_value=-600, max_value=600))
def test_adding_months_lands_in_that_month_and_never_on_a_later_day_of_it(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1


def test_a_rolling_window_starts_after_the_same_day_twelve_months_before() -> None:
    assert rolling_window(date(2026, 3, 9)) == Span(date(2025, 3, 10), date(2026, 3, 9))


@pytest.mark.parametrize(
    ("used", "back"),
    [
        (date(2025, 3, 10), date(2026, 3, 10)),
        (date(2028, 2, 29), date(2029, 3, 1)),
        (date(2028, 2, 28), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)),
    ],
)
def test_time_comes_back_on_the_first_day_whose_window_is_past_it(used: date, back: date) -> None:
    assert leaves_window_on(used) == back


@given(DAYS)
def test_a_day_is_in_every_window_until_it_leaves_and_in_none_after(used: date) -> None:
    back = leaves_window_on(used)
    last = used
    while last < back:
        assert used in rolling_window(last)
        last += timedelta(days=1)
    assert all(used not in rolling_window(back + timedelta(days=later)) for later in range(40))


@given(DAYS)
def test_windows_move_forward_only(last: date) -> None:
    following = rolling_window(last + timedelta(days=1))
    assert following.first >= rolling_window(last).first


def test_a_span_holds_both_its_ends_and_counts_them() -> None:
    span = Span(date(2026, 3, 9), date(2026, 3, 13))
    assert date(2026, 3, 9) in span
    assert date(2026, 3, 13) in span
    assert date(2026, 3, 14) not in span
    assert len(span) == 5
    assert list(span)[-1] == date(2026, 3, 13)


def test_spans_that_share_a_single_day_overlap() -> None:
    span = Span(date(2026, 3, 9), date(2026, 3, 13))
    assert span.overlaps(Span(date(2026, 3, 13), date(2026, 3, 20)))
    assert not span.overlaps(Span(date(2026, 3, 14), date(2026, 3, 20)))


def test_a_span_cannot_end_before_it_begins() -> None:
    with pytest.raises(InvalidError):
        Span(date(2026, 3, 9), date(2026, 3, 8))


def test_a_month_reads_back_as_its_days() -> None:
    assert month_span("2028-02") == Span(date(2028, 2, 1), date(2028, 2, 29))
    assert month_of(date(2028, 2, 29)) == "2028-02"


@given(DAYS)
def test_every_day_lies_in_its_own_month(day: date) -> None:
    assert day in month_span(month_of(day))


@pytest.mark.parametrize(
    "text", ["2026", "2026-13", "2026-00", "26-01", "2026-1", "0000-01", "2026-01\n", "２０２６-01"]
)
def test_other_text_is_not_a_month(text: str) -> None:
    with pytest.raises(InvalidError):
        month_span(text)
