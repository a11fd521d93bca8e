"""A publisher that is a list: what it published, the messages of it, and the feed that serves it."""

from __future__ import annotations

from typing import Any

import msgspec

from shared.bus.inbox import FeedPage
from shared.contracts import types
from shared.contracts.wire import decode_event, encode_batch
from shared.kernel.errors import UnavailableError
from shared.store.epochs import Epochs
from tests.shared.probe.published import COUNTED
from tests.shared.probe.stories import ACAS


class Source:
    """A source's log as others see it. Positions that nobody is told of lie between where ``skip`` was called."""

    name = "/test/probe"

    def __init__(self) -> None:
        self.epochs = Epochs((("epoch-1", 0),))
        self.restores = 0
        self.head = 0
        self.away = False
        self.asked = 0
        self._told: list[dict[str, Any]] = []

    def publish(self, person: str, amount: int = 1, type: str = COUNTED, organisation: str = ACAS) -> int:
        """Publish one event; answers its position."""
        self.head += 1
        self._told.append(
            {
                "specversion": types.SPEC_VERSION,
                "position": self.head,
                "epoch": self.epochs.current,
                "source": self.name,
                "type": type,
                "time": "2026-03-02T09:00:00+00:00",
                "organisation": organisation,
                "data": {"amount": amount},
            }
            | ({"subject": person} if person else {})
        )
        return self.head

    def skip(self, positions: int = 1) -> None:
        """Record something that nobody else is told of."""
        self.head += positions

    def restore(self, after: int, backup: Source | None = None) -> None:
        """Lose what came after a position, as a restore from backup does, and begin a new epoch.

        ``backup``: the source as it was when the backup was made, which knows of no epoch since.
        """
        self.restores += 1
        known = backup or self
        self._told = [event for event in known._told if event["position"] <= after]
        began = [(epoch, at) for epoch, at in known.epochs.began if at <= after]
        self.epochs, self.head = Epochs((*began, (f"epoch-{self.restores + 1}", after))), after

    def copy(self) -> Source:
        """A backup of it."""
        backup = Source()
        backup.epochs, backup.head, backup._told = self.epochs, self.head, list(self._told)
        return backup

    def forge(self, position: int, amount: int) -> bytes:
        """A message that says something else at a position than the log does."""
        event = msgspec.json.decode(self.body(position))
        return encode_batch([msgspec.json.encode(event | {"data": {"amount": amount}})])

    def body(self, position: int) -> bytes:
        """One event's bytes."""
        told = next(event for event in self._told if event["position"] == position)
        previous = max((event["position"] for event in self._told if event["position"] < position), default=0)
        event = {key: value for key, value in told.items() if key not in ("position", "epoch")}
        return msgspec.json.encode(event | {"id": f"{told['epoch']}:{position}", "previous": previous})

    def message(self, *positions: int) -> bytes:
        """A message with these events, in this order; all where none is named."""
        return encode_batch([self.body(position) for position in positions or self.positions()])

    def positions(self, person: str | None = None) -> list[int]:
        """Where something was published, about this person or anybody."""
        return [event["position"] for event in self._told if person in {None, event.get("subject")}]

    def page(self, service: str, subscription: str, after: int, limit: int) -> FeedPage:
        """The feed."""
        assert (service, subscription) == ("probe", "probe.echo")
        self.asked += 1
        if self.away:
            raise UnavailableError("The feed of probe does not answer.")
        places = [position for position in self.positions() if position > after][:limit]
        events = [decode_event(self.body(position)) for position in places]
        epochs = self.epochs
        return FeedPage(epochs.current, epochs.after_position, self.head, events, epochs.began[:-1])
