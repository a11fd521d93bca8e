"""What in reporting happens next, from the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.reporting.domain.months import has_settled, next_release, next_settled, release_days
from tests.reporting.conftest import Rig

DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(800)]


def test_without_anything_to_report_nothing_happens(rig: Rig) -> None:
    assert rig.wiring.upcoming() == []


def test_the_next_complete_month_and_the_next_release_are_foretold(rig: Rig) -> None:
    rig.employ(1)
    rig.settle()
    assert [(item.on.isoformat(), item.what) for item in rig.wiring.upcoming()] == [
        ("2026-12-02", "the returns for November 2026 are complete"),
        ("2027-02-01", "the centre releases the figures up to December 2026"),
    ]


@pytest.mark.parametrize("day", DAYS[::7])
def test_a_month_has_settled_on_the_day_that_is_foretold_and_not_before(day: date) -> None:
    on, month = next_settled(day)
    assert day < on <= day + timedelta(days=33)
    assert has_settled(month, on)
    assert not has_settled(month, on - timedelta(days=1))


@pytest.mark.parametrize("day", DAYS[::7])
def test_a_release_comes_on_the_day_that_is_foretold_and_not_before(day: date) -> None:
    on, _ = next_release(day)
    assert on > day
    month = next_release(day)[1]
    assert next(release_days(month, on)) == on
    assert list(release_days(month, on - timedelta(days=1))) == []
