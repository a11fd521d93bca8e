"""From the moment a command is saved in the web process until others see it, at a steady rate of commands."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import closing

from bench.backlog import Accounts
from bench.chain import WORKERS, applied, start_workers
from bench.people import Carers
from bench.places import Place, place
from bench.report import Report
from bench.rounds import quantile
from bench.scale import Scale
from shared.store.received import bookmark

P50_MILLISECONDS = 25.0
P99_MILLISECONDS = 100.0
RATE = 50

_FIRST = 10**7
_LATE = 10.0


class Watch:
    """Notes when a position was first seen to be passed, looking every two milliseconds from a thread."""

    def __init__(self, position: Callable[[], int]) -> None:
        self._position = position
        self._seen: list[tuple[int, float]] = [(0, 0.0)]
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Look no longer."""
        self._ended.set()
        self._thread.join()

    def waits(self, saved: list[tuple[int, float]]) -> list[float]:
        """Milliseconds from each moment of saving until its position was passed."""
        self._wait_for(saved[-1][0])
        seen = list(self._seen)
        return [1000 * (next(when for reached, when in seen if reached >= at) - since) for at, since in saved]

    def _wait_for(self, position: int) -> None:
        deadline = time.monotonic() + _LATE
        while self._seen[-1][0] < position:
            if time.monotonic() > deadline:
                raise TimeoutError(f"seen up to {self._seen[-1][0]} of {position}")
            time.sleep(0.01)

    def _look(self) -> None:
        while not self._ended.wait(0.002):
            position = self._position()
            if position > self._seen[-1][0]:
                self._seen.append((position, time.perf_counter()))


def measure(scale: Scale, report: Report, where: str) -> None:
    """In leave's own lists, and in reporting's facts, which the bus brings."""
    with place(where, WORKERS) as here:
        commands = int(RATE * scale.seconds)
        carers = Carers(here["leave"], range(_FIRST, _FIRST + commands))
        start_workers(here, Accounts(here["leave"].application.mapper.to_stored_event))
        with closing(Watch(lambda: _listed(here))) as lists, closing(Watch(lambda: applied(here))) as facts:
            saved = _save(here, carers, commands)
            for what, waits in (("in its own lists", lists.waits(saved)), ("over the bus", facts.waits(saved))):
                detail = f"{commands} commands at {RATE} a second"
                p50, p99 = quantile(waits, 0.5), quantile(waits, 0.99)
                report.at_most(f"saved to visible {what}, p50", where, p50, P50_MILLISECONDS, "ms", detail)
                report.at_most(f"saved to visible {what}, p99", where, p99, P99_MILLISECONDS, "ms")


def _listed(here: Place) -> int:
    leave = here["leave"]
    with leave.reading() as connection:
        return bookmark(connection, leave.own, "leave")[1]


def _save(here: Place, carers: Carers, commands: int) -> list[tuple[int, float]]:
    """Give notices at the steady rate; answers each one's position and when it was saved."""
    saved = []
    began = time.perf_counter()
    for number in range(commands):
        time.sleep(max(0.0, began + number / RATE - time.perf_counter()))
        position = here["leave"].application.execute(*carers.notice(_FIRST + number)).position
        saved.append((position, time.perf_counter()))
    return saved
