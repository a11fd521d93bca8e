"""What reaches the probe by bus or by clock."""

from __future__ import annotations

from typing import ClassVar

from shared.bus.entrypoints import consume
from shared.bus.service import BusService
from shared.bus.worker import Batch
from tests.shared.probe.consumed import ECHO


class ProbeService(BusService):
    """The probe's table of contents."""

    name: ClassVar[str] = "probe"

    @consume(ECHO)
    def echo(self, batch: Batch) -> None:
        """Hear what was published."""
        self.worker.receive(ECHO, batch)
