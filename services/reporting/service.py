"""Reporting by bus and by clock: its table of contents."""

from __future__ import annotations

from typing import ClassVar

from shared.bus.entrypoints import consume, every, follow, relay
from shared.bus.worker import Batch, Worker


class ReportingService:
    """What reaches reporting."""

    name: ClassVar[str] = "reporting"
    worker: ClassVar[Worker]

    @relay
    def publish(self) -> int:
        """Publish the log: returns, for the centre."""
        return self.worker.publish()

    @follow
    def project(self) -> int:
        """Fold the own log into the department's returns."""
        return self.worker.project()

    @consume("reporting.workforce")
    def workforce(self, batch: Batch) -> int:
        """Who is employed where, as facts."""
        return self.worker.receive("reporting.workforce", batch)

    @consume("reporting.leave")
    def leave(self, batch: Batch) -> int:
        """Days taken and corrected, as facts."""
        return self.worker.receive("reporting.leave", batch)

    @consume("reporting.centre")
    def centre(self, batch: Batch) -> int:
        """Departments' returns, for the centre."""
        return self.worker.receive("reporting.centre", batch)

    @every(1.0)
    def due(self) -> int:
        """Try again what failed, and report the returns whose facts changed."""
        return self.worker.due()
