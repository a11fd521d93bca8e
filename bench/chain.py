"""The whole chain on a backlog: stored, relayed, carried, received, folded into reporting – by real workers.

A round stores a backlog in leave's log and ends when reporting has applied its last event. The other side is
eventsourcing's runner, without a bus, over the same events stored before its clock starts.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from eventsourcing.persistence import StoredEvent

from bench.backlog import DAYS, Accounts
from bench.places import EMBEDDED, SCALED, WEB, Place, place
from bench.report import Report
from bench.rounds import compare, seconds
from bench.scale import Scale
from shared.store.received import bookmark

TARGETS = {EMBEDDED: 30.0, SCALED: 50.0}
WORKERS = ("leave", "reporting")

_APPEND = 500
_SECONDS = 120.0


def measure(scale: Scale, report: Report, where: str) -> None:
    """Days a second of ours against the runner's."""
    with place(where, WORKERS) as here:
        made = Accounts(here["leave"].application.mapper.to_stored_event)
        size = scale.chain_accounts
        backlogs = [made.one_after_another(range(start * size, (start + 1) * size)) for start in range(scale.rounds)]
        runner = here.runner(2 * scale.rounds * scale.runner_facts // DAYS)
        start_workers(here, made)

        def ours() -> float:
            backlog = backlogs.pop()
            return size * DAYS / seconds(lambda: wait_until_applied(here, append(here, backlog)))

        compared = compare(ours, lambda: runner.rate(scale.runner_facts), scale.rounds)
        detail = f"{compared.rates('days')}; backlogs of {size * made.size:,} events"
        report.at_least("whole chain on a backlog", where, compared.ratio, TARGETS[where], detail)


def start_workers(here: Place, made: Accounts) -> None:
    """Start web and workers, and wait until an event gets through: then queues and consumers are there."""
    here.deployment.start(WEB)
    for name in reversed(here.workers):
        here.deployment.launch(name)
    wait_until_applied(here, append(here, made.one(-1)))


def append(here: Place, stored: Sequence[StoredEvent]) -> int:
    """Store events in leave's log as commands do, some hundred in a transaction; answers the last position."""
    last = 0
    for start in range(0, len(stored), _APPEND):
        last = here["leave"].stores.log.insert_events(stored[start : start + _APPEND])[-1]
        here["leave"].application.on_stored()
    return last


def applied(here: Place, source: str = "leave") -> int:
    """Up to which position of a source's log reporting has applied it."""
    instance = here[source].settings.instance
    with here["reporting"].reading() as connection:
        return bookmark(connection, f"reporting.{source}", f"/{instance}/{source}")[1]


def wait_until_applied(here: Place, last: int) -> None:
    """Wait until reporting has applied leave's log up to a position."""
    deadline = time.monotonic() + _SECONDS
    while (position := applied(here)) < last:
        if time.monotonic() > deadline:
            raise TimeoutError(f"reporting stands at {position} of {last} after {_SECONDS:g} s")
        time.sleep(0.002)
