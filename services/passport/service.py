"""The passport by bus: its table of contents. Nothing is due by the clock: what a day makes due is a question."""

from __future__ import annotations

from typing import ClassVar

from shared.bus.entrypoints import consume
from shared.bus.service import BusService
from shared.bus.worker import Batch


class PassportService(BusService):
    """What reaches the passport."""

    name: ClassVar[str] = "passport"

    @consume("passport.people")
    def people(self, batch: Batch) -> int:
        """Who works where and for whom, from workforce; and who was forgotten."""
        return self.worker.receive("passport.people", batch)
