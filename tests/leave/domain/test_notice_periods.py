"""How early notice must be given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.leave.domain.law import LAWS
from services.leave.domain.notice_periods import notice_period, postponement_deadline

LAW = LAWS[0]
STRICT = replace(LAW, published_readings_waived=False)


def test_one_day_by_the_text_needs_notice_before_the_third_day_before_it() -> None:
    friday = date(2026, 3, 13)
    latest = notice_period(["whole"], LAW).latest(friday)
    assert latest == {"text": date(2026, 3, 9), "acas": date(2026, 3, 10), "govuk": date(2026, 3, 10)}


def test_two_days_by_the_text_need_notice_before_the_fourth_day_before_them() -> None:
    latest = notice_period(["whole", "whole"], LAW).latest(date(2026, 3, 12))
    assert latest == {"text": date(2026, 3, 7), "acas": date(2026, 3, 8), "govuk": date(2026, 3, 8)}


@pytest.mark.parametrize(
    ("halves", "days"),
    [(1, 3), (2, 3), (3, 4), (4, 4), (5, 6), (6, 6), (7, 8), (8, 8), (9, 10), (10, 10), (12, 12)],
)
def test_acas_counts_by_total_duration(halves: int, days: int) -> None:
    whole, half = divmod(halves, 2)
    assert notice_period(["whole"] * whole + ["am"] * half, LAW).acas == days


@pytest.mark.parametrize(("parts", "days"), [(["am"], 3), (["whole", "am"], 3), (["whole"] * 2 + ["am"], 5)])
def test_govuk_doubles_the_duration_and_asks_for_three_days_at_least(parts: list[str], days: int) -> None:
    assert notice_period(parts, LAW).govuk == days


def test_each_part_day_counts_as_one_by_the_text() -> None:
    assert notice_period(["am"] * 4, LAW).text == 9
    assert notice_period(["am"] * 4, LAW).acas == 4


@given(st.lists(st.sampled_from(["whole", "am", "pm", "half"]), min_size=1, max_size=30))
def test_the_text_is_never_kinder_than_what_is_published(parts: list[str]) -> None:
    period = notice_period(parts, LAW)
    assert period.text > max(period.acas, period.govuk)
    assert period.days(LAW) == min(period.acas, period.govuk, period.text)
    assert period.days(STRICT) == period.text


@pytest.mark.parametrize(
    ("given_on", "first_day", "deadline"),
    [
        (date(2026, 3, 2), date(2026, 3, 30), date(2026, 3, 9)),
        (date(2026, 3, 2), date(2026, 3, 6), date(2026, 3, 5)),
        (date(2026, 3, 2), date(2026, 3, 10), date(2026, 3, 9)),
        (date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 1)),
    ],
)
def test_a_postponement_is_possible_for_a_week_but_not_on_the_first_day(
    given_on: date, first_day: date, deadline: date
) -> None:
    assert postponement_deadline(given_on, first_day, LAW) == deadline
