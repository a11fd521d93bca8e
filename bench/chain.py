"""The whole chain on a backlog: stored, relayed, carried, received, folded into reporting – by real workers.

A round stores a backlog in leave's log and ends when reporting has applied its last day. The other side is
eventsourcing's runner, without a bus, over days that were stored before its clock starts.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from eventsourcing.persistence import StoredEvent

from bench.backlog import DAYS, accounts
from bench.library import runner_rate
from bench.places import Place
from bench.rounds import Compared, compare, seconds
from shared.store.received import bookmark

_APPEND = 500
_SECONDS = 120.0
_TRIALS = 10**6


class Chain:
    """Real workers of leave and reporting on a place."""

    def __init__(self, place: Place, accounts_a_round: int, rounds: int) -> None:
        self._place = place
        self._rounds = rounds
        self._days = accounts_a_round * DAYS
        self._backlogs = [
            stored_accounts(place, accounts_a_round, since=number * accounts_a_round) for number in range(rounds + 1)
        ]

    def against_runner(self, runner_accounts: int) -> Compared:
        """Days a second of ours against the runner's."""
        start_workers(self._place)
        try:
            self._round()  # caches, and tables that are not empty
            return compare(self._round, lambda: runner_round(self._place, runner_accounts), self._rounds)
        finally:
            self._place.deployment.stop_all()

    def _round(self) -> float:
        stored = self._backlogs.pop()
        took = seconds(lambda: wait_until_applied(self._place, append(self._place, stored)))
        return self._days / took


def start_workers(place: Place) -> None:
    """Start them, and wait until an event gets through: then queues and consumers are there."""
    for name in place.deployment.roles:
        place.deployment.launch(name)
    for number in range(10):
        last = append(place, stored_accounts(place, 1, since=_TRIALS + number))
        try:
            wait_until_applied(place, last, within=6.0)
        except TimeoutError:
            continue
        return
    raise TimeoutError("the workers carry nothing")


def stored_accounts(place: Place, count: int, since: int) -> list[StoredEvent]:
    """The events of so many accounts as leave's log stores them."""
    to_stored = place.leave.application.mapper.to_stored_event
    return [to_stored(event) for account in accounts(count, since) for event in account.pending_events]


def append(place: Place, stored: Sequence[StoredEvent]) -> int:
    """Store events in leave's log as commands do, some hundred in a transaction; answers the last position."""
    last = 0
    for start in range(0, len(stored), _APPEND):
        last = place.leave.stores.log.insert_events(stored[start : start + _APPEND])[-1]
        place.leave.application.on_stored()
    return last


def applied(place: Place) -> int:
    """Up to which position of leave's log reporting has applied it."""
    with place.reporting.reading() as connection:
        return bookmark(connection, "reporting.leave", f"/{place.leave.settings.instance}/leave")[1]


def wait_until_applied(place: Place, last: int, within: float = _SECONDS) -> None:
    """Wait until reporting has applied leave's log up to a position."""
    deadline = time.monotonic() + within
    while (position := applied(place)) < last:
        if time.monotonic() > deadline:
            raise TimeoutError(f"reporting stands at {position} of {last} after {within:g} s")
        time.sleep(0.002)


def runner_round(place: Place, count: int) -> float:
    """Days a second of eventsourcing's runner over so many accounts."""
    return runner_rate(place.library_log(count), count * DAYS)
