"""What tests tell the probe, in one word each."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from eventsourcing.persistence import StoredEvent

from shared.kernel.ids import derived_id
from shared.runtime.wiring import Wiring
from shared.store.commands import Answer, CommandKey
from tests.shared.probe.commands import Count, OpenTally
from tests.shared.probe.domain import Tally

ACAS = "acas"
BY = "hr"


def person(number: int) -> str:
    """The same person for the same number."""
    return str(derived_id("person", str(number)))


def fresh_key(key: str | None = None) -> CommandKey:
    """A key under the scope of these tests; a new one where none is given."""
    return CommandKey("acas/hr/test", key or str(uuid4()))


def open_tally(probe: Wiring, who: str, key: str | None = None) -> Answer:
    """Begin to count for a person."""
    return probe.application.execute(OpenTally(who, ACAS, BY), fresh_key(key))


def count(probe: Wiring, who: str, amount: int = 1, *, note: str | None = None, key: str | None = None) -> Answer:
    """Add an amount to a person's tally."""
    return probe.application.execute(Count(who, amount, BY, note), fresh_key(key))


def tally(probe: Wiring, who: str) -> Tally:
    """A person's tally as stored."""
    found = probe.application.load(Tally, Tally.id_for(who))
    assert found is not None
    return found


def backlog(probe: Wiring, persons: int, each: int) -> int:
    """Many persons' tallies with counts, written straight to the log; answers how many events."""
    encode: Any = probe.application.mapper.to_stored_event
    for start in range(0, persons, 500 // (each + 1) or 1):
        stored: list[StoredEvent] = []
        for number in range(start, min(persons, start + (500 // (each + 1) or 1))):
            who = person(number)
            about = {"person": who, "organisation": ACAS, "by": BY}
            made = Tally.begin(Tally.Opened, id=Tally.id_for(who), at=probe.clock.now(), **about)
            for amount in range(1, each + 1):
                made.count(amount, None, at=probe.clock.now(), by=BY)
            stored += [encode(event) for event in made.collect_events()]
        probe.stores.log.insert_events(stored)
    return persons * (each + 1)


def some_event(id: UUID, version: int = 1, state: bytes = b"{}") -> StoredEvent:
    """A stored event of no meaning."""
    return StoredEvent(id, version, "probe.tally.labelled", state)
