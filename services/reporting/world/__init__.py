"""What reporting does in a world: its own timer makes the returns, each quarter and when the newcomer arrives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from services.reporting.domain.months import ends_quarter
from shared.demonstration.plan import Plan
from shared.kernel.clock import start_of_day
from shared.kernel.periods import add_months, month_of
from shared.process.wiring import Wiring

_AFTER: Final = timedelta(days=19, hours=6)
"""From the end of a quarter to its returns: the last month has settled, and its release is to come."""


def looks(plan: Plan) -> Iterator[datetime]:
    """An instant after the end of each quarter, and the story's end."""
    for month in plan.months():
        instant = start_of_day(add_months(month, 1)) + _AFTER
        if ends_quarter(month_of(month)) and instant < plan.ends:
            yield instant
    yield plan.ends


def look(wiring: Wiring) -> None:
    """Let the timer make every return that is due under the clock."""
    assert wiring.due is not None
    wiring.due(wiring)
