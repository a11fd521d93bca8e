"""Refolding reporting's read models from what it received, checked against the live ones, against eventsourcing's
runner, which folds them anew the only way it has: event by event.
"""

from __future__ import annotations

from bench.backlog import DAYS, Accounts
from bench.chain import append
from bench.inbox import deliver, published
from bench.places import Place, place
from bench.report import Report
from bench.rounds import compare, seconds
from bench.scale import Scale
from shared.store.rebuild import rebuild
from tests.support import inbox_of

RATIO = 140.0
SECONDS = 6.0
_ACCOUNTS = 2000


def measure(scale: Scale, report: Report, where: str) -> None:
    """Received events a second of ours against facts a second of the runner's, and the seconds for a million."""
    with place(where) as here:
        received = _receive(here, scale.rebuilt)
        runner = here.runner(2 * scale.rounds * scale.runner_facts // DAYS)
        compared = compare(
            lambda: received / seconds(lambda: _refold(here)),
            lambda: runner.rate(scale.runner_facts),
            scale.rebuild_rounds,
        )
        detail = f"{compared.rates('events')}; {received:,} received events"
        report.at_least("rebuild from what was received", where, compared.ratio, RATIO, detail)
        report.at_most("rebuild of a million events", where, 1_000_000 / compared.ours, SECONDS, "s")


def _receive(here: Place, events: int) -> int:
    """Have reporting receive so many events or a little more; answers how many."""
    made = Accounts(here["leave"].application.mapper.to_stored_event)
    inbox = inbox_of(here["reporting"], "reporting.leave", here.deployment.wirings.values())
    received = start = 0
    while received < events:
        accounts = min(_ACCOUNTS, -(-(events - received) // (made.size - 1)))
        append(here, made.one_after_another(range(start, start + accounts)))
        bodies = published(here)
        deliver(inbox, bodies)
        received += len(bodies)
        start += accounts
    return received


def _refold(here: Place) -> None:
    reporting = here["reporting"]
    done = rebuild(reporting.stores, reporting.models, reporting.sources(), reporting.application.history)
    if done.differing:
        raise RuntimeError(f"rebuilt differs from live in {', '.join(done.differing)}")
