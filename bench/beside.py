"""A command's longest waits in the web process, alone and beside workers that fold a backlog."""

from __future__ import annotations

import time
from itertools import count

from bench.backlog import Accounts
from bench.chain import WORKERS, append, applied, start_workers
from bench.people import Carers
from bench.places import Place, place
from bench.report import Report
from bench.rounds import quantile, seconds
from bench.scale import Scale

RATIO = 5.0
MILLISECONDS = 50.0

_PAUSE = 0.005
_FIRST = 10**7
"""Accounts of the commands have other numbers than those of the backlog."""


def measure(scale: Scale, report: Report, where: str) -> None:
    """The 99th percentile beside busy workers, as a multiple of the one alone and in milliseconds."""
    with place(where, WORKERS) as here:
        made = Accounts(here["leave"].application.mapper.to_stored_event)
        backlog = made.one_after_another(range(scale.busy_accounts))
        commands = 3 * scale.commands
        carers = Carers(here["leave"], range(_FIRST, _FIRST + 3 * commands))
        start_workers(here, made)
        numbers = count(_FIRST)
        alone = [_give(here, carers, next(numbers)) for _ in range(commands)]
        last = append(here, backlog)
        busy = []
        while len(busy) < 2 * commands and applied(here) < last:
            busy.append(_give(here, carers, next(numbers)))
        p99_alone, p99_busy = quantile(alone, 0.99) * 1000, quantile(busy, 0.99) * 1000
        detail = f"p50 {quantile(alone, 0.5) * 1000:.1f} → {quantile(busy, 0.5) * 1000:.1f} ms, "
        detail += f"p99 {p99_alone:.1f} → {p99_busy:.1f} ms; {len(alone)} and {len(busy)} commands"
        report.at_most("command p99 beside a busy worker", where, p99_busy / p99_alone, RATIO, "x", detail)
        report.at_most("the same in milliseconds", where, p99_busy, MILLISECONDS, "ms")


def _give(here: Place, carers: Carers, number: int) -> float:
    command, key = carers.notice(number)
    took = seconds(lambda: here["leave"].application.execute(command, key))
    time.sleep(_PAUSE)
    return took
