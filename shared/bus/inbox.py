"""The inbox: a log of what was received, and its effects, each once and in its stream's order.

One transaction appends the events to ``received``, applies their row effects and moves the source's bookmark.
A hole is pulled from the source's feed. What fails is tried alone, five times within a minute, then parked; later
events of its stream are held; all others go on.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, update

from shared.bus.effects import Effects
from shared.bus.pages import Feed, FeedPage
from shared.contracts.wire import decode_batch, decode_event, stream_of
from shared.kernel.errors import UnavailableError
from shared.kernel.events import Event
from shared.kernel.ids import new_id
from shared.runtime.telemetry import log
from shared.store.application import CommandApplication
from shared.store.database import Database
from shared.store.epochs import Epochs
from shared.store.received import (
    APPLIED,
    HELD,
    PARKED,
    PAUSES,
    TRYING,
    UNKNOWN,
    bookmark,
    claim,
    first_waiting,
    in_states,
    leaders_of_streams,
    outcome_of,
    settle,
)
from shared.store.rows import Rows
from shared.store.subscriptions import Subscription
from shared.store.tables import bookmarks, received, undecoded
from shared.store.withdrawal import list_exceptions, withdraw

PAGE = 1000
"""Events asked of a feed at once."""

_TOGETHER = 2000
"""Events taken in one transaction."""

_NOTED_SECONDS = 15.0

_DONE = (APPLIED, "")


class Inbox:
    """What one subscription receives. ``source`` is ``/<instance>/<service>``; ``rebuild`` refolds the read models."""

    def __init__(
        self,
        subscription: Subscription,
        source: str,
        read: Database,
        application: CommandApplication,
        feed: Feed,
        rebuild: Callable[[], None],
    ) -> None:
        self.subscription = subscription
        self._name = subscription.name
        self._source = source
        self._read = read
        self._application = application
        self._effects = Effects(subscription, application)
        self._feed = feed
        self._head = 0
        self._touched: tuple[Any, float] = (None, 0.0)
        self._warned = False
        self._rebuild = rebuild
        self._leaders = leaders_of_streams(self._name)

    def receive(self, bodies: Sequence[bytes]) -> int:
        """Take messages as they came; answers how many events were new. Undecodable bytes are kept whole."""
        events: list[Event] = []
        for body in bodies:
            try:
                events += decode_batch(body)
            except ValueError as error:
                self._keep_undecoded(body, str(error))
            time.sleep(0)
        mine: dict[tuple[str, int], Event] = {}
        for event in events:
            if event["source"] == self._source and mine.setdefault(_place(event), event)["raw"] != event["raw"]:
                self._contradicted(event["position"])
        return self.take(sorted(mine.values(), key=_place))

    def take(self, events: Sequence[Event]) -> int:
        """Take decoded events in the order of their positions, pulling what is missing before them."""
        taken = 0
        rest = list(events)
        while rest:
            epoch, position = self._bookmark()
            if len({epoch or rest[0]["epoch"], *(event["epoch"] for event in rest)}) > 1:
                return taken + self.ask()
            self._check_repeats([event for event in rest if event["position"] <= position])
            rest = [event for event in rest if event["position"] > position]
            run = _contiguous(rest, position)
            if run:
                taken += self._append(run, epoch or run[0]["epoch"])
                rest = rest[len(run) :]
            elif rest:
                return taken + self.ask()
        return taken

    def ask(self) -> int:
        """Pull from the source's feed all that lies after the bookmark; answers how many events were new."""
        taken = 0
        while True:
            epoch, position = self._bookmark()
            page = self._feed.page(self.subscription.source, self._name, position, PAGE)
            if epoch and page.epoch != epoch:
                self._begin_epoch(epoch, page)
                continue
            if not epoch:
                self._list_exceptions(page.epochs)
            self._head = page.head
            self._check_head(position)
            run = _contiguous(page.events, position)
            if not run:
                self._touch(page.epoch, position)
                return taken
            taken += self._append(run, page.epoch)

    def retry(self) -> int:
        """Try again what is due, release what waits behind what was mended; answers how many were applied."""
        done = 0
        for row in self._due():
            done += self._try_stream(row.stream)
        return done

    def welcome_known(self) -> int:
        """Make events of types that were unknown when they came due, now that this program knows them."""
        known = list(self.subscription.effects)
        with self._read.writing() as connection:
            changed = connection.execute(
                update(received)
                .where(received.c.subscription == self._name, in_states(UNKNOWN), received.c.type.in_(known))
                .values(state=TRYING, attempts=0, next_try=0.0)
            )
        return changed.rowcount

    def _append(self, events: Sequence[Event], epoch: str) -> int:
        """One transaction: the events as received, their effects, the bookmark in the epoch that is followed.

        An event that was withdrawn, and that a source restored once more has again, takes its old place.
        """
        for start in range(0, len(events), _TOGETHER):
            part = events[start : start + _TOGETHER]
            with self._read.writing() as connection:
                known, position = claim(connection, self._name, self._source)
                if known not in {"", epoch} or not part[0]["previous"] <= position < part[0]["position"]:
                    raise UnavailableError("Another worker took the same events.")
                states = self._effects.apply(connection, part)
                now = datetime.now(UTC).isoformat()
                rows = Rows(connection)
                taken = [self._row(event, *states.get(event["position"], _DONE), now) for event in part]
                rows.upsert(received, taken, key=("subscription", "source", "epoch", "position"))
                place = self._place_row(epoch, part[-1]["position"])
                rows.upsert(bookmarks, [place], key=("subscription", "source"))
        return len(events)

    def _try_stream(self, stream: str) -> int:
        """Apply a stream's waiting events in order until one fails."""
        done = 0
        while True:
            with self._read.writing() as connection:
                claim(connection, self._name, self._source)
                row = connection.execute(first_waiting(self._name, stream)).first()
                if row is None or row.state == PARKED or (row.state == TRYING and row.next_try > time.time()):
                    return done
                error = self._effects.applied(connection, [decode_event(bytes(row.body))])
                outcome = outcome_of(row.attempts, error, time.time())
                settle(connection, row, outcome)
                if outcome["state"] == PARKED:
                    log.error("event-parked", subscription=self._name, position=row.position, error=error)
                if error is not None:
                    return done
                done += 1

    def _due(self) -> Sequence[Any]:
        """Streams with an event to try now, or whose waiting events are led by a held one."""
        with self._read.reading() as connection:
            leaders = connection.execute(self._leaders).all()
        now = time.time()
        return [row for row in leaders if row.state == HELD or row.next_try <= now]

    def _check_repeats(self, repeated: Sequence[Event]) -> None:
        """The same position with other bytes means that somebody speaks falsely, or that a log was rewritten."""
        hashes = {event["position"]: _hash(event) for event in repeated}
        for start in range(0, len(repeated), 500):
            part = repeated[start : start + 500]
            statement = select(received.c.position, received.c.hash).where(
                received.c.subscription == self._name,
                received.c.source == self._source,
                received.c.epoch == part[0]["epoch"],
                received.c.position.in_([event["position"] for event in part]),
            )
            with self._read.reading() as connection:
                for position, known in connection.execute(statement):
                    if known != hashes[position]:
                        self._contradicted(position)

    def _contradicted(self, position: int) -> None:
        log.error("event-contradicted", subscription=self._name, position=position)

    def _check_head(self, position: int) -> None:
        """A source that has less than was received of it was restored, and nobody has said so."""
        if self._head < position and not self._warned:
            self._warned = True
            log.error("source-behind", subscription=self._name, source=self._source, head=self._head, read=position)

    def _begin_epoch(self, old: str, page: FeedPage) -> None:
        """The source was restored: withdraw what it no longer has, and go on after what stands.

        The bookmark moves last, so that a kill on the way begins all of it again.
        """
        log.error("epoch-began", subscription=self._name, source=self._source, after=page.after_position)
        with self._read.writing() as connection:
            _, position = claim(connection, self._name, self._source)
            stands = withdraw(connection, self._name, self._source, page.epochs)
        if stands < position:
            self._rebuild()
        self._list_exceptions(page.epochs)
        with self._read.writing() as connection:
            epoch, position = claim(connection, self._name, self._source)
            if epoch == old:
                row = self._place_row(page.epoch, min(position, stands))
                Rows(connection).upsert(bookmarks, [row], key=("subscription", "source"))

    def _list_exceptions(self, epochs: Epochs) -> None:
        """What was done because of events that the source no longer has is for people to judge."""
        if not self.subscription.commanding:
            return
        listed = list_exceptions(self._read, self._application.stores.log, self._name, self._source, epochs)
        if listed:
            log.error("exceptions-listed", subscription=self._name, source=self._source, exceptions=listed)

    def _keep_undecoded(self, body: bytes, error: str) -> None:
        log.error("message-undecodable", subscription=self._name, size=len(body))
        with self._read.writing() as connection:
            connection.execute(
                undecoded.insert().values(
                    id=str(new_id()),
                    subscription=self._name,
                    state=PARKED,
                    body=body,
                    received=datetime.now(UTC).isoformat(),
                    error=error,
                    reason="",
                )
            )

    def _bookmark(self) -> tuple[str, int]:
        with self._read.reading() as connection:
            return bookmark(connection, self._name, self._source)

    def _touch(self, epoch: str, position: int) -> None:
        """The source was asked and has nothing newer: note when, unless another worker has gone on meanwhile.

        While that stays so it is noted every quarter of a minute, for each note is a transaction.
        """
        place, now = (epoch, position, self._head), time.monotonic()
        if place == self._touched[0] and now - self._touched[1] < _NOTED_SECONDS:
            return
        self._touched = (place, now)
        with self._read.writing() as connection:
            if claim(connection, self._name, self._source)[1] == position:
                row = self._place_row(epoch, position)
                Rows(connection).upsert(bookmarks, [row], key=("subscription", "source"))

    def _place_row(self, epoch: str, position: int) -> dict[str, object]:
        return {
            "subscription": self._name,
            "source": self._source,
            "epoch": epoch,
            "position": position,
            "head": max(self._head, position),
            "moved": time.time(),
        }

    def _row(self, event: Event, state: str, error: str, now: str) -> dict[str, object]:
        return {
            "subscription": self._name,
            "source": self._source,
            "epoch": event["epoch"],
            "position": event["position"],
            "stream": stream_of(event),
            "type": event["type"],
            "state": state,
            "body": event["raw"],
            "hash": _hash(event),
            "received": now,
            "attempts": 1 if state == TRYING else 0,
            "next_try": time.time() + PAUSES[0] if state == TRYING else 0.0,
            "error": error,
            "reason": "",
        }


def _contiguous(events: Sequence[Event], position: int) -> list[Event]:
    """The events that follow on from a position with nothing missing between, repeats passed over."""
    run: list[Event] = []
    for event in events:
        if event["position"] <= position:
            continue
        if event["previous"] > position:
            break
        run.append(event)
        position = event["position"]
    return run


def _place(event: Event) -> tuple[str, int]:
    return event["epoch"], event["position"]


def _hash(event: Event) -> str:
    return hashlib.sha256(event["raw"]).hexdigest()
