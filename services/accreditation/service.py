"""Accreditation by bus and by clock: its table of contents."""

from __future__ import annotations

from typing import ClassVar

from shared.bus.entrypoints import consume
from shared.bus.service import BusService
from shared.bus.worker import Batch


class AccreditationService(BusService):
    """What reaches accreditation. By the clock: awards lapse, completions expire, assignment follows people."""

    name: ClassVar[str] = "accreditation"

    @consume("accreditation.people")
    def people(self, batch: Batch) -> int:
        """Who works where, from workforce; and who was forgotten."""
        return self.worker.receive("accreditation.people", batch)
