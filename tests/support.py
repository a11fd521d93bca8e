"""Real services on real stores for tests, and a bus that carries between them without a broker."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select, update

from shared.bus.inbox import FeedPage, Inbox
from shared.contracts.wire import decode_batch, encode_batch
from shared.kernel.clock import Clock, FixedClock
from shared.runtime.service import Service, installed
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring, wire
from shared.store.migrations.run import migrate
from shared.store.projector import Projector
from shared.store.rebuild import rebuild
from shared.store.tables import bookmarks, command_keys, epochs, events, head, received, undecoded

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday morning on which most stories begin."""


def settings_for(var: Path, **changes: Any) -> Settings:
    """Settings of a demonstration on SQLite under a folder."""
    values: dict[str, Any] = {
        "instance": "test",
        "demonstration": True,
        "var": var,
        "database": "",
        "bus": "memory://",
        "keys_folder": var / "keys",
        "host": "127.0.0.1",
        "port": 8080,
        "threads": 4,
        "service_url_template": "",
        "services": (),
        "demonstration_networks": ("127.0.0.0/8", "::1/128"),
        "demonstration_hosts": ("localhost", "127.0.0.1"),
        "log_level": "error",
    }
    return Settings(**(values | changes))


def wired(name: str, settings: Settings, clock: Clock | None = None) -> Wiring:
    """One service, migrated and wired."""
    service = installed()[name]
    migrate_one(service, settings)
    return wire(service, settings, clock or FixedClock(MONDAY))


def migrate_one(service: Service, settings: Settings) -> None:
    """Create or upgrade one service's databases."""
    folder = settings.var / service.name
    folder.mkdir(parents=True, exist_ok=True)
    read = service.part("read")
    migrate(service.name, settings.addresses(service.name), read.metadata, read.VERSION)


def project(*wirings: Wiring) -> None:
    """Fold each service's own log into its read side, to the end."""
    for wiring in wirings:
        projector = Projector(
            wiring.stores, wiring.own, wiring.service.name, wiring.projection, wiring.application.history
        )
        while projector.step():
            pass


class PeerFeed:
    """The feeds of services in this process, read without HTTP."""

    def __init__(self, wirings: Iterable[Wiring]) -> None:
        self._wirings = {wiring.service.name: wiring for wiring in wirings}

    def page(self, service: str, subscription: str, after: int, limit: int) -> FeedPage:
        """Published events after a position."""
        page = self._wirings[service].outbox.page(after, limit)
        events = decode_batch(encode_batch([event.body for event in page.events]))
        return FeedPage(page.epoch, page.after_position, page.head, events, page.epochs.began[:-1])


def inbox_of(wiring: Wiring, subscription: str, peers: Iterable[Wiring]) -> Inbox:
    """The inbox of one subscription, asking its peers' feeds."""
    held = next(held for held in wiring.subscriptions if held.name == subscription)
    return Inbox(
        held,
        f"/{wiring.settings.instance}/{held.source}",
        wiring.stores.read,
        wiring.application,
        PeerFeed(peers),
        lambda: _refold(wiring),
    )


def deliver(*wirings: Wiring) -> None:
    """Carry what every service published to every subscriber among these, until nothing moves."""
    moved = True
    while moved:
        project(*wirings)
        moved = False
        for wiring in wirings:
            for held in wiring.subscriptions:
                if held.source in {peer.service.name for peer in wirings}:
                    moved = bool(inbox_of(wiring, held.name, wirings).ask()) or moved
        for wiring in wirings:
            if wiring.due is not None:
                moved = bool(wiring.due(wiring)) or moved
    project(*wirings)


def forget_received(wiring: Wiring) -> None:
    """Lose a service's read side: what it received, where it stood, and its lists."""
    with wiring.stores.read.writing() as connection:
        for table in (received, undecoded, bookmarks, *wiring.models.metadata.tables.values()):
            connection.execute(table.delete())


def take_back(wiring: Wiring, position: int) -> None:
    """Let a service's log be as it was when this was its last position, as recovery to a point in time would.

    It knows no epoch that has begun since.
    """
    with wiring.stores.log.database.writing() as connection:
        connection.execute(delete(events).where(events.c.position > position))
        connection.execute(delete(command_keys).where(command_keys.c.position > position))
        since = epochs.c.after_position >= position
        connection.execute(delete(epochs).where(since, epochs.c.after_position > 0))
        last = select(epochs.c.epoch).order_by(epochs.c.after_position.desc(), epochs.c.began.desc()).limit(1)
        connection.execute(update(head).values(position=position, epoch=last.scalar_subquery()))


def _refold(wiring: Wiring) -> None:
    rebuild(wiring.stores, wiring.models, wiring.sources(), wiring.application.history)
