"""The inbox into reporting's real projection with the worst keys: each event is another person's and another type
than the one before, and each correction replaces a fact of some pages ago. Messages as the broker holds them after an
outage, against eventsourcing's runner over the same events.
"""

from __future__ import annotations

from collections.abc import Sequence

from bench.backlog import DAYS, Accounts, names
from bench.chain import append
from bench.places import EMBEDDED, SCALED, Place, place
from bench.report import Report
from bench.rounds import compare, seconds
from bench.scale import Scale
from shared.bus.inbox import Inbox
from shared.bus.relay import PACKED
from shared.bus.transport import PREFETCH
from shared.contracts import types
from shared.contracts.wire import encode_batch
from tests.support import inbox_of

TARGETS = {EMBEDDED: 60.0, SCALED: 40.0}

_PAGE = 1000


def measure(scale: Scale, report: Report, where: str) -> None:
    """Facts a second of ours against the runner's."""
    with place(where) as here:
        here["leave"].keys.create(names(0)[0])
        made = Accounts(here["leave"].application.mapper.to_stored_event, corrected=True)
        inbox = inbox_of(here["reporting"], "reporting.leave", here.deployment.wirings.values())
        runner = here.runner(scale.rounds * scale.runner_facts // DAYS, alternating=True)
        size, starts = scale.inbox_accounts, iter(range(0, 10**9, scale.inbox_accounts))

        def ours() -> float:
            start = next(starts)
            append(here, made.alternating(range(start, start + size)))
            bodies = published(here)
            first = next(number for number, body in enumerate(bodies) if types.LEAVE_TAKEN.encode() in body)
            deliver(inbox, bodies[:first])
            return 2 * DAYS * size / seconds(lambda: deliver(inbox, bodies[first:]))

        ours()  # caches, and tables that are not empty
        compared = compare(ours, lambda: runner.rate(scale.runner_facts), scale.rounds)
        detail = f"{compared.rates('facts')}; {2 * DAYS * size:,} a round"
        report.at_least("inbox into the projection, worst keys", where, compared.ratio, TARGETS[where], detail)


def published(here: Place) -> list[bytes]:
    """Leave's published events after what reporting has."""
    outbox = here["leave"].outbox
    with here["reporting"].reading() as connection:
        from shared.store.received import bookmark

        after = bookmark(connection, "reporting.leave", outbox.source)[1]
    bodies: list[bytes] = []
    while True:
        page = outbox.page(after, _PAGE)
        if page.read_to == after:
            return bodies
        bodies += [event.body for event in page.events]
        after = page.read_to


def deliver(inbox: Inbox, bodies: Sequence[bytes]) -> None:
    """Hand over events packed into messages, as many messages at once as the broker gives."""
    messages = [encode_batch(list(bodies[start : start + PACKED])) for start in range(0, len(bodies), PACKED)]
    for start in range(0, len(messages), PREFETCH):
        inbox.receive(messages[start : start + PREFETCH])
