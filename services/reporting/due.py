"""What the clock makes due: returns whose facts changed, computed and reported."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Final

from services.reporting.domain.commands import ReportProgress
from services.reporting.read.due_returns import DueReturns
from shared.kernel.clock import today
from shared.kernel.errors import CarersError
from shared.runtime.telemetry import log
from shared.runtime.wiring import Wiring
from shared.store.application import CommandKey, command_digest

_BATCH: Final = 50
_LONG: Final = 0.25


class ReturnsDue:
    """Reports every due return."""

    def __init__(self) -> None:
        self._returns = DueReturns()

    def __call__(self, wiring: Wiring) -> int:
        """Report what is due; answers how many revisions were recorded. What is refused is tried again next time."""
        return sum(_report(wiring, reports) for reports in self._found(wiring))

    def _found(self, wiring: Wiring) -> Iterator[list[ReportProgress]]:
        with wiring.reading() as connection:
            for reports in self._returns.find(connection, today(wiring.clock)):
                yield reports
                time.sleep(0)  # between organisations the worker's other threads have their turn


def _report(wiring: Wiring, reports: list[ReportProgress]) -> int:
    recorded = 0
    for start in range(0, len(reports), _BATCH):
        items = [(report, _key(report)) for report in reports[start : start + _BATCH]]
        for answer in wiring.application.execute_batch(items):
            if isinstance(answer, CarersError):
                log.warning("return-not-reported", error=answer.code_)
            else:
                recorded += bool(answer.position and not answer.repeated)
    return recorded


def _key(report: ReportProgress) -> CommandKey:
    """The same computation after the same revision is reported once; any other one is another command."""
    digest = command_digest(report)[:32]
    return CommandKey(f"{report.organisation}/clock/ReportProgress", f"due:return:{report.month}:{digest}")
