"""All that a worker does for one service, for its nameko class to call."""

from __future__ import annotations

import time
from collections.abc import Sequence

from shared.bus.bell import Bell
from shared.bus.inbox import Inbox
from shared.bus.pages import Feed
from shared.bus.relay import Relay
from shared.bus.transport import Bus
from shared.runtime.telemetry import log
from shared.runtime.wiring import Wiring
from shared.store.leases import Lease
from shared.store.projector import Projector
from shared.store.rebuild import rebuild
from shared.store.received import bookmark

Batch = Sequence[bytes]
"""The bodies of the messages that were there; empty where the source has been silent and is to be asked."""


class Worker:
    """One service's relay, projector and inboxes."""

    def __init__(self, wiring: Wiring, bus: Bus, feed: Feed) -> None:
        self.wiring = wiring
        self.bus = bus
        name = wiring.service.name
        self._lease = Lease(wiring.stores.log.database, name)
        self._publisher = bus.publisher(name)
        self._relay = Relay(wiring.outbox, self._lease, self._publisher, bus.has_room)
        history = wiring.application.history
        self._projector = Projector(wiring.stores, wiring.own, name, wiring.projection, history, self._heal)
        self._inboxes = {
            subscription.name: Inbox(
                subscription,
                f"/{wiring.settings.instance}/{subscription.source}",
                wiring.stores.read,
                wiring.application,
                feed,
                lambda: rebuild_now(wiring),
            )
            for subscription in wiring.subscriptions
        }
        self._due_again = 0.0
        self.relay_bell = Bell()
        bus.ring_when_room(self.relay_bell)
        self.project_bell = Bell()

    def ring(self) -> None:
        """The log has grown."""
        self.relay_bell.ring()
        self.project_bell.ring()

    def publish(self) -> int:
        """Publish a page of the log; answers how many entries it covered."""
        self._publisher.beat()
        return self._relay.step()

    def project(self) -> int:
        """Fold a page of the own log into the read side; answers how many entries it covered."""
        return self._projector.step()

    def receive(self, subscription: str, batch: Batch) -> int:
        """Take messages of a subscription; an empty batch asks its source what was missed."""
        inbox = self._inboxes[subscription]
        return inbox.receive(batch) if batch else inbox.ask()

    def source_of(self, subscription: str) -> str:
        """The service that a subscription reads."""
        return self._inboxes[subscription].subscription.source

    def due(self) -> int:
        """Try again what failed, and send what the clock makes due; answers how many things were done."""
        done = sum(inbox.retry() for inbox in self._inboxes.values())
        now = time.monotonic()
        if self.wiring.due is not None and now >= self._due_again and self._lease.hold() is not None:
            self._due_again = now + self.wiring.due_seconds - 0.1
            done += self.wiring.act_when_due()
        return done

    def start(self) -> None:
        """What a restore or an upgrade left to do, before anything is received.

        The read side is made to agree with a restored log; events of types that only this program knows become due.
        """
        with self.wiring.reading() as connection:
            known, _ = bookmark(connection, self.wiring.own, self.wiring.service.name)
        if known not in ("", self.wiring.stores.log.head()[0]):
            self._heal()
        for inbox in self._inboxes.values():
            inbox.welcome_known()

    def _heal(self) -> None:
        healed = self.wiring.heal()
        log.warning("restored", service=self.wiring.service.name, again=healed.again, rebuilt=healed.rebuilt)

    def close(self) -> None:
        """Give the lease and every connection back."""
        self._lease.release()
        self._publisher.close()
        self.wiring.close()


def rebuild_now(wiring: Wiring) -> None:
    """Refold a service's read models in place."""
    report = rebuild(wiring.stores, wiring.models, wiring.sources(), wiring.application.history)
    log.warning("rebuilt", service=wiring.service.name, events=report.events)
