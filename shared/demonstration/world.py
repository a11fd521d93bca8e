"""The first of two processes that make a world: it tells who came, cared, learned and left, in the order of time.

Each service that can tell something has a module ``world`` with ``begin(world)``, which puts its acts on the agenda.
Acts are the services' own commands, decided one after another on the world's clock and stored together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any

from shared.demonstration.agenda import Agenda
from shared.demonstration.carrying import Carrier, Heads
from shared.demonstration.people import Cast
from shared.demonstration.plan import Plan
from shared.kernel.clock import FixedClock, start_of_day
from shared.kernel.errors import CarersError
from shared.runtime.due import DueItem
from shared.runtime.service import Service
from shared.runtime.settings import Settings
from shared.runtime.wiring import wire_all
from shared.store.commands import CommandKey
from shared.store.gathering import Gathering
from shared.store.seen import EVERYBODY

Reached = Callable[[datetime, Heads], None]
"""Called when everything up to an instant is recorded, with the last position of each log."""


class World:
    """The services that tell something, their clock, and who there is to tell of.

    ``gather``: store commands many at a time; without it each is stored alone, which takes longer and gives the same.
    """

    def __init__(self, plan: Plan, cast: Cast, services: Mapping[str, Service], settings: Settings) -> None:
        self.plan = plan
        self.cast = cast
        self.clock = FixedClock(start_of_day(plan.begins))
        self.agenda = Agenda()
        self._services = services
        self.wirings = wire_all(services, settings, self.clock)
        outboxes = {name: wiring.outbox for name, wiring in self.wirings.items()}
        self._carrier = Carrier(self.wirings, outboxes)
        self._gatherings: dict[str, Gathering] = {}
        self._number = 0

    def do(self, service: str, command: object, by: str, organisation: str) -> dict[str, object]:
        """Execute a command as somebody would; answers what they are told. Raises the domain's refusals."""
        self._number += 1
        key = CommandKey(f"{organisation}/{by}/{type(command).__name__}", f"world:{self._number}")
        return self.wirings[service].application.execute(command, key).data

    def by_clock(self, service: str, item: DueItem) -> None:
        """Execute what the service's own timer would send at this instant, under the timer's key."""
        self.wirings[service].application.execute(item.command, item.command_key)

    def attempt(self, service: str, command: object, by: str, organisation: str) -> dict[str, Any] | None:
        """The same; None where a rule refuses it, as happens to people too."""
        try:
            return self.do(service, command, by, organisation)
        except CarersError:
            return None

    def spread(self, *projected: str) -> None:
        """Bring to every service here what all others have recorded, and to these their own."""
        heads = self.store()
        self._carrier.carry(heads)
        self._carrier.project(*projected)

    def store(self) -> Heads:
        """Store all that was decided; answers the last position of each log."""
        for gathering in self._gatherings.values():
            gathering.store()
        return {name: wiring.stores.log.head()[1] for name, wiring in self.wirings.items()}

    def tell(self, instants: Sequence[datetime], reached: Reached, *, gather: bool = True) -> None:
        """Tell the whole story, and report each instant on the way; the last of them is the story's end."""
        with self._gathering() if gather else ExitStack():
            for service in self._services.values():
                service.part("world").begin(self)
            for instant in instants:
                self.agenda.run(instant, self._set_clock)
                self._set_clock(instant)
                self.spread(*self.wirings)
                reached(instant, self.store())

    def mark_seen(self, heads: Heads) -> None:
        """Let everybody have seen what had happened up to these places."""
        for name, wiring in self.wirings.items():
            wiring.seen.mark_through(EVERYBODY, heads.get(name, 0))

    def close(self) -> None:
        """Give every connection back."""
        for wiring in self.wirings.values():
            wiring.close()

    def _set_clock(self, instant: datetime) -> None:
        self.clock.instant = max(instant, self.clock.instant)

    @contextmanager
    def _gathering(self) -> Iterator[None]:
        with ExitStack() as stack:
            for name, wiring in self.wirings.items():
                self._gatherings[name] = stack.enter_context(wiring.application.gathering())
            yield
        self._gatherings = {}
