"""What clients were told, written down by themselves, and the comparison with what the services hold."""

from __future__ import annotations

import random
import threading
import time
import urllib.error
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import partial
from http.client import HTTPException
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from shared.kernel.periods import month_of
from shared.runtime.wiring import Wiring
from shared.store.mapper import plain_event
from shared.store.received import APPLIED
from shared.store.tables import received
from tests.system.client import Client, Reply
from tests.system.harness import Deployment
from tests.system.site import Person, Site, days_returned, notice, preview_of, seal
from tests.system.staff import WORKS
from tests.system.waiting import wait_for

ANSWER_SECONDS = 60.0
PAUSE_SECONDS = 0.15
ASK_AGAIN = {409, 503}
"""A lost race; lists that stand behind a killed worker."""
SETTLED_SECONDS = 10.0
HALVES_A_CARER = 14
"""Half days in the week of somebody who works every day."""


@dataclass(frozen=True)
class Kept:
    """A notice that was acknowledged."""

    notice: str
    carer: Person
    day: date
    part: str
    withdrawn: bool
    confirmed: bool


@dataclass
class Ledger:
    """All acknowledged notices, and how often a request had to be sent."""

    kept: list[Kept] = field(default_factory=list)
    sent: int = 0
    acknowledged: int = 0
    slowest: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, kept: Kept) -> None:
        """Write a notice down."""
        with self._lock:
            self.kept.append(kept)

    def took(self, sent: int, seconds: float) -> None:
        """Write down what one command cost."""
        with self._lock:
            self.sent += sent
            self.acknowledged += 1
            self.slowest = max(self.slowest, seconds)

    @property
    def stands(self) -> list[Kept]:
        """The notices whose day will be taken."""
        return [kept for kept in self.kept if not kept.withdrawn]


class Load:
    """So many clients that give notice for carers of their own, confirm and withdraw, until they are told to end.

    Every request is repeated under its key until it is answered, so that what is written down is what was told.
    """

    def __init__(self, site: Site, *, clients: int, seed: int, days_ahead: range) -> None:
        self._site = site
        self._clients = clients
        self._seed = seed
        self._days = [site.day(ahead) for ahead in days_ahead]
        self._end = threading.Event()
        self.ledger = Ledger()

    def during(self, disturb: Callable[[], None]) -> Ledger:
        """Run the load while something disturbs the deployment; answers what the clients were told."""
        carers = self._site.carers(WORKS)
        with ThreadPoolExecutor(self._clients) as pool:
            running = [
                pool.submit(self._client, number, carers[number :: self._clients]) for number in range(self._clients)
            ]
            try:
                disturb()
            finally:
                self._end.set()
            for client in running:
                client.result(ANSWER_SECONDS + 30)
        return self.ledger

    def _client(self, number: int, carers: list[Person]) -> None:
        rng = random.Random(f"{self._seed}/{number}")
        manager = self._site.client(WORKS, "M1")
        clients = {carer: self._site.client(WORKS, carer.staff_number) for carer in carers}
        for carer, day, part in self._requests(rng, carers):
            if self._end.wait(rng.uniform(0, 2 * PAUSE_SECONDS)):
                return
            given = self._told(clients[carer], "/api/leave/notices", notice(day, part))["notice"]
            withdrawn = rng.random() < 0.2
            confirmed = not withdrawn and rng.random() < 0.4
            if withdrawn:
                self._told(clients[carer], f"/api/leave/notices/{given}/withdraw", {"dates": []})
            if confirmed:
                self._told(manager, f"/api/leave/notices/{given}/confirm", {})
            self.ledger.add(Kept(given, carer, day, part, withdrawn, confirmed))

    def _requests(self, rng: random.Random, carers: list[Person]) -> Iterator[tuple[Person, date, str]]:
        halves = [(day, part) for day in self._days for part in ("am", "pm")]
        asked = [(carer, *half) for carer in carers for half in rng.sample(halves, min(HALVES_A_CARER, len(halves)))]
        rng.shuffle(asked)
        yield from asked

    def _told(self, client: Client, path: str, body: Any) -> Any:
        """The acknowledgement of a command, asked for again and again under one key."""
        key = str(uuid4())
        began = time.monotonic()
        sent = 0
        while True:
            sent += 1
            reply = self._try(client, path, body, key)
            if reply is not None and reply.status in {200, 201}:
                self.ledger.took(sent, time.monotonic() - began)
                return reply.json
            said = f"{reply.status} {reply.text}" if reply else "no answer"
            assert reply is None or reply.status in ASK_AGAIN, f"POST {path}: {said}"
            assert time.monotonic() - began < ANSWER_SECONDS, f"POST {path}: not answered, last: {said}"
            time.sleep(PAUSE_SECONDS)

    def _try(self, client: Client, path: str, body: Any, key: str) -> Reply | None:
        try:
            return client.post(path, body, key=key)
        except (urllib.error.URLError, OSError, HTTPException):
            return None


def compare(site: Site, ledger: Ledger, payroll: Client, statistics: Client, *, batch: int = 1) -> None:
    """Nothing lost and nothing doubled: the log, what was received, the pay lines and the return say what was told.

    The days must have been made due; waits until they were taken.
    """
    stands = ledger.stands
    wait_for("every day is taken", lambda: _topics(site)["leave.day.taken"] >= len(stands), 90)
    site.deployment.wait_until_caught_up(60)
    compare_log(site, ledger)
    compare_received(site.deployment)
    _compare_lines(payroll, stands, batch)
    by_month: Counter[str] = Counter()
    for kept in stands:
        by_month[month_of(kept.day)] += 1
    for month, halves in by_month.items():
        days = Fraction(halves, 2)
        found = days_returned(statistics, month, f"{days.numerator}/{days.denominator}")
        people = len({kept.carer.person for kept in stands if month_of(kept.day) == month})
        assert found["figures"]["10"]["month"]["people"] == people


def compare_received(deployment: Deployment) -> None:
    """Each subscriber has applied each published event, at its place, once.

    A department's clock may make a return while this is looked at: then it is looked at again.
    """
    for reader in deployment.wirings.values():
        for subscription in reader.subscriptions:
            name, source = subscription.name, deployment.wirings[subscription.source]
            wait_for(f"{name} has what was published", partial(_has_all, name, source, reader), SETTLED_SECONDS)


def _has_all(subscription: str, source: Wiring, reader: Wiring) -> bool:
    published = [(event.position, APPLIED) for event in source.outbox.page(0, 10**6).events]
    chosen = select(received.c.position, received.c.state).where(received.c.subscription == subscription)
    with reader.reading() as connection:
        rows = connection.execute(chosen.order_by(received.c.position)).all()
    return [(row.position, row.state) for row in rows] == published


def compare_log(site: Site, ledger: Ledger) -> None:
    """Leave's log has each acknowledged notice once, what was done about it once, and no other notice."""
    found: dict[str, Counter[str]] = {}
    for event in _events(site):
        if "notice" in event:
            found.setdefault(event["notice"], Counter())[event["topic"]] += 1
    assert set(found) == {kept.notice for kept in ledger.kept}
    for kept in ledger.kept:
        topics = found[kept.notice]
        assert topics["leave.notice.requested"] == 1, (kept, topics)
        assert topics["leave.notice.withdrawn"] == int(kept.withdrawn), (kept, topics)
        assert topics["leave.day.taken"] == int(not kept.withdrawn), (kept, topics)
        assert topics["leave.notice.confirmed"] == int(not kept.withdrawn), (kept, topics)


def _compare_lines(payroll: Client, stands: list[Kept], batch: int) -> None:
    expected: Counter[tuple[str, str]] = Counter()
    for kept in stands:
        expected[kept.carer.staff_number, kept.day.isoformat()] += 1
    rows = seal(payroll, preview_of(payroll, len(expected), batch=batch))
    sent = {(row["Person number"], row["Date"]): row["Quantity"] for row in rows}
    assert len(rows) == len(sent)
    assert sent == {place: {1: "0.50", 2: "1.00"}[halves] for place, halves in expected.items()}


def _events(site: Site) -> Iterator[dict[str, Any]]:
    leave = site.deployment.wirings["leave"]
    position = 0
    while entries := leave.stores.log.read_after(position, 1000):
        yield from (plain_event(leave.application.history, entry) for entry in entries)
        position = entries[-1].position


def _topics(site: Site) -> Counter[str]:
    leave = site.deployment.wirings["leave"]
    found: Counter[str] = Counter()
    position = 0
    while entries := leave.stores.log.read_after(position, 1000):
        found.update(entry.topic for entry in entries)
        position = entries[-1].position
    return found
