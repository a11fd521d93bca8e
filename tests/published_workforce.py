"""What workforce publishes, for services that are tested without it."""

from __future__ import annotations

from typing import Any

import msgspec

from shared.bus.inbox import FeedPage
from shared.contracts import types
from shared.contracts.catalogue import validate_producer
from shared.contracts.wire import decode_batch

EPOCH = "5f0e9f1e-0000-4000-8000-000000000001"


class PublishedWorkforce:
    """Workforce as others see it: its published events in order, and the feed that serves them."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []

    def publish(self, kind: str, person: str, organisation: str, data: dict[str, Any]) -> None:
        """Add an event; without a person it is about the organisation."""
        position = len(self.events) + 1
        event = {
            "specversion": types.SPEC_VERSION,
            "id": f"{EPOCH}:{position}",
            "source": "/test/workforce",
            "type": kind,
            "time": "2026-03-01T09:00:00+00:00",
            "datacontenttype": types.DATA_MEDIA_TYPE,
            "dataschema": types.dataschema_of(kind),
            "organisation": organisation,
            "previous": position - 1,
            "data": data,
        } | ({"subject": person} if person else {})
        validate_producer(event)
        self.events.append(event)

    def page(self, service: str, subscription: str, after: int, limit: int) -> FeedPage:
        """The feed."""
        decoded = decode_batch(msgspec.json.encode(self.events)) if self.events else []
        return FeedPage(EPOCH, 0, len(self.events), [event for event in decoded if event["position"] > after][:limit])
