"""Making a world in an empty deployment: two processes, how far they are, and what is left at the end."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from shared.demonstration.behind import END, instant_line, plan_line
from shared.demonstration.carrying import Heads
from shared.demonstration.defaults import defaults_of
from shared.demonstration.parts import listeners, tellers
from shared.demonstration.people import Cast
from shared.demonstration.plan import Plan
from shared.demonstration.world import World
from shared.kernel.clock import start_of_day
from shared.kernel.errors import UnavailableError
from shared.kernel.periods import month_of
from shared.runtime.gc_tuning import collect_seldom
from shared.runtime.service import Service
from shared.runtime.settings import Settings
from shared.runtime.supervisor import end_with_parent
from shared.runtime.wiring import Wiring, wire
from shared.runtime.world_record import MAKING, READY, WorldRecord
from shared.store.leases import Lease, Place

Progress = Callable[[WorldRecord], None]
"""Called with the record each time that more of the story is told."""


NEWS: Final = timedelta(days=4)
"""What somebody else did to one's leave, passport or training in the days before the newcomer comes is news."""

_TOLD: Final = 0.9
"""What part of the work is done when everything is told; the second process comes to its end after that."""


def instants_of(plan: Plan, services: Mapping[str, Service]) -> list[datetime]:
    """The instants at which somebody who listens has something to do, in order; the last is the story's end."""
    return sorted({at for service in listeners(services).values() for at in service.part("world").looks(plan)})


def make(plan: Plan, services: Mapping[str, Service], settings: Settings, progress: Progress) -> WorldRecord:
    """Make a world of these services, all of them with empty logs. Raises ``UnavailableError`` where it breaks off.

    While it is being made ``world.json`` says how far it is; a start that finds it so begins anew.
    """
    collect_seldom()
    record = WorldRecord(MAKING, plan=json.loads(plan_line(plan)))
    record.write(settings.var)
    cast: Cast = services["workforce"].part("world").cast_of(plan)

    def told(instant: datetime) -> None:
        share = (instant - start_of_day(plan.begins)) / (plan.ends - start_of_day(plan.begins))
        now = replace(record, told=month_of(instant.date()), share=round(share * _TOLD, 3))
        now.write(settings.var)
        progress(now)

    command = [sys.executable, "-m", "shared.demonstration.behind"]
    with subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdin=subprocess.PIPE,
        text=True,
        preexec_fn=end_with_parent,  # noqa: PLW1509 - no other thread runs yet
    ) as behind:
        assert behind.stdin is not None
        try:
            print(plan_line(plan), file=behind.stdin, flush=True)
            _tell(plan, cast, services, settings, behind, told)
            print(END, file=behind.stdin, flush=True)
            ended = behind.wait()
        except BrokenPipeError:
            raise _broken_off() from None
        finally:
            behind.terminate()  # of one that has ended nothing is left to end
        if ended != 0:
            raise _broken_off()
    settle(services, settings)
    each = {body.slug: body.each for body in cast.bodies if body.each}
    living = [body.slug for body in cast.living]
    ready = replace(record, state=READY, share=1.0, each=each, defaults=defaults_of(cast, plan.today), living=living)
    ready.write(settings.var)
    return ready


def _broken_off() -> UnavailableError:
    return UnavailableError("The world could not be made whole: its second process ended. What it said stands above.")


def _tell(
    plan: Plan,
    cast: Cast,
    services: Mapping[str, Service],
    settings: Settings,
    behind: subprocess.Popen[str],
    told: Callable[[datetime], None],
) -> None:
    world = World(plan, cast, tellers(services), settings)
    seen: dict[str, int] = {}

    def reached(instant: datetime, heads: Heads) -> None:
        print(instant_line(instant, heads), file=behind.stdin, flush=True)
        if instant < plan.ends - NEWS:
            seen.update(heads)
        told(instant)

    try:
        world.tell(instants_of(plan, services), reached)
        world.mark_seen(seen)
    finally:
        world.close()


def settle(services: Mapping[str, Service], settings: Settings) -> None:
    """Every subscriber has what is in the logs, so the relays go on after their ends; and files are made small."""
    for name, service in services.items():
        _settle_one(name, wire(service, settings, settings.clock()))


def _settle_one(name: str, wiring: Wiring) -> None:
    try:
        lease = Lease(wiring.stores.log.database, name)
        if lease.hold() is None:
            raise UnavailableError(f"A worker already publishes the log of {name}. Stop it, and begin again.")
        lease.move(Place(wiring.stores.log.head()[1], wiring.outbox.published_head()))
        lease.release()
        wiring.stores.tidy()
    finally:
        wiring.close()
