"""Months as reporting counts them: the rolling twelve, how long a return is open, when a quarter is released.

A month is text, "2026-11", so that months compare in calendar order. Months of other forms raise InvalidError.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from shared.kernel.clock import start_of_day
from shared.kernel.periods import DAY, add_months, month_of, month_span

SPAN_MONTHS: Final = 12
"""Months in the rolling year."""

OPEN_MONTHS: Final = 13
"""A return is open for revision this many months after its own."""

SETTLING: Final = timedelta(days=1)
"""A month's last day of leave is recorded as taken after that day ends; the return leaves one day for it."""

_QUARTER: Final = 3
_PREPARING: Final = 1
"""Months from a quarter's end to its release: returns are due on the tenth working day, then it is prepared."""


@lru_cache(maxsize=8192)
def plus_months(month: str, months: int) -> str:
    """The month that many months later, or earlier.

    >>> plus_months("2026-11", 2)
    '2027-01'
    """
    return month_of(add_months(month_span(month).first, months))


def months_between(first: str, last: str) -> Iterator[str]:
    """Every month from the first to the last, both included; none where the last is before the first."""
    month = first
    while month <= last:
        yield month
        month = plus_months(month, 1)


def rolling_year(month: str) -> list[str]:
    """The twelve months that end with this one, earliest first."""
    return list(months_between(plus_months(month, 1 - SPAN_MONTHS), month))


@lru_cache(maxsize=256)
def month_end(month: str) -> date:
    """The month's last day: stocks are taken at the midnight that ends it."""
    return month_span(month).last


def first_open(today: date) -> str:
    """The earliest month whose return may still be revised on this day."""
    return plus_months(month_of(today), -OPEN_MONTHS)


def is_open(month: str, today: date) -> bool:
    """Whether the month has begun and its return may still be made or revised."""
    return first_open(today) <= month <= month_of(today)


def has_settled(month: str, today: date) -> bool:
    """Whether the month is over and its last day's leave has had its day to be recorded."""
    return today > month_end(month) + SETTLING


def ends_quarter(month: str) -> bool:
    """Whether the month is the last of its quarter."""
    return month_span(month).first.month % _QUARTER == 0


def release_days(month: str, today: date) -> Iterator[date]:
    """The days up to today on which a release could hold the month: quarterly, a month after its quarter's end.

    >>> list(release_days("2026-11", date(2027, 5, 1)))
    [datetime.date(2027, 2, 1), datetime.date(2027, 5, 1)]
    """
    day = first_release(month)
    while day <= today:
        yield day
        day = add_months(day, _QUARTER)


def first_release(month: str) -> date:
    """The first day on which a release can hold the month.

    >>> first_release("2026-11")
    datetime.date(2027, 2, 1)
    """
    first = month_span(month).first
    to_quarter_end = -first.month % _QUARTER
    return add_months(first, to_quarter_end + 1 + _PREPARING)


def next_release(today: date) -> tuple[date, str]:
    """The next day after today on which months are released, and the newest month that it can hold.

    >>> next_release(date(2026, 11, 30))
    (datetime.date(2027, 2, 1), '2026-12')
    """
    month = plus_months(month_of(today), -_QUARTER)
    while first_release(month) <= today or not ends_quarter(month):
        month = plus_months(month, 1)
    return first_release(month), month


def next_settled(today: date) -> tuple[date, str]:
    """The next day after today on which a month has just settled, and that month.

    >>> next_settled(date(2026, 12, 1))
    (datetime.date(2026, 12, 2), '2026-11')
    >>> next_settled(date(2026, 12, 2))
    (datetime.date(2027, 1, 2), '2026-12')
    """
    settled = SETTLING + DAY
    month = plus_months(month_of(today), -1)
    if month_end(month) + settled <= today:
        month = month_of(today)
    return month_end(month) + settled, month


def cut_off(release_day: date) -> datetime:
    """The instant before which a return must be known to be in that day's release."""
    return start_of_day(release_day)


def day_end(day: date) -> datetime:
    """The midnight in London that ends a day: what was known on it had been computed before."""
    return start_of_day(day + timedelta(days=1))
