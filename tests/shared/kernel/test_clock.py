"""Business time: London's date at every instant, days that begin at London's midnight, a clock that only goes on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from shared.kernel.clock import FixedClock, OffsetClock, start_of_day, today

SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)
"""The Sundays on which the clocks go forward and back."""


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2027, 1, 1, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2027, 3, 31, 22, 59, 59, tzinfo=UTC), date(2027, 3, 31)),
        (datetime(2027, 3, 31, 23, tzinfo=UTC), date(2027, 4, 1)),
        (datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2027, 3, 28, 0, 59, 59, tzinfo=UTC), SPRING),
        (datetime(2027, 3, 28, 22, 59, 59, tzinfo=UTC), SPRING),
        (datetime(2027, 3, 28, 23, tzinfo=UTC), date(2027, 3, 29)),
        (datetime(2026, 10, 24, 23, tzinfo=UTC), AUTUMN),
        (datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC), AUTUMN),
    ],
)
def test_the_date_is_londons(instant: datetime, day: date) -> None:
    assert today(FixedClock(instant)) == day


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2028, 2, 29), 24)])
def test_a_day_is_as_long_as_it_is_in_london(day: date, hours: int) -> None:
    begins, ends = start_of_day(day), start_of_day(day + timedelta(days=1))

    assert ends - begins == timedelta(hours=hours)
    assert today(FixedClock(begins)) == today(FixedClock(ends - timedelta(microseconds=1))) == day
    assert today(FixedClock(ends)) == day + timedelta(days=1)


def test_the_demonstrations_date_moves_by_whole_days_for_every_process(tmp_path: Path) -> None:
    mine, anothers = OffsetClock(tmp_path / "clock"), OffsetClock(tmp_path / "clock")
    with time_machine.travel(datetime(2026, 12, 30, 12, tzinfo=UTC), tick=False):
        assert mine.now() == datetime(2026, 12, 30, 12, tzinfo=UTC)
        mine.advance(2)
        assert mine.now() == anothers.now() == datetime(2027, 1, 1, 12, tzinfo=UTC)
        anothers.advance(3)
        assert mine.now() == datetime(2027, 1, 4, 12, tzinfo=UTC)


def test_the_demonstrations_date_never_goes_back(tmp_path: Path) -> None:
    clock = OffsetClock(tmp_path / "clock")
    clock.advance(2)

    with pytest.raises(ValueError, match="only moves forward"):
        clock.advance(-1)
    assert clock.offset() == 2
