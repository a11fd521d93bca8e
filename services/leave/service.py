"""Leave by bus and by clock: its table of contents."""

from __future__ import annotations

from typing import ClassVar

from shared.bus.entrypoints import consume
from shared.bus.service import BusService
from shared.bus.worker import Batch


class LeaveService(BusService):
    """What reaches leave. By the clock: late notices lapse, silence confirms, days are taken."""

    name: ClassVar[str] = "leave"

    @consume("leave.people")
    def people(self, batch: Batch) -> int:
        """Who works where, from workforce; and who was forgotten."""
        return self.worker.receive("leave.people", batch)
