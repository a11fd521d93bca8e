"""The effects of received events: applied in runs, and where that fails alone, so that one stops only its stream."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence

from eventsourcing.persistence import OperationalError
from sqlalchemy import Connection, exc

from shared.contracts import types
from shared.contracts.wire import stream_of
from shared.kernel.errors import CarersError, UnavailableError
from shared.kernel.events import Event
from shared.runtime.telemetry import log
from shared.store.application import CommandApplication
from shared.store.received import HELD, TRYING, UNKNOWN, blocked_streams
from shared.store.rows import Rows
from shared.store.subscriptions import Subscription, ToCommands, ToRows, commands_of, runs_of_streams

_KNOWN = frozenset(name for names in types.TYPES.values() for name in names)
_PASSING = (exc.OperationalError, exc.TimeoutError, OperationalError, UnavailableError)
"""Errors of the database's, not of the event's."""


class Effects:
    """What a subscription does about events, inside the transaction that takes them."""

    def __init__(self, subscription: Subscription, application: CommandApplication) -> None:
        self._subscription = subscription
        self._name = subscription.name
        self._application = application

    def apply(self, connection: Connection, events: Sequence[Event]) -> dict[int, tuple[str, str]]:
        """Apply events; answers by position the state of each that was not, and the error of one that failed."""
        blocked = blocked_streams(connection, self._name)
        states: dict[int, tuple[str, str]] = {}
        ready: list[Event] = []
        for event in events:
            if event["type"] in self._subscription.effects:
                ready.append(event)
            elif event["type"] not in _KNOWN:
                states[event["position"]] = (UNKNOWN, "")
        for run in runs_of_streams(ready, self._subscription.effects):
            states |= self._apply_run(connection, run, blocked)
            time.sleep(0)  # lets the worker's other green threads go on
        return states

    def _apply_run(self, connection: Connection, run: Sequence[Event], blocked: set[str]) -> dict[int, tuple[str, str]]:
        """Apply events of one effect together; where that fails its halves, down to the one event that fails."""
        states = {event["position"]: (HELD, "") for event in run if blocked and stream_of(event) in blocked}
        free = [event for event in run if event["position"] not in states]
        error = self.applied(connection, free) if free else None
        if error is None:
            return states
        if len(free) > 1:
            half = len(free) // 2
            for part in (free[:half], free[half:]):
                states |= self._apply_run(connection, part, blocked)
            return states
        blocked.add(stream_of(free[0]))
        log.warning("event-failed", subscription=self._name, position=free[0]["position"], error=error)
        return states | {free[0]["position"]: (TRYING, error)}

    def applied(self, connection: Connection, events: Sequence[Event]) -> str | None:
        """Apply events of one effect inside a savepoint; answers None, or the name of what failed."""
        try:
            with connection.begin_nested():
                rows = Rows(connection)
                for effect in self._subscription.effects[events[0]["type"]]:
                    if isinstance(effect, ToRows):
                        effect.effect(rows, events)
                    else:
                        self._command(effect, events)
        except Exception as error:  # whatever an effect raises parks its event, with the error's name
            if _is_passing(error):
                raise
            return error.code_ if isinstance(error, CarersError) else type(error).__name__
        return None

    def _command(self, effect: ToCommands, events: Sequence[Event]) -> None:
        items = [item for event in events for item in commands_of(self._name, effect, event)]
        for start in range(0, len(items), 50):
            self._application.execute_batch(items[start : start + 50], whole=True)
            time.sleep(0)


def _is_passing(error: Exception) -> bool:
    """Whether it is the database's trouble and not the event's: then the whole batch is taken again later."""
    cause = getattr(error, "orig", None)
    if isinstance(cause, sqlite3.OperationalError):  # also SQLite's word for a mistake in a statement
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_ERROR
    return isinstance(error, _PASSING)
