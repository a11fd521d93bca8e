"""The second of two processes that make a world: it takes in what the first recorded, and does what a worker would.

Each service that only listens has a module ``world`` with ``looks(plan)``, the instants at which its clock finds
something to do, ``prepare(wiring, plan)``, what people do in it just before such an instant, and ``look(wiring)``,
which lets the clock do it, by what was recorded up to then.

    python -m shared.demonstration.behind < INSTANTS

reads lines of JSON: the plan, then each instant with the last position of every log up to which it is told, then the
word ``end``. Without that nothing more is stored.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from typing import Final, TextIO

from shared.demonstration.carrying import Carrier, Heads
from shared.demonstration.parts import listeners, tellers
from shared.demonstration.plan import Plan
from shared.kernel.clock import FixedClock, start_of_day
from shared.kernel.errors import UnavailableError
from shared.kernel.events import Event
from shared.runtime.faults import sentence_of
from shared.runtime.gc_tuning import collect_seldom
from shared.runtime.service import Service, installed
from shared.runtime.settings import Settings
from shared.runtime.wiring import wire_all

END: Final = "end"
"""The line after the last instant."""


class Behind:
    """The services that listen, their clock, and the logs that they read."""

    def __init__(self, plan: Plan, services: Mapping[str, Service], settings: Settings) -> None:
        self._plan = plan
        self.clock = FixedClock(start_of_day(plan.begins))
        self._listening = listeners(services)
        self._heard = tellers(services)
        self.wirings = wire_all({**self._heard, **self._listening}, settings, self.clock)
        self._own = {name: self.wirings[name] for name in self._listening}
        self._carrier = Carrier(self._own, {name: wiring.outbox for name, wiring in self.wirings.items()})
        self._store: Callable[[], object] = lambda: None
        self._looks = {name: set(service.part("world").looks(plan)) for name, service in self._listening.items()}

    def follow(self, told: Iterable[tuple[datetime, Heads]]) -> None:
        """Reach one instant after the other, to the end."""
        with ExitStack() as stack:
            gatherings = [stack.enter_context(wiring.application.gathering()) for wiring in self._own.values()]
            self._store = lambda: [gathering.store() for gathering in gatherings]
            for instant, heads in told:
                self.reach(instant, heads)

    def reach(self, instant: datetime, heads: Heads) -> None:
        """Take in everything up to these places, and let each service look whose instant it is."""
        self._carrier.carry(heads, lambda time: self._set_clock(datetime.fromisoformat(time)))
        self._set_clock(instant)
        self._settle()
        for name, service in self._listening.items():
            if instant in self._looks[name]:
                story = service.part("world")
                story.prepare(self._own[name], self._plan)
                self._settle()
                self._own[name].stores.read.analyze()
                story.look(self._own[name])
                self._settle()

    def close(self) -> None:
        """Give every connection back."""
        for wiring in self.wirings.values():
            wiring.close()

    def _settle(self) -> None:
        """Bring what these services recorded themselves to their own lists, and to each other."""
        carried = 1
        while carried:
            self._store()
            self._carrier.project(*self._own)
            carried = self._carrier.carry({name: wiring.stores.log.head()[1] for name, wiring in self._own.items()})

    def _set_clock(self, instant: datetime) -> None:
        self.clock.instant = max(instant, self.clock.instant)


def run(lines: Iterable[str], settings: Settings) -> None:
    """Follow the first process to the end of its lines."""
    told = iter(lines)
    plan = plan_of(json.loads(next(told)))
    behind = Behind(plan, installed(), settings)
    try:
        behind.follow(_instants(told))
    finally:
        behind.close()


def _instants(lines: Iterator[str]) -> Iterator[tuple[datetime, Heads]]:
    """The instants that are told. Raises ``UnavailableError`` where the first process ended before the story did."""
    for line in lines:
        if line.strip() == END:
            return
        said = json.loads(line)
        yield datetime.fromisoformat(said["at"]), said["heads"]
    raise UnavailableError("The world's story broke off.")


def plan_of(told: Event) -> Plan:
    """The plan as it was written for another process."""
    return Plan(**{**told, "ends": datetime.fromisoformat(told["ends"])})


def plan_line(plan: Plan) -> str:
    """A plan as a line of JSON."""
    return json.dumps({**vars(plan), "ends": plan.ends.isoformat()})


def instant_line(instant: datetime, heads: Heads) -> str:
    """An instant that was reached, as a line of JSON."""
    return json.dumps({"at": instant.isoformat(), "heads": dict(heads)})


def main(lines: TextIO) -> None:
    """Follow what standard input tells."""
    collect_seldom()
    try:
        run(lines, Settings.read())
    except Exception as error:
        if not (sentence := sentence_of(error)):
            raise
        print(sentence, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main(sys.stdin)
