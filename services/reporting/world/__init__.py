"""What reporting does in a world: its own timer makes the returns, each quarter and when the newcomer arrives.

Two organisations put their returns on hold: one reports a quarter late, one has stopped.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from services.reporting.domain.commands import HoldReturns, ResumeReturns
from services.reporting.domain.months import ends_quarter, first_release
from services.reporting.read.tables import returns
from shared.demonstration.plan import Plan
from shared.kernel.clock import start_of_day
from shared.kernel.periods import month_of
from shared.runtime.wiring import Wiring
from shared.store.commands import CommandKey

LATE: Final = "uk-statistics-authority"
"""Checks its figures for a quarter: the returns of that quarter come with those of the next."""

STOPPED: Final = "ministry-of-defence"
"""Has its records moved, and has reported nothing since."""

_LATE_FROM, _STOPPED_FROM = -4, -3
"""Before which of the quarterly looks they put their returns on hold, counted from the last one."""

_BEFORE_RELEASE: Final = timedelta(seconds=30)
"""How long before a release its returns are made: late on its eve, so that the release, and a board as known on that
day, have everything that was recorded until then."""


def looks(plan: Plan) -> Iterator[datetime]:
    """The eve of each quarter's release, and the story's end."""
    yield from quarterly(plan)
    yield plan.ends


def quarterly(plan: Plan) -> Iterator[datetime]:
    """Late on the eve of each quarter's release."""
    for month in map(month_of, plan.months()):
        instant = start_of_day(first_release(month)) - _BEFORE_RELEASE
        if ends_quarter(month) and instant < plan.ends:
            yield instant


def prepare(wiring: Wiring, plan: Plan) -> None:
    """Let the organisations whose turn it is put their returns on hold, or let them go on."""
    now = wiring.clock.now()
    for command in _told(plan).get(now, ()):
        if _has_returns(wiring, command.organisation):
            scope = f"{command.organisation}/{command.by}/{type(command).__name__}"
            wiring.application.execute(command, CommandKey(scope, f"world:{now.isoformat()}"))


def look(wiring: Wiring) -> None:
    """Let the timer make every return that is due under the clock."""
    assert wiring.due is not None
    wiring.due(wiring)


def _told(plan: Plan) -> dict[datetime, list[HoldReturns | ResumeReturns]]:
    """By the instant of a look, what is decided just before it; nothing in a world that is too young for it."""
    quarters = list(quarterly(plan))
    if len(quarters) < -_LATE_FROM:
        return {}
    told: dict[datetime, list[HoldReturns | ResumeReturns]] = {each: [] for each in quarters}
    told[quarters[_LATE_FROM]].append(HoldReturns(LATE, "figures-checked", "system"))
    told[quarters[_LATE_FROM + 1]].append(ResumeReturns(LATE, "system"))
    told[quarters[_STOPPED_FROM]].append(HoldReturns(STOPPED, "records-moving", "system"))
    return told


def _has_returns(wiring: Wiring, organisation: str) -> bool:
    with wiring.reading() as connection:
        chosen = select(returns.c.organisation).where(returns.c.organisation == organisation).limit(1)
        return connection.execute(chosen).first() is not None
