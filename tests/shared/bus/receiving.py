"""An inbox of the probe's, what it did to rows and aggregates, and effects that fail for a while."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from shared.bus.inbox import Feed, Inbox
from shared.runtime.wiring import Wiring
from shared.store.parking import SetAside, list_set_aside
from shared.store.rebuild import Sources, rebuild
from shared.store.received import bookmark
from shared.store.rows import Rows
from shared.store.subscriptions import RowEffect, Subscription, ToCommands, ToRows
from shared.store.tables import received
from tests.shared.probe.consumed import CONSUMED, ECHO, hear, heard_of
from tests.shared.probe.domain import Echo
from tests.shared.probe.published import COUNTED, OPENED
from tests.shared.probe.read.tables import heard
from tests.shared.probe.source import Source


def inbox_of(
    probe: Wiring,
    feed: Feed,
    subscription: Subscription = CONSUMED[0],
    refold: Callable[[], None] | None = None,
) -> Inbox:
    """The inbox of the probe's subscription to itself."""

    def again() -> None:
        sources = Sources("probe", probe.own, probe.projection, (subscription,))
        rebuild(probe.stores, probe.models, sources, probe.application.history)

    return Inbox(subscription, Source.name, probe.stores.read, probe.application, feed, refold or again)


def heard_places(probe: Wiring) -> dict[str, list[int]]:
    """Each person's places in the rows, in the order of application."""
    with probe.reading() as connection:
        rows = connection.execute(select(heard.c.person, heard.c.places)).all()
    return {person: [int(place) for place in places.split()] for person, places in rows}


def echo_places(probe: Wiring, person: str) -> list[int]:
    """Each place that a command was made for, in the order in which they were done."""
    echo = probe.application.load(Echo, Echo.id_for(person))
    return [int(place.rpartition(":")[2]) for place in echo.places] if echo else []


def place_of(probe: Wiring) -> tuple[str, int]:
    """The bookmark."""
    with probe.reading() as connection:
        return bookmark(connection, ECHO, Source.name)


def states(probe: Wiring) -> dict[int, str]:
    """The state of each event that was received, by position."""
    with probe.reading() as connection:
        rows = connection.execute(select(received.c.position, received.c.state).order_by(received.c.epoch)).all()
    return dict(rows)


def set_aside(probe: Wiring) -> list[SetAside]:
    """Everything that is set aside."""
    return list_set_aside(probe.stores.read)


@dataclass
class Poisoned:
    """An effect that fails for some persons, or at some places, until it is mended."""

    persons: set[str] = field(default_factory=set)
    places: set[int] = field(default_factory=set)
    error: Exception = field(default_factory=lambda: ValueError("poison"))
    tries: list[int] = field(default_factory=list)

    def __call__(self, rows: Rows, events: Sequence[dict[str, Any]]) -> None:
        """Fail if one of them is poisoned, after rows were written; else write them."""
        heard_of(rows, events)
        for event in events:
            if event["subject"] in self.persons or event["position"] in self.places:
                if len(events) == 1:
                    self.tries.append(event["position"])
                raise self.error


def subscribed(*effects: RowEffect | ToCommands, to: Sequence[str] = (OPENED, COUNTED)) -> Subscription:
    """The probe's subscription with these effects instead."""
    held = tuple(effect if isinstance(effect, ToCommands) else ToRows(effect) for effect in effects)
    return Subscription(ECHO, "probe", dict.fromkeys(to, held))


HEAR = ToCommands(hear)
