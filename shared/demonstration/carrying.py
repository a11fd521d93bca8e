"""Carrying events from logs to inboxes inside one process, without a bus and up to a given place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from shared.bus.inbox import Inbox
from shared.bus.pages import FeedPage
from shared.contracts.wire import decode_batch, encode_batch
from shared.kernel.errors import UnavailableError
from shared.runtime.wiring import Wiring
from shared.store.outbox import Outbox
from shared.store.projector import Projector

PAGE: Final = 1_000
FEW: Final = 50
"""Events taken together where they become commands: these are recorded at the instant of the last of them."""

Heads = Mapping[str, int]
"""By service, the last position of its log up to which is carried."""

Told = Callable[[str], None]
"""Called with the recorded time (ISO) of the last event of a page, before the page is taken."""


class NoFeed:
    """Nothing is missing while events are carried in order, so there is nobody to ask."""

    def page(self, service: str, subscription: str, after: int, limit: int) -> FeedPage:
        """Raises ``UnavailableError``."""
        del subscription, after, limit
        raise UnavailableError(f"The events of {service} did not come in order.")


@dataclass
class _Way:
    """From one log to one inbox. ``position``, ``previous``: the last place and the last published one carried."""

    inbox: Inbox
    outbox: Outbox
    position: int = 0
    previous: int = 0


class Carrier:
    """Brings what services published to others of the same process, and each one's own log to its own lists.

    ``sources``: outboxes by service, of this process or of another that writes the same databases.
    """

    def __init__(self, wirings: Mapping[str, Wiring], sources: Mapping[str, Outbox]) -> None:
        self._wirings = wirings
        self._ways = {
            subscription.name: _Way(_inbox(wiring, subscription.name), sources[subscription.source])
            for wiring in wirings.values()
            for subscription in wiring.subscriptions
            if subscription.source in sources
        }
        self._projectors = {
            name: Projector(wiring.stores, wiring.own, name, wiring.projection, wiring.application.history)
            for name, wiring in wirings.items()
        }

    def carry(self, heads: Heads, told: Told | None = None) -> int:
        """Bring everything up to these places to every inbox; answers how many events that were."""
        return sum(
            self._carry(way, heads[way.inbox.subscription.source], told)
            for way in self._ways.values()
            if way.inbox.subscription.source in heads
        )

    def project(self, *names: str) -> None:
        """Fold the own logs of these services into their lists, to the end."""
        for name in names:
            while self._projectors[name].step():
                pass

    def _carry(self, way: _Way, head: int, told: Told | None) -> int:
        carried = 0
        size = FEW if way.inbox.subscription.commanding else PAGE
        while way.position < head:
            page = way.outbox.page(way.position, size, previous=way.previous)
            within = [each.body for each in page.events if each.position <= head]
            if within:
                events = decode_batch(encode_batch(within))
                if told is not None:
                    told(events[-1]["time"])
                carried += way.inbox.take(events)
                way.previous = events[-1]["position"]
            way.position = page.read_to if len(within) == len(page.events) and page.read_to < head else head
        return carried


def _inbox(wiring: Wiring, name: str) -> Inbox:
    subscription = next(each for each in wiring.subscriptions if each.name == name)
    source = f"/{wiring.settings.instance}/{subscription.source}"
    return Inbox(subscription, source, wiring.stores.read, wiring.application, NoFeed(), _never)


def _never() -> None:
    raise UnavailableError("A log that is carried in order has nothing to withdraw.")
