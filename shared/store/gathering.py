"""Commands decided one after another and stored many at a time: for whoever fills an empty log with a long history.

What a command decided is what the next one meets, as if it had been stored; the events are stored in their order,
each command's key with them. Nobody else may write to the log meanwhile, and what was not stored yet is lost with the
process: whoever gathers begins anew with an empty log.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from eventsourcing.persistence import Mapper, StoredEvent

from shared.kernel.errors import CarersError
from shared.store.canonical import canonical
from shared.store.commands import CommandKey, Decision
from shared.store.key_record import KeyRecord
from shared.store.log import Log

TOGETHER: Final = 3_000
"""Events stored in one transaction."""


class Remembered(dict[UUID, object]):
    """Aggregates as they were decided. ``met``: those that the command of the moment has loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.met: set[UUID] = set()

    def __getitem__(self, id: UUID) -> Any:
        self.met.add(id)
        return super().__getitem__(id)

    def __setitem__(self, id: UUID, aggregate: object) -> None:
        self.met.add(id)
        super().__setitem__(id, aggregate)


class Gathering:
    """What an application has decided since its log was empty; the last of it is not stored yet."""

    def __init__(
        self, log: Log, mapper: Mapper[UUID], decide: Callable[[object, dict[UUID, object]], Decision]
    ) -> None:
        self._log = log
        self._mapper = mapper
        self._decide = decide
        self._aggregates = Remembered()
        self._events: list[StoredEvent] = []
        self._keys: dict[tuple[str, str], tuple[KeyRecord, int]] = {}
        self._known: set[int] = set()
        self._head = self._log.head()[1]

    def execute(self, command: object, key: CommandKey, digest: str) -> tuple[KeyRecord, dict[str, object]]:
        """Decide one command; answers its key, with the position of its last event, and what the caller is told."""
        self._aggregates.met.clear()
        try:
            decided = self._decide(command, self._aggregates)
        except CarersError:
            self._take_back()
            raise
        before = len(self._events)
        for aggregate in decided.aggregates:
            self._events += map(self._mapper.to_stored_event, aggregate.collect_events())
        here = len(self._events)
        position = self._head + here if here > before else 0
        record = KeyRecord(key.scope, key.key, digest, canonical(decided.answer), position)
        self._keys[key.scope, key.key] = (record, here if here > before else -1)
        self._known.add(hash((key.scope, key.key)))
        if here >= TOGETHER:
            self.store()
        return record, decided.answer

    def found(self, key: CommandKey) -> KeyRecord | None:
        """The key as stored or about to be; None for one that is new."""
        place = (key.scope, key.key)
        if hash(place) not in self._known:
            return None
        kept = self._keys.get(place)
        return kept[0] if kept else self._log.find_keys([place]).get(place)

    def store(self) -> int:
        """Store what is not stored yet; answers the log's last position."""
        total = len(self._events)
        with_events = [record._replace(position=total - here) for record, here in self._keys.values() if here >= 0]
        without = [record for record, here in self._keys.values() if here < 0]
        self._log.insert_events(self._events, commands=with_events)
        self._log.insert_events([], commands=without)
        self._head += total
        self._events, self._keys = [], {}
        return self._head

    def _take_back(self) -> None:
        """Forget aggregates that a refused command has changed: the next one loads them as they are stored."""
        changed = [id for id in self._aggregates.met if id in self._aggregates and self._aggregates[id].pending_events]
        if changed:
            self.store()
            for id in changed:
                del self._aggregates[id]
