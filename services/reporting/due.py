"""What the clock makes due: returns whose facts changed, computed and reported."""

from __future__ import annotations

import time
from collections.abc import Iterator

from services.reporting.domain.commands import ReportProgress
from services.reporting.read.due_returns import DueReturns
from shared.kernel.clock import today
from shared.runtime.due import DueItem, send
from shared.runtime.wiring import Wiring
from shared.store.application import command_digest


class ReturnsDue:
    """Reports every due return."""

    def __init__(self) -> None:
        self._returns = DueReturns()

    def __call__(self, wiring: Wiring) -> int:
        """Report what is due; answers how many revisions were recorded. What is refused is tried again next time."""
        return sum(send(wiring.application, items).done for items in self._found(wiring))

    def _found(self, wiring: Wiring) -> Iterator[list[DueItem]]:
        with wiring.reading() as connection:
            for reports in self._returns.find(connection, today(wiring.clock)):
                yield [_due(report) for report in reports]
                time.sleep(0)  # between organisations the worker's other threads have their turn


def _due(report: ReportProgress) -> DueItem:
    """The same computation after the same revision is reported once; any other one is another command."""
    return DueItem(report.organisation, f"due:return:{report.month}:{command_digest(report)[:32]}", report)
