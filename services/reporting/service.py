"""Reporting by bus and by clock: its table of contents."""

from __future__ import annotations

from typing import ClassVar

from shared.bus.entrypoints import consume
from shared.bus.service import BusService
from shared.bus.worker import Batch


class ReportingService(BusService):
    """What reaches reporting. By the clock: returns whose facts changed are reported."""

    name: ClassVar[str] = "reporting"

    @consume("reporting.workforce")
    def workforce(self, batch: Batch) -> int:
        """Who is employed where, as facts."""
        return self.worker.receive("reporting.workforce", batch)

    @consume("reporting.leave")
    def leave(self, batch: Batch) -> int:
        """Notices, and days taken and corrected, as facts."""
        return self.worker.receive("reporting.leave", batch)

    @consume("reporting.passport")
    def passport(self, batch: Batch) -> int:
        """Passports agreed, reviewed and ended, as facts."""
        return self.worker.receive("reporting.passport", batch)

    @consume("reporting.accreditation")
    def accreditation(self, batch: Batch) -> int:
        """Training, provisions and awards, as facts."""
        return self.worker.receive("reporting.accreditation", batch)

    @consume("reporting.centre")
    def centre(self, batch: Batch) -> int:
        """Departments' returns, for the centre."""
        return self.worker.receive("reporting.centre", batch)
