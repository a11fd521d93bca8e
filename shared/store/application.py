"""The base of every service's application: commands in, decisions stored once, answers kept with their keys."""

from __future__ import annotations

import hashlib
import json
import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.persistence import ApplicationRecorder, IntegrityError, Mapper, OperationalError
from eventsourcing.utils import Environment, EnvType

from shared.kernel.aggregates import Aggregate
from shared.kernel.clock import Clock, today
from shared.kernel.errors import CarersError, ConflictError, KeyReusedError, UnavailableError
from shared.store.canonical import canonical
from shared.store.commands import Answer, CommandKey, Decision
from shared.store.gathering import Gathering
from shared.store.key_record import KeyRecord
from shared.store.mapper import History, SealingMapper
from shared.store.seen import Seen
from shared.store.stores import Stores

A = TypeVar("A", bound=Aggregate)
H = TypeVar("H", bound=Callable[..., "Decision"])

_TRIES = 5
_WITHIN_SECONDS = 2.0


def handles(command: type[object]) -> Callable[[H], H]:
    """Mark an application's method as the handler of one type of command."""

    def mark(method: H) -> H:
        method.handles = command  # type: ignore[attr-defined]
        return method

    return mark


class CommandApplication(Application[UUID]):
    """An application whose methods load, decide and say what to save; ``execute`` saves it once.

    The command's key is stored in the transaction of its events. The same key with the same command gets the
    stored answer; with another command it raises ``KeyReusedError``. Refusals are not stored.
    """

    name = "carers"
    history: ClassVar[History] = {}

    def __init__(self, stores: Stores, clock: Clock) -> None:
        self.stores = stores
        self.clock = clock
        self.keys = stores.keys
        self._unit = threading.local()
        self._gathering: Gathering | None = None
        self._handlers = {
            method.handles: method
            for name in dir(type(self))
            if hasattr(method := getattr(type(self), name), "handles")
        }
        self.on_stored: Callable[[], None] = lambda: None
        super().__init__()

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """Nothing is read from the process's environment: stores are passed in."""
        return Environment(name, {"PERSISTENCE_MODULE": "eventsourcing.popo"} | dict(env or {}))

    def construct_mapper(self) -> Mapper[UUID]:
        """The mapper that seals personal fields."""
        return SealingMapper(self.keys, self.history)

    def construct_recorder(self) -> ApplicationRecorder:
        """The service's own log."""
        return self.stores.log

    def now(self) -> datetime:
        """Business time, aware, UTC."""
        return self.clock.now()

    def today(self) -> date:
        """Business date in London."""
        return today(self.clock)

    def load(self, cls: type[A], id: UUID) -> A | None:
        """The aggregate as stored, or as already changed in this batch; None where there is none."""
        unit: dict[UUID, Any] | None = getattr(self._unit, "aggregates", None)
        if unit is not None and id in unit:
            return unit[id]  # type: ignore[no-any-return]
        try:
            aggregate: A = self.repository.get(id)
        except AggregateNotFoundError:
            return None
        if not isinstance(aggregate, cls):
            raise TypeError(f"{id} is not a {cls.__name__}")
        if unit is not None:
            unit[id] = aggregate
        return aggregate

    def load_many(self, cls: type[A], ids: Sequence[UUID]) -> dict[UUID, A]:
        """Those of these aggregates that exist, in this order, read together; kept for the rest of a batch."""
        unit: dict[UUID, Any] | None = getattr(self._unit, "aggregates", None)
        unit = {} if unit is None else unit
        found: dict[UUID, A] = {id: unit[id] for id in ids if id in unit}
        for id, stored in self.stores.log.select_events_of([id for id in ids if id not in found]).items():
            aggregate: object = None
            for event in stored:
                aggregate = self.mapper.to_domain_event(event).mutate(aggregate)  # type: ignore[attr-defined]
            if not isinstance(aggregate, cls):
                raise TypeError(f"{id} is not a {cls.__name__}")
            found[id] = aggregate
            unit[id] = aggregate
        return {id: found[id] for id in ids if id in found}

    def erase(self, *persons: str) -> None:
        """Destroy the keys of these persons, and what is kept of what they have seen; done already is fine."""
        self.keys.destroy(*persons)
        Seen(self.stores.log.database).forget(*persons)

    def forget_again(self, persons: Iterable[str]) -> int:
        """After a restore: record the erasures that the log no longer knows; answers how many.

        Only where erasures begin is there something to record; every other service hears of them again.
        """
        del persons
        return 0

    def execute(self, command: object, key: CommandKey) -> Answer:
        """Handle one command once.

        Raises the domain's refusals, ``KeyReusedError``, ``ConflictError`` after five lost races, and
        ``UnavailableError`` when the database does not answer within the time.
        """
        digest = self._digest(command)
        if self._gathering is not None:
            return self._gathered(self._gathering, command, key, digest)
        deadline = time.monotonic() + _WITHIN_SECONDS
        trouble: Exception | None = None
        for attempt in range(_TRIES):
            if attempt:
                _wait(attempt, deadline)
            try:
                return self._stored(key, digest) or self._first(command, key, digest)
            except (IntegrityError, OperationalError) as error:
                trouble = error
            if time.monotonic() > deadline:
                break
        return self._settled(key, digest, trouble)

    def execute_batch(
        self, items: Sequence[tuple[object, CommandKey]], *, whole: bool = False
    ) -> list[Answer | CarersError]:
        """Handle many commands in one transaction, each once; a refusal is answered, not raised.

        Keep a batch under about 50 aggregates and 500 events. Falls back to one at a time on a lost race,
        and where one of the commands cannot be taken out of the batch or stored. ``whole``: the first refusal is
        raised, and nothing that comes after it is done.
        """
        if self._gathering is not None:
            return self._one_by_one(items, whole)
        digests = [self._digest(command) for command, _ in items]
        stored = self.stores.log.find_keys([(key.scope, key.key) for _, key in items])
        results: list[Answer | CarersError | None] = []
        decided: list[tuple[Decision, CommandKey, str]] = []
        fresh: set[tuple[str, str]] = set()
        with self._unit_of_work():
            for (command, key), digest in zip(items, digests, strict=True):
                pair = (key.scope, key.key)
                if pair in fresh:  # the same key twice in one batch: let the second meet the first as stored
                    return self._one_by_one(items, whole)
                pending = self._pending()
                result = self._attempt(command, stored.get(pair), digest)
                if isinstance(result, CarersError) and (whole or self._pending() != pending):
                    return self._one_by_one(items, whole)  # perhaps it had recorded before it refused
                if isinstance(result, Decision):
                    fresh.add(pair)
                    decided.append((result, key, digest))
                    results.append(None)
                else:
                    results.append(result)
            try:
                answers = iter(self._save(decided))
            except (IntegrityError, OperationalError, CarersError):
                return self._one_by_one(items, whole)
        return [next(answers) if result is None else result for result in results]

    @contextmanager
    def gathering(self) -> Iterator[Gathering]:
        """Decide commands inside one after another and store them many at a time, the rest at the end.

        For one thread that fills an empty log; raises ``ConflictError`` where the log holds anything.
        """
        if self.stores.log.head()[1]:
            raise ConflictError("Only an empty log can be filled in this way.")
        self._gathering = Gathering(self.stores.log, self.mapper, self._decide_among)
        try:
            yield self._gathering
            self._gathering.store()
        finally:
            self._gathering = None

    def _gathered(self, gathering: Gathering, command: object, key: CommandKey, digest: str) -> Answer:
        if stored := gathering.found(key):
            return _repeated(stored, digest)
        record, answer = gathering.execute(command, key, digest)
        return Answer(answer, record.position)

    def _decide_among(self, command: object, aggregates: dict[UUID, object]) -> Decision:
        with self._unit_of_work(aggregates):
            return self._decide(command)

    def _digest(self, command: object) -> str:
        """What is stored of a command, to tell it from another under the same key.

        It holds what people typed and outlives their erasure, so it is a mark and no plain digest.
        """
        return self.keys.mark(command_digest(command))

    def _first(self, command: object, key: CommandKey, digest: str) -> Answer:
        """Decide and save. A refusal may come of the same request, stored a moment ago: then that is the answer."""
        try:
            decided = self._decide(command)
        except CarersError:
            if answer := self._stored(key, digest):
                return answer
            raise
        return self._save([(decided, key, digest)])[0]

    def _stored(self, key: CommandKey, digest: str) -> Answer | None:
        record = self.stores.log.find_keys([(key.scope, key.key)]).get((key.scope, key.key))
        return _repeated(record, digest) if record else None

    def _settled(self, key: CommandKey, digest: str, trouble: Exception | None) -> Answer:
        """The answer after the last try failed: a lost connection may have been lost after the commit."""
        try:
            if answer := self._stored(key, digest):
                return answer
        except OperationalError as error:
            trouble = error
        if isinstance(trouble, IntegrityError):
            raise ConflictError(
                "Somebody else changed the same record at the same moment. Look at it and try again."
            ) from trouble
        raise UnavailableError(
            "The records cannot be reached just now. Try again in a minute: the same request is never done twice."
        ) from trouble

    def _pending(self) -> int:
        return sum(len(aggregate.pending_events) for aggregate in self._unit.aggregates.values())

    def _attempt(self, command: object, stored: KeyRecord | None, digest: str) -> Decision | Answer | CarersError:
        try:
            return _repeated(stored, digest) if stored else self._decide(command)
        except CarersError as error:
            return error

    def _one_by_one(self, items: Sequence[tuple[object, CommandKey]], whole: bool) -> list[Answer | CarersError]:
        self._unit.aggregates = None
        results: list[Answer | CarersError] = []
        for command, key in items:
            try:
                results.append(self.execute(command, key))
            except CarersError as error:
                if whole:
                    raise
                results.append(error)
        return results

    def _decide(self, command: object) -> Decision:
        decided: Decision = self._handlers[type(command)](self, command)
        unit: dict[UUID, object] | None = getattr(self._unit, "aggregates", None)
        if unit is not None:
            unit.update({aggregate.id: aggregate for aggregate in decided.aggregates})
        return decided

    def _save(self, decided: Sequence[tuple[Decision, CommandKey, str]]) -> list[Answer]:
        if not decided:
            return []
        records = [
            KeyRecord(key.scope, key.key, digest, canonical(decision.answer)) for decision, key, digest in decided
        ]
        aggregates = {aggregate.id: aggregate for decision, _, _ in decided for aggregate in decision.aggregates}
        recordings = self.save(*aggregates.values(), commands=records)
        position = recordings[-1].notification.id if recordings else 0
        if recordings:
            self.on_stored()
        return [Answer(decision.answer, position) for decision, _, _ in decided]

    @contextmanager
    def _unit_of_work(self, aggregates: dict[UUID, object] | None = None) -> Iterator[None]:
        self._unit.aggregates = {} if aggregates is None else aggregates
        try:
            yield
        finally:
            self._unit.aggregates = None


def command_digest(command: object) -> str:
    """The SHA-256 of a command's type and content, the same for the same request for ever."""
    return hashlib.sha256(f"{type(command).__name__}:{canonical(command)}".encode()).hexdigest()


def _repeated(stored: KeyRecord, digest: str) -> Answer:
    if stored.digest != digest:
        raise KeyReusedError("This idempotency key was used for a different request. Use a new key for a new request.")
    return Answer(json.loads(stored.answer), stored.position, repeated=True)


def _wait(attempt: int, deadline: float) -> None:
    pause = random.uniform(0.0025, 0.01) * 2**attempt  # noqa: S311 - jitter, not a secret
    time.sleep(max(0.0, min(pause, deadline - time.monotonic())))
