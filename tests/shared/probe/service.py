"""What reaches the probe by bus or by clock."""

from __future__ import annotations

from shared.bus.entrypoints import consume, every, follow, relay
from shared.bus.worker import Batch, Worker
from tests.shared.probe.consumed import ECHO


class ProbeService:
    """The probe's table of contents."""

    name = "probe"
    worker: Worker

    @relay
    def publish(self) -> int:
        """Publish what was recorded."""
        return self.worker.publish()

    @follow
    def project(self) -> int:
        """Follow the own log."""
        return self.worker.project()

    @consume(ECHO)
    def echo(self, batch: Batch) -> None:
        """Hear what was published."""
        self.worker.receive(ECHO, batch)

    @every(1)
    def due(self) -> int:
        """Do what the clock makes due."""
        return self.worker.due()
