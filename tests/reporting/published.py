"""Sources as reporting sees them: published events in order, and the feeds that serve them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from shared.bus.inbox import FeedPage
from shared.contracts.wire import decode_batch

EPOCH = "5f0e9f1e-0000-4000-8000-000000000001"

Event = dict[str, Any]


class PublishedLog:
    """One source: what it published so far. Positions leave gaps, as those of real logs do."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.epoch = EPOCH
        self.after_position = 0
        self.earlier: tuple[tuple[str, int], ...] = ()
        self.events: list[Event] = []

    def publish(self, kind: str, organisation: str, data: Event, *, person: str = "", time: str = "") -> int:
        """Add an event; answers its position."""
        previous = self.head
        self.events.append(
            {
                "specversion": "1.0",
                "id": f"{self.epoch}:{previous + 2}",
                "source": f"/test/{self.service}",
                "type": f"carers.{self.service}.{kind}.v1",
                "time": time or "2026-11-20T09:00:00+00:00",
                "organisation": organisation,
                "previous": previous,
                "data": data,
            }
            | ({"subject": person} if person else {})
        )
        return self.head

    @property
    def head(self) -> int:
        """The last position."""
        return int(self.events[-1]["id"].rpartition(":")[2]) if self.events else self.after_position

    def page(self, service: str, subscription: str, after: int, limit: int) -> FeedPage:
        """The feed."""
        rest = [event for event in decoded(self.events) if event["position"] > after][:limit]
        return FeedPage(self.epoch, self.after_position, self.head, rest, self.earlier)

    def restore(self, epoch: str, after_position: int) -> None:
        """Forget what came after a position and go on in another epoch, as a log restored from a backup does."""
        self.events = [event for event in self.events if int(event["id"].rpartition(":")[2]) <= after_position]
        self.earlier = (*self.earlier, (self.epoch, self.after_position))
        self.epoch = epoch
        self.after_position = after_position


def decoded(events: Sequence[Event]) -> list[Event]:
    """Events as the inbox hands them to effects."""
    return decode_batch(msgspec.json.encode(list(events)))
