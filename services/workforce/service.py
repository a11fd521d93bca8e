"""Workforce by bus and by clock: its table of contents."""

from __future__ import annotations

from typing import ClassVar

from shared.bus.entrypoints import every, follow, relay
from shared.bus.worker import Worker


class WorkforceService:
    """What reaches workforce."""

    name: ClassVar[str] = "workforce"
    worker: ClassVar[Worker]

    @relay
    def publish(self) -> int:
        """Publish the log."""
        return self.worker.publish()

    @follow
    def project(self) -> int:
        """Fold the own log into the lists."""
        return self.worker.project()

    @every(1.0)
    def retry(self) -> int:
        """Try again what failed."""
        return self.worker.due()
