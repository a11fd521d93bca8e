"""The relay: what the log has grown by, translated, published with confirms, then the bookmark moved."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shared.contracts.wire import encode_batch
from shared.store.leases import Lease, Place
from shared.store.outbox import Outbox

PAGE = 500
PACKED = 100

Publish = Callable[[Sequence[bytes]], None]
"""Publishes messages, each a batch; returns once all are confirmed, raises where one is not."""


class Relay:
    """Publishes one service's log while it holds the lease and the bus has room."""

    def __init__(
        self, outbox: Outbox, lease: Lease, publish: Publish, has_room: Callable[[], bool] = lambda: True
    ) -> None:
        self._has_room = has_room
        self._outbox = outbox
        self._lease = lease
        self._publish = publish

    def step(self) -> int:
        """Publish a page; answers how many log entries it covered (0: nothing new, no room, or another's turn)."""
        place = self._lease.hold()
        if place is None or not self._has_room():
            return 0
        page = self._outbox.page(place.position, PAGE, previous=place.previous)
        if page.read_to == place.position:
            return 0
        bodies = [event.body for event in page.events]
        if bodies:
            self._publish([encode_batch(bodies[start : start + PACKED]) for start in range(0, len(bodies), PACKED)])
        previous = page.events[-1].position if page.events else place.previous
        self._lease.move(Place(page.read_to, previous))
        return page.read_to - place.position
