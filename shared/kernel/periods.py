"""Calendar months, spans of days and the rolling window, on plain dates. A span includes both of its ends."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from shared.kernel.errors import InvalidError

DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Span:
    """The days from ``first`` to ``last``, both included. Raises InvalidError where the last is before the first."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InvalidError(f"A period from {self.first} cannot end on {self.last}.", code="bad-period")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __len__(self) -> int:
        """How many calendar days it has."""
        return (self.last - self.first).days + 1

    def __iter__(self) -> Iterator[date]:
        """Its days, first to last."""
        return (self.first + timedelta(days=offset) for offset in range(len(self)))

    def overlaps(self, other: Span) -> bool:
        """Whether any day is in both."""
        return self.first <= other.last and other.first <= self.last


def add_months(day: date, months: int) -> date:
    """The same day of the month that many calendar months later (or earlier), clamped to that month's end.

    >>> add_months(date(2028, 2, 29), 12)
    datetime.date(2029, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def rolling_window(last: date, months: int = 12) -> Span:
    """The window (last − months, last]: after that many calendar months before the day, up to and with the day."""
    return Span(add_months(last, -months) + DAY, last)


def leaves_window_on(day: date, months: int = 12) -> date:
    """The first day whose rolling window no longer holds the given day: when time used that day comes back.

    >>> leaves_window_on(date(2025, 3, 10))
    datetime.date(2026, 3, 10)
    >>> leaves_window_on(date(2028, 2, 29))
    datetime.date(2029, 3, 1)
    """
    back = add_months(day, months)
    return back if add_months(back, -months) >= day else back + DAY


def month_of(day: date) -> str:
    """The day's calendar month as text, "2026-11"."""
    return f"{day.year:04d}-{day.month:02d}"


@lru_cache(maxsize=1024)
def month_span(month: str) -> Span:
    """The days of a calendar month named like "2026-11". Raises InvalidError for anything else."""
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", month) or month.startswith("0000"):
        raise InvalidError(f"'{month}' is not a month. Write it like 2026-11.", code="bad-month")
    first = date(int(month[:4]), int(month[5:]), 1)
    return Span(first, date(first.year, first.month, calendar.monthrange(first.year, first.month)[1]))
