"""What the clock will make happen next, by day and kind, about nobody: for the demonstration's date page.

Known to the command line too, so Flask is not needed here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from sqlalchemy import Connection

from shared.kernel.clock import LONDON

_DAY_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Upcoming:
    """Things of one kind that happen automatically on a day.

    ``what``: them and what happens, as a clause without a capital: "2 requests are confirmed automatically".
    """

    on: date
    what: str


Foresee = Callable[[Connection, datetime], Sequence[Upcoming]]
"""A service's ``read/upcoming.py``: the soonest of each kind after an instant of business time."""


def counted(number: int, one: str, many: str) -> str:
    """The clause for so many: ``many`` has ``{number}`` in it.

    >>> counted(1, "a notice ends", "{number} notices end"), counted(1200, "a notice ends", "{number} notices end")
    ('a notice ends', '1,200 notices end')
    """
    return one if number == 1 else many.format(number=f"{number:,}")


def reached_on(instant: datetime, now: datetime) -> date:
    """The date in London on which a clock that moves by whole days from ``now`` has reached the instant.

    >>> from datetime import UTC
    >>> reached_on(datetime(2026, 12, 4, 0, 0, tzinfo=UTC), datetime(2026, 12, 3, 9, 0, tzinfo=UTC))
    datetime.date(2026, 12, 4)
    >>> reached_on(datetime(2026, 12, 4, 12, 0, tzinfo=UTC), datetime(2026, 12, 3, 9, 0, tzinfo=UTC))
    datetime.date(2026, 12, 5)
    """
    days = max(0, ceil((instant - now).total_seconds() / _DAY_SECONDS))
    return (now + timedelta(days=days)).astimezone(LONDON).date()


def soonest(found: Sequence[Upcoming]) -> list[Upcoming]:
    """By day; of one day in the order in which they came."""
    return sorted(found, key=lambda item: item.on)
