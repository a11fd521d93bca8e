"""What others may know of the probe: openings and counts; labels and echoes are its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.store.outbox import Published
from tests.shared.probe.domain import Tally

OPENED = "carers.probe.opened.v1"
COUNTED = "carers.probe.counted.v1"


def opened(_event: dict[str, Any]) -> dict[str, Any]:
    """Nothing but that it happened."""
    return {}


def counted(event: dict[str, Any]) -> dict[str, Any]:
    """The amount; never the note."""
    return {"amount": event["amount"]}


PUBLISHED: Mapping[str, Published] = {
    Tally.Opened.TOPIC: Published(OPENED, opened),
    Tally.Counted.TOPIC: Published(COUNTED, counted),
}
