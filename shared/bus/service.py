"""What reaches every service; each service's own class adds its subscriptions."""

from __future__ import annotations

from typing import ClassVar

from shared.bus.entrypoints import every, follow, relay
from shared.bus.worker import Worker


class BusService:
    """The base of a service's nameko class. The runner gives the worker."""

    name: ClassVar[str]
    worker: ClassVar[Worker]

    @relay
    def publish(self) -> int:
        """The log has grown: publish a page."""
        return self.worker.publish()

    @follow
    def project(self) -> int:
        """The log has grown: fold a page into the service's own read side."""
        return self.worker.project()

    @every(1.0)
    def due(self) -> int:
        """Another second: try again what failed, and do what the clock makes due."""
        return self.worker.due()
