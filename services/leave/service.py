"""Leave by bus and by clock: its table of contents."""

from __future__ import annotations

from typing import ClassVar

from shared.bus.entrypoints import consume, every, follow, relay
from shared.bus.worker import Batch, Worker


class LeaveService:
    """What reaches leave."""

    name: ClassVar[str] = "leave"
    worker: ClassVar[Worker]

    @relay
    def publish(self) -> int:
        """Publish the log."""
        return self.worker.publish()

    @follow
    def project(self) -> int:
        """Fold the own log into notices and days."""
        return self.worker.project()

    @consume("leave.people")
    def people(self, batch: Batch) -> int:
        """Who works where, from workforce; and who was forgotten."""
        return self.worker.receive("leave.people", batch)

    @every(1.0)
    def due(self) -> int:
        """Lapse, confirm by silence, take; and try again what failed."""
        return self.worker.due()
