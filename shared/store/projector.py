"""A service's view of its own log: followed directly, without the bus."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from shared.store.log import Log, LogEntry
from shared.store.mapper import History, plain_event
from shared.store.received import bookmark, claim
from shared.store.rows import Rows
from shared.store.stores import Stores
from shared.store.subscriptions import Projection, RowEffect, few_runs
from shared.store.tables import bookmarks

PAGE = 1000


class Projector:
    """Folds a service's own log into its read side, a page and a transaction at a time."""

    def __init__(self, stores: Stores, name: str, service: str, projection: Projection, history: History) -> None:
        self._log: Log = stores.log
        self._read = stores.read
        self._name = name
        self._service = service
        self._projection = projection
        self._history = history
        self._reached = 0

    def step(self) -> int:
        """Fold a page; answers how many log entries it covered."""
        epoch, last = self._log.head()
        if last <= self._reached:
            return 0
        with self._read.reading() as connection:
            _, position = bookmark(connection, self._name, self._service)
        self._reached = position
        entries = self._log.read_after(position, PAGE)
        if not entries:
            return 0
        with self._read.writing() as connection:
            if claim(connection, self._name, self._service)[1] != position:
                return 1  # another process took the page: look again
            rows = Rows(connection)
            for _ in fold(rows, entries, self._projection, self._history):
                time.sleep(0)  # lets the worker's other green threads go on
            place = {
                "subscription": self._name,
                "source": self._service,
                "epoch": epoch,
                "position": entries[-1].position,
                "head": entries[-1].position,
                "moved": time.time(),
            }
            rows.upsert(bookmarks, [place], key=("subscription", "source"))
        self._reached = entries[-1].position
        return len(entries)


def fold(rows: Rows, entries: Sequence[LogEntry], projection: Projection, history: History) -> Iterator[None]:
    """Apply the own log's entries to the read side, an effect at each step of the iterator."""
    effects = projection.effects
    events = [plain_event(history, entry) for entry in entries if entry.topic in effects]
    for effect, run in runs(events, effects):
        effect(rows, run)
        yield


def runs(
    events: Sequence[dict[str, Any]], effects: Mapping[str, RowEffect]
) -> Iterator[tuple[RowEffect, list[dict[str, Any]]]]:
    """Own events with the same effect together, so that an effect is called seldom.

    Order is kept within each person's events, and within an organisation's that are nobody's.
    """
    return few_runs([(event, event["person"] or event["organisation"], effects[event["topic"]]) for event in events])
