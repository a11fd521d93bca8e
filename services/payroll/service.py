"""Payroll by bus and by clock: its table of contents."""

from __future__ import annotations

from typing import ClassVar

from shared.bus.entrypoints import consume, every, follow, relay
from shared.bus.worker import Batch, Worker


class PayrollService:
    """What reaches payroll."""

    name: ClassVar[str] = "payroll"
    worker: ClassVar[Worker]

    @relay
    def publish(self) -> int:
        """Publish the log."""
        return self.worker.publish()

    @follow
    def project(self) -> int:
        """Fold the own log into the lists."""
        return self.worker.project()

    @consume("payroll.people")
    def people(self, batch: Batch) -> int:
        """Who works where, from workforce."""
        return self.worker.receive("payroll.people", batch)

    @consume("payroll.leave")
    def leave(self, batch: Batch) -> int:
        """Days taken and corrected become totals."""
        return self.worker.receive("payroll.leave", batch)

    @every(1.0)
    def retry(self) -> int:
        """Try again what failed."""
        return self.worker.due()
