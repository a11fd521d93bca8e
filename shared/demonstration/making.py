"""Making a world in an empty deployment: two processes, an honest word of how far it is, and what is left at the end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import datetime

from shared.demonstration.behind import instant_line, plan_line
from shared.demonstration.carrying import Heads
from shared.demonstration.parts import listeners, tellers
from shared.demonstration.people import Cast
from shared.demonstration.plan import Plan
from shared.demonstration.world import World
from shared.kernel.errors import UnavailableError
from shared.process.collector import collect_seldom
from shared.process.service import Service
from shared.process.settings import Settings
from shared.process.wiring import Wiring
from shared.store.leases import Lease, Place

Progress = Callable[[datetime], None]
"""Called with each instant up to which everything is told."""


def instants_of(plan: Plan, services: Mapping[str, Service]) -> list[datetime]:
    """The instants at which somebody who listens has something to do, in order; the last is the story's end."""
    return sorted({at for service in listeners(services).values() for at in service.part("world").looks(plan)})


def make(plan: Plan, services: Mapping[str, Service], settings: Settings, progress: Progress) -> Cast:
    """Make a world of these services, all of them with empty logs. Raises ``UnavailableError`` where it breaks off."""
    collect_seldom()
    cast: Cast = services["workforce"].part("world").cast_of(plan)
    command = [sys.executable, "-m", "shared.demonstration.behind"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, text=True) as behind:  # noqa: S603 - our own program
        assert behind.stdin is not None
        try:
            print(plan_line(plan), file=behind.stdin, flush=True)
            _tell(plan, cast, services, settings, behind, progress)
            behind.stdin.close()
        except BrokenPipeError:
            raise _broken_off() from None
        if behind.wait() != 0:
            raise _broken_off()
    for name, service in services.items():
        _publish_all(name, service.part("wiring").wire(settings, settings.clock()))
    return cast


def _broken_off() -> UnavailableError:
    return UnavailableError("The world could not be made whole: its second process ended. What it said stands above.")


def _tell(
    plan: Plan,
    cast: Cast,
    services: Mapping[str, Service],
    settings: Settings,
    behind: subprocess.Popen[str],
    progress: Progress,
) -> None:
    world = World(plan, cast, tellers(services), settings)

    def reached(instant: datetime, heads: Heads) -> None:
        print(instant_line(instant, heads), file=behind.stdin, flush=True)
        progress(instant)

    try:
        world.tell(instants_of(plan, services), reached)
    finally:
        world.close()


def _publish_all(name: str, wiring: Wiring) -> None:
    """Every subscriber has what is in the log: the relay goes on after its end."""
    try:
        lease = Lease(wiring.stores.log.database, name)
        if lease.hold() is None:
            raise UnavailableError(f"A worker already publishes the log of {name}. Stop it, and begin again.")
        lease.move(Place(wiring.stores.log.head()[1], wiring.outbox.published_head()))
        lease.release()
    finally:
        wiring.close()
