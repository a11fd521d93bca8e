"""Payroll by bus and by clock: its table of contents."""

from __future__ import annotations

from typing import ClassVar

from shared.bus.entrypoints import consume
from shared.bus.service import BusService
from shared.bus.worker import Batch


class PayrollService(BusService):
    """What reaches payroll."""

    name: ClassVar[str] = "payroll"

    @consume("payroll.people")
    def people(self, batch: Batch) -> int:
        """Who works where, from workforce."""
        return self.worker.receive("payroll.people", batch)

    @consume("payroll.leave")
    def leave(self, batch: Batch) -> int:
        """Days taken and corrected become totals."""
        return self.worker.receive("payroll.leave", batch)
